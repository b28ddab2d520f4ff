//! The syntax of PDF objects, which the programs of pages share.

use std::collections::BTreeMap;

/// Limit of nested arrays and dictionaries; deeper objects are not read. Those of real files nest five deep.
const MAX_DEPTH: usize = 64;

/// An object with more parts is not read, as it would take many times its bytes of memory. The widths of all letters
/// of a large font are some 60,000 parts.
const MAX_PARTS: usize = 500_000;

/// A dictionary. Names are decoded as Latin-1.
pub(super) type Dict = BTreeMap<String, Object>;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Bytes(Vec<u8>),
    Name(String),
    Array(Vec<Object>),
    Dict(Dict),
    /// A reference to another object, by its number.
    Ref(u32),
    /// A keyword or an operator: `obj`, `stream`, `Tj`.
    Word(String),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    /// The number of its parts, itself and all nested ones included.
    pub(super) fn parts(&self) -> usize {
        match self {
            Object::Array(array) => 1 + array.iter().map(Object::parts).sum::<usize>(),
            Object::Dict(dict) => 1 + dict.values().map(Object::parts).sum::<usize>(),
            _ => 1,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }
}

/// Reads objects one after another.
pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    /// The position of the next byte.
    pub(super) at: usize,
    parts: usize,
}

/// An object, or the end of an array or dictionary.
enum Next {
    Object(Object),
    Close,
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Lexer { bytes, at, parts: 0 }
    }

    /// The next object; `None` at the end, and where nothing can be read.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.parts = 0;
        loop {
            match self.next(0)? {
                Next::Object(object) => return Some(object),
                // It was never opened: skip it.
                Next::Close => {}
            }
        }
    }

    /// The next object, references included: `12 0 R` is one object.
    pub(super) fn referring(&mut self) -> Option<Object> {
        let first = self.object()?;
        let Object::Number(number) = first else { return Some(first) };
        Some(self.reference(number).unwrap_or(first))
    }

    /// The reference that begins with a number that has been read.
    fn reference(&mut self, number: f64) -> Option<Object> {
        let is_number = number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0;
        let rest = self.bytes.get(self.at..)?;
        let blank = rest.iter().take_while(|&&byte| is_blank(byte)).count();
        let digits = rest[blank..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after = &rest[blank + digits..];
        let gap = after.iter().take_while(|&&byte| is_blank(byte)).count();
        let is_reference =
            is_number && (1..=5).contains(&digits) && blank > 0 && gap > 0 && after.get(gap) == Some(&b'R');
        if !is_reference || after.get(gap + 1).is_some_and(|&byte| is_regular(byte)) {
            return None;
        }
        self.at += blank + digits + gap + 1;
        Some(Object::Ref(number as u32))
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn next(&mut self, depth: usize) -> Option<Next> {
        self.skip_blanks();
        self.parts += 1;
        let rest = self.bytes.get(self.at..)?;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            return None;
        }
        let object = match *rest.first()? {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => Object::Bytes(self.text()?),
            b'<' if rest.get(1) == Some(&b'<') => {
                self.at += 2;
                Object::Dict(self.dict(depth)?)
            }
            b'<' => Object::Bytes(self.hexadecimal()?),
            b'[' => {
                self.at += 1;
                Object::Array(self.array(depth)?)
            }
            b'>' if rest.get(1) == Some(&b'>') => {
                self.at += 2;
                return Some(Next::Close);
            }
            b']' => {
                self.at += 1;
                return Some(Next::Close);
            }
            b')' | b'>' | b'{' | b'}' => {
                self.at += 1;
                Object::Null
            }
            _ => self.word(),
        };
        Some(Next::Object(object))
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Object>> {
        let mut array = Vec::new();
        while let Next::Object(object) = self.next(depth + 1)? {
            // `R` after two numbers makes a reference of the three.
            let reference = match (&object, array.as_slice()) {
                (Object::Word(word), [.., Object::Number(number), Object::Number(_)]) if word == "R" => Some(*number),
                _ => None,
            };
            match reference {
                Some(number) => {
                    array.truncate(array.len() - 2);
                    array.push(Object::Ref(number as u32));
                }
                None => array.push(object),
            }
        }
        Some(array)
    }

    fn dict(&mut self, depth: usize) -> Option<Dict> {
        let mut dict = Dict::new();
        loop {
            let key = match self.next(depth + 1)? {
                Next::Close => return Some(dict),
                Next::Object(Object::Name(key)) => key,
                Next::Object(_) => continue,
            };
            let Next::Object(value) = self.next(depth + 1)? else { return Some(dict) };
            let value = value.number().and_then(|number| self.reference(number)).unwrap_or(value);
            dict.insert(key, value);
        }
    }

    fn name(&mut self) -> String {
        let rest = &self.bytes[self.at..];
        let name = &rest[..rest.iter().take_while(|&&byte| is_regular(byte)).count()];
        self.at += name.len();
        let mut text = String::with_capacity(name.len());
        let mut bytes = name.iter();
        while let Some(&byte) = bytes.next() {
            let code = bytes.as_slice().get(..2).filter(|_| byte == b'#');
            match code.and_then(|code| Some(digit(code[0])? << 4 | digit(code[1])?)) {
                Some(byte) => {
                    text.push(char::from(byte));
                    bytes.nth(1);
                }
                None => text.push(char::from(byte)),
            }
        }
        text
    }

    fn text(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut open = 0usize;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open > 1 {
                        text.push(byte);
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                    text.push(byte);
                }
                b'\\' => text.extend(self.escaped()?),
                _ => text.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<Option<u8>> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' | b'f' => Some(b' '),
            b'0'..=b'7' => {
                let rest = &self.bytes[self.at..];
                let more = rest.iter().take(2).take_while(|&&byte| (b'0'..=b'7').contains(&byte)).count();
                self.at += more;
                let code =
                    rest[..more].iter().fold(u32::from(byte - b'0'), |code, byte| code * 8 + u32::from(byte - b'0'));
                Some(code as u8)
            }
            // The string continues on the next line.
            b'\n' => None,
            b'\r' => {
                self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n'));
                None
            }
            other => Some(other),
        })
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        let rest = &self.bytes[self.at + 1..];
        let end = memchr::memchr(b'>', rest)?;
        self.at += end + 2;
        Some(hexadecimal(&rest[..end]))
    }

    fn word(&mut self) -> Object {
        let rest = &self.bytes[self.at..];
        let word = &rest[..rest.iter().take_while(|&&byte| is_regular(byte)).count().max(1)];
        self.at += word.len();
        if matches!(word[0], b'0'..=b'9' | b'+' | b'-' | b'.') {
            return Object::Number(number(word));
        }
        match word {
            b"null" | b"true" | b"false" => Object::Null,
            // A longer word is bytes of a picture.
            _ => Object::Word(word.iter().take(32).map(|&byte| char::from(byte)).collect()),
        }
    }
}

