//! Questions and their answers: each query parsed, searched for and printed, one after another.

use std::io::Write;

use morgue::hit::{Hit, Hits};
use morgue::query::{Aliases, StopEntities};
use morgue::{Error, Query, Request, Searcher};

use super::Exit;
use super::console::Console;
use super::failure::Failure;
use super::print::{Format, Head, Printer};
use super::queries::Numbered;
use super::search::{FacetFlag, Flags, TimelineOf};

/// Characters of a fragment of a snippet.
const FRAGMENT_CHARS: usize = 240;

/// A query as typed, and as understood.
pub struct Question {
    typed: Numbered,
    /// What it means, or why it cannot be read.
    pub query: Result<Query, Failure>,
}

impl Question {
    /// Reads a query text; `plain` takes every character as text.
    pub fn parse(typed: Numbered, plain: bool) -> Question {
        let query = match (typed.text.trim(), plain) {
            ("", _) => Err(Failure::Usage("the query is empty; `*` finds every article".to_owned())),
            (text, true) => Ok(Query::plain(text)),
            (text, false) => Query::parse(text).map_err(|error| Failure::Query { text: text.to_owned(), error }),
        };
        Question { typed, query }
    }
}

/// Answers questions.
pub struct Answers<'a, W: Write> {
    /// What is searched.
    pub searcher: Searcher,
    /// Hits from this file or folder only, as the index names it.
    pub below: Option<String>,
    /// Names that are one.
    pub aliases: Aliases,
    /// Names that are none.
    pub stops: StopEntities,
    /// Where answers go.
    pub printer: Printer<W>,
    /// How many hits are listed at most; `None` is all.
    pub limit: Option<usize>,
    /// What the user wrote.
    pub flags: &'a Flags,
    /// Where notes go.
    pub console: &'a Console,
}

impl<W: Write> Answers<'_, W> {
    /// Answers all questions; of several, one that cannot be read is told and passed over.
    pub fn all(mut self, questions: Vec<Question>) -> Result<Exit, Failure> {
        let many = self.flags.queries.is_some();
        let (mut found, mut trouble) = (0, false);
        for Question { typed, query } in questions {
            match query.and_then(|query| self.answer(query, &typed)) {
                Ok(count) => found += count,
                Err(failure @ (Failure::Query { .. } | Failure::Usage(_))) if many => {
                    self.console.warn(&format!("query {} is left out", typed.qid));
                    self.console.failure(&failure);
                    trouble = true;
                }
                Err(failure) => return Err(failure),
            }
        }
        self.printer.finish()?;
        Ok(match (trouble, found) {
            (true, _) => Exit::Trouble,
            (false, 0) => Exit::Nothing,
            (false, _) => Exit::Success,
        })
    }

    /// Prints one answer; gives the number of articles that match.
    fn answer(&mut self, query: Query, typed: &Numbered) -> Result<u64, Failure> {
        let request = self.request(query);
        let told = |error| match error {
            Error::Query(error) => Failure::Query { text: typed.text.trim().to_owned(), error },
            Error::Usage(text) => Failure::Usage(text),
            error => Failure::Morgue(error),
        };
        if self.flags.format == Format::Trec && self.limit != Some(0) {
            return self.ranking(&request, typed).map_err(|failure| match failure {
                Failure::Morgue(error) => told(error),
                failure => failure,
            });
        }
        let hits = self.searcher.search(&request.clone().limit(self.limit.unwrap_or(0))).map_err(told)?;
        if self.flags.format != Format::Json {
            for note in &hits.notes {
                self.console.note(&format!("note: {note}"));
            }
        }
        self.printer.head(&self.head(typed, &hits))?;
        match self.limit {
            Some(_) => hits.hits.iter().try_for_each(|hit| self.printer.hit(hit))?,
            None => self.each(&request)?,
        }
        self.printer.tail(&hits.facets, hits.timeline.as_ref())?;
        Ok(hits.count)
    }

    fn request(&self, query: Query) -> Request {
        let flags = self.flags;
        let mut request = Request::new(query)
            .offset(flags.offset)
            .sort(flags.sort.into())
            .all(flags.all)
            .aliases(self.aliases.clone())
            .stop_entities(self.stops.clone())
            .explain(flags.explain)
            .snippet(flags.fragments, FRAGMENT_CHARS);
        for &FacetFlag(facet, top) in &flags.facet {
            request = request.facet(facet, top);
        }
        if let Some(unit) = flags.timeline {
            request = match flags.timeline_of {
                TimelineOf::Published => request.timeline(unit.into()),
                TimelineOf::Date => request.timeline_of_mentions(unit.into()),
            };
        }
        if let Some(today) = flags.today {
            request = request.today(today);
        }
        if let Some(days) = flags.published {
            request = request.published(days);
        }
        match &self.below {
            Some(path) => request.below(path.clone()),
            None => request,
        }
    }

    fn head<'h>(&self, typed: &'h Numbered, hits: &'h Hits) -> Head<'h> {
        Head {
            qid: self.flags.queries.is_some().then_some(typed.qid.as_str()),
            query: &typed.text,
            hits,
            offset: self.flags.offset,
            limit: self.limit,
            sort: self.flags.sort.into(),
        }
    }

    /// Prints every hit after the first `offset` ones, however many there are.
    fn each(&mut self, request: &Request) -> Result<(), Failure> {
        let offset = self.flags.offset as u64;
        let mut output = Ok(());
        let result = self.searcher.each(request, &mut |hit: Hit| {
            if hit.rank > offset {
                output = self.printer.hit(&hit);
            }
            match &output {
                Ok(()) => Ok(()),
                // Only to stop: what is reported is `output`.
                Err(_) => Err(Error::Usage("the output is closed".to_owned())),
            }
        });
        output?;
        result?;
        Ok(())
    }

    /// Prints a ranking alone, for which no article is read.
    fn ranking(&mut self, request: &Request, typed: &Numbered) -> Result<u64, Failure> {
        let ranking = self.searcher.ranking(&request.clone().limit(self.limit.unwrap_or(usize::MAX)))?;
        let hits = Hits { count: ranking.count, ..Hits::default() };
        self.printer.head(&self.head(typed, &hits))?;
        for (rank, entry) in (self.flags.offset as u64 + 1..).zip(&ranking.entries) {
            self.printer.ranked(rank, entry.score, &self.searcher.ids(entry)?)?;
        }
        Ok(ranking.count)
    }
}
