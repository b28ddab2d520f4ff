//! The lexer: query text -> lexemes. It decides which characters are an operator, a sign, a field or a wildcard, and which
//! are text. [`parse`](super::parse) only combines the lexemes.

mod values;
mod words;

use std::ops::Range;

pub(super) use values::phrase_items;

use super::chunk;
use super::notes::{Notes, brief};
use super::operators::{Operator, operator, operator_of_other_languages};
use super::quotes::Closers;
use super::{DayField, FieldName, Node, QueryError, Sign, fields};
use morgue_article::ExtraName;

/// A unit of the query text.
#[derive(Debug, PartialEq)]
pub(super) enum Lexeme {
    /// `(`, and whether it opens the group of a field of days.
    Open {
        days: bool,
    },
    Close,
    Operator(Operator),
    Sign(Sign),
    /// `title:`. The next lexeme is its value.
    Field(super::Field),
    /// A word, phrase, wildcard, fuzzy word, expression, `*`, days, or `field:*`.
    Leaf(Node),
    /// `^2`. It applies to the lexeme or group before it.
    Boost(f32),
}

/// A lexeme and its bytes in the query text.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) lexeme: Lexeme,
    pub(super) at: Range<usize>,
}

/// Cuts a query text into lexemes.
pub(super) fn lex(text: &str, notes: &mut Notes) -> Result<Vec<Placed>, QueryError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        after_blank: true,
        after_close: false,
        groups: Vec::new(),
        closers: Closers::new(text),
        lexemes: Vec::new(),
        notes,
        regexes: super::regex::Budget::default(),
    };
    while lexer.at < text.len() {
        lexer.step()?;
    }
    Ok(lexer.lexemes)
}

struct Lexer<'t, 'n> {
    text: &'t str,
    at: usize,
    /// Whether the lexer is after a blank, after `(` or at the start. There a sign, a field or an operator may begin.
    after_blank: bool,
    /// Whether the lexer is after `)` or a closing quote. There an operator may begin.
    after_close: bool,
    /// The open groups, each with the field of days that applies to it.
    groups: Vec<Option<DayField>>,
    closers: Closers<'t>,
    lexemes: Vec<Placed>,
    notes: &'n mut Notes,
    regexes: super::regex::Budget,
}

/// The sign, field and `=` right before an operand.
#[derive(Clone, Copy, Default)]
struct Prefix {
    field: Option<FieldName>,
    exact: bool,
    /// Whether there is any of them. If so, the operand extends to the next blank.
    any: bool,
}

