//! The values of `date:` and `published:`.

use std::fmt;
use std::str::FromStr;

use super::{DayField, Days};
use morgue_article::date::{Date, DateSpan};

/// The remedy for errors of the calendar that have no remedy of their own.
const SPANS: &str = "write 2019, 2019-03, 2019-03-15, or a range like 2019-03..2019-05, ..2018 or 2020..";

impl Days {
    /// The span of days, relative to `today`: `7d` is today and the six days before; `3m` begins on the day after the same
    /// day three months ago.
    ///
    /// ```
    /// use morgue::query::Days;
    ///
    /// let today = "2019-03-15".parse().unwrap();
    /// assert_eq!(Days::LastDays(7).on(today).to_string(), "2019-03-09..2019-03-15");
    /// assert_eq!(Days::LastMonths(3).on(today).to_string(), "2018-12-16..2019-03-15");
    /// ```
    pub fn on(self, today: Date) -> DateSpan {
        let until_today = |first: Date| DateSpan::new(first.min(today), today).unwrap_or(DateSpan::day(today));
        let months_ago = |months: u16| match today.add_months(-i32::from(months)) {
            Date::MIN => Date::MIN,
            day => day.add_days(1),
        };
        match self {
            Days::Span(span) => span,
            Days::Today => DateSpan::day(today),
            Days::Yesterday => DateSpan::day(today.add_days(-1)),
            Days::LastDays(days) => until_today(today.add_days(1 - i32::from(days))),
            Days::LastMonths(months) => until_today(months_ago(months)),
            Days::LastYears(years) => until_today(months_ago(years.saturating_mul(12))),
        }
    }
}

impl FromStr for Days {
    type Err = String;

    /// Reads a value of `published:`. The error has the problem and a remedy.
    fn from_str(text: &str) -> Result<Days, String> {
        parse(DayField::Published, text).map_err(|(message, remedy)| format!("{message}; {remedy}"))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Days::Span(span) => span.fmt(f),
            Days::Today => f.write_str("today"),
            Days::Yesterday => f.write_str("yesterday"),
            Days::LastDays(n) => write!(f, "{n}d"),
            Days::LastMonths(n) => write!(f, "{n}m"),
            Days::LastYears(n) => write!(f, "{n}y"),
        }
    }
}

/// Reads a value of `date:` or `published:`. The error has a message and a remedy.
pub(super) fn parse(field: DayField, text: &str) -> Result<Days, (String, String)> {
    if let Some(days) = relative(text) {
        if field == DayField::Published {
            return days.ok_or_else(|| {
                (format!("{text} is not a number of days, months or years"), "write 1 to 9999: 7d, 3m, 1y".to_string())
            });
        }
        let message = format!("date: asks for days that the article talks about; {text} counts from today");
        return Err((message, "write published: for the day of publication, or a calendar day or span".to_string()));
    }
    text.parse().map(Days::Span).map_err(|error: morgue_article::date::DateError| {
        let error = error.to_string();
        let (message, remedy) = error.split_once("; ").unwrap_or((&error, SPANS));
        (message.to_string(), remedy.to_string())
    })
}

/// Reads `today`, `yesterday`, `7d`, `3m` or `1y`. The result is `Some(None)` if the number is out of bounds.
fn relative(text: &str) -> Option<Option<Days>> {
    match text {
        "today" => return Some(Some(Days::Today)),
        "yesterday" => return Some(Some(Days::Yesterday)),
        _ => {}
    }
    let unit = text.chars().next_back().filter(|c| "dmyDMY".contains(*c))?;
    let digits = &text[..text.len() - 1];
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse().ok().filter(|number| (1..=9999).contains(number));
    Some(number.map(|number| match unit {
        'd' | 'D' => Days::LastDays(number),
        'm' | 'M' => Days::LastMonths(number),
        _ => Days::LastYears(number),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_becomes_days() {
        let today: Date = "2024-02-29".parse().unwrap();
        let table = [
            ("2019", "2019"),
            ("2019-03", "2019-03"),
            ("2019-03-15", "2019-03-15"),
            ("2019-03..2019-05", "2019-03-01..2019-05-31"),
            ("..2018", "..2018-12-31"),
            ("2020..", "2020-01-01.."),
            ("today", "2024-02-29"),
            ("yesterday", "2024-02-28"),
            ("1d", "2024-02-29"),
            ("7d", "2024-02-23..2024-02-29"),
            ("1m", "2024-01-30..2024-02-29"),
            ("1y", "2023-03-01..2024-02-29"),
            ("9999y", "..2024-02-29"),
        ];
        for (typed, span) in table {
            let days = parse(DayField::Published, typed).unwrap();
            assert_eq!(days.on(today).to_string(), span, "{typed}");
            assert_eq!(parse(DayField::Published, &days.to_string()), Ok(days), "{typed}");
        }
    }

    #[test]
    fn an_error_has_a_remedy() {
        let wrong =
            ["", "x", "2019-13", "2019-02-30", "15.03.2019", "2019-05..2019-03", "..", "d", "0d", "99999d", "2w"];
        for typed in wrong {
            assert!(parse(DayField::Published, typed).is_err(), "{typed}");
        }
        assert!(parse(DayField::Date, "7d").unwrap_err().1.contains("published:"));
    }
}
