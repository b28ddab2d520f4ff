//! Tests of all readers on broken, hostile and odd files: they give a skip with its reason, in bounded time and memory,
//! and the records before and after the damage.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use ::zip::write::{SimpleFileOptions, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::gzip::tests::gzip;
use super::tests::outcomes_of;
use super::*;

const STORY: &str = "{\"title\":\"Bridge opens\",\"body\":\"It opened.\"}\n";

pub(super) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Each outcome on one line: `path record: title`, or `path record: reason`.
fn outcome_lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let describe = |outcome: Result<RawArticle, Skip>| match outcome {
        Ok(article) => {
            format!("{} {}: {}", article.origin.path, article.origin.record, article.title.unwrap_or_default())
        }
        Err(skip) => {
            let record = skip.record.map_or(String::new(), |record| format!(" {record}"));
            format!("{}{record}: {}", skip.path.display(), skip.reason.describe())
        }
    };
    outcomes_of(name, bytes).into_iter().map(describe).collect()
}

#[test]
fn archives_give_their_members() {
    let text = b"Mayor resigns\n\nShe resigned on Monday. Nobody was surprised.";
    let members: [(&str, &[u8]); 5] = [
        ("1998/a.txt", text),
        ("b.jsonl", STORY.as_bytes()),
        (".hidden", text),
        ("__MACOSX/c.txt", b""),
        ("notes.md", text),
    ];
    let seen = |archive: &str| {
        [
            format!("{archive}!/1998/a.txt 1: Mayor resigns"),
            format!("{archive}!/b.jsonl 1: Bridge opens"),
            format!("{archive}!/notes.md: not an article"),
        ]
    };
    assert_eq!(outcome_lines("news.zip", &zipped(&members)), seen("news.zip"));
    let members = [members[0], members[1], members[2], members[4]];
    assert_eq!(outcome_lines("news.tar", &tarred(&members)), seen("news.tar"));
    assert_eq!(outcome_lines("news.tgz", &gzip(&tarred(&members))), seen("news.tgz"));
    assert_eq!(
        outcome_lines("news.tar.zst", &zstd::encode_all(&tarred(&members)[..], 1).unwrap()),
        seen("news.tar.zst")
    );
    let long = format!("{}/a.txt", "folder/".repeat(30));
    assert_eq!(outcome_lines("n.tar", &tarred(&[(&long, text)])), [format!("n.tar!/{long} 1: Mayor resigns")]);
}

#[test]
fn archives_nest_once() {
    let inner = zipped(&[("a.jsonl", STORY.as_bytes())]);
    let middle = tarred(&[("inner.zip", &inner), ("b.jsonl.gz", &gzip(STORY.as_bytes()))]);
    let seen = ["m.tar!/inner.zip!/a.jsonl 1: Bridge opens", "m.tar!/b.jsonl.gz 1: Bridge opens"];
    assert_eq!(outcome_lines("m.tar", &middle), seen);
    let outer = zipped(&[("m.tar", &middle)]);
    assert_eq!(
        outcome_lines("o.zip", &outer),
        ["o.zip!/m.tar!/inner.zip: nested too deep", "o.zip!/m.tar!/b.jsonl.gz 1: Bridge opens"]
    );
}

#[test]
fn damaged_archives_give_what_they_can() {
    let text = STORY.repeat(3);
    let archive = tarred(&[("a.jsonl", text.as_bytes()), ("b.jsonl", text.as_bytes())]);
    let cut = &archive[..512 + 60];
    assert_eq!(
        outcome_lines("a.tar", cut),
        ["a.tar!/a.jsonl 1: Bridge opens", "a.tar!/a.jsonl 2: damaged", "a.tar: damaged"]
    );
    assert_eq!(outcome_lines("a.zip", &zipped(&[("a", b"x")])[..30]), ["a.zip: damaged"]);
    let mut wrong = zipped(&[("a.jsonl", STORY.as_bytes())]);
    let sum = wrong.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap() + 16;
    wrong[sum] ^= 1;
    let lines = outcome_lines("a.zip", &wrong);
    assert!(lines.last().unwrap().ends_with("damaged"), "{lines:?}");
}

#[test]
fn a_truncated_gzip_gives_the_records_before_the_damage() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"title\":\"Story {n}\",\"body\":\"It was number {n}.\"}}\n")).collect();
    let packed = gzip(lines.as_bytes());
    let outcomes = outcomes_of("a.jsonl.gz", &packed[..packed.len() / 2]);
    let (last, before) = outcomes.split_last().unwrap();
    assert!(before.len() > 100 && before.iter().all(Result::is_ok));
    let skip = last.as_ref().unwrap_err();
    assert_eq!((skip.reason, skip.record), (SkipReason::Damaged, Some(outcomes.len() as u64)));
    assert!(skip.detail.starts_with("cut off after "), "{}", skip.detail);
    assert_eq!(outcome_lines("a.gz", &packed[..5]), ["a.gz: damaged"]);
}

