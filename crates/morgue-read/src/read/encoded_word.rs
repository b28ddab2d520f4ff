//! Encoded words in the headers of mail (RFC 2047), as mail programs write them: a letter can be split between two words,
//! words can stand side by side without a blank, in quotes, and with a language (RFC 2231). The parser of mail decodes
//! each word on its own, which breaks split letters.

use super::charset;

/// The text of a header: folded lines joined, encoded words decoded. Bytes outside of ASCII are decoded, too.
pub(super) fn decode(header: &[u8]) -> String {
    let header = charset::decode(header, None);
    let header = unfolded(header.trim());
    // Encoded words are not allowed in quotes; the quotes of programs that do it are not part of the text.
    let inner = header.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    decode_words(inner.filter(|inner| inner.starts_with("=?") && inner.ends_with("?=")).unwrap_or(&header))
}

/// The header on one line.
pub(super) fn unfolded(header: &str) -> String {
    header.replace("\r\n", "\n").replace("\n\t", " ").replace('\n', "")
}

/// A text in which encoded words are decoded.
pub(super) fn decode_words(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    // Bytes of the words side by side, in one charset.
    let mut bytes: Vec<u8> = Vec::new();
    let mut charset = "";
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let before = &rest[..at];
        let Some(word) = EncodedWord::at_start(&rest[at..]) else {
            flush(&mut bytes, charset, &mut decoded);
            decoded.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        let is_next = before.trim().is_empty() && !bytes.is_empty();
        if !is_next || !word.charset.eq_ignore_ascii_case(charset) {
            flush(&mut bytes, charset, &mut decoded);
            decoded.push_str(if is_next { "" } else { before });
        }
        charset = word.charset;
        bytes.extend(word.bytes());
        rest = &rest[at + word.len..];
    }
    flush(&mut bytes, charset, &mut decoded);
    decoded.push_str(rest);
    decoded
}

fn flush(bytes: &mut Vec<u8>, charset: &str, decoded: &mut String) {
    decoded.push_str(&charset::decode(bytes, Some(charset)));
    bytes.clear();
}

/// A word such as `=?utf-8*en?Q?Caf=C3=A9?=`.
struct EncodedWord<'t> {
    charset: &'t str,
    is_base64: bool,
    text: &'t str,
    /// Bytes of the whole word.
    len: usize,
}

impl<'t> EncodedWord<'t> {
    /// The word that a text begins with.
    fn at_start(text: &'t str) -> Option<Self> {
        const LONGEST_CHARSET: usize = 60;
        let rest = text.strip_prefix("=?")?;
        let charset_end = rest.bytes().take(LONGEST_CHARSET).position(|byte| byte == b'?')?;
        let charset = rest[..charset_end].split('*').next()?;
        let rest = &rest[charset_end + 1..];
        let is_base64 = match rest.as_bytes() {
            [b'b' | b'B', b'?', ..] => true,
            [b'q' | b'Q', b'?', ..] => false,
            _ => return None,
        };
        let rest = &rest[2..];
        let end = rest.find('?').filter(|&end| rest[end..].starts_with("?="))?;
        let len = text.len() - rest.len() + end + 2;
        Some(EncodedWord { charset, is_base64, text: &rest[..end], len })
    }

    fn bytes(&self) -> Vec<u8> {
        if self.is_base64 { base64(self.text) } else { quoted(self.text) }
    }
}

fn quoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let hexadecimal = after.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        match (first, hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'_', _) => bytes.push(b' '),
            _ => bytes.push(first),
        }
    }
    bytes
}

/// The bytes of Base64; other characters are skipped, and padding is not needed.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut length) = (0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 & 0xff_ffff | u32::from(value);
        length += 6;
        if length >= 8 {
            length -= 8;
            bytes.push((bits >> length) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_together() {
        for (header, text) in [
            ("Bridge opens", "Bridge opens"),
            ("=?UTF-8?Q?Br=C3=BCcke?= opens", "Brücke opens"),
            // A letter split between two words.
            ("=?utf-8?Q?Br=C3?=\r\n =?utf-8?Q?=BCcke?=", "Brücke"),
            ("=?utf-8?B?QnLD?=\n\t=?UTF-8?B?vGNrZQ==?=", "Brücke"),
            ("=?utf-8?B?QnLD?= =?utf-8?Q?=BCcke?=", "Brücke"),
            // Side by side, without a blank.
            ("=?utf-8?Q?Br=C3=BC?==?utf-8?Q?cke?=", "Brücke"),
            ("=?iso-8859-1?Q?Br=FC?= =?utf-8?Q?cke?=", "Brücke"),
            ("=?utf-8*de?Q?Br=C3=BCcke?=", "Brücke"),
            ("\"=?utf-8?Q?Br=C3=BCcke?=\"", "Brücke"),
            ("Re: =?utf-8?q?Br=C3=BCcke_auf?= (2)", "Re: Brücke auf (2)"),
            ("=?utf-8?Q?A?= and =?utf-8?Q?B?=", "A and B"),
            ("=?iso-2022-jp?B?GyRCNjYbKEI=?=", "橋"),
            ("Br\u{fc}cke", "Brücke"),
            ("=?utf-8?Q?open", "=?utf-8?Q?open"),
            ("a =? b ?= c", "a =? b ?= c"),
            ("=?utf-8?Q?1=3D2_=_3?=", "1=2 = 3"),
            ("\"Quoted\" words", "\"Quoted\" words"),
        ] {
            assert_eq!(decode(header.as_bytes()), text, "{header}");
        }
        assert_eq!(decode(b"Br\xfccke am Fluss"), "Brücke am Fluss");
    }
}
