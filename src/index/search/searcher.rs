//! The public API of a search: [`Searcher`]. Each method runs behind a guard that turns a panic of the engine into an
//! error. The work is in the modules below: `ranking` (a clause becomes a ranked list), `answer` (the ranked list
//! becomes hits), `why` (explanations) and `lookup` (articles by id).

mod answer;
mod lookup;
mod ranking;
mod scan;
mod why;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use tantivy::DocAddress;

use super::stats::stats;
use super::top::Ranked;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::hit::{Hit, Hits, Stored};
use crate::index::columns::{Columns, text};
use crate::index::dictionary::WordLists;
use crate::index::naming::Naming;
use crate::index::request::Request;
use crate::index::schema::Fields;
use crate::index::{Index, Stats, engine};
use crate::query::{Aliases, Resolved, StopEntities};
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use ranking::Statistics;
pub use scan::{Scan, StoredArticles};

/// Searches one state of an index. It is cheap to clone, and threads can share it.
///
/// ```
/// use morgue::article::Zone;
/// use morgue::hit::{Facet, Unit};
/// use morgue::{Article, Index, Query, Request};
///
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path().join("index"))?;
/// let mut writer = index.writer()?;
/// for (source, title) in [("Oxmouth Post", "Levee holds"), ("Merrow Courier", "Levee cracks")] {
///     let mut article = Article { source: Some(source.to_owned()), ..Article::default() };
///     article.push(Zone::Title, title);
///     writer.add(article)?;
/// }
/// writer.commit()?;
///
/// let searcher = index.searcher()?;
/// let request = Request::new(Query::parse("levee")?).facet(Facet::Source, 5).timeline(Unit::Year).limit(1);
/// let first_page = searcher.search(&request)?;
/// assert_eq!((first_page.count, first_page.hits.len()), (2, 1));
/// assert_eq!(first_page.facets[0].values.len(), 2);
/// assert_eq!(first_page.timeline.expect("it was requested").undated, 2);
/// let second_page = searcher.search(&request.offset(1))?;
/// assert_eq!(second_page.hits[0].rank, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Searcher {
    inner: Arc<Inner>,
    cancel: Cancel,
}

/// The data that all clones of a [`Searcher`] share.
struct Inner {
    folder: PathBuf,
    fields: Fields,
    engine: tantivy::Searcher,
    /// Computed by the first search.
    statistics: OnceLock<Statistics>,
    words: WordLists,
    /// Tokenizers that no thread uses at the moment. They are kept because each holds caches.
    tokenizers: Mutex<Vec<ArticleTokenizer>>,
}

/// A tokenizer and a buffer for the tokens of one article.
struct ArticleTokenizer {
    tokenizer: Tokenizer,
    tokens: Tokens,
}

/// One page of a ranking, without the articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The number of articles that match.
    pub count: u64,
    /// The requested page, best article first.
    pub entries: Vec<RankingEntry>,
}

/// One article of a [`Ranking`]. [`Searcher::ids`] gives its ids.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingEntry {
    /// The score, rounded to 4 decimals.
    pub score: f64,
    /// The segment and the document in it.
    place: (u32, u32),
}

/// The ids of one article of a [`Ranking`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// The article's id.
    pub id: String,
    /// The source's own id.
    pub own_id: Option<String>,
}

impl Searcher {
    pub(crate) fn new(folder: &Path, fields: &Fields, engine: tantivy::Searcher, cancel: &Cancel) -> Searcher {
        let inner = Inner {
            folder: folder.to_owned(),
            fields: fields.clone(),
            engine,
            statistics: OnceLock::new(),
            words: WordLists::default(),
            tokenizers: Mutex::new(Vec::new()),
        };
        Searcher { inner: Arc::new(inner), cancel: cancel.clone() }
    }

    /// Returns one page of ranked hits.
    ///
    /// # Errors
    /// [`Error::QueryTooCostly`] if the query would take too much work, [`Error::Cancelled`] if the call was cancelled, and
    /// [`Error::Damaged`] or [`Error::Index`] if the index cannot be read.
    pub fn search(&self, request: &Request) -> Result<Hits> {
        self.inner.guarded(|inner| inner.search(request, &self.cancel))
    }

