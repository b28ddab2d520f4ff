//! Joins lines into paragraphs, over columns and pages, and joins words that are hyphenated at a line's end. The
//! program that set the page hyphenates, so that a split word is one word unless the text has it with a hyphen
//! elsewhere.

use rustc_hash::FxHashSet;

use super::columns::Block;
use super::interpreter::TextRun;

/// A paragraph and the size of its letters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) size: f64,
}

/// Prefixes that keep their hyphen at a line's end.
const PREFIXES: [&str; 16] = [
    "all", "anti", "cross", "ex", "half", "high", "long", "low", "mid", "non", "post", "pro", "self", "short", "vice",
    "well",
];

/// Limit for the part of a word before the hyphen. Bytes.
const LONGEST_HEAD: usize = 64;

/// The paragraphs of all pages, in order.
pub(super) fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    let words = words(blocks);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for block in blocks {
        let layout = BlockLayout::of(block);
        let mut before: Option<&TextRun> = None;
        for line in block {
            let text = line.text.trim();
            match (before, paragraphs.last_mut()) {
                (Some(before), Some(open)) if !layout.opens(before, line) => append(&mut open.text, text, &words),
                (None, Some(open)) if goes_on(open, line) => append(&mut open.text, text, &words),
                _ => paragraphs.push(Paragraph { text: text.to_owned(), size: line.size }),
            }
            before = Some(line);
        }
    }
    paragraphs
}

/// Does the first line of a block continue the paragraph of the previous block?
fn goes_on(open: &Paragraph, line: &TextRun) -> bool {
    let is_alike = (open.size / line.size - 1.0).abs() < 0.12;
    let starts_inside = line.text.trim_start().starts_with(char::is_lowercase);
    is_alike && starts_inside && !open.text.ends_with(['.', '!', '?', ':', '”', '"'])
}

/// The layout of a block.
struct BlockLayout {
    left: f64,
    right: f64,
    /// The usual distance between two lines.
    leading: f64,
}

impl BlockLayout {
    fn of(block: &[TextRun]) -> BlockLayout {
        let mut lefts: Vec<f64> = block.iter().map(|line| line.left).collect();
        let mut steps: Vec<f64> = block.windows(2).map(|pair| pair[0].y - pair[1].y).collect();
        lefts.sort_by(f64::total_cmp);
        steps.sort_by(f64::total_cmp);
        BlockLayout {
            // Some lines begin further left: list markers, quotation marks.
            left: lefts.get(lefts.len() / 10).copied().unwrap_or(0.0),
            right: block.iter().map(|line| line.right).fold(f64::NEG_INFINITY, f64::max),
            leading: steps.get(steps.len() / 2).copied().unwrap_or(0.0),
        }
    }

    /// Does `line` begin a paragraph after the line `before`?
    fn opens(&self, before: &TextRun, line: &TextRun) -> bool {
        let size = before.size.max(line.size);
        let step = before.y - line.y;
        let is_set_otherwise = (before.size / line.size - 1.0).abs() > 0.12;
        let is_apart = step > 1.25 * self.leading.max(0.9 * size) || step > 2.2 * size;
        let is_indented =
            (0.5 * size..6.0 * size).contains(&(line.left - self.left)) && before.left - self.left < 0.4 * size;
        // The line `before` had room for the first word of the next line.
        let word = line.text.trim().split(' ').next().map_or(0, str::len) as f64;
        let is_short = self.right - before.right > (0.5 * word + 2.0) * size;
        let is_ended = before.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '’']);
        is_set_otherwise || is_apart || is_indented || (is_short && is_ended)
    }
}

