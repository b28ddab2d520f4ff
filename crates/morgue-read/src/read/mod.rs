//! Reads files of any known format: walks folders, undoes archives and compression, recognizes the format, cuts records,
//! and makes a [`RawArticle`] of each.
//!
//! Cutting and reading are two steps, so that cutting a file into records is one cheap stream and the records are read
//! on all cores: [`open`] returns [`Record`]s in their order, and [`Record::read`] makes one an article.
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
//!
//! The list of formats is in `format.rs`. No reader sets the origin of an article or the place of a skip: they return a
//! `Fault`, and [`Record::read`] adds the path and the number of the record.

mod arc;
mod body_value;
mod charset;
mod cut;
mod docx;
mod element_cut;
mod encoded_word;
mod fault;
mod feed_keys;
mod fields;
mod format;
mod gzip;
mod headers;
mod html;
mod http;
mod input;
mod json;
mod json_cut;
mod json_path;
mod json_scan;
mod mail;
mod mail_embedded;
mod markup;
mod ninjs;
mod office;
mod pdf;
mod records;
mod reuters;
mod scanner;
mod sgml;
mod stated;
mod status;
mod table;
mod table_dates;
mod table_form;
mod tags;
mod tar;
mod text;
mod title_line;
mod trec;
mod unpack;
mod user_fields;
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

use morgue_article::date::Date;
use morgue_article::{Origin, RawArticle, Skip, SkipReason};

pub use fields::UnknownField;
use format::Format;
pub use records::Records;

/// How records are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The largest record in bytes, after decompression; a larger one is skipped. The default is 16 MiB.
    pub max_record_bytes: usize,
    /// Names of fields in JSON and tables: (field of [`RawArticle`], name in the file). On the command line
    /// `--map body=story_text`. [`check_field`] knows which fields there are. Empty by
    /// default: common names are known without it.
    pub map: Vec<(String, String)>,
    /// The current day: an item under embargo to a later day is withheld. The default is the day of this machine.
    pub today: Date,
}

impl Default for Options {
    fn default() -> Self {
        Options { max_record_bytes: 16 << 20, map: Vec::new(), today: Date::today() }
    }
}

/// Checks that `name` is a field that [`Options::map`] can give a name to.
///
/// ```
/// use morgue_read::read::check_field;
///
/// assert!(check_field("person").is_ok());
/// let error = check_field("bdy").unwrap_err();
/// assert_eq!(error.name, "bdy");
/// assert!(error.to_string().starts_with("there is no field `bdy`; the fields are id, version, url, "));
/// ```
///
/// # Errors
/// The unknown name, with the list of the known ones.
pub fn check_field(name: &str) -> Result<(), UnknownField> {
    fields::check_field(name)
}

/// A file found by [`walk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path of the file.
    pub path: PathBuf,
    /// The path as it is written in origins: as given and walked, with `/` between its parts.
    pub name: Arc<str>,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change: nanoseconds since 1970, from the file system.
    pub mtime_ns: i128,
}

/// One record, cut out of its file but not yet read.
#[derive(Debug)]
pub struct Record {
    /// The file or member, and the number of the record in it.
    pub origin: Origin,
    format: Format,
    bytes: Vec<u8>,
    /// The line of the file on which the record begins, from 1; 0 where lines are not counted.
    line: u64,
    /// Context shared by all records of the file (feed header, header of a table), needed to read each of them.
    shared_context: Option<Arc<[u8]>>,
    /// The ids and addresses that do not identify the items of its feed.
    shared_keys: Option<Arc<feed_keys::SharedKeys>>,
}

/// All files below `root` (or `root` itself, a file), sorted by name within each folder. Hidden files and indexes of
/// Morgue are left out; symbolic links are followed. What cannot be walked is a skip: a missing root, a link that leads
/// back to a folder above it, a folder without permission.
pub fn walk(root: &Path) -> impl Iterator<Item = Result<File, Skip>> + use<> {
    walk::walk(root)
}

/// The absolute path of `root` with all links resolved, the same for every working directory.
///
/// # Errors
/// An error of the file system, for example where `root` does not exist.
pub fn real_path(root: &Path) -> std::io::Result<PathBuf> {
    std::fs::canonicalize(root)
}

/// The beginning of [`File::name`] for files below `root`.
pub fn root_name(root: &Path) -> Arc<str> {
    walk::name(root)
}

/// The records of a file in order, as an iterator of `Result<Record, Skip>`. The file is opened and its format recognized
/// now; each record is cut when the iterator reaches it. The first item may be the [`Skip`] of the whole file
/// (`record: None`).
///
/// ```no_run
/// use morgue_read::read;
///
/// let options = read::Options::default();
/// for file in read::walk("archive".as_ref()).flatten() {
///     for record in read::open(&file, &options) {
///         match record.and_then(|record| record.read(&options)) {
///             Ok(article) => println!("{}: {:?}", article.origin, article.title),
///             Err(skip) => eprintln!("skipped: {skip}"),
///         }
///     }
/// }
/// ```
pub fn open<'r>(file: &File, options: &Options) -> Records<'r> {
    records::open(file, options)
}

/// The records of a stream, with the same items as [`open`]. `name` is the path in their origins; its ending (`.csv`) also
/// helps to recognize the format.
pub fn open_stream<'r>(name: &str, stream: impl std::io::Read + Send + 'r, options: &Options) -> Records<'r> {
    records::open_stream(name, stream, options)
}

/// Reads a web page that does not come from a file: the bytes of its HTML, and where they are known, the address it was
/// fetched from and the day or instant of the fetch.
///
/// # Errors
/// The reason why the page is not an article: an index page, an error page, a consent wall, a page too large to parse.
pub fn page(html: &[u8], url: Option<&str>, fetched: Option<&str>) -> Result<RawArticle, Skip> {
    let path = url.unwrap_or("-");
    let article = html::read(html, None, url, fetched).map_err(|fault| fault.into_skip(path, 1))?;
    Ok(RawArticle { origin: Origin { path: path.into(), record: 1 }, ..article })
}

/// The skip of a record whose reader or normalizer panicked, or of a whole file (`record: None`). For programs that
/// catch panics around their own calls, as the readers of this module do.
pub fn panic_skip(path: &str, record: Option<u64>) -> Skip {
    Skip { path: path.into(), record, reason: SkipReason::Fault, detail: "please report it, with the file".to_owned() }
}

impl File {
    /// A digest of the bytes of the file, to see whether a file with a new time has changed.
    ///
    /// # Errors
    /// An error of the file system.
    pub fn digest(&self) -> std::io::Result<u128> {
        walk::digest(&self.path)
    }
}

impl Record {
    /// Reads the record.
    ///
    /// # Errors
    /// The reason why the record is not an article.
    pub fn read(self, options: &Options) -> Result<RawArticle, Skip> {
        // A panic of a library that reads a foreign format costs this record only.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.format.read(&self, options)));
        match outcome {
            Ok(Ok(mut article)) => {
                markup::drop_repeated(&mut article.captions);
                article.origin = self.origin;
                Ok(article)
            }
            Ok(Err(fault)) => Err(fault.into_skip(&self.origin.path, self.origin.record)),
            Err(_) => Err(panic_skip(&self.origin.path, Some(self.origin.record))),
        }
    }

    /// Size of the record in bytes, as it was cut and decompressed. The shared context of its file is not counted.
    pub fn size(&self) -> usize {
        self.bytes.len()
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
            Record {
                origin,
                format: Format::Text,
                bytes: bytes.to_vec(),
                line: 1,
                shared_context: None,
                shared_keys: None,
            }
        }
    }
}
