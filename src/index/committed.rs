//! The articles of the latest commit, as the writer needs them: which record is in the index under a key.

use tantivy::columnar::Column;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, IndexReader, ReloadPolicy, SegmentReader, TERMINATED};

use super::columns::{Columns, text};
use super::engine;
use super::file_path::{MEMBER, holds};
use super::schema::{Prepared, Rank, column};
use crate::error::Result;

/// The record that is in the index under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) rank: Rank,
    /// Digest of the article's content without the number of its record.
    pub(super) digest: u64,
}

impl Standing {
    /// Whether the index already holds this article: the same content and version, from the same file. The number of the
    /// record is ignored: all numbers change when the first record of a file is removed.
    pub(super) fn is_same_as(&self, article: &Prepared) -> bool {
        self.digest == article.digest
            && self.rank.version == article.rank.version
            && self.rank.path == article.rank.path
    }

    /// Whether it was read from a file or one of its members.
    pub(super) fn is_from(&self, file: &str) -> bool {
        holds(file, &self.rank.path)
    }
}

/// The committed articles, by key and by file.
pub(super) struct Committed {
    reader: IndexReader,
    key: Field,
    file: Field,
    columns: Vec<Columns>,
}

impl Committed {
    pub(super) fn open(index: &tantivy::Index) -> Result<Committed> {
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine("open a reader"))?;
        let field = |name| index.schema().get_field(name).map_err(engine("read its schema"));
        let mut committed =
            Committed { reader, key: field(column::KEY)?, file: field(column::FILE)?, columns: Vec::new() };
        committed.open_columns()?;
        Ok(committed)
    }

    /// Switches to the latest commit.
    pub(super) fn reload(&mut self) -> Result<()> {
        self.reader.reload().map_err(engine("read its latest commit"))?;
        self.open_columns()
    }

    fn open_columns(&mut self) -> Result<()> {
        let searcher = self.reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::open);
        self.columns = columns.collect::<tantivy::Result<_>>().map_err(engine("open its columns"))?;
        Ok(())
    }

    /// The record under `key`.
    pub(super) fn standing(&self, key: &str) -> Result<Option<Standing>> {
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

    /// Keys of all articles that were read from a file or, if it is an archive, from its members.
    pub(super) fn keys_of(&self, file: &str) -> Result<Vec<String>> {
        let find = || -> tantivy::Result<Vec<String>> {
            let mut keys = Vec::new();
            for (segment, columns) in self.reader.searcher().segment_readers().iter().zip(&self.columns) {
                let index = segment.inverted_index(self.file)?;
                // The path of a member is the archive's path, `!/` and the member's name. The next character after `/`
                // is `0`.
                let (from, to) = (format!("{file}{MEMBER}"), format!("{file}!0"));
                let mut members = index.terms().range().ge(&from).lt(&to).into_stream()?;
                let mut infos: Vec<TermInfo> =
                    index.get_term_info(&Term::from_field_text(self.file, file))?.into_iter().collect();
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
    let path = text(columns.file.as_ref(), doc)?.unwrap_or_default();
    let rank = Rank { version: number(&columns.version), path, record: number(&columns.record) };
    Ok(Standing { rank, digest: number(&columns.digest) })
}
