//! Days and months as people write them out, wherever a text begins with one: `January 12, 2019`, `12 Jan. 2019`,
//! `12th of January`, `26-FEB-1987`, `2019-01-12`, `13/02/2006`, `May 2017`.
//!
//! Metadata, datelines and running text share this grammar. It reads from the start of a text and returns how many
//! bytes it read; the caller decides what may stand before and after.

use super::names::Names;
use super::{Date, DateSpan};

/// A day or month that was read from the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The year, if it is written. Two digits are read as 1950 to 2049.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, if it is written. It exists in the year, or, without a year, in some year. At least one
    /// of `day` and `year` is there.
    pub day: Option<u8>,
    /// The number of bytes that were read.
    pub len: usize,
}

/// Which number of `01/02/2006` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 1 February.
    DayFirst,
    /// 2 January.
    MonthFirst,
}

impl Written {
    /// Reads a day or month from the start of `text`, with month names in any case. `01/02/2006` is read only if there
    /// is an `order`; `13/02/2006` means the same in either order.
    ///
    /// ```
    /// use morgue_article::date::{ENGLISH, Written};
    ///
    /// let written = Written::read("Sept. 11, 2001, in New York", &ENGLISH, None).unwrap();
    /// assert_eq!(written.span().unwrap().to_string(), "2001-09-11");
    /// assert_eq!(written.len, "Sept. 11, 2001".len());
    /// assert_eq!(Written::read("01/02/2006", &ENGLISH, None), None);
    /// ```
    pub fn read(text: &str, names: &Names, order: Option<Order>) -> Option<Written> {
        let first = *text.as_bytes().first()?;
        let written = if first.is_ascii_digit() {
            numeric(text, order).or_else(|| day_first(text, names))
        } else {
            month_first(text, names)
        }?;
        written.exists().then_some(written)
    }

    /// Like [`Written::read`], in a field that holds a date: a year of two digits may follow a day and the name of a
    /// month, as RFC 822 and RSS 2.0 allow. `Fri, 22 Sep 95 22:05:03 PDT`.
    pub(super) fn read_of_field(text: &str, names: &Names, order: Option<Order>) -> Option<Written> {
        let written = Written::read(text, names, order)?;
        let is_day_first = text.starts_with(|c: char| c.is_ascii_digit());
        let year = if written.year.is_none() && is_day_first { short_year_after(text, written.len) } else { None };
        let Some((year, len)) = year else { return Some(written) };
        Some(Written { year: Some(year), len, ..written }).filter(Written::exists)
    }

    /// The days that it means; `None` without a year.
    pub fn span(&self) -> Option<DateSpan> {
        let year = self.year?;
        match self.day {
            Some(day) => Date::new(year, self.month, day).map(DateSpan::day),
            None => DateSpan::month(year, self.month),
        }
    }

    /// The day in its own year, or without a year the day that is closest to `near`.
    pub fn closest_to(&self, near: Date) -> Option<Date> {
        match (self.year, self.day) {
            (None, Some(day)) => Date::closest(self.month, day, near),
            _ => self.span().map(DateSpan::first),
        }
    }

    fn exists(&self) -> bool {
        match (self.year, self.day) {
            (Some(_), _) => self.span().is_some(),
            // 2000 was a leap year.
            (None, day) => day.is_some_and(|day| Date::new(2000, self.month, day).is_some()),
        }
    }
}

impl Date {
    /// The day with this month and number that is closest to `near`; of two equally close days, the earlier one.
    /// `None` if no year near it has such a day.
    pub fn closest(month: u8, day: u8, near: Date) -> Option<Date> {
        // The next 29 February may be four years away, eight around 1900.
        let candidates = (-8..=8).filter_map(|years| Date::new(near.year() + years, month, day));
        candidates.min_by_key(|date| (date.days() - near.days()).abs())
    }
}

