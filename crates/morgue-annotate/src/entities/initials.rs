//! Initialisms: `World Health Organization (WHO)` says that `WHO` is the same organisation. One that no parentheses
//! introduce is tied to the only name in the article with just these initials.

use std::ops::Range;

use morgue_article::text::letters_and_digits;

use super::resolve::{Found, Names};
use super::roles;
use super::words::{Word, case, gap};
use morgue_article::EntityKind;

/// Adds the initialisms in parentheses after an organisation's name where the tagger passed them over, and gives
/// them that name's kind everywhere.
pub(super) fn add_introduced(names: &mut Names) {
    let mut introduced: Vec<(u32, EntityKind)> = Vec::new();
    let mut added = Vec::new();
    for (i, found) in names.found.iter().enumerate() {
        let Some(short) = introduced_by(names, found) else { continue };
        introduced.push((names.words[short].hash, found.kind));
        if names.found.get(i + 1).is_none_or(|next| next.words.start > short) {
            added.push(Found { words: short..short + 1, kind: found.kind, spelling: 0 });
        }
    }
    if introduced.is_empty() {
        return;
    }
    names.found.extend(added);
    names.found.sort_unstable_by_key(|found| found.words.start);
    let words = names.words;
    let kind_of = |word: &Word| introduced.iter().find(|(hash, _)| *hash == word.hash).map(|(_, kind)| *kind);
    for found in names.found.iter_mut().filter(|found| found.words.len() == 1) {
        if let Some(kind) = kind_of(&words[found.words.start]) {
            found.kind = kind;
        }
    }
    // The mentions that the tagger passed over.
    let mut missed = Vec::new();
    let mut next = 0;
    for (i, word) in words.iter().enumerate() {
        while names.found.get(next).is_some_and(|found| found.words.end <= i) {
            next += 1;
        }
        let taken = names.found.get(next).is_some_and(|found| found.words.start <= i);
        if !taken && word.is(case::ALL | case::DOTTED) && !word.is(case::SHOUTED) {
            missed.extend(kind_of(word).map(|kind| Found { words: i..i + 1, kind, spelling: 0 }));
        }
    }
    if !missed.is_empty() {
        names.found.extend(missed);
        names.found.sort_unstable_by_key(|found| found.words.start);
    }
}

/// The initialism in parentheses right after a name, if the name can be what it stands for.
fn introduced_by(names: &Names, found: &Found) -> Option<usize> {
    let at = found.words.end;
    let short = names.words.get(at)?;
    let opens = short.gap == gap::OPEN | gap::BLANK
        && short.is(case::CAPITAL)
        && short.is(case::ALL | case::INNER | case::DOTTED);
    let closed = names.text.as_bytes().get(short.end as usize) == Some(&b')');
    if !opens || !closed || found.words.len() < 2 || found.kind == EntityKind::Person {
        return None;
    }
    let wanted = letters(&names.text[short.range()]);
    let fits = wanted.len() > 1 && (abbreviates(names, found, &wanted) || shares_initials(names, found, &wanted));
    fits.then_some(at)
}

/// Whether the letters stand in the name in this order and start with its first, as in `Conmebol`; or are the initials
/// of its last words.
fn abbreviates(names: &Names, found: &Found, wanted: &[char]) -> bool {
    let mut rest = wanted;
    let text =
        &names.text[names.words[found.words.start].start as usize..names.words[found.words.end - 1].end as usize];
    for letter in text.chars().flat_map(char::to_lowercase) {
        if rest.first() == Some(&letter) {
            rest = &rest[1..];
        }
    }
    let first = initials(names, found.words.clone(), true).first() == wanted.first();
    rest.is_empty() && first || initials(names, found.words.clone(), false).ends_with(wanted)
}

/// Whether most of the letters are initials of the name, in any order: initialisms of another language (`Kurdistan
/// Workers' Party (PKK)`).
fn shares_initials(names: &Names, found: &Found, wanted: &[char]) -> bool {
    let mut initials = initials(names, found.words.clone(), false);
    let shared = wanted.iter().filter(|letter| {
        let at = initials.iter().position(|initial| initial == *letter);
        at.map(|at| initials.swap_remove(at)).is_some()
    });
    wanted.len() > 2 && shared.count() * 2 > wanted.len()
}

/// Ties every initialism to the name that introduces it, or to the only one with just its initials.
pub(super) fn group(names: &mut Names) {
    for (i, found) in names.found.iter().enumerate() {
        let (Some(short), Some(next)) = (introduced_by(names, found), names.found.get(i + 1)) else { continue };
        if next.words == (short..short + 1) {
            let (long, short) = (found.spelling, next.spelling);
            if names.spellings[long].group != names.spellings[short].group {
                let mut joined = std::mem::take(&mut names.spellings);
                let (from, to) = (joined[short].group, joined[long].group);
                let kind = joined[long].kind;
                for spelling in joined.iter_mut().filter(|spelling| spelling.group == from) {
                    (spelling.group, spelling.kind) = (to, kind);
                }
                names.spellings = joined;
                return group(names);
            }
        }
    }
    for short in 0..names.spellings.len() {
        let spelling = &names.spellings[short];
        let alone = names.spellings.iter().filter(|other| other.group == spelling.group).count() == 1;
        if !alone || spelling.kind == EntityKind::Person || !is_initialism(&names.words[spelling.words.clone()]) {
            continue;
        }
        let wanted = letters(names.text_of(&spelling.words));
        let fits = |long: Range<usize>| {
            long.len() > 1 && [false, true].iter().any(|&all| initials(names, long.clone(), all) == wanted)
        };
        let mut meant = names.spellings.iter().enumerate().filter(|(_, long)| {
            long.kind == spelling.kind && (fits(long.words.clone()) || fits(without_form(names, &long.words)))
        });
        if let (Some((long, first)), rest) = (meant.next(), meant)
            && rest.into_iter().all(|(_, other)| other.group == first.group)
        {
            names.join(short, long);
        }
    }
}

/// `GE`, `U.N.`, `PG&E`.
fn is_initialism(words: &[Word]) -> bool {
    match words {
        [word] => word.is(case::ALL | case::DOTTED),
        [first, rest @ ..] => {
            let joined = rest.iter().all(|word| word.gap == gap::AND && word.is(case::ALL | case::INITIAL));
            joined && first.is(case::ALL | case::INITIAL)
        }
        [] => false,
    }
}

/// A company's name without its legal form: `General Electric Co` is GE.
fn without_form(names: &Names, words: &Range<usize>) -> Range<usize> {
    let forms = names.words[words.clone()].iter().rev().take_while(|word| roles::is_company_hash(word.hash));
    words.start..words.end - forms.count()
}

fn letters(word: &str) -> Vec<char> {
    letters_and_digits(word).chars().collect()
}

/// The first letters of the words; small words count only where `all` says so.
fn initials(names: &Names, words: Range<usize>, all: bool) -> Vec<char> {
    let words = names.words[words].iter().filter(|word| all || !roles::is_small_hash(word.hash));
    words.filter_map(|word| names.text[word.range()].chars().flat_map(char::to_lowercase).next()).collect()
}
