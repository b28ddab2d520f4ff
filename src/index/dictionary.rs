//! The words and names of the index, for resolving a query. Only live articles count, so that a query means the same
//! before and after a merge.

mod name_filter;
mod names;
mod words;

use std::borrow::Cow;
use std::panic::resume_unwind;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, SegmentReader, Term};

use super::encode;
use super::naming::Naming;
use super::schema::Fields;
use crate::query::{Dictionary, ExpandedTerm, Expansion, Field, KnownName, NamePattern, WordPattern};
use morgue_article::EntityKind;
use morgue_article::token::Form;
pub(crate) use words::WordLists;

/// The dictionary of one state of the index. It skips the parts of a damaged index that cannot be read; the search that
/// follows returns the error.
pub(crate) struct EngineDictionary<'d> {
    pub(crate) engine: &'d tantivy::Searcher,
    pub(crate) fields: &'d Fields,
    pub(crate) naming: &'d Naming,
    pub(crate) words: &'d WordLists,
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

/// The number of live documents that have a term.
fn docs_of(segment: &SegmentReader, index: &InvertedIndexReader, term: &Term) -> tantivy::Result<u64> {
    index.get_term_info(term)?.map_or(Ok(0), |info| live_docs(segment, index, &info))
}

/// The results of `work` on each segment. The segments are worked on at the same time, one thread each.
fn each_segment<T: Send>(engine: &tantivy::Searcher, work: impl Fn(&SegmentReader) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> =
            engine.segment_readers().iter().map(|segment| scope.spawn(move || work(segment))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

impl EngineDictionary<'_> {
    fn expand_all(&self, field: Option<Field>, pattern: &WordPattern) -> tantivy::Result<Vec<ExpandedTerm>> {
        let engine_field = self.fields.words(field);
        let matching = |segment: &SegmentReader| match field {
            Some(Field::Extra(name)) => words::matching_in_extra(segment, engine_field, name.as_str(), pattern),
            _ => self.words.matching(segment, engine_field, pattern),
        };
        let found: Vec<tantivy::Result<Vec<ExpandedTerm>>> = if pattern.prunes() {
            self.engine.segment_readers().iter().map(matching).collect()
        } else {
            // All words of all segments are compared with the pattern.
            each_segment(self.engine, matching)
        };
        let mut words: Vec<ExpandedTerm> = Vec::new();
        for words_of_segment in found {
            words.extend(words_of_segment?);
        }
        words.sort_by(|a, b| a.text.cmp(&b.text)); // the words of each segment are sorted already
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
        let text = match field {
            Some(Field::Extra(name)) => Cow::Owned(encode::extra_text(name.as_str(), text)),
            _ => Cow::Borrowed(text),
        };
        let field = self.fields.words(field);
        let term = Term::from_field_text(field, &encode::term(form, &text));
        let docs = |segment: &SegmentReader| -> tantivy::Result<u64> {
            docs_of(segment, &*segment.inverted_index(field)?, &term)
        };
        self.engine.segment_readers().iter().map(|segment| docs(segment).unwrap_or(0)).sum()
    }

    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let kinds = EntityKind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each));
        self.names_of(kinds, pattern, whole)
    }
}
