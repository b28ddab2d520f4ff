//! Morgue: full-text search over news archives.

pub mod annotate;
pub mod article;
pub mod date;
mod error;
pub mod hit;
pub mod index;
pub mod ingest;
pub mod matching;
pub mod normalize;
pub mod query;
pub mod read;
pub mod snippet;
pub mod token;

pub use article::{Annotations, Article, RawArticle, Skip, SkipReason};
pub use error::{Error, Result};
pub use hit::{Hit, Hits};
pub use index::{Index, Request, Searcher, Sort};
pub use ingest::{Options, Tally, ingest};
pub use query::Query;
