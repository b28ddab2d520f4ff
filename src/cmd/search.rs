//! `morgue search`: queries in, ranked hits with snippets out.

use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use clap::{Args, ValueEnum};

use crate::date::Date;
use crate::hit::{Facet, Unit, UnknownName};
use crate::query::Days;
use crate::{Error, Index, Sort};

use super::answers::{Answers, ParsedQuery, Wanted, WantedTimeline};
use super::console::Console;
use super::failure::{Failure, sentence};
use super::naming::Naming;
use super::print::{HitFormat, Printer, count_of};
use super::queries::{self, TypedQuery};
use super::reading::{Reading, STREAM, ingest_paths};
use super::terminal::output_width;
use super::{Exit, Global};

/// The number of values of a facet where the user gives none.
const DEFAULT_FACET_VALUES: usize = 10;

/// Flags of `morgue search`.
#[derive(Debug, Args)]
#[command(after_help = "\
Queries (`morgue help query` explains them all):
  dam collapse              any of the words; more of them, close together, rank higher
  +dam levee -drill         dam is required, drill is excluded
  -- -drill                 a query that begins with a minus stands after --
  \"dam collapse\"  =dam      exactly these words in this order
  (dam OR levee) AND flood  AND, OR and NOT, in upper case
  dam W/5 collapse          at most 5 words apart, in any order; PRE/5 in this order
  dam W/S collapse          in one sentence; W/P in one paragraph
  dam NOT W/5 beaver        dam without beaver near it
  collaps* wom?n collapse~  wildcards; similar spellings
  /collaps(e|ed)/  dam^2    a regular expression; double weight
  title:flood  source:Courier  person:\"Kofi Annan\"
  date:2019-03              articles that mention days in March 2019
  published:2019..2020      published from 2019 to 2020

Examples:
  morgue search 'dam collapse' --in corpus/
  morgue search '\"dam collapse\"' --sort oldest --limit all --format csv > hits.csv
  morgue search '*' --facet person,org:20 --timeline month
  morgue search --queries topics.tsv --format trec --limit 1000 > run.txt

