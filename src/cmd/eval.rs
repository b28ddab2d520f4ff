//! `morgue eval`: how well the index, or another system, answers judged queries.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::evaluation::{Comparison, Evaluation, Judgements, Measure, Run, compare, evaluate};
use crate::{Index, Query, Request, Searcher};

use super::console::Console;
use super::failure::Failure;
use super::print::{OUTPUT_VERSION, TextOrJson};
use super::queries::{self, TypedQuery};
use super::{Exit, Global, loss};

/// Flags of `morgue eval`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue eval --queries queries.tsv --qrels qrels.txt
  morgue eval --queries queries.tsv --qrels qrels.txt --each | sort -k2n | head
  morgue search --queries queries.tsv --all --format trec --limit 1000 > all.run
  morgue eval --queries queries.tsv --qrels qrels.txt --run all.run
  morgue eval --queries queries.tsv --qrels qrels.txt --explain q17

Measures: nDCG@10 (gain = grade), MAP, MRR, success@10 and recall@100, with the values of
trec_eval -c. A judged query that finds nothing counts as 0. p is the two-sided value of a
paired randomisation test.

Exit code: 0, or 2 after an error.")]
pub(super) struct Flags {
    /// The queries: each line `qid TAB query`, or a CSV file; - is standard input
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// The judgements: each line `qid 0 id grade`; the id is the one that `search --format trec` prints
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// A TREC run to compare the index with; given twice, the two runs are compared and the index is not used
    #[arg(long, value_name = "FILE")]
    run: Vec<PathBuf>,
    /// Print the values of each query, too
    #[arg(long)]
    each: bool,
    /// Explain one query: the ranks of its judged articles, and how their scores differ from the score of the first hit
    #[arg(long, value_name = "QID", conflicts_with = "run")]
    explain: Option<String>,
    /// Take every character of the queries as text, without operators
    #[arg(long)]
    plain: bool,
    /// Require all words of a list, as if AND stood between them
    #[arg(long)]
    all: bool,
    /// Number of hits of a query that are measured
    #[arg(long, value_name = "N", default_value_t = 1000)]
    depth: usize,
    /// How the figures are printed: text or json
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: TextOrJson,
}

/// A run and its name.
struct Measured {
    name: String,
    evaluation: Evaluation,
}

/// Measures, and prints the figures.
pub(super) fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let queries = queries::read(&flags.queries)?;
    let judgements: Judgements = read_table(&flags.qrels, "judgements")?;
    let mut out = BufWriter::new(io::stdout());
    if let Some(qid) = &flags.explain {
        let query = queries.iter().find(|query| query.qid == *qid);
        let query = query.ok_or_else(|| Failure::Usage(format!("there is no query {qid} in the file of queries")))?;
        let request = flags.request(query)?.limit(flags.depth);
        loss::explain(&mut out, &Index::open(&global.index)?.searcher()?, &request, query, &judgements)?;
        out.flush()?;
        return Ok(Exit::Success);
    }
    let unjudged = queries.iter().filter(|query| !judgements.has_query(&query.qid)).count();
    if unjudged > 0 {
        console.warn(&format!("{unjudged} of {} queries have no judgement and are left out", queries.len()));
    }
    let missing = judgements.queries().filter(|qid| !queries.iter().any(|query| query.qid == *qid)).count();
    if missing > 0 {
        console.warn(&format!("{missing} judged queries are not in the file of queries; each counts as 0"));
    }
    let mut measured = Vec::new();
    if flags.run.len() < 2 {
        let searcher = Index::open(&global.index)?.searcher()?;
        let judged = queries.iter().filter(|query| judgements.has_query(&query.qid));
        let run = flags.run_of(&searcher, judged)?;
        let name = global.index.display().to_string();
        measured.push(Measured { name, evaluation: evaluate(&judgements, &run) });
    }
    for path in flags.run.iter().take(2) {
        let run: Run = read_table(path, "run")?;
        measured.push(Measured { name: path.display().to_string(), evaluation: evaluate(&judgements, &run) });
    }
    match flags.format {
        TextOrJson::Text => text(&mut out, &measured, &queries, flags.each)?,
        TextOrJson::Json => json(&mut out, &measured, flags.each)?,
    }
    out.flush()?;
    Ok(Exit::Success)
}

impl Flags {
    fn request(&self, query: &TypedQuery) -> Result<Request, Failure> {
        let parsed = if self.plain {
            Query::plain(&query.text)
        } else {
            Query::parse(&query.text).map_err(|error| Failure::Query { text: query.text.clone(), error })?
        };
        Ok(Request::new(parsed).all(self.all))
    }

    /// The rankings of the index for these queries.
    fn run_of<'q>(&self, searcher: &Searcher, queries: impl Iterator<Item = &'q TypedQuery>) -> Result<Run, Failure> {
        let mut run = Run::default();
        for query in queries {
            let ranking = searcher.ranking(&self.request(query)?.limit(self.depth))?;
            for entry in &ranking.entries {
                let ids = searcher.ids(entry)?;
                run.push(&query.qid, ids.own_id.as_deref().unwrap_or(&ids.id));
            }
        }
        Ok(run)
    }
}

