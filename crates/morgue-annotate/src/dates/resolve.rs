//! Resolves time expressions to spans of days, given the time of publication.
//!
//! The rules for incomplete expressions were measured on news (`examples/score_dates.rs`). A bare weekday is the
//! nearest past one, or the day of publication itself; if its verb is in the future, it is the nearest one to come. A month and day, a quarter, a season or a holiday without a year
//! is the one closest to publication.

use super::holidays;
use super::language::{Season, Unit};
use super::time_expression::{TimeExpression, YearReference};
use morgue_article::date::{Date, DateSpan, Precision};

/// The times that expressions are resolved against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DateContext {
    /// The day, month or year of publication.
    pub published: Option<DateSpan>,
    /// The last resolved mention in the same paragraph.
    pub last: Option<DateSpan>,
    /// The last quarter that the article mentions.
    pub quarter: Option<DateSpan>,
}

impl DateContext {
    /// The days that an expression means. `None` if the context is not enough. If only the month or year of publication
    /// is known, the result must be the same for its first and its last day.
    pub(super) fn resolve(&self, when: &TimeExpression) -> Option<DateSpan> {
        match when {
            TimeExpression::Span(span) => Some(*span),
            TimeExpression::Unknown => None,
            TimeExpression::Context { unit, shift } => self.by_context(*unit, *shift),
            TimeExpression::YearAgo => {
                match self.quarter.filter(|_| self.last.is_none() || self.last == self.quarter) {
                    Some(quarter) => months_after(quarter, -12),
                    None => self.by_publication(&TimeExpression::Unit { unit: Unit::Year, shift: -1 }),
                }
            }
            TimeExpression::Range(first, last) => self.range(first, last),
            TimeExpression::Offset { anchor, unit, count } => moved(self.resolve(anchor)?, *unit, *count),
            TimeExpression::WeekdayNextTo { weekday, anchor, direction } => {
                weekday_next_to(*weekday, self.resolve(anchor)?, *direction)
            }
            when => self.by_publication(when),
        }
    }

    fn by_publication(&self, when: &TimeExpression) -> Option<DateSpan> {
        if let Some(span) = given(when) {
            return Some(span);
        }
        let published = self.published?;
        let first = resolve_on(when, published.first())?;
        let same = published.first() == published.last() || resolve_on(when, published.last()) == Some(first);
        same.then_some(first)
    }

    fn by_context(&self, unit: Unit, shift: i32) -> Option<DateSpan> {
        if matches!(unit, Unit::Quarter | Unit::Period) && shift == 0 {
            return self.quarter;
        }
        let last = self.last.or(self.quarter)?;
        match unit {
            Unit::Year if shift != 0 && last.precision() != Precision::Day => {
                months_after(last, shift.checked_mul(12)?)
            }
            unit => unit_around(unit, last.first(), shift).filter(|span| shift != 0 || span.contains(last)),
        }
    }

    /// The span of a range. An end without a year takes it from the other end: `March 3 - April 5, 2019`, `between
    /// November and January`.
    fn range(&self, first: &TimeExpression, last: &TimeExpression) -> Option<DateSpan> {
        let end = self.resolve(last)?;
        let start = match recurring(first) {
            Some(_) => latest_until(first, end.first())?,
            None => self.resolve(first)?,
        };
        DateSpan::new(start.first(), end.last())
    }
}

/// The span of an expression that states its year.
fn given(when: &TimeExpression) -> Option<DateSpan> {
    match recurring(when)? {
        YearReference::Given(year) => in_year(when, year),
        _ => None,
    }
}

/// The year of an expression that recurs each year. `None` for all other expressions.
fn recurring(when: &TimeExpression) -> Option<YearReference> {
    match when {
        TimeExpression::Day { year, .. }
        | TimeExpression::Month { year, .. }
        | TimeExpression::Season { year, .. }
        | TimeExpression::Quarter { year, .. }
        | TimeExpression::Half { year, .. }
        | TimeExpression::Holiday { year, .. } => Some(*year),
        _ => None,
    }
}

/// The span of a recurring expression in one year.
fn in_year(when: &TimeExpression, year: i16) -> Option<DateSpan> {
    match when {
        TimeExpression::Day { month, day, .. } => Date::new(year, *month, *day).map(DateSpan::day),
        TimeExpression::Month { month, .. } => DateSpan::month(year, *month),
        TimeExpression::Season { season, .. } => season_of(*season, year),
        TimeExpression::Quarter { quarter, .. } => months(year, quarter * 3 - 2, 3),
        TimeExpression::Half { half, .. } => months(year, half * 6 - 5, 6),
        TimeExpression::Holiday { holiday, .. } => holidays::day_of(*holiday, year).map(DateSpan::day),
        _ => None,
    }
}

/// The last occurrence of a recurring expression that begins on `day` or before.
fn latest_until(when: &TimeExpression, day: Date) -> Option<DateSpan> {
    let years = (0..=8).map(|back| day.year() - back);
    years.filter_map(|year| in_year(when, year)).find(|span| span.first() <= day)
}

