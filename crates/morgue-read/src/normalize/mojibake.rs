//! Repairs mojibake: UTF-8 that was decoded as Windows-1252 or Latin-1 (`donâ€™t`, `cafÃ©`).
//!
//! Correct text must not change. So a run is repaired only if no language writes it: the first character is one of a
//! few, the others can be bytes of a UTF-8 sequence, and the result is a character that news has. `â€™` can be nothing
//! else; `IRMÃ”` is a Portuguese word before a quote, while `Ã–sterreich` is Austria.

/// The second bytes (after C3) of the characters that can start mojibake: Â Ã Ä Å Ð Ñ â ï ð.
pub(super) const LEADS: [u8; 9] = [0x82, 0x83, 0x84, 0x85, 0x90, 0x91, 0xA2, 0xAF, 0xB0];

/// Cyrillic needs at least this number of letters in a row.
const SHORTEST_CYRILLIC: usize = 3;

/// The text with one layer of mojibake repaired; `None` without mojibake.
pub(super) fn repair(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(offset) = memchr::memchr(0xC3, &bytes[at..]) {
        at += offset;
        let previous = text[copied..at].chars().next_back().or_else(|| out.chars().next_back()).unwrap_or(' ');
        match read_again(&text[at..], previous) {
            Some((repaired, used)) => {
                out.push_str(&text[copied..at]);
                out.push_str(&repaired);
                at += used;
                copied = at;
            }
            None => at += 2,
        }
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// The original characters of the mojibake at the start of `text`, and its length in bytes.
fn read_again(text: &str, previous: char) -> Option<(String, usize)> {
    let second_byte = *text.as_bytes().get(1)?;
    if !LEADS.contains(&second_byte) {
        return None;
    }
    if matches!(second_byte, 0x90 | 0x91) {
        return cyrillic(text);
    }
    let Some((c, used)) = sequence(text) else {
        return closing_quote(text);
    };
    let believed = match text.chars().next()? {
        'Â' => matches!(c, '\u{A0}'..='\u{BF}'),
        'Ã' | 'Ä' | 'Å' => is_sure(text, previous, used),
        'â' => {
            let second = text.chars().nth(1).and_then(byte)?;
            matches!(second, 0x80 | 0x82 | 0x84 | 0x86 | 0x88 | 0x9C)
        }
        'ï' => matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FEFF}' | '\u{FFFD}'),
        'ð' => c >= '\u{1F000}',
        _ => false,
    };
    if believed { Some((c.to_string(), used)) } else { closing_quote(text) }
}

/// Is mojibake with `Ã`, `Ä` or `Å` certain? They are also capital letters that quotes and dashes may follow.
fn is_sure(text: &str, previous: char, used: usize) -> bool {
    let second = text.chars().nth(1).unwrap_or(' ');
    let punctuation =
        matches!(second, '‘' | '’' | '“' | '”' | '„' | '‚' | '–' | '—' | '…' | '•' | '«' | '»' | '‹' | '›');
    let in_a_word = text[used..].chars().next().is_some_and(char::is_alphabetic);
    !punctuation || (in_a_word && !previous.is_uppercase())
}

/// A closing quote that lost its third byte, which Windows-1252 does not have.
fn closing_quote(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix("â€")?;
    let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | '?'));
    ends.then(|| ("”".to_owned(), text.len() - rest.len()))
}

fn cyrillic(text: &str) -> Option<(String, usize)> {
    let mut letters = String::new();
    let mut used = 0;
    while let Some((c @ '\u{400}'..='\u{45F}', more)) = sequence(&text[used..]) {
        letters.push(c);
        used += more;
    }
    (letters.chars().count() >= SHORTEST_CYRILLIC).then_some((letters, used))
}

/// Reads characters as the bytes of one UTF-8 sequence. Returns its character, and the length in `text` in bytes.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = chars.next()?;
    let mut bytes = [byte(lead)?, 0, 0, 0];
    let len = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut used = lead.len_utf8();
    for slot in &mut bytes[1..len] {
        let c = chars.next()?;
        *slot = byte(c)?;
        used += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes[..len]).ok()?.chars().next()?;
    Some((c, used))
}

/// The byte that Windows-1252 or Latin-1 decodes to this character.
fn byte(c: char) -> Option<u8> {
    if let 0x80..=0xFF = u32::from(c) {
        return u8::try_from(u32::from(c)).ok();
    }
    if c.is_ascii() {
        return None;
    }
    let place = HIGH.iter().position(|&high| high == c)?;
    u8::try_from(0x80 + place).ok()
}

/// Windows-1252 from 0x80 to 0x9F; a blank where it has no character.
const HIGH: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mojibake_is_repaired() {
        let table = [
            ("donâ€™t say â€œnoâ€\u{9d}", "don’t say “no”"),
            ("say â€œnoâ€.", "say “no”."),
            ("cafÃ© in SÃ£o Paulo", "café in São Paulo"),
            ("voilÃ\u{A0} l'Ã©tÃ©", "voilà l'été"),
            ("Ã–sterreich", "Österreich"),
            ("NovakoviÄ‡, Å¡koda", "Novaković, škoda"),
            ("Â£5, 20Â°C", "£5, 20°C"),
            ("costs â‚¬5 â€“ not more", "costs €5 – not more"),
            ("ÐœÐ¾Ñ\u{81}ÐºÐ²Ð°", "Москва"),
            ("ðŸ˜€", "😀"),
            ("\u{ef}\u{bb}\u{bf}text", "\u{feff}text"),
            ("it\u{e2}\u{80}\u{99}s", "it’s"),
        ];
        for (bad, good) in table {
            assert_eq!(repair(bad).as_deref(), Some(good), "{bad}");
        }
    }

    #[test]
    fn right_text_is_left_alone() {
        let table = [
            "“A IRMÃ”",
            "IRMû",
            "Spaß” – so",
            "amanhã”…",
            "naïve, “â”…",
            "GÅ”",
            "Ärger",
            "ROMÂNIA",
            "Ñandú, ESPAÑA",
            "ÉTÉ “À”",
            "coöperate",
            "Ðe",
            "façade°",
            "pâ €",
        ];
        for text in table {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
