//! The `ToUnicode` tables of fonts: from character codes to Unicode text.

use rustc_hash::FxHashMap;

use super::object::{Lexer, Object};

/// The table of one font.
#[derive(Default)]
pub(super) struct ToUnicode {
    codes: FxHashMap<u32, String>,
    /// Ranges from a first to a last code; the text of the first code, whose last letter counts up.
    ranges: Vec<(u32, u32, String)>,
}

/// A code has at most that number of letters.
const MAX_LETTERS: usize = 16;

/// Unicode has fewer ranges; the rest of a table is not read.
const MAX_RANGES: usize = 70_000;

impl ToUnicode {
    pub(super) fn read(table: &[u8]) -> ToUnicode {
        let mut letters = ToUnicode::default();
        let mut lexer = Lexer::new(table, 0);
        let mut held: Vec<Object> = Vec::new();
        while let Some(object) = lexer.object() {
            match object {
                Object::Word(word) => {
                    match word.as_str() {
                        "endbfchar" => {
                            for pair in held.chunks_exact(2) {
                                if let (Object::Bytes(code), Object::Bytes(text)) = (&pair[0], &pair[1]) {
                                    letters.codes.insert(number(code), text_of(text));
                                }
                            }
                        }
                        "endbfrange" => held.chunks_exact(3).for_each(|three| letters.range(three)),
                        _ => {}
                    }
                    held.clear();
                }
                object if held.len() < 3 * MAX_RANGES => held.push(object),
                _ => {}
            }
        }
        // The last range that begins at or before a code is found first.
        letters.ranges.sort_by_key(|range| range.0);
        letters
    }

    /// The number of entries.
    pub(super) fn len(&self) -> usize {
        self.codes.len() + self.ranges.len()
    }

    fn range(&mut self, three: &[Object]) {
        let (Object::Bytes(first), Object::Bytes(last)) = (&three[0], &three[1]) else { return };
        let (first, last) = (number(first), number(last));
        match &three[2] {
            Object::Bytes(text) if self.ranges.len() < MAX_RANGES && first <= last => {
                self.ranges.push((first, last, text_of(text)));
            }
            Object::Array(texts) => {
                for (code, text) in (first..=last).zip(texts) {
                    if let Object::Bytes(text) = text {
                        self.codes.insert(code, text_of(text));
                    }
                }
            }
            _ => {}
        }
    }

    /// The text of a code; `None` if the table does not know the code, or has control or private characters for it.
    pub(super) fn get(&self, code: u32) -> Option<String> {
        let found = self.codes.get(&code).cloned().or_else(|| {
            let after = self.ranges.partition_point(|range| range.0 <= code);
            let (first, last, text) = self.ranges[..after].last()?;
            let (at, base) = text.char_indices().next_back()?;
            let letter = char::from_u32(base as u32 + (code - first))?;
            (code <= *last).then(|| format!("{}{letter}", &text[..at]))
        });
        let is_letter = |c: char| !c.is_control() && !matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || c == '\t';
        found.filter(|text| !text.is_empty() && text.chars().all(is_letter))
    }
}

/// A code as a number.
fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// Decodes UTF-16 with the high byte first.
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let &[byte] = bytes {
        return char::from(byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).take(MAX_LETTERS).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_looked_up_in_the_table() {
        let table = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D83DDE00>] endbfrange 1 beginbfchar <0005> <F001> endbfchar";
        let letters = ToUnicode::read(table.as_bytes());
        for (code, expected) in [
            (3, Some(" ")),
            (4, Some("fi")),
            (0x11, Some("B")),
            (0x13, None),
            (0x20, Some("a")),
            (0x21, Some("😀")),
            (5, None),
        ] {
            assert_eq!(letters.get(code).as_deref(), expected, "{code:x}");
        }
    }
}
