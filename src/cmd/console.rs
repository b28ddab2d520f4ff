//! What goes to standard error: notes, warnings and errors. Nothing here can fail: a closed standard error is no reason
//! to stop.

use std::io::{self, IsTerminal, Write};

use anstyle::Style;

use super::failure::Failure;
use super::print::wrap::{Run, paragraph};
use super::style::Styles;
use super::{USUAL, When, colored};

/// Lines of a tally and their like stand this far in; what does not fit on them goes on as far in.
const DEEPEST: usize = 16;

/// Standard error, and what it wants to hear.
#[derive(Debug)]
pub struct Console {
    quiet: bool,
    when: When,
    styles: Styles,
    /// Columns; `None` where lines are not for a terminal, and stay whole.
    width: Option<usize>,
}

impl Console {
    /// `quiet` leaves out notes.
    pub fn new(quiet: bool, when: When) -> Console {
        let width = io::stderr().is_terminal().then(terminal_size::terminal_size).flatten();
        let width = width.map(|(width, _)| usize::from(width.0).max(20));
        Console { quiet, when, styles: Styles::new(colored(when, &io::stderr())), width }
    }

    /// Whether only warnings and errors are wanted.
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// The styles for standard output.
    pub fn output_styles(&self) -> Styles {
        Styles::new(colored(self.when, &io::stdout()))
    }

    /// Tells something nice to know.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.tell(Run::new("", Style::new()), text, self.styles.dim);
        }
    }

    /// Tells something that may be wrong.
    pub fn warn(&self, text: &str) {
        self.tell(Run::new("warning: ", self.styles.warning), text, Style::new());
    }

    /// Tells why a run failed, with its causes and what to do.
    pub fn failure(&self, failure: &Failure) {
        let mut lines = failure.lines().into_iter();
        let first = lines.next().unwrap_or_default();
        self.tell(Run::new("error: ", self.styles.error), &first, Style::new());
        for line in lines {
            tell(&wrapped(&[Run::new(line, Style::new())], "  ", self.width.unwrap_or(USUAL)));
        }
    }

    /// One line, or as many as the terminal needs; those go on under the first word.
    fn tell(&self, opening: Run, text: &str, style: Style) {
        let text = printable(text);
        let blanks = text.bytes().take_while(|&byte| byte == b' ').count().min(DEEPEST);
        let Some(width) = self.width.filter(|width| *width > 2 * blanks) else {
            return tell(&wrapped(&[opening, Run::new(text, style)], "", usize::MAX));
        };
        let runs = [opening, Run::new(&text[blanks..], style)];
        tell(&wrapped(&runs, &" ".repeat(blanks), width));
    }
}

fn wrapped(runs: &[Run], indent: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let _ = paragraph(&mut lines, runs, indent, width); // writing into memory cannot fail
    String::from_utf8_lossy(&lines).trim_end_matches('\n').to_owned()
}

/// One line to standard error, whatever becomes of it.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// `text` with control characters (a file's name may hold any) shown as escapes.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_go_on_under_their_first_word() {
        let runs = [Run::new("warning: ", Style::new()), Run::new("no article was read", Style::new())];
        assert_eq!(wrapped(&runs, "", 20), "warning: no article\nwas read");
        assert_eq!(wrapped(&runs, "", usize::MAX), "warning: no article was read");
        assert_eq!(wrapped(&[Run::new("12  records added", Style::new())], "    ", 16), "    12  records\n    added");
        assert_eq!(printable("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
    }
}
