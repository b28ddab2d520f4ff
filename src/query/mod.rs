//! The query language: lexer, parser, tree, and printing of a tree as text; and [`resolve()`], which turns a tree into the
//! condition that an article must satisfy. This module does not know the index.
//!
//! ```
//! use morgue::Query;
//!
//! let query = Query::parse("dam collapse AND (levee OR \"lock gate\")")?;
//! assert_eq!(query.tree().to_string(), "AND([dam collapse], OR(levee, .\"lock gate\"))");
//! assert_eq!(query.to_string(), "dam collapse AND (levee OR \"lock gate\")");
//! # Ok::<(), morgue::query::QueryError>(())
//! ```

mod chunk;
mod clause;
mod days;
mod dictionary;
mod error;
mod fields;
mod lex;
mod limits;
mod names;
mod notes;
mod operators;
mod outline;
mod parse;
mod pattern;
mod print;
mod quotes;
mod regex;
mod resolve;
mod sides;
mod tree;

use std::fmt;
use std::str::FromStr;

pub use clause::{Clause, Leaf, LeafId, Pattern, Term};
pub(crate) use dictionary::MAX_EXPANSIONS;
pub use dictionary::{Dictionary, ExpandedTerm, Expansion, KnownName};
pub use error::QueryError;
pub use names::{Aliases, NamePattern, StopEntities, name_words};
pub(crate) use names::{NameWord, name_words_in};
pub use outline::Outline;
pub(crate) use pattern::PatternState;
pub use pattern::WordPattern;
pub use print::Tree;
pub use resolve::{Expanded, Named, Resolved, Resolving, resolve};
pub use tree::{DayField, Days, Field, FieldName, Item, Node, Sign, Within};

/// The longest query text, in bytes.
pub const MAX_QUERY_BYTES: usize = 64 * 1024;

/// The greatest nesting depth of parentheses, signs, NOT and proximity operators.
pub const MAX_LEVELS: usize = 64;

/// The greatest number of words of one query. Each character of a script without blanks counts as a word.
pub const MAX_WORDS: usize = 1024;

/// The greatest number of wildcards, fuzzy words and regular expressions of one query.
pub const MAX_PATTERNS: usize = 100;

/// The greatest number of patterns without a fixed beginning: fuzzy words, regular expressions, and wildcards that begin
/// with `*`. All words of an index are compared with each of them.
pub const MAX_OPEN_PATTERNS: usize = 16;

/// A parsed query: the tree, and notes on what was repaired.
///
/// It prints as a text that parses to the same tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The tree.
    pub(crate) root: Node,
    /// Messages for the user about repairs in the text.
    pub(crate) notes: Vec<String>,
}

impl Query {
    /// Parses a query text. Most texts are queries: what is not well formed is repaired, with a note.
    ///
    /// # Errors
    /// An unknown field, a date or regular expression that cannot be read, a side that a proximity operator cannot take, and
    /// a limit that is exceeded.
    ///
    /// ```
    /// use morgue::Query;
    ///
    /// let query = Query::parse("\"unbalanced dam")?;
    /// assert_eq!(query.tree().to_string(), ".\"unbalanced dam\"");
    /// assert_eq!(query.notes().len(), 1);
    /// assert!(Query::parse("titel:dam").is_err());
    /// # Ok::<(), morgue::query::QueryError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        parse::parse(text)
    }

    /// Reads every character as text: a list of words. Text beyond [`MAX_QUERY_BYTES`] and words beyond [`MAX_WORDS`] are
    /// left out with a note.
    ///
    /// ```
    /// use morgue::Query;
    ///
    /// assert_eq!(Query::plain("dam -beaver").tree().to_string(), "[dam beaver]");
    /// ```
    pub fn plain(text: &str) -> Query {
        parse::plain(text)
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Messages for the user about repairs in the text.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The tree in one line: `[ ]` is a list, `.` exact, `{f: }` a field.
    pub fn tree(&self) -> Tree<'_> {
        Tree(&self.root)
    }
}

impl FromStr for Query {
    type Err = QueryError;
    fn from_str(text: &str) -> Result<Query, QueryError> {
        Query::parse(text)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::query(&self.root, f)
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod readings;
