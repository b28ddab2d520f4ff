//! Wraps text to the width of a terminal. Widths are counted in columns (an ideograph or emoji has two). Lines break at
//! blanks and next to ideographs; a word is broken inside only if it is longer than a line.

use std::io::{self, Write};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StyledText {
    text: String,
    style: Style,
}

impl StyledText {
    /// Takes any text. Printing makes it safe for a terminal.
    pub(crate) fn new(text: impl Into<String>, style: Style) -> StyledText {
        StyledText { text: text.into(), style }
    }
}

/// One grapheme: what people see as one character.
struct Grapheme<'r> {
    text: &'r str,
    columns: usize,
    style: Style,
}

/// The number of columns of `text` on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Removes from `text` what could disturb a terminal: control characters, and those that change the writing direction.
pub(crate) fn terminal_safe(text: &str) -> String {
    let changes_direction = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|&c| !changes_direction(c))
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Cuts `text` to `width` columns. An ellipsis shows that something was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    let text = terminal_safe(text);
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

/// Prints `texts` as one paragraph, each line with `indent` and at most `width` columns.
pub(crate) fn print_paragraph(
    out: &mut impl Write,
    texts: &[StyledText],
    indent: &str,
    width: usize,
) -> io::Result<()> {
    let safe: Vec<StyledText> =
        texts.iter().map(|piece| StyledText::new(terminal_safe(&piece.text), piece.style)).collect();
    let graphemes: Vec<Grapheme<'_>> = safe
        .iter()
        .flat_map(|piece| {
            piece.text.graphemes(true).map(|text| Grapheme { text, columns: columns(text), style: piece.style })
        })
        .collect();
    let line_width = width.saturating_sub(columns(indent)).max(10);
    for line in lines(&graphemes, line_width) {
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

/// Splits text into lines of at most `line_width` columns. Blanks at their ends are left out.
fn lines<'g, 'r>(graphemes: &'g [Grapheme<'r>], line_width: usize) -> Vec<&'g [Grapheme<'r>]> {
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
        if !blank && used + graphemes[i].columns > line_width && i > start {
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

/// Whether a line can end between two graphemes.
fn can_break(before: &Grapheme<'_>, after: &Grapheme<'_>) -> bool {
    let wide = |grapheme: &Grapheme<'_>| grapheme.columns == 2;
    (before.text == " " && after.text != " ") || (wide(before) && wide(after) && !closes(after.text))
}

/// Punctuation that cannot begin a line of Chinese or Japanese.
fn closes(text: &str) -> bool {
    const CLOSING: &str = "。、，．）」』】》？！：；〕・ー";
    CLOSING.contains(text)
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
        print_paragraph(&mut out, &[StyledText::new(text, Style::new())], "", width).expect("a Vec takes all");
        String::from_utf8(out).expect("text").lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_ideographs() {
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
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(wrapped("a\u{1b}[31mred\u{202e}\tb", 40), ["a\u{fffd}[31mred b"]);
    }

    #[test]
    fn no_line_is_wider_than_the_width() {
        let text = "Ein Dammbruch 👩‍👩‍👧‍👧 in 東京都 und المدينة القديمة — nothing fits ".repeat(8);
        for width in 10..60 {
            for line in wrapped(&text, width) {
                assert!(columns(&line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_cut_text_ends_with_an_ellipsis() {
        assert_eq!(cut("Harwick", 7), "Harwick");
        assert_eq!(cut("Harwick Council", 9), "Harwick…");
        assert_eq!(cut("東京都庁", 5), "東京…");
    }

    #[test]
    fn a_style_continues_on_the_next_line() {
        let bold = Style::new().bold();
        let mut out = Vec::new();
        print_paragraph(
            &mut out,
            &[StyledText::new("a dam ", Style::new()), StyledText::new("collapse now", bold)],
            "",
            14,
        )
        .expect("a Vec takes all");
        assert_eq!(String::from_utf8(out).expect("text"), "a dam \u{1b}[1mcollapse\u{1b}[0m\n\u{1b}[1mnow\u{1b}[0m\n");
    }
}
