//! The words of the index that match a pattern.
//!
//! A pattern with a known beginning reads a small part of the engine's dictionary. The first pattern without one copies
//! all words into one buffer. Reading the dictionary takes a tenth of a microsecond for each word; scanning the buffer is
//! ten times as fast.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::index::SegmentId;
use tantivy::schema::Field as EngineField;
use tantivy::{SegmentReader, Term};
use tantivy_fst::Automaton;

use super::{docs_of, live_docs};
use crate::index::encode::{FIRST_EXACT, extra_range};
use crate::query::{ExpandedTerm, PatternState, WordPattern};

/// The largest size of all lists of one searcher together, in bytes. A segment that does not fit is read from the
/// dictionary each time.
const MAX_LIST_BYTES: usize = 64 << 20;

/// A pattern in the form that the engine's dictionaries accept.
struct PatternAutomaton<'p>(&'p WordPattern);

impl Automaton for PatternAutomaton<'_> {
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

/// The exact forms of one segment, sorted.
struct WordList {
    /// All words, one after another.
    words: String,
    /// For each word: its end in `words`, and the number of documents that have it, including deleted documents.
    each: Vec<(u32, u32)>,
}

impl WordList {
    /// The list of one segment. `None` if it would take more than `room` bytes.
    fn of(segment: &SegmentReader, field: EngineField, room: usize) -> tantivy::Result<Option<WordList>> {
        let index = segment.inverted_index(field)?;
        let mut list = WordList { words: String::new(), each: Vec::new() };
        let mut terms = index.terms().range().ge(FIRST_EXACT).into_stream()?;
        while terms.advance() {
            let Ok(word) = str::from_utf8(terms.key()) else { continue };
            list.words.push_str(word);
            list.each.push((list.words.len() as u32, terms.value().doc_freq)); // at most MAX_LIST_BYTES and one word
            if list.size() > room {
                return Ok(None);
            }
        }
        Ok(Some(list))
    }

    fn size(&self) -> usize {
        self.words.len() + self.each.len() * size_of::<(u32, u32)>()
    }

    fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut start = 0;
        self.each.iter().map(move |&(end, docs)| {
            let word = &self.words[start..end as usize];
            start = end as usize;
            (word, docs)
        })
    }
}

type Lists = FxHashMap<(SegmentId, EngineField), Option<Arc<WordList>>>;

/// The lists that one searcher has made so far. A segment that is too large for a list has `None`.
#[derive(Default)]
pub(crate) struct WordLists(Mutex<Lists>);

/// The number of bytes that another list may take.
fn room(lists: &Lists) -> usize {
    MAX_LIST_BYTES.saturating_sub(lists.values().flatten().map(|list| list.size()).sum())
}

impl WordLists {
    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, segment: &SegmentReader, field: EngineField) -> tantivy::Result<Option<Arc<WordList>>> {
        let place = (segment.segment_id(), field);
        if let Some(list) = self.lists().get(&place) {
            return Ok(list.clone());
        }
        let room_before = room(&self.lists());
        let list = WordList::of(segment, field, room_before)?.map(Arc::new);
        let mut lists = self.lists();
        let list = list.filter(|list| list.size() <= room(&lists)); // other threads may have added lists meanwhile
        lists.insert(place, list.clone());
        Ok(list)
    }

    /// The exact forms of one segment that match and that live documents have, sorted.
    pub(super) fn matching(
        &self,
        segment: &SegmentReader,
        field: EngineField,
        pattern: &WordPattern,
    ) -> tantivy::Result<Vec<ExpandedTerm>> {
        let index = segment.inverted_index(field)?;
        let mut found = Vec::new();
        let mut take = |word: &str, edits: u8, docs: u64| {
            if docs > 0 {
                found.push(ExpandedTerm { text: word.to_owned(), docs, edits });
            }
        };
        let list = if pattern.prunes() { None } else { self.get(segment, field)? };
        if let Some(list) = list {
            for (word, docs) in list.iter() {
                let Some(edits) = pattern.matches(word) else { continue };
                let docs = if segment.has_deletes() {
                    docs_of(segment, &index, &Term::from_field_text(field, word))?
                } else {
                    u64::from(docs)
                };
                take(word, edits, docs);
            }
            return Ok(found);
        }
        let from = if pattern.prefix().is_empty() { FIRST_EXACT } else { pattern.prefix().as_bytes() };
        let mut terms = index.terms().search(PatternAutomaton(pattern)).ge(from).into_stream()?;
        while terms.advance() {
            let Ok(word) = str::from_utf8(terms.key()) else { continue };
            if let Some(edits) = pattern.matches(word) {
                take(word, edits, live_docs(segment, &index, terms.value())?);
            }
        }
        Ok(found)
    }
}

