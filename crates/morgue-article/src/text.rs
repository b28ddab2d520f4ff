//! Small functions over text that several crates share.
//!
//! Most users need only [`char_range`] and [`char_ranges`], which turn the byte ranges of Morgue into ranges that
//! programs in other languages can use.

use std::ops::Range;

/// Counts a byte range of `text` in characters (Unicode code points), as Python counts them. JavaScript and Java count
/// UTF-16 units, which differ for characters such as emoji.
///
/// ```
/// use morgue_article::text::char_range;
///
/// let text = "Łódź votes";
/// assert_eq!(&text[8..13], "votes");
/// assert_eq!(char_range(text, 8..13), 5..10);
/// ```
///
/// # Panics
/// If an end of the range is beyond the text or inside of a character. The ranges in an article, its annotations and
/// its hits never are.
pub fn char_range(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].chars().count();
    start..start + text[range].chars().count()
}

/// Counts many byte ranges of `text` in characters, see [`char_range`]. For sorted ranges that do not overlap, the time
/// is linear in the length of the text and the number of ranges; any other order is correct, and slower.
///
/// ```
/// use morgue_article::text::char_ranges;
///
/// let text = "Łódź and Kraków";
/// assert_eq!(char_ranges(text, [0..7, 12..19]), [0..4, 9..15]);
/// ```
///
/// # Panics
/// As [`char_range`] does.
pub fn char_ranges(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let (mut bytes, mut chars) = (0, 0);
    let count = |range: Range<usize>| text[range].chars().count();
    let in_chars = ranges.into_iter().map(|range| {
        if range.start >= bytes {
            chars += count(bytes..range.start);
        } else {
            chars -= count(range.start..bytes);
        }
        bytes = range.start;
        chars..chars + count(range)
    });
    in_chars.collect()
}

/// The letters and digits of `text` alone, in lower case: a key under which two spellings of a title or name are equal
/// when they differ only in case, blanks and punctuation.
///
/// ```
/// use morgue_article::text::letters_and_digits;
///
/// assert_eq!(letters_and_digits("Bridge ‘closed’ for 2 years!"), "bridgeclosedfor2years");
/// ```
pub fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `text` as one line: without blanks at its ends, and with one blank for each run of blanks and line ends inside.
///
/// ```
/// use morgue_article::text::one_line;
///
/// assert_eq!(one_line("  Two\n lines\u{a0} and \t blanks "), "Two lines and blanks");
/// ```
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn char_ranges_agree_with_char_range(
            text in "\\PC{0,20}",
            cuts in proptest::collection::vec((0..80usize, 0..80usize), 0..8),
        ) {
            let ranges: Vec<_> = cuts
                .into_iter()
                .map(|(a, b)| text.floor_char_boundary(a.min(b))..text.floor_char_boundary(a.max(b)))
                .collect();
            let one_by_one: Vec<_> = ranges.iter().map(|range| char_range(&text, range.clone())).collect();
            prop_assert_eq!(char_ranges(&text, ranges), one_by_one);
        }

        #[test]
        fn one_line_has_single_blanks(text in "\\PC{0,20}|[a \n\t\u{a0}]{0,20}") {
            prop_assert_eq!(one_line(&text), text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
