//! Copies of training articles with other capitalization: as headlines are written (`Dam Fails Near Ashby`), and as news agencies
//! used to write (`DAM FAILS NEAR ASHBY`). The model learns to find names in such text, too.

use super::gold_names::TaggedArticle;

/// Words that headlines write in lower case.
const LOWER_IN_HEADLINES: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to", "with", "from", "'s", "’s",
    "n't", "is", "vs",
];

/// A copy of `article` with other capitalization. `number` is its index in the training data: of every four articles, one
/// gets a copy as a headline, one a copy in capitals. These shares were found by trying.
pub(super) fn recased_copy(article: &TaggedArticle, number: usize) -> Option<TaggedArticle> {
    match number % 4 {
        1 => Some(map_tokens(article, |token, is_first| {
            let stays_lower = !is_first && LOWER_IN_HEADLINES.contains(&token);
            if stays_lower { token.to_owned() } else { capitalized(token) }
        })),
        3 => Some(map_tokens(article, |token, _| token.to_uppercase())),
        _ => None,
    }
}

/// A copy of the article with changed tokens. `change` gets a token and whether it is the first of its sentence.
fn map_tokens(article: &TaggedArticle, change: impl Fn(&str, bool) -> String) -> TaggedArticle {
    let sentences = article.iter().map(|sentence| {
        let tokens = sentence.iter().enumerate();
        tokens.map(|(i, (token, tag))| (change(token, i == 0), tag.clone())).collect()
    });
    sentences.collect()
}

fn capitalized(token: &str) -> String {
    let mut chars = token.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
