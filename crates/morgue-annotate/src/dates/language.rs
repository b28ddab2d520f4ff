//! The data that the grammar of dates needs of a language: words with their meanings, holidays, and names that look
//! like dates. English is in `english.rs`; another language is one more file of this form.

use morgue_article::date::Names;

/// The words of one language, all in lower case.
#[derive(Debug)]
pub(super) struct Language {
    /// Months and weekdays.
    pub names: &'static Names,
    /// All other words that can be part of a date.
    pub words: &'static [(&'static str, DateWord)],
    /// The names of holidays, without full stops, and with blanks instead of hyphens and slashes.
    pub holidays: &'static [(&'static str, Holiday)],
    /// Phrases that are not dates although a part of them looks like one, without full stops.
    pub not_dates: &'static [&'static str],
    /// Months whose names are also other words. Alone, they are dates only after certain words.
    pub doubtful_months: &'static [&'static str],
    /// Months whose names are also first names. They are not dates next to another capitalised word.
    pub given_names: &'static [&'static str],
    /// After these words, a bare year or a doubtful month is a date.
    pub before_dates: &'static [&'static str],
    /// After these words, a number from 1000 to 2999 is a year even if it is far from the present.
    pub before_far_years: &'static [&'static str],
    /// After a list of days without a year, these words show that its last number is not a count.
    pub after_dates: &'static [&'static str],
    /// Words that tell past weekdays from weekdays to come.
    pub tense: TenseWords,
    /// After these words, a day or month without a year is the last one before publication.
    pub before_past: &'static [&'static str],
    /// After these words and `the`, a season is a date.
    pub before_seasons: &'static [&'static str],
    /// After these words, a decade is the age of a person: `his early 60s`.
    pub before_ages: &'static [&'static str],
    /// After these words, a number is the name of a thing: a flight, a resolution.
    pub before_identifiers: &'static [&'static str],
    /// Before these words, a number counts things.
    pub quantities: &'static [&'static str],
    /// Kinds of streets. The number before the name of a street is a house number.
    pub streets: &'static [&'static str],
    /// Month, day and year of famous days, and the words after a date without a year that show that the famous day is
    /// meant: `Sept. 11 attacks`.
    pub famous: &'static [(u8, u8, i16, &'static [&'static str])],
    /// Words of ball games. In articles with one of them, quarters and halves belong to the game.
    pub games: &'static [&'static str],
}

/// Words that tell past weekdays from weekdays to come.
#[derive(Debug)]
pub(super) struct TenseWords {
    /// Words before the verb of a future event: `will`.
    pub future: &'static [&'static str],
    /// Prepositions before a weekday to come: `until`.
    pub ahead: &'static [&'static str],
    /// Words between a verb and its weekday: `on`, `for`.
    pub between: &'static [&'static str],
    /// Participles of plans: `scheduled`, in `is scheduled to meet` and `a hearing scheduled for`.
    pub expected: &'static [&'static str],
    /// Verbs before `to` and the verb of a future event: `plans`.
    pub intended: &'static [&'static str],
    /// Verbs in the present tense that name an event of a plan: `opens`.
    pub scheduled_events: &'static [&'static str],
    /// `is` and its forms.
    pub present_auxiliaries: &'static [&'static str],
    /// `was` and its forms.
    pub past_auxiliaries: &'static [&'static str],
    /// Irregular verbs of the past: `said`.
    pub past: &'static [&'static str],
    /// Words that begin a clause with a verb of its own.
    pub clause_starts: &'static [&'static str],
}

/// The meanings of words in dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    /// A month, 1 to 12.
    Month(u8),
    /// A weekday, 0 for Monday, and whether the word is a short form.
    Weekday(u8, bool),
    /// A number of days after the day of publication: `yesterday` is -1.
    Day(i8),
    /// A part of a day: `morning`. `last night` means yesterday.
    DayPart,
    /// `now`, `recently`: a time without definite days.
    Now,
    /// A unit of the calendar.
    Unit(Unit),
    /// `last` (-1), `this` (0), `next` (1): a unit counted from the unit of publication.
    Shift(i8),
    /// `coming`: the same as `next`, but `the coming weekend` is the weekend of this week.
    Coming,
    /// `previous` (-1), `following` (1): a unit counted from a day mentioned before.
    ContextShift(i8),
    /// `past`: the unit that ends with the day of publication.
    Past,
    /// `that`, `the latest`: a unit mentioned before.
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
    /// `earlier` (-1), `later` (1), also `before` and `after`.
    Than(i8),
    /// `early`, `mid`, `late`: a part of a span.
    Edge,
    /// `of`.
    Of,
    /// `the`.
    The,
    /// `from`.
    From,
    /// `to`, `through`, `until`: a word between the ends of a range.
    To,
    /// `and`.
    And,
    /// `between`.
    Between,
    /// `each`, `every`: no single day is meant.
    Every,
    /// `fiscal`.
    Fiscal,
    /// `nineties`: a decade by the last two digits of its first year.
    Decade(u8),
    /// `BC`: years before the calendar of this crate begins.
    BeforeChrist,
    /// `in`, `during`, `since` and similar words before a date.
    In,
    /// `end`, of a year or month.
    End,
    /// `these`.
    These,
    /// A word without a meaning of its own that starts a phrase.
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
    /// `period`: a unit mentioned before.
    Period,
}

/// Seasons of the northern hemisphere, in whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// The rule that gives the day of a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    /// The same month and day each year.
    Fixed(u8, u8),
    /// Month, weekday (0 for Monday), its number in the month (-1 for the last one), and a number of days to add.
    Nth(u8, u8, i8, i8),
    /// A number of days after Easter Sunday.
    Easter(i16),
    /// A single day in history: year, month, day.
    Once(i16, u8, u8),
}
