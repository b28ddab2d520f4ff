//! A language's words made ready for one quick look-up each.
//!
//! Nearly all words of a text mean nothing here and must be passed over in a few nanoseconds: a filter on the first two
//! letters and the length turns most away before anything is hashed.

use std::sync::LazyLock;

use super::english::ENGLISH;
use super::language::{Holiday, Language, Word};

/// A language and its look-up table.
pub(super) struct Lexicon {
    pub language: &'static Language,
    entries: Vec<Entry>,
    /// Open addressing over `entries`, by hash of the word; 0 is empty, else the entry's number plus 1.
    table: Vec<u16>,
    /// For each pair of first letters, a bit for each length that some word has.
    filter: Vec<u32>,
    phrases: Vec<Phrase>,
}

/// A word and what it can be the start of.
#[derive(Debug)]
pub(super) struct Entry {
    text: &'static str,
    pub word: Word,
    /// Numbers of the phrases that begin with this word, longest first.
    phrases: Vec<u16>,
}

/// A fixed phrase of words.
#[derive(Debug)]
struct Phrase {
    /// The words after the first.
    rest: Vec<&'static str>,
    holiday: Option<Holiday>,
}

/// English's.
pub(super) static ENGLISH_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&ENGLISH));

const TABLE_SIZE: usize = 2048;

impl Lexicon {
    fn new(language: &'static Language) -> Lexicon {
        let mut lexicon = Lexicon {
            language,
            entries: Vec::new(),
            table: vec![0; TABLE_SIZE],
            filter: vec![0; 1 << 10],
            phrases: Vec::new(),
        };
        for (text, month) in language.names.months {
            lexicon.add(text, Word::Month(*month));
        }
        for (text, weekday) in language.names.weekdays {
            let short = !text.ends_with("day");
            lexicon.add(text, Word::Weekday(*weekday, short));
        }
        for (text, word) in language.words {
            lexicon.add(text, *word);
        }
        for (phrase, holiday) in language.holidays {
            lexicon.add_phrase(phrase, Some(*holiday));
        }
        for phrase in language.not_dates {
            lexicon.add_phrase(phrase, None);
        }
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|number| std::cmp::Reverse(lexicon.phrases[usize::from(*number)].rest.len()));
        }
        lexicon
    }

    fn add(&mut self, text: &'static str, word: Word) -> usize {
        self.entries.push(Entry { text, word, phrases: Vec::new() });
        assert!(self.entries.len() < TABLE_SIZE / 2, "a language has fewer words than half the table");
        let mut slot = hash(text.as_bytes());
        while self.table[slot] != 0 {
            slot = (slot + 1) % TABLE_SIZE;
        }
        self.table[slot] = self.entries.len() as u16;
        self.filter[pair(text.as_bytes())] |= 1 << text.len().min(31);
        self.entries.len() - 1
    }

    fn add_phrase(&mut self, phrase: &'static str, holiday: Option<Holiday>) {
        let mut words = phrase.split(' ');
        let first = words.next().expect("split gives at least one piece");
        let entry = match self.find(first) {
            Some(number) => usize::from(number),
            None => self.add(first, Word::Nothing),
        };
        self.entries[entry].phrases.push(self.phrases.len() as u16);
        self.phrases.push(Phrase { rest: words.collect(), holiday });
    }

    /// The entry of `word`, in any case.
    #[inline]
    pub fn find(&self, word: &str) -> Option<u16> {
        let bytes = word.as_bytes();
        if bytes.is_empty() || self.filter[pair(bytes)] & (1 << bytes.len().min(31)) == 0 {
            return None;
        }
        let mut slot = hash(bytes);
        while self.table[slot] != 0 {
            let number = self.table[slot] - 1;
            if self.entries[usize::from(number)].text.eq_ignore_ascii_case(word) {
                return Some(number);
            }
            slot = (slot + 1) % TABLE_SIZE;
        }
        None
    }

    /// An entry by its number.
    pub fn entry(&self, number: u16) -> &Entry {
        &self.entries[usize::from(number)]
    }

    /// The longest phrase that begins with the entry's word, which ends at byte `end` of `text`: where it ends, and its
    /// holiday; no holiday for a phrase that is no date.
    pub fn phrase(&self, number: u16, text: &str, end: usize) -> Option<(usize, Option<Holiday>)> {
        self.entry(number).phrases.iter().find_map(|number| {
            let phrase = &self.phrases[usize::from(*number)];
            let end =
                phrase.rest.iter().try_fold(skip_possessive(text, end), |at, word| next_word_is(text, at, word))?;
            Some((end, phrase.holiday))
        })
    }
}

