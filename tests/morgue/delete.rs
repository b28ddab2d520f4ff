//! `morgue delete`.

use crate::harness::{Sandbox, hit_ids};

#[test]
fn an_article_is_deleted_by_its_id() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["delete", "m3"]).code(0).stdout_has("1 article deleted");
    assert!(hit_ids(&sandbox, &["title:levee"]).is_empty());
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 5);
    sandbox.run(&["delete", "m3"]).code(1).stdout_has("0 articles deleted").stderr_has("no article with the id m3");
}

#[test]
fn articles_are_deleted_by_a_query() {
    let sandbox = Sandbox::indexed();
    sandbox
        .run(&["delete", "--query", "source:\"Oxmouth Post\"", "--dry-run"])
        .code(0)
        .stdout_has("3 articles would be deleted");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
    sandbox.run(&["delete", "--query", "source:\"Oxmouth Post\""]).code(0).stdout_has("3 articles deleted");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 3);
}

#[test]
fn a_deleted_article_is_not_added_again_until_its_file_is_read() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["delete", "m3"]).code(0);
    sandbox.run(&["index", "news"]).code(0);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 5);
    sandbox.run(&["index", "news", "--reread"]).code(0);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}

#[test]
fn a_wrong_id_or_query_deletes_nothing() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["delete"]).code(2).stderr_has("ID");
    sandbox.run(&["delete", "--query", "nosuch:thing"]).code(2).stderr_has("nosuch");
    sandbox.run(&["delete", "--query", ""]).code(2).stderr_has("the query is empty");
    sandbox.run(&["delete", "news/daily.jsonl#3"]).code(1).stderr_has("no article with the id");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}
