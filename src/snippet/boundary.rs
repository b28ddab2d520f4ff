//! Where text may be cut: at blanks, between characters of scripts without blanks, and in what has neither (an address
//! of 300 letters) between graphemes.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use morgue_article::token::writes_no_blanks;

/// The last place in `within` to cut off what follows, so that something to be read stays before it if there is any.
pub(super) fn last_cut(text: &str, within: Range<usize>) -> usize {
    let loose =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | '“' | '‘' | '、' | '，');
    let solid = text[within.clone()].find(|c| !loose(c)).map_or(within.start, |offset| within.start + offset);
    let places = || text[within.clone()].char_indices().rev().map(|(at, c)| within.start + at + c.len_utf8());
    let mut cut = places().find(|&at| at > solid && parts_words(text, at) && parts_graphemes(text, at));
    cut = cut.or_else(|| places().find(|&at| parts_graphemes(text, at)));
    let cut = cut.unwrap_or(within.start);
    within.start + text[within.start..cut].trim_end_matches(loose).len()
}

/// The first place in `within` to cut off what stands before.
pub(super) fn first_cut(text: &str, within: Range<usize>) -> usize {
    let places = || text[within.clone()].char_indices().map(|(at, _)| within.start + at);
    let mut cut = places().find(|&at| parts_words(text, at) && parts_graphemes(text, at));
    cut = cut.or_else(|| places().find(|&at| parts_graphemes(text, at)));
    let cut = cut.unwrap_or(within.end);
    let loose =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | ')' | '”' | '、' | '，' | '。');
    within.end - text[cut..within.end].trim_start_matches(loose).len()
}

/// Whether a word ends before `at` or starts at it.
fn parts_words(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { return true };
    before.is_whitespace() || after.is_whitespace() || writes_no_blanks(before) || writes_no_blanks(after)
}

/// Whether no grapheme reaches over `at`.
pub(super) fn parts_graphemes(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if at == 0 || at == bytes.len() {
        return true;
    }
    if bytes[at - 1].is_ascii() && bytes[at].is_ascii() {
        return (bytes[at - 1], bytes[at]) != (b'\r', b'\n');
    }
    // With the whole text at hand no context is missing.
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}
