//! Lists of days or months that share a month or a year: `May 3, 4 and 5, 2018`, `October and November 2012`, `April 3
//! and May 9, 2016`, `3, 4 and 5 May 2018`.

use super::{ExpressionParser, FoundExpression};
use crate::dates::language::DateWord;
use crate::dates::scan::Gap;
use crate::dates::time_expression::{TimeExpression, YearReference};

/// One item of a list. It has a month, a day, or both.
#[derive(Debug, Clone, Copy)]
struct ListItem {
    month: Option<u8>,
    day: Option<u8>,
    start: usize,
    end: usize,
    /// The index of the first token after it.
    next: usize,
}

/// A list with more items is not read as dates.
const MOST_ITEMS: usize = 31;

impl ExpressionParser<'_> {
    /// The expressions of the list that begins at `at`, one for each item. The last item comes after `and` or `or`. A
    /// list of months, or of days with their months, is read only if it states a year for all of them: without one, each
    /// item is read on its own.
    pub(super) fn date_list(&self, at: usize) -> Option<Vec<FoundExpression>> {
        let month_first = matches!(self.word(at), Some(DateWord::Month(_)));
        if self.tokens[at].glued_before || self.word_before(at) == Some(DateWord::Between) {
            return None;
        }
        let mut items: Vec<ListItem> = vec![self.list_item(at, month_first)?];
        let mut is_last = false;
        while !is_last && items.len() < MOST_ITEMS {
            let item = items[items.len() - 1];
            let (start, after_and) = self.next_item(&item)?;
            is_last = after_and;
            items.push(self.list_item(start, month_first)?);
        }
        let last = items[items.len() - 1];
        share_months(&mut items, month_first)?;
        let stated = self.list_year(&last);
        let shares_month = items.windows(2).any(|pair| pair[0].month == pair[1].month);
        let is_plausible = stated.is_some() || shares_month && self.ends_list(last.end);
        if !is_last || !is_plausible {
            return None;
        }
        let (year, next, end) = stated.unwrap_or((YearReference::Closest, last.next, last.end));
        let expression = |(index, item): (usize, &ListItem)| {
            let month = item.month?;
            let when = match item.day {
                Some(day) => TimeExpression::Day { month, day, year },
                None => TimeExpression::Month { month, year },
            };
            let is_last = index + 1 == items.len();
            let (end, next) = if is_last { (end, next) } else { (item.end, item.next) };
            Some(FoundExpression { when, start: item.start, end, next })
        };
        items.iter().enumerate().map(expression).collect()
    }

    /// The item at `at`. In a list with the month first it is `May 3`, `May` or `3`, else `3 May`, `3 of May` or `3`.
    fn list_item(&self, at: usize, month_first: bool) -> Option<ListItem> {
        let item = |month, day, from: usize, next: usize| {
            Some(ListItem { month, day, start: self.start(from), end: self.end(next - 1), next })
        };
        let month = self.list_month(at);
        if month_first && month.is_some() {
            let day = self.day_number(at + 1).filter(|_| self.gap(at + 1) == Gap::Blank);
            return item(month, day, at, at + 1 + usize::from(day.is_some()));
        }
        let day = self.day_number(at)?;
        let of = usize::from(self.word_after(at + 1, Gap::Blank) == Some(DateWord::Of));
        let month = self.list_month(at + 1 + of).filter(|_| !month_first && self.gap(at + 1 + of) == Gap::Blank);
        item(month, Some(day), at, at + 1 + if month.is_some() { of + 1 } else { 0 })
    }

    fn list_month(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        match self.word(at)? {
            DateWord::Month(month) if token.capital && !token.glued_before && !token.glued_after => Some(month),
            _ => None,
        }
    }

    /// A day of a month in digits: `3`, `3rd`.
    fn day_number(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        let is_digits = self.text[token.start as usize..].starts_with(|c: char| c.is_ascii_digit());
        let day = match self.word(at) {
            Some(DateWord::Ordinal(day)) if is_digits => day,
            _ => self.number(at, 1..=2)?,
        };
        let is_day = (1..=31).contains(&day) && !token.glued_before && !self.is_count(self.end(at));
        is_day.then_some(day as u8)
    }

    /// The token that begins the item after `item`, and whether `and` or `or` is before it.
    fn next_item(&self, item: &ListItem) -> Option<(usize, bool)> {
        let between = self.text.get(item.end..self.tokens.get(item.next)?.start as usize)?;
        if self.word(item.next) == Some(DateWord::And) {
            let is_adjacent = matches!(between, " " | ", ") && self.gap(item.next + 1) == Gap::Blank;
            return is_adjacent.then_some((item.next + 1, true));
        }
        match between {
            ", " => Some((item.next, false)),
            " or " | ", or " | " & " => Some((item.next, true)),
            _ => None,
        }
    }

    /// The year after the last item.
    fn list_year(&self, last: &ListItem) -> Option<(YearReference, usize, usize)> {
        let comma = self.number(last.next, 4..=4).filter(|year| (1000..=2999).contains(year));
        match comma {
            Some(year) if self.gap(last.next) == Gap::Comma && !self.is_count(self.end(last.next)) => {
                Some((YearReference::Given(year as i16), last.next + 1, self.end(last.next)))
            }
            _ => self.stated_year(last.next, last.end),
        }
    }

    /// Whether the text after byte `end` shows that a number before it is not a count: `May 3 and 4 at the hall`, but
    /// not `On May 3 and 4 were hurt`.
    fn ends_list(&self, end: usize) -> bool {
        let word = self.text_after(end);
        let is_lower = word.starts_with(char::is_lowercase);
        !is_lower || self.lexicon.language.after_dates.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}

/// Gives each item its month: in a list with the month first, the one before it, else the one after it. `None` if there
/// is no such month, or if a month without a day is next to a day without a month.
fn share_months(items: &mut [ListItem], month_first: bool) -> Option<()> {
    let has_day = items.first()?.day.is_some();
    if items.iter().any(|item| item.day.is_some() != has_day) {
        return None;
    }
    let mut month = None;
    let mut share = |item: &mut ListItem| {
        month = item.month.or(month);
        item.month = month;
    };
    if month_first {
        items.iter_mut().for_each(&mut share);
    } else {
        items.iter_mut().rev().for_each(&mut share);
    }
    let is_ascending = items.windows(2).all(|pair| pair[0].month != pair[1].month || pair[0].day < pair[1].day);
    let has_months = items.iter().all(|item| item.month.is_some());
    // A list of months without days has no equal months.
    (has_months && is_ascending).then_some(())
}
