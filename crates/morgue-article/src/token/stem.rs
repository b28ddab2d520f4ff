//! Stems of exact forms, with a cache.

use frostem::{Algorithm, Stemmer};

use super::Stemming;

/// The number of lines of the cache, 64 bytes each. A line has the two most recent of all forms that share it.
const LINES: usize = 1 << 14;
/// Longer forms are not cached. Bytes.
const LONGEST_CACHED: usize = 15;
/// Longer forms have no stem. Bytes.
const LONGEST: usize = 40;

/// A stemmer with a cache.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    lines: Vec<CacheLine>,
    /// The last stem of a form that is not cached.
    last: String,
}

/// A form, padded with zeros, and its stem. The length 0 means that the form is its own stem.
#[derive(Clone, Copy, Default)]
struct CacheEntry {
    form: u128,
    stem: [u8; LONGEST_CACHED],
    length: u8,
}

/// Two entries, the most recent first, in one line of the processor's cache.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct CacheLine([CacheEntry; 2]);

impl Stems {
    pub(super) fn new(stemming: Stemming) -> Stems {
        let (stemmer, lines) = match stemming {
            Stemming::English => (Some(Stemmer::new(Algorithm::English)), vec![CacheLine::default(); LINES]),
            Stemming::None => (None, Vec::new()),
        };
        Stems { stemmer, lines, last: String::new() }
    }

    /// The stem of an exact form, if it differs from the form. Only words of nothing but ASCII letters have a stem.
    #[inline]
    pub(super) fn stem(&mut self, form: &str) -> Option<&str> {
        if !self.is_stemmable(form) { None } else { self.stem_letters(form) }
    }

    /// The same for a form that is known to have only lower-case ASCII letters.
    #[inline]
    pub(super) fn stem_letters(&mut self, form: &str) -> Option<&str> {
        self.stemmer.as_ref()?;
        if form.len() > LONGEST_CACHED {
            return self.stem_long(form);
        }
        let key = key(form.as_bytes())?;
        let index = line_of(key);
        if self.lines[index].0[0].form != key && self.lines[index].0[1].form != key {
            self.cache(form, key, index);
        }
        let [first, second] = &self.lines[index].0;
        let entry = if first.form == key { first } else { second };
        match entry.length {
            0 => None,
            length => std::str::from_utf8(&entry.stem[..length as usize]).ok(),
        }
    }

    /// Can the stemmer be applied to this form? The stem may be the form itself.
    #[inline]
    pub(super) fn is_stemmable(&self, form: &str) -> bool {
        self.stemmer.is_some() && (3..=LONGEST).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_lowercase())
    }

    #[cold]
    fn cache(&mut self, form: &str, key: u128, index: usize) {
        let Some(stemmer) = &self.stemmer else { return };
        let stem = stemmer.stem(form);
        let mut entry = CacheEntry { form: key, ..CacheEntry::default() };
        // No English stem is longer than its word.
        if *stem != *form && stem.len() <= LONGEST_CACHED {
            entry.stem[..stem.len()].copy_from_slice(stem.as_bytes());
            entry.length = stem.len() as u8;
        }
        let line = &mut self.lines[index].0;
        *line = [entry, line[0]];
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
        // The last 8 bytes without those that are also among the first 8. For 8 bytes in all, the shift is 64.
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

/// The cache line of a form. The multiplier is from the golden ratio (Fibonacci hashing).
#[inline]
fn line_of(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - LINES.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cached_stems_equal_the_stems_of_the_stemmer() {
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
        for length in 3..=LONGEST_CACHED {
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
