//! Datelines: place and day of filing and the wire, taken off the head of a body: `RIYADH, March 29 (AP) - `,
//! `London CNN — `, `(Reuters) `.
//!
//! A place in capitals and a dash is one; any place is, before a day or the name of a wire. Where that is not sure
//! (`OPINION - `, `NASA — `), the words stay in the story.

use crate::article::Dateline;
use crate::date::{Date, ENGLISH, Written};

use super::agencies::{is_wire, wire_at_end};
use super::dateline_rubrics::RUBRICS;
use super::draft::{Draft, Verdict};

/// Longer datelines are none. Bytes.
const LONGEST: usize = 110;

/// A dateline as read: its day is resolved when the day of publication is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filed {
    pub(super) dateline: Dateline,
    pub(super) written: Option<Written>,
    /// Bytes it takes, with its dash.
    pub(super) len: usize,
}

/// Takes a dateline off a paragraph.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if !draft.in_head() {
        return Verdict::Pass;
    }
    let Some(filed) = read(paragraph) else { return Verdict::Pass };
    match &mut draft.dateline {
        // A day line before it says less.
        Some(known) if known.place.is_none() && known.wire.is_none() => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
        // The source's own may lack what the body's has.
        Some(known) if same(known.place.as_deref(), filed.dateline.place.as_deref()) => {
            known.wire = known.wire.take().or(filed.dateline.wire);
            draft.filed = draft.filed.or(filed.written);
        }
        Some(_) => return Verdict::Pass,
        None => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
    }
    if filed.len >= paragraph.len() { Verdict::Taken } else { Verdict::Rest(filed.len) }
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a.map(str::to_lowercase) == b.map(str::to_lowercase)
}

/// A dateline that the source keeps apart; what cannot be read in it is kept as its text.
pub(super) fn of_source(text: &str) -> Option<Filed> {
    let text = text.trim_end_matches(['-', '–', '—', ' ', ':', '_']).trim();
    if text.is_empty() {
        return None;
    }
    let (head, wire) = split_wire(text);
    let parsed = place_and_day(head).filter(|_| text.len() <= LONGEST).unwrap_or_default();
    let place = parsed
        .place
        .or_else(|| (text.len() <= LONGEST && text.starts_with(char::is_uppercase)).then(|| head.to_owned()))
        .filter(|place| !place.is_empty() && !place.bytes().any(|b| b.is_ascii_digit()));
    let dateline = Dateline { text: text.to_owned(), place, day: None, wire };
    Some(Filed { dateline, written: parsed.written, len: text.len() })
}

/// Fills in a dateline's day, with the year that brings it closest to the day of publication where it states none.
pub(super) fn resolve(written: Written, published: Option<Date>) -> Option<Date> {
    match published {
        Some(published) => written.closest_to(published),
        None => written.span().filter(|span| span.first() == span.last()).map(crate::date::DateSpan::first),
    }
}

/// Reads a dateline at the start of a paragraph.
fn read(paragraph: &str) -> Option<Filed> {
    let window = &paragraph[..paragraph.floor_char_boundary(LONGEST.min(paragraph.len()))];
    if !window.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return if window.starts_with("dpa") { before_dash(window, paragraph) } else { None };
    }
    in_brackets(window).or_else(|| before_dash(window, paragraph))
}

