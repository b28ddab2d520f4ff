//! The occurrences of a query's terms in one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Clause, Pattern, Term};
use crate::query::Field;
use morgue_article::token::{Form, Tokenizer, Tokens, ZONE_GAP};
use morgue_article::{Article, Zone};

/// Positions from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PositionRange {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// The different terms of a clause, numbered from 0.
pub(super) struct TermNumbers<'c> {
    numbers: FxHashMap<(Form, &'c str), u32>,
}

impl<'c> TermNumbers<'c> {
    pub(super) fn of(clause: &'c Clause) -> TermNumbers<'c> {
        let mut terms = TermNumbers { numbers: FxHashMap::default() };
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
            Clause::All | Clause::Nothing | Clause::Name { .. } | Clause::Days { .. } | Clause::Has { .. } => {}
        }
    }

    fn add_pattern(&mut self, pattern: &'c Pattern) {
        match pattern {
            Pattern::Terms(terms) => {
                for term in terms {
                    let next = self.numbers.len() as u32;
                    self.numbers.entry((term.form, &term.text)).or_insert(next);
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

    fn none(&self) -> Occurrences<'_> {
        let of_term = vec![Vec::new(); self.numbers.len()];
        Occurrences { terms: self, of_term, sentence_ends: Vec::new(), paragraph_ends: Vec::new() }
    }

    /// The occurrences of each term in the text.
    pub(super) fn in_text(&self, tokens: &Tokens) -> Occurrences<'_> {
        let mut found = self.none();
        found.add(tokens, 0);
        found
    }

    /// The occurrences of each term in the values of a field outside the text. All values are in one position space,
    /// with gaps between them.
    pub(super) fn in_values(&self, values: &[&str], tokenizer: &mut Tokenizer) -> Occurrences<'_> {
        let mut found = self.none();
        let mut tokens = Tokens::default();
        let mut shift = 0u32;
        for value in values {
            tokenizer.text(value, &mut tokens);
            found.add(&tokens, shift);
            shift = shift.saturating_add(tokens.words).saturating_add(ZONE_GAP);
        }
        found
    }
}

/// The occurrences of a clause's terms in one text, and the ends of its sentences and paragraphs.
#[derive(Clone)]
pub(super) struct Occurrences<'t> {
    terms: &'t TermNumbers<'t>,
    /// By the number of the term: ranges, sorted by first position.
    of_term: Vec<Vec<PositionRange>>,
    pub(super) sentence_ends: Vec<u32>,
    pub(super) paragraph_ends: Vec<u32>,
}

impl Occurrences<'_> {
    /// Adds the occurrences in `tokens`, `shift` positions later.
    fn add(&mut self, tokens: &Tokens, shift: u32) {
        for token in &tokens.tokens {
            if let Some(&number) = self.terms.numbers.get(&(token.form, tokens.text(token))) {
                let first = shift.saturating_add(token.position);
                let last = first.saturating_add(u32::from(token.width.max(1)) - 1);
                self.of_term[number as usize].push(PositionRange { first, last });
            }
        }
        self.sentence_ends.extend(tokens.sentence_ends.iter().map(|end| shift.saturating_add(*end)));
        self.paragraph_ends.extend(tokens.paragraph_ends.iter().map(|end| shift.saturating_add(*end)));
    }

    pub(super) fn of(&self, term: &Term) -> &[PositionRange] {
        match self.terms.numbers.get(&(term.form, term.text.as_str())) {
            Some(&number) => &self.of_term[number as usize],
            None => &[],
        }
    }

    /// The occurrences that are inside a zone, which has the positions `windows`.
    pub(super) fn inside(&self, windows: &[Range<u32>]) -> Self {
        let is_inside = |positions: &PositionRange| {
            windows.iter().any(|window| window.contains(&positions.first) && window.contains(&positions.last))
        };
        let mut inside = self.clone();
        inside.of_term.iter_mut().for_each(|ranges| ranges.retain(is_inside));
        inside
    }
}

/// The positions of a zone of the text: the title, the first paragraph of the body, the body, or each caption.
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

/// The values of a field outside the text.
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
        Field::Extra(name) => article.extra.get(name.as_str()).map_or(Vec::new(), |values| all(values)),
        Field::Title | Field::Lede | Field::Body | Field::Caption | Field::Name(_) => Vec::new(),
    }
}