/// Appends a line to a paragraph.
fn append(text: &mut String, line: &str, words: &FxHashSet<String>) {
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if let Some((head, tail)) = split_word(text, line) {
        let whole = format!("{head}{tail}").to_lowercase();
        let compound = format!("{head}-{tail}").to_lowercase();
        let is_compound = !words.contains(&whole)
            && (words.contains(&compound) || PREFIXES.contains(&head.to_lowercase().as_str()) || head.contains('-'));
        let is_name = tail.starts_with(|c: char| !c.is_lowercase());
        if !is_name && !is_compound {
            text.pop();
        }
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// The two parts of a word that is split at a line's end.
fn split_word<'t>(text: &'t str, line: &'t str) -> Option<(&'t str, &'t str)> {
    let before = text.strip_suffix(['-', '\u{2010}'])?;
    let part = |c: char| !(c.is_alphanumeric() || c == '-');
    let floor = before.floor_char_boundary(before.len().saturating_sub(LONGEST_HEAD));
    let head = before[floor..].rsplit(part).next().filter(|head| head.ends_with(char::is_alphanumeric))?;
    let tail = line.split(|c: char| !c.is_alphanumeric()).next().filter(|tail| !tail.is_empty())?;
    Some((head, tail))
}

/// All words that are not at a line's end with a hyphen.
fn words(blocks: &[Block]) -> FxHashSet<String> {
    let part = |c: char| !(c.is_alphanumeric() || c == '-');
    let lines = blocks.iter().flatten();
    lines
        .flat_map(|line| line.text.trim().split(part))
        .filter(|word| !word.ends_with('-'))
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::text_run;
    use super::*;

    fn read(lines: &[(&str, f64, f64, f64)]) -> Vec<String> {
        let block = lines.iter().map(|&(text, left, y, size)| text_run(text, left, y, size)).collect();
        paragraphs(&[block]).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn gaps_indents_sizes_and_short_lines_separate_paragraphs() {
        let lines = [
            ("Bridge opens", 0.0, 100.0, 20.0),
            ("The bridge over the Aske", 0.0, 80.0, 10.0),
            ("opened on Monday, a year", 0.0, 68.0, 10.0),
            ("late.", 0.0, 56.0, 10.0),
            ("All of the town came to it", 0.0, 44.0, 10.0),
            ("and they stayed to the end.", 0.0, 32.0, 10.0),
            ("The mayor said that he was", 10.0, 20.0, 10.0),
            ("glad of it in all respects.", 0.0, 8.0, 10.0),
            ("Nobody asked him any other", 0.0, -12.0, 10.0),
        ];
        let expected = [
            "Bridge opens",
            "The bridge over the Aske opened on Monday, a year late.",
            "All of the town came to it and they stayed to the end.",
            "The mayor said that he was glad of it in all respects.",
            "Nobody asked him any other",
        ];
        assert_eq!(read(&lines), expected);
    }

    #[test]
    fn split_words_are_joined() {
        let words: FxHashSet<String> = ["long-range", "bridgework"].map(String::from).into_iter().collect();
        for (before, line, expected) in [
            ("the govern-", "ment said", "the government said"),
            ("the bridge-", "work is", "the bridgework is"),
            ("a long-", "range plan", "a long-range plan"),
            ("a self-", "made man", "a self-made man"),
            ("the Anglo-", "Irish treaty", "the Anglo-Irish treaty"),
            ("in 1986-", "87 it", "in 1986-87 it"),
            ("it ended -", "at last", "it ended - at last"),
            ("soft\u{ad}", "ly", "softly"),
            ("one", "two", "one two"),
        ] {
            let mut text = before.to_owned();
            append(&mut text, line, &words);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn a_paragraph_continues_in_the_next_column() {
        let line = |text: &str, y: f64| text_run(text, 0.0, y, 10.0);
        let blocks = [
            vec![line("The bridge was", 20.0)],
            vec![line("opened by the mayor.", 90.0)],
            vec![line("All came", 90.0)],
        ];
        let texts: Vec<_> = paragraphs(&blocks).into_iter().map(|paragraph| paragraph.text).collect();
        assert_eq!(texts, ["The bridge was opened by the mayor.", "All came"]);
    }
}