#[test]
fn several_gzip_members_are_one_stream() {
    let mut packed = gzip(&STORY.as_bytes()[..10]);
    packed.extend(gzip(&STORY.as_bytes()[10..]));
    packed.extend(gzip(STORY.as_bytes()));
    assert_eq!(outcome_lines("a.jsonl.gz", &packed), ["a.jsonl.gz 1: Bridge opens", "a.jsonl.gz 2: Bridge opens"]);
}

#[test]
fn bombs_are_stopped() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"{\"body\": \"").unwrap();
    std::io::copy(&mut std::io::repeat(b'x').take(80 << 20), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    assert_eq!(outcome_lines("a.json.gz", &bomb), ["a.json.gz: decompression bomb"]);
}

#[test]
fn a_huge_line_is_skipped_in_bounded_memory() {
    let huge = std::io::Read::chain(&b"{\"body\":\""[..], std::io::repeat(b'x').take(64 << 20));
    let stream = STORY.as_bytes().chain(huge).chain(&b"\"}\n"[..]).chain(STORY.as_bytes());
    let options = Options::default();
    let reasons: Vec<_> =
        open_stream("-", stream, &options).map(|record| record.err().map(|skip| (skip.reason, skip.record))).collect();
    assert_eq!(reasons, [None, Some((SkipReason::TooLarge, Some(2))), None]);
}

#[test]
fn deep_nesting_is_a_skip() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"body\":[", "]}"), ("{\"articles\":[", "]}")] {
        let text = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let reason = outcomes_of("a.json", text.as_bytes()).remove(0).unwrap_err().reason;
        assert!(matches!(reason, SkipReason::TooDeep | SkipReason::NotAnArticle), "{open}: {reason:?}");
        let lines = outcome_lines("a.jsonl", format!("{text}\n{STORY}").as_bytes());
        assert_eq!(lines.last().unwrap(), "a.jsonl 2: Bridge opens", "{open}");
    }
}

#[test]
fn a_header_of_unended_encoded_words_is_read_at_once() {
    // This once took a minute and a half.
    for word in [" =??=x", "=? ", "=?utf-8?q?a?= "] {
        let mail = format!(
            "From: a@b.example\nTo: c\nDate: d\nSubject: =?utf-8?q?A?= {}\n\nIt opened.",
            word.repeat((64 << 10) / word.len())
        );
        let article = outcomes_of("a.eml", mail.as_bytes()).remove(0).unwrap();
        assert!(article.title.unwrap().starts_with('A'), "{word}");
        assert_eq!(article.body, "It opened.");
    }
}

#[test]
fn empty_files_are_a_skip() {
    for (name, bytes) in
        [("a.txt", &b""[..]), ("a.json", b" \n "), ("a.json", b"[]"), ("a.gz", &gzip(b"")), ("a.json", b"\xef\xbb\xbf")]
    {
        assert_eq!(outcome_lines(name, bytes), [format!("{name}: empty")]);
    }
    assert_eq!(outcome_lines("a.zip", &zipped(&[])), ["a.zip: empty"]);
}

#[cfg(unix)]
#[test]
fn a_missing_file_is_a_skip_and_a_folder_may_have_an_extension() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("x.json")).unwrap();
    fs::write(root.path().join("x.json/a.jsonl"), STORY).unwrap();
    let files: Vec<_> = walk(root.path()).map(Result::unwrap).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(open(&files[0], &Options::default()).count(), 1);
    let gone = File { path: Path::new("/nonexistent/a.txt").into(), name: "a.txt".into(), size: 1, mtime_ns: 0 };
    let skip = open(&gone, &Options::default()).next().unwrap().unwrap_err();
    assert_eq!((skip.reason, skip.record), (SkipReason::Unreadable, None));
}

#[test]
fn the_position_goes_up_to_the_size() {
    let root = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.jsonl", STORY.repeat(50_000).into_bytes()),
        ("b.zip", zipped(&[("a.jsonl", STORY.repeat(50_000).as_bytes())])),
    ] {
        fs::write(root.path().join(name), &bytes).unwrap();
        let file = walk(&root.path().join(name)).next().unwrap().unwrap();
        let mut records = open(&file, &Options::default());
        let mut before = 0;
        while let Some(record) = records.next() {
            assert!(record.is_ok() && records.position() >= before);
            before = records.position();
        }
        assert_eq!((before, file.size), (bytes.len() as u64, bytes.len() as u64));
    }
}

