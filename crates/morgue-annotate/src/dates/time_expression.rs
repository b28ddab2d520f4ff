//! What a time expression says, before it is known when the article was published.

use super::language::{Holiday, Season, Unit};
use morgue_article::date::DateSpan;

/// A time expression, understood but not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TimeExpression {
    /// Days that need no context.
    Span(DateSpan),
    /// A month and day: `Sept. 30`.
    Day { month: u8, day: u8, year: YearReference },
    /// A month: `in July`.
    Month { month: u8, year: YearReference },
    /// A season: `last spring`.
    Season { season: Season, year: YearReference },
    /// A quarter, 1 to 4.
    Quarter { quarter: u8, year: YearReference },
    /// A half year, 1 or 2.
    Half { half: u8, year: YearReference },
    /// A holiday: `Christmas`, `last Easter`.
    Holiday { holiday: Holiday, year: YearReference },
    /// A decade by the tens of its years: `the '60s`.
    Decade(u8),
    /// A weekday, 0 for Monday: bare, or `last` (-1), `this` (0), `next` (1).
    Weekday { weekday: u8, shift: Option<i8> },
    /// A weekday of a week counted from the week of publication: `Monday next week`.
    WeekdayOf { weekday: u8, weeks: i8 },
    /// A day, week, month, ... so many of them after the one of publication: `last year`, `two weeks ago`, `tomorrow`.
    Unit { unit: Unit, shift: i32 },
    /// The unit that ends with the day of publication: `the past week`.
    Past(Unit),
    /// `the weekend`, without saying which.
    Weekend,
    /// So many units after what was told before: `a year earlier`, `two days later`, `that week`.
    Context { unit: Unit, shift: i32 },
    /// `a year ago`: of the quarter told before, else of the day of publication.
    YearAgo,
    /// From the one to the other.
    Range(Box<TimeExpression>, Box<TimeExpression>),
    /// A time that cannot be told in days: `now`, `several years ago`.
    Unknown,
}

/// The year of something that recurs each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearReference {
    /// Stated.
    Given(i16),
    /// So many years after the year of publication: `June last year`.
    Shift(i8),
    /// `last May` (-1), `this May` (0), `next May` (1).
    Toward(i8),
    /// Not stated.
    Closest,
}
