//! Cuts one paragraph: finds where words begin and end, which words are parts of a compound, and makes their tokens.
//!
//! A **run** is the text between two separators, such as blanks: one word, or a compound of **parts** and joiners.

use std::ops::Range;

use super::chars::{CLASS, CharKind, DIGIT, FOREIGN, LOWER, ODD, UPPER, continues_single, currency, kind};
use super::fold::fold_word;
use super::part::WordPart;
use super::stem::Stems;
use super::{Form, LONGEST_FORM, Token, Tokens, sentence};

/// A compound of more parts than this has no token for the whole.
const MOST_PARTS: usize = 8;

/// Appends the tokens of one paragraph after another.
pub(super) struct Cutter<'t> {
    pub(super) stems: &'t mut Stems,
    pub(super) out: &'t mut Tokens,
    /// The position of the next word.
    pub(super) next: u32,
}

/// Options for cutting one paragraph.
#[derive(Clone, Copy)]
pub(super) struct CutOptions {
    /// All letters are capitals, so that capitals have no meaning.
    pub(super) all_caps: bool,
    /// Look for the ends of sentences.
    pub(super) sentences: bool,
    /// The text is a form that was cut and folded before; it has no initialisms and no final 's.
    pub(super) folded: bool,
}

impl Cutter<'_> {
    /// Cuts `text`, whose first byte is byte `base` of the whole text. Records the end of each sentence except the
    /// last.
    pub(super) fn paragraph(&mut self, text: &str, base: usize, options: CutOptions) {
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
                    CharKind::Letter => {}
                    CharKind::Single => single = true,
                    _ => {
                        at += c.len_utf8();
                        continue;
                    }
                }
            }
            if options.sentences
                && let Some(word) = &previous
                && sentence::may_end(bytes, word.end, at)
                && sentence::ends(text, word.clone(), at)
            {
                self.out.sentence_ends.push(self.next - 1);
            }
            let first = self.next;
            if !single && let Some(end) = self.plain(text, base, at, options) {
                previous = Some(at..end);
                at = end;
                continue;
            }
            let word = if single { self.single(text, base, at) } else { self.run(text, base, at, options) };
            at = word.end;
            if self.next > first {
                let last = self.out.tokens.last().map_or(0..0, |token| token.range.clone());
                previous = Some(last.start as usize - base..last.end as usize - base);
            }
        }
    }

    /// The common case: cuts a word of ASCII letters and digits that is not part of a compound, and returns its end.
    #[inline]
    fn plain(&mut self, text: &str, base: usize, start: usize, options: CutOptions) -> Option<usize> {
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
        let marked =
            end > start + 1 && seen & UPPER != 0 && !options.all_caps && is_initialism(&text[start..end], seen);
        self.word(base + start..base + end, form, seen, |form| marked.then(|| (mark_of(form, seen), 0)));
        Some(end)
    }

    /// Cuts one character of a script without blanks, with its marks.
    fn single(&mut self, text: &str, base: usize, start: usize) -> Range<usize> {
        let end = text[start..].char_indices().skip(1).find(|&(_, c)| !continues_single(c));
        let end = end.map_or(text.len(), |(offset, _)| start + offset);
        let form = self.out.forms.len();
        // More marks than these are not text.
        let folded_end = text[start..end].char_indices().nth(LONGEST_FORM).map_or(end, |(offset, _)| start + offset);
        fold_word(&text[start..folded_end], &mut self.out.forms);
        let range = base + start..base + end;
        // A ligature (Lao HO NO) becomes one word for each of its letters.
        let letters = |folded: &str| folded.chars().filter(|&c| !continues_single(c)).count();
        if letters(&self.out.forms[form..]) <= 1 {
            self.word(range, form, FOREIGN, |_| None);
            return start..end;
        }
        let folded = self.out.forms.split_off(form);
        let mut letters = folded.char_indices().filter(|&(_, c)| !continues_single(c)).map(|(at, _)| at).peekable();
        while let Some(at) = letters.next() {
            let form = self.out.forms.len();
            self.out.forms.push_str(&folded[at..letters.peek().copied().unwrap_or(folded.len())]);
            self.word(range.clone(), form, FOREIGN, |_| None);
        }
        start..end
    }

    /// Cuts a word or compound.
    fn run(&mut self, text: &str, base: usize, start: usize, options: CutOptions) -> Range<usize> {
        let first_token = self.out.tokens.len();
        let first_position = self.next;
        let mut joiners = [0u8; MOST_PARTS];
        let mut forms: [Range<u32>; MOST_PARTS] = Default::default();
        let (mut parts, mut at, mut joiner, mut ampersands) = (0, start, 0u8, true);
        loop {
            let part = WordPart::cut(text, at, joiner == b'.', options.folded, &mut self.out.forms);
            let caps = part.seen & (UPPER | ODD) == UPPER && is_initialism(&text[at..part.end], part.seen);
            let marked = caps && (part.dotted || !options.all_caps) && !part.form_is_short(&self.out.forms);
            let sum = if at == start && part.is_number(&self.out.forms) { currency_before(text, start) } else { None };
            ampersands &= part.seen & !(UPPER | FOREIGN) == 0;
            let form = part.form;
            let range = base + at..base + part.end;
            let joined = parts > 0;
            let before = self.next;
            let added = self.out.tokens.len();
            self.word(range, form, part.seen, |form| match sum {
                Some((sign, bytes)) => Some((format!("{sign}{form}"), bytes)),
                None if marked => Some((mark_of(form, part.seen), 0)),
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

    /// Adds the tokens of one word. Its form is the end of `forms`, from byte `form`; an empty form adds no token.
    /// `mark` returns the marked form, and the number of bytes before the range that belong to it.
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

    /// Adds the whole compound at the position of its first part, and for `AT&T` the marked form of the whole.
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
}

/// Is a word with capitals an initialism, or the plural of an initialism? `NATO`, `G20`, `NGOs`.
fn is_initialism(word: &str, seen: u8) -> bool {
    let plural = || word.strip_suffix('s').filter(|singular| singular.len() > 1);
    seen & LOWER == 0 || plural().is_some_and(|singular| !singular.contains(|c: char| c == '.' || c.is_lowercase()))
}

/// The marked form of an initialism, from its exact form.
fn mark_of(form: &str, seen: u8) -> String {
    match form.strip_suffix('s').filter(|_| seen & LOWER != 0) {
        Some(singular) => singular.to_uppercase() + "s",
        None => form.to_uppercase(),
    }
}

/// Can this character join two parts of a compound?
fn is_joiner(byte: u8) -> bool {
    matches!(byte, b'-' | b'&' | b'_' | b'.' | b':')
}

/// The joiner after a part that started at `start`, and the start of the next part.
#[inline]
fn joiner_at(text: &str, start: usize, part: &WordPart) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let at = part.resume;
    let (joiner, next) = match *bytes.get(at)? {
        byte if is_joiner(byte) => (byte, at + 1),
        0xe2 if text[at..].starts_with(['\u{2010}', '\u{2011}']) => (b'-', at + 3),
        _ => return None,
    };
    let byte = *bytes.get(next)?;
    if CLASS[byte as usize] == 0 && (byte.is_ascii() || kind(char_at(text, next)) != CharKind::Letter) {
        return None;
    }
    let joins = match joiner {
        b':' => byte.is_ascii_digit() && bytes[at - 1].is_ascii_digit(),
        // Without the 's, `0's.5` would become the number 0.5.
        b'.' if part.resume > part.end && part.seen == DIGIT && byte.is_ascii_digit() => false,
        b'.' => !is_missing_blank(&text[start..at], &text[next..]),
        _ => true,
    };
    joins.then_some((joiner, next))
}

/// Is this the end of a sentence, without the blank after it? `said.The`.
fn is_missing_blank(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    before.chars().next_back().is_some_and(char::is_lowercase)
        && before.chars().nth(1).is_some()
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_some_and(char::is_lowercase)
}

/// The currency sign directly before `at`, and its length in bytes.
fn currency_before(text: &str, at: usize) -> Option<(char, usize)> {
    let sign = text[..at].chars().next_back()?;
    Some((currency(sign)?, sign.len_utf8()))
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Truncates `forms` to `length` bytes, or to the last character boundary before.
fn truncate(forms: &mut String, length: usize) {
    if forms.len() > length {
        let boundary = (0..=length).rev().find(|&at| forms.is_char_boundary(at));
        forms.truncate(boundary.unwrap_or(0));
    }
}
