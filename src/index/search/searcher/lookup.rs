//! Look-ups without a query: articles by id, by their place in a file, and by their address in the engine.

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use super::{Ids, Inner};
use crate::error::{Error, Result};
use crate::hit::Stored;
use crate::index::columns::text;
use crate::index::search::clause::Finder;
use crate::index::search::ranges::Effort;
use crate::index::{engine, stored};

impl Inner {
    /// Reads a stored article back.
    pub(super) fn stored(&self, address: DocAddress) -> Result<Stored> {
        let document: TantivyDocument = self.engine.doc(address).map_err(engine("read a stored article"))?;
        let damaged = |what: &str| Error::Damaged { path: self.folder.clone(), what: what.to_owned() };
        let value =
            document.get_first(self.fields.stored).ok_or_else(|| damaged("a document has no stored article"))?;
        let bytes = value.as_bytes().ok_or_else(|| damaged("a stored article is not a value of bytes"))?;
        stored::unpack(bytes).map_err(|error| damaged(&format!("a stored article cannot be read ({error})")))
    }

    /// Both ids of the article at `address`.
    pub(super) fn ids(&self, address: DocAddress) -> Result<Ids> {
        let columns = &self.statistics()?.columns[address.segment_ord as usize];
        let own = text(columns.own.as_ref(), address.doc_id).map_err(engine("read an id"))?;
        Ok(Ids { id: self.key(address)?, own_id: own })
    }

    /// The id of the article at `address`.
    pub(super) fn key(&self, address: DocAddress) -> Result<String> {
        let columns = &self.statistics()?.columns[address.segment_ord as usize];
        let key = text(columns.key.as_ref(), address.doc_id).map_err(engine("read an id"))?;
        Ok(key.unwrap_or_default())
    }

    /// Live documents with this id; if there is none, live documents with this as the source's own id. Sorted by id.
    pub(super) fn by_id(&self, id: &str) -> Result<Vec<DocAddress>> {
        for field in [self.fields.key, self.fields.own] {
            let found = self.with_term(field, id)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// Live documents that were read from `path#record`, sorted by id.
    pub(super) fn by_place(&self, place: &str) -> Result<Vec<DocAddress>> {
        let Some((path, record)) = place.rsplit_once('#') else { return Ok(Vec::new()) };
        let Ok(record) = record.parse::<u64>() else { return Ok(Vec::new()) };
        let mut found = self.with_term(self.fields.file, path)?;
        let columns = &self.statistics()?.columns;
        found.retain(|at| columns[at.segment_ord as usize].record.first(at.doc_id) == Some(record));
        Ok(found)
    }

    /// Live documents that have the raw term `text` in `field`, sorted by id.
    fn with_term(&self, field: Field, text: &str) -> Result<Vec<DocAddress>> {
        let mut found: Vec<(String, DocAddress)> = Vec::new();
        for (ord, segment) in self.engine.segment_readers().iter().enumerate() {
            let finder = Finder { segment, fields: &self.fields, effort: &Effort::for_articles(0) };
            let bits = finder.with_term(field, text).map_err(engine("look up an id"))?;
            for doc in bits.ones().map(|doc| doc as u32).filter(|&doc| !segment.is_deleted(doc)) {
                let address = DocAddress::new(ord as u32, doc);
                found.push((self.key(address)?, address));
            }
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }
}
