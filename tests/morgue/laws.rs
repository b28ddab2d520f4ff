//! The laws of the query language, tested with random articles and random queries of every operator. The answers of an
//! index are compared with the definition in `matching`. There are several indexes, in which articles were replaced,
//! deleted and merged. The comparison must also catch each of a list of planted faults.

mod archive;
mod faults;

use std::collections::{BTreeMap, BTreeSet};

use morgue::matching::{Clause, Matcher};
use morgue::query::{Aliases, Resolving, resolve};
use morgue::{Query, Request, Sort};
use proptest::prelude::*;

use crate::dictionary::Words;
use crate::random::{OPERATORS, Random, TODAY, query};
use archive::Archive;

/// The number of random queries of each operator alone.
const QUERIES_OF_EACH: usize = 48;
/// The number of random queries of all operators, joined.
const QUERIES_OF_ALL: usize = 1000;

/// Queries with spellings of names that no article has, close to known names or not, and wildcards with every kind of
/// beginning.
const MORE_QUERIES: &[&str] = &[
    "person:sergej",
    "person:\"Sergej Okunev\"",
    "person:\"Mr. Jo Marsh\"",
    "person:okunof",
    "person:marhs",
    "person:\"Ann Lea\"",
    "org:\"Ashford River Board Inc.\"",
    "org:\"Asford River Bord\"",
    "place:ash*",
    "place:/[am].*/",
    "entity:\"Marsh Hull\"",
    "entity:zeppelin",
    "*odgate",
    "*a*e",
    "?ate AND *ed",
    "title:*am*",
    "byline:*'brien",
];

fn parsed(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}\n{}", error.caret(text)))
}

fn resolving() -> Resolving {
    let aliases = Aliases::read("Jo Marsh\tAnn Lee\nAshford\tMarsh Hill\n").expect("two lines");
    Resolving { today: TODAY.parse().expect("a day"), all: false, aliases }
}

fn request(text: &str) -> Request {
    let Resolving { today, aliases, .. } = resolving();
    Request::new(parsed(text)).today(today).aliases(aliases).limit(usize::MAX)
}

/// The ids of the articles that the index finds. It must list as many articles as it counts.
fn ids_of_index(archive: &Archive, request: &Request) -> BTreeSet<String> {
    let ranking = archive.searcher.ranking(request).expect("an answer");
    let id = |entry| archive.searcher.ids(entry).expect("its ids").id;
    let ids: BTreeSet<String> = ranking.entries.iter().map(id).collect();
    assert_eq!(ids.len() as u64, ranking.count, "{request:?}: each article is listed once, and all are counted");
    ids
}

/// The ids of the articles in which `matching` finds the clause.
fn ids_of_definition(archive: &mut Archive, clause: &Clause) -> BTreeSet<String> {
    let matcher = Matcher::new(clause);
    let tokenizer = &mut archive.tokenizer;
    let articles = archive.articles.iter();
    let matching = articles
        .filter(|one| matcher.matches(&one.stored.article, &one.tokens, &one.stored.annotations, tokenizer).is_some());
    matching.map(|one| one.stored.article.id.clone()).collect()
}

/// Tests the third law with one query. Returns the number of articles that match.
fn check(archive: &mut Archive, text: &str) -> usize {
    check_request(archive, text, &request(text))
}

fn check_request(archive: &mut Archive, text: &str, request: &Request) -> usize {
    let clause = archive.searcher.resolve(request).expect("a clause").clause;
    let (found, expected) = (ids_of_index(archive, request), ids_of_definition(archive, &clause));
    if found != expected {
        let wrong = found.symmetric_difference(&expected).next().expect("they differ");
        let side = if found.contains(wrong) { "the index alone" } else { "the definition alone" };
        let article = &archive.articles.iter().find(|one| &one.stored.article.id == wrong).map(|one| &one.stored);
        panic!("{text}\n{side} finds {wrong}\n{clause:?}\n{article:#?}");
    }
    expected.len()
}

