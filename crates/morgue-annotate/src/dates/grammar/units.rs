//! Quarters, halves, fiscal years, seasons, decades and centuries.

use super::{ExpressionParser, FoundExpression};
use crate::dates::language::{DateWord, Unit};
use crate::dates::resolve::{century, years_from};
use crate::dates::scan::{Gap, TokenKind};
use crate::dates::time_expression::{TimeExpression, YearReference};
use morgue_article::date::DateSpan;

impl ExpressionParser<'_> {
    /// An expression that begins with an ordinal: `third quarter of 2018`, `first half of next year`, `20th century`,
    /// `12th of January`.
    pub(super) fn ordinal(&self, at: usize) -> Option<FoundExpression> {
        if self.tokens[at].glued_before {
            return None;
        }
        let is_digits = self.text[self.start(at)..].starts_with(|c: char| c.is_ascii_digit());
        if is_digits && let Some(found) = self.written(at) {
            return Some(self.with_range(at, found));
        }
        if let Some(DateWord::Ordinal(number @ 1..=5)) = self.word(at)
            && self.gap(at + 1) == Gap::Blank
            && let Some(found) = self.nth_weekday(number as i8, at + 1)
        {
            return Some(FoundExpression { start: self.start(at), ..found });
        }
        self.quarter(at, YearReference::Closest).or_else(|| self.century(at))
    }

    /// A quarter or half year: `third quarter`, `third-quarter`, `fiscal third quarter`, `second half of 2018`. `year`
    /// is its year if no other year is stated.
    fn quarter(&self, at: usize, year: YearReference) -> Option<FoundExpression> {
        let Some(DateWord::Ordinal(number)) = self.word(at) else { return None };
        let is_adjacent = |gap| matches!(gap, Gap::Blank | Gap::Dash);
        let fiscal = usize::from(self.word(at + 1) == Some(DateWord::Fiscal) && is_adjacent(self.gap(at + 1)));
        let unit_at = at + 1 + fiscal;
        if !is_adjacent(self.gap(unit_at)) || self.tokens.get(unit_at).is_none() || self.is_plural(unit_at) {
            return None;
        }
        let stated = self.stated_year(unit_at + 1, self.end(unit_at)).or_else(|| self.of_the_year(unit_at + 1));
        let is_stated = stated.is_some() || year != YearReference::Closest;
        let (year, next, end) = stated.unwrap_or((year, unit_at + 1, self.end(unit_at)));
        let when = match (self.word(unit_at)?, number) {
            (DateWord::Unit(Unit::Quarter), 1..=4) if is_stated || !self.is_about_a_game() => {
                TimeExpression::Quarter { quarter: number as u8, year }
            }
            (DateWord::Unit(Unit::Half), 1..=2) if is_stated => TimeExpression::Half { half: number as u8, year },
            _ => return None,
        };
        Some(FoundExpression { when, start: self.start(at), end, next })
    }

    /// The year of publication, as `of the year`.
    fn of_the_year(&self, at: usize) -> Option<(YearReference, usize, usize)> {
        let of_the = self.word_after(at, Gap::Blank) == Some(DateWord::Of)
            && self.word_after(at + 1, Gap::Blank) == Some(DateWord::The);
        let year = of_the
            && self.word_after(at + 2, Gap::Blank) == Some(DateWord::Unit(Unit::Year))
            && !self.is_plural(at + 2);
        year.then(|| (YearReference::Shift(0), at + 3, self.end(at + 2)))
    }

    /// A quarter or half year in short form: `Q3`, `Q3 2018`, `3Q18`, `H1 2018`.
    pub(super) fn short_quarter(&self, at: usize) -> Option<FoundExpression> {
        let token = self.tokens[at];
        if token.glued_before || token.glued_after {
            return None;
        }
        let stated = self.stated_year(at + 1, self.end(at));
        let when = |year| match self.word(at)? {
            DateWord::Quarter(quarter) => Some(TimeExpression::Quarter { quarter, year }),
            DateWord::Half(half) => Some(TimeExpression::Half { half, year }),
            _ => None,
        };
        match (stated, self.word(at)) {
            (Some((year, next, end)), _) => {
                Some(FoundExpression { when: when(year)?, start: self.start(at), end, next })
            }
            (None, Some(DateWord::Quarter(_))) => Some(self.found(when(YearReference::Closest)?, at, at + 1)),
            _ => None,
        }
    }

    /// A quarter after its year: `1988 third quarter`, `2018 Q3`.
    pub(super) fn quarter_after_year(&self, at: usize, year: i16) -> Option<FoundExpression> {
        if self.gap(at + 1) != Gap::Blank {
            return None;
        }
        let found = self.part_of_year(at + 1, YearReference::Given(year))?;
        Some(FoundExpression { start: self.start(at), ..found })
    }

    /// A quarter of a year that stands before it: `this year's third quarter`, `2018 Q3`.
    pub(super) fn part_of_year(&self, at: usize, year: YearReference) -> Option<FoundExpression> {
        let at = if self.word(at) == Some(DateWord::Fiscal) && self.gap(at + 1) == Gap::Blank { at + 1 } else { at };
        match self.word(at)? {
            DateWord::Ordinal(_) => self.quarter(at, year),
            DateWord::Quarter(quarter) => Some(self.found(TimeExpression::Quarter { quarter, year }, at, at + 1)),
            _ => None,
        }
    }

    /// A fiscal year or quarter: `fiscal 2018`, `fiscal year 2018`, `fiscal third quarter`.
    pub(super) fn fiscal(&self, at: usize) -> Option<FoundExpression> {
        if !matches!(self.gap(at + 1), Gap::Blank | Gap::Dash) {
            return None;
        }
        let after_year = usize::from(self.word(at + 1) == Some(DateWord::Unit(Unit::Year)));
        if let Some(found) = self.quarter(at + 1, YearReference::Closest) {
            return Some(FoundExpression { start: self.start(at), ..found });
        }
        let (year, next, end) = match self.number(at + 1 + after_year, 4..=4) {
            Some(year) if self.gap(at + 1 + after_year) != Gap::Far => {
                (YearReference::Given(year as i16), at + 2 + after_year, self.end(at + 1 + after_year))
            }
            _ => self.stated_year(at + 1 + after_year, self.end(at + after_year))?,
        };
        let YearReference::Given(year) = year else { return None };
        let when = TimeExpression::Span(DateSpan::year(year).filter(|_| (1000..=2999).contains(&year))?);
        Some(FoundExpression { when, start: self.start(at), end, next })
    }

    /// A season: `spring 2017`, `summer of '69`, `winter of 1994-95`. `year` is its year if no other year is stated.
    pub(super) fn season(&self, at: usize, year: YearReference) -> Option<FoundExpression> {
        let Some(DateWord::Season(season)) = self.word(at) else { return None };
        let token = self.tokens[at];
        if token.glued_before || token.glued_after {
            return None;
        }
        let (year, next, end) = self.season_year(at).unwrap_or((year, at + 1, self.end(at)));
        Some(FoundExpression { when: TimeExpression::Season { season, year }, start: self.start(at), end, next })
    }

    fn season_year(&self, at: usize) -> Option<(YearReference, usize, usize)> {
        let (year, next, end) = self.stated_year(at + 1, self.end(at)).or_else(|| self.season_of_short_year(at))?;
        let winter_ends = self.gap(next) == Gap::Dash && self.number(next, 2..=2).is_some();
        Some(if winter_ends { (year, next + 1, self.end(next)) } else { (year, next, end) })
    }

    /// The year of two digits after a season: `summer of '69`.
    fn season_of_short_year(&self, at: usize) -> Option<(YearReference, usize, usize)> {
        if self.word_after(at + 1, Gap::Blank) != Some(DateWord::Of) {
            return None;
        }
        self.stated_year(at + 2, self.end(at + 1))
    }

    /// A season without `last`, `this` and `next`. It is a date only with a year or after a word that introduces
    /// seasons.
    pub(super) fn bare_season(&self, at: usize) -> Option<FoundExpression> {
        let found = self.season(at, YearReference::Closest)?;
        if !matches!(found.when, TimeExpression::Season { year: YearReference::Closest, .. }) {
            return Some(found);
        }
        let the = at.checked_sub(1).filter(|_| self.word_before(at) == Some(DateWord::The))?;
        let introduced = self.is_after_one_of(self.start(the), self.lexicon.language.before_seasons);
        let of_something = matches!(self.word_after(at + 1, Gap::Blank), Some(DateWord::Of | DateWord::In));
        (introduced && !of_something && !self.is_capital(at)).then_some(found)
    }

    /// A century: `20th century`, `19th-century`.
    fn century(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Ordinal(number @ 1..=21)) = self.word(at) else { return None };
        let is_adjacent = matches!(self.gap(at + 1), Gap::Blank | Gap::Dash);
        if !is_adjacent || self.word(at + 1) != Some(DateWord::Unit(Unit::Century)) || self.is_plural(at + 1) {
            return None;
        }
        if self.word_after(at + 2, Gap::Blank) == Some(DateWord::BeforeChrist) {
            return None;
        }
        Some(self.found(TimeExpression::Span(century(number.into())?), at, at + 2))
    }

    /// A decade in digits: `1990s`, `the '90s`, `the early 90s`.
    pub(super) fn decade(&self, at: usize) -> Option<FoundExpression> {
        let Some(TokenKind::Decade { value, digits }) = self.kind(at) else { return None };
        let token = self.tokens[at];
        if token.glued_after || token.glued_before {
            return None;
        }
        if digits == 4 {
            // `the 1800s` are a century. `the 2000s` are a decade so far.
            let count = if value % 100 == 0 && value < 2000 { 100 } else { 10 };
            let span = years_from(value.into(), count).filter(|_| (1000..=2100).contains(&value))?;
            return Some(self.found(TimeExpression::Span(span), at, at + 1));
        }
        let start = self.start(at);
        let quoted = self.text[..start].ends_with(['\'', '\u{2019}', '\u{2018}']);
        let edge = self.word(at.wrapping_sub(1)) == Some(DateWord::Edge) && !self.is_of_a_person(at - 1);
        let found = self.found(TimeExpression::Decade((value % 100) as u8), at, at + 1);
        let quote = self.text[..start].chars().next_back().filter(|_| quoted).map_or(0, char::len_utf8);
        (quoted || edge).then_some(FoundExpression { start: start - quote, ..found })
    }

    /// A decade in words: `the nineties`.
    pub(super) fn spoken_decade(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Decade(tens)) = self.word(at) else { return None };
        let introduced = match self.word(at.checked_sub(1)?) {
            Some(DateWord::The) => self.gap(at) == Gap::Blank,
            Some(DateWord::Edge) => self.gap(at) != Gap::Far && !self.is_of_a_person(at - 1),
            _ => false,
        };
        introduced.then(|| self.found(TimeExpression::Decade(tens), at, at + 1))
    }

    /// Whether a decade is the age of a person: `his early 60s`.
    fn is_of_a_person(&self, at: usize) -> bool {
        self.is_after_one_of(self.start(at), self.lexicon.language.before_ages)
    }

    /// An expression that is a date only after `the`: `the weekend`, `the quarter`, `the end of the year`, `the day
    /// before yesterday`.
    pub(super) fn after_the(&self, at: usize) -> Option<FoundExpression> {
        let next = at + 1;
        if self.gap(next) != Gap::Blank || self.is_plural(next) {
            return None;
        }
        if let Some(found) = self.before_last(next) {
            return Some(found);
        }
        let part = self.word_after(next + 1, Gap::Blank) == Some(DateWord::Of);
        match self.word(next)? {
            DateWord::Unit(Unit::Weekend) if !part => Some(self.found(TimeExpression::Weekend, next, next + 1)),
            DateWord::Unit(Unit::Quarter) if !part && !self.is_about_a_game() => {
                let introduced = self.is_after_one_of(self.start(at), &["in", "for", "during"]);
                introduced
                    .then(|| self.found(TimeExpression::Context { unit: Unit::Quarter, shift: 0 }, next, next + 1))
            }
            DateWord::Unit(Unit::Day) => self.day_next_to(next).or_else(|| {
                let found = self.next_to_day(1, Unit::Day, next + 1)?;
                Some(FoundExpression { start: self.start(next), ..found })
            }),
            DateWord::End if part => {
                let the =
                    self.word_after(next + 2, Gap::Blank) == Some(DateWord::The) && self.gap(next + 3) == Gap::Blank;
                let found = the.then(|| self.this_unit(next + 3))??;
                Some(FoundExpression { start: self.start(next), ..found })
            }
            _ => None,
        }
    }

    /// `day before yesterday` or `day after tomorrow`.
    fn day_next_to(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Day(day @ (-1 | 1))) = self.word(at + 1) else { return None };
        let between = self.text.get(self.end(at)..self.start(at + 1))?;
        let wanted = if day < 0 { " before " } else { " after " };
        let when = TimeExpression::Unit { unit: Unit::Day, shift: 2 * i32::from(day) };
        (between == wanted).then(|| self.found(when, at, at + 2))
    }
}
