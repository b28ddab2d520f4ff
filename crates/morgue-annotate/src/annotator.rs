//! Names and dates of one article in one call.

use morgue_article::token::Tokens;
use morgue_article::{Annotations, Article};

use crate::dates;
use crate::entities::EntityFinder;

/// Finds names and dates. It holds scratch memory: keep one per thread.
pub struct Annotator {
    entities: EntityFinder,
}

impl Annotator {
    /// Makes an annotator with the model that the crate carries. The model is loaded once for all threads.
    #[allow(clippy::new_without_default)] // Loading a model is more than a default value.
    pub fn new() -> Annotator {
        Annotator { entities: EntityFinder::new() }
    }

    /// Annotates an article. `tokens` must be the tokens that [`Tokenizer::article`](morgue_article::token::Tokenizer::article)
    /// makes of it; any [`Stemming`](morgue_article::token::Stemming) works.
    pub fn annotate(&mut self, article: &Article, tokens: &Tokens) -> Annotations {
        Annotations { entities: self.entities.find(article, tokens), dates: dates::find(article) }
    }
}
