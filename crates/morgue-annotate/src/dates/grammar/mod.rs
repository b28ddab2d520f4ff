//! The grammar of time expressions: it combines tokens to expressions.
//!
//! [`ExpressionParser::mentions`] tries each token as the start of an expression. `absolute.rs` has the rules for days,
//! months and years as they are written, `date_list.rs` those for lists of them, `relative.rs` those for expressions that
//! depend on the day of publication, `steps.rs` those for expressions that count from another expression, and `units.rs`
//! those for quarters, seasons, decades and centuries. `tense.rs` tells past weekdays from weekdays to come. A rule gets the index of a token and returns the
//! expression that begins there, or `None`.

mod absolute;
mod date_list;
mod relative;
mod steps;
mod surroundings;
mod tense;
mod units;

use std::cell::OnceCell;

use super::date_lexicon::DateLexicon;
use super::language::{DateWord, Unit};
use super::scan::{DateToken, Gap, NO_ENTRY, TokenKind};
use super::time_expression::{TimeExpression, YearReference};
use morgue_article::date::{Date, DateSpan};

/// The tokens of one paragraph and its text.
pub(super) struct ExpressionParser<'a> {
    pub text: &'a str,
    pub tokens: &'a [DateToken],
    pub lexicon: &'static DateLexicon,
    /// Whether the article is about a ball game. It is computed when it is first needed.
    pub is_game: &'a OnceCell<bool>,
    /// The text of the whole article.
    pub article: &'a str,
}

/// An expression in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundExpression {
    pub when: TimeExpression,
    /// Bytes of the parser's text.
    pub start: usize,
    pub end: usize,
    /// The index of the first token after it.
    pub next: usize,
}

