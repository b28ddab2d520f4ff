//! `morgue show`: prints an article of the index, with its names and dates marked, and its origin.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::ops::Range;

use anstyle::Style;
use clap::Args;

use crate::Index;
use crate::article::{Article, DateOrigin, Entity, EntityKind, Zone};
use crate::hit::Stored;

use super::console::Console;
use super::failure::Failure;
use super::print::wrap::{StyledText, print_paragraph, terminal_safe};
use super::print::{TextOrJson, print_json_object};
use super::style::Styles;
use super::terminal::output_width;
use super::{Exit, Global};

/// Flags of `morgue show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue show 'corpus/harbor.jsonl#3'
  morgue show 'corpus/harbor.jsonl#3' --plain | less
  morgue show https://example.com/dam --format json

Without colors, a name is followed by its kind and a date by its days: [Nairobi|place],
[Aug. 7|1998-08-07]. Exit code: 0, 1 when there is no such article, 2 after an error.")]
pub(super) struct Flags {
    /// Ids as `search` prints them, ids of the source, or PATH#RECORD
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// Print the text only, without marks
    #[arg(long)]
    plain: bool,
    /// How articles are printed: text or json
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: TextOrJson,
}

/// Prints the articles.
pub(super) fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let searcher = Index::open(&global.index)?.searcher()?;
    let mut out = BufWriter::new(io::stdout());
    let page = ArticlePage { styles: console.output_styles(), width: output_width(), plain: flags.plain };
    let (mut shown, mut missing) = (0, false);
    for id in &flags.ids {
        let Some(stored) = searcher.get(id)? else {
            console.warn(&format!("{} has no article with the id {id}", global.index.display()));
            missing = true;
            continue;
        };
        if flags.format == TextOrJson::Json {
            print_json_object(&mut out, "article", &stored)?;
        } else {
            if shown > 0 {
                writeln!(out, "\n{}\n", "─".repeat(page.width))?;
            }
            page.print(&mut out, &stored)?;
        }
        shown += 1;
    }
    out.flush()?;
    Ok(if missing { Exit::Nothing } else { Exit::Success })
}

/// Prints articles for people.
struct ArticlePage {
    styles: Styles,
    width: usize,
    plain: bool,
}

/// A range of the text that is a name or a date.
struct Mark {
    range: Range<usize>,
    style: Style,
    /// What stands after it where there are no colors: a kind of name, or days.
    label: String,
}

impl ArticlePage {
    fn print(&self, out: &mut impl Write, stored: &Stored) -> io::Result<()> {
        let Stored { article, annotations } = stored;
        let marks = if self.plain { Vec::new() } else { self.marks(stored) };
        let plain = Style::new();

        let title = self.zone_texts(article, Zone::Title, &marks, self.styles.title).pop();
        let title = title.unwrap_or_else(|| vec![StyledText::new("(no title)", self.styles.title)]);
        print_paragraph(out, &title, "", self.width)?;
        let about = about(article);
        if !about.is_empty() {
            print_paragraph(out, &[StyledText::new(about, self.styles.dim)], "", self.width)?;
        }
        if let Some(dateline) = &article.dateline {
            writeln!(out)?;
            print_paragraph(out, &[StyledText::new(dateline.text.clone(), plain)], "", self.width)?;
        }
        for texts in self.zone_texts(article, Zone::Body, &marks, plain) {
            writeln!(out)?;
            print_paragraph(out, &texts, "", self.width)?;
        }
        self.captions(out, article, &marks)?;
        if self.plain {
            return Ok(());
        }
        for (kind, heading) in
            [(EntityKind::Person, "People"), (EntityKind::Org, "Organisations"), (EntityKind::Place, "Places")]
        {
            let names: Vec<String> =
                annotations.entities.iter().filter(|entity| entity.kind == kind).map(name_and_count).collect();
            self.list(out, heading, self.style(kind), &names)?;
        }
        let dates: Vec<String> = annotations
            .dates
            .iter()
            .map(|date| format!("{} ({})", &article.text[date.range.clone()], days(date.value)))
            .collect();
        self.list(out, "Dates", self.styles.date, &dates)?;
        self.origin(out, article)
    }

    /// Captions, each with its credit.
    fn captions(&self, out: &mut impl Write, article: &Article, marks: &[Mark]) -> io::Result<()> {
        let mut first = true;
        for part in &article.parts {
            let style = match part.zone {
                Zone::Caption => Style::new(),
                Zone::Credit => self.styles.dim,
                Zone::Title | Zone::Body => continue,
            };
            if std::mem::take(&mut first) {
                writeln!(out, "\n{}Captions{:#}", self.styles.title, self.styles.title)?;
            }
            let texts = self.marked(article, part.range.clone(), marks, style);
            print_paragraph(out, &texts, if part.zone == Zone::Credit { "    " } else { "  " }, self.width)?;
        }
        Ok(())
    }

