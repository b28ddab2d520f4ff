//! TREC collections: `<DOC>`, `<DOCNO>` and some more tags, which differ between newspapers. The text has bare `&` and `<`,
//! so it is searched for tags and not parsed. A document of the web collections has a web page in it, which is read as
//! one.

use super::fault::Fault;
use super::sgml::{attribute, element, elements};
use super::{Record, charset, html, markup};
use morgue_article::text::one_line;
use morgue_article::{DateOrigin, RawArticle, RawCaption, RawDate, SkipReason};

/// Tags of each field, best first.
const TITLES: [&str; 8] = ["HEADLINE", "HEAD", "HL", "TITLE", "TI", "TTL", "H3", "DOCTITLE"];
const BYLINES: [&str; 3] = ["BYLINE", "AUTHOR", "AU"];
const DATES: [&str; 6] = ["DATE_TIME", "DATE", "DATE1", "PUBDATE", "DD", "PUB_DATE"];
/// All of these are joined in this order: the Wall Street Journal has its first paragraphs in an element of their own.
const TEXTS: [&str; 4] = ["LP", "LEADPARA", "TEXT", "BODY"];
/// In the Wall Street Journal, `IN`, `NS`, `RE`, `CO` and `MS` are industries, subjects, regions, companies and sectors,
/// each followed by its code in parentheses.
const KEYWORDS: [&str; 8] = ["SUBJECT", "KEYWORD", "KEYWORDS", "IN", "NS", "RE", "CO", "MS"];

/// Does a stream begin with documents of TREC?
pub(super) fn is_trec(start: &[u8]) -> bool {
    let head = &start[..start.len().min(4096)];
    let doc = memchr::memmem::find(head, b"<DOC>").or_else(|| memchr::memmem::find(head, b"<DOC "));
    start.starts_with(b"<")
        && doc.is_some_and(|at| {
            let after = &head[at..];
            at == 0
                || memchr::memmem::find(&head[..at], b"<html").is_none()
                    && memchr::memmem::find(after, b"<DOCNO").is_some()
        })
}

/// Reads one document.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let sgml = charset::decode(&record.bytes, None);
    let head = &sgml[..sgml.find('>').unwrap_or(sgml.len())];
    let id = element(&sgml, "DOCNO").map(line).filter(|id| !id.is_empty());
    let Some(id) = id.or_else(|| attribute(head, "id").map(str::to_owned)) else {
        return Err(Fault::new(SkipReason::Damaged, "a document without <DOCNO>"));
    };
    if let Some((header, page)) = sgml.split_once("</DOCHDR>") {
        return web_page(header, page, id);
    }
    let first =
        |names: &[&str]| names.iter().find_map(|name| element(&sgml, name)).map(line).filter(|text| !text.is_empty());
    let mut captions = Vec::new();
    let texts = TEXTS.iter().flat_map(|name| elements(&sgml, name)).map(|text| body_text(text, &mut captions));
    let body = texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
    for graphic in elements(&sgml, "GRAPHIC") {
        let text = line(graphic);
        if !text.is_empty() {
            captions.push(RawCaption { text, credit: None });
        }
    }
    let stated = first(&DATES).map(|date| without_edition(&date).to_owned());
    let date = stated.or_else(|| day_of(&id));
    Ok(RawArticle {
        title: first(&TITLES),
        body,
        captions,
        byline: first(&BYLINES).into_iter().collect(),
        dateline: first(&["DATELINE"]),
        source: first(&["PUB", "SO", "SOURCE"]).map(|source| source.split(" (").next().unwrap_or_default().to_owned()),
        published: date.map(|text| RawDate { text, from: DateOrigin::Metadata }),
        section: first(&["SECTION"]).map(|section| section.split(';').next().unwrap_or_default().to_owned()),
        keywords: KEYWORDS.iter().flat_map(|name| elements(&sgml, name)).flat_map(keywords).take(50).collect(),
        id: Some(id),
        ..RawArticle::default()
    })
}

/// Reads a document of a web collection; the address of its page is the first word of its header.
fn web_page(header: &str, page: &str, id: String) -> Result<RawArticle, Fault> {
    let page = page.trim_end().strip_suffix("</DOC>").unwrap_or(page);
    let header = header.split_once("<DOCHDR>").map_or("", |(_, header)| header);
    let url = header.split_whitespace().next().filter(|word| word.contains("://"));
    let mut article = html::read(page.as_bytes(), None, url, None)?;
    article.id = Some(id);
    Ok(article)
}

/// The text of the body: by its paragraph tags if there are any, else as it is written, with lines that may be wrapped.
fn body_text(text: &str, captions: &mut Vec<RawCaption>) -> String {
    let has_tags = text.contains("<P>") || text.contains("<p>");
    if has_tags { markup::text(text, captions) } else { markup::unescape(text).into_owned() }
}

/// The date without the name of the edition: `May 6, 1989, Saturday, Home Edition`.
fn without_edition(date: &str) -> &str {
    let mut commas = date.match_indices(',').map(|(at, _)| at);
    match (commas.next(), commas.next()) {
        (Some(_), Some(second)) if date.starts_with(char::is_alphabetic) => &date[..second],
        _ => date,
    }
}

