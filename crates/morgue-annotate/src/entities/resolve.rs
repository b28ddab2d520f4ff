//! Makes entities of the tagger's labels. [`entities`] is the whole pipeline in order: read and tidy the mentions, add the
//! names that the source states, add initialisms in parentheses, collect the **spellings** and their kinds, tell
//! companies from people, and group the spellings of people, organisations and places.

use rustc_hash::FxHashMap;

use super::key::key;
use super::label::{self, Label};
use super::names::{ArticleNames, NameMention, NameSpelling, name_hash};
use super::words::{ArticleWord, case, gap, hash};
use super::{initials, people, roles, shortened};
use morgue_article::{Article, Entity, EntityKind};

/// The entities of an article, in order of first mention.
pub(super) fn entities(article: &Article, words: &[ArticleWord], labels: &[Label]) -> Vec<Entity> {
    let mut names = ArticleNames { text: &article.text, words, mentions: Vec::new(), spellings: Vec::new() };
    label::for_each_name(labels, |range, kind| {
        names.mentions.push(NameMention { words: range, kind, spelling: 0 });
    });
    names.mentions.retain_mut(|mention| tidy(words, mention));
    join_after_initials(&mut names);
    for (kind, name) in &article.stated {
        find_stated(&mut names, *kind, name);
    }
    initials::add_introduced(&mut names);
    collect_spellings(&mut names);
    shortened::find_companies(&mut names);
    people::group(&mut names);
    shortened::group_by_key(&mut names);
    initials::group(&mut names);
    shortened::group(&mut names);
    make_entities(&names, &article.stated)
}

/// Takes titles off the names of people and corrects the kind of firms. Returns `false` if the mention is not a name.
pub(super) fn tidy(words: &[ArticleWord], mention: &mut NameMention) -> bool {
    if !words[mention.words.clone()].iter().any(|word| word.is(case::LETTER)) || is_figure(words, mention) {
        return false;
    }
    if mention.kind == EntityKind::Person {
        let is_title = |at: usize| roles::TITLES.has(words[at].hash);
        while mention.words.len() > 1 && is_title(mention.words.start) {
            mention.words.start += 1;
        }
        if mention.words.len() == 1 && is_title(mention.words.start) {
            return false;
        }
    }
    let hash = name_hash(&words[mention.words.clone()]);
    if mention.kind == EntityKind::Person && roles::PERSON_LIKE_FIRMS.has(hash) {
        mention.kind = EntityKind::Org;
    }
    let is_acronym = mention.words.len() == 1 && words[mention.words.start].is(case::INNER | case::DOTTED);
    is_acronym || !roles::NOT_NAMES.has(hash)
}

/// Whether a mention is a word of a table with a figure: `Revs 1.18`, `Jan 31`, `MAY7`. The name of a person may have a
/// number as its first word only (`50 Cent`).
fn is_figure(words: &[ArticleWord], mention: &NameMention) -> bool {
    let words = &words[mention.words.clone()];
    let mut later = words.iter().skip(1);
    if mention.kind == EntityKind::Person {
        return later.any(|word| word.is(case::DIGIT)) || words[0].is(case::DIGIT) && words[0].is(case::ALL);
    }
    later.any(|word| word.is(case::DIGIT) && word.is(case::DOTTED) && !word.is(case::LETTER))
}

/// Joins `Thomas J.` and `Ferrante` where the tagger made two mentions of them.
fn join_after_initials(names: &mut ArticleNames) {
    let words = names.words;
    names.mentions.dedup_by(|next, mention| {
        let first = &words[next.words.start];
        let is_continuation = mention.words.end == next.words.start
            && mention.words.len() > 1
            && (mention.kind, next.kind) == (EntityKind::Person, EntityKind::Person)
            && words[mention.words.end - 1].is(case::INITIAL)
            && first.gap == gap::DOT | gap::BLANK
            && !first.is(case::FIRST);
        if is_continuation {
            mention.words.end = next.words.end;
        }
        is_continuation
    });
}

