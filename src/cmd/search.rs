//! `morgue search`: queries in, ranked hits with snippets out.

use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

use clap::{Args, ValueEnum};
use morgue::date::Date;
use morgue::hit::{Facet, Unit};
use morgue::query::Days;
use morgue::{Error, Index, Sort};

use super::answers::{Answers, Question};
use super::console::Console;
use super::failure::Failure;
use super::index::{Reading, STREAM, ingest_paths};
use super::naming::Naming;
use super::print::{Format, Printer, count_of};
use super::queries::{self, Numbered};
use super::{Exit, Global, USUAL};

/// Wider lines are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Values of a facet when no number is given.
const TOP_VALUES: usize = 10;

/// Flags of `morgue search`.
#[derive(Debug, Args)]
#[command(after_help = "\
Queries:
  dam collapse              any of the words; articles with more of them, close together, come first
  +dam levee -drill         dam must be there, drill must not
  -- -drill                 all but drill: what begins with a minus stands after --
  \"dam collapse\"            these words in this order, as they are written
  (dam OR levee) AND flood  both sides; AND, OR and NOT are upper case
  title:flood  source:Courier  person:\"Kofi Annan\"
  date:2019-03              articles that speak of days in March 2019
  published:2019..2020      published from 2019 to 2020

Examples:
  morgue search 'dam collapse' --in corpus/
  morgue search '\"dam collapse\"' --sort oldest --limit all --format csv > hits.csv
  morgue search '*' --facet person,org:20 --timeline month
  morgue search --queries topics.tsv --format trec --limit 1000 > run.txt
  morgue search -- -drill                     a query that begins with a minus

