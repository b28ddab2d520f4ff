//! Scores the reader of web pages on pages with known answers: the story by the method of the article-extraction-benchmark,
//! and the day of publication on the pages of htmldate.
//!
//! ```text
//! cargo run --release --example score_html -- [--misses] [--predictions FILE] [--f1 0.958] [--pages-a-second 90]
//!     [--news-right 88] [--news-wrong 6] [--others-right 78]
//! ```
//!
//! The pages are in `$MORGUE_DATA/html`, by default `../shared/data/html`. An option with a number is a bound: when a
//! figure is on the wrong side of it, the program fails. Bodies are scored after `normalize`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use morgue_article::Zone;
use morgue_article::date::{DateSpan, parse_published};
use morgue_read::{normalize, read};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    match score() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("score_html: {error}");
            ExitCode::from(2)
        }
    }
}

/// The options of the command line.
#[derive(Default)]
struct Arguments {
    misses: bool,
    predictions: Option<PathBuf>,
    bounds: BTreeMap<String, f64>,
}

fn score() -> Outcome<bool> {
    let mut arguments = Arguments::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--misses" => arguments.misses = true,
            "--predictions" => arguments.predictions = Some(words.next().ok_or("--predictions FILE")?.into()),
            "--f1" | "--pages-a-second" | "--news-right" | "--news-wrong" | "--others-right" => {
                let number = words.next().ok_or(format!("{word} NUMBER"))?.parse()?;
                arguments.bounds.insert(word, number);
            }
            _ => return Err(format!("unknown option {word}").into()),
        }
    }
    let data = std::env::var_os("MORGUE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let pages = data.join("html");
    let stories = score_stories(&pages.join("article_extraction_benchmark"), &arguments)?;
    let news =
        score_days(&pages.join("htmldate/eval_mediacloud_2020.json"), &pages.join("htmldate/test_set"), &arguments)?;
    let others = score_days(&pages.join("htmldate/eval_default.json"), &pages.join("htmldate/eval"), &arguments)?;
    println!(
        "stories   {} pages, {} skipped: precision {:.4} recall {:.4} F1 {:.4}; {:.0} pages/s a core",
        stories.pages,
        stories.skipped,
        stories.precision,
        stories.recall,
        stories.f1(),
        stories.pages_a_second
    );
    for (name, days) in [("news", &news), ("others", &others)] {
        println!(
            "days      {name}: {} pages, right {:.1} % wrong {:.1} % none {:.1} %",
            days.pages(),
            days.share(days.right),
            days.share(days.wrong),
            days.share(days.none)
        );
    }
    let mut held = true;
    for (name, bound) in &arguments.bounds {
        let (figure, is_ceiling) = match name.as_str() {
            "--f1" => (stories.f1(), false),
            "--pages-a-second" => (stories.pages_a_second, false),
            "--news-right" => (news.share(news.right), false),
            "--news-wrong" => (news.share(news.wrong), true),
            _ => (others.share(others.right), false),
        };
        if (figure < *bound) != is_ceiling && figure != *bound {
            println!("FAILED    {name}: {figure:.4}, bound {bound}");
            held = false;
        }
    }
    Ok(held)
}

struct Stories {
    pages: usize,
    skipped: usize,
    precision: f64,
    recall: f64,
    pages_a_second: f64,
}

