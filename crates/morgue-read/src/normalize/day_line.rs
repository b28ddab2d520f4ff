//! Removes day lines: a line before the story that is nothing but the date, `Friday, January 4, 2019` or
//! `Published 10:05 AM EST, March 5, 2019`.

use morgue_article::Dateline;
use morgue_article::date::{Date, Precision, parse_published};

use super::draft::{Draft, Verdict};

/// Longer lines hold more than a date. Bytes.
const LONGEST: usize = 80;

/// Removes a line that is nothing but a date, and keeps its day.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if paragraph.len() > LONGEST || !draft.in_head() {
        return Verdict::Pass;
    }
    let Some(span) = only_a_date(paragraph) else { return Verdict::Pass };
    if draft.body.last().is_some_and(|line| heads_a_value(line)) {
        return Verdict::Pass;
    }
    draft.day_line.get_or_insert(span);
    if draft.dateline.is_none() {
        draft.dateline = Some(Dateline { text: paragraph.to_owned(), day: Some(span), ..Dateline::default() });
    }
    Verdict::Taken
}

/// Is the line the label of a row in a table, such as `Time`, with its value on the next line? A rubric is in capitals.
fn heads_a_value(line: &str) -> bool {
    line.chars().all(char::is_alphabetic) && line.contains(char::is_lowercase)
}

fn only_a_date(line: &str) -> Option<Date> {
    // A year and a day have at least five digits.
    let has_digits = line.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let span =
        has_digits.then(|| parse_published(line).or_else(|| parse_published(published_stage(line)?))).flatten()?;
    (span.precision() == Precision::Day && !line.bytes().all(|b| b.is_ascii_digit() || b == b'.')).then(|| span.first())
}

/// The stages of a manuscript, in a line that says when each of them was.
const STAGES: [&str; 6] = ["Received", "Accepted", "Submitted", "Revised", "Published online", "Published"];

/// The part with the day of publication in a line of days: `Received: 1 January 2019 / Published: 4 June 2019`.
fn published_stage(line: &str) -> Option<&str> {
    let parts = line.split(&[';', '|', '•', '·'][..]).flat_map(|part| part.split(" / "));
    let stages: Option<Vec<_>> = parts.map(stage_and_day).collect();
    stages?.into_iter().find(|(stage, _)| stage.starts_with("Published")).map(|(_, day)| day)
}

fn stage_and_day(part: &str) -> Option<(&'static str, &str)> {
    let (stage, day) = STAGES.iter().find_map(|stage| Some((*stage, part.trim().strip_prefix(stage)?)))?;
    parse_published(day).is_some().then_some((stage, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_dates() {
        let table = [
            ("Friday, January 4, 2019", Some("2019-01-04")),
            ("Published 10:05 AM EST, March 5, 2019", Some("2019-03-05")),
            ("Updated: 2019-03-05 10:05", Some("2019-03-05")),
            ("5 March 2019", Some("2019-03-05")),
            ("Received: 1 January 2019 / Published: 4 June 2019", Some("2019-06-04")),
            ("Received 1 January 2019; Accepted 3 May 2019; Published online 4 June 2019", Some("2019-06-04")),
            ("Received: 1 January 2019 / Accepted: 3 May 2019", None),
            ("Received: 1 January 2019 / from Jane / Published: 4 June 2019", None),
            ("March 2019", None),
            ("Friday, January 4, 2019: the day the bridge closed", None),
            ("Friday, January 4", None),
            ("555-2019", None),
            ("20190315", None),
        ];
        for (line, expected) in table {
            assert_eq!(only_a_date(line).map(|day| day.to_string()).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_value_of_a_row_stays() {
        for (line, expected) in [
            ("Time", Verdict::Pass),
            ("Origin", Verdict::Pass),
            ("POLITICS", Verdict::Taken),
            ("Jane Roe", Verdict::Taken),
            ("Bridge closed for a year", Verdict::Taken),
        ] {
            let mut draft = Draft { body: vec![line.into()], ..Draft::default() };
            assert_eq!(take(&mut draft, "2019-03-05 10:05"), expected, "{line}");
        }
    }
}
