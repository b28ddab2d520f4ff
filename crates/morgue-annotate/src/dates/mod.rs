//! Date mentions: time expressions in the text, and the days that they mean.
//!
//! The grammar starts from the few words and numbers that can be part of a date. `scan.rs` finds these tokens in one
//! pass, `grammar/` combines them to time expressions (`time_expression.rs`), and `resolve.rs` computes their days from
//! the day of publication. Nothing is guessed: an expression that needs the day of publication has no days without it.
//! The words of a language are data (`english.rs`); another language is one more file of this form.

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

/// All date mentions in the title, body and captions of an article, sorted and disjoint. Credits are not searched. The
/// value is `None` if the expression cannot be resolved, because the day of publication is unknown or because the
/// expression names no days (`now`).
///
/// ```
/// use morgue_annotate::dates;
/// use morgue_article::{Article, Zone};
///
/// let mut article = Article::default();
/// article.push(Zone::Body, "The dam failed in March 2023, he said on Friday.");
/// let mentions = dates::find(&article);
/// assert_eq!(&article.text[mentions[0].range.clone()], "March 2023");
/// assert_eq!(mentions[0].value, Some("2023-03".parse()?));
/// assert_eq!(mentions[1].value, None); // The day of publication is unknown.
/// # Ok::<(), morgue_article::date::DateError>(())
/// ```
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

/// The day, month or year that expressions are resolved against: the time of publication, or else the day of the
/// dateline.
fn reference(article: &Article) -> Option<DateSpan> {
    let filed = article.dateline.as_ref().and_then(|dateline| dateline.day).map(DateSpan::day);
    article.published.map(|published| published.span).or(filed)
}

impl DateContext {
    /// Keeps the span of a mention for later expressions that refer to it.
    fn remember(&mut self, when: &TimeExpression, value: Option<DateSpan>) {
        let Some(value) = value else { return };
        self.last = Some(value);
        if matches!(when, TimeExpression::Quarter { .. }) && value.precision() == Precision::Other {
            self.quarter = Some(value);
        }
    }
}

/// Cuts a paragraph into pieces of at most [`PIECE`] bytes, so that the memory for its tokens is bounded.
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

/// In bytes. A date that extends over two pieces is not found.
const PIECE: usize = 1 << 20;

#[cfg(test)]
mod tests;
