//! Date mentions: time expressions in the text, and the days they mean.
//!
//! A grammar of our own, anchored on the few words and numbers that can be part of a date: `scan.rs` finds these in one
//! pass, `grammar/` tells what they say together (`when.rs`), `resolve.rs` which days that were, given when the
//! article was published. Nothing is guessed: what needs a day of publication has no span without one. The words of a
//! language are data, `english.rs`; another language is one more such file.

mod date_lexicon;
mod english;
mod grammar;
mod holidays;
mod language;
mod resolve;
mod scan;
mod time_expression;

use std::cell::OnceCell;

use morgue_article::date::{DateSpan, Precision};
use morgue_article::{Article, Mention, Zone};

use date_lexicon::ENGLISH_LEXICON;
use grammar::ExpressionParser;
use resolve::DateContext;
use time_expression::TimeExpression;

/// All date mentions in the title, body and captions of an article, sorted and disjoint; credits are not read. `None`
/// for an expression that cannot be resolved, for want of a day of publication or because it names no days (`now`).
pub fn find(article: &Article) -> Vec<Mention<Option<DateSpan>>> {
    let mut mentions = Vec::new();
    let mut tokens = Vec::new();
    let is_game = OnceCell::new();
    let mut context = DateContext { published: reference(article), ..DateContext::default() };
    for part in article.parts.iter().filter(|part| part.zone != Zone::Credit) {
        let Some(text) = article.text.get(part.range.clone()) else { continue };
        context.last = None;
        for piece in pieces(text) {
            let (start, text) = (part.range.start + piece.start, &text[piece]);
            tokens.clear();
            scan::scan(text, &ENGLISH_LEXICON, &mut tokens);
            let reader = ExpressionParser {
                text,
                tokens: &tokens,
                lexicon: &ENGLISH_LEXICON,
                is_game: &is_game,
                article: &article.text,
            };
            reader.mentions(|found| {
                let value = context.resolve(&found.when);
                context.remember(&found.when, value);
                mentions.push(Mention { range: start + found.start..start + found.end, value });
            });
        }
    }
    mentions
}

/// The day, month or year that expressions are resolved against: of publication, else of the dateline.
fn reference(article: &Article) -> Option<DateSpan> {
    let filed = article.dateline.as_ref().and_then(|dateline| dateline.day).map(DateSpan::day);
    article.published.map(|published| published.span).or(filed)
}

impl DateContext {
    /// What later expressions may refer to.
    fn remember(&mut self, when: &TimeExpression, value: Option<DateSpan>) {
        let Some(value) = value else { return };
        self.last = Some(value);
        if matches!(when, TimeExpression::Quarter { .. }) && value.precision() == Precision::Other {
            self.quarter = Some(value);
        }
    }
}

/// Cuts a paragraph of more than [`PIECE`] bytes, so that the memory for its tokens is bounded.
fn pieces(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let cut = (0..=rest.len().min(PIECE)).rev().find(|at| rest.is_char_boundary(*at))?;
        let end = match rest[..cut].rfind(' ') {
            Some(blank) if cut < rest.len() => start + blank + 1,
            _ => start + cut,
        };
        let piece = start..end;
        start = end;
        Some(piece)
    })
}

/// Bytes; a date across two pieces is lost.
const PIECE: usize = 1 << 20;

#[cfg(test)]
mod tests;
