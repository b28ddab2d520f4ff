//! Finds the files that no longer exist, and doubts it if too many are missing.

use std::collections::HashSet;
use std::sync::Arc;

use super::tally::Prune;
use crate::error::{Error, Result};
use crate::index::{Writer, is_below};
use morgue_read::read::File;

/// A root of this run.
#[derive(Debug)]
pub(super) struct Root {
    /// The name of the root in the index.
    pub(super) name: String,
    /// The paths below it that could not be read, named as in the index. Files below them may still exist.
    pub(super) unread: Vec<String>,
}

/// The known files below the roots that no longer exist. Unless forced, files below paths that could not be read are left
/// out.
///
/// # Errors
/// [`Error::PruneRefused`] unless forced, if a root has none of its known files or if more than half of its articles would
/// be removed: that looks like a disk that is not mounted.
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