    fn list(&self, out: &mut impl Write, heading: &str, style: Style, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let title = self.styles.title;
        writeln!(out, "\n{title}{heading}{title:#}")?;
        print_paragraph(out, &[StyledText::new(items.join("; "), style)], "  ", self.width)
    }

    /// Prints the origin. Lines are never wrapped, so that people can copy them.
    fn origin(&self, out: &mut impl Write, article: &Article) -> io::Result<()> {
        let Styles { title, dim, .. } = self.styles;
        writeln!(out, "\n{title}From{title:#}")?;
        let mut line = |name: &str, value: &str| writeln!(out, "  {dim}{name:<9}{dim:#} {}", terminal_safe(value));
        line("file", &article.origin.path)?;
        line("record", &article.origin.record.to_string())?;
        line("id", &article.id)?;
        let fetched = article.fetched.map(|day| day.to_string());
        let modified = article.modified.map(|day| day.to_string());
        let more = [("own id", &article.own_id), ("url", &article.url), ("modified", &modified), ("fetched", &fetched)];
        for (name, value) in more {
            if let Some(value) = value {
                line(name, value)?;
            }
        }
        Ok(())
    }

    /// The paragraphs of a zone.
    fn zone_texts(&self, article: &Article, zone: Zone, marks: &[Mark], style: Style) -> Vec<Vec<StyledText>> {
        let parts = article.parts.iter().filter(|part| part.zone == zone);
        parts.map(|part| self.marked(article, part.range.clone(), marks, style)).collect()
    }

    /// The text of `range`, with its marks.
    fn marked(&self, article: &Article, range: Range<usize>, marks: &[Mark], style: Style) -> Vec<StyledText> {
        let mut texts = Vec::new();
        let mut at = range.start;
        for mark in marks.iter().filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end) {
            texts.push(StyledText::new(&article.text[at..mark.range.start], style));
            let text = &article.text[mark.range.clone()];
            texts.push(if self.styles.is_colored {
                StyledText::new(text, mark.style)
            } else {
                StyledText::new(format!("[{text}|{}]", mark.label), style)
            });
            at = mark.range.end;
        }
        texts.push(StyledText::new(&article.text[at..range.end], style));
        texts
    }

    /// Names and dates, in the order of the text. One that overlaps an earlier one is left out.
    fn marks(&self, stored: &Stored) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for entity in &stored.annotations.entities {
            let (style, label) = (self.style(entity.kind), entity.kind.name());
            marks.extend(entity.mentions.iter().map(|range| Mark {
                range: range.clone(),
                style,
                label: label.to_owned(),
            }));
        }
        for date in &stored.annotations.dates {
            marks.push(Mark { range: date.range.clone(), style: self.styles.date, label: days(date.value) });
        }
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let mut end = 0;
        marks.retain(|mark| {
            let is_free = mark.range.start >= end;
            if is_free {
                end = mark.range.end;
            }
            is_free
        });
        marks
    }

    fn style(&self, kind: EntityKind) -> Style {
        match kind {
            EntityKind::Person => self.styles.person,
            EntityKind::Org => self.styles.org,
            EntityKind::Place => self.styles.place,
        }
    }
}

fn days(span: Option<crate::date::DateSpan>) -> String {
    span.map_or_else(|| "day unknown".to_owned(), |span| span.to_string())
}

fn name_and_count(entity: &Entity) -> String {
    match entity.mentions.len() {
        0 | 1 => entity.name.clone(),
        n => format!("{} ({n})", entity.name),
    }
}

/// One line with source, day, byline, section, language and keywords.
fn about(article: &Article) -> String {
    let mut parts: Vec<String> = article.source.iter().cloned().collect();
    if let Some(published) = article.published {
        let from = match published.from {
            DateOrigin::Metadata => "",
            DateOrigin::Dateline => " (from the dateline)",
            DateOrigin::Url => " (from the address)",
            _ => " (from the text)",
        };
        parts.push(format!("{}{from}", published.span));
    }
    if !article.byline.is_empty() {
        parts.push(article.byline.join(", "));
    }
    parts.extend(article.section.clone());
    parts.extend(article.language.clone());
    let mut about = parts.join(" · ");
    if !article.keywords.is_empty() {
        let _ = write!(about, " · keywords: {}", article.keywords.join(", "));
    }
    for (name, values) in &article.extra {
        let _ = write!(about, " · x.{name}: {}", values.join(", "));
    }
    about
}
