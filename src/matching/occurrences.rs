//! Where the terms of a query stand in one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::ranges::Span;
use super::{Clause, Pattern};
use crate::query::Field;
use morgue_article::token::{Form, Tokenizer, Tokens, ZONE_GAP};
use morgue_article::{Article, Zone};

/// The terms of a query, numbered; and for each place where the query names one, in query order, its number.
pub(super) struct Terms<'c> {
    numbers: FxHashMap<(Form, &'c str), u32>,
    pub(super) in_order: Vec<u32>,
}

impl<'c> Terms<'c> {
    pub(super) fn of(clause: &'c Clause) -> Terms<'c> {
        let mut terms = Terms { numbers: FxHashMap::default(), in_order: Vec::new() };
        terms.add_clause(clause);
        terms
    }

    fn add_clause(&mut self, clause: &'c Clause) {
        match clause {
            Clause::Text { pattern, .. } | Clause::Words { pattern, .. } => self.add_pattern(pattern),
            Clause::And(clauses) | Clause::Or(clauses) => clauses.iter().for_each(|clause| self.add_clause(clause)),
            Clause::Not(clause) | Clause::Boost { clause, .. } => self.add_clause(clause),
            Clause::List { required, optional, excluded, .. } => {
                required.iter().chain(optional).chain(excluded).for_each(|clause| self.add_clause(clause));
            }
            Clause::All | Clause::Nothing | Clause::Name { .. } | Clause::Days { .. } | Clause::Has(_) => {}
        }
    }

    fn add_pattern(&mut self, pattern: &'c Pattern) {
        match pattern {
            Pattern::Terms(terms) => {
                for term in terms {
                    let next = self.numbers.len() as u32;
                    let number = *self.numbers.entry((term.form, &term.text)).or_insert(next);
                    self.in_order.push(number);
                }
            }
            Pattern::Phrase { items: patterns, .. } | Pattern::Or(patterns) => {
                patterns.iter().for_each(|pattern| self.add_pattern(pattern));
            }
            Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
                self.add_pattern(left);
                self.add_pattern(right);
            }
        }
    }

    /// Where each term stands in `tokens`, `shift` positions later.
    fn find(&self, tokens: &Tokens, shift: u32, out: &mut Occurrences) {
        out.of_term.resize_with(self.numbers.len(), Vec::new);
        for token in &tokens.tokens {
            if let Some(&number) = self.numbers.get(&(token.form, tokens.text(token))) {
                let first = shift.saturating_add(token.position);
                let last = first.saturating_add(u32::from(token.width.max(1)) - 1);
                out.of_term[number as usize].push(Span { first, last });
            }
        }
        let shifted = |ends: &[u32]| ends.iter().map(|end| shift.saturating_add(*end)).collect::<Vec<_>>();
        out.sentence_ends.extend(shifted(&tokens.sentence_ends));
        out.paragraph_ends.extend(shifted(&tokens.paragraph_ends));
    }

    /// Where each term stands in the text.
    pub(super) fn in_text(&self, tokens: &Tokens) -> Occurrences {
        let mut found = Occurrences::default();
        self.find(tokens, 0, &mut found);
        found
    }

    /// Where each term stands in the values of a field beside the text: one position space, with gaps between.
    pub(super) fn in_values(&self, values: &[&str], tokenizer: &mut Tokenizer) -> Occurrences {
        let mut found = Occurrences::default();
        let mut tokens = Tokens::default();
        let mut shift = 0u32;
        for value in values {
            tokenizer.text(value, &mut tokens);
            self.find(&tokens, shift, &mut found);
            shift = shift.saturating_add(tokens.words).saturating_add(ZONE_GAP);
        }
        found
    }
}

/// Where the terms of a query stand in one text.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// By the term's number: sorted by first position.
    of_term: Vec<Vec<Span>>,
    pub(super) sentence_ends: Vec<u32>,
    pub(super) paragraph_ends: Vec<u32>,
}

impl Occurrences {
    pub(super) fn of(&self, term: u32) -> &[Span] {
        self.of_term.get(term as usize).map_or(&[], Vec::as_slice)
    }

    /// Those of them that are inside a zone, whose positions `windows` are.
    pub(super) fn inside(&self, windows: &[Range<u32>]) -> Occurrences {
        let is_inside =
            |span: &&Span| windows.iter().any(|window| window.contains(&span.first) && window.contains(&span.last));
        let of_term = self.of_term.iter().map(|spans| spans.iter().filter(is_inside).copied().collect()).collect();
        let (sentence_ends, paragraph_ends) = (self.sentence_ends.clone(), self.paragraph_ends.clone());
        Occurrences { of_term, sentence_ends, paragraph_ends }
    }
}

/// The positions of a zone: of the title, the first paragraph of the body, the body, or each caption.
pub(super) fn windows(zone: Field, article: &Article, tokens: &Tokens) -> Vec<Range<u32>> {
    let of = |zones: &[Zone]| {
        let windows = tokens.zones.iter().filter(|(zone, _)| zones.contains(zone));
        windows.map(|(_, window)| window.clone()).collect()
    };
    match zone {
        Field::Title => of(&[Zone::Title]),
        Field::Body => of(&[Zone::Body]),
        Field::Caption => of(&[Zone::Caption, Zone::Credit]),
        Field::Lede => {
            let Some(lede) = article.parts.iter().find(|part| part.zone == Zone::Body) else { return Vec::new() };
            let inside = tokens.tokens.iter().filter(|token| {
                lede.range.start <= token.range.start as usize && token.range.end as usize <= lede.range.end
            });
            let positions = inside.map(|token| token.position).fold(None, |window: Option<(u32, u32)>, position| {
                Some(window.map_or((position, position), |(first, last)| (first.min(position), last.max(position))))
            });
            positions.map(|(first, last)| first..last + 1).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The values of a field beside the text.
pub(crate) fn values(field: Field, article: &Article) -> Vec<&str> {
    fn all(values: &[String]) -> Vec<&str> {
        values.iter().map(String::as_str).collect()
    }
    match field {
        Field::Byline => all(&article.byline),
        Field::Keyword => all(&article.keywords),
        Field::Dateline => article.dateline.iter().map(|dateline| dateline.text.as_str()).collect(),
        Field::Source => article.source.as_deref().into_iter().collect(),
        Field::Url => article.url.as_deref().into_iter().collect(),
        Field::Path => vec![&article.origin.path],
        Field::Id => std::iter::once(article.id.as_str()).chain(article.own_id.as_deref()).collect(),
        Field::Lang => article.language.as_deref().into_iter().collect(),
        Field::Section => article.section.as_deref().into_iter().collect(),
        Field::Title | Field::Lede | Field::Body | Field::Caption | Field::Name(_) => Vec::new(),
    }
}
