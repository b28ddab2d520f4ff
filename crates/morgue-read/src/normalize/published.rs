//! The day of publication: from the field of the source, else from the dateline, else from the URL, else from a first
//! line that is nothing but a date.
//!
//! A day that cannot be right is ignored: a day after the fetch of the page, or after today if the fetch is not known; a
//! day that a program prints for a clock at zero. A year of the Buddhist calendar is converted.

use morgue_article::date::{
    Date, DateSpan, ENGLISH, Precision, Written, day_in_address, parse_published, parse_published_in_any_language,
};
use morgue_article::{DateOrigin, Published, RawDate};

use super::timestamp;

/// The last day on which an article can have been published: the day of the fetch, else today. The newsroom's clock
/// may be a day ahead of the clock of this machine.
pub(super) fn latest(fetched: Option<Date>, today: Date) -> Date {
    let tomorrow = today.add_days(1);
    fetched.map_or(tomorrow, |fetched| fetched.min(tomorrow))
}

/// The day in the field of the source.
pub(super) fn stated(field: Option<&RawDate>, latest: Date) -> Option<Published> {
    let field = field?;
    Some(Published { span: span_of_field(&field.text, latest)?, from: field.from })
}

/// The first day of a date field, such as the day of the last change.
pub(super) fn day_of_field(text: &str, latest: Date) -> Option<Date> {
    span_of_field(text, latest).map(DateSpan::first)
}

/// The day in a dateline that has a year.
pub(super) fn filed(day: Option<Date>, latest: Date) -> Option<Published> {
    of_day(day, DateOrigin::Dateline, latest)
}

/// The day in the URL.
pub(super) fn in_url(url: Option<&str>, latest: Date) -> Option<Published> {
    of_day(url.and_then(day_in_address), DateOrigin::Url, latest)
}

/// The day in a line that is nothing but a date.
pub(super) fn in_text(day: Option<Date>, latest: Date) -> Option<Published> {
    of_day(day.filter(|day| *day != CLOCK_ZERO), DateOrigin::Text, latest)
}

fn of_day(day: Option<Date>, from: DateOrigin, latest: Date) -> Option<Published> {
    let span = credible(DateSpan::from(day?), latest)?;
    Some(Published { span, from })
}

fn span_of_field(text: &str, latest: Date) -> Option<DateSpan> {
    // A date with other text after it: `2-APR-1987 605:12:19.12`, `5 March 2019 (updated by hand)`.
    let opening = || Written::read(text.trim_start(), &ENGLISH, None)?.span();
    let span = parse_published(text).or_else(|| parse_published_in_any_language(text, None)).or_else(opening)?;
    if span.first().year() < FIRST_YEAR_OF_PRINT || is_clock_at_zero(text, span) {
        return None;
    }
    credible(span, latest)
}

/// The first newspaper was printed in 1605. An earlier year is of another calendar, or the zero of a clock.
const FIRST_YEAR_OF_PRINT: i16 = 1600;

/// The days in the common calendar, if they start on or before the latest possible day.
fn credible(span: DateSpan, latest: Date) -> Option<DateSpan> {
    let span = if BUDDHIST_YEARS.contains(&span.first().year()) { of_buddhist_calendar(span)? } else { span };
    (span.first() <= latest).then_some(span)
}

/// Years that only the Buddhist calendar of Thailand can mean: 1900 to 2456 of the common calendar.
const BUDDHIST_YEARS: std::ops::RangeInclusive<i16> = 2443..=2999;

/// The Buddhist calendar of Thailand is that number of years ahead. Its months and days are the common ones.
const BUDDHIST_YEARS_AHEAD: i16 = 543;

fn of_buddhist_calendar(span: DateSpan) -> Option<DateSpan> {
    let (day, year) = (span.first(), span.first().year() - BUDDHIST_YEARS_AHEAD);
    match span.precision() {
        Precision::Day => Date::new(year, day.month(), day.day()).map(DateSpan::day),
        Precision::Month => DateSpan::month(year, day.month()),
        _ => DateSpan::year(year),
    }
}

/// The day on which the clocks of Unix start.
const CLOCK_ZERO: Date = Date::UNIX_EPOCH;

