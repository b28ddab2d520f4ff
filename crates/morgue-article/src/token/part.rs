//! Cuts one part of a run: a word with its apostrophes, an initialism, a number with its separators, `C++`.

use super::LONGEST_FORM;
use super::chars::{CLASS, CharKind, DIGIT, FOREIGN, LOWER, ODD, UPPER, is_apostrophe, kind};
use super::fold::fold_word;

/// More groups of digits than this are a list, not one number.
const MOST_GROUPS: usize = 8;

/// One part of a run.
pub(super) struct WordPart {
    /// The end of the token.
    pub(super) end: usize,
    /// The place to continue from: after a final 's.
    pub(super) resume: usize,
    /// The classes of its characters.
    pub(super) seen: u8,
    /// Is it single letters with dots between them?
    pub(super) dotted: bool,
    /// The start of its form in `forms`.
    pub(super) form: usize,
}

impl WordPart {
    /// Cuts one part at `start`, a letter or digit, and appends its form to `forms`. `after_dot` says that a dot joins
    /// it to digits before it, so that it is not a decimal number. `folded` says that the text is a form, which has no
    /// initialism and no final 's.
    #[inline]
    pub(super) fn cut(text: &str, start: usize, after_dot: bool, folded: bool, forms: &mut String) -> WordPart {
        let bytes = text.as_bytes();
        let form = forms.len();
        let mut seen = 0;
        let mut at = start;
        while at < bytes.len() && CLASS[bytes[at] as usize] != 0 {
            seen |= CLASS[bytes[at] as usize];
            at += 1;
        }
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        match byte {
            b' ' => {}
            b'.' | b',' if seen == DIGIT => {
                let end = number(bytes, at, after_dot);
                if end > at {
                    forms.extend(text[start..end].chars().filter(|&c| c != ','));
                    at = end;
                    while at < bytes.len() && CLASS[bytes[at] as usize] != 0 {
                        seen |= CLASS[bytes[at] as usize];
                        at += 1;
                    }
                    forms.push_str(&text[end..at]);
                    forms[form..].make_ascii_lowercase();
                    let resume = possessive(text, at).unwrap_or(at);
                    return WordPart { end: at, resume, seen, dotted: false, form };
                }
            }
            b'.' if at == start + 1 && !folded => {
                if let Some(part) = dotted(text, start, forms) {
                    return part;
                }
            }
            b'+' | b'#' if at == start + 1 && seen & DIGIT == 0 => {
                let sign = if byte == b'#' { "#" } else { "++" };
                let end = at + sign.len();
                let ends = byte == b'+' || !text[end..].starts_with(|c| kind(c) == CharKind::Letter);
                if bytes[at..].starts_with(sign.as_bytes()) && ends {
                    forms.push(bytes[start].to_ascii_lowercase() as char);
                    forms.push_str(sign);
                    return WordPart { end, resume: end, seen: seen | ODD, dotted: false, form };
                }
            }
            b'\'' | b'`' | 0x80.. => {
                if let Some(resume) = possessive(text, at).filter(|_| at > start && !folded) {
                    forms.push_str(&text[start..at]);
                    forms[form..].make_ascii_lowercase();
                    return WordPart { end: at, resume, seen, dotted: false, form };
                }
                if word_goes_on(text, at) {
                    return slow_part(text, start, forms, folded);
                }
            }
            _ => {}
        }
        forms.push_str(&text[start..at]);
        if seen & UPPER != 0 {
            forms[form..].make_ascii_lowercase();
        }
        WordPart { end: at, resume: at, seen, dotted: false, form }
    }

    /// Does the form start with a digit?
    pub(super) fn is_number(&self, forms: &str) -> bool {
        forms.as_bytes().get(self.form).is_some_and(u8::is_ascii_digit)
    }

    /// Is the form one character or less, and so not an initialism?
    pub(super) fn form_is_short(&self, forms: &str) -> bool {
        forms[self.form..].chars().nth(1).is_none()
    }
}

