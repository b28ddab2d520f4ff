//! Reader, workers and adder at work: what goes in as records comes out in the same order as documents.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::{Receiver, Sender, unbounded};
use xxhash_rust::xxh3::xxh3_64;

use super::adder::Adder;
use super::gate::Gate;
use super::step::Step;
use super::tally::Options;
use crate::error::Result;
use crate::index::{Prepared, Preparer};
use morgue_annotate::Annotator;
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use morgue_article::{Article, Skip};
use morgue_read::normalize::normalize;
use morgue_read::read::{self, File, Record, Records};

/// Bytes of records that are under way at most; one larger record goes alone.
const UNDER_WAY: usize = 48 << 20;
/// What a record costs besides its own bytes while it is under way.
const RECORD_COST: usize = 4 << 10;

/// Something to read.
pub(super) enum Source<'s> {
    /// A file, and the number of its first record that has yet to be read.
    File(File, u64),
    Stream(&'s str, Box<dyn Read + Send + 's>),
}

/// A step, its place, and the room it takes.
type Placed<T> = (u64, usize, T);

/// Reads all sources and hands every step to the adder.
pub(super) fn run(sources: Vec<Source<'_>>, options: &Options, adder: &mut Adder<'_>) -> Result<()> {
    let gate = Gate::new(UNDER_WAY);
    let (to_workers, jobs) = unbounded::<Placed<Record>>();
    let (to_adder, done) = unbounded::<Placed<Step>>();
    let is_stream = sources.iter().any(|source| matches!(source, Source::Stream(..)));
    std::thread::scope(|scope| {
        for _ in 0..options.worker_threads() {
            let (jobs, to_adder, preparer) = (jobs.clone(), to_adder.clone(), adder.preparer());
            let worker = Worker::new(preparer, is_stream);
            scope.spawn(move || worker.work(&jobs, &to_adder, options));
        }
        let reader = Reader { gate: &gate, to_workers, to_adder, next: 0 };
        scope.spawn(move || reader.read(sources, options));
        drop(jobs);
        let outcome = in_order(&done, &gate, |step| adder.take(step));
        gate.close();
        outcome
    })
}

/// Puts steps back in order and hands them on.
fn in_order(done: &Receiver<Placed<Step>>, gate: &Gate, mut take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    let mut early: BTreeMap<u64, (usize, Step)> = BTreeMap::new();
    let mut next = 0;
    for (place, room, step) in done {
        early.insert(place, (room, step));
        while let Some((room, step)) = early.remove(&next) {
            take(step)?;
            gate.leave(room);
            next += 1;
        }
    }
    Ok(())
}

/// Cuts sources into records.
struct Reader<'r> {
    gate: &'r Gate,
    to_workers: Sender<Placed<Record>>,
    to_adder: Sender<Placed<Step>>,
    next: u64,
}

impl Reader<'_> {
    /// Reads all sources, each from its first record that has yet to be read.
    fn read(mut self, sources: Vec<Source<'_>>, options: &Options) {
        for source in sources {
            let (file, records, first) = match source {
                Source::File(file, first) => {
                    let records = read::open(&file, &options.read);
                    (Some(file), records, first)
                }
                Source::Stream(name, stream) => (None, read::open_stream(name, stream, &options.read), 1),
            };
            let bytes = file.as_ref().map_or(0, |file| file.size);
            if !self.pass(Step::Begin(file)) || !self.cut(records, first) || !self.pass(Step::End { bytes }) {
                return;
            }
        }
    }

    /// Sends all records from number `first` on; false when nobody listens any more.
    fn cut(&mut self, mut records: Records<'_>, first: u64) -> bool {
        loop {
            let Some(record) = records.next() else { return true };
            let going_on = match record {
                Ok(record) if record.origin.record < first => true,
                Ok(record) => {
                    let (place, room) = (self.place(), record.size() + RECORD_COST);
                    self.gate.enter(room) && self.to_workers.send((place, room, record)).is_ok()
                }
                Err(skip) if skip.record.is_some_and(|record| record < first) => true,
                Err(skip) => self.pass(Step::Skipped(skip)),
            };
            if !going_on {
                return false;
            }
        }
    }

    fn place(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// Sends a step that needs no work.
    fn pass(&mut self, step: Step) -> bool {
        let place = self.place();
        self.gate.enter(RECORD_COST) && self.to_adder.send((place, RECORD_COST, step)).is_ok()
    }
}

/// Makes documents of records.
struct Worker {
    preparer: Preparer,
    tokenizer: Tokenizer,
    tokens: Tokens,
    annotator: Annotator,
    /// Whether records come from a stream, of which another of the same name may have other records.
    is_stream: bool,
}

impl Worker {
    fn new(preparer: Preparer, is_stream: bool) -> Worker {
        let tokenizer = Tokenizer::new(Stemming::default());
        Worker { preparer, tokenizer, tokens: Tokens::default(), annotator: Annotator::new(), is_stream }
    }

    /// Makes documents until there are no more records.
    fn work(mut self, jobs: &Receiver<Placed<Record>>, to_adder: &Sender<Placed<Step>>, options: &Options) {
        for (place, room, record) in jobs {
            let origin = record.origin.clone();
            // As in the reader: a fault costs this record only.
            let made = catch_unwind(AssertUnwindSafe(|| self.make(record, options)));
            let step = match made {
                Ok(Ok(article)) => Step::Article(Box::new(article)),
                Ok(Err(skip)) => Step::Skipped(skip),
                Err(_) => Step::Skipped(read::panic_skip(&origin.path, Some(origin.record))),
            };
            if to_adder.send((place, room, step)).is_err() {
                return;
            }
        }
    }

    fn make(&mut self, record: Record, options: &Options) -> std::result::Result<Prepared, Skip> {
        let raw = record.read(&options.read)?;
        let mut article = normalize(raw)?;
        if self.is_stream
            && article.own_id.is_none()
            && article.id == format!("{}#{}", article.origin.path, article.origin.record)
        {
            article.id = id_by_content(&article);
        }
        self.tokenizer.article(&article, &mut self.tokens);
        let annotations = self.annotator.annotate(&article, &self.tokens);
        Ok(self.preparer.prepare(&article, &annotations, &self.tokens, &mut self.tokenizer))
    }
}

/// The id of an article of a stream that has none of its own. Its record's number would be that of another article in
/// the next stream.
fn id_by_content(article: &Article) -> String {
    let published = article.published.map(|published| published.span.to_string());
    let content = (&article.source, published, &article.text);
    let content = format!("{content:?}");
    format!("{}#{:016x}", article.origin.path, xxh3_64(content.as_bytes()))
}
