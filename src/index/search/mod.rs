//! Searches one state of the index.
//!
//! ```text
//! Query -> resolve (dictionary) -> Clause -> one set of documents a segment (clause.rs, pattern.rs, postings.rs, ranges.rs)
//!       -> frequencies over all segments -> scores (score.rs) -> the best in order (top.rs) -> stored articles -> hits
//! ```

pub(super) mod clause;
mod facets;
mod pattern;
mod postings;
mod ranges;
mod score;
mod searcher;
mod second_stage;
mod stats;
mod top;

pub use searcher::{Ids, Ranking, RankingEntry, Scan, Searcher, StoredArticles};
