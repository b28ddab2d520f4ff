//! The folder of an index: its marker, its lock, and making it durable.
//!
//! ```text
//! index/morgue.json        the marker: format version, digest of the tokenizer's output, stemmer
//! index/segments/          the engine's files
//! index/manifest-N.jsonl   which files have been read: see `manifest.rs`
//! index/writer.lock        held while writing; names the holder
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use morgue_article::token::{Stemming, golden_digest};

const MARKER: &str = "morgue.json";
const LOCK: &str = "writer.lock";
const PROBE: &str = "probe.new";
pub(crate) const SEGMENTS: &str = "segments";

/// What a run that was killed before it wrote the marker may have left.
const LEFT_OVERS: [&str; 4] = [LOCK, SEGMENTS, "morgue.new", PROBE];

/// Raised whenever an index written before can no longer be read as it was meant.
const FORMAT: u32 = 3;

/// How long a second writer waits for the first.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// What the marker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    /// [`FORMAT`] of the program that made the index.
    format: u32,
    /// Digest of the tokenizer's output: an index holds what the tokenizer gave when it was made.
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

/// Whether `folder` holds an index of ours that this program can read.
pub(crate) fn check(folder: &Path) -> Result<()> {
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

/// Makes `folder` ready to hold a new index; refuses one that holds anything else.
pub(crate) fn create(folder: &Path) -> Result<()> {
    if let Some(found) = foreign(folder)? {
        return Err(Error::ForeignFolder { path: folder.to_owned(), found });
    }
    let segments = folder.join(SEGMENTS);
    fs::create_dir_all(&segments).map_err(Error::io("create", &segments))
}

/// Writes the marker: from here on the folder is an index.
pub(crate) fn mark(folder: &Path) -> Result<()> {
    let text = serde_json::to_string(&Marker::of_this_program()).expect("a number and a string always serialize");
    write_durably(&folder.join(MARKER), text.as_bytes())?;
    sync(folder)
}

/// The first thing in `folder` that is neither a README, a dot file nor a left-over of an index that was never marked.
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

/// Writes a file so that it is either the old one or the new one after a crash.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let fresh = path.with_extension("new");
    let write = || {
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(Error::io("write", path))
}

/// Whether the disk takes a megabyte more.
pub(crate) fn probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(PROBE);
    let write = || File::create(&path)?.write_all(&vec![0; 1 << 20]);
    let outcome = write();
    fs::remove_file(&path).ok(); // a left-over does no harm
    outcome
}

/// Makes the names in the index folder durable. The engine does so before it renames its last file, not after.
pub(crate) fn sync(folder: &Path) -> Result<()> {
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

/// The bytes of all files of the index.
pub(crate) fn size(folder: &Path) -> u64 {
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

/// Held by the one that writes. Given back when dropped, or by the operating system when the program dies.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits a while for the lock, then fails naming the holder.
    pub(crate) fn take(folder: &Path) -> Result<Lock> {
        let path = folder.join(LOCK);
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(Error::io("open", &path))?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path)(error)),
            }
            if since.elapsed() > LOCK_PATIENCE {
                return Err(Error::Locked { path: folder.to_owned(), holder: holder(&path) });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let name = format!("process {}\n", std::process::id());
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(name.as_bytes())
        };
        write(&mut file).map_err(Error::io("write", &path))?;
        Ok(Lock { _file: file })
    }
}

fn holder(lock: &PathBuf) -> String {
    let mut name = String::new();
    let read = File::open(lock).and_then(|mut file| file.read_to_string(&mut name));
    match (read, name.trim()) {
        (Ok(_), holder) if !holder.is_empty() => holder.to_owned(),
        _ => "another process".to_owned(),
    }
}
