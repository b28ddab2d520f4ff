//! Prints facets as columns, and timelines as bars.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::hit::{Facet, FacetCounts, Timeline, Unit};

use super::super::style::Styles;
use super::numbers::grouped;
use super::wrap::{columns, cut};

/// The smallest width of the column of a facet.
const SMALLEST_COLUMN: usize = 26;
/// More units without articles than this, one after another, are printed as one line.
const LONGEST_GAP: usize = 3;

/// Prints facets next to each other, as many as fit.
pub(crate) fn facets(out: &mut impl Write, facets: &[FacetCounts], styles: Styles, width: usize) -> io::Result<()> {
    let per_row = (width / SMALLEST_COLUMN).clamp(1, facets.len().max(1));
    let column = width / per_row;
    for row in facets.chunks(per_row) {
        let blocks: Vec<Vec<String>> = row.iter().map(|counts| block(counts, column - 2)).collect();
        let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
        writeln!(out)?;
        for line in 0..height {
            let style = if line == 0 { styles.title } else { anstyle::Style::new() };
            for (i, block) in blocks.iter().enumerate() {
                let cell = block.get(line).map_or("", String::as_str);
                let last = blocks[i + 1..].iter().all(|block| block.len() <= line);
                let padding = if last { 0 } else { column - columns(cell) };
                write!(out, "{style}{cell}{style:#}{:padding$}", "")?;
                if last {
                    break;
                }
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The lines of one facet: a heading, its values, and the number of articles without a value.
fn block(counts: &FacetCounts, width: usize) -> Vec<String> {
    let numbers = counts.values.iter().map(|(_, n)| *n).chain([counts.without]);
    let digits = numbers.map(|n| grouped(n).len()).max().unwrap_or(1);
    let line =
        |n: u64, value: &str| format!("{:>digits$}  {}", grouped(n), cut(value, width.saturating_sub(digits + 2)));
    let mut lines = vec![cut(&format!("{} ({})", heading(counts.facet), grouped(counts.distinct)), width)];
    lines.extend(counts.values.iter().map(|(value, n)| line(*n, value)));
    if counts.without > 0 {
        lines.push(line(counts.without, "(none)"));
    }
    lines
}

/// The heading of a facet.
fn heading(facet: Facet) -> Cow<'static, str> {
    Cow::Borrowed(match facet {
        Facet::Person => "People",
        Facet::Org => "Organisations",
        Facet::Place => "Places",
        Facet::Source => "Sources",
        Facet::Byline => "Bylines",
        Facet::Lang => "Languages",
        Facet::Extra(_) => return facet.name(),
    })
}

/// Prints a timeline, one bar per unit.
pub(crate) fn timeline(out: &mut impl Write, timeline: &Timeline, styles: Styles, width: usize) -> io::Result<()> {
    let unit = match timeline.unit {
        Unit::Year => "year",
        Unit::Month => "month",
        Unit::Week => "week",
        Unit::Day => "day",
    };
    let of = if timeline.of_mentions { "Days mentioned" } else { "Published" };
    writeln!(out, "\n{}{of}, by {unit}{:#}", styles.title, styles.title)?;

    let most = timeline.bins.iter().map(|(_, n)| *n).chain([timeline.undated]).max().unwrap_or(0);
    let label = "2019-03-15".len();
    let bar_width = width.saturating_sub(label + grouped(most).len() + 4).max(10);
    let row = |out: &mut dyn Write, name: &str, n: u64| {
        let bar = bar(n, most, bar_width);
        let gap = if bar.is_empty() { "" } else { " " };
        writeln!(out, "{name:<label$}  {}{bar}{:#}{gap}{}", styles.date, styles.date, grouped(n))
    };
    for gap in timeline.bins.chunk_by(|(_, a), (_, b)| (*a == 0) == (*b == 0)) {
        if gap[0].1 == 0 && gap.len() > LONGEST_GAP {
            writeln!(out, "{:<label$}  none for {} {unit}s", "…", grouped(gap.len() as u64))?;
            continue;
        }
        for (first, n) in gap {
            let day = first.to_string();
            let name = match timeline.unit {
                Unit::Year => &day[..4],
                Unit::Month => &day[..7],
                Unit::Week | Unit::Day => &day,
            };
            row(out, name, *n)?;
        }
    }
    if timeline.undated > 0 {
        row(out, "undated", timeline.undated)?;
    }
    Ok(())
}

/// A bar for `n`, rounded to an eighth of a column. The bar for `most` has `width` columns.
fn bar(n: u64, most: u64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if n == 0 || most == 0 {
        return String::new();
    }
    let eighths = ((u128::from(n) * width as u128 * 8 / u128::from(most)) as usize).max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(facet: Facet, values: &[(&str, u64)]) -> FacetCounts {
        let values = values.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect();
        FacetCounts { facet, values, distinct: 12, without: 1 }
    }

    #[test]
    fn facets_are_printed_next_to_each_other() {
        let people = counts(Facet::Person, &[("Mara Ellison", 1200), ("Joonas Vahl-Petersen of Upper Harwick", 9)]);
        let places = counts(Facet::Place, &[("東京", 3)]);
        let mut out = Vec::new();
        facets(&mut out, &[people, places], Styles::default(), 60).expect("a Vec takes all");
        let expected = "
People (12)                   Places (12)
1,200  Mara Ellison           3  東京
    9  Joonas Vahl-Petersen…  1  (none)
    1  (none)
";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn the_length_of_a_bar_is_proportional() {
        let table = [(0, ""), (1, "█"), (10, "██████████"), (5, "█████")];
        for (n, expected) in table {
            assert_eq!(bar(n, 10, 10), expected);
        }
        assert_eq!(bar(1, 1_000_000, 10), "▏");
        assert_eq!(bar(u64::MAX, u64::MAX, 2), "██");
    }
}
