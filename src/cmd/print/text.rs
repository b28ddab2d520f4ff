//! Answers for people: rank, headline, source, day, where it stands, and the passage that matches.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::Style;
use morgue::hit::{FacetCounts, Hit, Timeline};
use unicode_width::UnicodeWidthStr;

use super::super::style::Styles;
use super::Head;
use super::bars;
use super::explain;
use super::wrap::{Run, paragraph, tame};

/// Prints answers for people.
#[derive(Debug)]
pub struct Text<W> {
    pub(super) out: W,
    styles: Styles,
    width: usize,
    summary: String,
    printed: u64,
    answers: u64,
}

impl<W: Write> Text<W> {
    pub(super) fn new(out: W, styles: Styles, width: usize) -> Text<W> {
        Text { out, styles, width, summary: String::new(), printed: 0, answers: 0 }
    }

    pub(super) fn head(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.printed = 0;
        self.answers += 1;
        self.summary = summary(head);
        if let Some(qid) = head.qid {
            if self.answers > 1 {
                writeln!(self.out)?;
            }
            let title = self.styles.title;
            let runs = [Run::new(format!("== {qid}: {}", head.query), title)];
            paragraph(&mut self.out, &runs, "", self.width)?;
            writeln!(self.out)?;
        }
        if let Some(explanation) = &head.hits.explanation {
            explain::query(&mut self.out, explanation, self.styles, self.width)?;
        }
        Ok(())
    }

    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let Styles { title, title_mark, mark, dim, .. } = self.styles;
        if self.printed > 0 {
            writeln!(self.out)?;
        }
        self.printed += 1;

        let number = format!("{:>2}  ", hit.rank);
        let indent = " ".repeat(number.len());
        let headline = if hit.title.is_empty() { "(no title)" } else { &hit.title };
        let mut lines = Vec::new();
        paragraph(&mut lines, &self.marked(headline, &hit.title_marks, title, title_mark), &indent, self.width)?;
        self.out.write_all(number.as_bytes())?;
        self.out.write_all(&lines[indent.len()..])?;

        let mut about = Vec::new();
        about.extend(hit.source.clone());
        about.extend(hit.published.map(|span| span.to_string()));
        about.extend((!hit.byline.is_empty()).then(|| hit.byline.join(", ")));
        if !about.is_empty() {
            paragraph(&mut self.out, &[Run::new(about.join(" · "), dim)], &indent, self.width)?;
        }

        let mut runs = Vec::new();
        let mut cut = false;
        for fragment in &hit.snippet.fragments {
            if !runs.is_empty() {
                runs.push(Run::new(" ", Style::new()));
            }
            // One gap has one ellipsis.
            if fragment.cut_before && !cut {
                runs.push(Run::new("… ", Style::new()));
            }
            cut = fragment.cut_after;
            runs.extend(self.marked(&fragment.text, &fragment.marks, Style::new(), mark));
            if fragment.cut_after {
                runs.push(Run::new(" …", Style::new()));
            }
        }
        paragraph(&mut self.out, &runs, &indent, self.width)?;
        if let Some(why) = &hit.why {
            explain::hit(&mut self.out, hit.score, why, &indent, self.width)?;
        }

        // One line, however long: it is there to be copied.
        let id = tame(&hit.id);
        write!(self.out, "{indent}{dim}{id}{dim:#}")?;
        if !id.starts_with(&hit.path) {
            let place = format!("({} record {})", tame(&hit.path), hit.record);
            let fits = [&*indent, &id, &place].iter().map(|text| text.width()).sum::<usize>() + 2 <= self.width;
            let gap = if fits { "  ".to_owned() } else { format!("\n{indent}") };
            write!(self.out, "{gap}{dim}{place}{dim:#}")?;
        }
        writeln!(self.out)
    }

    pub(super) fn tail(&mut self, facets: &[FacetCounts], timeline: Option<&Timeline>) -> io::Result<()> {
        if !facets.is_empty() {
            bars::facets(&mut self.out, facets, self.styles, self.width)?;
        }
        if let Some(timeline) = timeline {
            bars::timeline(&mut self.out, timeline, self.styles, self.width)?;
        }
        if self.printed > 0 || !facets.is_empty() || timeline.is_some() {
            writeln!(self.out)?;
        }
        paragraph(&mut self.out, &[Run::new(&self.summary, self.styles.title)], "", self.width)
    }

    /// `text` as runs; marks are in brackets where there are no colors.
    fn marked(&self, text: &str, marks: &[Range<usize>], style: Style, mark: Style) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = 0;
        for range in marks {
            runs.push(Run::new(&text[at..range.start], style));
            let marked = &text[range.clone()];
            runs.push(if self.styles.colored {
                Run::new(marked, mark)
            } else {
                Run::new(format!("[{marked}]"), style)
            });
            at = range.end;
        }
        runs.push(Run::new(&text[at..], style));
        runs
    }
}

/// How many there are, and which of them are listed.
fn summary(head: &Head<'_>) -> String {
    let mut out = count_of(head.hits.count, "article");
    if let Some(all) = head.hits.count_all_words {
        let _ = write!(out, ", {} with all words", grouped(all));
    }
    let listed = head.limit.map_or(u64::MAX, |limit| limit as u64);
    let first = (head.offset as u64).saturating_add(1);
    let last = (head.offset as u64).saturating_add(listed).min(head.hits.count);
    if last < head.hits.count && first <= last {
        let _ = write!(out, "; these are {} to {} (--offset {last} for more)", grouped(first), grouped(last));
    } else if first > head.hits.count && head.hits.count > 0 {
        out.push_str("; the offset is past the last one");
    } else if first > 1 && last > 0 {
        let _ = write!(out, "; these are {} to {}", grouped(first), grouped(last));
    }
    out
}

/// `1 article`, `1,234 articles`.
pub fn count_of(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with its thousands parted.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (n, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(grouped(n), expected);
        }
    }
}
