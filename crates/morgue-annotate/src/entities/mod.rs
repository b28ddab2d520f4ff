//! People, organisations and places.
//!
//! A linear model finds the **mentions** of names (`tagger.rs`, `features.rs`, `model.rs`). Rules group the mentions of
//! one entity under its fullest name (`resolve.rs`). A **key** groups the spellings of a name across articles
//! (`key.rs`).

mod candidates;
pub(crate) mod features;
mod finder;
mod initials;
mod key;
pub(crate) mod label;
pub(crate) mod lexicon;
pub(crate) mod model;
mod names;
mod people;
mod places;
mod resolve;
mod roles;
mod shortened;
pub(crate) mod tagger;
mod transliteration;
mod word_set;
pub(crate) mod words;

pub use finder::EntityFinder;
pub use key::{is_named, key};

#[cfg(test)]
mod tests;
