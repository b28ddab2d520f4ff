//! The grammar of time expressions: tokens to what they say.
//!
//! [`Reader::mentions`] tries each token as the start of an expression. `absolute.rs` has days, months and years as
//! written; `relative.rs` what counts from the day of publication; `units.rs` quarters, seasons, decades and centuries.

mod absolute;
mod relative;
mod surroundings;
mod units;

use std::cell::OnceCell;

use super::language::{Unit, Word};
use super::lexicon::Lexicon;
use super::scan::{Gap, NO_ENTRY, Token, What};
use super::when::{When, Year};
use morgue_article::date::{Date, DateSpan};

/// The tokens of one paragraph and the text that they stand in.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'static Lexicon,
    /// Is the article about a ball game? Known when it was asked.
    pub is_game: &'a OnceCell<bool>,
    /// The whole article.
    pub article: &'a str,
}

/// An expression that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub when: When,
    /// Bytes of the reader's text.
    pub start: usize,
    pub end: usize,
    /// The number of the first token after it.
    pub next: usize,
}

impl Reader<'_> {
    /// Calls `take` with each expression, in order; they do not overlap.
    pub fn mentions(&self, mut take: impl FnMut(Found)) {
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.tokens[at].begins || self.is_lone(at) {
                at += 1;
            } else if let Some(skipped) = self.not_a_date(at) {
                at = skipped;
            } else if let Some(found) = self.expression(at) {
                at = found.next.max(at + 1);
                take(found);
            } else {
                at += 1;
            }
        }
    }

    /// Is it `the` or `a` before a word that means nothing here? They are too many to look closer.
    fn is_lone(&self, at: usize) -> bool {
        let is_article = matches!(self.tokens[at].what, What::Word(Word::The | Word::One));
        is_article && self.tokens.get(at + 1).is_none_or(|next| next.start > self.tokens[at].end + 2)
    }

    /// Past a name that only looks like a date: `Friday Night Lights`.
    fn not_a_date(&self, at: usize) -> Option<usize> {
        let (end, holiday) = self.phrase(at)?;
        holiday.is_none().then(|| self.token_from(at, end))
    }

    /// The expression that begins with token `at`.
    fn expression(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.holiday(at, Year::Closest) {
            return Some(found);
        }
        match self.tokens[at].what {
            What::Number { .. } => self.numeric(at),
            What::Decade { .. } => self.decade(at),
            What::Word(word) => match word {
                Word::Month(_) => self.month_or_day(at),
                Word::Weekday(..) => self.weekday(at, None),
                Word::Day(_) => self.today(at),
                Word::Now => self.now(at),
                Word::Shift(_) | Word::Coming | Word::Past | Word::ContextShift(_) | Word::That | Word::These => {
                    self.shifted(at)
                }
                Word::Number(_) | Word::One | Word::Vague => self.counted(at).or_else(|| self.spoken_year(at)),
                Word::Ordinal(_) => self.ordinal(at),
                Word::Season(_) => self.bare_season(at),
                Word::Quarter(_) | Word::Half(_) => self.short_quarter(at),
                Word::The => self.after_the(at),
                Word::Unit(_) => self.unit(at),
                Word::Fiscal => self.fiscal(at),
                Word::Decade(_) => self.spoken_decade(at),
                Word::Edge | Word::Than(_) => self.edge(at),
                _ => None,
            },
        }
    }

    /// `early 1990`, `mid-November`, `late last week`, `earlier this month`, `late in the year`.
    fn edge(&self, at: usize) -> Option<Found> {
        let next = at + 1;
        let beside = match self.what(next)? {
            What::Decade { .. } => matches!(self.gap(next), Gap::Blank | Gap::Dash | Gap::Apostrophe),
            _ => matches!(self.gap(next), Gap::Blank | Gap::Dash),
        };
        if !beside {
            return None;
        }
        let in_the = self.word(next) == Some(Word::In)
            && self.word_after(next + 1, Gap::Blank) == Some(Word::The)
            && self.gap(next + 2) == Gap::Blank;
        let found = if in_the { self.this_unit(next + 2) } else { self.expression_after_edge(next) }?;
        Some(Found { start: self.start(at), ..found })
    }

    fn expression_after_edge(&self, at: usize) -> Option<Found> {
        match self.word(at) {
            Some(Word::Than(_) | Word::Edge | Word::One | Word::Number(_) | Word::Vague | Word::Now) => None,
            Some(Word::Season(_)) => self.season(at, Year::Closest),
            _ => self.expression(at),
        }
    }

    /// A unit after `the` that is the one of publication: `the end of the year`.
    fn this_unit(&self, at: usize) -> Option<Found> {
        let Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century))) =
            self.word(at)
        else {
            return None;
        };
        let is_one = !self.is_plural(at) && self.word_after(at + 1, Gap::Blank) != Some(Word::Of);
        is_one.then(|| self.found(When::Unit { unit, shift: 0 }, at, at + 1))
    }

    /// A holiday and its year: `Christmas`, `Easter 2016`, `Thanksgiving last year`.
    fn holiday(&self, at: usize, year: Year) -> Option<Found> {
        let (end, holiday) = self.phrase(at)?;
        let next = self.token_from(at, end);
        let stated = self.stated_year(next, end);
        let (year, next, end) = stated.map_or((year, next, end), |(year, after, year_end)| (year, after, year_end));
        let when = match holiday? {
            super::language::Holiday::Once(year, month, day) => When::Span(DateSpan::day(Date::new(year, month, day)?)),
            holiday => When::Holiday { holiday, year },
        };
        Some(Found { when, start: self.start(at), end, next })
    }

    fn phrase(&self, at: usize) -> Option<(usize, Option<super::language::Holiday>)> {
        let token = self.tokens.get(at)?;
        let can_begin =
            token.entry != NO_ENTRY && (token.capital || !matches!(token.what, What::Word(_))) && !token.glued_before;
        let word_end = self.end(at) - usize::from(self.text[..self.end(at)].ends_with('.'));
        can_begin.then(|| self.lexicon.phrase(token.entry, self.text, word_end))?
    }

    /// The expression of tokens `from` up to `next`.
    fn found(&self, when: When, from: usize, next: usize) -> Found {
        Found { when, start: self.start(from), end: self.end(next - 1), next }
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

    fn what(&self, at: usize) -> Option<What> {
        self.tokens.get(at).map(|token| token.what)
    }

    fn word(&self, at: usize) -> Option<Word> {
        match self.what(at)? {
            What::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The word `at` if it stands so after the token before it.
    fn word_after(&self, at: usize, gap: Gap) -> Option<Word> {
        self.word(at).filter(|_| self.gap(at) == gap)
    }

    /// The word before token `at`, after one blank.
    fn word_before(&self, at: usize) -> Option<Word> {
        self.word(at.checked_sub(1)?).filter(|_| self.gap(at) == Gap::Blank)
    }

    /// What stands between token `at` and the one before it.
    fn gap(&self, at: usize) -> Gap {
        match (at.checked_sub(1), self.tokens.get(at)) {
            (Some(before), Some(token)) => {
                self.text.get(self.end(before)..token.start as usize).map_or(Gap::Far, Gap::of)
            }
            _ => Gap::Far,
        }
    }

    /// A number of so many digits that is glued to nothing after it.
    fn number(&self, at: usize, wanted: std::ops::RangeInclusive<u8>) -> Option<u16> {
        match self.what(at)? {
            What::Number { value, digits } if wanted.contains(&digits) && !self.tokens[at].glued_after => Some(value),
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
