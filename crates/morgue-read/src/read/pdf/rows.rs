//! The rows of a page: pieces on one line, from the left, those close together made one. Running heads and numbers of pages
//! are told by their place and by being on other pages, too.

use rustc_hash::FxHashMap;

use super::program::{Piece, WIDE_GAP};

/// Pieces on one line, from the left.
pub(super) type Row = Vec<Piece>;

/// Rows at the top and at the bottom of a page where its head and its number may be.
const EDGE: usize = 2;

/// A page with more large initials has none.
const MOST_INITIALS: usize = 50;

/// The rows of a page, from the top.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    let initials = initials(&mut pieces);
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            // A raised figure is on the line of what it stands at.
            Some(row) if row[0].y - piece.y < 0.3 * piece.size.min(row[0].size) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(join).collect();
    for initial in initials {
        put_initial(&mut rows, initial);
    }
    rows
}

/// Makes pieces of a row that are close together one. What is printed twice, to look bold, is there once.
fn join(mut row: Row) -> Row {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut joined: Row = Vec::with_capacity(row.len());
    for piece in row {
        let Some(last) = joined.last_mut() else {
            joined.push(piece);
            continue;
        };
        let gap = (piece.left - last.right) / piece.size.max(last.size);
        let is_twice = piece.left - last.left < 0.2 * piece.size && piece.text.trim() == last.text.trim();
        match () {
            () if is_twice => {}
            () if gap < WIDE_GAP => {
                let is_apart = gap > 0.12 && !last.text.ends_with(' ') && !piece.text.starts_with(' ');
                last.text.push_str(if is_apart { " " } else { "" });
                last.text.push_str(&piece.text);
                last.right = last.right.max(piece.right);
                last.size = last.size.max(piece.size);
            }
            () => joined.push(piece),
        }
    }
    joined
}

/// Takes away the initials that are several lines high.
fn initials(pieces: &mut Vec<Piece>) -> Vec<Piece> {
    let size = usual_size(pieces.iter());
    let is_initial = |piece: &Piece| {
        let mut letters = piece.text.trim().chars();
        piece.size >= 1.8 * size && letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    if pieces.iter().filter(|piece| is_initial(piece)).count() > MOST_INITIALS {
        return Vec::new();
    }
    let (initials, others) = std::mem::take(pieces).into_iter().partition(is_initial);
    *pieces = others;
    initials
}

/// Puts an initial before the first of the lines that stand at its right.
fn put_initial(rows: &mut Vec<Row>, mut initial: Piece) {
    let top = initial.y + 0.8 * initial.size;
    let stands_by = |piece: &Piece| {
        let gap = (piece.left - initial.right) / piece.size;
        (-0.5..1.5).contains(&gap)
            && piece.y >= initial.y - 0.3 * piece.size
            && piece.y < top
            && piece.size < initial.size
    };
    match rows.iter_mut().flatten().find(|piece| stands_by(piece)) {
        Some(piece) => {
            initial.text.truncate(initial.text.trim_end().len());
            piece.text.insert_str(0, &initial.text);
            piece.left = initial.left;
        }
        None => {
            let at = rows.partition_point(|row| row[0].y > initial.y);
            rows.insert(at, vec![initial]);
        }
    }
}

/// The size of most letters.
pub(super) fn usual_size<'p>(pieces: impl Iterator<Item = &'p Piece>) -> f64 {
    let mut letters: FxHashMap<i64, usize> = FxHashMap::default();
    for piece in pieces {
        *letters.entry((piece.size * 2.0).round().min(1e6) as i64).or_default() += piece.text.len();
    }
    // Of two that are as usual the smaller.
    let most = letters.into_iter().max_by_key(|&(size, letters)| (letters, -size));
    most.map_or(10.0, |(size, _)| size.max(1) as f64 / 2.0)
}

/// Takes the running heads and the numbers off the pages.
pub(super) fn drop_heads(pages: &mut [Vec<Row>]) {
    // On how many pages each stands, and the size of its smallest.
    let mut heads: FxHashMap<(bool, String), (usize, f64)> = FxHashMap::default();
    for rows in pages.iter() {
        for (is_top, row) in edges(rows) {
            let (count, size) = heads.entry((is_top, key(row))).or_insert((0, f64::INFINITY));
            *count += 1;
            *size = size.min(row[0].size);
        }
    }
    let enough = pages.len().div_ceil(3).max(2);
    for rows in pages {
        let is_head = |(is_top, row): (bool, &Row)| {
            // The headline that later pages repeat is set larger.
            let repeats = heads
                .get(&(is_top, key(row)))
                .is_some_and(|&(count, size)| count >= enough && row[0].size < 1.2 * size);
            is_number(row) || repeats
        };
        let (top, bottom): (Vec<_>, Vec<_>) = edges(rows).partition(|edge| edge.0);
        let above = top.into_iter().take_while(|&edge| is_head(edge)).count();
        let below = bottom.into_iter().take_while(|&edge| is_head(edge)).count();
        rows.truncate(rows.len() - below);
        rows.drain(..above);
    }
}

