//! Word files (.docx): a zip whose members are XML, one with the text and one with properties of the file. They are
//! read as streams of tags: paragraphs and their styles, without layout.

use std::io::{Cursor, Read};

use ::zip::ZipArchive;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fault::Fault;
use super::stated::split_keywords;
use super::title_line::is_title_line;
use super::{Record, charset, office};
use morgue_article::{RawArticle, RawCaption, SkipReason};

/// A larger member is not read. Bytes, unpacked.
const MAX_MEMBER_BYTES: u64 = 64 << 20;

/// Is this the name of the member with the text?
pub(super) fn is_text(name: &str) -> bool {
    // Some programs add a number to the name.
    name.strip_prefix("word/document")
        .and_then(|rest| rest.strip_suffix(".xml"))
        .is_some_and(|number| number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a Word file.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let damaged = |what: String| Fault::new(SkipReason::Damaged, what);
    let mut archive = ZipArchive::new(Cursor::new(&record.bytes[..])).map_err(|error| damaged(error.to_string()))?;
    let name = archive.file_names().flatten().find(|name| is_text(name)).map(|name| name.into_owned());
    let Some(name) = name else { return Err(damaged("no text in the Word file".to_owned())) };
    let xml = member(&mut archive, &name)?;
    let mut text = DocumentText::default();
    text.read(&xml).map_err(damaged)?;
    // The properties are often missing, which is no reason to skip the text.
    let about = member(&mut archive, "docProps/core.xml").map(|xml| CoreProperties::of(&xml)).unwrap_or_default();
    Ok(article(text, about))
}

fn article(mut text: DocumentText, about: CoreProperties) -> RawArticle {
    let stated = office::stated_title(about.title);
    if text.title.is_none() && stated.is_none() && text.paragraphs.len() > 1 && is_title(&text.paragraphs[0]) {
        text.title = Some(text.paragraphs.remove(0));
    }
    let title = text.title.or(stated);
    if title.is_some() && text.paragraphs.first() == title.as_ref() {
        text.paragraphs.remove(0);
    }
    RawArticle {
        title,
        body: text.paragraphs.join("\n\n"),
        captions: text.captions.into_iter().map(|text| RawCaption { text, credit: None }).collect(),
        byline: office::byline(about.creator),
        description: about.description,
        keywords: about.keywords,
        modified: about.modified,
        ..RawArticle::default()
    }
}

/// Is the first paragraph a title?
fn is_title(paragraph: &str) -> bool {
    is_title_line(paragraph) && !paragraph.contains('\n')
}

fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Fault> {
    let damaged = |what: String| Fault::new(SkipReason::Damaged, what);
    let member = archive.by_name(name).map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    member.take(MAX_MEMBER_BYTES + 1).read_to_end(&mut bytes).map_err(|error| damaged(format!("{name}: {error}")))?;
    if bytes.len() as u64 > MAX_MEMBER_BYTES {
        return Err(Fault::new(SkipReason::TooLarge, format!("{name} unpacks to more than {MAX_MEMBER_BYTES} bytes")));
    }
    Ok(charset::decode(&bytes, charset::declared(&bytes)).into_owned())
}

/// The text of a file while it is read.
#[derive(Default)]
struct DocumentText {
    /// The first paragraph with the style of a title or of a top-level heading.
    title: Option<String>,
    paragraphs: Vec<String>,
    captions: Vec<String>,
    /// The current paragraph and its style.
    paragraph: String,
    style: String,
}

impl DocumentText {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = reader(xml);
        // The number of open elements of SILENT.
        let mut silent = 0usize;
        let mut in_text = false;
        loop {
            let event = reader.read_event().map_err(|error| format!("{error}, at byte {}", reader.error_position()))?;
            match event {
                Event::Start(tag) if silent > 0 || is_silent(&tag) => silent += usize::from(is_silent(&tag)),
                Event::Empty(_) if silent > 0 => {}
                Event::Start(tag) | Event::Empty(tag) => match local(&tag).as_str() {
                    "t" => in_text = true,
                    "p" => self.end_paragraph(),
                    "tab" | "ptab" => self.paragraph.push(' '),
                    "br" | "cr" => self.paragraph.push('\n'),
                    "noBreakHyphen" => self.paragraph.push('-'),
                    "pStyle" => self.style = value(&tag).unwrap_or_default().to_lowercase(),
                    _ => {}
                },
                Event::End(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    silent -= usize::from(silent > 0 && SILENT.contains(&name.as_str()));
                    match name.as_str() {
                        "t" => in_text = false,
                        "p" if silent == 0 => self.end_paragraph(),
                        _ => {}
                    }
                }
                Event::Text(text) if in_text && silent == 0 => self.paragraph.push_str(&text),
                Event::CData(text) if in_text && silent == 0 => self.paragraph.push_str(&text),
                Event::GeneralRef(entity) if in_text && silent == 0 => {
                    self.paragraph.push_str(&htmlize::unescape(format!("&{};", &*entity)));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        self.end_paragraph();
        Ok(())
    }

    fn end_paragraph(&mut self) {
        let style = std::mem::take(&mut self.style);
        let paragraph = std::mem::take(&mut self.paragraph);
        let paragraph = paragraph.trim();
        if paragraph.is_empty() {
            return;
        }
        let is_heading = style == "title" || (["heading1", "titre1", "berschrift1", "titel"].contains(&style.as_str()));
        if is_heading && self.title.is_none() {
            self.title = Some(paragraph.to_owned());
        } else if style == "caption" {
            self.captions.push(paragraph.to_owned());
        } else if !style.starts_with("toc") {
            self.paragraphs.push(paragraph.to_owned());
        }
    }
}

/// Elements without text of the article: deleted text, codes of fields, and copies of text boxes for programs that
/// cannot draw these.
const SILENT: [&str; 4] = ["del", "Fallback", "instrText", "sectPr"];

fn is_silent(tag: &BytesStart<'_>) -> bool {
    SILENT.contains(&local(tag).as_str())
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().into_inner().to_owned()
}

fn value(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).flatten();
    let mut values = attributes.filter(|attribute| attribute.key.local_name().into_inner() == "val");
    values.next().map(|attribute| htmlize::unescape_attribute(&*attribute.value).into_owned())
}

fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The properties of a file.
#[derive(Default)]
struct CoreProperties {
    title: Option<String>,
    creator: Option<String>,
    description: Option<String>,
    keywords: Vec<String>,
    modified: Option<String>,
}

impl CoreProperties {
    fn of(xml: &str) -> CoreProperties {
        let mut about = CoreProperties::default();
        let mut reader = reader(xml);
        let (mut open, mut text) = (String::new(), String::new());
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) => (open, text) = (local(&tag), String::new()),
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(entity) => text.push_str(&htmlize::unescape(format!("&{};", &*entity))),
                Event::End(_) => {
                    let value = Some(std::mem::take(&mut text).trim().to_owned()).filter(|value| !value.is_empty());
                    match std::mem::take(&mut open).as_str() {
                        "title" => about.title = value,
                        "creator" => about.creator = value,
                        "description" => about.description = value,
                        "modified" => about.modified = value,
                        "keywords" => {
                            let list = value.unwrap_or_default();
                            about.keywords = split_keywords(&list).map(str::to_owned).collect();
                        }
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        about
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::gzip::tests::gzip;
    use super::super::hostile::zipped;
    use super::super::tests::{article_of_bytes, outcomes_of};
    use morgue_article::SkipReason;

    const CORE: &str = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>Bridge &amp; river</dc:title>\
        <dc:creator>Ann Ode</dc:creator><cp:keywords>bridges; towns</cp:keywords>\
        <dcterms:modified>2019-05-06T10:00:00Z</dcterms:modified></cp:coreProperties>";

    pub(in super::super) fn docx(body: &str, core: &str) -> Vec<u8> {
        let document = format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        zipped(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", document.as_bytes()),
            ("docProps/core.xml", core.as_bytes()),
            ("word/media/a.txt", b"No article. It is a picture."),
        ])
    }

    fn paragraph(style: &str, runs: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn paragraphs_titles_and_captions_are_read() {
        let body = [
            paragraph("Heading1", &run("Bridge opens")),
            paragraph("", &(run("It opened") + "<w:r><w:tab/></w:r>" + &run("on Mon&#100;ay &amp; stayed."))),
            "<w:p/>".to_owned(),
            paragraph("Caption", &run("The bridge")),
            paragraph("", &format!("<w:del><w:r><w:delText>never</w:delText></w:r></w:del>{}", run("All came."))),
            format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("", &run("A cell"))),
            format!("<mc:Fallback>{}</mc:Fallback>", paragraph("", &run("twice"))),
        ];
        let article = article_of_bytes("a.docx", &docx(&body.concat(), CORE));
        assert_eq!(article.title.as_deref(), Some("Bridge opens"));
        assert_eq!(article.body, "It opened on Monday & stayed.\n\nAll came.\n\nA cell");
        assert_eq!(article.captions[0].text, "The bridge");
        assert_eq!(article.byline, ["Ann Ode"]);
        assert_eq!(article.keywords, ["bridges", "towns"]);
        assert_eq!(article.modified.as_deref(), Some("2019-05-06T10:00:00Z"));
    }

    #[test]
    fn the_title_is_stated_or_the_first_line() {
        let body = paragraph("", &run("Bridge opens")) + &paragraph("", &run("It opened."));
        let article = article_of_bytes("a.docx", &docx(&body, "<x><dc:title>Microsoft Word - a.doc</dc:title></x>"));
        assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bridge opens"), "It opened."));
        let article = article_of_bytes("a.docx", &docx(&paragraph("", &run("It opened.")), CORE));
        assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bridge & river"), "It opened."));
    }

    #[test]
    fn files_in_archives_and_damaged_files_are_read() {
        let body = paragraph("", &run("Bridge opens")) + &paragraph("", &run("It opened."));
        let inner = docx(&body, "");
        let outcomes = outcomes_of("a.zip", &zipped(&[("x/a.docx", &inner)]));
        assert_eq!(outcomes.len(), 1);
        assert_eq!(&*outcomes[0].as_ref().unwrap().origin.path, "a.zip!/x/a.docx");
        assert!(outcomes_of("a.docx.gz", &gzip(&inner))[0].is_ok());
        let broken = outcomes_of("a.docx", &inner[..inner.len() - 30]).remove(0).unwrap_err();
        assert_eq!(broken.reason, SkipReason::Damaged);
        let sheet = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]);
        let skip = outcomes_of("a.xlsx", &sheet).remove(0).unwrap_err();
        assert_eq!(skip.to_string(), "a.xlsx: unknown format: a workbook; save it as CSV");
    }
}
