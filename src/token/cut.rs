//! Cutting one paragraph: where words begin and end, which are joined to compounds, and the tokens each gives.
//!
//! A **run** is what stands between blanks and other separators: one word, or a compound of **parts** and joiners.

use std::ops::Range;

use super::chars::{CLASS, DIGIT, FOREIGN, Kind, LOWER, ODD, UPPER, continues_single, currency, is_apostrophe, kind};
use super::fold::fold_word;
use super::stem::Stems;
use super::{Form, LONGEST_FORM, Token, Tokens, sentence};

/// A compound of more parts than this has no whole.
const MOST_PARTS: usize = 8;

/// Appends the tokens of one paragraph after another.
pub(super) struct Cutter<'t> {
    pub(super) stems: &'t mut Stems,
    pub(super) out: &'t mut Tokens,
    /// The position of the next word.
    pub(super) next: u32,
}

/// What a paragraph is cut with.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// Whether all its letters are capitals, so that capitals tell nothing.
    pub(super) all_caps: bool,
    /// Whether to look for the ends of sentences.
    pub(super) sentences: bool,
    /// Whether it is a form, cut and folded before: without initialisms and final 's.
    pub(super) folded: bool,
}

/// One part of a run as cut.
struct Part {
    /// Where the token ends.
    end: usize,
    /// Where cutting goes on: after a final 's.
    resume: usize,
    /// Classes of characters seen.
    seen: u8,
    /// Single letters with dots between them.
    dotted: bool,
    /// Where the form starts in `forms`.
    form: usize,
}

