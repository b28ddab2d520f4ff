//! The index: the only folder that knows the search engine underneath.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::hit::{Hit, Hits, Stored};
use crate::query::Query;

mod request;
pub use request::{Request, Sort};

/// An index in a folder.
pub struct Index {
    path: PathBuf,
}

/// What is in an index.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Stats {
    /// Articles that a search can find.
    pub articles: u64,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Files read.
    pub files: u64,
    /// Articles with a day of publication known.
    pub dated: u64,
    /// The first and the last day of publication.
    pub published: Option<(crate::date::Date, crate::date::Date)>,
    /// Articles by source, most first.
    pub sources: Vec<(String, u64)>,
    /// Articles by language, most first.
    pub languages: Vec<(String, u64)>,
    /// Most frequent people, organisations and places, with the number of articles that name each.
    pub people: Vec<(String, u64)>,
    /// Organisations.
    pub orgs: Vec<(String, u64)>,
    /// Places.
    pub places: Vec<(String, u64)>,
}

/// Searches one state of an index. Cheap to clone; threads share it.
#[derive(Clone)]
pub struct Searcher {}

impl Index {
    /// Opens the index in `path`.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        let _ = path;
        unimplemented!()
    }
    /// Opens the index in `path`, or makes one where there is none.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Index> {
        let _ = path;
        unimplemented!()
    }
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// A searcher over what is committed now.
    pub fn searcher(&self) -> Result<Searcher> {
        unimplemented!()
    }
    /// Deletes the article with this id, or with this own id; gives how many there were.
    pub fn delete(&self, id: &str) -> Result<u64> {
        let _ = id;
        unimplemented!()
    }
    /// Deletes all articles that match.
    pub fn delete_matching(&self, query: &Query) -> Result<u64> {
        let _ = query;
        unimplemented!()
    }
    /// Reads everything back; gives what is damaged, a line each.
    pub fn verify(&self) -> Result<Vec<String>> {
        unimplemented!()
    }
}

impl Searcher {
    /// One page of ranked hits.
    pub fn search(&self, request: &Request) -> Result<Hits> {
        let _ = request;
        unimplemented!()
    }
    /// Every hit, handed on one by one without a ceiling; limit and offset are not looked at. Gives the count.
    pub fn each(&self, request: &Request, on_hit: &mut dyn FnMut(Hit) -> Result<()>) -> Result<u64> {
        let _ = (request, on_hit);
        unimplemented!()
    }
    /// The article with this id, or with this own id, or with this path (`path#record`).
    pub fn get(&self, id: &str) -> Result<Option<Stored>> {
        let _ = id;
        unimplemented!()
    }
    /// What is in the index.
    pub fn stats(&self) -> Result<Stats> {
        unimplemented!()
    }
}
