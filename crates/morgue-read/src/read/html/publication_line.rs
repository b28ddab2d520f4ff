//! Does a line near the title state the day of publication, or does its text only mention a day? `Tuesday, 4 June 2019`
//! and `Published: 4 June 2019` state it; `The bridge, which was opened on May 4, 1932, ...` does not.

use morgue_article::date::{Date, Order};

use super::super::written_day;

/// The day of publication that the line states.
pub(super) fn day_of_line(line: &str, order: Option<Order>) -> Option<Date> {
    let lower = line.to_lowercase();
    // Changing the case of some letters changes their length.
    let is_aligned = lower.len() == line.len();
    let stated = PUBLISHED.iter().filter_map(|word| lower.find(word)).min().filter(|_| is_aligned);
    if let Some(start) = stated
        && let Some(part) = line.get(start..)
        && let Some(day) = written_day::find(first_part(part), order)
    {
        return Some(day);
    }
    let line = if line.len() > SHORT_LINE { first_part(line) } else { line };
    let day = written_day::find(line, order)?;
    let Some((before, after)) = around_day(line, day) else {
        return (line.len() <= LONGEST_WITHOUT_YEAR).then_some(day);
    };
    let near = before.to_lowercase();
    let near = &near[near.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at)..];
    if OTHER_DAYS.iter().any(|word| near.contains(word)) {
        return None;
    }
    let is_dateline = after.trim_start_matches([',', '.', ')', ' ']).starts_with(['-', '–', '—', ':', '|', '/', '(']);
    let words_before = words_of_text(before);
    let is_text = words_before >= 2 || (words_before + words_of_text(after) >= 3 && !is_dateline);
    if is_text { None } else { Some(day) }
}

/// Words that name the day of publication, as parts of words.
const PUBLISHED: [&str; 12] = [
    "publish",
    "publié",
    "publicad",
    "pubblicat",
    "veröffentlicht",
    "posted",
    "gepubliceerd",
    "publicerad",
    "опубликован",
    "first aired",
    "publication date",
    "erschienen",
];

/// Words that name another day.
const OTHER_DAYS: [&str; 10] =
    ["received", "accepted", "submitted", "revised", "amended", "corrected", "born", "died", "retrieved", "accessed"];

/// A longer line is a paragraph. Bytes.
const SHORT_LINE: usize = 120;
/// A line whose day has no year of four digits is nothing but the day if it is this short. Bytes.
const LONGEST_WITHOUT_YEAR: usize = 60;
/// A word this near before the day names it. Characters.
const NEAR: usize = 24;

/// The first 80 characters: the day of publication is at the beginning of a paragraph.
fn first_part(line: &str) -> &str {
    &line[..line.char_indices().nth(80).map_or(line.len(), |(end, _)| end)]
}

/// The line before the day, and after its year.
fn around_day(line: &str, day: Date) -> Option<(&str, &str)> {
    let year = day.year().to_string();
    let start = line.find(&year)?;
    let (mut before, after) = (&line[..start], &line[start + year.len()..]);
    // Number and month are before the year, with one small word between them in some languages.
    let last = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).nth(4).map_or(0, |(at, _)| at);
    if let Some(digit) = before[last..].find(|c: char| c.is_ascii_digit()) {
        before = &before[..last + digit];
    }
    Some((before, after))
}

/// Words of running text: they begin with a small letter, and do not belong to lines about the author or the day.
fn words_of_text(text: &str) -> usize {
    const OF_LINES: [&str; 24] = [
        "am", "pm", "at", "on", "by", "the", "of", "in", "and", "for", "from", "last", "min", "mins", "read",
        "minutes", "hours", "comments", "views", "ago", "um", "uhr", "von", "updated",
    ];
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '@').filter(|word| word.len() > 1);
    let small = words.filter(|word| word.chars().next().is_some_and(char::is_lowercase));
    small.filter(|word| !OF_LINES.contains(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_stated_days_count() {
        for (line, expected) in [
            ("Tuesday, 4 June 2019", "2019-06-04"),
            ("By Ann Lund | June 4, 2019 | 3 min read", "2019-06-04"),
            ("Von Ann Lund, 4. Juni 2019", "2019-06-04"),
            ("el 4 de junio de 2019", "2019-06-04"),
            ("ELDHAM, June 4, 2019 — The council voted on Monday to rebuild the bridge", "2019-06-04"),
            ("2019年6月4日 10時00分", "2019-06-04"),
            ("Received: 1 January 2019 / Accepted: 16 February 2019 / Published: 4 June 2019", "2019-06-04"),
            ("Posted by Ann Lund on June 4, 2019 at 10:05 am", "2019-06-04"),
            ("This story was first published on 4 June 2019.", "2019-06-04"),
            ("Received: 1 January 2019", ""),
            ("The ferry, which was launched on May 4, 1932, will be scrapped.", ""),
            ("On May 4, 1932 the ferry was launched.", ""),
            ("The regatta will be held on August 10, 2030, the club said.", ""),
            ("This article was amended on 3 March 2021 to correct a name.", ""),
            ("Ann Lund was born on 4 June 1950", ""),
            ("Am 4. Mai 1932 wurde die alte Brücke eröffnet.", ""),
            ("No day", ""),
        ] {
            let day = day_of_line(line, None).map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(day, expected, "{line}");
        }
    }
}
