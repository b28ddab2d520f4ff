//! A draft is an article whose body is being sorted, paragraph by paragraph, into story, captions and fields.
//!
//! Each paragraph is given to the [`RULES`] in their order until one of them removes it. Some rules apply only in the
//! head: before the first paragraph of the story, where title, byline, day and dateline are. The paragraphs are sorted
//! in one pass, and a removed paragraph has no effect on the paragraphs around it; so sorting the result again changes
//! nothing.

use std::borrow::Cow;

use morgue_article::date::{Date, Written};
use morgue_article::{Dateline, RawCaption};

use super::machine_endings::without_machine_ending;
use super::{byline, captions, dateline, day_line, furniture, sign_off, title};

/// The order of the rules over paragraphs.
const RULES: [Rule; 6] =
    [furniture::drop, captions::part, title::drop_repeated, day_line::take, byline::take, dateline::take];

/// Decides about the next paragraph of a draft.
type Rule = for<'t> fn(&mut Draft<'t>, &str) -> Verdict;

/// The decision of a rule about a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The rule does not apply.
    Pass,
    /// The paragraph is removed from the body.
    Taken,
    /// This number of bytes is removed from its start. The rest is given to all rules again.
    Rest(usize),
}

/// An article being sorted.
#[derive(Debug, Default)]
pub(super) struct Draft<'t> {
    pub(super) title: String,
    /// The letters and digits of the title, to recognize it in the body.
    pub(super) title_key: String,
    /// The publisher, as the source states it.
    pub(super) source: String,
    pub(super) byline: Vec<String>,
    pub(super) dateline: Option<Dateline>,
    /// The dateline's day, as written.
    pub(super) filed: Option<Written>,
    /// The day of a line that is nothing but a date.
    pub(super) day_line: Option<Date>,
    pub(super) captions: Vec<RawCaption>,
    /// The story's paragraphs so far.
    pub(super) body: Vec<Cow<'t, str>>,
    /// What the paragraph before was, for the rule of page furniture.
    pub(super) before: furniture::Before,
}

impl<'t> Draft<'t> {
    /// Sorts the paragraphs of a body.
    pub(super) fn sort(&mut self, paragraphs: Vec<Cow<'t, str>>) {
        self.body.reserve(paragraphs.len());
        for paragraph in paragraphs {
            let end = without_machine_ending(&paragraph).len();
            if end > 0 {
                self.sort_one(shortened(paragraph, end));
            }
        }
        while let Some(last) = self.body.pop() {
            let wire = self.dateline.as_ref().and_then(|dateline| dateline.wire.as_deref());
            if self.body.is_empty() || !sign_off::is_sign_off(&last, wire) {
                self.body.push(last);
                break;
            }
            let reporters = sign_off::reporters(&last);
            // A reporter's name alone above the story would also be the byline. Then it is not certain who wrote the
            // story.
            if self.byline.is_empty() && !self.body.iter().any(|line| reporters.iter().any(|name| name == line)) {
                self.byline = reporters;
            }
        }
    }

    fn sort_one(&mut self, paragraph: Cow<'t, str>) {
        let mut start = 0;
        let mut rules = RULES.iter();
        while let Some(rule) = rules.next() {
            let rest = paragraph[start..].trim_ascii_start();
            match rule(self, rest) {
                Verdict::Pass => {}
                Verdict::Taken => return,
                Verdict::Rest(taken) => {
                    start = paragraph.len() - rest.len() + taken;
                    rules = RULES.iter();
                }
            }
        }
        self.before = self.before.pushed();
        self.body.push(match paragraph {
            whole if start == 0 => whole,
            Cow::Borrowed(text) => Cow::Borrowed(text[start..].trim_ascii_start()),
            Cow::Owned(text) => Cow::Owned(text[start..].trim_ascii_start().to_owned()),
        });
    }

    /// Is the next paragraph before the story? It is if there is nothing, or only one or two labels, before it.
    pub(super) fn in_head(&self) -> bool {
        // The length first: this runs for every paragraph of the story.
        self.body.len() <= 5
            && self.body.iter().filter(|line| !is_desk_line(line)).count() < 3
            && self.body.iter().all(|line| is_label(line) || is_desk_line(line))
    }
}

/// The first bytes of a paragraph.
fn shortened(paragraph: Cow<'_, str>, len: usize) -> Cow<'_, str> {
    match paragraph {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..len]),
        Cow::Owned(mut text) => {
            text.truncate(len);
            Cow::Owned(text)
        }
    }
}

/// Longer lines are not labels. Bytes.
const LONGEST_LABEL: usize = 80;

/// Longer lines belong to the story. Bytes.
const LONGEST_DESK_LINE: usize = 300;

/// Is the line a field of an editor's copy? `Headline: Bridge closed`.
fn is_desk_line(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_DESK_LINE
        && ["Headline: ", "Abstract: ", "Slug: ", "Keywords: "].iter().any(|field| paragraph.starts_with(field))
}

/// Is the paragraph a short line but not a sentence: a name, a rubric, a line above the byline?
fn is_label(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_LABEL && !paragraph.ends_with(['.', '!', '?', '"', '”', '…', ':', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_head_after(body: &[&str]) -> bool {
        let body = body.iter().map(|paragraph| Cow::Owned((*paragraph).to_owned())).collect();
        Draft { body, ..Draft::default() }.in_head()
    }

    #[test]
    fn the_head_ends_at_the_first_paragraph_of_the_story() {
        let abstract_line = "Abstract: The mayor of Brackwater shut the old bridge.";
        assert!(in_head_after(&[]));
        assert!(in_head_after(&["Brackwater", "Bridges"]));
        assert!(in_head_after(&["BRI", "Headline: Bridge closed", abstract_line, "Gol PGA"]));
        assert!(!in_head_after(&["Abstract", "The mayor of Brackwater shut the old bridge."]));
        assert!(!in_head_after(&["BRI", "Headline: Bridge closed", "Brackwater", "Bridges"]));
        assert!(!in_head_after(&[abstract_line, "The mayor spoke on Monday."]));
    }
}
