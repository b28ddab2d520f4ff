//! The words and names of the index, for resolving a query: live articles only, so that a query means the same before
//! and after a merge.

mod names;

use std::panic::resume_unwind;

use tantivy::postings::TermInfo;
use tantivy::schema::{Field as EngineField, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader, Term};
use tantivy_fst::Automaton;

use super::encode::{self, FIRST_EXACT};
use super::naming::Naming;
use super::schema::Fields;
use crate::article::EntityKind;
use crate::query::{Dictionary, ExpandedTerm, Expansion, Field, KnownName, NamePattern, PatternState, WordPattern};
use crate::token::Form;

/// The dictionary of one state of the index. What cannot be read of a damaged index is as if it were not there; the
/// search that follows tells.
pub(crate) struct EngineDictionary<'d> {
    pub(crate) engine: &'d tantivy::Searcher,
    pub(crate) fields: &'d Fields,
    pub(crate) naming: &'d Naming,
}

/// A pattern as the engine's dictionaries take it.
struct Scan<'p>(&'p WordPattern);

impl Automaton for Scan<'_> {
    type State = PatternState;

    fn start(&self) -> PatternState {
        self.0.start()
    }

    fn is_match(&self, state: &PatternState) -> bool {
        self.0.edits(*state).is_some()
    }

    fn can_match(&self, state: &PatternState) -> bool {
        self.0.can_match(*state)
    }

    fn accept(&self, state: &PatternState, byte: u8) -> PatternState {
        self.0.step(*state, byte)
    }
}

/// The last bytes of words, four at most: what of a pattern without a beginning can be tested at little cost.
struct Ending {
    bytes: u32,
    mask: u32,
}

impl Ending {
    fn of(suffix: &str) -> Ending {
        let last = suffix.as_bytes().iter().rev().take(4).rev();
        let (bytes, mask) = last.fold((0, 0), |(bytes, mask), byte| (bytes << 8 | u32::from(*byte), mask << 8 | 0xff));
        Ending { bytes, mask }
    }
}

impl Automaton for Ending {
    /// The bytes before, the last in the lowest place.
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn is_match(&self, state: &u32) -> bool {
        state & self.mask == self.bytes
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        state << 8 | u32::from(byte)
    }
}

/// The live documents of a term.
fn live_docs(segment: &SegmentReader, index: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<u64> {
    let Some(alive) = segment.alive_bitset() else { return Ok(u64::from(info.doc_freq)) };
    let mut blocks = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut live = 0;
    while blocks.block_len() > 0 {
        live += blocks.docs().iter().filter(|&&doc| alive.is_alive(doc)).count() as u64;
        blocks.advance();
    }
    Ok(live)
}

/// The exact forms of one segment that match and that live documents have, sorted.
fn words_of(segment: &SegmentReader, field: EngineField, pattern: &WordPattern) -> tantivy::Result<Vec<ExpandedTerm>> {
    let index = segment.inverted_index(field)?;
    let mut words = Vec::new();
    let mut take = |word: &[u8], info: &TermInfo| -> tantivy::Result<()> {
        let Ok(text) = std::str::from_utf8(word) else { return Ok(()) };
        if let Some(edits) = pattern.matches(text) {
            match live_docs(segment, &index, info)? {
                0 => {}
                docs => words.push(ExpandedTerm { text: text.to_owned(), docs, edits }),
            }
        }
        Ok(())
    };
    if pattern.prunes() {
        let from = if pattern.prefix().is_empty() { FIRST_EXACT } else { pattern.prefix().as_bytes() };
        let mut terms = index.terms().search(Scan(pattern)).ge(from).into_stream()?;
        while terms.advance() {
            take(terms.key(), terms.value())?;
        }
    } else {
        // Whole words are tested faster than the pattern's automaton walks the dictionary.
        let mut terms = index.terms().search(Ending::of(pattern.suffix())).ge(FIRST_EXACT).into_stream()?;
        while terms.advance() {
            take(terms.key(), terms.value())?;
        }
    }
    Ok(words)
}

/// What `work` makes of each segment, all at once.
fn each_segment<T: Send>(engine: &tantivy::Searcher, work: impl Fn(&SegmentReader) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> =
            engine.segment_readers().iter().map(|segment| scope.spawn(move || work(segment))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

impl EngineDictionary<'_> {
    fn expand_all(&self, field: Option<Field>, pattern: &WordPattern) -> tantivy::Result<Vec<ExpandedTerm>> {
        let field = self.fields.words(field);
        let segments = self.engine.segment_readers();
        let found: Vec<tantivy::Result<Vec<ExpandedTerm>>> = if pattern.prunes() {
            segments.iter().map(|segment| words_of(segment, field, pattern)).collect()
        } else {
            // Every word of every segment is looked at.
            each_segment(self.engine, |segment| words_of(segment, field, pattern))
        };
        let mut words: Vec<ExpandedTerm> = Vec::new();
        for of_segment in found {
            words.extend(of_segment?);
        }
        words.sort_by(|a, b| a.text.cmp(&b.text)); // a merge: those of each segment are sorted
        words.dedup_by(|next, word| {
            let same = next.text == word.text;
            word.docs += u64::from(same) * next.docs;
            same
        });
        Ok(words)
    }
}

impl Dictionary for EngineDictionary<'_> {
    fn expand(&self, field: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion {
        Expansion::of(self.expand_all(field, pattern).unwrap_or_default(), limit)
    }

    fn docs(&self, field: Option<Field>, form: Form, text: &str) -> u64 {
        let field = self.fields.words(field);
        let term = Term::from_field_text(field, &encode::term(form, text));
        let docs = |segment: &SegmentReader| -> tantivy::Result<u64> {
            let index = segment.inverted_index(field)?;
            index.get_term_info(&term)?.map_or(Ok(0), |info| live_docs(segment, &index, &info))
        };
        self.engine.segment_readers().iter().map(|segment| docs(segment).unwrap_or(0)).sum()
    }

    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let kinds = EntityKind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each));
        self.names_of(kinds, pattern, whole)
    }
}
