//! Organisations and places under shortened names: spellings with the same key come together, and one that the only
//! longer name of its kind starts or ends with (`Supreme Court` of `U.S. Supreme Court`).

use rustc_hash::FxHashMap;

use super::key::key;
use super::resolve::{Found, Names, Spelling};
use super::roles;
use super::words::case;
use morgue_article::EntityKind;

/// Groups the spellings of organisations and places that shorten a longer one.
pub(super) fn group(names: &mut Names) {
    let mut order: Vec<usize> = (0..names.spellings.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(names.spellings[i].words.len()));
    for short in order {
        if names.spellings[short].kind != EntityKind::Person
            && let Some(long) = only_longer(names, short)
        {
            names.join(short, long);
        }
    }
}

/// Takes a name of one word for the company that the article names in full (`Orion` of `Orion Bank Ltd`), where the tagger
/// has it for a person, if nobody of that name stands there in full or with a title.
pub(super) fn companies(names: &mut Names) {
    let words = names.words;
    let of = |spelling: &Spelling| &words[spelling.words.clone()];
    let mut companies = Vec::new();
    for (i, single) in names.spellings.iter().enumerate() {
        let ([word], EntityKind::Person) = (of(single), single.kind) else { continue };
        let of_company = names.spellings.iter().any(|long| {
            let named = of(long);
            long.kind == EntityKind::Org
                && named.len() > 1
                && named[0].hash == word.hash
                && roles::is_company_hash(named[named.len() - 1].hash)
        });
        let of_person = names.spellings.iter().any(|long| {
            long.kind == EntityKind::Person
                && long.words.len() > 1
                && of(long).iter().any(|part| part.hash == word.hash)
        });
        let titled = |found: &Found| {
            let before = found.words.start.checked_sub(1).map(|before| &words[before]);
            found.spelling == i && before.is_some_and(|before| roles::is_title_hash(before.hash))
        };
        if of_company && !of_person && !names.found.iter().any(titled) {
            companies.push(i);
        }
    }
    for company in companies {
        names.spellings[company].kind = EntityKind::Org;
    }
}

/// Takes the plural off a key: within one article `Defence Force` and `Defence Forces` are one. Short words are left
/// alone: `Time`, `Times`.
fn singular(key: &mut String) {
    let last = key.rsplit(' ').next().unwrap_or_default();
    if last.len() > 5 && last.ends_with('s') && !last.ends_with("ss") {
        key.pop();
    }
}

/// Groups the spellings of organisations and places that have the same key; of organisations, in either number.
pub(super) fn same_keys(names: &mut Names) {
    let mut by_key: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for i in 0..names.spellings.len() {
        let spelling = &names.spellings[i];
        if spelling.kind == EntityKind::Person {
            continue;
        }
        let mut key = key(spelling.kind, names.text_of(&spelling.words));
        if spelling.kind == EntityKind::Org {
            singular(&mut key);
        }
        let same = *by_key.entry((spelling.kind, key)).or_insert(i);
        if same != i {
            names.join(i, same);
        }
    }
}

/// The longer name that this one shortens, when all that could be are one entity.
fn only_longer(names: &Names, short: usize) -> Option<usize> {
    let spelling = &names.spellings[short];
    let words = &names.words[spelling.words.clone()];
    let alone = names.spellings.iter().filter(|other| other.group == spelling.group).count() == 1;
    if !alone || words.iter().any(|word| word.is(case::INITIAL)) {
        return None;
    }
    let mut only = None;
    for (i, long) in names.spellings.iter().enumerate() {
        if long.kind != spelling.kind || long.words.len() <= words.len() {
            continue;
        }
        let longer = &names.words[long.words.clone()];
        let same = |run: &[super::words::Word]| run.iter().map(|word| word.hash).eq(words.iter().map(|word| word.hash));
        let (head, rest) = longer.split_at(words.len());
        let (before, tail) = longer.split_at(longer.len() - words.len());
        // The Centre of the Coast Guard is not the Coast Guard.
        let of_the = before.len() > 1 && before[before.len() - 2..].iter().all(|word| roles::is_small_hash(word.hash));
        let fits = match spelling.kind {
            EntityKind::Place => same(head) && roles::may_fall_off(rest) || words.len() > 1 && same(tail),
            _ => same(head) && !roles::is_body_hash(longer[longer.len() - 1].hash) || same(tail) && !of_the,
        };
        if fits {
            match only {
                None => only = Some(i),
                Some(other) if names.spellings[other].group == long.group => {}
                Some(_) => return None,
            }
        }
    }
    only
}
