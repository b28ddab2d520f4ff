//! People, organisations and places: a linear model finds their **mentions**, rules put the mentions of one entity
//! together under its fullest name, and a key groups its spellings across articles.

use crate::article::{Article, Entity};
use crate::token::Tokens;

pub mod features;
pub mod label;
pub mod lexicon;
pub mod model;
mod stretch;
pub mod tagger;
pub mod words;

use label::Label;
use model::Model;
use tagger::{Sheet, Tagger};

/// Finds names in articles; holds the model and its scratch memory.
pub struct Finder {
    model: &'static Model,
    sheet: Sheet,
    tagger: Tagger,
    labels: Vec<Label>,
}

impl Finder {
    /// Loads the model, once for all threads.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Finder {
        Finder { model: Model::embedded(), sheet: Sheet::default(), tagger: Tagger::default(), labels: Vec::new() }
    }

    /// All entities of an article of which `tokens` are the tokens, in order of first mention.
    pub fn find(&mut self, article: &Article, tokens: &Tokens) -> Vec<Entity> {
        self.sheet.fill(article, tokens);
        self.tagger.label(&article.text, &self.sheet, self.model, &mut self.labels);
        Vec::new()
    }
}
