//! Reads everything back: compares every file and the manifest with their checksums, and unpacks every article.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::index::SegmentComponent;
use xxhash_rust::xxh3::xxh3_64;

use super::checkpoint::Checkpoint;
use super::folder::SEGMENTS;
use super::index_writer::{annotations_fit, parts_fit};
use super::manifest::Manifest;
use super::{Index, brief, engine};
use crate::error::{Error, Result};
use crate::hit::Stored;

/// The engine's list of its segments.
const META: &str = "meta.json";
/// The engine's list of all files that it wrote, with [`META`]. The engine deletes files of this list that it no longer
/// needs.
const MANAGED: &str = ".managed.json";

/// One sentence for each damage.
pub(super) fn verify(index: &Index) -> Result<Vec<String>> {
    let mut damages = files(index)?;
    let checkpoint = Checkpoint::load(&index.engine)?;
    if checkpoint.bytes > 0
        && let Err(error) = Manifest::read(&index.path, &checkpoint)
    {
        damages.push(error.to_string());
    }
    if damages.is_empty() {
        articles(index, &mut damages)?; // reading damaged files would add nothing
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
    let mut damages = Vec::new();
    for file in &files {
        if index.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        damages.extend(damage_of(index, &segments, file));
    }
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
    for stored in index.searcher()?.articles() {
        match stored {
            Ok(Stored { article, annotations }) => {
                if !parts_fit(&article) || !annotations_fit(&article, &annotations) {
                    damages.push(format!("the article {} has ranges outside its text", article.id));
                }
                if !ids.insert(xxh3_64(article.id.as_bytes())) {
                    damages.push(format!("the article {} is there twice", article.id));
                }
            }
            Err(Error::Cancelled) => return Err(Error::Cancelled),
            Err(error) => damages.push(error.to_string()),
        }
    }
    Ok(())
}
