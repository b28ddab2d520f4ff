//! Date mentions: time expressions in the text, and the days they mean.

use crate::article::{Article, Mention};
use crate::date::DateSpan;

/// All date mentions of an article, sorted and disjoint.
pub fn find(article: &Article) -> Vec<Mention<Option<DateSpan>>> {
    let _ = article;
    Vec::new()
}
