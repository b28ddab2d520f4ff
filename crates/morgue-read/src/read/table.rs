//! Tables (CSV, TSV and their like): one article a row, by the names in the first. The delimiter is told by content;
//! a quoted field may span lines. Each record is the header and its row, so that rows are read apart from one another.

use csv::{ReaderBuilder, StringRecord};
use memchr::{memchr, memchr3};

use super::cut::{Cut, Piece};
use super::fault::Fault;
use super::fields::{Fields, field_of};
use super::input::Input;
use super::value::Value;
use super::{Options, Record, charset};
use morgue_article::{RawArticle, Skip, SkipReason};

/// What parts fields, by how often it does.
const DELIMITERS: [u8; 4] = *b",\t;|";

/// A longer header is none. Bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// Most columns of a table of articles.
const MOST_COLUMNS: usize = 1000;

/// The delimiter of a table of articles that begins with `head`: its first line names fields of an article, one of
/// which is a title or a text. `Err` says why a table is none of articles.
pub(super) fn delimiter(name: &str, head: &[u8], options: &Options) -> Option<Result<u8, &'static str>> {
    let line = &head[..row_end(head, true)?];
    if line.len() > LONGEST_HEADER || memchr(0, line).is_some() {
        return None;
    }
    let is_named = [".csv", ".tsv", ".tab", ".psv"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let text = charset::decode(line, None);
    let (delimiter, names) = DELIMITERS
        .iter()
        .map(|&delimiter| (delimiter, row(text.as_bytes(), delimiter)))
        .max_by_key(|(_, names)| names.len())?;
    let fields = names.iter().filter_map(|name| field_of(name.trim(), &options.map)).count();
    let has_text = has_text(&names, options);
    if names.len() < 2 {
        // A table of one column is one by its name only.
        let is_text = is_named && has_text && fields == 1;
        return is_text.then_some(Ok(delimiter));
    }
    // Prose may well have commas in its first line, but not between names of fields alone.
    let is_header = names.iter().all(|name| name.chars().count() <= 40 && !name.trim_end().ends_with(['.', '!', '?']));
    match (is_header && has_text && (is_named || fields >= 2 && fields * 4 >= names.len()), is_named) {
        (true, _) => Some(Ok(delimiter)),
        (false, true) => Some(Err("no column of the table is named as a title or a text is; --map names one")),
        (false, false) => None,
    }
}

fn has_text(names: &StringRecord, options: &Options) -> bool {
    let mut fields = Fields::default();
    for name in names {
        if let Some((field, rank)) = field_of(name.trim(), &options.map) {
            fields.put(field, rank, Value::Text("x".to_owned()));
        }
    }
    !fields.is_empty()
}

/// Where the first row ends, without its line end; nothing where it goes on beyond the bytes.
fn row_end(bytes: &[u8], is_all: bool) -> Option<usize> {
    let mut quoted = false;
    let mut at = 0;
    while let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[at..]).map(|found| at + found) {
        match bytes[found] {
            b'"' => quoted = !quoted,
            _ if !quoted => return Some(found),
            _ => {}
        }
        at = found + 1;
    }
    (is_all && !quoted).then_some(bytes.len())
}

/// The fields of one row; whatever is wrong with its quotes, something comes out.
fn row(bytes: &[u8], delimiter: u8) -> StringRecord {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    reader.records().next().and_then(Result::ok).unwrap_or_default()
}

/// Where in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the start of a field.
    Start,
    Field,
    Quoted,
    /// After a quote that closes, or is the first of two.
    Closed,
}

/// Cuts a table into rows.
#[derive(Debug)]
pub(super) struct Table {
    delimiter: u8,
    /// The first row, with its line end.
    header: Vec<u8>,
    line: u64,
    ended: bool,
}

impl Table {
    pub(super) fn new(delimiter: u8) -> Self {
        Table { delimiter, header: Vec::new(), line: 1, ended: false }
    }

    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.ended {
            let line = self.line;
            let row = match self.row(input, limit) {
                Ok(row) => row?,
                Err(fault) => return Some(Err(fault)),
            };
            if row.trim_ascii().is_empty() {
                continue;
            }
            if self.header.is_empty() {
                self.header = row;
                self.header.push(b'\n');
                continue;
            }
            let bytes = [&[self.delimiter], &self.header[..], &row].concat();
            return Some(Ok(Piece { bytes, line }));
        }
        None
    }

    /// The next row, its quotes closed, without its line end.
    fn row(&mut self, input: &mut Input<'_>, limit: usize) -> Result<Option<Vec<u8>>, Fault> {
        let (mut seen, mut lines, mut dropped) = (0, 0, false);
        let mut place = Place::Start;
        loop {
            let window = input.window();
            while seen < window.len() {
                if place == Place::Quoted {
                    let end = memchr(b'"', &window[seen..]).map_or(window.len(), |end| seen + end);
                    lines += memchr::memchr_iter(b'\n', &window[seen..end]).count() as u64;
                    seen = end;
                    if end < window.len() {
                        (seen, place) = (end + 1, Place::Closed);
                    }
                    continue;
                }
                let byte = window[seen];
                seen += 1;
                place = match byte {
                    // A field is quoted when it begins with a quote; a doubled one does not end it.
                    b'"' if place != Place::Field => Place::Quoted,
                    b'\n' => {
                        self.line += lines + 1;
                        let row = window[..seen - 1].strip_suffix(b"\r").unwrap_or(&window[..seen - 1]).to_vec();
                        input.consume(seen);
                        return if dropped || row.len() > limit { Err(self.too_large(limit)) } else { Ok(Some(row)) };
                    }
                    _ if byte == self.delimiter => Place::Start,
                    _ => Place::Field,
                };
            }
            if seen > limit {
                dropped = true;
                input.consume(seen);
                seen = 0;
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    if dropped {
                        return Err(self.too_large(limit));
                    }
                    if place == Place::Quoted {
                        return Err(Fault::new(
                            SkipReason::Damaged,
                            format!("the quote of the row that begins in line {} does not close", self.line),
                        ));
                    }
                    return Ok(Some(input.window().to_vec()).filter(|row| !row.is_empty()));
                }
                Err(error) => {
                    self.ended = true;
                    return Err(Fault::io(&error, input));
                }
            }
        }
    }

    fn too_large(&self, limit: usize) -> Fault {
        Fault::too_large(&format!("the row that ends in line {}", self.line.saturating_sub(1)), limit)
    }
}

