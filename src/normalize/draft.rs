//! A draft: an article whose body is being sorted, paragraph by paragraph, into story, captions and fields.
//!
//! Each paragraph goes through [`RULES`] in their order until one takes it. Some rules hold only in the head: before
//! the first paragraph of the story, where title, byline, day and dateline stand. One pass in order makes the outcome
//! its own fixed point: what a rule takes away is, to the paragraphs around it, as if it had never been there.

use std::borrow::Cow;

use crate::article::{Dateline, RawCaption};
use crate::date::{Date, Written};

use super::{byline, captions, dateline, day_line, furniture, sign_off, title};

/// The order of the rules over paragraphs.
const RULES: [(&str, Rule); 6] = [
    ("furniture", furniture::drop),
    ("caption", captions::part),
    ("title repeated", title::drop_repeated),
    ("day line", day_line::take),
    ("byline", byline::take),
    ("dateline", dateline::take),
];

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

/// What a rule took off a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The rule's name.
    pub rule: &'static str,
    /// What it took.
    pub text: String,
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
    /// What was taken off, when asked for.
    pub(super) taken: Option<Vec<Taken>>,
}

impl<'t> Draft<'t> {
    /// Sorts the paragraphs of a body.
    pub(super) fn sort(&mut self, paragraphs: Vec<Cow<'t, str>>) {
        self.body.reserve(paragraphs.len());
        for paragraph in paragraphs {
            self.sort_one(paragraph);
        }
        while let Some(last) = self.body.pop() {
            if !sign_off::is_sign_off(&last) || self.body.is_empty() {
                self.body.push(last);
                break;
            }
            self.note("sign-off", &last);
        }
    }

    fn sort_one(&mut self, paragraph: Cow<'t, str>) {
        let mut start = 0;
        let mut rules = RULES.iter();
        while let Some((name, rule)) = rules.next() {
            let rest = paragraph[start..].trim_ascii_start();
            match rule(self, rest) {
                Verdict::Pass => {}
                Verdict::Taken => return self.note(name, rest),
                Verdict::Rest(taken) => {
                    self.note(name, &rest[..taken]);
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
        self.body.len() < 3 && self.body.iter().all(|paragraph| is_label(paragraph))
    }

    /// Notes what a rule took.
    pub(super) fn note(&mut self, rule: &'static str, text: &str) {
        if let Some(taken) = &mut self.taken {
            taken.push(Taken { rule, text: text.to_owned() });
        }
    }
}

/// Longer lines are no labels. Bytes.
const LONGEST_LABEL: usize = 80;

/// A short line that is no sentence: a name, a rubric, a line above the byline.
fn is_label(paragraph: &str) -> bool {
    paragraph.len() <= LONGEST_LABEL && !paragraph.ends_with(['.', '!', '?', '"', '”', '…', ':', ','])
}
