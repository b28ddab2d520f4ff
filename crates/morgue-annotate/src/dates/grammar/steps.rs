//! Expressions of two steps. The first step is an **anchor**, the second one counts from it: `two weeks ago Friday`, `a
//! week from Tuesday`, `ten years ago this month`, `the Tuesday before last`, `the Monday after Easter`, `the last Sunday
//! in October`.

use super::{ExpressionParser, FoundExpression};
use crate::dates::language::{DateWord, Holiday, Unit};
use crate::dates::scan::Gap;
use crate::dates::time_expression::{TimeExpression, YearReference};

impl ExpressionParser<'_> {
    /// A number of units before the anchor that begins at `at`, after `ago`: `two weeks ago Friday`, `ten years ago this
    /// month`, `a year ago today`. The start of the result is the start of the anchor.
    pub(super) fn ago_from_anchor(&self, count: i32, unit: Unit, at: usize) -> Option<FoundExpression> {
        let is_on = at > 0
            && self
                .tokens
                .get(at)
                .is_some_and(|token| self.text.get(self.end(at - 1)..token.start as usize) == Some(" on "));
        if self.gap(at) != Gap::Blank && !is_on {
            return None;
        }
        let shift = usize::from(matches!(self.word(at), Some(DateWord::Shift(_))) && self.gap(at + 1) == Gap::Blank);
        if let Some(weekday) = self.whole_weekday(at + shift) {
            let is_near = shift == 0 || !matches!(unit, Unit::Day | Unit::Week);
            if is_near {
                let when = TimeExpression::NearestWeekday { weekday, unit, count: -count };
                return self.found_anchor(when, at, at + shift + 1);
            }
        }
        let anchor = self.anchor(at)?;
        Some(FoundExpression { when: offset(anchor.when, unit, -count), ..anchor })
    }

    /// A number of units after the anchor that begins at `at`, after `from`: `a week from Tuesday`, `two weeks from
    /// tomorrow`. The start of the result is the start of the anchor.
    pub(super) fn counted_from_anchor(&self, count: i32, unit: Unit, at: usize) -> Option<FoundExpression> {
        if self.gap(at) != Gap::Blank {
            return None;
        }
        let anchor = match self.whole_weekday(at) {
            Some(weekday) => self.found_anchor(TimeExpression::ComingWeekday(weekday), at, at + 1)?,
            None => self.anchor(at)?,
        };
        Some(FoundExpression { when: offset(anchor.when, unit, count), ..anchor })
    }

    /// A number of units before or after a holiday or a day, whose token `at` comes after `before` or `after`: `two days
    /// before Christmas`, `a week after May 3`. The start of the result is the start of the anchor.
    pub(super) fn next_to_day(&self, count: i32, unit: Unit, at: usize) -> Option<FoundExpression> {
        let sign = self.before_or_after(at)?;
        let anchor = self.fixed_day(at)?;
        Some(FoundExpression { when: offset(anchor.when, unit, sign * count), ..anchor })
    }

    /// A weekday or unit that is counted from `last` or `next`: `the Tuesday before last`, `the week after next`.
    pub(super) fn before_last(&self, at: usize) -> Option<FoundExpression> {
        let sign = self.before_or_after(at + 1)?;
        let is_counted = self.word_before(at) == Some(DateWord::The)
            && self.word(at + 1) == Some(DateWord::Shift(sign as i8))
            && !(self.gap(at + 2) == Gap::Blank && self.is_target_of_shift(at + 2));
        if !is_counted {
            return None;
        }
        let when = match self.word(at)? {
            DateWord::Weekday(..) => {
                let weekday = self.whole_weekday(at)?;
                offset(TimeExpression::Weekday { weekday, shift: Some(sign as i8) }, Unit::Week, sign)
            }
            DateWord::Unit(Unit::Half | Unit::Period | Unit::Day) => return None,
            DateWord::Unit(unit) if !self.is_plural(at) => TimeExpression::Unit { unit, shift: 2 * sign },
            _ => return None,
        };
        Some(self.found(when, at, at + 2))
    }

    /// A weekday with a step: `Monday week`, `the Monday after Easter`.
    pub(super) fn weekday_step(&self, at: usize) -> Option<FoundExpression> {
        if let Some(found) = self.before_last(at) {
            return Some(found);
        }
        let weekday = self.whole_weekday(at)?;
        let is_week = self.word_after(at + 1, Gap::Blank) == Some(DateWord::Unit(Unit::Week));
        if is_week && !self.is_plural(at + 1) && !self.is_capital(at + 1) && !self.has_hyphen_after(at + 1) {
            return Some(self.found(offset(TimeExpression::ComingWeekday(weekday), Unit::Week, 1), at, at + 2));
        }
        let sign = self.before_or_after(at + 1).filter(|_| self.word_before(at) == Some(DateWord::The))?;
        let anchor = self.fixed_day(at + 1)?;
        let when = TimeExpression::WeekdayNextTo { weekday, anchor: Box::new(anchor.when), direction: sign as i8 };
        Some(FoundExpression { when, start: self.start(at), end: anchor.end, next: anchor.next })
    }

    /// A weekday of a month by its number (-1 for the last one): `second Tuesday of November 2016`. The token `at` is
    /// the weekday. The start of the result is the start of the weekday.
    pub(super) fn nth_weekday(&self, nth: i8, at: usize) -> Option<FoundExpression> {
        let weekday = self.whole_weekday(at)?;
        if !self.is_in_or_of(at + 1) || self.gap(at + 2) != Gap::Blank {
            return None;
        }
        let Some(DateWord::Month(month)) = self.word(at + 2).filter(|_| self.is_capital(at + 2)) else { return None };
        let stated = self.stated_year(at + 3, self.end(at + 2));
        let (year, next, end) = stated.unwrap_or((YearReference::Closest, at + 3, self.end(at + 2)));
        let when = TimeExpression::Holiday { holiday: Holiday::Nth(month, weekday, nth, 0), year };
        Some(FoundExpression { when, start: self.start(at), end, next })
    }

    /// Whether the weekday at `at` recurs, or is one of a unit that is not known: `Friday of every month`, `Monday of
    /// the week`.
    pub(super) fn is_part_of_unit(&self, at: usize) -> bool {
        if !self.is_in_or_of(at + 1) || self.gap(at + 2) != Gap::Blank {
            return false;
        }
        let is_unit =
            |at: usize| matches!(self.word_after(at, Gap::Blank), Some(DateWord::Unit(_) | DateWord::Month(_)));
        match self.word(at + 2) {
            Some(DateWord::Every) => true,
            Some(DateWord::The | DateWord::One | DateWord::Shift(_) | DateWord::That) => is_unit(at + 3),
            _ => false,
        }
    }

    /// A day that other expressions count from: `today`, `this month`, `next Friday`, `last May`.
    fn anchor(&self, at: usize) -> Option<FoundExpression> {
        if let Some(DateWord::Day(shift)) = self.word(at) {
            return self.found_anchor(TimeExpression::Unit { unit: Unit::Day, shift: shift.into() }, at, at + 1);
        }
        let Some(DateWord::Shift(shift)) = self.word(at) else { return None };
        let target = at + 1;
        if self.gap(target) != Gap::Blank {
            return None;
        }
        let when = match self.word(target)? {
            DateWord::Unit(Unit::Day | Unit::Half | Unit::Period) => return None,
            DateWord::Unit(unit) if !self.is_plural(target) => TimeExpression::Unit { unit, shift: shift.into() },
            DateWord::Month(month) if self.is_capital(target) => {
                TimeExpression::Month { month, year: YearReference::Toward(shift) }
            }
            DateWord::Weekday(..) => {
                TimeExpression::Weekday { weekday: self.whole_weekday(target)?, shift: Some(shift) }
            }
            _ => return None,
        };
        self.found_anchor(when, at, target + 1)
    }

    /// A holiday, or a day with its month.
    fn fixed_day(&self, at: usize) -> Option<FoundExpression> {
        let found = self.holiday(at, YearReference::Closest).or_else(|| self.written(at))?;
        let is_day = match &found.when {
            TimeExpression::Holiday { .. } | TimeExpression::Day { .. } => true,
            TimeExpression::Span(span) => span.first() == span.last(),
            _ => false,
        };
        is_day.then_some(found)
    }

    /// An anchor of the tokens from `from` to before `next`. A possessive is not an anchor: `a year ago today's champion`.
    fn found_anchor(&self, when: TimeExpression, from: usize, next: usize) -> Option<FoundExpression> {
        let found = self.found(when, from, next);
        (!self.text[found.end..].starts_with(['\'', '\u{2019}'])).then_some(found)
    }

    /// The weekday at `at`, if its name is written in full.
    fn whole_weekday(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at).filter(|token| token.capital && !token.glued_before && !token.glued_after)?;
        match token.kind {
            crate::dates::scan::TokenKind::Word(DateWord::Weekday(weekday, false)) => Some(weekday),
            _ => None,
        }
    }

    /// -1 if only `before` is between token `at` and the token before it, 1 if only `after` is.
    fn before_or_after(&self, at: usize) -> Option<i32> {
        let before = at.checked_sub(1)?;
        match self.text.get(self.end(before)..self.tokens.get(at)?.start as usize)? {
            " before " => Some(-1),
            " after " => Some(1),
            _ => None,
        }
    }

    fn is_in_or_of(&self, at: usize) -> bool {
        let is_in = |at: usize| self.text[self.start(at)..self.end(at)].eq_ignore_ascii_case("in");
        match self.word_after(at, Gap::Blank) {
            Some(DateWord::Of) => true,
            Some(DateWord::In) => is_in(at),
            _ => false,
        }
    }

    fn is_target_of_shift(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Some(
                DateWord::Unit(_)
                    | DateWord::Weekday(..)
                    | DateWord::Month(_)
                    | DateWord::Season(_)
                    | DateWord::DayPart
            )
        )
    }

    fn has_hyphen_after(&self, at: usize) -> bool {
        self.text[self.end(at)..].starts_with('-')
    }
}

fn offset(anchor: TimeExpression, unit: Unit, count: i32) -> TimeExpression {
    TimeExpression::Offset { anchor: Box::new(anchor), unit, count }
}
