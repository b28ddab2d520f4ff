//! A table for fast look-ups of the words of a language.
//!
//! Nearly all words of a text have no meaning in dates and must be rejected in a few nanoseconds. A filter on the first
//! two letters and the length rejects most words before a hash is computed.

use std::sync::LazyLock;

use super::english::ENGLISH;
use super::language::{DateWord, Holiday, Language};

/// A language and the look-up table of its words.
pub(super) struct DateLexicon {
    pub language: &'static Language,
    entries: Vec<DateEntry>,
    /// A hash table with open addressing. Its slots refer to `entries`.
    table: Vec<Slot>,
    /// For each pair of first letters, one bit for each length of a word that starts with them.
    filter: Vec<u32>,
    phrases: Vec<Phrase>,
}

/// A slot of the table: the first eight bytes of a word in lower case, its length (0 if the slot is empty) and its
/// entry.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    len: u16,
    entry: u16,
}

/// A word, its meaning, and the phrases that begin with it.
#[derive(Debug)]
pub(super) struct DateEntry {
    text: &'static str,
    pub word: DateWord,
    /// Whether an expression can begin with it.
    pub begins: bool,
    /// Whether a full stop after it belongs to it.
    pub is_short: bool,
    /// The indices of the phrases that begin with this word, longest first.
    phrases: Vec<u16>,
}

/// A fixed phrase: a holiday, or a name that looks like a date.
#[derive(Debug)]
struct Phrase {
    /// The words after the first one, without apostrophes.
    rest: Vec<String>,
    holiday: Option<Holiday>,
}

/// The lexicon of English.
pub(super) static ENGLISH_LEXICON: LazyLock<DateLexicon> = LazyLock::new(|| DateLexicon::new(&ENGLISH));

const TABLE_SIZE: usize = 1024;

