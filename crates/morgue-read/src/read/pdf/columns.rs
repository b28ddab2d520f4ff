//! The reading order of a page. A *gutter* is a vertical strip that no text crosses, with text on both sides. The
//! tallest band of rows with a gutter is read column by column, after the rows above it and before the rows below it.
//! Each column is split again in the same way.

use super::interpreter::TextRun;
use super::rows::Row;

/// Depth of columns within columns.
const MAX_DEPTH: usize = 6;

/// A page with more rows is not a page of text; it is read row by row.
const MAX_ROWS: usize = 1000;

/// A column has at least that number of lines, and most of them have at least that number of characters. Less is a
/// list or a table.
const SHORTEST: usize = 3;
const NARROWEST: usize = 8;

/// A vertical strip: its left and its right edge.
type Strip = (f64, f64);

/// The index of the first row, the index after the last row, and the gutter between the columns.
type Band = (usize, usize, Strip);

/// A part of a page without columns: its lines from the top, each one text run.
pub(super) type Block = Vec<TextRun>;

/// Puts the rows of pages in reading order.
pub(super) struct Columns {
    /// The size of most letters.
    pub(super) size: f64,
    /// Limit of comparisons between text runs and strips. A page of a newspaper takes some hundred thousand.
    pub(super) steps_left: usize,
}

impl Columns {
    /// The blocks of a page in reading order; `None` when no steps are left.
    pub(super) fn blocks(&mut self, rows: Vec<Row>) -> Option<Vec<Block>> {
        let mut blocks = Vec::new();
        self.cut(rows, 0, &mut blocks)?;
        Some(blocks)
    }

    fn cut(&mut self, rows: Vec<Row>, depth: usize, blocks: &mut Vec<Block>) -> Option<()> {
        if rows.is_empty() {
            return Some(());
        }
        let band = if depth < MAX_DEPTH && rows.len() <= MAX_ROWS { self.tallest(&rows)? } else { None };
        let Some((from, to, gutter)) = band else {
            blocks.push(rows.into_iter().filter_map(line).collect());
            return Some(());
        };
        let mut rows = rows;
        let below = rows.split_off(to);
        let inside = rows.split_off(from);
        self.cut(rows, depth + 1, blocks)?;
        let (mut left, mut right): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
        for row in inside {
            let (before, after): (Row, Row) = row.into_iter().partition(|run| run.right <= gutter.1);
            left.extend(Some(before).filter(|row| !row.is_empty()));
            right.extend(Some(after).filter(|row| !row.is_empty()));
        }
        self.cut(left, depth + 1, blocks)?;
        self.cut(right, depth + 1, blocks)?;
        self.cut(below, depth + 1, blocks)
    }

    /// The tallest band of rows with a gutter; `None` when no steps are left.
    fn tallest(&mut self, rows: &[Row]) -> Option<Option<Band>> {
        let left = rows.iter().flatten().map(|run| run.left).fold(f64::INFINITY, f64::min);
        let right = rows.iter().flatten().map(|run| run.right).fold(f64::NEG_INFINITY, f64::max);
        let mut best: Option<Band> = None;
        for from in 0..rows.len() {
            let height = best.map_or(SHORTEST - 1, |(first, end, _)| end - first);
            if rows.len() - from <= height {
                break;
            }
            let mut free: Vec<Strip> = vec![(left, right)];
            for to in from + 1..=rows.len() {
                let mut after = free.clone();
                for run in rows.get(to - 1)? {
                    self.steps_left = self.steps_left.checked_sub(after.len() + 1)?;
                    after = after.into_iter().flat_map(|strip| around(strip, run, self.size)).collect();
                }
                // The strips are checked before one of them gets lost, and at the end.
                if after.len() < free.len() {
                    best = self.better(best, rows, from, to - 1, &free)?;
                }
                free = after;
                if free.is_empty() {
                    break;
                }
                if to == rows.len() {
                    best = self.better(best, rows, from, to, &free)?;
                }
            }
        }
        Some(best)
    }