    /// Passes every hit to `on_hit`, in order and without an upper limit. The request's limit and offset are ignored.
    /// Returns the answer without its hits.
    ///
    /// # Errors
    /// Those of [`Searcher::search`], and the first error that `on_hit` returns.
    pub fn each(&self, request: &Request, on_hit: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Hits> {
        let mut scan = self.scan(request)?;
        for hit in &mut scan {
            on_hit(hit?)?;
        }
        Ok(scan.into_answer())
    }

    /// Returns an iterator over every hit, in order and without an upper limit. The request's limit and offset are
    /// ignored. The ranking is computed now (16 to 32 bytes of memory for each match); articles are read and snippets are
    /// made as the iterator moves on.
    ///
    /// # Errors
    /// Those of [`Searcher::search`].
    ///
    /// ```no_run
    /// use morgue::{Index, Query, Request};
    ///
    /// let searcher = Index::open("index")?.searcher()?;
    /// for hit in searcher.scan(&Request::new(Query::parse("levee")?))? {
    ///     println!("{}", hit?.title);
    /// }
    /// # Ok::<(), morgue::Error>(())
    /// ```
    pub fn scan(&self, request: &Request) -> Result<Scan> {
        Scan::new(self, request)
    }

    /// Returns an iterator over every article of the index with its annotations, in the order of storage.
    pub fn articles(&self) -> StoredArticles {
        StoredArticles::all(self)
    }

    /// Returns an iterator over every article that matches, with its annotations, in the order of the request. The
    /// request's limit and offset are ignored.
    ///
    /// # Errors
    /// Those of [`Searcher::search`].
    pub fn articles_of(&self, request: &Request) -> Result<StoredArticles> {
        StoredArticles::matching(self, request)
    }

    /// Switches to the latest commit. Returns whether there was a newer one. Clones of this searcher, and the iterators
    /// that it gave, keep their state.
    ///
    /// # Errors
    /// If the index is damaged.
    pub fn refresh(&mut self) -> Result<bool> {
        let engine_index = self.inner.engine.index();
        let segments = engine_index.load_metas().map_err(engine("read its commits"))?.segments;
        let current: BTreeMap<_, _> = segments.iter().map(|meta| (meta.id(), meta.delete_opstamp())).collect();
        if *self.inner.engine.generation().segments() == current {
            return Ok(false);
        }
        let index = Index::over(&self.inner.folder, engine_index.clone());
        let latest = index.with_cancel(&self.cancel).searcher()?;
        self.inner = latest.inner;
        Ok(true)
    }

    /// Returns a searcher over the same state whose calls and iterators end with [`Error::Cancelled`] once `cancel` is
    /// cancelled.
    pub fn with_cancel(&self, cancel: &Cancel) -> Searcher {
        Searcher { cancel: cancel.clone(), ..self.clone() }
    }

    /// Resolves the request's query against this index: the clause, the expansions of its patterns, and the notes.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the index cannot be read.
    pub fn resolve(&self, request: &Request) -> Result<Resolved> {
        self.inner.guarded(|inner| Ok(inner.resolve(request)))
    }

    /// Returns only the order of the hits and does not read the articles. It is for evaluation, and for programs that
    /// keep their own copy of the articles.
    ///
    /// # Errors
    /// Those of [`Searcher::search`].
    pub fn ranking(&self, request: &Request) -> Result<Ranking> {
        self.inner.guarded(|inner| {
            let resolved = inner.resolve(request);
            let matched = inner.matching_until(&resolved.clause, request, &self.cancel)?;
            let ranked = inner.rank(&resolved, &matched, request.sort, request.offset.saturating_add(request.limit))?;
            let entries = ranked.iter().skip(request.offset);
            let entry = |ranked: &Ranked| RankingEntry {
                score: ranked.score as f64 / 1e4,
                place: (ranked.at.segment_ord, ranked.at.doc_id),
            };
            Ok(Ranking { count: matched.count, entries: entries.map(entry).collect() })
        })
    }

    /// Returns the ids of the article of a ranking entry. The ranking must come from this searcher or a clone, and not
    /// from before a [`Searcher::refresh`]: otherwise the ids are those of another article, or an error.
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Index`] if there is no such entry or the index cannot be read.
    pub fn ids(&self, entry: &RankingEntry) -> Result<Ids> {
        let (segment, doc) = entry.place;
        self.inner.guarded(|inner| inner.ids(DocAddress::new(segment, doc)))
    }

    /// Returns the article with this id. If there is none, the article whose source gave it this id; if `id` has the
    /// form `path#record`, the article that was read from that record. Of several, it is the first by id.
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Index`] if the index cannot be read.
    pub fn get(&self, id: &str) -> Result<Option<Stored>> {
        self.inner.guarded(|inner| {
            let mut addresses = inner.by_id(id)?;
            if addresses.is_empty() {
                addresses = inner.by_place(id)?;
            }
            addresses.first().map(|&address| inner.stored(address)).transpose()
        })
    }

    /// Returns the ids of all articles that match, in alphabetical order.
    pub(crate) fn all_ids(&self, request: &Request) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        self.inner.guarded(|inner| {
            let clause = inner.resolve(request).clause;
            let matched = inner.matching_until(&clause, request, &self.cancel)?;
            for ((_, bits), segment) in matched.segments.iter().zip(inner.engine.segment_readers()) {
                let columns = Columns::open(segment).map_err(engine("open its columns"))?;
                for doc in bits.ones() {
                    ids.extend(text(columns.key.as_ref(), doc as u32).map_err(engine("read an id"))?);
                }
            }
            Ok(())
        })?;
        ids.sort();
        Ok(ids)
    }

    /// Returns the ids of the articles with this id, or with this as the source's own id.
    pub(crate) fn ids_of(&self, id: &str) -> Result<Vec<String>> {
        self.inner.guarded(|inner| {
            let addresses = inner.by_id(id)?;
            addresses.into_iter().map(|address| inner.key(address)).collect()
        })
    }

    /// Describes the content of the index: counts, days, and the `top` most frequent values of each facet.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and [`Error::Damaged`] or [`Error::Index`] if the index cannot be read.
    pub fn stats(&self, top: usize) -> Result<Stats> {
        self.stats_with(top, &Aliases::default(), &StopEntities::default())
    }

    /// The same as [`Searcher::stats`], with the user's view of names: the names of an alias group are counted as one
    /// name, and stopped names are not counted.
    ///
    /// # Errors
    /// Those of [`Searcher::stats`].
    pub fn stats_with(&self, top: usize, aliases: &Aliases, stops: &StopEntities) -> Result<Stats> {
        let naming = Naming::new(aliases, stops);
        self.inner.guarded(|inner| stats(&inner.engine, &inner.folder, top, &naming, &self.cancel))
    }

    /// Passes every article of the index to `on_article`, in the order of storage. An article that cannot be read back
    /// is passed as an error.
    ///
    /// # Errors
    /// The first error that `on_article` returns.
    pub fn each_article(&self, on_article: &mut dyn FnMut(Result<Stored>) -> Result<()>) -> Result<()> {
        self.articles().try_for_each(on_article)
    }
}

impl Inner {
    /// Runs `work`. A panic of the engine, as it happens on a damaged file, becomes an error.
    fn guarded<T>(&self, work: impl FnOnce(&Inner) -> Result<T>) -> Result<T> {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        outcome.unwrap_or_else(|panic| {
            let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            let what = what.unwrap_or("unknown").to_owned();
            Err(Error::Damaged { path: self.folder.clone(), what: format!("reading it failed ({what})") })
        })
    }

    /// Runs `work` with a tokenizer that no other thread uses.
    fn with_tokenizer<T>(&self, work: impl FnOnce(&mut ArticleTokenizer) -> T) -> T {
        let unused = self.tokenizers.lock().ok().and_then(|mut tokenizers| tokenizers.pop());
        let mut tokenizer = unused.unwrap_or_else(|| ArticleTokenizer {
            tokenizer: Tokenizer::new(Stemming::default()),
            tokens: Tokens::default(),
        });
        let outcome = work(&mut tokenizer);
        if let Ok(mut tokenizers) = self.tokenizers.lock() {
            tokenizers.push(tokenizer);
        }
        outcome
    }
}