impl DateLexicon {
    fn new(language: &'static Language) -> DateLexicon {
        let mut lexicon = DateLexicon {
            language,
            entries: Vec::new(),
            table: vec![Slot::default(); TABLE_SIZE],
            filter: vec![0; 1 << 10],
            phrases: Vec::new(),
        };
        for (text, month) in language.names.month_spellings() {
            let entry = lexicon.add(text, DateWord::Month(month));
            lexicon.entries[entry].is_short = language.names.is_short_month(text);
        }
        for (text, weekday) in language.names.weekdays {
            let short = !text.ends_with("day");
            let entry = lexicon.add(text, DateWord::Weekday(*weekday, short));
            lexicon.entries[entry].is_short = short;
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

    fn add(&mut self, text: &'static str, word: DateWord) -> usize {
        self.entries.push(DateEntry { text, word, begins: begins(word), is_short: false, phrases: Vec::new() });
        assert!(self.entries.len() < TABLE_SIZE / 2, "a language has fewer words than half the table");
        let key = key(text.as_bytes(), 0, text.len());
        let mut slot = hash(key, text.len());
        while self.table[slot].len != 0 {
            slot = (slot + 1) % TABLE_SIZE;
        }
        self.table[slot] = Slot { key, len: text.len() as u16, entry: self.entries.len() as u16 - 1 };
        self.filter[pair(text.as_bytes())] |= 1 << text.len().min(31);
        self.entries.len() - 1
    }

    fn add_phrase(&mut self, phrase: &'static str, holiday: Option<Holiday>) {
        let mut words = phrase.split(' ');
        let first = words.next().expect("split gives at least one piece");
        let first = first.split('\'').next().expect("split gives at least one piece");
        let entry = match self.find(first, 0, first.len()) {
            Some(number) => usize::from(number),
            None => self.add(first, DateWord::Nothing),
        };
        self.entries[entry].phrases.push(self.phrases.len() as u16);
        self.entries[entry].begins = true;
        let rest = words.map(|word| word.replace('\'', "")).collect();
        self.phrases.push(Phrase { rest, holiday });
    }

    /// The index of the entry of the word from byte `start` to `end` of `text`, in any case.
    #[inline]
    pub(super) fn find(&self, text: &str, start: usize, end: usize) -> Option<u16> {
        let (bytes, len) = (text.as_bytes(), end - start);
        if len == 0 || self.filter[pair(&bytes[start..end])] & (1 << len.min(31)) == 0 {
            return None;
        }
        let key = key(bytes, start, len);
        let mut place = hash(key, len);
        loop {
            let slot = self.table[place];
            if slot.len == 0 {
                return None;
            }
            let same = slot.key == key && usize::from(slot.len) == len;
            if same && self.entries[usize::from(slot.entry)].text.as_bytes().eq_ignore_ascii_case(&bytes[start..end]) {
                return Some(slot.entry);
            }
            place = (place + 1) % TABLE_SIZE;
        }
    }

    /// The entry with this index.
    pub(super) fn entry(&self, number: u16) -> &DateEntry {
        &self.entries[usize::from(number)]
    }

    /// The longest phrase that begins with the word of an entry. The word ends at byte `end` of `text`. The result is
    /// the end of the phrase and its holiday; a phrase that is not a date has no holiday.
    pub(super) fn phrase(&self, number: u16, text: &str, end: usize) -> Option<(usize, Option<Holiday>)> {
        self.entry(number).phrases.iter().find_map(|number| {
            let phrase = &self.phrases[usize::from(*number)];
            let end =
                phrase.rest.iter().try_fold(skip_possessive(text, end), |at, word| next_word_is(text, at, word))?;
            Some((end, phrase.holiday))
        })
    }
}

/// The end of `word`, if it follows at byte `at` after one blank, hyphen or slash.
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

/// The byte after a possessive ending at `at`, as in `Valentine's`. Without such an ending, it is `at`.
fn skip_possessive(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mark = ["'", "\u{2019}"].iter().find(|mark| rest.starts_with(**mark));
    match mark {
        Some(mark) if rest[mark.len()..].starts_with(['s', 'S']) => at + mark.len() + 1,
        Some(mark) => at + mark.len(),
        None => at,
    }
}

/// The index of a word in the filter: its first two letters in any case.
fn pair(word: &[u8]) -> usize {
    let second = word.get(1).copied().unwrap_or(0);
    usize::from(word[0] & 31) << 5 | usize::from(second & 31)
}

/// The first eight bytes of a word, in lower case.
fn key(text: &[u8], start: usize, len: usize) -> u64 {
    let bytes = match text.get(start..start + 8) {
        Some(eight) => <[u8; 8]>::try_from(eight).expect("eight bytes"),
        None => std::array::from_fn(|at| text.get(start + at).copied().unwrap_or(0)),
    };
    let word = u64::from_le_bytes(bytes);
    let word = if len < 8 { word & ((1 << (8 * len)) - 1) } else { word };
    word | 0x2020_2020_2020_2020
}

/// The slot of a key, by Fibonacci hashing.
fn hash(key: u64, len: usize) -> usize {
    let mixed = (key ^ (len as u64) << 59).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize % TABLE_SIZE
}

/// Whether an expression can begin with such a word.
fn begins(word: DateWord) -> bool {
    use DateWord::*;
    !matches!(word, DayPart | Ago | Of | From | To | And | Between | Every | BeforeChrist | In | End | Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found() {
        let lexicon = &*ENGLISH_LEXICON;
        for (text, word) in ENGLISH.words {
            let number = lexicon.find(&text.to_uppercase(), 0, text.len()).unwrap();
            assert_eq!(lexicon.entry(number).word, *word, "{text}");
        }
        for text in ["", "x", "fridge", "mayor", "é", "a_very_long_word_that_is_not_in_it"] {
            assert!(lexicon.find(text, 0, text.len()).is_none(), "{text}");
        }
    }

    #[test]
    fn no_word_has_two_meanings() {
        let mut seen = std::collections::BTreeSet::new();
        let names = ENGLISH.names.month_spellings().chain(ENGLISH.names.weekdays.iter().copied()).map(|(text, _)| text);
        for text in names.chain(ENGLISH.words.iter().map(|(text, _)| *text)) {
            assert!(seen.insert(text), "{text}");
        }
    }

    #[test]
    fn phrases() {
        let phrase = |text: &str| {
            let first = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
            let (end, holiday) = ENGLISH_LEXICON.phrase(ENGLISH_LEXICON.find(text, 0, first)?, text, first)?;
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