/// Small samples of formats, which a property test changes. What each of them holds is tested next to its reader.
const SAMPLES: [(&str, &str); 9] = [
    (
        "a.xml",
        "<rss><channel><title>T</title><item><title>One</title><description>&lt;p&gt;Two</description></item></channel></rss>",
    ),
    (
        "a.xml",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>One</title><content type='html'>&lt;p&gt;Two</content></entry></feed>",
    ),
    (
        "a.xml",
        "<newsItem guid='x'><itemMeta><embargoed>2019</embargoed></itemMeta><contentSet><inlineXML><p>One</p></inlineXML></contentSet></newsItem>",
    ),
    (
        "a.xml",
        "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>One</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    ),
    (
        "a.xml",
        "<nitf><head><docdata management-status='x'/></head><body><body.content><p>One</p></body.content></body></nitf>",
    ),
    ("a", "<DOC><DOCNO>AP890506-1</DOCNO><HEAD>One</HEAD><TEXT>Two. Three.</TEXT></DOC>"),
    ("a", "\u{16}\u{1}w1\u{1f}_\nr a\u{13}\n\u{2}^One<\n^By TWO=\n\tThree. Four.\n\u{3}AP-WF-05-06-19 1509GMT<\n\u{4}"),
    ("a", "\u{1}eca001 3 i 2  dpa 1\r\n\u{2}One =\r\n\nTwo. Three.\r\n\u{3}060915 GMT Mai 19\u{4}"),
    (
        "a.json",
        "{\"uri\":\"x\",\"pubstatus\":\"usable\",\"headlines\":[{\"value\":\"One\"}],\"bodies\":[{\"value\":\"<nitf><p>Two\"}]}",
    ),
];

#[test]
fn the_samples_are_articles() {
    for (name, sample) in SAMPLES {
        let outcome = outcomes_of(name, sample.as_bytes()).remove(0);
        assert!(outcome.is_ok(), "{sample}: {outcome:?}");
    }
}

#[test]
fn a_huge_field_of_a_table_is_skipped_in_bounded_memory() {
    let huge = std::io::Read::chain(&b"a,\""[..], std::io::repeat(b'x').take(64 << 20));
    let stream = b"title,body\nfirst,row\n".chain(huge).chain(&b"\"\nlast,row\n"[..]);
    let options = Options::default();
    let reasons: Vec<_> =
        open_stream("-", stream, &options).map(|record| record.err().map(|skip| (skip.reason, skip.record))).collect();
    assert_eq!(reasons, [None, Some((SkipReason::TooLarge, Some(2))), None]);
}

#[test]
fn a_huge_page_of_an_archive_is_skipped_in_bounded_memory() {
    let head = |length: u64| {
        let kind = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
        let length = length + kind.len() as u64;
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n{kind}").into_bytes()
    };
    let page = b"<html><title>Bridge opens</title><h1>Bridge opens</h1><p>The bridge over the Aske opened on Monday, a year late.</p>\
        <p>All of the town came to see it, and stayed until night.</p></html>";
    let (huge, small) = (head(64 << 20), head(page.len() as u64));
    let stream =
        huge.chain(std::io::repeat(b'x').take(64 << 20)).chain(&b"\r\n\r\n"[..]).chain(&small[..]).chain(&page[..]);
    let options = Options::default();
    let outcomes: Vec<_> = open_stream("-", stream, &options)
        .map(|record| record.and_then(|record| record.read(&options)).map_err(|skip| skip.reason))
        .collect();
    assert_eq!(outcomes[0].as_ref().err(), Some(&SkipReason::TooLarge));
    assert_eq!(outcomes[1].as_ref().unwrap().title.as_deref(), Some("Bridge opens"));
}

#[test]
fn zips_within_zips_end() {
    let mut bomb = zipped(&[("a.jsonl", STORY.as_bytes())]);
    for _ in 0..6 {
        bomb = zipped(&[("a.zip", &bomb), ("b.zip", &bomb), ("c.zip", &bomb)]);
    }
    let lines = outcome_lines("a.zip", &bomb);
    assert_eq!(lines.len(), 9, "{lines:?}");
    assert!(lines.iter().all(|line| line.ends_with("nested too deep")), "{lines:?}");
    // A Word file whose text unpacks to far more than the limit.
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "word/document.xml"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut std::io::repeat(b' ').take(65 << 20), &mut writer).unwrap();
    }
    let word = writer.finish().unwrap().into_inner();
    assert_eq!(outcome_lines("a.docx", &word), ["a.docx 1: too large"]);
}

