//! The columns of one segment. They are opened once, because opening one costs as much as a small search.

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use super::schema::column;

/// The values of each document.
pub(crate) struct Columns {
    /// First day of publication.
    pub(crate) first_day: Column<i64>,
    /// Last day of publication.
    pub(crate) last_day: Column<i64>,
    /// The article's id.
    pub(crate) key: Option<StrColumn>,
    /// The source's own id.
    pub(crate) own: Option<StrColumn>,
    /// The file it was read from.
    pub(crate) file: Option<StrColumn>,
    pub(crate) record: Column<u64>,
    pub(crate) version: Column<u64>,
    pub(crate) digest: Column<u64>,
    /// The number of words.
    pub(crate) length: Column<u64>,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        Ok(Columns {
            first_day: columns.i64(column::FIRST_DAY)?,
            last_day: columns.i64(column::LAST_DAY)?,
            key: columns.str(column::KEY)?,
            own: columns.str(column::OWN)?,
            file: columns.str(column::FILE)?,
            record: columns.u64(column::RECORD)?,
            version: columns.u64(column::VERSION)?,
            digest: columns.u64(column::DIGEST)?,
            length: columns.u64(column::LENGTH)?,
        })
    }
}

/// The first value of a document; `None` if it has no value.
pub(crate) fn text(column: Option<&StrColumn>, doc: u32) -> tantivy::Result<Option<String>> {
    let Some(column) = column else { return Ok(None) };
    let Some(ord) = column.term_ords(doc).next() else { return Ok(None) };
    let mut value = String::new();
    column.ord_to_str(ord, &mut value)?;
    Ok(Some(value))
}
