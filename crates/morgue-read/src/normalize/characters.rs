//! Cleans the characters of a text. All kinds of spaces become blanks and all kinds of line ends become line feeds.
//! Invisible characters are removed: control characters, zero-width characters, soft hyphens, marks of writing
//! direction. HTML entities are decoded, mojibake is repaired, and the text is put into Unicode NFC.
//!
//! Most texts need no change. One scan looks for bytes that may need a change before any copy is made.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{entities, mojibake};

/// Each pass undoes one layer of encoding. A layer makes its characters at least half as long again, so no real text
/// has more layers than this.
const MOST_LAYERS: usize = 24;

/// Cleans the characters of a text. Line feeds, blanks and tabs stay as they are.
pub(super) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = text;
    for _ in 0..MOST_LAYERS {
        if !needs_cleaning(&text) {
            break;
        }
        let next = pass(&text);
        if *next == *text {
            break;
        }
        text = Cow::Owned(next);
    }
    text
}

/// Cleans a text that must be one line, such as a title: each run of blanks and line ends becomes one blank.
pub(super) fn clean_line(text: &str) -> String {
    let cleaned = clean(Cow::Borrowed(text));
    let mut line = String::with_capacity(cleaned.len());
    push_collapsed(&mut line, &cleaned);
    line
}

/// Appends `text` without blanks at its ends, and with one blank for each run of blanks and line ends inside. Unlike
/// `morgue_article::text::one_line`, it looks for ASCII blanks only, which is faster: [`clean`] has left no others.
pub(super) fn push_collapsed(out: &mut String, text: &str) {
    let mut words = text.split_ascii_whitespace();
    if let Some(first) = words.next() {
        out.push_str(first);
    }
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}

/// Can the text need cleaning? If in doubt, the answer is yes.
fn needs_cleaning(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut unsure_of_nfc = false;
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|&b| LOOK[usize::from(b)]) {
        at += offset;
        let second = bytes.get(at + 1).copied().unwrap_or(0);
        let third = bytes.get(at + 2).copied().unwrap_or(0);
        match bytes[at] {
            0xC2 if second > 0xA0 && second != 0xAD => {}
            0xC3 if !mojibake::LEADS.contains(&second) || third < 0x80 => {}
            0xE2 => match second {
                // Dashes, quotes, bullets, the ellipsis; not spaces, joiners, direction marks and separators.
                0x80 if matches!(third, 0x90..=0xA7 | 0xB0..=0xBF) => {}
                0x81 if third < 0x9F => {}
                0x82 if (0xA0..0xB0).contains(&third) => {}
                0x80 | 0x81 => return true,
                _ => unsure_of_nfc = true,
            },
            0xCC..=0xCF | 0xD2 | 0xD6..=0xE3 | 0xEF => unsure_of_nfc = true,
            0xF0 if second == 0x9D || second == 0xAF || second == 0x91 => unsure_of_nfc = true,
            0xF0 => {}
            _ => return true,
        }
        at += 1;
    }
    unsure_of_nfc
        && (is_nfc_quick(text.chars()) != IsNormalized::Yes || text.chars().any(|c| fate(c, ' ', ' ') != Fate::Stay))
}

/// Bytes that are, or start, a character that may need cleaning.
const LOOK: [bool; 256] = {
    let mut look = [false; 256];
    let mut b = 0;
    while b < 256 {
        look[b] = match b as u8 {
            b'\n' | b'\t' => false,
            0..=0x1F | 0x7F | b'&' => true,
            0xC2 | 0xC3 => true,
            // Combining marks and Greek (CC-CF), Cyrillic marks (D2), Hebrew to three-byte scripts, spaces and
            // punctuation (E0-E3), presentation forms (EF), the astral planes.
            0xCC..=0xCF | 0xD2 | 0xD6..=0xE3 | 0xEF | 0xF0 => true,
            _ => false,
        };
        b += 1;
    }
    look
};

