//! What a query means over one article: the definition, in plain Rust, with no index.
//!
//! A [`Clause`] is a query resolved against an index. The same value is lowered to the index's postings and given to
//! [`Matcher`], which finds the positions that satisfy it in one tokenised article; the two must agree on every article
//! (the third law).
//!
//! Here everything is meant to be plain: all ranges of a pattern are listed, all pairs are looked at. `index/` is the
//! place for what is fast.

mod matcher;
mod occurrences;
mod ranges;
#[cfg(test)]
mod tests;

pub use crate::query::{Clause, Pattern, Term};
pub use matcher::{Mark, Matcher, matches};
pub(crate) use occurrences::values;
