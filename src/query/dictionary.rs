//! What resolving a query asks of an index: which words there are, in how many articles, and which names.

use super::{Field, NamePattern, WordPattern};
use morgue_article::EntityKind;
use morgue_article::token::Form;

/// Most words that one wildcard, fuzzy word or regular expression becomes.
pub const MAX_EXPANSIONS: usize = 1024;

/// The words and names of an index.
pub trait Dictionary {
    /// The exact forms that match `pattern`, in the text (`None`) or in a field beside it. Of more than `limit`, those
    /// in most articles; among equals, the first by bytes.
    fn expand(&self, field: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion;

    /// In how many articles a form stands, in the text (`None`) or in a field beside it.
    fn docs(&self, field: Option<Field>, form: Form, text: &str) -> u64;

    /// The entities of a kind, or of any, of which one spelling matches ([`NamePattern::matches`]), or whose key the name
    /// asked for has.
    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName>;
}

/// What a pattern becomes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expansion {
    /// Words, in any order.
    pub terms: Vec<ExpandedTerm>,
    /// How many match, those past the limit counted too.
    pub total: u64,
}

/// A word of an expansion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedTerm {
    /// The exact form.
    pub text: String,
    /// In how many articles it stands.
    pub docs: u64,
    /// How many edits away it is, for a fuzzy word; else 0.
    pub edits: u8,
}

/// A name of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// Groups its spellings.
    pub key: String,
    /// The spelling to show.
    pub name: String,
    /// In how many articles it stands.
    pub docs: u64,
}

impl Expansion {
    /// Cuts all words that match down to the `limit` in most articles; among equals, the first by bytes.
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
