//! People, organisations and places: a linear model finds their **mentions**, rules put the mentions of one entity
//! together under its fullest name, and a key groups its spellings across articles.

use std::sync::Arc;

use morgue_article::token::Tokens;
use morgue_article::{Article, Entity};

pub mod features;
mod initials;
mod key;
pub mod label;
pub mod lexicon;
pub mod model;
mod people;
mod places;
mod resolve;
mod roles;
mod shortened;
mod stretch;
pub mod tagger;
pub mod words;

pub use key::{is_named, key};

use label::Label;
use model::Model;
use tagger::{Sheet, Tagger};

/// Finds names in articles; holds the model and its scratch memory.
pub struct Finder {
    model: Arc<Model>,
    sheet: Sheet,
    tagger: Tagger,
    labels: Vec<Label>,
}

impl Finder {
    /// Loads the model, once for all threads.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Finder {
        Finder::with(Model::embedded())
    }

    /// A finder that works by another model.
    pub fn with(model: Arc<Model>) -> Finder {
        Finder { model, sheet: Sheet::default(), tagger: Tagger::default(), labels: Vec::new() }
    }

    /// All entities of an article of which `tokens` are the tokens, in order of first mention.
    pub fn find(&mut self, article: &Article, tokens: &Tokens) -> Vec<Entity> {
        self.sheet.fill(article, tokens);
        self.tagger.label(&article.text, &self.sheet, &self.model, &mut self.labels);
        resolve::entities(article, &self.sheet.words, &self.labels)
    }
}

#[cfg(test)]
mod tests;
