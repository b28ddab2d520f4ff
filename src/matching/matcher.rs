//! Decides whether a clause holds for one article, and which parts of the article's text to mark for it.

use std::ops::Range;

use super::occurrences::{Occurrences, PositionRange, TermNumbers, values, windows};
use super::ranges::{find, ranges_to_mark};
use super::{Clause, LeafId, Pattern};
use crate::query::{DayField, Field, FieldName};
use morgue_article::token::{Tokenizer, Tokens};
use morgue_article::{Annotations, Article};

/// A range of an article's text that satisfies a leaf of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The leaf.
    pub leaf: LeafId,
    /// Bytes of the article's text.
    pub range: Range<usize>,
}

/// A clause, prepared for matching articles.
pub struct Matcher<'c> {
    clause: &'c Clause,
    terms: TermNumbers<'c>,
}

/// Matches one article. See [`Matcher::matches`].
pub fn matches(
    clause: &Clause,
    article: &Article,
    tokens: &Tokens,
    annotations: &Annotations,
    tokenizer: &mut Tokenizer,
) -> Option<Vec<Mark>> {
    Matcher::new(clause).matches(article, tokens, annotations, tokenizer)
}

impl<'c> Matcher<'c> {
    /// Prepares a clause.
    pub fn new(clause: &'c Clause) -> Matcher<'c> {
        Matcher { clause, terms: TermNumbers::of(clause) }
    }

    /// Returns the marks of the article, or `None` if it does not satisfy the clause. `tokens` are the tokens of the
    /// article. `tokenizer` cuts the fields outside the text, in the same way as the article was cut.
    ///
    /// The marks of one leaf are sorted and disjoint; the leaves come in the order of the clause. A word is marked at
    /// each occurrence, a phrase as one range, proximity by its sides where they are near, a name and a date by their
    /// mentions. Conditions on fields outside the text have no marks, nor have excluded clauses.
    pub fn matches(
        &self,
        article: &Article,
        tokens: &Tokens,
        annotations: &Annotations,
        tokenizer: &mut Tokenizer,
    ) -> Option<Vec<Mark>> {
        let (terms, marks) = (&self.terms, Vec::new());
        let mut evaluation = Evaluation { terms, article, tokens, annotations, tokenizer, text: None, marks };
        evaluation.holds(self.clause).then_some(evaluation.marks)
    }
}

/// The evaluation of one clause for one article.
struct Evaluation<'e, 'c> {
    terms: &'e TermNumbers<'c>,
    article: &'e Article,
    tokens: &'e Tokens,
    annotations: &'e Annotations,
    tokenizer: &'e mut Tokenizer,
    /// The occurrences of the terms in the text. The first leaf that needs them finds them.
    text: Option<Occurrences<'e>>,
    marks: Vec<Mark>,
}

impl Evaluation<'_, '_> {
    /// Whether the clause holds. If it does, its marks are added.
    fn holds(&mut self, clause: &Clause) -> bool {
        let marks_before = self.marks.len();
        let holds = match clause {
            Clause::All => true,
            Clause::Nothing => false,
            Clause::Text { leaf, zone, pattern } => self.text(*leaf, *zone, pattern),
            Clause::Words { field, pattern, .. } => self.words(*field, pattern),
            Clause::Name { leaf, kind, keys } => {
                let named = self.annotations.entities.iter().filter(|entity| {
                    kind.is_none_or(|kind| kind == entity.kind) && keys.binary_search(&entity.key).is_ok()
                });
                let mut any = false;
                let mut mentions = Vec::new();
                for entity in named {
                    any = true;
                    mentions.extend(entity.mentions.iter().cloned());
                }
                self.mark(*leaf, mentions);
                any
            }
            Clause::Days { field: DayField::Published, span, .. } => {
                self.article.published.is_some_and(|published| span.contains(published.span))
            }
            Clause::Days { leaf, field: DayField::Date, span } => {
                let inside =
                    self.annotations.dates.iter().filter(|date| date.value.is_some_and(|days| span.contains(days)));
                let mentions: Vec<Range<usize>> = inside.map(|date| date.range.clone()).collect();
                let any = !mentions.is_empty();
                self.mark(*leaf, mentions);
                any
            }
            Clause::Has { field, .. } => self.has(*field),
            Clause::And(clauses) => self.all_hold(clauses),
            Clause::Or(clauses) => self.any_holds(clauses),
            Clause::Not(clause) => !self.holds_unmarked(clause),
            Clause::List { required, need_optional, optional, excluded } => {
                let has_required = self.all_hold(required);
                let has_optional = self.any_holds(optional) || !need_optional;
                has_required && has_optional && !excluded.iter().any(|clause| self.holds_unmarked(clause))
            }
            Clause::Boost { clause, .. } => self.holds(clause),
        };
        if !holds {
            self.marks.truncate(marks_before);
        }
        holds
    }

