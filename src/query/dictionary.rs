//! The questions that resolving a query asks an index: its words, the number of articles of each, and its names.

use super::{Field, NamePattern, WordPattern};
use morgue_article::EntityKind;
use morgue_article::token::Form;

/// The greatest number of words that one wildcard, fuzzy word or regular expression is expanded to.
pub(crate) const MAX_EXPANSIONS: usize = 1024;

/// The words and names of an index.
pub trait Dictionary {
    /// The exact forms that match `pattern`, in the text (`None`) or in a field outside it. If there are more than `limit`,
    /// the ones in the greatest number of articles are taken; of equals, the first by bytes.
    fn expand(&self, field: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion;

    /// The number of articles that have a form in the text (`None`) or in a field outside it.
    fn docs(&self, field: Option<Field>, form: Form, text: &str) -> u64;

    /// The entities of a kind, or of any kind, that have a spelling that matches ([`NamePattern::matches`]), or that have the
    /// key of the name in the query.
    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName>;
}

/// The words that match a pattern.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expansion {
    /// Words, in any order.
    pub terms: Vec<ExpandedTerm>,
    /// The number of words that match, including those beyond the limit.
    pub total: u64,
}

/// A word that matches a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedTerm {
    /// The exact form.
    pub text: String,
    /// The number of articles that have it.
    pub docs: u64,
    /// The number of edits between it and a fuzzy word; 0 for other patterns.
    pub edits: u8,
}

/// A name of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// The key of the entity, the same for all its spellings.
    pub key: String,
    /// The spelling to show.
    pub name: String,
    /// The number of articles that have it.
    pub docs: u64,
}

impl Expansion {
    /// Keeps the `limit` words in the greatest number of articles; of equals, the first by bytes. `terms` are all words that
    /// match.
    pub fn of(mut terms: Vec<ExpandedTerm>, limit: usize) -> Expansion {
        let total = terms.len() as u64;
        let order = |a: &ExpandedTerm, b: &ExpandedTerm| b.docs.cmp(&a.docs).then_with(|| a.text.cmp(&b.text));
        if limit == 0 {
            terms.clear();
        } else if terms.len() > limit {
            terms.select_nth_unstable_by(limit - 1, order);
            terms.truncate(limit);
        }
        terms.sort_unstable_by(order);
        Expansion { terms, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_stay() {
        let term = |text: &str, docs| ExpandedTerm { text: text.to_string(), docs, edits: 0 };
        let all = vec![term("a", 1), term("b", 3), term("d", 2), term("c", 2)];
        let cut = Expansion::of(all.clone(), 2);
        assert_eq!((cut.terms, cut.total), (vec![term("b", 3), term("c", 2)], 4));
        assert_eq!(Expansion::of(all.clone(), 9).terms.len(), 4);
        assert_eq!(Expansion::of(all, 0).terms.len(), 0);
    }
}
