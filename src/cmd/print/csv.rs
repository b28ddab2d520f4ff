//! CSV as RFC 4180 has it, with a header row. A cell that a spreadsheet would run as a formula gets a `'` before it.

use std::borrow::Cow;
use std::io::{self, Write};

use morgue::hit::Hit;

use super::Head;

/// Prints hits as a table.
pub struct Csv<W: Write> {
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

    pub(super) fn head(&mut self, head: &Head<'_>) -> io::Result<()> {
        if self.many {
            self.qid = head.qid.unwrap_or_default().to_owned();
            self.query = head.query.to_owned();
        }
        if !self.started {
            self.started = true;
            if self.many {
                self.table.write_field("qid").map_err(unwrapped)?;
                self.table.write_field("query").map_err(unwrapped)?;
            }
            self.table.write_record(COLUMNS).map_err(unwrapped)?;
        }
        Ok(())
    }

    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        if self.many {
            self.table.write_field(&*guarded(&self.qid)).map_err(unwrapped)?;
            self.table.write_field(&*guarded(&self.query)).map_err(unwrapped)?;
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
        self.table.write_record(cells.iter().map(|cell| guarded(cell).into_owned())).map_err(unwrapped)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.table.flush()
    }
}

/// `cell`, or `'cell` where a spreadsheet would take it for a formula.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

/// The writer's own error, so that a broken pipe is known for one.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn formulas_are_text() {
        let table = [("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "'-5"), ("Dam", "Dam"), ("", ""), ("a=b", "a=b")];
        for (cell, expected) in table {
            assert_eq!(super::guarded(cell), expected);
        }
    }
}
