//! `morgue stats`: the figures of an index.

use std::io::{self, BufWriter, Write};

use clap::Args;

use crate::Index;
use crate::index::Stats;

use super::console::Console;
use super::failure::Failure;
use super::naming::Naming;
use super::print::wrap::terminal_safe;
use super::print::{TextOrJson, grouped, megabytes, print_json_object};
use super::style::Styles;
use super::{Exit, Global};

/// Flags of `morgue stats`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue stats
  morgue stats --index ~/morgue --format json")]
pub(super) struct Flags {
    /// Number of names, sources and languages to list, the most frequent first
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// How the figures are printed: text or json
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: TextOrJson,
    #[command(flatten)]
    naming: Naming,
}

/// Prints the figures.
pub(super) fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let (aliases, stop_entities) = flags.naming.read()?;
    let stats = Index::open(&global.index)?.searcher()?.stats_with(flags.top, &aliases, &stop_entities)?;
    let mut out = BufWriter::new(io::stdout());
    match flags.format {
        TextOrJson::Text => print_text(&mut out, &stats, &global.index.display().to_string(), console.output_styles())?,
        TextOrJson::Json => print_json_object(&mut out, "stats", &stats)?,
    }
    out.flush()?;
    Ok(Exit::Success)
}

fn print_text(out: &mut impl Write, stats: &Stats, folder: &str, styles: Styles) -> io::Result<()> {
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
            writeln!(out, "  {:>digits$}  {}", grouped(*n), terminal_safe(value))?;
        }
    }
    Ok(())
}
