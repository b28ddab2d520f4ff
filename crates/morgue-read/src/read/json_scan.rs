//! Moving over JSON without building it: strings, values and their depth. Depth is a number, never a stack, so that no
//! nesting does harm.

use std::io;

use memchr::memchr2;

use super::scanner::Scanner;

/// Bytes of a string that [`Scanner::string`] returns: longer than any name of a field that is looked for.
const LONGEST_STRING: usize = 200;

impl Scanner<'_, '_> {
    /// Skips blanks and the bytes `also`; returns the next byte without passing it.
    pub(super) fn skip_blank(&mut self, also: &[u8]) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() && !also.contains(&byte) {
                return Ok(Some(byte));
            }
            self.at += 1;
        }
        Ok(None)
    }

    /// Is the array at the position one of objects? If so, moves to its first object.
    pub(super) fn enter_list_of_objects(&mut self) -> io::Result<bool> {
        let start = self.at;
        self.at += 1;
        let is_list = self.skip_blank(b"")? == Some(b'{');
        if !is_list {
            self.at = start;
        }
        Ok(is_list)
    }

    /// Passes a string; returns its first [`LONGEST_STRING`] bytes, with escapes as they are written.
    pub(super) fn string(&mut self) -> io::Result<String> {
        self.at += 1;
        let mut text = Vec::new();
        while let Some(byte) = self.peek()? {
            let rest = self.rest();
            let plain = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            text.extend_from_slice(&rest[..plain.min(LONGEST_STRING.saturating_sub(text.len()))]);
            self.at += plain;
            if plain > 0 {
                continue;
            }
            if byte == b'"' {
                self.at += 1;
                break;
            }
            self.at += 2;
            let escaped = self.input.window().get(self.at - 1).filter(|_| text.len() + 2 <= LONGEST_STRING);
            text.extend(escaped.into_iter().flat_map(|&escaped| [b'\\', escaped]));
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Passes a value; returns its depth: 0 for a string or number, 1 for an object without objects in it.
    pub(super) fn skip_value(&mut self) -> io::Result<u32> {
        let (mut depth, mut deepest) = (0u32, 0u32);
        while let Some(byte) = self.peek()? {
            match byte {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    deepest = deepest.max(depth);
                    self.at += 1;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        // The end of the array or object around a number or word.
                        return Ok(deepest);
                    }
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return Ok(deepest),
                _ => self.skip_plain(),
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                return Ok(deepest);
            }
        }
        if depth > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(deepest)
    }

    fn skip_string(&mut self) -> io::Result<()> {
        self.at += 1;
        while self.peek()?.is_some() {
            let rest = self.rest();
            match memchr2(b'"', b'\\', rest) {
                Some(at) if rest[at] == b'"' => {
                    self.at += at + 1;
                    return Ok(());
                }
                // The byte after a backslash is skipped unseen, also where it is not in the window yet.
                Some(at) => self.at += at + 2,
                None => self.at += rest.len(),
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// Skips bytes that neither open nor close nor separate anything.
    fn skip_plain(&mut self) {
        let rest = self.rest();
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']' | b','));
        self.at += plain.unwrap_or(rest.len()).max(1);
    }
}
