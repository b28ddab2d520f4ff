//! Bytes to text: byte order marks, UTF-16 with and without them, declared and detected legacy charsets. A wrong byte
//! costs no other text: what cannot be decoded becomes U+FFFD. UTF-32 is not read; `unpack` refuses it by its mark.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The marks of UTF-32, little and big endian.
pub(super) const UTF_32_MARKS: [&[u8]; 2] = [b"\xff\xfe\0\0", b"\0\0\xfe\xff"];

/// Recognizes UTF-16 by the first bytes of a stream: by its mark, or by its zero bytes.
pub(super) fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    // Without a mark: in text of any Latin script, every second byte is zero.
    let sample = &head[..head.len().min(4096) / 2 * 2];
    if sample.len() < 8 {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |place: usize| sample.iter().skip(place).step_by(2).filter(|&&byte| byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let (mostly, rarely) = (|zeros: usize| zeros * 10 >= pairs * 7, |zeros: usize| zeros * 10 <= pairs);
    if rarely(first) && mostly(second) {
        return Some(UTF_16LE);
    }
    if mostly(first) && rarely(second) {
        return Some(UTF_16BE);
    }
    None
}

/// Converts a stream from UTF-16 to UTF-8, without its mark.
pub(super) struct Utf16Reader<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    text: Vec<u8>,
    /// Bytes of `text` that were returned.
    returned: usize,
    ended: bool,
}

impl<R: Read> Utf16Reader<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Utf16Reader { inner, decoder, text: Vec::new(), returned: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut units = vec![0; 64 << 10];
        let read = self.inner.read(&mut units)?;
        self.ended = read == 0;
        self.returned = 0;
        self.text.resize(read * 2 + 16, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&units[..read], &mut self.text, self.ended);
        self.text.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.returned == self.text.len() && !self.ended {
            self.refill()?;
        }
        let read = (self.text.len() - self.returned).min(buffer.len());
        buffer[..read].copy_from_slice(&self.text[self.returned..self.returned + read]);
        self.returned += read;
        Ok(read)
    }
}

/// Text from bytes that are not UTF-16: UTF-8 where they are valid UTF-8, else the `declared` charset, else the charset
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

/// Text from JSON: UTF-8; windows-1252 where most bytes outside of ASCII are not UTF-8.
pub(super) fn decode_json(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if mostly_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Are more of the characters outside of ASCII valid UTF-8 than not?
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

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        Utf16Reader::new(bytes, utf_16(bytes).unwrap()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn utf_16_is_recognized_by_its_mark_or_its_zeros() {
        let text = "The bridge at Ålund opened on Monday, café included. 🎉";
        for marked in [text.to_owned(), format!("\u{feff}{text}")] {
            assert_eq!(decoded(&utf16(&marked, false)), text);
            assert_eq!(decoded(&utf16(&marked, true)), text);
        }
        for plain in
            [&b"plain text of one byte each"[..], b"", b"\0\0\0\0\0\0\0\0\0\0\0\0", "日本語のニュース".as_bytes()]
        {
            assert_eq!(utf_16(plain), None);
        }
    }

    #[test]
    fn reading_ends_at_a_cut_off_unit() {
        let mut bytes = utf16("\u{feff}abc", false);
        bytes.push(b'x');
        assert!(decoded(&bytes).starts_with("abc"));
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
