//! What a clause means over one article, and what of the article's text to mark for it.

use std::ops::Range;

use super::occurrences::{Occurrences, Terms, values, windows};
use super::ranges::{Span, find, marks};
use super::{Clause, Pattern};
use crate::query::{DayField, Field, FieldName};
use morgue_article::token::{Tokenizer, Tokens};
use morgue_article::{Annotations, Article};

/// The number of a leaf of the query, in query order from 0, and bytes of the article's text that satisfy it.
pub type Mark = (usize, Range<usize>);

/// A clause ready to be held against articles.
pub struct Matcher<'c> {
    clause: &'c Clause,
    terms: Terms<'c>,
}

/// Does `article` satisfy `clause`? See [`Matcher::matches`].
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
    /// Gets a clause ready.
    pub fn new(clause: &'c Clause) -> Matcher<'c> {
        Matcher { clause, terms: Terms::of(clause) }
    }

    /// Does `article` satisfy the clause; and where in its text? `tokens` are those of the article, `tokenizer` cuts
    /// the fields beside the text as the article was cut.
    ///
    /// The marks of one leaf are sorted and disjoint; leaves come in query order. A word is marked wherever it stands,
    /// a phrase as one, proximity by its sides where they are near, a name and a date by their mentions. What is asked
    /// for beside the text has no marks, nor has what is excluded.
    pub fn matches(
        &self,
        article: &Article,
        tokens: &Tokens,
        annotations: &Annotations,
        tokenizer: &mut Tokenizer,
    ) -> Option<Vec<Mark>> {
        let mut run = Run {
            matcher: self,
            article,
            tokens,
            annotations,
            tokenizer,
            text: None,
            next_term: 0,
            next_leaf: 0,
            marks: Vec::new(),
        };
        run.holds(self.clause).then_some(run.marks)
    }
}

/// One article held against one clause.
struct Run<'r, 'c> {
    matcher: &'r Matcher<'c>,
    article: &'r Article,
    tokens: &'r Tokens,
    annotations: &'r Annotations,
    tokenizer: &'r mut Tokenizer,
    /// Where the terms stand in the text, once that was asked for.
    text: Option<Occurrences>,
    /// The place in [`Terms::in_order`] of the next leaf's terms.
    next_term: usize,
    next_leaf: usize,
    marks: Vec<Mark>,
}

impl Run<'_, '_> {
    /// Does the clause hold? Adds its marks if it does. Looks at every leaf, as terms and leaves are counted on the way.
    fn holds(&mut self, clause: &Clause) -> bool {
        let marks_before = self.marks.len();
        let holds = match clause {
            Clause::All => true,
            Clause::Nothing => false,
            Clause::Text { zone, pattern } => self.text(*zone, pattern),
            Clause::Words { field, pattern } => self.words(*field, pattern),
            Clause::Name { kind, keys } => {
                let leaf = self.leaf();
                let named = self.annotations.entities.iter().filter(|entity| {
                    kind.is_none_or(|kind| kind == entity.kind) && keys.binary_search(&entity.key).is_ok()
                });
                let mut any = false;
                let mut mentions = Vec::new();
                for entity in named {
                    any = true;
                    mentions.extend(entity.mentions.iter().cloned());
                }
                self.mark(leaf, mentions);
                any
            }
            Clause::Days { field: DayField::Published, span } => {
                self.leaf();
                self.article.published.is_some_and(|published| span.contains(published.span))
            }
            Clause::Days { field: DayField::Date, span } => {
                let leaf = self.leaf();
                let inside =
                    self.annotations.dates.iter().filter(|date| date.value.is_some_and(|days| span.contains(days)));
                let mentions: Vec<Range<usize>> = inside.map(|date| date.range.clone()).collect();
                let any = !mentions.is_empty();
                self.mark(leaf, mentions);
                any
            }
            Clause::Has(field) => {
                self.leaf();
                self.has(*field)
            }
            Clause::And(clauses) => self.count(clauses) == clauses.len(),
            Clause::Or(clauses) => self.count(clauses) > 0,
            Clause::Not(clause) => !self.holds_unmarked(clause),
            Clause::List { required, need_optional, optional, excluded } => {
                let has_required = self.count(required) == required.len();
                let has_optional = self.count(optional) > 0 || !need_optional;
                let mut has_excluded = false;
                for clause in excluded {
                    has_excluded |= self.holds_unmarked(clause);
                }
                has_required && has_optional && !has_excluded
            }
            Clause::Boost { clause, .. } => self.holds(clause),
        };
        if !holds {
            self.marks.truncate(marks_before);
        }
        holds
    }

    /// How many of the clauses hold.
    fn count(&mut self, clauses: &[Clause]) -> usize {
        clauses.iter().fold(0, |count, clause| count + usize::from(self.holds(clause)))
    }

    fn holds_unmarked(&mut self, clause: &Clause) -> bool {
        let marks_before = self.marks.len();
        let holds = self.holds(clause);
        self.marks.truncate(marks_before);
        holds
    }

    fn leaf(&mut self) -> usize {
        self.next_leaf += 1;
        self.next_leaf - 1
    }

    /// Marks ranges of the text, those that overlap as one.
    fn mark(&mut self, leaf: usize, mut ranges: Vec<Range<usize>>) {
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        let first = self.marks.len();
        for range in ranges {
            match self.marks[first..].last_mut() {
                Some((_, last)) if range.start < last.end => last.end = last.end.max(range.end),
                _ => self.marks.push((leaf, range)),
            }
        }
    }

    /// The ranges that satisfy a pattern, and those to mark.
    fn find(&mut self, pattern: &Pattern, text: &Occurrences) -> (bool, Vec<Span>) {
        let mut used = 0;
        let mut terms = self.matcher.terms.in_order[self.next_term..].iter().copied().inspect(|_| used += 1);
        let found = find(pattern, &mut terms, text);
        self.next_term += used;
        let mut to_mark = Vec::new();
        marks(pattern, &found, &found.spans, text, &mut to_mark);
        (!found.spans.is_empty(), to_mark)
    }

    fn text(&mut self, zone: Option<Field>, pattern: &Pattern) -> bool {
        let leaf = self.leaf();
        let text = self.text.take().unwrap_or_else(|| self.matcher.terms.in_text(self.tokens));
        let (holds, spans) = match zone {
            None => self.find(pattern, &text),
            Some(zone) => {
                let inside = text.inside(&windows(zone, self.article, self.tokens));
                self.find(pattern, &inside)
            }
        };
        self.text = Some(text);
        let ranges = spans.into_iter().filter_map(|span| self.bytes(span)).collect();
        self.mark(leaf, ranges);
        holds
    }

    fn words(&mut self, field: Field, pattern: &Pattern) -> bool {
        self.leaf();
        let values = values(field, self.article);
        let words = self.matcher.terms.in_values(&values, self.tokenizer);
        self.find(pattern, &words).0
    }

    /// The bytes of the text from the first position to the last.
    fn bytes(&self, span: Span) -> Option<Range<usize>> {
        let at = |position: u32| {
            let first = self.tokens.tokens.partition_point(|token| token.position < position);
            self.tokens.tokens[first..].iter().take_while(move |token| token.position == position)
        };
        let start = at(span.first).map(|token| token.range.start).min()?;
        let end = at(span.last).filter(|token| token.width <= 1).map(|token| token.range.end).max()?;
        Some(start as usize..end as usize)
    }

    /// Has the article anything in the field?
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
