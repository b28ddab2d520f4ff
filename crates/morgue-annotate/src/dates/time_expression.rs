//! Time expressions: the result of the grammar, before the day of publication is taken into account.

use super::language::{Holiday, Season, Unit};
use morgue_article::date::DateSpan;

/// A time expression that is parsed but not resolved to days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TimeExpression {
    /// Days that are the same in every context.
    Span(DateSpan),
    /// A month and a day: `Sept. 30`.
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
    /// A weekday, 0 for Monday. The shift is `None` for a bare weekday, and -1, 0 and 1 after `last`, `this` and
    /// `next`.
    Weekday { weekday: u8, shift: Option<i8> },
    /// A weekday of a week. The week is counted from the week of publication: `Monday next week`.
    WeekdayOf { weekday: u8, weeks: i8 },
    /// The first such weekday (0 for Monday) from the day of publication on, that day included: `will meet Thursday`.
    ComingWeekday(u8),
    /// The weekday closest to the day that is a number of units from publication: `three years ago Monday`.
    NearestWeekday { weekday: u8, unit: Unit, count: i32 },
    /// The first such weekday after (1) or before (-1) a day: `the Monday after Easter`.
    WeekdayNextTo { weekday: u8, anchor: Box<TimeExpression>, direction: i8 },
    /// The days of another expression, moved by a number of units: `ten years ago this month`, `a week from Tuesday`.
    Offset { anchor: Box<TimeExpression>, unit: Unit, count: i32 },
    /// A unit of the calendar, counted from the unit of publication: `last year`, `two weeks ago`, `tomorrow`.
    Unit { unit: Unit, shift: i32 },
    /// The days before publication that are as long as the unit: `the past week`.
    Past(Unit),
    /// `the weekend`, without a word that says which one.
    Weekend,
    /// A unit of the calendar, counted from a day mentioned before: `a year earlier`, `two days later`, `that week`.
    Context { unit: Unit, shift: i32 },
    /// `a year ago`, counted from the quarter mentioned before, or else from the day of publication.
    YearAgo,
    /// From the first expression to the second one.
    Range(Box<TimeExpression>, Box<TimeExpression>),
    /// A time without definite days: `now`, `several years ago`.
    Unknown,
}

/// The year of a day, month, season, quarter, half year or holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearReference {
    /// The year is stated.
    Given(i16),
    /// The year is counted from the year of publication: `June last year`.
    Shift(i8),
    /// The direction from the time of publication: `last May` (-1), `this May` (0), `next May` (1).
    Toward(i8),
    /// No year is stated. The occurrence closest to publication is meant.
    Closest,
}
