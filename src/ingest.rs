//! Reads files into an index: read -> normalize -> annotate -> add -> commit. Read this file first.
//!
//! ```text
//! walk -> files -> [one thread] cuts records -> [workers] read, normalize, tokenize, annotate, prepare
//!                                            -> [adder] puts them back in order, adds, commits
//! ```
//!
//! One thread cuts files into records, many threads make documents from them, and one thread adds the documents in the
//! order of reading. So a commit contains everything before one record, and the timing of the threads never changes the
//! result. The number of bytes in work is bounded: see `ordered.rs`.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};
use crate::index::{Index, Writer};
use morgue_article::{Skip, SkipReason};
use morgue_read::read::{self, File};

mod adder;
mod event;
mod pipeline;
mod prune;
mod raw;
mod step;
mod tally;

pub use event::{Event, EventAnswer};
pub use tally::{Options, Prune, Tally};

use adder::{Adder, stamp};
use event::Reporter;
use pipeline::Source;

/// Reads all files below `roots` into `index`. `on_event` is called on the calling thread; it returns nothing, or a
/// [`ControlFlow`](std::ops::ControlFlow) to stop the run.
///
/// A run that is stopped, by `on_event` or by [`Options::cancel`], commits what it has read and returns its tally with
/// [`Tally::cancelled`]. The next run goes on there.
///
/// # Errors
/// If a root does not exist, if the index cannot be written, and [`Error::PruneRefused`]. Records that cannot be used are
/// not errors but [`Event::Skipped`].
///
/// ```
/// use morgue::{Index, Options, ingest};
/// use morgue::ingest::Event;
///
/// let folder = tempfile::tempdir()?;
/// let line = r#"{"title": "Levee holds", "body": "The levee of Oxmouth held on Monday, the mayor said."}"#;
/// std::fs::write(folder.path().join("a.jsonl"), line)?;
/// let index = Index::open_or_create(folder.path().join("index"))?;
/// let tally = ingest([folder.path().join("a.jsonl")], &index, &Options::default(), |event| {
///     if let Event::Skipped(skip) = event {
///         eprintln!("{skip}");
///     }
/// })?;
/// assert_eq!(tally.added, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn ingest<P: AsRef<Path>, A: EventAnswer>(
    roots: impl IntoIterator<Item = P>,
    index: &Index,
    options: &Options,
    mut on_event: impl FnMut(Event<'_>) -> A,
) -> Result<Tally> {
    let mut writer = index.open_writer(options.worker_threads(), &options.cancel)?;
    let mut tally = Tally::default();
    let mut answer = |event: Event<'_>| on_event(event).flow();
    let mut reporter = Reporter::new(&options.cancel, &mut answer);
    let mut files: Vec<File> = Vec::new();
    let mut walked: Vec<prune::Root> = Vec::new();
    for root in roots {
        let root = root.as_ref();
        let found = walk(root, &mut writer, |skip| {
            *tally.files_skipped.entry(skip.reason).or_default() += 1;
            reporter.report(Event::Skipped(skip));
        })?;
        tally.roots.push(found.root.name.clone());
        walked.push(found.root);
        files.extend(found.files);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    reporter.report(Event::Found { files: files.len() as u64, bytes: files.iter().map(|file| file.size).sum() });
    tally.files += files.len() as u64;

    let gone = prune::gone(&writer, &walked, &files, options.prune)?;
    let changed = changed_files(&files, &mut writer, options, &mut tally)?;
    let mut adder = Adder::new(writer, options, &mut tally, reporter);
    let removed = adder.remove_files(gone);
    let outcome = removed.and_then(|()| read_files(&files, changed, options, &mut adder));
    adder.finish(outcome)?;
    Ok(tally)
}

/// Reads the changed files. If the winning record of an id was removed, it also reads the files whose records that one
/// had shadowed.
fn read_files(files: &[File], changed: Vec<&File>, options: &Options, adder: &mut Adder<'_>) -> Result<()> {
    let mut to_read = changed;
    loop {
        let sources = to_read.into_iter().map(|file| Source::File(file.clone(), adder.first_record(file)));
        pipeline::run(sources.collect(), options, adder)?;
        let freed = adder.take_freed();
        to_read = files.iter().filter(|file| freed.contains(&file.name)).collect();
        if to_read.is_empty() {
            return Ok(());
        }
    }
}

/// Reads one stream (standard input) into `index`. `name` is its path in origins and local ids. Records of an earlier
/// stream of the same name stay; a record of this stream with the same id replaces them. Records without an id get one
/// from their content.
///
/// # Errors
/// If the index cannot be written.
pub fn ingest_stream<A: EventAnswer>(
    name: &str,
    stream: impl Read + Send,
    index: &Index,
    options: &Options,
    mut on_event: impl FnMut(Event<'_>) -> A,
) -> Result<Tally> {
    let writer = index.open_writer(options.worker_threads(), &options.cancel)?;
    let mut tally = Tally { files: 1, roots: vec![name.to_owned()], ..Tally::default() };
    let mut answer = |event: Event<'_>| on_event(event).flow();
    let mut adder = Adder::new(writer, options, &mut tally, Reporter::new(&options.cancel, &mut answer));
    let outcome = pipeline::run(vec![Source::Stream(name, Box::new(stream))], options, &mut adder);
    adder.finish(outcome)?;
    Ok(tally)
}

/// The result of [`walk`].
struct WalkedRoot {
    root: prune::Root,
    files: Vec<File>,
}

/// All files below `root`. Their names begin with the name under which the index knows the root.
fn walk(root: &Path, writer: &mut Writer, mut on_skip: impl FnMut(&Skip)) -> Result<WalkedRoot> {
    let real = read::real_path(root).map_err(Error::io("read", root))?;
    let given = read::root_name(root);
    let name = writer.root_name(real, &given)?;
    let known_as = |walked: &str| walked.strip_prefix(&*given).map(|rest| join(&name, rest));
    let mut walked = WalkedRoot { root: prune::Root { name: name.clone(), unread: Vec::new() }, files: Vec::new() };
    for found in read::walk(root) {
        match found {
            Ok(mut file) => {
                if let Some(name) = known_as(&file.name).filter(|_| name != *given) {
                    file.name = name.into();
                }
                walked.files.push(file);
            }
            Err(skip) => {
                if skip.reason == SkipReason::Unreadable {
                    let path = read::root_name(&skip.path);
                    walked.root.unread.push(known_as(&path).unwrap_or_else(|| name.clone()));
                }
                on_skip(&skip);
            }
        }
    }
    Ok(walked)
}

/// The path `rest` below the folder `name`.
fn join(name: &str, rest: &str) -> String {
    match rest.trim_start_matches('/') {
        "" => name.to_owned(),
        rest => format!("{}/{rest}", name.trim_end_matches('/')),
    }
}

/// The files that have changed since they were read. The others are counted in `tally`.
fn changed_files<'f>(
    files: &'f [File],
    writer: &mut Writer,
    options: &Options,
    tally: &mut Tally,
) -> Result<Vec<&'f File>> {
    if options.reread {
        return Ok(files.iter().collect());
    }
    let mut changed = Vec::new();
    for file in files {
        match writer.unchanged(&file.name, stamp(file), || file.digest().ok())? {
            Some(counts) => {
                tally.files_unchanged += 1;
                tally.count_unchanged(&counts);
            }
            None => changed.push(file),
        }
    }
    Ok(changed)
}
