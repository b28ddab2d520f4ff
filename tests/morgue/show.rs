//! `morgue show`.

use crate::harness::Sandbox;

#[test]
fn an_article_is_printed_whole() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["show", "m1"]).code(0);
    run.stdout_has("Dam collapse at")
        .stdout_has("Merrow Courier · 2019-03-14 · Ada Quist")
        .stdout_has("Four hundred people")
        .stdout_has("file      news/daily.jsonl")
        .stdout_has("record    1")
        .stdout_has("own id    m1");
}

#[test]
fn dates_are_marked_and_listed() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["show", "m4"]).code(0);
    run.stdout_has("[12 January 2019|2019-01-12]").stdout_has("12 January 2019 (2019-01-12)");
}

#[test]
fn plain_prints_only_the_text() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["show", "m4", "--plain"]).code(0).stdout_has("the warnings of 12\nJanuary 2019");
    run.check(!run.stdout.contains('[') && !run.stdout.contains("record"), "no marks and no lists");
}

#[test]
fn show_takes_the_id_that_search_prints() {
    let sandbox = Sandbox::indexed();
    let hits = sandbox.run(&["search", "levee", "--format", "json"]).code(0).json();
    let id = hits[1]["id"].as_str().expect("an id").to_owned();
    sandbox.run(&["show", &id]).code(0).stdout_has("Levee holds");
    sandbox.run(&["show", "news/daily.jsonl#3"]).code(0).stdout_has("Levee holds");
}

#[test]
fn an_unknown_id_is_reported() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["show", "nobody"]).code(1).stdout_is_empty().stderr_has("no article with the id nobody");
    sandbox.run(&["show", "nobody", "m3"]).code(1).stdout_has("Levee holds").stderr_has("nobody");
}

#[test]
fn lines_fit_eighty_columns() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["show", "m1", "m2"]).code(0);
    for line in run.stdout.lines() {
        run.check(line.chars().count() <= 80, &format!("at most 80 columns: {line}"));
    }
}
