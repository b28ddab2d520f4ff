//! Reads the forms of datelines at the start of a paragraph. Part of `dateline.rs`.

use morgue_article::Dateline;
use morgue_article::date::ENGLISH;

use super::agencies::{dated_wire_at_end, is_dated_wire, is_wire, wire_at_end};
use super::dateline::{Filed, LONGEST};
use super::dateline_place::{PlaceAndDay, in_capitals, place_and_day, stands_alone};
use super::title::names_source;

/// Reads a dateline at the start of a paragraph of an article that `source` published.
pub(super) fn read_dateline(paragraph: &str, source: &str) -> Option<Filed> {
    let window = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    if !window.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return if window.starts_with("dpa") { before_dash(window, paragraph) } else { None };
    }
    in_brackets(window, source).or_else(|| all_in_brackets(window)).or_else(|| before_dash(window, paragraph))
}

/// `London (CNN) `, `RIYADH, March 29 (AP) - `, `NEW YORK, Oct. 3 /PRNewswire/ -- `.
fn in_brackets(window: &str, source: &str) -> Option<Filed> {
    let first = window.find(['(', '/'])?;
    // A slash without a blank before it belongs to the place: `London/Moscow (CNN)`.
    let is_in_place = window[first..].starts_with('/') && !window[..first].ends_with(' ');
    let open = if is_in_place { window.find('(')? } else { first };
    let close = if window[open..].starts_with('(') { ')' } else { '/' };
    let wire_end = open + 1 + window[open + 1..].find(close)?;
    let wire = window[open + 1..wire_end].trim();
    let (head, rest) = (window[..open].trim_end(), &window[wire_end + 1..]);
    let dash = dash_len(rest);
    let parsed = if head.is_empty() { PlaceAndDay::default() } else { place_and_day(head)? };
    let dated = parsed.written.is_some() && parsed.place.is_some();
    let shouted = parsed.place.as_deref().is_some_and(in_capitals);
    let known = is_wire(wire) || (dated && is_dated_wire(wire));
    // `(FIFA) - ` after a place in capitals or a day is an agency that is not in the list. The same is true before a
    // dash for the name of the source, or for a name that says that it is an agency.
    let plausible = dash > 0 && wire.len() <= 30 && wire.starts_with(char::is_uppercase) && !wire.contains([',', '.']);
    let named = names_source(wire, source) || (head.is_empty() && reads_as_agency(wire));
    if !(known || plausible && (shouted || dated || named)) {
        return None;
    }
    // In `(AP) and other agencies` and `(AP), which` the sentence continues.
    let goes_on = |c: char| c.is_lowercase() || matches!(c, '.' | ',' | ';' | '\'' | '’' | ')' | '?' | '!');
    if dash == 0 && rest.trim_start().starts_with(goes_on) {
        return None;
    }
    let dateline =
        Dateline { text: window[..=wire_end].to_owned(), place: parsed.place, day: None, wire: Some(wire.to_owned()) };
    Some(Filed { dateline, written: parsed.written, len: wire_end + 1 + dash })
}

/// Does the last word of a name in brackets say that it is an agency? `Sports Network`.
fn reads_as_agency(name: &str) -> bool {
    let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let words = name.split(' ').count();
    let last = name.rsplit(' ').next().unwrap_or(name);
    (2..=4).contains(&words)
        && name.split(' ').all(is_word)
        && matches!(last, "Network" | "Newswire" | "Agency" | "Press" | "Wire")
}

/// Reads place and day in brackets, with a dash or another comma between them: `(New York, NY - October 21) `.
pub(super) fn all_in_brackets(text: &str) -> Option<Filed> {
    let inner = text.strip_prefix('(')?;
    let inner = &inner[..inner.find(')')?];
    let len = inner.len() + "()".len();
    let rest = &text[len..];
    let parsed = place_and_day(&inner.replacen(" - ", ", ", 1))?;
    let is_separated = inner.contains(" - ") || parsed.place.as_deref().is_some_and(|place| place.contains(','));
    let goes_on = !rest.is_empty() && (!rest.starts_with(' ') || rest[1..].starts_with(char::is_lowercase));
    if parsed.written.is_none() || parsed.place.is_none() || !is_separated || goes_on && dash_len(rest) == 0 {
        return None;
    }
    let dateline = Dateline { text: text[..len].to_owned(), place: parsed.place, day: None, wire: None };
    Some(Filed { dateline, written: parsed.written, len: len + dash_len(rest) })
}

