//! A **chunk** is a run of typed characters that is read as one word. This module finds where it ends, which characters
//! at its edges are punctuation, which `*` and `?` are wildcards, and which `~n` or `^n` is its suffix.

use unicode_normalization::char::is_combining_mark;

/// Whether `c` is a letter, a digit, or a combining mark.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a fuzzy word may contain `c`: letters, digits, and characters that join them in one word.
pub(super) fn is_inside_word(c: char) -> bool {
    is_letter(c)
        || matches!(
            c,
            '\'' | '’' | '-' | '&' | '.' | '_' | '*' | '?' | '#' | '@' | '+' | '\u{ad}' | '\u{200c}' | '\u{200d}'
        )
}

/// The double quotes of all languages. Single quotes are apostrophes.
pub(super) const QUOTES: [char; 9] = ['"', '“', '”', '„', '‟', '«', '»', '＂', '〝'];

/// Whether `c` is a double quote.
pub(super) fn is_quote(c: char) -> bool {
    QUOTES.contains(&c)
}

/// Whether `c` ends every chunk.
pub(super) fn ends_chunk(c: char) -> bool {
    matches!(c, '(' | ')') || c.is_whitespace() || is_quote(c)
}

/// Whether `c`, at byte `at` of `text`, separates words that are typed without a blank between them. Inside a number it
/// does not.
pub(super) fn separates_words(text: &str, at: usize, c: char) -> bool {
    match c {
        ',' => {
            let digit = |c: char| c.is_ascii_digit();
            !(text[..at].ends_with(digit) && text[at + 1..].starts_with(digit))
        }
        '.' => text[at + 1..].starts_with('.'),
        ';' | '|' | '—' | '…' | '•' | '¿' | '¡' => true,
        '、' | '。' | '，' | '；' | '！' | '？' | '：' | '（' | '）' => true,
        '「' | '」' | '『' | '』' | '【' | '】' | '《' | '》' | '〈' | '〉' => true,
        '،' | '؛' | '؟' | '۔' | '।' => true,
        _ => false,
    }
}

/// The greatest length of an address that is kept whole, in bytes.
const LONGEST_ADDRESS: usize = 2048;

/// The byte at which the word of the chunk from `at` begins: after punctuation, but not after the end of the chunk.
pub(super) fn start(text: &str, at: usize, wild: bool) -> usize {
    let mut chars = text[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let before_letter = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let opens = matches!(c, '#' | '@') || is_currency(c) || wild && c == '*';
        if c.is_alphanumeric() || before_letter && opens || ends_chunk(c) {
            return at + offset;
        }
    }
    text.len()
}

