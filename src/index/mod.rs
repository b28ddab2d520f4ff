//! The index: the only folder that knows the search engine inside.
//!
//! [`Index`] is a handle of an index folder. In: [`IndexWriter`] adds articles from memory, [`ingest`](fn@crate::ingest)
//! adds those of files. Out: a [`Searcher`] takes a [`Request`] and finds, ranks and reads back. The engine's types do
//! not leave this folder.

use std::path::{Path, PathBuf};

use tantivy::store::{Compressor, ZstdCompressor};

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::query::Query;
use morgue_article::date::Date;

#[cfg_attr(not(feature = "read"), allow(dead_code))] // the parts for files are used by `ingest` alone
mod checkpoint;
mod columns;
mod committed;
mod dictionary;
mod encode;
mod engine_error;
mod engine_writer;
mod file_path;
mod folder;
mod index_writer;
mod lock;
#[cfg_attr(not(feature = "read"), allow(dead_code))] // the parts for files are used by `ingest` alone
mod manifest;
mod name_term;
mod naming;
mod request;
#[cfg_attr(not(feature = "read"), allow(dead_code))] // the parts for files are used by `ingest` alone
mod schema;
mod search;
mod stored;
mod verify;
#[cfg_attr(not(feature = "read"), allow(dead_code))] // the parts for files are used by `ingest` alone
mod writer;

pub use index_writer::IndexWriter;
pub use request::{Request, Sort};
pub use search::{Ids, Ranking, RankingEntry, Scan, Searcher, StoredArticles};
pub use writer::Added;

#[cfg(feature = "read")]
pub(crate) use checkpoint::{FileCounts, FileStamp};
pub(crate) use file_path::is_below;
#[cfg(feature = "read")]
pub(crate) use index_writer::id_by_content;
#[cfg(feature = "read")]
pub(crate) use schema::{Prepared, Preparer};
pub(crate) use writer::Writer;

use engine_error::{brief, engine, unopened};
use lock::{Lock, SegmentsDirectory};
use schema::Fields;

/// Bytes of stored articles that are compressed together. Of 16, 32 and 64 KiB, 32 KiB is read as fast as 16 KiB for
/// snippets.
const STORE_BLOCK: usize = 32 << 10;
/// How hard stored articles are compressed. Level 6 makes an index that is 1.4 % smaller, and all of indexing takes a
/// twelfth more time.
const STORE_LEVEL: i32 = 3;

/// A handle of an index in a folder. It is cheap to clone, and threads can share it.
///
/// ```
/// use morgue::{Article, Index, Query, Request};
/// use morgue::article::Zone;
///
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path().join("index"))?;
///
/// let mut article = Article::default();
/// article.push(Zone::Title, "Levee holds at Oxmouth");
/// article.push(Zone::Body, "The levee held on Monday, said Jo Marsh, the mayor.");
/// let mut writer = index.writer()?;
/// writer.add(article)?;
/// writer.commit()?;
///
/// let hits = index.searcher()?.search(&Request::new(Query::parse("levee")?))?;
/// assert_eq!(hits.count, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Index {
    path: PathBuf,
    engine: tantivy::Index,
    fields: Fields,
    cancel: Cancel,
}

/// The content of an index in figures. Each list holds at most the number of values that the call asks for (`top`).
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Stats {
    /// Articles that a search can find.
    pub articles: u64,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Articles with a day, month or year of publication.
    pub dated: u64,
    /// The first and the last day of publication; `None` if no article has one.
    pub published: Option<(Date, Date)>,
    /// Sources by number of articles, the most frequent first.
    pub sources: Vec<(String, u64)>,
    /// Languages by number of articles, the most frequent first.
    pub languages: Vec<(String, u64)>,
    /// People by number of articles that name them, the most frequent first.
    pub people: Vec<(String, u64)>,
    /// Organisations by number of articles that name them, the most frequent first.
    pub orgs: Vec<(String, u64)>,
    /// Places by number of articles that name them, the most frequent first.
    pub places: Vec<(String, u64)>,
}

