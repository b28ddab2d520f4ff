//! Which spellings name the same person. Full names come together by last name and first name or initial, or when one
//! holds the other; a name of one word goes to the full name that has it as last name, else as first name.

use rustc_hash::FxHashMap;

use super::key::sound;
use super::resolve::Names;
use super::roles;
use super::words::{Word, case, hash};
use morgue_article::EntityKind;

/// One word of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    /// Hash of the word in its standard transliteration.
    sound: u32,
    /// Its first letter, when it is no more than that.
    initial: Option<char>,
    letter: char,
}

/// A full name.
#[derive(Debug, Clone)]
struct Full {
    spelling: usize,
    parts: Vec<Part>,
    /// `Jr.`, `III`: tells people of the same name apart.
    generation: Option<u32>,
}

/// Groups the spellings of people.
pub(super) fn group(names: &mut Names) {
    let mut scratch = String::new();
    let people = |names: &Names, i: usize| names.spellings[i].kind == EntityKind::Person;
    let mut full: Vec<Full> = Vec::new();
    let mut order: Vec<usize> = (0..names.spellings.len()).filter(|&i| people(names, i)).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(names.spellings[i].words.len()));
    for spelling in order {
        let name = read(names, spelling, &mut scratch);
        if name.parts.len() < 2 {
            continue;
        }
        if let Some(same) = full.iter().find(|longer| is_same(longer, &name)) {
            let longer = same.spelling;
            names.join(spelling, longer);
        }
        full.push(name);
    }
    single_names(names, &full, &mut scratch);
}

fn read(names: &Names, spelling: usize, scratch: &mut String) -> Full {
    let mut parts = Vec::new();
    let mut generation = None;
    for (i, word) in names.words[names.spellings[spelling].words.clone()].iter().enumerate() {
        match part(names.text, word, scratch) {
            part if i > 0 && roles::is_generation_hash(word.hash) => generation = Some(part.sound),
            part => parts.push(part),
        }
    }
    Full { spelling, parts, generation }
}

fn part(text: &str, word: &Word, scratch: &mut String) -> Part {
    let spelled = &text[word.range()];
    scratch.clear();
    let letter = spelled.chars().next().unwrap_or(' ').to_ascii_lowercase();
    let initial = word.is(case::INITIAL | case::DOTTED).then_some(letter);
    let lower = spelled.to_lowercase();
    let sound = if lower.is_ascii() {
        sound(&lower, scratch);
        hash(scratch.as_bytes())
    } else {
        word.hash
    };
    Part { sound, initial, letter }
}

impl Part {
    /// Whether one may stand for the other: the same, or its initial.
    fn fits(&self, other: &Part) -> bool {
        match (self.initial, other.initial) {
            (None, None) => self.sound == other.sound,
            _ => self.letter == other.letter,
        }
    }
}

/// Whether the shorter name is that of the longer.
fn is_same(longer: &Full, shorter: &Full) -> bool {
    if longer.generation != shorter.generation {
        return false;
    }
    let (long, short) = (longer.parts.as_slice(), shorter.parts.as_slice());
    if short.len() > long.len() {
        return false;
    }
    let ([first, middle @ .., last], [short_first, short_middle @ .., short_last]) = (long, short) else {
        return false;
    };
    if last.sound == short_last.sound && first.fits(short_first) {
        // Middle names may be left out, but do not change.
        let mut rest = middle.iter();
        if short_middle.iter().all(|part| rest.any(|other| other.fits(part))) {
            return true;
        }
    }
    long.windows(short.len()).any(|run| run.iter().zip(short).all(|(one, other)| one.sound == other.sound))
}

/// Gives every single name the full name that it stands for: as its last name, else its first, else one between.
/// Where several people have it, it is the one who is named in full most often, the first among equals: relatives are
/// told from the one an article is about by their full names.
fn single_names(names: &mut Names, full: &[Full], scratch: &mut String) {
    let mut meant_by: FxHashMap<u32, [Option<usize>; 3]> = FxHashMap::default();
    let better = |names: &Names, one: usize, other: usize| {
        let rank = |spelling: usize| {
            let group = names.spellings[spelling].group;
            let same = names.spellings.iter().filter(|spelling| spelling.group == group && spelling.words.len() > 1);
            (same.map(|spelling| spelling.count).sum::<u32>(), std::cmp::Reverse(group))
        };
        rank(one) > rank(other)
    };
    for name in full {
        for (i, part) in name.parts.iter().enumerate().filter(|(_, part)| part.initial.is_none()) {
            let place = if i + 1 == name.parts.len() {
                0
            } else if i == 0 {
                1
            } else {
                2
            };
            let slot = &mut meant_by.entry(part.sound).or_default()[place];
            if slot.is_none_or(|other| better(names, name.spelling, other)) {
                *slot = Some(name.spelling);
            }
        }
    }
    for single in 0..names.spellings.len() {
        if names.spellings[single].kind != EntityKind::Person || names.spellings[single].words.len() > 1 {
            continue;
        }
        let name = read(names, single, scratch);
        let Some(meant) = name.parts.first().and_then(|part| meant_by.get(&part.sound)) else { continue };
        if let Some(full) = meant.iter().flatten().next() {
            names.join(single, *full);
        }
    }
}
