//! The text around an expression, where it decides whether the expression is a date.

use super::ExpressionParser;

impl ExpressionParser<'_> {
    /// The word before byte `at`, if one blank is between them; else an empty string.
    pub(super) fn text_before(&self, at: usize) -> &str {
        let before = &self.text[..at];
        let Some(before) = before.strip_suffix([' ', '\u{a0}']) else { return "" };

        let start = before
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        &before[start..]
    }

    /// The word after byte `at`, if one blank or hyphen is between them; else an empty string.
    pub(super) fn text_after(&self, at: usize) -> &str {
        let after = &self.text[at..];
        let Some(after) = after.strip_prefix([' ', '\u{a0}', '-']) else { return "" };
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        &after[..end]
    }

    /// Whether the word before byte `at`, after one blank, is in `list`.
    pub(super) fn is_after_one_of(&self, at: usize, list: &[&str]) -> bool {
        let word = self.text_before(at);
        !word.is_empty() && list.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// Whether the word after byte `at`, after one blank or hyphen, is in `list`.
    pub(super) fn is_before_one_of(&self, at: usize, list: &[&str]) -> bool {
        let word = self.text_after(at);
        !word.is_empty() && list.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// Whether the number at byte `at` is the name of a thing: `Flight 1917`, `No. 1917`.
    pub(super) fn is_after_identifier(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches([' ', '\u{a0}', '.']);
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let list = self.lexicon.language.before_identifiers;
        before.len() < at && list.iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// Whether an address follows: one or two capitalised words and a kind of street, as in `1917 Avenue` and `2019
    /// Main St`.
    pub(super) fn is_address(&self, end: usize) -> bool {
        let mut at = end;
        for _ in 0..3 {
            let word = self.text_after(at);
            if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
                return false;
            }
            if self.lexicon.language.streets.iter().any(|street| street.eq_ignore_ascii_case(word)) {
                return true;
            }
            at += 1 + word.len();
            if !self.text.is_char_boundary(at) {
                return false;
            }
        }
        false
    }

    /// Whether the article is about a ball game. The quarters and halves of games are not dates.
    pub(super) fn is_about_a_game(&self) -> bool {
        *self.is_game.get_or_init(|| {
            let has = |word: &&str| memchr::memmem::find(self.article.as_bytes(), word.as_bytes()).is_some();
            self.lexicon.language.games.iter().any(has)
        })
    }
}
