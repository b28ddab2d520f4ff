//! Makes paragraphs from the lines of a body. A paragraph is one line with single blanks.
//!
//! Some bodies have one paragraph on each line; others are wrapped at a column, with blank lines or indents between
//! paragraphs. A wrapped line ends where the next word does not fit, and mostly in the middle of a sentence. If the
//! line ends of a body show this, its lines are joined. All passes iterate over the lines and store no list of them,
//! because a hostile body may be one long column.

use std::borrow::Cow;

use super::characters::push_collapsed;
use super::hyphens::Hyphens;

/// The narrowest and the widest column at which text is wrapped, in characters.
const NARROWEST: usize = 28;
const WIDEST: usize = 160;

/// A body with at least this share of line ends in the middle of a sentence is certainly wrapped.
const MOSTLY: f32 = 0.5;

/// Cuts a body into paragraphs. `after_dateline` says that the source has the dateline in another field, so that the
/// first line is shorter.
pub(super) fn paragraphs(body: &str, after_dateline: bool) -> Vec<Cow<'_, str>> {
    match Layout::of(body) {
        Some(layout) => layout.join(body, after_dateline),
        None => by_commas(body).unwrap_or_else(|| body.lines().filter_map(line_as_paragraph).collect()),
    }
}

/// Fewer lines that end in a comma may be verse or an address.
const FEWEST_COMMAS: usize = 3;

/// Joins wrapped lists of names: a line that ends in a comma continues on the next line. `None` if the next word fits
/// on one of these lines, as in verse.
fn by_commas(body: &str) -> Option<Vec<Cow<'_, str>>> {
    let ends_in_comma = |line: &Line<'_>| line.text.ends_with(',');
    if pairs(body).filter(|(line, _)| ends_in_comma(line)).count() < FEWEST_COMMAS {
        return None;
    }
    let width = body.lines().filter_map(Line::new).map(Line::width).max()?;
    let layout = Layout { width, margin: 0, has_indents: false, runs_on: false };
    let all_full = pairs(body).filter(|(line, _)| ends_in_comma(line)).all(|(line, next)| layout.is_full(line, next));
    if !all_full || !(NARROWEST..WIDEST).contains(&width) {
        return None;
    }
    Some(joined(body, |line, _, _| ends_in_comma(&line)))
}

/// A line as one paragraph; `None` if it is blank.
fn line_as_paragraph(line: &str) -> Option<Cow<'_, str>> {
    let line = line.trim_ascii();
    if line.is_empty() {
        return None;
    }
    let bytes = line.as_bytes();
    if !bytes.windows(2).any(|pair| pair == b"  " || pair[0] == b'\t') {
        return Some(Cow::Borrowed(line));
    }
    let mut collapsed = String::with_capacity(line.len());
    push_collapsed(&mut collapsed, line);
    Some(Cow::Owned(collapsed))
}

/// The layout of a wrapped body.
struct Layout {
    /// The characters in its longest lines, including indents.
    width: usize,
    /// The characters before lines that are not indented.
    margin: usize,
    /// Some lines are indented, so an indent starts a paragraph.
    has_indents: bool,
    /// Most line ends are in the middle of a sentence.
    runs_on: bool,
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    indent: usize,
}

impl<'t> Line<'t> {
    fn new(line: &'t str) -> Option<Line<'t>> {
        let text = line.trim_ascii();
        let indent = line.len() - line.trim_ascii_start().len();
        (!text.is_empty()).then_some(Line { text, indent })
    }

    fn width(self) -> usize {
        self.indent + if self.text.is_ascii() { self.text.len() } else { self.text.chars().count() }
    }

    /// Do the end of this line and the start of the next line look like the middle of a sentence?
    fn runs_on_into(self, next: Line<'_>) -> bool {
        let ends_open = self.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '—' | '–' | '\''));
        let shouted = !self.text.bytes().any(|b| b.is_ascii_lowercase());
        ends_open
            && (next.text.starts_with(char::is_lowercase) || (shouted && next.text.starts_with(char::is_uppercase)))
    }
}

/// All pairs of consecutive lines without a blank line between them.
fn pairs<'t>(body: &'t str) -> impl Iterator<Item = (Line<'t>, Line<'t>)> {
    let mut previous = None;
    body.lines().filter_map(move |line| {
        let line = Line::new(line);
        let before = std::mem::replace(&mut previous, line);
        before.zip(line)
    })
}

