//! What the fuzz targets do with their bytes. Run one with `cargo +nightly fuzz run warc -- -dict=fuzz/dict/warc.dict`.

mod archive;
mod desk;

use std::cell::RefCell;
use std::io::{Cursor, Write};

use morgue::normalize::normalize;
use morgue::read::{self, Options};
use morgue::{Query, RawArticle, Request};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use archive::Archive;
use desk::Desk;

/// What day it is, so that a fault can be seen again on another.
const TODAY: &str = "2026-01-15";

thread_local! {
    static DESK: RefCell<Desk> = RefCell::new(Desk::new());
    static ARCHIVE: RefCell<Archive> = RefCell::new(Archive::new());
}

/// Reads bytes as a file of this name; normalizes, cuts and annotates all records.
pub fn read(name: &str, bytes: &[u8]) {
    let options = Options { today: TODAY.parse().expect("a day"), ..Options::default() };
    for record in read::open_stream(name, bytes, &options).take(1000) {
        if let Ok(article) = record.and_then(|record| record.read(&options)).and_then(normalize) {
            DESK.with_borrow_mut(|desk| desk.annotate(&article));
        }
    }
}

/// Reads bytes as the members of a Word file: the text, and what is said of it.
pub fn word(bytes: &[u8]) {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for member in ["[Content_Types].xml", "word/document.xml", "docProps/core.xml"] {
        file.start_file(member, stored).expect("memory");
        file.write_all(bytes).expect("memory");
    }
    read("story.docx", &file.finish().expect("memory").into_inner());
}

/// The first line is a query, the second a title, the rest the text of the one article in which it is looked for.
pub fn matching(text: &str) {
    let (query, text) = text.split_once('\n').unwrap_or((text, ""));
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let raw = RawArticle { title: Some(title.to_owned()), body: body.to_owned(), ..RawArticle::default() };
    if let (Ok(query), Ok(article)) = (Query::parse(query), normalize(raw)) {
        DESK.with_borrow_mut(|desk| desk.mark(&query, &article));
    }
}

/// Parses a query; what it prints is read as the same query again; the index finds what `matching` means by it.
pub fn search(text: &str) {
    let Ok(query) = Query::parse(text) else { return };
    let printed = query.to_string();
    let again = Query::parse(&printed).map(|again| again.to_string());
    assert_eq!(again.as_deref().ok(), Some(printed.as_str()), "{text:?}");
    for query in [query, Query::plain(text)] {
        let request = Request::new(query).today(TODAY.parse().expect("a day")).explain(true);
        ARCHIVE.with_borrow_mut(|archive| archive.search(&request));
    }
}
