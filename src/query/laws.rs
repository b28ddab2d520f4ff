//! The first two laws of the query language: the printed text of a query parses to the same tree; and no text makes the
//! parser panic, hang or take a second.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Query, resolve::tests::Words};
use crate::query::{Aliases, Resolving, resolve};
use morgue_article::token::{Stemming, Tokenizer};

/// Parses, prints and parses again. If there is an error, draws its caret.
fn round_trip(text: &str) -> Result<(), String> {
    let query = match Query::parse(text) {
        Ok(query) => query,
        Err(error) => {
            assert!(text.get(error.at.clone()).is_some(), "{text:?}: {:?} is no range of it", error.at);
            error.caret(text);
            return Ok(());
        }
    };
    same_again(text, &query)?;
    same_again(text, &Query::plain(text))
}

fn same_again(text: &str, query: &Query) -> Result<(), String> {
    let printed = query.to_string();
    match Query::parse(&printed) {
        Ok(again) if again.root == query.root => Ok(()),
        // The printed text may be longer than the typed one, and too long.
        Err(_) if printed.len() > super::MAX_QUERY_BYTES => Ok(()),
        again => Err(format!("{text:?}\n  is {:?}\n  prints {printed:?}\n  which is {again:?}", query.root)),
    }
}

/// Parts of query texts: everything that has a meaning, and text that is similar to it.
fn pieces() -> Vec<String> {
    serde_json::from_str(include_str!("../../tests/queries/pieces.json")).expect("a list of texts")
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![20 => proptest::sample::select(pieces()), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Query texts that are well formed and use every operator.
fn queries() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(
        &[
            "dam",
            "=dams",
            "U.S.",
            "\"lock gate\"",
            "\"lock g*\"~2",
            "collaps*",
            "*gate",
            "wom?n",
            "colapse~",
            "colapse~2",
            "/d.m/",
            "東京",
            "title:dam",
            "byline:\"Pat O'Brien\"",
            "person:putin",
            "date:2019-03",
            "published:7d",
            "lang:en",
            "title:*",
            "*",
            "\\AND",
            "\\W/5",
            "the",
            "id:a,b",
            "http://x.com/a_(b)",
            "title:(a OR b)",
            "title:=x",
            "-x",
            "+y",
            "!z",
        ][..],
    );
    leaf.prop_map(str::to_string).prop_recursive(6, 48, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} AND {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} OR {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} NOT {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} W/5 {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) NOT PRE/2 ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) W/S {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("+({a})")),
            inner.clone().prop_map(|a| format!("NOT {a}")),
            inner.clone().prop_map(|a| format!("({a})^2.5")),
            inner.clone().prop_map(|a| format!("{a}^3")),
            inner.clone().prop_map(|a| format!("title:({a})")),
            inner.prop_map(|a| format!("person:({a})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(3000), ..ProptestConfig::default() })]

    #[test]
    fn any_text_prints_as_what_it_is(text in texts()) {
        round_trip(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn any_query_prints_as_what_it_is(text in queries()) {
        round_trip(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn any_characters_do_no_harm(text in "\\PC{0,60}") {
        round_trip(&text).map_err(TestCaseError::fail)?;
    }
}

fn resolve_in_time(text: &str) {
    let start = Instant::now();
    if let Ok(query) = Query::parse(text) {
        let words = Words::of(&["the dam collapsed", "a lock gate"]);
        let with = Resolving { today: "2019-03-15".parse().unwrap(), all: false, aliases: Aliases::default() };
        resolve(&query, &mut Tokenizer::new(Stemming::English), &words, &with);
        assert!(same_again("", &query).is_ok(), "{}", text.chars().take(40).collect::<String>());
    }
    Query::plain(text);
    let took = start.elapsed();
    // Far more than the parser needs; a time quadratic in the length would be far above this.
    assert!(took < Duration::from_secs(20), "{took:?} for {:?}", text.chars().take(40).collect::<String>());
}

/// Texts of 64 KiB that are hard for a parser with look-ahead, backtracking or recursion.
#[test]
fn no_text_hangs() {
    let unit = [
        "(",
        ")",
        "\"",
        "“",
        "((\"",
        "-",
        "+",
        "-(",
        "NOT ",
        "NOT(",
        "a W/5 ",
        "a AND ",
        "a OR ",
        "a NOT ",
        "AND ",
        "W/5 ",
        "a ",
        "a* ",
        "a~ ",
        "/a/ ",
        "(/a",
        "/(/ ",
        "title:",
        "title:(",
        "title:a ",
        "date:2019 ",
        "http://(",
        "http://x(",
        "a^2",
        "a~2 ",
        "\\",
        "\\a ",
        "*",
        "* ",
        "?",
        "a?",
        ",",
        "1,",
        ".",
        "a.",
        "=",
        "==",
        "a b\" ",
        "\"a\" ",
        "\"a ",
        "(a ",
        "a) ",
        "東",
        "\u{301}",
        "~",
        "^",
        "^2",
        "a\u{a0}",
        "x:",
        "X:",
        "\0",
        "🌊",
        "-a ",
        "!a",
        "+a W/5 ",
        "(a OR b) W/5 ",
        "\"a\"~3 ",
        "a-",
        "a'",
        "$",
        "date:(",
        "id:a,",
        "/\\",
        "a&",
        "|",
        "w/",
        "near",
        "999",
        "..",
        "http://",
    ];
    for unit in unit {
        let text = unit.repeat(super::MAX_QUERY_BYTES / unit.len());
        resolve_in_time(&text);
        resolve_in_time(&format!("{}{}", "(".repeat(60), &text[unit.len() * 60..]));
    }
}

/// Texts that were misread by earlier versions, or that are easily misread.
#[test]
fn hard_cases_print_as_what_they_are() {
    for text in include_str!("../../tests/queries/hard/found.txt").lines() {
        round_trip(text).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

#[test]
fn limits_are_errors_at_their_place() {
    let long = "a".repeat(super::MAX_QUERY_BYTES + 1);
    assert!(Query::parse(&long).unwrap_err().message.contains("64 KiB"));
    assert!(Query::parse(&long[1..]).is_ok());
    assert_eq!(Query::plain(&format!("{long} b")).notes().len(), 1);
    let nested = |levels: usize| format!("{}a b{}", "(".repeat(levels), ")".repeat(levels));
    assert!(Query::parse(&nested(super::MAX_LEVELS)).is_ok());
    assert_eq!(Query::parse(&nested(super::MAX_LEVELS + 1)).unwrap_err().at, 64..65);
    let chain = |levels: usize| format!("a{}", " W/5 a".repeat(levels));
    assert!(Query::parse(&chain(super::MAX_LEVELS)).is_ok());
    assert!(Query::parse(&chain(super::MAX_LEVELS + 1)).unwrap_err().message.contains("64 levels"));
    assert!(Query::parse(&format!("{}a", "NOT ".repeat(65))).is_err());
}
