//! Names: spellings, aliases and stop entities, in `search`, facets and `stats`.

use crate::harness::{Sandbox, hit_ids};

/// One ambassador under two spellings, and under a title that only an alias connects with him. `n4` has one name only.
const AMBASSADOR: &str = r#"{"id":"n1","title":"Envoy recalled","published":"2019-03-14","body":"Ambassador Sergei Kislyak left Washington on Thursday. Margaret Lyle met Sergei Kislyak at the airport, officials in Washington said."}
{"id":"n2","title":"Envoy returns","published":"2019-04-14","body":"Ambassador Sergey Kislyak returned to Washington. Reporters in Washington asked Sergey Kislyak for a comment."}
{"id":"n3","title":"A dinner","published":"2020-04-14","body":"President Robert Ames had dinner with Margaret Lyle in Washington. Robert Ames and Margaret Lyle said nothing to reporters."}
{"id":"n4","title":"A walk","body":"President Robert Ames went for a walk in Washington. Later Robert Ames slept."}
"#;

fn indexed_names() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("news/a.jsonl", AMBASSADOR);
    sandbox.run(&["index", "news"]).code(0);
    sandbox
}

/// The values of the facet of people, and the number of articles without a person.
fn people(sandbox: &Sandbox, args: &[&str]) -> (Vec<(String, u64)>, u64) {
    let mut all = vec!["search", "*", "--facet", "person", "--format", "json", "--limit", "1"];
    all.extend(args);
    let lines = sandbox.run(&all).code(0).json();
    let facet = lines.iter().find(|line| line["type"] == "facet").expect("a facet");
    let without = facet["without"].as_u64().expect("a number");
    assert_eq!(facet["distinct"].as_u64(), facet["values"].as_array().map(|values| values.len() as u64));
    (serde_json::from_value(facet["values"].clone()).expect("pairs"), without)
}

fn pairs(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

#[test]
fn every_spelling_of_a_name_finds_all_articles() {
    let sandbox = indexed_names();
    for query in ["person:\"Sergei Kislyak\"", "person:\"Sergey Kislyak\"", "person:Kislyak", "person:sergey"] {
        let mut ids = hit_ids(&sandbox, &[query]);
        ids.sort();
        assert_eq!(ids, ["n1", "n2"], "{query}");
    }
    let (values, without) = people(&sandbox, &[]);
    assert_eq!(values, pairs(&[("Margaret Lyle", 2), ("Robert Ames", 2), ("Sergei Kislyak", 2)]));
    assert_eq!(without, 0);
}

#[test]
fn aliases_take_effect_at_once() {
    let sandbox = indexed_names();
    sandbox.write("aliases.tsv", "# who is who\nThe Ambassador\tSergey Kislyak\nThe Ambassador\tMargaret Lyle\n");
    let aliases = ["--aliases", "aliases.tsv"];
    // The first article names both, and counts once.
    assert_eq!(people(&sandbox, &aliases).0, pairs(&[("The Ambassador", 3), ("Robert Ames", 2)]));
    for query in ["person:\"The Ambassador\"", "person:\"Margaret Lyle\"", "person:Kislyak"] {
        let mut ids = hit_ids(&sandbox, &[query, "--aliases", "aliases.tsv"]);
        ids.sort();
        assert_eq!(ids, ["n1", "n2", "n3"], "{query}");
    }
    assert!(hit_ids(&sandbox, &["person:\"The Ambassador\""]).is_empty());
    sandbox.run(&["stats", "--aliases", "aliases.tsv"]).code(0).stdout_has("3  The Ambassador");
    sandbox.write("wrong.tsv", "Kislyak, Sergei\n");
    sandbox.run(&["stats", "--aliases", "wrong.tsv"]).code(2).stderr_has("line 1 has no TAB");
    sandbox.run(&["search", "x", "--aliases", "nowhere.tsv"]).code(2).stderr_has("nowhere.tsv");
}

#[test]
fn stop_entities_take_effect_at_once() {
    let sandbox = indexed_names();
    sandbox.write("stops.txt", "# not wanted\nperson:robert ames\nplace:Margaret Lyle\n");
    let stops = ["--stop-entities", "stops.txt"];
    let (values, without) = people(&sandbox, &stops);
    assert_eq!(values, pairs(&[("Margaret Lyle", 2), ("Sergei Kislyak", 2)]));
    assert_eq!(without, 1, "an article whose only name is ignored has no name");
    assert!(hit_ids(&sandbox, &["person:\"Robert Ames\"", "--stop-entities", "stops.txt"]).is_empty());
    assert_eq!(hit_ids(&sandbox, &["person:\"Robert Ames\""]).len(), 2);
    let run = sandbox.run(&["stats", "--stop-entities", "stops.txt"]).code(0).stdout_has("2  Margaret Lyle");
    run.check(!run.stdout.contains("Robert Ames"), "no Robert Ames");
    assert_eq!(hit_ids(&sandbox, &["robert", "--stop-entities", "stops.txt"]).len(), 2, "words are still found");
}

#[test]
fn published_limits_hits_and_counts() {
    let sandbox = indexed_names();
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
        let run = sandbox.run(&args).code(i32::from(expected == 0));
        assert_eq!(run.stdout, format!("{expected}\n"), "{span}");
    }
    let (values, _) = people(&sandbox, &["--published", "2019"]);
    assert_eq!(values, pairs(&[("Sergei Kislyak", 2), ("Margaret Lyle", 1)]));
    sandbox.run(&["search", "*", "--published", "March"]).code(2).stderr_has("--published").stderr_has("2019-03");
}
