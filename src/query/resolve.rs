//! Resolving a query: tree -> [`Clause`]. Words become forms, wildcards the words of the index that they match, names
//! the entities that have them, relative days calendar days. All that is asked of an index is asked here, once.

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
use crate::query::{Clause, Pattern};
use morgue_article::date::Date;
use morgue_article::token::Tokenizer;

/// What a query is resolved with.
#[derive(Debug, Clone)]
pub struct Resolving {
    /// What day it is.
    pub today: Date,
    /// Makes every bare list AND.
    pub all: bool,
    /// Names that are one.
    pub aliases: Aliases,
}

/// A query resolved against an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// What must hold of an article.
    pub clause: Clause,
    /// What was repaired or left out, is not in the index, or may have been meant, for the user to read.
    pub notes: Vec<String>,
    /// What each wildcard, fuzzy word and regular expression became, in query order.
    pub expanded: Vec<Expanded>,
    /// What each name became, in query order.
    pub named: Vec<Named>,
    /// What was typed for each leaf of the clause, in the clause's order.
    pub leaves: Vec<String>,
}

/// What a name became: the names of the index that are one with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it was typed, with its field.
    pub typed: String,
    /// Names in all their spellings, the most frequent first.
    pub names: Vec<KnownName>,
}

impl Resolved {
    /// What the query asks for, in words.
    pub fn outline(&self) -> Outline {
        outline(&self.clause, &mut self.leaves.iter().map(String::as_str))
    }
}

/// What a wildcard, fuzzy word or regular expression became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// As it was typed.
    pub typed: String,
    /// Words and the number of articles that have each, the most frequent first.
    pub words: Vec<(String, u64)>,
    /// How many words match; more than there are `words` where the limit was passed.
    pub total: u64,
}

/// Resolves `query`. `tokenizer` has the stemmer of the index of which `dictionary` has the words.
pub fn resolve(query: &Query, tokenizer: &mut Tokenizer, dictionary: &dyn Dictionary, with: &Resolving) -> Resolved {
    let all_caps = is_all_caps(&query.root);
    let mut notes = Notes::default();
    query.notes.iter().for_each(|note| notes.add(note));
    let expansions = HashMap::new();
    let mut resolver = Resolver {
        tokenizer,
        dictionary,
        with,
        all_caps,
        notes,
        expanded: Vec::new(),
        named: Vec::new(),
        leaves: Vec::new(),
        expansions,
        suggestions: 0,
    };
    let clause = resolver.node(&query.root, None);
    if clause.is_none() {
        resolver.notes.add(NO_WORD);
    }
    let clause = clause.unwrap_or(Clause::Nothing);
    let Resolver { notes, expanded, named, leaves, .. } = resolver;
    Resolved { clause, notes: notes.finish(), expanded, named, leaves }
}

struct Resolver<'r> {
    tokenizer: &'r mut Tokenizer,
    dictionary: &'r dyn Dictionary,
    with: &'r Resolving,
    /// Whether capitals tell nothing.
    all_caps: bool,
    notes: Notes,
    expanded: Vec<Expanded>,
    named: Vec<Named>,
    /// What was typed for each leaf of the clause so far.
    leaves: Vec<String>,
    /// What was expanded, so that a pattern typed twice is looked for once.
    expansions: HashMap<(Option<Field>, String), Pattern>,
    /// How many words were looked up for a suggestion.
    suggestions: usize,
}

impl Resolver<'_> {
    /// What a node asks for in a field; `None` where it has no word to look for.
    fn node(&mut self, node: &Node, field: Option<Field>) -> Option<Clause> {
        let clause = match node {
            Node::All => Clause::All,
            Node::Has(field) => Clause::Has(*field),
            Node::Days { field, days } => Clause::Days { field: *field, span: days.on(self.with.today) },
            Node::Field { field, node } => self.node(node, Some(*field))?,
            Node::And(nodes) => self.joined(nodes, field, Clause::And)?,
            Node::Or(nodes) => self.joined(nodes, field, Clause::Or)?,
            Node::Not(node) => Clause::Not(Box::new(self.node(node, field)?)),
            Node::Boost { node, factor } => {
                Clause::Boost { clause: Box::new(self.node(node, field)?), factor: *factor }
            }
            Node::List(items) => self.list(items, field)?,
            Node::Near { .. } => {
                let pattern = self.pattern(node, field)?;
                in_field(field_of_sides(node).or(field), pattern)
            }
            leaf => match field {
                Some(Field::Name(kind)) => self.name(leaf, kind)?,
                field => in_field(field, self.pattern(leaf, field)?),
            },
        };
        if matches!(node, Node::Field { .. } | Node::Boost { .. }) {
            return Some(clause); // what it holds has been labelled
        }
        match clause {
            Clause::Text { .. } | Clause::Words { .. } | Clause::Name { .. } | Clause::Days { .. } | Clause::Has(_)
                if !matches!(node, Node::And(_) | Node::Or(_) | Node::List(_)) =>
            {
                self.leaves.push(typed(node, field));
            }
            _ => {}
        }
        Some(clause)
    }

    fn joined(&mut self, nodes: &[Node], field: Option<Field>, join: fn(Vec<Clause>) -> Clause) -> Option<Clause> {
        let mut clauses: Vec<Clause> = nodes.iter().filter_map(|node| self.node(node, field)).collect();
        if clauses.len() < 2 { clauses.pop() } else { Some(join(clauses)) }
    }
}

/// A leaf as it was typed, with its field.
fn typed(node: &Node, field: Option<Field>) -> String {
    match field {
        Some(field) if !matches!(node, Node::Days { .. } | Node::Has(_)) => {
            print::Print(&Node::Field { field, node: Box::new(node.clone()) }).to_string()
        }
        _ => print::Print(node).to_string(),
    }
}

/// A pattern in the whole text, a zone of it, or a field beside it.
fn in_field(field: Option<Field>, pattern: Pattern) -> Clause {
    match field {
        Some(field) if !field.is_zone() => Clause::Words { field, pattern },
        zone => Clause::Text { zone, pattern },
    }
}

/// The field that the sides of a proximity name; they are alike.
fn field_of_sides(node: &Node) -> Option<Field> {
    match node {
        Node::Field { field, node } => field_of_sides(node).or(Some(*field)),
        Node::Near { left, .. } => field_of_sides(left),
        Node::Or(nodes) => nodes.first().and_then(field_of_sides),
        _ => None,
    }
}

/// Is the query typed in capitals only, with a word too long for an initialism?
fn is_all_caps(root: &Node) -> bool {
    const LONGEST_INITIALISM: usize = 5;
    let (mut lower, mut long) = (false, false);
    each_word(root, &mut |text| {
        lower |= text.chars().any(char::is_lowercase);
        long |= text.chars().filter(|c| c.is_uppercase()).count() > LONGEST_INITIALISM;
    });
    long && !lower
}

/// Tells the text of every word.
fn each_word(node: &Node, tell: &mut impl FnMut(&str)) {
    match node {
        Node::Word { text, .. } | Node::Wildcard(text) | Node::Fuzzy { text, .. } => tell(text),
        Node::Phrase { items: nodes, .. } | Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| each_word(node, tell));
        }
        Node::List(items) => items.iter().for_each(|item| each_word(&item.node, tell)),
        Node::Near { left, right, .. } => {
            each_word(left, tell);
            each_word(right, tell);
        }
        Node::Not(node) | Node::Field { node, .. } | Node::Boost { node, .. } => each_word(node, tell),
        Node::All | Node::Regex(_) | Node::Days { .. } | Node::Has(_) => {}
    }
}
