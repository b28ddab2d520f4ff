//! `morgue show`: one article as the index holds it, with its names and dates marked, and where it is from.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::ops::Range;

use anstyle::Style;
use clap::{Args, ValueEnum};
use morgue::Index;
use morgue::article::{Article, DateOrigin, Entity, EntityKind, Zone};
use morgue::hit::Stored;

use super::console::Console;
use super::failure::Failure;
use super::print::CONTRACT;
use super::print::wrap::{Run, paragraph, tame};
use super::search::width;
use super::style::Styles;
use super::{Exit, Global};

/// Flags of `morgue show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue show 'corpus/harbor.jsonl#3'
  morgue show 'corpus/harbor.jsonl#3' --plain | less
  morgue show https://example.com/dam --format json

Where there are no colors, a name is followed by its kind and a date by its days: [Nairobi|place],
[Aug. 7|1998-08-07]. Exit code: 0, 1 when there is no such article, 2 on an error.")]
pub struct Flags {
    /// Ids as `search` prints them, or the sources' own ids, or PATH#RECORD
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// The text alone, nothing marked
    #[arg(long)]
    plain: bool,
    /// How articles are printed: text or json
    #[arg(long, value_enum, default_value_t = ShowFormat::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: ShowFormat,
}

/// How one thing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Text,
    /// JSON Lines
    Json,
}

/// Prints the articles.
pub fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let searcher = Index::open(&global.index)?.searcher()?;
    let mut out = BufWriter::new(io::stdout());
    let mut page = Page { styles: console.output_styles(), width: width(), plain: flags.plain };
    let (mut shown, mut missing) = (0, false);
    for id in &flags.ids {
        let Some(stored) = searcher.get(id)? else {
            console.warn(&format!("{} has no article with the id {id}", global.index.display()));
            missing = true;
            continue;
        };
        if flags.format == ShowFormat::Json {
            json(&mut out, &stored)?;
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

fn json(out: &mut impl Write, stored: &Stored) -> Result<(), Failure> {
    #[derive(serde::Serialize)]
    struct Line<'s> {
        r#type: &'static str,
        morgue: u32,
        #[serde(flatten)]
        stored: &'s Stored,
    }
    let line = Line { r#type: "article", morgue: CONTRACT, stored };
    serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// An article laid out for people.
struct Page {
    styles: Styles,
    width: usize,
    plain: bool,
}

/// A range of the text that names something: its style, and what it is.
struct Marked {
    range: Range<usize>,
    style: Style,
    what: String,
}

impl Page {
    fn print(&mut self, out: &mut impl Write, stored: &Stored) -> io::Result<()> {
        let Stored { article, annotations } = stored;
        let marks = if self.plain { Vec::new() } else { self.marks(stored) };
        let plain = Style::new();

        let title = self.runs(article, Zone::Title, &marks, self.styles.title).pop();
        let title = title.unwrap_or_else(|| vec![Run::new("(no title)", self.styles.title)]);
        paragraph(out, &title, "", self.width)?;
        let about = about(article);
        if !about.is_empty() {
            paragraph(out, &[Run::new(about, self.styles.dim)], "", self.width)?;
        }
        if let Some(dateline) = &article.dateline {
            writeln!(out)?;
            paragraph(out, &[Run::new(dateline.text.clone(), plain)], "", self.width)?;
        }
        for runs in self.runs(article, Zone::Body, &marks, plain) {
            writeln!(out)?;
            paragraph(out, &runs, "", self.width)?;
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
    fn captions(&self, out: &mut impl Write, article: &Article, marks: &[Marked]) -> io::Result<()> {
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
            let runs = self.marked(article, part.range.clone(), marks, style);
            paragraph(out, &runs, if part.zone == Zone::Credit { "    " } else { "  " }, self.width)?;
        }
        Ok(())
    }

    fn list(&self, out: &mut impl Write, heading: &str, style: Style, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let title = self.styles.title;
        writeln!(out, "\n{title}{heading}{title:#}")?;
        paragraph(out, &[Run::new(items.join("; "), style)], "  ", self.width)
    }

    /// Where it is from. Lines are never wrapped: they are there to be copied.
    fn origin(&self, out: &mut impl Write, article: &Article) -> io::Result<()> {
        let Styles { title, dim, .. } = self.styles;
        writeln!(out, "\n{title}From{title:#}")?;
        let mut line = |name: &str, value: &str| writeln!(out, "  {dim}{name:<9}{dim:#} {}", tame(value));
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

    /// The paragraphs of a zone as runs.
    fn runs(&self, article: &Article, zone: Zone, marks: &[Marked], style: Style) -> Vec<Vec<Run>> {
        let parts = article.parts.iter().filter(|part| part.zone == zone);
        parts.map(|part| self.marked(article, part.range.clone(), marks, style)).collect()
    }

    fn marked(&self, article: &Article, range: Range<usize>, marks: &[Marked], style: Style) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = range.start;
        for mark in marks.iter().filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end) {
            runs.push(Run::new(&article.text[at..mark.range.start], style));
            let text = &article.text[mark.range.clone()];
            runs.push(match self.styles.colored {
                true => Run::new(text, mark.style),
                false => Run::new(format!("[{text}|{}]", mark.what), style),
            });
            at = mark.range.end;
        }
        runs.push(Run::new(&article.text[at..range.end], style));
        runs
    }

    /// Names and dates in order of place; one inside another is left out.
    fn marks(&self, stored: &Stored) -> Vec<Marked> {
        let mut marks: Vec<Marked> = Vec::new();
        for entity in &stored.annotations.entities {
            let (style, what) = (self.style(entity.kind), entity.kind.name());
            marks.extend(entity.mentions.iter().map(|range| Marked {
                range: range.clone(),
                style,
                what: what.to_owned(),
            }));
        }
        for date in &stored.annotations.dates {
            marks.push(Marked { range: date.range.clone(), style: self.styles.date, what: days(date.value) });
        }
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let mut end = 0;
        marks.retain(|mark| {
            let free = mark.range.start >= end;
            if free {
                end = mark.range.end;
            }
            free
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

fn days(span: Option<morgue::date::DateSpan>) -> String {
    span.map_or_else(|| "day unknown".to_owned(), |span| span.to_string())
}

fn name_and_count(entity: &Entity) -> String {
    match entity.mentions.len() {
        0 | 1 => entity.name.clone(),
        n => format!("{} ({n})", entity.name),
    }
}

/// Source, day and byline, section, language and keywords.
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
    about
}
