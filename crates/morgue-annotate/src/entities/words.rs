//! The words of an article as the tagger sees them. There is one **word** for each token position. A word has a **case**
//! (how it is written) and a **gap** (the blanks and punctuation between the word before and itself).

use std::ops::Range;

use morgue_article::token::{Form, Tokens};
use morgue_article::{Article, Zone};

/// One word: its byte range (without a possessive ending), its folded form, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ArticleWord {
    /// The first byte in the article's text.
    pub(crate) start: u32,
    /// The byte after the last one, without `'s`.
    pub(crate) end: u32,
    /// The hash of the folded form.
    pub(crate) hash: u32,
    /// How it is written: a union of the bits of [`case`].
    pub(super) case: u16,
    /// The characters between the word before and this one: a union of the bits of [`gap`].
    pub(super) gap: u16,
}

/// How a word is written.
pub(super) mod case {
    /// The first letter is a capital.
    pub(in crate::entities) const CAPITAL: u16 = 1;
    /// A letter after the first one is a capital.
    pub(in crate::entities) const INNER: u16 = 1 << 1;
    /// It has two letters or more, all capitals.
    pub(in crate::entities) const ALL: u16 = 1 << 2;
    /// Its only letter is a capital.
    pub(in crate::entities) const INITIAL: u16 = 1 << 3;
    /// It has a digit.
    pub(in crate::entities) const DIGIT: u16 = 1 << 4;
    /// It has dots inside: `U.S`, `D.C.`
    pub(in crate::entities) const DOTTED: u16 = 1 << 5;
    /// A possessive `'s` follows. It is not part of the word.
    pub(in crate::entities) const POSSESSIVE: u16 = 1 << 6;
    /// It begins a sentence.
    pub(in crate::entities) const FIRST: u16 = 1 << 7;
    /// Its sentence is written in capitals.
    pub(in crate::entities) const SHOUTED: u16 = 1 << 8;
    /// The long words of its sentence are capitalised, as in a headline.
    pub(in crate::entities) const HEADLINE: u16 = 1 << 9;
    /// It has a letter.
    pub(in crate::entities) const LETTER: u16 = 1 << 10;
}

/// The characters between two words.
pub(super) mod gap {
    /// White space.
    pub(in crate::entities) const BLANK: u16 = 1;
    /// `-`
    pub(in crate::entities) const HYPHEN: u16 = 1 << 1;
    /// `'` or its curly form.
    pub(in crate::entities) const APOSTROPHE: u16 = 1 << 2;
    /// `&`
    pub(in crate::entities) const AND: u16 = 1 << 3;
    /// `/`
    pub(in crate::entities) const SLASH: u16 = 1 << 4;
    /// `.`
    pub(in crate::entities) const DOT: u16 = 1 << 5;
    /// `,`
    pub(in crate::entities) const COMMA: u16 = 1 << 6;
    /// `:` or `;`
    pub(in crate::entities) const COLON: u16 = 1 << 7;
    /// A long dash.
    pub(in crate::entities) const DASH: u16 = 1 << 8;
    /// An opening parenthesis.
    pub(in crate::entities) const OPEN: u16 = 1 << 9;
    /// A closing parenthesis.
    pub(in crate::entities) const CLOSE: u16 = 1 << 10;
    /// A quotation mark.
    pub(in crate::entities) const QUOTE: u16 = 1 << 11;
    /// `!` or `?`
    pub(in crate::entities) const END: u16 = 1 << 12;
    /// `@` or `#`
    pub(in crate::entities) const SIGN: u16 = 1 << 13;
    /// Anything else.
    pub(in crate::entities) const OTHER: u16 = 1 << 14;
    /// The end of a paragraph. No name continues after it.
    pub(in crate::entities) const PARAGRAPH: u16 = 1 << 15;
}

impl ArticleWord {
    /// The bytes of the word in the article's text.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether its case has at least one of these bits of [`case`].
    pub(super) fn is(&self, bits: u16) -> bool {
        self.case & bits != 0
    }

    /// Whether the word before it is in the same paragraph.
    pub(super) fn continues(&self) -> bool {
        self.gap & gap::PARAGRAPH == 0
    }
}

