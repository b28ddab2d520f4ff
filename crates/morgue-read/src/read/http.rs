//! A response of HTTP as archives keep it: its status, its headers, and its body with all encodings undone. Archives
//! often keep a body that was decoded beside headers that say it is not, so that each encoding is undone only where
//! the bytes are in it.

use std::borrow::Cow;
use std::io::{self, Read};

use super::web::Headers;

/// A response.
pub(super) struct Response<'b> {
    /// 200 and so on; 0 where the first line does not say.
    pub(super) status: u16,
    pub(super) headers: Headers<'b>,
    body: &'b [u8],
}

impl<'b> Response<'b> {
    /// Parts the headers from the body. Nothing where the bytes are no response.
    pub(super) fn of(bytes: &'b [u8]) -> Option<Response<'b>> {
        if !bytes.starts_with(b"HTTP/") && !bytes.starts_with(b"ICY ") {
            return None;
        }
        let mut ends = memchr::memchr_iter(b'\n', bytes);
        let end = ends.find_map(|end| match &bytes[end + 1..] {
            [b'\r', b'\n', ..] => Some(end + 3),
            [b'\n', ..] => Some(end + 2),
            [] => Some(end + 1),
            _ => None,
        });
        let (head, body) = bytes.split_at(end.unwrap_or(bytes.len()));
        let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let status = line.split(|&byte| byte == b' ').filter(|part| !part.is_empty()).nth(1);
        let status = status.and_then(|status| std::str::from_utf8(status.trim_ascii()).ok()?.parse().ok());
        Some(Response { status: status.unwrap_or(0), headers: Headers::of(head), body })
    }

    /// The body as it lies there.
    pub(super) fn packed(&self) -> &'b [u8] {
        self.body
    }

    /// The body, at most `limit` bytes of it and one more.
    pub(super) fn body(&self, limit: usize) -> Cow<'b, [u8]> {
        let chunked = self.headers.get("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
        let mut body = if chunked { unchunked(self.body) } else { Cow::Borrowed(self.body) };
        let codings = self.headers.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        // The last one named was done last.
        for coding in codings.split(',').rev().map(str::trim).take(3) {
            if let Some(plain) = decoded(coding, &body, limit) {
                body = Cow::Owned(plain);
            }
        }
        body
    }
}

/// What chunks hold. Bytes that are not in chunks stay as they are; after a chunk that is none, what was had is kept.
fn unchunked(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::new();
    let mut rest = bytes;
    while let Some((size, after)) = chunk_size(rest) {
        if size == 0 {
            return Cow::Owned(whole);
        }
        let end = size.min(after.len());
        whole.extend_from_slice(&after[..end]);
        rest = &after[end..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    if whole.is_empty() { Cow::Borrowed(bytes) } else { Cow::Owned(whole) }
}

/// The size that a chunk's first line states, and what follows it.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(1024)])?;
    let line = bytes[..end].split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
    let size = std::str::from_utf8(line).ok().filter(|line| !line.is_empty() && line.len() <= 8)?;
    Some((usize::from_str_radix(size, 16).ok()?, &bytes[end + 1..]))
}

/// Undoes one encoding; nothing where the bytes are not in it. Of damaged bytes, what comes before the damage.
fn decoded(coding: &str, bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    match coding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => plain(flate2::read::MultiGzDecoder::new(bytes), limit),
        // Servers send both what the standard says and bare deflate.
        "deflate" => plain(flate2::read::ZlibDecoder::new(bytes), limit)
            .or_else(|| plain(flate2::read::DeflateDecoder::new(bytes), limit)),
        "br" => plain(brotli_decompressor::Decompressor::new(bytes, 4096), limit),
        "zstd" => plain(zstd::stream::read::Decoder::new(bytes).ok()?, limit),
        _ => None,
    }
}

fn plain(mut decoder: impl Read, limit: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut buffer = [0; 16 << 10];
    while plain.len() <= limit {
        match decoder.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => plain.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    Some(plain).filter(|plain| !plain.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body_of(headers: &str, body: &[u8]) -> String {
        let bytes = [b"HTTP/1.1 200 OK\r\n", headers.as_bytes(), b"\r\n\r\n", body].concat();
        let response = Response::of(&bytes).unwrap();
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
            // Headers that were kept beside a body that was decoded.
            ("Content-Encoding: gzip", text),
            ("Content-Encoding: br", text),
            ("Transfer-Encoding: chunked", text),
            ("Content-Encoding: unheard-of", text),
        ] {
            assert_eq!(body_of(headers, body).as_bytes(), text, "{headers}");
        }
    }

    #[test]
    fn of_damaged_bodies_what_can_be_had_is_had() {
        assert_eq!(body_of("Transfer-Encoding: chunked", b"5\r\nabcde\r\nzz\r\nrest"), "abcde");
        assert_eq!(body_of("Transfer-Encoding: chunked", b"ff\r\nabcde"), "abcde");
        assert_eq!(body_of("Content-Encoding: gzip", &[0x1f, 0x8b, 8]), "\u{1f}\u{fffd}\u{8}");
        assert!(Response::of(b"<html>").is_none());
        assert_eq!(Response::of(b"HTTP/1.1 \r\n").unwrap().status, 0);
    }

    #[test]
    fn a_body_is_unpacked_up_to_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'x'; 10 << 20]).unwrap();
        let bytes = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &encoder.finish().unwrap()[..]].concat();
        assert!(Response::of(&bytes).unwrap().body(1000).len() < 20_000);
    }
}