/// Where `word` ends if it follows at byte `at` after one blank, hyphen or slash.
fn next_word_is(text: &str, at: usize, word: &str) -> Option<usize> {
    let rest = text.get(at..)?;
    let start = match rest.as_bytes().first()? {
        b'.' if rest.as_bytes().get(1) == Some(&b' ') => 2,
        b' ' | b'-' | b'/' => 1,
        _ if rest.starts_with('\u{a0}') => 2,
        _ => return None,
    };
    let mut wanted = word.bytes();
    for (offset, c) in rest[start..].char_indices() {
        match c {
            '\'' | '\u{2019}' => continue,
            _ if c.is_alphanumeric() => {
                if wanted.next()? != (c as u32).try_into().unwrap_or(0u8).to_ascii_lowercase() {
                    return None;
                }
            }
            _ => return (wanted.len() == 0).then_some(at + start + offset),
        }
    }
    (wanted.len() == 0).then_some(text.len())
}

/// The text after an apostrophe and an s at `at`, as in `Valentine's`; else `at`.
fn skip_possessive(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mark = ["'", "\u{2019}"].iter().find(|mark| rest.starts_with(**mark));
    match mark {
        Some(mark) if rest[mark.len()..].starts_with(['s', 'S']) => at + mark.len() + 1,
        Some(mark) => at + mark.len(),
        None => at,
    }
}

/// The first two letters, whatever their case, as an index of the filter.
fn pair(word: &[u8]) -> usize {
    let second = word.get(1).copied().unwrap_or(0);
    usize::from(word[0] & 31) << 5 | usize::from(second & 31)
}

/// FNV-1a over the letters, whatever their case.
fn hash(word: &[u8]) -> usize {
    let folded =
        word.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte | 0x20)).wrapping_mul(0x0100_0193));
    (folded >> 8) as usize % TABLE_SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found() {
        let lexicon = &*ENGLISH_LEXICON;
        for (text, word) in ENGLISH.words {
            let number = lexicon.find(&text.to_uppercase()).unwrap();
            assert_eq!(lexicon.entry(number).word, *word, "{text}");
        }
        for text in ["", "x", "fridge", "mayor", "é", "a_very_long_word_that_is_not_in_it"] {
            assert!(lexicon.find(text).is_none(), "{text}");
        }
    }

    #[test]
    fn no_word_is_told_twice() {
        let mut seen = std::collections::BTreeSet::new();
        let names = ENGLISH.names.months.iter().chain(ENGLISH.names.weekdays).map(|(text, _)| *text);
        for text in names.chain(ENGLISH.words.iter().map(|(text, _)| *text)) {
            assert!(seen.insert(text), "{text}");
        }
    }

    #[test]
    fn phrases() {
        let phrase = |text: &str| {
            let first = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
            let (end, holiday) = ENGLISH_LEXICON.phrase(ENGLISH_LEXICON.find(&text[..first])?, text, first)?;
            Some((text[end..].to_string(), holiday.is_some()))
        };
        for (text, rest, holiday) in [
            ("New Year's Eve in", " in", true),
            ("New Year\u{2019}s Eve", "", true),
            ("Valentine's Day.", ".", true),
            ("Presidents' Day", "", true),
            ("Martin Luther King Jr. Day", "", true),
            ("St. Patrick's Day", "", true),
            ("Christmas shopping", " shopping", true),
            ("Christmas Eve mass", " mass", true),
            ("USA Today said", " said", false),
            ("9/11 attacks", " attacks", true),
        ] {
            assert_eq!(phrase(text), Some((rest.to_string(), holiday)), "{text}");
        }
        for text in ["New York", "Valentine", "Good Fridays", "USA Todayish", "9/110"] {
            assert_eq!(phrase(text), None, "{text}");
        }
    }
}
