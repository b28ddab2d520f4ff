use std::io::Read;

use flate2::Compression;
use flate2::read::ZlibEncoder;

use super::super::tests::{article_of_bytes, outcomes_of};

/// A stream, packed or not.
fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{dict}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

fn packed(bytes: impl Read) -> Vec<u8> {
    let mut packed = Vec::new();
    ZlibEncoder::new(bytes, Compression::best()).read_to_end(&mut packed).unwrap();
    stream("/Filter/FlateDecode", &packed)
}

/// A file with these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    bytes.extend(format!("trailer\n<</Root 1 0 R{trailer}>>\n%%EOF\n").bytes());
    bytes
}

/// A file with pages, each drawn by a program with the fonts `F` (Helvetica) and `G` (object 4).
fn of_pages(programs: &[Vec<u8>], trailer: &str, others: &[Vec<u8>]) -> Vec<u8> {
    let kids: String = (0..programs.len()).map(|at| format!("{} 0 R ", 10 + 2 * at)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Resources<</Font<</F 3 0 R/G 4 0 R>>/XObject<</X 5 0 R>>>>>>").into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(others.iter().cloned());
    objects.resize(9, b"null".to_vec());
    for (at, program) in programs.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 11 + 2 * at).into_bytes());
        objects.push(program.clone());
    }
    pdf(&objects, trailer)
}

/// Lines of text, each at a place and in a size.
fn lines(lines: &[(&str, u32, u32, u32)]) -> Vec<u8> {
    let lines: String = lines
        .iter()
        .map(|(text, left, y, size)| format!("BT /F {size} Tf 1 0 0 1 {left} {y} Tm ({text}) Tj ET\n"))
        .collect();
    lines.into_bytes()
}

/// A small file with one of everything.
pub(in super::super) fn sample() -> Vec<u8> {
    let program = lines(&[("Bridge opens", 72, 700, 24), ("The bridge over the Aske opened.", 72, 660, 10)]);
    let letters = stream("", b"1 beginbfrange <0001> <0003> <0041> endbfrange");
    let wide = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</DW 500/W[1[600] 2 3 700]>>]>>";
    let form = stream(
        "/Subtype/Form/Matrix[1 0 0 1 0 -40]",
        b"BT /G 10 Tf 72 660 Td 12 TL <000100020003> Tj T* [<0001>-900<0002>]TJ ET",
    );
    let program = [program, b"q /X Do Q".to_vec()].concat();
    of_pages(&[packed(&program[..])], "/Info 7 0 R", &[wide.to_vec(), form, letters, b"<</Author(Ann Ode)>>".to_vec()])
}

fn skip_of(bytes: &[u8]) -> String {
    outcomes_of("a.pdf", bytes).remove(0).unwrap_err().to_string()
}

#[test]
fn a_page_is_an_article() {
    let program = lines(&[
        ("Bridge opens", 72, 700, 24),
        ("The bridge over the Aske opened on Monday, and the govern-", 72, 660, 10),
        ("ment came to see it.", 72, 648, 10),
        ("All of the town \\(or most of it\\) came, too.", 84, 636, 10),
    ]);
    let info =
        b"<</Title(Microsoft Word - bridge.doc)/Author(Ann Ode)/Keywords(bridges; Aske)/CreationDate(D:20190506)>>"
            .to_vec();
    let article = article_of_bytes("a.pdf", &of_pages(&[packed(&program[..])], "/Info 4 0 R", &[info]));
    assert_eq!(article.title.as_deref(), Some("Bridge opens"));
    let body = "The bridge over the Aske opened on Monday, and the government came to see it.\n\n\
        All of the town (or most of it) came, too.";
    assert_eq!(article.body, body);
    assert_eq!((article.byline, article.keywords), (vec!["Ann Ode".into()], vec!["bridges".into(), "Aske".into()]));
    assert_eq!((article.published, article.modified), (None, None));
}

#[test]
fn a_stated_title_counts_if_the_page_has_it() {
    let set = |size: u32| {
        lines(&[
            ("Aske Courier", 72, 750, 30),
            ("Bridge opens", 72, 700, size),
            ("The bridge opened on Monday.", 72, 660, 10),
        ])
    };
    for (info, size, title) in [
        ("<</Title(Bridge  Opens)>>", 10, "Bridge opens"),
        ("<</Title<FEFF004200720069006400670065 0020006F00700065006E0073>>>", 10, "Bridge opens"),
        ("<</Title(page1.indd)>>", 31, "Aske Courier Bridge opens"),
        ("<</Title(A template of the house)>>", 40, "Bridge opens"),
    ] {
        let article = article_of_bytes("a.pdf", &of_pages(&[stream("", &set(size))], "/Info 4 0 R", &[info.into()]));
        assert_eq!(article.title.as_deref(), Some(title), "{info}");
    }
    let plain = stream("", &lines(&[("The bridge opened on Monday.", 72, 660, 10)]));
    let article =
        article_of_bytes("a.pdf", &of_pages(&[plain], "/Info 4 0 R", &[b"<</Title(Bridge opens to all)>>".to_vec()]));
    assert_eq!(article.title.as_deref(), Some("Bridge opens to all"));
}

