//! A TREC run, for trec_eval and similar tools: `qid Q0 docid rank score morgue`. The docid is the id of the source, or
//! the id of the article where the source has none. Blanks separate the columns, so blanks in an id are percent-encoded.

use std::io::{self, Write};

use crate::index::Ids;

use super::AnswerHeader;

/// Prints hits as a TREC run.
#[derive(Debug)]
pub(crate) struct Trec<W> {
    pub(super) out: W,
    qid: String,
}

impl<W: Write> Trec<W> {
    pub(super) fn new(out: W) -> Trec<W> {
        Trec { out, qid: String::new() }
    }

    pub(super) fn header(&mut self, header: &AnswerHeader<'_>) -> io::Result<()> {
        self.qid = escaped(header.qid.unwrap_or("1"));
        Ok(())
    }

    pub(super) fn ranked(&mut self, rank: u64, score: f64, ids: &Ids) -> io::Result<()> {
        let docid = escaped(ids.own_id.as_deref().unwrap_or(&ids.id));
        writeln!(self.out, "{} Q0 {docid} {rank} {score:.4} morgue", self.qid)
    }
}

/// Percent-encodes blanks and control characters.
fn escaped(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_contain_no_blank() {
        let table = [("a b", "a%20b"), ("q#1", "q#1"), ("a\u{a0}b", "a%C2%A0b"), ("x\n", "x%0A")];
        for (id, expected) in table {
            assert_eq!(super::escaped(id), expected);
        }
    }
}
