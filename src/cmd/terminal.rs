//! The terminal: its width, and whether it takes colors.

use std::io::{self, IsTerminal};

use clap::ValueEnum;

/// The width of lines, in columns, where the output is not a terminal.
pub(super) const USUAL_WIDTH: usize = 80;
/// Longer lines are hard to read, however wide the terminal is.
const GREATEST_WIDTH: usize = 100;
/// A narrower terminal is treated as one of this width.
const SMALLEST_WIDTH: usize = 20;

/// When to color the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whether to color what goes to `stream`.
pub(super) fn is_colored(when: ColorWhen, stream: &(impl IsTerminal + anstream::stream::RawStream)) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

/// The width of lines on the standard output, in columns.
pub(super) fn output_width() -> usize {
    if !io::stdout().is_terminal() {
        return USUAL_WIDTH;
    }
    terminal_size::terminal_size()
        .map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0).clamp(SMALLEST_WIDTH, GREATEST_WIDTH))
}

/// The width of lines on the standard error, in columns; `None` where it is not a terminal, so that lines stay whole.
pub(super) fn error_width() -> Option<usize> {
    if !io::stderr().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0).max(SMALLEST_WIDTH))
}
