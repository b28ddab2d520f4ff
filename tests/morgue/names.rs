//! Names as a user knows them: spellings, aliases and stop entities, in `search`, facets and `stats`.

use crate::harness::{Desk, found};

/// One ambassador under two spellings and a third that only an alias can tell; `n4` names nobody else.
const AMBASSADOR: &str = r#"{"id":"n1","title":"Envoy recalled","published":"2019-03-14","body":"Ambassador Sergei Kislyak left Washington on Thursday. Margaret Lyle met Sergei Kislyak at the airport, officials in Washington said."}
{"id":"n2","title":"Envoy returns","published":"2019-04-14","body":"Ambassador Sergey Kislyak returned to Washington. Reporters in Washington asked Sergey Kislyak for a comment."}
{"id":"n3","title":"A dinner","published":"2020-04-14","body":"President Robert Ames had dinner with Margaret Lyle in Washington. Robert Ames and Margaret Lyle said nothing to reporters."}
{"id":"n4","title":"A walk","body":"President Robert Ames went for a walk in Washington. Later Robert Ames slept."}
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("news/a.jsonl", AMBASSADOR);
    desk.run(&["index", "news"]).code(0);
    desk
}

/// Names and numbers of the facet of people, and how many articles have none.
fn people(desk: &Desk, args: &[&str]) -> (Vec<(String, u64)>, u64) {
    let mut all = vec!["search", "*", "--facet", "person", "--format", "json", "--limit", "1"];
    all.extend(args);
    let lines = desk.run(&all).code(0).json();
    let facet = lines.iter().find(|line| line["type"] == "facet").expect("a facet");
    let without = facet["without"].as_u64().expect("a number");
    assert_eq!(facet["distinct"].as_u64(), facet["values"].as_array().map(|values| values.len() as u64));
    (serde_json::from_value(facet["values"].clone()).expect("pairs"), without)
}

fn pairs(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

#[test]
fn every_spelling_finds_all() {
    let desk = desk();
    for query in ["person:\"Sergei Kislyak\"", "person:\"Sergey Kislyak\"", "person:Kislyak", "person:sergey"] {
        let mut ids = found(&desk, &[query]);
        ids.sort();
        assert_eq!(ids, ["n1", "n2"], "{query}");
    }
    let (values, without) = people(&desk, &[]);
    assert_eq!(values, pairs(&[("Margaret Lyle", 2), ("Robert Ames", 2), ("Sergei Kislyak", 2)]));
    assert_eq!(without, 0);
}

#[test]
fn aliases_are_one_name_at_once() {
    let desk = desk();
    desk.write("aliases.tsv", "# who is who\nThe Ambassador\tSergey Kislyak\nThe Ambassador\tMargaret Lyle\n");
    let aliases = ["--aliases", "aliases.tsv"];
    // The first article names both, and counts once.
    assert_eq!(people(&desk, &aliases).0, pairs(&[("The Ambassador", 3), ("Robert Ames", 2)]));
    for query in ["person:\"The Ambassador\"", "person:\"Margaret Lyle\"", "person:Kislyak"] {
        let mut ids = found(&desk, &[query, "--aliases", "aliases.tsv"]);
        ids.sort();
        assert_eq!(ids, ["n1", "n2", "n3"], "{query}");
    }
    assert!(found(&desk, &["person:\"The Ambassador\""]).is_empty());
    desk.run(&["stats", "--aliases", "aliases.tsv"]).code(0).says("3  The Ambassador");
    desk.write("wrong.tsv", "Kislyak, Sergei\n");
    desk.run(&["stats", "--aliases", "wrong.tsv"]).code(2).tells("line 1 has no TAB");
    desk.run(&["search", "x", "--aliases", "nowhere.tsv"]).code(2).tells("nowhere.tsv");
}

#[test]
fn stop_entities_are_no_names_at_once() {
    let desk = desk();
    desk.write("stops.txt", "# not wanted\nperson:robert ames\nplace:Margaret Lyle\n");
    let stops = ["--stop-entities", "stops.txt"];
    let (values, without) = people(&desk, &stops);
    assert_eq!(values, pairs(&[("Margaret Lyle", 2), ("Sergei Kislyak", 2)]));
    assert_eq!(without, 1, "an article whose only name is none has none");
    assert!(found(&desk, &["person:\"Robert Ames\"", "--stop-entities", "stops.txt"]).is_empty());
    assert_eq!(found(&desk, &["person:\"Robert Ames\""]).len(), 2);
    let ran = desk.run(&["stats", "--stop-entities", "stops.txt"]).code(0).says("2  Margaret Lyle");
    ran.check(!ran.stdout.contains("Robert Ames"), "no Robert Ames");
    assert_eq!(found(&desk, &["robert", "--stop-entities", "stops.txt"]).len(), 2, "as words they stay");
}

#[test]
fn published_narrows_what_is_found_and_counted() {
    let desk = desk();
    for (span, expected) in [
        ("2019", 2),
        ("2019-03", 1),
        ("2019-03-14", 1),
        ("2019-04..2020-04", 2),
        ("..2019", 2),
        ("2021..", 0),
        ("yesterday", 1),
        ("7d", 1),
    ] {
        let args = ["search", "*", "--published", span, "--count", "--today", "2020-04-15"];
        let ran = desk.run(&args).code(i32::from(expected == 0));
        assert_eq!(ran.stdout, format!("{expected}\n"), "{span}");
    }
    let (values, _) = people(&desk, &["--published", "2019"]);
    assert_eq!(values, pairs(&[("Sergei Kislyak", 2), ("Margaret Lyle", 1)]));
    desk.run(&["search", "*", "--published", "March"]).code(2).tells("--published").tells("2019-03");
}
