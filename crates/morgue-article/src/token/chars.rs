//! The kinds of characters that the tokenizer distinguishes: part of a word, a word by itself, or a separator.

use unicode_normalization::char::is_combining_mark;

/// ASCII lower-case letter.
pub(super) const LOWER: u8 = 1;
/// Upper-case letter.
pub(super) const UPPER: u8 = 2;
/// ASCII digit.
pub(super) const DIGIT: u8 = 4;
/// A letter that is not ASCII.
pub(super) const FOREIGN: u8 = 8;
/// An apostrophe inside the word, or a sign at its end.
pub(super) const ODD: u8 = 16;

/// The class of every byte: one of the constants above for ASCII letters and digits, 0 for all others.
pub(super) const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        if c.is_ascii_lowercase() {
            table[byte] = LOWER;
        } else if c.is_ascii_uppercase() {
            table[byte] = UPPER;
        } else if c.is_ascii_digit() {
            table[byte] = DIGIT;
        }
        byte += 1;
    }
    table
};

/// The effect of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharKind {
    /// It starts or continues a word.
    Letter,
    /// It is a word by itself: in scripts without blanks.
    Single,
    /// It continues a word or a single character.
    Mark,
    /// It continues a word but is not part of the form: a soft hyphen, a joiner.
    Ignorable,
    /// It separates words.
    Other,
}

/// The kind of `c`.
pub(super) fn kind(c: char) -> CharKind {
    match c {
        _ if c.is_ascii() => {
            if c.is_ascii_alphanumeric() {
                CharKind::Letter
            } else {
                CharKind::Other
            }
        }
        // The most frequent characters first, before the slower tables.
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{64a}' | '\u{5d0}'..='\u{5ea}' => {
            CharKind::Letter
        }
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => {
            CharKind::Single
        }
        '\u{2010}'..='\u{2027}' => CharKind::Other,
        '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => CharKind::Ignorable,
        '\u{c0}'..='\u{24f}' if c != '×' && c != '÷' => CharKind::Letter,
        _ if is_apostrophe(c) || is_counter(c) => CharKind::Other,
        _ if is_combining_mark(c) => CharKind::Mark,
        _ if !c.is_alphanumeric() => CharKind::Other,
        _ if writes_no_blanks(c) => CharKind::Single,
        _ => CharKind::Letter,
    }
}

/// Is `c` an apostrophe, or a character that is typed instead of one?
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʻ' | 'ʼ' | '＇')
}

/// Does `c` continue a single character? Such are its marks, the vowels and final consonants of a Hangul syllable that
/// is written in parts, and the voicing of half-width kana.
pub(super) fn continues_single(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
        || matches!(kind(c), CharKind::Mark | CharKind::Ignorable)
}

/// The currency sign that `c` is, as it is written in a marked form.
pub(super) fn currency(c: char) -> Option<char> {
    match c {
        '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}' => Some(c),
        '＄' => Some('$'),
        '￡' => Some('£'),
        '￥' => Some('¥'),
        _ => None,
    }
}

/// Is `c` a superscript, a fraction or a circled number? These are signs next to a word, not digits of it.
fn is_counter(c: char) -> bool {
    matches!(c,
        '²' | '³' | '¹' | '¼' | '½' | '¾' | '\u{2070}'..='\u{2089}' | '\u{2150}'..='\u{215f}' | '\u{2189}'
        | '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3229}' | '\u{3248}'..='\u{325f}' | '\u{3280}'..='\u{3289}' | '\u{32b1}'..='\u{32bf}')
}

/// Is `c` from a script that writes no blanks between words? These are Han, kana, Hangul, Bopomofo, Yi, Thai, Lao,
/// Burmese and Khmer. For other crates of Morgue.
pub fn writes_no_blanks(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{303c}' | '\u{3041}'..='\u{318f}'
        | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}'
        | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{323af}')
}
