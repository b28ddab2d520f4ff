//! Sources in, steps for the adder out, in the order of reading: files are cut into records by one thread, and the ordered
//! pool makes a document of each.

use std::io::Read;
use std::iter;

use super::adder::Adder;
use super::step::Step;
use super::tally::Options;
use crate::articles::{MAX_BYTES_UNDER_WAY, RECORD_COST, Stages, article_of_record, guarded};
use crate::error::Result;
use crate::index::{Prepared, Preparer, id_by_content};
use crate::ordered;
use morgue_article::{Article, Skip};
use morgue_read::read::{self, File, Record};

/// Something to read.
pub(super) enum Source<'s> {
    /// A file, and the number of its first record that has yet to be read.
    File(File, u64),
    /// A stream and its name.
    Stream(&'s str, Box<dyn Read + Send + 's>),
}

/// What goes through the pool: most records need work, all other steps only keep their place.
enum Job {
    Record(Record),
    Step(Step),
}

/// Reads all sources and hands every step to the adder.
pub(super) fn run(sources: Vec<Source<'_>>, options: &Options, adder: &mut Adder<'_>) -> Result<()> {
    let is_stream = sources.iter().any(|source| matches!(source, Source::Stream(..)));
    let workers = (0..options.worker_threads())
        .map(|_| {
            let mut worker = Worker { preparer: adder.preparer(), stages: Stages::new(), is_stream };
            move |job| worker.work(job, options)
        })
        .collect();
    let jobs = sources.into_iter().flat_map(move |source| jobs_of(source, options));
    let settings =
        ordered::Settings { max_bytes: MAX_BYTES_UNDER_WAY, job_bytes: Job::bytes, cancel: options.cancel.clone() };
    let read: Result<()> = ordered::ordered(jobs, workers, &settings, |steps| {
        for step in steps {
            adder.take(step)?;
        }
        Ok(())
    });
    read?;
    adder.check() // a cancelled pool ends without an error
}

/// The steps of one source, in order, from its first record that has yet to be read.
fn jobs_of<'s>(source: Source<'s>, options: &Options) -> impl Iterator<Item = Job> + use<'s> {
    let (file, records, first) = match source {
        Source::File(file, first) => {
            let records = read::open(&file, &options.read);
            (Some(file), records, first)
        }
        Source::Stream(name, stream) => (None, read::open_stream(name, stream, &options.read), 1),
    };
    let bytes = file.as_ref().map_or(0, |file| file.size);
    let jobs = records.filter_map(move |record| match record {
        Ok(record) => (record.origin.record >= first).then_some(Job::Record(record)),
        Err(skip) if skip.record.is_some_and(|record| record < first) => None,
        Err(skip) => Some(Job::Step(Step::Skipped(skip))),
    });
    iter::once(Job::Step(Step::Begin(file))).chain(jobs).chain(iter::once(Job::Step(Step::End { bytes })))
}

impl Job {
    /// Bytes that it counts as while it is under way.
    fn bytes(&self) -> usize {
        match self {
            Job::Record(record) => record.size() + RECORD_COST,
            Job::Step(_) => RECORD_COST,
        }
    }
}

/// Makes documents of records, on one thread.
struct Worker {
    preparer: Preparer,
    stages: Stages,
    /// Whether records come from a stream. The next stream of the same name may have other records with these numbers.
    is_stream: bool,
}

impl Worker {
    fn work(&mut self, job: Job, options: &Options) -> Step {
        let record = match job {
            Job::Record(record) => record,
            Job::Step(step) => return step,
        };
        match guarded(record, |record| self.document(record, options)) {
            Ok(document) => Step::Article(Box::new(document)),
            Err(skip) => Step::Skipped(skip),
        }
    }

    fn document(&mut self, record: Record, options: &Options) -> std::result::Result<Prepared, Skip> {
        let mut article = article_of_record(record, &options.read)?;
        if self.is_stream && article.own_id.is_none() && article.id == id_by_number(&article) {
            article.id = id_by_content(&article);
        }
        let annotations = self.stages.annotate(&article);
        let Stages { tokenizer, tokens, .. } = &mut self.stages;
        Ok(self.preparer.prepare(&article, &annotations, tokens, tokenizer))
    }
}

/// The id that the normalizer gives an article without an id of its own.
fn id_by_number(article: &Article) -> String {
    format!("{}#{}", article.origin.path, article.origin.record)
}
