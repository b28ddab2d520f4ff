//! The manifest: which files have been read into the index, so that unchanged files are not read again.
//!
//! It is a file of JSON Lines to which lines are only appended; a later line about a file replaces an earlier one. The
//! lines are synced before the commit that they belong to, and the payload of that commit (the [`Checkpoint`]) says how
//! many bytes of which manifest are valid. Bytes beyond that come from an interrupted run and are cut off.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::checkpoint::{Checkpoint, FileEntry, InterruptedFile};
use super::file_path::{MEMBER, holds, is_below};
use crate::error::{Error, Result};

/// A manifest with more lines than this, and more than twice as many as are still valid, is rewritten.
const LINES_BEFORE_REWRITE: u64 = 1000;

/// One line of the manifest.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ManifestLine {
    /// The file was read.
    File { path: Arc<str>, entry: FileEntry },
    /// The file was removed, or must be read again.
    Gone { path: Arc<str> },
    /// The file has a record with this id, but the index holds another file's record of this id.
    Shadowed { path: Arc<str>, id: String },
    /// A root as the user named it, and its real path.
    Root { real: PathBuf, name: String },
}

/// The files that have been read, the records that lost to others, and the names of the roots.
pub(super) struct Manifest {
    folder: PathBuf,
    number: u64,
    file: File,
    bytes: u64,
    digest: Xxh3,
    lines: u64,
    files: BTreeMap<Arc<str>, FileEntry>,
    /// By id: the files, or members of archives, with a record of the id that is not in the index.
    shadowed: HashMap<String, BTreeSet<Arc<str>>>,
    roots: BTreeMap<PathBuf, String>,
}

impl Manifest {
    /// Opens the manifest as of a commit, and cuts off the bytes that were appended later.
    pub(super) fn open(folder: &Path, checkpoint: &Checkpoint) -> Result<Manifest> {
        let path = path(folder, checkpoint.manifest);
        let open = || OpenOptions::new().create(true).read(true).append(true).open(&path);
        let manifest = Manifest::load(folder, checkpoint, open().map_err(Error::io("open", &path))?)?;
        manifest.file.set_len(checkpoint.bytes).map_err(Error::io("cut", &path))?;
        Ok(manifest)
    }

    /// Reads the manifest as of a commit, without writing.
    pub(super) fn read(folder: &Path, checkpoint: &Checkpoint) -> Result<Manifest> {
        let path = path(folder, checkpoint.manifest);
        Manifest::load(folder, checkpoint, File::open(&path).map_err(Error::io("open", &path))?)
    }

    fn load(folder: &Path, checkpoint: &Checkpoint, file: File) -> Result<Manifest> {
        let path = path(folder, checkpoint.manifest);
        let damaged = |what: String| Error::Damaged { path: folder.to_owned(), what };
        let len = file.metadata().map_err(Error::io("read", &path))?.len();
        if len < checkpoint.bytes {
            return Err(damaged(format!("{} has {len} bytes of {}", path.display(), checkpoint.bytes)));
        }
        let mut text = BufReader::new(file.try_clone().map_err(Error::io("open", &path))?.take(checkpoint.bytes));
        let mut manifest = Manifest::empty(folder, checkpoint.manifest, file);
        let mut line = Vec::new();
        while text.read_until(b'\n', &mut line).map_err(Error::io("read", &path))? > 0 {
            manifest.count_line(&line);
            let parsed = serde_json::from_slice(&line)
                .map_err(|error| damaged(format!("{} line {}: {error}", path.display(), manifest.lines)))?;
            manifest.apply(parsed);
            line.clear();
        }
        if checkpoint.bytes > 0 && manifest.digest.digest() != checkpoint.digest {
            return Err(damaged(format!("{} does not match its checksum", path.display())));
        }
        Ok(manifest)
    }

    fn empty(folder: &Path, number: u64, file: File) -> Manifest {
        Manifest {
            folder: folder.to_owned(),
            number,
            file,
            bytes: 0,
            digest: Xxh3::new(),
            lines: 0,
            files: BTreeMap::new(),
            shadowed: HashMap::new(),
            roots: BTreeMap::new(),
        }
    }

