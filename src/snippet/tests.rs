//! Tables of articles, words and the expected fragments; and the laws of a snippet.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::matching::LeafId;
use morgue_article::token::{Stemming, Tokenizer};

fn article(parts: &[(Zone, &str)]) -> Article {
    let mut article = Article::default();
    parts.iter().for_each(|(zone, text)| article.push(*zone, text));
    article
}

fn mark((leaf, range): (u32, Range<usize>)) -> Mark {
    Mark { leaf: LeafId(leaf), range }
}

/// Marks every occurrence of each word. The leaf is the word's number.
fn marks(article: &Article, words: &[&str]) -> Vec<Mark> {
    let of_word = |(leaf, word): (usize, &&str)| {
        let word = word.to_string();
        let places = article.text.match_indices(&word).map(|(at, _)| at).collect::<Vec<_>>();
        places.into_iter().map(move |at| mark((leaf as u32, at..at + word.len()))).collect::<Vec<_>>()
    };
    words.iter().enumerate().flat_map(of_word).collect()
}

/// The fragments with their marks in brackets.
fn shown(article: &Article, words: &[&str], fragments: usize, width: usize) -> String {
    let mut tokens = Tokens::default();
    Tokenizer::new(Stemming::English).article(article, &mut tokens);
    snippet(article, &tokens, &marks(article, words), fragments, width).marked("[", "]")
}

const DAM: &[(Zone, &str)] = &[
    (Zone::Title, "Levee fails at Orrin"),
    (Zone::Body, "The river rose all night. By dawn the dam was leaking. Nobody slept."),
    (
        Zone::Body,
        "“The dam will hold,” said J. Marsh, the engineer. It did not: the dam collapse came at noon. He wept.",
    ),
    (Zone::Caption, "The dam on Monday."),
    (Zone::Credit, "Ann Poe/Orrin Daily"),
];

#[test]
fn the_best_passage_in_whole_sentences() {
    let dam = article(DAM);
    for (words, fragments, width, expected) in [
        (&["dam", "collapse"][..], 1, 60, "… It did not: the [dam] [collapse] came at noon. He wept."),
        (&["dam", "collapse"], 1, 50, "… It did not: the [dam] [collapse] came at noon. …"),
        (&["dam"], 1, 60, "… By dawn the [dam] was leaking. Nobody slept."),
        (&["dam"], 1, 45, "… By dawn the [dam] was leaking. Nobody slept."),
        (
            &["dam"],
            2,
            45,
            "… By dawn the [dam] was leaking. Nobody slept. … It did not: the [dam] collapse came at noon. …",
        ),
        (&["Monday"], 1, 60, "The dam on [Monday]."),
        (&["Poe"], 1, 60, "Ann [Poe]/Orrin Daily"),
        (&["Marsh"], 1, 60, "“The dam will hold,” said J. [Marsh], the engineer. …"),
        (&["Levee"], 1, 30, "The river rose all night. …"),
        (&[], 1, 60, "The river rose all night. By dawn the dam was leaking. …"),
        (&[], 1, 12, "The river …"),
        (&["dam"], 0, 60, ""),
        (&["dam"], 1, 0, ""),
        // Cut: the sentence is longer than the width.
        (&["dam"], 1, 20, "… By dawn the [dam] was …"),
        (&["collapse"], 1, 20, "… dam [collapse] came at …"),
        (&["engineer"], 1, 30, "… said J. Marsh, the [engineer]. …"),
        (&["collapse came at noon"], 1, 12, "… [collapse] …"),
    ] {
        assert_eq!(shown(&dam, words, fragments, width), expected, "{words:?} {fragments} {width}");
    }
}

#[test]
fn fragments_stand_in_order_and_do_not_overlap() {
    let text = "Alpha one two three four. Beta one two three four. Gamma one two three four. Delta one two three.";
    let long = article(&[(Zone::Body, text)]);
    assert_eq!(shown(&long, &["Gamma", "Alpha"], 2, 30), "[Alpha] one two three four. … [Gamma] one two three four. …");
    assert_eq!(shown(&long, &["Beta", "Alpha"], 2, 29), "[Alpha] one two three four. [Beta] one two three four. …");
}

#[test]
fn all_scripts() {
    for (text, word, width, expected) in [
        ("大坝在中午倒塌。没有人受伤。工程师说大坝很安全。", "受伤", 8, "… 没有人[受伤]。 …"),
        ("大坝在中午倒塌而且没有人受伤但是工程师说大坝很安全", "受伤", 8, "… 有人[受伤]但是工程 …"),
        ("Плотина рухнула в полдень. Никто не спал.", "Никто", 20, "… [Никто] не спал."),
        ("انهار السد ظهرا. لم ينم أحد.", "السد", 17, "انهار [السد] ظهرا. …"),
        ("Rescue 👩\u{200d}👩\u{200d}👧\u{200d}👧👩\u{200d}👩\u{200d}👧\u{200d}👧 dam", "dam", 12, "… [dam]"),
    ] {
        assert_eq!(shown(&article(&[(Zone::Body, text)]), &[word], 1, width), expected, "{text}");
    }
}

#[test]
fn a_title_alone() {
    let title = article(&[(Zone::Title, "Dam fails")]);
    assert_eq!(shown(&title, &["Dam"], 1, 50), "[Dam] fails");
    assert_eq!(shown(&article(&[]), &["Dam"], 1, 50), "");
}

