//! `morgue export`.

use crate::harness::{DAILY, Sandbox};

/// Articles with every field that a line can have.
const RICH: &str = r#"{"id":"urn:a:1","version":3,"title":"Gate opens","published":"2019-05","modified":"2019-05-09","fetched":"2020-01-02","source":"Oxmouth Post","byline":["Ann Lee","Jo Marsh"],"dateline":"OXMOUTH, May 8 (Wire)","url":"https://post.example/gate","language":"en","section":"Local","keywords":["gates","rivers"],"person":["Ann Lee"],"org":["River Board"],"place":["Oxmouth"],"extra":{"client":["Acme","Acme Ltd"]},"body":"The gate opened at noon.\n\nIt closed at night.","captions":[{"caption":"The gate at noon.","credit":"Jo Marsh"},{"caption":"The gate at night."}]}
{"id":"7","title":"Lock sticks","body":"The lock was stuck for a day, said a keeper."}
"#;

/// The lines of an export, sorted, without the fields that say where a record was read from.
fn lines(sandbox: &Sandbox, index: &str) -> Vec<String> {
    let run = sandbox.run(&["export", "--index", index]).code(0).stderr_is_empty();
    let mut lines: Vec<String> = run
        .json()
        .into_iter()
        .map(|mut line| {
            let fields = line.as_object_mut().expect("an object");
            let is_global = fields["id"].as_str().is_some_and(|id| id.starts_with("urn:"));
            for name in ["path", "record", "own_id", "published_from"] {
                fields.remove(name);
            }
            if !is_global {
                fields.remove("id");
            }
            line.to_string()
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn an_export_is_indexed_to_the_same_articles() {
    let sandbox = Sandbox::new();
    sandbox.write("news/daily.jsonl", DAILY);
    sandbox.write("news/rich.jsonl", RICH);
    sandbox.run(&["index", "news", "--index", "first"]).code(0);
    let export = sandbox.run(&["export", "--index", "first"]).code(0);
    sandbox.write("articles.jsonl", &export.stdout);
    sandbox.run(&["index", "articles.jsonl", "--index", "second"]).code(0);
    let (first, second) = (lines(&sandbox, "first"), lines(&sandbox, "second"));
    assert_eq!(first.len(), 8);
    assert_eq!(first, second);
    let rich = first.iter().find(|line| line.contains("urn:a:1")).expect("the rich article");
    for text in ["\"version\":3", "River Board", "Acme Ltd", "2020-01-02", "The gate at night.", "2019-05-09"] {
        assert!(rich.contains(text), "{text} in {rich}");
    }
}

#[test]
fn an_empty_index_has_exit_code_1() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["delete", "--query", "*"]).code(0);
    sandbox.run(&["export"]).code(1).stdout_is_empty();
    sandbox.run(&["export", "--index", "nowhere"]).code(2).stderr_has("there is no index");
}
