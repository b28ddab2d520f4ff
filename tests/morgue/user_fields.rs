//! User fields: `x.client:` and others that Morgue does not know.

use crate::harness::{Sandbox, hit_ids};

const ARTICLES: &str = r#"{"id":"a","title":"Ferry sinks","body":"The ferry sank at noon.","extra":{"client":"Acme Shipping","sandbox-2":["north","Sea"],"Bad Name":"x"}}
{"id":"b","title":"Bridge opens","body":"The bridge opened on Monday.","extra":{"client":["Acme Roads","Beta"],"other":{"nested":1}}}
{"id":"c","title":"School closes","body":"The school closed in May.","extra":"no object"}
"#;

fn indexed() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("news/a.jsonl", ARTICLES);
    sandbox.run(&["index", "news"]).code(0).stderr_has("3  added");
    sandbox
}

/// The own ids of the hits, sorted.
fn ids(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let mut ids = hit_ids(sandbox, &[query]);
    ids.sort();
    ids
}

#[test]
fn user_fields_are_searched_like_other_fields_of_words() {
    let sandbox = indexed();
    let table: [(&str, &[&str]); 14] = [
        ("x.client:acme", &["a", "b"]),
        ("x.client:\"acme roads\"", &["b"]),
        ("x.client:\"roads beta\"", &[]),
        ("x.client:(shipping OR beta)", &["a", "b"]),
        ("x.client:ship*", &["a"]),
        ("x.client:*ing", &["a"]),
        ("x.client:acne~", &["a", "b"]),
        ("x.client:/be.a/", &["b"]),
        ("x.client:*", &["a", "b"]),
        ("bridge NOT x.client:acme", &[]),
        ("x.sandbox-2:sea", &["a"]),
        ("x.client:sea", &[]),
        ("x.nobody:acme", &[]),
        ("acme", &[]),
    ];
    for (query, expected) in table {
        assert_eq!(ids(&sandbox, query), expected, "{query}");
    }
}

#[test]
fn user_fields_are_counted_as_facets() {
    let sandbox = indexed();
    let lines = sandbox.run(&["search", "*", "--facet", "x.client", "--format", "json"]).code(0).json();
    let facet = lines.iter().find(|line| line["type"] == "facet").expect("a facet").clone();
    assert_eq!(facet["facet"], "x.client", "{facet}");
    assert_eq!((&facet["distinct"], &facet["without"]), (&3.into(), &1.into()), "{facet}");
    assert!(facet["values"].to_string().contains("[\"Acme Roads\",1]"), "{facet}");
    sandbox.run(&["search", "*", "--facet", "x.sandbox-2"]).code(0).stdout_has("x.sandbox-2 (2)").stdout_has("north");
}

#[test]
fn user_fields_are_shown_and_read_back() {
    let sandbox = indexed();
    sandbox.run(&["show", "b"]).code(0).stdout_has("x.client: Acme Roads, Beta");
    let shown = sandbox.run(&["show", "b", "--format", "json"]).code(0).json().remove(0);
    assert_eq!(shown["article"]["extra"]["client"], serde_json::json!(["Acme Roads", "Beta"]));
    let lines = sandbox.run(&["read", "news"]).code(0);
    assert_eq!(
        lines.json()[0]["extra"],
        serde_json::json!({"client": ["Acme Shipping"], "sandbox-2": ["north", "Sea"]})
    );
    let again = Sandbox::new();
    again.write("news/again.jsonl", &lines.stdout);
    assert_eq!(again.run(&["read", "news"]).code(0).json()[0]["extra"], lines.json()[0]["extra"]);
}

#[test]
fn user_fields_are_mapped_from_json_and_tables() {
    let sandbox = Sandbox::new();
    sandbox
        .write("news/a.jsonl", "{\"id\":\"j\",\"title\":\"Ferry sinks\",\"body\":\"It sank.\",\"Kunde\":\"Acme\"}\n");
    sandbox.write("news/b.csv", "id,title,body,Kunde\nt,Bridge opens,It opened on Monday.,Acme Roads\n");
    sandbox.run(&["index", "news", "--map", "x.client=Kunde"]).code(0);
    assert_eq!(ids(&sandbox, "x.client:acme"), ["j", "t"]);
}

#[test]
fn names_of_user_fields_are_checked() {
    let sandbox = indexed();
    sandbox.run(&["index", "news", "--map", "x.Client=Kunde"]).code(2).stderr_has("lower-case letters");
    sandbox.run(&["search", "x.Client:acme"]).code(2).stderr_has("lower-case letters");
    sandbox.run(&["search", "*", "--facet", "x.Client"]).code(2).stderr_has("x.NAME");
    let mut raw = morgue::RawArticle { body: "The ferry sank.".to_owned(), ..Default::default() };
    raw.extra.insert("Client".to_owned(), vec!["Acme".to_owned()]);
    let skip = morgue::normalize::normalize(raw).expect_err("a skip");
    assert!(skip.to_string().contains("lower-case letters"), "{skip}");
}