#[test]
fn marks_of_the_title() {
    let dam = article(DAM);
    assert_eq!(title_marks(&dam, &marks(&dam, &["fails", "Levee", "Orrin"])), vec![0..5, 6..11, 15..20]);
    assert_eq!(title_marks(&dam, &[(0, 6..40), (1, 8..9), (2, 0..7)].map(mark)), vec![0..7, 7..20]);
    assert!(title_marks(&article(&DAM[1..]), &[mark((0, 0..3))]).is_empty());
}

#[test]
fn a_phrase_is_one_mark_whatever_else_matches_in_it() {
    let dam = article(DAM);
    for (words, expected) in [
        (&["dam", "dam collapse", "collapse"][..], "It did not: the [dam collapse] came at noon."),
        (&["collapse", "the dam collapse"], "It did not: [the dam collapse] came at noon."),
        (&["the dam collapse", "dam collapse came"], "It did not: [the dam collapse] [came] at noon."),
    ] {
        assert_eq!(shown(&dam, words, 1, 45), format!("… {expected} …"), "{words:?}");
    }
}

#[test]
fn marks_over_paragraphs_are_shown_in_each() {
    let two = article(&[(Zone::Body, "It was the dam"), (Zone::Body, "collapse of noon")]);
    let mut tokens = Tokens::default();
    Tokenizer::new(Stemming::English).article(&two, &mut tokens);
    let shown = snippet(&two, &tokens, &[mark((0, 11..23))], 2, 50);
    assert_eq!(shown.marked("[", "]"), "It was the [dam] [collapse] of noon");
}

/// Where `part` stands in `text`, overlapping places too.
fn places(text: &str, part: &str) -> impl Iterator<Item = usize> {
    (0..text.len()).filter(move |&at| text.as_bytes()[at..].starts_with(part.as_bytes()))
}

fn any_paragraph() -> impl Strategy<Value = String> {
    let word = "[a-zA-Z]{1,9}|[0-9]{1,4}|U\\.S\\.|[а-я]{1,6}|[一-丁]{1,9}|\\PC|👩\u{200d}👧|e\u{301}\u{302}|[a-z]{40}";
    let stop = "[.!?。]? |, |\\. |” |-|。|";
    proptest::collection::vec((word, stop), 0..30)
        .prop_map(|words| words.into_iter().map(|(word, stop)| word + &stop).collect())
}

proptest! {
    #[test]
    fn laws(
        paragraphs in proptest::collection::vec((0..4usize, any_paragraph()), 0..6),
        picks in proptest::collection::vec((0..6u32, any::<prop::sample::Index>(), 1..4usize), 0..12),
        fragments in 0..4usize,
        width in 0..90usize,
    ) {
        let zones = [Zone::Title, Zone::Body, Zone::Caption, Zone::Credit];
        let mut paragraphs = paragraphs;
        paragraphs.sort();
        let mut article = Article::default();
        for (zone, text) in &paragraphs {
            if *zone > 0 || article.parts.is_empty() {
                article.push(zones[*zone], text);
            }
        }
        let mut tokens = Tokens::default();
        Tokenizer::new(Stemming::English).article(&article, &mut tokens);
        let mut marks = Vec::new();
        if !tokens.tokens.is_empty() {
            for (leaf, first, length) in picks {
                let first = first.index(tokens.tokens.len());
                let last = (first + length).min(tokens.tokens.len()) - 1;
                let range = tokens.tokens[first].range.start as usize..tokens.tokens[last].range.end as usize;
                marks.push(mark((leaf, range)));
            }
        }
        let snippet = snippet(&article, &tokens, &marks, fragments, width);
        prop_assert!(snippet.fragments.len() <= fragments);
        let in_order = disjoint(&article.text, &marks);
        let outside_title = |part: &&morgue_article::Part| part.zone != Zone::Title;
        let marked = article.parts.iter().filter(outside_title).any(|part| {
            in_order.iter().any(|(_, mark)| mark.start < part.range.end && part.range.start < mark.end)
        });
        if marked && fragments > 0 && width >= 20 {
            prop_assert!(snippet.fragments.iter().all(|fragment| !fragment.marks.is_empty()));
            prop_assert!(!snippet.fragments.is_empty());
        }
        let mut at = 0;
        for fragment in &snippet.fragments {
            prop_assert!(fragment.text.chars().count() <= width);
            prop_assert_eq!(fragment.text.trim(), &fragment.text);
            // Fragments are found one after another, and marked text is text that was to be marked.
            let start = places(&article.text, &fragment.text).find(|&start| {
                let stands = |mark: &Range<usize>| {
                    in_order.iter().any(|(_, whole)| whole.start <= start + mark.start && start + mark.end <= whole.end)
                };
                start >= at && fragment.marks.iter().all(stands)
            });
            prop_assert!(start.is_some());
            at = start.unwrap_or(0) + fragment.text.len();
            let mut end = 0;
            for mark in &fragment.marks {
                prop_assert!(mark.start >= end && mark.start < mark.end);
                prop_assert!(fragment.text.get(mark.clone()).is_some());
                end = mark.end;
            }
            let part = article.parts.iter().find(|part| part.range.end >= at).map(|part| part.range.clone());
            let whole = &article.text[part.unwrap_or(0..0)];
            let graphemes: Vec<_> = whole.grapheme_indices(true).map(|(offset, _)| offset).collect();
            let bounds = |offset: &usize| *offset == whole.len() || graphemes.binary_search(offset).is_ok();
            let cut_right = |place: usize| bounds(&place) && bounds(&(place + fragment.text.len()));
            prop_assert!(places(whole, &fragment.text).any(cut_right));
        }
    }
}
