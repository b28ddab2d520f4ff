//! An article's words as the tagger sees them: one **word** a position, with its case, and the punctuation that parts
//! it from the word before, its **gap**.

use std::ops::Range;

use morgue_article::token::{Form, Tokens};
use morgue_article::{Article, Zone};

/// One word: where it stands (without a possessive ending), what it is folded, how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word {
    /// First byte in the article's text.
    pub start: u32,
    /// Byte after the last, without `'s`.
    pub end: u32,
    /// Hash of the folded form.
    pub hash: u32,
    /// How it is written: a union of [`case`] bits.
    pub case: u16,
    /// What stands between it and the word before: a union of [`gap`] bits.
    pub gap: u16,
}

/// How a word is written.
pub mod case {
    /// The first letter is a capital.
    pub const CAPITAL: u16 = 1;
    /// A capital stands after the first letter.
    pub const INNER: u16 = 1 << 1;
    /// Two letters or more, all capitals.
    pub const ALL: u16 = 1 << 2;
    /// A single capital letter.
    pub const INITIAL: u16 = 1 << 3;
    /// Has a digit.
    pub const DIGIT: u16 = 1 << 4;
    /// Has dots inside: `U.S`, `D.C.`
    pub const DOTTED: u16 = 1 << 5;
    /// Ends with a possessive `'s`, which is not part of the word.
    pub const POSSESSIVE: u16 = 1 << 6;
    /// Begins a sentence.
    pub const FIRST: u16 = 1 << 7;
    /// Stands in a sentence written in capitals.
    pub const SHOUTED: u16 = 1 << 8;
    /// Stands in a sentence whose long words are all capitalised, as headlines are.
    pub const HEADLINE: u16 = 1 << 9;
    /// Has a letter.
    pub const LETTER: u16 = 1 << 10;
}

/// What stands between two words.
pub mod gap {
    /// White space.
    pub const BLANK: u16 = 1;
    /// `-`
    pub const HYPHEN: u16 = 1 << 1;
    /// `'` or its curly form.
    pub const APOSTROPHE: u16 = 1 << 2;
    /// `&`
    pub const AND: u16 = 1 << 3;
    /// `/`
    pub const SLASH: u16 = 1 << 4;
    /// `.`
    pub const DOT: u16 = 1 << 5;
    /// `,`
    pub const COMMA: u16 = 1 << 6;
    /// `:` or `;`
    pub const COLON: u16 = 1 << 7;
    /// A long dash.
    pub const DASH: u16 = 1 << 8;
    /// An opening parenthesis.
    pub const OPEN: u16 = 1 << 9;
    /// A closing parenthesis.
    pub const CLOSE: u16 = 1 << 10;
    /// A quotation mark.
    pub const QUOTE: u16 = 1 << 11;
    /// `!` or `?`
    pub const END: u16 = 1 << 12;
    /// `@` or `#`
    pub const SIGN: u16 = 1 << 13;
    /// Anything else.
    pub const OTHER: u16 = 1 << 14;
    /// The end of a paragraph: no name reaches across.
    pub const PARAGRAPH: u16 = 1 << 15;
}

impl Word {
    /// Where it stands: bytes of the article's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it has this bit, or one of these bits, of [`case`].
    pub fn is(&self, bits: u16) -> bool {
        self.case & bits != 0
    }

    /// Whether the word before it stands in the same paragraph.
    pub fn continues(&self) -> bool {
        self.gap & gap::PARAGRAPH == 0
    }
}

