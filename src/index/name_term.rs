//! Names as terms: the key that groups the spellings of a name, then this spelling. The spelling is left out if it is the
//! key with a capital at the start of each word, which is true of two names in three.

use std::borrow::Cow;

/// Separates the key from the spelling.
pub(crate) const SEPARATOR: char = '\u{1f}';
/// The next character after the separator.
const AFTER_SEPARATOR: char = '\u{20}';

/// Names longer than this number of bytes are cut: they are errors of a source, not names.
const MAX_NAME: usize = 200;

/// The term of a name of this key.
pub(crate) fn name_term(key: &str, name: &str) -> String {
    let (key, name) = (cut(key), cut(name));
    let spelling = if capitalized(key).eq(name.chars()) { "" } else { name };
    format!("{key}{SEPARATOR}{spelling}")
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_NAME)]
}

/// The key and the name of a term.
pub(crate) fn name_of(term: &str) -> Option<(&str, Cow<'_, str>)> {
    let (key, spelling) = term.split_once(SEPARATOR)?;
    let name = if spelling.is_empty() { capitalized(key).collect() } else { Cow::Borrowed(spelling) };
    Some((key, name))
}

/// A range of terms that contains all terms of a key: the first is included, the second is not.
pub(crate) fn terms_of(key: &str) -> (String, String) {
    (format!("{key}{SEPARATOR}"), format!("{key}{AFTER_SEPARATOR}"))
}

/// The key with a capital at the start of each word.
fn capitalized(key: &str) -> impl Iterator<Item = char> {
    let mut before = ' ';
    key.chars()
        .map(move |char| if std::mem::replace(&mut before, char) == ' ' { char.to_ascii_uppercase() } else { char })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (key, name, term) in [
            ("vladimir putin", "Vladimir Putin", "vladimir putin\u{1f}"),
            ("sergei kislyak", "Sergey Kislyak", "sergei kislyak\u{1f}Sergey Kislyak"),
            ("united states", "U.S.", "united states\u{1f}U.S."),
            ("élan", "Élan", "élan\u{1f}Élan"),
            ("élan", "élan", "élan\u{1f}"),
            ("3 doors", "3 Doors", "3 doors\u{1f}"),
        ] {
            assert_eq!(name_term(key, name), term);
            assert_eq!(name_of(term), Some((key, Cow::Borrowed(name))));
            let (from, to) = terms_of(key);
            assert!(from.as_str() <= term && term < to.as_str(), "{term}");
        }
        assert_eq!(name_of("no name"), None);
        assert_eq!(name_term(&"ж".repeat(150), "x"), format!("{}\u{1f}x", "ж".repeat(100)));
    }
}
