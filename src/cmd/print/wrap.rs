//! Text into lines that fit a terminal: widths are columns (an ideograph or emoji has two), lines break at blanks and
//! beside ideographs, and only a word that is longer than a whole line is broken inside.

use std::io::{self, Write};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    text: String,
    style: Style,
}

impl Run {
    /// Any text; what could disturb a terminal is taken out when it is printed.
    pub fn new(text: impl Into<String>, style: Style) -> Run {
        Run { text: text.into(), style }
    }
}

/// One grapheme: what a reader takes for a character.
struct Grapheme<'r> {
    text: &'r str,
    columns: usize,
    style: Style,
}

/// Columns of `text` on a terminal.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// `text` without what could disturb a terminal: control characters, and those that turn the writing direction.
pub fn tame(text: &str) -> String {
    let direction = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|&c| !direction(c))
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// `text` cut to so many columns, with an ellipsis where something is lost.
pub fn cut(text: &str, width: usize) -> String {
    let text = tame(text);
    if columns(&text) <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += columns(grapheme);
        if used >= width {
            break;
        }
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Prints `runs`, as one paragraph of lines of at most `width` columns, `indent` before each.
pub fn paragraph(out: &mut impl Write, runs: &[Run], indent: &str, width: usize) -> io::Result<()> {
    let tamed: Vec<Run> = runs.iter().map(|run| Run::new(tame(&run.text), run.style)).collect();
    let graphemes: Vec<Grapheme<'_>> = tamed
        .iter()
        .flat_map(|run| {
            run.text.graphemes(true).map(|text| Grapheme { text, columns: columns(text), style: run.style })
        })
        .collect();
    let room = width.saturating_sub(columns(indent)).max(10);
    for line in lines(&graphemes, room) {
        write!(out, "{indent}")?;
        let mut style = Style::new();
        for grapheme in line {
            if grapheme.style != style {
                write!(out, "{style:#}{}", grapheme.style)?;
                style = grapheme.style;
            }
            write!(out, "{}", grapheme.text)?;
        }
        writeln!(out, "{style:#}")?;
    }
    Ok(())
}

/// Cuts into lines; blanks at their ends are left out.
fn lines<'g, 'r>(graphemes: &'g [Grapheme<'r>], room: usize) -> Vec<&'g [Grapheme<'r>]> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut last_break = None;
    let mut i = 0;
    while i < graphemes.len() {
        if i > start && can_break(&graphemes[i - 1], &graphemes[i]) {
            last_break = Some(i);
        }
        let blank = graphemes[i].text == " ";
        if !blank && used + graphemes[i].columns > room && i > start {
            let end = last_break.filter(|&at| at > start).unwrap_or(i);
            lines.push(trimmed(&graphemes[start..end]));
            start = end;
            while start < graphemes.len() && graphemes[start].text == " " {
                start += 1;
            }
            used = 0;
            last_break = None;
            i = start;
            continue;
        }
        used += graphemes[i].columns;
        i += 1;
    }
    if start < graphemes.len() {
        lines.push(trimmed(&graphemes[start..]));
    }
    lines
}

/// Whether a line may end between two graphemes.
fn can_break(before: &Grapheme<'_>, after: &Grapheme<'_>) -> bool {
    let wide = |grapheme: &Grapheme<'_>| grapheme.columns == 2;
    (before.text == " " && after.text != " ") || (wide(before) && wide(after) && !closes(after.text))
}

/// Punctuation that no line of Chinese or Japanese begins with.
fn closes(text: &str) -> bool {
    matches!(
        text,
        "。" | "、"
            | "，"
            | "．"
            | "）"
            | "」"
            | "』"
            | "】"
            | "》"
            | "？"
            | "！"
            | "："
            | "；"
            | "〕"
            | "・"
            | "ー"
    )
}

fn trimmed<'g, 'r>(line: &'g [Grapheme<'r>]) -> &'g [Grapheme<'r>] {
    let end = line.iter().rposition(|grapheme| grapheme.text != " ").map_or(0, |at| at + 1);
    &line[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        let mut out = Vec::new();
        paragraph(&mut out, &[Run::new(text, Style::new())], "", width).expect("a Vec takes all");
        String::from_utf8(out).expect("text").lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_where_they_may() {
        let table: [(&str, &[&str]); 6] = [
            ("the dam at Harwick gave way", &["the dam at", "Harwick gave", "way"]),
            ("abcdefghijklmnopqrstuvw", &["abcdefghijkl", "mnopqrstuvw"]),
            ("市政府宣布堤坝已经修复。", &["市政府宣布堤", "坝已经修复。"]),
            ("exactly 12 c", &["exactly 12 c"]),
            ("exactly 12 cx y", &["exactly 12", "cx y"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(wrapped(text, 12), expected, "{text}");
        }
    }

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(wrapped("a\u{1b}[31mred\u{202e}\tb", 40), ["a\u{fffd}[31mred b"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "Ein Dammbruch 👩‍👩‍👧‍👧 in 東京都 und المدينة القديمة — nothing fits ".repeat(8);
        for width in 10..60 {
            for line in wrapped(&text, width) {
                assert!(columns(&line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn cutting_shows_that_it_cut() {
        assert_eq!(cut("Harwick", 7), "Harwick");
        assert_eq!(cut("Harwick Council", 9), "Harwick…");
        assert_eq!(cut("東京都庁", 5), "東京…");
    }

    #[test]
    fn a_style_goes_on_over_the_line_end() {
        let bold = Style::new().bold();
        let mut out = Vec::new();
        paragraph(&mut out, &[Run::new("a dam ", Style::new()), Run::new("collapse now", bold)], "", 14)
            .expect("a Vec takes all");
        assert_eq!(String::from_utf8(out).expect("text"), "a dam \u{1b}[1mcollapse\u{1b}[0m\n\u{1b}[1mnow\u{1b}[0m\n");
    }
}
