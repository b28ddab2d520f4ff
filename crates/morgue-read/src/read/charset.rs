//! Bytes -> text: byte order marks, UTF-16 and UTF-32 with and without them, declared and detected legacy charsets.
//! Nothing is lost to a wrong byte: what cannot be decoded becomes U+FFFD.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Encodings of more than one byte a character, told by a mark or by their zero bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// Tells UTF-16 and UTF-32 from the first bytes of a stream, by a mark or by their zero bytes.
pub(super) fn wide(head: &[u8]) -> Option<Wide> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => return Some(Wide::Utf32Le),
        [0, 0, 0xfe, 0xff, ..] => return Some(Wide::Utf32Be),
        [0xff, 0xfe, ..] => return Some(Wide::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Wide::Utf16Be),
        _ => {}
    }
    // Without a mark: text of any Latin script has its zero bytes at every second place, or three of every four.
    let sample = &head[..head.len().min(4096) / 4 * 4];
    if sample.len() < 8 {
        return None;
    }
    let mut zeros = [0usize; 4];
    for quad in sample.chunks_exact(4) {
        for (place, &byte) in quad.iter().enumerate() {
            zeros[place] += usize::from(byte == 0);
        }
    }
    let quads = sample.len() / 4;
    let mostly = |place: usize| zeros[place] * 10 >= quads * 7;
    let rarely = |place: usize| zeros[place] * 10 <= quads;
    match () {
        () if rarely(0) && mostly(1) && mostly(2) && mostly(3) => Some(Wide::Utf32Le),
        () if mostly(0) && mostly(1) && mostly(2) && rarely(3) => Some(Wide::Utf32Be),
        () if rarely(0) && mostly(1) && rarely(2) && mostly(3) => Some(Wide::Utf16Le),
        () if mostly(0) && rarely(1) && mostly(2) && rarely(3) => Some(Wide::Utf16Be),
        () => None,
    }
}

/// Turns a stream of UTF-16 or UTF-32 into one of UTF-8, without its mark.
pub(super) struct Narrow<R> {
    inner: R,
    wide: Wide,
    decoder: encoding_rs::Decoder,
    packed: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Narrow<R> {
    pub(super) fn new(inner: R, wide: Wide) -> Self {
        let encoding = if wide == Wide::Utf16Be { UTF_16BE } else { UTF_16LE };
        let decoder = encoding.new_decoder_with_bom_removal();
        Narrow { inner, wide, decoder, packed: Vec::new(), text: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        const CHUNK: usize = 64 << 10;
        let kept = self.packed.len();
        self.packed.resize(kept + CHUNK, 0);
        let read = self.inner.read(&mut self.packed[kept..]);
        self.packed.truncate(kept + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        self.text.clear();
        self.given = 0;
        if matches!(self.wide, Wide::Utf32Le | Wide::Utf32Be) {
            self.narrow_quads();
            return Ok(());
        }
        self.text.resize(self.packed.len() * 2 + 16, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.packed, &mut self.text, self.ended);
        self.text.truncate(written);
        self.packed.clear();
        Ok(())
    }

    fn narrow_quads(&mut self) {
        let mut buffer = [0u8; 4];
        let quads = self.packed.chunks_exact(4);
        let rest = quads.remainder().len();
        for quad in quads {
            let quad = [quad[0], quad[1], quad[2], quad[3]];
            let code = if self.wide == Wide::Utf32Le { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) };
            if code != 0xfeff {
                let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.text.extend_from_slice(letter.encode_utf8(&mut buffer).as_bytes());
            }
        }
        self.packed.drain(..self.packed.len() - rest);
        if self.ended && rest > 0 {
            self.text.extend_from_slice("\u{fffd}".as_bytes());
            self.packed.clear();
        }
    }
}

impl<R: Read> Read for Narrow<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.refill()?;
        }
        let read = (self.text.len() - self.given).min(buffer.len());
        buffer[..read].copy_from_slice(&self.text[self.given..self.given + read]);
        self.given += read;
        Ok(read)
    }
}

