//! Resolves a query: tree -> [`Clause`]. Words become forms, wildcards become the words of the index that they match,
//! names become keys of entities, and relative days become calendar days. All questions to the dictionary of an index
//! are asked here, once.

mod leaves;
mod lists;
mod names;
mod suggest;
#[cfg(test)]
pub(super) mod tests;
mod wildcards;

use std::collections::HashMap;

use super::notes::{NO_WORD, Notes};
use super::outline::{Outline, outline};
use super::{Aliases, Dictionary, Field, KnownName, Node, Query, print};
use crate::query::{Clause, Leaf, LeafId, Pattern};
use morgue_article::date::Date;
use morgue_article::token::Tokenizer;

/// The circumstances in which a query is resolved.
#[derive(Debug, Clone)]
pub struct Resolving {
    /// The current day.
    pub today: Date,
    /// Whether every bare list is read as AND.
    pub all: bool,
    /// Groups of names that are treated as one name.
    pub aliases: Aliases,
}

/// A query resolved against an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The condition that an article must satisfy.
    pub clause: Clause,
    /// Messages for the user: repairs, words that are left out or unknown to the index, and suggestions.
    pub notes: Vec<String>,
    /// The expansion of each wildcard, fuzzy word and regular expression, in query order.
    pub expanded: Vec<Expanded>,
    /// The names found for each typed name, in query order.
    pub named: Vec<Named>,
    /// The leaves of the clause, indexed by [`LeafId`].
    pub leaves: Vec<Leaf>,
}

/// A typed name and the names of the index that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as it was typed, with its field.
    pub typed: String,
    /// Names in all their spellings, the most frequent first.
    pub names: Vec<KnownName>,
}

impl Resolved {
    /// Describes the resolved query in words, part by part.
    pub fn outline(&self) -> Outline {
        outline(&self.clause, &self.leaves)
    }
}

/// A wildcard, fuzzy word or regular expression and the words that it matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// The pattern as it was typed.
    pub typed: String,
    /// Words and the number of articles that have each, the most frequent first.
    pub words: Vec<(String, u64)>,
    /// The number of words that match. It is greater than the length of `words` if the limit was exceeded.
    pub total: u64,
}

/// Resolves `query`. The tokenizer must have the stemmer of the index that `dictionary` belongs to.
pub fn resolve(query: &Query, tokenizer: &mut Tokenizer, dictionary: &dyn Dictionary, with: &Resolving) -> Resolved {
    let all_caps = is_all_caps(&query.root);
    let mut notes = Notes::default();
    query.notes.iter().for_each(|note| notes.add(note));
    let mut resolver = Resolver {
        tokenizer,
        dictionary,
        with,
        all_caps,
        notes,
        expanded: Vec::new(),
        named: Vec::new(),
        leaves: Vec::new(),
        boost: 1.0,
        expansions: HashMap::new(),
        suggestions: 0,
    };
    let clause = resolver.node(&query.root, None);
    if clause.is_none() {
        resolver.notes.add(NO_WORD);
    }
    let mut clause = clause.unwrap_or(Clause::Nothing);
    let Resolver { notes, expanded, named, leaves: typed_order, .. } = resolver;
    let mut leaves = Vec::with_capacity(typed_order.len());
    number_leaves(&mut clause, &typed_order, &mut leaves);
    Resolved { clause, notes: notes.finish(), expanded, named, leaves }
}

/// Renumbers the leaves in the order of the clause. The resolver numbers them in the order of the query text; a list of
/// the clause has its required items first, then the optional ones, then the excluded ones. Scores are summed in the
/// order of the clause.
fn number_leaves(clause: &mut Clause, typed_order: &[Leaf], leaves: &mut Vec<Leaf>) {
    match clause {
        Clause::All | Clause::Nothing => {}
        Clause::Text { leaf, .. }
        | Clause::Words { leaf, .. }
        | Clause::Name { leaf, .. }
        | Clause::Days { leaf, .. }
        | Clause::Has { leaf, .. } => {
            leaves.push(typed_order[leaf.index()].clone());
            *leaf = LeafId(leaves.len() as u32 - 1);
        }
        Clause::And(clauses) | Clause::Or(clauses) => {
            clauses.iter_mut().for_each(|clause| number_leaves(clause, typed_order, leaves));
        }
        Clause::Not(clause) | Clause::Boost { clause, .. } => number_leaves(clause, typed_order, leaves),
        Clause::List { required, optional, excluded, .. } => {
            let clauses = required.iter_mut().chain(optional).chain(excluded);
            clauses.for_each(|clause| number_leaves(clause, typed_order, leaves));
        }
    }
}

struct Resolver<'r> {
    tokenizer: &'r mut Tokenizer,
    dictionary: &'r dyn Dictionary,
    with: &'r Resolving,
    /// Whether the whole query is in capitals, so that they have no meaning.
    all_caps: bool,
    notes: Notes,
    expanded: Vec<Expanded>,
    named: Vec<Named>,
    /// The leaves made so far, in the order of the query text.
    leaves: Vec<Leaf>,
    /// The product of the boosts around the current node.
    boost: f32,
    /// Expansions made so far. A pattern that is typed twice is looked up once.
    expansions: HashMap<(Option<Field>, String), Pattern>,
    /// The number of words that were looked up for a suggestion.
    suggestions: usize,
}

