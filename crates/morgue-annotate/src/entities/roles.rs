//! Words in and around names that are not names themselves: titles before the names of people, endings of names, and
//! words that are written with a capital without naming anything.

use std::sync::LazyLock;

use super::word_set::WordSet;
use super::words::hash;

/// Titles that stand before the name of a person: `Gen.`, `President`.
pub(super) static TITLES: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/titles.txt")));

/// Words and phrases that never name anything when they stand alone, in any case: `Monday`, `Related Articles`.
pub(super) static NOT_NAMES: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/not_names.txt")));

/// Endings that distinguish a person from another one of the same name.
pub(super) static GENERATIONS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new(&["ii", "iii", "iv", "jr", "junior", "sr"]));

/// Small words that an initialism may leave out.
pub(super) static SMALL_WORDS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new(&["a", "and", "de", "for", "in", "of", "on", "the", "to"]));

/// Endings of the names of places that writers often leave out.
pub(super) static OPTIONAL_PLACE_ENDINGS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::new(&["atoll", "cathedral", "de janeiro", "islands", "ocean", "rainforest", "sea"]));

/// Last words of the names of companies: `Ltd`, `Group`.
pub(super) static COMPANY_ENDINGS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/company_endings.txt")));

/// Firms whose names look like the names of people: `Wells Fargo`.
pub(super) static PERSON_LIKE_FIRMS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/person_like_firms.txt")));

/// Last words of the names of bodies within a larger body: `Senate Intelligence Committee`. The name of the larger body
/// alone (`Senate`) does not mean them.
pub(super) static BODY_ENDINGS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/body_endings.txt")));

/// The hash of `the`.
pub(super) const THE: u32 = hash(b"the");

/// Abbreviations that end names with a dot, as they are written.
const DOTTED_ENDINGS: &[&str] = &["Bros", "Co", "Corp", "Cos", "Inc", "Jr", "Ltd", "Sr"];

/// Whether a dot after this word belongs to the name that the word ends.
pub(super) fn ends_with_dot(word: &str) -> bool {
    DOTTED_ENDINGS.contains(&word)
}
