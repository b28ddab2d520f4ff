//! The lexer's part for operands that are not bare words: phrases, days, regular expressions; and for weights.

use std::ops::Range;

use super::{Lexeme, Lexer};
use crate::query::chunk::{self, Suffix};
use crate::query::notes::brief;
use crate::query::{DayField, FieldName, Node, QueryError, days};

/// The greatest length of a regular expression, in bytes.
const LONGEST_REGEX: usize = 1000;

/// The greatest weight.
const MAX_BOOST: f32 = 1000.0;

impl Lexer<'_, '_> {
    /// Reads a phrase in quotes, or days in quotes.
    pub(super) fn quoted(
        &mut self,
        open: char,
        days: Option<DayField>,
        may_be_special: bool,
    ) -> Result<(), QueryError> {
        let start = self.at;
        let inside = start + open.len_utf8();
        let next_is_blank = self.text[inside..].chars().next().is_none_or(|c| c.is_whitespace() || c == ')');
        // A quote right after a word and before a blank does not begin a phrase: it means inches, or ends a phrase whose
        // beginning is missing.
        let after_word = self.text[..start].ends_with(chunk::is_letter);
        let close = if after_word && next_is_blank { None } else { self.closers.close(open, inside) };
        let content = match close {
            Some(end) => {
                let length = self.text[end..].chars().next().map_or(0, char::len_utf8);
                self.at = end + length;
                self.after_close = true;
                &self.text[inside..end]
            }
            None if !may_be_special || next_is_blank => {
                self.at = inside;
                self.notes.add(format!("the quote at byte {start} has no partner and is ignored"));
                return Ok(());
            }
            None => {
                self.at = self.text.len();
                self.notes.add(format!("the quote at byte {start} is not closed: all after it is read as one phrase"));
                &self.text[inside..]
            }
        };
        if let Some(field) = days {
            self.push_days(field, content.trim(), inside..inside + content.len(), start)?;
            return self.boost_after_close();
        }
        let slop = self.slop()?;
        let before = self.lexemes.len();
        let mut items = phrase_items(content);
        match items.len() {
            0 => self.notes.add("quotes without a word in them are ignored"),
            1 => self.push(Lexeme::Leaf(items.remove(0)), start),
            _ => self.push(Lexeme::Leaf(Node::Phrase { items, slop }), start),
        }
        if self.lexemes.len() > before { self.boost_after_close() } else { Ok(()) }
    }

    /// Reads `~3` after a closing quote.
    fn slop(&mut self) -> Result<u8, QueryError> {
        let Some((Suffix::Tilde(digits), length)) = chunk::suffix(&self.text[self.at..]) else { return Ok(0) };
        if digits.is_empty() {
            return Ok(0);
        }
        let start = self.at;
        self.at += length;
        digits.parse().map_err(|_| {
            let message = format!("~{} is more words than a phrase can have inside", brief(digits));
            QueryError::new(start..self.at, message, "write a number from 0 to 255")
        })
    }

    /// Reads `^2` after a closing quote or parenthesis.
    pub(super) fn boost_after_close(&mut self) -> Result<(), QueryError> {
        let Some((Suffix::Caret(number), length)) = chunk::suffix(&self.text[self.at..]) else { return Ok(()) };
        let start = self.at;
        self.at += length;
        self.boost(number, start)
    }

    pub(super) fn boost(&mut self, number: &str, start: usize) -> Result<(), QueryError> {
        let factor = number.parse().unwrap_or(f32::INFINITY);
        if factor > 0.0 && factor <= MAX_BOOST {
            self.push(Lexeme::Boost(factor), start);
            return Ok(());
        }
        let message = format!("^{} is not a weight", brief(number));
        Err(QueryError::new(start..self.at, message, "write a number above 0, 1000 at most: dam^2"))
    }

    /// Reads the value of `date:` or `published:`.
    pub(super) fn days(&mut self, field: DayField) -> Result<(), QueryError> {
        let start = self.at;
        let rest = &self.text[start..];
        let end = rest.char_indices().find(|&(_, c)| chunk::ends_chunk(c) || matches!(c, ',' | ';'));
        let typed = &rest[..end.map_or(rest.len(), |(end, _)| end)];
        self.at = start + typed.len();
        if typed.is_empty() {
            // A comma between digits, or right after the field.
            self.at += usize::from(rest.starts_with([',', ';']));
            return Ok(());
        }
        let (value, boost) = match chunk::split_suffix(typed) {
            Some((value, Suffix::Caret(number))) => (value, Some(number)),
            _ => (typed, None),
        };
        self.push_days(field, value, start..start + value.len(), start)?;
        boost.map_or(Ok(()), |number| self.boost(number, start + value.len()))
    }

    fn push_days(&mut self, field: DayField, value: &str, at: Range<usize>, start: usize) -> Result<(), QueryError> {
        let node = if value == "*" {
            Node::Has(FieldName::Days(field))
        } else {
            let days = days::parse(field, value).map_err(|(message, remedy)| QueryError::new(at, message, remedy))?;
            Node::Days { field, days }
        };
        self.push(Lexeme::Leaf(node), start);
        Ok(())
    }

    /// Reads a regular expression, if there is one at this place: from `/` to `/` without a blank or another `/` between.
    pub(super) fn regex(&mut self) -> Result<bool, QueryError> {
        let start = self.at;
        let rest = &self.text[start..];
        let window = &rest[..rest.floor_char_boundary(LONGEST_REGEX + 2)];
        let inside = &window[1..];
        let Some(length) = inside.find(|c: char| c == '/' || c.is_whitespace()) else { return Ok(false) };
        if length == 0 || !inside[length..].starts_with('/') {
            return Ok(false);
        }
        let source = &inside[..length];
        let after = &rest[length + 2..];
        let suffix = chunk::suffix(after).filter(|(suffix, _)| matches!(suffix, Suffix::Caret(_)));
        let ends = after[suffix.map_or(0, |(_, length)| length)..].chars().next();
        if !ends.is_none_or(|c| c.is_whitespace() || c == ')') {
            return Ok(false);
        }
        self.at += length + 2;
        self.regexes.check(source).map_err(|(message, remedy)| QueryError::new(start..self.at, message, remedy))?;
        self.push(Lexeme::Leaf(Node::Regex(source.to_string())), start);
        self.boost_after_close()?;
        Ok(true)
    }
}

/// The items of a phrase: exact words and wildcards.
pub(in crate::query) fn phrase_items(content: &str) -> Vec<Node> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(c) = content[at..].chars().next() {
        if chunk::ends_chunk(c) || chunk::separates_words(content, at, c) {
            at += c.len_utf8();
            continue;
        }
        let escaped = c == '\\';
        let from = chunk::start(content, at + usize::from(escaped), !escaped);
        at = chunk::end(content, from, escaped);
        let typed = &content[from..at];
        let wild = chunk::trim(typed, true);
        if !escaped && chunk::is_wild(wild) {
            items.push(Node::Wildcard(wild.to_string()));
            continue;
        }
        let text = chunk::trim(typed, false);
        if !text.is_empty() {
            items.push(Node::Word { text: text.to_string(), exact: true });
        }
    }
    items
}
