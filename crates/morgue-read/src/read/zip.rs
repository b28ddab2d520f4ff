//! Zip archives: their members one after another. The index stands at a zip's end, so that it is read from a file;
//! one that comes in a stream or inside another archive is put aside in a temporary file first.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;

use super::docx;
use super::fault::Fault;
use super::input::{Budget, Input, Source, Unpacked};
use morgue_article::SkipReason;

/// Where a packed archive of the web (WACZ) has its records.
const RECORDS: &str = "archive/";

pub(super) const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// A zip that is being gone through.
pub(super) struct Zip {
    archive: ZipArchive<Shared>,
    file: Shared,
    next: usize,
    /// Members outside of this folder are no articles: what a packed archive of the web keeps beside its records.
    folder: &'static str,
    budget: Arc<Budget>,
}

/// What a zip archive holds.
pub(super) enum ZipContent {
    /// Files, each read on its own.
    Files,
    /// A Word file.
    Word,
    /// A file of another program, with what to do about it.
    Other(&'static str),
}

/// A member: its name, and its bytes or why there are none.
pub(super) type Member<'r> = (String, Result<Input<'r>, Fault>);

impl Zip {
    /// Of a file on disk.
    pub(super) fn of_file(file: fs::File, budget: &Arc<Budget>) -> Result<Zip, Fault> {
        let file = Shared { file: Arc::new(Mutex::new(file)), at: 0 };
        match ZipArchive::new(file.clone()) {
            Ok(archive) if archive.is_empty() => Err(Fault::new(SkipReason::Empty, "a zip without members")),
            Ok(archive) => {
                let is_wacz = archive.index_for_name("datapackage.json").is_some()
                    && archive.file_names().flatten().any(|name| name.starts_with(RECORDS) && name.contains(".warc"));
                let folder = if is_wacz { RECORDS } else { "" };
                Ok(Zip { archive, file, next: 0, folder, budget: budget.clone() })
            }
            Err(error) => Err(Fault::new(SkipReason::Damaged, format!("a zip without a usable index: {error}"))),
        }
    }

    /// Of a stream.
    pub(super) fn of_stream(mut input: Input<'_>, budget: &Arc<Budget>) -> Result<Zip, Fault> {
        let put_aside = |error: io::Error| {
            Fault::new(SkipReason::Unreadable, format!("cannot put the zip aside in a temporary file: {error}"))
        };
        let mut file = tempfile::tempfile().map_err(put_aside)?;
        loop {
            io::Write::write_all(&mut file, input.window()).map_err(put_aside)?;
            input.consume(input.window().len());
            match input.more() {
                Ok(true) => {}
                Ok(false) => return Zip::of_file(file, budget),
                Err(error) => return Err(Fault::io(&error, &input)),
            }
        }
    }

    /// What it holds, by the names of its members.
    pub(super) fn content(&self) -> ZipContent {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        if has("[Content_Types].xml") {
            if self.archive.file_names().flatten().any(|name| docx::is_text(&name)) {
                return ZipContent::Word;
            }
            if has("xl/workbook.xml") {
                return ZipContent::Other("a workbook; save it as CSV");
            }
            return ZipContent::Other("an Office file other than .docx; save it as .docx, PDF or text");
        }
        if has("mimetype") && has("content.xml") {
            return ZipContent::Other("an OpenDocument file; save it as .docx, PDF or text");
        }
        if has("META-INF/container.xml") {
            return ZipContent::Other("an e-book");
        }
        if has("META-INF/MANIFEST.MF") {
            return ZipContent::Other("a program");
        }
        ZipContent::Files
    }

    /// All of its bytes, packed as they are.
    pub(super) fn bytes<'r>(&self) -> Input<'r> {
        Input::new(Source::new(Shared { file: self.file.file.clone(), at: 0 }, self.budget.clone()))
    }

    pub(super) fn next<'r>(&mut self) -> Option<Member<'r>> {
        while self.next < self.archive.len() {
            let (name, bytes) = self.member(self.next);
            self.next += 1;
            let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if !name.ends_with('/') && !is_hidden && name.starts_with(self.folder) {
                return Some((name, bytes));
            }
        }
        None
    }

    fn member<'r>(&mut self, index: usize) -> Member<'r> {
        let damaged = |what: String| Fault::new(SkipReason::Damaged, what);
        let member = match self.archive.by_index_raw(index) {
            Ok(member) => member,
            Err(error) => return (format!("{index}"), Err(damaged(error.to_string()))),
        };
        let name = member.name().map_or_else(|_| format!("{index}"), |name| name.into_owned());
        if member.encrypted() {
            return (name, Err(Fault::new(SkipReason::Unreadable, "encrypted")));
        }
        let Some(start) = member.data_start() else { return (name, Err(damaged("no data".to_owned()))) };
        let packed = Shared { file: self.file.file.clone(), at: start }.take(member.compressed_size());
        let packed = Source::new(packed, self.budget.clone());
        let method = member.compression();
        let bytes: Box<dyn Read + Send + 'r> = match method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(flate2::read::DeflateDecoder::new(packed)),
            CompressionMethod::Bzip2 => Box::new(bzip2::read::BzDecoder::new(packed)),
            CompressionMethod::Zstd => match zstd::stream::read::Decoder::new(packed) {
                Ok(decoder) => Box::new(decoder),
                Err(error) => return (name, Err(damaged(error.to_string()))),
            },
            other => {
                let what = format!("packed by a method that is not read: {other}");
                return (name, Err(Fault::new(SkipReason::UnknownFormat, what)));
            }
        };
        let checked = Checked { inner: bytes, crc: Crc::new(), expected: member.crc32() };
        (name, Ok(Input::new(Unpacked::new(checked, self.budget.clone()))))
    }
}

/// A file that several readers read, each at its own place. Only one is in use at a time.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<fs::File>>,
    at: u64,
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().map_err(|_| io::Error::other("another reader broke off"))?;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut file = self.file.lock().map_err(|_| io::Error::other("another reader broke off"))?;
        self.at = match to {
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?,
            other => file.seek(other)?,
        };
        Ok(self.at)
    }
}

/// Bytes whose sum is compared at their end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the member's checksum is wrong"));
        }
        Ok(read)
    }
}
