//! The postings of terms in one segment: lists of documents with counts, and cursors over positions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fixedbitset::FixedBitSet;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::ranges::sort_and_dedup;
use crate::index::encode;
use crate::matching::{PositionRange, Term};

/// The documents of one segment that a leaf matches, in ascending order, and the number of matches in each.
#[derive(Debug, Default)]
pub(crate) struct DocCounts {
    pub(crate) docs: Vec<u32>,
    /// The number of occurrences in each document.
    pub(crate) counts: Vec<u32>,
    /// If the leaf has terms of less weight than the word itself (fuzzy neighbors): the greatest weight of these in each
    /// document.
    pub(crate) near: Option<Vec<f32>>,
}

impl DocCounts {
    /// The documents as a set.
    pub(crate) fn bits(&self, max_doc: u32) -> FixedBitSet {
        let mut bits = FixedBitSet::with_capacity(max_doc as usize);
        for &doc in &self.docs {
            bits.insert(doc as usize);
        }
        bits
    }

    pub(crate) fn push(&mut self, doc: u32, count: u32) {
        self.docs.push(doc);
        self.counts.push(count);
    }
}

/// The documents that have any of `terms`. The occurrences of all terms are counted together.
pub(crate) fn counts(segment: &SegmentReader, field: Field, terms: &[Term]) -> tantivy::Result<DocCounts> {
    let index = segment.inverted_index(field)?;
    let mut lists = Vec::new();
    for term in terms {
        let counts = count_one(&index, field, term)?;
        if !counts.docs.is_empty() {
            lists.push((counts, term.weight));
        }
    }
    Ok(match lists.len() {
        0 => DocCounts::default(),
        1 if lists[0].1 >= 1.0 => lists.swap_remove(0).0,
        2 if lists.iter().all(|(_, weight)| *weight >= 1.0) => merge_two(&lists[0].0, &lists[1].0),
        _ => merge_many(&lists, segment.max_doc()),
    })
}

fn count_one(index: &InvertedIndexReader, field: Field, term: &Term) -> tantivy::Result<DocCounts> {
    let term = tantivy::Term::from_field_text(field, &encode::term(term.form, &term.text));
    let mut counts = DocCounts::default();
    let Some(mut blocks) = index.read_block_postings(&term, IndexRecordOption::WithFreqs)? else { return Ok(counts) };
    counts.docs.reserve_exact(blocks.doc_freq() as usize);
    counts.counts.reserve_exact(blocks.doc_freq() as usize);
    while blocks.block_len() > 0 {
        counts.docs.extend_from_slice(blocks.docs());
        counts.counts.extend_from_slice(&blocks.freqs()[..blocks.block_len()]);
        blocks.advance();
    }
    Ok(counts)
}

fn merge_two(a: &DocCounts, b: &DocCounts) -> DocCounts {
    let mut out = DocCounts::default();
    out.docs.reserve(a.docs.len() + b.docs.len());
    out.counts.reserve(a.docs.len() + b.docs.len());
    let (mut i, mut j) = (0, 0);
    while i < a.docs.len() || j < b.docs.len() {
        let left = a.docs.get(i).copied().unwrap_or(TERMINATED);
        let right = b.docs.get(j).copied().unwrap_or(TERMINATED);
        let doc = left.min(right);
        let mut count = 0;
        if left == doc {
            count += a.counts[i];
            i += 1;
        }
        if right == doc {
            count += b.counts[j];
            j += 1;
        }
        out.push(doc, count);
    }
    out
}

fn merge_many(lists: &[(DocCounts, f32)], max_doc: u32) -> DocCounts {
    let mut bits = FixedBitSet::with_capacity(max_doc as usize);
    let mut full = vec![0u32; max_doc as usize];
    let mut near = vec![0f32; max_doc as usize];
    for (list, weight) in lists {
        for (&doc, &count) in list.docs.iter().zip(&list.counts) {
            bits.insert(doc as usize);
            if *weight >= 1.0 {
                full[doc as usize] += count;
            } else {
                near[doc as usize] = near[doc as usize].max(*weight);
            }
        }
    }
    let docs: Vec<u32> = bits.ones().map(|doc| doc as u32).collect();
    let counts = docs.iter().map(|&doc| full[doc as usize]).collect();
    let any_near = lists.iter().any(|(_, weight)| *weight < 1.0);
    let near = any_near.then(|| docs.iter().map(|&doc| near[doc as usize]).collect());
    DocCounts { docs, counts, near }
}

/// Reads the positions of a set of terms, document by document in ascending order.
pub(crate) struct TermsCursor {
    postings: Vec<(SegmentPostings, u32)>,
    /// The current document and the index in `postings`, for all postings that are not at their end.
    heap: BinaryHeap<Reverse<(u32, usize)>>,
    buffer: Vec<u32>,
}

impl TermsCursor {
    /// A cursor over `terms`, before the first document.
    pub(crate) fn open(segment: &SegmentReader, field: Field, terms: &[Term]) -> tantivy::Result<TermsCursor> {
        let index = segment.inverted_index(field)?;
        let mut cursor = TermsCursor { postings: Vec::new(), heap: BinaryHeap::new(), buffer: Vec::new() };
        for term in terms {
            let engine_term = tantivy::Term::from_field_text(field, &encode::term(term.form, &term.text));
            if let Some(postings) = index.read_postings(&engine_term, IndexRecordOption::WithFreqsAndPositions)? {
                cursor.heap.push(Reverse((postings.doc(), cursor.postings.len())));
                cursor.postings.push((postings, u32::from(term.width)));
            }
        }
        Ok(cursor)
    }

    /// Writes the ranges in `doc` to `out`, sorted. The document must not be smaller than in the call before.
    pub(crate) fn ranges(&mut self, doc: u32, out: &mut Vec<PositionRange>) {
        out.clear();
        let mut terms_here = 0;
        while let Some(mut first) = self.heap.peek_mut() {
            let Reverse((at, place)) = *first;
            if at > doc || at == TERMINATED {
                break;
            }
            let (postings, width) = &mut self.postings[place];
            let at = if at < doc { postings.seek(doc) } else { at };
            if at == doc {
                postings.positions(&mut self.buffer);
                let range = |&first: &u32| PositionRange { first, last: first + *width - 1 };
                out.extend(self.buffer.iter().map(range));
                terms_here += 1;
                postings.advance();
            }
            *first = Reverse((postings.doc(), place));
        }
        if terms_here > 1 {
            sort_and_dedup(out); // the ranges of a single term are sorted already
        }
    }
}

/// Reads the positions of one term, document by document in ascending order.
pub(crate) struct PositionCursor(Option<SegmentPostings>);

impl PositionCursor {
    pub(crate) fn open(segment: &SegmentReader, field: Field, text: &str) -> tantivy::Result<PositionCursor> {
        let term = tantivy::Term::from_field_text(field, text);
        let index = segment.inverted_index(field)?;
        Ok(PositionCursor(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?))
    }

    /// Writes the positions in `doc` to `out`, ascending. The document must not be smaller than in the call before.
    pub(crate) fn positions(&mut self, doc: u32, out: &mut Vec<u32>) {
        out.clear();
        let Some(postings) = &mut self.0 else { return };
        let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
        if at == doc {
            postings.positions(out);
        }
    }
}
