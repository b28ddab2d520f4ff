//! Expressions that are counted from the day of publication, or from a day mentioned before: weekdays, `last week`,
//! `two years ago`.

use super::{ExpressionParser, FoundExpression};
use crate::dates::language::{DateWord, Unit};
use crate::dates::scan::{Gap, TokenKind};
use crate::dates::time_expression::{TimeExpression, YearReference};

impl ExpressionParser<'_> {
    /// A weekday: `Friday`, `Friday night`, `Friday, January 4`, `Monday next week`. `shift` is set after `last`,
    /// `this` or `next`.
    pub(super) fn weekday(&self, at: usize, shift: Option<i8>) -> Option<FoundExpression> {
        let token = self.tokens[at];
        let Some(DateWord::Weekday(weekday, is_short)) = self.word(at) else { return None };
        if !token.capital || token.glued_before || token.glued_after {
            return None;
        }
        if let Some(date) = self.date_after_weekday(at) {
            return Some(FoundExpression { start: self.start(at), ..date });
        }
        let every = self.word_before(at) == Some(DateWord::Every);
        let any = self.word_before(at) == Some(DateWord::One) && self.text[..self.start(at)].ends_with("on a ");
        let is_numbered = shift.is_none() && matches!(self.word_before(at), Some(DateWord::Ordinal(_)));
        if is_short || every || any || is_numbered {
            return None;
        }
        if shift == Some(-1)
            && let Some(found) = self.nth_weekday(-1, at)
        {
            return Some(found);
        }
        let of = usize::from(self.word_after(at + 1, Gap::Blank) == Some(DateWord::Of));
        if let (Some(DateWord::Shift(weeks)), Some(DateWord::Unit(Unit::Week))) =
            (self.word(at + of + 1), self.word(at + of + 2))
        {
            let side_by_side = (1..=of + 2).all(|n| self.gap(at + n) == Gap::Blank) && !self.is_plural(at + of + 2);
            if side_by_side {
                return Some(self.found(TimeExpression::WeekdayOf { weekday, weeks }, at, at + of + 3));
            }
        }
        if self.is_part_of_unit(at) {
            return None;
        }
        if shift.is_none()
            && let Some(found) = self.weekday_step(at)
        {
            return Some(found);
        }
        let found = self.with_day_part(self.found(TimeExpression::Weekday { weekday, shift }, at, at + 1));
        if shift.is_none() && self.is_to_come(self.start(at), found.end) {
            return Some(FoundExpression { when: TimeExpression::ComingWeekday(weekday), ..found });
        }
        Some(found)
    }

    /// The date after a weekday: `, January 4, 2019`, `, the 4th of January`.
    fn date_after_weekday(&self, at: usize) -> Option<FoundExpression> {
        if !matches!(self.gap(at + 1), Gap::Blank | Gap::Comma) {
            return None;
        }
        let the = usize::from(self.word(at + 1) == Some(DateWord::The) && self.gap(at + 2) == Gap::Blank);
        let date = match self.kind(at + 1 + the)? {
            TokenKind::Number { .. } | TokenKind::Word(DateWord::Ordinal(_)) => self.written(at + 1 + the)?,
            TokenKind::Word(DateWord::Month(_)) if the == 0 => self.month_or_day(at + 1)?,
            _ => return None,
        };
        match date.when {
            TimeExpression::Day { .. } => Some(date),
            TimeExpression::Span(span) if span.first() == span.last() => Some(date),
            _ => None,
        }
    }

    /// Extends an expression by a part of the day: `night` in `Friday night`.
    fn with_day_part(&self, found: FoundExpression) -> FoundExpression {
        match self.word_after(found.next, Gap::Blank) {
            Some(DateWord::DayPart) => FoundExpression { end: self.end(found.next), next: found.next + 1, ..found },
            _ => found,
        }
    }

    /// A day next to the day of publication: `yesterday`, `today`, `tomorrow morning`.
    pub(super) fn today(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Day(shift)) = self.word(at) else { return None };
        let token = self.tokens[at];
        let possessive = ["'s ", "\u{2019}s "].iter().any(|s| self.text[..self.start(at)].ends_with(s));
        let in_name = token.capital && (possessive || self.text_before(self.start(at)).starts_with(char::is_uppercase));
        if token.glued_before || token.glued_after || in_name {
            return None;
        }
        let found = self.found(TimeExpression::Unit { unit: Unit::Day, shift: shift.into() }, at, at + 1);
        Some(self.with_day_part(found))
    }

    /// A time without definite days: `now`, `recently`.
    pub(super) fn now(&self, at: usize) -> Option<FoundExpression> {
        let token = self.tokens[at];
        let glued = token.glued_before || token.glued_after || self.text[self.end(at)..].starts_with('-');
        (!glued).then(|| self.found(TimeExpression::Unknown, at, at + 1))
    }

    /// An expression that begins with `last`, `this`, `next`, `past`, `previous`, `that` or `these`.
    pub(super) fn shifted(&self, at: usize) -> Option<FoundExpression> {
        let quoted = self.text[..self.start(at)].ends_with(['"', '\u{201c}']);
        let is_name = quoted && self.is_capital(at) && self.tokens.get(at + 1).is_some_and(|next| next.capital);
        if self.tokens[at].glued_before || is_name {
            return None;
        }
        let (which, target) = match (self.word(at)?, self.word_after(at + 1, Gap::Blank)) {
            (DateWord::Shift(0), Some(word @ (DateWord::Past | DateWord::Coming))) => {
                let weekday_or_month =
                    matches!(self.word(at + 2), Some(DateWord::Weekday(..) | DateWord::Month(_) | DateWord::Season(_)));
                (if word == DateWord::Past && weekday_or_month { DateWord::Shift(-1) } else { word }, at + 2)
            }
            (word, _) => (word, at + 1),
        };
        if self.gap(target) != Gap::Blank {
            return None;
        }
        let found = match which {
            DateWord::Shift(shift) => self.shifted_by(shift, target),
            DateWord::Coming => self.coming(target),
            DateWord::Past => self.past(target),
            DateWord::ContextShift(shift) => self.in_context(shift.into(), target),
            DateWord::That => self.in_context(0, target),
            DateWord::These => (self.text_after(self.end(at)) == "days")
                .then(|| self.found(TimeExpression::Unknown, target, target + 1)),
            _ => None,
        }?;
        Some(FoundExpression { start: self.start(at), ..found })
    }

    /// The expression after `last` (-1), `this` (0) or `next` (1).
    fn shifted_by(&self, shift: i8, at: usize) -> Option<FoundExpression> {
        if let Some(found) = self.holiday(at, YearReference::Toward(shift)) {
            return Some(found);
        }
        match self.word(at)? {
            DateWord::Unit(unit) => self.shifted_unit(shift, unit, at),
            DateWord::Month(_) if self.is_capital(at) => self.month(at, YearReference::Toward(shift)),
            DateWord::Weekday(..) => self.weekday(at, Some(shift)),
            DateWord::Season(_) => self.season(at, YearReference::Toward(shift)),
            DateWord::DayPart => {
                // `last night` means yesterday. `next morning` means the day after a day mentioned before.
                let when = if shift <= 0 {
                    TimeExpression::Unit { unit: Unit::Day, shift: shift.into() }
                } else {
                    TimeExpression::Unknown
                };
                Some(self.found(when, at, at + 1))
            }
            DateWord::Fiscal => match self.word_after(at + 1, Gap::Blank)? {
                DateWord::Unit(Unit::Year) => self.shifted_unit(shift, Unit::Year, at + 1),
                _ => None,
            },
            _ => None,
        }
    }

    fn shifted_unit(&self, shift: i8, unit: Unit, at: usize) -> Option<FoundExpression> {
        let has_hyphen = self.text[self.end(at)..].starts_with('-');
        if self.is_plural(at) || has_hyphen {
            return None;
        }
        if shift == -1
            && matches!(unit, Unit::Quarter | Unit::Half)
            && let Some((year, next, end)) = self.stated_year(at + 1, self.end(at))
        {
            let when = if unit == Unit::Quarter {
                TimeExpression::Quarter { quarter: 4, year }
            } else {
                TimeExpression::Half { half: 2, year }
            };
            return Some(FoundExpression { when, start: self.start(at), end, next });
        }
        let is_part = self.word_after(at + 1, Gap::Blank) == Some(DateWord::Of);
        let counts = match unit {
            // `the next day` means the day after a day mentioned before. `the last day` is the last day of something.
            Unit::Day => shift == 1,
            Unit::Half | Unit::Period => false,
            _ => true,
        };
        if is_part || !counts {
            return None;
        }
        if unit == Unit::Year
            && self.gap(at + 1) == Gap::Possessive
            && let Some(found) = self.part_of_year(at + 1, YearReference::Shift(shift))
        {
            return Some(found);
        }
        let when = if unit == Unit::Day {
            TimeExpression::Context { unit, shift: 1 }
        } else {
            TimeExpression::Unit { unit, shift: shift.into() }
        };
        Some(self.found(when, at, at + 1))
    }

    /// The expression after `coming`.
    fn coming(&self, at: usize) -> Option<FoundExpression> {
        let weekend = self.word(at) == Some(DateWord::Unit(Unit::Weekend));
        self.shifted_by(if weekend { 0 } else { 1 }, at)
    }

    /// The expression after `past`: a weekday, a month, or a unit that ends with the day of publication.
    fn past(&self, at: usize) -> Option<FoundExpression> {
        match self.word(at)? {
            DateWord::Unit(Unit::Day | Unit::Half | Unit::Period) => None,
            DateWord::Unit(unit) if !self.is_plural(at) => Some(self.found(TimeExpression::Past(unit), at, at + 1)),
            DateWord::Month(_) | DateWord::Weekday(..) | DateWord::Season(_) => self.shifted_by(-1, at),
            _ => None,
        }
    }

    /// A unit counted from a day mentioned before: `that year`, `the previous week`, `the following day`, `the latest
    /// quarter`.
    fn in_context(&self, shift: i32, at: usize) -> Option<FoundExpression> {
        if matches!(self.word(at), Some(DateWord::Weekday(_, false) | DateWord::Month(_))) && self.is_capital(at) {
            return Some(self.found(TimeExpression::Unknown, at, at + 1));
        }
        let at = if self.word(at) == Some(DateWord::Fiscal) && self.gap(at + 1) == Gap::Blank { at + 1 } else { at };
        match self.word(at)? {
            DateWord::Unit(Unit::Period) if self.word(at - 1) != Some(DateWord::That) => None,
            DateWord::Unit(Unit::Half) => None,
            DateWord::Unit(unit) if !self.is_plural(at) => {
                Some(self.found(TimeExpression::Context { unit, shift }, at, at + 1))
            }
            DateWord::DayPart => Some(self.found(TimeExpression::Unknown, at, at + 1)),
            _ => None,
        }
    }

    /// A number of units and a direction: `two years ago`, `10 days later`, `a year earlier`, `several weeks ago`.
    pub(super) fn counted(&self, at: usize) -> Option<FoundExpression> {
        let (count, unit_at) = self.count(at)?;
        let Some(DateWord::Unit(unit)) = self.word(unit_at) else { return None };
        if !matches!(self.gap(unit_at), Gap::Blank | Gap::Dash) || unit == Unit::Half {
            return None;
        }
        let half = self.and_a_half(unit_at + 1);
        let (count, unit_at) = half.map_or((count, unit_at), |next| (None, next - 1));
        let next = unit_at + 2;
        if let Some(count) = count
            && let Some(found) = self.next_to_day(count, unit, unit_at + 1)
        {
            return Some(FoundExpression { start: self.start(at), ..found });
        }
        if !matches!(self.gap(unit_at + 1), Gap::Blank | Gap::Dash) {
            return None;
        }
        let direction = self.word(unit_at + 1)?;
        if let (Some(count), DateWord::Ago) = (count, direction)
            && let Some(found) = self.ago_from_anchor(count, unit, next)
        {
            return Some(FoundExpression { start: self.start(at), ..found });
        }
        let when = match (direction, count, unit) {
            (DateWord::Ago | DateWord::Than(_), None, _) => TimeExpression::Unknown,
            (DateWord::Ago, Some(1), Unit::Year) => TimeExpression::YearAgo,
            (DateWord::Ago, Some(count), unit) => TimeExpression::Unit { unit, shift: -count },
            (DateWord::Than(sign), Some(count), unit) => {
                TimeExpression::Context { unit, shift: i32::from(sign) * count }
            }
            (DateWord::From, Some(count), unit) if self.is_present(next) => {
                return Some(self.found(TimeExpression::Unit { unit, shift: count }, at, next + 1));
            }
            // `closed for two weeks from Saturday` says when a period begins.
            (DateWord::From, Some(count), unit) if !self.is_after_one_of(self.start(at), &["for"]) => {
                let found = self.counted_from_anchor(count, unit, next)?;
                return Some(FoundExpression { start: self.start(at), ..found });
            }
            _ => return None,
        };
        Some(self.found(when, at, next))
    }

    /// Whether the present follows: `from now`, `from today`.
    fn is_present(&self, at: usize) -> bool {
        self.gap(at) == Gap::Blank && matches!(self.word(at), Some(DateWord::Now | DateWord::Day(0)))
    }

    /// A number in digits or words, and the token after it. The number is `None` if it is indefinite.
    fn count(&self, at: usize) -> Option<(Option<i32>, usize)> {
        let (count, next) = self.whole_count(at)?;
        Some(self.and_a_half(next).map_or((count, next), |next| (None, next)))
    }

    fn whole_count(&self, at: usize) -> Option<(Option<i32>, usize)> {
        if let Some(number) = self.number(at, 1..=4) {
            return Some((Some(number.into()), at + 1));
        }
        match self.word(at)? {
            DateWord::One => match self.word_after(at + 1, Gap::Blank) {
                // `a few years`, `a couple of years`
                Some(DateWord::Vague) => Some((None, self.after_vague(at + 1))),
                _ => Some((Some(1), at + 1)),
            },
            DateWord::Vague => Some((None, self.after_vague(at))),
            DateWord::Number(number) => {
                let tens = number >= 20;
                let unit = match self.word_after(at + 1, Gap::Dash).or_else(|| self.word_after(at + 1, Gap::Blank)) {
                    Some(DateWord::Number(unit @ 1..=9)) if tens => Some(unit),
                    _ => None,
                };
                let count = number + unit.unwrap_or(0);
                Some((Some(count.into()), at + 1 + usize::from(unit.is_some())))
            }
            _ => None,
        }
    }

    /// The token after `and a half`, if that is at `at`.
    fn and_a_half(&self, at: usize) -> Option<usize> {
        let words = [DateWord::And, DateWord::One, DateWord::Unit(Unit::Half)];
        words.iter().enumerate().all(|(n, word)| self.word_after(at + n, Gap::Blank) == Some(*word)).then_some(at + 3)
    }

    fn after_vague(&self, at: usize) -> usize {
        let mut next = at + 1;
        while next < at + 3 && matches!(self.word_after(next, Gap::Blank), Some(DateWord::Vague | DateWord::Of)) {
            next += 1;
        }
        next
    }

    /// An expression that begins with a unit: `year-end`, `year's end`, `year-ago`, `year-earlier`.
    pub(super) fn unit(&self, at: usize) -> Option<FoundExpression> {
        if let Some(found) = self.before_last(at) {
            return Some(found);
        }
        if self.word(at) != Some(DateWord::Unit(Unit::Year)) || self.is_plural(at) {
            return None;
        }
        let when = match (self.gap(at + 1), self.word(at + 1)?) {
            (Gap::Dash | Gap::Blank | Gap::Possessive, DateWord::End) => TimeExpression::Holiday {
                holiday: crate::dates::language::Holiday::Fixed(12, 31),
                year: YearReference::Closest,
            },
            (Gap::Dash, DateWord::Ago | DateWord::Than(-1)) => TimeExpression::YearAgo,
            _ => return None,
        };
        Some(self.found(when, at, at + 2))
    }
}
