//! What stands in the index under a key, as of the last commit: the writer's view.

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, IndexReader, ReloadPolicy, SegmentReader, TERMINATED};

use super::engine;
use super::schema::column;
use super::writer::Standing;
use crate::error::Result;

/// The committed articles, by key.
pub(crate) struct Committed {
    reader: IndexReader,
    key: Field,
}

impl Committed {
    pub(crate) fn open(index: &tantivy::Index) -> Result<Committed> {
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine("open a reader"))?;
        let key = index.schema().get_field(column::KEY).map_err(engine("read its schema"))?;
        Ok(Committed { reader, key })
    }

    /// Sees the latest commit.
    pub(crate) fn reload(&mut self) -> Result<()> {
        self.reader.reload().map_err(engine("read its latest commit"))
    }

    /// What stands under `key`.
    pub(crate) fn standing(&self, key: &str) -> Result<Option<Standing>> {
        let term = Term::from_field_text(self.key, key);
        for segment in self.reader.searcher().segment_readers() {
            let Some(doc) = first_alive(segment, self.key, &term)? else { continue };
            return standing(segment, doc).map(Some);
        }
        Ok(None)
    }

    /// Keys of all articles whose raw `field` is `value`.
    pub(crate) fn keys_of(&self, field: Field, value: &str) -> Result<Vec<String>> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic);
        let found = searcher.search(&query, &DocSetCollector).map_err(engine("find the articles of a file"))?;
        let mut keys = Vec::with_capacity(found.len());
        for address in found {
            let segment = searcher.segment_reader(address.segment_ord);
            keys.push(text(segment, column::KEY, address.doc_id)?);
        }
        keys.sort();
        Ok(keys)
    }
}

fn first_alive(segment: &SegmentReader, field: Field, term: &Term) -> Result<Option<u32>> {
    let read = || -> tantivy::Result<Option<u32>> {
        let index = segment.inverted_index(field)?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { return Ok(None) };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(Some(postings.doc()));
            }
            postings.advance();
        }
        Ok(None)
    };
    read().map_err(engine("look up a key"))
}

fn standing(segment: &SegmentReader, doc: u32) -> Result<Standing> {
    let number = |name: &str| -> Result<u64> {
        let column = segment.fast_fields().u64(name).map_err(engine("open a column"))?;
        Ok(column.first(doc).unwrap_or(0))
    };
    Ok(Standing {
        rank: (number(column::VERSION)?, text(segment, column::FILE, doc)?, number(column::RECORD)?),
        digest: number(column::DIGEST)?,
    })
}

/// The value of a column of strings; empty when there is none.
pub(crate) fn text(segment: &SegmentReader, name: &str, doc: u32) -> Result<String> {
    let mut value = String::new();
    if let Some(column) = segment.fast_fields().str(name).map_err(engine("open a column"))?
        && let Some(ord) = column.term_ords(doc).next()
    {
        column.ord_to_str(ord, &mut value).map_err(|error| engine("read a column")(error.into()))?;
    }
    Ok(value)
}
