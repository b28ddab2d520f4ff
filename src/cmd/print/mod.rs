//! Answers into any writer: text for people, JSON Lines, CSV and TREC runs for programs. No clock value goes in: the
//! same index and query give the same bytes.

use std::io::{self, Write};

use clap::ValueEnum;
use morgue::Sort;
use morgue::hit::{FacetCounts, Hit, Hits, Timeline};
use morgue::index::Ids;

use super::style::Styles;

mod bars;
mod counts;
mod csv;
mod explain;
mod json;
mod text;
mod trec;
pub mod wrap;

pub use text::{count_of, grouped};

/// The version of the machine-readable output; raised when a field changes its meaning or goes.
pub const CONTRACT: u32 = 1;

/// How answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON Lines
    Json,
    /// A table with a header row
    Csv,
    /// A TREC run: qid Q0 docid rank score morgue
    Trec,
}

/// What is known of an answer before its hits.
#[derive(Debug)]
pub struct Head<'a> {
    /// The query's own id in a file of queries.
    pub qid: Option<&'a str>,
    /// The query text as typed.
    pub query: &'a str,
    /// Count and notes; its page of hits is not looked at.
    pub hits: &'a Hits,
    /// How many hits are passed over.
    pub offset: usize,
    /// How many hits are listed at most; `None` is all.
    pub limit: Option<usize>,
    /// Their order.
    pub sort: Sort,
}

/// Prints answers, one after another: [`head`](Printer::head), a [`hit`](Printer::hit) each,
/// [`tail`](Printer::tail).
#[derive(Debug)]
pub enum Printer<W: Write> {
    /// For people.
    Text(text::Text<W>),
    /// JSON Lines.
    Json(json::Json<W>),
    /// A table.
    Csv(Box<csv::Csv<W>>),
    /// A TREC run.
    Trec(trec::Trec<W>),
    /// Numbers only.
    Counts(counts::Counts<W>),
}

impl<W: Write> Printer<W> {
    /// A printer of hits in `format`; `many` says that several queries are answered.
    pub fn new(format: Format, out: W, styles: Styles, width: usize, many: bool) -> Printer<W> {
        match format {
            Format::Text => Printer::Text(text::Text::new(out, styles, width)),
            Format::Json => Printer::Json(json::Json::new(out)),
            Format::Csv => Printer::Csv(Box::new(csv::Csv::new(out, many))),
            Format::Trec => Printer::Trec(trec::Trec::new(out)),
        }
    }

    /// A printer of how many articles match, without the hits.
    pub fn counts(format: Format, out: W, many: bool) -> Printer<W> {
        Printer::Counts(counts::Counts::new(out, format, many))
    }

    /// Begins an answer.
    pub fn head(&mut self, head: &Head<'_>) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.head(head),
            Printer::Json(printer) => printer.head(head),
            Printer::Csv(printer) => printer.head(head),
            Printer::Trec(printer) => printer.head(head),
            Printer::Counts(printer) => printer.head(head),
        }
    }

    /// One hit of it.
    pub fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.hit(hit),
            Printer::Json(printer) => printer.hit(hit),
            Printer::Csv(printer) => printer.hit(hit),
            Printer::Trec(_) | Printer::Counts(_) => Ok(()),
        }
    }

    /// One article of a ranking whose articles have not been read; of use to TREC runs only.
    pub fn ranked(&mut self, rank: u64, score: f64, ids: &Ids) -> io::Result<()> {
        match self {
            Printer::Trec(printer) => printer.ranked(rank, score, ids),
            _ => Ok(()),
        }
    }

    /// Ends it.
    pub fn tail(&mut self, facets: &[FacetCounts], timeline: Option<&Timeline>) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.tail(facets, timeline),
            Printer::Json(printer) => printer.tail(facets, timeline),
            Printer::Csv(_) | Printer::Trec(_) | Printer::Counts(_) => Ok(()),
        }
    }

    /// Hands everything on to the operating system.
    pub fn finish(&mut self) -> io::Result<()> {
        match self {
            Printer::Text(printer) => printer.out.flush(),
            Printer::Json(printer) => printer.out.flush(),
            Printer::Csv(printer) => printer.flush(),
            Printer::Trec(printer) => printer.out.flush(),
            Printer::Counts(printer) => printer.out.flush(),
        }
    }
}
