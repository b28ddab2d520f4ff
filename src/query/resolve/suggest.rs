//! Notes on words that no article has, with a suggestion, and on marked forms that few articles have.

use super::Resolver;
use crate::query::{MAX_EXPANSIONS, WordPattern};
use morgue_article::token::{Form, TypedWord};

/// The greatest number of words of one query for which a suggestion is looked up.
const MAX_SUGGESTIONS: usize = 8;

/// There is a note if the plain form is in more than this number of times the articles of the marked form.
const MANY_MORE: u64 = 3;

impl Resolver<'_> {
    /// Adds a note if no article has the word, or if many more articles have its plain form.
    pub(super) fn note_about(&mut self, word: &TypedWord, forms: &[(Form, String)]) {
        let Some((form, text)) = word.exact.first() else { return };
        let docs = |form: Form, text: &str| self.dictionary.docs(None, form, text);
        if *form == Form::Marked {
            let plain = text.to_lowercase();
            let (marked, unmarked) = (docs(Form::Marked, text), docs(Form::Exact, &plain));
            if unmarked > marked * MANY_MORE && text.chars().all(char::is_alphabetic) {
                let articles = if unmarked == 1 { "article" } else { "articles" };
                self.notes.add(format!("{text} is looked for in capitals only; {plain} finds {unmarked} {articles}"));
            }
            return;
        }
        if forms.iter().any(|(form, text)| docs(*form, text) > 0) || !self.may_suggest() {
            return;
        }
        match self.near_word(text) {
            Some(near) => self.notes.add(format!("no article has {text}; did you mean {near}?")),
            None => self.notes.add(format!("no article has {text}")),
        }
    }

    /// Counts a look-up. Returns whether it is allowed.
    pub(super) fn may_suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MAX_SUGGESTIONS
    }

    /// The best word one or two edits away: the one with the fewest edits, then with the same first letter, then in the
    /// greatest number of articles. A number has no suggestion: 1989 is not a typing error for 1998.
    fn near_word(&self, text: &str) -> Option<String> {
        let has_digit = |text: &str| text.contains(char::is_numeric);
        if has_digit(text) {
            return None;
        }
        let letters = text.chars().count();
        let first = text.chars().next();
        (1..=2).filter(|edits| letters > 2 * usize::from(*edits)).find_map(|edits| {
            let near = self.dictionary.expand(None, &WordPattern::fuzzy(text, edits), MAX_EXPANSIONS);
            let best = near.terms.into_iter().filter(|term| term.docs > 0 && !has_digit(&term.text)).max_by(|a, b| {
                let rank = |text: &str| text.chars().next() == first;
                rank(&a.text).cmp(&rank(&b.text)).then(a.docs.cmp(&b.docs)).then_with(|| b.text.cmp(&a.text))
            });
            best.map(|term| term.text)
        })
    }
}
