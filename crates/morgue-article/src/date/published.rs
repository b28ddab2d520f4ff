//! The day, month or year that a whole string of metadata means, in any spelling that is found in stored news.
//!
//! The day is the day in the source's own time zone: `2019-01-12T23:30:00-05:00` is 12 January, though it was already
//! the 13th in London. Seconds since 1970 have no time zone; they mean the day in UTC.

use super::epoch::seconds_since_1970;
use super::names::{ENGLISH, Names};
use super::written::{Order, Written};
use super::{Date, DateSpan, zones};

/// The day, month or year that `text` means, if all of `text` is a date: ISO 8601, RFC 2822 and 850, dates as written
/// in English with a time or zone around them, `20190112T103000Z`, seconds or milliseconds since 1970. `None` for any
/// other text, for a date that can be read in two ways (`01/02/2006`), and for the zeros that programs store for an
/// unknown date.
///
/// ```
/// use morgue_article::date::parse_published;
///
/// let span = parse_published("Sat, 12 Jan 2019 23:30:00 -0500").unwrap();
/// assert_eq!(span.to_string(), "2019-01-12");
/// assert_eq!(parse_published("January 2019").unwrap().to_string(), "2019-01");
/// assert_eq!(parse_published("in January 2019, at the fair"), None);
/// ```
pub fn parse_published(text: &str) -> Option<DateSpan> {
    parse_published_as(text, None)
}

/// Like [`parse_published`]; `order` says which number of `01/02/2006` is the month.
pub fn parse_published_as(text: &str, order: Option<Order>) -> Option<DateSpan> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let span = bare_number(text).or_else(|| short(text)).or_else(|| Reading::new(text, order).finish())?;
    is_year_of_print(span).then_some(span)
}

/// Can something have been printed in the year of the span?
pub(super) fn is_year_of_print(span: DateSpan) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&span.first().year())
}

/// Bytes; longer strings hold more than a date.
const LONGEST: usize = 160;
/// The first newspaper was printed in 1605. An earlier year is the zero date of some program.
const FIRST_YEAR: i16 = 1600;
const LAST_YEAR: i16 = 2999;
const SECONDS_PER_DAY: u64 = 86_400;

/// `2017`, `20190112`, `20190112103000`, seconds or milliseconds since 1970.
fn bare_number(text: &str) -> Option<DateSpan> {
    if let Some(seconds) = seconds_since_1970(text) {
        let days = i32::try_from(seconds / SECONDS_PER_DAY).ok()?;
        return Date::from_days(days).map(DateSpan::day);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    match whole.len() {
        4 if whole.len() == text.len() => DateSpan::year(whole.parse().ok()?),
        8 | 12 | 14 => compact_day(whole),
        _ => None,
    }
}

fn digits_only(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day of `20190112`, from the first eight digits.
pub(super) fn compact_day(digits: &str) -> Option<DateSpan> {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    Date::new(year as i16, month as u8, day as u8).map(DateSpan::day)
}

/// `2017-05`, `2017/05`, `05/2017`.
fn short(text: &str) -> Option<DateSpan> {
    let (a, b) = text.split_once(['-', '/'])?;
    let (year, month) = if a.len() == 4 { (a, b) } else { (b, a) };
    let whole = year.len() == 4 && month.len() <= 2 && digits_only(year) && digits_only(month);
    whole.then(|| DateSpan::month(year.parse().ok()?, month.parse().ok()?))?
}

/// Words around a date in metadata, in addition to the names of time zones. A text with any other word is a sentence.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "a", "am", "at", "created", "date", "first", "h", "hrs", "last", "local", "m", "modified", "on", "p", "pm",
    "posted", "pub", "published", "the", "time", "updated",
];

/// A date being read from a string, piece by piece.
struct Reading<'t> {
    text: &'t str,
    at: usize,
    names: &'static Names,
    order: Option<Order>,
    date: Option<Written>,
}

