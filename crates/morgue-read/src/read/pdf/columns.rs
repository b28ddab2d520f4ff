//! The order in which a page is read. A *gutter* is a strip that no text crosses, with text on both of its sides. The
//! tallest band of rows that a gutter parts is read column by column, after what is above it and before what is below;
//! so is each column in its turn.

use super::program::Piece;
use super::rows::Row;

/// Columns within columns that are looked for.
const DEEPEST: usize = 6;

/// A page with more rows is no page of text; it is read row by row.
const MOST_ROWS: usize = 1000;

/// Lines that a column has at least, and characters that most of them have: less is a list or a table.
const SHORTEST: usize = 3;
const NARROWEST: usize = 8;

/// A strip from left to right.
type Strip = (f64, f64);

/// The first of some rows, the one after their last, and the gutter that parts them.
type Band = (usize, usize, Strip);

/// A part of a page that has no columns: lines, each one piece, from the top.
pub(super) type Block = Vec<Piece>;

/// Puts the rows of pages in the order of reading.
pub(super) struct Columns {
    /// The size of most letters.
    pub(super) size: f64,
    /// Pieces that may still be held against strips. A page of a newspaper takes some hundred thousand.
    pub(super) steps_left: usize,
}

impl Columns {
    /// The blocks of a page in the order of reading; nothing when no steps are left.
    pub(super) fn blocks(&mut self, rows: Vec<Row>) -> Option<Vec<Block>> {
        let mut blocks = Vec::new();
        self.cut(rows, 0, &mut blocks)?;
        Some(blocks)
    }

    fn cut(&mut self, rows: Vec<Row>, depth: usize, blocks: &mut Vec<Block>) -> Option<()> {
        if rows.is_empty() {
            return Some(());
        }
        let band = if depth < DEEPEST && rows.len() <= MOST_ROWS { self.tallest(&rows)? } else { None };
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
            let (before, after): (Row, Row) = row.into_iter().partition(|piece| piece.right <= gutter.1);
            left.extend(Some(before).filter(|row| !row.is_empty()));
            right.extend(Some(after).filter(|row| !row.is_empty()));
        }
        self.cut(left, depth + 1, blocks)?;
        self.cut(right, depth + 1, blocks)?;
        self.cut(below, depth + 1, blocks)
    }

    /// The tallest band of rows that a gutter parts; nothing at all when no steps are left.
    fn tallest(&mut self, rows: &[Row]) -> Option<Option<Band>> {
        let left = rows.iter().flatten().map(|piece| piece.left).fold(f64::INFINITY, f64::min);
        let right = rows.iter().flatten().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max);
        let mut best: Option<Band> = None;
        for from in 0..rows.len() {
            let height = best.map_or(SHORTEST - 1, |(first, end, _)| end - first);
            if rows.len() - from <= height {
                break;
            }
            let mut free: Vec<Strip> = vec![(left, right)];
            for to in from + 1..=rows.len() {
                let mut after = free.clone();
                for piece in rows.get(to - 1)? {
                    self.steps_left = self.steps_left.checked_sub(after.len() + 1)?;
                    after = after.into_iter().flat_map(|strip| around(strip, piece, self.size)).collect();
                }
                // Before a strip is lost, and at the end, the strips are what they will be.
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

    /// The taller one of two bands: the best so far, and these rows where one of the strips is a gutter.
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
        let pieces: usize = rows[from..to].iter().map(Vec::len).sum();
        self.steps_left = self.steps_left.checked_sub(pieces * free.len())?;
        let is_gutter = |strip: &&Strip| has_text_on_both_sides(&rows[from..to], **strip);
        let widest = free.iter().filter(is_gutter).max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        Some(widest.map(|&gutter| (from, to, gutter)).or(best))
    }
}

/// What a piece leaves of a strip, at its left and its right.
fn around(strip: Strip, piece: &Piece, size: f64) -> impl Iterator<Item = Strip> {
    let is_beside = piece.right <= strip.0 || piece.left >= strip.1;
    let parts = if is_beside {
        [strip, (0.0, 0.0)]
    } else {
        [(strip.0, piece.left.min(strip.1)), (piece.right.max(strip.0), strip.1)]
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
        let sides = |is_left: bool| row.iter().filter(move |piece| (piece.right <= gutter.1) == is_left);
        let length = |is_left: bool| sides(is_left).map(|piece| piece.text.len()).sum::<usize>();
        left.extend(Some(length(true)).filter(|&length| length > 0));
        right.extend(Some(length(false)).filter(|&length| length > 0));
    }
    is_text(&mut left) && is_text(&mut right)
}

/// A row as one piece.
fn line(row: Row) -> Option<Piece> {
    let mut pieces = row.into_iter();
    let mut line = pieces.next()?;
    for piece in pieces {
        if !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&piece.text);
        line.right = line.right.max(piece.right);
        line.size = line.size.max(piece.size);
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::super::rows::{rows, tests::piece};
    use super::*;

    fn read(pieces: Vec<Piece>) -> String {
        let blocks = Columns { size: 10.0, steps_left: 1_000_000 }.blocks(rows(pieces)).unwrap();
        blocks
            .iter()
            .map(|block| block.iter().map(|line| &line.text[..]).collect::<Vec<_>>().join("/"))
            .collect::<Vec<_>>()
            .join(" || ")
    }

    fn column(name: &str, left: f64, top: f64, lines: usize) -> Vec<Piece> {
        (0..lines).map(|at| piece(&format!("{name}{at} the bridge is"), left, top - 12.0 * at as f64, 10.0)).collect()
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let head = piece("A headline that goes over both of them, as they do", 0.0, 800.0, 16.0);
        let foot = piece("A line below that goes over both of the columns too", 0.0, 700.0, 10.0);
        let (left, right) = (column("a", 0.0, 780.0, 4), column("b", 120.0, 775.0, 4));
        let pieces = [vec![head], left, right, vec![foot]].concat();
        let expected = "A headline that goes over both of them, as they do || \
            a0 the bridge is/a1 the bridge is/a2 the bridge is/a3 the bridge is || \
            b0 the bridge is/b1 the bridge is/b2 the bridge is/b3 the bridge is || \
            A line below that goes over both of the columns too";
        assert_eq!(read(pieces), expected);
    }

    #[test]
    fn three_columns_and_a_headline_over_two_of_them() {
        let head = piece("A headline over the first two", 0.0, 800.0, 12.0);
        let pieces =
            [vec![head], column("a", 0.0, 780.0, 3), column("b", 120.0, 780.0, 3), column("c", 240.0, 804.0, 5)]
                .concat();
        let order: String =
            read(pieces).split([' ', '/']).filter(|word| word.len() == 2 && word.ends_with(char::is_numeric)).collect();
        assert_eq!(order, "a0a1a2b0b1b2c0c1c2c3c4");
    }

    #[test]
    fn lists_and_tables_are_read_row_by_row() {
        let list: Vec<_> = (0..5)
            .flat_map(|at| {
                let y = 700.0 - 12.0 * f64::from(at);
                [piece(&format!("{at}."), 0.0, y, 10.0), piece("the bridge is open", 40.0, y, 10.0)]
            })
            .collect();
        assert!(read(list).starts_with("0. the bridge is open/1. the"));
    }
}