/// The length in bytes of the dash at the start of a text, with the blanks around it; 0 without a dash.
fn dash_len(text: &str) -> usize {
    let bare = text.trim_start();
    // `Madrid, Jan 2 (EFE).- `
    let point = usize::from(bare.starts_with(".-") || bare.starts_with(".–") || bare.starts_with(".—"));
    let bare = &bare[point..];
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

/// The first dash that is not a hyphen: a long dash, `--`, or a dash between blanks.
fn first_dash(window: &str) -> Option<usize> {
    let at = window.find(['—', '–']).into_iter().chain(window.find(" - ")).chain(window.find("--")).min()?;
    (at > 0).then_some(at)
}

/// Splits a dateline that starts with the agency, `(ANSA) - Rome, October 11`, into the text after the agency and the
/// agency.
pub(super) fn wire_first(text: &str) -> Option<(&str, Option<String>)> {
    let (first, rest) = text.split_once(" - ")?;
    let wire = first.strip_prefix('(').and_then(|first| first.strip_suffix(')')).unwrap_or(first);
    (wire.len() < first.len() || is_wire(wire)).then(|| (rest, Some(wire.to_owned())))
}

/// Splits a dateline that ends with the agency, in brackets or not, into the text before the agency and the agency.
pub(super) fn split_wire(head: &str) -> (&str, Option<String>) {
    if let Some((before, wire)) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')) {
        return (before.trim_end(), Some(wire.to_owned()));
    }
    let split = |len: usize| {
        let (before, wire) = head.split_at(head.len() - len);
        let is_word = len > 0 && (before.is_empty() || before.ends_with(' '));
        is_word.then(|| (before.trim_end_matches([' ', ',']), wire))
    };
    let is_dated = |before: &str| place_and_day(before).is_some_and(|d| d.place.is_some() && d.written.is_some());
    let found = split(wire_at_end(head)).or_else(|| split(dated_wire_at_end(head)).filter(|(b, _)| is_dated(b)));
    found.map_or((head, None), |(before, wire)| (before, Some(wire.to_owned())))
}

/// Does the text after a dash look like the start of a story? It has upper and lower case, and is not the rest of a
/// caption: `APRIL 26: The mayor`.
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
        let filed = read_dateline(paragraph, "The Kestrel Echo")?;
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
            ("Tegucigalpa, Jan 2 (EFE).- ", "Tegucigalpa", "EFE"),
            ("København /ritzau/: ", "København", "ritzau"),
            ("San Diego (tca/dpa) - ", "San Diego", "tca/dpa"),
            ("ROMA, 1 LUG - ", "ROMA", ""),
            ("Madrid, 2 ene (EFE).- ", "Madrid", "EFE"),
            ("Berlin, 4. Mai (dpa) - ", "Berlin", "dpa"),
            ("Berlin, 4. April (dpa) - ", "Berlin", "dpa"),
            ("Paris, 1er août (AFP) - ", "Paris", "AFP"),
            ("SYDNEY, March 10 AAP - ", "SYDNEY", "AAP"),
            ("LOS ANGELES, March 10 AAP – ", "LOS ANGELES", "AAP"),
            ("Jan. 12 (BusinessDesk) - ", "", "BusinessDesk"),
            ("(Kestrel Echo) - ", "", "Kestrel Echo"),
            ("Jan. 12 (The Kestrel Echo) - ", "", "The Kestrel Echo"),
            ("(Sports Network) - ", "", "Sports Network"),
            ("(New York, NY - October 21) ", "New York, NY", ""),
            ("(Lagos - 5 May) ", "Lagos", ""),
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
            "By Jane Roe Harare, July 19 (The Wire) - The bridge is shut.",
            "The American Academy of Pediatrics (AAP) Committee on Bridges met.",
            "AAP — a party of the city — was wrong.",
            "Lusa — the girl at the bridge — was wrong.",
            "(Part Two) - The old bridge is shut, the mayor said.",
            "(File Photo) - The old bridge is shut, the mayor said.",
            "Jan. 12 (Monday) - The old bridge is shut, the mayor said.",
            "The Associated Press (AP). And no other.",
            "The Associated Press (AP), and no other.",
            "(Born, May 5) The mayor spoke at the bridge.",
            "(Paris, May) The mayor spoke at the bridge.",
            "(Paris, Texas - May 5) and the mayor spoke at the bridge.",
            "Three out, 5 out - the mayor said no.",
            "- a dash",
            "",
        ];
        for line in table {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