/// Cuts a part with characters beyond ASCII, or with apostrophes inside.
fn slow_part(text: &str, start: usize, forms: &mut String, folded: bool) -> WordPart {
    let after_possessive = |at| if folded { None } else { possessive(text, at) };
    if !folded && let Some(part) = dotted(text, start, forms) {
        return part;
    }
    let form = forms.len();
    let (mut at, mut seen) = (start, 0);
    loop {
        while let Some(c) = text[at..].chars().next() {
            match kind(c) {
                CharKind::Letter => seen |= class(c),
                CharKind::Mark | CharKind::Ignorable => {}
                CharKind::Single | CharKind::Other => break,
            }
            at += c.len_utf8();
        }
        if after_possessive(at).is_some() || !word_goes_on(text, at) {
            break;
        }
        seen |= ODD;
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    // This is more than the longest form needs, whatever its characters fold to.
    let most = (start + 8 * LONGEST_FORM).min(at);
    let folded_end = (most..=at).find(|&end| text.is_char_boundary(end)).unwrap_or(at);
    fold_word(&text[start..folded_end], forms);
    WordPart { end: at, resume: after_possessive(at).unwrap_or(at), seen, dotted: false, form }
}

/// Cuts two or more single letters with a dot after each; the last dot may be missing: `U.S.`, `U.S`, `a.m.`
fn dotted(text: &str, start: usize, forms: &mut String) -> Option<WordPart> {
    let form = forms.len();
    let (mut at, mut end, mut letters, mut seen) = (start, start, 0, 0);
    while let Some(c) = text[at..].chars().next().filter(|&c| kind(c) == CharKind::Letter && !c.is_numeric()) {
        let after = at + c.len_utf8();
        let dot = text[after..].starts_with('.');
        if !dot
            && (text[after..].starts_with(|c| !matches!(kind(c), CharKind::Other | CharKind::Single)) || letters == 0)
        {
            break;
        }
        seen |= class(c);
        letters += 1;
        at = after + usize::from(dot);
        end = at;
        if !dot {
            break;
        }
    }
    if letters < 2 {
        return None;
    }
    // In `U.S.Army` the last dot is a joiner.
    if text[end..].starts_with(|c| kind(c) == CharKind::Letter) {
        end -= 1;
    }
    for c in text[start..end].chars().filter(|&c| c != '.') {
        fold_word(c.encode_utf8(&mut [0; 4]), forms);
    }
    Some(WordPart { end, resume: possessive(text, end).unwrap_or(end), seen, dotted: true, form })
}

/// The end of a number whose first digits end at `at`, with its groups of thousands and one decimal point.
fn number(bytes: &[u8], mut at: usize, after_dot: bool) -> usize {
    if after_dot {
        return at;
    }
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let start = bytes[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (mut end, mut groups, mut thousands) = (at, 0, 0);
    // 1,200,000 and 12,00,000: groups of three, or groups of two before a last group of three.
    if start <= 3 {
        while groups < MOST_GROUPS && bytes.get(end) == Some(&b',') {
            let group = digits(end + 1);
            if !(2..=3).contains(&group) {
                break;
            }
            end += 1 + group;
            groups += 1;
            thousands += usize::from(group == 3);
            if group == 3 && thousands < groups {
                break;
            }
        }
    }
    let goes_on = bytes.get(end) == Some(&b',') && digits(end + 1) > 0;
    let indian = groups > 1 && thousands == 1 && start <= 2 && bytes.get(end - 4) == Some(&b',');
    if groups > 0 && !goes_on && (thousands == groups || indian) {
        at = end;
    }
    // One decimal point. With several, it is a version or a date, and its parts are words.
    if bytes.get(at) == Some(&b'.') {
        let decimals = digits(at + 1);
        let after = at + 1 + decimals;
        let another = bytes.get(after) == Some(&b'.') && digits(after + 1) > 0;
        if decimals > 0 && !another {
            at = after;
        }
    }
    at
}

/// The end of a final 's that starts at `at`.
#[inline]
fn possessive(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let apostrophe = rest.chars().next().filter(|&c| is_apostrophe(c))?;
    let rest = rest[apostrophe.len_utf8()..].strip_prefix(['s', 'S'])?;
    let mut chars = rest.chars();
    let goes_on = match chars.next() {
        None => false,
        Some(c) if is_apostrophe(c) => chars.next().is_some_and(|c| kind(c) == CharKind::Letter),
        Some(c) => !matches!(kind(c), CharKind::Other | CharKind::Single),
    };
    (!goes_on).then_some(text.len() - rest.len())
}

/// Does the word before `at` continue there, with a character that is not ASCII or after an apostrophe?
fn word_goes_on(text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars();
    let Some(c) = chars.next() else { return false };
    if is_apostrophe(c) {
        return chars.next().is_some_and(|c| kind(c) == CharKind::Letter);
    }
    matches!(kind(c), CharKind::Letter | CharKind::Mark | CharKind::Ignorable)
}

/// The class of a letter.
fn class(c: char) -> u8 {
    if c.is_ascii() {
        return CLASS[c as usize];
    }
    if c.is_lowercase() {
        FOREIGN | LOWER
    } else if c.is_uppercase() {
        FOREIGN | UPPER
    } else {
        FOREIGN
    }
}
