//! Folder -> files, sorted: hidden files are left out, symbolic links are followed, loops are skips.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

use super::File;
use crate::article::{Skip, SkipReason};

pub(super) fn walk(root: &Path) -> impl Iterator<Item = Result<File, Skip>> + use<> {
    let root = root.to_path_buf();
    WalkDir::new(&root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(move |entry| match entry {
            Ok(entry) => file(&entry).transpose(),
            Err(error) => Some(Err(skip(&root, &error))),
        })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn file(entry: &DirEntry) -> Result<Option<File>, Skip> {
    let unreadable = |detail: String| Skip {
        path: entry.path().to_path_buf(),
        record: None,
        reason: SkipReason::Unreadable,
        detail,
    };
    let kind = entry.file_type();
    if kind.is_dir() {
        return Ok(None);
    }
    // A pipe is read where it is named (`<(zcat ...)`), and passed over where it is come across: it may never end.
    if !kind.is_file() && entry.depth() > 0 {
        return Err(unreadable("neither a file nor a folder".to_owned()));
    }
    let metadata = entry.metadata().map_err(|error| unreadable(error.to_string()))?;
    Ok(Some(describe(entry.path(), &metadata)))
}

fn describe(path: &Path, metadata: &fs::Metadata) -> File {
    let mtime_ns = metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    });
    File { path: path.to_path_buf(), name: name(path), size: metadata.len(), mtime_ns }
}

/// A path as origins spell it: `/` between its parts.
pub(super) fn name(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        Arc::from(&*text)
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

fn skip(root: &Path, error: &walkdir::Error) -> Skip {
    let detail = match error.loop_ancestor() {
        Some(ancestor) => format!("a symbolic link that leads back to {}", ancestor.display()),
        None => error.io_error().map_or_else(|| error.to_string(), io::Error::to_string),
    };
    let path = error.path().map_or_else(|| root.to_path_buf(), PathBuf::from);
    Skip { path, record: None, reason: SkipReason::Unreadable, detail }
}

pub(super) fn digest(path: &Path) -> io::Result<u128> {
    let mut file = fs::File::open(path)?;
    let mut digest = Xxh3::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(digest.digest128()),
            Ok(read) => digest.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path) -> Vec<String> {
        walk(root)
            .map(|found| match found {
                Ok(file) => file.path.strip_prefix(root).unwrap().display().to_string(),
                Err(skip) => format!("! {}", skip.detail),
            })
            .collect()
    }

    #[test]
    fn files_come_sorted_and_hidden_ones_do_not() {
        let root = tempfile::tempdir().unwrap();
        for path in ["b.txt", "a/z.txt", "a/y.json/x.txt", ".hidden/q.txt", ".DS_Store", "c"] {
            fs::create_dir_all(root.path().join(path).parent().unwrap()).unwrap();
            fs::write(root.path().join(path), "x").unwrap();
        }
        assert_eq!(names(root.path()), ["a/y.json/x.txt", "a/z.txt", "b.txt", "c"]);
        assert_eq!(names(&root.path().join("b.txt")), [""], "a root may be a file");
    }

    #[test]
    fn a_missing_root_is_a_skip() {
        let root = tempfile::tempdir().unwrap();
        let skip = walk(&root.path().join("gone")).next().unwrap().unwrap_err();
        assert_eq!((skip.reason, skip.record), (SkipReason::Unreadable, None));
        assert!(skip.path.ends_with("gone"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_are_skips() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("a")).unwrap();
        fs::write(root.path().join("a/x.txt"), "x").unwrap();
        symlink(root.path().join("a"), root.path().join("b")).unwrap();
        symlink(root.path(), root.path().join("a/up")).unwrap();
        symlink("nowhere", root.path().join("c")).unwrap();
        let names = names(root.path());
        assert_eq!(names.iter().filter(|name| name.ends_with("x.txt")).count(), 2);
        assert_eq!(names.iter().filter(|name| name.contains("leads back")).count(), 2);
        assert_eq!(names.iter().filter(|name| name.starts_with('!')).count(), 3, "a dangling link too: {names:?}");
    }

    #[test]
    fn the_digest_tells_bytes_apart() {
        let root = tempfile::tempdir().unwrap();
        let digest_of = |text: &str| {
            fs::write(root.path().join("f"), text).unwrap();
            digest(&root.path().join("f")).unwrap()
        };
        assert_eq!(digest_of("one"), digest_of("one"));
        assert_ne!(digest_of("one"), digest_of("two"));
    }
}
