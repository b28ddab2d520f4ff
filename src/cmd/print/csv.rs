//! CSV as in RFC 4180, with a header row. A cell that a spreadsheet would run as a formula begins with a `'`.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::hit::Hit;

use super::AnswerHeader;

/// Prints hits as a table.
pub(crate) struct Csv<W: Write> {
    table: csv::Writer<W>,
    many: bool,
    started: bool,
    qid: String,
    query: String,
}

impl<W: Write> std::fmt::Debug for Csv<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Csv").finish_non_exhaustive()
    }
}

const COLUMNS: [&str; 13] = [
    "rank",
    "score",
    "id",
    "own_id",
    "title",
    "source",
    "published",
    "byline",
    "url",
    "lang",
    "path",
    "record",
    "snippet",
];

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W, many: bool) -> Csv<W> {
        let table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        Csv { table, many, started: false, qid: String::new(), query: String::new() }
    }

    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        if self.many {
            self.qid = header.qid.unwrap_or_default().to_owned();
            self.query = header.query.to_owned();
        }
        if !self.started {
            self.started = true;
            if self.many {
                self.table.write_field("qid").map_err(io_error)?;
                self.table.write_field("query").map_err(io_error)?;
            }
            self.table.write_record(COLUMNS).map_err(io_error)?;
        }
        Ok(())
    }

    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        if self.many {
            self.table.write_field(&*formula_safe(&self.qid)).map_err(io_error)?;
            self.table.write_field(&*formula_safe(&self.query)).map_err(io_error)?;
        }
        let cells = [
            hit.rank.to_string(),
            format!("{:.4}", hit.score),
            hit.id.clone(),
            hit.own_id.clone().unwrap_or_default(),
            hit.title.clone(),
            hit.source.clone().unwrap_or_default(),
            hit.published.map(|span| span.to_string()).unwrap_or_default(),
            hit.byline.join("; "),
            hit.url.clone().unwrap_or_default(),
            hit.lang.clone().unwrap_or_default(),
            hit.path.clone(),
            hit.record.to_string(),
            hit.snippet.marked("", ""),
        ];
        self.table.write_record(cells.iter().map(|cell| formula_safe(cell).into_owned())).map_err(io_error)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.table.flush()
    }
}

/// `cell`, or `'cell` where a spreadsheet would treat it as a formula.
pub(crate) fn formula_safe(cell: &str) -> Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

/// The I/O error inside an error of the writer, so that a broken pipe is recognized.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn formulas_are_printed_as_text() {
        let table = [("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "'-5"), ("Dam", "Dam"), ("", ""), ("a=b", "a=b")];
        for (cell, expected) in table {
            assert_eq!(super::formula_safe(cell), expected);
        }
    }
}
