//! Calendar days and spans of them. A span is for days only; a piece of text is a range.
//!
//! [`Date`] is one day of the proleptic Gregorian calendar, years 1 to 9999, without time or zone. [`DateSpan`] is a
//! run of days, printed as briefly as it can be: `2019`, `2019-03`, `2019-03-15`, `2019-03-01..2019-05-31`.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Serialize};

/// One calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

/// Days from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateSpan {
    first: Date,
    last: Date,
}

/// How finely a span is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// One calendar month.
    Month,
    /// One calendar year.
    Year,
    /// Any other run of days: a week, a quarter, a decade.
    Other,
}
impl Date {
    /// The machine's day.
    pub fn today() -> Date {
        Date(jiff::Zoned::now().date())
    }
}
impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(_: String) -> Result<Self, String> {
        unimplemented!()
    }
}
impl From<Date> for String {
    fn from(d: Date) -> String {
        d.to_string()
    }
}
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl TryFrom<String> for DateSpan {
    type Error = String;
    fn try_from(_: String) -> Result<Self, String> {
        unimplemented!()
    }
}
impl From<DateSpan> for String {
    fn from(_: DateSpan) -> String {
        unimplemented!()
    }
}