/// One pass over a text: mojibake, then entities and characters, then NFC.
fn pass(text: &str) -> String {
    let repaired = mojibake::repair(text);
    let text = repaired.as_deref().unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    let has_entities = memchr::memchr(b'&', text.as_bytes()).is_some();
    let mut at = 0;
    while at < text.len() {
        let plain = text.as_bytes()[at..].iter().position(|&b| LOOK[usize::from(b)] || (b == b';' && has_entities));
        let Some(plain) = plain else { break };
        out.push_str(&text[at..at + plain]);
        at += plain;
        let Some(c) = text[at..].chars().next() else { break };
        let rest = &text[at + c.len_utf8()..];
        at += c.len_utf8();
        if c == ';' {
            out.push(';');
            entities::decode_last(&mut out);
            continue;
        }
        let next = rest.chars().next().unwrap_or(' ');
        match fate(c, out.chars().next_back().unwrap_or(' '), next) {
            Fate::Stay => out.push(c),
            Fate::Become(other) => out.push(other),
            Fate::LineEnd if c == '\r' && next == '\n' => {}
            Fate::LineEnd => out.push('\n'),
            Fate::Go if c == SOFT_HYPHEN => at += line_end_len(rest),
            Fate::Go => {}
        }
    }
    out.push_str(&text[at..]);
    if out.is_ascii() || is_nfc_quick(out.chars()) == IsNormalized::Yes { out } else { out.nfc().collect() }
}

const SOFT_HYPHEN: char = '\u{AD}';

/// The length in bytes of the line end after a soft hyphen, if the word continues on the next line; otherwise 0.
fn line_end_len(rest: &str) -> usize {
    let next = rest.trim_start_matches(['\r', '\n', ' ', '\t']);
    let blanks = &rest[..rest.len() - next.len()];
    let one_line_end = blanks.matches('\n').count() == 1;
    if one_line_end && next.starts_with(char::is_alphabetic) { blanks.len() } else { 0 }
}

/// The change that a character needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stay,
    Go,
    Become(char),
    LineEnd,
}

fn fate(c: char, previous: char, next: char) -> Fate {
    match c {
        '\n' | '\t' => Fate::Stay,
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Fate::Go,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Fate::Become(' '),
        // Joiners shape Indic and Arabic words and emoji; elsewhere they have no meaning.
        '\u{200C}' | '\u{200D}' if is_joined(previous) && is_joined(next) => Fate::Stay,
        SOFT_HYPHEN | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => Fate::Go,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => Fate::Go,
        // The canonical form of this character is `;`. It is replaced now, so that NFC does not make a new end of an
        // entity.
        '\u{37E}' => Fate::Become(';'),
        _ => Fate::Stay,
    }
}

/// Can a joiner next to this character have a meaning? Yes for letters of scripts that join, and for emoji.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{2190}'..='\u{2BFF}')
        || matches!(c, '\u{FB50}'..='\u{FEFE}' | '\u{1F000}'..='\u{1FBFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(Cow::Borrowed(text)).into_owned()
    }

    #[test]
    fn characters_are_cleaned() {
        let table = [
            ("a\u{A0}b\u{2009}c\u{3000}d", "a b c d"),
            ("one\r\ntwo\rthree\u{2028}four\u{85}five", "one\ntwo\nthree\nfour\nfive"),
            ("\u{FEFF}ze\u{200B}ro\u{200E} \u{202A}width\u{202C}", "zero width"),
            ("be\u{7}ll\u{1}", "bell"),
            ("soft\u{AD}hyphen", "softhyphen"),
            ("the govern\u{AD}\n  ment said", "the government said"),
            ("cafe\u{301} A\u{30A}ngstro\u{308}m \u{212B}", "café Ångström Å"),
            ("caf&eacute; &amp; bar", "café & bar"),
            ("don&#8217;t &lt;PIE>", "don’t <PIE>"),
            ("itâ€™s", "it’s"),
            ("it&acirc;&#8364;&#8482;s", "it’s"),
            ("a\u{200D}b", "ab"),
        ];
        for (dirty, clean) in table {
            assert_eq!(cleaned(dirty), clean, "{dirty:?}");
        }
    }

    #[test]
    fn good_text_is_left_alone() {
        let table = [
            "plain text\n\twith a tab, and  two blanks",
            "“Curly” quotes – dashes — and … ‘more’ €5 • 10 °C §7 ½",
            "R&D at AT&T; M&S",
            "Ångström, Ärger, São Paulo, IRMÃ, Żółć, Điện, ГОРОД, 東京、서울",
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}",
            "می\u{200C}خواهم",
            "soft\u{2011}hard",
        ];
        for text in table {
            assert!(matches!(clean(Cow::Borrowed(text)), Cow::Borrowed(_)) || cleaned(text) == text, "{text:?}");
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn a_line_has_single_blanks() {
        assert_eq!(clean_line("  Two\n lines \t and&nbsp;&nbsp;blanks "), "Two lines and blanks");
    }
}
