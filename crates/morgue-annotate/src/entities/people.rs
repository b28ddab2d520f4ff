//! Groups the spellings that name the same person. Two full names are one person if they have the same last name and the
//! same first name or initial, or if one contains the other. A name of one word belongs to the full name that has it as
//! last name, or else as first name.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::names::ArticleNames;
use super::roles;
use super::transliteration::push_standard_spelling;
use super::words::{ArticleWord, case, hash};
use morgue_article::EntityKind;

/// One word of the name of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NamePart {
    /// The hash of the word in its standard transliteration.
    sound: u32,
    /// The first letter of the word.
    letter: char,
    /// Whether the word is only an initial.
    is_initial: bool,
}

/// A name of a person, in parts.
#[derive(Debug, Clone)]
struct PersonName {
    spelling: usize,
    parts: Vec<NamePart>,
    /// The ending that distinguishes people of the same name: `Jr.`, `III`.
    generation: Option<u32>,
}

/// Groups the spellings of people.
pub(super) fn group(names: &mut ArticleNames) {
    let mut scratch = String::new();
    let mut full_names: Vec<PersonName> = Vec::new();
    let mut longest_first: Vec<usize> =
        (0..names.spellings.len()).filter(|&i| names.spellings[i].kind == EntityKind::Person).collect();
    longest_first.sort_by_key(|&i| Reverse(names.spellings[i].words.len()));
    for spelling in longest_first {
        let name = person_name(names, spelling, &mut scratch);
        if name.parts.len() < 2 {
            continue;
        }
        if let Some(same) = full_names.iter().find(|longer| is_same(longer, &name)) {
            names.join(spelling, same.spelling);
        }
        full_names.push(name);
    }
    group_single_names(names, &full_names, &mut scratch);
}

/// Divides a spelling into parts.
fn person_name(names: &ArticleNames, spelling: usize, scratch: &mut String) -> PersonName {
    let mut parts = Vec::new();
    let mut generation = None;
    for (i, word) in names.words_of(&names.spellings[spelling]).iter().enumerate() {
        let part = name_part(names.text, word, scratch);
        if i > 0 && roles::GENERATIONS.has(word.hash) {
            generation = Some(part.sound);
        } else {
            parts.push(part);
        }
    }
    PersonName { spelling, parts, generation }
}

fn name_part(text: &str, word: &ArticleWord, scratch: &mut String) -> NamePart {
    let spelled = &text[word.range()];
    let lower = spelled.to_lowercase();
    let sound = if lower.is_ascii() {
        scratch.clear();
        push_standard_spelling(&lower, scratch);
        hash(scratch.as_bytes())
    } else {
        word.hash
    };
    let letter = spelled.chars().next().unwrap_or(' ').to_ascii_lowercase();
    NamePart { sound, letter, is_initial: word.is(case::INITIAL | case::DOTTED) }
}

impl NamePart {
    /// Whether the two parts are the same word, or one is an initial of the other.
    fn fits(&self, other: &NamePart) -> bool {
        if self.is_initial || other.is_initial { self.letter == other.letter } else { self.sound == other.sound }
    }
}

/// Whether the shorter name names the same person as the longer one.
fn is_same(longer: &PersonName, shorter: &PersonName) -> bool {
    if longer.generation != shorter.generation || shorter.parts.len() > longer.parts.len() {
        return false;
    }
    let (long, short) = (longer.parts.as_slice(), shorter.parts.as_slice());
    let ([first, middle @ .., last], [short_first, short_middle @ .., short_last]) = (long, short) else {
        return false;
    };
    if last.sound == short_last.sound && first.fits(short_first) {
        // The shorter name may leave out middle names, but it may not have others.
        let mut rest = middle.iter();
        if short_middle.iter().all(|part| rest.any(|other| other.fits(part))) {
            return true;
        }
    }
    long.windows(short.len()).any(|run| run.iter().zip(short).all(|(one, other)| one.sound == other.sound))
}

/// Groups every name of one word with a full name that has this word: as last name, or else as first name, or else as
/// middle name. If several people have it, the one whose full name occurs most often gets it, and of equals the first
/// one. Articles name the relatives of their main person in full.
fn group_single_names(names: &mut ArticleNames, full_names: &[PersonName], scratch: &mut String) {
    /// The spellings of the full names that have a word as last, first and middle name.
    type Owners = [Option<usize>; 3];
    const LAST: usize = 0;
    const FIRST: usize = 1;
    const MIDDLE: usize = 2;

    let rank = |names: &ArticleNames, spelling: usize| {
        let group = names.spellings[spelling].group;
        let same = names.spellings.iter().filter(|spelling| spelling.group == group && spelling.words.len() > 1);
        (same.map(|spelling| spelling.count).sum::<u32>(), Reverse(group))
    };
    let mut owners: FxHashMap<u32, Owners> = FxHashMap::default();
    for name in full_names {
        for (i, part) in name.parts.iter().enumerate().filter(|(_, part)| !part.is_initial) {
            let position = if i + 1 == name.parts.len() {
                LAST
            } else if i == 0 {
                FIRST
            } else {
                MIDDLE
            };
            let owner = &mut owners.entry(part.sound).or_default()[position];
            if owner.is_none_or(|other| rank(names, name.spelling) > rank(names, other)) {
                *owner = Some(name.spelling);
            }
        }
    }
    for single in 0..names.spellings.len() {
        if names.spellings[single].kind != EntityKind::Person || names.spellings[single].words.len() > 1 {
            continue;
        }
        let name = person_name(names, single, scratch);
        let Some(owners) = name.parts.first().and_then(|part| owners.get(&part.sound)) else { continue };
        if let Some(full_name) = owners.iter().flatten().next() {
            names.join(single, *full_name);
        }
    }
}
