//! Answers as numbers alone: how many articles match, and nothing else.

use std::io::{self, Write};

use super::csv::guarded;
use super::json::Json;
use super::wrap::tame;
use super::{Format, Head};

/// Prints the number of articles of each answer.
#[derive(Debug)]
pub struct Counts<W> {
    pub(super) out: W,
    format: Format,
    many: bool,
    started: bool,
}

impl<W: Write> Counts<W> {
    /// `many` says that several queries are answered.
    pub fn new(out: W, format: Format, many: bool) -> Counts<W> {
        Counts { out, format, many, started: false }
    }

    pub(super) fn head(&mut self, head: &Head<'_>) -> io::Result<()> {
        let first = !std::mem::replace(&mut self.started, true);
        let qid = head.qid.unwrap_or_default();
        let count = head.hits.count;
        match self.format {
            Format::Json => Json::new(&mut self.out).head(head),
            Format::Csv => self.row(first, qid, head.query, count),
            Format::Text | Format::Trec if self.many => {
                writeln!(self.out, "{count}\t{}\t{}", tame(qid), tame(head.query))
            }
            Format::Text | Format::Trec => writeln!(self.out, "{count}"),
        }
    }

    fn row(&mut self, first: bool, qid: &str, query: &str, count: u64) -> io::Result<()> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.out);
        if first {
            table.write_record(["qid", "query", "count"])?;
        }
        table.write_record([&*guarded(qid), &*guarded(query), &count.to_string()])?;
        table.flush()
    }
}
