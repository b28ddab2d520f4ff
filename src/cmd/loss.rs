//! Why a judged article is not the first hit of a query: its rank, and its score by reason next to that of the first
//! hit.

use std::io::Write;

use crate::evaluation::Judgements;
use crate::hit::{Hit, Why};
use crate::{Request, Searcher};

use super::failure::Failure;
use super::print::wrap::terminal_safe;
use super::queries::TypedQuery;

/// Prints the ranks of the relevant articles of `query` among the first hits of `request`, and how their scores differ from
/// the score of the first hit.
pub(super) fn explain(
    out: &mut impl Write,
    searcher: &Searcher,
    request: &Request,
    query: &TypedQuery,
    judgements: &Judgements,
) -> Result<(), Failure> {
    let hits = searcher.search(&request.clone().explain(true))?.hits;
    writeln!(out, "{}  {}", query.qid, terminal_safe(&query.text))?;
    let Some(first) = hits.first() else {
        writeln!(out, "  no article matches")?;
        return Ok(());
    };
    let judged = |hit: &Hit| hit.own_id.clone().unwrap_or_else(|| hit.id.clone());
    let grade = judgements.grade(&query.qid, &judged(first));
    writeln!(
        out,
        "  rank 1, grade {grade}, score {:.4}: {}  {}",
        first.score,
        judged(first),
        terminal_safe(&first.title)
    )?;
    for (id, grade) in judgements.relevant(&query.qid) {
        match hits.iter().find(|hit| judged(hit) == id) {
            Some(hit) if hit.rank == 1 => {}
            Some(hit) => {
                let (rank, score, title) = (hit.rank, hit.score, terminal_safe(&hit.title));
                writeln!(out, "\n  rank {rank}, grade {grade}, score {score:.4}: {id}  {title}")?;
                compare(out, first, hit)?;
            }
            None => writeln!(out, "\n  not among the first {} hits, grade {grade}: {id}", hits.len())?,
        }
    }
    Ok(())
}

/// Prints the reasons of two hits in two columns.
fn compare(out: &mut impl Write, first: &Hit, other: &Hit) -> Result<(), Failure> {
    let (Some(left), Some(right)) = (&first.why, &other.why) else { return Ok(()) };
    let mut parts: Vec<&str> = Vec::new();
    for reason in left.reasons.iter().chain(&right.reasons) {
        if !parts.contains(&reason.part.as_str()) {
            parts.push(&reason.part);
        }
    }
    let score_of =
        |why: &Why, part: &str| why.reasons.iter().filter(|reason| reason.part == part).map(|r| r.points).sum();
    writeln!(out, "    {:>8}  {:>8}  {:>8}", "rank 1", "here", "lost")?;
    let mut row = |name: &str, first: f64, here: f64| -> Result<(), Failure> {
        writeln!(out, "    {first:>8.4}  {here:>8.4}  {:>+8.4}  {name}", here - first)?;
        Ok(())
    };
    for part in parts {
        row(&terminal_safe(part), score_of(left, part), score_of(right, part))?;
    }
    row("words close together", left.nearness, right.nearness)?;
    row("words in the title or the lede", left.lede, right.lede)?;
    row("names in the title or the lede", left.names, right.names)?;
    writeln!(out, "    {} and {} words of text; {} on average", left.words, right.words, left.average_words)?;
    Ok(())
}
