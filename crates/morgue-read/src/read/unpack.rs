//! Decompression of streams (.gz, .zst, .bz2, .xz), which are recognized by their first bytes.

use std::io::Read;
use std::sync::Arc;

use lzma_rust2::XzReader;

use super::charset::{self, Utf16Reader};
use super::fault::Fault;
use super::gzip;
use super::input::{Budget, Input, Unpacked};
use morgue_article::SkipReason;

/// Compressions around one another that are undone.
const MAX_LAYERS: usize = 3;

const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
/// Memory that the decompression of xz may take: the need of its highest setting, and some more. KiB.
const XZ_MEMORY: u32 = 128 << 10;
const SEVEN: &[u8] = b"7z\xbc\xaf\x27\x1c";
const RAR: &[u8] = b"Rar!\x1a\x07";

/// An uncompressed stream.
pub(super) struct Unpack<'r> {
    pub(super) input: Input<'r>,
    /// The name of the stream without the extensions of its compression.
    pub(super) name: String,
    pub(super) is_compressed: bool,
}

/// Decompresses a stream, and converts UTF-16 to UTF-8.
pub(super) fn unpack<'r>(mut input: Input<'r>, mut name: &str, budget: &Arc<Budget>) -> Result<Unpack<'r>, Fault> {
    let mut is_compressed = false;
    for _ in 0..MAX_LAYERS {
        input.want(8);
        let head = input.window();
        let unknown = |what: &str| Err(Fault::new(SkipReason::UnknownFormat, what));
        match head {
            _ if head.starts_with(gzip::MAGIC) => input = unpacked(gzip::Members::new(input), budget),
            _ if head.starts_with(ZSTD) => match zstd::stream::read::Decoder::with_buffer(input) {
                Ok(decoder) => input = unpacked(decoder, budget),
                Err(error) => return Err(Fault::new(SkipReason::Damaged, error.to_string())),
            },
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => {
                input = unpacked(bzip2::bufread::MultiBzDecoder::new(input), budget);
            }
            _ if head.starts_with(XZ) => input = unpacked(XzReader::new_mem_limit(input, true, XZ_MEMORY), budget),
            _ if head.starts_with(SEVEN) => return unknown("a 7z archive; unpack it first"),
            _ if head.starts_with(RAR) => return unknown("a rar archive; unpack it first"),
            _ => break,
        }
        is_compressed = true;
        name = without_extension(name);
    }
    input.want(4096);
    if charset::UTF_32_MARKS.iter().any(|mark| input.window().starts_with(mark)) {
        return Err(Fault::new(SkipReason::UnknownFormat, "text in UTF-32; save it in UTF-8"));
    }
    if let Some(encoding) = charset::utf_16(input.window()) {
        input = Input::new(Utf16Reader::new(input, encoding));
    }
    Ok(Unpack { input, name: name.to_owned(), is_compressed })
}

/// An input of decompressed bytes, which count against the limit for bombs.
fn unpacked<'r>(decoder: impl Read + Send + 'r, budget: &Arc<Budget>) -> Input<'r> {
    Input::new(Unpacked::new(decoder, budget.clone()))
}

/// The name without an extension for compression. `.tgz` and so on are tar archives.
fn without_extension(name: &str) -> &str {
    const EXTENSIONS: [&str; 13] =
        ["gz", "zst", "zstd", "bz2", "xz", "gzip", "bz", "z", "tgz", "tbz2", "tbz", "tzst", "txz"];
    match name.rsplit_once('.') {
        Some((stem, extension)) if EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::gzip::tests::gzip;
    use super::*;

    /// The text below, compressed by `xz`.
    const XZ_SAMPLE: [u8; 76] = [
        0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00,
        0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x11, 0x54, 0x68, 0x65, 0x20, 0x62, 0x72, 0x69, 0x64, 0x67,
        0x65, 0x20, 0x6f, 0x70, 0x65, 0x6e, 0x65, 0x64, 0x2e, 0x00, 0x00, 0x00, 0x70, 0x77, 0xa4, 0xa3, 0xa8, 0x86,
        0x55, 0x3a, 0x00, 0x01, 0x2a, 0x12, 0x4b, 0x08, 0x54, 0xbc, 0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00, 0x00, 0x00,
        0x00, 0x04, 0x59, 0x5a,
    ];

    fn unpack_all(bytes: &[u8], name: &str) -> (Result<String, String>, String) {
        let Unpack { mut input, name, .. } = unpack(Input::new(bytes), name, &Budget::new(bytes.len() as u64)).unwrap();
        let mut text = String::new();
        (input.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string()), name)
    }

    #[test]
    fn compressed_streams_are_unpacked() {
        let text = "The bridge opened.";
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(text.as_bytes()).unwrap();
        for packed in [
            text.as_bytes().to_vec(),
            gzip(text.as_bytes()),
            gzip(&gzip(text.as_bytes())),
            zstd::encode_all(text.as_bytes(), 1).unwrap(),
            XZ_SAMPLE.to_vec(),
            bzip2.finish().unwrap(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(unpack_all(&packed, "a.txt").0.as_deref(), Ok(text));
        }
        assert_eq!(unpack_all(&gzip(b"x"), "a.txt.gz").1, "a.txt");
    }
}
