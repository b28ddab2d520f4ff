//! Random articles in an index, and the same articles as they are read back from the index.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;

use morgue::article::{Article, EntityKind, Zone};
use morgue::hit::Stored;
use morgue::ingest::{Options, Prune};
use morgue::token::{Stemming, Tokenizer, Tokens};
use morgue::{Index, Searcher, ingest};
use serde_json::json;

use crate::random::article;

/// An index, and all articles that are in it.
pub struct Archive {
    pub searcher: Searcher,
    pub articles: Vec<ArchivedArticle>,
    pub tokenizer: Tokenizer,
    _folder: tempfile::TempDir,
}

/// An article as it is read back from the index, and its tokens.
#[derive(Clone)]
pub struct ArchivedArticle {
    pub stored: Stored,
    pub tokens: Tokens,
}

/// Added to a seed, it makes another edition of the article: other content under the same id.
const EDITION: u64 = 1_000_000;

impl Archive {
    /// One archive of each kind.
    pub fn all() -> [Archive; 3] {
        [Archive::one_segment(), Archive::many_segments(), Archive::merged()]
    }

    /// All articles are in one segment; none was ever replaced.
    fn one_segment() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        let index = write_and_read(folder.path(), 0..150, 0..0, 1, u64::MAX);
        assert_eq!(segments(&index).0, 1);
        Archive::of(folder, &index, 0..150)
    }

    /// One segment for each of several runs. In some of them, articles were later replaced and deleted.
    pub fn many_segments() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        // So few articles are replaced and deleted that no segment is merged: they are still in its files.
        for (end, old) in [(240, 200..206), (280, 270..276), (320, 310..316)] {
            write_and_read(folder.path(), 200..end, old, 1, u64::MAX);
        }
        let index = write_and_read(folder.path(), 200..366, 0..0, 1, u64::MAX);
        delete(&index, 360..366);
        let (segments, with_deletes) = segments(&index);
        assert!(segments > 2 && with_deletes > 2, "{segments} segments, {with_deletes} with deletes");
        Archive::of(folder, &index, 200..360)
    }

    /// Many small commits, which the engine has merged. Some articles were deleted after that.
    fn merged() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        write_and_read(folder.path(), 400..560, 400..560, 2, 2_000);
        let index = write_and_read(folder.path(), 400..560, 0..0, 2, 2_000);
        delete(&index, 550..560);
        let (segments, _) = segments(&index);
        assert!(segments < 10, "{segments} segments after more than 20 commits");
        Archive::of(folder, &index, 400..550)
    }

    /// The archive over an index. The articles in the index must be those of `seeds`.
    fn of(folder: tempfile::TempDir, index: &Index, seeds: Range<u64>) -> Archive {
        let searcher = index.searcher().unwrap();
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let mut articles = Vec::new();
        let keep = &mut |stored: morgue::Result<Stored>| {
            let stored = stored?;
            let mut tokens = Tokens::default();
            tokenizer.article(&stored.article, &mut tokens);
            articles.push(ArchivedArticle { stored, tokens });
            Ok(())
        };
        searcher.each_article(keep).unwrap();
        let expected: BTreeSet<String> = seeds.map(|seed| own_id(&article(seed).0, seed)).collect();
        let there: BTreeSet<String> = articles.iter().filter_map(|one| one.stored.article.own_id.clone()).collect();
        assert_eq!(there, expected);
        assert_eq!(there.len(), articles.len());
        Archive { searcher, articles, tokenizer, _folder: folder }
    }
}

fn own_id(article: &Article, seed: u64) -> String {
    match &article.own_id {
        Some(own) => format!("{own}-{seed}"),
        None => format!("urn:random:{seed}"),
    }
}

/// Writes the articles of `seeds` as JSON Lines, and reads the folder. The articles of `old` are written in another
/// edition. Each article is written into the file that its first edition names.
fn write_and_read(folder: &Path, seeds: Range<u64>, old: Range<u64>, threads: usize, commit_bytes: u64) -> Index {
    let news = folder.join("news");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for seed in seeds {
        let first = article(seed).0;
        let file = files.entry(first.origin.path.to_string()).or_default();
        let edition = if old.contains(&seed) { EDITION } else { 0 };
        writeln!(file, "{}", record(&own_id(&first, seed), seed + edition)).unwrap();
    }
    for (path, lines) in files {
        let path = news.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines).unwrap();
    }
    let index = Index::open_or_create(folder.join("index")).unwrap();
    let options = Options { threads, commit_bytes, prune: Prune::Force, ..Options::default() };
    let tally = ingest([&news], &index, &options, |_| ()).unwrap();
    assert!(tally.skipped.is_empty(), "{tally:?}");
    index
}

fn delete(index: &Index, seeds: Range<u64>) {
    for seed in seeds {
        assert_eq!(index.delete(&own_id(&article(seed).0, seed)).unwrap(), 1);
    }
}

/// The number of segments of the index, and the number of segments with deleted articles.
fn segments(index: &Index) -> (usize, usize) {
    let files = fs::read_dir(index.path().join("segments")).unwrap();
    let names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let count = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
    (count(".store"), count(".del"))
}

/// An article as a source writes it.
fn record(id: &str, seed: u64) -> serde_json::Value {
    let (article, annotations) = article(seed);
    let mut captions: Vec<serde_json::Value> = Vec::new();
    for part in &article.parts {
        let text = &article.text[part.range.clone()];
        match (part.zone, captions.last_mut()) {
            (Zone::Caption, _) => captions.push(json!({ "caption": text })),
            (Zone::Credit, Some(caption)) => caption["credit"] = text.into(),
            _ => {}
        }
    }
    let names = |kind: EntityKind| {
        let of_kind = annotations.entities.iter().filter(|entity| entity.kind == kind);
        of_kind.map(|entity| entity.name.as_str()).collect::<Vec<_>>()
    };
    json!({
        "id": id,
        // A record with neither title nor body is not an article.
        "title": if article.texts(Zone::Body).next().is_none() { "The dam" } else { article.title() },
        "body": article.texts(Zone::Body).collect::<Vec<_>>().join("\n\n"),
        "captions": captions,
        "url": article.url,
        "source": article.source,
        "byline": article.byline,
        "dateline": article.dateline.map(|dateline| dateline.text),
        "language": article.language,
        "section": article.section,
        "keywords": article.keywords,
        "extra": article.extra,
        "published": article.published.map(|published| published.span.to_string()),
        "people": names(EntityKind::Person),
        "orgs": names(EntityKind::Org),
        "places": names(EntityKind::Place),
    })
}
