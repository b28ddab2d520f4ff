//! The tree of a query: what was typed, understood. Nothing here knows an index: wildcards are patterns, dates may be
//! relative, names are words. [`resolve`](crate::query::resolve) turns it into clauses over terms.

use morgue_article::date::DateSpan;
use morgue_article::{EntityKind, ExtraName};

/// A node of the tree. What holds positions (words, phrases, proximity) and what holds for a whole article (AND, NOT,
/// dates) are one type, as in the language; the parser refuses what a proximity operator cannot take.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `*`: every article.
    All,
    /// A bare or exact word, as typed: `dam`, `=dam`, `O'Brien`, `COVID-19`, `U.S.`.
    Word {
        /// The spelling typed, case kept.
        text: String,
        /// `=dam`, or inside quotes: not stemmed, never passed over as a stop word.
        exact: bool,
    },
    /// `"dam collapse"`, `"dam coll*"~3`: items in order, with at most `slop` other words inside.
    Phrase {
        /// Words (exact) and wildcards.
        items: Vec<Node>,
        /// 0 for a plain phrase.
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
        /// How near.
        within: Within,
        /// `NOT W/5` and its kin: the left side where no right side is so near.
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
    /// `title:dam`, `byline:(smith OR jones)`, `person:"Kofi Annan"`: a field and what it holds.
    Field {
        /// Which field.
        field: Field,
        /// What it must hold.
        node: Box<Node>,
    },
    /// `date:1998-08`, `published:7d`.
    Days {
        /// Which days.
        field: DayField,
        /// When.
        days: Days,
    },
    /// `field:*`: the article has one.
    Has(FieldName),
    /// `dam^2`: counts so many times.
    Boost {
        /// What.
        node: Box<Node>,
        /// How many times; above 0.
        factor: f32,
    },
}

/// One item of a bare list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `+`, `-` or nothing.
    pub sign: Sign,
    /// What.
    pub node: Node,
}

/// The sign before an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// None: optional, or a filter where the node is one ([`Node::is_filter`]).
    Bare,
    /// `+`: required.
    Required,
    /// `-` or `!`: excluded.
    Excluded,
}

/// How near two sides must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// `W/5`, `NEAR/5`: either order, nearest ends at most so many positions apart.
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

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// From the first day of one span to the last of another; open ends reach to the
    /// ends of the calendar.
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
    /// Is it a requirement in a bare list, not one optional word among others? Days, `field:*`, `lang:`, `source:`,
    /// `id:`, `path:`, names in quotes; and groups of nothing else.
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

    /// Quotes, or groups of nothing else?
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