/// `January 12, 2019`, `Jan. 12th`, `January 2019`.
fn month_first(text: &str, names: &Names) -> Option<Written> {
    let (month, at) = month_name(text, 0, names)?;
    let comma = usize::from(text[at..].starts_with(','));
    let after_period = text[..at].ends_with('.').then_some(at);
    let at = blanks(text, at + comma).or(after_period)?;
    let number = Number::read(text, at)?;
    if comma == 1 && number.digits != 4 {
        return None;
    }
    if number.digits == 4 && number.is_free(text) {
        return Some(Written { year: number.year(), month, day: None, len: number.end }).filter(|w| w.year.is_some());
    }
    let (day, end) = day_number(text, at, names)?;
    let (year, len) = year_after(text, end).map_or((None, end), |(year, len)| (Some(year), len));
    Some(Written { year, month, day: Some(day), len })
}

/// `12 Jan. 2019`, `12th of January, 2019`, `26-FEB-1987`, `26-Feb-87`.
fn day_first(text: &str, names: &Names) -> Option<Written> {
    let (day, end) = day_number(text, 0, names)?;
    if let Some(mark @ ("-" | "/")) = text.get(end..end + 1) {
        let (month, at) = month_name(text, end + 1, names)?;
        let number = Number::read(text, text[at..].starts_with(mark).then_some(at + 1)?)?;
        let year = if number.digits == 2 { Some(two_digit_year(number.value)) } else { number.year() };
        return number.is_free(text).then_some(Written { year: Some(year?), month, day: Some(day), len: number.end });
    }
    let mut at = blanks(text, end)?;
    if text[at..].get(..names.of.len()).is_some_and(|word| word.eq_ignore_ascii_case(names.of)) {
        at = blanks(text, at + names.of.len())?;
    }
    let (month, end) = month_name(text, at, names)?;
    let (year, len) = year_after(text, end).map_or((None, end), |(year, len)| (Some(year), len));
    Some(Written { year, month, day: Some(day), len })
}

/// `2019-01-12`, `2019/1/12`, `13/02/2006`, `2/13/06`, `12.01.2019`.
fn numeric(text: &str, order: Option<Order>) -> Option<Written> {
    let first = Number::read(text, 0)?;
    let mark = *text.as_bytes().get(first.end)?;
    if !matches!(mark, b'-' | b'/' | b'.') {
        return None;
    }
    let second = Number::read(text, first.end + 1)?;
    let third = (text.as_bytes().get(second.end) == Some(&mark)).then(|| Number::read(text, second.end + 1))??;
    let small = |number: &Number| (number.digits <= 2).then_some(number.value as u8);
    if let Some(year) = first.year() {
        let free = third.is_free(text) || is_time(&text[third.end..]);
        let (month, day) = (small(&second)?, small(&third)?);
        return free.then_some(Written { year: Some(year), month, day: Some(day), len: third.end });
    }
    let year = match third.digits {
        2 if mark == b'/' => two_digit_year(third.value),
        _ => third.year()?,
    };
    let (a, b) = (small(&first)?, small(&second)?);
    let month_first = Date::new(year, a, b).is_some();
    let day_first = Date::new(year, b, a).is_some();
    let order = match (month_first, day_first) {
        (true, false) => Order::MonthFirst,
        (false, true) => Order::DayFirst,
        // Countries that write full stops between day, month and year put the day first.
        (true, true) if mark == b'.' || a == b => Order::DayFirst,
        (true, true) => order?,
        (false, false) => return None,
    };
    let (month, day) = if order == Order::MonthFirst { (a, b) } else { (b, a) };
    third.is_free(text).then_some(Written { year: Some(year), month, day: Some(day), len: third.end })
}

/// `T10:30` after a day.
fn is_time(rest: &str) -> bool {
    matches!(rest.as_bytes(), [b'T' | b't', digit, ..] if digit.is_ascii_digit())
}

