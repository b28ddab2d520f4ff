//! People, organisations and places.

use crate::article::{Article, Entity};
use crate::token::Tokens;

/// Finds names in articles; holds the model and its scratch memory.
pub struct Finder {}

impl Finder {
    /// Loads the model.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Finder {
        Finder {}
    }

    /// All entities of an article of which `tokens` are the tokens, in order of first mention.
    pub fn find(&mut self, article: &Article, tokens: &Tokens) -> Vec<Entity> {
        let _ = (article, tokens);
        Vec::new()
    }
}
