//! Cleans the title: one line, without the name of the site after it and a day before it. Also removes the title from
//! the body if it is repeated there.

use morgue_article::date::{Date, ENGLISH, Written};
use morgue_article::text::letters_and_digits;

use super::draft::{Draft, Verdict};

/// The length of a title without the name of its source at the end: `Bridge closed - The Brackwater Echo`.
///
/// This is for titles of all formats, so the name must equal that of the source. The reader of web pages has its own
/// rule (`read/html/title.rs`), which removes more: the title of a page nearly always ends with a site, often in
/// another spelling than the source states.
pub(super) fn without_source(title: &str, source: &str) -> usize {
    let mut end = title.len();
    if source.len() > 2 * LONGEST_SOURCE {
        return end; // the whole text of some feed, not a name; this runs for every paragraph
    }
    // `Kestrel Talk | Radio Kestrel`: the title may name the last part alone.
    let last_part = source.rsplit(" | ").next().unwrap_or(source);
    let names = [letters_and_digits(source), letters_and_digits(last_part)];
    loop {
        let floor = title.floor_char_boundary(end.saturating_sub(LONGEST_SOURCE));
        let last = |mark: &'static &'static str| Some((floor + title[floor..end].rfind(mark)?, mark));
        let Some((at, mark)) = SEPARATORS.iter().filter_map(last).max() else { break };
        let suffix = &title[at + mark.len()..end];
        if at == 0 || suffix.is_empty() || !names.iter().any(|name| are_one(&letters_and_digits(suffix), name)) {
            break;
        }
        end = title[..at].trim_ascii_end().len();
    }
    end
}

/// No name of a source after a title is longer, including its separator. Bytes.
const LONGEST_SOURCE: usize = 100;

const SEPARATORS: [&str; 5] = [" - ", " | ", " – ", " — ", " :: "];

/// Is this the name of the source?
pub(super) fn names_source(name: &str, source: &str) -> bool {
    source.len() <= 2 * LONGEST_SOURCE && are_one(&letters_and_digits(name), &letters_and_digits(source))
}

/// Do two keys name the same source? `echo` and `theecho`, `usatoday` and `usatodaycom`.
fn are_one(suffix: &str, source: &str) -> bool {
    let bare = |name: &str| {
        let name = name.strip_prefix("www").unwrap_or(name);
        let name = name.strip_prefix("the").unwrap_or(name);
        ["couk", "com", "org", "net"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
    };
    !suffix.is_empty() && suffix.len() >= 3 && bare(suffix) == bare(source)
}

/// The day in numbers, with or without a time, before a title and a dash, and the byte where the title starts:
/// `13/08/2020 21:27 - Bridge closed`.
pub(super) fn day_before(title: &str) -> Option<(Date, usize)> {
    let (day, at) = day_and_dash(title)?;
    let rest = &title[at..];
    let is_title = rest.chars().filter(|c| c.is_alphabetic()).count() >= 10 && day_and_dash(rest).is_none();
    is_title.then_some((day, at))
}

fn day_and_dash(title: &str) -> Option<(Date, usize)> {
    // We do not guess which number is the month. The name of a month often belongs to the title: `11 September 2001 -
    // the day`.
    let (head, mark) = [" - ", " – ", " — "].iter().filter_map(|mark| Some((title.split_once(mark)?.0, mark))).min()?;
    let is_numeric = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ':' | ' ');
    if !head.chars().all(is_numeric) {
        return None;
    }
    let written = Written::read(head, &ENGLISH, None)?;
    let (hour, minute) = head[written.len..].trim().split_once(':').unwrap_or(("0", "0"));
    let is_time = hour.parse::<u8>().is_ok_and(|hour| hour < 24)
        && minute.split(':').all(|part| part.parse::<u8>().is_ok_and(|part| part < 60));
    let has_time = head[written.len..].contains(':') || written.len == head.len();
    let day = written.day.and(written.span()).map(|span| span.first())?;
    (is_time && has_time).then_some((day, head.len() + mark.len()))
}

/// Removes a line from the head of a body if it repeats the title.
pub(super) fn drop_repeated(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    let long = paragraph.len() > draft.title.len() * 2 + 40;
    if long || draft.title_key.is_empty() || !draft.in_head() {
        return Verdict::Pass;
    }
    let end = without_source(paragraph, &draft.source);
    let same =
        letters_and_digits(paragraph) == draft.title_key || letters_and_digits(&paragraph[..end]) == draft.title_key;
    if same { Verdict::Taken } else { Verdict::Pass }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_no_part_of_a_title() {
        let table = [
            ("Bridge closed - The Echo", "echo.example", "Bridge closed - The Echo"),
            ("Bridge closed - The Echo", "Echo", "Bridge closed"),
            ("Bridge closed - Echo", "www.echo.com", "Bridge closed"),
            ("Bridge closed | The Echo - echo.com", "echo.com", "Bridge closed"),
            ("Bridge - closed", "Echo", "Bridge - closed"),
            ("Echo", "Echo", "Echo"),
            (" - Echo", "Echo", " - Echo"),
            ("Bridge closed - ", "", "Bridge closed - "),
            ("Bridge closed | Radio Echo", "Bridge Talk | Radio Echo", "Bridge closed"),
            ("Bridge closed | Bridge Talk | Radio Echo", "Bridge Talk | Radio Echo", "Bridge closed | Bridge Talk"),
            ("Bridge closed | Radio Echo", "Radio Echo | Bridge Talk", "Bridge closed | Radio Echo"),
        ];
        for (title, source, expected) in table {
            assert_eq!(&title[..without_source(title, source)], expected);
        }
    }

    #[test]
    fn a_day_before_the_title() {
        let table = [
            ("13/08/2020 21:27 - Bridge closed for a year", Some(("2020-08-13", "Bridge closed for a year"))),
            ("2020-08-13 – Bridge closed for a year", Some(("2020-08-13", "Bridge closed for a year"))),
            ("13.08.2020 21:27:05 - Bridge closed for a year", Some(("2020-08-13", "Bridge closed for a year"))),
            ("08/07/2020 - Bridge closed for a year", None),
            ("13/08/2020 - Bridge", None),
            ("13/08/2020 25:00 - Bridge closed for a year", None),
            ("13/08/2020 3 - Bridge closed for a year", None),
            ("13/08/2020 - 14/08/2020 - Bridge closed for a year", None),
            ("13/08/2020 Bridge closed for a year - Echo", None),
            ("13 August 2020 - Bridge closed for a year", None),
            ("24/7 - Bridge closed for a year", None),
            ("Bridge closed for a year", None),
            (" - Bridge closed for a year", None),
        ];
        for (title, expected) in table {
            let found = day_before(title).map(|(day, at)| (day.to_string(), &title[at..]));
            assert_eq!(found.as_ref().map(|(day, rest)| (day.as_str(), *rest)), expected, "{title}");
        }
    }

    #[test]
    fn a_repeated_title_goes() {
        let title = "Bridge ‘closed’ for a year";
        let mut draft = Draft {
            title: title.into(),
            title_key: letters_and_digits(title),
            source: "Echo".into(),
            ..Draft::default()
        };
        assert_eq!(drop_repeated(&mut draft, "BRIDGE 'CLOSED' FOR A YEAR"), Verdict::Taken);
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year | Echo"), Verdict::Taken);
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year, says mayor"), Verdict::Pass);
        draft.body.push("The story has begun by now.".into());
        assert_eq!(drop_repeated(&mut draft, "Bridge closed for a year"), Verdict::Pass);
    }
}
