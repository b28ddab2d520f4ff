//! A query resolved against an index: the condition that an article must satisfy.
//!
//! A [`Clause`] has terms instead of wildcards, calendar days instead of "today", and keys of entities instead of names
//! as typed. The index evaluates it on its postings; `matching` defines what it means over one article.

use morgue_article::EntityKind;
use morgue_article::date::DateSpan;
use morgue_article::token::Form;

use super::{DayField, Field, FieldName, Within};

/// The number of a leaf of a clause: its index in [`Resolved::leaves`](super::Resolved::leaves). The ids of a clause
/// ascend from 0 in the order of the clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(pub u32);

impl LeafId {
    /// The id as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A leaf of a clause: one word, phrase, proximity, name, span of days, or `field:*`. Marks, document frequencies and
/// reasons of a score refer to it by its [`LeafId`].
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The text that was typed for the leaf, with its field.
    pub typed: String,
    /// The product of all boosts (`^2`) that apply to the leaf. The leaf's score is multiplied by it.
    pub weight: f32,
}

/// A condition that an article must satisfy.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// Words at positions in the text. `zone` limits them to one zone: the pattern does not see any term outside the
    /// zone, not even on the right side of a `NotNear`.
    Text {
        /// The id of this leaf.
        leaf: LeafId,
        /// `None` is the whole text; otherwise `Title`, `Lede`, `Body` or `Caption`.
        zone: Option<Field>,
        /// The positions to find.
        pattern: Pattern,
    },
    /// Words in a field outside the text (byline, dateline, source, url, path, id, lang, section, keyword).
    Words {
        /// The id of this leaf.
        leaf: LeafId,
        /// The field.
        field: Field,
        /// The positions to find in it.
        pattern: Pattern,
    },
    /// A name: an entity with one of these keys.
    Name {
        /// The id of this leaf.
        leaf: LeafId,
        /// `None` is any kind.
        kind: Option<EntityKind>,
        /// Keys of entities, sorted.
        keys: Vec<String>,
    },
    /// A day or span of days that lies wholly inside `span`.
    Days {
        /// The id of this leaf.
        leaf: LeafId,
        /// The field of days.
        field: DayField,
        /// The span.
        span: DateSpan,
    },
    /// The field is not empty.
    Has {
        /// The id of this leaf.
        leaf: LeafId,
        /// The field.
        field: FieldName,
    },
    /// All of the clauses.
    And(Vec<Clause>),
    /// At least one of the clauses.
    Or(Vec<Clause>),
    /// The opposite of the clause.
    Not(Box<Clause>),
    /// A bare list: every clause of `required`, none of `excluded`, and if `need_optional` is true at least one of
    /// `optional`. Clauses of `optional` add to the score in any case.
    List {
        /// Items with `+`, and filters.
        required: Vec<Clause>,
        /// Whether at least one of `optional` must match: true if `optional` is not empty and `required` has only
        /// filters or is empty.
        need_optional: bool,
        /// Bare items.
        optional: Vec<Clause>,
        /// Items with `-` or `!`.
        excluded: Vec<Clause>,
    },
    /// The same articles as `clause`. The factor is part of the [`Leaf::weight`] of each leaf of `clause`.
    Boost {
        /// The boosted clause.
        clause: Box<Clause>,
        /// The factor, above 0.
        factor: f32,
    },
}

/// A set of ranges of positions.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// One word: any of these terms, counted as one term with one document frequency. A bare word has its stem and, if
    /// the stem is also an exact form, that form; an exact word has one term; a wildcard has its expansions.
    Terms(Vec<Term>),
    /// All items in order, each after the one before, with at most `slop` other words inside in total.
    Phrase {
        /// Two or more items.
        items: Vec<Pattern>,
        /// The number of other words allowed inside.
        slop: u8,
    },
    /// Both sides, near each other and not overlapping. The match is the range that covers both.
    Near {
        /// Left side.
        left: Box<Pattern>,
        /// Right side.
        right: Box<Pattern>,
        /// The greatest distance.
        within: Within,
    },
    /// The left side where it has no right side near it. A right side that overlaps it does not count.
    NotNear {
        /// Left side.
        left: Box<Pattern>,
        /// Right side.
        right: Box<Pattern>,
        /// The greatest distance that counts as near.
        within: Within,
    },
    /// Any of the patterns.
    Or(Vec<Pattern>),
}

/// A form of a word, as it is in the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The kind of form.
    pub form: Form,
    /// The form's text.
    pub text: String,
    /// The number of positions that it covers: 1, or more for the whole of a compound ([`Tokenizer::width`]).
    ///
    /// [`Tokenizer::width`]: morgue_article::token::Tokenizer::width
    pub width: u8,
    /// The weight of its occurrences in the score: 1 for the word itself, less for a fuzzy neighbor.
    pub weight: f32,
}
