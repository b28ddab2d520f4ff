//! The sixth law of the query language: the same articles give the same hits and scores. Threads, segments,
//! replacements, deletes and merges have no influence.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use morgue::ingest::{Options, Prune};
use morgue::{Index, Query, Request, Sort, ingest};

use crate::random::Random;

const WORDS: [&str; 12] =
    ["dam", "levee", "flood", "river", "mayor", "inquiry", "gate", "engineer", "water", "council", "storm", "valley"];

/// The articles `ids` as JSON Lines. Another `edition` has other words and days.
fn articles(ids: std::ops::Range<u32>, edition: u64) -> String {
    let mut lines = String::new();
    for id in ids {
        let mut random = Random::new(u64::from(id) * 7919 + edition * 104_729);
        let mut words = |n: u64| (0..n).map(|_| WORDS[random.below(WORDS.len())]).collect::<Vec<_>>().join(" ");
        let (title, body) = (words(4), words(40));
        let day = 1 + random.below(3);
        writeln!(
            lines,
            r#"{{"id":"urn:a:{id}","title":"{title}","body":"{body}.","published":"2024-05-0{day}","version":{edition}}}"#
        )
        .unwrap();
    }
    lines
}

fn build(folder: &Path, roots: &[&Path], threads: usize, commit_bytes: u64) -> Index {
    let index = Index::open_or_create(folder).unwrap();
    let options = Options { threads, commit_bytes, prune: Prune::Yes, ..Options::default() };
    ingest(roots, &index, &options, |_| ()).unwrap();
    index
}

/// Every hit of a few queries in every order, one line each.
fn answers(index: &Index) -> Vec<String> {
    let searcher = index.searcher().unwrap();
    let mut lines = Vec::new();
    for text in ["dam", "dam levee flood", "\"river gate\"", "mayor W/3 council", "eng*", "dam -storm", "*", "flod~"] {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let request = Request::new(Query::parse(text).unwrap()).sort(sort).limit(usize::MAX >> 1);
            let ranking = searcher.ranking(&request).unwrap();
            assert_eq!(
                ranking.count,
                ranking.entries.len() as u64,
                "{text}: all articles that are counted can be listed"
            );
            lines.extend(ranking.entries.iter().map(|entry| {
                let ids = searcher.ids(entry).unwrap();
                format!("{text} {sort:?} {} {:.4}", ids.id, entry.score)
            }));
        }
    }
    assert!(lines.len() > 10, "the queries find something");
    lines
}

#[test]
fn threads_and_segments_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    fs::write(&file, articles(0..400, 1)).unwrap();
    let one = build(&folder.path().join("one"), &[&file], 1, u64::MAX);
    let many = build(&folder.path().join("many"), &[&file], 8, 10_000);
    assert_eq!(answers(&one), answers(&many));
}

#[test]
fn replacing_and_deleting_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
    fs::write(&first, articles(0..300, 2)).unwrap();
    let direct = build(&folder.path().join("direct"), &[&first], 2, u64::MAX);

    fs::write(&first, articles(0..200, 1)).unwrap();
    fs::write(&second, articles(100..400, 1)).unwrap();
    let changed = build(&folder.path().join("changed"), &[&first, &second], 4, 5_000);
    assert_ne!(answers(&direct), answers(&changed));
    fs::write(&first, articles(0..300, 2)).unwrap();
    build(&folder.path().join("changed"), &[&first, &second], 1, 3_000);
    assert_ne!(answers(&direct), answers(&changed), "100 articles of the second file are still there");
    for id in 300..400 {
        assert_eq!(changed.delete(&format!("urn:a:{id}")).unwrap(), 1);
    }
    assert_eq!(answers(&direct), answers(&changed));
}

#[test]
fn the_latest_version_then_path_wins_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a.jsonl", "b.jsonl", "c.jsonl"].map(|name| folder.path().join(name));
    fs::write(&paths[0], articles(0..10, 3)).unwrap();
    fs::write(&paths[1], articles(0..10, 1)).unwrap();
    fs::write(&paths[2], articles(0..10, 2)).unwrap();
    let [a, b, c] = &paths;
    let together = build(&folder.path().join("1"), &[a, b, c], 2, u64::MAX);
    for (name, order) in [("2", [c, b, a]), ("3", [b, a, c])] {
        let one_by_one = folder.path().join(name);
        for path in order {
            build(&one_by_one, &[path], 1, u64::MAX);
        }
        assert_eq!(answers(&together), answers(&Index::open(&one_by_one).unwrap()));
    }
}

#[test]
fn shadowed_articles_come_back_when_the_winner_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("news");
    fs::create_dir(&news).unwrap();
    fs::write(news.join("a.jsonl"), articles(0..10, 1)).unwrap();
    fs::write(news.join("b.jsonl"), articles(0..3, 2)).unwrap();
    fs::write(news.join("c.jsonl"), articles(20..30, 1)).unwrap();
    let index_folder = folder.path().join("index");
    let index = build(&index_folder, &[&news], 2, u64::MAX);
    fs::remove_file(news.join("b.jsonl")).unwrap();
    build(&index_folder, &[&news], 2, u64::MAX);
    let fresh = build(&folder.path().join("fresh"), &[&news], 2, u64::MAX);
    assert_eq!(answers(&index), answers(&fresh));
}
