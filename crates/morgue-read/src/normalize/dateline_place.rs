//! Reads place and day of a dateline: `RIYADH, Saudi Arabia, March 29, 2018`, `LONDON March 9`. Part of `dateline.rs`.

use morgue_article::WordList;
use morgue_article::date::months::{FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH};
use morgue_article::date::{ENGLISH, Names, Written};

use super::agencies::is_wire;

/// Words in capitals that start an article and are not places: `OPINION - `, `NASA — `.
static RUBRICS: WordList = WordList::new(include_str!("words/rubrics.txt"));

/// How datelines in other languages than English write days: `ROMA, 1 LUG`, `Madrid, 2 ene`, `Berlin, 4. Mai`.
static NOT_ENGLISH: Names = Names {
    months: &[&GERMAN, &FRENCH, &ITALIAN, &SPANISH, &PORTUGUESE],
    weekdays: &[],
    ordinal_ends: &["er", ".", "º"],
    of: "de",
};

/// Place and day of a dateline.
#[derive(Debug, Default)]
pub(super) struct PlaceAndDay {
    pub(super) place: Option<String>,
    pub(super) written: Option<Written>,
}

/// Reads `RIYADH, Saudi Arabia, March 29, 2018`; `None` if a part is neither a place nor a day.
pub(super) fn place_and_day(head: &str) -> Option<PlaceAndDay> {
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

/// The day at the start of a text, with or without a year.
fn day_at(text: &str) -> Option<Written> {
    let has_day = |written: &Written| written.day.is_some();
    Written::read(text, &ENGLISH, None)
        .filter(has_day)
        .or_else(|| Written::read(text, &NOT_ENGLISH, None).filter(has_day))
}

/// The part of `LONDON March 9` before the day, and the byte where the day starts.
fn undated(part: &str) -> (&str, usize) {
    let starts = part.match_indices(' ').map(|(at, _)| at);
    let day = starts.into_iter().find(|&at| day_at(&part[at + 1..]).is_some());
    match day {
        Some(at) => (part[..at].trim_end(), at),
        None => (part.trim_end(), part.len()),
    }
}

/// Can every word of a part belong to the name of a place?
fn is_place(part: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "la", "le", "les", "del", "el", "al", "el-", "al-", "of", "the", "and", "du", "des", "sur", "am", "an",
        "der", "do", "da", "dos", "near", "in", "on", "aboard", "upon", "city", "y", "den", "&", "/",
    ];
    // This is a byline on the same line as the dateline, not a place.
    if part.starts_with("By ") || part.starts_with("BY ") {
        return false;
    }
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

/// Is the first part of a place in capitals, as agencies write towns? `RIYADH, Saudi Arabia`, `McALLEN, Texas`.
pub(super) fn in_capitals(place: &str) -> bool {
    let town = place.split(',').next().unwrap_or(place);
    town.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !town.split(' ').any(|word| {
            word.chars().filter(|c| c.is_lowercase()).count() > 2
                || (word.len() > 3 && word.starts_with(char::is_lowercase))
        })
}

/// Is the place certain without day and agency? It is if it is a town in capitals, not a rubric or acronym.
pub(super) fn stands_alone(place: &str) -> bool {
    let town = place.split(',').next().unwrap_or(place);
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let rubric = town.split([' ', '-', '/', '\'', '’']).any(|word| RUBRICS.contains(word));
    in_capitals(place) && letters >= 4 && !rubric
}
