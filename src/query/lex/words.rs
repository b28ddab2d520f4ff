//! The lexer's part for bare words: plain words, wildcards, fuzzy words, their weights; and `*`.

use super::{Lexeme, Lexer, Prefix};
use crate::query::chunk::{self, Suffix};
use crate::query::notes::brief;
use crate::query::{FieldName, Node, QueryError};

impl Lexer<'_, '_> {
    /// Reads a word, wildcard, fuzzy word or `*`.
    pub(super) fn word(&mut self, prefix: Prefix, may_be_special: bool) -> Result<(), QueryError> {
        let start = self.at;
        if may_be_special && self.star(prefix.field)? {
            return Ok(());
        }
        let escaped = may_be_special && self.peek() == Some('\\');
        let from = chunk::start(self.text, start + usize::from(escaped), !escaped);
        let mut end = chunk::end(self.text, from, prefix.any || escaped);
        if !escaped && self.text[from..end].contains(['*', '?', '~']) {
            end = chunk::end(self.text, from, false);
        }
        let typed = &self.text[from..end];
        self.at = end;
        if escaped || chunk::is_address(typed) && !typed.contains('*') {
            self.push_word(chunk::trim(typed, false), prefix.exact, start);
            return Ok(());
        }
        let (typed, boost) = match chunk::split_suffix(typed) {
            Some((word, Suffix::Caret(_))) if is_formula(word) => {
                self.notes.add(format!(
                    "{} is read as text; for a weight write ({}){}",
                    brief(typed),
                    brief(word),
                    brief(&typed[word.len()..])
                ));
                (typed, None)
            }
            Some((word, Suffix::Caret(number))) if ends_word(word) => (word, Some(number)),
            _ => (typed, None),
        };
        let pushed = self.lexemes.len();
        self.word_or_wildcard(typed, prefix.exact, start)?;
        match boost {
            Some(number) if self.lexemes.len() > pushed => self.boost(number, from + typed.len()),
            _ => Ok(()),
        }
    }

    /// Reads a `*` by itself: every article, or every article that has the field.
    fn star(&mut self, field: Option<FieldName>) -> Result<bool, QueryError> {
        let start = self.at;
        let Some(after) = self.text[start..].strip_prefix('*') else { return Ok(false) };
        let boost = chunk::suffix(after).filter(|(suffix, _)| matches!(suffix, Suffix::Caret(_)));
        let next = after[boost.map_or(0, |(_, length)| length)..].chars().next();
        if !next.is_none_or(chunk::ends_chunk) {
            return Ok(false);
        }
        self.at += 1;
        match field {
            Some(field) => {
                let start = self.lexemes.pop().map_or(start, |field| field.at.start);
                self.push(Lexeme::Leaf(Node::Has(field)), start);
            }
            None => self.push(Lexeme::Leaf(Node::All), start),
        }
        self.boost_after_close()?;
        Ok(true)
    }

    fn word_or_wildcard(&mut self, typed: &str, exact: bool, start: usize) -> Result<(), QueryError> {
        if let Some((word, Suffix::Tilde(digits))) = chunk::split_suffix(typed)
            && ends_word(word)
            && word.chars().all(chunk::is_inside_word)
        {
            let word = chunk::trim(word, true);
            if chunk::is_wild(word) {
                self.notes.add(format!("~ is ignored after the wildcard {}", brief(word)));
                self.push(Lexeme::Leaf(Node::Wildcard(word.to_string())), start);
                return Ok(());
            }
            let edits = match digits {
                "" | "1" => 1,
                "2" => 2,
                _ => {
                    let message = format!("~{} is more letters than a fuzzy word can differ by", brief(digits));
                    return Err(QueryError::new(
                        start..self.at,
                        message,
                        "write ~1 or ~2; for words inside a phrase write \"a b\"~3",
                    ));
                }
            };
            let text = chunk::trim(word, false).to_string();
            if !text.is_empty() {
                self.push(Lexeme::Leaf(Node::Fuzzy { text, edits }), start);
            }
            return Ok(());
        }
        let trimmed = chunk::trim(typed, true);
        if chunk::is_wild(trimmed) {
            self.push(Lexeme::Leaf(Node::Wildcard(trimmed.to_string())), start);
            return Ok(());
        }
        self.note_what_is_text(typed);
        self.push_word(chunk::trim(trimmed, false), exact, start);
        Ok(())
    }

    /// Adds a note if a word looks like an operator of this or another program but is text.
    fn note_what_is_text(&mut self, typed: &str) {
        if let Some(word) = typed.strip_suffix('!')
            && word.len() >= 3
            && word.chars().all(char::is_lowercase)
        {
            self.notes.add(format!("{} is read as text; for endings write {0}*", brief(typed)).replace("!*", "*"));
        }
        if let Some((word, _)) = typed.split_once("-*")
            && word.ends_with(chunk::is_letter)
        {
            self.notes.add(format!("* counts only next to a letter or digit: {} is read as text", brief(typed)));
        }
        if let Some((name, _)) = typed.split_once(':')
            && name.chars().any(char::is_uppercase)
            && FieldName::named(&name.to_lowercase()).is_some()
        {
            self.notes.add(format!(
                "{} is read as text; fields are lower case: {}:",
                brief(typed),
                name.to_lowercase()
            ));
        }
    }

    pub(super) fn push_word(&mut self, text: &str, exact: bool, start: usize) {
        if !text.is_empty() {
            self.push(Lexeme::Leaf(Node::Word { text: text.to_string(), exact }), start);
        }
    }
}

/// Whether `text` ends a word, so that `~` or `^` may follow.
fn ends_word(text: &str) -> bool {
    text.ends_with(|c: char| chunk::is_letter(c) || matches!(c, '*' | '+' | '#' | '.' | '~'))
        || chunk::split_suffix(text).is_some()
}

/// `mc^2`, `m^2`, `E=mc^2`: not a word with a weight.
fn is_formula(word: &str) -> bool {
    word.contains('=') || word.len() <= 2 && word.bytes().all(|b| b.is_ascii_lowercase())
}