impl Cutter<'_> {
    /// Cuts `text`, whose first byte is byte `base` of the whole text. Ends of sentences are noted, all but the last.
    pub(super) fn paragraph(&mut self, text: &str, base: usize, manner: Manner) {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut previous: Option<Range<usize>> = None;
        while at < bytes.len() {
            let mut single = false;
            if CLASS[bytes[at] as usize] == 0 {
                if bytes[at].is_ascii() {
                    at += 1;
                    continue;
                }
                let c = char_at(text, at);
                match kind(c) {
                    Kind::Letter => {}
                    Kind::Single => single = true,
                    _ => {
                        at += c.len_utf8();
                        continue;
                    }
                }
            }
            if manner.sentences
                && let Some(word) = &previous
                && sentence::may_end(bytes, word.end, at)
                && sentence::ends(text, word.clone(), at)
            {
                self.out.sentence_ends.push(self.next - 1);
            }
            let first = self.next;
            if !single && let Some(end) = self.plain(text, base, at, manner) {
                previous = Some(at..end);
                at = end;
                continue;
            }
            let word = if single { self.single(text, base, at) } else { self.run(text, base, at, manner) };
            at = word.end;
            if self.next > first {
                let last = self.out.tokens.last().map_or(0..0, |token| token.range.clone());
                previous = Some(last.start as usize - base..last.end as usize - base);
            }
        }
    }

    /// The common case: a word of ASCII letters and digits that nothing joins, whose end it gives.
    #[inline]
    fn plain(&mut self, text: &str, base: usize, start: usize, manner: Manner) -> Option<usize> {
        let bytes = text.as_bytes();
        let (mut end, mut seen) = (start, 0);
        while end < bytes.len() && CLASS[bytes[end] as usize] != 0 {
            seen |= CLASS[bytes[end] as usize];
            end += 1;
        }
        if let Some(&byte) = bytes.get(end)
            && byte != b' '
        {
            // A full stop or comma before a blank.
            let stops =
                matches!(byte, b'.' | b',') && end > start + 1 && matches!(bytes.get(end + 1), None | Some(b' '));
            if !stops
                && (!byte.is_ascii() || matches!(byte, b'.' | b',' | b'\'' | b'`' | b'+' | b'#') || is_joiner(byte))
            {
                return None;
            }
        }
        if end == start || seen & DIGIT != 0 && start > 0 && !matches!(bytes[start - 1], b' ' | b'(') {
            return None;
        }
        let form = self.out.forms.len();
        self.out.forms.push_str(&text[start..end]);
        if seen & UPPER != 0 {
            self.out.forms[form..].make_ascii_lowercase();
        }
        let marked = seen & (UPPER | LOWER) == UPPER && end > start + 1 && !manner.all_caps;
        self.word(base + start..base + end, form, seen, |form| marked.then(|| (form.to_ascii_uppercase(), 0)));
        Some(end)
    }

    /// One character of a script without blanks, with its marks.
    fn single(&mut self, text: &str, base: usize, start: usize) -> Range<usize> {
        let end = text[start..].char_indices().skip(1).find(|&(_, c)| !continues_single(c));
        let end = end.map_or(text.len(), |(offset, _)| start + offset);
        let form = self.out.forms.len();
        fold_word(&text[start..end], &mut self.out.forms);
        let range = base + start..base + end;
        // A ligature (Lao HO NO) gives a word for each of its letters.
        let letters = |folded: &str| folded.chars().filter(|&c| !continues_single(c)).count();
        if letters(&self.out.forms[form..]) <= 1 {
            self.word(range, form, FOREIGN, |_| None);
            return start..end;
        }
        let folded = self.out.forms.split_off(form);
        for c in folded.chars() {
            let form = self.out.forms.len();
            self.out.forms.push(c);
            self.word(range.clone(), form, FOREIGN, |_| None);
        }
        start..end
    }

    /// A word or compound.
    fn run(&mut self, text: &str, base: usize, start: usize, manner: Manner) -> Range<usize> {
        let first_token = self.out.tokens.len();
        let first_position = self.next;
        let mut joiners = [0u8; MOST_PARTS];
        let mut forms: [Range<u32>; MOST_PARTS] = Default::default();
        let (mut parts, mut at, mut joiner, mut ampersands) = (0, start, 0u8, true);
        loop {
            let part = self.part(text, at, joiner == b'.', manner.folded);
            let caps = part.seen & (UPPER | LOWER | ODD) == UPPER && !part.form_is_short(self.out);
            let marked = caps && (part.dotted || !manner.all_caps);
            let sum = if at == start && part.is_number(self.out) { currency_before(text, start) } else { None };
            ampersands &= part.seen & !(UPPER | FOREIGN) == 0;
            let form = part.form;
            let range = base + at..base + part.end;
            let joined = parts > 0;
            let before = self.next;
            let added = self.out.tokens.len();
            self.word(range, form, part.seen, |form| match sum {
                Some((sign, bytes)) => Some((format!("{sign}{form}"), bytes)),
                None if marked => Some((form.to_uppercase(), 0)),
                None => None,
            });
            if joined {
                self.out.tokens[added..].iter_mut().for_each(|token| token.joined = true);
            }
            if self.next > before {
                if parts < MOST_PARTS {
                    joiners[parts] = joiner;
                    forms[parts] = self.out.tokens[added].text.clone();
                }
                parts += 1;
            }
            let Some((byte, next)) = joiner_at(text, at, &part) else {
                let end = at.max(part.resume);
                if parts > 1 {
                    let parts_added = self.out.tokens.len();
                    self.out.tokens[first_token..parts_added].iter_mut().for_each(|token| token.joined = true);
                }
                if (2..=MOST_PARTS).contains(&parts) {
                    let range = self.out.tokens[first_token].range.start..(base + part.end) as u32;
                    let ampersands = ampersands && joiners[1..parts].iter().all(|&joiner| joiner == b'&');
                    self.whole(range, first_token, first_position, &joiners[..parts], &forms[..parts], ampersands);
                }
                return start..end;
            };
            (joiner, at) = (byte, next);
            ampersands &= byte == b'&';
        }
    }

    /// Adds the tokens of one word, whose form stands at the end of `forms` from `form`; none if it is empty. `mark`
    /// gives the marked form, and how many bytes before the range belong to it.
    #[inline]
    fn word(&mut self, range: Range<usize>, form: usize, seen: u8, mark: impl FnOnce(&str) -> Option<(String, usize)>) {
        truncate(&mut self.out.forms, form + LONGEST_FORM);
        let end = self.out.forms.len();
        if end == form {
            return;
        }
        let position = self.next;
        self.next = self.next.saturating_add(1);
        self.out.words = self.out.words.saturating_add(1);
        let token = Token {
            range: range.start as u32..range.end as u32,
            position,
            width: 1,
            form: Form::Exact,
            joined: false,
            text: form as u32..end as u32,
        };
        let folded = &self.out.forms[form..end];
        let stem = match seen & (DIGIT | FOREIGN | ODD) {
            0 if folded.len() > 2 => self.stems.stem_letters(folded),
            0 => None,
            _ => self.stems.stem(folded),
        };
        self.out.tokens.push(token.clone());
        if let Some(stem) = stem {
            self.out.forms.push_str(stem);
            let text = end as u32..self.out.forms.len() as u32;
            self.out.tokens.push(Token { form: Form::Stem, text, ..token.clone() });
        }
        if let Some((marked, before)) = mark(&self.out.forms[form..end]) {
            let start = self.out.forms.len() as u32;
            self.out.forms.push_str(&marked);
            let text = start..self.out.forms.len() as u32;
            let range = (range.start - before) as u32..range.end as u32;
            self.out.tokens.push(Token { form: Form::Marked, range, text, ..token });
        }
    }

    /// Adds the whole of a compound at the position of its first part, and the marked whole of an `AT&T`.
    fn whole(
        &mut self,
        range: Range<u32>,
        first_token: usize,
        position: u32,
        joiners: &[u8],
        forms: &[Range<u32>],
        ampersands: bool,
    ) {
        let length: u32 = forms.iter().map(|form| form.end - form.start + 1).sum();
        if length as usize > LONGEST_FORM {
            return;
        }
        let out = &mut *self.out;
        let start = out.forms.len();
        for (&joiner, form) in joiners.iter().zip(forms) {
            if joiner != 0 && out.forms.len() > start {
                out.forms.push(joiner as char);
            }
            out.forms.extend_from_within(form.start as usize..form.end as usize);
        }
        let text = start as u32..out.forms.len() as u32;
        let width = forms.len() as u8;
        let whole = Token { range, position, width, form: Form::Exact, joined: true, text };
        let same_position = |token: &Token| token.position == position;
        let firsts = out.tokens[first_token..].iter().take_while(|token| same_position(token)).count();
        if ampersands {
            let marked = out.forms[start..].to_uppercase();
            let start = out.forms.len() as u32;
            out.forms.push_str(&marked);
            let text = start..out.forms.len() as u32;
            out.tokens.insert(first_token + firsts, Token { form: Form::Marked, text, ..whole.clone() });
        }
        out.tokens.insert(first_token + 1, whole);
    }

    /// Cuts one part at `start`, a letter or digit, and appends its form. `after_dot`: a dot joins it to digits before
    /// it, so that it is no decimal number.
    #[inline]
    fn part(&mut self, text: &str, start: usize, after_dot: bool, folded: bool) -> Part {
        let bytes = text.as_bytes();
        let forms = &mut self.out.forms;
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
                    return Part { end: at, resume, seen, dotted: false, form };
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
                let ends = byte == b'+' || !text[end..].starts_with(|c| kind(c) == Kind::Letter);
                if bytes[at..].starts_with(sign.as_bytes()) && ends {
                    forms.push(bytes[start].to_ascii_lowercase() as char);
                    forms.push_str(sign);
                    return Part { end, resume: end, seen: seen | ODD, dotted: false, form };
                }
            }
            b'\'' | b'`' | 0x80.. => {
                if let Some(resume) = possessive(text, at).filter(|_| at > start && !folded) {
                    forms.push_str(&text[start..at]);
                    forms[form..].make_ascii_lowercase();
                    return Part { end: at, resume, seen, dotted: false, form };
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
        Part { end: at, resume: at, seen, dotted: false, form }
    }
}

