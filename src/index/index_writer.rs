//! A long-lived writer for articles from memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::schema::Preparer;
use super::writer::{Added, Writer};
use super::{Index, Searcher};
use crate::error::{Error, Result};
use morgue_annotate::Annotator;
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use morgue_article::{Annotations, Article, ExtraName, Origin};

/// The origin path of articles that have none, unless [`IndexWriter::named`] gives another.
const DEFAULT_NAME: &str = "memory";

/// Adds articles from memory to an index, and deletes articles.
///
/// A writer can stay open for as long as the program runs. It holds the lock of the index, so that there is one writer at
/// a time; searches run next to it and see the latest commit. What was added or deleted since the last commit is lost
/// when the writer is dropped or the process dies; what was committed before is safe.
///
/// Of several records with one id the index holds the one with the latest version, then the last origin path. Within one
/// origin path, a new record replaces an older one of the same version. See [`Added`].
///
/// ```
/// use morgue::index::Added;
/// use morgue::{Article, Index};
/// use morgue::article::Zone;
///
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path().join("index"))?;
/// let mut writer = index.writer()?.named("desk");
///
/// let mut article = Article { own_id: Some("17".to_owned()), ..Article::default() };
/// article.push(Zone::Title, "Ferry strike ends");
/// assert_eq!(writer.add(article.clone())?, Added::New);
/// assert_eq!(writer.add(article.clone())?, Added::Unchanged);
/// article.push(Zone::Body, "The crews returned on Tuesday.");
/// assert_eq!(writer.add(article)?, Added::Replaced);
/// writer.commit()?;
///
/// assert_eq!(writer.delete("17")?, 1);
/// writer.rollback()?; // nothing is deleted
/// assert!(index.searcher()?.get("desk#17")?.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct IndexWriter {
    index: Index,
    name: Arc<str>,
    /// The number of the next record of this writer, from 1.
    next_record: u64,
    /// Keys of uncommitted articles, by the source's own id.
    pending_own_ids: HashMap<String, BTreeSet<String>>,
    /// Looks up the committed ids; made by the first call of `delete` after a commit.
    searcher: Option<Searcher>,
    preparer: Preparer,
    tokenizer: Tokenizer,
    tokens: Tokens,
    /// Made by the first article that has to be annotated.
    annotator: Option<Annotator>,
    writer: Writer,
}

impl IndexWriter {
    pub(super) fn open(index: &Index) -> Result<IndexWriter> {
        let writer = index.open_writer(1, &index.cancel)?;
        Ok(IndexWriter {
            index: index.clone(),
            name: DEFAULT_NAME.into(),
            next_record: 1,
            pending_own_ids: HashMap::new(),
            searcher: None,
            preparer: writer.preparer(),
            tokenizer: Tokenizer::new(Stemming::default()),
            tokens: Tokens::default(),
            annotator: None,
            writer,
        })
    }

    /// Names the source of the articles: the origin path of every article that has none, and the beginning of ids that
    /// are local to the source (`name#...`). Writers with different names keep such ids apart. Call it before the first
    /// [`add`](IndexWriter::add): articles that are added already keep their ids.
    pub fn named(mut self, name: &str) -> IndexWriter {
        self.name = name.into();
        self
    }

    /// Adds an article, with the names and days that are found in it.
    ///
    /// An article without an origin path gets the writer's name as path and the next number as record. An article whose
    /// [`Article::id`] is empty gets an id that is local to its path: from the source's own id if it has one, else from its
    /// content.
    ///
    /// # Errors
    /// [`Error::InvalidArticle`] if [`Article::parts`] does not fit the text, and [`Error::InvalidUserField`] if a name in
    /// [`Article::extra`] is not an [`ExtraName`]. The writer can be used further. Other errors mean that the index cannot
    /// be written.
    pub fn add(&mut self, article: Article) -> Result<Added> {
        let article = self.identified(article)?;
        self.tokenizer.article(&article, &mut self.tokens);
        let annotations = self.annotator.get_or_insert_with(Annotator::new).annotate(&article, &self.tokens);
        self.place(&article, &annotations)
    }

    /// The same as [`IndexWriter::add`] with annotations that exist already.
    ///
    /// # Errors
    /// Those of [`IndexWriter::add`], and [`Error::InvalidArticle`] if the annotations do not fit the text.
    pub fn add_annotated(&mut self, article: Article, annotations: &Annotations) -> Result<Added> {
        let article = self.identified(article)?;
        if !annotations_fit(&article, annotations) {
            return Err(Error::InvalidArticle { id: article.id });
        }
        self.tokenizer.article(&article, &mut self.tokens);
        self.place(&article, annotations)
    }

