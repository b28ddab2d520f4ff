//! HTTP responses as web archives keep them: status, headers, and the body with all encodings undone. Archives often keep
//! a decoded body next to headers that say it is encoded, so an encoding is undone only where the bytes are in it.

use std::borrow::Cow;
use std::io::{self, Read};

use super::headers::{Headers, split_headers};

/// Encodings of one body that are undone.
const MAX_ENCODINGS: usize = 3;

/// A response.
pub(super) struct Response<'b> {
    /// The status code; 0 where the first line has none.
    pub(super) status: u16,
    pub(super) headers: Headers<'b>,
    body: &'b [u8],
}

impl<'b> Response<'b> {
    /// Splits the headers from the body; `None` where the bytes are not a response.
    pub(super) fn parse(bytes: &'b [u8]) -> Option<Response<'b>> {
        if !bytes.starts_with(b"HTTP/") && !bytes.starts_with(b"ICY ") {
            return None;
        }
        let (headers, body) = split_headers(bytes);
        let line = headers.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let status = line.split(|&byte| byte == b' ').filter(|part| !part.is_empty()).nth(1);
        let status = status.and_then(|status| std::str::from_utf8(status.trim_ascii()).ok()?.parse().ok());
        Some(Response { status: status.unwrap_or(0), headers: Headers::new(headers), body })
    }

    /// The body as it was kept.
    pub(super) fn encoded_body(&self) -> &'b [u8] {
        self.body
    }

    /// The decoded body; decoding stops soon after `limit` bytes.
    pub(super) fn body(&self, limit: usize) -> Cow<'b, [u8]> {
        let chunked = self.headers.get("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
        let mut body = if chunked { unchunked(self.body) } else { Cow::Borrowed(self.body) };
        let codings = self.headers.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        // The last coding named was applied last.
        for coding in codings.split(',').rev().map(str::trim).take(MAX_ENCODINGS) {
            if let Some(decoded) = decoded(coding, &body, limit) {
                body = Cow::Owned(decoded);
            }
        }
        body
    }
}

/// The content of the chunks. Bytes that are not in chunks stay as they are; a wrong chunk ends the content.
fn unchunked(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut content = Vec::new();
    let mut rest = bytes;
    while let Some((size, after)) = chunk_size(rest) {
        if size == 0 {
            return Cow::Owned(content);
        }
        let end = size.min(after.len());
        content.extend_from_slice(&after[..end]);
        rest = &after[end..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    if content.is_empty() { Cow::Borrowed(bytes) } else { Cow::Owned(content) }
}

/// The size in the first line of a chunk, and the bytes after that line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(1024)])?;
    let line = bytes[..end].split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
    let size = std::str::from_utf8(line).ok().filter(|line| !line.is_empty() && line.len() <= 8)?;
    Some((usize::from_str_radix(size, 16).ok()?, &bytes[end + 1..]))
}

/// Undoes one encoding; `None` where the bytes are not in it. Damaged bytes give what comes before the damage.
fn decoded(coding: &str, bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    match coding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            read_up_to(flate2::read::MultiGzDecoder::new(bytes), limit)
        }
        // Servers send both what the standard says and bare deflate.
        "deflate" => read_up_to(flate2::read::ZlibDecoder::new(bytes), limit)
            .or_else(|| read_up_to(flate2::read::DeflateDecoder::new(bytes), limit)),
        "br" => read_up_to(brotli_decompressor::Decompressor::new(bytes, 4096), limit),
        "zstd" => read_up_to(zstd::stream::read::Decoder::new(bytes).ok()?, limit),
        _ => None,
    }
}

/// Reads until an error, the end, or soon after `limit` bytes; `None` where nothing could be read.
fn read_up_to(mut decoder: impl Read, limit: usize) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let mut buffer = [0; 16 << 10];
    while decoded.len() <= limit {
        match decoder.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => decoded.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    Some(decoded).filter(|decoded| !decoded.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body_of(headers: &str, body: &[u8]) -> String {
        let bytes = [b"HTTP/1.1 200 OK\r\n", headers.as_bytes(), b"\r\n\r\n", body].concat();
        let response = Response::parse(&bytes).unwrap();
        assert_eq!(response.status, 200);
        String::from_utf8_lossy(&response.body(1000)).into_owned()
    }

    #[test]
    fn encodings_are_undone() {
        let text = b"<p>The bridge opened.</p>";
        let gzip = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        let zlib = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        let chunked: Vec<u8> = gzip
            .chunks(7)
            .flat_map(|chunk| [format!("{:x};x=y\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
            .chain(*b"0\r\n\r\n")
            .collect();
        // `<p>The bridge opened.</p>` stored, not compressed.
        let brotli = [&[0x0b, 0x0c, 0x80][..], text, &[3]].concat();
        for (headers, body) in [
            ("Content-Type: text/html", &text[..]),
            ("Content-Encoding: gzip", &gzip),
            ("content-encoding:deflate", &zlib),
            ("Content-Encoding: deflate", &zlib[2..zlib.len() - 4]),
            ("Content-Encoding: br", &brotli),
            ("Content-Encoding: zstd", &zstd::encode_all(&text[..], 1).unwrap()),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunked),
            // Headers kept next to a body that was decoded.
            ("Content-Encoding: gzip", text),
            ("Content-Encoding: br", text),
            ("Transfer-Encoding: chunked", text),
            ("Content-Encoding: unheard-of", text),
        ] {
            assert_eq!(body_of(headers, body).as_bytes(), text, "{headers}");
        }
    }

    #[test]
    fn damaged_bodies_are_read_up_to_the_damage() {
        assert_eq!(body_of("Transfer-Encoding: chunked", b"5\r\nabcde\r\nzz\r\nrest"), "abcde");
        assert_eq!(body_of("Transfer-Encoding: chunked", b"ff\r\nabcde"), "abcde");
        assert_eq!(body_of("Content-Encoding: gzip", &[0x1f, 0x8b, 8]), "\u{1f}\u{fffd}\u{8}");
        assert!(Response::parse(b"<html>").is_none());
        assert_eq!(Response::parse(b"HTTP/1.1 \r\n").unwrap().status, 0);
    }

    #[test]
    fn a_body_is_decoded_up_to_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'x'; 10 << 20]).unwrap();
        let bytes = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &encoder.finish().unwrap()[..]].concat();
        assert!(Response::parse(&bytes).unwrap().body(1000).len() < 20_000);
    }
}
