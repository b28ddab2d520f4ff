//! README.md and corpus/README.md print what the program prints, and state the numbers that it counts.

use std::path::Path;

use crate::harness::{ProgramRun, Sandbox};

/// A folder with an index of `corpus/`.
fn corpus_index() -> Sandbox {
    let sandbox = Sandbox::new();
    run_in_repository(&sandbox, &["index", "corpus"]).code(0);
    sandbox
}

/// Runs the program in the folder of the repository, where `corpus/` is. The index is in `sandbox`.
fn run_in_repository(sandbox: &Sandbox, args: &[&str]) -> ProgramRun {
    let mut command = sandbox.command(args);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("MORGUE_INDEX", sandbox.join("index"));
    let output = command.output().expect("the program starts");
    sandbox.finished(&command, output)
}

fn document(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a document of the repository")
}

/// A command of a document, and the output that stands below it.
struct Example {
    args: Vec<String>,
    output: Vec<String>,
}

/// The `console` blocks of `markdown` that run `morgue`.
fn examples(markdown: &str) -> Vec<Example> {
    let blocks = markdown.split("\n```console\n").skip(1).map(|block| block.split("\n```").next().unwrap_or_default());
    let commands = blocks.filter_map(|block| block.strip_prefix("$ morgue "));
    commands
        .map(|block| {
            let (command, output) = block.split_once('\n').unwrap_or((block, ""));
            Example { args: shell_words(command), output: output.lines().map(str::to_owned).collect() }
        })
        .collect()
}

/// Splits a command line at blanks, except inside single or double quotes.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("at least one word").push(c),
        }
    }
    words
}

/// Whether `printed` is `expected`, where a line `...` in `expected` represents any number of lines.
fn is_printed(expected: &[String], printed: &[String]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "..." => (0..=printed.len()).any(|skipped| is_printed(rest, &printed[skipped..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, others)| first == line && is_printed(rest, others))
        }
    }
}

#[test]
fn examples_of_the_readme_print_what_the_readme_shows() {
    let sandbox = corpus_index();
    let examples = examples(&document("README.md"));
    assert!(examples.len() >= 4, "the examples are found");
    for Example { args, output } in examples {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = run_in_repository(&sandbox, &args).code(0);
        let printed: Vec<String> = run.stdout.lines().map(str::to_owned).collect();
        run.check(is_printed(&output, &printed), &format!("the output in README.md:\n{}", output.join("\n")));
    }
}

#[test]
fn a_line_of_dots_represents_any_number_of_lines() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (expected, printed, is_equal) in [
        ("a b", "a b", true),
        ("a b", "a b c", false),
        ("a ...", "a b c", true),
        ("a ... c", "a b b c", true),
        ("a ... c", "a c", true),
        ("a ... c", "a b", false),
        ("... b", "a a", false),
    ] {
        assert_eq!(is_printed(&lines(expected), &lines(printed)), is_equal, "{expected}");
    }
    assert_eq!(shell_words("search '\"a b\" c' --limit 2"), ["search", "\"a b\" c", "--limit", "2"]);
}

/// Whether a file of the table in corpus/README.md has the path `path`. `pattern` is a folder, a file, or a file with `*`.
fn matches(pattern: &str, path: &str) -> bool {
    let file = path.split("!/").next().unwrap_or_default().trim_start_matches("corpus/");
    if pattern.ends_with('/') {
        return file.starts_with(pattern);
    }
    let mut pieces = pattern.split('*');
    let Some(mut rest) = file.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    for piece in pieces {
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = if piece.is_empty() { "" } else { after };
    }
    rest.is_empty()
}

#[test]
fn numbers_of_the_corpus_are_stated_as_they_are() {
    let sandbox = corpus_index();
    let hits = run_in_repository(&sandbox, &["search", "*", "--limit", "all", "--format", "json"]).code(0).json();
    let paths: Vec<&str> = hits.iter().skip(1).map(|hit| hit["path"].as_str().expect("a path")).collect();
    let count = paths.len();
    assert!(document("README.md").contains(&format!("{count} invented articles")), "README.md: {count} articles");

    let document = document("corpus/README.md");
    let table = document.split("| path | format | articles |").nth(1).expect("the table of files");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let (mut total, mut in_last_three) = (0, 0);
    let rows: Vec<&str> = rows.collect();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let pattern = cells[0].trim_matches('`');
        let stated: usize = cells[2].split(' ').next().and_then(|cell| cell.parse().ok()).expect("a number");
        let found = paths.iter().filter(|path| matches(pattern, path)).count();
        assert_eq!(found, stated, "corpus/README.md: {pattern}");
        total += stated;
        if number + 3 >= rows.len() {
            in_last_three += stated;
        }
    }
    assert_eq!(total, count, "every article is in one row of corpus/README.md");
    let sentence = format!(
        "{total} articles: {} in text, JSON and SGML, and {in_last_three} in the last three formats.",
        total - in_last_three
    );
    assert!(document.contains(&sentence), "corpus/README.md: {sentence}");
}
