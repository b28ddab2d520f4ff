//! What a language must tell the grammar of dates: its words with their meanings, its holidays, and its names that look
//! like dates. English is in `english.rs`; another language is one more such file.

use morgue_article::date::Names;

/// The words of one language, all in lower case.
#[derive(Debug)]
pub(super) struct Language {
    /// Months and weekdays.
    pub names: &'static Names,
    /// Every other word that can be part of a date.
    pub words: &'static [(&'static str, DateWord)],
    /// Holidays by their names, without periods, blanks for hyphens and slashes.
    pub holidays: &'static [(&'static str, Holiday)],
    /// Phrases that are no dates though a part of them looks like one, without periods.
    pub not_dates: &'static [&'static str],
    /// Months whose names are also other words; alone they are dates only where a word before says so.
    pub doubtful_months: &'static [&'static str],
    /// Months whose names are also first names: no dates beside another capitalized word.
    pub given_names: &'static [&'static str],
    /// After these a bare year or a doubtful month is a date.
    pub before_dates: &'static [&'static str],
    /// After these a number from 1000 to 2999 is a year, though it is long ago or far ahead.
    pub before_far_years: &'static [&'static str],
    /// After these a day or month without year is the last one.
    pub before_past: &'static [&'static str],
    /// After these and `the` a season is one of some year.
    pub before_seasons: &'static [&'static str],
    /// Before these stands a person's age: `his early 60s`.
    pub before_ages: &'static [&'static str],
    /// After these a number is the name of a thing: a flight, a resolution.
    pub before_identifiers: &'static [&'static str],
    /// Before these a number counts things.
    pub quantities: &'static [&'static str],
    /// Streets: the number before is of a house.
    pub streets: &'static [&'static str],
    /// After a day these say which one: `Sept. 11 attacks`.
    pub famous: &'static [(u8, u8, i16, &'static [&'static str])],
    /// Words of ball games, where quarters and halves are of the game.
    pub games: &'static [&'static str],
}

/// What a word can mean in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    /// A month, 1 to 12.
    Month(u8),
    /// A weekday, 0 for Monday, and whether the name is a short form.
    Weekday(u8, bool),
    /// So many days after the day of publication: `yesterday`.
    Day(i8),
    /// A part of a day. With `last` it is yesterday's: `last night`.
    DayPart,
    /// `now`, `recently`: a time that is not a span of days.
    Now,
    /// A unit of the calendar.
    Unit(Unit),
    /// `last`, `this`, `next`: which unit, counted from the day of publication.
    Shift(i8),
    /// `coming`: like `next`, but `the coming weekend` is this week's.
    Coming,
    /// `previous`, `following`: which unit, counted from a day told before.
    ContextShift(i8),
    /// `past`: the unit that ends on the day of publication.
    Past,
    /// `that`, the one told before; `the latest`.
    That,
    /// A number in words.
    Number(u16),
    /// `a`, `an`.
    One,
    /// An indefinite number: `several`.
    Vague,
    /// `first`, `12th`.
    Ordinal(u16),
    /// A season.
    Season(Season),
    /// `Q3`.
    Quarter(u8),
    /// `H1`.
    Half(u8),
    /// `ago`.
    Ago,
    /// `earlier` (-1) and `later` (1), also `before` and `after`.
    Than(i8),
    /// `early`, `mid`, `late`: which part of a span.
    Edge,
    /// `of`.
    Of,
    /// `the`.
    The,
    /// `from`.
    From,
    /// `to`, `through`, `until`: between the ends of a range.
    To,
    /// `and`.
    And,
    /// `between`.
    Between,
    /// `each`, `every`: no one day is meant.
    Every,
    /// `fiscal`.
    Fiscal,
    /// `nineties`: the tens of its years.
    Decade(u8),
    /// `BC`: years before the calendar begins.
    BeforeChrist,
    /// `in`, `during`, `since` and the like, before a date.
    In,
    /// `end`: of a year, a month.
    End,
    /// `these`.
    These,
    /// Only the start of a phrase.
    Nothing,
}

/// Units of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    /// `period`: a unit told before.
    Period,
}

/// Seasons of the north, by whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    /// The same month and day each year.
    Fixed(u8, u8),
    /// Month, weekday (0 for Monday), which one of the month (-1 for the last), and days to add.
    Nth(u8, u8, i8, i8),
    /// Days after Easter Sunday.
    Easter(i16),
    /// One day of history: year, month, day.
    Once(i16, u8, u8),
}
