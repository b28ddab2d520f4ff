//! Reads news articles in whatever shape they were kept, and cleans them.
//!
//! Two steps: [`read`] cuts files into records and makes a [`RawArticle`](morgue_article::RawArticle) of each, every
//! field as its source spelled it; [`normalize`] cleans that into an [`Article`](morgue_article::Article), whose text
//! never changes again.
//!
//! ```
//! use morgue_article::Zone;
//! use morgue_read::{normalize::normalize, read};
//!
//! let options = read::Options::default();
//! let lines = r#"{"title": "Bridge opens", "body": "HARWICK, May 3, 2023 - The bridge opened on Monday."}"#;
//! let record = read::open_stream("bridge.jsonl", lines.as_bytes(), &options).next().unwrap().unwrap();
//! let article = normalize(record.read(&options).unwrap()).unwrap();
//! assert_eq!(article.title(), "Bridge opens");
//! assert_eq!(article.texts(Zone::Body).next(), Some("The bridge opened on Monday."));
//! ```
//!
//! # What it does not do
//!
//! It fetches nothing: files come from the caller. It recognizes no text in pictures. It finds no names and no
//! mentioned days in the text (crate `morgue-annotate`), and knows no index (crate `morgue`).

pub mod normalize;
pub mod read;
