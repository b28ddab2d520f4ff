//! Puts the mentions of an article together: which **spellings** it uses, what kind each is, and which of them name the
//! same entity. One visible order: read the labels, tidy them, take over what the source states, tie initialisms to
//! what they stand for, let each spelling's mentions agree on a kind, tell companies from people, then group people,
//! organisations and places.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::key::key;
use super::label::{self, Label};
use super::lexicon::and_then;
use super::words::{Word, case, gap};
use super::{initials, people, roles, shortened};
use morgue_article::{Article, Entity, EntityKind};

/// One mention: a run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub words: Range<usize>,
    pub kind: EntityKind,
    /// Its spelling; set once all mentions are known.
    pub spelling: usize,
}

/// One way in which an article writes a name, whatever the case.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    /// The words of the mention that shows it best.
    pub words: Range<usize>,
    pub kind: EntityKind,
    /// How often it is mentioned.
    pub count: u32,
    /// The group of spellings that name the same entity.
    pub group: usize,
}

/// What the rules that group spellings work on.
pub(super) struct Names<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    /// Ascending, disjoint.
    pub found: Vec<Found>,
    /// In order of first mention.
    pub spellings: Vec<Spelling>,
}

impl Names<'_> {
    /// The text of a run of words.
    pub fn text_of(&self, words: &Range<usize>) -> &str {
        &self.text[range_of(self.text, self.words, words)]
    }

    /// Puts the group of one spelling into that of another.
    pub fn join(&mut self, spelling: usize, into: usize) {
        let (from, to) = (self.spellings[spelling].group, self.spellings[into].group);
        for spelling in self.spellings.iter_mut().filter(|spelling| spelling.group == from) {
            spelling.group = to;
        }
    }
}

/// The entities of an article, in order of first mention.
pub(super) fn entities(article: &Article, words: &[Word], labels: &[Label]) -> Vec<Entity> {
    let mut names = Names { text: &article.text, words, found: Vec::new(), spellings: Vec::new() };
    label::read(labels, |range, kind| names.found.push(Found { words: range, kind, spelling: 0 }));
    names.found.retain_mut(|found| tidy(words, found));
    join_initials(&mut names);
    for (kind, name) in &article.stated {
        find_stated(&mut names, *kind, name);
    }
    initials::add_introduced(&mut names);
    spell(&mut names);
    shortened::companies(&mut names);
    people::group(&mut names);
    shortened::same_keys(&mut names);
    initials::group(&mut names);
    shortened::group(&mut names);
    gather(&names, &article.stated)
}

/// The bytes of a run of words, with the dot of an abbreviation at its end.
fn range_of(text: &str, words: &[Word], run: &Range<usize>) -> Range<usize> {
    let (start, last) = (words[run.start].start as usize, &words[run.end - 1]);
    let mut end = last.end as usize;
    if text.as_bytes().get(end) == Some(&b'.') && run.len() > 1 && roles::ends_with_dot(&text[last.range()]) {
        end += 1;
    }
    start..end
}

/// Takes titles off people; `false` when nothing is left that can be a name.
pub(super) fn tidy(words: &[Word], found: &mut Found) -> bool {
    if !words[found.words.clone()].iter().any(|word| word.is(case::LETTER)) {
        return false;
    }
    if is_figure(words, found) {
        return false;
    }
    if found.kind == EntityKind::Person {
        while found.words.len() > 1 && roles::is_title_hash(words[found.words.start].hash) {
            found.words.start += 1;
        }
        if found.words.len() == 1 && roles::is_title_hash(words[found.words.start].hash) {
            return false;
        }
    }
    let run = hash_of(&words[found.words.clone()]);
    if found.kind == EntityKind::Person && roles::is_firm_hash(run) {
        found.kind = EntityKind::Org;
    }
    !roles::is_no_name_hash(run) || found.words.len() == 1 && words[found.words.start].is(case::INNER | case::DOTTED)
}

/// Whether it is words of a table with figures: `Revs 1.18`, `Jan 31`, `MAY7`. People begin with a number at most (`50
/// Cent`).
fn is_figure(words: &[Word], found: &Found) -> bool {
    let words = &words[found.words.clone()];
    let mut later = words.iter().skip(1);
    match found.kind {
        EntityKind::Person => {
            later.any(|word| word.is(case::DIGIT)) || words[0].is(case::DIGIT) && words[0].is(case::ALL)
        }
        _ => later.any(|word| word.is(case::DIGIT) && word.is(case::DOTTED) && !word.is(case::LETTER)),
    }
}

/// Joins `Thomas J.` and `Ferrante` where the tagger parted them.
fn join_initials(names: &mut Names) {
    let words = names.words;
    names.found.dedup_by(|next, found| {
        let first = &words[next.words.start];
        let parted = found.words.end == next.words.start
            && found.words.len() > 1
            && (found.kind, next.kind) == (EntityKind::Person, EntityKind::Person)
            && words[found.words.end - 1].is(case::INITIAL)
            && first.gap == gap::DOT | gap::BLANK
            && !first.is(case::FIRST);
        if parted {
            found.words.end = next.words.end;
        }
        parted
    });
}

