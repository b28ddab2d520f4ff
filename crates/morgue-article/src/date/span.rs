//! A run of calendar days, and its spellings: `2019`, `2019-03`, `2019-03-15`, `2019-03..2019-05`, `..2018`, `2020..`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::day::{Date, days_in_month};
use super::error::DateError;

/// The days from `first` to `last`, both included. A span without a first or last day reaches to [`Date::MIN`] or
/// [`Date::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateSpan {
    first: Date,
    last: Date,
}

/// The precision of a span.
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

impl DateSpan {
    /// The span from `first` to `last`; `None` if `last` is before `first`.
    pub fn new(first: Date, last: Date) -> Option<DateSpan> {
        (first <= last).then_some(DateSpan { first, last })
    }

    /// One day.
    pub fn day(day: Date) -> DateSpan {
        DateSpan { first: day, last: day }
    }

    /// One calendar month, 1 to 12; `None` if the calendar has no such month.
    pub fn month(year: i16, month: u8) -> Option<DateSpan> {
        let first = Date::new(year, month, 1)?;
        Some(DateSpan { first, last: first.last_of_month() })
    }

    /// One calendar year, 1 to 9999; `None` for any other number.
    pub fn year(year: i16) -> Option<DateSpan> {
        Some(DateSpan { first: Date::new(year, 1, 1)?, last: Date::new(year, 12, 31)? })
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day. It belongs to the span.
    pub fn last(self) -> Date {
        self.last
    }

    /// Is the span one day, one month, one year, or another run of days?
    pub fn precision(self) -> Precision {
        if self.first == self.last {
            Precision::Day
        } else if Some(self) == DateSpan::month(self.first.year(), self.first.month()) {
            Precision::Month
        } else if Some(self) == DateSpan::year(self.first.year()) {
            Precision::Year
        } else {
            Precision::Other
        }
    }

    /// Does `other` lie completely inside this span?
    pub fn contains(self, other: DateSpan) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Does `day` lie inside this span?
    pub fn contains_day(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// The shortest span that contains both.
    pub fn join(self, other: DateSpan) -> DateSpan {
        DateSpan { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

impl From<Date> for DateSpan {
    fn from(day: Date) -> DateSpan {
        DateSpan::day(day)
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        match self.precision() {
            Precision::Day => write!(f, "{first}"),
            Precision::Month => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Precision::Year => write!(f, "{:04}", first.year()),
            Precision::Other if first == Date::MIN && last != Date::MAX => write!(f, "..{last}"),
            Precision::Other if last == Date::MAX && first != Date::MIN => write!(f, "{first}.."),
            Precision::Other => write!(f, "{first}..{last}"),
        }
    }
}

impl FromStr for DateSpan {
    type Err = DateError;

    /// Parses `2019`, `2019-03`, `2019-03-15`, and ranges of these, which may leave out one end.
    fn from_str(text: &str) -> Result<DateSpan, DateError> {
        let Some((first, last)) = text.split_once("..") else { return parse_unit(text, DateError::NotADate) };
        let not_a_date = |_| DateError::NotADate(text.to_string());
        let (first, last) = match (first, last) {
            ("", "") => return Err(DateError::Endless),
            ("", last) => (Date::MIN, parse_unit(last, not_a_date)?.last),
            (first, "") => (parse_unit(first, not_a_date)?.first, Date::MAX),
            (first, last) => (parse_unit(first, not_a_date)?.first, parse_unit(last, not_a_date)?.last),
        };
        DateSpan::new(first, last).ok_or(DateError::Backwards { first, last })
    }
}

/// Parses a year, month or day: four digits, then two and two digits after hyphens. `misshapen` makes the error for a
/// text of any other form.
pub(super) fn parse_unit(text: &str, misshapen: impl Fn(String) -> DateError) -> Result<DateSpan, DateError> {
    let owned = || text.to_string();
    let (year, month, day) = numbers(text).ok_or_else(|| misshapen(owned()))?;
    let whole_year = DateSpan::year(year).ok_or_else(|| DateError::NoSuchYear(owned()))?;
    let Some(month) = month else { return Ok(whole_year) };
    let whole_month = DateSpan::month(year, month).ok_or_else(|| DateError::NoSuchMonth(owned()))?;
    let Some(day) = day else { return Ok(whole_month) };
    Date::new(year, month, day)
        .map(DateSpan::day)
        .ok_or_else(|| DateError::NoSuchDay { text: owned(), days: days_in_month(year, month) })
}

/// The numbers of `2019`, `2019-03` or `2019-03-15`, which may name no day of the calendar.
fn numbers(text: &str) -> Option<(i16, Option<u8>, Option<u8>)> {
    let two_digits = |part: &str| digits(part, 2).map(|number| number as u8);
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    match parts[..] {
        [year] => Some((digits(year, 4)? as i16, None, None)),
        [year, month] => Some((digits(year, 4)? as i16, Some(two_digits(month)?), None)),
        [year, month, day] => Some((digits(year, 4)? as i16, Some(two_digits(month)?), Some(two_digits(day)?))),
        _ => None,
    }
}

/// The number that `text` spells in exactly `count` ASCII digits. `count` is at most 4.
fn digits(text: &str, count: usize) -> Option<u16> {
    let all_digits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.bytes().fold(0, |number, byte| number * 10 + u16::from(byte - b'0')))
}

impl TryFrom<String> for DateSpan {
    type Error = DateError;
    fn try_from(text: String) -> Result<DateSpan, DateError> {
        text.parse()
    }
}

impl From<DateSpan> for String {
    fn from(span: DateSpan) -> String {
        span.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_and_precision() {
        for (text, first, last, printed, precision) in [
            ("2019", "2019-01-01", "2019-12-31", "2019", Precision::Year),
            ("2019-02", "2019-02-01", "2019-02-28", "2019-02", Precision::Month),
            ("2019-03-15", "2019-03-15", "2019-03-15", "2019-03-15", Precision::Day),
            ("2019-03..2019-05", "2019-03-01", "2019-05-31", "2019-03-01..2019-05-31", Precision::Other),
            ("2019-03-01..2019-03-31", "2019-03-01", "2019-03-31", "2019-03", Precision::Month),
            ("2019..2019", "2019-01-01", "2019-12-31", "2019", Precision::Year),
            ("..2018", "0001-01-01", "2018-12-31", "..2018-12-31", Precision::Other),
            ("2020..", "2020-01-01", "9999-12-31", "2020-01-01..", Precision::Other),
            ("0001..9999", "0001-01-01", "9999-12-31", "0001-01-01..9999-12-31", Precision::Other),
            ("0001", "0001-01-01", "0001-12-31", "0001", Precision::Year),
        ] {
            let span: DateSpan = text.parse().unwrap();
            assert_eq!((span.first().to_string(), span.last().to_string()), (first.into(), last.into()), "{text}");
            assert_eq!(span.to_string(), printed);
            assert_eq!(span.precision(), precision, "{text}");
        }
    }

    #[test]
    fn what_is_wrong() {
        let shapes = "write 2019, 2019-03, 2019-03-15, or a range like 2019-03..2019-05, ..2018 or 2020..";
        for (text, message) in [
            ("march", format!("`march` is not a date; {shapes}")),
            ("", format!("`` is not a date; {shapes}")),
            ("19-03", format!("`19-03` is not a date; {shapes}")),
            ("2019-03-15-01", format!("`2019-03-15-01` is not a date; {shapes}")),
            ("2019-", format!("`2019-` is not a date; {shapes}")),
            ("2018..x", format!("`2018..x` is not a date; {shapes}")),
            ("2018...2019", format!("`2018...2019` is not a date; {shapes}")),
            ("..", "`..` has neither a first nor a last day; write at least one, like 2019.. or ..2019".into()),
            ("2019-13", "`2019-13` has no such month; months are 01 to 12".into()),
            ("2018..2019-02-30", "`2019-02-30` does not exist; that month has 28 days".into()),
            ("0000", "`0000` is outside the calendar; years are 0001 to 9999".into()),
            (
                "2019..2018",
                "the range ends on 2018-12-31, before it begins on 2019-01-01; write the earlier date first".into(),
            ),
        ] {
            assert_eq!(text.parse::<DateSpan>().unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn containing() {
        let span = |text: &str| text.parse::<DateSpan>().unwrap();
        assert!(span("2018-07..2018-12").contains(span("2018-07..2018-09")));
        assert!(!span("2018-07").contains(span("2018")));
        assert!(span("2018-07").contains_day("2018-07-31".parse().unwrap()));
        assert_eq!(span("2018-07").join(span("2018-09")), span("2018-07..2018-09"));
    }

    proptest! {
        #[test]
        fn printing_and_reading_round_trip(a in Date::MIN.days()..=Date::MAX.days(), length in 0..4000i32) {
            let first = Date::from_days(a).unwrap();
            let span = DateSpan::new(first, first.add_days(length)).unwrap();
            prop_assert_eq!(span.to_string().parse::<DateSpan>().unwrap(), span);
        }

        #[test]
        fn whole_units_round_trip(year in 1..=9999i16, month in 1..=12u8) {
            for span in [DateSpan::year(year).unwrap(), DateSpan::month(year, month).unwrap()] {
                prop_assert_eq!(span.to_string().parse::<DateSpan>().unwrap(), span);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}|[0-9.-]{0,24}") {
            let _ = text.parse::<DateSpan>();
            let _ = text.parse::<Date>();
        }
    }
}
