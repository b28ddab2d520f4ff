//! Stems of exact forms, remembered.

use frostem::{Algorithm, Stemmer};

use super::Stemming;

/// Shelves for remembered forms, 64 bytes each: the two forms last met of those that share it.
const SHELVES: usize = 1 << 14;
/// Forms of more bytes than this are not remembered.
const LONGEST_REMEMBERED: usize = 15;
/// Forms of more bytes than this have no stem.
const LONGEST: usize = 40;

/// A stemmer with a memory.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    shelves: Vec<Shelf>,
    /// The last stem of a form that is not remembered.
    last: String,
}

/// A form, filled up with zeros, and its stem; the length 0 stands for "the form is its stem".
#[derive(Clone, Copy, Default)]
struct Place {
    form: u128,
    stem: [u8; LONGEST_REMEMBERED],
    length: u8,
}

/// Two places, the one last filled first, in one line of the processor's cache.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Shelf([Place; 2]);

impl Stems {
    pub(super) fn new(stemming: Stemming) -> Stems {
        let (stemmer, shelves) = match stemming {
            Stemming::English => (Some(Stemmer::new(Algorithm::English)), vec![Shelf::default(); SHELVES]),
            Stemming::None => (None, Vec::new()),
        };
        Stems { stemmer, shelves, last: String::new() }
    }

    /// The stem of an exact form where it differs from it. Only words of ASCII letters alone have one.
    #[inline]
    pub(super) fn stem(&mut self, form: &str) -> Option<&str> {
        if !self.is_stemmable(form) { None } else { self.stem_letters(form) }
    }

    /// The same for a form that is known to be of lower-case ASCII letters alone.
    #[inline]
    pub(super) fn stem_letters(&mut self, form: &str) -> Option<&str> {
        self.stemmer.as_ref()?;
        if form.len() > LONGEST_REMEMBERED {
            return self.stem_long(form);
        }
        let key = key(form.as_bytes())?;
        let index = shelf_of(key);
        if self.shelves[index].0[0].form != key && self.shelves[index].0[1].form != key {
            self.remember(form, key, index);
        }
        let [first, second] = &self.shelves[index].0;
        let place = if first.form == key { first } else { second };
        match place.length {
            0 => None,
            length => std::str::from_utf8(&place.stem[..length as usize]).ok(),
        }
    }

    /// Whether a form is one that is stemmed, its stem being itself or another.
    #[inline]
    pub(super) fn is_stemmable(&self, form: &str) -> bool {
        self.stemmer.is_some() && (3..=LONGEST).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_lowercase())
    }

    #[cold]
    fn remember(&mut self, form: &str, key: u128, index: usize) {
        let Some(stemmer) = &self.stemmer else { return };
        let stem = stemmer.stem(form);
        let mut place = Place { form: key, ..Place::default() };
        // No English stem is longer than its word.
        if *stem != *form && stem.len() <= LONGEST_REMEMBERED {
            place.stem[..stem.len()].copy_from_slice(stem.as_bytes());
            place.length = stem.len() as u8;
        }
        let shelf = &mut self.shelves[index].0;
        *shelf = [place, shelf[0]];
    }

    #[cold]
    fn stem_long(&mut self, form: &str) -> Option<&str> {
        if form.len() > LONGEST {
            return None;
        }
        self.last.clear();
        self.last.push_str(&self.stemmer.as_ref()?.stem(form));
        (self.last != form && !self.last.is_empty()).then_some(&self.last)
    }
}

/// The bytes of a form of 3 to 15 bytes as one number.
#[inline]
fn key(form: &[u8]) -> Option<u128> {
    let length = form.len();
    if length >= 8 {
        let first = u64::from_le_bytes(*form.first_chunk()?);
        let last = u64::from_le_bytes(*form.last_chunk()?);
        // The last 8 bytes without those that are among the first 8; a shift of 64 for 8 bytes in all.
        let rest = last.checked_shr(8 * (16 - length as u32)).unwrap_or(0);
        return Some(u128::from(first) | u128::from(rest) << 64);
    }
    if length >= 4 {
        let first = u32::from_le_bytes(*form.first_chunk()?);
        let last = u32::from_le_bytes(*form.last_chunk()?);
        let rest = last.checked_shr(8 * (8 - length as u32)).unwrap_or(0);
        return Some(u128::from(first) | u128::from(rest) << 32);
    }
    let [a, b, c] = *form.first_chunk()?;
    Some(u128::from(a) | u128::from(b) << 8 | u128::from(c) << 16)
}

/// The shelf of a form: the multiplier is the golden ratio's.
#[inline]
fn shelf_of(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SHELVES.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_of_a_memory_are_those_of_the_stemmer() {
        let stemmer = Stemmer::new(Algorithm::English);
        let mut stems = Stems::new(Stemming::English);
        let ends = ["", "s", "ed", "ing", "ly", "ational", "fulness", "ization", "izationalization", "y", "ies"];
        for round in 0..2 {
            for start in ["dam", "hop", "gener", "commun", "sk", "d", "univers", "x", "relat", "levee", "happ"] {
                for end in ends {
                    let form = format!("{start}{end}");
                    let expected = stemmer.stem(&form);
                    let expected = (form.len() > 2 && expected != form).then_some(&*expected);
                    assert_eq!(stems.stem(&form), expected, "{form} {round}");
                }
            }
        }
        for length in 3..=LONGEST_REMEMBERED {
            let form = &b"abcdefghijklmno"[..length];
            assert_eq!(key(form).expect("long enough").to_le_bytes()[..length], *form);
            assert_eq!(key(form).expect("long enough").to_le_bytes()[length..], vec![0; 16 - length]);
        }
        for form in ["us", "g20", "don't", "café", "covid-19", &"x".repeat(41)] {
            assert_eq!(stems.stem(form), None, "{form}");
            assert!(!stems.is_stemmable(form));
        }
        assert_eq!(Stems::new(Stemming::None).stem("running"), None);
    }
}
