//! A draft: an article whose body is being sorted, paragraph by paragraph, into story, captions and fields.
//!
//! Each paragraph goes through [`RULES`] in their order until one takes it. Some rules hold only in the head: before
//! the first paragraph of the story, where title, byline, day and dateline stand. One pass in order makes the outcome
//! its own fixed point: what a rule takes away is, to the paragraphs around it, as if it had never been there.

use std::borrow::Cow;

use morgue_article::date::{Date, Written};
use morgue_article::{Dateline, RawCaption};

use super::{byline, captions, dateline, day_line, furniture, sign_off, title};

/// The order of the rules over paragraphs.
const RULES: [Rule; 6] =
    [furniture::drop, captions::part, title::drop_repeated, day_line::take, byline::take, dateline::take];

/// Looks at the next paragraph of a draft.
type Rule = for<'t> fn(&mut Draft<'t>, &str) -> Verdict;

/// What a rule makes of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not this rule's.
    Pass,
    /// Taken off the body.
    Taken,
    /// The first so many bytes are taken off; the rest is looked at again.
    Rest(usize),
}

/// An article being sorted.
#[derive(Debug, Default)]
pub(super) struct Draft<'t> {
    pub(super) title: String,
    /// The title's letters and digits, to know it again.
    pub(super) title_key: String,
    /// Who published it, as the source says.
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
    /// What the paragraph before was to the rule of furniture.
    pub(super) before: furniture::Before,
}

impl<'t> Draft<'t> {
    /// Sorts the paragraphs of a body.
    pub(super) fn sort(&mut self, paragraphs: Vec<Cow<'t, str>>) {
        self.body.reserve(paragraphs.len());
        for paragraph in paragraphs {
            self.sort_one(paragraph);
        }
        while let Some(last) = self.body.pop() {
            let wire = self.dateline.as_ref().and_then(|dateline| dateline.wire.as_deref());
            if self.body.is_empty() || !sign_off::is_sign_off(&last, wire) {
                self.body.push(last);
                break;
            }
            let reporters = sign_off::reporters(&last);
            // A name that stands alone above the story would be its byline too: whose it is, is not sure.
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

    /// Whether the next paragraph stands before the story: after nothing, or a label or two.
    pub(super) fn in_head(&self) -> bool {
        // The length first: this is asked for every paragraph of the story.
        self.body.len() <= 5
            && self.body.iter().filter(|line| !is_desk_line(line)).count() < 3
            && self.body.iter().all(|line| is_label(line) || is_desk_line(line))
    }
}

/// Longer lines are no labels. Bytes.
const LONGEST_LABEL: usize = 80;

/// Longer lines are the story's. Bytes.
const LONGEST_DESK_LINE: usize = 300;

/// A line in which a desk's copy says of itself what its fields would: `Headline: Bridge closed`.
fn is_desk_line(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_DESK_LINE
        && ["Headline: ", "Abstract: ", "Slug: ", "Keywords: "].iter().any(|field| paragraph.starts_with(field))
}

/// A short line that is no sentence: a name, a rubric, a line above the byline.
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
    fn what_stands_before_the_story() {
        let abstract_line = "Abstract: The mayor of Brackwater shut the old bridge.";
        assert!(in_head_after(&[]));
        assert!(in_head_after(&["Brackwater", "Bridges"]));
        assert!(in_head_after(&["BRI", "Headline: Bridge closed", abstract_line, "Gol PGA"]));
        assert!(!in_head_after(&["Abstract", "The mayor of Brackwater shut the old bridge."]));
        assert!(!in_head_after(&["BRI", "Headline: Bridge closed", "Brackwater", "Bridges"]));
        assert!(!in_head_after(&[abstract_line, "The mayor spoke on Monday."]));
    }
}