/// Does a program print this date for a clock at zero? Unix clocks start on 1970-01-01, which is 1969-12-31 in America;
/// those of Windows on 1601-01-01; SQL Server's on 1753-01-01. A newspaper of 1969-12-31 has no time of day.
fn is_clock_at_zero(text: &str, span: DateSpan) -> bool {
    if span.precision() != Precision::Day {
        return false;
    }
    let day = span.first();
    let is_in_america = day == CLOCK_ZERO.add_days(-1) && text.contains(':');
    let is_other_start = matches!((day.year(), day.month(), day.day()), (1601 | 1753, 1, 1));
    day == CLOCK_ZERO || is_in_america || is_other_start || timestamp::seconds(text) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn stated_day(text: &str) -> Option<String> {
        let field = RawDate { text: text.into(), from: DateOrigin::Metadata };
        stated(Some(&field), day("2024-05-06")).map(|published| published.span.to_string())
    }

    #[test]
    fn never_after_the_fetch() {
        let field = RawDate { text: "2020-01-01".into(), from: DateOrigin::Metadata };
        let fetched = day("2019-06-01");
        assert_eq!(stated(Some(&field), fetched), None);
        assert!(stated(Some(&field), day("2020-01-01")).is_some());
        let url = Some("https://n.example/2019/03/15/x");
        assert!(in_url(url, fetched).is_some());
        assert_eq!(in_url(url, day("2019-03-14")), None);
    }

    #[test]
    fn the_latest_day_is_that_of_the_fetch_or_tomorrow() {
        let today = day("2024-05-06");
        assert_eq!(latest(None, today), day("2024-05-07"));
        assert_eq!(latest(Some(day("2019-06-01")), today), day("2019-06-01"));
        assert_eq!(latest(Some(day("2562-06-01")), today), day("2024-05-07"));
    }

    #[test]
    fn days_after_the_latest_day_are_ignored() {
        for text in
            ["2024-05-07", "2030-01-01T00:00:00Z", "Fri, 01 Jan 2038 03:14:07 GMT", "2099", "2100-05", "4102444800"]
        {
            assert_eq!(stated_day(text), None, "{text}");
        }
        assert_eq!(stated_day("2024").as_deref(), Some("2024"));
        assert_eq!(filed(Some(day("2030-01-01")), day("2024-05-06")), None);
        assert_eq!(in_text(Some(day("2030-01-01")), day("2024-05-06")), None);
    }

    #[test]
    fn clocks_at_zero_are_ignored() {
        for text in [
            "1970-01-01",
            "1970-01-01T00:00:00Z",
            "1970-01-01T01:00:00+01:00",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu Jan  1 00:00:00 UTC 1970",
            "1969-12-31T19:00:00-05:00",
            "Wed, 31 Dec 1969 16:00:00 PST",
            "1969-12-31 23:59:59",
            "January 1, 1970",
            "1 janvier 1970",
            "19700101000000",
            "000000000",
            "0",
            "0000-00-00 00:00:00",
            "0001-01-01T00:00:00",
            "01/01/0001 00:00:00",
            "1601-01-01T00:00:00Z",
            "1753-01-01",
            "9999-12-31T23:59:59",
        ] {
            assert_eq!(stated_day(text), None, "{text}");
        }
        assert_eq!(in_text(Some(day("1970-01-01")), day("2024-05-06")), None);
        for (text, expected) in [
            ("1969-12-31", "1969-12-31"),
            ("1970-01-02T00:00:00Z", "1970-01-02"),
            ("1900-01-01T00:00:00Z", "1900-01-01"),
            ("1970", "1970"),
        ] {
            assert_eq!(stated_day(text).as_deref(), Some(expected));
        }
        // A person wrote it in a dateline.
        assert!(filed(Some(day("1970-01-01")), day("2024-05-06")).is_some());
    }

    #[test]
    fn years_of_other_calendars() {
        for (text, expected) in [
            ("2562-06-04T10:00:00+07:00", Some("2019-06-04")),
            ("4 มิถุนายน 2562", Some("2019-06-04")),
            ("๔ มิ.ย. ๒๕๖๒", Some("2019-06-04")),
            ("Tue, 04 Jun 2562 10:00:00 +0700", Some("2019-06-04")),
            ("2562-06", Some("2019-06")),
            ("2562", Some("2019")),
            ("2568-01-01", None),
            ("1440-10-01", None),
            ("1398/03/14", None),
            ("14 خرداد 1398", None),
        ] {
            assert_eq!(stated_day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn fields_in_any_language() {
        for text in ["Ke, 05 Kesä 2019 11:34:37 +0000", "5. Juni 2019 (geändert von Hand)", "2019年6月5日"] {
            assert_eq!(stated_day(text).as_deref(), Some("2019-06-05"), "{text}");
        }
    }
}
