//! What stands in the index under a key, as of the last commit: the writer's view.

use tantivy::columnar::Column;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, IndexReader, ReloadPolicy, SegmentReader, TERMINATED};

use super::columns::{Columns, text};
use super::engine;
use super::manifest::MEMBER;
use super::schema::column;
use super::writer::Standing;
use crate::error::Result;

/// The committed articles, by key.
pub(crate) struct Committed {
    reader: IndexReader,
    key: Field,
    columns: Vec<Columns>,
}

impl Committed {
    pub(crate) fn open(index: &tantivy::Index) -> Result<Committed> {
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine("open a reader"))?;
        let key = index.schema().get_field(column::KEY).map_err(engine("read its schema"))?;
        let mut committed = Committed { reader, key, columns: Vec::new() };
        committed.open_columns()?;
        Ok(committed)
    }

    /// Sees the latest commit.
    pub(crate) fn reload(&mut self) -> Result<()> {
        self.reader.reload().map_err(engine("read its latest commit"))?;
        self.open_columns()
    }

    fn open_columns(&mut self) -> Result<()> {
        let searcher = self.reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::open);
        self.columns = columns.collect::<tantivy::Result<_>>().map_err(engine("open its columns"))?;
        Ok(())
    }

    /// What stands under `key`.
    pub(crate) fn standing(&self, key: &str) -> Result<Option<Standing>> {
        let term = Term::from_field_text(self.key, key);
        let find = || -> tantivy::Result<Option<Standing>> {
            for (segment, columns) in self.reader.searcher().segment_readers().iter().zip(&self.columns) {
                if let Some(doc) = first_alive(segment, self.key, &term)? {
                    return standing(columns, doc).map(Some);
                }
            }
            Ok(None)
        };
        find().map_err(engine("look up a key"))
    }

    /// Keys of all articles read from a file or, where it is an archive, from its members; `field` is that of files.
    pub(crate) fn keys_of(&self, field: Field, file: &str) -> Result<Vec<String>> {
        let find = || -> tantivy::Result<Vec<String>> {
            let mut keys = Vec::new();
            for (segment, columns) in self.reader.searcher().segment_readers().iter().zip(&self.columns) {
                let index = segment.inverted_index(field)?;
                // A member's name is the archive's, `!/` and its own; the character after `/` is `0`.
                let (from, to) = (format!("{file}{MEMBER}"), format!("{file}!0"));
                let mut members = index.terms().range().ge(&from).lt(&to).into_stream()?;
                let mut infos: Vec<TermInfo> =
                    index.get_term_info(&Term::from_field_text(field, file))?.into_iter().collect();
                while members.advance() {
                    infos.push(members.value().clone());
                }
                for info in infos {
                    let mut postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                    while postings.doc() != TERMINATED {
                        if !segment.is_deleted(postings.doc()) {
                            keys.extend(text(columns.key.as_ref(), postings.doc())?);
                        }
                        postings.advance();
                    }
                }
            }
            keys.sort();
            Ok(keys)
        };
        find().map_err(engine("find the articles of a file"))
    }
}

fn first_alive(segment: &SegmentReader, field: Field, term: &Term) -> tantivy::Result<Option<u32>> {
    let index = segment.inverted_index(field)?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { return Ok(None) };
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            return Ok(Some(postings.doc()));
        }
        postings.advance();
    }
    Ok(None)
}

fn standing(columns: &Columns, doc: u32) -> tantivy::Result<Standing> {
    let number = |column: &Column<u64>| column.first(doc).unwrap_or(0);
    let file = text(columns.file.as_ref(), doc)?.unwrap_or_default();
    Ok(Standing { rank: (number(&columns.version), file, number(&columns.record)), digest: number(&columns.digest) })
}