Exit code: 0 when there are hits, 1 when there are none, 2 on an error.")]
pub struct Flags {
    /// What to search for
    #[arg(value_name = "QUERY", required_unless_present = "queries", conflicts_with = "queries")]
    query: Vec<String>,
    /// Index PATH first (unchanged files are not read again), then list articles below PATH only
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// How many hits; `all` or 0 is every one
    #[arg(long, short = 'n', value_name = "N", default_value = "10")]
    limit: Limit,
    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: usize,
    /// The order of hits: relevance, newest or oldest first; undated articles come last in both orders of time
    #[arg(long, value_enum, default_value_t = SortFlag::Relevance, value_name = "ORDER", hide_possible_values = true)]
    pub(super) sort: SortFlag,
    /// Only articles published then: a day, month or year, a range like 2019-03..2019-05, or 7d, 3m, 1y back from today
    #[arg(long, value_name = "SPAN")]
    pub(super) published: Option<Days>,
    /// Words side by side must all be there
    #[arg(long)]
    pub(super) all: bool,
    /// Take every character of the query as text, no operators
    #[arg(long)]
    plain: bool,
    /// Count all matching articles by value: person, org, place, source, byline, lang; `person:20` lists 20
    #[arg(long, value_name = "FIELD[:N]", value_delimiter = ',')]
    pub(super) facet: Vec<FacetFlag>,
    /// Count all matching articles by year, month, week (from Monday) or day
    #[arg(long, value_enum, value_name = "UNIT", hide_possible_values = true)]
    pub(super) timeline: Option<UnitFlag>,
    /// Which days the timeline counts: `published`, or `date` for days mentioned in the text
    #[arg(
        long,
        value_enum,
        value_name = "DAYS",
        default_value_t = TimelineOf::Published,
        requires = "timeline",
        hide_possible_values = true
    )]
    pub(super) timeline_of: TimelineOf,
    /// How hits are printed: text, json (JSON Lines), csv (a table with a header row) or trec (a TREC run)
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    pub(super) format: Format,
    /// Print only how many articles match
    #[arg(long)]
    count: bool,
    /// Tell how the query was read, what its wildcards and names became, and why each hit has its score
    #[arg(long, conflicts_with = "count")]
    pub(super) explain: bool,
    /// Passages that a snippet shows at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) fragments: usize,
    /// Answer many queries: `qid TAB query` a line, or a CSV file; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) queries: Option<PathBuf>,
    /// What day it is, for published:7d and its like [default: this machine's day]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) today: Option<Date>,
    #[command(flatten)]
    naming: Naming,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortFlag {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitFlag {
    Year,
    Month,
    Week,
    Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimelineOf {
    Date,
    Published,
}

/// A number of hits; `None` is every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limit(Option<usize>);

impl FromStr for Limit {
    type Err = String;
    fn from_str(text: &str) -> Result<Limit, String> {
        match text {
            "all" | "0" => Ok(Limit(None)),
            text => text.parse().map(|hits| Limit(Some(hits))).map_err(|_| "write a number, or `all`".to_owned()),
        }
    }
}

/// A facet and how many of its values are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetFlag(pub Facet, pub usize);

impl FromStr for FacetFlag {
    type Err = String;
    fn from_str(text: &str) -> Result<FacetFlag, String> {
        let (name, top) = match text.split_once(':') {
            Some((name, top)) => (name, top.parse().map_err(|_| format!("`{top}` is not a number of values"))?),
            None => (text, TOP_VALUES),
        };
        let facet = match name {
            "person" => Facet::Person,
            "org" => Facet::Org,
            "place" => Facet::Place,
            "source" => Facet::Source,
            "byline" => Facet::Byline,
            "lang" => Facet::Lang,
            _ => return Err("the facets are person, org, place, source, byline and lang".to_owned()),
        };
        Ok(FacetFlag(facet, top))
    }
}

/// Answers the query, or the file of queries.
pub fn run(flags: Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let counts_asked = !flags.facet.is_empty() || flags.timeline.is_some();
    if counts_asked && matches!(flags.format, Format::Csv | Format::Trec) {
        let text = "facets and timelines are printed as text or json; leave out --format, or write --format json";
        return Err(Failure::Usage(text.to_owned()));
    }
    if flags.explain && matches!(flags.format, Format::Csv | Format::Trec) {
        let text = "explanations are printed as text or json; leave out --format, or write --format json";
        return Err(Failure::Usage(text.to_owned()));
    }
    let questions = match &flags.queries {
        Some(file) => queries::read(file)?,
        None => vec![Numbered { qid: "1".to_owned(), text: flags.query.join(" ") }],
    };
    // What is wrong with a query is told before a long run of reading articles.
    let questions: Vec<Question> = questions.into_iter().map(|query| Question::parse(query, flags.plain)).collect();
    let (questions, wrong) = match (flags.queries.is_some(), &questions[..]) {
        (false, [Question { query: Err(_), .. }]) => (Vec::new(), questions.into_iter().next()),
        _ => (questions, None),
    };
    if let Some(Question { query: Err(failure), .. }) = wrong {
        return Err(failure);
    }
    let (aliases, stops) = flags.naming.read()?;
    let (index, below) = match &flags.within {
        Some(path) => indexed(path, &flags, global, console)?,
        None => (Index::open(&global.index)?, None),
    };
    let started = Instant::now();
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
    let many = flags.queries.is_some();
    let printer = match flags.count {
        true => Printer::counts(flags.format, out, many),
        false => Printer::new(flags.format, out, console.output_styles(), width(), many),
    };
    let limit = if flags.count { Some(0) } else { flags.limit.0 };
    let searcher = index.searcher()?;
    let exit = Answers { searcher, below, aliases, stops, printer, limit, flags: &flags, console }.all(questions)?;
    console.note(&format!("{} · {} ms", index.path().display(), started.elapsed().as_millis()));
    Ok(exit)
}

/// The index with what lies below `path` in it, or as it is when another is writing to it; and how the index names
/// `path`.
fn indexed(
    path: &PathBuf,
    flags: &Flags,
    global: &Global,
    console: &Console,
) -> Result<(Index, Option<String>), Failure> {
    let index = Index::open_or_create(&global.index)?;
    let mut below = path.to_string_lossy().into_owned();
    match ingest_paths(std::slice::from_ref(path), STREAM, &index, &flags.reading.ingest_options(), console, false) {
        Ok(run) => {
            let tally = &run.tally;
            if tally.added + tally.replaced + tally.removed > 0 {
                let new = count_of(tally.added + tally.replaced, "article");
                console.note(&format!("{new} read from {} into {}", path.display(), global.index.display()));
            }
            if tally.articles() == 0 {
                let path = path.display();
                console.warn(&format!(
                    "no article was read from {path}; `morgue index {path} --reread --verbose` tells why"
                ));
            }
            // The index may know this folder by the name under which it was first given.
            below = run.tally.roots.into_iter().next().unwrap_or(below);
        }
        Err(Failure::Morgue(error @ Error::Locked { .. })) => {
            console.warn(&format!("{error}; this searches what is committed so far"));
        }
        Err(failure) => return Err(failure),
    }
    Ok((index, Some(below)))
}

impl From<SortFlag> for Sort {
    fn from(flag: SortFlag) -> Sort {
        match flag {
            SortFlag::Relevance => Sort::Relevance,
            SortFlag::Newest => Sort::Newest,
            SortFlag::Oldest => Sort::Oldest,
        }
    }
}

impl From<UnitFlag> for Unit {
    fn from(flag: UnitFlag) -> Unit {
        match flag {
            UnitFlag::Year => Unit::Year,
            UnitFlag::Month => Unit::Month,
            UnitFlag::Week => Unit::Week,
            UnitFlag::Day => Unit::Day,
        }
    }
}

/// Columns to print in.
pub fn width() -> usize {
    if !io::stdout().is_terminal() {
        return USUAL;
    }
    terminal_size::terminal_size().map_or(USUAL, |(width, _)| usize::from(width.0).clamp(20, WIDEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_facets_are_read() {
        assert_eq!("all".parse(), Ok(Limit(None)));
        assert_eq!("0".parse(), Ok(Limit(None)));
        assert_eq!("25".parse(), Ok(Limit(Some(25))));
        assert!("many".parse::<Limit>().is_err());
        assert_eq!("person".parse(), Ok(FacetFlag(Facet::Person, 10)));
        assert_eq!("org:20".parse(), Ok(FacetFlag(Facet::Org, 20)));
        assert!("org:x".parse::<FacetFlag>().is_err());
        assert!("animal".parse::<FacetFlag>().is_err());
    }
}
