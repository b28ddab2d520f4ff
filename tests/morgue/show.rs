//! `morgue show`.

use crate::harness::Desk;

#[test]
fn an_article_is_printed_whole() {
    let desk = Desk::indexed();
    let ran = desk.run(&["show", "m1"]).code(0);
    ran.says("Dam collapse at")
        .says("Merrow Courier · 2019-03-14 · Ada Quist")
        .says("Four hundred people")
        .says("file      news/daily.jsonl")
        .says("record    1")
        .says("own id    m1");
}

#[test]
fn dates_are_marked_and_listed() {
    let desk = Desk::indexed();
    let ran = desk.run(&["show", "m4"]).code(0);
    ran.says("[12 January 2019|2019-01-12]").says("12 January 2019 (2019-01-12)");
}

#[test]
fn plain_is_the_text_alone() {
    let desk = Desk::indexed();
    let ran = desk.run(&["show", "m4", "--plain"]).code(0).says("the warnings of 12\nJanuary 2019");
    ran.check(!ran.stdout.contains('[') && !ran.stdout.contains("record"), "no marks and no lists");
}

#[test]
fn the_id_that_search_prints_is_the_one_that_show_takes() {
    let desk = Desk::indexed();
    let hits = desk.run(&["search", "levee", "--format", "json"]).code(0).json();
    let id = hits[1]["id"].as_str().expect("an id").to_owned();
    desk.run(&["show", &id]).code(0).says("Levee holds");
    desk.run(&["show", "news/daily.jsonl#3"]).code(0).says("Levee holds");
}

#[test]
fn an_unknown_id_is_told() {
    let desk = Desk::indexed();
    desk.run(&["show", "nobody"]).code(1).says_nothing().tells("no article with the id nobody");
    desk.run(&["show", "nobody", "m3"]).code(1).says("Levee holds").tells("nobody");
}

#[test]
fn lines_fit_eighty_columns() {
    let desk = Desk::indexed();
    let ran = desk.run(&["show", "m1", "m2"]).code(0);
    for line in ran.stdout.lines() {
        ran.check(line.chars().count() <= 80, &format!("at most 80 columns: {line}"));
    }
}