/// `London (CNN) `, `RIYADH, March 29 (AP) - `, `NEW YORK, Oct. 3 /PRNewswire/ -- `.
fn in_brackets(window: &str) -> Option<Filed> {
    let (open, close) = match window.find(['(', '/']) {
        Some(open) if window[open..].starts_with('(') => (open, ')'),
        Some(open) => (window[..=open].ends_with(" /").then_some(open).or_else(|| window.find('('))?, '/'),
        None => return None,
    };
    let close = if window[open..].starts_with('(') { ')' } else { close };
    let wire_end = open + 1 + window[open + 1..].find(close)?;
    let wire = window[open + 1..wire_end].trim();
    let (head, rest) = (window[..open].trim_end(), &window[wire_end + 1..]);
    let dash = dash_len(rest);
    let parsed = if head.is_empty() { PlaceAndDay::default() } else { place_and_day(head)? };
    let shouted = parsed.place.as_deref().is_some_and(in_capitals);
    let known = is_wire(wire);
    // `(FIFA) - ` after a place in capitals or a day is a wire that is not in the list.
    let plausible = dash > 0 && wire.len() <= 30 && wire.starts_with(char::is_uppercase) && !wire.contains([',', '.']);
    if !(known || plausible && (shouted || parsed.written.is_some() && parsed.place.is_some())) {
        return None;
    }
    // `(AP) and other agencies` goes on with the sentence.
    let goes_on = rest[dash..].trim_start().starts_with(char::is_lowercase) && dash == 0;
    if goes_on {
        return None;
    }
    let dateline =
        Dateline { text: window[..=wire_end].to_owned(), place: parsed.place, day: None, wire: Some(wire.to_owned()) };
    Some(Filed { dateline, written: parsed.written, len: wire_end + 1 + dash })
}

/// Bytes of the dash, and the blanks about it, that a text opens with; 0 without one.
fn dash_len(text: &str) -> usize {
    let bare = text.trim_start();
    let marks = bare.len() - bare.trim_start_matches(['-', '–', '—', '_']).len();
    let colon = usize::from(marks == 0 && bare.starts_with(": "));
    if marks + colon == 0 {
        return 0;
    }
    let rest = &bare[marks + colon..];
    text.len() - rest.trim_start().len()
}

/// `LONDON, March 9 - `, `SAN FRANCISCO — `, `London CNN — `, `JACKSONVILLE, Fla. – `.
fn before_dash(window: &str, paragraph: &str) -> Option<Filed> {
    let at = first_dash(window)?;
    let (head, len) = (window[..at].trim_end(), at + dash_len(&window[at..]));
    let rest = paragraph[len.min(paragraph.len())..].trim_start();
    if head.ends_with(')') {
        return None;
    }
    let (before, wire) = split_wire(head);
    let parsed = if before.is_empty() { PlaceAndDay::default() } else { place_and_day(before)? };
    let place = parsed.place.as_deref();
    let sure = wire.is_some()
        || (parsed.written.is_some() && place.is_some())
        || place.is_some_and(|place| stands_alone(place) && opens_a_story(rest));
    if !sure {
        return None;
    }
    let dateline = Dateline { text: head.to_owned(), place: parsed.place, day: None, wire };
    Some(Filed { dateline, written: parsed.written, len })
}

/// The first dash that is no hyphen: a long one, `--`, or one between blanks.
fn first_dash(window: &str) -> Option<usize> {
    let at = window.find(['—', '–']).into_iter().chain(window.find(" - ")).chain(window.find("--")).min()?;
    (at > 0).then_some(at)
}

/// The wire at the end of a dateline's text, in brackets or not, and what stands before it.
fn split_wire(head: &str) -> (&str, Option<String>) {
    if let Some((before, wire)) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')) {
        return (before.trim_end(), Some(wire.to_owned()));
    }
    let len = wire_at_end(head);
    let at = head.len() - len;
    if len == 0 || (at > 0 && !head[..at].ends_with(' ')) {
        return (head, None);
    }
    (head[..at].trim_end_matches([' ', ',']), Some(head[at..].to_owned()))
}

/// Place and day of a dateline.
#[derive(Debug, Default)]
struct PlaceAndDay {
    place: Option<String>,
    written: Option<Written>,
}

