//! The letters of fonts with codes of one byte: by the font's encoding, and by the names of glyphs.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// The accents in names such as `eacute`.
const ACCENTS: [(&str, char); 14] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("commaaccent", '\u{326}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// Names of glyphs that are not a letter and an accent.
const NAMES: &str = "space exclam! quotedbl\" numbersign# dollar$ percent% ampersand& quotesingle' quoteright’ parenleft( \
    parenright) asterisk* plus+ comma, hyphen- minus− period. slash/ zero0 one1 two2 three3 four4 five5 six6 seven7 eight8 \
    nine9 colon: semicolon; less< equal= greater> question? at@ bracketleft[ backslash\\ bracketright] asciicircum^ \
    underscore_ quoteleft‘ grave` braceleft{ bar| braceright} asciitilde~ exclamdown¡ cent¢ sterling£ fraction⁄ yen¥ \
    florinƒ section§ currency¤ quotedblleft“ guillemotleft« guilsinglleft‹ guilsinglright› fiﬁ flﬂ endash– dagger† \
    daggerdbl‡ periodcentered· paragraph¶ bullet• quotesinglbase‚ quotedblbase„ quotedblright” guillemotright» ellipsis… \
    perthousand‰ questiondown¿ acute´ circumflexˆ tilde˜ macron¯ dieresis¨ cedilla¸ emdash— AEÆ ordfeminineª LslashŁ \
    OslashØ OEŒ ordmasculineº aeæ dotlessiı lslashł oslashø oeœ germandblsß EthÐ ethð ThornÞ thornþ DcroatĐ dcroatđ \
    HbarĦ hbarħ Euro€ trademark™ registered® copyright© degree° mu\u{b5} multiply× divide÷ plusminus± onehalf½ onequarter¼ \
    threequarters¾ onesuperior¹ twosuperior² threesuperior³ brokenbar¦ logicalnot¬ ffﬀ ffiﬃ fflﬄ nbspace sfthyphen- \
    hyphenminus- figuredash‒ horizontalbar― minute′ second″ infinity∞ notequal≠ lessequal≤ greaterequal≥ approxequal≈ \
    arrowright→ arrowleft← AlphaΑ BetaΒ GammaΓ DeltaΔ EpsilonΕ ZetaΖ EtaΗ ThetaΘ IotaΙ KappaΚ LambdaΛ MuΜ NuΝ XiΞ \
    OmicronΟ PiΠ RhoΡ SigmaΣ TauΤ UpsilonΥ PhiΦ ChiΧ PsiΨ OmegaΩ alphaα betaβ gammaγ deltaδ epsilonε zetaζ etaη thetaθ \
    iotaι kappaκ lambdaλ nuν xiξ omicronο piπ rhoρ sigmaσ sigma1ς tauτ upsilonυ phiφ chiχ psiψ omegaω ";

/// The standard encoding from code 0xA1 on; a blank means that there is no letter.
const STANDARD: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

/// The encoding of a font with codes of one byte, if it has no table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    Windows,
    Mac,
}

impl Encoding {
    pub(super) fn named(name: &str) -> Option<Encoding> {
        match name {
            "WinAnsiEncoding" => Some(Encoding::Windows),
            "MacRomanEncoding" => Some(Encoding::Mac),
            "StandardEncoding" => Some(Encoding::Standard),
            _ => None,
        }
    }

    pub(super) fn letter(self, code: u8) -> Option<char> {
        let letter = match (self, code) {
            (_, 0..=31 | 127) => return None,
            (Encoding::Standard, b'\'') => '’',
            (Encoding::Standard, b'`') => '‘',
            (_, 32..=126) => char::from(code),
            (Encoding::Standard, 128..=160) => return None,
            (Encoding::Standard, _) => return STANDARD.chars().nth(usize::from(code - 161)).filter(|&c| c != ' '),
            (Encoding::Windows, _) => one(WINDOWS_1252.decode_without_bom_handling(&[code]).0.chars())?,
            (Encoding::Mac, _) => one(MACINTOSH.decode_without_bom_handling(&[code]).0.chars())?,
        };
        Some(letter).filter(|letter| !letter.is_control())
    }
}