/// Reads a file of judgements or a run.
fn read_table<T>(path: &std::path::Path, what: &str) -> Result<T, Failure>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let failed =
        |why: &dyn std::fmt::Display| Failure::Usage(format!("cannot read the {what} of {}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    text.parse().map_err(|error: T::Err| failed(&error))
}

/// The comparison of the first two runs, by each measure; empty where there is one run.
fn comparisons(measured: &[Measured]) -> Vec<Comparison> {
    match measured {
        [first, second, ..] => {
            Measure::ALL.iter().map(|&measure| compare(&first.evaluation, &second.evaluation, measure)).collect()
        }
        _ => Vec::new(),
    }
}

/// The greatest width of the first column of the table, in characters.
const NAME_COLUMNS: usize = 28;

fn text(out: &mut impl Write, measured: &[Measured], queries: &[TypedQuery], each: bool) -> io::Result<()> {
    let names = measured.iter().map(|run| run.name.chars().count());
    let width = names.chain(["better/worse".len()]).max().unwrap_or(0).min(NAME_COLUMNS);
    let count = measured.first().map_or(0, |run| run.evaluation.queries.len());
    let heading = format!("{count} queries");
    write!(out, "{heading:<width$}")?;
    Measure::ALL.iter().try_for_each(|measure| write!(out, "  {:>10}", measure.name()))?;
    writeln!(out)?;
    let row = |out: &mut dyn Write, name: &str, values: &mut dyn Iterator<Item = String>| -> io::Result<()> {
        let surplus = name.chars().count().saturating_sub(width);
        let shown: String = name.chars().skip(surplus).collect();
        write!(out, "{shown:<width$}")?;
        for value in values {
            write!(out, "  {value:>10}")?;
        }
        writeln!(out)
    };
    for run in measured {
        let mut means = Measure::ALL.iter().map(|&measure| format!("{:.4}", run.evaluation.mean(measure)));
        row(out, &run.name, &mut means)?;
    }
    let comparisons = comparisons(measured);
    if !comparisons.is_empty() {
        row(out, "difference", &mut comparisons.iter().map(|both| format!("{:+.4}", both.difference)))?;
        let counts = |both: &Comparison| format!("{}/{}", both.better, both.worse);
        row(out, "better/worse", &mut comparisons.iter().map(counts))?;
        let p = |both: &Comparison| if both.p < 1e-4 { "<0.0001".to_owned() } else { format!("{:.4}", both.p) };
        row(out, "p", &mut comparisons.iter().map(p))?;
    }
    if each {
        writeln!(out)?;
        for (at, first) in measured[0].evaluation.queries.iter().enumerate() {
            let text = queries.iter().find(|query| query.qid == first.query).map_or("", |query| query.text.as_str());
            for run in measured {
                let values = &run.evaluation.queries[at];
                row(out, &first.query, &mut Measure::ALL.iter().map(|&measure| format!("{:.4}", values.get(measure))))?;
            }
            writeln!(out, "    {}", super::print::wrap::terminal_safe(text))?;
        }
    }
    Ok(())
}

/// One line of JSON for each run, each query with `--each`, and the comparison.
fn json(out: &mut impl Write, measured: &[Measured], each: bool) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        r#type: &'static str,
        morgue: u32,
        run: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        queries: Option<usize>,
        #[serde(flatten)]
        values: serde_json::Map<String, serde_json::Value>,
    }
    let values = |value: &dyn Fn(Measure) -> f64| -> serde_json::Map<String, serde_json::Value> {
        Measure::ALL.iter().map(|&measure| (measure.name().to_owned(), value(measure).into())).collect()
    };
    let mut line = |line: &Line<'_>| -> io::Result<()> {
        serde_json::to_writer(&mut *out, line)?;
        writeln!(out)
    };
    for run in measured {
        let Measured { name, evaluation } = run;
        let queries = Some(evaluation.queries.len());
        let means = values(&|measure| evaluation.mean(measure));
        line(&Line { r#type: "evaluation", morgue: OUTPUT_VERSION, run: name, qid: None, queries, values: means })?;
        for query in evaluation.queries.iter().filter(|_| each) {
            let (qid, values) = (Some(query.query.as_str()), values(&|measure| query.get(measure)));
            line(&Line { r#type: "evaluated_query", morgue: OUTPUT_VERSION, run: name, qid, queries: None, values })?;
        }
    }
    let comparisons = comparisons(measured);
    if comparisons.is_empty() {
        return Ok(());
    }
    let object = |both: &Comparison| {
        serde_json::json!({
            "difference": both.difference, "better": both.better, "worse": both.worse, "p": both.p,
        })
    };
    let values = Measure::ALL.iter().zip(&comparisons).map(|(m, both)| (m.name().to_owned(), object(both))).collect();
    line(&Line {
        r#type: "comparison",
        morgue: OUTPUT_VERSION,
        run: &measured[0].name,
        qid: None,
        queries: None,
        values,
    })
}
