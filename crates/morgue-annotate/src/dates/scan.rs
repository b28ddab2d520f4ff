//! Finds the tokens of dates in a text: the words and numbers that can be part of a date. All other words are skipped.
//! The scan is one pass over the bytes.
//!
//! The characters between two neighbouring tokens (their [`Gap`]) are only read when the grammar asks for them.

use super::date_lexicon::{DateEntry, DateLexicon};
use super::language::DateWord;

/// A word or number that can be part of a date. `start` and `end` are bytes of the scanned text, which is shorter than
/// 4 GiB.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateToken {
    pub start: u32,
    pub end: u32,
    pub kind: TokenKind,
    /// The index of its lexicon entry, or [`NO_ENTRY`]. Most numbers have no entry.
    pub entry: u16,
    /// Whether an expression can begin with it.
    pub begins: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is joined to the text before it: `$20`, `A320`, `1.5`, `555-2014`.
    pub glued_before: bool,
    /// Whether it is joined to the text after it: `3.5`, `10,000`, `10:30`, `5%`, `747s`.
    pub glued_after: bool,
}

/// The entry of tokens that have no lexicon entry.
pub(super) const NO_ENTRY: u16 = u16::MAX;

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word of the language.
    Word(DateWord),
    /// A number of one to four digits.
    Number { value: u16, digits: u8 },
    /// A decade: `1990s`, `'90s`, `90s`. The value is the first year or its last two digits.
    Decade { value: u16, digits: u8 },
}

/// The characters between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// One or two blanks.
    Blank,
    /// A comma and a blank.
    Comma,
    /// A hyphen or dash, with or without blanks.
    Dash,
    /// A slash.
    Slash,
    /// `'s` and a blank.
    Possessive,
    /// A blank and an apostrophe: `May '98`.
    Apostrophe,
    /// Anything else.
    Far,
}

impl Gap {
    /// The gap that consists of `text`.
    pub(super) fn of(text: &str) -> Gap {
        match text {
            " " | "  " | "\u{a0}" | "\u{202f}" => Gap::Blank,
            ", " | "," => Gap::Comma,
            "-" | "\u{2013}" | "\u{2014}" | "\u{2010}" | "\u{2011}" | " - " | " \u{2013} " | " \u{2014} " => Gap::Dash,
            "/" => Gap::Slash,
            "'s " | "\u{2019}s " | "' " | "\u{2019} " | "'s-" | "\u{2019}s-" => Gap::Possessive,
            " '" | " \u{2019}" | " \u{2018}" | "-'" | "-\u{2019}" => Gap::Apostrophe,
            _ => Gap::Far,
        }
    }
}

/// Appends the tokens of `text` to `tokens`.
pub(super) fn scan(text: &str, lexicon: &DateLexicon, tokens: &mut Vec<DateToken>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match CLASS[usize::from(byte)] {
            Class::Letter => {
                let end = word_end(bytes, at);
                if let Some(token) = word(text, at, end, lexicon) {
                    tokens.push(token);
                }
                at = end;
            }
            Class::Digit => {
                let end = word_end(bytes, at);
                if let Some(token) = number(text, at, end, lexicon) {
                    tokens.push(token);
                }
                at = end;
            }
            Class::TwoBytes => at += 2,
            Class::ThreeBytes => at += 3,
            Class::Other => at += 1,
        }
    }
}

fn word(text: &str, start: usize, end: usize, lexicon: &DateLexicon) -> Option<DateToken> {
    let bytes = text.as_bytes();
    let entry = lexicon.find(text, start, end)?;
    let DateEntry { word, begins, is_short, .. } = *lexicon.entry(entry);
    let before = start.checked_sub(1).map(|at| bytes[at]);
    let glued_before = matches!(before, Some(b'@' | b'#' | b'/' | b'=' | b'&' | b'\\'));
    let glued_after = matches!(bytes.get(end..), Some([b'.', next, ..]) if next.is_ascii_lowercase());
    let period = is_short && bytes.get(end) == Some(&b'.') && !glued_after;
    let end = end + usize::from(period);
    let capital = bytes[start].is_ascii_uppercase();
    let (start, end) = (start as u32, end as u32);
    Some(DateToken { start, end, kind: TokenKind::Word(word), entry, begins, capital, glued_before, glued_after })
}

