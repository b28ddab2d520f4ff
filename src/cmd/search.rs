//! `morgue search`: queries in, ranked hits with snippets out.

use std::io::{self, BufWriter, IsTerminal, Stdout};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

use clap::{Args, ValueEnum};
use morgue::date::Date;
use morgue::hit::{Facet, Hit, Unit};
use morgue::{Error, Index, Query, Request, Searcher, Sort};

use super::console::Console;
use super::failure::Failure;
use super::index::{Reading, ingest_paths};
use super::print::{Format, Head, Printer, count_of};
use super::queries::{self, Numbered};
use super::{Exit, Global};

/// Wider lines are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Columns where there is no terminal to ask.
const USUAL: usize = 80;
/// Characters of a fragment of a snippet.
const FRAGMENT_CHARS: usize = 240;
/// Values of a facet when no number is given.
const TOP_VALUES: usize = 10;

/// Flags of `morgue search`.
#[derive(Debug, Args)]
#[command(after_help = "\
Queries:
  dam collapse              any of the words; articles with more of them, close together, come first
  +dam levee -drill         dam must be there, drill must not
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
    offset: usize,
    /// The order of hits: relevance, newest or oldest first; undated articles come last in both orders of time
    #[arg(long, value_enum, default_value_t = SortFlag::Relevance, value_name = "ORDER", hide_possible_values = true)]
    sort: SortFlag,
    /// Words side by side must all be there
    #[arg(long)]
    all: bool,
    /// Take every character of the query as text, no operators
    #[arg(long)]
    plain: bool,
    /// Count all matching articles by value: person, org, place, source, byline, lang; `person:20` lists 20
    #[arg(long, value_name = "FIELD[:N]", value_delimiter = ',')]
    facet: Vec<FacetFlag>,
    /// Count all matching articles by year, month, week (from Monday) or day
    #[arg(long, value_enum, value_name = "UNIT", hide_possible_values = true)]
    timeline: Option<UnitFlag>,
    /// Which days the timeline counts: `published`, or `date` for days mentioned in the text
    #[arg(
        long,
        value_enum,
        value_name = "DAYS",
        default_value_t = TimelineOf::Published,
        requires = "timeline",
        hide_possible_values = true
    )]
    timeline_of: TimelineOf,
    /// How hits are printed: text, json (JSON Lines), csv (a table with a header row) or trec (a TREC run)
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: Format,
    /// Print only how many articles match
    #[arg(long)]
    count: bool,
    /// Passages that a snippet shows at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    fragments: usize,
    /// Answer many queries: `qid TAB query` a line, or a CSV file; - is standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// What day it is, for published:7d and its like [default: this machine's day]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortFlag {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitFlag {
    Year,
    Month,
    Week,
    Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TimelineOf {
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
struct FacetFlag(Facet, usize);

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
    let asked = match &flags.queries {
        Some(file) => queries::read(file)?,
        None => vec![Numbered { qid: "1".to_owned(), text: flags.query.join(" ") }],
    };
    // A query that cannot be read is told before a long run of reading articles.
    let parsed: Vec<(Numbered, Result<Query, Failure>)> = asked.into_iter().map(|query| parse(query, &flags)).collect();
    if let [(_, Err(_))] = &parsed[..] {
        return parsed.into_iter().find_map(|(_, query)| query.err()).map_or(Ok(Exit::Trouble), Err);
    }
    let index = match &flags.within {
        Some(path) => indexed(path, &flags, global, console)?,
        None => Index::open(&global.index)?,
    };
    let searcher = index.searcher()?;
    let started = Instant::now();
    let exit = answer_all(parsed, &searcher, &flags, console)?;
    console.note(&format!("{} · {} ms", index.path().display(), started.elapsed().as_millis()));
    Ok(exit)
}

fn parse(query: Numbered, flags: &Flags) -> (Numbered, Result<Query, Failure>) {
    let parsed = match (query.text.trim(), flags.plain) {
        ("", _) => Err(Failure::Usage("the query is empty; `*` finds every article".to_owned())),
        (text, true) => Ok(Query::plain(text)),
        (text, false) => Query::parse(text).map_err(|error| Failure::Query { text: text.to_owned(), error }),
    };
    (query, parsed)
}

/// The index with what lies below `path` in it, or as it is when another is writing to it.
fn indexed(path: &PathBuf, flags: &Flags, global: &Global, console: &Console) -> Result<Index, Failure> {
    let index = Index::open_or_create(&global.index)?;
    match ingest_paths(std::slice::from_ref(path), &index, &flags.reading.ingest_options(), console, false) {
        Ok(run) => {
            if let [lost, ..] = &run.watch.lost_roots[..] {
                return Err(Failure::Usage(lost.to_string()));
            }
            let tally = &run.tally;
            if tally.added + tally.replaced + tally.removed > 0 {
                let new = count_of(tally.added + tally.replaced, "article");
                console.note(&format!("{new} read from {} into {}", path.display(), global.index.display()));
            }
            if tally.read == 0 && tally.files_unchanged == 0 {
                let path = path.display();
                console.warn(&format!("no article was read from {path}; `morgue index {path} --verbose` tells why"));
            }
        }
        Err(Failure::Morgue(error @ Error::Locked { .. })) => {
            console.warn(&format!("{error}; this searches what is committed so far"));
        }
        Err(failure) => return Err(failure),
    }
    Ok(index)
}

