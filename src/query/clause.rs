//! A query resolved against an index: what must hold of an article.
//!
//! A [`Clause`] knows terms, not wildcards; days, not "today"; keys of entities, not names as typed. The index lowers it to
//! postings, and `matching` says what it means over one article.

use morgue_article::EntityKind;
use morgue_article::date::DateSpan;
use morgue_article::token::Form;

use super::{DayField, Field, FieldName, Within};

/// What must hold of an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Every article.
    All,
    /// No article.
    Nothing,
    /// Words at positions in the text. `zone` limits them to one zone of it: a term outside it does not exist for the
    /// pattern, on the right side of a `NotNear` either.
    Text {
        /// `None` is the whole text; else `Title`, `Lede`, `Body` or `Caption`.
        zone: Option<Field>,
        /// Which positions.
        pattern: Pattern,
    },
    /// Words in a field beside the text (byline, dateline, source, url, path, id, lang, section, keyword).
    Words {
        /// Which field.
        field: Field,
        /// Which positions of it.
        pattern: Pattern,
    },
    /// A name: an entity with one of these keys.
    Name {
        /// `None` is any kind.
        kind: Option<EntityKind>,
        /// Keys of entities, sorted.
        keys: Vec<String>,
    },
    /// Days wholly inside the span.
    Days {
        /// Which days.
        field: DayField,
        /// When.
        span: DateSpan,
    },
    /// The field is not empty.
    Has(FieldName),
    /// All of them.
    And(Vec<Clause>),
    /// One of them at least.
    Or(Vec<Clause>),
    /// Not it.
    Not(Box<Clause>),
    /// A bare list: every `required`, none of `excluded`; and where `required` is empty (or holds filters only) and
    /// `optional` is not, one of `optional` at least. Optional ones always score.
    List {
        /// `+` items, and filters.
        required: Vec<Clause>,
        /// Whether one of `optional` must match.
        need_optional: bool,
        /// Bare items.
        optional: Vec<Clause>,
        /// `-` items.
        excluded: Vec<Clause>,
    },
    /// Counts so many times in the score; the same articles.
    Boost {
        /// What.
        clause: Box<Clause>,
        /// How many times.
        factor: f32,
    },
}

/// Which ranges of positions.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// One word: any of these terms, counted as one term with one document frequency. A bare word has its stem and, if
    /// the stem is an exact form too, that; an exact word has one; a wildcard has its expansions.
    Terms(Vec<Term>),
    /// All in order, each right after the one before, with at most `slop` other words inside in all.
    Phrase {
        /// Two or more.
        items: Vec<Pattern>,
        /// Other words inside.
        slop: u8,
    },
    /// Both sides, near each other and not overlapping: the range that covers both.
    Near {
        /// Left side.
        left: Box<Pattern>,
        /// Right side.
        right: Box<Pattern>,
        /// How near.
        within: Within,
    },
    /// The left side where no right side that does not overlap it is so near.
    NotNear {
        /// Left side.
        left: Box<Pattern>,
        /// Right side.
        right: Box<Pattern>,
        /// How near.
        within: Within,
    },
    /// Any of them.
    Or(Vec<Pattern>),
}

/// A form of a word, as it stands in the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Which form.
    pub form: Form,
    /// The form's text.
    pub text: String,
    /// How many positions it covers: 1, or more for the whole of a compound ([`Tokenizer::width`]).
    ///
    /// [`Tokenizer::width`]: morgue_article::token::Tokenizer::width
    pub width: u8,
    /// What its occurrences count in the score: 1 for the word itself, less for a fuzzy neighbor.
    pub weight: f32,
}
