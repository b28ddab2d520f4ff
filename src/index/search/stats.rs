//! Statistics of a whole index.

use std::path::Path;

use fixedbitset::FixedBitSet;

use super::facets::{self, Matches};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::hit::Facet;
use crate::index::naming::Naming;
use crate::index::{Stats, engine, folder};

/// Counts, days, and the `top` most frequent values of each facet.
pub(crate) fn stats(
    searcher: &tantivy::Searcher,
    folder: &Path,
    top: usize,
    naming: &Naming,
    cancel: &Cancel,
) -> Result<Stats> {
    let segments = searcher.segment_readers();
    let everything: Vec<FixedBitSet> =
        segments.iter().map(|segment| segment.doc_ids_alive().map(|doc| doc as usize).collect()).collect();
    let matches: Vec<Matches<'_>> =
        segments.iter().zip(&everything).map(|(segment, bits)| Matches { segment, bits }).collect();
    let values = |facet| {
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let counts = facets::facet(facet, top, &matches, naming).map_err(engine("count a facet"))?;
        Ok(counts.values)
    };
    let (dated, published) = facets::published(&matches).map_err(engine("count its days"))?;
    Ok(Stats {
        articles: searcher.num_docs(),
        bytes: folder::size(folder),
        dated,
        published: published.map(|span| (span.first(), span.last())),
        sources: values(Facet::Source)?,
        languages: values(Facet::Lang)?,
        people: values(Facet::Person)?,
        orgs: values(Facet::Org)?,
        places: values(Facet::Place)?,
    })
}
