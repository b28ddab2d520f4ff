//! The cost of Morgue, compared with the raw engine in the same run: `cargo bench` prints it.
//!
//! The articles are those of the data folder (`$MORGUE_DATA`, or `../shared/data`). Without it the run fails, unless
//! `--no-data` is given. Baseline A is the engine alone with title and body (`en_stem`, positions, stored), with the
//! articles already in memory. Baseline B adds an exact field of the body with positions. The figures are ratios within
//! one run, not absolute promises.

#![allow(unreachable_pub)] // a bench has no API: `pub` marks what other modules of the bench use

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use morgue::annotate::{Annotator, dates};
use morgue::article::Zone;
use morgue::token::{Stemming, Tokenizer, Tokens};
use morgue::{Index, Query, Request, ingest};

mod baseline;
mod webarchive;

use baseline::Baseline;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One article in the form that the baselines index.
pub struct Text {
    /// The headline.
    pub title: String,
    /// The paragraphs of the body.
    pub body: String,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().collect();
    if args.iter().any(|arg| arg == "--no-data") {
        println!("NOT MEASURED: --no-data was given, no figure was taken");
        return Ok(());
    }
    if args.iter().any(|arg| arg == "--test") {
        return Ok(()); // `cargo test --benches` only checks that it runs
    }
    let data = PathBuf::from(std::env::var("MORGUE_DATA").unwrap_or_else(|_| "../shared/data".into()));
    let roots: Vec<PathBuf> =
        ["seeds", "retrieval", "reuters21578", "articles"].iter().map(|folder| data.join(folder)).collect();
    if let Some(missing) = roots.iter().find(|root| !root.exists()) {
        return Err(format!("{} is missing; set MORGUE_DATA, or pass --no-data", missing.display()).into());
    }
    let folder = tempfile::tempdir()?;

