//! The searcher: a request in, hits out.

mod why;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use fixedbitset::FixedBitSet;
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument};

use super::clause::{self, Finder, Found};
use super::facets::{self, Matches};
use super::nearness;
use super::ranges::Effort;
use super::score::{self, Collection};
use super::stats::stats;
use super::top::{self, Ranked};
use crate::error::{Error, Result};
use crate::hit::{Hit, Hits, Stored};
use crate::index::columns::{Columns, text};
use crate::index::dictionary::{EngineDictionary, WordLists};
use crate::index::naming::Naming;
use crate::index::request::{Request, Sort};
use crate::index::schema::Fields;
use crate::index::{Stats, engine, stored};
use crate::matching::{Clause, Matcher, Term};
use crate::query::{Aliases, DayField, Resolved, Resolving, StopEntities, resolve};
use crate::snippet;
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use why::Reasons;

/// Searches one state of an index. Cheap to clone; threads share it.
#[derive(Clone)]
pub struct Searcher {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    fields: Fields,
    engine: tantivy::Searcher,
    statics: OnceLock<Statics>,
    words: WordLists,
    /// Tokenizers with their caches, for the threads that search.
    cutters: Mutex<Vec<Cutter>>,
}

/// The order of hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// How many articles match.
    pub count: u64,
    /// The page asked for, best first.
    pub entries: Vec<RankingEntry>,
}

/// One article of a [`Ranking`]: [`Searcher::ids`] tells which.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingEntry {
    /// How well it matches, rounded to 4 decimals.
    pub score: f64,
    /// Its segment, and its document there.
    place: (u32, u32),
}

/// The names of one article of a [`Ranking`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// The article's id.
    pub id: String,
    /// The source's own id.
    pub own_id: Option<String>,
}

/// What every search of this state needs, made by the first.
struct Statics {
    collection: Collection,
    /// Length norms, by segment and document.
    norms: Vec<Vec<f32>>,
    /// By segment.
    columns: Vec<Columns>,
}

/// What one thread needs to cut a stored article.
struct Cutter {
    tokenizer: Tokenizer,
    tokens: Tokens,
}

/// What a clause matches in every segment, with scores.
struct Matched {
    segments: Vec<(Found, FixedBitSet)>,
    count: u64,
}

impl Searcher {
    pub(crate) fn new(folder: &Path, fields: &Fields, engine: tantivy::Searcher) -> Searcher {
        let inner = Inner {
            folder: folder.to_owned(),
            fields: fields.clone(),
            engine,
            statics: OnceLock::new(),
            words: WordLists::default(),
            cutters: Mutex::new(Vec::new()),
        };
        Searcher { inner: Arc::new(inner) }
    }

    /// One page of ranked hits.
    pub fn search(&self, request: &Request) -> Result<Hits> {
        self.inner.guarded(|inner| inner.search(request))
    }

