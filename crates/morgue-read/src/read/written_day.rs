//! Finds a day that is written in a line, in the languages of the press: `5. März 2019`, `5 de marzo de 2019`, `5
//! марта 2019`.
//!
//! Names of months are translated into English; then the grammar of written dates that all crates share reads the
//! line.

use morgue_article::date::{Date, ENGLISH, Order, Written, in_english, year_first};

/// The first complete day (with its year) in a line.
pub(super) fn find(line: &str, order: Option<Order>) -> Option<Date> {
    if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut text = in_english(line);
    if line.len() <= SHORTEST_YEARS {
        whole_years(&mut text);
    }
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let starts = letter.is_alphanumeric() && !before.is_alphanumeric();
        // `1.2.2019` inside a longer number is not a day.
        let inside =
            matches!(before, '.' | '/' | '-' | ':' | '+') && at > 1 && text.as_bytes()[at - 2].is_ascii_digit();
        before = letter;
        if !starts || inside {
            continue;
        }
        let day = Written::read(&text[at..], &ENGLISH, order).or_else(|| year_first(&text[at..]));
        if let Some(Written { year: Some(year), month, day: Some(day), .. }) = day
            && !is_of_a_change(&text[..at])
        {
            return Date::new(year, month, day);
        }
    }
    None
}

/// A longer line is a paragraph. Bytes.
const LONGEST: usize = 2_000;

/// `5.3.19` is a day only in a line this short. Bytes.
const SHORTEST_YEARS: usize = 60;

/// `5.3.19` -> `5.3.2019`.
fn whole_years(text: &mut String) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let year = (0..bytes.len()).find(|&at| {
        let starts = at >= 4 && bytes[at - 1] == b'.' && is_digit(at) && is_digit(at + 1);
        let ends = !is_digit(at + 2) && !matches!(bytes.get(at + 2), Some(b'.' | b':') if is_digit(at + 3));
        let before = &text.as_bytes()[..at.saturating_sub(1)];
        let month = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let day = before[..before.len() - month].strip_suffix(b".").unwrap_or_default();
        let days = day.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        starts && ends && (1..=2).contains(&month) && (1..=2).contains(&days)
    });
    if let Some(at) = year {
        text.insert_str(at, "20");
    }
}

/// Do the words before a day say that it is the day of the last change, of a copyright, or of an earlier stage of the
/// manuscript?
fn is_of_a_change(before: &str) -> bool {
    let start = before.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let near = before[start..].to_lowercase();
    // `Received: 1 January 2019 / Accepted: 16 February 2019 / Published: 4 June 2019`: each word is for the next day.
    let is_year = |at: &usize| near.as_bytes()[*at..*at + 4].iter().all(u8::is_ascii_digit);
    let year = (0..near.len().saturating_sub(3)).rev().find(is_year).map_or(0, |at| at + 4);
    let is_earlier = EARLIER_STAGES.iter().any(|word| near[year..].contains(word));
    (is_earlier || CHANGES.iter().any(|word| near.contains(word))) && !near.contains("publi")
}

/// Words for what happens to a manuscript before it is published, and for what readers do with it.
const EARLIER_STAGES: [&str; 7] = ["receiv", "accept", "submi", "revis", "retriev", "eingereicht", "angenommen"];

const CHANGES: [&str; 10] =
    ["updat", "modif", "aktualisiert", "änderung", "geändert", "mis à jour", "actualiz", "aggiornat", "©", "copyright"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_found_in_lines() {
        for (line, expected) in [
            ("Published March 5, 2019 at 10 a.m.", Some("2019-03-05")),
            ("By Ann Lund | Mar. 5th, 2019", Some("2019-03-05")),
            ("Von Ann Lund, 5. März 2019", Some("2019-03-05")),
            ("05.03.2019, 10:15 Uhr", Some("2019-03-05")),
            ("Le 5 mars 2019 à 10h", Some("2019-03-05")),
            ("5 de marzo de 2019", Some("2019-03-05")),
            ("martes, 5 Marzo, 2019", Some("2019-03-05")),
            ("5 марта 2019 г.", Some("2019-03-05")),
            ("5 Березня 2019, 10:15", Some("2019-03-05")),
            ("2019年3月5日 10:15", Some("2019-03-05")),
            ("2019. 3. 5", None),
            ("Kultur, 5.3.19", Some("2019-03-05")),
            ("Version 5.3.19.2", None),
            ("Updated March 7, 2019", None),
            ("Updated March 7, 2019, first published March 5, 2019", Some("2019-03-05")),
            ("Published March 5, 2019, updated March 7, 2019", Some("2019-03-05")),
            ("Received: 1 January 2019 / Accepted: 16 February 2019 / Published: 5 March 2019", Some("2019-03-05")),
            ("Received 1 January 2019; accepted 3 February 2019; available online 5 March 2019", Some("2019-03-05")),
            ("Submitted on 2018-11-30, revised 2019-01-07, published 2019-03-05", Some("2019-03-05")),
            ("Published 5 March 2019 (received 1 January 2019)", Some("2019-03-05")),
            ("Received 1 January 2019", None),
            ("© 05.03.2019", None),
            ("2019-03-05 10:15", Some("2019-03-05")),
            ("Tue 2019 March 5", Some("2019-03-05")),
            ("In March 2019", None),
            ("Call 555-2019", None),
            ("version 1.2.3.2019", None),
            ("March 5", None),
            ("May 35, 2019", None),
        ] {
            assert_eq!(find(line, None).map(|day| day.to_string()).as_deref(), expected, "{line}");
        }
        assert_eq!(find("03/05/2019", None), None);
        assert_eq!(find("03/05/2019", Some(Order::MonthFirst)).unwrap().to_string(), "2019-03-05");
    }

    proptest! {
        #[test]
        fn any_line(line in "\\PC{0,30}|([0-9]{1,4}|[ .,/:-]|März|de|年|月|mar|é){0,12}") {
            find(&line, Some(Order::DayFirst));
        }
    }
}