/// The day in an id such as `APW19980613.0001`, `XIN_ENG_20020506.0003` or `AP890506-0001`.
fn day_of(id: &str) -> Option<String> {
    let start = id.find(|c: char| c.is_ascii_digit())?;
    let digits: &str = &id[start..start + id[start..].bytes().take_while(u8::is_ascii_digit).count()];
    let digits = match (digits.len(), &id[..start]) {
        (8, _) => digits.to_owned(),
        (6, "AP" | "WSJ") => format!("19{digits}"),
        _ => return None,
    };
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let is_day = (1850..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The keywords in a list, separated by `;` or by lines.
fn keywords(list: &str) -> impl Iterator<Item = String> {
    let list = markup::text(&list.replace(")\n", ");"), &mut Vec::new());
    let words: Vec<String> = list.split([';', '\n']).map(|word| without_code(word.trim()).to_owned()).collect();
    words.into_iter().filter(|word| !word.is_empty() && word.len() <= 100)
}

/// Removes a code after a name, as in `OHIO (OH)`.
fn without_code(word: &str) -> &str {
    let code = word.strip_suffix(')').and_then(|word| word.rsplit_once(" ("));
    code.filter(|(_, code)| code.bytes().all(|byte| byte.is_ascii_uppercase())).map_or(word, |(word, _)| word)
}

/// The text of a field as one line.
fn line(sgml: &str) -> String {
    one_line(&markup::text(sgml, &mut Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcomes_of;
    use super::*;

    const DOCS: &str = "<DOC>\n<DOCNO> AP890506-0012 </DOCNO>\n<FILEID>x</FILEID>\n<HEAD>Bridge Opens\n in Nordhavn</HEAD>\n\
        <BYLINE>By BO EK</BYLINE>\n<DATELINE>NORDHAVN (AP) </DATELINE>\n<TEXT>\n   The bridge at R&D <Park> opened.\n</TEXT>\n\
        <TEXT>Nobody fell in.</TEXT>\n</DOC>\n<!-- a note -->\n<DOC id=\"XIN_ENG_20020507.0003\" type=\"story\">\n<HEADLINE>\nMine closes\n\
        </HEADLINE>\n<TEXT>\n<P>\nThe mine &amp; mill\nclosed.\n</P>\n<P>All wept.</P>\n</TEXT>\n</DOC>\n<DOC>\n<DOCNO>LA-1</DOCNO>\n\
        <DATE>\n<P>\nMay 8, 1990, Tuesday, Home Edition\n</P></DATE><SECTION><P>Metro; Part B; Desk</P></SECTION>\n<SUBJECT><P>BRIDGES; OLD\nTOWNS</P></SUBJECT>\n<RE>\nOHIO (OH)\nEAST (E of here)\n</RE>\n\
        <LP>First.</LP><TEXT>Second.</TEXT></DOC>\n<DOC><TEXT>x</TEXT></DOC>";

    #[test]
    fn newspapers_of_trec() {
        let outcomes = outcomes_of("a", DOCS.as_bytes());
        assert_eq!(outcomes.len(), 4);
        let articles: Vec<&RawArticle> = outcomes[..3].iter().map(|outcome| outcome.as_ref().unwrap()).collect();
        let published = |at: usize| articles[at].published.as_ref().unwrap().text.as_str();
        assert_eq!((articles[0].id.as_deref(), published(0)), (Some("AP890506-0012"), "1989-05-06"));
        assert_eq!(articles[0].title.as_deref(), Some("Bridge Opens in Nordhavn"));
        assert_eq!(articles[0].body.trim(), "The bridge at R&D <Park> opened.\n\n\nNobody fell in.");
        assert_eq!(
            (articles[0].byline[0].as_str(), articles[0].dateline.as_deref()),
            ("By BO EK", Some("NORDHAVN (AP)"))
        );
        assert_eq!((articles[1].title.as_deref(), published(1)), (Some("Mine closes"), "2002-05-07"));
        assert_eq!(articles[1].body, "The mine & mill closed.\n\nAll wept.");
        assert_eq!((published(2), articles[2].section.as_deref()), ("May 8, 1990", Some("Metro")));
        assert_eq!(articles[2].body, "First.\n\nSecond.");
        assert_eq!(articles[2].keywords, ["BRIDGES", "OLD TOWNS", "OHIO", "EAST (E of here)"]);
        assert_eq!(outcomes[3].as_ref().unwrap_err().reason, SkipReason::Damaged);
    }

    #[test]
    fn documents_of_web_collections_are_read_as_pages() {
        let sentence = "The council of Nordhavn voted on Monday to rebuild the old bridge over the river, at last. ";
        let text = format!(
            "<DOC>\n<DOCNO>WEB-1</DOCNO>\n<DOCHDR>\nhttps://ledger.example/2019/05/06/bridge 1.2.3.4\n</DOCHDR>\n<html><head><title>Bridge</title>\
             </head><body><article><h1>Bridge</h1><p>{0}{0}</p><p>{0}{0}{0}</p></article></body></html>\n</DOC>",
            sentence
        );
        let article = outcomes_of("a", text.as_bytes()).remove(0).unwrap();
        assert_eq!(article.id.as_deref(), Some("WEB-1"));
        assert_eq!(article.url.as_deref(), Some("https://ledger.example/2019/05/06/bridge"));
        assert!(article.body.starts_with("The council"));
    }

    proptest::proptest! {
        #[test]
        fn odd_records_do_no_harm(text in "(<DOC>|<DOC |id=\"|\"|>|<TEXT>|</TEXT>|<DOCNO>|</DOCNO>|</DOCHDR>|<DATE>|</DATE>|AP|1990|é|, ){0,20}") {
            let _ = read(&Record::for_test("a", text.as_bytes()));
        }
    }
}
