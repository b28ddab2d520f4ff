//! Zip archives: their members one after another. The index of a zip archive is at its end, so the archive must be a file;
//! an archive in a stream or inside another archive is copied to a temporary file first.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;

use super::docx;
use super::fault::Fault;
use super::input::{Budget, Input, Source, Unpacked};
use morgue_article::SkipReason;

/// The folder of a packed web archive (WACZ) that has its records.
const RECORDS: &str = "archive/";

/// The first bytes of a zip archive: of a member, or of the index where there is no member.
pub(super) const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The members of a zip archive.
pub(super) struct Zip {
    archive: ZipArchive<SharedFile>,
    file: SharedFile,
    next: usize,
    /// Members outside of this folder are ignored: a packed web archive keeps other files next to its records.
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

/// A member: its name, and its content or why it cannot be read.
pub(super) type Member<'r> = (String, Result<Input<'r>, Fault>);

impl Zip {
    /// Opens a file on disk.
    pub(super) fn of_file(file: fs::File, budget: &Arc<Budget>) -> Result<Zip, Fault> {
        let file = SharedFile { file: Arc::new(Mutex::new(file)), at: 0 };
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

    /// Opens a stream.
    pub(super) fn of_stream(mut input: Input<'_>, budget: &Arc<Budget>) -> Result<Zip, Fault> {
        let cannot_copy = |error: io::Error| {
            Fault::new(SkipReason::Unreadable, format!("cannot copy the zip archive to a temporary file: {error}"))
        };
        let mut file = tempfile::tempfile().map_err(cannot_copy)?;
        loop {
            io::Write::write_all(&mut file, input.window()).map_err(cannot_copy)?;
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

    /// All bytes of the archive, compressed as they are.
    pub(super) fn bytes<'r>(&self) -> Input<'r> {
        Input::new(Source::new(SharedFile { file: self.file.file.clone(), at: 0 }, self.budget.clone()))
    }

    /// The next member that may be an article.
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
        let packed = SharedFile { file: self.file.file.clone(), at: start }.take(member.compressed_size());
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
                let what = format!("compressed by an unknown method: {other}");
                return (name, Err(Fault::new(SkipReason::UnknownFormat, what)));
            }
        };
        let checked = Checked { inner: bytes, crc: Crc::new(), expected: member.crc32() };
        (name, Ok(Input::new(Unpacked::new(checked, self.budget.clone()))))
    }
}

/// A file shared by several readers, each with its own position. Only one is in use at a time.
#[derive(Clone)]
struct SharedFile {
    file: Arc<Mutex<fs::File>>,
    at: u64,
}

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().map_err(|_| io::Error::other("another reader panicked"))?;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut file = self.file.lock().map_err(|_| io::Error::other("another reader panicked"))?;
        self.at = match to {
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?,
            other => file.seek(other)?,
        };
        Ok(self.at)
    }
}

/// Bytes whose checksum is compared at their end.
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
