//! The query language: lexer, parser, tree, and printing a tree back as text. Knows no index.
mod tree;
pub use tree::{DayField, Days, Field, FieldName, Item, Node, Sign, Within};

/// A parsed query: the tree, and notes on what was repaired.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The tree.
    pub(crate) root: Node,
    /// What was repaired in the text, for the user to read.
    pub(crate) notes: Vec<String>,
}

/// Why a query text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong.
    pub message: String,
    /// Where: bytes of the query text.
    pub at: std::ops::Range<usize>,
    /// What to do.
    pub remedy: String,
}