/// Reads `RIYADH, Saudi Arabia, March 29, 2018`; nothing when a part is neither.
fn place_and_day(head: &str) -> Option<PlaceAndDay> {
    let mut read = PlaceAndDay::default();
    let mut place_end = 0;
    let mut at = 0;
    let mut parts = 0;
    while at < head.len() {
        let blanks = head[at..].len() - head[at..].trim_start_matches([' ', ',']).len();
        let start = at + blanks;
        if start == head.len() {
            break;
        }
        if let Some(written) = day_at(&head[start..]) {
            at = start + written.len;
            read.written = Some(written);
            if !head[at..].trim_matches([' ', ',', '.']).is_empty() {
                return None;
            }
            break;
        }
        parts += 1;
        let part_end = start + head[start..].find(',').unwrap_or(head.len() - start);
        let (part, end) = undated(&head[start..part_end]);
        if !is_place(part) || parts > 4 {
            return None;
        }
        place_end = start + part.len();
        at = start + end;
    }
    read.place = (place_end > 0).then(|| head[..place_end].to_owned());
    Some(read)
}

/// A day, with or without its year, that takes all or nearly all of a text.
fn day_at(text: &str) -> Option<Written> {
    Written::read(text, &ENGLISH, None).filter(|written| written.day.is_some())
}

/// The part of `LONDON March 9` before its day, and where to read on. Bytes.
fn undated(part: &str) -> (&str, usize) {
    let starts = part.match_indices(' ').map(|(at, _)| at);
    let day = starts.into_iter().find(|&at| day_at(&part[at + 1..]).is_some());
    match day {
        Some(at) => (part[..at].trim_end(), at),
        None => (part.trim_end(), part.len()),
    }
}

/// Whether each word of a part is one that places' names have.
fn is_place(part: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "la", "le", "les", "del", "el", "al", "el-", "al-", "of", "the", "and", "du", "des", "sur", "am", "an",
        "der", "do", "da", "dos", "near", "in", "on", "aboard", "upon", "city", "y", "den", "&", "/",
    ];
    let mut capitals = 0;
    let mut words = 0;
    for word in part.split([' ', '/']).filter(|word| !word.is_empty()) {
        words += 1;
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | 'ʻ' | '&'));
        let capital = word.starts_with(char::is_uppercase);
        capitals += usize::from(capital);
        let small = SMALL.contains(&word) || word.starts_with("el-") || word.starts_with("al-");
        if !letters || !(capital || small) {
            return false;
        }
    }
    let ends_well =
        part.rsplit([' ', '/']).next().is_some_and(|word| word.starts_with(char::is_uppercase) || word == "city");
    capitals > 0 && words <= 6 && ends_well && !is_wire(part)
}

/// Whether a place's first part is in capitals, as wires write towns: `RIYADH, Saudi Arabia`, `McALLEN, Texas`.
fn in_capitals(place: &str) -> bool {
    let town = place.split(',').next().unwrap_or(place);
    town.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !town.split(' ').any(|word| {
            word.chars().filter(|c| c.is_lowercase()).count() > 2
                || (word.len() > 3 && word.starts_with(char::is_lowercase))
        })
}

/// Whether a place may stand without day and wire: a town in capitals that is no rubric or acronym.
fn stands_alone(place: &str) -> bool {
    let town = place.split(',').next().unwrap_or(place);
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let rubric = town.split([' ', '-', '/', '\'', '’']).any(|word| RUBRICS.contains(&word));
    in_capitals(place) && letters >= 4 && !rubric
}

