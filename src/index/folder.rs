//! The folder of an index: its marker, and making it durable.
//!
//! ```text
//! index/morgue.json        the marker: format version, digest of the tokenizer's output
//! index/segments/          the engine's files
//! index/manifest-N.jsonl   which files have been read: see `manifest.rs`
//! index/writer.lock        locked while writing; names the holder: see `lock.rs`
//! ```

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::lock::LOCK;
use crate::error::{Error, Result};
use morgue_article::token::{Stemming, golden_digest};

const MARKER: &str = "morgue.json";
const PROBE: &str = "probe.new";
pub(super) const SEGMENTS: &str = "segments";

/// Files that a run may have left that was killed before it wrote the marker.
const LEFT_OVERS: [&str; 4] = [LOCK, SEGMENTS, "morgue.new", PROBE];

/// Raised whenever an older index can no longer be read correctly.
const FORMAT: u32 = 4;

/// The content of the marker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    /// [`FORMAT`] of the program that made the index.
    format: u32,
    /// Digest of the tokenizer's output. The words of an index are those of the tokenizer at that time.
    tokens: String,
}

impl Marker {
    fn of_this_program() -> Marker {
        Marker { format: FORMAT, tokens: format!("{:016x}", golden_digest(Stemming::default())) }
    }

    fn describe(&self) -> String {
        format!("{} (words as {})", self.format, self.tokens)
    }
}

/// Checks that `folder` holds an index that this program can read.
pub(super) fn check(folder: &Path) -> Result<()> {
    let text = match fs::read_to_string(folder.join(MARKER)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::NotADirectory => {
            return Err(match foreign(folder)? {
                Some(found) => Error::ForeignFolder { path: folder.to_owned(), found },
                None => Error::NoIndex { path: folder.to_owned() },
            });
        }
        Err(error) => return Err(Error::io("read", &folder.join(MARKER))(error)),
    };
    let marker: Marker = serde_json::from_str(&text).map_err(|error| Error::Damaged {
        path: folder.to_owned(),
        what: format!("its marker {MARKER} cannot be read ({error})"),
    })?;
    let ours = Marker::of_this_program();
    if marker != ours {
        let path = folder.to_owned();
        return Err(Error::Version { path, expected: ours.describe(), got: marker.describe() });
    }
    Ok(())
}

/// Prepares `folder` for a new index. A folder that holds anything else is refused.
pub(super) fn create(folder: &Path) -> Result<()> {
    if let Some(found) = foreign(folder)? {
        return Err(Error::ForeignFolder { path: folder.to_owned(), found });
    }
    let segments = folder.join(SEGMENTS);
    fs::create_dir_all(&segments).map_err(Error::io("create", &segments))
}

/// Writes the marker. From here on the folder is an index.
pub(super) fn mark(folder: &Path) -> Result<()> {
    let text = serde_json::to_string(&Marker::of_this_program()).expect("a number and a string always serialize");
    write_durably(&folder.join(MARKER), text.as_bytes())?;
    sync(folder)
}

/// The first entry of `folder` that is not a README, a dot file or a left-over of an index without a marker.
fn foreign(folder: &Path) -> Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(Some("a file".to_owned())),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::io("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name == "README.md" || name.starts_with('.') || LEFT_OVERS.contains(&name.as_str());
        if !ours {
            names.push(name);
        }
    }
    names.sort();
    Ok(names.into_iter().next())
}

/// Writes a file so that after a crash it has either the old content or the new one.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let fresh = path.with_extension("new");
    let write = || {
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(Error::io("write", path))
}

/// Tries to write one more megabyte, to find out whether the disk is full.
pub(super) fn probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(PROBE);
    let write = || File::create(&path)?.write_all(&vec![0; 1 << 20]);
    let outcome = write();
    fs::remove_file(&path).ok(); // a file that stays does no harm
    outcome
}

/// Makes the names in the index folder durable. The engine syncs them before it renames its last file, but not after.
pub(super) fn sync(folder: &Path) -> Result<()> {
    for path in [folder.join(SEGMENTS), folder.to_owned()] {
        sync_names(&path).map_err(Error::io("sync", &path))?;
    }
    Ok(())
}

#[cfg(unix)]
fn sync_names(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_names(_: &Path) -> std::io::Result<()> {
    Ok(()) // folders cannot be synced there; renames are durable
}

/// The total size of the files of the index, in bytes.
pub(super) fn size(folder: &Path) -> u64 {
    let mut folders = vec![folder.to_owned()];
    let mut bytes = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => folders.push(entry.path()),
                Ok(metadata) => bytes += metadata.len(),
                Err(_) => {} // a merge has just removed it
            }
        }
    }
    bytes
}
