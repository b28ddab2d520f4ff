//! JSON Lines: one object per line, each with its `type`. An answer is a `search` line, then its hits, facets and
//! timeline. README.md describes every field. `tests/morgue/json.rs` repeats the fields; keep README.md in step by hand.

use std::io::{self, Write};

use serde::Serialize;

use crate::Sort;
use crate::hit::{Explanation, FacetCounts, Hit, Timeline};

use super::{AnswerHeader, OUTPUT_VERSION};

/// Prints answers as JSON Lines.
#[derive(Debug)]
pub(crate) struct Json<W> {
    pub(super) out: W,
    qid: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum AnswerLine<'a> {
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

    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        self.qid = header.qid.map(str::to_owned);
        let line = AnswerLine::Search {
            morgue: OUTPUT_VERSION,
            qid: header.qid,
            query: header.query,
            count: header.hits.count,
            count_all_words: header.hits.count_all_words,
            sort: match header.sort {
                Sort::Relevance => "relevance",
                Sort::Newest => "newest",
                Sort::Oldest => "oldest",
            },
            offset: header.offset,
            limit: header.limit,
            notes: &header.hits.notes,
        };
        print(&mut self.out, &line)?;
        match &header.hits.explanation {
            Some(explanation) => print(&mut self.out, &AnswerLine::Explanation { qid: header.qid, explanation }),
            None => Ok(()),
        }
    }

    pub(super) fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        print(&mut self.out, &AnswerLine::Hit { qid: self.qid.as_deref(), hit })
    }

    pub(super) fn tail(&mut self, facets: &[FacetCounts], timeline: Option<&Timeline>) -> io::Result<()> {
        for counts in facets {
            print(&mut self.out, &AnswerLine::Facet { qid: self.qid.as_deref(), counts })?;
        }
        match timeline {
            Some(timeline) => print(&mut self.out, &AnswerLine::Timeline { qid: self.qid.as_deref(), timeline }),
            None => Ok(()),
        }
    }
}

/// Prints one object that is not part of an answer: `type`, the version of the output, and the fields of `value`.
pub(crate) fn print_json_object(out: &mut impl Write, r#type: &'static str, value: &impl Serialize) -> io::Result<()> {
    #[derive(Serialize)]
    struct TypedObject<'v, V: Serialize> {
        r#type: &'static str,
        morgue: u32,
        #[serde(flatten)]
        value: &'v V,
    }
    serde_json::to_writer(&mut *out, &TypedObject { r#type, morgue: OUTPUT_VERSION, value })?;
    out.write_all(b"\n")?;
    out.flush()
}

fn print(out: &mut impl Write, line: &AnswerLine<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