/// The month whose name is at `at`, and the end of the name with the period of a short form.
fn month_name(text: &str, at: usize, names: &Names) -> Option<(u8, usize)> {
    let rest = text.get(at..)?;
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let month = names.month(&rest[..letters])?;
    let end = at + letters;
    let bytes = text.as_bytes();
    match bytes.get(end) {
        Some(b'.') if names.is_short_month(&rest[..letters]) => Some((month, end + 1)),
        Some(byte) if byte.is_ascii_digit() || *byte == b'_' => None,
        _ => Some((month, end)),
    }
}

/// The number of a day at `at`, 1 to 31, with an ending such as `st` or `th`, and the place where it ends.
fn day_number(text: &str, at: usize, names: &Names) -> Option<(u8, usize)> {
    let number = Number::read(text, at).filter(|number| number.digits <= 2 && (1..=31).contains(&number.value))?;
    let rest = &text[number.end..];
    let ordinal =
        names.ordinal_ends.iter().find(|end| rest.get(..end.len()).is_some_and(|s| s.eq_ignore_ascii_case(end)));
    let end = number.end + ordinal.map_or(0, |end| end.len());
    let free = Number { end, ..number }.is_free(text);
    free.then_some((number.value as u8, end))
}

/// A year of four digits after a comma or blanks or both, and the place where it ends.
fn year_after(text: &str, at: usize) -> Option<(i16, usize)> {
    let comma = text[at..].starts_with(',');
    let at = blanks(text, at + usize::from(comma))?;
    let number = Number::read(text, at).filter(|number| number.is_free(text))?;
    Some((number.year()?, number.end))
}

/// A year of two digits, and the place where it ends. It ends the text, or a time follows it: in `12 Jan 10:30` and
/// `12 Jan 9 am` the number is an hour.
fn short_year_after(text: &str, at: usize) -> Option<(i16, usize)> {
    let at = blanks(text, at)?;
    let number = Number::read(text, at).filter(|number| number.digits == 2)?;
    let rest = &text[number.end..];
    let hour = Number::read(rest.trim_start(), 0).filter(|_| rest.starts_with([' ', '\u{a0}']));
    let is_before_time = hour.is_some_and(|hour| hour.digits <= 2 && rest.trim_start()[hour.end..].starts_with(':'));
    (is_before_time || rest.trim().is_empty()).then_some((two_digit_year(number.value), number.end))
}

/// The end of the blanks that start at `at`; `None` if there are no blanks, more than three, or nothing after them.
fn blanks(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let width: usize = rest.chars().take(4).take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    (width > 0 && width < rest.len()).then_some(at + width)
}

/// The year that two digits mean in RFC 2822 and RFC 850.
pub(super) fn two_digit_year(number: u16) -> i16 {
    let number = number as i16 % 100;
    if number < 50 { 2000 + number } else { 1900 + number }
}

/// A run of one to four digits.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: u16,
    digits: usize,
    end: usize,
}

impl Number {
    fn read(text: &str, at: usize) -> Option<Number> {
        let bytes = text.as_bytes().get(at..)?;
        let digits = bytes.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        let value = bytes[..digits].iter().fold(0, |number, byte| number * 10 + u16::from(byte - b'0'));
        Some(Number { value, digits, end: at + digits })
    }

    /// The number as a year of four digits, 1000 to 2999.
    fn year(&self) -> Option<i16> {
        (self.digits == 4 && (1000..=2999).contains(&self.value)).then_some(self.value as i16)
    }

