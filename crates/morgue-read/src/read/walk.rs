//! Walks folders: all files, sorted. Hidden files and indexes of Morgue are left out, symbolic links are followed, and a
//! loop of links is a skip.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::Xxh3;

use super::File;
use morgue_article::{Skip, SkipReason};

/// A file and a folder that are in every index of Morgue, and by which an index is recognized. The index has the same
/// names in `src/index/folder.rs`, on which this crate does not depend; `an_index_among_the_news_is_never_read` tests that
/// both agree.
const INDEX_ENTRIES: [&str; 2] = ["morgue.json", "segments"];

pub(super) fn walk(root: &Path) -> impl Iterator<Item = Result<File, Skip>> + use<> {
    let root = root.to_path_buf();
    let real_root = fs::canonicalize(&root).ok();
    let mut entries = WalkDir::new(&root).follow_links(true).sort_by_file_name().into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(skip(&root, &error))),
            };
            let is_root = entry.depth() == 0;
            if !is_root && is_hidden(&entry) {
                skip_below(&mut entries, &entry);
                continue;
            }
            if entry.file_type().is_dir() && is_index(entry.path()) {
                entries.skip_current_dir();
                if is_root {
                    return Some(Err(not_read(&entry)));
                }
                continue;
            }
            if !is_root && leads_above(&entry, real_root.as_deref()) {
                skip_below(&mut entries, &entry);
                return Some(Err(looped(entry.path(), &root)));
            }
            if let Some(found) = file(&entry).transpose() {
                return Some(found);
            }
        }
    })
}

/// Does not walk what is below the entry.
fn skip_below(entries: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Is the folder an index of Morgue? Its articles were read before, and must never be read as news.
fn is_index(folder: &Path) -> bool {
    let [file, subfolder] = INDEX_ENTRIES;
    folder.join(file).is_file() && folder.join(subfolder).is_dir()
}

fn not_read(entry: &DirEntry) -> Skip {
    let detail = "an index of morgue, which is searched and never read".to_owned();
    Skip { path: entry.path().to_path_buf(), record: None, reason: SkipReason::NotAnArticle, detail }
}

/// Does a link lead to a folder that contains the root? Walking it would be a loop from above the root.
fn leads_above(entry: &DirEntry, real_root: Option<&Path>) -> bool {
    let is_link = entry.path_is_symlink() && entry.file_type().is_dir();
    let Some(real_root) = real_root.filter(|_| is_link) else { return false };
    fs::canonicalize(entry.path()).is_ok_and(|target| real_root.starts_with(target))
}

fn looped(link: &Path, to: &Path) -> Skip {
    let detail = format!("a symbolic link that leads back to {}", to.display());
    Skip { path: link.to_path_buf(), record: None, reason: SkipReason::Loop, detail }
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
    // A pipe is read where it is the root (`<(zcat ...)`), and skipped where it is found by walking: it may never end.
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

/// A path as it is written in origins: `/` between its parts.
pub(super) fn name(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        Arc::from(&*text)
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

fn skip(root: &Path, error: &walkdir::Error) -> Skip {
    let path = error.path().map_or_else(|| root.to_path_buf(), PathBuf::from);
    if let Some(ancestor) = error.loop_ancestor() {
        return looped(&path, ancestor);
    }
    if error.depth() > 0 && fs::read_link(&path).is_ok_and(|target| path.file_name() == Some(target.as_os_str())) {
        return looped(&path, &path);
    }
    let detail = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
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

    #[cfg(unix)]
    #[test]
    fn a_link_to_itself_or_above_the_root_is_a_loop() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("news");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("x.txt"), "x").unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("self", root.join("self")).unwrap();
        let skips: Vec<Skip> = walk(&root).filter_map(Result::err).collect();
        assert_eq!(skips.iter().map(|skip| skip.reason).collect::<Vec<_>>(), [SkipReason::Loop; 2]);
        assert_eq!(walk(&root).filter(Result::is_ok).count(), 1);
    }

    #[test]
    fn an_index_is_never_read() {
        let root = tempfile::tempdir().unwrap();
        let index = root.path().join("index");
        fs::create_dir_all(index.join("segments")).unwrap();
        for path in ["a.txt", "index/morgue.json", "index/manifest-0.jsonl"] {
            fs::write(root.path().join(path), "x").unwrap();
        }
        assert_eq!(names(root.path()), ["a.txt"]);
        let skip = walk(&index).next().unwrap().unwrap_err();
        assert_eq!(skip.reason, SkipReason::NotAnArticle);
    }

    #[test]
    fn different_bytes_have_different_digests() {
        let root = tempfile::tempdir().unwrap();
        let digest_of = |text: &str| {
            fs::write(root.path().join("f"), text).unwrap();
            digest(&root.path().join("f")).unwrap()
        };
        assert_eq!(digest_of("one"), digest_of("one"));
        assert_ne!(digest_of("one"), digest_of("two"));
    }
}
