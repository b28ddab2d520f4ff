//! Faults that were found in use. To add one:
//!
//! 1. Reproduce the fault with the smallest input, as a test in this file that fails.
//! 2. Name the test by the correct behaviour, as a plain sentence: `a_file_name_cannot_write_to_the_terminal`.
//! 3. Say in its doc comment what went wrong, and since when it works.
//!
//! A fault inside one function gets its test next to that function instead. A fault of bad input belongs in
//! `bad_input.rs`.

use crate::harness::{DAILY, Sandbox};

/// A file name with control characters changed the colors of the terminal. Works since 0.1.0.
#[test]
fn a_file_name_cannot_write_to_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write("news/\u{1b}[31mred.txt", "Ferry sinks off Saltby\n\nThe ferry sank at noon. All were saved.\n");
    sandbox.write("news/\u{1b}[32mgreen.txt", "alpha\nbeta\n");
    let run = sandbox.run(&["index", "news", "--verbose"]).code(0);
    run.check(!run.stderr.contains('\u{1b}'), "no escape on stderr");
    for args in [&["search", "ferry"][..], &["stats"]] {
        let run = sandbox.run(args).code(0);
        run.check(!run.stdout.contains('\u{1b}'), "no escape on stdout");
    }
}

/// `--map` refused the fields `person`, `org` and `place`, because the program had its own list of fields.
#[test]
fn map_takes_every_field_of_an_article() {
    let sandbox = Sandbox::new();
    sandbox.write("news/a.jsonl", DAILY.replace("\"byline\":", "\"who\":"));
    for field in ["person", "org", "place", "keywords", "byline"] {
        sandbox.run(&["read", "news", "--map", &format!("{field}=who")]).code(0).stdout_has("Dam collapse");
    }
    sandbox.run(&["read", "news", "--map", "nosuch=who"]).code(2).stderr_has("there is no field `nosuch`");
}