Exit code: 0 when there are hits, 1 when there are none, 2 after an error.")]
pub(super) struct Flags {
    /// The query
    #[arg(value_name = "QUERY", required_unless_present = "queries", conflicts_with = "queries")]
    query: Vec<String>,
    /// Index PATH first (unchanged files are not read again), then list articles below PATH only
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// Number of hits; `all` or 0 lists every hit
    #[arg(long, short = 'n', value_name = "N", default_value = "10")]
    limit: Limit,
    /// Number of hits to skip at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The order of hits: relevance, newest or oldest first; undated articles come last in both orders of time
    #[arg(long, value_enum, default_value_t = SortFlag::Relevance, value_name = "ORDER", hide_possible_values = true)]
    sort: SortFlag,
    /// Only articles published on these days: a day, month or year, a range like 2019-03..2019-05, or the last 7d, 3m, 1y
    #[arg(long, value_name = "SPAN")]
    published: Option<Days>,
    /// Require all words of a list, as if AND stood between them
    #[arg(long)]
    all: bool,
    /// Take every character of the query as text, without operators
    #[arg(long)]
    plain: bool,
    /// Count all matching articles by value: person, org, place, source, byline, lang; `person:20` lists 20 values
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
    #[arg(long, value_enum, default_value_t = HitFormat::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: HitFormat,
    /// Print only the number of matching articles
    #[arg(long)]
    count: bool,
    /// Explain how the query was understood, the words and names that it was expanded to, and the score of each hit
    #[arg(long, conflicts_with = "count")]
    explain: bool,
    /// Greatest number of passages in a snippet
    #[arg(long, value_name = "N", default_value_t = 1)]
    fragments: usize,
    /// Answer a file of queries, each line `qid TAB query`, or a CSV file; - is standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// The current day, for published:7d and other relative days [default: the day of this machine]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    #[command(flatten)]
    naming: Naming,
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

/// The greatest number of hits; `None` is all.
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

/// A facet, and the number of its values to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FacetFlag(Facet, usize);

impl FromStr for FacetFlag {
    type Err = String;
    fn from_str(text: &str) -> Result<FacetFlag, String> {
        let (name, top) = match text.split_once(':') {
            Some((name, top)) => (name, top.parse().map_err(|_| format!("`{top}` is not a number of values"))?),
            None => (text, DEFAULT_FACET_VALUES),
        };
        let facet: Facet = name.parse().map_err(|error: UnknownName| error.to_string())?;
        Ok(FacetFlag(facet, top))
    }
}

/// Answers the query, or the file of queries.
pub(super) fn run(flags: Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let wants_counts = !flags.facet.is_empty() || flags.timeline.is_some();
    let has_hits_only = matches!(flags.format, HitFormat::Csv | HitFormat::Trec);
    if wants_counts && has_hits_only {
        let text = "facets and timelines are printed as text or json; leave out --format, or write --format json";
        return Err(Failure::Usage(text.to_owned()));
    }
    if flags.explain && has_hits_only {
        let text = "explanations are printed as text or json; leave out --format, or write --format json";
        return Err(Failure::Usage(text.to_owned()));
    }
    let queries = parsed_queries(&flags)?;
    let (aliases, stop_entities) = flags.naming.read()?;
    let (index, below) = match &flags.within {
        Some(path) => index_first(path, &flags, global, console)?,
        None => (Index::open(&global.index)?, None),
    };

    let started = Instant::now();
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
    let many = flags.queries.is_some();
    let printer = if flags.count {
        Printer::counts(flags.format, out, many)
    } else {
        Printer::new(flags.format, out, console.output_styles(), output_width(), many)
    };
    let wanted = Wanted {
        many,
        format: flags.format,
        limit: if flags.count { Some(0) } else { flags.limit.0 },
        offset: flags.offset,
        sort: flags.sort.into(),
        all: flags.all,
        explain: flags.explain,
        fragments: flags.fragments,
        facets: flags.facet.iter().map(|&FacetFlag(facet, top)| (facet, top)).collect(),
        timeline: flags.timeline.map(|unit| match flags.timeline_of {
            TimelineOf::Published => WantedTimeline::Published(unit.into()),
            TimelineOf::Date => WantedTimeline::Mentioned(unit.into()),
        }),
        today: flags.today,
        published: flags.published,
        below,
        aliases,
        stop_entities,
    };
    let exit = Answers { searcher: index.searcher()?, printer, wanted, console }.answer_all(queries)?;
    console.note(&format!("{} · {} ms", index.path().display(), started.elapsed().as_millis()));
    Ok(exit)
}

/// The queries of the command line or of the file. The error of a single query is returned at once, before a possibly
/// long run of reading articles.
fn parsed_queries(flags: &Flags) -> Result<Vec<ParsedQuery>, Failure> {
    if let Some(file) = &flags.queries {
        return Ok(queries::read(file)?.into_iter().map(|query| ParsedQuery::parse(query, flags.plain)).collect());
    }
    let typed = TypedQuery { qid: "1".to_owned(), text: flags.query.join(" ") };
    let mut parsed = ParsedQuery::parse(typed, flags.plain);
    parsed.query = Ok(parsed.query?);
    Ok(vec![parsed])
}

/// Indexes `path`, or leaves the index as it is when another process writes to it. Returns the index and the name of
/// `path` in it.
fn index_first(
    path: &Path,
    flags: &Flags,
    global: &Global,
    console: &Console,
) -> Result<(Index, Option<String>), Failure> {
    let index = Index::open_or_create(&global.index)?;
    let mut below = path.to_string_lossy().into_owned();
    match ingest_paths(&[path.to_owned()], STREAM, &index, &flags.reading.ingest_options(), console, false) {
        Ok(run) => {
            let tally = &run.tally;
            if tally.added + tally.replaced + tally.removed > 0 {
                let new = count_of(tally.added + tally.replaced, "article");
                console.note(&format!("{new} read from {} into {}", path.display(), global.index.display()));
            }
            if tally.articles() == 0 {
                let path = path.display();
                console.warn(&format!(
                    "no article was read from {path}; `morgue index {path} --reread --verbose` says why"
                ));
            }
            // The index keeps the path under which a folder was first given.
            below = run.tally.roots.into_iter().next().unwrap_or(below);
        }
        Err(Failure::Morgue(error @ Error::Locked { .. })) => {
            console.warn(&format!("{}; this searches what is committed so far", sentence(&error)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_facets_are_parsed() {
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
