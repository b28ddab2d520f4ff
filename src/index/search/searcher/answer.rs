//! From a ranked list to an answer: counts, facets, timeline, and the hits with their snippets.

use super::ranking::Matched;
use super::why::Reasons;
use super::{ArticleTokenizer, Inner};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::hit::{Hit, Hits, Stored};
use crate::index::engine;
use crate::index::request::Request;
use crate::index::search::clause::count_all_words;
use crate::index::search::facets::{self, Matches};
use crate::index::search::top::Ranked;
use crate::matching::Matcher;
use crate::query::Resolved;
use crate::snippet;

impl Inner {
    /// One page of hits.
    pub(super) fn search(&self, request: &Request, cancel: &Cancel) -> Result<Hits> {
        let resolved = self.resolve(request);
        let matched = self.matching_until(&resolved.clause, request, cancel)?;
        let mut answer = self.answer(&resolved, &matched, request)?;
        let ranked = self.rank(&resolved, &matched, request.sort, request.offset.saturating_add(request.limit))?;
        let matcher = Matcher::new(&resolved.clause);
        let reasons = request.explain.then(|| self.reasons(&resolved, &matched)).transpose()?;
        answer.hits = self.with_tokenizer(|tokenizer| {
            let page = ranked.iter().enumerate().skip(request.offset);
            page.map(|(place, ranked)| {
                if cancel.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                self.hit(place, ranked, &matcher, reasons.as_ref(), request, tokenizer)
            })
            .collect::<Result<_>>()
        })?;
        Ok(answer)
    }

    /// The answer without its hits.
    pub(super) fn answer(&self, resolved: &Resolved, matched: &Matched, request: &Request) -> Result<Hits> {
        let matches = self.matches(matched);
        let naming = request.naming();
        let facets = request.facets.iter().map(|&(facet, top)| facets::facet(facet, top, &matches, &naming));
        let facets = facets.collect::<tantivy::Result<_>>().map_err(engine("count a facet"))?;
        let timeline = request.timeline.map(|(unit, of_mentions)| {
            facets::timeline(unit, of_mentions, &self.fields, &matches).map_err(engine("count a timeline"))
        });
        Ok(Hits {
            count: matched.count,
            count_all_words: count_all_words(&resolved.clause, &matched.segments),
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

    /// The hit at `place` (from 0) of the ranking.
    pub(super) fn hit(
        &self,
        place: usize,
        ranked: &Ranked,
        matcher: &Matcher<'_>,
        reasons: Option<&Reasons<'_>>,
        request: &Request,
        tokenizer: &mut ArticleTokenizer,
    ) -> Result<Hit> {
        let Stored { article, annotations } = self.stored(ranked.at)?;
        let ArticleTokenizer { tokenizer, tokens } = tokenizer;
        tokenizer.article(&article, tokens);
        let marks = matcher.matches(&article, tokens, &annotations, tokenizer).unwrap_or_default();
        Ok(Hit {
            rank: place as u64 + 1,
            score: ranked.score as f64 / 1e4,
            title: article.title().to_owned(),
            title_marks: snippet::title_marks(&article, &marks),
            why: reasons.map(|reasons| reasons.why(ranked, &article, &marks)).transpose()?,
            snippet: snippet::snippet(&article, tokens, &marks, request.fragments, request.width),
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
}
