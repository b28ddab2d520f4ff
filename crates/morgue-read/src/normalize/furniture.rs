//! Page furniture: what a page says about itself between the paragraphs of its article, `Related Articles`, `Back to
//! top`, `Sign up for our newsletter`. It goes only as a whole paragraph, every sentence of which is furniture.
//!
//! A line such as `Facebook` may be a button or a heading of the story: it goes only beside other furniture.

use morgue_article::WordList;

use super::draft::{Draft, Verdict};
use super::furniture_sentences::is_all_furniture;

/// Lines that are always furniture.
static LINES: WordList = WordList::new(include_str!("words/furniture_lines.txt"));

/// Lines that are furniture only next to other furniture.
static BUTTONS: WordList = WordList::new(include_str!("words/furniture_buttons.txt"));

/// The longest line in the lists. Bytes.
const LONGEST_LINE: usize = 60;

/// What the paragraph before was, as far as it tells about the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Before {
    /// The story, or nothing.
    #[default]
    Story,
    /// A line that is furniture only beside furniture is being looked at.
    Arriving,
    /// Such a line is the last of the body.
    Waiting,
    /// Furniture.
    Furniture,
}

impl Before {
    /// What the body's last paragraph is to the next one, once it is there.
    pub(super) fn pushed(self) -> Before {
        if self == Before::Arriving { Before::Waiting } else { Before::Story }
    }

    /// What the body's last paragraph is to the next one, when the one after it has been taken off again.
    pub(super) fn after(last: Option<&str>) -> Before {
        match last.map(kind) {
            Some(Kind::BesideFurniture) => Before::Waiting,
            _ => Before::Story,
        }
    }
}

/// Takes page furniture off the body.
pub(super) fn drop(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    match kind(paragraph) {
        Kind::Story => return Verdict::Pass,
        Kind::BesideFurniture if matches!(draft.before, Before::Story | Before::Arriving) => {
            draft.before = Before::Arriving;
            return Verdict::Pass;
        }
        Kind::BesideFurniture | Kind::Furniture => {}
    }
    if draft.before == Before::Waiting {
        draft.body.pop();
    }
    draft.before = Before::Furniture;
    Verdict::Taken
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Story,
    Furniture,
    BesideFurniture,
}

fn kind(paragraph: &str) -> Kind {
    if paragraph.len() <= LONGEST_LINE {
        if is_rule(paragraph) {
            return Kind::Furniture;
        }
        let line = key(paragraph);
        if LINES.contains(&line) {
            return Kind::Furniture;
        }
        if BUTTONS.contains(&line) {
            return Kind::BesideFurniture;
        }
    }
    if is_all_furniture(paragraph) { Kind::Furniture } else { Kind::Story }
}

/// A line drawn with marks: `___`, `* * *`.
fn is_rule(paragraph: &str) -> bool {
    let drawn =
        paragraph.chars().all(|c| matches!(c, '_' | '-' | '*' | '=' | '.' | '·' | '•' | '—' | '–' | '~' | '|' | ' '));
    // `###` and `-30-` are sign-offs; a lone point or dash is dirt.
    drawn && !paragraph.is_empty()
}

/// A line in lower case, without marks about it, its quotes straight.
fn key(line: &str) -> String {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    bare.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story_of(paragraphs: &[&str]) -> Vec<String> {
        let mut draft = Draft::default();
        draft.sort(paragraphs.iter().map(|p| (*p).into()).collect());
        draft.body.into_iter().map(|p| p.into_owned()).collect()
    }

    #[test]
    fn furniture_goes() {
        let lines = [
            "Related Articles",
            "Back to top button",
            "ADVERTISEMENT",
            "▶ Read more »",
            "Share this:",
            "___",
            "Story continues below advertisement",
            "[Advertisement]",
        ];
        for line in lines {
            assert_eq!(kind(line), Kind::Furniture, "{line}");
        }
    }

    #[test]
    fn the_story_stays() {
        let lines = [
            "Related articles of the law were struck down.",
            "The advertisement was withdrawn.",
            "Share this with nobody, she said.",
            "Back to top form",
            "Read more books",
            "?",
            "🙂",
            "C++",
            "1,000+",
        ];
        for line in lines {
            assert_eq!(kind(line), Kind::Story, "{line}");
        }
    }

    #[test]
    fn buttons_go_in_company_only() {
        assert_eq!(story_of(&["Facebook", "The company grew.", "Twitter", "So did this."]).len(), 4);
        assert_eq!(
            story_of(&["The bridge is shut.", "Facebook", "Twitter", "Share this", "Email"]),
            ["The bridge is shut."]
        );
        assert_eq!(story_of(&["Print", "Share", "The bridge is shut."]), ["The bridge is shut."]);
    }

    #[test]
    fn lines_fit() {
        for list in [&LINES, &BUTTONS] {
            assert!(list.entries().iter().all(|line| line.len() <= LONGEST_LINE && key(line) == *line));
        }
    }
}