impl Part {
    /// Whether the form begins with a digit.
    fn is_number(&self, out: &Tokens) -> bool {
        out.forms.as_bytes().get(self.form).is_some_and(u8::is_ascii_digit)
    }

    /// Whether the form is of one character at most: no initialism.
    fn form_is_short(&self, out: &Tokens) -> bool {
        out.forms[self.form..].chars().nth(1).is_none()
    }
}

/// A part with characters beyond ASCII, or apostrophes inside.
fn slow_part(text: &str, start: usize, forms: &mut String, folded: bool) -> Part {
    let possessive = |at| possessive(text, at).filter(|_| !folded);
    if !folded && let Some(part) = dotted(text, start, forms) {
        return part;
    }
    let form = forms.len();
    let (mut at, mut seen) = (start, 0);
    loop {
        while let Some(c) = text[at..].chars().next() {
            match kind(c) {
                Kind::Letter => seen |= class(c),
                Kind::Mark | Kind::Ignorable => {}
                Kind::Single | Kind::Other => break,
            }
            at += c.len_utf8();
        }
        if possessive(at).is_some() || !word_goes_on(text, at) {
            break;
        }
        seen |= ODD;
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    fold_word(&text[start..at], forms);
    Part { end: at, resume: possessive(at).unwrap_or(at), seen, dotted: false, form }
}

/// Two or more single letters with a dot after each, the last dot left out or not: `U.S.`, `U.S`, `a.m.`
fn dotted(text: &str, start: usize, forms: &mut String) -> Option<Part> {
    let form = forms.len();
    let (mut at, mut end, mut letters, mut seen) = (start, start, 0, 0);
    while let Some(c) = text[at..].chars().next().filter(|&c| kind(c) == Kind::Letter && !c.is_numeric()) {
        let after = at + c.len_utf8();
        let dot = text[after..].starts_with('.');
        if !dot && (text[after..].starts_with(|c| !matches!(kind(c), Kind::Other | Kind::Single)) || letters == 0) {
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
    // `U.S.Army`: the last dot joins.
    if text[end..].starts_with(|c| kind(c) == Kind::Letter) {
        end -= 1;
    }
    for c in text[start..end].chars().filter(|&c| c != '.') {
        fold_word(c.encode_utf8(&mut [0; 4]), forms);
    }
    Some(Part { end, resume: possessive(text, end).unwrap_or(end), seen, dotted: true, form })
}

/// Where the number goes on to, whose leading digits end at `at`: over groups of thousands and one decimal point.
fn number(bytes: &[u8], mut at: usize, after_dot: bool) -> usize {
    if after_dot {
        return at;
    }
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let start = bytes[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (mut end, mut groups, mut thousands) = (at, 0, 0);
    // 1,200,000 and 12,00,000: groups of three, or of two before a last one of three.
    if start <= 3 {
        while bytes.get(end) == Some(&b',') {
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
    // One decimal point; several are a version or a date, whose parts are words.
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

/// Where a final 's at `at` ends, if there is one.
#[inline]
fn possessive(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let apostrophe = rest.chars().next().filter(|&c| is_apostrophe(c))?;
    let rest = rest[apostrophe.len_utf8()..].strip_prefix(['s', 'S'])?;
    let mut chars = rest.chars();
    let goes_on = match chars.next() {
        None => false,
        Some(c) if is_apostrophe(c) => chars.next().is_some_and(|c| kind(c) == Kind::Letter),
        Some(c) => !matches!(kind(c), Kind::Other | Kind::Single),
    };
    (!goes_on).then_some(text.len() - rest.len())
}

/// Whether the word that reaches to `at` goes on there: with a character that is not ASCII, or after an apostrophe.
fn word_goes_on(text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars();
    let Some(c) = chars.next() else { return false };
    if is_apostrophe(c) {
        return chars.next().is_some_and(|c| kind(c) == Kind::Letter);
    }
    matches!(kind(c), Kind::Letter | Kind::Mark | Kind::Ignorable)
}

/// Characters that may join parts to a compound.
fn is_joiner(byte: u8) -> bool {
    matches!(byte, b'-' | b'&' | b'_' | b'.' | b':')
}

/// The joiner after a part that began at `start`, and where the next part starts.
#[inline]
fn joiner_at(text: &str, start: usize, part: &Part) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let at = part.resume;
    let (joiner, next) = match *bytes.get(at)? {
        byte if is_joiner(byte) => (byte, at + 1),
        0xe2 if text[at..].starts_with(['\u{2010}', '\u{2011}']) => (b'-', at + 3),
        _ => return None,
    };
    let byte = *bytes.get(next)?;
    if CLASS[byte as usize] == 0 && (byte.is_ascii() || kind(char_at(text, next)) != Kind::Letter) {
        return None;
    }
    let joins = match joiner {
        b':' => byte.is_ascii_digit() && bytes[at - 1].is_ascii_digit(),
        b'.' => !is_missing_blank(&text[start..at], &text[next..]),
        _ => true,
    };
    joins.then_some((joiner, next))
}

/// A sentence's end with the blank after it left out: `said.The`.
fn is_missing_blank(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    before.chars().next_back().is_some_and(char::is_lowercase)
        && before.chars().nth(1).is_some()
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_some_and(char::is_lowercase)
}

/// The currency sign right before `at`, and its bytes.
fn currency_before(text: &str, at: usize) -> Option<(char, usize)> {
    let sign = text[..at].chars().next_back()?;
    Some((currency(sign)?, sign.len_utf8()))
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

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Cuts `forms` to `length` bytes, or as few less as a character boundary asks.
fn truncate(forms: &mut String, length: usize) {
    if forms.len() > length {
        let boundary = (0..=length).rev().find(|&at| forms.is_char_boundary(at));
        forms.truncate(boundary.unwrap_or(0));
    }
}
