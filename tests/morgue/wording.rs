//! The code and the documents are in plain English: words that earlier versions used in a meaning of their own are
//! forbidden, each with its replacement.

use std::path::Path;

/// A forbidden word or phrase, and what to write instead. Words are compared as whole words, in any case unless the word
/// has capital letters.
const FORBIDDEN: &[(&str, &str)] = &[
    ("Torn", "CorruptMember, or corrupt"),
    ("Untold", "CrawlerRecord"),
    ("Manner", "CutOptions"),
    ("tamed", "capped, or made safe"),
    ("passed over", "skipped"),
    ("to pass over", "to skip"),
    ("may pass over", "may skip"),
    ("is none", "is not a ..., or there is no ..."),
    ("are none", "are not ..., or there are no ..."),
    ("what of", "rewrite the sentence"),
    ("parted", "separated"),
    ("so many more", "that number more"),
    ("gone through", "scanned"),
    ("go through all", "scan all"),
    ("lest", "so that ... not"),
    ("likewise", "say it again"),
    ("and the like", "name the things"),
    ("its kin", "name the things"),
    ("their kin", "name the things"),
    ("is told", "is reported, or is known"),
    ("are told", "are reported, or are known"),
    ("beside it", "next to it, or in addition"),
    ("beside the", "next to the, or in addition to the"),
    ("house word", "define the term"),
];

/// Good English that contains a forbidden phrase.
const ALLOWED: [&str; 3] = ["there is none", "there are none", "are told apart"];

/// Folders and files with text that people read.
const PLACES: [&str; 13] = [
    "src",
    "crates",
    "tests/morgue",
    "benches",
    "examples",
    "fuzz",
    "docs",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "corpus/README.md",
    "index/README.md",
    "tests/relevance/README.md",
];

/// The lines of a file with a forbidden phrase.
fn findings(path: &str, text: &str) -> Vec<String> {
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let lower = ALLOWED.iter().fold(line.to_lowercase(), |line, allowed| line.replace(allowed, ""));
        for (phrase, remedy) in FORBIDDEN {
            let has_capital = phrase.chars().any(char::is_uppercase);
            let line = if has_capital { line } else { &lower };
            let found = line.match_indices(phrase).any(|(at, _)| {
                let after = &line[at + phrase.len()..];
                !line[..at].ends_with(is_part_of_word) && !after.starts_with(is_part_of_word)
            });
            if found {
                findings.push(format!("{path}:{}: \"{phrase}\": {remedy}", number + 1));
            }
        }
    }
    findings
}

#[test]
fn no_forbidden_word_is_used() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for place in PLACES {
        let files = walkdir::WalkDir::new(top.join(place)).sort_by_file_name().into_iter().flatten();
        for file in files.filter(|file| file.file_type().is_file()) {
            let path = file.path().strip_prefix(top).expect("a path in the repository").display().to_string();
            let is_text = path.ends_with(".rs") || path.ends_with(".md") || path.ends_with(".toml");
            if !is_text || path.ends_with("wording.rs") || path.contains("/target/") {
                continue;
            }
            let text = std::fs::read_to_string(file.path()).expect("UTF-8 text");
            all.extend(findings(&path, &text));
        }
    }
    assert!(all.is_empty(), "{} forbidden words\n{}", all.len(), all.join("\n"));
}

#[test]
fn whole_words_are_compared() {
    for (line, count) in [
        ("a Torn member", 1),
        ("torn paper", 0),
        ("the oldest of them", 0),
        ("lest it fails", 1),
        ("Passed over: 3", 1),
        ("departed", 0),
        ("a skipped record", 0),
        ("empty where there is none", 0),
        ("a header that is none", 1),
    ] {
        assert_eq!(findings("x", line).len(), count, "{line}");
    }
}