    /// Is the number complete, and not the start of `10,000`, `3.5`, `12:30`, `5%` or `20s`?
    fn is_free(&self, text: &str) -> bool {
        let mut rest = text[self.end..].chars();
        match rest.next() {
            Some('%' | '_') => false,
            Some(',') => !rest.as_str().as_bytes().iter().take(3).filter(|b| b.is_ascii_digit()).count().eq(&3),
            Some('.' | ':' | '/') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::names::ENGLISH;
    use super::*;

    fn read(text: &str) -> Option<(String, &str)> {
        let written = Written::read(text, &ENGLISH, None)?;
        let days = written
            .span()
            .map_or_else(|| format!("{:02}-{:02}", written.month, written.day.unwrap()), |s| s.to_string());
        Some((days, &text[written.len..]))
    }

    #[test]
    fn what_is_read() {
        for (text, days, rest) in [
            ("January 12, 2019", "2019-01-12", ""),
            ("12 Jan. 2019.", "2019-01-12", "."),
            ("2019-01-12", "2019-01-12", ""),
            ("2019-01-12T10:30", "2019-01-12", "T10:30"),
            ("2019/1/12 at noon", "2019-01-12", " at noon"),
            ("Jan 12 2019", "2019-01-12", ""),
            ("jan 12th, 2019", "2019-01-12", ""),
            ("12th of January, 2019", "2019-01-12", ""),
            ("12 of JANUARY", "01-12", ""),
            ("26-FEB-1987 15:01", "1987-02-26", " 15:01"),
            ("26-Feb-87", "1987-02-26", ""),
            ("12/Jan/2019:10:30", "", ""),
            ("12/Jan/2019 10:30", "2019-01-12", " 10:30"),
            ("May 2017 meeting", "2017-05", " meeting"),
            ("26 December.", "12-26", "."),
            ("May, 2017", "2017-05", ""),
            ("Sept. 30 and", "09-30", " and"),
            ("Feb. 29", "02-29", ""),
            ("Dec.25 and", "12-25", " and"),
            ("March 3-5", "03-03", "-5"),
            ("March 3, 5", "03-03", ", 5"),
            ("March 3, 10,000 people", "03-03", ", 10,000 people"),
            ("13/02/2006", "2006-02-13", ""),
            ("2/13/06", "2006-02-13", ""),
            ("12.01.2019", "2019-01-12", ""),
            ("03/03/2006", "2006-03-03", ""),
            ("January\u{a0}12,\u{a0}2019", "2019-01-12", ""),
        ] {
            if days.is_empty() {
                assert_eq!(read(text), None, "{text}");
            } else {
                assert_eq!(read(text), Some((days.to_string(), rest)), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not() {
        for text in [
            "01/02/2006",
            "2019",
            "May",
            "May be",
            "May 10,000",
            "March 3.5 percent",
            "May 5%",
            "Feb. 30",
            "Feb. 29, 2019",
            "2019-13-01",
            "32 January",
            "10.5.2",
            "12:30",
            "1980s",
            "January 1980s",
            "mayor 5",
            "3/4",
            "24/7/365",
            "192.168.1.100",
            "12 monkeys",
            "May5",
            "",
            "é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_numbers() {
        let read = |text, order| Written::read(text, &ENGLISH, Some(order)).unwrap().span().unwrap().to_string();
        assert_eq!(read("01/02/2006", Order::DayFirst), "2006-02-01");
        assert_eq!(read("01/02/2006", Order::MonthFirst), "2006-01-02");
        assert_eq!(read("13/02/2006", Order::MonthFirst), "2006-02-13");
    }

    #[test]
    fn the_closest_year() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (month, day, near, closest) in [
            (12, 30, "2019-01-05", "2018-12-30"),
            (1, 3, "2018-12-28", "2019-01-03"),
            (7, 1, "2018-12-28", "2018-07-01"),
            (2, 29, "2019-06-01", "2020-02-29"),
        ] {
            assert_eq!(Date::closest(month, day, date(near)), Some(date(closest)));
        }
        assert_eq!(Date::closest(2, 30, date("2019-01-01")), None);
        assert_eq!(Date::closest(1, 1, Date::MAX), Some(date("9999-01-01")));
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,30}|(Jan|May|of|th|[0-9]{1,4}|[-/., ]|é|\u{a0}){0,9}") {
            if let Some(written) = Written::read(&text, &ENGLISH, None) {
                prop_assert!(text.is_char_boundary(written.len));
                prop_assert!(written.year.is_none() || written.span().is_some());
            }
        }
    }
}
