//! Packs tokens into one compact string for the engine, whose tokenizer unpacks them.
//!
//! Text is cut into tokens once, on the worker threads, for the index and for names (dates have a scanner of their own);
//! the threads of the engine only unpack. A packed token has three parts: a character whose number is the length of its term in bytes, a character
//! whose number is the distance in positions from the token before, and the term.
//!
//! A term is the text of a form. Stems and marked forms begin with a control character that no text contains, so that
//! wildcards, which run over exact forms, do not match them.

use std::borrow::Cow;

use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};

use morgue_article::token::{Form, Tokens};

/// The engine's name for the tokenizer that unpacks.
pub(crate) const PACKED: &str = "packed";

/// The first character of the term of a marked form.
const MARKED: char = '\u{1}';
/// The first character of the term of a stem.
const STEM: char = '\u{2}';
/// No term of an exact form sorts before this.
pub(crate) const FIRST_EXACT: &[u8] = &[3];

/// The longest distance that one character can carry: below the surrogates, which are no characters.
const MAX_STEP: u32 = 0xD000;

/// The engine's term for a form of a word.
pub(crate) fn term(form: Form, text: &str) -> String {
    let mut term = String::with_capacity(text.len() + 1);
    term.extend(prefix(form));
    term.push_str(text);
    term
}

/// The text of a term in the field of all user fields: the name of the user field and the text of the word.
pub(crate) fn extra_text(name: &str, text: &str) -> String {
    format!("{name}={text}")
}

/// The values that [`extra_text`] makes for one name, whatever the text: from the first, to below the second.
pub(crate) fn extra_range(name: &str) -> (String, String) {
    (format!("{name}="), format!("{name}>"))
}

fn prefix(form: Form) -> Option<char> {
    match form {
        Form::Exact => None,
        Form::Stem => Some(STEM),
        Form::Marked => Some(MARKED),
    }
}

/// Packs all tokens of an article into `packed`, which is emptied first.
pub(crate) fn pack_tokens(tokens: &Tokens, packed: &mut String) {
    packed.clear();
    Packer::new(packed).push_value(tokens, 0);
}

/// Writes tokens in order of position.
pub(crate) struct Packer<'p> {
    packed: &'p mut String,
    /// Position of the token before.
    last: u32,
    /// Position at which the next value begins.
    next_value: u32,
}

impl<'p> Packer<'p> {
    pub(crate) fn new(packed: &'p mut String) -> Packer<'p> {
        Packer { packed, last: 0, next_value: 0 }
    }

    /// Adds one token; positions never go down.
    pub(crate) fn push(&mut self, position: u32, form: Form, text: &str) {
        let step = position.saturating_sub(self.last).min(MAX_STEP);
        self.last += step;
        let prefix = prefix(form);
        self.packed.push(number(text.len() as u32 + u32::from(prefix.is_some())));
        self.packed.push(number(step));
        self.packed.extend(prefix);
        self.packed.push_str(text);
    }

    /// Adds all tokens of one value of a field, after the values before it and `gap` positions.
    pub(crate) fn push_value(&mut self, tokens: &Tokens, gap: u32) {
        self.push_value_as(tokens, gap, Cow::Borrowed);
    }

    /// The same for a value of the user field `name`.
    pub(crate) fn push_extra_value(&mut self, name: &str, tokens: &Tokens, gap: u32) {
        self.push_value_as(tokens, gap, |text| Cow::Owned(extra_text(name, text)));
    }

    fn push_value_as<'t>(&mut self, tokens: &'t Tokens, gap: u32, text_of: impl Fn(&'t str) -> Cow<'t, str>) {
        let start = self.next_value;
        let mut last = None;
        for token in &tokens.tokens {
            let position = start.saturating_add(token.position);
            self.push(position, token.form, &text_of(tokens.text(token)));
            last = Some(position + u32::from(token.width.max(1)) - 1);
        }
        if let Some(last) = last {
            self.next_value = last.saturating_add(1).saturating_add(gap);
        }
    }
}

/// A number below the surrogates as a character.
fn number(value: u32) -> char {
    char::from_u32(value).expect("lengths and steps are below the surrogates")
}

/// The engine's tokenizer: gives the tokens that were packed.
#[derive(Clone, Default)]
pub(crate) struct Unpacker {
    token: EngineToken,
}

/// The tokens of one packed string.
pub(crate) struct Unpacking<'u> {
    rest: &'u str,
    token: &'u mut EngineToken,
}

impl Tokenizer for Unpacker {
    type TokenStream<'u> = Unpacking<'u>;

    fn token_stream<'u>(&'u mut self, text: &'u str) -> Unpacking<'u> {
        self.token.reset();
        self.token.position = 0;
        Unpacking { rest: text, token: &mut self.token }
    }
}

impl TokenStream for Unpacking<'_> {
    fn advance(&mut self) -> bool {
        let mut chars = self.rest.chars();
        let (Some(len), Some(step)) = (chars.next(), chars.next()) else { return false };
        let rest = chars.as_str();
        let Some((term, rest)) = rest.split_at_checked(len as usize) else { return false };
        self.rest = rest;
        self.token.position += step as usize;
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &EngineToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut packed = String::new();
        let mut packer = Packer::new(&mut packed);
        let given =
            [(0, Form::Exact, "dams"), (0, Form::Stem, "dam"), (1, Form::Exact, "é水"), (300, Form::Marked, "US")];
        for (position, form, text) in given {
            packer.push(position, form, text);
        }
        let mut unpacker = Unpacker::default();
        let mut stream = unpacker.token_stream(&packed);
        for (position, form, text) in given {
            assert!(stream.advance());
            assert_eq!(
                (stream.token().position, stream.token().text.as_str()),
                (position as usize, &*term(form, text))
            );
        }
        assert!(!stream.advance());
    }
}
