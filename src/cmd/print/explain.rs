//! Prints explanations for people: how the query was understood, and why a hit has its score.

use std::io::{self, Write};

use anstyle::Style;

use crate::hit::{Became, Explanation, Part, Reason, Why};

use super::super::style::Styles;
use super::numbers::{count_of, grouped};
use super::wrap::{StyledText, print_paragraph};

/// Prints how the query was understood.
pub(super) fn query(out: &mut impl Write, explanation: &Explanation, styles: Styles, width: usize) -> io::Result<()> {
    line(out, &format!("Read as {}", explanation.tree), styles.title, "", width)?;
    part(out, &explanation.outline, "  ", width)?;
    for pattern in &explanation.patterns {
        line(out, &became(pattern, "word", "words"), Style::new(), "  ", width)?;
    }
    for name in &explanation.names {
        line(out, &became(name, "name", "names"), Style::new(), "  ", width)?;
    }
    writeln!(out)
}

fn line(out: &mut impl Write, text: &str, style: Style, indent: &str, width: usize) -> io::Result<()> {
    print_paragraph(out, &[StyledText::new(text, style)], indent, width)
}

fn part(out: &mut impl Write, part: &Part, indent: &str, width: usize) -> io::Result<()> {
    let text = format!("{} ({})", part.says, count_of(part.articles, "article"));
    line(out, &text, Style::new(), indent, width)?;
    let deeper = format!("{indent}  ");
    // A deeper indent than half the width leaves too little space for the text.
    let indent = if deeper.len() * 2 < width { &deeper } else { indent };
    part_each(out, &part.parts, indent, width)
}

fn part_each(out: &mut impl Write, parts: &[Part], indent: &str, width: usize) -> io::Result<()> {
    parts.iter().try_for_each(|inner| part(out, inner, indent, width))
}

/// `collaps* became 3 words: collapse 12, collapsed 8, collapses 1`.
fn became(became: &Became, one: &str, many: &str) -> String {
    let Became { typed, words, total } = became;
    let listed: Vec<String> = words.iter().map(|(word, articles)| format!("{word} {}", grouped(*articles))).collect();
    let more = if words.len() as u64 == *total { "" } else { ", …" };
    match total {
        0 => format!("{typed} is no {one} of any article"),
        1 => format!("{typed} is one {one}: {}", listed.join(", ")),
        total => format!("{typed} is {} {many}: {}{more}", grouped(*total), listed.join(", ")),
    }
}

/// Prints why a hit has its score.
pub(super) fn hit(out: &mut impl Write, score: f64, why: &Why, indent: &str, width: usize) -> io::Result<()> {
    let Why { words, average_words, .. } = why;
    let length = format!("{} of text; {} on average", count_of(*words, "word"), grouped(*average_words));
    let text = if why.reasons.is_empty() {
        format!("{score:.4} points: nothing in the query ranks articles")
    } else {
        format!("{score:.4} points ({length})")
    };
    line(out, &text, Style::new(), indent, width)?;
    let indent = format!("{indent}  ");
    for reason in &why.reasons {
        line(out, &format!("{:.4}  {}", reason.points, says(reason)), Style::new(), &indent, width)?;
    }
    let gains = [
        (why.nearness, "words of the query are close together"),
        (why.lede, "words of the query are in the title or the lede"),
        (why.names, "names of the query are in the title or the lede"),
    ];
    for (points, says) in gains.into_iter().filter(|(points, _)| *points > 0.0) {
        line(out, &format!("{points:.4}  {says}"), Style::new(), &indent, width)?;
    }
    Ok(())
}

/// `dam: 3 times (dam, dams), in 1,204 articles`.
fn says(reason: &Reason) -> String {
    let times = match reason.times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{} times", grouped(times)),
    };
    let found = if reason.found.is_empty() { String::new() } else { format!(" ({})", reason.found.join(", ")) };
    format!("{}: {times} here{found}, in {} in all", reason.part, count_of(reason.articles, "article"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_explained_in_words() {
        let reason = |times, found: &[&str]| Reason {
            part: "dam".to_owned(),
            times,
            found: found.iter().map(|word| (*word).to_owned()).collect(),
            articles: 1204,
            points: 1.5,
        };
        assert_eq!(says(&reason(1, &[])), "dam: once here, in 1,204 articles in all");
        assert_eq!(says(&reason(3, &["Dam", "dams"])), "dam: 3 times here (Dam, dams), in 1,204 articles in all");
        let pattern = |total, words: &[(&str, u64)]| Became {
            typed: "d*".to_owned(),
            words: words.iter().map(|(word, articles)| ((*word).to_owned(), *articles)).collect(),
            total,
        };
        assert_eq!(became(&pattern(0, &[]), "word", "words"), "d* is no word of any article");
        assert_eq!(became(&pattern(1, &[("dam", 4)]), "word", "words"), "d* is one word: dam 4");
        assert_eq!(became(&pattern(9, &[("dam", 4)]), "word", "words"), "d* is 9 words: dam 4, …");
    }
}