impl<'t> Reading<'t> {
    fn new(text: &'t str, order: Option<Order>) -> Reading<'t> {
        Reading { text, at: 0, names: &ENGLISH, order, date: None }
    }

    fn finish(mut self) -> Option<DateSpan> {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let len = self.date(rest).or_else(|| self.year(rest)).or_else(|| self.around(rest))?;
            self.at += len.max(1);
            if self.date.is_some_and(|date| date.year.is_some()) && self.is_later_version() {
                break;
            }
        }
        self.date?.span()
    }

    /// Is the rest about a later version? `Published Jan. 12, 2019, updated Jan. 14, 2019` means the first day.
    fn is_later_version(&self) -> bool {
        let rest = self.text[self.at..].trim_start_matches(|c: char| !c.is_alphabetic());
        let word = word(rest).to_ascii_lowercase();
        matches!(word.as_str(), "updated" | "modified" | "last")
    }

    fn date(&mut self, rest: &str) -> Option<usize> {
        if self.date.is_some() || self.follows_letter_or_digit() {
            return None;
        }
        if let Some(written) = Written::read_of_field(rest, self.names, self.order) {
            self.date = Some(written);
            return Some(written.len);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let followed_by_time = rest[digits..].starts_with(['T', 't', ' ', '-']);
        if digits == 8 && followed_by_time {
            let day = compact_day(rest)?.first();
            self.date = Some(Written { year: Some(day.year()), month: day.month(), day: Some(day.day()), len: digits });
            return Some(digits);
        }
        None
    }

    /// The year of `Sat Jan 12 10:30:00 UTC 2019`.
    fn year(&mut self, rest: &str) -> Option<usize> {
        let after_sign = self.after_sign();
        let date = self.date.as_mut().filter(|date| date.year.is_none() && !after_sign)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let year = (digits == 4).then(|| rest[..4].parse().ok())??;
        date.year = Some(year);
        Some(digits)
    }

    /// The length of a time, zone, weekday, word or punctuation that may stand around a date.
    fn around(&self, rest: &str) -> Option<usize> {
        let first = rest.chars().next()?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let time =
                rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',')).count();
            let is_time =
                digits <= 2 && (self.text[digits + self.at..].starts_with([':', '.', 'h', ' ']) || self.after_sign());
            let is_compact = matches!(digits, 4 | 6) && (self.after_sign() || self.after_t());
            let is_clock = digits <= 2
                && matches!(word(&rest[digits..].trim_start().to_ascii_lowercase()), "am" | "pm" | "a" | "p");
            return (is_time || is_compact || is_clock || (digits <= 2 && self.after_t())).then_some(time);
        }
        if first == '[' {
            return rest.find(']').map(|end| end + 1);
        }
        if first.is_alphabetic() {
            let word = word(rest);
            let letter_t = word.eq_ignore_ascii_case("t") && self.date.is_some();
            let known = letter_t
                || self.names.weekday(word).is_some()
                || zones::minutes_ahead(word).is_some()
                || AROUND.iter().any(|known| known.eq_ignore_ascii_case(word));
            return known.then_some(word.len());
        }
        (!first.is_alphanumeric()).then_some(first.len_utf8())
    }

    /// Is the sign of an offset before the rest? `+0100`, `-05:00`, and U+2212.
    fn after_sign(&self) -> bool {
        self.date.is_some() && self.text[..self.at].ends_with(['+', '-', '\u{2212}', ':'])
    }

    fn after_t(&self) -> bool {
        self.date.is_some() && self.text[..self.at].ends_with(['T', 't', ' ', '-'])
    }

    fn follows_letter_or_digit(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric)
    }
}