impl Lexer<'_, '_> {
    fn step(&mut self) -> Result<(), QueryError> {
        let Some(c) = self.peek() else { return Ok(()) };
        if c.is_whitespace() {
            self.at += c.len_utf8();
            (self.after_blank, self.after_close) = (true, false);
            return Ok(());
        }
        if c == ')' {
            let start = self.at;
            self.at += 1;
            if self.groups.pop().is_some() {
                self.push(Lexeme::Close, start);
                self.boost_after_close()?;
            } else {
                self.notes.add("a closing parenthesis has no partner and is ignored");
                self.at += chunk::suffix(&self.text[self.at..]).map_or(0, |(_, length)| length);
            }
            (self.after_blank, self.after_close) = (false, true);
            return Ok(());
        }
        if self.after_blank {
            self.note_operator_of_other_languages();
        }
        if chunk::separates_words(self.text, self.at, c) {
            self.at += c.len_utf8();
            (self.after_blank, self.after_close) = (false, false);
            return Ok(());
        }
        if (self.after_blank || self.after_close) && self.operator()? {
            (self.after_blank, self.after_close) = (false, false);
            return Ok(());
        }
        let kept = self.lexemes.len();
        let prefix = if self.after_blank { self.prefix()? } else { Prefix::default() };
        let prefixed = self.lexemes.len();
        let may_be_special = self.after_blank;
        (self.after_blank, self.after_close) = (false, false);
        self.operand(prefix, may_be_special)?;
        // An operand without a word is dropped together with its sign and field.
        let nothing = self.lexemes.len() == prefixed;
        if nothing && matches!(self.lexemes.last(), Some(Placed { lexeme: Lexeme::Sign(_) | Lexeme::Field(_), .. })) {
            self.lexemes.truncate(kept);
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn push(&mut self, lexeme: Lexeme, start: usize) {
        self.lexemes.push(Placed { lexeme, at: start..self.at });
    }

    /// Adds a note if an operator of another query language is at this place: it is read as text.
    fn note_operator_of_other_languages(&mut self) {
        let rest = &self.text[self.at..];
        let Some((typed, meant)) = operator_of_other_languages(rest) else { return };
        if rest[typed.len()..].chars().next().is_none_or(char::is_whitespace) {
            self.notes.add(format!("{typed} is read as text; write {meant}"));
        }
    }

    /// Reads an operator, if there is one at this place.
    fn operator(&mut self) -> Result<bool, QueryError> {
        let rest = &self.text[self.at..];
        // Only operators with a number can be longer, and their number is too large then.
        let word = &rest[..rest.find(chunk::ends_chunk).unwrap_or(rest.len()).min(rest.floor_char_boundary(64))];
        let Some(found) = operator(word) else { return Ok(false) };
        let start = self.at;
        self.at += word.len();
        if found == Operator::TooFar {
            let message = format!("{} reaches further than proximity can", brief(word));
            return Err(QueryError::new(
                start..self.at,
                message,
                "write a number from 0 to 255, or W/P for one paragraph",
            ));
        }
        self.push(Lexeme::Operator(found), start);
        Ok(true)
    }

    /// Reads a sign, a field and `=`, as far as they are at this place.
    fn prefix(&mut self) -> Result<Prefix, QueryError> {
        let mut prefix = Prefix::default();
        let sign = match self.peek() {
            Some('+') => Some(Sign::Required),
            Some('-' | '!') => Some(Sign::Excluded),
            _ => None,
        };
        if let Some(sign) = sign.filter(|_| self.is_before_operand(1)) {
            let start = self.at;
            self.at += 1;
            self.push(Lexeme::Sign(sign), start);
            prefix.any = true;
        }
        if let Some(field) = self.field()? {
            (prefix.field, prefix.any) = (Some(field), true);
        }
        if self.peek() == Some('=') && self.is_before_operand(1) && !matches!(prefix.field, Some(FieldName::Days(_))) {
            self.at += 1;
            (prefix.exact, prefix.any) = (true, true);
        }
        Ok(prefix)
    }

    /// Whether an operand can begin `offset` bytes further.
    fn is_before_operand(&self, offset: usize) -> bool {
        let next = self.text[self.at + offset..].chars().next();
        next.is_some_and(|c| !c.is_whitespace() && !matches!(c, '+' | '-' | '!' | ')'))
    }

    /// Reads a field's name and colon, if they are at this place and no blank follows.
    fn field(&mut self) -> Result<Option<FieldName>, QueryError> {
        let rest = &self.text[self.at..];
        let is_name =
            |c: char| c.is_lowercase() || matches!(c, '_' | '-') || chunk::is_letter(c) && !c.is_alphanumeric();
        let length = match rest.strip_prefix(ExtraName::PREFIX) {
            Some(extra) => {
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                let length = extra.find(|c| !is_name(c)).unwrap_or(extra.len());
                if length == 0 {
                    return Ok(None);
                }
                ExtraName::PREFIX.len() + length
            }
            None => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
        };
        let (name, after) = rest.split_at(length);
        let value = after.strip_prefix(':').filter(|_| name.starts_with(char::is_lowercase));
        let Some(value) = value else { return Ok(None) };
        let before_blank = value.starts_with(char::is_whitespace);
        if before_blank && FieldName::named(name).is_some() {
            self.notes.add(format!("{name}: before a blank is read as text; for the field write {name}:word"));
        }
        if value.starts_with("//") || value.starts_with(')') || value.is_empty() || before_blank {
            return Ok(None);
        }
        let start = self.at;
        let at = start..start + length + 1;
        let Some(field) = FieldName::named(name) else {
            let message = format!("there is no field {}:", brief(name));
            let remedy = match fields::guess(name) {
                _ if name.starts_with(ExtraName::PREFIX) => {
                    "user fields have names of 1 to 31 lower-case letters, digits, _ and -; for text write it in quotes"
                        .to_owned()
                }
                Some(field) => format!("did you mean {field}:? Fields are {}", fields::all_names()),
                None => format!("fields are {}; for text write it in quotes", fields::all_names()),
            };
            return Err(QueryError::new(at, message, remedy));
        };
        self.at = at.end;
        if let FieldName::Words(field) = field {
            self.push(Lexeme::Field(field), start);
        }
        Ok(Some(field))
    }

    /// Reads an operand: a word, phrase, wildcard, days, expression, or the start of a group.
    fn operand(&mut self, prefix: Prefix, may_be_special: bool) -> Result<(), QueryError> {
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(()) };
        let group_days = self.groups.last().copied().flatten();
        let days = match prefix.field {
            Some(FieldName::Days(field)) => Some(field),
            Some(FieldName::Words(_)) => None,
            None => group_days,
        };
        if c == '(' {
            if prefix.exact {
                self.notes.add("= is ignored before a group: write it before each word");
            }
            self.at += 1;
            self.groups.push(days);
            self.push(Lexeme::Open { days: days.is_some() }, start);
            self.after_blank = true;
            return Ok(());
        }
        if chunk::is_quote(c) {
            return self.quoted(c, days, may_be_special);
        }
        if let Some(field) = days {
            return self.days(field);
        }
        if may_be_special && c == '/' && self.regex()? {
            return Ok(());
        }
        self.word(prefix, may_be_special)
    }
}
