//! Finds places where text may be cut: at blanks, between characters of scripts without blanks, and in text that has
//! neither (an address of 300 letters) between graphemes.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use morgue_article::token::writes_no_blanks;

/// The last place in `within` where the text after it may be cut off. If `within` has any readable text, some of it stays
/// before that place.
pub(super) fn last_cut(text: &str, within: Range<usize>) -> usize {
    let loose =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | '“' | '‘' | '、' | '，');
    let solid = text[within.clone()].find(|c| !loose(c)).map_or(within.start, |offset| within.start + offset);
    let places = || text[within.clone()].char_indices().rev().map(|(at, c)| within.start + at + c.len_utf8());
    let mut cut = places().find(|&at| at > solid && is_word_boundary(text, at) && is_grapheme_boundary(text, at));
    cut = cut.or_else(|| places().find(|&at| is_grapheme_boundary(text, at)));
    let cut = cut.unwrap_or(within.start);
    within.start + text[within.start..cut].trim_end_matches(loose).len()
}

/// The first place in `within` where the text before it may be cut off.
pub(super) fn first_cut(text: &str, within: Range<usize>) -> usize {
    let places = || text[within.clone()].char_indices().map(|(at, _)| within.start + at);
    let mut cut = places().find(|&at| is_word_boundary(text, at) && is_grapheme_boundary(text, at));
    cut = cut.or_else(|| places().find(|&at| is_grapheme_boundary(text, at)));
    let cut = cut.unwrap_or(within.end);
    let loose =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | ')' | '”' | '、' | '，' | '。');
    within.end - text[cut..within.end].trim_start_matches(loose).len()
}

/// Whether a word ends before `at` or starts at it.
fn is_word_boundary(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { return true };
    before.is_whitespace() || after.is_whitespace() || writes_no_blanks(before) || writes_no_blanks(after)
}

/// Whether `at` is not inside a grapheme.
pub(super) fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if at == 0 || at == bytes.len() {
        return true;
    }
    if bytes[at - 1].is_ascii() && bytes[at].is_ascii() {
        return (bytes[at - 1], bytes[at]) != (b'\r', b'\n');
    }
    // The cursor sees the whole text, so it never asks for more context.
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}
