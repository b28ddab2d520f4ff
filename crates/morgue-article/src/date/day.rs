//! One calendar day.

use std::fmt;
use std::str::FromStr;

use jiff::{Span, civil};
use serde::{Deserialize, Serialize};

use super::error::DateError;

/// One day of the proleptic Gregorian calendar, years 1 to 9999, without time or zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
}

impl Date {
    /// 0001-01-01.
    pub const MIN: Date = Date(civil::Date::constant(1, 1, 1));
    /// 9999-12-31.
    pub const MAX: Date = Date(civil::Date::constant(9999, 12, 31));

    /// 1970-01-01, the day on which the clocks of Unix start.
    pub const UNIX_EPOCH: Date = Date(EPOCH);

    /// The day with these numbers, which all count from 1; `None` if the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Today, by the clock and time zone of the machine.
    pub fn today() -> Date {
        Date(jiff::Zoned::now().date()).clamp(Date::MIN, Date::MAX)
    }

    /// Days since 1970-01-01; negative before it.
    ///
    /// ```
    /// # use morgue_article::date::Date;
    /// assert_eq!(Date::new(1970, 1, 2).unwrap().days(), 1);
    /// assert_eq!(Date::new(1969, 12, 31).unwrap().days(), -1);
    /// ```
    pub fn days(self) -> i32 {
        let hours = self.0.duration_since(EPOCH).as_hours();
        i32::try_from(hours / 24).expect("10,000 years have fewer than 4 million days")
    }

    /// The day that is `days` days after 1970-01-01; `None` outside years 1 to 9999.
    pub fn from_days(days: i32) -> Option<Date> {
        let date = EPOCH.checked_add(Span::new().try_days(days).ok()?).ok()?;
        (Date::MIN.0..=Date::MAX.0).contains(&date).then_some(Date(date))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().to_monday_zero_offset().unsigned_abs() as usize]
    }

    /// The day `days` days later, or earlier when negative; stops at the calendar's ends.
    pub fn add_days(self, days: i32) -> Date {
        let sum = self.days().saturating_add(days);
        Date::from_days(sum).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
    }

    /// The same day `months` months later, or earlier when negative. Where the month has no such day, its last day;
    /// stops at the calendar's ends.
    ///
    /// ```
    /// # use morgue_article::date::Date;
    /// let day: Date = "2019-03-31".parse().unwrap();
    /// assert_eq!(day.add_months(-1).to_string(), "2019-02-28");
    /// ```
    pub fn add_months(self, months: i32) -> Date {
        let sum = Span::new().try_months(months).and_then(|span| self.0.checked_add(span));
        match sum {
            Ok(date) => Date(date).clamp(Date::MIN, Date::MAX),
            Err(_) if months < 0 => Date::MIN,
            Err(_) => Date::MAX,
        }
    }

    /// The first day of this day's month.
    pub fn first_of_month(self) -> Date {
        Date(self.0.first_of_month())
    }

    /// The last day of this day's month.
    pub fn last_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }
}

/// The number of days in the month, 28 to 31; 0 if there is no such month.
pub(super) fn days_in_month(year: i16, month: u8) -> u8 {
    Date::new(year, month, 1).map_or(0, |first| first.last_of_month().day())
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `2019-03-15`.
    fn from_str(text: &str) -> Result<Date, DateError> {
        let span = super::span::parse_unit(text, DateError::NotADay)?;
        if text.len() == "2019-03-15".len() { Ok(span.first()) } else { Err(DateError::NotADay(text.to_string())) }
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Date, DateError> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn ordinals() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-03-01", 11_017),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] {
            assert_eq!(date(text).days(), days, "{text}");
            assert_eq!(Date::from_days(days), Some(date(text)));
        }
        assert_eq!(Date::from_days(Date::MAX.days() + 1), None);
        assert_eq!(Date::from_days(Date::MIN.days() - 1), None);
        assert_eq!(Date::from_days(i32::MIN), None);
        assert_eq!(Date::from_days(i32::MAX), None);
    }

    #[test]
    fn days_that_do_not_exist() {
        for (year, month, day) in
            [(0, 1, 1), (10_000, 1, 1), (2019, 0, 1), (2019, 13, 1), (2019, 2, 29), (2019, 1, 200)]
        {
            assert_eq!(Date::new(year, month, day), None);
        }
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(date("2019-02-28").add_days(1), date("2019-03-01"));
        assert_eq!(Date::MAX.add_days(i32::MAX), Date::MAX);
        assert_eq!(Date::MIN.add_days(i32::MIN), Date::MIN);
        assert_eq!(date("2019-12-31").add_months(2), date("2020-02-29"));
        assert_eq!(Date::MAX.add_months(i32::MAX), Date::MAX);
        assert_eq!(Date::MIN.add_months(i32::MIN), Date::MIN);
    }

    #[test]
    fn weekdays() {
        assert_eq!(date("2019-03-15").weekday(), Weekday::Friday);
        assert_eq!(date("1900-01-01").weekday(), Weekday::Monday);
    }

    #[test]
    fn text() {
        assert_eq!(date("0033-04-03").to_string(), "0033-04-03");
        for (wrong, message) in [
            ("2019", "`2019` is not a day; write it like 2019-03-15"),
            ("2019-3-5", "`2019-3-5` is not a day; write it like 2019-03-15"),
            ("2019-02-29", "`2019-02-29` does not exist; that month has 28 days"),
            ("2019-13-01", "`2019-13-01` has no such month; months are 01 to 12"),
            ("", "`` is not a day; write it like 2019-03-15"),
        ] {
            assert_eq!(wrong.parse::<Date>().unwrap_err().to_string(), message);
        }
        assert_eq!(serde_json::to_string(&date("2019-03-15")).unwrap(), "\"2019-03-15\"");
        assert_eq!(serde_json::from_str::<Date>("\"2019-03-15\"").unwrap(), date("2019-03-15"));
    }

    proptest! {
        #[test]
        fn ordinals_agree_with_the_calendar(days in Date::MIN.days()..=Date::MAX.days()) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
            prop_assert_eq!(date.0.weekday().to_monday_zero_offset() as usize, date.weekday() as usize);
            if let Ok(next) = date.0.tomorrow() {
                prop_assert_eq!(date.add_days(1).0, next.min(Date::MAX.0));
            }
        }
    }
}
