//! `morgue stats`: what is in the index.

use std::io::{self, BufWriter, Write};

use clap::Args;
use morgue::Index;
use morgue::index::Stats;

use super::console::Console;
use super::failure::Failure;
use super::naming::Naming;
use super::print::wrap::tame;
use super::print::{CONTRACT, grouped};
use super::show::ShowFormat;
use super::style::Styles;
use super::tally::megabytes;
use super::{Exit, Global};

/// Flags of `morgue stats`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue stats
  morgue stats --index ~/morgue --format json")]
pub struct Flags {
    /// How many of the most frequent names, sources and languages are listed
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// How the figures are printed: text or json
    #[arg(long, value_enum, default_value_t = ShowFormat::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: ShowFormat,
    #[command(flatten)]
    naming: Naming,
}

/// Prints the figures.
pub fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let (aliases, stops) = flags.naming.read()?;
    let stats = Index::open(&global.index)?.searcher()?.stats_with(flags.top, &aliases, &stops)?;
    let mut out = BufWriter::new(io::stdout());
    match flags.format {
        ShowFormat::Text => text(&mut out, &stats, &global.index.display().to_string(), console.output_styles())?,
        ShowFormat::Json => json(&mut out, &stats)?,
    }
    out.flush()?;
    Ok(Exit::Success)
}

fn json(out: &mut impl Write, stats: &Stats) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Line<'s> {
        r#type: &'static str,
        morgue: u32,
        #[serde(flatten)]
        stats: &'s Stats,
    }
    serde_json::to_writer(&mut *out, &Line { r#type: "stats", morgue: CONTRACT, stats })?;
    writeln!(out)
}

fn text(out: &mut impl Write, stats: &Stats, folder: &str, styles: Styles) -> io::Result<()> {
    let title = styles.title;
    writeln!(out, "{title}{folder}{title:#}")?;
    let undated = stats.articles.saturating_sub(stats.dated);
    let mut rows = vec![("articles", grouped(stats.articles)), ("on disk", megabytes(stats.bytes))];
    if let Some((first, last)) = stats.published {
        rows.push(("published", format!("{first} to {last}")));
    }
    rows.push(("undated", grouped(undated)));
    for (name, value) in rows {
        writeln!(out, "  {name:<10} {value}")?;
    }
    let tables = [
        ("Sources", &stats.sources),
        ("Languages", &stats.languages),
        ("People", &stats.people),
        ("Organisations", &stats.orgs),
        ("Places", &stats.places),
    ];
    for (heading, values) in tables {
        if values.is_empty() {
            continue;
        }
        let digits = values.iter().map(|(_, n)| grouped(*n).len()).max().unwrap_or(1);
        writeln!(out, "\n{title}{heading}{title:#}")?;
        for (value, n) in values {
            writeln!(out, "  {:>digits$}  {}", grouped(*n), tame(value))?;
        }
    }
    Ok(())
}
