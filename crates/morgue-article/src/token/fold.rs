//! Folds words, so that different spellings of one word have the same form. Folding removes case, compatibility forms
//! (full-width letters, ligatures) and accents where they are decoration (Latin, Greek, Hebrew, Arabic). It keeps
//! marks that are letters (Cyrillic `й`, Devanagari vowels, Japanese voicing).

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::chars::{CharKind, is_apostrophe, kind};

/// The folded spelling of a text: letters and digits are folded, apostrophes become straight, other characters stay. A
/// final 's stays; [`Tokenizer::typed`](super::Tokenizer::typed) knows words and removes it.
///
/// ```
/// assert_eq!(morgue_article::token::fold("Café"), "cafe");
/// assert_eq!(morgue_article::token::fold("Łódź*"), "lodz*");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
        return out;
    }
    let mut word = String::new();
    for c in text.chars() {
        if kind(c) != CharKind::Other || is_apostrophe(c) && !c.is_ascii() {
            word.push(c);
            continue;
        }
        fold_word(&word, &mut out);
        word.clear();
        out.push(c.to_ascii_lowercase());
    }
    fold_word(&word, &mut out);
    out
}

/// Appends the folded form of one word. The word has only letters, digits, marks, ignorable characters and apostrophes.
pub(super) fn fold_word(word: &str, out: &mut String) {
    let start = out.len();
    // A Chinese character, a Hangul syllable.
    if let ([0xe4..=0xe9 | 0xeb..=0xec, _, _], Some('\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')) =
        (word.as_bytes(), word.chars().next())
    {
        out.push_str(word);
        return;
    }
    let composed: String;
    let mut word = word;
    if word.chars().any(is_composed_first) && is_nfkc_quick(word.chars()) != IsNormalized::Yes {
        composed = word.nfkc().collect();
        word = &composed;
    }
    for c in word.chars() {
        fold_char(c, start, out);
    }
}

/// Must a word with this character be put into composed compatibility form (NFKC) before folding? Yes for all
/// characters that folding does not decompose anyway, and for marks, which may belong to such a character.
fn is_composed_first(c: char) -> bool {
    !matches!(script(c), Script::Plain | Script::Cyrillic)
}

/// The treatment of a script by folding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// All marks are decoration.
    Plain,
    /// Stress marks and the dots of ё are decoration.
    Cyrillic,
    /// Everything is kept.
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\0'..='\u{2ff}'
        | '\u{370}'..='\u{3ff}'
        | '\u{590}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{870}'..='\u{8ff}'
        | '\u{1d00}'..='\u{1dbf}'
        | '\u{1e00}'..='\u{1fff}'
        | '\u{2100}'..='\u{218f}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}'
        | '\u{fb00}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{ff01}'..='\u{ff5e}' => Script::Plain,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}' => {
            Script::Cyrillic
        }
        _ => Script::Other,
    }
}

fn fold_char(c: char, start: usize, out: &mut String) {
    if is_apostrophe(c) {
        out.push('\'');
        return;
    }
    if c.is_ascii_alphanumeric() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        // Folded letters of the most frequent scripts first, before the slower tables.
        'а'..='я' | 'α'..='ρ' | 'σ'..='ω' | 'א'..='ת' | '\u{627}'..='\u{63a}' | '\u{641}'..='\u{64a}' => {
            out.push(c);
            return;
        }
        _ if c.is_ascii() || kind(c) == CharKind::Ignorable => return,
        _ => {}
    }
    if is_combining_mark(c) {
        // More marks than this on one letter are not text.
        let base = out[start..].chars().rev().take(16).find(|&c| !is_combining_mark(c));
        let kept = match base.map(script) {
            Some(Script::Plain) => false,
            Some(Script::Cyrillic) => !matches!(c, '\u{300}' | '\u{301}' | '\u{308}'),
            Some(Script::Other) => true,
            None => false,
        };
        if kept {
            out.push(c);
        }
        return;
    }
    match script(c) {
        Script::Plain => decompose_compatible(c, |part| {
            if part.is_alphanumeric() && !is_combining_mark(part) {
                part.to_lowercase().for_each(|lower| push_plain(lower, out));
            }
        }),
        Script::Cyrillic => c.to_lowercase().for_each(|lower| {
            out.push(match lower {
                'ё' | 'ѐ' => 'е',
                'ѝ' => 'и',
                other => other,
            });
        }),
        Script::Other => {
            if c.is_alphanumeric() {
                c.to_lowercase().for_each(|lower| out.push(lower));
            }
        }
    }
}

/// Appends a letter of a plain script, in its folded form if Unicode does not decompose it.
fn push_plain(c: char, out: &mut String) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ı' => out.push('i'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ŋ' => out.push('n'),
        'ĸ' => out.push('k'),
        'ς' => out.push('σ'),
        // The character that stretches Arabic words.
        'ـ' => {}
        // Arabic and Persian digits.
        '٠'..='٩' => out.push((b'0' + (c as u32 - '٠' as u32) as u8) as char),
        '۰'..='۹' => out.push((b'0' + (c as u32 - '۰' as u32) as u8) as char),
        _ if is_combining_mark(c) => {}
        _ if is_apostrophe(c) => out.push('\''),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        for (typed, folded) in [
            ("NATO", "nato"),
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Ærø", "aero"),
            ("Łódź", "lodz"),
            ("Đoković", "dokovic"),
            ("Œuvre", "oeuvre"),
            ("İstanbul", "istanbul"),
            ("Kılıçdaroğlu", "kilicdaroglu"),
            ("Þórshöfn", "thorshofn"),
            ("ﬁnance", "finance"),
            ("ＮＨＫ２", "nhk2"),
            ("Don’t", "don't"),
            ("Hawaiʻi", "hawai'i"),
            ("co\u{ad}operate", "cooperate"),
            ("ΑΘΉΝΑΣ", "αθηνασ"),
            ("Αθήνας", "αθηνασ"),
            ("שָׁלוֹם", "שלום"),
            ("أَحْمَد", "احمد"),
            ("أحمد", "احمد"),
            ("محـــمد", "محمد"),
            ("٢٠١٩", "2019"),
            ("Пу\u{301}тин", "путин"),
            ("Горбачёв", "горбачев"),
            ("Горбаче\u{308}в", "горбачев"),
            ("Сергей", "сергей"),
            ("Сергеи\u{306}", "сергей"),
            ("Київ", "київ"),
            ("ガ", "ガ"),
            ("カ\u{3099}", "ガ"),
            ("ｶﾞ", "ガ"),
            ("हिन्दी", "हिन्दी"),
            ("क़लम", "क\u{93c}लम"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
            assert_eq!(fold(folded), folded, "{typed} again");
        }
    }

    #[test]
    fn what_is_folded_stays() {
        for c in '\0'..=char::MAX {
            let folded = fold(&c.to_string());
            assert_eq!(fold(&folded), folded, "{c:?}");
        }
    }
}