/// The span of an expression in an article that was published on `day`.
fn resolve_on(when: &TimeExpression, day: Date) -> Option<DateSpan> {
    if let Some(year) = recurring(when) {
        return match year {
            YearReference::Given(year) => in_year(when, year),
            YearReference::Shift(shift) => in_year(when, day.year() + i16::from(shift)),
            YearReference::Toward(direction) => toward(when, day, direction),
            YearReference::Closest => closest(when, day),
        };
    }
    match when {
        TimeExpression::Decade(tens) => decade(*tens, day),
        TimeExpression::Weekday { weekday, shift } => {
            let back = (day.weekday() as i32 - i32::from(*weekday)).rem_euclid(7);
            let days = match shift {
                None => -back,
                Some(0) => i32::from(*weekday) - day.weekday() as i32,
                Some(-1) if back == 0 => -7,
                Some(-1) => -back,
                Some(_) => 7 - back,
            };
            Some(DateSpan::day(day.add_days(days)))
        }
        TimeExpression::ComingWeekday(weekday) => {
            let ahead = (i32::from(*weekday) - day.weekday() as i32).rem_euclid(7);
            shifted(day, ahead, Date::add_days).map(DateSpan::day)
        }
        TimeExpression::NearestWeekday { weekday, unit, count } => {
            let day = moved(DateSpan::day(day), *unit, *count)?.first();
            let ahead = (i32::from(*weekday) - day.weekday() as i32).rem_euclid(7);
            let days = if ahead > 3 { ahead - 7 } else { ahead };
            if days == 0 { Some(DateSpan::day(day)) } else { shifted(day, days, Date::add_days).map(DateSpan::day) }
        }
        TimeExpression::WeekdayOf { weekday, weeks } => {
            let monday = monday_of(day).add_days(7 * i32::from(*weeks));
            Some(DateSpan::day(monday.add_days(i32::from(*weekday))))
        }
        TimeExpression::Unit { unit, shift } => unit_around(*unit, day, *shift),
        TimeExpression::Past(unit) => past(*unit, day),
        TimeExpression::Weekend => {
            // From Monday to Thursday, the last weekend is meant.
            let shift = if day.weekday() as i32 <= 3 { -1 } else { 0 };
            unit_around(Unit::Weekend, day, shift)
        }
        _ => None,
    }
}

/// The occurrence of a recurring expression after `last` (-1), `this` (0) or `next` (1).
fn toward(when: &TimeExpression, day: Date, direction: i8) -> Option<DateSpan> {
    let years = |from: i16, step: i16| (0..=8).map(move |n| from + n * step);
    match direction {
        0 => in_year(when, day.year()),
        -1 => years(day.year(), -1).filter_map(|year| in_year(when, year)).find(|span| span.last() < day),
        _ => years(day.year(), 1).filter_map(|year| in_year(when, year)).find(|span| span.first() > day),
    }
}

/// In days. If the middle of a bare month is further ahead than this, the month of the year before is meant. Best of
/// 30, 60, 90, 120, 150 and 183 on TimeBank, see `examples/score_dates.rs`.
const MONTH_AHEAD: i32 = 120;

/// In days. A season that is further away (`the fall`, half a year away) may be either of two, and is not resolved.
const SEASON_NEAR: i32 = 135;

/// The occurrence of a recurring expression that is closest to `day`. If two are equally close, the earlier one.
fn closest(when: &TimeExpression, day: Date) -> Option<DateSpan> {
    let reach = if matches!(when, TimeExpression::Day { .. }) { 8 } else { 1 };
    let ahead = if matches!(when, TimeExpression::Month { .. }) { MONTH_AHEAD } else { i32::MAX };
    let distance = |span: &DateSpan| {
        let middle = (span.first().days() + span.last().days()) / 2;
        let days = middle - day.days();
        (days > ahead, days.abs())
    };
    let closest = (-reach..=reach).filter_map(|years| in_year(when, day.year() + years)).min_by_key(distance);
    let near_enough =
        |span: &DateSpan| !matches!(when, TimeExpression::Season { .. }) || distance(span).1 <= SEASON_NEAR;
    closest.filter(near_enough)
}

fn months(year: i16, first_month: u8, count: i32) -> Option<DateSpan> {
    let first = Date::new(year, first_month, 1)?;
    DateSpan::new(first, first.add_months(count - 1).last_of_month())
}

/// A season in whole months: spring is March to May. A winter belongs to the year in which it begins.
fn season_of(season: Season, year: i16) -> Option<DateSpan> {
    match season {
        Season::Spring => months(year, 3, 3),
        Season::Summer => months(year, 6, 3),
        Season::Fall => months(year, 9, 3),
        Season::Winter => months(year, 12, 3),
    }
}

/// A span moved by a number of units.
fn moved(span: DateSpan, unit: Unit, count: i32) -> Option<DateSpan> {
    let by_days = |days: i32| {
        let first = shifted(span.first(), days, Date::add_days)?;
        DateSpan::new(first, shifted(span.last(), days, Date::add_days)?)
    };
    let months = match unit {
        Unit::Day => return by_days(count),
        Unit::Week => return by_days(count.checked_mul(7)?),
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1200,
        Unit::Weekend | Unit::Half | Unit::Period => return None,
    };
    let shift = count.checked_mul(months)?;
    shifted(span.first(), shift, Date::add_months)?;
    months_after(span, shift)
}

