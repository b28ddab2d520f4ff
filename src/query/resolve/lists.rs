//! Bare lists: which items are required, optional or excluded, and which stop words are left out.

use super::Resolver;
use crate::query::Clause;
use crate::query::{Field, Item, Node, Sign};
use morgue_article::token::{Form, STOP_WORDS};

impl Resolver<'_> {
    /// Resolves a bare list. Filters (days, quoted names and others, see [`Node::is_filter`]) are required. A stop word
    /// is left out if the list has other words.
    pub(super) fn list(&mut self, items: &[Item], field: Option<Field>) -> Option<Clause> {
        let is_word = |item: &Item| item.sign != Sign::Excluded && !item.node.is_filter();
        let has_other_words =
            items.iter().any(|item| is_word(item) && (item.sign == Sign::Required || !self.is_stop_word(&item.node)));
        let (mut required, mut optional, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        let mut need_optional = !self.with.all;
        for Item { sign, node } in items {
            let is_filter = node.is_filter();
            if *sign == Sign::Bare && !is_filter && has_other_words && self.is_stop_word(node) {
                continue;
            }
            let Some(clause) = self.node(node, field) else { continue };
            match sign {
                Sign::Excluded => excluded.push(clause),
                Sign::Required => {
                    need_optional &= is_filter;
                    required.push(clause);
                }
                Sign::Bare if is_filter || self.with.all => required.push(clause),
                Sign::Bare => optional.push(clause),
            }
        }
        match (required.len(), optional.len(), excluded.len()) {
            (0, 0, 0) => None,
            (1, 0, 0) => required.pop(),
            (0, 1, 0) => optional.pop(),
            _ => {
                need_optional &= !optional.is_empty();
                Some(Clause::List { required, need_optional, optional, excluded })
            }
        }
    }

    /// Whether `node` is a bare stop word. A word that asks for a marked form (`IT`, `U.S.`) is not one.
    fn is_stop_word(&mut self, node: &Node) -> bool {
        let Node::Word { text, exact: false } = node else { return false };
        if text.len() > 8 {
            return false;
        }
        let words = self.tokenizer.typed(text, self.all_caps);
        match words.as_slice() {
            [word] => word.exact.iter().any(|(form, text)| *form == Form::Exact && STOP_WORDS.contains(text)),
            _ => false,
        }
    }
}
