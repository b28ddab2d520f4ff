//! Prints only the number of articles that match.

use std::io::{self, Write};

use super::csv::formula_safe;
use super::json::Json;
use super::wrap::terminal_safe;
use super::{AnswerHeader, HitFormat};

/// Prints the number of articles of each answer.
#[derive(Debug)]
pub(crate) struct Counts<W> {
    pub(super) out: W,
    format: HitFormat,
    many: bool,
    started: bool,
}

impl<W: Write> Counts<W> {
    /// `many` is whether several queries are answered.
    pub(crate) fn new(out: W, format: HitFormat, many: bool) -> Counts<W> {
        Counts { out, format, many, started: false }
    }

    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        let first = !std::mem::replace(&mut self.started, true);
        let qid = header.qid.unwrap_or_default();
        let count = header.hits.count;
        match self.format {
            HitFormat::Json => Json::new(&mut self.out).header(header),
            HitFormat::Csv => self.row(first, qid, header.query, count),
            HitFormat::Text | HitFormat::Trec if self.many => {
                writeln!(self.out, "{count}\t{}\t{}", terminal_safe(qid), terminal_safe(header.query))
            }
            HitFormat::Text | HitFormat::Trec => writeln!(self.out, "{count}"),
        }
    }

    fn row(&mut self, first: bool, qid: &str, query: &str, count: u64) -> io::Result<()> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.out);
        if first {
            table.write_record(["qid", "query", "count"])?;
        }
        table.write_record([&*formula_safe(qid), &*formula_safe(query), &count.to_string()])?;
        table.flush()
    }
}