/// Finds a name that the source states everywhere in the text, and sets its kind.
fn find_stated(names: &mut ArticleNames, kind: EntityKind, name: &str) {
    let wanted = folded_hashes(name);
    let Some(&first) = wanted.first() else { return };
    let words = names.words;
    for start in (0..words.len()).filter(|&i| words[i].hash == first && words[i].is(case::CAPITAL | case::INNER)) {
        let end = start + wanted.len();
        let Some(run) = words.get(start..end) else { break };
        let in_one_sentence = run[1..].iter().all(|word| word.continues() && !word.is(case::FIRST));
        if !in_one_sentence || !run.iter().map(|word| word.hash).eq(wanted.iter().copied()) {
            continue;
        }
        let at = names.mentions.partition_point(|mention| mention.words.end <= start);
        match names.mentions.get_mut(at) {
            Some(mention) if mention.words == (start..end) => mention.kind = kind,
            Some(mention) if mention.words.start < end => {}
            _ => names.mentions.insert(at, NameMention { words: start..end, kind, spelling: 0 }),
        }
    }
}

/// The hashes of the words of a name, as the key of a place folds them.
fn folded_hashes(name: &str) -> Vec<u32> {
    let folded = key(EntityKind::Place, name);
    folded.split(' ').filter(|word| !word.is_empty()).map(|word| hash(word.as_bytes())).collect()
}

/// Collects the spellings. All mentions of a spelling get the kind that most of them have. Of kinds with equal numbers,
/// the kind of the first mention wins.
pub(super) fn collect_spellings(names: &mut ArticleNames) {
    let mut by_hash: FxHashMap<u32, usize> = FxHashMap::default();
    let mut votes: Vec<[u32; 3]> = Vec::new();
    let all_words = names.words;
    let in_capitals =
        |words: &std::ops::Range<usize>| all_words[words.clone()].iter().all(|word| word.is(case::ALL | case::INITIAL));
    for mention in &mut names.mentions {
        let next = names.spellings.len();
        mention.spelling = *by_hash.entry(name_hash(&all_words[mention.words.clone()])).or_insert(next);
        if mention.spelling == next {
            let words = mention.words.clone();
            names.spellings.push(NameSpelling { words, kind: mention.kind, count: 0, group: next });
            votes.push([0; 3]);
        }
        let spelling = &mut names.spellings[mention.spelling];
        spelling.count += 1;
        votes[mention.spelling][mention.kind as usize] += 1;
        if in_capitals(&spelling.words) && !in_capitals(&mention.words) {
            spelling.words = mention.words.clone();
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

/// Makes one entity of each group. Groups of the same kind and key become one entity. Stated names that the text does
/// not mention become entities without mentions.
fn make_entities(names: &ArticleNames, stated: &[(EntityKind, String)]) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_group: FxHashMap<usize, usize> = FxHashMap::default();
    let mut by_key: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for mention in &names.mentions {
        let group = names.spellings[mention.spelling].group;
        let entity = *by_group.entry(group).or_insert_with(|| {
            let fullest = &names.spellings[fullest_spelling(names, group)];
            let (kind, name) = (fullest.kind, names.text_of(&fullest.words).to_owned());
            let key = key(kind, &name);
            *by_key.entry((kind, key.clone())).or_insert_with(|| {
                entities.push(Entity { kind, name, key, mentions: Vec::new() });
                entities.len() - 1
            })
        });
        entities[entity].mentions.push(names.byte_range(&mention.words));
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

/// The spelling of a group that becomes the name of the entity. Initialisms and spellings with quotation marks come last.
/// Of the others, the one with the most words wins, then the most frequent one, then the first one.
fn fullest_spelling(names: &ArticleNames, group: usize) -> usize {
    let rank = |spelling: &NameSpelling| {
        let words = names.words_of(spelling);
        let is_initialism = words.len() == 1 && words[0].is(case::ALL | case::DOTTED);
        let has_quotes = words[1..].iter().any(|word| word.gap & gap::QUOTE != 0);
        (!is_initialism && !has_quotes, words.len(), spelling.count)
    };
    let in_group = names.spellings.iter().enumerate().filter(|(_, spelling)| spelling.group == group);
    let fullest = in_group.rev().max_by_key(|(_, spelling)| rank(spelling));
    fullest.map_or(group, |(i, _)| i)
}
