//! Reading everything back: every file against its checksum, the list of files read against its own, and every article.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::index::SegmentComponent;
use xxhash_rust::xxh3::xxh3_64;

use super::folder::SEGMENTS;
use super::manifest::Manifest;
use super::{Index, brief, engine, load_checkpoint};
use crate::error::Result;

/// The engine's list of its segments.
const META: &str = "meta.json";
/// The engine's list of all files that it wrote, [`META`] among them, by which it finds what it may throw away.
const MANAGED: &str = ".managed.json";

/// What is damaged, a sentence each.
pub(crate) fn verify(index: &Index) -> Result<Vec<String>> {
    let mut damages = files(index)?;
    let checkpoint = load_checkpoint(&index.engine)?;
    if checkpoint.bytes > 0
        && let Err(error) = Manifest::read(&index.path, &checkpoint)
    {
        damages.push(error.to_string());
    }
    if damages.is_empty() {
        articles(index, &mut damages)?; // of damaged files, reading them would tell nothing more
    }
    Ok(damages)
}

/// Compares every file of the latest commit with its checksum.
fn files(index: &Index) -> Result<Vec<String>> {
    let metas = index.engine.load_metas().map_err(engine("read its commits"))?;
    let mut files: BTreeSet<PathBuf> = metas.list_segment_files().into_iter().collect();
    for segment in metas.segments.iter().filter(|segment| !segment.has_deletes()) {
        files.remove(&segment.relative_path(SegmentComponent::Delete));
    }
    let segments = index.path.join(SEGMENTS);
    let mut damages: Vec<String> = files.iter().filter_map(|file| damage_of(index, &segments, file)).collect();
    let listed = fs::read(segments.join(MANAGED)).ok();
    let listed: Option<HashSet<PathBuf>> = listed.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    files.insert(META.into());
    if !listed.is_some_and(|listed| files.iter().all(|file| listed.contains(file))) {
        damages.push(format!("{SEGMENTS}/{MANAGED} does not list every file"));
    }
    Ok(damages)
}

fn damage_of(index: &Index, segments: &Path, file: &Path) -> Option<String> {
    let name = format!("{SEGMENTS}/{}", file.display());
    if !segments.join(file).is_file() {
        return Some(format!("{name} is missing"));
    }
    let check = catch_unwind(AssertUnwindSafe(|| index.engine.directory().validate_checksum(file)));
    match check {
        Ok(Ok(true)) => None,
        Ok(Ok(false)) => Some(format!("{name} does not match its checksum")),
        Ok(Err(error)) => Some(format!("{name} cannot be checked ({})", brief(&error.to_string()))),
        Err(_) => Some(format!("{name} cannot be checked (it is cut short)")),
    }
}

/// Reads every article back.
fn articles(index: &Index, damages: &mut Vec<String>) -> Result<()> {
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
                if !ids.insert(xxh3_64(article.id.as_bytes())) {
                    damages.push(format!("the article {} is there twice", article.id));
                }
            }
            Err(error) => damages.push(error.to_string()),
        }
        Ok(())
    })
}