impl Layout {
    /// The layout of a body, or `None` if each line is a paragraph.
    fn of(body: &str) -> Option<Layout> {
        pairs(body).next()?;
        let margin = body.lines().filter_map(Line::new).map(|line| line.indent).min()?;
        let mut layout = Layout { width: 0, margin, has_indents: false, runs_on: false };
        let (mut breaks, mut running_on) = (0_usize, 0_usize);
        let mut widths = [0_usize; WIDEST + 1];
        for (line, next) in pairs(body) {
            if layout.opens(next) {
                layout.has_indents = true;
                continue;
            }
            breaks += 1;
            running_on += usize::from(line.runs_on_into(next));
            widths[line.width().min(WIDEST)] += 1;
        }
        layout.width = fullest(&widths, breaks);
        if running_on == 0 || !(NARROWEST..WIDEST).contains(&layout.width) {
            return None;
        }
        let full = pairs(body).filter(|(line, next)| !layout.opens(*next) && layout.is_full(*line, *next)).count();
        let (full, running_on) = (full as f32 / breaks as f32, running_on as f32 / breaks as f32);
        layout.runs_on = running_on >= MOSTLY;
        // In prose wrapped at a column, 0.5 to 0.9 of the line ends are in the middle of a sentence; in lists and
        // verse, almost none. A wrapped text of names and numbers is known by its indents and full lines. Measured on
        // 19,000 agency stories.
        let is_wrapped = (layout.runs_on && full >= 0.25)
            || (running_on >= 0.3 && full >= 0.6)
            || (layout.has_indents && layout.width >= 50 && full >= 0.8);
        is_wrapped.then_some(layout)
    }

    /// Does the indent of a line start a paragraph?
    fn opens(&self, line: Line<'_>) -> bool {
        line.indent > self.margin
    }

    /// Is the line too full for the first word of the next line?
    fn is_full(&self, line: Line<'_>, next: Line<'_>) -> bool {
        let word = next.text.split([' ', '\t']).next().map_or(0, |word| word.chars().take(WIDEST).count());
        line.width() + 1 + word > self.width
    }

    /// Do two lines belong to one paragraph?
    fn goes_on(&self, line: Line<'_>, next: Line<'_>, first: bool) -> bool {
        if self.opens(next) {
            return false;
        }
        let after_dateline = first && self.has_indents;
        let ends_open = line.text.ends_with(|c: char| c.is_lowercase() || c == ',');
        let ragged = self.runs_on && self.has_indents && ends_open && line.width() * 3 >= self.width * 2;
        after_dateline
            || ragged
            || self.is_full(line, next)
            || (line.runs_on_into(next) && line.width() * 2 >= self.width)
    }

    fn join<'t>(&self, body: &'t str, after_dateline: bool) -> Vec<Cow<'t, str>> {
        joined(body, |line, next, first| self.goes_on(line, next, first && after_dateline))
    }
}

/// Joins each line to the line before it if `goes_on` says so. The third argument of `goes_on` is true for the first
/// pair of lines.
fn joined<'t>(body: &'t str, goes_on: impl Fn(Line<'t>, Line<'t>, bool) -> bool) -> Vec<Cow<'t, str>> {
    let mut hyphens = Hyphens::new(body);
    let mut paragraphs: Vec<Cow<'t, str>> = Vec::new();
    let mut previous: Option<Line<'t>> = None;
    let mut lines_joined = 0_usize;
    for raw in body.lines() {
        let line = Line::new(raw);
        let (before, after) = (std::mem::replace(&mut previous, line), line);
        let Some(line) = after else { continue };
        let first = lines_joined == 1 && paragraphs.len() == 1;
        lines_joined += 1;
        match (before, paragraphs.last_mut()) {
            (Some(before), Some(open)) if goes_on(before, line, first) => {
                let open = open.to_mut();
                hyphens.join(open, line.text);
            }
            _ => paragraphs.extend(line_as_paragraph(line.text)),
        }
    }
    paragraphs
}

