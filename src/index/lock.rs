//! Locks: one writer for an index, and the locks that the engine takes in its own folder.
//!
//! A lock is a lock of the operating system on an open file, so it is released when the process dies. Every lock is also
//! released explicitly: a child process that was forked meanwhile has a copy of the open file, and closing only our own
//! copy would leave the lock with the child for as long as it lives.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock as EngineLock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::cancel::Cancel;
use crate::error::{Error, Holder, Result};

/// The file that is locked while an index is written.
pub(super) const LOCK: &str = "writer.lock";

/// How long a second writer waits for the first.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// The time between two attempts to lock.
const RETRY_AFTER: Duration = Duration::from_millis(50);

/// A locked file. Dropping it releases the lock.
#[derive(Debug)]
struct LockedFile(File);

impl Drop for LockedFile {
    fn drop(&mut self) {
        self.0.unlock().ok(); // closing the file releases the lock, too, if there is no forked child
    }
}

/// The lock of the writer of an index.
#[derive(Debug)]
pub(super) struct Lock {
    _file: LockedFile,
}

impl Lock {
    /// Waits up to [`MAX_WAIT`] for the lock, then fails with the name of the holder.
    pub(super) fn take(folder: &Path, cancel: &Cancel) -> Result<Lock> {
        let path = folder.join(LOCK);
        let file = open(&path).map_err(Error::io("open", &path))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path)(error)),
            }
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if start.elapsed() > MAX_WAIT {
                return Err(Error::Locked { path: folder.to_owned(), holder: holder(&path) });
            }
            std::thread::sleep(RETRY_AFTER);
        }
        let mut locked = LockedFile(file);
        write_holder(&mut locked.0).map_err(Error::io("write", &path))?;
        Ok(Lock { _file: locked })
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).read(true).write(true).truncate(false).open(path)
}

fn write_holder(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "process {}", std::process::id())
}

fn holder(lock: &Path) -> Holder {
    let mut text = String::new();
    if File::open(lock).and_then(|mut file| file.read_to_string(&mut text)).is_err() {
        return Holder::Unknown;
    }
    let number = text.trim().strip_prefix("process ").and_then(|number| number.parse().ok());
    match number {
        Some(number) if number == std::process::id() => Holder::ThisProcess,
        Some(number) => Holder::Process(number),
        None => Holder::Unknown,
    }
}

/// The engine's folder. It differs from the engine's own [`MmapDirectory`] only in that locks are released explicitly.
#[derive(Debug, Clone)]
pub(super) struct SegmentsDirectory {
    files: MmapDirectory,
    folder: Arc<Path>,
}

impl SegmentsDirectory {
    pub(super) fn open(folder: &Path) -> tantivy::Result<SegmentsDirectory> {
        Ok(SegmentsDirectory { files: MmapDirectory::open(folder)?, folder: folder.into() })
    }
}

impl Directory for SegmentsDirectory {
    fn acquire_lock(&self, lock: &EngineLock) -> std::result::Result<DirectoryLock, LockError> {
        let failed = |error: io::Error| LockError::IoError(Arc::new(error));
        let file = open(&self.folder.join(&lock.filepath)).map_err(failed)?;
        if lock.is_blocking {
            file.lock().map_err(failed)?;
        } else {
            file.try_lock().map_err(|_| LockError::LockBusy)?;
        }
        Ok(DirectoryLock::from(Box::new(LockedFile(file))))
    }

    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, on_change: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(on_change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_lock_is_free_even_if_a_copy_of_its_file_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path(), &Cancel::new()).unwrap();
        let copy_of_a_child = lock._file.0.try_clone().unwrap(); // a copy like the one that a forked child has
        drop(lock);
        Lock::take(folder.path(), &Cancel::new()).unwrap();
        drop(copy_of_a_child);
    }

    #[test]
    fn cancelling_ends_the_wait_for_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Lock::take(folder.path(), &Cancel::new()).unwrap();
        let cancel = Cancel::new();
        cancel.cancel();
        assert!(matches!(Lock::take(folder.path(), &cancel), Err(Error::Cancelled)));
        assert_eq!(holder(&folder.path().join(LOCK)), Holder::ThisProcess);
    }
}
