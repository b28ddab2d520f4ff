//! The day of publication: from the source's own field, else from the dateline, else from the address, else from a
//! first line that is nothing but a date. Never a day after the one it was fetched on.

use crate::article::{DateOrigin, Published, RawDate};
use crate::date::{Date, DateSpan};

use super::timestamp;

/// The day, month or year of publication as far as fields and address tell.
pub(super) fn published(field: Option<&RawDate>, url: Option<&str>, fetched: Option<Date>) -> Option<Published> {
    let stated = field.and_then(|date| Some(Published { span: timestamp::span(&date.text)?, from: date.from }));
    let in_url = || url.and_then(day_in_url).map(|day| Published { span: day.into(), from: DateOrigin::Url });
    stated.filter(|date| is_past(date.span, fetched)).or_else(|| in_url().filter(|date| is_past(date.span, fetched)))
}

/// Whether a span does not begin after the day of fetching.
fn is_past(span: DateSpan, fetched: Option<Date>) -> bool {
    fetched.is_none_or(|fetched| span.first() <= fetched)
}

/// The day in a path such as `/2019/03/15/` or `/2019-03-15-`; years from 1990.
fn day_in_url(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next()?;
    let mut numbers = path.split(['/', '-', '_', '.']).map(|part| {
        let is_number = part.len() <= 8 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if is_number { part } else { "" }
    });
    let (mut year, mut month) = ("", "");
    let in_order = numbers.find_map(|number| {
        let day = if year.len() == 4 && month.len() <= 2 { date(year, month, number) } else { None };
        (year, month) = (month, number);
        day.or_else(|| date(number.get(..4)?, number.get(4..6)?, number.get(6..8)?))
    });
    in_order
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok().filter(|_| day.len() <= 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        let table = [
            ("https://n.example/2019/03/15/bridge-closed", Some("2019-03-15")),
            ("https://n.example/news/2019-03-15-bridge", Some("2019-03-15")),
            ("https://n.example/news/20190315/bridge", Some("2019-03-15")),
            ("https://n.example/world/2019/3/5/bridge", Some("2019-03-05")),
            ("https://n.example/2019/03/bridge", None),
            ("https://n.example/story/20191315", None),
            ("https://n.example/a/201903151", None),
            ("https://n.example/a?d=2019/03/15", None),
            ("https://n.example/route/1812/03/15/", None),
        ];
        for (url, expected) in table {
            assert_eq!(day_in_url(url).map(|day| day.to_string()).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn never_after_the_fetch() {
        let field = RawDate { text: "2020-01-01".into(), from: DateOrigin::Metadata };
        let url = Some("https://n.example/2019/03/15/x");
        let fetched = Date::new(2019, 6, 1);
        assert_eq!(published(Some(&field), url, fetched).map(|p| p.from), Some(DateOrigin::Url));
        assert_eq!(published(Some(&field), url, None).map(|p| p.from), Some(DateOrigin::Metadata));
    }
}