/// Whether what follows a dash reads as the start of a story: in upper and lower case, and not a caption's own
/// `APRIL 26: The mayor`.
fn opens_a_story(rest: &str) -> bool {
    let opens =
        rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '\'' | '$'));
    let first = rest.split(' ').next().unwrap_or_default();
    let caption = ENGLISH.month(first).is_some() && first.chars().all(|c| !c.is_lowercase());
    let has_lower = rest.bytes().take(LONGEST).filter(u8::is_ascii_lowercase).count() >= 10;
    opens && !caption && has_lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<(String, String, String)> {
        let filed = read(paragraph)?;
        let line = filed.dateline;
        Some((line.place.unwrap_or_default(), line.wire.unwrap_or_default(), paragraph[filed.len..].trim().to_owned()))
    }

    #[test]
    fn datelines() {
        let story = "The old bridge is shut, the mayor said.";
        let table = [
            ("WASHINGTON, Sept. 27 (AFP) - ", "WASHINGTON", "AFP"),
            ("LONDON (Reuters) - ", "LONDON", "Reuters"),
            ("SALVADOR, Feb 26 - ", "SALVADOR", ""),
            ("RIYADH, Saudi Arabia (AP) — ", "RIYADH, Saudi Arabia", "AP"),
            ("RIYADH, Saudi Arabia, March 29, 2018 (AP) — ", "RIYADH, Saudi Arabia", "AP"),
            ("CNN — ", "", "CNN"),
            ("New York CNN Business — ", "New York", "CNN Business"),
            ("Seoul, South Korea CNN — ", "Seoul, South Korea", "CNN"),
            ("London/Moscow (CNN Business) ", "London/Moscow", "CNN Business"),
            ("(CNN)", "", "CNN"),
            ("(Reuters) - ", "", "Reuters"),
            ("SAN FRANCISCO — ", "SAN FRANCISCO", ""),
            ("JACKSONVILLE, Fla. – ", "JACKSONVILLE, Fla.", ""),
            ("BUFFALO, N.Y. — ", "BUFFALO, N.Y.", ""),
            ("WASHINGTON, D.C.—", "WASHINGTON, D.C.", ""),
            ("CIUDAD ACUÑA, Mexico — ", "CIUDAD ACUÑA, Mexico", ""),
            ("MIAMI -- ", "MIAMI", ""),
            ("NEW YORK, Oct. 3, 2019 /PRNewswire/ -- ", "NEW YORK", "PRNewswire"),
            ("Beijing, 3 September (Xinhua) -- ", "Beijing", "Xinhua"),
            ("ROME (ADN-Kronos) - ", "ROME", "ADN-Kronos"),
            ("GENEVA/PARIS, March 3 - ", "GENEVA/PARIS", ""),
            ("PARIS (AFP): ", "PARIS", "AFP"),
            ("Lviv and Kyiv, Ukraine, and Moscow CNN — ", "Lviv and Kyiv, Ukraine, and Moscow", "CNN"),
        ];
        for (line, place, wire) in table {
            let expected = Some((place.to_owned(), wire.to_owned(), story.to_owned()));
            assert_eq!(parts(&format!("{line}{story}")), expected, "{line}");
        }
        assert_eq!(parts("London CNN —"), Some(("London".into(), "CNN".into(), String::new())));
    }

    #[test]
    fn the_story_has_no_dateline() {
        let table = [
            "OPINION — The old bridge is shut, the mayor said.",
            "BREAKING NEWS - The old bridge is shut, the mayor said.",
            "NASA — The old agency is shut, the mayor said.",
            "QB – Trevor Roe is out, the coach of the team said.",
            "The World Health Organization (WHO) has warned of it.",
            "The US Open – the last of the four – starts on Monday.",
            "Everything — seriously, everything — seems to be shut.",
            "WASHINGTON, DC - APRIL 26: The mayor speaks at the bridge",
            "Madrid (the capital) - where it all began for her",
            "London - where it all began - is shut.",
            "A Chinese baker was fined £15,000 ($18,500) for it.",
            "AP and Reuters — both wires — were wrong.",
            "Reuters/Ipsos polls — taken in May — were wrong.",
            "THE CABINET MET - AND COULD NOT AGREE ON A NAME FOR IT",
            "- a dash",
            "",
        ];
        for line in table {
            assert_eq!(parts(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_of_the_source() {
        let filed = of_source("    LONDON, March 9 - ").unwrap_or_default();
        assert_eq!(filed.dateline.text, "LONDON, March 9");
        assert_eq!(filed.dateline.place.as_deref(), Some("LONDON"));
        let near: Date = "1987-03-10".parse().unwrap();
        assert_eq!(filed.written.and_then(|w| resolve(w, Some(near))), "1987-03-09".parse().ok());
        assert_eq!(filed.written.and_then(|w| resolve(w, None)), None);
    }
}
