//! The day of publication: from the field of the source, else from the dateline, else from the URL, else from a first
//! line that is nothing but a date. It is never later than the day when the page was fetched.

use morgue_article::date::{Date, DateSpan, ENGLISH, Written, day_in_address, parse_published};
use morgue_article::{DateOrigin, Published, RawDate};

/// The day in the field of the source.
pub(super) fn stated(field: Option<&RawDate>, fetched: Option<Date>) -> Option<Published> {
    let field = field?;
    // A date with other text after it: `2-APR-1987 605:12:19.12`, `5 March 2019 (updated by hand)`.
    let opening = || Written::read(field.text.trim_start(), &ENGLISH, None)?.span();
    let span = parse_published(&field.text).or_else(opening)?;
    is_past(span, fetched).then_some(Published { span, from: field.from })
}

/// The day in a dateline that has a year.
pub(super) fn filed(day: Option<Date>, fetched: Option<Date>) -> Option<Published> {
    of_day(day, DateOrigin::Dateline, fetched)
}

/// The day in the URL.
pub(super) fn in_url(url: Option<&str>, fetched: Option<Date>) -> Option<Published> {
    of_day(url.and_then(day_in_address), DateOrigin::Url, fetched)
}

/// The day in a line that is nothing but a date.
pub(super) fn in_text(day: Option<Date>, fetched: Option<Date>) -> Option<Published> {
    of_day(day, DateOrigin::Text, fetched)
}

fn of_day(day: Option<Date>, from: DateOrigin, fetched: Option<Date>) -> Option<Published> {
    let span = DateSpan::from(day?);
    is_past(span, fetched).then_some(Published { span, from })
}

/// Does a span start on or before the day when the page was fetched?
fn is_past(span: DateSpan, fetched: Option<Date>) -> bool {
    fetched.is_none_or(|fetched| span.first() <= fetched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_after_the_fetch() {
        let field = RawDate { text: "2020-01-01".into(), from: DateOrigin::Metadata };
        let fetched = Date::new(2019, 6, 1);
        assert_eq!(stated(Some(&field), fetched), None);
        assert!(stated(Some(&field), None).is_some());
        let url = Some("https://n.example/2019/03/15/x");
        assert!(in_url(url, fetched).is_some());
        assert_eq!(in_url(url, Date::new(2019, 3, 14)), None);
    }
}