/// Reads a row.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Skip> {
    let damaged = |what: &str| record.skip(SkipReason::Damaged, &format!("{what}, at line {}", record.line));
    let Some((&delimiter, bytes)) = record.bytes.split_first() else { return Err(damaged("no row")) };
    let text = charset::decode(bytes, None);
    // Zero bytes are what some databases write for nothing.
    let text = if text.contains('\0') { text.replace('\0', "").into() } else { text };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let (Some(Ok(names)), Some(Ok(values))) = (rows.next(), rows.next()) else {
        return Err(damaged("a row that cannot be parted into fields"));
    };
    if values.len() > names.len().max(1) || names.len() > MOST_COLUMNS {
        return Err(damaged(&format!("a row of {} fields under a header of {}", values.len(), names.len())));
    }
    let mut fields = Fields::default();
    for (name, value) in names.iter().zip(&values) {
        if let Some((field, rank)) = field_of(name.trim().trim_start_matches('\u{feff}'), &options.map)
            && !matches!(value.trim(), "NULL" | "\\N" | "NaN" | "None")
        {
            fields.put(field, rank, Value::Text(value.to_owned()));
        }
    }
    if fields.is_empty() {
        return Err(record.skip(SkipReason::NoText, "neither title nor text in the row"));
    }
    Ok(fields.into_article(record.origin.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{articles_of, outcomes_of, skip_of};
    use super::*;

    fn told(bytes: &[u8]) -> Vec<String> {
        let tell = |outcome: Result<RawArticle, Skip>| match outcome {
            Ok(article) => format!("{}|{}", article.title.unwrap_or_default(), article.body),
            Err(skip) => format!("!{}: {}", skip.reason.describe(), skip.detail),
        };
        outcomes_of("a.csv", bytes).into_iter().map(tell).collect()
    }

    #[test]
    fn tables_of_articles_are_told_by_their_header() {
        let header = |name: &str, line: &str| delimiter(name, format!("{line}\n1\n").as_bytes(), &Options::default());
        for (name, line, expected) in [
            ("-", "id,title,body,date", Some(Ok(b','))),
            ("a.csv", "\"id\";\"headline\";\"text, whole\"", Some(Ok(b';'))),
            ("a.txt", "Title\tAuthor\tDate", Some(Ok(b'\t'))),
            ("a.csv", "x|y|z|content", Some(Ok(b'|'))),
            ("a.txt", "x|y|z|p|q|r|content", None),
            ("a.csv", "text", Some(Ok(b'|'))),
            ("a.txt", "text", None),
            ("a.txt", "In the text, the author said, it ends.", None),
        ] {
            assert_eq!(header(name, line), expected, "{line}");
        }
        assert!(header("a.csv", "qid,docid,rank").unwrap().is_err());
        let map = vec![("body".to_owned(), "stück".to_owned())];
        let options = Options { map, ..Options::default() };
        assert_eq!(delimiter("a.csv", "nr,stück\n".as_bytes(), &options), Some(Ok(b',')));
    }

    #[test]
    fn rows_are_articles() {
        let table = "\u{feff}headline,author,published,text\r\n\
            Bridge opens,Ann Ode,2019-05-06,\"It opened, \"\"at last\"\".\n\nAll came.\"\r\n\r\nInn burns,,2019-05-07,NULL\n";
        let articles = articles_of("a.csv", table.as_bytes());
        assert_eq!(articles[0].body, "It opened, \"at last\".\n\nAll came.");
        assert_eq!(articles[0].byline, ["Ann Ode"]);
        assert_eq!(articles[0].published.as_ref().unwrap().text, "2019-05-06");
        assert_eq!((articles[1].title.as_deref(), articles[1].body.as_str()), (Some("Inn burns"), ""));
        assert_eq!((articles.len(), articles[1].origin.record), (2, 2));
    }

    #[test]
    fn what_is_wrong_with_a_row_costs_that_row() {
        let table = "title,body\na,b\0c\n,\n5\" plate,x\nd,e,f,g\nlast,row";
        assert_eq!(
            told(table.as_bytes()),
            [
                "a|bc",
                "!no text: neither title nor text in the row",
                "5\" plate|x",
                "!damaged: a row of 4 fields under a header of 2, at line 5",
                "last|row",
            ]
        );
        let open = "title,body\na,\"b\nc,d\n";
        assert_eq!(told(open.as_bytes()), ["!damaged: the quote of the row that begins in line 2 does not close"]);
        assert_eq!(told(b"title,body\n"), ["!empty: no record in it"]);
        assert_eq!(skip_of("runs.csv", "qid,docid,rank\n1,2,3\n").reason, SkipReason::NotAnArticle);
    }
}
