//! Errors of dates that a user typed.

use super::Date;

/// A date or span of days that cannot be parsed. The message says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text does not have the form of a day.
    #[error("`{0}` is not a day; write it like 2019-03-15")]
    NotADay(String),
    /// The text does not have the form of a day, month, year or range of these.
    #[error("`{0}` is not a date; write 2019, 2019-03, 2019-03-15, or a range like 2019-03..2019-05, ..2018 or 2020..")]
    NotADate(String),
    /// The month is not 1 to 12.
    #[error("`{0}` has no such month; months are 01 to 12")]
    NoSuchMonth(String),
    /// The month has no such day.
    #[error("`{text}` does not exist; that month has {days} days")]
    NoSuchDay {
        /// The text as typed.
        text: String,
        /// The number of days in the month.
        days: u8,
    },
    /// Year 0.
    #[error("`{0}` is outside the calendar; years are 0001 to 9999")]
    NoSuchYear(String),
    /// A range with neither a first nor a last day.
    #[error("`..` has neither a first nor a last day; write at least one, like 2019.. or ..2019")]
    Endless,
    /// A range that ends before it begins.
    #[error("the range ends on {last}, before it begins on {first}; write the earlier date first")]
    Backwards {
        /// The first day, as typed.
        first: Date,
        /// The last day, as typed.
        last: Date,
    },
}
