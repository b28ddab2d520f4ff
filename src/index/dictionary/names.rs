//! Scans all names of the index for each name in a query. A filter of letters rejects most of them.

use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;
use tantivy::schema::Field as EngineField;
use tantivy::{SegmentReader, Term};

use super::name_filter::{NameFilter, NameSplitter};
use super::{EngineDictionary, each_segment, live_docs};
use crate::index::name_term::{SEPARATOR, name_of};
use crate::query::{KnownName, NamePattern};
use morgue_annotate::entities::{is_named, key};
use morgue_article::EntityKind;

/// A name of a query, prepared for comparison with the indexed names of one kind.
struct QueriedName<'p> {
    kind: EntityKind,
    field: EngineField,
    pattern: &'p NamePattern,
    whole: bool,
    /// The key of the queried name; empty if the query has a pattern instead of a spelling.
    key: String,
    filter: NameFilter,
}

/// Terms of names, each with its live documents.
type Spellings = Vec<(String, u64)>;

impl QueriedName<'_> {
    /// The names of one segment that match.
    fn spellings_in(&self, segment: &SegmentReader) -> tantivy::Result<Spellings> {
        let mut spellings = Vec::new();
        // The dictionary of the column scans names ten times as fast as the dictionary of the postings.
        let Some(column) = segment.fast_fields().str(self.kind.name())? else { return Ok(spellings) };
        let index = segment.inverted_index(self.field)?;
        let mut splitter = NameSplitter::new();
        let key_asked = memmem::Finder::new(&self.key);
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let term = terms.key();
            let Some(end) = memchr(SEPARATOR as u8, term) else { continue };
            let (key, spelling) = (&term[..end], &term[end + 1..]);
            let key_may_match = !self.key.is_empty() && key_asked.find(key).is_some();
            if !key_may_match && !self.filter.accepts(if spelling.is_empty() { key } else { spelling }) {
                continue;
            }
            let Ok(term) = str::from_utf8(term) else { continue };
            let Some((key, name)) = name_of(term) else { continue };
            let by_key = key_may_match && is_named(self.kind, &self.key, key, self.whole);
            if !by_key && !self.pattern.matches(&splitter.words(&name), self.whole) {
                continue;
            }
            if let Some(info) = index.get_term_info(&Term::from_field_text(self.field, term))? {
                spellings.push((term.to_owned(), live_docs(segment, &index, &info)?));
            }
        }
        Ok(spellings)
    }
}

impl EngineDictionary<'_> {
    /// The names of these kinds that match, kind by kind, the most frequent name first.
    pub(super) fn names_of(
        &self,
        kinds: impl Iterator<Item = EntityKind>,
        pattern: &NamePattern,
        whole: bool,
    ) -> Vec<KnownName> {
        let prepare = |kind| QueriedName {
            kind,
            field: self.fields.names(kind),
            pattern,
            whole,
            key: pattern.text().map_or_else(String::new, |text| key(kind, &text)),
            filter: NameFilter::new(pattern, whole),
        };
        let queried: Vec<QueriedName<'_>> = kinds.map(prepare).collect();
        let found = each_segment(self.engine, |segment| {
            queried.iter().map(|name| name.spellings_in(segment).unwrap_or_default()).collect::<Vec<Spellings>>()
        });
        let mut by_kind: Vec<FxHashMap<String, u64>> = vec![FxHashMap::default(); queried.len()];
        for (kind, spellings) in found.into_iter().flat_map(|found| found.into_iter().enumerate()) {
            for (term, live) in spellings {
                *by_kind[kind].entry(term).or_default() += live;
            }
        }
        let kinds = queried.iter().map(|name| name.kind);
        kinds.zip(by_kind).flat_map(|(kind, spellings)| self.known(kind, spellings)).collect()
    }

    /// The names that are in live articles and that the user has not stopped.
    fn known(&self, kind: EntityKind, spellings: FxHashMap<String, u64>) -> Vec<KnownName> {
        let mut names: Vec<KnownName> = Vec::new();
        for (term, docs) in spellings.into_iter().filter(|(_, docs)| *docs > 0) {
            let Some((key, name)) = name_of(&term) else { continue };
            if self.naming.is_stopped(kind, key) {
                continue;
            }
            names.push(KnownName { key: key.to_owned(), name: name.into_owned(), docs });
        }
        names.sort_by(|a, b| b.docs.cmp(&a.docs).then_with(|| a.name.cmp(&b.name)));
        names
    }
}
