//! Initialisms. `World Health Organization (WHO)` introduces `WHO` as a name of the same organisation. An initialism that
//! no parentheses introduce belongs to the only name in the article with exactly these initials.

use std::ops::Range;

use super::names::{ArticleNames, NameMention};
use super::roles;
use super::words::{ArticleWord, case, gap};
use morgue_article::EntityKind;
use morgue_article::text::letters_and_digits;

/// Gives every introduced initialism the kind of the name that introduces it, everywhere in the article, and adds the
/// mentions of it that the tagger missed.
pub(super) fn add_introduced(names: &mut ArticleNames) {
    let mut introduced: Vec<(u32, EntityKind)> = Vec::new();
    let mut in_parentheses = Vec::new();
    for (i, mention) in names.mentions.iter().enumerate() {
        let Some(short) = introduced_by(names, mention) else { continue };
        introduced.push((names.words[short].hash, mention.kind));
        if names.mentions.get(i + 1).is_none_or(|next| next.words.start > short) {
            in_parentheses.push(NameMention { words: short..short + 1, kind: mention.kind, spelling: 0 });
        }
    }
    if introduced.is_empty() {
        return;
    }
    add_mentions(names, in_parentheses);
    let words = names.words;
    let kind_of = |word: &ArticleWord| introduced.iter().find(|(hash, _)| *hash == word.hash).map(|(_, kind)| *kind);
    for mention in names.mentions.iter_mut().filter(|mention| mention.words.len() == 1) {
        if let Some(kind) = kind_of(&words[mention.words.start]) {
            mention.kind = kind;
        }
    }
    let mut missed = Vec::new();
    let mut next = 0;
    for (i, word) in words.iter().enumerate() {
        while names.mentions.get(next).is_some_and(|mention| mention.words.end <= i) {
            next += 1;
        }
        let is_in_mention = names.mentions.get(next).is_some_and(|mention| mention.words.start <= i);
        if !is_in_mention && word.is(case::ALL | case::DOTTED) && !word.is(case::SHOUTED) {
            missed.extend(kind_of(word).map(|kind| NameMention { words: i..i + 1, kind, spelling: 0 }));
        }
    }
    add_mentions(names, missed);
}

/// Adds mentions and keeps all mentions in order.
fn add_mentions(names: &mut ArticleNames, added: Vec<NameMention>) {
    if !added.is_empty() {
        names.mentions.extend(added);
        names.mentions.sort_unstable_by_key(|mention| mention.words.start);
    }
}

/// The word in parentheses directly after a mention, if it is an initialism of the mentioned name.
fn introduced_by(names: &ArticleNames, mention: &NameMention) -> Option<usize> {
    let at = mention.words.end;
    let short = names.words.get(at)?;
    let is_opened = short.gap == gap::OPEN | gap::BLANK;
    let is_closed = names.text.as_bytes().get(short.end as usize) == Some(&b')');
    let has_capitals = short.is(case::CAPITAL) && short.is(case::ALL | case::INNER | case::DOTTED);
    if !is_opened || !is_closed || !has_capitals || mention.words.len() < 2 || mention.kind == EntityKind::Person {
        return None;
    }
    let wanted = letters(&names.text[short.range()]);
    let fits = wanted.len() > 1 && (abbreviates(names, mention, &wanted) || shares_initials(names, mention, &wanted));
    fits.then_some(at)
}

/// Whether the letters occur in the name in this order and start with its first letter, as in `Conmebol`; or are the
/// initials of its last words.
fn abbreviates(names: &ArticleNames, mention: &NameMention, wanted: &[char]) -> bool {
    let (first, last) = (&names.words[mention.words.start], &names.words[mention.words.end - 1]);
    let mut rest = wanted;
    for letter in names.text[first.start as usize..last.end as usize].chars().flat_map(char::to_lowercase) {
        if rest.first() == Some(&letter) {
            rest = &rest[1..];
        }
    }
    let same_first = initials(names, mention.words.clone(), true).first() == wanted.first();
    rest.is_empty() && same_first || initials(names, mention.words.clone(), false).ends_with(wanted)
}

