//! The meaning of a query over one article: the definition, in plain Rust and without an index.
//!
//! A [`Clause`] is a query resolved against an index. The index evaluates it on its postings, and [`Matcher`] finds the
//! positions that satisfy it in one tokenised article. The two must agree on every article (the third law of the query
//! language, `tests/morgue/laws.rs`).
//!
//! The code here is meant to be plain: it lists all matches of a pattern and looks at all pairs. Fast code belongs in
//! `index/`.

mod matcher;
mod occurrences;
mod ranges;
#[cfg(test)]
mod tests;

pub use crate::query::{Clause, LeafId, Pattern, Term};
pub use matcher::{Mark, Matcher, matches};
pub(crate) use occurrences::{PositionRange, values};
