//! How text becomes tokens: the one tokenizer that indexing, matching and snippets share.
//!
//! A **token** is one form of one word as cut, with the byte range it was cut from and its position. A word gives its
//! *exact* form (folded: case, accents, a final 's), its *stem* at the same position where that differs from the
//! exact form, and a *marked* form where it was written in a way that tells it from a plain word of the same letters:
//! an initialism (`US`, `U.S.` are `us` and marked `US`; `NGOs` is `ngos` and marked `NGOs`), a sum (`$5` is `5` and
//! marked `$5`). A compound gives its parts at positions one after another, and at the position of the first its whole
//! as one more exact form.

mod chars;
mod cut;
mod fold;
mod golden;
mod part;
mod sentence;
mod stem;
mod typed;

use std::ops::Range;

pub use fold::fold;
pub use golden::golden_digest;
pub use typed::TypedWord;

pub use chars::writes_no_blanks;
use cut::{Cutter, Manner};
use stem::Stems;

use crate::{Article, WordList, Zone};

/// Which form of a word a token is. The order is that of the tokens of one position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Folded: lower case, no accents, no final 's.
    Exact,
    /// The stem of the exact form; present only where it differs from it.
    Stem,
    /// The form that tells `US` from `us`.
    Marked,
}

/// One form of one word. Its text is had from [`Tokens::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text that was cut.
    pub range: Range<u32>,
    /// Words before it, counted through zones; a new zone (and each caption) starts [`ZONE_GAP`] positions later.
    pub position: u32,
    /// How many positions it covers: 1, or more for the whole of a compound.
    pub width: u8,
    /// Which form it is.
    pub form: Form,
    /// Whether it is a part or the whole of a compound.
    joined: bool,
    text: Range<u32>,
}

/// A form of more bytes than this is cut: what is longer is no word.
pub const LONGEST_FORM: usize = 120;

/// Words that a bare list of other words skips: those of Lucene's English analyzer.
pub static STOP_WORDS: WordList = WordList::new(include_str!("token/words/stop_words.txt"));

/// Positions left free between zones: more than the largest distance of a proximity operator (255), so that nothing
/// reaches across.
pub const ZONE_GAP: u32 = 256;

/// A text as tokens, in reusable buffers.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// Sorted by position, then by form.
    pub tokens: Vec<Token>,
    /// The last position of every sentence, ascending. The end of a zone is the end of a sentence and of a paragraph.
    pub sentence_ends: Vec<u32>,
    /// The last position of every paragraph, ascending.
    pub paragraph_ends: Vec<u32>,
    /// Which positions belong to which zone, ascending. Each caption (with its credit) has an entry of its own, as
    /// [`Zone::Caption`]; title and body have at most one. Zones without words have none.
    pub zones: Vec<(Zone, Range<u32>)>,
    /// How many words there are: the length that ranking sees.
    pub words: u32,
    forms: String,
}

impl Tokens {
    /// The text of a token of this value: the form, not the spelling.
    pub fn text(&self, token: &Token) -> &str {
        &self.forms[token.text.start as usize..token.text.end as usize]
    }

    /// Empties the buffers and keeps them.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentence_ends.clear();
        self.paragraph_ends.clear();
        self.zones.clear();
        self.words = 0;
        self.forms.clear();
    }
}

/// The stemmer of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stemming {
    /// Snowball's English stemmer.
    #[default]
    English,
    /// No stemming: the stem is the exact form.
    None,
}

/// Cuts text into tokens; holds the stemmer and a cache of stems, so keep one a thread.
pub struct Tokenizer {
    stems: Stems,
}

impl Tokenizer {
    /// A tokenizer with this stemmer.
    pub fn new(stemming: Stemming) -> Tokenizer {
        Tokenizer { stems: Stems::new(stemming) }
    }

    /// Cuts all parts of an article, zone by zone, into `out` (emptied first). Ranges are bytes of `article.text`.
    pub fn article(&mut self, article: &Article, out: &mut Tokens) {
        out.clear();
        let text = within_limit(&article.text);
        let mut cutter = Cutter { stems: &mut self.stems, out, next: 0 };
        let mut open = None;
        for part in &article.parts {
            let Some(paragraph) = text.get(part.range.clone()) else { continue };
            // Every caption is a zone of its own, which its credit continues.
            let (zone, continues) = match part.zone {
                Zone::Credit => (Zone::Caption, open == Some(Zone::Caption)),
                Zone::Caption => (Zone::Caption, false),
                zone => (zone, open == Some(zone)),
            };
            let has_words = zone_part(&mut cutter, zone, continues, paragraph, part.range.start);
            open = if has_words || continues { Some(zone) } else { None };
        }
    }

    /// Cuts one text as one zone (a title), into `out` (emptied first): names, bylines and words of a query.
    pub fn text(&mut self, text: &str, out: &mut Tokens) {
        out.clear();
        let mut cutter = Cutter { stems: &mut self.stems, out, next: 0 };
        zone_part(&mut cutter, Zone::Title, false, within_limit(text), 0);
    }
}

/// Cuts one paragraph, which `continues` the last zone or opens one; whether it has words. Without words it opens none.
fn zone_part(cutter: &mut Cutter, zone: Zone, continues: bool, text: &str, base: usize) -> bool {
    let start = match cutter.out.zones.last() {
        None => 0,
        Some((_, positions)) if continues => positions.end,
        Some((_, positions)) => positions.end.saturating_add(ZONE_GAP),
    };
    cutter.next = start;
    let all_caps = !text.chars().any(char::is_lowercase);
    let manner = Manner { all_caps, sentences: zone != Zone::Title, folded: false };
    cutter.paragraph(text, base, manner);
    let next = cutter.next;
    if next == start {
        return false;
    }
    let out = &mut *cutter.out;
    match out.zones.last_mut() {
        Some((_, positions)) if continues => positions.end = next,
        _ => out.zones.push((zone, start..next)),
    }
    out.sentence_ends.push(next - 1);
    out.paragraph_ends.push(next - 1);
    true
}

/// What of a text can be cut: offsets are 32 bits.
fn within_limit(text: &str) -> &str {
    match text.len() {
        0..=0xffff_ffff => text,
        _ => (0..=0xffff_ffff).rev().find_map(|end| text.get(..end)).unwrap_or(""),
    }
}

#[cfg(test)]
mod tests;