/// Fills `words` with the words of an article's text that can hold names: credits are left out.
pub fn fill(article: &Article, tokens: &Tokens, words: &mut Vec<Word>) {
    words.clear();
    let text = article.text.as_str();
    let mut parts = article.parts.iter().filter(|part| part.zone != Zone::Credit).map(|part| part.range.clone());
    let mut part = parts.next().unwrap_or(0..0);
    let mut sentence_ends = tokens.sentence_ends.iter().copied().peekable();
    let mut position = u32::MAX;
    let mut before = 0; // byte after the word before
    let mut new_sentence = true;
    let mut new_part = true;
    let mut sentence = Sentence::default();
    for token in &tokens.tokens {
        if token.form != Form::Exact || token.width != 1 || token.position == position {
            continue;
        }
        position = token.position;
        let (start, end) = (token.range.start as usize, token.range.end as usize);
        while start >= part.end {
            let Some(next) = parts.next() else {
                sentence.finish(words);
                return;
            };
            part = next;
            new_part = true;
        }
        while sentence_ends.peek().is_some_and(|&end| end < position) {
            sentence_ends.next();
            new_sentence = true;
        }
        if start < part.start || start < before || end <= start {
            continue;
        }
        let Some(spelled) = text.get(start..end) else { continue };
        let after = end + possessive(&text.as_bytes()[end..]);
        // Nearly all words are of small letters alone.
        let mut case = if is_lower(text.as_bytes(), start, end) { case::LETTER } else { case_of(spelled) };
        if after > end {
            case |= case::POSSESSIVE;
        }
        if new_part || new_sentence {
            sentence.finish(words);
            sentence = Sentence { start: words.len(), ..Sentence::default() };
            case |= case::FIRST;
        }
        let gap = if new_part { gap::PARAGRAPH } else { gap_between(&text.as_bytes()[before..start]) };
        new_sentence = false;
        new_part = false;
        let hash = hash(tokens.text(token).as_bytes());
        let word = Word { start: start as u32, end: end as u32, hash, case, gap };
        sentence.count(&word);
        words.push(word);
        before = after;
    }
    sentence.finish(words);
}

/// FNV-1a over bytes, mixed once more so that its low bits serve as well as its high ones.
pub fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as u32
}

/// How many bytes of what follows a word are a possessive ending: `'s`, with a straight or curly apostrophe.
fn possessive(rest: &[u8]) -> usize {
    let length = match rest {
        [b'\'' | b'`', b's' | b'S', ..] => 2,
        [0xE2, 0x80, 0x98 | 0x99, b's' | b'S', ..] => 4,
        [0xC2, 0xB4, b's' | b'S', ..] => 3,
        _ => return 0,
    };
    if rest.get(length).is_some_and(|byte| byte.is_ascii_alphanumeric()) { 0 } else { length }
}

/// Whether a word is of ASCII small letters alone.
#[inline]
fn is_lower(text: &[u8], start: usize, end: usize) -> bool {
    let length = end - start;
    match text[start..].first_chunk::<16>() {
        // All bytes at once: no branch depends on the length.
        Some(bytes) if length <= 16 => {
            bytes.iter().enumerate().fold(true, |all, (i, byte)| all & (byte.is_ascii_lowercase() | (i >= length)))
        }
        _ => text[start..end].iter().all(u8::is_ascii_lowercase),
    }
}

fn case_of(word: &str) -> u16 {
    let (mut letters, mut capitals, mut digits, mut dots) = (0u32, 0u32, 0u32, 0u32);
    let starts_with_capital = word.starts_with(char::is_uppercase);
    if word.is_ascii() {
        for byte in word.bytes() {
            capitals += u32::from(byte.is_ascii_uppercase());
            letters += u32::from(byte.is_ascii_alphabetic());
            digits += u32::from(byte.is_ascii_digit());
            dots += u32::from(byte == b'.');
        }
    } else {
        for char in word.chars() {
            capitals += u32::from(char.is_uppercase());
            letters += u32::from(char.is_alphabetic());
            digits += u32::from(char.is_ascii_digit());
            dots += u32::from(char == '.');
        }
    }
    let bit = |holds: bool, bit: u16| if holds { bit } else { 0 };
    bit(starts_with_capital, case::CAPITAL)
        | bit(capitals > u32::from(starts_with_capital), case::INNER)
        | bit(letters > 0, case::LETTER)
        | bit(digits > 0, case::DIGIT)
        | bit(dots > 0, case::DOTTED)
        | bit(capitals == letters && letters == 1, case::INITIAL)
        | bit(capitals == letters && letters > 1, case::ALL)
}

