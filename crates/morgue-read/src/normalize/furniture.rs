//! Removes page furniture: texts of the page between the paragraphs of its article, such as `Related Articles`, `Back
//! to top`, `Sign up for our newsletter`. It is removed only if every sentence of the paragraph is furniture.
//!
//! A line such as `Facebook` may be a button or a heading of the story. It is removed only next to other furniture.

use morgue_article::WordList;

use super::draft::{Draft, Verdict};
use super::furniture_sentences::is_all_furniture;

/// Lines that are always furniture.
static LINES: WordList = WordList::new(include_str!("words/furniture_lines.txt"));

/// Lines that are furniture only next to other furniture.
static BUTTONS: WordList = WordList::new(include_str!("words/furniture_buttons.txt"));

/// The longest line in the lists. Bytes.
const LONGEST_LINE: usize = 60;

/// What the paragraph before was, as far as that matters for the next paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Before {
    /// A paragraph of the story, or there is no paragraph before.
    #[default]
    Story,
    /// The current paragraph is furniture only next to furniture, and is about to be added to the body.
    ButtonComes,
    /// The last paragraph of the body is furniture only next to furniture.
    Button,
    /// Furniture.
    Furniture,
}

impl Before {
    /// The state after the current paragraph was added to the body.
    pub(super) fn pushed(self) -> Before {
        if self == Before::ButtonComes { Before::Button } else { Before::Story }
    }

    /// The state after paragraphs were removed from the end of the body, which now ends with `last`.
    pub(super) fn after(last: Option<&str>) -> Before {
        match last.map(kind) {
            Some(ParagraphKind::Button) => Before::Button,
            _ => Before::Story,
        }
    }
}

/// Removes page furniture from the body.
pub(super) fn drop(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    match kind(paragraph) {
        ParagraphKind::Story => return Verdict::Pass,
        ParagraphKind::Button if matches!(draft.before, Before::Story | Before::ButtonComes) => {
            draft.before = Before::ButtonComes;
            return Verdict::Pass;
        }
        ParagraphKind::Button | ParagraphKind::Furniture => {}
    }
    if draft.before == Before::Button {
        draft.body.pop();
    }
    draft.before = Before::Furniture;
    Verdict::Taken
}

/// The kind of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ParagraphKind {
    Story,
    Furniture,
    /// Furniture only next to other furniture.
    Button,
}

fn kind(paragraph: &str) -> ParagraphKind {
    if paragraph.len() <= LONGEST_LINE {
        if is_rule(paragraph) {
            return ParagraphKind::Furniture;
        }
        let line = key(paragraph);
        if LINES.contains(&line) {
            return ParagraphKind::Furniture;
        }
        if BUTTONS.contains(&line) {
            return ParagraphKind::Button;
        }
    }
    if is_all_furniture(paragraph) { ParagraphKind::Furniture } else { ParagraphKind::Story }
}

/// Is the paragraph a line drawn with punctuation? `___`, `* * *`.
fn is_rule(paragraph: &str) -> bool {
    let drawn =
        paragraph.chars().all(|c| matches!(c, '_' | '-' | '*' | '=' | '.' | '·' | '•' | '—' | '–' | '~' | '|' | ' '));
    // A single full stop or dash also counts. `###` and `-30-` are sign-offs.
    drawn && !paragraph.is_empty()
}

/// The line in lower case with straight quotes, without punctuation around it.
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
            assert_eq!(kind(line), ParagraphKind::Furniture, "{line}");
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
            assert_eq!(kind(line), ParagraphKind::Story, "{line}");
        }
    }

    #[test]
    fn buttons_go_only_next_to_furniture() {
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