/// The letters at the start of `text`.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings() {
        for (text, days) in [
            ("2019-01-12", "2019-01-12"),
            (" 2019-01-12 ", "2019-01-12"),
            ("2019-01-12T23:30:00Z", "2019-01-12"),
            ("2019-01-12T23:30:00.000-05:00", "2019-01-12"),
            ("2019-01-12T23:30:00.123456+0000", "2019-01-12"),
            ("2019-01-12T23:30+01:00[Europe/Berlin]", "2019-01-12"),
            ("2019-01-12T23Z", "2019-01-12"),
            ("2019-01-12 23:30:00 UTC", "2019-01-12"),
            ("2019-01-12 23:30:00 +0100", "2019-01-12"),
            ("20190112", "2019-01-12"),
            ("20190112T233000+0100", "2019-01-12"),
            ("20190112T233000Z", "2019-01-12"),
            ("20190112233000", "2019-01-12"),
            ("Sat, 12 Jan 2019 23:30:00 -0500", "2019-01-12"),
            ("Sat, 12 Jan 2019 23:30:00 GMT", "2019-01-12"),
            ("Saturday, 12-Jan-19 23:30:00 GMT", "2019-01-12"),
            ("Sat, 12 Jan 19 23:30:00 GMT", "2019-01-12"),
            ("12 Jan 19 23:30 -0500", "2019-01-12"),
            ("12 Jan 19 23:30 UTC", "2019-01-12"),
            ("Sat, 12 Jan 19", "2019-01-12"),
            ("12 January 49 8:00", "2049-01-12"),
            ("Thu, 12 Jan 50 08:00:00 PST", "1950-01-12"),
            ("Tue, 12 Jan 99 08:00:00 GMT", "1999-01-12"),
            ("Saturday, 12-Jan-99 08:00:00 GMT", "1999-01-12"),
            ("12/Jan/99 08:00", "1999-01-12"),
            ("Sat Jan 12 23:30:00 2019", "2019-01-12"),
            ("Sat Jan  5 23:30:00 2019", "2019-01-05"),
            ("Sat Jan  5 23:30:00 EST 2019", "2019-01-05"),
            ("Sat Jan 12 23:30:00 UTC 2019", "2019-01-12"),
            ("Sat Jan 12 23:30:00 +0000 2019", "2019-01-12"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26"),
            ("January 12, 2019", "2019-01-12"),
            ("January 12, 2019 at 10:30 a.m. EST", "2019-01-12"),
            ("Published: Jan. 12, 2019 9 p.m. ET", "2019-01-12"),
            ("Published on Saturday 12th January 2019, 10.30 GMT", "2019-01-12"),
            ("Published Jan 12, 2019 | Updated Jan 14, 2019 10:00 AM", "2019-01-12"),
            ("10:30 AM, Jan 12, 2019", "2019-01-12"),
            ("10:30, 12 January 2019", "2019-01-12"),
            ("13/01/2019", "2019-01-13"),
            ("1/13/2019 10:30:00 PM", "2019-01-13"),
            ("12.01.2019 10:30", "2019-01-12"),
            ("May 2017", "2017-05"),
            ("2017-05", "2017-05"),
            ("05/2017", "2017-05"),
            ("2017", "2017"),
            ("1547251200", "2019-01-12"),
            ("1547251200.5", "2019-01-12"),
            ("1547251200000", "2019-01-12"),
            ("563587200", "1987-11-11"),
        ] {
            assert_eq!(parse_published(text).map(|span| span.to_string()).as_deref(), Some(days), "{text}");
        }
    }

    #[test]
    fn no_dates() {
        for text in [
            "",
            "01/02/2006",
            "0",
            "0001-01-01T00:00:00",
            "0000-00-00 00:00:00",
            "January 12",
            "January 12, 19",
            "12 Jan 10:30",
            "12 Jan 10.30 GMT",
            "12 Jan 9 am",
            "12 Jan 190",
            "May",
            "in January 2019, at the fair",
            "2019-02-30",
            "2019-13",
            "190112",
            "12",
            "yesterday",
            "10:30",
            "2019-01-12 was a Saturday",
            "99999999999999999999999",
        ] {
            assert_eq!(parse_published(text), None, "{text}");
        }
        assert_eq!(parse_published_as("01/02/2006", Some(Order::DayFirst)).unwrap().to_string(), "2006-02-01");
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}|(Sat|Jan|T|Z|am|of|[0-9]{1,4}|[-+:/., ]|é){0,12}") {
            if let Some(span) = parse_published(&text) {
                prop_assert!(span.first().year() >= FIRST_YEAR && span.last().year() <= LAST_YEAR);
            }
        }
    }
}
