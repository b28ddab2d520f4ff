//! Recognizes links to other articles. Part of `furniture_sentences.rs`, which has the examples.

use morgue_article::WordList;

/// Labels before a link to another article.
static LABELS: WordList = WordList::new(include_str!("words/link_labels.txt"));

/// Longer lines are not links to other articles. Bytes.
const LONGEST_LINK: usize = 220;

/// Is the line a link to another article? `More:Bridge closed for a year`, `RELATED: ...`. A headline has no full stop.
pub(super) fn is_link(paragraph: &str) -> bool {
    let Some((label, rest)) = paragraph.split_once(':') else { return false };
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let known = label.len() <= 24 && LABELS.contains(&label.to_lowercase().replace('’', "'"));
    // `MASKS:What to know`: a label without a blank after it is a link that lost its markup, if a headline follows.
    let glued = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘'))
        && (4..=40).contains(&label.len())
        && rest.len() >= 24
        && !rest.ends_with(['?', '!', '"', '”', ')'])
        && label.starts_with(char::is_uppercase)
        && !label.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '"' | '“' | '('));
    let rest = rest.trim_start();
    let headline = rest.len() >= 12 && rest.len() <= LONGEST_LINK && !rest.ends_with(['.', ',', ':', ';']);
    (known || glued) && headline && rest.starts_with(|c: char| !c.is_lowercase())
}