    /// Every hit in order, handed on one by one without a ceiling; limit and offset are not looked at. Gives the answer
    /// without its hits.
    pub fn each(&self, request: &Request, on_hit: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Hits> {
        self.inner.guarded(|inner| inner.each(request, on_hit))
    }

    /// What a request's query means in this index: the clause, what its patterns became, and notes.
    pub fn resolve(&self, request: &Request) -> Result<Resolved> {
        self.inner.guarded(|inner| Ok(inner.resolve(request)))
    }

    /// The order of hits alone, without reading the articles: for evaluation, and for programs that keep their own.
    pub fn ranking(&self, request: &Request) -> Result<Ranking> {
        self.inner.guarded(|inner| {
            let clause = inner.resolve(request).clause;
            let matched = inner.matching(&clause, request)?;
            let ranked = inner.rank(&clause, &matched, request.sort, request.offset.saturating_add(request.limit))?;
            let entries = ranked.iter().skip(request.offset);
            let entry = |ranked: &Ranked| RankingEntry {
                score: ranked.score as f64 / 1e4,
                place: (ranked.at.segment_ord, ranked.at.doc_id),
            };
            Ok(Ranking { count: matched.count, entries: entries.map(entry).collect() })
        })
    }

    /// Which article an entry of a ranking is. The ranking must be of this searcher.
    pub fn ids(&self, entry: &RankingEntry) -> Result<Ids> {
        let (segment, doc) = entry.place;
        self.inner.guarded(|inner| inner.ids(DocAddress::new(segment, doc)))
    }

    /// The article with this id, or with this as the source's own id, or where this is `path#record` the one read from
    /// there; of several, the first by id.
    pub fn get(&self, id: &str) -> Result<Option<Stored>> {
        self.inner.guarded(|inner| {
            let mut addresses = inner.by_id(id)?;
            if addresses.is_empty() {
                addresses = inner.by_place(id)?;
            }
            addresses.first().map(|&address| inner.stored(address)).transpose()
        })
    }

    /// Ids of all articles that match, in order of the alphabet.
    pub(crate) fn all_ids(&self, request: &Request) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        self.inner.guarded(|inner| {
            let clause = inner.resolve(request).clause;
            let matched = inner.matching(&clause, request)?;
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

    /// Ids of the articles with this id, or with this as the source's own id.
    pub(crate) fn ids_of(&self, id: &str) -> Result<Vec<String>> {
        self.inner.guarded(|inner| {
            let addresses = inner.by_id(id)?;
            addresses.into_iter().map(|address| inner.key(address)).collect()
        })
    }

    /// What is in the index: counts, days, and the `top` most frequent values of each facet.
    pub fn stats(&self, top: usize) -> Result<Stats> {
        self.stats_with(top, &Aliases::default(), &StopEntities::default())
    }

    /// The same, with names as a user knows them: `aliases` are one name, `stops` are none.
    pub fn stats_with(&self, top: usize, aliases: &Aliases, stops: &StopEntities) -> Result<Stats> {
        let naming = Naming::new(aliases, stops);
        self.inner.guarded(|inner| {
            let stats = stats(&inner.engine, &inner.folder, top, &naming);
            stats.map_err(engine("count what is in it"))
        })
    }

    /// Every article of the index, in the order in which it is stored. What cannot be read back is handed on as such.
    pub fn each_article(&self, on_article: &mut dyn FnMut(Result<Stored>) -> Result<()>) -> Result<()> {
        self.inner.guarded(|inner| {
            for (ord, segment) in inner.engine.segment_readers().iter().enumerate() {
                for doc in segment.doc_ids_alive() {
                    on_article(inner.stored(DocAddress::new(ord as u32, doc)))?;
                }
            }
            Ok(())
        })
    }
}

impl Inner {
    /// Runs `work`; what the engine panics at, on a damaged file, becomes an error.
    fn guarded<T>(&self, work: impl FnOnce(&Inner) -> Result<T>) -> Result<T> {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(self)));
        outcome.unwrap_or_else(|panic| {
            let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            let what = what.unwrap_or("unknown").to_owned();
            Err(Error::Damaged { path: self.folder.clone(), what: format!("reading it failed ({what})") })
        })
    }

    fn with_cutter<T>(&self, work: impl FnOnce(&mut Cutter) -> T) -> T {
        let spare = self.cutters.lock().ok().and_then(|mut cutters| cutters.pop());
        let mut cutter = spare
            .unwrap_or_else(|| Cutter { tokenizer: Tokenizer::new(Stemming::default()), tokens: Tokens::default() });
        let outcome = work(&mut cutter);
        if let Ok(mut cutters) = self.cutters.lock() {
            cutters.push(cutter);
        }
        outcome
    }

    fn resolve(&self, request: &Request) -> Resolved {
        let naming = request.naming();
        let (engine, fields, words) = (&self.engine, &self.fields, &self.words);
        let dictionary = EngineDictionary { engine, fields, naming: &naming, words };
        let with = Resolving { today: request.today, all: request.all, aliases: request.aliases.clone() };
        self.with_cutter(|cutter| resolve(&request.query, &mut cutter.tokenizer, &dictionary, &with))
    }

    fn matching(&self, clause: &Clause, request: &Request) -> Result<Matched> {
        let mut segments = Vec::new();
        let mut count = 0;
        let effort = Effort::for_articles(self.engine.num_docs());
        for segment in self.engine.segment_readers() {
            let finder = Finder { segment, fields: &self.fields, effort: &effort };
            let find = || -> tantivy::Result<(Found, FixedBitSet)> {
                let found = finder.find(clause)?;
                let mut bits = found.bits.clone();
                if let Some(alive) = segment.alive_bitset() {
                    let dead: Vec<usize> = bits.ones().filter(|&doc| alive.is_deleted(doc as u32)).collect();
                    dead.into_iter().for_each(|doc| bits.remove(doc));
                }
                if let Some(path) = &request.below {
                    bits.intersect_with(&finder.below(path)?);
                }
                if let Some(days) = request.published {
                    bits.intersect_with(&finder.days(DayField::Published, days.on(request.today))?);
                }
                Ok((found, bits))
            };
            let (found, bits) = find().map_err(engine("search a segment"))?;
            if effort.is_spent() {
                let text = "the query finds its words near each other in too many places to look at: write a smaller \
                            distance, or words that are rarer than these";
                return Err(Error::Usage(text.to_owned()));
            }
            count += bits.count_ones(..) as u64;
            segments.push((found, bits));
        }
        Ok(Matched { segments, count })
    }

    fn statics(&self) -> Result<&Statics> {
        if let Some(statics) = self.statics.get() {
            return Ok(statics);
        }
        let readers = self.engine.segment_readers();
        let columns = readers.iter().map(Columns::open).collect::<tantivy::Result<Vec<Columns>>>();
        let columns = columns.map_err(engine("open its columns"))?;
        let mut collection = Collection { articles: 0, words: 0 };
        let mut lengths: Vec<Vec<u64>> = Vec::with_capacity(readers.len());
        for (segment, columns) in readers.iter().zip(&columns) {
            let values: Vec<u64> = (0..segment.max_doc()).map(|doc| columns.length.first(doc).unwrap_or(0)).collect();
            for doc in segment.doc_ids_alive() {
                collection.articles += 1;
                collection.words += values[doc as usize];
            }
            lengths.push(values);
        }
        let norms = lengths.into_iter().map(|values| collection.norms(values.into_iter())).collect();
        Ok(self.statics.get_or_init(|| Statics { collection, norms, columns }))
    }

    /// The first `limit` of what `clause` matched.
    fn rank(&self, clause: &Clause, matched: &Matched, sort: Sort, limit: usize) -> Result<Vec<Ranked>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let Statics { collection, norms, columns } = self.statics()?;
        let readers = self.engine.segment_readers();
        let mut frequencies = Vec::new();
        for ((found, _), segment) in matched.segments.iter().zip(readers) {
            score::count_leaves(found, segment, &mut frequencies);
        }
        let idfs: Vec<f32> = frequencies.iter().map(|&frequency| collection.idf(frequency)).collect();
        let words = nearness::words(clause);
        let depth = if words.is_empty() || sort != Sort::Relevance { limit } else { limit.max(nearness::DEPTH) };
        let mut first = Vec::new();
        for (ord, (found, bits)) in matched.segments.iter().enumerate() {
            let scores = score::scores(found, bits, &norms[ord], &idfs);
            first.extend(top::first_of_segment(&columns[ord], ord as u32, bits, &scores, sort, depth));
        }
        if !words.is_empty() && sort == Sort::Relevance {
            let head = first.len().min(nearness::DEPTH);
            // Which ones are at the head must be settled, not their order.
            first = top::merge(first, columns, sort, |tied| tied.start < head && head < tied.end);
            self.bring_forward(&mut first[..head], &words, norms, &idfs)?;
        }
        let mut first = top::merge(first, columns, sort, |tied| tied.start < limit);
        first.truncate(limit);
        Ok(first)
    }

