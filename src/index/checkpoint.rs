//! What the index remembers about the files that were read into it. The manifest holds one [`FileEntry`] for each file,
//! the payload of every commit holds one [`Checkpoint`].

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::engine;
use crate::error::{Error, Result};
use morgue_article::SkipReason;

/// The payload of a commit. It is small, because the engine writes it again at every commit and merge.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// Number of the manifest file.
    pub(super) manifest: u64,
    /// Its valid bytes.
    pub(super) bytes: u64,
    /// Digest of these bytes.
    #[serde(default)]
    pub(super) digest: u64,
    /// The file that was being read at the time of the commit.
    pub(super) partial: Option<InterruptedFile>,
}

impl Checkpoint {
    /// The checkpoint of the latest commit.
    pub(super) fn load(index: &tantivy::Index) -> Result<Checkpoint> {
        let metas = index.load_metas().map_err(engine("read its commits"))?;
        let Some(payload) = metas.payload else { return Ok(Checkpoint::default()) };
        serde_json::from_str(&payload)
            .map_err(|source| Error::Index { doing: "read its checkpoint", source: source.into() })
    }
}

/// A file that was being read at the time of a commit, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InterruptedFile {
    /// The path as origins name it.
    pub(super) path: Arc<str>,
    /// Its stamp when reading began. If the file has changed since, it is read from its start.
    pub(super) stamp: FileStamp,
    /// The outcomes of its records so far.
    pub(super) counts: FileCounts,
    /// All records before this one (from 1) are in the commit.
    pub(super) next_record: u64,
    /// Whether the file was known before. Such a file is read from its start, because only a complete reading shows
    /// which records have vanished from it.
    pub(super) known: bool,
}

impl InterruptedFile {
    /// Whether a file is this one and has not changed since.
    pub(super) fn is(&self, path: &str, stamp: FileStamp) -> bool {
        &*self.path == path && self.stamp == stamp
    }
}

/// Size and modification time of a file when it was read. The default matches no real file, so a file with the default
/// stamp is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct FileStamp {
    /// Bytes.
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) mtime_ns: i128,
}

/// The outcomes of the records of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct FileCounts {
    /// Records that are in the index, or were until a record of the same id replaced them.
    pub(crate) indexed: u64,
    /// Records that lost to another record of the same id.
    pub(crate) same_id: u64,
    /// Skipped records, by reason.
    pub(crate) skipped: BTreeMap<SkipReason, u64>,
    /// Why the file as a whole was skipped.
    pub(crate) whole: Option<SkipReason>,
}

/// A file that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileEntry {
    pub(super) stamp: FileStamp,
    /// Digest of its bytes.
    pub(super) digest: u128,
    pub(super) counts: FileCounts,
}
