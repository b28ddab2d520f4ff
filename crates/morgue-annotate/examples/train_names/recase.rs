//! Copies of articles as headlines write (`Dam Fails Near Ashby`) and as wires once wrote (`DAM FAILS NEAR ASHBY`), so
//! that the model knows names there too.

use crate::gold::Sentences;

/// Words that headlines leave small.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to", "with", "from", "'s", "’s",
    "n't", "is", "vs",
];

/// A recased copy of the article with this number; most have none. The shares were found by trying.
pub fn copy(article: &Sentences, number: usize) -> Option<Sentences> {
    match number % 4 {
        1 => Some(map(
            article,
            |token, first| if first || !SMALL.contains(&token) { capitalized(token) } else { token.to_owned() },
        )),
        3 => Some(map(article, |token, _| token.to_uppercase())),
        _ => None,
    }
}

fn map(article: &Sentences, recased: impl Fn(&str, bool) -> String) -> Sentences {
    let sentences = article.iter().map(|sentence| {
        let tokens = sentence.iter().enumerate();
        tokens.map(|(i, (token, tag))| (recased(token, i == 0), tag.clone())).collect()
    });
    sentences.collect()
}

fn capitalized(token: &str) -> String {
    let mut chars = token.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