#[test]
fn columns_are_read_in_order_and_running_heads_are_removed() {
    let page = |number: usize| {
        let mut set = vec![("The Aske Courier".to_owned(), 72, 780, 8), (format!("Page {number}"), 280, 30, 8)];
        for row in 0..5 {
            set.push((format!("left {number}{row} of the bridge {}", "and ".repeat(number)), 72, 700 - 12 * row, 10));
            set.push((format!("right {number}{row} of the bridge and"), 320, 700 - 12 * row, 10));
        }
        let set: Vec<_> = set.iter().map(|(text, left, y, size)| (&text[..], *left, *y, *size)).collect();
        stream("", &lines(&set))
    };
    let article = article_of_bytes("a.pdf", &of_pages(&[page(1), page(2)], "", &[]));
    let text = format!("{} {}", article.title.unwrap_or_default(), article.body);
    let order: Vec<&str> = text.split_whitespace().filter(|word| word.parse::<u32>().is_ok()).collect();
    let expected = [
        "10", "11", "12", "13", "14", "10", "11", "12", "13", "14", "20", "21", "22", "23", "24", "20", "21", "22",
        "23", "24",
    ];
    assert_eq!(order, expected);
    assert!(!text.contains("Courier") && !text.contains("Page"), "{text}");
}

#[test]
fn fonts_with_tables_and_drawings_are_read() {
    let article = article_of_bytes("a.pdf", &sample());
    assert_eq!(article.body, "The bridge over the Aske opened.\n\nABC A B");
    let named = b"<</Type/Font/Subtype/Type1/Encoding<</Differences[65/eacute/f_i/uni20AC 97/g1]>>/FirstChar 65/Widths[500 500 500]>>";
    let program = stream("", b"BT /G 10 Tf 72 700 Td (ABC) Tj 30 TL T* /F 10 Tf (d\\351j\\340 vu) Tj ET");
    let article = article_of_bytes("a.pdf", &of_pages(&[program], "", &[named.to_vec()]));
    assert_eq!((article.title.as_deref(), &*article.body), (Some("éfi€"), "déjà vu"));
}

#[test]
fn artifacts_and_rotated_text_are_removed() {
    let program = b"/Artifact <</Type/Pagination>> BDC BT /F 8 Tf 72 780 Td (The Courier) Tj ET EMC \
        BT /F 10 Tf 72 700 Td (The bridge opened.) Tj ET BT /F 10 Tf 0 1 -1 0 20 100 Tm (turned) Tj ET";
    assert_eq!(article_of_bytes("a.pdf", &of_pages(&[stream("", program)], "", &[])).body, "The bridge opened.");
    // A page that is rotated as a whole is read as it is shown.
    let turned = stream("", b"BT /F 10 Tf 0 1 -1 0 100 100 Tm (The bridge) Tj ( opened.) Tj ET");
    assert_eq!(article_of_bytes("a.pdf", &of_pages(&[turned], "", &[])).body, "The bridge opened.");
}

#[test]
fn object_streams_and_wrong_tables_and_lengths_are_read() {
    let objects = b"1 0 2 30 3 62 <</Type/Catalog/Pages 2 0 R>>  <</Type/Pages/Kids[10 0 R]   >> <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let first = memchr::memmem::find(objects, b"<<").unwrap();
    let packed_objects = {
        let mut packed = Vec::new();
        ZlibEncoder::new(&objects[..], Compression::best()).read_to_end(&mut packed).unwrap();
        stream(&format!("/Type/ObjStm/N 3/First {first}/Filter/FlateDecode"), &packed)
    };
    let program = b"BT /F 10 Tf 72 700 Td (The bridge opened.) Tj ET";
    let mut bytes = b"%PDF-1.5\n10 0 obj<</Type/Page/Contents 11 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj\n11 0 obj<</Length 99999>>stream\n".to_vec();
    bytes.extend(program);
    bytes.extend(b"\nendstream endobj\n12 0 obj\n");
    bytes.extend(packed_objects);
    bytes.extend(
        b"\nendobj\n13 0 obj<</Type/XRef/Root 1 0 R/Length 1>>stream\nx\nendstream endobj\nstartxref\n7\n%%EOF",
    );
    assert_eq!(article_of_bytes("a.pdf", &bytes).body, "The bridge opened.");
    // The later revision of an object counts.
    bytes.extend(b"\n11 0 obj<</Length 1 0 R>>stream\nBT /F 10 Tf 72 700 Td (It shut.) Tj ET\nendstream endobj");
    assert_eq!(article_of_bytes("a.pdf", &bytes).body, "It shut.");
}

#[test]
fn codes_beyond_all_pages_are_ignored() {
    let narrow = b"<</Type/Font/Subtype/Type1/FirstChar 4294967295/Widths[500 500]>>";
    let wide = b"<</Type/Font/Subtype/Type0/DescendantFonts[<</W[4294967295[500 500]1e9 2e9 500]>>]>>";
    for font in [&narrow[..], wide] {
        let program = b"BT /F 10 Tf 72 700 Td (The bridge opened.) Tj /G 10 Tf (x) Tj ET";
        let bytes = of_pages(&[stream("", program)], "", &[font.to_vec()]);
        assert!(article_of_bytes("a.pdf", &bytes).body.starts_with("The bridge opened."));
    }
}

