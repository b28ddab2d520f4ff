//! Prints answers into any writer: text for people; JSON Lines, CSV and TREC runs for programs. The output contains no
//! clock value: the same index and query give the same bytes.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::Sort;
use crate::hit::{FacetCounts, Hit, Hits, Timeline};
use crate::index::Ids;

use super::style::Styles;

mod bars;
mod counts;
mod csv;
mod explain;
mod json;
mod numbers;
mod text;
mod trec;
pub(super) mod wrap;

pub(super) use json::print_json_object;
pub(super) use numbers::{count_of, grouped, megabytes};

/// The version of the machine-readable output. It is raised when a field is removed or changes its meaning.
pub(super) const OUTPUT_VERSION: u32 = 1;

/// How hits are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum HitFormat {
    /// For people
    Text,
    /// JSON Lines
    Json,
    /// A table with a header row
    Csv,
    /// A TREC run: qid Q0 docid rank score morgue
    Trec,
}

/// How results other than hits are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// JSON Lines
    Json,
}

/// What is known of an answer before its hits.
#[derive(Debug)]
pub(super) struct AnswerHeader<'a> {
    /// The id of the query in a file of queries.
    pub qid: Option<&'a str>,
    /// The query text as typed.
    pub query: &'a str,
    /// The count and the notes. Its page of hits is not used.
    pub hits: &'a Hits,
    /// The number of hits that are left out at the beginning.
    pub offset: usize,
    /// The greatest number of hits that are listed; `None` is all.
    pub limit: Option<usize>,
    /// The order of the hits.
    pub sort: Sort,
}

/// Prints answers one after another. For each answer, call [`header`](Printer::header), then [`hit`](Printer::hit) for
/// each hit, then [`tail`](Printer::tail).
#[derive(Debug)]
pub(super) enum Printer<W: Write> {
    /// For people.
    Text(text::Text<W>),
    /// JSON Lines.
    Json(json::Json<W>),
    /// A table.
    Csv(Box<csv::Csv<W>>),
    /// A TREC run.
    Trec(trec::Trec<W>),
    /// Only the number of articles.
    Counts(counts::Counts<W>),
}

impl<W: Write> Printer<W> {
    /// A printer of hits in `format`. `many` is whether several queries are answered.
    pub(super) fn new(format: HitFormat, out: W, styles: Styles, width: usize, many: bool) -> Printer<W> {
        match format {
            HitFormat::Text => Printer::Text(text::Text::new(out, styles, width)),
            HitFormat::Json => Printer::Json(json::Json::new(out)),
            HitFormat::Csv => Printer::Csv(Box::new(csv::Csv::new(out, many))),
            HitFormat::Trec => Printer::Trec(trec::Trec::new(out)),
        }
    }

    /// A printer of the number of articles that match, without the hits.
    pub(super) fn counts(format: HitFormat, out: W, many: bool) -> Printer<W> {
        Printer::Counts(counts::Counts::new(out, format, many))
    }

    /// Begins an answer.
    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.header(header),
            Printer::Json(printer) => printer.header(header),
            Printer::Csv(printer) => printer.header(header),
            Printer::Trec(printer) => printer.header(header),
            Printer::Counts(printer) => printer.header(header),
        }
    }

    /// Prints one hit of the answer.
    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.hit(hit),
            Printer::Json(printer) => printer.hit(hit),
            Printer::Csv(printer) => printer.hit(hit),
            Printer::Trec(_) | Printer::Counts(_) => Ok(()),
        }
    }

    /// Prints one entry of a ranking. Only TREC runs print it: they need no stored article.
    pub(super) fn ranked(&mut self, rank: u64, score: f64, ids: &Ids) -> io::Result<()> {
        match self {
            Printer::Trec(printer) => printer.ranked(rank, score, ids),
            _ => Ok(()),
        }
    }

    /// Ends the answer.
    pub(super) fn tail(&mut self, facets: &[FacetCounts], timeline: Option<&Timeline>) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.tail(facets, timeline),
            Printer::Json(printer) => printer.tail(facets, timeline),
            Printer::Csv(_) | Printer::Trec(_) | Printer::Counts(_) => Ok(()),
        }
    }

    /// Writes everything that is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.out.flush(),
            Printer::Json(printer) => printer.out.flush(),
            Printer::Csv(printer) => printer.flush(),
            Printer::Trec(printer) => printer.out.flush(),
            Printer::Counts(printer) => printer.out.flush(),
        }
    }
}
