//! The error of a query text that cannot be read: the problem, its place, and a remedy.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A query text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The problem.
    pub message: String,
    /// The place: bytes of the query text, on character boundaries.
    pub at: Range<usize>,
    /// How to correct the query.
    pub remedy: String,
}

/// The number of columns of a long query text that are shown around an error.
const WINDOW_COLUMNS: usize = 72;

impl QueryError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>, remedy: impl Into<String>) -> QueryError {
        QueryError { message: message.into(), at, remedy: remedy.into() }
    }

    /// Two lines that show the place of the error, without a line end after the second. The first is the query text, or the
    /// part of a long text around the error. The second has a caret under the first column of the error and a tilde under
    /// each further column. `text` must be the text that was parsed.
    ///
    /// ```
    /// let text = "dam titel:collapse";
    /// let error = morgue::Query::parse(text).unwrap_err();
    /// assert_eq!(error.caret(text), "dam titel:collapse\n    ^~~~~~");
    /// ```
    pub fn caret(&self, text: &str) -> String {
        let start = text.floor_char_boundary(self.at.start);
        let end = text.floor_char_boundary(self.at.end).max(start);
        let (before, dots_before) = last_columns(&text[..start], WINDOW_COLUMNS / 3);
        let (marked, dots_inside) = first_columns(&text[start..end], WINDOW_COLUMNS / 2);
        let room = WINDOW_COLUMNS.saturating_sub(before.width() + marked.width());
        let (after, dots_after) = if dots_inside { (String::new(), true) } else { first_columns(&text[end..], room) };
        let dots = |cut: bool| if cut { "…" } else { "" };
        let before = format!("{}{before}", dots(dots_before));
        let carets = format!("^{}", "~".repeat(marked.width().saturating_sub(1)));
        format!("{before}{marked}{after}{}\n{}{carets}", dots(dots_after), " ".repeat(before.width()))
    }
}

/// A character as it is shown: line ends, tabs and other characters without a width become blanks.
fn shown(c: char) -> char {
    if c.is_whitespace() || c.is_control() || UnicodeWidthChar::width(c) == Some(0) && !is_mark(c) { ' ' } else { c }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// As many characters from the start as fit, and whether others are left out.
fn first_columns(text: &str, columns: usize) -> (String, bool) {
    let mut out = String::new();
    let mut width = 0;
    for c in text.chars().map(shown) {
        width += UnicodeWidthChar::width(c).unwrap_or(0);
        if width > columns || out.len() > columns * 8 {
            return (out, true);
        }
        out.push(c);
    }
    (out, false)
}

/// As many characters from the end as fit, and whether others are left out.
fn last_columns(text: &str, columns: usize) -> (String, bool) {
    let mut out = Vec::new();
    let mut width = 0;
    for c in text.chars().rev().map(shown) {
        width += UnicodeWidthChar::width(c).unwrap_or(0);
        if width > columns || out.len() > columns * 4 {
            return (out.iter().rev().collect(), true);
        }
        out.push(c);
    }
    (out.iter().rev().collect(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caret(text: &str, at: Range<usize>) -> String {
        QueryError::new(at, "", "").caret(text)
    }

    #[test]
    fn the_caret_stands_below_the_error() {
        assert_eq!(caret("dam x:y levee", 4..7), "dam x:y levee\n    ^~~");
        assert_eq!(caret("dam", 3..3), "dam\n   ^");
        assert_eq!(caret("", 0..0), "\n^");
    }

    #[test]
    fn wide_characters_marks_and_tabs_keep_their_columns() {
        assert_eq!(caret("東京 x:y", 7..10), "東京 x:y\n     ^~~");
        assert_eq!(caret("cafe\u{301} x:y", 7..10), "cafe\u{301} x:y\n     ^~~");
        assert_eq!(caret("dam\tx:y\nlevee", 4..7), "dam x:y levee\n    ^~~");
    }

    #[test]
    fn a_long_text_is_shown_around_the_error() {
        let text = format!("{} x:y {}", "dam ".repeat(100), "levee ".repeat(100));
        let lines = caret(&text, 401..404);
        let (shown, carets) = lines.split_once('\n').unwrap();
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.width() <= WINDOW_COLUMNS + 2, "{shown}");
        assert_eq!(&shown.chars().skip(carets.find('^').unwrap()).take(3).collect::<String>(), "x:y");
        let lines = caret(&"日".repeat(20_000), 0..60_000);
        assert!(lines.lines().all(|line| line.width() <= WINDOW_COLUMNS + 2));
    }

    #[test]
    fn a_range_that_is_none_of_the_text_does_no_harm() {
        assert_eq!(caret("é", 1..90), "é\n^");
    }
}
