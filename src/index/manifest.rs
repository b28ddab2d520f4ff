//! Which files have been read into the index, so that unchanged ones are not read again.
//!
//! The manifest is a file of JSON Lines that is only ever appended to: a later line about a file takes the place of an
//! earlier one. Lines are synced before the commit that they belong to, and the commit's payload (the [`Checkpoint`])
//! says how many bytes of which manifest are valid: what an interrupted run appended beyond is cut off.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::error::{Error, Result};
use morgue_article::SkipReason;

/// What stands in the payload of a commit: small, since the engine writes it anew at every commit and merge.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// Number of the manifest file.
    pub(crate) manifest: u64,
    /// Its valid bytes.
    pub(crate) bytes: u64,
    /// Digest of these bytes.
    #[serde(default)]
    pub(crate) digest: u64,
    /// The file that is being read, and the number of its first record that is not yet in the index.
    pub(crate) partial: Option<Partial>,
}

/// How far a file has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Partial {
    /// As origins name it.
    pub(crate) path: Arc<str>,
    /// Its stamp when reading began; a changed file is begun anew.
    pub(crate) stamp: Stamp,
    /// What became of its records so far.
    pub(crate) counts: Counts,
    /// Records before this one (from 1) are done.
    pub(crate) next_record: u64,
    /// Whether it had been read before: then only reading it from its start tells what has vanished from it.
    pub(crate) known: bool,
}

/// How a file looked when it was read. The default is that of no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes.
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) mtime_ns: i128,
}

/// What became of the records of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Counts {
    /// Records that are in the index, or were until one of the same id took their place.
    pub(crate) indexed: u64,
    /// Records whose id a later record has.
    pub(crate) same_id: u64,
    /// Records passed over.
    pub(crate) skipped: BTreeMap<SkipReason, u64>,
    /// Why the file as a whole was passed over.
    pub(crate) whole: Option<SkipReason>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) stamp: Stamp,
    /// Digest of its bytes.
    pub(crate) digest: u128,
    pub(crate) counts: Counts,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// The file was read.
    File { path: Arc<str>, entry: Entry },
    /// The file is gone, or must be read again.
    Gone { path: Arc<str> },
    /// The file holds a record of this id, but another file's is in the index.
    Shadowed { path: Arc<str>, id: String },
    /// A root, as given, and where it really lies.
    Root { real: PathBuf, name: String },
}

/// Which files have been read.
pub(crate) struct Manifest {
    folder: PathBuf,
    number: u64,
    file: File,
    bytes: u64,
    digest: Xxh3,
    lines: u64,
    files: BTreeMap<Arc<str>, Entry>,
    shadowed: HashMap<String, BTreeSet<Arc<str>>>,
    roots: BTreeMap<PathBuf, String>,
}

impl Manifest {
    /// Opens the manifest as of a commit, and cuts off what was appended after it.
    pub(crate) fn open(folder: &Path, checkpoint: &Checkpoint) -> Result<Manifest> {
        let path = path(folder, checkpoint.manifest);
        let open = || OpenOptions::new().create(true).read(true).append(true).open(&path);
        let manifest = Manifest::load(folder, checkpoint, open().map_err(Error::io("open", &path))?)?;
        manifest.file.set_len(checkpoint.bytes).map_err(Error::io("cut", &path))?;
        Ok(manifest)
    }

    /// Reads the manifest as of a commit, without writing.
    pub(crate) fn read(folder: &Path, checkpoint: &Checkpoint) -> Result<Manifest> {
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
            manifest.count(&line);
            let read = serde_json::from_slice(&line)
                .map_err(|error| damaged(format!("{} line {}: {error}", path.display(), manifest.lines)))?;
            manifest.note(read);
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

    fn count(&mut self, line: &[u8]) {
        self.bytes += line.len() as u64;
        self.digest.update(line);
        self.lines += 1;
    }

    fn note(&mut self, line: Line) {
        match line {
            Line::File { path, entry } => {
                self.files.insert(path, entry);
            }
            Line::Gone { path } => {
                self.files.remove(&path);
                self.shadowed.retain(|_, paths| {
                    paths.retain(|shadowed| !holds(&path, shadowed));
                    !paths.is_empty()
                });
            }
            Line::Shadowed { path, id } => {
                self.shadowed.entry(id).or_default().insert(path);
            }
            Line::Root { real, name } => {
                self.roots.insert(real, name);
            }
        }
    }

    fn append(&mut self, line: Line) -> Result<()> {
        let mut text = serde_json::to_string(&line).expect("a line always serializes");
        text.push('\n');
        self.file.write_all(text.as_bytes()).map_err(Error::io("write", &path(&self.folder, self.number)))?;
        self.count(text.as_bytes());
        self.note(line);
        Ok(())
    }

    /// The file as it was read.
    pub(crate) fn get(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)
    }

    /// The files below a folder, or the file itself.
    pub(crate) fn below<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Arc<str>> {
        let within = move |path: &str| is_below(path, name);
        let from = (Bound::Included(name), Bound::Unbounded);
        let files = self.files.range::<str, _>(from).map(|(path, _)| path);
        files.take_while(move |path| path.starts_with(name)).filter(move |path| within(path))
    }