/// The exact forms of one user field in one segment that match and that live documents have, sorted. It reads all words
/// of that user field, because there are few.
pub(super) fn matching_in_extra(
    segment: &SegmentReader,
    field: EngineField,
    name: &str,
    pattern: &WordPattern,
) -> tantivy::Result<Vec<ExpandedTerm>> {
    let index = segment.inverted_index(field)?;
    let (from, to) = extra_range(name);
    let mut terms = index.terms().range().ge(&from).lt(&to).into_stream()?;
    let mut found = Vec::new();
    while terms.advance() {
        let word = str::from_utf8(terms.key()).ok().and_then(|term| term.strip_prefix(&*from));
        let Some((word, edits)) = word.and_then(|word| Some((word, pattern.matches(word)?))) else { continue };
        let docs = live_docs(segment, &index, terms.value())?;
        if docs > 0 {
            found.push(ExpandedTerm { text: word.to_owned(), docs, edits });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, TantivyDocument};

    use super::*;

    /// An index of two segments. One document of the first segment is deleted.
    fn index() -> (tantivy::Searcher, EngineField) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 16 << 20).unwrap();
        writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        for (words, deleted) in [(["\u{2}gat", "gate", "floodgate"], Some("gate")), (["tailgate", "gates", "門"], None)]
        {
            for word in words {
                let mut document = TantivyDocument::new();
                document.add_text(field, word);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
            writer.delete_term(Term::from_field_text(field, deleted.unwrap_or("\0")));
            writer.commit().unwrap();
        }
        (index.reader().unwrap().searcher(), field)
    }

    #[test]
    fn a_list_gives_the_same_words_as_the_dictionary() {
        let (searcher, field) = index();
        let listed = WordLists::default();
        let unlisted = WordLists::default();
        for segment in searcher.segment_readers() {
            unlisted.lists().insert((segment.segment_id(), field), None);
        }
        let of = |lists: &WordLists, pattern: &WordPattern| -> Vec<(String, u64)> {
            let segments = searcher.segment_readers().iter();
            let words = segments.flat_map(|segment| lists.matching(segment, field, pattern).unwrap());
            let mut words: Vec<(String, u64)> = words.map(|word| (word.text, word.docs)).collect();
            words.sort(); // the order of the segments is not defined
            words
        };
        for (source, expected) in [
            ("*gate", &["floodgate", "tailgate"][..]),
            ("*g?te*", &["floodgate", "gates", "tailgate"]),
            ("*門", &["門"]),
        ] {
            let pattern = WordPattern::wildcard(source);
            let words = of(&listed, &pattern);
            assert_eq!(words, of(&unlisted, &pattern), "{source}");
            let expected: Vec<(String, u64)> = expected.iter().map(|word| ((*word).to_owned(), 1)).collect();
            assert_eq!(words, expected, "{source}");
        }
        assert_eq!(listed.lists().values().flatten().count(), searcher.segment_readers().len());
    }

    #[test]
    fn a_list_that_is_too_large_is_not_made() {
        let (searcher, field) = index();
        let segment = &searcher.segment_readers()[1];
        let list = WordList::of(segment, field, MAX_LIST_BYTES).unwrap().unwrap();
        assert!(WordList::of(segment, field, list.size()).unwrap().is_some());
        assert!(WordList::of(segment, field, list.size() - 1).unwrap().is_none());
    }
}