fn number(text: &str, start: usize, end: usize, lexicon: &DateLexicon) -> Option<DateToken> {
    let bytes = text.as_bytes();
    let digits = bytes[start..end].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 4 {
        return None;
    }
    let value = bytes[start..start + digits].iter().fold(0, |number, byte| number * 10 + u16::from(byte - b'0'));
    let number = TokenKind::Number { value, digits: digits as u8 };
    let decade = TokenKind::Decade { value, digits: digits as u8 };
    let is_decade = value % 10 == 0 && matches!(digits, 2 | 4);
    let tail = &text[start + digits..];
    let (kind, end) = match &bytes[start + digits..end] {
        [] if is_decade && ["'s", "\u{2019}s"].iter().any(|s| tail.starts_with(s) && word_ends(&tail[s.len()..])) => {
            (decade, end + tail.find('s').map_or(0, |at| at + 1))
        }
        [] => (number, end),
        [b's' | b'S'] if is_decade => (decade, end),
        [b'q' | b'Q'] if digits == 1 && (1..=4).contains(&value) => {
            (TokenKind::Word(DateWord::Quarter(value as u8)), end)
        }
        [a, b] if matches!(&[a | 32, b | 32], b"st" | b"nd" | b"rd" | b"th") => {
            (TokenKind::Word(DateWord::Ordinal(value)), end)
        }
        _ => return None,
    };
    let glued_before = joined_before(&text[..start]);
    let glued_after = joined_after(&text[end..]);
    let entry = lexicon.find(text, start, end).unwrap_or(NO_ENTRY);
    let (start, end) = (start as u32, end as u32);
    Some(DateToken { start, end, kind, entry, begins: true, capital: false, glued_before, glued_after })
}

/// Whether `text` is empty or begins with a character that is not a letter or digit.
fn word_ends(text: &str) -> bool {
    !text.chars().next().is_some_and(char::is_alphanumeric)
}

fn joined_before(text: &str) -> bool {
    let mut before = text.chars().rev();
    let digit_next = |mut rest: std::iter::Rev<std::str::Chars>| rest.next().is_some_and(|c| c.is_ascii_digit());
    match before.next() {
        Some('$' | '£' | '€' | '¥' | '#' | '@' | '_' | '=' | '+' | '/' | '\\' | '&') => true,
        Some('.' | ',' | ':' | '-' | '\u{2013}') => {
            digit_next(before) || text.ends_with("-.") || ends_with_joined_hyphen(text)
        }
        Some(' ') => before.next().is_some_and(|c| matches!(c, '$' | '£' | '€' | '#')),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

/// Whether the text ends with a capital and a hyphen, as before the number of `F-16` and `A-4`.
fn ends_with_joined_hyphen(text: &str) -> bool {
    matches!(text.as_bytes(), [.., letter, b'-'] if letter.is_ascii_uppercase())
}

fn joined_after(text: &str) -> bool {
    let mut after = text.chars();
    match after.next() {
        Some('%' | '_' | '@' | '=' | '+' | '€' | '£' | '°' | '\\') => true,
        Some(',') => text.len() >= 4 && text.as_bytes()[1..4].iter().all(u8::is_ascii_digit),
        Some('.' | ':') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

/// How a byte begins a piece of text. Outside of ASCII, all characters are letters except those that start with C2 or
/// E2: U+0080 to U+00BF and U+2000 to U+2FFF are spaces, marks and symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    TwoBytes,
    ThreeBytes,
    Other,
}

static CLASS: [Class; 256] = {
    let mut table = [Class::Letter; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let b = byte as u8;
        table[byte] = if b.is_ascii_alphabetic() || b == b'_' {
            Class::Letter
        } else if b.is_ascii_digit() {
            Class::Digit
        } else {
            Class::Other
        };
        byte += 1;
    }
    table[0xC2] = Class::TwoBytes;
    table[0xE2] = Class::ThreeBytes;
    table
};

fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while bytes.get(end).is_some_and(|byte| matches!(CLASS[usize::from(*byte)], Class::Letter | Class::Digit)) {
        end += 1;
    }
    end
}