/// The first such weekday after the last day of a span (1), or before its first day (-1).
fn weekday_next_to(weekday: u8, anchor: DateSpan, direction: i8) -> Option<DateSpan> {
    let distance = |day: Date| i32::from(weekday) - day.weekday() as i32;
    let (day, days) = if direction > 0 {
        (anchor.last(), (distance(anchor.last()) - 1).rem_euclid(7) + 1)
    } else {
        (anchor.first(), -((-distance(anchor.first()) - 1).rem_euclid(7) + 1))
    };
    shifted(day, days, Date::add_days).map(DateSpan::day)
}

/// A span moved by a number of months. Whole months stay whole.
fn months_after(span: DateSpan, shift: i32) -> Option<DateSpan> {
    if span.first() == span.last() {
        return Some(DateSpan::day(span.first().add_months(shift)));
    }
    let (first, last) = (span.first().add_months(shift), span.last().add_months(shift));
    let whole = span.last() == span.last().last_of_month();
    DateSpan::new(first, if whole { last.last_of_month() } else { last })
}

fn monday_of(day: Date) -> Date {
    day.add_days(-(day.weekday() as i32))
}

/// The unit that contains `day`, moved by `shift` units. Weeks begin on Monday.
fn unit_around(unit: Unit, day: Date, shift: i32) -> Option<DateSpan> {
    match unit {
        Unit::Day => shifted(day, shift, Date::add_days).map(DateSpan::day),
        Unit::Week => {
            let monday = shifted(monday_of(day), shift.checked_mul(7)?, Date::add_days)?;
            DateSpan::new(monday, monday.add_days(6))
        }
        Unit::Weekend => {
            let saturday = shifted(monday_of(day).add_days(5), shift.checked_mul(7)?, Date::add_days)?;
            DateSpan::new(saturday, saturday.add_days(1))
        }
        Unit::Month => {
            let first = shifted(day.first_of_month(), shift, Date::add_months)?;
            DateSpan::month(first.year(), first.month())
        }
        Unit::Quarter => {
            let quarter = (day.month() - 1) / 3;
            let first = shifted(Date::new(day.year(), quarter * 3 + 1, 1)?, shift.checked_mul(3)?, Date::add_months)?;
            months(first.year(), first.month(), 3)
        }
        Unit::Half => {
            let half = (day.month() - 1) / 6;
            let first = shifted(Date::new(day.year(), half * 6 + 1, 1)?, shift.checked_mul(6)?, Date::add_months)?;
            months(first.year(), first.month(), 6)
        }
        Unit::Year => DateSpan::year(i16::try_from(i32::from(day.year()).checked_add(shift)?).ok()?),
        Unit::Decade => years_from(i32::from(day.year()) / 10 * 10 + shift.checked_mul(10)?, 10),
        Unit::Century => century(i32::from(day.year() - 1) / 100 + 1 + shift),
        Unit::Period => None,
    }
}

/// Moves a day with `add`. `None` if the result is at an end of the calendar, where `add` stops.
fn shifted(day: Date, by: i32, add: fn(Date, i32) -> Date) -> Option<Date> {
    let moved = add(day, by);
    (moved != Date::MIN && moved != Date::MAX).then_some(moved)
}

/// A number of years, beginning with the year `first`.
pub(super) fn years_from(first: i32, count: i32) -> Option<DateSpan> {
    if first < 0 {
        return None;
    }
    let year = |number: i32| DateSpan::year(i16::try_from(number).ok()?);
    // The first decade of the calendar has no year 0.
    Some(year(first.max(1))?.join(year(first.checked_add(count - 1)?)?))
}

/// A century by its number. The 20th began in 1901.
pub(super) fn century(number: i32) -> Option<DateSpan> {
    if (1..=99).contains(&number) { years_from(number * 100 - 99, 100) } else { None }
}

/// The last decade with these tens (`the '60s`) that has begun by the time of publication or begins within three years.
fn decade(tens: u8, day: Date) -> Option<DateSpan> {
    let horizon = i32::from(day.year()) + 3;
    let first = (horizon - i32::from(tens)).div_euclid(100) * 100 + i32::from(tens);
    years_from(first, 10)
}

/// The span that ends with `day` and is as long as the unit. Of weekends, the last one.
fn past(unit: Unit, day: Date) -> Option<DateSpan> {
    let first = match unit {
        Unit::Day => day.add_days(-1),
        Unit::Week => day.add_days(-7),
        Unit::Month => day.add_months(-1),
        Unit::Quarter => day.add_months(-3),
        Unit::Year => day.add_months(-12),
        Unit::Decade => day.add_months(-120),
        Unit::Century => day.add_months(-1200),
        Unit::Weekend => return unit_around(Unit::Weekend, day, if day.weekday() as i32 == 6 { 0 } else { -1 }),
        Unit::Half | Unit::Period => return None,
    };
    DateSpan::new(first, day)
}
