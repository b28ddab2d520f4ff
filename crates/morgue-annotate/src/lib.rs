//! Finds the people, organisations, places and days that a news article mentions.
//!
//! An [`Annotator`] takes an article and its tokens, and gives its [`Annotations`](morgue_article::Annotations): the
//! entities with their mentions, and the dates with the days that they mean. Every mention is a byte range of the
//! article's text.
//!
//! ```
//! use morgue_annotate::Annotator;
//! use morgue_article::token::{Stemming, Tokenizer, Tokens};
//! use morgue_article::{Article, DateOrigin, Published, Zone};
//!
//! let published = Published { span: "2019-05-15".parse()?, from: DateOrigin::Metadata };
//! let mut article = Article { published: Some(published), ..Article::default() };
//! article.push(Zone::Title, "Lindqvist to visit Geneva");
//! article.push(Zone::Body, "Foreign Minister Astrid Lindqvist will visit Geneva, her office said on Friday.");
//!
//! let mut tokens = Tokens::default();
//! Tokenizer::new(Stemming::English).article(&article, &mut tokens);
//! let annotations = Annotator::new().annotate(&article, &tokens);
//!
//! let names: Vec<&str> = annotations.entities.iter().map(|entity| entity.name.as_str()).collect();
//! assert_eq!(names, ["Astrid Lindqvist", "Geneva"]);
//! assert_eq!(annotations.entities[0].mentions.len(), 2);
//! assert_eq!(annotations.dates[0].value, Some("2019-05-10".parse()?));
//! # Ok::<(), morgue_article::date::DateError>(())
//! ```
//!
//! # What it does not do
//!
//! It reads English only. It does not link names to a database. Word lists help to find names; all facts about an entity
//! come from the article. It does not compare articles; [`entities::key`] gives the key that groups the spellings of a name across
//! articles. A date that depends on the day of publication stays unresolved when neither that day nor the day of
//! the dateline is known.
//! Names of other kinds (works, events, nationalities) and times of day are not annotated.

mod annotator;
pub mod dates;
pub mod entities;
#[cfg(feature = "train")]
pub mod train;

pub use annotator::Annotator;