    fn all_hold(&mut self, clauses: &[Clause]) -> bool {
        clauses.iter().all(|clause| self.holds(clause))
    }

    /// Whether at least one of the clauses holds. All are evaluated, because each may have marks.
    fn any_holds(&mut self, clauses: &[Clause]) -> bool {
        clauses.iter().fold(false, |any, clause| self.holds(clause) || any)
    }

    fn holds_unmarked(&mut self, clause: &Clause) -> bool {
        let marks_before = self.marks.len();
        let holds = self.holds(clause);
        self.marks.truncate(marks_before);
        holds
    }

    /// Marks ranges of the text. Ranges that overlap become one mark.
    fn mark(&mut self, leaf: LeafId, mut ranges: Vec<Range<usize>>) {
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        let first = self.marks.len();
        for range in ranges {
            match self.marks[first..].last_mut() {
                Some(Mark { range: last, .. }) if range.start < last.end => last.end = last.end.max(range.end),
                _ => self.marks.push(Mark { leaf, range }),
            }
        }
    }

    /// Whether the pattern holds in the text or a zone of it. If it does, its matches are marked.
    fn text(&mut self, leaf: LeafId, zone: Option<Field>, pattern: &Pattern) -> bool {
        let text = self.text.take().unwrap_or_else(|| self.terms.in_text(self.tokens));
        let (holds, to_mark) = match zone {
            None => find_and_mark(pattern, &text),
            Some(zone) => find_and_mark(pattern, &text.inside(&windows(zone, self.article, self.tokens))),
        };
        self.text = Some(text);
        let ranges = to_mark.into_iter().filter_map(|positions| self.bytes(positions)).collect();
        self.mark(leaf, ranges);
        holds
    }

    fn words(&mut self, field: Field, pattern: &Pattern) -> bool {
        let values = values(field, self.article);
        let words = self.terms.in_values(&values, self.tokenizer);
        !find(pattern, &words).ranges.is_empty()
    }

    /// The bytes of the text that the positions cover.
    fn bytes(&self, positions: PositionRange) -> Option<Range<usize>> {
        let at = |position: u32| {
            let first = self.tokens.tokens.partition_point(|token| token.position < position);
            self.tokens.tokens[first..].iter().take_while(move |token| token.position == position)
        };
        let start = at(positions.first).map(|token| token.range.start).min()?;
        let end = at(positions.last).filter(|token| token.width <= 1).map(|token| token.range.end).max()?;
        Some(start as usize..end as usize)
    }

    /// Whether the article has a value in the field.
    fn has(&mut self, field: FieldName) -> bool {
        match field {
            FieldName::Days(DayField::Published) => self.article.published.is_some(),
            FieldName::Days(DayField::Date) => self.annotations.dates.iter().any(|date| date.value.is_some()),
            FieldName::Words(Field::Name(kind)) => {
                self.annotations.entities.iter().any(|entity| kind.is_none_or(|kind| kind == entity.kind))
            }
            FieldName::Words(zone) if zone.is_zone() => !windows(zone, self.article, self.tokens).is_empty(),
            FieldName::Words(field) => {
                let mut tokens = Tokens::default();
                values(field, self.article).iter().any(|value| {
                    self.tokenizer.text(value, &mut tokens);
                    !tokens.tokens.is_empty()
                })
            }
        }
    }
}

/// Whether the pattern has a match, and the ranges to mark.
fn find_and_mark(pattern: &Pattern, text: &Occurrences<'_>) -> (bool, Vec<PositionRange>) {
    let found = find(pattern, text);
    let mut to_mark = Vec::new();
    ranges_to_mark(pattern, &found, &found.ranges, text, &mut to_mark);
    (!found.ranges.is_empty(), to_mark)
}