fn one(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|&letter| letter != '\u{fffd}')
}

/// The letters that the name of a glyph means: `eacute`, `uni00E9`, `f_i`, `a.sc`.
pub(super) fn letters(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty() && name.len() <= 64)?;
    if name.contains('_') {
        return name.split('_').map(letter).collect::<Option<String>>();
    }
    letter(name)
}

fn letter(name: &str) -> Option<String> {
    if name.len() == 1 && name.is_ascii() {
        return Some(name.to_owned());
    }
    if name == "space" || name == "nbspace" {
        return Some(" ".to_owned());
    }
    let named = |known: &str| {
        let (at, letter) = known.char_indices().next_back()?;
        (known[..at] == *name).then(|| letter.to_string())
    };
    if let Some(letter) = NAMES.split(' ').find_map(named) {
        return Some(letter);
    }
    let accented = |(accent, mark): &(&str, char)| {
        let base = name.strip_suffix(accent)?;
        let base = if base == "dotlessi" { "i" } else { base };
        (base.len() == 1 || base == "ae")
            .then(|| letter(base)?.chars().chain([*mark]).nfc().collect::<String>().into())?
    };
    ACCENTS.iter().find_map(accented).or_else(|| numbered(name))
}

/// Names that contain the number of their letter.
fn numbered(name: &str) -> Option<String> {
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() >= 4 && digits.is_ascii()) {
        let codes =
            digits.as_bytes().chunks_exact(4).map(|four| u32::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok());
        return codes.map(|code| char::from_u32(code?)).collect();
    }
    if let Some(digits) = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())) {
        return char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from);
    }
    // Cyrillic letters in alphabetical order.
    let number: u32 = name.strip_prefix("afii")?.parse().ok()?;
    let code = match number {
        10017..=10022 => 0x410 + number - 10017,
        10023 => 0x401,
        10024..=10049 => 0x416 + number - 10024,
        10065..=10070 => 0x430 + number - 10065,
        10071 => 0x451,
        10072..=10097 => 0x436 + number - 10072,
        _ => return None,
    };
    char::from_u32(code).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names_become_letters() {
        for (name, expected) in [
            ("A", Some("A")),
            ("space", Some(" ")),
            ("quoteright", Some("’")),
            ("eacute", Some("é")),
            ("Scaron", Some("Š")),
            ("tcommaaccent", Some("ț")),
            ("ccedilla", Some("ç")),
            ("acute", Some("´")),
            ("germandbls", Some("ß")),
            ("uni20AC", Some("€")),
            ("uni00660069", Some("fi")),
            ("u1F600", Some("😀")),
            ("f_f_i", Some("ffi")),
            ("a.sc", Some("a")),
            ("afii10066", Some("б")),
            ("afii10049", Some("Я")),
            ("Omega", Some("Ω")),
            (".notdef", None),
            ("g123", None),
            ("", None),
        ] {
            assert_eq!(letters(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn codes_of_one_byte_become_letters() {
        for (encoding, code, expected) in [
            (Encoding::Standard, 0x27, Some('’')),
            (Encoding::Standard, 0xA1, Some('¡')),
            (Encoding::Standard, 0xAE, Some('ﬁ')),
            (Encoding::Standard, 0xB1, Some('–')),
            (Encoding::Standard, 0xD0, Some('—')),
            (Encoding::Standard, 0xE1, Some('Æ')),
            (Encoding::Standard, 0xFB, Some('ß')),
            (Encoding::Standard, 0xB0, None),
            (Encoding::Windows, 0x93, Some('“')),
            (Encoding::Windows, 0xE9, Some('é')),
            (Encoding::Mac, 0x8E, Some('é')),
            (Encoding::Mac, 7, None),
        ] {
            assert_eq!(encoding.letter(code), expected, "{code:x}");
        }
    }
}
