//! Finds the entities of an article: the model labels the words, and rules make entities of the labels.

use std::sync::Arc;

use morgue_article::token::Tokens;
use morgue_article::{Article, Entity};

use super::label::Label;
use super::model::TaggerModel;
use super::resolve;
use super::tagger::{Tagger, TaggerInput};

/// Finds people, organisations and places in articles. It holds scratch memory: keep one per thread.
///
/// ```
/// use morgue_annotate::entities::EntityFinder;
/// use morgue_article::token::{Stemming, Tokenizer, Tokens};
/// use morgue_article::{Article, EntityKind, Zone};
///
/// let mut article = Article::default();
/// article.push(Zone::Body, "The World Health Organization (WHO) said that the flu had reached Peru.");
/// let mut tokens = Tokens::default();
/// Tokenizer::new(Stemming::None).article(&article, &mut tokens);
///
/// let entities = EntityFinder::new().find(&article, &tokens);
/// assert_eq!(entities[0].name, "World Health Organization");
/// assert_eq!(&article.text[entities[0].mentions[1].clone()], "WHO");
/// assert_eq!(entities[1].kind, EntityKind::Place);
/// ```
pub struct EntityFinder {
    model: Arc<TaggerModel>,
    input: TaggerInput,
    tagger: Tagger,
    labels: Vec<Label>,
}

impl EntityFinder {
    /// Makes a finder with the model that the crate carries. The model is loaded once for all threads.
    #[allow(clippy::new_without_default)] // Loading a model is more than a default value.
    pub fn new() -> EntityFinder {
        EntityFinder::with_model(TaggerModel::embedded())
    }

    /// Makes a finder that uses another model.
    pub(crate) fn with_model(model: Arc<TaggerModel>) -> EntityFinder {
        EntityFinder { model, input: TaggerInput::default(), tagger: Tagger::default(), labels: Vec::new() }
    }

    /// All entities of an article, in order of first mention. `tokens` are the tokens of this article.
    pub fn find(&mut self, article: &Article, tokens: &Tokens) -> Vec<Entity> {
        self.input.fill(article, tokens);
        self.tagger.label(&article.text, &self.input, &self.model, &mut self.labels);
        resolve::entities(article, &self.input.words, &self.labels)
    }
}
