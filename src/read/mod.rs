//! Path -> records -> [`RawArticle`]: walking, sniffing, unpacking, and one file a format.
//!
//! Two steps, so that cutting a file into records is one cheap stream and the work on each is done on all cores:
//! [`open`] gives [`Record`]s in their order, [`Record::read`] makes one an article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::{Origin, RawArticle, Skip};

/// How records are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// A larger record is a skip. Bytes, after unpacking.
    pub max_record_bytes: usize,
    /// Names of fields of JSON and tables: (field of [`RawArticle`], name in the file). From `--map body=fieldname`.
    pub map: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Options { max_record_bytes: 16 << 20, map: Vec::new() }
    }
}

/// A file found below a root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// How origins name it: the path as given and walked, `/` between its parts.
    pub name: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970, as the file system has it.
    pub mtime_ns: i128,
}

/// One record, cut out of its file but not yet read.
#[derive(Debug)]
pub struct Record {
    /// Where it stands.
    pub origin: Origin,
}

/// The records of one file, in order.
pub struct Records {}

/// All files below `root` (or `root` itself, a file), sorted; hidden ones and loops left out.
pub fn walk(root: &Path) -> impl Iterator<Item = Result<File, Skip>> {
    let _ = root;
    std::iter::empty()
}

/// The records of a file. The first item may be the [`Skip`] of the whole file (`record: None`).
pub fn open(file: &File, options: &Options) -> Records {
    let _ = (file, options);
    unimplemented!()
}

/// The records of a stream.
pub fn open_stream(name: &str, stream: impl std::io::Read + Send, options: &Options) -> Records {
    let _ = (name, stream, options);
    unimplemented!()
}

impl Iterator for Records {
    type Item = Result<Record, Skip>;
    fn next(&mut self) -> Option<Self::Item> {
        unimplemented!()
    }
}

impl File {
    /// A digest of its bytes, to tell whether a touched file has changed.
    pub fn digest(&self) -> std::io::Result<u128> {
        unimplemented!()
    }
}

impl Record {
    /// Reads the record.
    pub fn read(self, options: &Options) -> Result<RawArticle, Skip> {
        let _ = options;
        unimplemented!()
    }
}