/// The outermost rows of a page, from without, and whether they are at the top. None of a page that has few.
fn edges(rows: &[Row]) -> impl Iterator<Item = (bool, &Row)> {
    let count = if rows.len() > 2 * EDGE { EDGE } else { 0 };
    let top = rows.iter().take(count).map(|row| (true, row));
    top.chain(rows.iter().rev().take(count).map(|row| (false, row)))
}

/// What of a head is the same on all pages.
fn key(row: &Row) -> String {
    let mut key = String::new();
    for letter in row.iter().flat_map(|piece| piece.text.chars()).filter(|letter| !letter.is_whitespace()).take(200) {
        match letter {
            letter if !letter.is_numeric() => key.extend(letter.to_lowercase()),
            _ if key.ends_with('#') => {}
            _ => key.push('#'),
        }
    }
    key
}

/// Whether a row is the number of a page: `3`, `- 3 -`, `Page 3 of 12`.
fn is_number(row: &Row) -> bool {
    let [piece] = row.as_slice() else { return false };
    let text = piece.text.trim().to_lowercase();
    let is_counted = text.starts_with("page ") || text.starts_with("p. ");
    let mut words = text.split([' ', '/', '-', '–', '—', '|', '.']).filter(|word| !word.is_empty()).peekable();
    let is_number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words.peek().is_some()
        && text.len() <= 20
        && words.clone().any(is_number)
        && words.all(|word| is_number(word) || (is_counted && ["page", "of", "p"].contains(&word)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn piece(text: &str, left: f64, y: f64, size: f64) -> Piece {
        Piece { text: text.to_owned(), left, right: left + text.len() as f64 * size / 2.0, y, size, turned: 0 }
    }

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|piece| &piece.text[..]).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn pieces_on_a_line_are_a_row() {
        let pieces = vec![
            piece("right", 200.0, 100.0, 10.0),
            piece("below", 0.0, 88.0, 10.0),
            piece("left", 0.0, 100.0, 10.0),
            piece("next", 24.0, 100.5, 10.0),
            piece("left", 0.5, 100.0, 10.0),
        ];
        assert_eq!(texts(&rows(pieces)), ["left next | right", "below"]);
    }

    #[test]
    fn a_large_initial_is_of_the_first_line_beside_it() {
        let pieces = vec![
            piece("T", 0.0, 76.0, 36.0),
            piece("he bridge over the Aske", 20.0, 100.0, 10.0),
            piece("opened on Monday and all", 20.0, 88.0, 10.0),
            piece("of the town came to it", 20.0, 76.0, 10.0),
        ];
        assert_eq!(texts(&rows(pieces))[0], "The bridge over the Aske");
    }

    #[test]
    fn heads_and_numbers_of_pages_go() {
        let page = |number: usize, size: f64| {
            let mut rows = vec![vec![piece("The Aske Courier", 0.0, 800.0, size)]];
            rows.extend((0..5).map(|at| {
                vec![piece(
                    &format!("line {} of {number}{}", ["a", "b", "c", "d", "e"][at], "x".repeat(number)),
                    0.0,
                    700.0,
                    10.0,
                )]
            }));
            rows.push(vec![piece(&format!("{number}"), 0.0, 20.0, 8.0)]);
            rows
        };
        let mut pages = vec![page(1, 30.0), page(2, 8.0), page(3, 8.0)];
        drop_heads(&mut pages);
        assert_eq!(texts(&pages[0])[0], "The Aske Courier");
        assert_eq!(texts(&pages[1])[0], "line a of 2xx");
        assert!(pages.iter().all(|rows| texts(rows).last().unwrap().starts_with("line ")));
        for (text, expected) in [
            ("3", true),
            ("- 3 -", true),
            ("Page 3 of 12", true),
            ("3 / 12", true),
            ("1998", true),
            ("12 dead", false),
            ("A4", false),
            ("-", false),
        ] {
            assert_eq!(is_number(&vec![piece(text, 0.0, 0.0, 8.0)]), expected, "{text}");
        }
    }
}
