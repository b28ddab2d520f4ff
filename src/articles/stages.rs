//! One record's way to an annotated article: read, normalize, cut into tokens, annotate.

use std::panic::{AssertUnwindSafe, catch_unwind};

use morgue_annotate::Annotator;
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use morgue_article::{Annotations, Article, Skip};
use morgue_read::normalize::normalize;
use morgue_read::read::{self, Record};

/// The stages between a record and an annotated article. It holds the buffers of the tokenizer and of the annotator:
/// each thread has its own.
pub(crate) struct Stages {
    pub(crate) tokenizer: Tokenizer,
    /// The tokens of the article that was annotated last.
    pub(crate) tokens: Tokens,
    annotator: Annotator,
}

impl Stages {
    pub(crate) fn new() -> Stages {
        let tokenizer = Tokenizer::new(Stemming::default());
        Stages { tokenizer, tokens: Tokens::default(), annotator: Annotator::new() }
    }

    /// Finds names and days in an article, and leaves its tokens in [`Stages::tokens`].
    pub(crate) fn annotate(&mut self, article: &Article) -> Annotations {
        self.tokenizer.article(article, &mut self.tokens);
        self.annotator.annotate(article, &self.tokens)
    }
}

/// Reads and normalizes one record.
pub(crate) fn article_of_record(record: Record, options: &read::Options) -> Result<Article, Skip> {
    normalize(record.read(options)?)
}

/// Runs `work` on a record. A panic costs this record only: it becomes a [`Skip`] with the reason `Fault`.
pub(crate) fn guarded<T>(record: Record, work: impl FnOnce(Record) -> Result<T, Skip>) -> Result<T, Skip> {
    let origin = record.origin.clone();
    let outcome = catch_unwind(AssertUnwindSafe(|| work(record)));
    outcome.unwrap_or_else(|_| Err(read::panic_skip(&origin.path, Some(origin.record))))
}