    let start = Instant::now();
    drop(Annotator::new());
    println!("names     the model is loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let (morgue_time, index) = ingest_all(&roots, &folder.path().join("morgue"))?;
    let texts = texts(&index)?;
    let megabytes = texts.iter().map(|text| text.title.len() + text.body.len()).sum::<usize>() as f64 / 1e6;
    println!("{} articles, {megabytes:.1} MB of text", texts.len());
    assert!(texts.len() > 30_000, "the data folder holds 32,523 records");
    let speed = |time: Duration| megabytes / time.as_secs_f64();

    let (a_time, a) = Baseline::build(&texts, false, &folder.path().join("a"))?;
    let (b_time, b) = Baseline::build(&texts, true, &folder.path().join("b"))?;
    let (again_time, _) = ingest_all(&roots, &folder.path().join("again"))?;
    let best = morgue_time.min(again_time);
    println!("ingest    morgue {:6.1} MB/s (with reading, names and dates)", speed(best));
    println!("          A      {:6.1} MB/s   morgue/A {:.2}", speed(a_time), a_time.as_secs_f64() / best.as_secs_f64());
    println!("          B      {:6.1} MB/s   morgue/B {:.2}", speed(b_time), b_time.as_secs_f64() / best.as_secs_f64());
    let size = |name: &str| folder_bytes(&folder.path().join(name)) as f64 / 1e6;
    let (ours, theirs_a, theirs_b) = (size("morgue"), size("a"), size("b"));
    println!("size      morgue {ours:.1} MB ({:.2} x text), A {theirs_a:.1}, B {theirs_b:.1}", ours / megabytes);
    let postings = |name: &str| bytes_of(&folder.path().join(name), &["idx", "pos"]) as f64 / 1e6;
    let (ours, theirs) = (postings("morgue"), postings("a"));
    println!("postings  morgue {ours:.1} MB, one stemmed field (A) {theirs:.1} MB: {:.2} x", ours / theirs);
    let annotating = annotating(&index, megabytes)?;
    let without = best.saturating_sub(annotating / 2);
    let share = b_time.as_secs_f64() / without.as_secs_f64();
    println!("ingest without names and dates, half their time on one thread subtracted: morgue/B {share:.2}");

    for name in ["newsquiz", "time"] {
        let queries = queries(&data.join("retrieval").join(name).join("queries.tsv"))?;
        compare(&format!("{name} questions"), &queries, &index, &a)?;
    }
    let short: Vec<String> = queries(&data.join("retrieval/newsquiz/queries.tsv"))?
        .iter()
        .map(|text| text.split(' ').filter(|word| word.len() > 4).take(3).collect::<Vec<_>>().join(" "))
        .collect();
    compare("1-3 words", &short, &index, &a)?;
    operators(&index, &b)?;
    webarchive::measure(&data.join("html/article_extraction_benchmark/html"), folder.path())
}

fn ingest_all(roots: &[PathBuf], folder: &Path) -> Result<(Duration, Index), Failure> {
    let index = Index::open_or_create(folder)?;
    let start = Instant::now();
    let tally = ingest(roots, &index, &Default::default(), |_| ())?;
    let time = start.elapsed();
    assert!(tally.added > 30_000, "most records are articles: {tally:?}");
    Ok((time, index))
}

/// Measures tokenizing, names and dates, on one thread. Returns the time of names and dates.
fn annotating(index: &Index, megabytes: f64) -> Result<Duration, Failure> {
    let mut articles = Vec::new();
    index.searcher()?.each_article(&mut |stored| {
        articles.push(stored?.article);
        Ok(())
    })?;
    let mut annotator = Annotator::new();
    let mut tokenizer = Tokenizer::new(Stemming::default());
    let mut tokens = Tokens::default();
    let start = Instant::now();
    articles.iter().for_each(|article| tokenizer.article(article, &mut tokens));
    let cut = start.elapsed();
    let start = Instant::now();
    let mut found = 0;
    for article in &articles {
        tokenizer.article(article, &mut tokens);
        found += annotator.annotate(article, &tokens).entities.len();
    }
    let annotated = start.elapsed().saturating_sub(cut);
    let start = Instant::now();
    let dates: usize = articles.iter().map(|article| dates::find(article).len()).sum();
    let dated = start.elapsed();
    assert!(found > articles.len() && dates > articles.len(), "most articles name someone and some day");
    let speed = |time: Duration| megabytes / time.as_secs_f64();
    let names = annotated.saturating_sub(dated);
    println!(
        "          MB/s per thread: tokens {:.0}, names {:.1}, dates {:.0}",
        speed(cut),
        speed(names),
        speed(dated)
    );
    Ok(annotated)
}

fn texts(index: &Index) -> Result<Vec<Text>, Failure> {
    let mut texts = Vec::new();
    index.searcher()?.each_article(&mut |stored| {
        let article = stored?.article;
        let body: Vec<&str> = [Zone::Body, Zone::Caption].iter().flat_map(|&zone| article.texts(zone)).collect();
        texts.push(Text { title: article.title().to_owned(), body: body.join("\n") });
        Ok(())
    })?;
    Ok(texts)
}

fn queries(path: &Path) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().filter_map(|line| line.split_once('\t')).map(|(_, query)| query.to_owned()).collect())
}

fn compare(name: &str, queries: &[String], index: &Index, baseline: &Baseline) -> Result<(), Failure> {
    let searcher = index.searcher()?;
    let raw = percentiles(queries, |query| baseline.top(query))?;
    let ours = percentiles(queries, |query| {
        Ok(searcher.ranking(&Request::new(Query::plain(query)).limit(10))?.entries.len())
    })?;
    let with_snippets =
        percentiles(queries, |query| Ok(searcher.search(&Request::new(Query::plain(query)).limit(10))?.hits.len()))?;
    println!(
        "{name:18} p50/p99 ms: raw {} morgue {} ({:.2} x raw) with 10 snippets {}",
        raw.show(),
        ours.show(),
        ours.p50.as_secs_f64() / raw.p50.as_secs_f64(),
        with_snippets.show()
    );
    Ok(())
}