impl Index {
    /// Opens the index in `path`.
    ///
    /// # Errors
    /// If there is no index, if it is of another version or damaged, and if the folder holds something else.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        folder::check(path)?;
        let directory = SegmentsDirectory::open(&path.join(folder::SEGMENTS));
        let engine = directory.and_then(tantivy::Index::open);
        Ok(Index::over(path, engine.map_err(|error| unopened(path, &error))?))
    }

    /// Opens the index in `path`, or creates one there. The folder must be new or empty, or hold nothing but a README and
    /// dot files.
    ///
    /// # Errors
    /// Those of [`Index::open`] except [`Error::NoIndex`], and if the folder cannot be written.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        match Index::open(path) {
            Err(Error::NoIndex { .. }) => {}
            opened => return opened,
        }
        folder::create(path)?;
        let _lock = Lock::take(path, &Cancel::new())?;
        if folder::check(path).is_ok() {
            return Index::open(path); // another process has created it meanwhile
        }
        let (schema, _) = Fields::build();
        let directory = SegmentsDirectory::open(&path.join(folder::SEGMENTS)).map_err(engine("create its folder"))?;
        let settings = tantivy::IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(STORE_LEVEL) }),
            docstore_blocksize: STORE_BLOCK,
            ..Default::default()
        };
        let created = tantivy::Index::builder().schema(schema).settings(settings).open_or_create(directory);
        let index = Index::over(path, created.map_err(engine("create its files"))?);
        folder::mark(path)?;
        Ok(index)
    }

    fn over(path: &Path, engine: tantivy::Index) -> Index {
        engine.tokenizers().register(encode::PACKED, encode::Unpacker::default());
        let (_, fields) = Fields::build();
        Index { path: path.to_owned(), engine, fields, cancel: Cancel::new() }
    }

    /// A handle of the same index whose calls can be cancelled: waiting for the lock of the writer, deleting, verifying,
    /// and all calls of its searchers. They end with [`Error::Cancelled`].
    pub fn with_cancel(&self, cancel: &Cancel) -> Index {
        Index { cancel: cancel.clone(), ..self.clone() }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A searcher over the latest commit. It takes no lock: others may write at the same time. It does not see later
    /// commits until [`Searcher::refresh`] is called.
    ///
    /// # Errors
    /// If the index is damaged.
    pub fn searcher(&self) -> Result<Searcher> {
        let reader = self.engine.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader.try_into().map_err(|error| unopened(&self.path, &error))?;
        Ok(Searcher::new(&self.path, &self.fields, reader.searcher(), &self.cancel))
    }

    /// A writer for articles from memory. It holds the lock of the index until it is dropped.
    ///
    /// # Errors
    /// [`Error::Locked`] if another writer has the index and does not finish within 10 seconds.
    pub fn writer(&self) -> Result<IndexWriter> {
        IndexWriter::open(self)
    }

    /// The writer behind [`ingest`](crate::ingest) and [`IndexWriter`]. It waits up to 10 seconds for another writer.
    pub(crate) fn open_writer(&self, threads: usize, cancel: &Cancel) -> Result<Writer> {
        Writer::open(&self.path, &self.engine, &self.fields, threads, cancel)
    }

    /// Deletes the article with this id; if there is none, all articles whose source gave them this id. Returns how many
    /// there were. They come back only when their files have changed and are read again. The deletion is committed.
    ///
    /// # Errors
    /// [`Error::Locked`] if another writer has the index and does not finish within 10 seconds; [`Error::Cancelled`]; and
    /// if the index cannot be read or written.
    pub fn delete(&self, id: &str) -> Result<u64> {
        self.delete_all(|searcher| searcher.ids_of(id))
    }

    /// Deletes all articles that match `query`. Returns how many there were. The deletion is committed.
    ///
    /// # Errors
    /// Those of [`Index::delete`], and [`Error::QueryTooCostly`].
    pub fn delete_matching(&self, query: &Query) -> Result<u64> {
        self.delete_all(|searcher| searcher.all_ids(&Request::new(query.clone())))
    }

    fn delete_all(&self, which: impl FnOnce(&Searcher) -> Result<Vec<String>>) -> Result<u64> {
        let mut writer = self.open_writer(1, &self.cancel)?;
        let ids = which(&self.searcher()?)?;
        for id in &ids {
            writer.remove(id);
        }
        if !ids.is_empty() {
            writer.commit()?;
        }
        writer.finish()?;
        Ok(ids.len() as u64)
    }

    /// Reads everything back. Returns one sentence for each damage; none if the index is sound.
    ///
    /// # Errors
    /// If the index cannot be read at all.
    pub fn verify(&self) -> Result<Vec<String>> {
        verify::verify(self)
    }
}
