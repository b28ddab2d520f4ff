//! The records of one file in order: unpacking, sniffing and cutting put together.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::arc::Arc as ArcCutter;
use super::cut::{Between, Cut, Lines, Whole};
use super::element_cut::Elements;
use super::fault::Fault;
use super::input::{Budget, Input, Source};
use super::json_cut::Values;
use super::mail::Mbox;
use super::sniff::{self, Format};
use super::table::Table;
use super::tar::{self, Tar};
use super::warc::Warc;
use super::zip::{self, Zip};
use super::{File, Options, Record, failed, unpack, wire, xml};
use morgue_article::{Origin, Skip, SkipReason};

/// Archives around one another that are opened.
const ARCHIVES: usize = 2;

/// The records of one file, in order.
pub struct Records<'r> {
    path: Arc<str>,
    /// The archives around the stream that is being cut, and the stream.
    levels: Vec<Level<'r>>,
    /// Said before anything else: the file cannot be read at all.
    refusal: Option<Skip>,
    budget: Arc<Budget>,
    options: Options,
}

/// What is being gone through.
enum Level<'r> {
    Leaf(Box<Leaf<'r>>),
    Zip(Arc<str>, Box<Zip>),
    Tar(Arc<str>, Tar<'r>),
}

impl<'r> Level<'r> {
    fn leaf(path: Arc<str>, input: Input<'r>, format: Format) -> Self {
        Level::Leaf(Box::new(Leaf { path, input, format, cutter: Cutter::new(format), records: 0 }))
    }
}

/// A stream that is being cut.
struct Leaf<'r> {
    path: Arc<str>,
    input: Input<'r>,
    format: Format,
    cutter: Cutter,
    /// Records so far, skips included.
    records: u64,
}

enum Cutter {
    Whole(Whole),
    Lines(Lines),
    Values(Values),
    Between(Between),
    Mbox(Mbox),
    Table(Table),
    Warc(Warc),
    Arc(ArcCutter),
    Elements(Elements),
}

impl Cutter {
    fn new(format: Format) -> Self {
        match format {
            Format::Text | Format::Html | Format::Mail | Format::Word | Format::Pdf => Cutter::Whole(Whole::default()),
            Format::JsonLines => Cutter::Lines(Lines::default()),
            Format::Json => Cutter::Values(Values::default()),
            Format::Reuters => Cutter::Between(Between::new("<REUTERS", "</REUTERS>")),
            Format::Mbox => Cutter::Mbox(Mbox::default()),
            Format::Table(delimiter) => Cutter::Table(Table::new(delimiter)),
            Format::Warc => Cutter::Warc(Warc::default()),
            Format::Arc => Cutter::Arc(ArcCutter::default()),
            Format::Trec => Cutter::Between(Between::new("<DOC", "</DOC>")),
            Format::Wire => Cutter::Between(Between::marks(wire::START, wire::END)),
            Format::Xml => Cutter::Elements(Elements::new(&xml::RECORDS)),
        }
    }

    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        match self {
            Cutter::Whole(cutter) => cutter.next(input, limit),
            Cutter::Lines(cutter) => cutter.next(input, limit),
            Cutter::Values(cutter) => cutter.next(input, limit),
            Cutter::Between(cutter) => cutter.next(input, limit),
            Cutter::Mbox(cutter) => cutter.next(input, limit),
            Cutter::Table(cutter) => cutter.next(input, limit),
            Cutter::Warc(cutter) => cutter.next(input, limit),
            Cutter::Arc(cutter) => cutter.next(input, limit),
            Cutter::Elements(cutter) => cutter.next(input, limit),
        }
    }

    fn before(&self) -> Option<Arc<[u8]>> {
        match self {
            Cutter::Elements(elements) => elements.before(),
            Cutter::Values(values) => values.before(),
            _ => None,
        }
    }
}

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

pub(super) fn open_stream<'r>(name: &str, stream: impl Read + Send + 'r, options: &Options) -> Records<'r> {
    records(name.into(), stream, None, Budget::new(0), options)
}

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
        Err(_) => records.refusal = Some(failed(&path, None)),
    }
    records
}

impl<'r> Records<'r> {
    /// What a stream is: an archive, or something to be cut. `seekable` is the file that the stream is of, unpacked.
    fn enter(&self, path: Arc<str>, input: Input<'r>, seekable: Option<fs::File>) -> Result<Level<'r>, Fault> {
        let (mut input, name, is_packed) = unpack::unpack(input, &path, &self.budget)?;
        input.want(sniff::HEAD);
        if input.window().starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let head = input.window();
        if zip::MAGIC.iter().any(|magic| head.starts_with(magic)) {
            let zip = match seekable.filter(|_| !is_packed) {
                Some(file) => Zip::of_file(file, &self.budget)?,
                None => Zip::of_stream(input, &self.budget)?,
            };
            return match zip.kind() {
                zip::Kind::Archive if self.levels.len() < ARCHIVES => Ok(Level::Zip(path, Box::new(zip))),
                zip::Kind::Archive => Err(tar::too_nested()),
                zip::Kind::Word => Ok(Level::leaf(path, zip.bytes(), Format::Word)),
                zip::Kind::Other(what) => Err(Fault::new(SkipReason::UnknownFormat, what)),
            };
        }
        if tar::is_tar(head) {
            return if self.levels.len() < ARCHIVES {
                Ok(Level::Tar(path, Tar::new(input)))
            } else {
                Err(tar::too_nested())
            };
        }
        if head.trim_ascii().is_empty() && head.len() < sniff::HEAD {
            let is_bare = head.is_empty();
            input.consume(head.len());
            return Err(match input.more() {
                Err(error) => Fault::io(&error, &input),
                Ok(_) if is_bare => Fault::new(SkipReason::Empty, "no bytes"),
                Ok(_) => Fault::new(SkipReason::Empty, "only blanks"),
            });
        }
        let format = sniff::format(&name, head, &self.options).map_err(|(reason, why)| Fault::new(reason, why))?;
        Ok(Level::leaf(path, input, format))
    }

    /// Goes into the next member of an archive.
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

impl Records<'_> {
    /// Bytes of the file read so far, as it lies on the disk.
    pub fn position(&self) -> u64 {
        self.budget.position()
    }

    fn advance(&mut self) -> Option<Result<Record, Skip>> {
        if let Some(refusal) = self.refusal.take() {
            return Some(Err(refusal));
        }
        loop {
            match self.levels.last_mut()? {
                Level::Leaf(leaf) => {
                    let outcome = leaf.next(self.options.max_record_bytes);
                    match &outcome {
                        None => drop(self.levels.pop()),
                        // Whatever else the file holds, it is not to be trusted.
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
        // A reader of a foreign format may fail in ways its author did not foresee; that costs this file only.
        catch_unwind(AssertUnwindSafe(|| self.advance())).unwrap_or_else(|_| {
            self.levels.clear();
            Some(Err(failed(&self.path, None)))
        })
    }
}

impl Leaf<'_> {
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
            Ok(piece) => Ok(Record {
                origin: Origin { path: self.path.clone(), record: self.records },
                format: self.format,
                before: self.cutter.before(),
                line: piece.line,
                bytes: piece.bytes,
            }),
            Err(fault) => Err(fault.into_skip(&self.path, self.records)),
        })
    }
}