/// The hash of a run of words, without a leading `the`.
pub(super) fn hash_of(run: &[Word]) -> u32 {
    let run = match run {
        [the, rest @ ..] if !rest.is_empty() && roles::is_the_hash(the.hash) => rest,
        run => run,
    };
    run[1..].iter().fold(run[0].hash, |hash, word| and_then(hash, word.hash))
}

/// Finds a stated name wherever the text has it, and sets its kind.
fn find_stated(names: &mut Names, kind: EntityKind, name: &str) {
    let wanted: Vec<u32> = folded_words(name).iter().map(|word| super::words::hash(word.as_bytes())).collect();
    let Some(&first) = wanted.first() else { return };
    let words = names.words;
    for start in (0..words.len()).filter(|&i| words[i].hash == first && words[i].is(case::CAPITAL | case::INNER)) {
        let end = start + wanted.len();
        let Some(run) = words.get(start..end) else { break };
        let within = run[1..].iter().all(|word| word.continues() && !word.is(case::FIRST));
        if !within || !run.iter().map(|word| word.hash).eq(wanted.iter().copied()) {
            continue;
        }
        let at = names.found.partition_point(|found| found.words.end <= start);
        match names.found.get_mut(at) {
            Some(found) if found.words == (start..end) => found.kind = kind,
            Some(found) if found.words.start < end => {}
            _ => names.found.insert(at, Found { words: start..end, kind, spelling: 0 }),
        }
    }
}

/// The words of a name as the key folds them.
fn folded_words(name: &str) -> Vec<String> {
    key(EntityKind::Place, name).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Collects the spellings; the mentions of each agree on the kind that most of them have, the first among equals.
pub(super) fn spell(names: &mut Names) {
    let mut by_hash: FxHashMap<u32, usize> = FxHashMap::default();
    let mut votes: Vec<[u32; 3]> = Vec::new();
    let words = names.words;
    let plain = |run: &Range<usize>| !words[run.clone()].iter().all(|word| word.is(case::ALL | case::INITIAL));
    for found in &mut names.found {
        let next = names.spellings.len();
        found.spelling = *by_hash.entry(hash_of(&words[found.words.clone()])).or_insert(next);
        if found.spelling == next {
            let (words, kind) = (found.words.clone(), found.kind);
            names.spellings.push(Spelling { words, kind, count: 0, group: next });
            votes.push([0; 3]);
        }
        let spelling = &mut names.spellings[found.spelling];
        spelling.count += 1;
        votes[found.spelling][found.kind as usize] += 1;
        if !plain(&spelling.words) && plain(&found.words) {
            spelling.words = found.words.clone();
        }
    }
    for (spelling, votes) in names.spellings.iter_mut().zip(&votes) {
        for kind in EntityKind::ALL {
            if votes[kind as usize] > votes[spelling.kind as usize] {
                spelling.kind = kind;
            }
        }
    }
}

/// Makes entities of the groups.
fn gather(names: &Names, stated: &[(EntityKind, String)]) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut of_group: FxHashMap<usize, usize> = FxHashMap::default();
    let mut by_key: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for found in &names.found {
        let group = names.spellings[found.spelling].group;
        let entity = *of_group.entry(group).or_insert_with(|| {
            let best = fullest(names, group);
            let kind = names.spellings[best].kind;
            let name = names.text_of(&names.spellings[best].words).to_owned();
            let key = key(kind, &name);
            *by_key.entry((kind, key.clone())).or_insert_with(|| {
                entities.push(Entity { kind, name, key, mentions: Vec::new() });
                entities.len() - 1
            })
        });
        entities[entity].mentions.push(range_of(names.text, names.words, &found.words));
    }
    for (kind, name) in stated {
        let key = key(*kind, name);
        if !key.is_empty() && !by_key.contains_key(&(*kind, key.clone())) {
            by_key.insert((*kind, key.clone()), entities.len());
            entities.push(Entity { kind: *kind, name: name.clone(), key, mentions: Vec::new() });
        }
    }
    entities
}

/// The spelling of a group that says most: no initialism if there is another, then the one with the most words, then
/// the most frequent, then the first.
fn fullest(names: &Names, group: usize) -> usize {
    let of_group = names.spellings.iter().enumerate().filter(|(_, spelling)| spelling.group == group);
    let rank = |spelling: &Spelling| {
        let words = &names.words[spelling.words.clone()];
        let initials = words.len() == 1 && words[0].is(case::ALL | case::DOTTED);
        let quoted = words[1..].iter().any(|word| word.gap & gap::QUOTE != 0);
        (!initials && !quoted, words.len(), spelling.count)
    };
    let best = of_group.rev().max_by_key(|(_, spelling)| rank(spelling));
    best.map_or(group, |(i, _)| i)
}
