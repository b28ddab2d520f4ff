//! How text becomes tokens. Indexing, matching and snippets share this one tokenizer.
//!
//! A **token** is one form of one word, with its byte range in the text and its position. A word has up to three forms
//! at the same position:
//!
//! - The *exact* form: the word folded (lower case, without accents and without a final 's).
//! - The *stem*, if it differs from the exact form.
//! - The *marked* form, if the spelling distinguishes the word from a plain word with the same letters: an initialism
//!   (`US` and `U.S.` have the exact form `us` and the marked form `US`; `NGOs` has `ngos` and `NGOs`) or a sum (`$5` has
//!   `5` and `$5`).
//!
//! The parts of a compound have consecutive positions. The whole compound is one more exact form at the position of its
//! first part.

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
use cut::{CutOptions, Cutter};
use stem::Stems;

use crate::{Article, WordList, Zone};

/// The form of a word that a token is. Tokens at one position are in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Folded: lower case, no accents, no final 's.
    Exact,
    /// The stem of the exact form. There is such a token only if the stem differs from the exact form.
    Stem,
    /// The form that distinguishes `US` from `us`.
    Marked,
}

/// One form of one word. [`Tokens::text`] returns its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The range in the text that was cut, in bytes.
    pub range: Range<u32>,
    /// The position, from 0. It grows by 1 for each word, and by [`ZONE_GAP`] more between zones and between captions.
    pub position: u32,
    /// The number of positions that it covers: 1, or more for a whole compound.
    pub width: u8,
    /// The form of the word.
    pub form: Form,
    /// Whether it is a compound or a part of one.
    joined: bool,
    text: Range<u32>,
}

/// Forms longer than this many bytes are truncated: longer runs of letters are not words.
pub const LONGEST_FORM: usize = 120;

/// Words that a bare list of other words skips: those of Lucene's English analyzer.
pub static STOP_WORDS: WordList = WordList::new(include_str!("token/words/stop_words.txt"));

/// The number of positions left free between zones. It is more than the largest distance of a proximity operator (255),
/// so that no match reaches from one zone into another.
pub const ZONE_GAP: u32 = 256;

/// The tokens of a text, in buffers that can be reused.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// Sorted by position, then by form.
    pub tokens: Vec<Token>,
    /// The last position of every sentence, ascending. The end of a zone is also the end of a sentence and of a
    /// paragraph.
    pub sentence_ends: Vec<u32>,
    /// The last position of every paragraph, ascending.
    pub paragraph_ends: Vec<u32>,
    /// The positions of each zone, ascending. Each caption, together with its credit, has its own entry as
    /// [`Zone::Caption`]; title and body have at most one entry. A zone without words has no entry.
    pub zones: Vec<(Zone, Range<u32>)>,
    /// The number of words: the length that ranking uses.
    pub words: u32,
    forms: String,
}

impl Tokens {
    /// The text of one of these tokens: its form, not its spelling.
    ///
    /// # Panics
    /// It may panic if the token is not one of these tokens.
    pub fn text(&self, token: &Token) -> &str {
        &self.forms[token.text.start as usize..token.text.end as usize]
    }

    /// Empties the buffers and keeps their memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentence_ends.clear();
        self.paragraph_ends.clear();
        self.zones.clear();
        self.words = 0;
        self.forms.clear();
    }
}

/// The choice of the stemmer; one for all of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stemming {
    /// Snowball's English stemmer.
    #[default]
    English,
    /// No stemming: the stem is the exact form.
    None,
}

/// Cuts text into tokens. It holds the stemmer and a cache of stems, so each thread keeps its own tokenizer.
pub struct Tokenizer {
    stems: Stems,
}

impl Tokenizer {
    /// A tokenizer with this stemmer.
    pub fn new(stemming: Stemming) -> Tokenizer {
        Tokenizer { stems: Stems::new(stemming) }
    }

    /// Cuts all parts of an article, zone by zone, into `out`, which is emptied first. Ranges are in bytes of
    /// `article.text`.
    pub fn article(&mut self, article: &Article, out: &mut Tokens) {
        out.clear();
        let text = within_limit(&article.text);
        let mut cutter = Cutter { stems: &mut self.stems, out, next: 0 };
        let mut open = None;
        for part in &article.parts {
            let Some(paragraph) = text.get(part.range.clone()) else { continue };
            // Every caption is its own zone; the credit after it belongs to the same zone.
            let (zone, continues) = match part.zone {
                Zone::Credit => (Zone::Caption, open == Some(Zone::Caption)),
                Zone::Caption => (Zone::Caption, false),
                zone => (zone, open == Some(zone)),
            };
            let has_words = zone_part(&mut cutter, zone, continues, paragraph, part.range.start);
            open = if has_words || continues { Some(zone) } else { None };
        }
    }

    /// Cuts one text as one zone (a title) into `out`, which is emptied first. This is for names, bylines and words of
    /// a query.
    pub fn text(&mut self, text: &str, out: &mut Tokens) {
        out.clear();
        let mut cutter = Cutter { stems: &mut self.stems, out, next: 0 };
        zone_part(&mut cutter, Zone::Title, false, within_limit(text), 0);
    }
}

/// Cuts one paragraph and returns whether it has words. It belongs to the last zone if it `continues` it; otherwise it
/// opens a new zone, unless it has no words.
fn zone_part(cutter: &mut Cutter, zone: Zone, continues: bool, text: &str, base: usize) -> bool {
    let start = match cutter.out.zones.last() {
        None => 0,
        Some((_, positions)) if continues => positions.end,
        Some((_, positions)) => positions.end.saturating_add(ZONE_GAP),
    };
    cutter.next = start;
    let all_caps = !text.chars().any(char::is_lowercase);
    let options = CutOptions { all_caps, sentences: zone != Zone::Title, folded: false };
    cutter.paragraph(text, base, options);
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

/// The start of a text that can be cut: offsets have 32 bits.
fn within_limit(text: &str) -> &str {
    match text.len() {
        0..=0xffff_ffff => text,
        _ => (0..=0xffff_ffff).rev().find_map(|end| text.get(..end)).unwrap_or(""),
    }
}

#[cfg(test)]
mod tests;
