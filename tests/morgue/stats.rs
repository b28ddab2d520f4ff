//! `morgue stats`.

use crate::harness::Desk;

#[test]
fn figures_are_printed() {
    let desk = Desk::indexed();
    let ran = desk.run(&["stats"]).code(0);
    ran.says("articles   6").says("2019-03-14 to 2020-01-09").says("undated    1").says("3  Merrow Courier");
}

#[test]
fn an_empty_index_has_figures_too() {
    let desk = Desk::new();
    std::fs::create_dir(desk.join("nothing")).expect("a folder");
    desk.run(&["index", "nothing"]).code(0);
    desk.run(&["stats"]).code(0).says("articles   0");
    desk.run(&["search", "*"]).code(1).says("0 articles");
}

#[test]
fn no_index_is_an_error_that_says_what_to_do() {
    let desk = Desk::new();
    desk.run(&["stats"]).code(2).tells("there is no index in index").tells("morgue index");
    assert!(!desk.join("index").exists(), "asking makes no folder");
}