#[inline]
fn gap_between(between: &[u8]) -> u16 {
    // Nearly all are one blank; the pattern spares the call that comparing slices is.
    if let [b' '] = between { gap::BLANK } else { gap_of_marks(between) }
}

fn gap_of_marks(between: &[u8]) -> u16 {
    let mut mask = 0;
    // Non-ASCII marks are read by their UTF-8 bytes: curly quotes are E2 80 98..9F, dashes E2 80 90..95.
    let mut rest = between;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        mask |= match byte {
            b' ' | b'\t' => gap::BLANK,
            b'\n' | b'\r' => gap::PARAGRAPH,
            b'-' => gap::HYPHEN,
            b'\'' => gap::APOSTROPHE,
            b'&' => gap::AND,
            b'/' => gap::SLASH,
            b'.' => gap::DOT,
            b',' => gap::COMMA,
            b':' | b';' => gap::COLON,
            b'(' | b'[' => gap::OPEN,
            b')' | b']' => gap::CLOSE,
            b'"' => gap::QUOTE,
            b'!' | b'?' => gap::END,
            b'@' | b'#' => gap::SIGN,
            0xC2 if tail.first() == Some(&0xA0) => {
                rest = &tail[1..];
                gap::BLANK
            }
            0xE2 if tail.len() > 1 && tail[0] == 0x80 => {
                let mark = tail[1];
                rest = &tail[2..];
                match mark {
                    0x90 | 0x91 => gap::HYPHEN,
                    0x92..=0x95 => gap::DASH,
                    0x98 | 0x99 => gap::APOSTROPHE,
                    0x9C..=0x9F => gap::QUOTE,
                    _ => gap::OTHER,
                }
            }
            _ => gap::OTHER,
        };
    }
    mask
}

/// Whether a name may go on over this gap, which ends no sentence.
pub fn joins(text: &str, before: &Word, gap: u16) -> bool {
    const PLAIN: u16 = gap::BLANK | gap::AND | gap::DOT;
    match gap {
        gap::BLANK | gap::HYPHEN | gap::APOSTROPHE => true,
        // The Bishops' Conference.
        _ if gap == gap::APOSTROPHE | gap::BLANK => text[before.range()].ends_with('s'),
        _ => gap & !PLAIN == 0 && gap != gap::AND | gap::DOT | gap::BLANK,
    }
}

/// A sentence under way: whether it is written in capitals, or as a headline.
#[derive(Debug, Default)]
struct Sentence {
    /// Its first word.
    start: usize,
    /// Words with letters; of them, those in capitals.
    words: u32,
    shouted: u32,
    /// Words with letters and of more than four bytes; of them, those in lower case.
    long: u32,
    lower: u32,
}

impl Sentence {
    #[inline]
    fn count(&mut self, word: &Word) {
        let lettered = word.is(case::LETTER);
        let long = lettered && word.end - word.start > 4;
        self.words += u32::from(lettered);
        self.shouted += u32::from(lettered && word.is(case::ALL | case::INITIAL));
        self.long += u32::from(long);
        self.lower += u32::from(long && !word.is(case::CAPITAL | case::INNER | case::DIGIT));
    }

    /// Marks its words, of which the last is the last of `words`.
    fn finish(&self, words: &mut [Word]) {
        let bit = if self.words > 3 && self.shouted * 10 >= self.words * 8 {
            case::SHOUTED
        } else if self.long > 2 && self.lower * 8 <= self.long {
            case::HEADLINE
        } else {
            return;
        };
        for word in &mut words[self.start..] {
            word.case |= bit;
        }
    }
}
