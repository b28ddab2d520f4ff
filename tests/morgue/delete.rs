//! `morgue delete`.

use crate::harness::{Desk, found};

#[test]
fn an_article_goes_by_its_id() {
    let desk = Desk::indexed();
    desk.run(&["delete", "m3"]).code(0).says("1 article deleted");
    assert!(found(&desk, &["title:levee"]).is_empty());
    assert_eq!(found(&desk, &["*"]).len(), 5);
    desk.run(&["delete", "m3"]).code(1).says("0 articles deleted").tells("no article with the id m3");
}

#[test]
fn articles_go_by_a_query() {
    let desk = Desk::indexed();
    desk.run(&["delete", "--query", "source:\"Oxmouth Post\"", "--dry-run"])
        .code(0)
        .says("3 articles would be deleted");
    assert_eq!(found(&desk, &["*"]).len(), 6);
    desk.run(&["delete", "--query", "source:\"Oxmouth Post\""]).code(0).says("3 articles deleted");
    assert_eq!(found(&desk, &["*"]).len(), 3);
}

#[test]
fn a_deleted_article_stays_away_until_its_file_changes() {
    let desk = Desk::indexed();
    desk.run(&["delete", "m3"]).code(0);
    desk.run(&["index", "news"]).code(0);
    assert_eq!(found(&desk, &["*"]).len(), 5);
    desk.run(&["index", "news", "--reread"]).code(0);
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

#[test]
fn nothing_asked_is_nothing_deleted() {
    let desk = Desk::indexed();
    desk.run(&["delete"]).code(2).tells("ID");
    desk.run(&["delete", "--query", "nosuch:thing"]).code(2).tells("nosuch");
    desk.run(&["delete", "--query", ""]).code(2).tells("the query is empty");
    desk.run(&["delete", "news/daily.jsonl#3"]).code(1).tells("no article with the id");
    assert_eq!(found(&desk, &["*"]).len(), 6);
}
