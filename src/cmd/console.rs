//! The standard error: notes, warnings and errors. Nothing here returns an error, because a closed standard error is no
//! reason to stop.

use std::io::{self, Write};

use anstyle::Style;

use super::failure::Failure;
use super::print::wrap::{StyledText, print_paragraph};
use super::style::Styles;
use super::terminal::{ColorWhen, USUAL_WIDTH, error_width, is_colored};

/// The deepest indent that wrapped lines keep. The lines of a tally are indented by up to 13 columns.
const DEEPEST_INDENT: usize = 16;

/// Prints to the standard error.
#[derive(Debug)]
pub(super) struct Console {
    quiet: bool,
    color: ColorWhen,
    styles: Styles,
    /// The width in columns; `None` leaves lines whole.
    width: Option<usize>,
}

impl Console {
    /// `quiet` leaves out notes.
    pub(super) fn new(quiet: bool, color: ColorWhen) -> Console {
        Console { quiet, color, styles: Styles::new(is_colored(color, &io::stderr())), width: error_width() }
    }

    /// Whether notes are left out.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The styles for the standard output.
    pub(super) fn output_styles(&self) -> Styles {
        Styles::new(is_colored(self.color, &io::stdout()))
    }

    /// Prints information that the user can do without.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            self.print(StyledText::new("", Style::new()), text, self.styles.dim);
        }
    }

    /// Prints a warning.
    pub(super) fn warn(&self, text: &str) {
        self.print(StyledText::new("warning: ", self.styles.warning), text, Style::new());
    }

    /// Prints why a command failed, with its causes and the remedy.
    pub(super) fn failure(&self, failure: &Failure) {
        let mut lines = failure.lines().into_iter();
        let first = lines.next().unwrap_or_default();
        self.print(StyledText::new("error: ", self.styles.error), &first, Style::new());
        for line in lines {
            print_line(&wrapped(&[StyledText::new(line, Style::new())], "  ", self.width.unwrap_or(USUAL_WIDTH)));
        }
    }

    /// Prints one line, wrapped to the width of the terminal. The lines that follow are indented like the first.
    fn print(&self, label: StyledText, text: &str, style: Style) {
        let text = printable(text);
        let blanks = text.bytes().take_while(|&byte| byte == b' ').count().min(DEEPEST_INDENT);
        let Some(width) = self.width.filter(|width| *width > 2 * blanks) else {
            return print_line(&wrapped(&[label, StyledText::new(text, style)], "", usize::MAX));
        };
        let texts = [label, StyledText::new(&text[blanks..], style)];
        print_line(&wrapped(&texts, &" ".repeat(blanks), width));
    }
}

fn wrapped(texts: &[StyledText], indent: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let _ = print_paragraph(&mut lines, texts, indent, width); // writing into memory cannot fail
    String::from_utf8_lossy(&lines).trim_end_matches('\n').to_owned()
}

/// Prints one line to the standard error, and ignores the error if that fails.
pub(super) fn print_line(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Shows the control characters of `text` as escapes. The name of a file can contain any.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_keep_the_indent() {
        let warning =
            [StyledText::new("warning: ", Style::new()), StyledText::new("no article was read", Style::new())];
        assert_eq!(wrapped(&warning, "", 20), "warning: no article\nwas read");
        assert_eq!(wrapped(&warning, "", usize::MAX), "warning: no article was read");
        let count = [StyledText::new("12  records added", Style::new())];
        assert_eq!(wrapped(&count, "    ", 16), "    12  records\n    added");
    }

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(printable("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
    }
}
