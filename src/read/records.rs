//! The records of one file in order: unpacking, sniffing and cutting put together.

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use super::cut::{Between, Cut, Fault, Lines, Whole};
use super::input::{Budget, Input, Source};
use super::json_cut::Values;
use super::sniff::{self, Format};
use super::{File, Options, Record, unpack};
use crate::article::{Origin, Skip, SkipReason};

/// The records of one file, in order.
pub struct Records<'r> {
    leaf: Option<Leaf<'r>>,
    /// Said before anything else: the file cannot be read at all.
    refusal: Option<Skip>,
    budget: Arc<Budget>,
    limit: usize,
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
}

impl Cutter {
    fn new(format: Format) -> Self {
        match format {
            Format::Text | Format::Html => Cutter::Whole(Whole::default()),
            Format::JsonLines => Cutter::Lines(Lines::default()),
            Format::Json => Cutter::Values(Values::default()),
            Format::Reuters => Cutter::Between(Between::new("<REUTERS", "</REUTERS>")),
        }
    }

    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        match self {
            Cutter::Whole(cutter) => cutter.next(input, limit),
            Cutter::Lines(cutter) => cutter.next(input, limit),
            Cutter::Values(cutter) => cutter.next(input, limit),
            Cutter::Between(cutter) => cutter.next(input, limit),
        }
    }

    fn source(&self) -> Option<Arc<str>> {
        if let Cutter::Values(values) = self { values.source() } else { None }
    }
}

pub(super) fn open(file: &File, options: &Options) -> Records<'static> {
    match fs::File::open(&file.path) {
        Ok(opened) => records(file.name.clone(), opened, Budget::new(file.size), options),
        Err(error) => {
            let fault = Fault::whole(SkipReason::Unreadable, error.to_string());
            let refusal = Some(skip(&file.name, 0, fault));
            Records { leaf: None, refusal, budget: Budget::new(0), limit: 0 }
        }
    }
}

pub(super) fn open_stream<'r>(name: &str, stream: impl Read + Send + 'r, options: &Options) -> Records<'r> {
    records(name.into(), stream, Budget::new(0), options)
}

fn records<'r>(path: Arc<str>, file: impl Read + Send + 'r, budget: Arc<Budget>, options: &Options) -> Records<'r> {
    let input = Input::new(Source::new(file, budget.clone()));
    let (leaf, refusal) = match leaf(&path, input, &budget) {
        Ok(leaf) => (Some(leaf), None),
        Err(fault) => (None, Some(skip(&path, 0, fault))),
    };
    Records { leaf, refusal, budget, limit: options.max_record_bytes }
}

fn leaf<'r>(path: &Arc<str>, input: Input<'r>, budget: &Arc<Budget>) -> Result<Leaf<'r>, Fault> {
    let (mut input, name) = unpack::unpack(input, path, budget)?;
    input.want(sniff::HEAD);
    if input.window().is_empty() {
        return Err(match input.more() {
            Err(error) => Fault { whole: true, ..Fault::io(&error, 0) },
            Ok(_) => Fault::whole(SkipReason::Empty, "no bytes"),
        });
    }
    if input.window().trim_ascii().is_empty() && input.window().len() < sniff::HEAD {
        return Err(Fault::whole(SkipReason::Empty, "only blanks"));
    }
    let format = sniff::format(&name, input.window()).map_err(|(reason, why)| Fault::whole(reason, why))?;
    if input.window().starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    Ok(Leaf { path: path.clone(), input, format, cutter: Cutter::new(format), records: 0 })
}

fn skip(path: &str, record: u64, fault: Fault) -> Skip {
    let record = if fault.whole { None } else { Some(record) };
    Skip { path: PathBuf::from(path), record, reason: fault.reason, detail: fault.detail }
}

impl Records<'_> {
    /// Bytes of the file read so far, as it lies on the disk.
    pub fn position(&self) -> u64 {
        self.budget.position()
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(refusal) = self.refusal.take() {
            return Some(Err(refusal));
        }
        let leaf = self.leaf.as_mut()?;
        let Some(cut) = leaf.cutter.next(&mut leaf.input, self.limit) else {
            let leaf = self.leaf.take()?;
            let empty = Fault::whole(SkipReason::Empty, "no record in it");
            return (leaf.records == 0).then(|| Err(skip(&leaf.path, 0, empty)));
        };
        leaf.records += 1;
        Some(match cut {
            Ok(piece) => Ok(Record {
                origin: Origin { path: leaf.path.clone(), record: leaf.records },
                format: leaf.format,
                source: leaf.cutter.source(),
                line: piece.line,
                bytes: piece.bytes,
            }),
            Err(fault) => Err(skip(&leaf.path, leaf.records, fault)),
        })
    }
}