#[test]
fn files_without_text_say_why() {
    let picture = stream("/Subtype/Image/Filter/DCTDecode", b"JFIF");
    let of_picture = of_pages(&[stream("", b"q 600 0 0 800 0 0 cm /X Do Q")], "", &[b"null".to_vec(), picture]);
    assert_eq!(
        skip_of(&of_picture),
        "a.pdf record 1: no text: its pages are pictures; recognize their text first, by OCR"
    );
    assert_eq!(skip_of(&of_pages(&[stream("", b"")], "", &[])), "a.pdf record 1: no text: its pages are empty");
    let unmapped_glyphs = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>".to_vec();
    let unmapped_glyphs = of_pages(&[stream("", b"BT /G 10 Tf 72 700 Td (abcdef) Tj ET")], "", &[unmapped_glyphs]);
    let why = "its fonts do not say which letters they show; recognize its text first, by OCR";
    assert_eq!(skip_of(&unmapped_glyphs), format!("a.pdf record 1: no text: {why}"));
    // Hebrew as it is on the page: the last letter first.
    let hebrew = stream("", b"1 beginbfrange <0001> <0010> <05D0> endbfrange");
    let font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<<>>]>>".to_vec();
    let backwards = of_pages(&[stream("", b"BT /G 10 Tf 72 700 Td <000100020003> Tj ET")], "", &[font, hebrew]);
    let why = "a PDF in a script that runs from right to left; save it as text";
    assert_eq!(skip_of(&backwards), format!("a.pdf record 1: unknown format: {why}"));
    let locked = of_pages(&[stream("", b"BT ET")], "/Encrypt<</Filter/Standard>>", &[]);
    assert_eq!(skip_of(&locked), "a.pdf record 1: unreadable: encrypted; save it without a password");
}

#[test]
fn damaged_files_say_where() {
    let whole = sample();
    assert_eq!(
        skip_of(&whole[..whole.len() / 2]),
        "a.pdf record 1: damaged: no list of pages: it is cut off, or not whole"
    );
    assert_eq!(skip_of(b"%PDF-1.4\n"), "a.pdf record 1: damaged: no list of pages: it is cut off, or not whole");
    let gone = pdf(&[b"<</Pages 2 0 R>>".to_vec(), b"<</Kids[3 0 R]>>".to_vec()], "");
    assert_eq!(skip_of(&gone), "a.pdf record 1: damaged: page 1 is missing: it is cut off, or not whole");
    let round = pdf(&[b"<</Pages 2 0 R>>".to_vec(), b"<</Kids[2 0 R]>>".to_vec()], "");
    assert_eq!(skip_of(&round), "a.pdf record 1: damaged: page 1 of its list leads back into the list");
}

#[test]
fn hostile_files_end() {
    let nothing = "a.pdf record 1: no text: its pages are empty";
    let bomb = packed(std::io::repeat(b' ').take(64 << 20));
    assert!(skip_of(&of_pages(&[bomb], "", &[])).contains("decompression bomb: a stream of it unpacks to more than"));
    // A drawing that draws itself, and one that draws others many times.
    let itself = stream("/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>", &b"/X Do ".repeat(30));
    let skip = skip_of(&of_pages(&[stream("", b"/X Do")], "", &[b"null".to_vec(), itself]));
    assert!(skip.contains("decompression bomb: its parts unpack to more than"), "{skip}");
    // References, lengths and fonts that refer to themselves.
    let round = pdf(&[b"1 0 R".to_vec()], "");
    assert!(skip_of(&round).contains("no list of pages"));
    let font =
        b"<</Type/Font/ToUnicode 4 0 R/Encoding 4 0 R/Widths 4 0 R/FontDescriptor 4 0 R/DescendantFonts[4 0 R]>>";
    assert!(skip_of(&of_pages(&[stream("", b"BT /G 9 Tf <01> Tj ET")], "", &[font.to_vec()])).contains("no text"));
    // Deep nesting, and brackets that never close.
    for deep in ["[", "<</A", "(", "q ", "/A BMC "] {
        let program = stream("", deep.repeat(200_000).as_bytes());
        assert_eq!(skip_of(&of_pages(&[program], "", &[deep.repeat(200_000).into_bytes()])), nothing, "{deep}");
    }
    let starts = b"1 0 obj (".repeat(200_000);
    assert!(skip_of(&[&b"%PDF-1.4\n"[..], &starts].concat()).contains("bomb"));
    // Numbers that are not numbers.
    let odd =
        b"BT /F 1e999 Tf 99999999999999999999999999999999999999999 Tz (a) Tj -0 Tz (b) Tj 0 0 0 0 0 0 Tm (c) Tj ET";
    outcomes_of("a.pdf", &of_pages(&[stream("", odd)], "", &[]));
}
