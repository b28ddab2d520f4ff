//! [`RawArticle`] -> [`Article`]: a list of small text rules, in one visible order.

use crate::article::{Article, RawArticle, Skip};

/// Cleans a raw article and freezes its text.
pub fn normalize(raw: RawArticle) -> Result<Article, Skip> {
    let _ = raw;
    unimplemented!()
}