    fn count_line(&mut self, line: &[u8]) {
        self.bytes += line.len() as u64;
        self.digest.update(line);
        self.lines += 1;
    }

    fn apply(&mut self, line: ManifestLine) {
        match line {
            ManifestLine::File { path, entry } => {
                self.files.insert(path, entry);
            }
            ManifestLine::Gone { path } => {
                self.files.remove(&path);
                self.shadowed.retain(|_, paths| {
                    paths.retain(|shadowed| !holds(&path, shadowed));
                    !paths.is_empty()
                });
            }
            ManifestLine::Shadowed { path, id } => {
                self.shadowed.entry(id).or_default().insert(path);
            }
            ManifestLine::Root { real, name } => {
                self.roots.insert(real, name);
            }
        }
    }

    fn append(&mut self, line: ManifestLine) -> Result<()> {
        let mut text = serde_json::to_string(&line).expect("a line always serializes");
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(Error::io("write", &path(&self.folder, self.number)))?;
        self.count_line(text.as_bytes());
        self.apply(line);
        Ok(())
    }

    /// The entry of a file; `None` if the file is not known.
    pub(super) fn get(&self, path: &str) -> Option<&FileEntry> {
        self.files.get(path)
    }

    /// The known files below a folder, or the file itself.
    pub(super) fn below<'m>(&'m self, name: &'m str) -> impl Iterator<Item = (&'m Arc<str>, &'m FileEntry)> {
        let from = (Bound::Included(name), Bound::Unbounded);
        let same_beginning = self.files.range::<str, _>(from).take_while(move |(path, _)| path.starts_with(name));
        same_beginning.filter(move |(path, _)| is_below(path, name))
    }

    /// Records that a file was read.
    pub(super) fn put(&mut self, path: Arc<str>, entry: FileEntry) -> Result<()> {
        self.append(ManifestLine::File { path, entry })
    }

    /// Makes a file unknown.
    pub(super) fn forget(&mut self, path: Arc<str>) -> Result<()> {
        self.append(ManifestLine::Gone { path })
    }

    /// Records that a file has a record with this id while the index holds another record of that id, from another file
    /// or from the same file.
    pub(super) fn shadow(&mut self, path: Arc<str>, id: &str) -> Result<()> {
        if self.shadowed.get(id).is_some_and(|paths| paths.contains(&path)) {
            return Ok(());
        }
        self.append(ManifestLine::Shadowed { path, id: id.to_owned() })
    }

    /// The files, or members of archives, with a record of this id that is not in the index.
    pub(super) fn shadowed(&self, id: &str) -> impl Iterator<Item = &Arc<str>> {
        self.shadowed.get(id).into_iter().flatten()
    }

    /// The known file that a path belongs to: the archive of a member, or the path itself.
    pub(super) fn file_of(&self, path: &Arc<str>) -> Arc<str> {
        let mut archives = path.match_indices(MEMBER).map(|(at, _)| &path[..at]);
        let known = archives.find_map(|archive| self.files.get_key_value(archive));
        known.map_or_else(|| path.clone(), |(name, _)| name.clone())
    }

    /// The name of a root whose real path is `real`: the name under which it was first given, whatever the current
    /// folder of the program is, so that one file never has two names.
    pub(super) fn root_name(&mut self, real: PathBuf, name: &str) -> Result<String> {
        for known in real.ancestors() {
            let Some(known_name) = self.roots.get(known) else { continue };
            let rest = real.strip_prefix(known).expect("an ancestor is a prefix").to_string_lossy().replace('\\', "/");
            if rest.is_empty() {
                return Ok(known_name.clone());
            }
            return Ok(format!("{}/{rest}", known_name.trim_end_matches('/')));
        }
        self.append(ManifestLine::Root { real, name: name.to_owned() })?;
        Ok(name.to_owned())
    }

    /// Syncs all lines and gives the checkpoint that makes them valid. If most lines are outdated, the manifest is first
    /// rewritten into a new file.
    pub(super) fn checkpoint(&mut self, partial: Option<InterruptedFile>) -> Result<Checkpoint> {
        let shadowed: usize = self.shadowed.values().map(BTreeSet::len).sum();
        let valid = self.files.len() + self.roots.len() + shadowed;
        if self.lines > LINES_BEFORE_REWRITE + 2 * valid as u64 {
            self.rewrite()?;
        }
        self.file.sync_all().map_err(Error::io("sync", &path(&self.folder, self.number)))?;
        Ok(Checkpoint { manifest: self.number, bytes: self.bytes, digest: self.digest.digest(), partial })
    }

    fn rewrite(&mut self) -> Result<()> {
        let number = self.number + 1;
        let path = path(&self.folder, number);
        let file =
            OpenOptions::new().create(true).append(true).read(true).open(&path).map_err(Error::io("create", &path))?;
        file.set_len(0).map_err(Error::io("cut", &path))?;
        let Manifest { roots, files, shadowed, .. } =
            std::mem::replace(self, Manifest::empty(&self.folder, number, file));
        for (real, name) in roots {
            self.append(ManifestLine::Root { real, name })?;
        }
        for (path, entry) in files {
            self.append(ManifestLine::File { path, entry })?;
        }
        for (id, paths) in shadowed {
            for path in paths {
                self.append(ManifestLine::Shadowed { path, id: id.clone() })?;
            }
        }
        Ok(())
    }

    /// Removes manifests that no commit refers to any more.
    pub(super) fn remove_old(&self) {
        for number in self.number.saturating_sub(4)..self.number {
            fs::remove_file(path(&self.folder, number)).ok(); // mostly absent; a file that stays does no harm
        }
    }
}

fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("manifest-{number}.jsonl"))
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::{FileCounts, FileStamp};
    use super::*;

    fn entry(size: u64) -> FileEntry {
        FileEntry { stamp: FileStamp { size, mtime_ns: 1 }, digest: 7, counts: FileCounts::default() }
    }

    #[test]
    fn lines_after_the_checkpoint_are_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        manifest.put("a/1".into(), entry(1)).unwrap();
        manifest.shadow("a/1".into(), "urn:x").unwrap();
        let checkpoint = manifest.checkpoint(None).unwrap();
        manifest.put("a/2".into(), entry(2)).unwrap();
        let manifest = Manifest::open(folder.path(), &checkpoint).unwrap();
        assert_eq!((manifest.get("a/1"), manifest.get("a/2")), (Some(&entry(1)), None));
        assert_eq!(manifest.shadowed("urn:x").count(), 1);
    }

    #[test]
    fn a_rewritten_manifest_has_the_same_content() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        for size in 0..2000 {
            manifest.put("a".into(), entry(size)).unwrap();
        }
        let checkpoint = manifest.checkpoint(None).unwrap();
        assert_eq!((checkpoint.manifest, manifest.lines), (1, 1));
        let manifest = Manifest::open(folder.path(), &checkpoint).unwrap();
        assert_eq!(manifest.get("a"), Some(&entry(1999)));
    }

    #[test]
    fn a_root_keeps_its_first_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        assert_eq!(manifest.root_name("/n/corpus".into(), "corpus").unwrap(), "corpus");
        assert_eq!(manifest.root_name("/n/corpus".into(), "../corpus").unwrap(), "corpus");
        assert_eq!(manifest.root_name("/n/corpus/a".into(), ".").unwrap(), "corpus/a");
    }

    #[test]
    fn a_changed_byte_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        manifest.put("a/1".into(), entry(1)).unwrap();
        let checkpoint = manifest.checkpoint(None).unwrap();
        let path = path(folder.path(), 0);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("a/1", "a/2")).unwrap();
        let error = Manifest::read(folder.path(), &checkpoint).err().unwrap();
        assert!(error.to_string().contains("checksum"), "{error}");
    }

    #[test]
    fn a_member_belongs_to_its_archive() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        manifest.put("a!/b.zip".into(), entry(1)).unwrap();
        for (path, file) in [("a!/b.zip!/c.txt", "a!/b.zip"), ("a!/b.zip", "a!/b.zip"), ("a!/d.txt", "a!/d.txt")] {
            assert_eq!(&*manifest.file_of(&path.into()), file, "{path}");
        }
    }
}
