//! `morgue stats`.

use crate::harness::Sandbox;

#[test]
fn figures_are_printed() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["stats"]).code(0);
    run.stdout_has("articles   6")
        .stdout_has("2019-03-14 to 2020-01-09")
        .stdout_has("undated    1")
        .stdout_has("3  Merrow Courier");
}

#[test]
fn figures_of_an_empty_index_are_printed() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.join("nothing")).expect("a folder");
    sandbox.run(&["index", "nothing"]).code(0);
    sandbox.run(&["stats"]).code(0).stdout_has("articles   0");
    sandbox.run(&["search", "*"]).code(1).stdout_has("0 articles");
}

#[test]
fn a_missing_index_is_an_error_with_a_remedy() {
    let sandbox = Sandbox::new();
    sandbox.run(&["stats"]).code(2).stderr_has("there is no index in index").stderr_has("morgue index");
    assert!(!sandbox.join("index").exists(), "asking makes no folder");
}
