//! Removes bylines from the start of a body: `By JANE ROE`, `By Jane Roe and John Doe, Associated Press`, or the name
//! of a writer with the name of an outlet on the line below.

use morgue_article::date::{Date, DateSpan, Precision, parse_published};

use super::agencies::is_outlet;
use super::byline_names::{after_by, is_job_title, is_name, is_remark, names, surnames_first};
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
        let line = after_verb(paragraph);
        let (line, day) = without_day(line);
        let Some(names) = after_by(line).and_then(names) else { return Verdict::Pass };
        if let Some(day) = day {
            draft.day_line.get_or_insert(day);
        }
        for name in &names {
            draft.byline.retain(|known| !is_short_for(known, name));
            add(&mut draft.byline, name);
        }
    }
    drop_stated(draft);
    Verdict::Taken
}

/// The line from `by`, without the verb before it: `Posted by Jane Roe`.
fn after_verb(line: &str) -> &str {
    const VERBS: [&str; 6] = ["Posted", "Written", "Story", "Reported", "Published", "Words"];
    let after = VERBS.iter().find_map(|verb| line.strip_prefix(verb)?.strip_prefix(' '));
    after.filter(|rest| rest.starts_with("by ") || rest.starts_with("By ")).unwrap_or(line)
}

/// The line without the day of publication after the names, and the day: `By Jane Roe on June 4, 2019`, `By Jane Roe |
/// June 4, 2019 | 3 min read`.
fn without_day(line: &str) -> (&str, Option<Date>) {
    let day_of = |text: &str| {
        let day = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        parse_published(day).filter(|span| span.precision() == Precision::Day).map(DateSpan::first)
    };
    for mark in [" on ", " | ", " • ", " · ", " – ", " — ", " - ", ", "] {
        for (at, _) in line.match_indices(mark) {
            let rest = &line[at + mark.len()..];
            let until_mark = rest.split(['|', '•', '·']).next().unwrap_or(rest);
            if let Some(day) = day_of(until_mark) {
                return (&line[..at], Some(day));
            }
        }
    }
    (line, None)
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
        if (is_outlet(line) && says_role(line)) || is_no_author(line) {
            continue;
        }
        match names(line).or_else(|| surnames_first(line)) {
            Some(names) => names.iter().for_each(|name| add(&mut byline, name)),
            None => add(&mut byline, line),
        }
    }
    byline
}

/// Is the line a text of the page that stands where an author should be? `3 hours ago`, `Sign In`, `Senior Reporter`.
fn is_no_author(line: &str) -> bool {
    const OTHERS: [&str; 12] =
        ["by", "sign in", "log in", "login", "sign up", "subscribe", "author", "authors", "none", "null", "nan", "n/a"];
    let lower = line.trim().to_lowercase();
    OTHERS.contains(&lower.as_str()) || is_remark(&lower) || is_job_title(line) || parse_published(line).is_some()
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
        let table: [(&str, &[&str]); 23] = [
            ("By JANE ROE", &["JANE ROE"]),
            ("By Jane Roe, Staff Writer", &["Jane Roe"]),
            ("By Jane Roe and John van Doe, CNN", &["Jane Roe", "John van Doe", "CNN"]),
            (
                "By Jane Roe, Ann Poe and J. R. Doe | Associated Press",
                &["Jane Roe", "Ann Poe", "J. R. Doe", "Associated Press"],
            ),
            ("By The Associated Press", &["The Associated Press"]),
            ("By Jane Roe, jroe@echo.example", &["Jane Roe"]),
            ("By Jane Roe | jroe@echo.example", &["Jane Roe"]),
            ("By Jane Roe | June 4, 2019 | 3 min read", &["Jane Roe"]),
            ("By Jane Roe and John Doe • 3 hours ago", &["Jane Roe", "John Doe"]),
            ("By Jane Roe, June 4, 2019", &["Jane Roe"]),
            ("Posted by Jane Roe on June 4, 2019", &["Jane Roe"]),
            ("Posted by Jane Roe on 4 June 2019 at 10:15 am", &["Jane Roe"]),
            ("Written by Jane Roe", &["Jane Roe"]),
            ("Story by Jane Roe and John Doe", &["Jane Roe", "John Doe"]),
            ("By Jane Roe of the Brackwater Echo", &["Jane Roe"]),
            ("By Jane Roe for The Echo", &["Jane Roe"]),
            ("Posted by the mayor on June 4, 2019", &[]),
            ("By Jane Roe on the bridge", &[]),
            ("By June 4, 2019", &[]),
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
    fn the_day_of_a_byline_is_kept() {
        for line in ["Posted by Jane Roe on June 4, 2019", "By Jane Roe | June 4, 2019 | 3 min read"] {
            let mut draft = Draft::default();
            assert_eq!(take(&mut draft, line), Verdict::Taken);
            assert_eq!(draft.day_line, Date::new(2019, 6, 4), "{line}");
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
            (&["By Jane Roe and John Doe for The Echo"], &["Jane Roe", "John Doe"]),
            (&["Jane Roe", "John Doe for The Echo"], &["Jane Roe", "John Doe"]),
            (&["3 hours ago", "Sign In", "By", "Jane Roe", "Updated 5 minutes ago"], &["Jane Roe"]),
            (&["Senior Political Correspondent", "Jane Roe"], &["Jane Roe"]),
            (&["Jane Roe, jroe@echo.example"], &["Jane Roe"]),
            (&["June 4, 2019", "Jane Roe"], &["Jane Roe"]),
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
