//! Headers of web archives and of HTTP: a first line, lines of `Name: value`, and an empty line at their end.

/// Header lines. Names are looked up in any case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headers<'b> {
    lines: &'b [u8],
}

impl<'b> Headers<'b> {
    /// The headers in `lines`, with or without the first line and the empty one.
    pub(super) fn new(lines: &'b [u8]) -> Self {
        Headers { lines }
    }

    /// The first value with this name that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&'b str> {
        let values = self.lines.split(|&byte| byte == b'\n').filter_map(|line| {
            let (found, value) = line.split_at_checked(memchr::memchr(b':', line)?)?;
            found.trim_ascii().eq_ignore_ascii_case(name.as_bytes()).then_some(value)
        });
        values
            .filter_map(|value| std::str::from_utf8(value.get(1..)?).ok())
            .map(str::trim)
            .find(|value| !value.is_empty())
    }

    /// The value of `Content-Length`.
    pub(super) fn content_length(&self) -> Option<u64> {
        self.get("content-length")?.parse().ok()
    }
}

/// The end of a header block: the offset after its empty line, searched from the offset `from`.
pub(super) fn header_end(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr_iter(b'\n', &bytes[from..]).map(|at| from + at).find_map(|end| match &bytes[end + 1..] {
        [b'\r', b'\n', ..] => Some(end + 3),
        [b'\n', ..] => Some(end + 2),
        _ => None,
    })
}

/// Splits the headers, with their empty line, from what follows. Without an empty line, all bytes are headers.
pub(super) fn split_headers(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(header_end(bytes, 0).unwrap_or(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_at_an_empty_line() {
        for (bytes, headers) in [
            ("A: b\r\n\r\nbody\n\n", "A: b\r\n\r\n"),
            ("A: b\n\nbody", "A: b\n\n"),
            ("A: b\n\r\nbody", "A: b\n\r\n"),
            ("A: b\r\nbody", "A: b\r\nbody"),
            ("", ""),
        ] {
            assert_eq!(split_headers(bytes.as_bytes()).0, headers.as_bytes());
        }
    }

    #[test]
    fn values_are_found_by_name_in_any_case() {
        let headers = Headers::new(b"HTTP/1.1 200 OK\r\ncontent-length: 12 \r\nX:\r\nx: y:z\r\n\r\n");
        assert_eq!((headers.content_length(), headers.get("X"), headers.get("y")), (Some(12), Some("y:z"), None));
    }
}
