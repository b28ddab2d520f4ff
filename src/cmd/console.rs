//! What goes to standard error: notes, warnings and errors. Nothing here can fail: a closed standard error is no reason
//! to stop.

use std::io::{self, Write};

use anstyle::Style;

use super::failure::Failure;
use super::print::wrap::{Run, paragraph};
use super::style::Styles;
use super::{USUAL, When, colored};

/// Standard error, and what it wants to hear.
#[derive(Debug)]
pub struct Console {
    quiet: bool,
    when: When,
    styles: Styles,
}

impl Console {
    /// `quiet` leaves out notes.
    pub fn new(quiet: bool, when: When) -> Console {
        Console { quiet, when, styles: Styles::new(colored(when, &io::stderr())) }
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
            let dim = self.styles.dim;
            tell(&format!("{dim}{}{dim:#}", printable(text)));
        }
    }

    /// Tells something that may be wrong.
    pub fn warn(&self, text: &str) {
        let style = self.styles.warning;
        tell(&format!("{style}warning:{style:#} {}", printable(text)));
    }

    /// Tells why a run failed, with its causes and what to do.
    pub fn failure(&self, failure: &Failure) {
        let style = self.styles.error;
        let mut lines = failure.lines().into_iter();
        tell(&format!("{style}error:{style:#} {}", printable(&lines.next().unwrap_or_default())));
        for line in lines {
            let mut wrapped = Vec::new();
            // Writing into memory cannot fail.
            let _ = paragraph(&mut wrapped, &[Run::new(line, Style::new())], "  ", USUAL);
            tell(String::from_utf8_lossy(&wrapped).trim_end());
        }
    }
}

/// One line to standard error, whatever becomes of it.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// `text` with control characters (a file's name may hold any) shown as escapes.
fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_control() && c != '\n' { c.escape_default().collect() } else { vec![c] })
        .collect()
}
