//! Reads the names in a byline: `Jane Roe and John Doe, CNN`, `ROE, J., DOE, A.`. Part of `byline.rs`.

use morgue_article::WordList;
use morgue_article::date::{ENGLISH, Written};

use super::agencies::{is_outlet, wire_at_end};

/// The role of a writer: the last word of `Senior Political Correspondent`.
static ROLES: WordList = WordList::new(include_str!("words/byline_roles.txt"));

/// Words that start sentences and titles, and are never part of a name.
static NOT_NAMES: WordList = WordList::new(include_str!("words/not_names.txt"));

/// The text after `By`.
pub(super) fn after_by(line: &str) -> Option<&str> {
    // Words that open bylines in German, French, Spanish, Dutch, Norwegian and Danish. `Von Miller` is a name.
    const OTHERS: &[&str] = &["Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Door ", "Av ", "Af "];
    let after = |openers: &[&str]| openers.iter().find_map(|by| line.strip_prefix(by));
    let names_follow = |rest: &&str| names(rest).is_some_and(|names| is_name(&names[0]));
    after(&["By ", "BY ", "by "])
        .map(|rest| rest.trim_start_matches([':', ' ']))
        .or_else(|| after(OTHERS).filter(names_follow))
}

/// The names in a byline; `None` if a part of it is not a name.
pub(super) fn names(line: &str) -> Option<Vec<String>> {
    if line.ends_with(['.', '!', '?', ':', ';']) && !line.ends_with("Jr.") && !line.ends_with("Sr.") {
        return None;
    }
    let mut names = Vec::new();
    for group in line.split([';', '|', '•']) {
        // `Photographs by Jane Roe and John Doe`: these people are not the writers.
        const OTHER_WORK: &[&str] = &["Edited by ", "Photographs by ", "Photos by ", "Illustrations by "];
        let group = group.trim();
        if OTHER_WORK.iter().any(|work| group.starts_with(work)) {
            continue;
        }
        let group = group.strip_prefix("Compiled by ").unwrap_or(group);
        let parts = group.split([',', '/']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "));
        for part in parts {
            let part = part.trim().trim_start_matches("and ");
            let part = ["for ", "of ", "in ", "from "].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
            if part.is_empty() || is_role(part) || is_contact(part) || is_day(part) || is_remark(&part.to_lowercase()) {
                continue;
            }
            let part = without_outlet(part);
            // The name of a newspaper after the name of a writer.
            let bare = part.strip_prefix("The ").filter(|_| !names.is_empty()).unwrap_or(part);
            let is_wire = wire_at_end(part) == part.len();
            if !is_name(bare) && !is_outlet(part) && !is_wire && !is_short_name(part, names.is_empty()) {
                return None;
            }
            names.push(part.to_owned());
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The names in a list with surnames first, `ROE, J., DOE, A. B.`, as they are printed; `None` for any other line.
pub(super) fn surnames_first(line: &str) -> Option<Vec<String>> {
    let is_surname = |piece: &str| {
        let letters = piece.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'));
        letters && piece.contains(char::is_uppercase) && piece.split(' ').count() <= 4
    };
    let is_initial = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
    };
    let is_initials = |piece: &str| piece.split([' ', '-']).all(is_initial);
    let pieces: Vec<&str> = line.split(", ").map(|piece| piece.trim_start_matches("and ")).collect();
    let names: Option<Vec<String>> = pieces
        .chunks(2)
        .map(|pair| match pair {
            [surname, initials] if is_surname(surname) && is_initials(initials) => {
                Some(format!("{surname}, {initials}"))
            }
            _ => None,
        })
        .collect();
    names.filter(|names| names.len() >= 2)
}

/// Is the part only a day? `MAR 04`.
fn is_day(part: &str) -> bool {
    Written::read(part, &ENGLISH, None).is_some_and(|written| written.day.is_some() && written.len == part.len())
}

/// Is the part, after the first name, an outlet or place of one word? `CNN`, `Reuters`, `Nairobi`.
fn is_short_name(part: &str, first: bool) -> bool {
    !first && !part.contains(' ') && part.starts_with(char::is_uppercase) && !part.bytes().any(|b| b.is_ascii_digit())
}

/// Is the part the address of a writer? `@janeroe`, `jroe@echo.example`.
fn is_contact(part: &str) -> bool {
    part.starts_with('@') || (part.contains('@') && !part.contains(' '))
}

/// Is the part, in lower case, a remark of the page about the article? `3 min read`, `updated 3 hours ago`.
pub(super) fn is_remark(part: &str) -> bool {
    let has_number =
        part.bytes().any(|byte| byte.is_ascii_digit()) || part.starts_with("an hour") || part.starts_with("a ");
    has_number && part.len() <= 40 && [" ago", " read", " min"].iter().any(|end| part.ends_with(end))
}

/// The name without the outlet after it: `Jane Roe of the Brackwater Echo`, `Jane Roe for The Echo`.
fn without_outlet(part: &str) -> &str {
    let bare =
        [" of the ", " of The ", " for the ", " for The ", " for "].iter().find_map(|word| part.split_once(word));
    match bare {
        Some((name, outlet)) if is_name(name) && outlet.starts_with(char::is_uppercase) => name,
        _ => part,
    }
}

/// Is the line only a job, without a name or an agency? `Senior Political Correspondent`.
pub(super) fn is_job_title(line: &str) -> bool {
    const RANKS: [&str; 22] = [
        "associate",
        "business",
        "chief",
        "contributing",
        "crime",
        "deputy",
        "digital",
        "education",
        "executive",
        "features",
        "foreign",
        "freelance",
        "guest",
        "health",
        "investigative",
        "managing",
        "news",
        "political",
        "senior",
        "special",
        "sports",
        "staff",
    ];
    let mut words = line.split(' ');
    is_role(line) && words.next().is_some_and(|first| RANKS.contains(&first.to_ascii_lowercase().as_str()))
}

/// Is the part the role of a writer? `Staff Writer`, `Senior Political Correspondent`, `AP Sports Writer`.
fn is_role(part: &str) -> bool {
    let last = part.rsplit(' ').next().unwrap_or(part);
    part.split(' ').count() <= 5 && ROLES.contains(&last.to_ascii_lowercase())
}

/// The name without the particle and apostrophe before it: `Emilio` of `d'Emilio`.
fn after_particle(word: &str) -> &str {
    let name_after = |particle: &&str| word.strip_prefix(*particle)?.strip_prefix(['\'', '’']);
    ["d", "l", "dell", "dall", "de"].iter().find_map(name_after).unwrap_or(word)
}

/// Does the line have the form of a person's or agency's name? It has two to five words, each with a capital letter,
/// and no word that starts sentences.
pub(super) fn is_name(line: &str) -> bool {
    if line == "The Associated Press" || line == "The Canadian Press" {
        return true;
    }
    let mut words = 0;
    for word in line.split(' ') {
        words += 1;
        let particle =
            ["de", "la", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "del", "dos", "du", "le", "y"];
        let capital = word.starts_with(char::is_uppercase) || after_particle(word).starts_with(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if !letters || NOT_NAMES.contains(word) || !(capital || particle.contains(&word) || word.starts_with("al-")) {
            return false;
        }
    }
    let ends_well = !line.ends_with('.') || line.ends_with("Jr.") || line.ends_with("Sr.");
    (2..=5).contains(&words) && line.len() <= 50 && ends_well
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_byline() {
        let table = [
            ("By Jane Roe", Some("Jane Roe")),
            ("Von Christian Roe, dpa", Some("Christian Roe, dpa")),
            ("Par Jane ROE", Some("Jane ROE")),
            ("Av Jan van Roe", Some("Jan van Roe")),
            ("Von Miller", None),
            ("Von Miller, CNN", None),
            ("Par for the course", None),
            ("Por Jane", None),
            ("Da Silva Roe", None),
            ("Di Canio Roe", None),
            ("Bye Jane Roe", None),
        ];
        for (line, expected) in table {
            assert_eq!(after_by(line), expected, "{line}");
        }
    }

    #[test]
    fn names_and_other_parts() {
        let table: [(&str, &[&str]); 9] = [
            ("Paul Roe and Frances d'Emilio", &["Paul Roe", "Frances d'Emilio"]),
            ("Luigi dell’Orto, AP", &["Luigi dell’Orto", "AP"]),
            ("Reuters, MAR 04", &["Reuters"]),
            ("Jane Roe; Compiled by John Doe", &["Jane Roe", "John Doe"]),
            ("Jane Roe; Photographs by John Doe and Ann Poe", &["Jane Roe"]),
            ("Jane Roe | Edited by John Doe | CNN", &["Jane Roe", "CNN"]),
            ("Photographs by John Doe", &[]),
            ("MAR 04", &[]),
            ("Jane d'oh Roe", &[]),
        ];
        for (line, expected) in table {
            assert_eq!(names(line).unwrap_or_default(), expected, "{line}");
        }
    }

    #[test]
    fn surnames_before_initials() {
        let line = "ROE, J., Doe, A. B., Plaum-Roe, P.-L., and van Poe, R.";
        let expected = ["ROE, J.", "Doe, A. B.", "Plaum-Roe, P.-L.", "van Poe, R."];
        assert_eq!(surnames_first(line).unwrap_or_default(), expected);
        for line in ["ROE, J.", "Roe, J., Doe", "Jane Roe, John Doe", "Roe, J., Jane Doe, CNN", "Roe, Jr., Doe, A.", ""]
        {
            assert_eq!(surnames_first(line), None, "{line}");
        }
    }
}