/// Parses a number; some programs write `--5` and `1.2.3`.
fn number(word: &[u8]) -> f64 {
    let text = std::str::from_utf8(word).unwrap_or_default();
    let start = text.trim_start_matches(['+', '-']);
    let end = start.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(start.len());
    let end = start[..end].match_indices('.').nth(1).map_or(end, |(at, _)| at);
    let number: f64 = start[..end].parse().unwrap_or(0.0);
    if text.starts_with('-') { -number } else { number }
}

/// Decodes hexadecimal digits, two for each byte; other characters are skipped.
pub(super) fn hexadecimal(text: &[u8]) -> Vec<u8> {
    let mut digits = text.iter().filter_map(|&byte| digit(byte));
    let mut bytes = Vec::with_capacity(text.len() / 2);
    while let Some(high) = digits.next() {
        bytes.push(high << 4 | digits.next().unwrap_or(0));
    }
    bytes
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_of_objects_are_parsed() {
        let bytes = |text: &str| Object::Bytes(text.as_bytes().to_vec());
        let name = |text: &str| Object::Name(text.to_owned());
        for (text, object) in [
            ("-1.5", Object::Number(-1.5)),
            ("--5", Object::Number(-5.0)),
            ("% a remark\n7", Object::Number(7.0)),
            ("(a(b)\\)\\101\\\nc)", bytes("a(b))Ac")),
            ("<4 1 4>", bytes("A@")),
            ("/A#20b", name("A b")),
            ("[1 2 0 R /x]", Object::Array(vec![Object::Number(1.0), Object::Ref(2), name("x")])),
            (
                "<</A 3 0 R/B<<>>>>",
                Object::Dict(Dict::from([("A".into(), Object::Ref(3)), ("B".into(), Object::Dict(Dict::new()))])),
            ),
            ("true", Object::Null),
            ("Tj", Object::Word("Tj".into())),
        ] {
            assert_eq!(Lexer::new(text.as_bytes(), 0).object(), Some(object), "{text}");
        }
        assert_eq!(Lexer::new(b"12 0 R", 0).referring(), Some(Object::Ref(12)));
        assert_eq!(Lexer::new(b"12 0 Rx", 0).referring(), Some(Object::Number(12.0)));
    }

    #[test]
    fn truncated_or_too_deep_objects_are_not_read() {
        let deep = "[".repeat(1_000_000);
        let wide = format!("[{}]", "0 ".repeat(MAX_PARTS + 1));
        for text in ["", "(a", "<41", "[1", "<</A", "<</A 1", &deep, &wide, &"<</A".repeat(100_000)] {
            assert_eq!(Lexer::new(text.as_bytes(), 0).object(), None);
        }
    }
}
