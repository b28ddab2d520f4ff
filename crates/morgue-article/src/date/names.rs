//! Names of months and weekdays, as data for the readers of dates. To add a language, add a [`Names`].

use super::months::{self, MonthNames};

/// The names of months and weekdays in one or more languages, in lower case, short forms without their period.
#[derive(Debug)]
pub struct Names {
    /// The names of months, one table for each language. No name may mean two months.
    pub months: &'static [&'static MonthNames],
    /// Each spelling with its weekday, 0 for Monday to 6 for Sunday.
    pub weekdays: &'static [(&'static str, u8)],
    /// Suffixes of the number of a day: `th` in `12th`.
    pub ordinal_ends: &'static [&'static str],
    /// The word that may stand between day and month: `12th of January`.
    pub of: &'static str,
}

/// English.
#[rustfmt::skip]
pub static ENGLISH: Names = Names {
    months: &[&months::ENGLISH],
    weekdays: &[
        ("monday", 0), ("mon", 0), ("tuesday", 1), ("tues", 1), ("tue", 1), ("wednesday", 2), ("wed", 2),
        ("thursday", 3), ("thurs", 3), ("thur", 3), ("thu", 3), ("friday", 4), ("fri", 4), ("saturday", 5),
        ("sat", 5), ("sunday", 6), ("sun", 6),
    ],
    ordinal_ends: &["st", "nd", "rd", "th"],
    of: "of",
};

impl Names {
    /// Each spelling of a month with its number, 1 to 12.
    pub fn month_spellings(&self) -> impl Iterator<Item = (&'static str, u8)> {
        self.months.iter().flat_map(|names| months::spellings(names))
    }

    /// The month that `word` names, 1 to 12. ASCII case is ignored.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.month_spellings().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, month)| month)
    }

    /// Whether `word` is an abbreviation of a month (`sept`), which may end with a period. It is if the month has a longer
    /// name.
    pub fn is_short_month(&self, word: &str) -> bool {
        let Some(month) = self.month(word) else { return false };
        self.month_spellings().any(|(name, number)| number == month && name.len() > word.len())
    }

    /// The weekday that `word` names, 0 for Monday. ASCII case is ignored.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, weekday)| *weekday)
    }
}
