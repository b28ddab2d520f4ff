//! The records of one file in order: decompression, archives, recognition of the format and cutting put together.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::cut::Cutter;
use super::fault::Fault;
use super::format::{self, Format};
use super::input::{Budget, Input, Source};
use super::tar::{self, Tar};
use super::zip::{self, Zip, ZipContent};
use super::{File, Options, Record, panic_skip, unpack};
use morgue_article::{Origin, Skip, SkipReason};

/// Archives inside one another that are opened.
const MAX_ARCHIVES: usize = 2;

/// The records of one file, in order.
pub struct Records<'r> {
    path: Arc<str>,
    /// The open archives, the outermost first, and the stream that is being cut.
    levels: Vec<Level<'r>>,
    /// Returned before anything else: the file cannot be read at all.
    refusal: Option<Skip>,
    budget: Arc<Budget>,
    options: Options,
}

/// An archive whose members are read one after another, or a stream that is being cut.
enum Level<'r> {
    Stream(Box<Stream<'r>>),
    Zip(Arc<str>, Box<Zip>),
    Tar(Arc<str>, Tar<'r>),
}

impl<'r> Level<'r> {
    fn stream(path: Arc<str>, input: Input<'r>, format: Format) -> Self {
        Level::Stream(Box::new(Stream { path, input, format, cutter: format.cutter(), records: 0 }))
    }
}

/// A stream that is being cut.
struct Stream<'r> {
    path: Arc<str>,
    input: Input<'r>,
    format: Format,
    cutter: Box<dyn Cutter>,
    /// Records so far, skips included.
    records: u64,
}

/// The records of a file.
pub(super) fn open<'r>(file: &File, options: &Options) -> Records<'r> {
    let budget = Budget::new(file.size);
    match fs::File::open(&file.path) {
        Ok(opened) => {
            let seekable = opened.try_clone().ok().filter(|_| file.size > 0);
            records(file.name.clone(), opened, seekable, budget, options)
        }
        Err(error) => {
            let refusal = Some(Fault::new(SkipReason::Unreadable, error.to_string()).into_file_skip(&file.name));
            Records { path: file.name.clone(), levels: Vec::new(), refusal, budget, options: options.clone() }
        }
    }
}

/// The records of a stream.
pub(super) fn open_stream<'r>(name: &str, stream: impl Read + Send + 'r, options: &Options) -> Records<'r> {
    records(name.into(), stream, None, Budget::new(0), options)
}

/// The records of a file or stream; `seekable` is the same file, for archives that need random access.
fn records<'r>(
    path: Arc<str>,
    file: impl Read + Send + 'r,
    seekable: Option<fs::File>,
    budget: Arc<Budget>,
    options: &Options,
) -> Records<'r> {
    let input = Input::new(Source::new(file, budget.clone()));
    let mut records =
        Records { path: path.clone(), levels: Vec::new(), refusal: None, budget, options: options.clone() };
    match catch_unwind(AssertUnwindSafe(|| records.enter(path.clone(), input, seekable))) {
        Ok(Ok(level)) => records.levels.push(level),
        Ok(Err(fault)) => records.refusal = Some(fault.into_file_skip(&path)),
        Err(_) => records.refusal = Some(panic_skip(&path, None)),
    }
    records
}

