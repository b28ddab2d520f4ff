//! Answers queries: parses, searches and prints one after another.

use std::io::Write;

use crate::date::Date;
use crate::hit::{Facet, Hit, Hits, Unit};
use crate::query::{Aliases, Days, StopEntities};
use crate::{Error, Query, Request, Searcher, Sort};

use super::Exit;
use super::console::Console;
use super::failure::{Failure, sentence};
use super::print::{AnswerHeader, HitFormat, Printer};
use super::queries::TypedQuery;

/// The width of a fragment of a snippet, in characters.
const FRAGMENT_CHARS: usize = 240;

/// A query as typed, and as parsed.
pub(super) struct ParsedQuery {
    typed: TypedQuery,
    /// The query, or why it cannot be parsed.
    pub query: Result<Query, Failure>,
}

impl ParsedQuery {
    /// Parses a query text. `plain` takes every character as text.
    pub(super) fn parse(typed: TypedQuery, plain: bool) -> ParsedQuery {
        let text = typed.text.trim();
        let query = if text.is_empty() {
            Err(Failure::Usage("the query is empty; `*` finds every article".to_owned()))
        } else if plain {
            Ok(Query::plain(text))
        } else {
            Query::parse(text).map_err(|error| Failure::Query { text: text.to_owned(), error })
        };
        ParsedQuery { typed, query }
    }
}

/// What the user wants to know about each query.
pub(super) struct Wanted {
    /// Whether there is a file of queries, each with an id.
    pub many: bool,
    /// How hits are printed.
    pub format: HitFormat,
    /// The greatest number of hits; `None` is all.
    pub limit: Option<usize>,
    /// The number of hits to leave out at the beginning.
    pub offset: usize,
    /// The order of hits.
    pub sort: Sort,
    /// Whether all words of a list are required.
    pub all: bool,
    /// Whether answers are explained.
    pub explain: bool,
    /// The greatest number of fragments of a snippet.
    pub fragments: usize,
    /// Facets, and the number of values to list of each.
    pub facets: Vec<(Facet, usize)>,
    /// A timeline.
    pub timeline: Option<WantedTimeline>,
    /// The day that relative days count from.
    pub today: Option<Date>,
    /// Only articles published on these days.
    pub published: Option<Days>,
    /// Only articles from this file or folder, under its name in the index.
    pub below: Option<String>,
    /// Names that are treated as one.
    pub aliases: Aliases,
    /// Names that are ignored.
    pub stop_entities: StopEntities,
}

/// The unit of a timeline, and the days that it counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum WantedTimeline {
    /// Days of publication.
    Published(Unit),
    /// Days that the text mentions.
    Mentioned(Unit),
}

impl Wanted {
    fn request(&self, query: Query) -> Request {
        let mut request = Request::new(query)
            .offset(self.offset)
            .sort(self.sort)
            .all(self.all)
            .aliases(self.aliases.clone())
            .stop_entities(self.stop_entities.clone())
            .explain(self.explain)
            .snippet(self.fragments, FRAGMENT_CHARS);
        for &(facet, top) in &self.facets {
            request = request.facet(facet, top);
        }
        request = match self.timeline {
            Some(WantedTimeline::Published(unit)) => request.timeline(unit),
            Some(WantedTimeline::Mentioned(unit)) => request.timeline_of_mentions(unit),
            None => request,
        };
        if let Some(today) = self.today {
            request = request.today(today);
        }
        if let Some(days) = self.published {
            request = request.published(days);
        }
        if let Some(path) = &self.below {
            request = request.below(path.clone());
        }
        request
    }

    fn header<'h>(&self, typed: &'h TypedQuery, hits: &'h Hits) -> AnswerHeader<'h> {
        AnswerHeader {
            qid: self.many.then_some(typed.qid.as_str()),
            query: &typed.text,
            hits,
            offset: self.offset,
            limit: self.limit,
            sort: self.sort,
        }
    }
}

