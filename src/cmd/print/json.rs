//! JSON Lines: one object a line, each with its `type`; a `search` line, then its hits, facets and timeline. README.md
//! describes every field, and `tests/morgue/json.rs` holds this to it.

use std::io::{self, Write};

use morgue::Sort;
use morgue::hit::{Explanation, FacetCounts, Hit, Timeline};
use serde::Serialize;

use super::{CONTRACT, Head};

/// Prints answers as JSON Lines.
#[derive(Debug)]
pub struct Json<W> {
    pub(super) out: W,
    qid: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Search {
        morgue: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        query: &'a str,
        count: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        count_all_words: Option<u64>,
        sort: &'static str,
        offset: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<usize>,
        notes: &'a [String],
    },
    Explanation {
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        #[serde(flatten)]
        explanation: &'a Explanation,
    },
    Hit {
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        #[serde(flatten)]
        hit: &'a Hit,
    },
    Facet {
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        #[serde(flatten)]
        counts: &'a FacetCounts,
    },
    Timeline {
        #[serde(skip_serializing_if = "Option::is_none")]
        qid: Option<&'a str>,
        #[serde(flatten)]
        timeline: &'a Timeline,
    },
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W) -> Json<W> {
        Json { out, qid: None }
    }

    pub(super) fn head(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.qid = head.qid.map(str::to_owned);
        let line = Line::Search {
            morgue: CONTRACT,
            qid: head.qid,
            query: head.query,
            count: head.hits.count,
            count_all_words: head.hits.count_all_words,
            sort: match head.sort {
                Sort::Relevance => "relevance",
                Sort::Newest => "newest",
                Sort::Oldest => "oldest",
            },
            offset: head.offset,
            limit: head.limit,
            notes: &head.hits.notes,
        };
        print(&mut self.out, &line)?;
        match &head.hits.explanation {
            Some(explanation) => print(&mut self.out, &Line::Explanation { qid: head.qid, explanation }),
            None => Ok(()),
        }
    }

    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        print(&mut self.out, &Line::Hit { qid: self.qid.as_deref(), hit })
    }

    pub(super) fn tail(&mut self, facets: &[FacetCounts], timeline: Option<&Timeline>) -> io::Result<()> {
        for counts in facets {
            print(&mut self.out, &Line::Facet { qid: self.qid.as_deref(), counts })?;
        }
        match timeline {
            Some(timeline) => print(&mut self.out, &Line::Timeline { qid: self.qid.as_deref(), timeline }),
            None => Ok(()),
        }
    }
}

fn print(out: &mut impl Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