impl<'r> Records<'r> {
    /// Opens a stream as an archive or as something to be cut. `seekable` is the file itself, where `input` is not a
    /// member of an archive.
    fn enter(&self, path: Arc<str>, input: Input<'r>, seekable: Option<fs::File>) -> Result<Level<'r>, Fault> {
        let unpack::Unpack { mut input, name, is_compressed } = unpack::unpack(input, &path, &self.budget)?;
        input.want(format::HEAD);
        if input.window().starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let head = input.window();
        if zip::MAGIC.iter().any(|magic| head.starts_with(magic)) {
            let zip = match seekable.filter(|_| !is_compressed) {
                Some(file) => Zip::of_file(file, &self.budget)?,
                None => Zip::of_stream(input, &self.budget)?,
            };
            return match zip.content() {
                ZipContent::Files if self.levels.len() < MAX_ARCHIVES => Ok(Level::Zip(path, Box::new(zip))),
                ZipContent::Files => Err(too_nested()),
                ZipContent::Word => Ok(Level::stream(path, zip.bytes(), Format::Word)),
                ZipContent::Other(what) => Err(Fault::new(SkipReason::UnknownFormat, what)),
            };
        }
        if tar::is_tar(head) {
            if self.levels.len() < MAX_ARCHIVES {
                return Ok(Level::Tar(path, Tar::new(input)));
            }
            return Err(too_nested());
        }
        if head.trim_ascii().is_empty() && head.len() < format::HEAD {
            let is_bare = head.is_empty();
            input.consume(head.len());
            return Err(match input.more() {
                Err(error) => Fault::io(&error, &input),
                Ok(_) if is_bare => Fault::new(SkipReason::Empty, "no bytes"),
                Ok(_) => Fault::new(SkipReason::Empty, "only blanks"),
            });
        }
        let format = Format::recognize(&name, head, &self.options)?;
        Ok(Level::stream(path, input, format))
    }

    /// Opens the next member of an archive; returns a skip where that fails.
    fn enter_member(&mut self, path: &str, name: &str, input: Result<Input<'r>, Fault>) -> Option<Skip> {
        let path: Arc<str> = format!("{path}!/{name}").into();
        match input.and_then(|input| self.enter(path.clone(), input, None)) {
            Ok(level) => {
                self.levels.push(level);
                None
            }
            Err(fault) => {
                let is_bomb = fault.reason == SkipReason::Bomb;
                let skip = fault.into_file_skip(&path);
                if is_bomb {
                    self.levels.clear();
                }
                Some(skip)
            }
        }
    }
}

/// The fault of an archive inside too many others.
fn too_nested() -> Fault {
    Fault::new(SkipReason::TooDeep, "an archive inside an archive inside an archive; unpack it first")
}

impl Records<'_> {
    /// Bytes of the file read so far, before decompression; at most its size.
    pub fn position(&self) -> u64 {
        self.budget.position()
    }

    /// The next record or skip, without a guard against panics.
    fn advance(&mut self) -> Option<Result<Record, Skip>> {
        if let Some(refusal) = self.refusal.take() {
            return Some(Err(refusal));
        }
        loop {
            match self.levels.last_mut()? {
                Level::Stream(stream) => {
                    let outcome = stream.next(self.options.max_record_bytes);
                    match &outcome {
                        None => drop(self.levels.pop()),
                        // The rest of the file is not to be trusted.
                        Some(Err(skip)) if skip.reason == SkipReason::Bomb => self.levels.clear(),
                        Some(_) => {}
                    }
                    if outcome.is_some() {
                        return outcome;
                    }
                }
                Level::Zip(path, zip) => {
                    let path = path.clone();
                    let Some((name, input)) = zip.next() else {
                        self.levels.pop();
                        continue;
                    };
                    if let Some(skip) = self.enter_member(&path, &name, input) {
                        return Some(Err(skip));
                    }
                }
                Level::Tar(path, tar) => {
                    let path = path.clone();
                    let skip = match tar.next() {
                        None => {
                            self.levels.pop();
                            continue;
                        }
                        Some(Ok((name, input))) => self.enter_member(&path, &name, Ok(input)),
                        Some(Err(fault)) => {
                            self.levels.pop();
                            Some(fault.into_file_skip(&path))
                        }
                    };
                    if let Some(skip) = skip {
                        return Some(Err(skip));
                    }
                }
            }
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        // A panic of a library that reads a foreign format costs this file only.
        catch_unwind(AssertUnwindSafe(|| self.advance())).unwrap_or_else(|_| {
            self.levels.clear();
            Some(Err(panic_skip(&self.path, None)))
        })
    }
}

impl Stream<'_> {
    fn next(&mut self, limit: usize) -> Option<Result<Record, Skip>> {
        let Some(cut) = self.cutter.next(&mut self.input, limit) else {
            let is_first = self.records == 0;
            self.records = 1;
            let what = if self.format == Format::Warc { "no page in it" } else { "no record in it" };
            let empty = Fault::new(SkipReason::Empty, what);
            return is_first.then(|| Err(empty.into_file_skip(&self.path)));
        };
        self.records += 1;
        Some(match cut {
            Ok(cut) => Ok(Record {
                origin: Origin { path: self.path.clone(), record: self.records },
                format: self.format,
                shared_context: self.cutter.shared_context(),
                shared_keys: self.cutter.shared_keys(),
                line: cut.line,
                bytes: cut.bytes,
            }),
            Err(fault) => Err(fault.into_skip(&self.path, self.records)),
        })
    }
}
