//! Bylines: who wrote it, taken off the head of a body: `By JANE ROE`, `By Jane Roe and John Doe, Associated Press`, or a
//! writer's name with an outlet's on the line below.

use std::borrow::Cow;

use super::agencies::{is_outlet, wire_at_end};
use super::draft::{Draft, Verdict};
use super::furniture::Before;

/// Longer lines are no bylines. Bytes.
const LONGEST: usize = 120;

/// No article has more writers; among more, the same name is not looked for.
const MOST: usize = 100;

/// Takes a line that says who wrote the article.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if paragraph.len() > LONGEST || !draft.in_head() || draft.byline.len() >= MOST {
        return Verdict::Pass;
    }
    if is_outlet(paragraph) || is_stated(draft, paragraph) {
        // The name of the writer may stand on the line above.
        if let Some(name) = draft.body.pop_if(|line| is_name(line)) {
            draft.note("byline", &name);
            add(&mut draft.byline, &name);
        }
        let says_role =
            ["Special ", "Opinion ", "Staff ", "From ", "Wire "].iter().any(|role| paragraph.starts_with(role));
        if !says_role {
            add(&mut draft.byline, paragraph);
        }
    } else {
        let Some(names) = after_by(paragraph).and_then(names) else { return Verdict::Pass };
        names.iter().for_each(|name| add(&mut draft.byline, name));
    }
    drop_stated(draft);
    Verdict::Taken
}

/// Takes back the lines before that are names of the byline, now that it is known.
fn drop_stated(draft: &mut Draft<'_>) {
    let (stated, body) = std::mem::take(&mut draft.body).into_iter().partition(|line| is_stated(draft, line));
    draft.body = body;
    let stated: Vec<Cow<'_, str>> = stated;
    stated.iter().for_each(|line| draft.note("byline", line));
    draft.before = Before::after(draft.body.last().map(AsRef::as_ref));
}

/// A byline that the source keeps apart, as names: without `By`, one each.
pub(super) fn of_source(lines: &[String]) -> Vec<String> {
    let mut byline = Vec::new();
    for line in lines {
        let line = after_by(line).unwrap_or(line);
        match names(line) {
            Some(names) => names.iter().for_each(|name| add(&mut byline, name)),
            None => add(&mut byline, line),
        }
    }
    byline
}

/// Adds a name, whatever `By` stands before it: a line may have more than one.
fn add(byline: &mut Vec<String>, mut name: &str) {
    while let Some(bare) = after_by(name) {
        name = bare;
    }
    if byline.len() >= MOST || !byline.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
        byline.push(name.to_owned());
    }
}

/// Whether a line is a name that the source's own byline has.
fn is_stated(draft: &Draft<'_>, line: &str) -> bool {
    draft.byline.iter().any(|name| name == line)
}

fn after_by(line: &str) -> Option<&str> {
    ["By ", "BY ", "by "].iter().find_map(|by| line.strip_prefix(by)).map(|rest| rest.trim_start_matches([':', ' ']))
}