    /// Raises the scores of articles in which the words of a list stand close together.
    fn bring_forward(
        &self,
        head: &mut [Ranked],
        words: &[(usize, &[Term])],
        norms: &[Vec<f32>],
        idfs: &[f32],
    ) -> Result<()> {
        head.sort_unstable_by_key(|ranked| ranked.at);
        for ranked in head.chunk_by_mut(|a, b| a.at.segment_ord == b.at.segment_ord) {
            let ord = ranked[0].at.segment_ord;
            let places: Vec<DocAddress> = ranked.iter().map(|ranked| ranked.at).collect();
            let segment = self.engine.segment_reader(ord);
            let gains = nearness::gains(segment, &self.fields, words, idfs, &norms[ord as usize], &places);
            let gains = gains.map_err(engine("read positions"))?;
            ranked.iter_mut().zip(gains).for_each(|(ranked, gain)| ranked.gain(gain));
        }
        Ok(())
    }

    fn search(&self, request: &Request) -> Result<Hits> {
        let resolved = self.resolve(request);
        let clause = &resolved.clause;
        let matched = self.matching(clause, request)?;
        let mut answer = self.answer(&resolved, &matched, request)?;
        let ranked = self.rank(clause, &matched, request.sort, request.offset.saturating_add(request.limit))?;
        let matcher = Matcher::new(clause);
        let reasons = request.explain.then(|| self.reasons(&resolved, &matched)).transpose()?;
        answer.hits = self.with_cutter(|cutter| {
            let page = ranked.iter().enumerate().skip(request.offset);
            page.map(|(place, ranked)| self.hit(place, ranked, &matcher, reasons.as_ref(), request, cutter))
                .collect::<Result<_>>()
        })?;
        Ok(answer)
    }

