//! Reading everything back: every file against its checksum, every article against its digest.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::manifest::Manifest;
use super::{Index, load_checkpoint};
use crate::error::Result;

/// What is damaged, a sentence each.
pub(crate) fn verify(index: &Index) -> Result<Vec<String>> {
    let mut damages = Vec::new();
    let files = catch_unwind(AssertUnwindSafe(|| index.engine.validate_checksum()));
    match files {
        Ok(Ok(files)) => {
            let mut files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            files.sort();
            damages.extend(files.into_iter().map(|file| format!("segments/{file} does not match its checksum")));
        }
        Ok(Err(error)) => damages.push(format!("its files cannot be checked ({error})")),
        Err(_) => damages.push("its files cannot be checked (one is cut short)".to_owned()),
    }
    if !damages.is_empty() {
        return Ok(damages); // reading damaged files tells nothing more
    }
    let mut ids = HashSet::new();
    index.searcher()?.each_article(&mut |stored| {
        match stored {
            Ok(stored) => {
                let article = &stored.article;
                let sound = article.parts.iter().all(|part| article.text.get(part.range.clone()).is_some())
                    && stored
                        .annotations
                        .entities
                        .iter()
                        .flat_map(|entity| &entity.mentions)
                        .all(|range| article.text.get(range.clone()).is_some());
                if !sound {
                    damages.push(format!("the article {} has ranges outside its text", article.id));
                }
                if !ids.insert(xxhash_rust::xxh3::xxh3_64(article.id.as_bytes())) {
                    damages.push(format!("the article {} is there twice", article.id));
                }
            }
            Err(error) => damages.push(error.to_string()),
        }
        Ok(())
    })?;
    let checkpoint = load_checkpoint(&index.engine)?;
    if checkpoint.bytes > 0
        && let Err(error) = Manifest::read(&index.path, &checkpoint)
    {
        damages.push(error.to_string());
    }
    Ok(damages)
}