impl Resolver<'_> {
    /// Resolves a node in a field. The result is `None` if the node has no word to look for.
    fn node(&mut self, node: &Node, field: Option<Field>) -> Option<Clause> {
        Some(match node {
            Node::All => Clause::All,
            Node::Has(name) => Clause::Has { leaf: self.leaf(node, None), field: *name },
            Node::Days { field: days_field, days } => {
                let span = days.on(self.with.today);
                Clause::Days { leaf: self.leaf(node, None), field: *days_field, span }
            }
            Node::Field { field, node } => self.node(node, Some(*field))?,
            Node::And(nodes) => self.joined(nodes, field, Clause::And)?,
            Node::Or(nodes) => self.joined(nodes, field, Clause::Or)?,
            Node::Not(node) => Clause::Not(Box::new(self.node(node, field)?)),
            Node::Boost { node, factor } => {
                let boost_around = self.boost;
                self.boost *= factor;
                let clause = self.node(node, field);
                self.boost = boost_around;
                Clause::Boost { clause: Box::new(clause?), factor: *factor }
            }
            Node::List(items) => self.list(items, field)?,
            Node::Near { .. } => {
                let pattern = self.pattern(node, field)?;
                in_field(self.leaf(node, field), field_of_sides(node).or(field), pattern)
            }
            Node::Word { .. } | Node::Phrase { .. } | Node::Wildcard(_) | Node::Fuzzy { .. } | Node::Regex(_) => {
                if let Some(Field::Name(kind)) = field {
                    return self.name(node, kind);
                }
                let pattern = self.pattern(node, field)?;
                in_field(self.leaf(node, field), field, pattern)
            }
        })
    }

    /// Adds a leaf for `node`, which is inside `field`.
    fn leaf(&mut self, node: &Node, field: Option<Field>) -> LeafId {
        self.leaves.push(Leaf { typed: typed(node, field), weight: self.boost });
        LeafId(self.leaves.len() as u32 - 1)
    }

    /// Joins the nodes that have a word to look for. One clause alone is not joined.
    fn joined(&mut self, nodes: &[Node], field: Option<Field>, join: fn(Vec<Clause>) -> Clause) -> Option<Clause> {
        let mut clauses: Vec<Clause> = nodes.iter().filter_map(|node| self.node(node, field)).collect();
        if clauses.len() < 2 { clauses.pop() } else { Some(join(clauses)) }
    }
}

/// The text of a leaf as it was typed, with its field.
fn typed(node: &Node, field: Option<Field>) -> String {
    match field {
        Some(field) => print::Print(&Node::Field { field, node: Box::new(node.clone()) }).to_string(),
        None => print::Print(node).to_string(),
    }
}

/// A pattern in the whole text, in a zone of it, or in a field outside the text.
fn in_field(leaf: LeafId, field: Option<Field>, pattern: Pattern) -> Clause {
    match field {
        Some(field) if !field.is_zone() => Clause::Words { leaf, field, pattern },
        zone => Clause::Text { leaf, zone, pattern },
    }
}

/// The field that is typed on the sides of a proximity operator. The parser makes sure that both sides have the same.
fn field_of_sides(node: &Node) -> Option<Field> {
    match node {
        Node::Field { field, node } => field_of_sides(node).or(Some(*field)),
        Node::Near { left, .. } => field_of_sides(left),
        Node::Or(nodes) => nodes.first().and_then(field_of_sides),
        _ => None,
    }
}

/// Whether the query is typed in capitals only and has a word that is too long for an initialism.
fn is_all_caps(root: &Node) -> bool {
    const LONGEST_INITIALISM: usize = 5;
    let (mut lower, mut long) = (false, false);
    each_word(root, &mut |text| {
        lower |= text.chars().any(char::is_lowercase);
        long |= text.chars().filter(|c| c.is_uppercase()).count() > LONGEST_INITIALISM;
    });
    long && !lower
}

/// Calls `visit` with the text of every word.
fn each_word(node: &Node, visit: &mut impl FnMut(&str)) {
    match node {
        Node::Word { text, .. } | Node::Wildcard(text) | Node::Fuzzy { text, .. } => visit(text),
        Node::Phrase { items: nodes, .. } | Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| each_word(node, visit));
        }
        Node::List(items) => items.iter().for_each(|item| each_word(&item.node, visit)),
        Node::Near { left, right, .. } => {
            each_word(left, visit);
            each_word(right, visit);
        }
        Node::Not(node) | Node::Field { node, .. } | Node::Boost { node, .. } => each_word(node, visit),
        Node::All | Node::Regex(_) | Node::Days { .. } | Node::Has(_) => {}
    }
}
