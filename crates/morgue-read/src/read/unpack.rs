//! Packed streams (.gz, .zst, .bz2, .xz) -> their bytes, told by their first bytes.

use std::io::Read;
use std::sync::Arc;

use lzma_rust2::XzReader;

use super::charset::{self, Narrow};
use super::fault::Fault;
use super::gzip;
use super::input::{Budget, Input, Unpacked};
use morgue_article::SkipReason;

/// Packings around one another that are undone.
const LAYERS: usize = 3;

const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const XZ: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
/// Memory that unpacking xz may take: what its highest setting asks for, and some. KiB.
const XZ_MEMORY: u32 = 128 << 10;
const SEVEN: &[u8] = b"7z\xbc\xaf\x27\x1c";
const RAR: &[u8] = b"Rar!\x1a\x07";

/// Undoes packings and wide encodings; what is left of the name without its endings for them, and whether there was any.
pub(super) fn unpack<'r>(
    mut input: Input<'r>,
    mut name: &str,
    budget: &Arc<Budget>,
) -> Result<(Input<'r>, String, bool), Fault> {
    let mut is_packed = false;
    for _ in 0..LAYERS {
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
        is_packed = true;
        name = without_ending(name);
    }
    input.want(4096);
    if let Some(wide) = charset::wide(input.window()) {
        input = Input::new(Narrow::new(input, wide));
    }
    Ok((input, name.to_owned(), is_packed))
}

fn unpacked<'r>(decoder: impl Read + Send + 'r, budget: &Arc<Budget>) -> Input<'r> {
    Input::new(Unpacked::new(decoder, budget.clone()))
}

fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if ["gz", "zst", "zstd", "bz2", "xz", "gzip", "bz", "z"].iter().any(|e| ending.eq_ignore_ascii_case(e)) =>
        {
            stem
        }
        Some((stem, ending))
            if ["tgz", "tbz2", "tbz", "tzst", "txz"].iter().any(|e| ending.eq_ignore_ascii_case(e)) =>
        {
            stem
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::gzip::tests::gzip;
    use super::*;

    /// The text below, packed by `xz`.
    const XZ_SAMPLE: [u8; 76] = [
        0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16, 0x00,
        0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x11, 0x54, 0x68, 0x65, 0x20, 0x62, 0x72, 0x69, 0x64, 0x67,
        0x65, 0x20, 0x6f, 0x70, 0x65, 0x6e, 0x65, 0x64, 0x2e, 0x00, 0x00, 0x00, 0x70, 0x77, 0xa4, 0xa3, 0xa8, 0x86,
        0x55, 0x3a, 0x00, 0x01, 0x2a, 0x12, 0x4b, 0x08, 0x54, 0xbc, 0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00, 0x00, 0x00,
        0x00, 0x04, 0x59, 0x5a,
    ];

    fn unpack_all(bytes: &[u8], name: &str) -> (Result<String, String>, String) {
        let (mut input, name, _) = unpack(Input::new(bytes), name, &Budget::new(bytes.len() as u64)).unwrap();
        let mut text = String::new();
        (input.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string()), name)
    }

    #[test]
    fn packings_are_undone() {
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