    fn identified(&mut self, mut article: Article) -> Result<Article> {
        if !parts_fit(&article) {
            return Err(Error::InvalidArticle { id: article.id });
        }
        let invalid = article.extra.keys().find_map(|name| ExtraName::new(name).err());
        if let Some(source) = invalid {
            return Err(Error::InvalidUserField { id: article.id, source });
        }
        if article.origin.path.is_empty() {
            article.origin = self.next_origin();
        }
        if article.id.is_empty() {
            article.id = match &article.own_id {
                Some(own) => format!("{}#{own}", article.origin.path),
                None => id_by_content(&article),
            };
        }
        Ok(article)
    }

    /// The origin of the next article that has none.
    pub(crate) fn next_origin(&mut self) -> Origin {
        let origin = Origin { path: self.name.clone(), record: self.next_record };
        self.next_record += 1;
        origin
    }

    fn place(&mut self, article: &Article, annotations: &Annotations) -> Result<Added> {
        let prepared = self.preparer.prepare(article, annotations, &self.tokens, &mut self.tokenizer);
        let added = self.writer.add(prepared)?;
        if let Some(own) = article.own_id.as_ref().filter(|_| matches!(added, Added::New | Added::Replaced)) {
            self.pending_own_ids.entry(own.clone()).or_default().insert(article.id.clone());
        }
        Ok(added)
    }

    /// Deletes the article with this [`Article::id`]; if there is none, all articles with this [`Article::own_id`]. Articles
    /// that are not committed yet are deleted, too. Returns how many there were.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn delete(&mut self, id: &str) -> Result<u64> {
        let mut keys = BTreeSet::new();
        if self.writer.is_pending(id) {
            keys.insert(id.to_owned());
        } else {
            keys.extend(self.committed()?.ids_of(id)?);
            let is_key = keys.contains(id);
            if !is_key {
                keys.extend(self.pending_own_ids.get(id).into_iter().flatten().cloned());
            }
        }
        let mut deleted = 0;
        for key in keys {
            if self.writer.has(&key)? {
                self.writer.remove(&key);
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    /// The articles of the latest commit.
    fn committed(&mut self) -> Result<&Searcher> {
        if self.searcher.is_none() {
            self.searcher = Some(self.index.searcher()?);
        }
        Ok(self.searcher.as_ref().expect("it was made above"))
    }

    /// Commits everything that was added and deleted. When it returns, all of it survives a crash, and new searchers see
    /// it. Without changes it does nothing.
    ///
    /// # Errors
    /// If the index cannot be written. What was committed before is safe.
    pub fn commit(&mut self) -> Result<()> {
        if !self.writer.has_changes() {
            return Ok(());
        }
        self.writer.commit()?;
        self.forget_pending();
        Ok(())
    }

    /// Drops everything that was added and deleted since the last commit.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn rollback(&mut self) -> Result<()> {
        self.writer.rollback()?;
        self.forget_pending();
        Ok(())
    }

    fn forget_pending(&mut self) {
        self.pending_own_ids.clear();
        self.searcher = None;
    }

    /// Commits, and waits until the index has merged its segments. Dropping the writer instead does not wait: merges that
    /// are not done are started again by a later writer.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.writer.finish()
    }
}

/// An id for an article whose source gave it none, local to its path. It depends on the content alone: a number would
/// name another article the next time.
pub(crate) fn id_by_content(article: &Article) -> String {
    let published = article.published.map(|published| published.span.to_string());
    let content = format!("{:?}", (&article.source, published, &article.text));
    format!("{}#{:016x}", article.origin.path, xxh3_64(content.as_bytes()))
}

/// Whether the parts of an article are ranges of its text, in order and disjoint.
pub(super) fn parts_fit(article: &Article) -> bool {
    let mut end = 0;
    article.parts.iter().all(|part| {
        let fits = part.range.start >= end && article.text.get(part.range.clone()).is_some();
        end = part.range.end;
        fits
    })
}

/// Whether all mentions are ranges of the article's text.
pub(super) fn annotations_fit(article: &Article, annotations: &Annotations) -> bool {
    let names = annotations.entities.iter().flat_map(|entity| &entity.mentions);
    let dates = annotations.dates.iter().map(|mention| &mention.range);
    names.chain(dates).all(|range| article.text.get(range.clone()).is_some())
}
