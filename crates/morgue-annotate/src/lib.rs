//! What an article names: people, organisations, places, and days.

use morgue_article::token::Tokens;
use morgue_article::{Annotations, Article};

pub mod dates;
pub mod entities;

/// Finds names and dates; holds the model's scratch memory, so keep one a thread.
pub struct Annotator {
    entities: entities::Finder,
}

impl Annotator {
    /// Loads the model.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Annotator {
        Annotator { entities: entities::Finder::new() }
    }

    /// Annotates an article of which `tokens` are the tokens.
    pub fn annotate(&mut self, article: &Article, tokens: &Tokens) -> Annotations {
        Annotations { entities: self.entities.find(article, tokens), dates: dates::find(article) }
    }
}
