//! The colors of the output. Without colors, marks are printed as brackets, so that a pipe shows them too.

use anstyle::{AnsiColor, Style};

/// The style of each kind of text. `{style}` begins a style and `{style:#}` ends it; both are empty without colors.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Styles {
    /// Whether there are colors.
    pub is_colored: bool,
    /// Headlines and headings.
    pub title: Style,
    /// Text that matches.
    pub mark: Style,
    /// Text of a headline that matches.
    pub title_mark: Style,
    /// Text to look up, such as ids.
    pub dim: Style,
    /// People.
    pub person: Style,
    /// Organisations.
    pub org: Style,
    /// Places.
    pub place: Style,
    /// Dates, and the bars of a timeline.
    pub date: Style,
    /// The word `warning:`.
    pub warning: Style,
    /// The word `error:`.
    pub error: Style,
}

impl Styles {
    /// The styles with or without colors.
    pub(super) fn new(colored: bool) -> Styles {
        if !colored {
            return Styles::default();
        }
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        Styles {
            is_colored: true,
            title: Style::new().bold(),
            mark: color(AnsiColor::Red).bold(),
            title_mark: color(AnsiColor::Red).bold(),
            dim: Style::new().dimmed(),
            person: color(AnsiColor::Cyan),
            org: color(AnsiColor::Magenta),
            place: color(AnsiColor::Green),
            date: color(AnsiColor::Yellow),
            warning: color(AnsiColor::Yellow).bold(),
            error: color(AnsiColor::Red).bold(),
        }
    }
}
