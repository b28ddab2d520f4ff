//! The work of the fuzz targets. Run one with `cargo +nightly fuzz run warc -- -dict=fuzz/dict/warc.dict`.

mod article_checker;
mod sample_index;

use std::cell::RefCell;
use std::io::{Cursor, Write};

use morgue::normalize::normalize;
use morgue::read::{self, Options};
use morgue::{Query, RawArticle, Request};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use article_checker::ArticleChecker;
use sample_index::SampleIndex;

/// The current day for reading and searching, fixed so that a fault can be reproduced later.
const TODAY: &str = "2026-01-15";

thread_local! {
    static CHECKER: RefCell<ArticleChecker> = RefCell::new(ArticleChecker::new());
    static INDEX: RefCell<SampleIndex> = RefCell::new(SampleIndex::new());
}

/// Reads bytes as a file with this name; normalizes, tokenizes and annotates all its records.
pub fn read(name: &str, bytes: &[u8]) {
    let options = Options { today: TODAY.parse().expect("a day"), ..Options::default() };
    for record in read::open_stream(name, bytes, &options).take(1000) {
        if let Ok(article) = record.and_then(|record| record.read(&options)).and_then(normalize) {
            CHECKER.with_borrow_mut(|checker| checker.annotate(&article));
        }
    }
}

/// Reads bytes as the members of a Word file: its text and its properties.
pub fn word(bytes: &[u8]) {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for member in ["[Content_Types].xml", "word/document.xml", "docProps/core.xml"] {
        file.start_file(member, stored).expect("memory");
        file.write_all(bytes).expect("memory");
    }
    read("story.docx", &file.finish().expect("memory").into_inner());
}

/// Searches one article for a query: the first line is the query, the second the title, the rest the text.
pub fn matching(text: &str) {
    let (query, text) = text.split_once('\n').unwrap_or((text, ""));
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let raw = RawArticle { title: Some(title.to_owned()), body: body.to_owned(), ..RawArticle::default() };
    if let (Ok(query), Ok(article)) = (Query::parse(query), normalize(raw)) {
        CHECKER.with_borrow_mut(|checker| checker.mark(&query, &article));
    }
}

/// Parses a query. Its printed form must parse to the same query, and the index must find the articles that `matching`
/// finds.
pub fn search(text: &str) {
    let Ok(query) = Query::parse(text) else { return };
    let printed = query.to_string();
    let again = Query::parse(&printed).map(|again| again.to_string());
    assert_eq!(again.as_deref().ok(), Some(printed.as_str()), "{text:?}");
    for query in [query, Query::plain(text)] {
        let request = Request::new(query).today(TODAY.parse().expect("a day")).explain(true);
        INDEX.with_borrow_mut(|index| index.search(&request));
    }
}