fn answer_all(
    parsed: Vec<(Numbered, Result<Query, Failure>)>,
    searcher: &Searcher,
    flags: &Flags,
    console: &Console,
) -> Result<Exit, Failure> {
    let many = flags.queries.is_some();
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
    let mut printer = match flags.count {
        true => Printer::counts(flags.format, out, many),
        false => Printer::new(flags.format, out, console.output_styles(), width(), many),
    };
    let (mut found, mut trouble) = (0, false);
    for (query, parsed) in parsed {
        let count = match parsed {
            Ok(parsed) => answer(parsed, &query, many, searcher, flags, &mut printer, console),
            Err(failure) => Err(failure),
        };
        match count {
            Ok(count) => found += count,
            Err(failure @ (Failure::Query { .. } | Failure::Usage(_) | Failure::Morgue(Error::Query(_)))) if many => {
                console.warn(&format!("query {} is left out", query.qid));
                console.failure(&failure);
                trouble = true;
            }
            Err(failure) => return Err(failure),
        }
    }
    printer.finish()?;
    Ok(match (trouble, found) {
        (true, _) => Exit::Trouble,
        (false, 0) => Exit::Nothing,
        (false, _) => Exit::Success,
    })
}

/// Prints one answer; gives the number of articles that match.
fn answer(
    parsed: Query,
    query: &Numbered,
    many: bool,
    searcher: &Searcher,
    flags: &Flags,
    printer: &mut Printer<BufWriter<Stdout>>,
    console: &Console,
) -> Result<u64, Failure> {
    let request = request(parsed, flags);
    let Limit(limit) = if flags.count { Limit(Some(0)) } else { flags.limit };
    let told = |error| match error {
        Error::Query(error) => Failure::Query { text: query.text.clone(), error },
        error => Failure::Morgue(error),
    };
    let hits = searcher.search(&request.clone().limit(limit.unwrap_or(0))).map_err(told)?;
    if flags.format != Format::Json {
        for note in &hits.notes {
            console.note(&format!("note: {note}"));
        }
    }
    let qid = many.then_some(query.qid.as_str());
    let sort = sort(flags);
    printer.head(&Head { qid, query: &query.text, hits: &hits, offset: flags.offset, limit, sort })?;
    match limit {
        Some(_) => hits.hits.iter().try_for_each(|hit| printer.hit(hit))?,
        None => each(&request, searcher, flags.offset as u64, printer)?,
    }
    printer.tail(&hits.facets, hits.timeline.as_ref())?;
    Ok(hits.count)
}

/// Prints every hit after the first `offset` ones, however many there are.
fn each(
    request: &Request,
    searcher: &Searcher,
    offset: u64,
    printer: &mut Printer<BufWriter<Stdout>>,
) -> Result<(), Failure> {
    let mut output = Ok(());
    let result = searcher.each(request, &mut |hit: Hit| {
        if hit.rank > offset {
            output = printer.hit(&hit);
        }
        match &output {
            Ok(()) => Ok(()),
            // Only to stop: what is reported is `output`.
            Err(_) => Err(Error::Usage("the output is closed".to_owned())),
        }
    });
    output?;
    result?;
    Ok(())
}

fn request(query: Query, flags: &Flags) -> Request {
    let mut request = Request::new(query)
        .offset(flags.offset)
        .sort(sort(flags))
        .all(flags.all)
        .snippet(flags.fragments, FRAGMENT_CHARS);
    for &FacetFlag(facet, top) in &flags.facet {
        request = request.facet(facet, top);
    }
    if let Some(unit) = flags.timeline {
        let unit = match unit {
            UnitFlag::Year => Unit::Year,
            UnitFlag::Month => Unit::Month,
            UnitFlag::Week => Unit::Week,
            UnitFlag::Day => Unit::Day,
        };
        request = match flags.timeline_of {
            TimelineOf::Published => request.timeline(unit),
            TimelineOf::Date => request.timeline_of_mentions(unit),
        };
    }
    if let Some(today) = flags.today {
        request = request.today(today);
    }
    if let Some(path) = &flags.within {
        request = request.below(path.to_string_lossy());
    }
    request
}

fn sort(flags: &Flags) -> Sort {
    match flags.sort {
        SortFlag::Relevance => Sort::Relevance,
        SortFlag::Newest => Sort::Newest,
        SortFlag::Oldest => Sort::Oldest,
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