/// Fills `words` with the words of an article that can be part of names. Credits are left out.
pub(super) fn fill(article: &Article, tokens: &Tokens, words: &mut Vec<ArticleWord>) {
    words.clear();
    let text = article.text.as_str();
    let mut parts = article.parts.iter().filter(|part| part.zone != Zone::Credit).map(|part| part.range.clone());
    let mut part = parts.next().unwrap_or(0..0);
    let mut sentence_ends = tokens.sentence_ends.iter().copied().peekable();
    let mut position = u32::MAX;
    let mut before = 0; // The byte after the word before and its possessive ending.
    let mut new_sentence = true;
    let mut new_part = true;
    let mut sentence = SentenceCase::default();
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
        let after = end + possessive_length(&text.as_bytes()[end..]);
        // Nearly all words consist of lower-case letters only.
        let mut case = if is_lower(text.as_bytes(), start, end) { case::LETTER } else { case_of(spelled) };
        if after > end {
            case |= case::POSSESSIVE;
        }
        if new_part || new_sentence {
            sentence.finish(words);
            sentence = SentenceCase { start: words.len(), ..SentenceCase::default() };
            case |= case::FIRST;
        }
        let gap = if new_part { gap::PARAGRAPH } else { gap_between(&text.as_bytes()[before..start]) };
        new_sentence = false;
        new_part = false;
        let hash = hash(tokens.text(token).as_bytes());
        let word = ArticleWord { start: start as u32, end: end as u32, hash, case, gap };
        sentence.count(&word);
        words.push(word);
        before = after;
    }
    sentence.finish(words);
}

/// FNV-1a of some bytes. The high half is mixed into the low half, so that all bits of the result are equally good.
pub(crate) const fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    (hash ^ (hash >> 32)) as u32
}

/// The length in bytes of a possessive ending (`'s`, with a straight or curly apostrophe) at the start of `rest`, the text
/// after a word.
fn possessive_length(rest: &[u8]) -> usize {
    let length = match rest {
        [b'\'' | b'`', b's' | b'S', ..] => 2,
        [0xE2, 0x80, 0x98 | 0x99, b's' | b'S', ..] => 4,
        [0xC2, 0xB4, b's' | b'S', ..] => 3,
        _ => return 0,
    };
    if rest.get(length).is_some_and(|byte| byte.is_ascii_alphanumeric()) { 0 } else { length }
}

/// Whether a word consists of lower-case ASCII letters only.
#[inline]
fn is_lower(text: &[u8], start: usize, end: usize) -> bool {
    let length = end - start;
    match text[start..].first_chunk::<16>() {
        // The 16 bytes are compared at once: no branch depends on the length.
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
    // Nearly all gaps are one blank. The pattern is faster than a comparison of slices, which is a call.
    if let [b' '] = between { gap::BLANK } else { gap_of_marks(between) }
}

fn gap_of_marks(between: &[u8]) -> u16 {
    let mut mask = 0;
    // Marks outside of ASCII are read as UTF-8 bytes: curly quotes are E2 80 98..9F, dashes E2 80 90..95.
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

/// Whether a name may continue over this gap. The gap does not end a sentence.
pub(super) fn joins(text: &str, before: &ArticleWord, gap: u16) -> bool {
    const PLAIN: u16 = gap::BLANK | gap::AND | gap::DOT;
    match gap {
        gap::BLANK | gap::HYPHEN | gap::APOSTROPHE => true,
        // `The Bishops' Conference`.
        _ if gap == gap::APOSTROPHE | gap::BLANK => text[before.range()].ends_with('s'),
        _ => gap & !PLAIN == 0 && gap != gap::AND | gap::DOT | gap::BLANK,
    }
}

/// Counts of the current sentence. They show whether it is written in capitals or as a headline.
#[derive(Debug, Default)]
struct SentenceCase {
    /// The index of the first word of the sentence.
    start: usize,
    /// Words with letters.
    words: u32,
    /// Words with letters that are in capitals.
    shouted: u32,
    /// Words with letters that are longer than four bytes.
    long: u32,
    /// Words with letters that are longer than four bytes and in lower case.
    lower: u32,
}

impl SentenceCase {
    #[inline]
    fn count(&mut self, word: &ArticleWord) {
        let lettered = word.is(case::LETTER);
        let long = lettered && word.end - word.start > 4;
        self.words += u32::from(lettered);
        self.shouted += u32::from(lettered && word.is(case::ALL | case::INITIAL));
        self.long += u32::from(long);
        self.lower += u32::from(long && !word.is(case::CAPITAL | case::INNER | case::DIGIT));
    }

    /// Sets the case bit of the sentence on all its words. Its last word is the last one of `words`.
    fn finish(&self, words: &mut [ArticleWord]) {
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