impl ExpressionParser<'_> {
    /// Calls `take` with each expression, in order. Expressions do not overlap.
    pub(super) fn mentions(&self, mut take: impl FnMut(FoundExpression)) {
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.tokens[at].begins || self.is_lone(at) {
                at += 1;
            } else if let Some(skipped) = self.not_a_date(at) {
                at = skipped;
            } else if let Some(list) = self.list_at(at) {
                for found in list {
                    at = found.next.max(at + 1);
                    take(found);
                }
            } else if let Some(found) = self.expression(at) {
                at = found.next.max(at + 1);
                take(found);
            } else {
                at += 1;
            }
        }
    }

    /// The list of dates that begins with the month or number at `at`.
    fn list_at(&self, at: usize) -> Option<Vec<FoundExpression>> {
        let may_begin = matches!(
            self.tokens[at].kind,
            TokenKind::Number { digits: 1..=2, .. } | TokenKind::Word(DateWord::Month(_) | DateWord::Ordinal(_))
        );
        if may_begin { self.date_list(at) } else { None }
    }

    /// Whether a token is `the` or `a` before a word without a meaning in dates. There are so many that they are
    /// skipped early.
    fn is_lone(&self, at: usize) -> bool {
        let is_article = matches!(self.tokens[at].kind, TokenKind::Word(DateWord::The | DateWord::One));
        is_article && self.tokens.get(at + 1).is_none_or(|next| next.start > self.tokens[at].end + 2)
    }

    /// The token after a name that only looks like a date: `Friday Night Lights`.
    fn not_a_date(&self, at: usize) -> Option<usize> {
        let (end, holiday) = self.phrase(at)?;
        holiday.is_none().then(|| self.token_from(at, end))
    }

    /// The expression that begins with token `at`.
    fn expression(&self, at: usize) -> Option<FoundExpression> {
        if let Some(found) = self.holiday(at, YearReference::Closest) {
            return Some(found);
        }
        match self.tokens[at].kind {
            TokenKind::Number { .. } => self.numeric(at),
            TokenKind::Decade { .. } => self.decade(at),
            TokenKind::Word(word) => match word {
                DateWord::Month(_) => self.month_or_day(at),
                DateWord::Weekday(..) => self.weekday(at, None),
                DateWord::Day(_) => self.today(at),
                DateWord::Now => self.now(at),
                DateWord::Shift(_)
                | DateWord::Coming
                | DateWord::Past
                | DateWord::ContextShift(_)
                | DateWord::That
                | DateWord::These => self.shifted(at),
                DateWord::Number(_) | DateWord::One | DateWord::Vague => {
                    self.counted(at).or_else(|| self.spoken_year(at))
                }
                DateWord::Ordinal(_) => self.ordinal(at),
                DateWord::Season(_) => self.bare_season(at),
                DateWord::Quarter(_) | DateWord::Half(_) => self.short_quarter(at),
                DateWord::The => self.after_the(at),
                DateWord::Unit(_) => self.unit(at),
                DateWord::Fiscal => self.fiscal(at),
                DateWord::Decade(_) => self.spoken_decade(at),
                DateWord::Edge | DateWord::Than(_) => self.edge(at),
                _ => None,
            },
        }
    }

    /// An expression after a part of a span: `early 1990`, `mid-November`, `late last week`, `earlier this month`,
    /// `late in the year`.
    fn edge(&self, at: usize) -> Option<FoundExpression> {
        let next = at + 1;
        let is_adjacent = match self.kind(next)? {
            TokenKind::Decade { .. } => matches!(self.gap(next), Gap::Blank | Gap::Dash | Gap::Apostrophe),
            _ => matches!(self.gap(next), Gap::Blank | Gap::Dash),
        };
        if !is_adjacent {
            return None;
        }
        let in_the = self.word(next) == Some(DateWord::In)
            && self.word_after(next + 1, Gap::Blank) == Some(DateWord::The)
            && self.gap(next + 2) == Gap::Blank;
        let found = if in_the { self.this_unit(next + 2) } else { self.expression_after_edge(next) }?;
        Some(FoundExpression { start: self.start(at), ..found })
    }

    fn expression_after_edge(&self, at: usize) -> Option<FoundExpression> {
        match self.word(at) {
            Some(
                DateWord::Than(_)
                | DateWord::Edge
                | DateWord::One
                | DateWord::Number(_)
                | DateWord::Vague
                | DateWord::Now,
            ) => None,
            Some(DateWord::Season(_)) => self.season(at, YearReference::Closest),
            _ => self.expression(at),
        }
    }

    /// A unit after `the` that means the unit of publication: `the end of the year`.
    fn this_unit(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century))) =
            self.word(at)
        else {
            return None;
        };
        let is_one = !self.is_plural(at) && self.word_after(at + 1, Gap::Blank) != Some(DateWord::Of);
        is_one.then(|| self.found(TimeExpression::Unit { unit, shift: 0 }, at, at + 1))
    }

    /// A holiday and its year: `Christmas`, `Easter 2016`, `Thanksgiving last year`.
    fn holiday(&self, at: usize, year: YearReference) -> Option<FoundExpression> {
        let (end, holiday) = self.phrase(at)?;
        let next = self.token_from(at, end);
        let stated = self.stated_year(next, end);
        let (year, next, end) = stated.map_or((year, next, end), |(year, after, year_end)| (year, after, year_end));
        let when = match holiday? {
            super::language::Holiday::Once(year, month, day) => {
                TimeExpression::Span(DateSpan::day(Date::new(year, month, day)?))
            }
            holiday => TimeExpression::Holiday { holiday, year },
        };
        Some(FoundExpression { when, start: self.start(at), end, next })
    }

    fn phrase(&self, at: usize) -> Option<(usize, Option<super::language::Holiday>)> {
        let token = self.tokens.get(at)?;
        let can_begin = token.entry != NO_ENTRY
            && (token.capital || !matches!(token.kind, TokenKind::Word(_)))
            && !token.glued_before;
        let word_end = self.end(at) - usize::from(self.text[..self.end(at)].ends_with('.'));
        if !can_begin {
            return None;
        }
        let (end, holiday) = self.lexicon.phrase(token.entry, self.text, word_end)?;
        // `9/11/2015` is a day in digits, and not the holiday `9/11`.
        let continues = !matches!(token.kind, TokenKind::Word(_))
            && matches!(self.text.as_bytes()[end..], [b'/' | b'-' | b'.', next, ..] if next.is_ascii_digit());
        (!continues).then_some((end, holiday))
    }

    /// An expression of the tokens from `from` to before `next`.
    fn found(&self, when: TimeExpression, from: usize, next: usize) -> FoundExpression {
        FoundExpression { when, start: self.start(from), end: self.end(next - 1), next }
    }

    fn start(&self, at: usize) -> usize {
        self.tokens[at].start as usize
    }

    fn end(&self, at: usize) -> usize {
        self.tokens[at].end as usize
    }

    /// The first token from `at` on that begins at byte `end` or after it.
    fn token_from(&self, at: usize, end: usize) -> usize {
        at + self.tokens[at..].iter().take_while(|token| (token.start as usize) < end).count()
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn word(&self, at: usize) -> Option<DateWord> {
        match self.kind(at)? {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The word at `at`, if this gap is before it.
    fn word_after(&self, at: usize, gap: Gap) -> Option<DateWord> {
        self.word(at).filter(|_| self.gap(at) == gap)
    }

    /// The word before token `at`, if one blank is between them.
    fn word_before(&self, at: usize) -> Option<DateWord> {
        self.word(at.checked_sub(1)?).filter(|_| self.gap(at) == Gap::Blank)
    }

    /// The gap between token `at` and the token before it.
    fn gap(&self, at: usize) -> Gap {
        match (at.checked_sub(1), self.tokens.get(at)) {
            (Some(before), Some(token)) => {
                self.text.get(self.end(before)..token.start as usize).map_or(Gap::Far, Gap::of)
            }
            _ => Gap::Far,
        }
    }

    /// A number with this number of digits that is not joined to the text after it.
    fn number(&self, at: usize, wanted: std::ops::RangeInclusive<u8>) -> Option<u16> {
        match self.kind(at)? {
            TokenKind::Number { value, digits } if wanted.contains(&digits) && !self.tokens[at].glued_after => {
                Some(value)
            }
            _ => None,
        }
    }

    fn is_plural(&self, at: usize) -> bool {
        self.text[..self.end(at)].ends_with(['s', 'S'])
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens[at].capital
    }
}
