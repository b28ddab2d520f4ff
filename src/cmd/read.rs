//! `morgue read`: what the readers and the normalizer make of files, as JSON Lines, without an index. Each line can be
//! read by `morgue index` again.

use std::io::{self, BufWriter, Write};
use std::iter;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;
use serde::Serialize;

use crate::article::{Article, DateOrigin, Zone};
use crate::date::{Date, DateSpan};
use crate::normalize::normalize;
use crate::read::{self, Record, Records};
use crate::{Skip, SkipReason};

use super::Exit;
use super::console::Console;
use super::failure::Failure;
use super::reading::{Reading, STREAM};

/// Flags of `morgue read`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue read page.html
  morgue read archive.zip | jq -r .title
  morgue read export.csv --map body=story_text | head -1

What is skipped is reported on standard error. Exit code: 0, 1 when no article was read,
2 after an error.")]
pub struct Flags {
    /// Files and folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// An article, its text cut into its parts.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    own_id: Option<&'a str>,
    path: &'a str,
    record: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DateSpan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_from: Option<DateOrigin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    byline: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [String],
    /// Paragraphs, parted by blank lines.
    body: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    captions: Vec<Caption<'a>>,
}

#[derive(Serialize)]
struct Caption<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn new(article: &'a Article) -> Line<'a> {
        let body: Vec<&str> = article.texts(Zone::Body).collect();
        Line {
            id: &article.id,
            own_id: article.own_id.as_deref(),
            path: &article.origin.path,
            record: article.origin.record,
            title: article.title(),
            published: article.published.map(|published| published.span),
            published_from: article.published.map(|published| published.from),
            modified: article.modified,
            fetched: article.fetched,
            source: article.source.as_deref(),
            byline: &article.byline,
            dateline: article.dateline.as_ref().map(|dateline| dateline.text.as_str()),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            section: article.section.as_deref(),
            keywords: &article.keywords,
            body: body.join("\n\n"),
            captions: captions(article),
        }
    }
}

/// Captions, each with the credit that follows it.
fn captions(article: &Article) -> Vec<Caption<'_>> {
    let mut captions: Vec<Caption<'_>> = Vec::new();
    for part in &article.parts {
        let text = &article.text[part.range.clone()];
        match (part.zone, captions.last_mut()) {
            (Zone::Credit, Some(caption)) if caption.credit.is_none() => caption.credit = Some(text),
            (Zone::Credit, _) => captions.push(Caption { text: "", credit: Some(text) }),
            (Zone::Caption, _) => captions.push(Caption { text, credit: None }),
            (Zone::Title | Zone::Body, _) => {}
        }
    }
    captions
}

/// Records and bytes that are read at a time, on all threads.
const BATCH_RECORDS: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// Reads and prints, in the order of the files.
pub fn run(flags: &Flags, console: &Console) -> Result<Exit, Failure> {
    let mut reader = Reader {
        out: BufWriter::with_capacity(1 << 16, io::stdout()),
        options: flags.reading.options(),
        threads: flags.reading.threads(),
        console,
        batch: Vec::new(),
        batch_bytes: 0,
        articles: 0,
    };
    let mut lost_root = false;
    for root in &flags.paths {
        if root == Path::new("-") {
            let options = reader.options.clone();
            reader.records(read::open_stream(STREAM, io::stdin(), &options))?;
            continue;
        }
        for file in read::walk(root) {
            match file {
                Ok(file) => {
                    let records = read::open(&file, &reader.options);
                    reader.records(records)?;
                }
                Err(skip) => {
                    lost_root |= skip.path == *root && skip.reason == SkipReason::Unreadable;
                    reader.push(Err(skip))?;
                }
            }
        }
    }
    reader.print_batch()?;
    reader.out.flush()?;
    Ok(match (lost_root, reader.articles) {
        (true, _) => Exit::Trouble,
        (false, 0) => Exit::Nothing,
        (false, _) => Exit::Success,
    })
}

/// Reads records on all threads, a batch at a time, and prints them in their order.
struct Reader<'c> {
    out: BufWriter<io::Stdout>,
    options: read::Options,
    threads: usize,
    console: &'c Console,
    batch: Vec<Result<Record, Skip>>,
    batch_bytes: usize,
    articles: u64,
}

impl Reader<'_> {
    fn records(&mut self, records: Records<'_>) -> io::Result<()> {
        records.into_iter().try_for_each(|record| self.push(record))
    }

    fn push(&mut self, record: Result<Record, Skip>) -> io::Result<()> {
        self.batch_bytes += record.as_ref().map_or(0, Record::size);
        self.batch.push(record);
        match self.batch.len() >= BATCH_RECORDS || self.batch_bytes >= BATCH_BYTES {
            true => self.print_batch(),
            false => Ok(()),
        }
    }

    fn print_batch(&mut self) -> io::Result<()> {
        self.batch_bytes = 0;
        let mut batch = std::mem::take(&mut self.batch).into_iter();
        let share = batch.len().div_ceil(self.threads).max(1);
        let options = &self.options;
        let lines: Vec<Result<String, Skip>> = thread::scope(|scope| {
            let shares: Vec<Vec<Result<Record, Skip>>> =
                iter::from_fn(|| Some(batch.by_ref().take(share).collect()).filter(|share: &Vec<_>| !share.is_empty()))
                    .collect();
            let workers: Vec<_> = shares
                .into_iter()
                .map(|share| scope.spawn(|| share.into_iter().map(|record| line(record, options)).collect::<Vec<_>>()))
                .collect();
            // A panic of a worker goes on here, to be told as any other.
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        for line in lines {
            match line {
                Ok(line) => {
                    self.articles += 1;
                    writeln!(self.out, "{line}")?;
                }
                Err(skip) => self.console.note(&format!("skipped: {skip}")),
            }
        }
        Ok(())
    }
}

/// One record as one line.
fn line(record: Result<Record, Skip>, options: &read::Options) -> Result<String, Skip> {
    let article = normalize(record?.read(options)?)?;
    let line = serde_json::to_string(&Line::new(&article)).expect("strings and numbers are always JSON");
    Ok(line)
}