/// The byte at which the chunk that starts at `at` ends. An address (`http://...`) includes its commas, and parentheses
/// that are closed in it. If `whole` is true, the chunk has a sign or field before it, and only characters that end every
/// chunk end it.
pub(super) fn end(text: &str, at: usize, whole: bool) -> usize {
    if is_address(&text[at..]) {
        return address_end(text, at);
    }
    let mut chars = text[at..].char_indices();
    chars
        .find(|&(offset, c)| ends_chunk(c) || !whole && separates_words(text, at + offset, c))
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Whether `text` starts with a scheme and `://`.
pub(super) fn is_address(text: &str) -> bool {
    let scheme = text.bytes().take(20).take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
    scheme > 0 && text.as_bytes()[0].is_ascii_alphabetic() && text[scheme..].starts_with("://")
}

fn address_end(text: &str, at: usize) -> usize {
    let mut open = Vec::new();
    for (offset, c) in text[at..].char_indices() {
        let place = at + offset;
        match c {
            '(' => open.push(place),
            ')' if open.pop().is_none() => return place,
            _ if c.is_whitespace() || is_quote(c) || offset >= LONGEST_ADDRESS => {
                return open.first().copied().unwrap_or(place);
            }
            _ => {}
        }
    }
    open.first().copied().unwrap_or(text.len())
}

/// `text` without the punctuation at its edges; empty if it has no letter or digit. Signs that change the word stay:
/// `#MeToo`, `@potus`, `$5`, `U.S.`, `C++`. If `wild` is true, a `*` next to a letter stays too.
pub(super) fn trim(text: &str, wild: bool) -> &str {
    let mut rest = &text[start(text, 0, wild)..];
    loop {
        let mut chars = rest.chars();
        let Some(c) = chars.next_back() else { return "" };
        let before = chars.as_str();
        let kept = match c {
            '*' => wild && before.ends_with(is_letter),
            '.' => is_initialism(before),
            '+' | '#' => is_programming_language(rest),
            ')' => before.contains('(') && is_address(rest),
            _ => is_letter(c),
        };
        if kept {
            return rest;
        }
        rest = before;
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}' | '＄' | '￡' | '￥')
}

/// Whether `text` ends like `U.S`, so that a dot after it belongs to it.
fn is_initialism(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.next() == Some('.')
        && chars.next().is_some_and(char::is_alphabetic)
}

/// `C++`, `C#`: one letter, then signs.
fn is_programming_language(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && matches!(chars.as_str(), "+" | "++" | "#")
}

/// A piece of a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Exactly these characters.
    Text(&'t str),
    /// `?`: any single character.
    One,
    /// `*`: any characters, or none.
    Any,
}

/// Cuts `text` at its wildcards. A `*` counts next to a letter or digit. A `?` counts between two of them, but not in
/// an address or path (`watch?v=x`). A run of wildcards is treated as a unit.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let questions = !text.contains(['/', '=']);
    let wild = |c: char| c == '*' || c == '?';
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(offset) = text[at..].find(wild) {
        let run = at + offset;
        let run_end = text[run..].find(|c| !wild(c)).map_or(text.len(), |offset| run + offset);
        let left = text[..run].ends_with(is_letter);
        let right = text[run_end..].starts_with(char::is_alphanumeric);
        let counts = |b: u8| if b == b'*' { left || right } else { left && right && questions };
        at = run_end;
        if !text[run..run_end].bytes().any(counts) {
            continue;
        }
        if run > start {
            pieces.push(Piece::Text(&text[start..run]));
        }
        let run = text[run..run_end].bytes().filter(|&b| counts(b));
        pieces.extend(run.map(|b| if b == b'*' { Piece::Any } else { Piece::One }));
        start = run_end;
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// Whether `text` has a wildcard.
pub(super) fn is_wild(text: &str) -> bool {
    text.contains(['*', '?']) && pieces(text).iter().any(|piece| !matches!(piece, Piece::Text(_)))
}

/// A suffix of a word or phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Suffix<'t> {
    /// `~` and the digits after it, if any.
    Tilde(&'t str),
    /// `^` and the number after it.
    Caret(&'t str),
}

/// The suffix that `text` starts with, and its length in bytes.
pub(super) fn suffix(text: &str) -> Option<(Suffix<'_>, usize)> {
    let number = |from: usize, point: bool| {
        let mut seen = false;
        let end = text[from..]
            .find(|c: char| !(c.is_ascii_digit() || point && c == '.' && !std::mem::replace(&mut seen, true)));
        &text[from..end.map_or(text.len(), |end| from + end)]
    };
    match text.as_bytes().first()? {
        b'~' => {
            let digits = number(1, false);
            Some((Suffix::Tilde(digits), 1 + digits.len()))
        }
        b'^' => {
            let digits = number(1, true);
            let is_number = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with('.');
            is_number.then_some((Suffix::Caret(digits), 1 + digits.len()))
        }
        _ => None,
    }
}

/// Splits the last suffix off a chunk, if it ends in one.
pub(super) fn split_suffix(chunk: &str) -> Option<(&str, Suffix<'_>)> {
    let at = chunk.rfind(['~', '^'])?;
    let (found, length) = suffix(&chunk[at..])?;
    (at + length == chunk.len()).then_some((&chunk[..at], found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges() {
        let table = [
            ("dam", "dam"),
            ("failed?", "failed"),
            ("Trump:", "Trump"),
            ("'dam'", "dam"),
            ("Jones’", "Jones"),
            ("U.S.", "U.S."),
            ("U.S.,", "U.S."),
            ("etc.", "etc"),
            ("a.m.", "a.m."),
            ("C++", "C++"),
            ("c#", "c#"),
            ("dam+", "dam"),
            ("#MeToo", "#MeToo"),
            ("#", ""),
            ("@potus:", "@potus"),
            ("$5", "$5"),
            ("€1,200", "€1,200"),
            ("5%", "5"),
            ("--dam--", "dam"),
            ("Yahoo!", "Yahoo"),
            ("-", ""),
            ("&", ""),
            ("“", ""),
            ("...", ""),
            ("🌊", ""),
            ("🌊dam🌊", "dam"),
            ("cafe\u{301}", "cafe\u{301}"),
            ("தமிழ்", "தமிழ்"),
            ("水", "水"),
            ("http://x.com/a_(b).", "http://x.com/a_(b)"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(trim(text, false), expected, "{text}");
            assert_eq!(trim(trim(text, true), true), trim(text, true), "{text}");
        }
        let table = [("collaps*", "collaps*"), ("**dam**", "*dam*"), ("*", ""), ("C++*", "C++"), ("dam?*", "dam")];
        for (text, expected) in table {
            assert_eq!(trim(text, true), expected, "{text}");
        }
    }

    #[test]
    fn wildcards_are_next_to_letters() {
        use Piece::{Any, One, Text};
        let table: &[(&str, &[Piece])] = &[
            ("collaps*", &[Text("collaps"), Any]),
            ("*gate", &[Any, Text("gate")]),
            ("wom?n", &[Text("wom"), One, Text("n")]),
            ("wom??n", &[Text("wom"), One, One, Text("n")]),
            ("m*n", &[Text("m"), Any, Text("n")]),
            ("failed?", &[Text("failed?")]),
            ("?dam", &[Text("?dam")]),
            ("a-*-b", &[Text("a-*-b")]),
            ("COVID-1*", &[Text("COVID-1"), Any]),
            ("watch?v=x", &[Text("watch?v=x")]),
            ("a/watch*", &[Text("a/watch"), Any]),
            ("水*", &[Text("水"), Any]),
            ("collaps*?", &[Text("collaps"), Any]),
            ("*", &[Text("*")]),
        ];
        for (text, expected) in table {
            assert_eq!(&pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn suffixes_end_a_word() {
        let table = [
            ("dam^2", Some(("dam", Suffix::Caret("2")))),
            ("dam^0.5", Some(("dam", Suffix::Caret("0.5")))),
            ("dam^", None),
            ("dam^2.", None),
            ("dam^.5", None),
            ("dam^1.2.3", None),
            ("dam~", Some(("dam", Suffix::Tilde("")))),
            ("dam~2", Some(("dam", Suffix::Tilde("2")))),
            ("dam~x", None),
            ("~user", None),
            ("dam~1^2", Some(("dam~1", Suffix::Caret("2")))),
        ];
        for (text, expected) in table {
            assert_eq!(split_suffix(text), expected, "{text}");
        }
    }

    #[test]
    fn ends() {
        let table = [
            ("dam levee", "dam"),
            ("dam,levee", "dam"),
            ("1,200,", "1,200"),
            ("dam...levee", "dam"),
            ("dam—levee", "dam"),
            ("dam)", "dam"),
            ("dam\"", "dam"),
            ("http://x.com/a_(b)/c,d) e", "http://x.com/a_(b)/c,d"),
            ("http://x.com/(a b", "http://x.com/"),
            ("http://x.com/\"", "http://x.com/"),
            ("東京、大阪", "東京"),
        ];
        for (text, expected) in table {
            assert_eq!(&text[..end(text, 0, false)], expected, "{text}");
        }
        assert_eq!(end("a,b c", 0, true), 3);
        assert_eq!(end("http://x.com/((((", 0, false), 13);
    }
}
