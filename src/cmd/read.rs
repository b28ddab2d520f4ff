//! `morgue read`: what the readers and the normalizer make of files, as JSON Lines, without an index. Each line can be
//! read by `morgue index` again.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use morgue::article::{Article, DateOrigin, Zone};
use morgue::date::{Date, DateSpan};
use morgue::normalize::normalize;
use morgue::read::{self, Records};
use morgue::{Skip, SkipReason};
use serde::Serialize;

use super::Exit;
use super::console::Console;
use super::failure::Failure;
use super::index::Reading;

/// Flags of `morgue read`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue read page.html
  morgue read archive.zip | jq -r .title
  morgue read export.csv --map body=story_text | head -1

What is passed over is told on standard error. Exit code: 0, 1 when no article was read, 2 on an error.")]
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

/// Reads and prints, in the order of the files.
pub fn run(flags: &Flags, console: &Console) -> Result<Exit, Failure> {
    let options = flags.reading.options();
    let mut reader = Reader {
        out: BufWriter::with_capacity(1 << 16, io::stdout()),
        options,
        console,
        articles: 0,
        lost_root: false,
    };
    for root in &flags.paths {
        if root == Path::new("-") {
            reader.records(read::open_stream("-", io::stdin(), &reader.options.clone()))?;
            continue;
        }
        for file in read::walk(root) {
            match file {
                Ok(file) => reader.records(read::open(&file, &reader.options.clone()))?,
                Err(skip) => {
                    reader.lost_root |= skip.path == *root && skip.reason == SkipReason::Unreadable;
                    reader.skipped(&skip);
                }
            }
        }
    }
    reader.out.flush()?;
    Ok(match (reader.lost_root, reader.articles) {
        (true, _) => Exit::Trouble,
        (false, 0) => Exit::Nothing,
        (false, _) => Exit::Success,
    })
}

struct Reader<'c> {
    out: BufWriter<io::Stdout>,
    options: read::Options,
    console: &'c Console,
    articles: u64,
    lost_root: bool,
}

impl Reader<'_> {
    fn records(&mut self, records: Records) -> io::Result<()> {
        for record in records {
            match record.and_then(|record| record.read(&self.options)).and_then(normalize) {
                Ok(article) => {
                    self.articles += 1;
                    serde_json::to_writer(&mut self.out, &Line::new(&article))?;
                    self.out.write_all(b"\n")?;
                }
                Err(skip) => self.skipped(&skip),
            }
        }
        Ok(())
    }

    fn skipped(&self, skip: &Skip) {
        self.console.note(&format!("passed over: {skip}"));
    }
}
