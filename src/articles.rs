//! Articles without an index: files, readers and bytes in, an iterator of clean articles out.
//!
//! [`articles`] is the way in of a program that has its own place to keep articles. It reads with the same pool of
//! threads, in the same order and with the same outcomes as [`ingest`](crate::ingest()).

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use morgue_article::{Annotations, Article, Skip};
use morgue_read::read::{self, Record};

use crate::cancel::Cancel;
use crate::ordered::{self, OwnedResults};

mod processor;
mod stages;

pub use processor::Processor;
pub(crate) use stages::{Stages, article_of_record, guarded};

/// Bytes of records that are under way at most, as they are cut and unpacked; a larger record goes alone.
pub(crate) const MAX_BYTES_UNDER_WAY: usize = 48 << 20;
/// Bytes that a record costs in addition to its own while it is under way.
pub(crate) const RECORD_COST: usize = 4 << 10;

/// How [`articles`] reads.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How records are read: limits, and names of fields.
    pub read: read::Options,
    /// Finds the names and the days in each article. Off by default.
    pub annotate: bool,
    /// Worker threads; 0 is one for each core.
    pub threads: usize,
    /// Ends the iterator early, from another thread.
    pub cancel: Cancel,
}

/// Something to read.
pub enum Source {
    /// A file, or a folder with all files below it.
    Path(PathBuf),
    /// A stream of bytes in any format that files may have.
    Reader {
        /// The name of the stream in origins and in the ids of articles that have no global id. Its ending (`.csv`) also
        /// helps to recognize the format.
        name: String,
        /// Where the bytes come from.
        reader: Box<dyn Read + Send>,
    },
    /// Bytes in memory, in any format that files may have.
    Bytes {
        /// The name of the bytes in origins and in the ids of articles that have no global id. Its ending (`.csv`) also
        /// helps to recognize the format.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Source {
        Source::Path(path)
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Source {
        Source::Path(path.to_owned())
    }
}

impl From<&str> for Source {
    fn from(path: &str) -> Source {
        Source::Path(path.into())
    }
}

/// The outcome of one record: an article, with its annotations where [`Options::annotate`] asks for them, or the reason
/// why there is none.
pub type ArticleOutcome = Result<(Article, Option<Annotations>), Skip>;

/// Reads `sources` on all cores: an iterator of clean articles, in the order of the sources, of the files below a folder
/// (sorted by name) and of the records in a file.
///
/// What cannot be used is a [`Skip`] in its place: one record, or a whole file or source where `record` is `None`. No
/// record, however damaged, ends the iterator or panics.
///
/// Memory is bounded: at most 48 MiB of records are under way, or one larger record.
///
/// ```
/// use morgue::articles::{self, Source, articles};
///
/// let lines = br#"{"title": "Bridge opens", "body": "Ann Lee opened the bridge in Harwick on May 3, 2023."}
/// {"title": "Cut off"#;
/// let source = Source::Bytes { name: "bridges.jsonl".into(), bytes: lines.to_vec() };
/// let options = articles::Options { annotate: true, ..Default::default() };
/// let mut outcomes = articles([source], &options);
///
/// let (article, annotations) = outcomes.next().unwrap().unwrap();
/// assert_eq!(article.title(), "Bridge opens");
/// assert!(annotations.unwrap().entities.iter().any(|entity| entity.name == "Ann Lee"));
///
/// let skip = outcomes.next().unwrap().unwrap_err();
/// assert_eq!((skip.record, skip.reason), (Some(2), morgue::SkipReason::Damaged));
/// assert!(outcomes.next().is_none());
/// ```
pub fn articles<S: Into<Source>>(sources: impl IntoIterator<Item = S>, options: &Options) -> Articles {
    let sources: Vec<Source> = sources.into_iter().map(Into::into).collect();
    let has_reader = sources.iter().any(|source| matches!(source, Source::Reader { .. }));
    let read_options = options.read.clone();
    let records = sources.into_iter().flat_map(move |source| records_of(source, &read_options));
    let workers = (0..thread_count(options.threads)).map(|_| worker(options)).collect();
    let settings =
        ordered::Settings { max_bytes: MAX_BYTES_UNDER_WAY, job_bytes: record_bytes, cancel: options.cancel.clone() };
    Articles { results: Some(ordered::spawn(records, workers, &settings)), has_reader }
}

/// The worker threads that an option asks for: 0 is one for each core.
pub(crate) fn thread_count(asked: usize) -> usize {
    match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        count => count,
    }
}

/// Records of one source, in order. Files are opened one after another, when their turn comes.
fn records_of(
    source: Source,
    options: &read::Options,
) -> Box<dyn Iterator<Item = Result<Record, Skip>> + Send + 'static> {
    match source {
        Source::Path(root) => {
            let options = options.clone();
            Box::new(read::walk(&root).flat_map(move |found| match found {
                Ok(file) => RecordsOrSkip::Records(Box::new(read::open(&file, &options))),
                Err(skip) => RecordsOrSkip::Skip(Some(skip)),
            }))
        }
        Source::Reader { name, reader } => Box::new(read::open_stream(&name, reader, options)),
        Source::Bytes { name, bytes } => Box::new(read::open_stream(&name, Cursor::new(bytes), options)),
    }
}

/// The records of a file, or the reason why there are none.
enum RecordsOrSkip {
    Records(Box<read::Records<'static>>),
    Skip(Option<Skip>),
}

impl Iterator for RecordsOrSkip {
    type Item = Result<Record, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            RecordsOrSkip::Records(records) => records.next(),
            RecordsOrSkip::Skip(skip) => skip.take().map(Err),
        }
    }
}

fn record_bytes(record: &Result<Record, Skip>) -> usize {
    record.as_ref().map_or(0, Record::size) + RECORD_COST
}

/// The work of one thread.
fn worker(options: &Options) -> impl FnMut(Result<Record, Skip>) -> ArticleOutcome + Send + 'static {
    let read_options = options.read.clone();
    let mut stages = options.annotate.then(Stages::new);
    move |record| {
        guarded(record?, |record| {
            let article = article_of_record(record, &read_options)?;
            let annotations = stages.as_mut().map(|stages| stages.annotate(&article));
            Ok((article, annotations))
        })
    }
}

/// The iterator that [`articles`] returns. It owns its threads and can be sent to another thread.
///
/// Dropping it before its end stops the threads and waits for them; each of them ends after the record that it has begun.
/// Only a thread that waits inside a [`Source::Reader`] is not waited for: it ends when that reader returns.
pub struct Articles {
    /// `None` once the iterator has ended.
    results: Option<OwnedResults<ArticleOutcome>>,
    has_reader: bool,
}

impl Articles {
    fn stop(&mut self) {
        match self.results.take() {
            Some(results) if !self.has_reader => results.stop(),
            results => drop(results),
        }
    }
}

impl Iterator for Articles {
    type Item = ArticleOutcome;

    fn next(&mut self) -> Option<ArticleOutcome> {
        let next = self.results.as_mut()?.next();
        if next.is_none() {
            self.stop();
        }
        next
    }
}

impl std::iter::FusedIterator for Articles {}

impl Drop for Articles {
    fn drop(&mut self) {
        self.stop();
    }
}
