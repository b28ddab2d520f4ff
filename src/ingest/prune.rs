//! Which files have gone from the disk, and whether that is to be believed.

use std::collections::HashSet;
use std::sync::Arc;

use super::tally::Prune;
use crate::error::{Error, Result};
use crate::index::{Writer, is_below};
use morgue_read::read::File;

/// A root of this run.
#[derive(Debug)]
pub(super) struct Root {
    /// As the index knows it.
    pub(super) name: String,
    /// What of it could not be read, named likewise: nothing is known of what lies there.
    pub(super) unread: Vec<String>,
}

/// The files that the index knows below the roots and that are no longer there. Unless forced, those that lie where
/// nothing could be read are not among them.
///
/// # Errors
/// An empty root, and more than half of the known articles gone, look like a disk that is not mounted: refused unless
/// forced.
pub(super) fn gone(writer: &Writer, roots: &[Root], files: &[File], prune: Prune) -> Result<Vec<Arc<str>>> {
    if prune == Prune::No {
        return Ok(Vec::new());
    }
    let present: HashSet<&Arc<str>> = files.iter().map(|file| &file.name).collect();
    let mut all_gone = Vec::new();
    for Root { name, unread } in roots {
        let known: Vec<(&Arc<str>, u64)> = writer.known_below(name).collect();
        let is_unread = |path: &str| prune != Prune::Force && unread.iter().any(|part| is_below(path, part));
        let is_gone = |path: &Arc<str>| !present.contains(path) && !is_unread(path);
        let gone: Vec<(&Arc<str>, u64)> = known.iter().copied().filter(|(path, _)| is_gone(path)).collect();
        let articles_known: u64 = known.iter().map(|(_, articles)| articles).sum();
        let articles_gone: u64 = gone.iter().map(|(_, articles)| articles).sum();
        let doubt = if gone.is_empty() {
            None
        } else if gone.len() == known.len() {
            Some("it holds none of the files indexed from it".to_owned())
        } else if articles_gone * 2 > articles_known {
            Some(format!("{articles_gone} of the {articles_known} articles indexed from it would go"))
        } else {
            None
        };
        if let Some(doubt) = doubt.filter(|_| prune != Prune::Force) {
            return Err(Error::PruneRefused { root: name.clone(), doubt });
        }
        all_gone.extend(gone.into_iter().map(|(path, _)| path.clone()));
    }
    Ok(all_gone)
}