impl Stories {
    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Scores the stories by runs of four words with their counts. Precision and recall are means over pages; F1 is computed
/// from the two means.
fn score_stories(folder: &Path, arguments: &Arguments) -> Outcome<Stories> {
    let truth: BTreeMap<String, Value> = serde_json::from_reader(open(&folder.join("ground-truth.json"))?)?;
    let mut predictions = match &arguments.predictions {
        Some(path) => Some(BufWriter::new(File::create(path)?)),
        None => None,
    };
    let (mut precisions, mut recalls, mut worst) = (Vec::new(), Vec::new(), Vec::new());
    let mut skipped = 0;
    let mut pages = Vec::new();
    for (id, gold) in &truth {
        pages.push((id, gold, unpacked(&folder.join(format!("html/{id}.html.gz")))?));
    }
    let clock = Clock::start();
    let found: Vec<_> =
        pages.iter().map(|(_, _, html)| read::page(html, None, None).and_then(normalize::normalize)).collect();
    let pages_a_second = pages.len() as f64 / clock.seconds();
    for ((id, gold, _), article) in pages.iter().zip(found) {
        let body = match article {
            Ok(article) => article.texts(Zone::Body).collect::<Vec<_>>().join("\n"),
            Err(skip) => {
                skipped += 1;
                if arguments.misses {
                    println!("story {id}: {skip}");
                }
                String::new()
            }
        };
        if let Some(file) = &mut predictions {
            writeln!(file, "{}", json!({ "id": id, "text": body }))?;
        }
        let (true_runs, found_runs) = (runs(gold["articleBody"].as_str().unwrap_or_default()), runs(&body));
        let hit: usize = true_runs.iter().map(|(run, count)| count.min(found_runs.get(run).unwrap_or(&0))).sum();
        let (wanted, given): (usize, usize) = (true_runs.values().sum(), found_runs.values().sum());
        if given > 0 {
            precisions.push(hit as f64 / given as f64);
        }
        if wanted > 0 {
            recalls.push(hit as f64 / wanted as f64);
        }
        worst.push((2.0 * hit as f64 / (wanted + given).max(1) as f64, wanted, given, hit, *id));
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    if arguments.misses {
        for (f1, wanted, given, hit, id) in worst.iter().take(25) {
            println!("story {id}: F1 {f1:.2}, {wanted} wanted, {given} given, {hit} hit");
        }
    }
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    Ok(Stories { pages: truth.len(), skipped, precision: mean(&precisions), recall: mean(&recalls), pages_a_second })
}

fn runs(text: &str) -> FxHashMap<[&str; 4], usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut runs = FxHashMap::default();
    let last = words.len().saturating_sub(3).max(usize::from(!words.is_empty()));
    for at in 0..last {
        let run = std::array::from_fn(|offset| words.get(at + offset).copied().unwrap_or_default());
        *runs.entry(run).or_default() += 1;
    }
    runs
}

struct Days {
    right: usize,
    wrong: usize,
    none: usize,
}

impl Days {
    fn pages(&self) -> usize {
        self.right + self.wrong + self.none
    }

    /// Percent of the pages.
    fn share(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.pages().max(1) as f64
    }
}

/// Scores the day of publication. A page whose day is not known is right when no day is found.
fn score_days(truth: &Path, folder: &Path, arguments: &Arguments) -> Outcome<Days> {
    let text = std::io::read_to_string(open(truth)?)?.replace("NaN", "null");
    let truth: BTreeMap<String, Value> = serde_json::from_str(&text)?;
    let mut days = Days { right: 0, wrong: 0, none: 0 };
    for (url, gold) in &truth {
        let file = folder.join(format!("{}.gz", gold["file"].as_str().unwrap_or_default()));
        if !file.exists() {
            continue;
        }
        let outcome = read::page(&unpacked(&file)?, Some(url), None);
        let found = outcome.as_ref().ok().and_then(|raw| raw.published.as_ref());
        let span: Option<DateSpan> = found.and_then(|date| parse_published(&date.text));
        let wanted: Option<DateSpan> = gold["date"].as_str().and_then(parse_published);
        let verdict = match (wanted, span) {
            (wanted, span) if wanted == span => {
                days.right += 1;
                continue;
            }
            (_, None) => {
                days.none += 1;
                "none"
            }
            _ => {
                days.wrong += 1;
                "wrong"
            }
        };
        if arguments.misses {
            let why = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
            println!("day {verdict} {}: wanted {wanted:?}, found {found:?} {url} {why}", file.display());
        }
    }
    Ok(days)
}

/// Seconds of CPU time of this thread, where the system reports them; else seconds of wall-clock time.
struct Clock {
    started: Instant,
    run: Option<f64>,
}

impl Clock {
    fn start() -> Clock {
        Clock { started: Instant::now(), run: Clock::run() }
    }

    fn run() -> Option<f64> {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(stat.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
    }

    fn seconds(&self) -> f64 {
        match (self.run, Clock::run()) {
            (Some(before), Some(now)) => now - before,
            _ => self.started.elapsed().as_secs_f64(),
        }
    }
}

fn open(path: &Path) -> Outcome<File> {
    File::open(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn unpacked(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}
