//! The rows of a page: text runs on one line from the left, adjacent ones joined. Running heads and page numbers are
//! recognized by their place and by their repetition on other pages, and removed.

use rustc_hash::FxHashMap;

use super::interpreter::{TextRun, WIDE_GAP};

/// Text runs on one line, from the left.
pub(super) type Row = Vec<TextRun>;

/// That number of rows at the top and at the bottom of a page can be its running head or page number.
const EDGE: usize = 2;

/// On a page with more large letters they are not initials.
const MAX_INITIALS: usize = 50;

/// The rows of a page, from the top.
pub(super) fn rows(mut runs: Vec<TextRun>) -> Vec<Row> {
    let initials = initials(&mut runs);
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            // A superscript is on the line of its word.
            Some(row) if row[0].y - run.y < 0.3 * run.size.min(row[0].size) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().map(join).collect();
    for initial in initials {
        put_initial(&mut rows, initial);
    }
    rows
}

/// Joins adjacent text runs of a row. Text that is printed twice to look bold is kept once.
fn join(mut row: Row) -> Row {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut joined: Row = Vec::with_capacity(row.len());
    for run in row {
        let Some(last) = joined.last_mut() else {
            joined.push(run);
            continue;
        };
        let gap = (run.left - last.right) / run.size.max(last.size);
        let is_twice = run.left - last.left < 0.2 * run.size && run.text.trim() == last.text.trim();
        if is_twice {
            continue;
        }
        if gap < WIDE_GAP {
            let is_apart = gap > 0.12 && !last.text.ends_with(' ') && !run.text.starts_with(' ');
            last.text.push_str(if is_apart { " " } else { "" });
            last.text.push_str(&run.text);
            last.right = last.right.max(run.right);
            last.size = last.size.max(run.size);
        } else {
            joined.push(run);
        }
    }
    joined
}

/// Removes and returns the initials, which are several lines high.
fn initials(runs: &mut Vec<TextRun>) -> Vec<TextRun> {
    let size = usual_size(runs.iter());
    let is_initial = |run: &TextRun| {
        let mut letters = run.text.trim().chars();
        run.size >= 1.8 * size && letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    if runs.iter().filter(|run| is_initial(run)).count() > MAX_INITIALS {
        return Vec::new();
    }
    let (initials, others) = std::mem::take(runs).into_iter().partition(is_initial);
    *runs = others;
    initials
}

/// Puts an initial before the first of the lines to its right.
fn put_initial(rows: &mut Vec<Row>, mut initial: TextRun) {
    let top = initial.y + 0.8 * initial.size;
    let stands_by = |run: &TextRun| {
        let gap = (run.left - initial.right) / run.size;
        (-0.5..1.5).contains(&gap) && run.y >= initial.y - 0.3 * run.size && run.y < top && run.size < initial.size
    };
    match rows.iter_mut().flatten().find(|run| stands_by(run)) {
        Some(run) => {
            initial.text.truncate(initial.text.trim_end().len());
            run.text.insert_str(0, &initial.text);
            run.left = initial.left;
        }
        None => {
            let at = rows.partition_point(|row| row[0].y > initial.y);
            rows.insert(at, vec![initial]);
        }
    }
}

/// The size of most letters.
pub(super) fn usual_size<'p>(runs: impl Iterator<Item = &'p TextRun>) -> f64 {
    let mut letters: FxHashMap<i64, usize> = FxHashMap::default();
    for run in runs {
        *letters.entry((run.size * 2.0).round().min(1e6) as i64).or_default() += run.text.len();
    }
    // Of two equally common sizes, the smaller one.
    let most = letters.into_iter().max_by_key(|&(size, letters)| (letters, -size));
    most.map_or(10.0, |(size, _)| size.max(1) as f64 / 2.0)
}

/// Removes running heads and page numbers.
pub(super) fn drop_heads(pages: &mut [Vec<Row>]) {
    // The number of pages that have each head, and its smallest size.
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
            // The headline that later pages repeat as their head is set larger.
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

/// The outermost rows of a page, from the outside in, and whether they are at the top. A page with few rows has no
/// head.
fn edges(rows: &[Row]) -> impl Iterator<Item = (bool, &Row)> {
    let count = if rows.len() > 2 * EDGE { EDGE } else { 0 };
    let top = rows.iter().take(count).map(|row| (true, row));
    top.chain(rows.iter().rev().take(count).map(|row| (false, row)))
}

/// The part of a head that is the same on all pages: its letters, with numbers replaced.
fn key(row: &Row) -> String {
    let mut key = String::new();
    for letter in row.iter().flat_map(|run| run.text.chars()).filter(|letter| !letter.is_whitespace()).take(200) {
        match letter {
            letter if !letter.is_numeric() => key.extend(letter.to_lowercase()),
            _ if key.ends_with('#') => {}
            _ => key.push('#'),
        }
    }
    key
}

/// Is a row a page number: `3`, `- 3 -`, `Page 3 of 12`?
fn is_number(row: &Row) -> bool {
    let [run] = row.as_slice() else { return false };
    let text = run.text.trim().to_lowercase();
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

    pub(in super::super) fn text_run(text: &str, left: f64, y: f64, size: f64) -> TextRun {
        TextRun { text: text.to_owned(), left, right: left + text.len() as f64 * size / 2.0, y, size, turned: 0 }
    }

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|run| &run.text[..]).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn text_runs_on_one_line_are_a_row() {
        let runs = vec![
            text_run("right", 200.0, 100.0, 10.0),
            text_run("below", 0.0, 88.0, 10.0),
            text_run("left", 0.0, 100.0, 10.0),
            text_run("next", 24.0, 100.5, 10.0),
            text_run("left", 0.5, 100.0, 10.0),
        ];
        assert_eq!(texts(&rows(runs)), ["left next | right", "below"]);
    }

    #[test]
    fn a_large_initial_belongs_to_the_first_line_next_to_it() {
        let runs = vec![
            text_run("T", 0.0, 76.0, 36.0),
            text_run("he bridge over the Aske", 20.0, 100.0, 10.0),
            text_run("opened on Monday and all", 20.0, 88.0, 10.0),
            text_run("of the town came to it", 20.0, 76.0, 10.0),
        ];
        assert_eq!(texts(&rows(runs))[0], "The bridge over the Aske");
    }

    #[test]
    fn running_heads_and_page_numbers_are_removed() {
        let page = |number: usize, size: f64| {
            let mut rows = vec![vec![text_run("The Aske Courier", 0.0, 800.0, size)]];
            rows.extend((0..5).map(|at| {
                vec![text_run(
                    &format!("line {} of {number}{}", ["a", "b", "c", "d", "e"][at], "x".repeat(number)),
                    0.0,
                    700.0,
                    10.0,
                )]
            }));
            rows.push(vec![text_run(&format!("{number}"), 0.0, 20.0, 8.0)]);
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
            assert_eq!(is_number(&vec![text_run(text, 0.0, 0.0, 8.0)]), expected, "{text}");
        }
    }
}