/// Text from bytes that are not UTF-16 or UTF-32: UTF-8 where they are that, else the `declared` charset, else the one
/// that fits the bytes best.
pub(super) fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Cow<'b, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // UTF-8 is never valid by chance, whatever a header says; but seven-bit charsets with escapes look like it.
    let escapes = declared.is_some_and(|encoding| !encoding.is_ascii_compatible());
    if !escapes || bytes.is_empty() {
        match std::str::from_utf8(bytes) {
            Ok(text) => return Cow::Borrowed(text),
            Err(_) if mostly_utf8(bytes) => return String::from_utf8_lossy(bytes),
            Err(_) => {}
        }
    }
    let encoding = declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| detect(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// Text from JSON: UTF-8, a wrong byte of which is read as windows-1252 when nothing else in it is UTF-8.
pub(super) fn decode_json(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if mostly_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Whether the bytes outside of ASCII are UTF-8 more often than not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The charset that an XML declaration, an HTML `<meta>` or a `Content-Type` names among the first bytes.
pub(super) fn declared(head: &[u8]) -> Option<&str> {
    let head = &head[..head.len().min(2048)];
    for name in [&b"encoding="[..], b"charset="] {
        if let Some(at) = memchr::memmem::find(head, name) {
            let rest = &head[at + name.len()..];
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let label =
                rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_.:".contains(b)).unwrap_or(rest.len());
            return std::str::from_utf8(&rest[..label]).ok().filter(|label| !label.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn narrowed(bytes: &[u8]) -> String {
        let mut text = String::new();
        Narrow::new(bytes, wide(bytes).unwrap()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn wide_text_is_told_by_its_mark_or_its_zeros() {
        let text = "The bridge at Ålund opened on Monday, café included. 🎉";
        for marked in [text.to_owned(), format!("\u{feff}{text}")] {
            assert_eq!(narrowed(&utf16(&marked, false)), text);
            assert_eq!(narrowed(&utf16(&marked, true)), text);
            let le: Vec<u8> = marked.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
            assert_eq!(narrowed(&le), text);
            let be: Vec<u8> = marked.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
            assert_eq!(narrowed(&be), text);
        }
        for plain in
            [&b"plain text of one byte each"[..], b"", b"\0\0\0\0\0\0\0\0\0\0\0\0", "日本語のニュース".as_bytes()]
        {
            assert_eq!(wide(plain), None);
        }
    }

    #[test]
    fn a_cut_off_unit_is_not_a_hang() {
        let mut bytes = utf16("\u{feff}abc", false);
        bytes.push(b'x');
        assert!(narrowed(&bytes).starts_with("abc"));
        assert!(narrowed(b"\xff\xfe\0\0a\0\0\0b\0").starts_with('a'));
    }

    #[test]
    fn legacy_charsets_are_declared_or_detected() {
        let cases: [(&[u8], Option<&str>, &str); 8] = [
            (b"\xef\xbb\xbfcaf\xc3\xa9", None, "café"),
            (b"He said \x93no comment\x94 at the caf\xe9.", None, "He said “no comment” at the café."),
            (b"caf\xe9", Some("iso-8859-1"), "café"),
            (b"\xcc\xee\xf1\xea\xe2\xe0", Some("windows-1251"), "Москва"),
            (b"caf\xc3\xa9", Some("iso-8859-1"), "café"),
            (b"\xa5\xcb\xa5\xe5\xa1\xbc\xa5\xb9", Some("euc-jp"), "ニュース"),
            (b"caf\xc3\xa9 and na\xc3\xafve and \xff", None, "café and naïve and \u{fffd}"),
            (b"", Some("nonsense"), ""),
        ];
        for (bytes, label, text) in cases {
            assert_eq!(decode(bytes, label), text);
        }
    }

    #[test]
    fn json_keeps_its_record_whatever_the_byte() {
        assert_eq!(decode_json(b"the caf\xe9"), "the café");
        assert_eq!(decode_json(b"the caf\xc3\xa9 \xff \xc3\xa9"), "the café \u{fffd} é");
    }

    #[test]
    fn charsets_are_declared_in_many_ways() {
        for (head, label) in [
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", Some("ISO-8859-1")),
            ("<?xml version='1.0' encoding='utf-8'?>", Some("utf-8")),
            ("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">", Some("gb2312")),
            ("<meta charset=koi8-r>", Some("koi8-r")),
            ("<p>no charset = here</p>", None),
        ] {
            assert_eq!(declared(head.as_bytes()), label);
        }
    }
}
