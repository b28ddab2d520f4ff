//! Path -> records -> [`RawArticle`]: walking, sniffing, unpacking, and one file a format.
//!
//! Two steps, so that cutting a file into records is one cheap stream and the work on each is done on all cores:
//! [`open`] gives [`Record`]s in their order, [`Record::read`] makes one an article.
//!
//! ```
//! use morgue_read::read;
//!
//! let options = read::Options::default();
//! let lines = "{\"title\": \"Bridge opens\", \"body\": \"It opened on Monday.\"}\n{\"oops\n";
//! let outcomes: Vec<_> = read::open_stream("-", lines.as_bytes(), &options)
//!     .map(|record| record.and_then(|record| record.read(&options)))
//!     .collect();
//! assert_eq!(outcomes[0].as_ref().unwrap().title.as_deref(), Some("Bridge opens"));
//! assert_eq!(outcomes[1].as_ref().unwrap_err().to_string(), "- record 2: damaged: EOF while parsing a string, at line 2 column 6");
//! ```

mod arc;
mod charset;
mod cut;
mod docx;
mod element_cut;
mod fault;
mod fields;
mod gzip;
mod html;
mod http;
mod input;
mod json;
mod json_cut;
mod mail;
mod markup;
mod ninjs;
mod office;
mod pdf;
mod records;
mod reuters;
mod sniff;
mod stated;
mod status;
mod table;
mod tags;
mod tar;
mod text;
mod trec;
mod unpack;
mod value;
mod walk;
mod warc;
mod web;
mod wire;
mod written_day;
mod xml;
mod zip;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fault::Fault;
use morgue_article::date::Date;
use morgue_article::{Origin, RawArticle, Skip, SkipReason};
pub use records::Records;
use sniff::Format;

/// How records are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// A larger record is a skip. Bytes, after unpacking.
    pub max_record_bytes: usize,
    /// Names of fields of JSON and tables: (field of [`RawArticle`], name in the file). From `--map body=fieldname`.
    pub map: Vec<(String, String)>,
    /// Items that their source embargoed to a later day are withheld.
    pub today: Date,
}

impl Default for Options {
    fn default() -> Self {
        Options { max_record_bytes: 16 << 20, map: Vec::new(), today: Date::today() }
    }
}

impl Options {
    /// The first name in [`Options::map`] that is no field of an article.
    pub fn unknown_field(&self) -> Option<&str> {
        fields::unknown_field(self)
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
    format: Format,
    bytes: Vec<u8>,
    /// The line of the file on which it begins, from 1; 0 where lines are not counted.
    line: u64,
    /// What stands before the first record of its file or what its feed says of all, where each is read together with it.
    before: Option<Arc<[u8]>>,
}

/// All files below `root` (or `root` itself, a file), sorted by name within each folder; hidden ones and indexes of
/// morgue are left out, symbolic links followed. What cannot be walked is a skip: a missing root, a link that leads
/// back, a closed folder.
pub fn walk(root: &Path) -> impl Iterator<Item = Result<File, Skip>> + use<> {
    walk::walk(root)
}

/// Where `root` really lies, whatever folder the program runs in; an error where it does not exist.
pub fn real_path(root: &Path) -> std::io::Result<PathBuf> {
    std::fs::canonicalize(root)
}

/// How [`File::name`] begins for files below `root`.
pub fn root_name(root: &Path) -> Arc<str> {
    walk::name(root)
}

/// The records of a file. The first item may be the [`Skip`] of the whole file (`record: None`).
pub fn open<'r>(file: &File, options: &Options) -> Records<'r> {
    records::open(file, options)
}

/// The records of a stream.
pub fn open_stream<'r>(name: &str, stream: impl std::io::Read + Send + 'r, options: &Options) -> Records<'r> {
    records::open_stream(name, stream, options)
}

