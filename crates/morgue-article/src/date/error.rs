//! What is wrong with a date that was typed.

use super::Date;

/// A date or span of days that cannot be read, with what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not the shape of a day.
    #[error("`{0}` is not a day; write it like 2019-03-15")]
    NotADay(String),
    /// Not the shape of a day, month, year or range of them.
    #[error("`{0}` is not a date; write 2019, 2019-03, 2019-03-15, or a range like 2019-03..2019-05, ..2018 or 2020..")]
    NotADate(String),
    /// A month outside 1 to 12.
    #[error("`{0}` has no such month; months are 01 to 12")]
    NoSuchMonth(String),
    /// A day that the month does not have.
    #[error("`{text}` does not exist; that month has {days} days")]
    NoSuchDay {
        /// What was written.
        text: String,
        /// How many days the month has.
        days: u8,
    },
    /// Year 0.
    #[error("`{0}` is outside the calendar; years are 0001 to 9999")]
    NoSuchYear(String),
    /// A range without any end.
    #[error("`..` has neither a first nor a last day; write at least one, like 2019.. or ..2019")]
    Endless,
    /// A range that ends before it begins.
    #[error("the range ends on {last}, before it begins on {first}; write the earlier date first")]
    Backwards {
        /// The first day, as written.
        first: Date,
        /// The last day, as written.
        last: Date,
    },
}
