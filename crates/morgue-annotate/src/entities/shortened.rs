//! Organisations and places under shortened names. Spellings with the same key name the same entity. A name that only one
//! longer name of its kind starts or ends with belongs to the longer name (`Supreme Court`, `U.S. Supreme Court`).

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::key::key;
use super::names::{ArticleNames, NameMention};
use super::roles;
use super::words::{ArticleWord, case};
use morgue_article::EntityKind;

/// Groups the spellings of organisations and places that shorten a longer name.
pub(super) fn group(names: &mut ArticleNames) {
    let mut longest_first: Vec<usize> = (0..names.spellings.len()).collect();
    longest_first.sort_by_key(|&i| Reverse(names.spellings[i].words.len()));
    for short in longest_first {
        if names.spellings[short].kind != EntityKind::Person
            && let Some(long) = only_longer(names, short)
        {
            names.join(short, long);
        }
    }
}

/// Makes a company of a name of one word that the tagger takes for a person, if the article names the company in full
/// (`Orion`, `Orion Bank Ltd`), and if no person of that name occurs in full or with a title.
pub(super) fn find_companies(names: &mut ArticleNames) {
    let companies: Vec<usize> = (0..names.spellings.len()).filter(|&i| is_company(names, i)).collect();
    for company in companies {
        names.spellings[company].kind = EntityKind::Org;
    }
}

fn is_company(names: &ArticleNames, single: usize) -> bool {
    let spelling = &names.spellings[single];
    let ([word], EntityKind::Person) = (names.words_of(spelling), spelling.kind) else { return false };
    let full_names = || {
        let with_words = names.spellings.iter().map(|spelling| (spelling.kind, names.words_of(spelling)));
        with_words.filter(|(_, words)| words.len() > 1)
    };
    let names_company = full_names().any(|(kind, words)| {
        let ending = &words[words.len() - 1];
        kind == EntityKind::Org && words[0].hash == word.hash && roles::COMPANY_ENDINGS.has(ending.hash)
    });
    let names_person = || {
        full_names().any(|(kind, words)| kind == EntityKind::Person && words.iter().any(|part| part.hash == word.hash))
    };
    let has_title = |mention: &NameMention| {
        let before = mention.words.start.checked_sub(1).map(|before| &names.words[before]);
        mention.spelling == single && before.is_some_and(|before| roles::TITLES.has(before.hash))
    };
    names_company && !names_person() && !names.mentions.iter().any(has_title)
}

/// Takes the plural ending off a key: in one article `Defence Force` and `Defence Forces` are the same. Short words keep
/// it: `Time` and `Times` are different.
fn make_singular(key: &mut String) {
    let last = key.rsplit(' ').next().unwrap_or_default();
    if last.len() > 5 && last.ends_with('s') && !last.ends_with("ss") {
        key.pop();
    }
}

/// Groups the spellings of organisations and places that have the same key. The keys of organisations may differ in a
/// plural ending.
pub(super) fn group_by_key(names: &mut ArticleNames) {
    let mut by_key: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for i in 0..names.spellings.len() {
        let spelling = &names.spellings[i];
        if spelling.kind == EntityKind::Person {
            continue;
        }
        let mut key = key(spelling.kind, names.text_of(&spelling.words));
        if spelling.kind == EntityKind::Org {
            make_singular(&mut key);
        }
        let same = *by_key.entry((spelling.kind, key)).or_insert(i);
        if same != i {
            names.join(i, same);
        }
    }
}

/// The longer name that a spelling shortens, if all names that it could shorten are one entity.
fn only_longer(names: &ArticleNames, short: usize) -> Option<usize> {
    let spelling = &names.spellings[short];
    let words = names.words_of(spelling);
    if !names.is_alone(spelling) || words.iter().any(|word| word.is(case::INITIAL)) {
        return None;
    }
    let mut longer_names = names.spellings.iter().enumerate().filter(|(_, long)| {
        long.kind == spelling.kind && long.words.len() > words.len() && shortens(words, names.words_of(long), long.kind)
    });
    let (long, first) = longer_names.next()?;
    longer_names.all(|(_, other)| other.group == first.group).then_some(long)
}

/// Whether `short` may be a shortened form of the name `long`, which has more words.
fn shortens(short: &[ArticleWord], long: &[ArticleWord], kind: EntityKind) -> bool {
    let is_same = |run: &[ArticleWord]| run.iter().map(|word| word.hash).eq(short.iter().map(|word| word.hash));
    let (head, rest) = long.split_at(short.len());
    let (before, tail) = long.split_at(long.len() - short.len());
    if kind == EntityKind::Place {
        return is_same(head) && roles::OPTIONAL_PLACE_ENDINGS.has_phrase(rest) || short.len() > 1 && is_same(tail);
    }
    let is_body = roles::BODY_ENDINGS.has(long[long.len() - 1].hash);
    // The Centre of the Coast Guard is not the Coast Guard.
    let is_part_of_it =
        before.len() > 1 && before[before.len() - 2..].iter().all(|word| roles::SMALL_WORDS.has(word.hash));
    is_same(head) && !is_body || is_same(tail) && !is_part_of_it
}
