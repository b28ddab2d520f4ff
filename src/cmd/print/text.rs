//! Prints answers for people: for each hit the rank, headline, source, day, matching passages and id.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::hit::{FacetCounts, Hit, Timeline};

use super::super::style::Styles;
use super::AnswerHeader;
use super::bars;
use super::explain;
use super::numbers::{count_of, grouped};
use super::wrap::{StyledText, print_paragraph, terminal_safe};

/// Prints answers for people.
#[derive(Debug)]
pub(crate) struct Text<W> {
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

    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        self.printed = 0;
        self.answers += 1;
        self.summary = summary(header);
        if let Some(qid) = header.qid {
            if self.answers > 1 {
                writeln!(self.out)?;
            }
            let title = self.styles.title;
            let texts = [StyledText::new(format!("== {qid}: {}", header.query), title)];
            print_paragraph(&mut self.out, &texts, "", self.width)?;
            writeln!(self.out)?;
        }
        if let Some(explanation) = &header.hits.explanation {
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
        // The rank takes the place of the indent of the first line.
        let mut lines = Vec::new();
        print_paragraph(&mut lines, &self.marked(headline, &hit.title_marks, title, title_mark), &indent, self.width)?;
        self.out.write_all(number.as_bytes())?;
        self.out.write_all(&lines[indent.len()..])?;

        let mut about = Vec::new();
        about.extend(hit.source.clone());
        about.extend(hit.published.map(|span| span.to_string()));
        about.extend((!hit.byline.is_empty()).then(|| hit.byline.join(", ")));
        if !about.is_empty() {
            print_paragraph(&mut self.out, &[StyledText::new(about.join(" · "), dim)], &indent, self.width)?;
        }

        let snippet = self.snippet(hit, mark);
        print_paragraph(&mut self.out, &snippet, &indent, self.width)?;
        if let Some(why) = &hit.why {
            explain::hit(&mut self.out, hit.score, why, &indent, self.width)?;
        }
        self.print_id(hit, &indent)
    }

    /// The fragments of the snippet, with an ellipsis where text is left out.
    fn snippet(&self, hit: &Hit, mark: Style) -> Vec<StyledText> {
        let mut texts = Vec::new();
        let mut has_ellipsis = false;
        for fragment in &hit.snippet.fragments {
            if !texts.is_empty() {
                texts.push(StyledText::new(" ", Style::new()));
            }
            // Between two fragments stands one ellipsis.
            if fragment.cut_before && !has_ellipsis {
                texts.push(StyledText::new("… ", Style::new()));
            }
            has_ellipsis = fragment.cut_after;
            texts.extend(self.marked(&fragment.text, &fragment.marks, Style::new(), mark));
            if fragment.cut_after {
                texts.push(StyledText::new(" …", Style::new()));
            }
        }
        texts
    }

    /// Prints the id on one line, however long, so that people can copy it. The place follows where the id does not say it.
    fn print_id(&mut self, hit: &Hit, indent: &str) -> io::Result<()> {
        let dim = self.styles.dim;
        let id = terminal_safe(&hit.id);
        write!(self.out, "{indent}{dim}{id}{dim:#}")?;
        if !id.starts_with(&hit.path) {
            let place = format!("({} record {})", terminal_safe(&hit.path), hit.record);
            let fits = [indent, &id, &place].iter().map(|text| text.width()).sum::<usize>() + 2 <= self.width;
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
        print_paragraph(&mut self.out, &[StyledText::new(&self.summary, self.styles.title)], "", self.width)
    }

    /// `text` with its marks. Without colors, marks stand in brackets.
    fn marked(&self, text: &str, marks: &[Range<usize>], style: Style, mark: Style) -> Vec<StyledText> {
        let mut texts = Vec::new();
        let mut at = 0;
        for range in marks {
            texts.push(StyledText::new(&text[at..range.start], style));
            let marked = &text[range.clone()];
            texts.push(if self.styles.is_colored {
                StyledText::new(marked, mark)
            } else {
                StyledText::new(format!("[{marked}]"), style)
            });
            at = range.end;
        }
        texts.push(StyledText::new(&text[at..], style));
        texts
    }
}

/// The last line of an answer: the number of hits, and which of them are listed.
fn summary(header: &AnswerHeader<'_>) -> String {
    let mut out = count_of(header.hits.count, "article");
    if let Some(all) = header.hits.count_all_words {
        let _ = write!(out, ", {} with all words", grouped(all));
    }
    let listed = header.limit.map_or(u64::MAX, |limit| limit as u64);
    let first = (header.offset as u64).saturating_add(1);
    let last = (header.offset as u64).saturating_add(listed).min(header.hits.count);
    if last < header.hits.count && first <= last {
        let _ = write!(out, "; these are {} to {} (--offset {last} for more)", grouped(first), grouped(last));
    } else if first > header.hits.count && header.hits.count > 0 {
        out.push_str("; the offset is past the last one");
    } else if first > 1 && last > 0 {
        let _ = write!(out, "; these are {} to {}", grouped(first), grouped(last));
    }
    out
}
