//! What is in an index, counted over all of it.

use std::path::Path;

use fixedbitset::FixedBitSet;

use super::facets::{self, Matches};
use crate::hit::Facet;
use crate::index::naming::Naming;
use crate::index::{Stats, folder};

/// Counts, days, and the `top` most frequent values of each facet.
pub(crate) fn stats(engine: &tantivy::Searcher, folder: &Path, top: usize, naming: &Naming) -> tantivy::Result<Stats> {
    let segments = engine.segment_readers();
    let everything: Vec<FixedBitSet> =
        segments.iter().map(|segment| segment.doc_ids_alive().map(|doc| doc as usize).collect()).collect();
    let matches: Vec<Matches<'_>> =
        segments.iter().zip(&everything).map(|(segment, bits)| Matches { segment, bits }).collect();
    let values = |facet| facets::facet(facet, top, &matches, naming).map(|counts| counts.values);
    let (dated, published) = facets::published(&matches)?;
    Ok(Stats {
        articles: engine.num_docs(),
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
