//! Days, months and years as they are written, and ranges of them.

use super::{ExpressionParser, FoundExpression};
use crate::dates::language::{DateWord, Unit};
use crate::dates::scan::{Gap, TokenKind};
use crate::dates::time_expression::{TimeExpression, YearReference};
use morgue_article::date::{Date, DateSpan, Written};

impl ExpressionParser<'_> {
    /// An expression that begins with a number: a day, a year, `3-5 March`, `10 days ago`.
    pub(super) fn numeric(&self, at: usize) -> Option<FoundExpression> {
        if self.tokens[at].glued_before {
            return None;
        }
        self.days_before_month(at)
            .or_else(|| self.written(at).map(|found| self.with_range(at, found)))
            .or_else(|| self.day_in_either_order(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.year(at).map(|found| self.with_range(at, found)))
            .or_else(|| self.short_year(at))
    }

    /// An expression that begins with a month.
    pub(super) fn month_or_day(&self, at: usize) -> Option<FoundExpression> {
        let token = self.tokens[at];
        if !token.capital || token.glued_before {
            return None;
        }
        let found =
            self.written(at).or_else(|| self.spoken_day(at)).or_else(|| self.month(at, YearReference::Closest))?;
        Some(self.with_range(at, found))
    }

    /// A day, or a month with a year, as [`Written`] reads it.
    pub(super) fn written(&self, at: usize) -> Option<FoundExpression> {
        let token = self.tokens.get(at).filter(|token| !token.glued_before)?;
        let start = token.start as usize;
        let written = Written::read(&self.text[start..], self.lexicon.language.names, None)?;
        let end = start + written.len;
        let text = &self.text[start..end];
        let letters = text.find(|c: char| c.is_alphabetic());
        let is_name = letters.is_none() || text.contains(|c: char| c.is_uppercase());
        if !is_name || self.is_count(end) && written.year.is_none() {
            return None;
        }
        let next = self.token_from(at, end);
        let found = |when| Some(FoundExpression { when, start, end, next });
        match (written.span(), written.day) {
            (Some(span), _) => found(TimeExpression::Span(span)),
            (None, Some(day)) => {
                let famous = self.lexicon.language.famous.iter().find(|(m, d, ..)| (*m, *d) == (written.month, day));
                if let Some((month, day, year, _)) = famous.filter(|(.., words)| self.is_before_one_of(end, words)) {
                    return found(TimeExpression::Span(DateSpan::day(Date::new(*year, *month, *day)?)));
                }
                let day = |year| TimeExpression::Day { month: written.month, day, year };
                match self.stated_year(next, end) {
                    Some((year, next, end)) => Some(FoundExpression { when: day(year), start, end, next }),
                    None => found(day(self.year_by_word_before(at))),
                }
            }
            (None, None) => None,
        }
    }

    /// A day in digits whose order is not known: `9/11/2015`. Only its year is sure.
    fn day_in_either_order(&self, at: usize) -> Option<FoundExpression> {
        let is_part = |at: usize| self.number(at, 1..=2).is_some_and(|part| (1..=12).contains(&part));
        let in_slashes = self.gap(at + 1) == Gap::Slash && self.gap(at + 2) == Gap::Slash;
        if !in_slashes || !is_part(at) || !is_part(at + 1) {
            return None;
        }
        let year = self.number(at + 2, 4..=4).filter(|year| (1000..=2999).contains(year))?;
        let is_longer = matches!(self.text.as_bytes()[self.end(at + 2)..], [b'/' | b'-', ..]);
        let span = DateSpan::year(year as i16).filter(|_| !is_longer)?;
        Some(self.found(TimeExpression::Span(span), at, at + 3))
    }

    /// Whether the number that ends at byte `end` counts things: `10 people`.
    pub(super) fn is_count(&self, end: usize) -> bool {
        self.is_before_one_of(end, self.lexicon.language.quantities)
    }

    /// The year of a day or month without a year. After `ended`, it is the last one: `ended June 30`.
    fn year_by_word_before(&self, at: usize) -> YearReference {
        let ended = self.is_after_one_of(self.start(at), self.lexicon.language.before_past);
        if ended { YearReference::Toward(-1) } else { YearReference::Closest }
    }

    /// A day in words: `March eighth`.
    fn spoken_day(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Month(month)) = self.word(at) else { return None };
        let Some(DateWord::Ordinal(day @ 1..=31)) = self.word_after(at + 1, Gap::Blank) else { return None };
        let quarter = matches!(self.word(at + 2), Some(DateWord::Unit(_)));
        let when = TimeExpression::Day { month, day: day as u8, year: YearReference::Closest };
        (!quarter).then(|| self.found(when, at, at + 2))
    }

    /// A month. `year` is its year if no other year is stated.
    pub(super) fn month(&self, at: usize, year: YearReference) -> Option<FoundExpression> {
        let token = self.tokens[at];
        let Some(DateWord::Month(month)) = self.word(at) else { return None };
        if token.glued_before || token.glued_after || !token.capital {
            return None;
        }
        let end = self.end(at);
        if let Some((year, next, end)) = self.stated_year(at + 1, end) {
            return Some(FoundExpression {
                when: TimeExpression::Month { month, year },
                start: self.start(at),
                end,
                next,
            });
        }
        let year = if year == YearReference::Closest { self.year_by_word_before(at) } else { year };
        let sure = year != YearReference::Closest || self.is_surely_a_month(at);
        sure.then(|| self.found(TimeExpression::Month { month, year }, at, at + 1))
    }

    /// Whether the name of a month without day and year is a month, and not a verb or a name: `Theresa May`.
    fn is_surely_a_month(&self, at: usize) -> bool {
        if self.is_before_month(at + 1) {
            return true;
        }
        let language = self.lexicon.language;
        let (start, end) = (self.start(at), self.end(at));
        let name = self.text[start..end].trim_end_matches('.');
        let is = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        let introduced = self.is_after_one_of(start, language.before_dates);
        let capital_before = self.text_before(start).starts_with(char::is_uppercase) && !introduced;
        let has_period = self.text[..end].ends_with('.');
        let capital_after =
            !has_period && self.text[end..].starts_with(' ') && self.text_after(end).starts_with(char::is_uppercase);
        if self.text[end..].starts_with('-') {
            return false;
        }
        if is(language.doubtful_months) {
            let possessive = self.text[end..].starts_with(['\'', '\u{2019}']);
            let of_a_person = possessive && !matches!(self.word_before(at), Some(DateWord::In | DateWord::Shift(_)));
            return introduced && !of_a_person && !capital_after && self.word_before(at) != Some(DateWord::The);
        }
        if is(language.given_names) {
            return !capital_before && !capital_after;
        }
        !capital_before || self.text[..start].ends_with('\n')
    }

    /// Whether a month follows as the end of a range: `-July`, `to July`.
    fn is_before_month(&self, at: usize) -> bool {
        let to = usize::from(self.word_after(at, Gap::Blank) == Some(DateWord::To));
        let gap = if to == 1 { Gap::Blank } else { Gap::Dash };
        matches!(self.word_after(at + to, gap), Some(DateWord::Month(_))) && self.is_capital(at + to)
    }

    /// The year that is stated after byte `end`, where the token `next` begins: `2016`, `of 2016`, `'98`, `last year`,
    /// `of this year`. The result has the token and the byte after it.
    pub(super) fn stated_year(&self, next: usize, end: usize) -> Option<(YearReference, usize, usize)> {
        let token = self.tokens.get(next)?;
        let gap = Gap::of(self.text.get(end..token.start as usize)?);
        if gap == Gap::Apostrophe {
            let number = self.number(next, 2..=2)?;
            return Some((YearReference::Given(two_digits(number)), next + 1, self.end(next)));
        }
        let of = gap == Gap::Blank && self.word(next) == Some(DateWord::Of);
        let at = if of { next + 1 } else { next };
        let gap = if of { self.gap(at) } else { gap };
        if !matches!(gap, Gap::Blank | Gap::Comma) {
            return None;
        }
        let at = if of && self.word(at) == Some(DateWord::The) && self.gap(at + 1) == Gap::Blank { at + 1 } else { at };
        if gap == Gap::Blank
            && matches!(self.word(at), Some(DateWord::Shift(_)))
            && self.word_after(at + 1, Gap::Blank) == Some(DateWord::Unit(Unit::Year))
            && !self.is_plural(at + 1)
        {
            let Some(DateWord::Shift(shift)) = self.word(at) else { return None };
            return Some((YearReference::Shift(shift), at + 2, self.end(at + 1)));
        }
        let at = if self.word(at) == Some(DateWord::Fiscal) { at + 1 } else { at };
        if gap == Gap::Blank
            && let Some(FoundExpression { when: TimeExpression::Span(span), next, end, .. }) = self.spoken_year(at)
        {
            return Some((YearReference::Given(span.first().year()), next, end));
        }
        let year = self.number(at, 4..=4).filter(|year| (1000..=2999).contains(year))?;
        let is_year = gap == Gap::Blank && !self.is_count(self.end(at));
        is_year.then(|| (YearReference::Given(year as i16), at + 1, self.end(at)))
    }

    /// A year of four digits.
    fn year(&self, at: usize) -> Option<FoundExpression> {
        let year = self.number(at, 4..=4)?;
        let language = self.lexicon.language;
        let (start, end) = (self.start(at), self.end(at));
        let far_off = self.is_after_one_of(start, language.before_far_years);
        let plausible = (1700..=2100).contains(&year) || far_off && (1000..=2999).contains(&year);
        let before_christ = self.word_after(at + 1, Gap::Blank).is_some_and(|word| word == DateWord::BeforeChrist);
        let is_other = before_christ || self.is_count(end) || self.is_after_identifier(start) || self.is_address(end);
        if !plausible || is_other {
            return None;
        }
        if let Some(found) = self.quarter_after_year(at, year as i16) {
            return Some(found);
        }
        Some(self.found(TimeExpression::Span(DateSpan::year(year as i16)?), at, at + 1))
    }

    /// A year of two digits with an apostrophe (`'98`), after a word that introduces dates.
    fn short_year(&self, at: usize) -> Option<FoundExpression> {
        let year = self.number(at, 2..=2)?;
        let before = self.text[..self.start(at)].strip_suffix(['\'', '\u{2019}', '\u{2018}'])?;
        let introduced = self.is_after_one_of(before.len(), self.lexicon.language.before_dates);
        let found = self.found(TimeExpression::Span(DateSpan::year(two_digits(year))?), at, at + 1);
        introduced.then_some(FoundExpression { start: before.len(), ..found })
    }

    /// A year in words: `nineteen ninety-six`.
    pub(super) fn spoken_year(&self, at: usize) -> Option<FoundExpression> {
        let Some(DateWord::Number(century @ (18..=20))) = self.word(at) else { return None };
        let Some(DateWord::Number(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90))) =
            self.word_after(at + 1, Gap::Blank)
        else {
            return None;
        };
        let unit = match self.word_after(at + 2, Gap::Dash).or_else(|| self.word_after(at + 2, Gap::Blank)) {
            Some(DateWord::Number(unit @ 1..=9)) => Some(unit),
            _ => None,
        };
        let next = at + 2 + usize::from(unit.is_some());
        let year = century * 100 + tens + unit.unwrap_or(0);
        if century == 20 && tens >= 50 {
            return None;
        }
        Some(self.found(TimeExpression::Span(DateSpan::year(year as i16)?), at, next))
    }

    /// A range of days before its month: `3-5 March 2019`, `3 to 5 March`, `3 and 4 March`.
    fn days_before_month(&self, at: usize) -> Option<FoundExpression> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        let last = match (self.gap(at + 1), self.word(at + 1)) {
            (Gap::Dash, _) => at + 1,
            (Gap::Blank, Some(DateWord::To | DateWord::And)) if self.gap(at + 2) == Gap::Blank => at + 2,
            _ => return None,
        };
        let month_is_named = matches!(self.word(last + 1), Some(DateWord::Month(_))) && self.is_capital(last + 1);
        let token = self.tokens.get(last).filter(|_| month_is_named)?;
        let written = Written::read(&self.text[token.start as usize..], self.lexicon.language.names, None)?;
        let end = token.start as usize + written.len;
        let next = self.token_from(last, end);
        let (month, last_day) = (written.month, written.day?);
        let year = written.year.map_or(YearReference::Closest, YearReference::Given);
        let (first, last) =
            (TimeExpression::Day { month, day: day as u8, year }, TimeExpression::Day { month, day: last_day, year });
        (day < u16::from(last_day)).then(|| FoundExpression {
            when: range(first, last),
            start: self.start(at),
            end,
            next,
        })
    }

    /// The range that begins with `found`, or `found` itself if no range does.
    pub(super) fn with_range(&self, at: usize, found: FoundExpression) -> FoundExpression {
        self.range_end(at, &found).unwrap_or(found)
    }

    fn range_end(&self, at: usize, found: &FoundExpression) -> Option<FoundExpression> {
        let next = found.next;
        let gap = Gap::of(self.text.get(found.end..self.tokens.get(next)?.start as usize)?);
        let last = match (gap, self.word(next)) {
            (Gap::Dash | Gap::Slash, _) => next,
            (Gap::Blank, Some(DateWord::To)) if self.gap(next + 1) == Gap::Blank => next + 1,
            (Gap::Blank, Some(DateWord::And))
                if self.word_before(at) == Some(DateWord::Between) && self.gap(next + 1) == Gap::Blank =>
            {
                next + 1
            }
            _ => return None,
        };
        let joined = |when: TimeExpression, end: usize, next: usize| {
            Some(FoundExpression { when: range(found.when.clone(), when), start: found.start, end, next })
        };
        match &found.when {
            TimeExpression::Span(first) if is_year(*first) => {
                let year = self.last_year(last, first.first().year(), gap)?;
                joined(TimeExpression::Span(DateSpan::year(year)?), self.end(last), last + 1)
            }
            TimeExpression::Month { .. } if gap != Gap::Slash => {
                let end = self.month(last, YearReference::Toward(0)).or_else(|| self.written(last))?;
                let when = match (end.when, &found.when) {
                    (
                        TimeExpression::Month { month, year: YearReference::Toward(0) },
                        TimeExpression::Month { year, .. },
                    ) => TimeExpression::Month { month, year: *year },
                    (TimeExpression::Span(span), TimeExpression::Month { .. }) if span.first() != span.last() => {
                        TimeExpression::Span(span)
                    }
                    (TimeExpression::Month { month, year }, _) => TimeExpression::Month { month, year },
                    _ => return None,
                };
                joined(when, end.end, end.next)
            }
            TimeExpression::Day { month, year, .. } if gap != Gap::Slash => match self.written(last) {
                Some(end) if is_day(&end.when) => joined(end.when, end.end, end.next),
                Some(_) => None,
                None => self.last_day(last, *month, *year).and_then(|(when, end, next)| joined(when, end, next)),
            },
            TimeExpression::Span(first) if first.first() == first.last() && gap != Gap::Slash => {
                let end = self.written(last).filter(|end| is_day(&end.when))?;
                joined(end.when, end.end, end.next)
            }
            _ => None,
        }
    }

    /// The last year of a range of years: `2014-16`, `2014-2016`, `2014 to 2016`, `2014/15`.
    fn last_year(&self, at: usize, first: i16, gap: Gap) -> Option<i16> {
        let year = match (self.number(at, 2..=4)?, self.kind(at)?) {
            (year, TokenKind::Number { digits: 4, .. }) => year as i16,
            (year, TokenKind::Number { digits: 2, .. }) if gap != Gap::Blank => first / 100 * 100 + year as i16,
            _ => return None,
        };
        (first < year && year <= first + 500 && !self.is_count(self.end(at))).then_some(year)
    }

    /// The last day of a range of days after its month (`March 3-5`, `March 3 to 5, 2019`), with the byte and token
    /// after it.
    fn last_day(&self, at: usize, month: u8, year: YearReference) -> Option<(TimeExpression, usize, usize)> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day) && !self.is_count(self.end(at)))? as u8;
        let (next, end) = (at + 1, self.end(at));
        let may_have_year = matches!(self.gap(next), Gap::Comma | Gap::Blank);
        let stated = self.number(next, 4..=4).filter(|year| may_have_year && (1000..=2999).contains(year));
        if let Some(stated) = stated {
            let year = YearReference::Given(stated as i16);
            return Some((TimeExpression::Day { month, day, year }, self.end(next), next + 1));
        }
        Some((TimeExpression::Day { month, day, year }, end, next))
    }
}

fn range(first: TimeExpression, last: TimeExpression) -> TimeExpression {
    TimeExpression::Range(Box::new(first), Box::new(last))
}

fn is_day(when: &TimeExpression) -> bool {
    match when {
        TimeExpression::Day { .. } => true,
        TimeExpression::Span(span) => span.first() == span.last(),
        _ => false,
    }
}

fn is_year(span: DateSpan) -> bool {
    DateSpan::year(span.first().year()) == Some(span)
}

/// The year that two digits mean: `'98` is 1998, `'19` is 2019.
fn two_digits(year: u16) -> i16 {
    let year = year as i16;
    if year < 30 { 2000 + year } else { 1900 + year }
}
