//! Morgue: full-text search over news archives. Articles in any format go in; ranked hits with snippets, names and dates
//! come out.
//!
//! ```
//! use morgue::{Index, Options, Query, Request, ingest};
//!
//! # let folder = tempfile::tempdir()?;
//! # let (archive, index_folder) = (folder.path().join("archive"), folder.path().join("index"));
//! # std::fs::create_dir(&archive)?;
//! # std::fs::write(archive.join("a.jsonl"), r#"{"title": "Levee holds", "body": "The levee of Oxmouth held."}"#)?;
//! let index = Index::open_or_create(index_folder)?;
//! ingest([archive], &index, &Options::default(), |_| ())?;
//!
//! let hits = index.searcher()?.search(&Request::new(Query::parse("levee")?).limit(5))?;
//! for hit in &hits {
//!     println!("{:6.2}  {}  {}", hit.score, hit.title, hit.snippet.marked("[", "]"));
//! }
//! assert_eq!(hits.count, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The parts
//!
//! - [`ingest`](fn@ingest) reads files into an [`Index`]; `Options` at the top of the crate are its options
//!   ([`ingest::Options`]). [`IndexWriter`] adds articles from memory.
//! - A [`Searcher`] takes a [`Request`], which holds a [`Query`], and returns [`Hits`].
//! - [`articles`](fn@articles) reads files without an index.
//! - [`export`] writes stored articles as JSON Lines.
//! - [`snippet`] and [`matching`] find the text that satisfies a query; [`evaluation`] measures rankings.
//!
//! # Features
//!
//! | Feature    | Default | What it adds                                                                          |
//! |------------|---------|---------------------------------------------------------------------------------------|
//! | `read`     | yes     | The readers of files: [`read`], [`normalize`], [`articles`](mod@articles), [`ingest`](mod@ingest) |
//! | `cli`      | yes     | The program as a function: [`cli::run`]. It needs `read`.                             |
//! | `mimalloc` | yes     | The allocator of the program. The library never sets an allocator.                    |
//!
//! # What it does not do
//!
//! It does not crawl, does not recognize text in pictures, and does not search by meaning. Names are found in English text
//! only. One process writes an index at a time. The library never prints.

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

#[doc(inline)]
/// Names and dates in articles: the crate `morgue-annotate`.
pub use morgue_annotate as annotate;
#[doc(inline)]
/// Plain data of articles: the crate `morgue-article`.
pub use morgue_article as article;
#[doc(inline)]
/// Days and spans of days, and tokens of text: modules of the crate `morgue-article`.
pub use morgue_article::{date, token};
#[cfg(feature = "read")]
#[doc(inline)]
/// The readers and the cleaning of articles: modules of the crate `morgue-read`.
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