#[test]
fn pages_nested_without_end_are_a_skip() {
    let deep = format!("<html><body>{}", "<div>".repeat(1_000_000));
    assert_eq!(outcome_lines("a.html", deep.as_bytes()), ["a.html 1: nested too deep"]);
    let mail = format!("From: a@b.example\nTo: c\nSubject: d\nContent-Type: text/html\n\n{deep}");
    assert_eq!(outcome_lines("a.eml", mail.as_bytes()).len(), 1);
    let parts: String = (0..300).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    assert_eq!(
        outcome_lines("a.eml", format!("From: a@b.example\nTo: c\nSubject: d\n{parts}").as_bytes()),
        ["a.eml 1: damaged"]
    );
}

/// Small samples of formats that contain others, or have lengths and quotes that can be wrong.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let page = "<html><title>Bridge opens</title><h1>Bridge opens</h1><p>It opened on Monday.</p></html>";
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    );
    let arc = format!(
        "filedesc://a 0.0.0.0 20190506000000 text/plain 2\nx\n\nhttps://a.example/b 0.0.0.0 20190506000000 text/html {}\n{response}\n",
        response.len()
    );
    let mail = format!(
        "From: Ann Ode <a@b.example>\nTo: c\nSubject: =?utf-8?q?d=C3=A9?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+eDwvcD4=\n--x--\n\nFrom {page}\n"
    );
    vec![
        ("a.pdf", super::pdf::tests::sample()),
        ("a.warc", record.repeat(2).into_bytes()),
        ("a.warc.gz", [gzip(record.as_bytes()), gzip(record.as_bytes())].concat()),
        ("a.arc", arc.into_bytes()),
        ("a.csv", b"title,body\n\"a \"\"b\"\"\",\"c\nd\"\ne,f\n".to_vec()),
        ("a.eml", mail.clone().into_bytes()),
        ("a.mbox", format!("From a b\n{mail}\n\nFrom a c\n{mail}").into_bytes()),
        (
            "a.docx",
            super::docx::tests::docx(
                "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>A &amp; B</w:t></w:r></w:p>",
                "<x><title>y</title></x>",
            ),
        ),
    ]
}

proptest::proptest! {
    #[test]
    fn changed_samples_do_no_harm(
        which in 0..SAMPLES.len(), from in 0usize..200, length in 0usize..20, bytes in proptest::collection::vec(0u8.., 0..20),
    ) {
        let (name, sample) = SAMPLES[which];
        let mut changed = sample.as_bytes().to_vec();
        let from = from % changed.len();
        changed.splice(from..(from + length).min(sample.len()), bytes);
        outcomes_of(name, &changed);
        outcomes_of(name, &changed.repeat(2));
    }

    #[test]
    fn changed_containers_do_no_harm(at in 0usize..100_000, byte in 0u8.., cut in 0usize..100_000, gone in 0usize..40) {
        for (name, mut bytes) in samples() {
            let at = at % bytes.len();
            bytes[at] = byte;
            outcomes_of(name, &bytes);
            let cut = cut % bytes.len();
            bytes.drain(cut..(cut + gone).min(bytes.len()));
            outcomes_of(name, &bytes);
        }
    }

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(0u8.., 0..300), cut in 0usize..300, at in 0usize..300) {
        outcomes_of("a.txt", &bytes);
        for whole in [gzip(STORY.repeat(3).as_bytes()), zipped(&[("a.jsonl", STORY.as_bytes())]), tarred(&[("a.jsonl", STORY.as_bytes())])] {
            let mut broken = whole;
            broken.truncate(broken.len().saturating_sub(cut));
            if let (Some(byte), Some(other)) = (broken.get_mut(at), bytes.first()) {
                *byte ^= other;
            }
            outcomes_of("a", &broken);
        }
    }
}

/// A stream that panics after this number of reads.
struct Faulty(usize);

impl std::io::Read for Faulty {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let line = b"{\"title\":\"T\",\"body\":\"B.\"}\n";
        assert!(self.0 > 0, "a fault");
        self.0 -= 1;
        buffer[..line.len()].copy_from_slice(line);
        Ok(line.len())
    }
}

#[test]
fn a_panic_costs_the_file_alone() {
    for (reads, articles) in [(0, 0), (200_000, 1)] {
        let outcomes: Vec<_> = super::open_stream("-", Faulty(reads), &Options::default()).collect();
        let (skips, records): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_err);
        assert!(records.len() >= articles, "{}", records.len());
        assert_eq!(skips.len(), 1);
        assert_eq!(
            skips[0].as_ref().unwrap_err().to_string(),
            "-: a fault of its reader: please report it, with the file"
        );
    }
}
