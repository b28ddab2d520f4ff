//! Which spellings name the same person. Full names come together by last name and first name or initial, or when one
//! holds the other; a name of one word goes, mention by mention, to the full name that was mentioned last before it and
//! has it as last name, else as first name.

use rustc_hash::FxHashMap;

use super::key::sound;
use super::resolve::Names;
use super::roles;
use super::words::{Word, case, hash};
use crate::article::EntityKind;

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

/// Groups the spellings of people. Gives the mentions of single names that belong to another group than their
/// spelling's: pairs of mention and group, ascending.
pub(super) fn group(names: &mut Names) -> Vec<(usize, usize)> {
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
    single_names(names, &full, &mut scratch)
}

fn read(names: &Names, spelling: usize, scratch: &mut String) -> Full {
    let mut parts = Vec::new();
    let mut generation = None;
    for word in &names.words[names.spellings[spelling].words.clone()] {
        match part(names.text, word, scratch) {
            part if roles::is_generation_hash(word.hash) => generation = Some(part.sound),
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

/// Gives every mention of a single name the full name that it stands for.
fn single_names(names: &mut Names, full: &[Full], scratch: &mut String) -> Vec<(usize, usize)> {
    // By sound, the spellings whose last word it is, and whose first.
    let mut last: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut first: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for name in full {
        if let [head, .., tail] = name.parts.as_slice() {
            last.entry(tail.sound).or_default().push(name.spelling);
            first.entry(head.sound).or_default().push(name.spelling);
        }
    }
    let mut parts = Vec::new();
    let mut joins = Vec::new();
    for single in 0..names.spellings.len() {
        let spelling = &names.spellings[single];
        if spelling.kind != EntityKind::Person {
            continue;
        }
        let name = read(names, single, scratch);
        let [part] = name.parts.as_slice() else { continue };
        let Some(meant) = last.get(&part.sound).or_else(|| first.get(&part.sound)) else { continue };
        let group = |spelling: usize| names.spellings[spelling].group;
        if meant.iter().all(|&one| group(one) == group(meant[0])) {
            joins.push((single, meant[0]));
            continue;
        }
        let mut latest = None;
        for (i, found) in names.found.iter().enumerate() {
            if meant.contains(&found.spelling) {
                latest = Some(group(found.spelling));
            } else if found.spelling == single {
                let next = || names.found[i..].iter().find(|found| meant.contains(&found.spelling));
                let meant = latest.or_else(|| next().map(|found| group(found.spelling)));
                parts.push((i, meant.unwrap_or(spelling.group)));
            }
        }
    }
    for (single, full) in joins {
        names.join(single, full);
    }
    parts.sort_unstable();
    parts
}
