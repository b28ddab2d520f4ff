//! Bare lists: what of them is required, what optional, what is passed over.

use super::Resolver;
use crate::query::Clause;
use crate::query::{Field, Item, Node, Sign};
use morgue_article::token::{Form, STOP_WORDS};

impl Resolver<'_> {
    /// What a bare list asks for. Days, quoted names and their like are requirements; a stop word is passed over where
    /// there are other words.
    pub(super) fn list(&mut self, items: &[Item], field: Option<Field>) -> Option<Clause> {
        let is_word = |item: &Item| item.sign != Sign::Excluded && !item.node.is_filter();
        let others =
            items.iter().any(|item| is_word(item) && (item.sign == Sign::Required || !self.is_stop_word(&item.node)));
        let (mut required, mut optional, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        // What was typed for their leaves, to be put in the clause's order.
        let mut typed = [Vec::new(), Vec::new(), Vec::new()];
        let mut need_optional = !self.with.all;
        for Item { sign, node } in items {
            let is_filter = node.is_filter();
            if *sign == Sign::Bare && !is_filter && others && self.is_stop_word(node) {
                continue;
            }
            let first_leaf = self.leaves.len();
            let Some(clause) = self.node(node, field) else { continue };
            let place = match sign {
                Sign::Excluded => 2,
                Sign::Bare if !is_filter && !self.with.all => 1,
                _ => 0,
            };
            typed[place].extend(self.leaves.drain(first_leaf..));
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
        self.leaves.extend(typed.into_iter().flatten());
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

    /// Is it a bare stop word? Never one that asks for a marked form (`IT`, `U.S.`).
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