/// Reads a page of the web: the bytes of its HTML, the address it was fetched from and the day or instant of the fetch,
/// where these are known. For pages that come from elsewhere than files.
///
/// # Errors
/// The skip that it is instead of an article: an index page, an error page, a consent wall, one too large to parse.
pub fn page(html: &[u8], url: Option<&str>, fetched: Option<&str>) -> Result<RawArticle, Skip> {
    let path = url.unwrap_or("-");
    let article = html::read(html, None, url, fetched).map_err(|fault| fault.into_skip(path, 1))?;
    Ok(RawArticle { origin: Origin { path: path.into(), record: 1 }, ..article })
}

/// The skip of what made its reader panic.
pub fn failed(path: &str, record: Option<u64>) -> Skip {
    Skip { path: path.into(), record, reason: SkipReason::Fault, detail: "please report it, with the file".to_owned() }
}

impl File {
    /// A digest of its bytes, to tell whether a touched file has changed.
    ///
    /// # Errors
    /// What the file system says.
    pub fn digest(&self) -> std::io::Result<u128> {
        walk::digest(&self.path)
    }
}

impl Record {
    /// Reads the record.
    ///
    /// # Errors
    /// The skip that it is instead of an article.
    pub fn read(self, options: &Options) -> Result<RawArticle, Skip> {
        // What a foreign format's library fails at costs this record only.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.parsed(options)));
        match outcome {
            Ok(Ok(article)) => Ok(RawArticle { origin: self.origin, ..article }),
            Ok(Err(fault)) => Err(fault.into_skip(&self.origin.path, self.origin.record)),
            Err(_) => Err(failed(&self.origin.path, Some(self.origin.record))),
        }
    }

    /// The article without its origin, which [`Record::read`] sets.
    fn parsed(&self, options: &Options) -> Result<RawArticle, Fault> {
        let mut article = match self.format {
            Format::Text => text::read(self),
            Format::Json | Format::JsonLines => json::read(self, options)?,
            Format::Reuters => reuters::read(self)?,
            Format::Table(_) => table::read(self, options)?,
            Format::Mail | Format::Mbox => mail::read(self, options)?,
            Format::Word => docx::read(self)?,
            Format::Pdf => pdf::read(self, options)?,
            Format::Warc => web::read(self)?,
            Format::Arc => arc::read(self)?,
            Format::Html => html::read(&self.bytes, None, None, None)?,
            Format::Xml => xml::read(self, options)?,
            Format::Trec => trec::read(self)?,
            Format::Wire => wire::read(self)?,
        };
        markup::drop_repeated(&mut article.captions);
        Ok(article)
    }

    /// Bytes of the record as it was cut, unpacked.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    fn skip(&self, reason: SkipReason, detail: &str) -> Skip {
        Skip {
            path: PathBuf::from(&*self.origin.path),
            record: Some(self.origin.record),
            reason,
            detail: detail.to_owned(),
        }
    }
}

#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn outcomes_of(name: &str, bytes: &[u8]) -> Vec<Result<RawArticle, Skip>> {
        let options = Options::default();
        let records = open_stream(name, bytes, &options);
        let outcomes = records.take(10_000).map(|record| record.and_then(|record| record.read(&options)));
        outcomes.inspect(|outcome| assert!(!matches!(outcome, Err(skip) if skip.reason == SkipReason::Fault))).collect()
    }

    pub(super) fn articles_of(name: &str, bytes: &[u8]) -> Vec<RawArticle> {
        outcomes_of(name, bytes).into_iter().map(|outcome| outcome.unwrap()).collect()
    }

    pub(super) fn article_of_bytes(name: &str, bytes: &[u8]) -> RawArticle {
        let mut articles = articles_of(name, bytes);
        assert_eq!(articles.len(), 1);
        articles.remove(0)
    }

    pub(super) fn article_of(name: &str, text: &str) -> RawArticle {
        article_of_bytes(name, text.as_bytes())
    }

    pub(super) fn skip_of(name: &str, text: &str) -> Skip {
        outcomes_of(name, text.as_bytes()).remove(0).unwrap_err()
    }

    impl Record {
        pub(super) fn for_test(name: &str, bytes: &[u8]) -> Record {
            let origin = Origin { path: name.into(), record: 1 };
            Record { origin, format: Format::Text, bytes: bytes.to_vec(), line: 1, before: None }
        }
    }
}
