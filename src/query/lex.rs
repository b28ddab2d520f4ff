//! The lexer: query text -> lexemes. Here it is settled what is an operator, a sign, a field, a wildcard, and what is
//! text; [`parse`](super::parse) only puts together.

use std::ops::Range;

use super::chunk::{self, Suffix};
use super::notes::{Notes, brief};
use super::operators::{Operator, operator};
use super::quotes::Closers;
use super::{DayField, FieldName, Node, QueryError, Sign, days, fields};

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
    /// `title:`; what it holds comes next.
    Field(super::Field),
    /// A word, phrase, wildcard, fuzzy word, expression, `*`, days, or `field:*`.
    Leaf(Node),
    /// `^2`, of what comes before.
    Boost(f32),
}

/// A lexeme and where it stands: bytes of the query text.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) lexeme: Lexeme,
    pub(super) at: Range<usize>,
}

/// The longest regular expression, in bytes.
const LONGEST_REGEX: usize = 1000;

/// Boosts above this are refused.
const MAX_BOOST: f32 = 1000.0;

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
    /// After a blank, `(` or the start: where signs, fields and operators may stand.
    after_blank: bool,
    /// After `)` or a closing quote: where operators may stand, too.
    after_close: bool,
    /// The groups that are open here, each with the field of days that it is of.
    groups: Vec<Option<DayField>>,
    closers: Closers<'t>,
    lexemes: Vec<Placed>,
    notes: &'n mut Notes,
    regexes: super::regex::Budget,
}

/// What stands right before an operand.
#[derive(Clone, Copy, Default)]
struct Prefix {
    field: Option<FieldName>,
    exact: bool,
    /// A sign, a field, or `=`: the operand is all up to the next blank.
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
                self.notes.add("a closing parenthesis has no partner and is passed over");
                self.at += chunk::suffix(&self.text[self.at..]).map_or(0, |(_, length)| length);
            }
            (self.after_blank, self.after_close) = (false, true);
            return Ok(());
        }
        if chunk::parts_words(self.text, self.at, c) {
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
        // Nothing to look for: neither is what stands before it.
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

    /// An operator, if one stands here.
    fn operator(&mut self) -> Result<bool, QueryError> {
        let rest = &self.text[self.at..];
        // No operator is longer, but a number may have any length.
        let word = &rest[..rest.find(chunk::ends_chunk).unwrap_or(rest.len()).min(chunk::floor(rest, 64))];
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

    /// A sign, a field and `=`, as far as they stand here.
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

    /// Can an operand begin so many bytes further?
    fn is_before_operand(&self, offset: usize) -> bool {
        let next = self.text[self.at + offset..].chars().next();
        next.is_some_and(|c| !c.is_whitespace() && !matches!(c, '+' | '-' | '!' | ')'))
    }

    /// A field's name and colon, if they stand here and no blank follows.
    fn field(&mut self) -> Result<Option<FieldName>, QueryError> {
        let rest = &self.text[self.at..];
        let is_name =
            |c: char| c.is_lowercase() || matches!(c, '_' | '-') || chunk::is_letter(c) && !c.is_alphanumeric();
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
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

    /// A word, phrase, group or what else an operator or prefix may apply to.
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
                self.notes.add("= is passed over before a group: write it before each word");
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

    /// What is inside quotes.
    fn quoted(&mut self, open: char, days: Option<DayField>, may_be_special: bool) -> Result<(), QueryError> {
        let start = self.at;
        let inside = start + open.len_utf8();
        let next_is_blank = self.text[inside..].chars().next().is_none_or(|c| c.is_whitespace() || c == ')');
        // Right after a word and before a blank no phrase begins: inches, or a phrase whose beginning was lost.
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
                self.notes.add(format!("the quote at byte {start} has no partner and is passed over"));
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
            0 => self.notes.add("quotes without a word in them are passed over"),
            1 => self.push(Lexeme::Leaf(items.remove(0)), start),
            _ => self.push(Lexeme::Leaf(Node::Phrase { items, slop }), start),
        }
        if self.lexemes.len() > before { self.boost_after_close() } else { Ok(()) }
    }

    /// `~3` after a closing quote.
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

    /// `^2` after a closing quote or parenthesis.
    fn boost_after_close(&mut self) -> Result<(), QueryError> {
        let Some((Suffix::Caret(number), length)) = chunk::suffix(&self.text[self.at..]) else { return Ok(()) };
        let start = self.at;
        self.at += length;
        self.boost(number, start)
    }

    fn boost(&mut self, number: &str, start: usize) -> Result<(), QueryError> {
        let factor = number.parse().unwrap_or(f32::INFINITY);
        if factor > 0.0 && factor <= MAX_BOOST {
            self.push(Lexeme::Boost(factor), start);
            return Ok(());
        }
        let message = format!("^{} is no weight", brief(number));
        Err(QueryError::new(start..self.at, message, "write a number above 0, 1000 at most: dam^2"))
    }

    /// What `date:` or `published:` holds.
    fn days(&mut self, field: DayField) -> Result<(), QueryError> {
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

    /// A regular expression, if one stands here: from `/` to `/` without a blank or another `/` between.
    fn regex(&mut self) -> Result<bool, QueryError> {
        let start = self.at;
        let rest = &self.text[start..];
        let window = &rest[..chunk::floor(rest, LONGEST_REGEX + 2)];
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

    /// A word, wildcard, fuzzy word or `*`.
    fn word(&mut self, prefix: Prefix, may_be_special: bool) -> Result<(), QueryError> {
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
                    "{0} is read as text; for a weight write ({word}){1}",
                    brief(typed),
                    &typed[word.len()..]
                ));
                (typed, None)
            }
            Some((word, Suffix::Caret(number))) if ends_word(word) => (word, Some(number)),
            _ => (typed, None),
        };
        let pushed = self.lexemes.len();
        self.word_or_wildcard(typed, prefix.exact, start)?;
        match boost {
            Some(number) if self.lexemes.len() > pushed => self.boost(number, start + typed.len()),
            _ => Ok(()),
        }
    }

    /// `*` by itself: every article, or every one that has the field.
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
                self.notes.add(format!("~ is passed over after the wildcard {}", brief(word)));
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

    /// What looks like an operator of this or another program and is none.
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
            self.notes.add(format!("* counts only beside a letter or digit: {} is read as text", brief(typed)));
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

    fn push_word(&mut self, text: &str, exact: bool, start: usize) {
        if !text.is_empty() {
            self.push(Lexeme::Leaf(Node::Word { text: text.to_string(), exact }), start);
        }
    }
}

/// May `~` or `^` follow, as at the end of a word?
fn ends_word(text: &str) -> bool {
    text.ends_with(|c: char| chunk::is_letter(c) || matches!(c, '*' | '+' | '#' | '.' | '~'))
        || chunk::split_suffix(text).is_some()
}

/// `mc^2`, `m^2`, `E=mc^2`: not a word with a weight.
fn is_formula(word: &str) -> bool {
    word.contains('=') || word.len() <= 2 && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// What a phrase holds: exact words and wildcards.
pub(super) fn phrase_items(content: &str) -> Vec<Node> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(c) = content[at..].chars().next() {
        if chunk::ends_chunk(c) || chunk::parts_words(content, at, c) {
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
