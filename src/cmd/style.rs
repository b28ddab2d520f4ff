//! Colors, or none. Where there are none, marks are brackets, so that nothing is lost in a pipe.

use anstyle::{AnsiColor, Style};

/// How each kind of text looks; `{style}` and `{style:#}` around a text begin and end it, and are nothing when plain.
#[derive(Debug, Clone, Copy, Default)]
pub struct Styles {
    /// Whether there are colors.
    pub colored: bool,
    /// Headlines and headings.
    pub title: Style,
    /// What matched.
    pub mark: Style,
    /// What matched inside a headline.
    pub title_mark: Style,
    /// What is there to be looked up.
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
    /// Colors, or none.
    pub fn new(colored: bool) -> Styles {
        if !colored {
            return Styles::default();
        }
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        Styles {
            colored,
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