/// The names of a byline; nothing when a part of it is none.
fn names(line: &str) -> Option<Vec<String>> {
    if line.ends_with(['.', '!', '?', ':', ';']) && !line.ends_with("Jr.") && !line.ends_with("Sr.") {
        return None;
    }
    let mut names = Vec::new();
    for part in
        line.split([',', '|', ';', '•', '/']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "))
    {
        let part = part.trim().trim_start_matches("and ");
        let part = ["for ", "of ", "in ", "from "].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
        if part.is_empty() || is_role(part) || part.starts_with('@') {
            continue;
        }
        // A newspaper's name after a writer's.
        let bare = part.strip_prefix("The ").filter(|_| !names.is_empty()).unwrap_or(part);
        let is_wire = wire_at_end(part) == part.len();
        if !is_name(bare) && !is_outlet(part) && !is_wire && !is_short_name(part, names.is_empty()) {
            return None;
        }
        names.push(part.to_owned());
    }
    (!names.is_empty()).then_some(names)
}

/// After a first name: an outlet or place of one word, `CNN`, `Reuters`, `Nairobi`.
fn is_short_name(part: &str, first: bool) -> bool {
    !first && !part.contains(' ') && part.starts_with(char::is_uppercase) && !part.bytes().any(|b| b.is_ascii_digit())
}

/// What a writer is: `Staff Writer`, `Senior Political Correspondent`, `AP Sports Writer`.
fn is_role(part: &str) -> bool {
    const ROLES: &[&str] = &[
        "writer",
        "writers",
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "editor",
        "editors",
        "columnist",
        "contributor",
        "contributors",
        "staff",
        "critic",
        "producer",
        "bureau",
        "chief",
        "analyst",
        "journalist",
        "author",
    ];
    let last = part.rsplit(' ').next().unwrap_or(part);
    part.split(' ').count() <= 5 && ROLES.iter().any(|role| last.eq_ignore_ascii_case(role))
}

/// Whether a line is a person's or agency's name by its shape: two to five words, each with a capital, none of them one
/// that opens sentences.
fn is_name(line: &str) -> bool {
    const NO_NAMES: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "The",
        "This",
        "That",
        "Their",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "Who",
        "Here",
        "There",
        "In",
        "On",
        "At",
        "For",
        "A",
        "An",
        "My",
        "Your",
        "Our",
        "His",
        "Her",
        "Is",
        "Are",
        "No",
        "Not",
        "And",
        "But",
        "Or",
        "If",
        "It",
        "Its",
        "Top",
        "Best",
        "Most",
        "More",
        "Real",
        "Latest",
        "Breaking",
        "Update",
        "Today",
        "Tomorrow",
        "Yesterday",
    ];
    if line == "The Associated Press" || line == "The Canadian Press" {
        return true;
    }
    let mut words = 0;
    for word in line.split(' ') {
        words += 1;
        let particle =
            ["de", "la", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "del", "dos", "du", "le", "y"];
        let capital = word.starts_with(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if !letters || NO_NAMES.contains(&word) || !(capital || particle.contains(&word) || word.starts_with("al-")) {
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
    fn bylines() {
        let table: [(&str, &[&str]); 9] = [
            ("By JANE ROE", &["JANE ROE"]),
            ("By Jane Roe, Staff Writer", &["Jane Roe"]),
            ("By Jane Roe and John van Doe, CNN", &["Jane Roe", "John van Doe", "CNN"]),
            (
                "By Jane Roe, Ann Poe and J. R. Doe | Associated Press",
                &["Jane Roe", "Ann Poe", "J. R. Doe", "Associated Press"],
            ),
            ("By The Associated Press", &["The Associated Press"]),
            ("By Jane Roe in Nairobi", &[]),
            ("By Monday the bridge was open", &[]),
            ("By March 2019", &[]),
            ("By Jane Roe's account, the bridge fell.", &[]),
        ];
        for (line, expected) in table {
            let mut draft = Draft::default();
            let verdict = take(&mut draft, line);
            assert_eq!(draft.byline, expected, "{line}");
            assert_eq!(verdict == Verdict::Taken, !expected.is_empty());
        }
    }

    #[test]
    fn a_name_above_its_outlet() {
        let mut draft = Draft::default();
        draft.body.push("Jane Roe".into());
        assert_eq!(take(&mut draft, "Associated Press"), Verdict::Taken);
        assert_eq!(take(&mut draft, "Staff Writer"), Verdict::Taken);
        assert_eq!(draft.byline, ["Jane Roe", "Associated Press"]);
        draft.body.push("It was a cold day on the bridge.".into());
        assert_eq!(take(&mut draft, "By Jane Roe"), Verdict::Pass);
    }

    #[test]
    fn bylines_of_the_source() {
        for (given, expected) in [
            (&["By Jane Roe and John Doe", "jane-roe", "Jane Roe"][..], &["Jane Roe", "John Doe", "jane-roe"][..]),
            (&["Mia Roe and Jordan Doe"], &["Mia Roe", "Jordan Doe"]),
            (&["By Manuel Roe, dpa"], &["Manuel Roe", "dpa"]),
            (&["By Tom Roe, The Kestrel Bay Post"], &["Tom Roe", "The Kestrel Bay Post"]),
            (&["By dpa correspondents"], &["dpa correspondents"]),
            (&["Smith and Sons"], &["Smith and Sons"]),
            (&["Department of Health and Human Services"], &["Department of Health and Human Services"]),
            (&["Kim Jong Un; Ann Lee"], &["Kim Jong Un", "Ann Lee"]),
        ] {
            let given: Vec<String> = given.iter().map(|line| line.to_string()).collect();
            assert_eq!(of_source(&given), expected);
        }
    }
}