    /// Notes that a file was read.
    pub(crate) fn put(&mut self, path: Arc<str>, entry: Entry) -> Result<()> {
        self.append(Line::File { path, entry })
    }

    /// Forgets a file.
    pub(crate) fn forget(&mut self, path: Arc<str>) -> Result<()> {
        self.append(Line::Gone { path })
    }

    /// Notes that a file holds a record of an id that another file's record has in the index.
    pub(crate) fn shadow(&mut self, path: Arc<str>, id: &str) -> Result<()> {
        if self.shadowed.get(id).is_some_and(|paths| paths.contains(&path)) {
            return Ok(());
        }
        self.append(Line::Shadowed { path, id: id.to_owned() })
    }

    /// The files, or members of archives, that hold a record of an id besides the one in the index.
    pub(crate) fn shadowed(&self, id: &str) -> impl Iterator<Item = &Arc<str>> {
        self.shadowed.get(id).into_iter().flatten()
    }

    /// The file that a path lies in: itself, or the archive that it is a member of.
    pub(crate) fn file_of(&self, path: &Arc<str>) -> Arc<str> {
        let archives = path.match_indices(MEMBER).map(|(at, _)| &path[..at]);
        let known =
            archives.filter_map(|archive| self.files.get_key_value(archive)).map(|(name, _)| name.clone()).next();
        known.unwrap_or_else(|| path.clone())
    }

    /// How the index names a root that really lies at `real`: as it was first given, whatever folder the program runs
    /// in now, so that the same file never has two names.
    pub(crate) fn root_name(&mut self, real: PathBuf, name: &str) -> Result<String> {
        for known in real.ancestors() {
            let Some(known_name) = self.roots.get(known) else { continue };
            let rest = real.strip_prefix(known).expect("an ancestor is a prefix").to_string_lossy().replace('\\', "/");
            return Ok(match (known_name.as_str(), rest.as_str()) {
                (name, "") => name.to_owned(),
                (name, rest) => format!("{}/{rest}", name.trim_end_matches('/')),
            });
        }
        self.append(Line::Root { real, name: name.to_owned() })?;
        Ok(name.to_owned())
    }

    /// Syncs all lines and gives the checkpoint that makes them valid. A manifest of mostly outdated lines is first
    /// written anew beside the old one.
    pub(crate) fn checkpoint(&mut self, partial: Option<Partial>) -> Result<Checkpoint> {
        let live = self.files.len() + self.roots.len() + self.shadowed.values().map(BTreeSet::len).sum::<usize>();
        if self.lines > 1000 + 2 * live as u64 {
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
            self.append(Line::Root { real, name })?;
        }
        for (path, entry) in files {
            self.append(Line::File { path, entry })?;
        }
        for (id, paths) in shadowed {
            for path in paths {
                self.append(Line::Shadowed { path, id: id.clone() })?;
            }
        }
        Ok(())
    }

    /// Removes manifests that no commit names any more.
    pub(crate) fn sweep(&self) {
        for number in self.number.saturating_sub(4)..self.number {
            fs::remove_file(path(&self.folder, number)).ok(); // absent most of the time; a left-over does no harm
        }
    }
}

/// Whether a file lies below a folder, or is the file named.
pub(crate) fn is_below(path: &str, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(MEMBER) || name.is_empty())
}

/// Parts the name of an archive from that of its member.
pub(crate) const MEMBER: &str = "!/";

/// Whether a path is the file itself or a member of it.
pub(crate) fn holds(file: &str, path: &str) -> bool {
    path.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with(MEMBER))
}

fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("manifest-{number}.jsonl"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(size: u64) -> Entry {
        Entry { stamp: Stamp { size, mtime_ns: 1 }, digest: 7, counts: Counts::default() }
    }

    #[test]
    fn what_is_checkpointed_is_read_back_and_the_rest_is_cut_off() {
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
    fn a_rewritten_manifest_says_the_same() {
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
    fn members_lie_in_their_archive() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::open(folder.path(), &Checkpoint::default()).unwrap();
        manifest.put("a!/b.zip".into(), entry(1)).unwrap();
        for (path, file) in [("a!/b.zip!/c.txt", "a!/b.zip"), ("a!/b.zip", "a!/b.zip"), ("a!/d.txt", "a!/d.txt")] {
            assert_eq!(&*manifest.file_of(&path.into()), file, "{path}");
        }
        assert!(holds("b.zip", "b.zip!/c") && holds("b.zip", "b.zip") && !holds("b.zip", "b.zip2"));
    }

    #[test]
    fn below_a_folder_is_not_beside_it() {
        for (path, name, expected) in
            [("a/b", "a", true), ("a/b", "a/", true), ("ab", "a", false), ("a.zip!/b", "a.zip", true), ("a", "a", true)]
        {
            assert_eq!(is_below(path, name), expected, "{path} below {name}");
        }
    }
}
