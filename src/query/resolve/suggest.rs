//! Did you mean: words that no article has, and marked forms that few have.

use super::Resolver;
use crate::query::{MAX_EXPANSIONS, WordPattern};
use morgue_article::token::{Form, TypedWord};

/// For more words than this of one query nothing is suggested.
const MOST_SUGGESTIONS: usize = 8;

/// A note tells that a plain form is in so many times more articles than the marked one.
const MANY_MORE: u64 = 3;

impl Resolver<'_> {
    /// Notes that a word is in no article, or in its plain form in many more.
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

    /// Counts one more look-up, if there may be one.
    pub(super) fn may_suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MOST_SUGGESTIONS
    }

    /// The best word one or two edits away: fewest edits, then the same first letter, then most articles. None for
    /// numbers: 1989 is no slip for 1998.
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
