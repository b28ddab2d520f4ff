//! Which files have gone from the disk, and whether that is to be believed.

use std::collections::HashSet;
use std::sync::Arc;

use super::tally::Prune;
use crate::error::{Error, Result};
use crate::index::Manifest;
use crate::read::File;

/// A root of this run.
#[derive(Debug)]
pub(super) struct Root {
    /// As the index knows it.
    pub(super) name: String,
    /// Whether all of it could be read.
    pub(super) whole: bool,
}

/// The files that the index knows below the roots and that are no longer there.
///
/// # Errors
/// An empty root, one that could not be read in full, and more than half of the known files gone look like a disk that
/// is not mounted: refused unless forced.
pub(super) fn gone(manifest: &Manifest, roots: &[Root], files: &[File], prune: Prune) -> Result<Vec<Arc<str>>> {
    if prune == Prune::No {
        return Ok(Vec::new());
    }
    let present: HashSet<&Arc<str>> = files.iter().map(|file| &file.name).collect();
    let mut all_gone = Vec::new();
    for root in roots {
        let known: Vec<&Arc<str>> = manifest.below(&root.name).collect();
        let gone: Vec<Arc<str>> = known.iter().copied().filter(|path| !present.contains(path)).cloned().collect();
        let doubt = if gone.is_empty() {
            None
        } else if !root.whole {
            Some("parts of it could not be read".to_owned())
        } else if gone.len() == known.len() {
            Some("it holds none of the files indexed from it".to_owned())
        } else if gone.len() * 2 > known.len() {
            Some(format!("{} of the {} files indexed from it are gone", gone.len(), known.len()))
        } else {
            None
        };
        if let Some(doubt) = doubt.filter(|_| prune != Prune::Force) {
            let name = &root.name;
            return Err(Error::Usage(format!(
                "nothing was pruned below {name}: {doubt}; if that is meant, use --prune=force"
            )));
        }
        all_gone.extend(gone);
    }
    Ok(all_gone)
}
