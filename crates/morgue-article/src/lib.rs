//! The plain data of Morgue: articles, calendar days, and how text becomes tokens.
//!
//! A reader produces a [`RawArticle`], in which every field is as the source spelled it. A normalizer cleans it and
//! makes an [`Article`]. The text of an article never changes again: every later range is a byte range into it, and
//! [`text`] counts such ranges in characters. [`Annotations`] hold the names and days that were found in that text. A
//! record that cannot become an article is a [`Skip`] with its [`SkipReason`].
//!
//! ```
//! use morgue_article::date::DateSpan;
//! use morgue_article::token::{Stemming, Tokenizer, Tokens};
//! use morgue_article::{Article, Zone};
//!
//! let mut article = Article::default();
//! article.push(Zone::Title, "Dam collapses");
//! article.push(Zone::Body, "The dam failed in March 2023.");
//! assert_eq!(article.title(), "Dam collapses");
//!
//! let march: DateSpan = "2023-03".parse()?;
//! assert!(march.contains("2023-03-14".parse()?));
//! # Ok::<(), morgue_article::date::DateError>(())
//! ```
//!
//! # What it does not do
//!
//! It does not read files, clean text, find names or build an index: those are the tasks of the crates `morgue-read`,
//! `morgue-annotate` and `morgue`.

mod article;
pub mod date;
mod extra;
pub mod text;
pub mod token;
mod word_list;

pub use article::*;
pub use extra::{ExtraName, ExtraNameError};
pub use word_list::WordList;