#[test]
fn the_index_finds_what_matching_finds() {
    let mut archives = Archive::all();
    let articles: usize = archives.iter().map(|archive| archive.articles.len()).sum();
    let mut random = Random::new(11);
    let (mut pairs, mut wrong) = (0, Vec::new());
    for (name, make) in OPERATORS {
        let mut matched = 0;
        for _ in 0..QUERIES_OF_EACH {
            let text = make(&mut random);
            matched += archives.iter_mut().map(|archive| check(archive, &text)).sum::<usize>();
        }
        let looked_at = QUERIES_OF_EACH * articles;
        pairs += looked_at;
        if !(5..=95).contains(&(100 * matched / looked_at)) {
            wrong.push(format!("{name}: {:.1} %", 100.0 * matched as f64 / looked_at as f64));
        }
    }
    for _ in 0..QUERIES_OF_ALL {
        let (text, _) = query(&mut random);
        let request = request(&text).all(random.chance(20));
        archives.iter_mut().for_each(|archive| _ = check_request(archive, &text, &request));
        pairs += articles;
    }
    assert!(wrong.is_empty(), "operators that match too few or too many: {wrong:?}");
    assert!(pairs >= 200_000, "{pairs} pairs");
}

/// Both sides of the law above get the same expansions and names. This test compares them with the words and names of the
/// same articles, listed without an index.
#[test]
fn a_query_becomes_the_words_and_names_that_live_articles_have() {
    let mut random = Random::new(16);
    for mut archive in Archive::all() {
        let stored = archive.articles.iter().map(|one| (one.stored.article.clone(), one.stored.annotations.clone()));
        let words = Words::of(&stored.collect::<Vec<_>>());
        let made = (0..12).flat_map(|_| OPERATORS).map(|(_, make)| make(&mut random));
        for text in made.chain(MORE_QUERIES.iter().map(|text| (*text).to_owned())) {
            let expected = resolve(&parsed(&text), &mut archive.tokenizer, &words, &resolving());
            assert_eq!(archive.searcher.resolve(&request(&text)).expect("a clause"), expected, "{text}");
        }
    }
}

#[test]
fn pages_list_as_many_articles_as_are_counted_in_every_order() {
    let mut random = Random::new(12);
    for archive in Archive::all() {
        for _ in 0..25 {
            let (text, _) = query(&mut random);
            let whole = request(&text);
            let mut lists: Vec<Vec<String>> = Vec::new();
            for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
                let whole = whole.clone().sort(sort).snippet(0, 0);
                let page = 1 + random.below(60);
                let mut listed: Vec<String> = Vec::new();
                let count = loop {
                    let answer = archive.searcher.search(&whole.clone().limit(page).offset(listed.len())).unwrap();
                    listed.extend(answer.hits.iter().map(|hit| hit.id.clone()));
                    if answer.hits.is_empty() {
                        break answer.count;
                    }
                };
                assert_eq!(listed.len() as u64, count, "{text} {sort:?} by {page}");
                let mut streamed = Vec::new();
                let told = archive.searcher.each(&whole, &mut |hit| {
                    streamed.push(hit.id);
                    Ok(())
                });
                assert_eq!(told.unwrap().count, count, "{text} {sort:?}");
                assert_eq!(streamed, listed, "{text} {sort:?}");
                listed.sort();
                lists.push(listed);
            }
            assert!(lists.windows(2).all(|pair| pair[0] == pair[1]), "{text}: every order lists the same articles");
        }
    }
}

#[test]
fn marks_of_snippets_satisfy_the_query() {
    let mut random = Random::new(13);
    let mut marks = 0;
    for archive in &mut Archive::all() {
        for _ in 0..120 {
            let (text, _) = query(&mut random);
            let request = request(&text).limit(4).snippet(1 + random.below(3), 20 + random.below(200));
            let clause = archive.searcher.resolve(&request).unwrap().clause;
            let matcher = Matcher::new(&clause);
            for hit in &archive.searcher.search(&request).unwrap() {
                let one = archive.articles.iter().find(|one| one.stored.article.id == hit.id).unwrap();
                let (article, annotations) = (&one.stored.article, &one.stored.annotations);
                let meant = matcher.matches(article, &one.tokens, annotations, &mut archive.tokenizer).unwrap();
                let stands = |zone: &str, text: &str, mark: &std::ops::Range<usize>| {
                    article.text.match_indices(text).any(|(at, _)| {
                        let (start, end) = (at + mark.start, at + mark.end);
                        meant.iter().any(|mark| mark.range.start <= start && end <= mark.range.end)
                    }) || panic!("{request:?}\n{zone} {text:?} {mark:?}\n{meant:?}")
                };
                for fragment in &hit.snippet.fragments {
                    marks += fragment.marks.len();
                    let zone = format!("{:?}", fragment.zone);
                    assert!(fragment.marks.iter().all(|mark| stands(&zone, &fragment.text, mark)));
                }
                assert!(hit.title_marks.iter().all(|mark| stands("title", &hit.title, mark)));
            }
        }
    }
    assert!(marks > 1000, "{marks}");
}