    /// The taller one of two bands: the best so far, and these rows if one of the strips is a gutter.
    fn better(
        &mut self,
        best: Option<Band>,
        rows: &[Row],
        from: usize,
        to: usize,
        free: &[Strip],
    ) -> Option<Option<Band>> {
        if to - from < SHORTEST || best.is_some_and(|(first, end, _)| to - from <= end - first) {
            return Some(best);
        }
        let runs: usize = rows[from..to].iter().map(Vec::len).sum();
        self.steps_left = self.steps_left.checked_sub(runs * free.len())?;
        let is_gutter = |strip: &&Strip| has_text_on_both_sides(&rows[from..to], **strip);
        let widest = free.iter().filter(is_gutter).max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        Some(widest.map(|&gutter| (from, to, gutter)).or(best))
    }
}

/// The parts of a strip to the left and to the right of a text run.
fn around(strip: Strip, run: &TextRun, size: f64) -> impl Iterator<Item = Strip> {
    let is_beside = run.right <= strip.0 || run.left >= strip.1;
    let parts = if is_beside {
        [strip, (0.0, 0.0)]
    } else {
        [(strip.0, run.left.min(strip.1)), (run.right.max(strip.0), strip.1)]
    };
    parts.into_iter().filter(move |part| part.1 - part.0 >= 0.7 * size)
}

fn has_text_on_both_sides(rows: &[Row], gutter: Strip) -> bool {
    let is_text = |lengths: &mut Vec<usize>| {
        lengths.sort_unstable();
        lengths.len() >= SHORTEST && lengths[lengths.len() / 2] >= NARROWEST
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        let sides = |is_left: bool| row.iter().filter(move |run| (run.right <= gutter.1) == is_left);
        let length = |is_left: bool| sides(is_left).map(|run| run.text.len()).sum::<usize>();
        left.extend(Some(length(true)).filter(|&length| length > 0));
        right.extend(Some(length(false)).filter(|&length| length > 0));
    }
    is_text(&mut left) && is_text(&mut right)
}

/// A row as one text run.
fn line(row: Row) -> Option<TextRun> {
    let mut runs = row.into_iter();
    let mut line = runs.next()?;
    for run in runs {
        if !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&run.text);
        line.right = line.right.max(run.right);
        line.size = line.size.max(run.size);
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::text_run};
    use super::*;

    fn read(runs: Vec<TextRun>) -> String {
        let blocks = Columns { size: 10.0, steps_left: 1_000_000 }.blocks(rows(runs)).unwrap();
        blocks
            .iter()
            .map(|block| block.iter().map(|line| &line.text[..]).collect::<Vec<_>>().join("/"))
            .collect::<Vec<_>>()
            .join(" || ")
    }

    fn column(name: &str, left: f64, top: f64, lines: usize) -> Vec<TextRun> {
        (0..lines)
            .map(|at| text_run(&format!("{name}{at} the bridge is"), left, top - 12.0 * at as f64, 10.0))
            .collect()
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let head = text_run("A headline that goes over both of them, as they do", 0.0, 800.0, 16.0);
        let foot = text_run("A line below that goes over both of the columns too", 0.0, 700.0, 10.0);
        let (left, right) = (column("a", 0.0, 780.0, 4), column("b", 120.0, 775.0, 4));
        let runs = [vec![head], left, right, vec![foot]].concat();
        let expected = "A headline that goes over both of them, as they do || \
            a0 the bridge is/a1 the bridge is/a2 the bridge is/a3 the bridge is || \
            b0 the bridge is/b1 the bridge is/b2 the bridge is/b3 the bridge is || \
            A line below that goes over both of the columns too";
        assert_eq!(read(runs), expected);
    }

    #[test]
    fn three_columns_below_headlines_of_one_and_two_columns() {
        let head = text_run("A headline over the first two", 0.0, 800.0, 12.0);
        let runs = [vec![head], column("a", 0.0, 780.0, 3), column("b", 120.0, 780.0, 3), column("c", 240.0, 804.0, 5)]
            .concat();
        let order: String =
            read(runs).split([' ', '/']).filter(|word| word.len() == 2 && word.ends_with(char::is_numeric)).collect();
        assert_eq!(order, "a0a1a2b0b1b2c0c1c2c3c4");
    }

    #[test]
    fn lists_and_tables_are_read_row_by_row() {
        let list: Vec<_> = (0..5)
            .flat_map(|at| {
                let y = 700.0 - 12.0 * f64::from(at);
                [text_run(&format!("{at}."), 0.0, y, 10.0), text_run("the bridge is open", 40.0, y, 10.0)]
            })
            .collect();
        assert!(read(list).starts_with("0. the bridge is open/1. the"));
    }
}