/// Measures every operator over all articles, compared with a phrase of the same words on the raw engine.
fn operators(index: &Index, baseline: &Baseline) -> Result<(), Failure> {
    let searcher = index.searcher()?;
    let pairs = [("oil", "prices"), ("prime", "minister"), ("white", "house"), ("interest", "rates"), ("last", "week")];
    let time = |make: &dyn Fn(&str, &str) -> String| {
        let queries: Vec<String> = pairs.iter().map(|(left, right)| make(left, right)).collect();
        percentiles(&queries, |query| {
            let request = Request::new(Query::parse(query)?).limit(10);
            Ok(searcher.ranking(&request)?.count as usize)
        })
    };
    let raw: Vec<String> = pairs.iter().map(|(left, right)| format!("{left} {right}")).collect();
    let raw = percentiles(&raw, |query| baseline.phrase(query))?;
    println!("phrase, raw        p50/p99 ms: {}", raw.show());
    let phrase = time(&|left, right| format!("\"{left} {right}\""))?;
    for (name, make) in [
        ("phrase", &(|left: &str, right: &str| format!("\"{left} {right}\"")) as &dyn Fn(&str, &str) -> String),
        ("W/5", &|left, right| format!("{left} W/5 {right}")),
        ("PRE/5", &|left, right| format!("{left} PRE/5 {right}")),
        ("W/S", &|left, right| format!("{left} W/S {right}")),
        ("W/P", &|left, right| format!("{left} W/P {right}")),
        ("NOT W/5", &|left, right| format!("{left} NOT W/5 {right}")),
        ("AND", &|left, right| format!("{left} AND {right}")),
        ("title:", &|left, right| format!("title:({left} OR {right})")),
        ("wildcard", &|left, _| format!("{}*", &left[..2])),
        ("*wildcard", &|_, right| format!("*{}", &right[right.len() - 2..])),
        ("fuzzy", &|_, right| format!("{right}~2")),
        ("regex", &|left, _| format!("/{}.*s/", &left[..1])),
        ("dates", &|_, _| "date:1987-03".to_owned()),
        ("person:", &|left, _| format!("person:{left}")),
        ("entity:", &|left, right| format!("entity:\"{left} {right}\"")),
        ("everything", &|_, _| "*".to_owned()),
    ] {
        let figures = time(make)?;
        let ratio = figures.p50.as_secs_f64() / phrase.p50.as_secs_f64();
        println!("{name:18} p50/p99 ms: {} ({ratio:.2} x phrase)", figures.show());
    }
    let text = "embassy bombing person:\"Kofi Annan\" date:1998-08 -kenya (\"white house\" OR senat*) W/5 report";
    let start = Instant::now();
    let rounds = 10_000;
    for _ in 0..rounds {
        std::hint::black_box(Query::parse(std::hint::black_box(text))?);
    }
    println!("parse              {:.1} microseconds", start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds));
    Ok(())
}

struct Percentiles {
    p50: Duration,
    p99: Duration,
}

impl Percentiles {
    fn show(&self) -> String {
        format!("{:.2}/{:.2}", self.p50.as_secs_f64() * 1e3, self.p99.as_secs_f64() * 1e3)
    }
}

/// Times every query: the best of three runs, after one run to warm up.
fn percentiles(
    queries: &[String],
    mut run: impl FnMut(&str) -> Result<usize, Failure>,
) -> Result<Percentiles, Failure> {
    let mut times = Vec::new();
    let mut found = 0;
    for query in queries {
        found += run(query)?;
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            std::hint::black_box(run(query)?);
            best = best.min(start.elapsed());
        }
        times.push(best);
    }
    assert!(found > 0, "the queries find something");
    times.sort_unstable();
    Ok(Percentiles { p50: times[times.len() / 2], p99: times[times.len() * 99 / 100] })
}

fn folder_bytes(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    files.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

/// The bytes of the files below `folder` with these extensions.
fn bytes_of(folder: &Path, extensions: &[&str]) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = files.filter(|entry| {
        entry.path().extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
    });
    files.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