/// The width that all but a few lines stay within: one line in twenty may be wider, and one more in a body of eight
/// lines or more.
fn fullest(widths: &[usize; WIDEST + 1], lines: usize) -> usize {
    let outliers = lines / 20 + usize::from(lines >= 8);
    let mut wider = 0;
    for (width, count) in widths.iter().enumerate().rev() {
        wider += count;
        if wider > outliers {
            return width;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_paragraph_a_line_stays_so() {
        let body = "The mayor spoke on Monday.\n\n  The  bridge\tstays shut. \nNobody was hurt.\n";
        assert_eq!(
            paragraphs(body, false),
            ["The mayor spoke on Monday.", "The bridge stays shut.", "Nobody was hurt."]
        );
    }

    #[test]
    fn lists_stay_lists() {
        let body = "You need:\nflour\nsugar\nfour large eggs\n- butter at the temperature of the room\n- salt";
        assert_eq!(paragraphs(body, false).len(), 6);
    }

    #[test]
    fn lists_of_names_go_on_after_their_commas() {
        let body = "International Match\nBrackwater v Kestrel\nBrackwater: Roe, M. Doe, I. Poe, Quill, Coe, Noe,\n\
                    Jonathan, Moe, Zoe, Vela.\nReplacements: Munoz, Reyes, Layun, Loe, Foe,\nPeralta, Soe.\n\
                    Kestrel: Penedo, Machado, Godoy, Gomez, Parris,\nPimentel, Henriquez.";
        let expected = [
            "International Match",
            "Brackwater v Kestrel",
            "Brackwater: Roe, M. Doe, I. Poe, Quill, Coe, Noe, Jonathan, Moe, Zoe, Vela.",
            "Replacements: Munoz, Reyes, Layun, Loe, Foe, Peralta, Soe.",
            "Kestrel: Penedo, Machado, Godoy, Gomez, Parris, Pimentel, Henriquez.",
        ];
        assert_eq!(paragraphs(body, false), expected);
        let verse = "The bridge is shut, the river wide,\nNo trader comes from the other side,\nThe mayor sleeps,\n\
                     The council weeps,\nAnd nobody knows what to decide.";
        assert_eq!(paragraphs(verse, false).len(), 5);
        let two = "Jane Roe of the bridge committee of Brackwater,\nJonathan Doe of the town council of Kestrel,\n\
                   Anna Poe";
        assert_eq!(paragraphs(two, false).len(), 3);
    }

    #[test]
    fn blank_lines_part_wrapped_paragraphs() {
        let body = "The council of Brackwater voted on Tuesday to close the\nold bridge over the river for repairs \
                    that will take at\nleast a year.\n\nTraders on the market square said that they had not\nbeen \
                    asked.\n";
        let expected = [
            "The council of Brackwater voted on Tuesday to close the old bridge over the river for repairs that will \
             take at least a year.",
            "Traders on the market square said that they had not been asked.",
        ];
        assert_eq!(paragraphs(body, false), expected);
    }

    #[test]
    fn indents_open_wrapped_paragraphs() {
        let body = "Ostrava Steel Corp, the\nlargest of the region's makers, said it had agreed to sell its\nworks \
                    for 12 mln dlrs in cash.\n    The buyer was not named.\n    Shares of the company closed up one \
                    at 14 on volume of more\nthan 100,000 in the afternoon.\n Wire\n";
        let expected = [
            "Ostrava Steel Corp, the largest of the region's makers, said it had agreed to sell its works for 12 mln \
             dlrs in cash.",
            "The buyer was not named.",
            "Shares of the company closed up one at 14 on volume of more than 100,000 in the afternoon.",
            "Wire",
        ];
        assert_eq!(paragraphs(body, true), expected);
    }

    #[test]
    fn one_wide_line_hides_no_wrap() {
        let body = "The mayor of Brackwater said\nhe will ask the council to pay for repairs of the\nbridge when it \
                    meets in the town hall on\nMonday.\n    He told a meeting ahead of the vote that\nthe damage \
                    that was done to the piers would take\nat least a year to mend, and that the town has no\nmoney \
                    for it.\n    Traders on the square said that they had not\nbeen asked, and that their takings \
                    would fall by as much as a half if it were shut,\nthey said.";
        assert_eq!(paragraphs(body, true).len(), 3);
    }

    #[test]
    fn a_wrapped_text_in_capitals_is_joined() {
        let body = "THE CABINET MET FOR THE THIRD TIME THIS WEEK AND COULD NOT\nAGREE ON A NAME FOR THE NEW PROVINCE, \
                    WHICH HAS BEEN WITHOUT\nONE SINCE MAY.";
        assert_eq!(paragraphs(body, false).len(), 1);
    }
}
