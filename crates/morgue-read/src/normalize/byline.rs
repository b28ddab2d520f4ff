//! Removes bylines from the start of a body: `By JANE ROE`, `By Jane Roe and John Doe, Associated Press`, or the name
//! of a writer with the name of an outlet on the line below.

use super::agencies::is_outlet;
use super::byline_names::{after_by, is_name, names, surnames_first};
use super::draft::{Draft, Verdict};
use super::furniture::Before;

/// Longer lines are not bylines. Bytes.
const LONGEST: usize = 120;

/// No article has more writers. Beyond this number, repeated names are not looked for.
const MOST: usize = 100;

/// Removes a line that says who wrote the article.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if paragraph.len() > LONGEST || !draft.in_head() || draft.byline.len() >= MOST {
        return Verdict::Pass;
    }
    if is_outlet(paragraph) || is_stated(draft, paragraph) {
        // The name of the writer may be on the line above.
        if let Some(name) = draft.body.pop_if(|line| is_name(line)) {
            add(&mut draft.byline, &name);
        }
        if !says_role(paragraph) {
            add(&mut draft.byline, paragraph);
        }
    } else {
        let Some(names) = after_by(paragraph).and_then(names) else { return Verdict::Pass };
        for name in &names {
            draft.byline.retain(|known| !is_short_for(known, name));
            add(&mut draft.byline, name);
        }
    }
    drop_stated(draft);
    Verdict::Taken
}

/// Removes earlier lines that are names in the byline, which is known only now.
fn drop_stated(draft: &mut Draft<'_>) {
    let mut body = std::mem::take(&mut draft.body);
    body.retain(|line| !is_stated(draft, line));
    draft.body = body;
    draft.before = Before::after(draft.body.last().map(AsRef::as_ref));
}

/// The names in the byline fields of the source: without `By`, one name in each entry.
pub(super) fn of_source(lines: &[String]) -> Vec<String> {
    let mut byline = Vec::new();
    for line in lines {
        let line = after_by(line).unwrap_or(line);
        if is_outlet(line) && says_role(line) {
            continue;
        }
        match names(line).or_else(|| surnames_first(line)) {
            Some(names) => names.iter().for_each(|name| add(&mut byline, name)),
            None => add(&mut byline, line),
        }
    }
    byline
}

/// Adds a name without any `By` before it. A line may have more than one `By`.
fn add(byline: &mut Vec<String>, mut name: &str) {
    while let Some(bare) = after_by(name) {
        name = bare;
    }
    if byline.len() >= MOST || !byline.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
        byline.push(name.to_owned());
    }
}

/// Does an outlet's line say the role of the writer? `Staff Reporter`.
fn says_role(outlet: &str) -> bool {
    ["Special ", "Opinion ", "Staff ", "From ", "Wire "].iter().any(|role| outlet.starts_with(role))
}

/// Is the known name only the first name of a longer name? `Ben` of `Ben Everill`.
fn is_short_for(known: &str, name: &str) -> bool {
    let is_first_name = !known.contains(' ') && known.contains(char::is_lowercase) && !is_outlet(known);
    is_first_name && is_name(name) && name.strip_prefix(known).is_some_and(|rest| rest.starts_with(' '))
}

/// Is the line a name in the byline that the source states?
fn is_stated(draft: &Draft<'_>, line: &str) -> bool {
    draft.byline.iter().any(|name| name == line)
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
    fn the_fuller_name_wins() {
        let table: [(&str, &str, &[&str]); 4] = [
            ("Ben", "By Ben Everill", &["Ben Everill"]),
            ("Reuters", "By Reuters Roe", &["Reuters", "Reuters Roe"]),
            ("Ben", "By Benjamin Everill", &["Ben", "Benjamin Everill"]),
            ("Ben Roe", "By Ben Everill", &["Ben Roe", "Ben Everill"]),
        ];
        for (stated, line, expected) in table {
            let mut draft = Draft { byline: vec![stated.to_owned()], ..Draft::default() };
            assert_eq!(take(&mut draft, line), Verdict::Taken);
            assert_eq!(draft.byline, expected);
        }
    }

    #[test]
    fn bylines_of_the_source() {
        for (given, expected) in [
            (&["By Staff Reporter", "Staff Writer", "Jonathan Roe"][..], &["Jonathan Roe"][..]),
            (&["LAPALU, N., O'Roe, R. J."], &["LAPALU, N.", "O'Roe, R. J."]),
            (&["Von Christian Roe, dpa"], &["Christian Roe", "dpa"]),
            (&["Von Miller"], &["Von Miller"]),
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