#[test]
fn the_reasons_of_a_score_add_up_to_it() {
    let mut random = Random::new(15);
    let mut reasons = 0;
    for archive in Archive::all() {
        for _ in 0..150 {
            let (text, _) = query(&mut random);
            let request = request(&text).limit(5).explain(true);
            let resolved = archive.searcher.resolve(&request).unwrap();
            let answer = archive.searcher.search(&request).unwrap();
            let explanation = answer.explanation.as_ref().expect("it was asked for");
            assert_eq!(explanation.outline.articles, answer.count, "{text}");
            for hit in &answer {
                let why = hit.why.as_ref().expect("it was asked for");
                let sum: f64 = why.reasons.iter().map(|reason| reason.points).sum();
                let gains = why.nearness + why.lede + why.names;
                assert!((sum + gains - hit.score).abs() < 0.002, "{text}: {why:?} is not {}", hit.score);
                assert!(
                    why.reasons
                        .iter()
                        .all(|reason| reason.times > 0 && resolved.leaves.iter().any(|leaf| leaf.typed == reason.part))
                );
                reasons += why.reasons.len();
            }
        }
    }
    assert!(reasons > 1000, "{reasons}");
}

/// Every planted fault changes the answer to some random query, so that a planner with that fault would fail the tests.
#[test]
fn every_planted_fault_is_caught() {
    let mut archive = Archive::many_segments();
    let mut random = Random::new(14);
    let asked: Vec<(Clause, BTreeSet<String>)> = (0..8)
        .flat_map(|_| OPERATORS.iter().map(|(_, make)| make(&mut random)).collect::<Vec<_>>())
        .map(|text| {
            let request = request(&text);
            (archive.searcher.resolve(&request).unwrap().clause, ids_of_index(&archive, &request))
        })
        .collect();
    assert!(
        asked.iter().all(|(clause, found)| *found == ids_of_definition(&mut archive, clause)),
        "without a fault both sides agree"
    );
    let mut catches = BTreeMap::new();
    for (name, fault) in faults::IN_CLAUSES {
        let caught = asked.iter().filter(|(clause, found)| {
            let mut faulty = clause.clone();
            fault(&mut faulty);
            faulty != *clause && ids_of_definition(&mut archive, &faulty) != *found
        });
        catches.insert(*name, caught.take(1).count());
    }
    for (name, fault) in faults::IN_ARTICLES {
        let sound = archive.articles.clone();
        fault(&mut archive.articles);
        let caught = asked.iter().filter(|(clause, found)| ids_of_definition(&mut archive, clause) != *found);
        catches.insert(*name, caught.take(1).count());
        archive.articles = sound;
    }
    let missed: Vec<&&str> = catches.iter().filter(|(_, caught)| **caught == 0).map(|(name, _)| name).collect();
    assert!(missed.is_empty(), "not caught: {missed:?}");
    assert!(catches.len() >= 20, "{}", catches.len());
}

/// Texts made of pieces of the query language, and of other characters.
fn texts() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = serde_json::from_str(include_str!("../queries/pieces.json")).expect("a list of texts");
    let piece = prop_oneof![20 => proptest::sample::select(pieces), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

thread_local! {
    static FUZZED: std::cell::RefCell<Archive> = std::cell::RefCell::new(Archive::many_segments());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(256), ..ProptestConfig::default() })]

    /// Any text is an error with a remedy, or the index finds the articles that `matching` finds. For a run of an hour:
    /// `PROPTEST_CASES=1000000 cargo test --release any_`.
    #[test]
    fn any_text_finds_what_it_means(text in texts()) {
        FUZZED.with_borrow_mut(|archive| match Query::parse(&text) {
            Ok(_) => _ = check(archive, &text),
            Err(error) => assert!(!error.remedy.is_empty(), "{text}: {error}"),
        });
    }
}

#[test]
fn hard_cases_find_what_they_mean() {
    let mut archive = Archive::many_segments();
    let hard = include_str!("../queries/hard/found.txt").lines();
    for text in hard.filter(|text| Query::parse(text).is_ok()) {
        check(&mut archive, text);
    }
}
