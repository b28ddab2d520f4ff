//! Morgue: full-text search over news archives.

#[cfg(feature = "read")]
pub mod articles;
mod cancel;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
mod cmd;
mod error;
pub mod evaluation;
pub mod export;
pub mod hit;
pub mod index;
#[cfg(feature = "read")]
pub mod ingest;
pub mod matching;
#[cfg(feature = "read")]
mod ordered;
pub mod query;
pub mod snippet;

pub use morgue_annotate as annotate;
pub use morgue_article as article;
pub use morgue_article::{date, token};
#[cfg(feature = "read")]
pub use morgue_read::{normalize, read};

#[cfg(feature = "read")]
pub use articles::{Articles, articles};
pub use cancel::Cancel;
pub use error::{Error, ErrorKind, Holder, Result};
pub use hit::{Hit, Hits};
pub use index::{Index, IndexWriter, Request, Searcher, Sort};
#[cfg(feature = "read")]
pub use ingest::{Options, Tally, ingest};
pub use morgue_article::{Annotations, Article, RawArticle, Skip, SkipReason};
pub use query::Query;
