//! The index: the only folder that knows the search engine underneath.
//!
//! In: [`Preparer`] makes an article a document on any thread, `Writer` adds, replaces, removes and commits.
//! Out: [`Searcher`] finds, ranks and reads back. The engine's types do not leave this folder.

use std::path::{Path, PathBuf};

use tantivy::store::{Compressor, ZstdCompressor};

use crate::error::{Error, Result};
use crate::query::Query;
use morgue_article::date::Date;

mod checkpoint;
mod columns;
mod committed;
mod dictionary;
mod encode;
#[allow(dead_code)] // `rollback` is for the long-lived writer
mod engine_writer;
mod file_path;
mod folder;
mod manifest;
mod name_term;
mod naming;
mod request;
mod schema;
mod search;
mod stored;
mod verify;
#[allow(dead_code)] // `rollback` is for the long-lived writer
mod writer;

pub use request::{Request, Sort};
pub use search::{Ids, Ranking, RankingEntry, Searcher};
pub use writer::Added;

pub(crate) use checkpoint::{FileCounts, FileStamp};
pub(crate) use file_path::is_below;
pub(crate) use schema::{Prepared, Preparer};
pub(crate) use writer::Writer;

use checkpoint::Checkpoint;
use schema::Fields;

/// Bytes of stored articles that are compressed together, and how hard. Of 16, 32 and 64 KiB the second is read as fast as
/// the first, for snippets. Level 6 makes an index that is 1.4 % smaller, and takes a twelfth more time for all of it.
const STORE_BLOCK: usize = 32 << 10;
const STORE_LEVEL: i32 = 3;

/// An index in a folder.
pub struct Index {
    path: PathBuf,
    engine: tantivy::Index,
    fields: Fields,
}

/// What is in an index.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Stats {
    /// Articles that a search can find.
    pub articles: u64,
    /// Bytes of the index folder.
    pub bytes: u64,
    /// Articles with a day, month or year of publication.
    pub dated: u64,
    /// The first and the last day of publication.
    pub published: Option<(Date, Date)>,
    /// Articles by source, most first.
    pub sources: Vec<(String, u64)>,
    /// Articles by language, most first.
    pub languages: Vec<(String, u64)>,
    /// People by number of articles that name them, most first.
    pub people: Vec<(String, u64)>,
    /// Organisations likewise.
    pub orgs: Vec<(String, u64)>,
    /// Places likewise.
    pub places: Vec<(String, u64)>,
}

impl Index {
    /// Opens the index in `path`.
    ///
    /// # Errors
    /// Where there is none, where it is another version's, and where the folder holds something else.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        folder::check(path)?;
        let engine = tantivy::Index::open_in_dir(path.join(folder::SEGMENTS));
        Ok(Index::over(path, engine.map_err(|error| unopened(path, &error))?))
    }

    /// Opens the index in `path`, or makes one where there is none: in a new or empty folder, or in one that holds
    /// nothing but a README and dot files.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        match Index::open(path) {
            Err(Error::NoIndex { .. }) => {}
            opened => return opened,
        }
        folder::create(path)?;
        let _lock = folder::Lock::take(path)?;
        if folder::check(path).is_ok() {
            return Index::open(path); // another process made it meanwhile
        }
        let (schema, _) = Fields::build();
        let directory = tantivy::directory::MmapDirectory::open(path.join(folder::SEGMENTS))
            .map_err(|error| engine("create its folder")(error.into()))?;
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
        Index { path: path.to_owned(), engine, fields }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A searcher over what is committed now. Takes no lock: others may write meanwhile.
    pub fn searcher(&self) -> Result<Searcher> {
        let reader = self.engine.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader.try_into().map_err(|error| unopened(&self.path, &error))?;
        Ok(Searcher::new(&self.path, &self.fields, reader.searcher()))
    }

    /// The writer; waits for another one to finish, then fails naming it.
    pub(crate) fn writer(&self, threads: usize) -> Result<Writer> {
        Writer::open(&self.path, &self.engine, &self.fields, threads)
    }

    /// Deletes the article with this id, or those with this as the source's own id; gives how many there were. Their
    /// files are read again only once they have changed.
    pub fn delete(&self, id: &str) -> Result<u64> {
        self.delete_all(|searcher| searcher.ids_of(id))
    }

    /// Deletes all articles that match `query`; gives how many there were.
    pub fn delete_matching(&self, query: &Query) -> Result<u64> {
        self.delete_all(|searcher| searcher.all_ids(&Request::new(query.clone())))
    }

    fn delete_all(&self, which: impl FnOnce(&Searcher) -> Result<Vec<String>>) -> Result<u64> {
        let mut writer = self.writer(1)?;
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

    /// Reads everything back; gives what is damaged, a sentence each. Sound when empty.
    pub fn verify(&self) -> Result<Vec<String>> {
        verify::verify(self)
    }
}

/// Maps an error of the engine, with what was being done.
fn engine(doing: &'static str) -> impl FnOnce(tantivy::TantivyError) -> Error {
    move |source| Error::Index { doing, source: source.into() }
}

/// Why an index cannot be opened: its files are not as they were written.
fn unopened(path: &Path, error: &tantivy::TantivyError) -> Error {
    Error::Damaged { path: path.to_owned(), what: format!("it cannot be opened ({})", brief(&error.to_string())) }
}

/// The beginning of a message of the engine, which may quote whole files.
fn brief(message: &str) -> String {
    const LONGEST: usize = 160; // characters
    let mut chars = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut brief: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        brief.push('…');
    }
    brief
}

/// The checkpoint of the latest commit.
fn load_checkpoint(index: &tantivy::Index) -> Result<Checkpoint> {
    let metas = index.load_metas().map_err(engine("read its commits"))?;
    let Some(payload) = metas.payload else { return Ok(Checkpoint::default()) };
    serde_json::from_str(&payload)
        .map_err(|source| Error::Index { doing: "read its checkpoint", source: source.into() })
}
