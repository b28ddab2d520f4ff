//! Cuts paragraphs into sentences and looks for phrases in them. For `furniture_sentences.rs` and
//! `furniture_notices.rs`.

/// The sentences of a paragraph, and the parts of a sentence before and after `label: `, without marks around them.
pub(super) fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let bytes = paragraph.as_bytes();
    std::iter::from_fn(move || {
        if from >= paragraph.len() {
            return None;
        }
        let ends = |at: &usize| {
            matches!(bytes[*at], b'.' | b'!' | b'?')
                && matches!(bytes.get(at + 1), None | Some(b' ' | b')' | b'"' | b':'))
        };
        let end = (from..bytes.len()).find(ends).map_or(bytes.len(), |at| at + 1);
        let sentence = &paragraph[from..end];
        from = end;
        Some(sentence.trim_matches(|c: char| !c.is_alphanumeric() && c != '©'))
    })
    .filter(|sentence| !sentence.is_empty())
}

/// Whether a sentence has one of some phrases.
pub(super) fn has_any(sentence: &str, words: &[&str]) -> bool {
    words.iter().any(|word| sentence.contains(word))
}

/// Whether a sentence starts with one of some phrases.
pub(super) fn opens_with_any(sentence: &str, openings: &[&str]) -> bool {
    openings.iter().any(|opening| sentence.starts_with(opening))
}

/// Does a text start with a small letter and then no capital? A name such as `iPhone` has a capital.
pub(super) fn is_ascii_lowercase_start(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_lowercase()) && !letters.next().is_some_and(char::is_uppercase)
}
