//! The tree of a query: the parsed text. It does not depend on an index: wildcards are patterns, dates may be relative,
//! names are words. [`resolve`](crate::query::resolve) turns it into clauses over terms.

use morgue_article::date::DateSpan;
use morgue_article::{EntityKind, ExtraName};

/// A node of the tree. Nodes with positions (words, phrases, proximity) and nodes about a whole article (AND, NOT, dates)
/// are one type, as in the language. The parser refuses nodes that a proximity operator cannot take.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `*`: every article.
    All,
    /// A bare or exact word, as typed: `dam`, `=dam`, `O'Brien`, `COVID-19`, `U.S.`.
    Word {
        /// The spelling typed, case kept.
        text: String,
        /// `=dam`, or inside quotes: not stemmed, and never left out as a stop word.
        exact: bool,
    },
    /// `"dam collapse"`, `"dam coll*"~3`: items in order, with at most `slop` other words inside.
    Phrase {
        /// Words (exact) and wildcards.
        items: Vec<Node>,
        /// The number of other words allowed inside; 0 for a plain phrase.
        slop: u8,
    },
    /// `collaps*`, `wom?n`: over whole exact folded words. As typed.
    Wildcard(String),
    /// `collapse~`, `collapse~2`.
    Fuzzy {
        /// The word.
        text: String,
        /// 1 or 2.
        edits: u8,
    },
    /// `/collaps(e|ed)/`, without the slashes.
    Regex(String),
    /// Proximity.
    Near {
        /// Left side.
        left: Box<Node>,
        /// Right side.
        right: Box<Node>,
        /// The greatest distance.
        within: Within,
        /// `NOT W/5` and the other operators with NOT: the left side where no right side is near.
        negated: bool,
    },
    /// `a AND b`. Two or more; a `Not` in it excludes.
    And(Vec<Node>),
    /// `a OR b`. Two or more.
    Or(Vec<Node>),
    /// `NOT a`, `-a` alone.
    Not(Box<Node>),
    /// Words side by side.
    List(Vec<Item>),
    /// `title:dam`, `byline:(smith OR jones)`, `person:"Kofi Annan"`: a field and its condition.
    Field {
        /// The field.
        field: Field,
        /// The condition on the field.
        node: Box<Node>,
    },
    /// `date:1998-08`, `published:7d`.
    Days {
        /// The field.
        field: DayField,
        /// The days.
        days: Days,
    },
    /// `field:*`: the article has one.
    Has(FieldName),
    /// `dam^2`: the score of the node is multiplied.
    Boost {
        /// The node.
        node: Box<Node>,
        /// The factor, above 0.
        factor: f32,
    },
}

/// One item of a bare list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The sign before it.
    pub sign: Sign,
    /// The item itself.
    pub node: Node,
}

/// The sign before an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// No sign: the item is optional, or required if it is a filter ([`Node::is_filter`]).
    Bare,
    /// `+`: required.
    Required,
    /// `-` or `!`: excluded.
    Excluded,
}

/// The greatest distance of the two sides of a proximity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// `W/5`, `NEAR/5`: either order. The nearest ends are at most this number of positions apart; 1 is next to each
    /// other.
    Words(u8),
    /// `PRE/5`: the same, left side first.
    WordsInOrder(u8),
    /// `W/S`: one sentence.
    Sentence,
    /// `W/P`: one paragraph.
    Paragraph,
}

/// Fields that hold words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The first paragraph of the body.
    Lede,
    /// The body.
    Body,
    /// Captions and their credits.
    Caption,
    /// Who wrote it.
    Byline,
    /// The dateline.
    Dateline,
    /// Who published it.
    Source,
    /// The address.
    Url,
    /// The file it was read from.
    Path,
    /// The article's id, or the source's own.
    Id,
    /// The language.
    Lang,
    /// The desk or section.
    Section,
    /// Keywords.
    Keyword,
    /// A user field: `x.client:`.
    Extra(ExtraName),
    /// Names of one kind, or of any (`entity:`).
    Name(Option<EntityKind>),
}

/// Fields that hold days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayField {
    /// Days that the article talks about.
    Date,
    /// The day of publication.
    Published,
}

/// Any field, for `field:*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// A field of words.
    Words(Field),
    /// A field of days.
    Days(DayField),
}

/// Days, absolute or relative to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// A span. Its open ends reach to the ends of the calendar.
    Span(DateSpan),
    /// `today`.
    Today,
    /// `yesterday`.
    Yesterday,
    /// `7d`: today and the six days before.
    LastDays(u16),
    /// `3m`.
    LastMonths(u16),
    /// `1y`.
    LastYears(u16),
}

impl Node {
    /// Whether the node is required in a bare list, even without `+`. These are days, `field:*`, `lang:`, `source:`, `id:`,
    /// `path:`, names in quotes, and groups of these alone.
    pub fn is_filter(&self) -> bool {
        match self {
            Node::Days { .. } | Node::Has(_) => true,
            Node::Field { field: Field::Lang | Field::Source | Field::Id | Field::Path, .. } => true,
            Node::Field { field: Field::Name(_), node } => node.is_quoted(),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(Node::is_filter),
            Node::List(items) => items.iter().all(|item| item.node.is_filter()),
            Node::Not(node) | Node::Boost { node, .. } => node.is_filter(),
            _ => false,
        }
    }

    /// Whether the node is in quotes, or a group of such nodes alone.
    fn is_quoted(&self) -> bool {
        match self {
            Node::Word { exact, .. } => *exact,
            Node::Phrase { .. } => true,
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(Node::is_quoted),
            Node::Boost { node, .. } => node.is_quoted(),
            _ => false,
        }
    }
}