    fn each(&self, request: &Request, on_hit: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Hits> {
        let resolved = self.resolve(request);
        let matched = self.matching(&resolved.clause, request)?;
        let answer = self.answer(&resolved, &matched, request)?;
        let ranked = self.rank(&resolved.clause, &matched, request.sort, usize::MAX)?;
        // Sets of documents are large, and a long run need not hold them.
        let matched = Some(matched).filter(|_| request.explain);
        let reasons = matched.as_ref().map(|matched| self.reasons(&resolved, matched)).transpose()?;
        let matcher = Matcher::new(&resolved.clause);
        self.with_cutter(|cutter| {
            for (place, ranked) in ranked.iter().enumerate() {
                on_hit(self.hit(place, ranked, &matcher, reasons.as_ref(), request, cutter)?)?;
            }
            Ok(answer)
        })
    }

    /// Everything but the hits.
    fn answer(&self, resolved: &Resolved, matched: &Matched, request: &Request) -> Result<Hits> {
        let matches = self.matches(matched);
        let naming = request.naming();
        let facets = request.facets.iter().map(|&(facet, top)| facets::facet(facet, top, &matches, &naming));
        let facets = facets.collect::<tantivy::Result<_>>().map_err(engine("count a facet"))?;
        let timeline = request.timeline.map(|(unit, of_mentions)| {
            facets::timeline(unit, of_mentions, &self.fields, &matches).map_err(engine("count a timeline"))
        });
        Ok(Hits {
            count: matched.count,
            count_all_words: clause::count_all_words(&resolved.clause, &matched.segments),
            hits: Vec::new(),
            facets,
            timeline: timeline.transpose()?,
            notes: resolved.notes.clone(),
            explanation: request.explain.then(|| self.explanation(resolved, request)).transpose()?,
        })
    }

    fn matches<'m>(&'m self, matched: &'m Matched) -> Vec<Matches<'m>> {
        let segments = self.engine.segment_readers().iter().zip(&matched.segments);
        segments.map(|(segment, (_, bits))| Matches { segment, bits }).collect()
    }

    fn hit(
        &self,
        place: usize,
        ranked: &Ranked,
        matcher: &Matcher<'_>,
        reasons: Option<&Reasons<'_>>,
        request: &Request,
        cutter: &mut Cutter,
    ) -> Result<Hit> {
        let Stored { article, annotations } = self.stored(ranked.at)?;
        cutter.tokenizer.article(&article, &mut cutter.tokens);
        let marks = matcher.matches(&article, &cutter.tokens, &annotations, &mut cutter.tokenizer).unwrap_or_default();
        Ok(Hit {
            rank: place as u64 + 1,
            score: ranked.score as f64 / 1e4,
            title: article.title().to_owned(),
            title_marks: snippet::title_marks(&article, &marks),
            why: reasons.map(|reasons| reasons.why(ranked, &article, &marks)),
            snippet: snippet::snippet(&article, &cutter.tokens, &marks, request.fragments, request.width),
            id: article.id,
            own_id: article.own_id,
            source: article.source,
            published: article.published.map(|published| published.span),
            byline: article.byline,
            url: article.url,
            lang: article.language,
            path: article.origin.path.to_string(),
            record: article.origin.record,
        })
    }

    fn stored(&self, address: DocAddress) -> Result<Stored> {
        let document: TantivyDocument = self.engine.doc(address).map_err(engine("read a stored article"))?;
        let damaged = |what: &str| Error::Damaged { path: self.folder.clone(), what: what.to_owned() };
        let value =
            document.get_first(self.fields.stored).ok_or_else(|| damaged("a document has no stored article"))?;
        let bytes = value.as_bytes().ok_or_else(|| damaged("a stored article is no bytes"))?;
        stored::unpack(bytes).map_err(|error| damaged(&format!("a stored article cannot be read ({error})")))
    }

    fn ids(&self, at: DocAddress) -> Result<Ids> {
        let columns = &self.statics()?.columns[at.segment_ord as usize];
        let own = text(columns.own.as_ref(), at.doc_id).map_err(engine("read an id"))?;
        Ok(Ids { id: self.key(at)?, own_id: own })
    }

    fn key(&self, address: DocAddress) -> Result<String> {
        let columns = &self.statics()?.columns[address.segment_ord as usize];
        let key = text(columns.key.as_ref(), address.doc_id).map_err(engine("read an id"))?;
        Ok(key.unwrap_or_default())
    }

    /// Live documents with this id; where there is none, with this as own id, by id.
    fn by_id(&self, id: &str) -> Result<Vec<DocAddress>> {
        for field in [self.fields.key, self.fields.own] {
            let found = self.with_term(field, id)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// Live documents read from `path#record`, by id.
    fn by_place(&self, place: &str) -> Result<Vec<DocAddress>> {
        let place = place.rsplit_once('#').and_then(|(path, record)| Some((path, record.parse::<u64>().ok()?)));
        let Some((path, record)) = place else { return Ok(Vec::new()) };
        let mut found = self.with_term(self.fields.file, path)?;
        let columns = &self.statics()?.columns;
        found.retain(|at| columns[at.segment_ord as usize].record.first(at.doc_id) == Some(record));
        Ok(found)
    }

    /// Live documents with a raw term, by id.
    fn with_term(&self, field: Field, text: &str) -> Result<Vec<DocAddress>> {
        let mut found: Vec<(String, DocAddress)> = Vec::new();
        for (ord, segment) in self.engine.segment_readers().iter().enumerate() {
            let finder = Finder { segment, fields: &self.fields, effort: &Effort::for_articles(0) };
            let bits = finder.with_term(field, text).map_err(engine("look up an id"))?;
            for doc in bits.ones().map(|doc| doc as u32).filter(|&doc| !segment.is_deleted(doc)) {
                let address = DocAddress::new(ord as u32, doc);
                found.push((self.key(address)?, address));
            }
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }
}