/// Whether most of the letters are initials of the name, in any order. This finds initialisms of another language:
/// `Kurdistan Workers' Party (PKK)`.
fn shares_initials(names: &ArticleNames, mention: &NameMention, wanted: &[char]) -> bool {
    let mut initials = initials(names, mention.words.clone(), false);
    let shared = wanted.iter().filter(|letter| {
        let at = initials.iter().position(|initial| initial == *letter);
        at.map(|at| initials.swap_remove(at)).is_some()
    });
    wanted.len() > 2 && shared.count() * 2 > wanted.len()
}

/// Groups every initialism with the name that introduces it, or with the only name that has exactly its initials.
pub(super) fn group(names: &mut ArticleNames) {
    for i in 1..names.mentions.len() {
        let (mention, next) = (&names.mentions[i - 1], &names.mentions[i]);
        let (long, short) = (mention.spelling, next.spelling);
        let is_introduced = introduced_by(names, mention).is_some_and(|at| next.words == (at..at + 1));
        if is_introduced && names.spellings[long].group != names.spellings[short].group {
            let (from, kind) = (names.spellings[short].group, names.spellings[long].kind);
            for spelling in names.spellings.iter_mut().filter(|spelling| spelling.group == from) {
                spelling.kind = kind;
            }
            names.join(short, long);
        }
    }
    for short in 0..names.spellings.len() {
        if let Some(long) = only_meaning(names, short) {
            names.join(short, long);
        }
    }
}

/// The name with exactly the initials of this spelling, if the spelling is an initialism and all such names are one
/// entity.
fn only_meaning(names: &ArticleNames, short: usize) -> Option<usize> {
    let spelling = &names.spellings[short];
    let is_open = spelling.kind != EntityKind::Person && names.is_alone(spelling);
    if !is_open || !is_initialism(names.words_of(spelling)) {
        return None;
    }
    let wanted = letters(names.text_of(&spelling.words));
    let fits = |long: Range<usize>| {
        long.len() > 1 && [false, true].iter().any(|&all| initials(names, long.clone(), all) == wanted)
    };
    let mut meanings = names.spellings.iter().enumerate().filter(|(_, long)| {
        long.kind == spelling.kind && (fits(long.words.clone()) || fits(without_company_ending(names, &long.words)))
    });
    let (long, first) = meanings.next()?;
    meanings.all(|(_, other)| other.group == first.group).then_some(long)
}

/// Whether a name is an initialism: `GE`, `U.N.`, `PG&E`.
fn is_initialism(words: &[ArticleWord]) -> bool {
    match words {
        [word] => word.is(case::ALL | case::DOTTED),
        [first, rest @ ..] => {
            let are_joined = rest.iter().all(|word| word.gap == gap::AND && word.is(case::ALL | case::INITIAL));
            are_joined && first.is(case::ALL | case::INITIAL)
        }
        [] => false,
    }
}

/// The name of a company without its legal form: `GE` are the initials of `General Electric Co` without `Co`.
fn without_company_ending(names: &ArticleNames, words: &Range<usize>) -> Range<usize> {
    let endings =
        names.words[words.clone()].iter().rev().take_while(|word| roles::COMPANY_ENDINGS.has(word.hash)).count();
    words.start..words.end - endings
}

/// The letters and digits of a word, in lower case.
fn letters(word: &str) -> Vec<char> {
    letters_and_digits(word).chars().collect()
}

/// The first letters of the words. Small words count only if `all` is true.
fn initials(names: &ArticleNames, words: Range<usize>, all: bool) -> Vec<char> {
    let words = names.words[words].iter().filter(|word| all || !roles::SMALL_WORDS.has(word.hash));
    words.filter_map(|word| names.text[word.range()].chars().flat_map(char::to_lowercase).next()).collect()
}