/// Searches, and prints the answers.
pub(super) struct Answers<'a, W: Write> {
    /// Searches the index.
    pub searcher: Searcher,
    /// Prints the answers.
    pub printer: Printer<W>,
    /// What is wanted of each query.
    pub wanted: Wanted,
    /// Prints the notes.
    pub console: &'a Console,
}

impl<W: Write> Answers<'_, W> {
    /// Answers all queries. In a file of queries, a query that cannot be parsed is reported and skipped.
    pub(super) fn answer_all(mut self, queries: Vec<ParsedQuery>) -> Result<Exit, Failure> {
        let (mut found, mut has_failed) = (0, false);
        for ParsedQuery { typed, query } in queries {
            match query.and_then(|query| self.answer(query, &typed)) {
                Ok(count) => found += count,
                Err(failure @ (Failure::Query { .. } | Failure::Usage(_))) if self.wanted.many => {
                    self.console.warn(&format!("query {} is skipped", typed.qid));
                    self.console.failure(&failure);
                    has_failed = true;
                }
                Err(failure) => return Err(failure),
            }
        }
        self.printer.flush()?;
        Ok(match (has_failed, found) {
            (true, _) => Exit::Trouble,
            (false, 0) => Exit::Nothing,
            (false, _) => Exit::Success,
        })
    }

    /// Prints one answer, and returns the number of articles that match.
    fn answer(&mut self, query: Query, typed: &TypedQuery) -> Result<u64, Failure> {
        let request = self.wanted.request(query);
        let failure = |error| match error {
            Error::Query(error) => Failure::Query { text: typed.text.trim().to_owned(), error },
            error @ Error::QueryTooCostly => Failure::Usage(sentence(&error)),
            error => Failure::Morgue(error),
        };
        if self.wanted.format == HitFormat::Trec && self.wanted.limit != Some(0) {
            return self.print_ranking(&request, typed).map_err(|result| match result {
                Failure::Morgue(error) => failure(error),
                other => other,
            });
        }
        let hits = self.searcher.search(&request.clone().limit(self.wanted.limit.unwrap_or(0))).map_err(failure)?;
        if self.wanted.format != HitFormat::Json {
            for note in &hits.notes {
                self.console.note(&format!("note: {note}"));
            }
        }
        self.printer.header(&self.wanted.header(typed, &hits))?;
        match self.wanted.limit {
            Some(_) => hits.hits.iter().try_for_each(|hit| self.printer.hit(hit))?,
            None => self.print_every_hit(&request)?,
        }
        self.printer.tail(&hits.facets, hits.timeline.as_ref())?;
        Ok(hits.count)
    }

    /// Prints every hit after the first `offset` ones, without a limit.
    fn print_every_hit(&mut self, request: &Request) -> Result<(), Failure> {
        let offset = self.wanted.offset as u64;
        let mut output = Ok(());
        let result = self.searcher.each(request, &mut |hit: Hit| {
            if hit.rank > offset {
                output = self.printer.hit(&hit);
            }
            match &output {
                Ok(()) => Ok(()),
                // This error only stops the search; `output` is the error that is reported.
                Err(_) => Err(Error::Cancelled),
            }
        });
        output?;
        result?;
        Ok(())
    }

    /// Prints a ranking only. It needs no stored article.
    fn print_ranking(&mut self, request: &Request, typed: &TypedQuery) -> Result<u64, Failure> {
        let ranking = self.searcher.ranking(&request.clone().limit(self.wanted.limit.unwrap_or(usize::MAX)))?;
        let hits = Hits { count: ranking.count, ..Hits::default() };
        self.printer.header(&self.wanted.header(typed, &hits))?;
        for (rank, entry) in (self.wanted.offset as u64 + 1..).zip(&ranking.entries) {
            self.printer.ranked(rank, entry.score, &self.searcher.ids(entry)?)?;
        }
        Ok(ranking.count)
    }
}
