//! Timestamps: a day, month, year or instant as the fields of a source spell it, read whole.
//!
//! ISO 8601, RFC 2822, `26-FEB-1987 15:01:01.79`, seconds or milliseconds since 1970, `March 5, 2019 10:05 AM EST`,
//! `5 March 2019`, `15.03.2019`. The day is the one in the source's own offset from UTC. Where `03/04/2019` may be
//! March or April, only the year is known.

use crate::date::{Date, DateSpan};

use super::months;

/// Longer texts are no timestamps. Bytes.
const LONGEST: usize = 120;

/// A timestamp as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timestamp {
    /// The day, month or year, in the source's own offset.
    pub(super) span: DateSpan,
    /// Seconds of its own day, less its offset from UTC; 0 without a time.
    seconds: i64,
}

/// The day, month or year that a text states.
pub(super) fn span(text: &str) -> Option<DateSpan> {
    parse(text).map(|stamp| stamp.span)
}

/// The first day of what a text states.
pub(super) fn day(text: &str) -> Option<Date> {
    span(text).map(DateSpan::first)
}

/// Seconds since 1970, UTC, for ranking versions; nothing before 1970.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let stamp = parse(text)?;
    let epoch = Date::new(1970, 1, 1)?;
    let days = i64::from(stamp.span.first().days()) - i64::from(epoch.days());
    u64::try_from(days * 86_400 + stamp.seconds).ok()
}

/// Reads a timestamp.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.bytes().filter(|&b| b == b'.').count() < 2 {
        return digits(text);
    }
    let tokens = tokens(text);
    year_first(&tokens).or_else(|| numbers_only(&tokens)).or_else(|| with_month_name(&tokens))
}

/// A run of digits: `2019`, `201903`, `20190315`, `20190315101500`, or seconds, milliseconds and finer since 1970.
fn digits(text: &str) -> Option<Timestamp> {
    let whole = text.split('.').next()?;
    let number: i64 = whole.parse().ok()?;
    let part = |range: std::ops::Range<usize>| whole.get(range).and_then(|digits| digits.parse::<i64>().ok());
    match whole.len() {
        4 => year(number),
        6 => month(number / 100, number % 100),
        8 => on_day(number / 10_000, number / 100 % 100, number % 100, 0),
        12 | 14 if whole.starts_with("19") || whole.starts_with("20") => {
            let time = part(8..10)? * 3600 + part(10..12)? * 60 + part(12..14).unwrap_or(0);
            on_day(part(0..4)?, part(4..6)?, part(6..8)?, time)
        }
        9 | 10 => since_1970(number),
        12 | 13 => since_1970(number / 1_000),
        15 | 16 => since_1970(number / 1_000_000),
        18 | 19 => since_1970(number / 1_000_000_000),
        _ => None,
    }
}

fn since_1970(seconds: i64) -> Option<Timestamp> {
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let day = Date::from_days(Date::new(1970, 1, 1)?.days().checked_add(days)?)?;
    Some(Timestamp { span: day.into(), seconds: seconds.rem_euclid(86_400) })
}

fn year(year: i64) -> Option<Timestamp> {
    let year = i16::try_from(year).ok().filter(|year| (1400..=2200).contains(year))?;
    Some(Timestamp { span: DateSpan::year(year)?, seconds: 0 })
}

fn month(year: i64, month: i64) -> Option<Timestamp> {
    let year = i16::try_from(year).ok().filter(|year| (1400..=2200).contains(year))?;
    Some(Timestamp { span: DateSpan::month(year, u8::try_from(month).ok()?)?, seconds: 0 })
}

fn on_day(year: i64, month: i64, day: i64, seconds: i64) -> Option<Timestamp> {
    let year = i16::try_from(year).ok().filter(|year| (1400..=2200).contains(year))?;
    let day = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(Timestamp { span: day.into(), seconds })
}

/// A piece of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    /// Digits: their value and how many.
    Number(i64, usize),
    /// Letters.
    Word(&'t str),
    /// One other character; blanks and commas are left out.
    Mark(u8),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let same = |kind: fn(&u8) -> bool| start + bytes[start..].iter().take_while(|b| kind(b)).count();
        if bytes[at].is_ascii_digit() {
            at = same(u8::is_ascii_digit);
            let value = text[start..at].parse().unwrap_or(i64::MAX);
            tokens.push(Token::Number(value, at - start));
        } else if bytes[at].is_ascii_alphabetic() || !bytes[at].is_ascii() {
            at = same(|b| b.is_ascii_alphabetic() || !b.is_ascii());
            tokens.push(Token::Word(&text[start..at]));
        } else {
            at += 1;
            if !bytes[start].is_ascii_whitespace() && bytes[start] != b',' {
                tokens.push(Token::Mark(bytes[start]));
            }
        }
    }
    tokens
}

/// `2019-03-15T10:00:00+01:00`, `2019/03/15`, `2019-03`, `20190315T101500Z`.
fn year_first(tokens: &[Token<'_>]) -> Option<Timestamp> {
    match *tokens {
        [Token::Number(packed, 8), ref rest @ ..] => {
            on_day(packed / 10_000, packed / 100 % 100, packed % 100, time(rest))
        }
        [Token::Number(y, 4), Token::Mark(a @ (b'-' | b'/' | b'.')), Token::Number(m, 1..=2), ref rest @ ..] => {
            match rest {
                [Token::Mark(b), Token::Number(d, 1..=2), rest @ ..] if *b == a => on_day(y, m, *d, time(rest)),
                [] => month(y, m),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `15/03/2019`, `15.03.2019`: with dots the day is first; else it must be the number that no month can be.
fn numbers_only(tokens: &[Token<'_>]) -> Option<Timestamp> {
    let start = tokens.iter().position(|token| matches!(token, Token::Number(..)))?;
    match tokens[start..] {
        [
            Token::Number(a, 1..=2),
            Token::Mark(m),
            Token::Number(b, 1..=2),
            Token::Mark(n),
            Token::Number(y, 4),
            ref rest @ ..,
        ] if m == n => match m {
            b'.' => on_day(y, b, a, time(rest)),
            b'/' | b'-' if a > 12 || a == b => on_day(y, b, a, time(rest)),
            b'/' | b'-' if b > 12 => on_day(y, a, b, time(rest)),
            b'/' | b'-' if a > 0 && b > 0 => year(y),
            _ => None,
        },
        [Token::Number(m, 1..=2), Token::Mark(b'/'), Token::Number(y, 4)] => month(y, m),
        _ => None,
    }
}

/// `Fri, 15 Mar 2019`, `March 5, 2019`, `26-FEB-1987`, `Fri Mar 15 10:00:00 +0000 2019`, `March 2019`.
fn with_month_name(tokens: &[Token<'_>]) -> Option<Timestamp> {
    let is_month = |token: &Token<'_>| match token {
        Token::Word(word) => months::number(word),
        _ => None,
    };
    let at = tokens.iter().position(|token| is_month(token).is_some())?;
    let m = i64::from(is_month(&tokens[at])?);
    let before: Vec<Token<'_>> = tokens[..at].iter().rev().copied().filter(|token| !is_joiner(token)).take(1).collect();
    let after: Vec<Token<'_>> = tokens[at + 1..].iter().copied().filter(|token| !is_joiner(token)).collect();
    let clock = time(tokens);
    match (before.first(), after.as_slice()) {
        (Some(&Token::Number(d, 1..=2)), [Token::Number(y, 4), ..]) => on_day(*y, m, d, clock),
        (Some(&Token::Number(d, 1..=2)), [Token::Number(y, 2), ..]) => on_day(century(*y), m, d, clock),
        (_, [Token::Number(d, 1..=2), Token::Number(y, 4), ..]) => on_day(*y, m, *d, clock),
        (_, [Token::Number(d, 1..=2), Token::Number(_, 1..=2), Token::Mark(b':'), rest @ ..]) => {
            let y = rest.iter().find_map(|token| match token {
                Token::Number(y, 4) if (1400..=2200).contains(y) => Some(*y),
                _ => None,
            })?;
            on_day(y, m, *d, clock)
        }
        (_, [Token::Number(y, 4), ..]) => month(*y, m),
        _ => None,
    }
}

/// What may stand between the parts of a date and means nothing: `5th of March`, `26-FEB-1987`, `Mar. 5`.
fn is_joiner(token: &Token<'_>) -> bool {
    match token {
        Token::Mark(mark) => matches!(mark, b'-' | b'.' | b'/'),
        Token::Word(word) => ["st", "nd", "rd", "th", "of", "de", "del", "at", "er"]
            .iter()
            .any(|joiner| word.eq_ignore_ascii_case(joiner)),
        Token::Number(..) => false,
    }
}

/// RFC 2822: a year of two digits is of 1950 to 2049.
fn century(year: i64) -> i64 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// The first time of day in some tokens, as seconds of the day less its offset from UTC; 0 without one.
fn time(tokens: &[Token<'_>]) -> i64 {
    let starts = |window: &[Token<'_>]| matches!(window, [Token::Number(..), Token::Mark(b':'), Token::Number(..)]);
    let Some(at) = tokens.windows(3).position(starts) else { return packed_time(tokens) };
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(n, 1..=2)) => *n,
        _ => 0,
    };
    let has_seconds = tokens.get(at + 3) == Some(&Token::Mark(b':'));
    let mut seconds = number(at) * 3600 + number(at + 2) * 60 + if has_seconds { number(at + 4) } else { 0 };
    let mut rest = &tokens[at + if has_seconds { 5 } else { 3 }..];
    if let [Token::Mark(b'.'), Token::Number(..), after @ ..] = rest {
        rest = after;
    }
    if let [Token::Word(half), after @ ..] = rest {
        let is = |name: &str| half.eq_ignore_ascii_case(name);
        if is("pm") && number(at) < 12 {
            seconds += 12 * 3600;
        } else if is("am") && number(at) == 12 {
            seconds -= 12 * 3600;
        }
        if is("am") || is("pm") {
            rest = after;
        }
    }
    seconds - offset(rest)
}

/// `T101500Z`.
fn packed_time(tokens: &[Token<'_>]) -> i64 {
    match tokens {
        [Token::Word("T" | "t"), Token::Number(n, 6), rest @ ..] => {
            n / 10_000 * 3600 + n / 100 % 100 * 60 + n % 100 - offset(rest)
        }
        _ => 0,
    }
}

/// Seconds that a zone is ahead of UTC: `Z`, `+01:00`, `-0500`, `EST`.
fn offset(tokens: &[Token<'_>]) -> i64 {
    let signed = |sign: &u8, seconds: i64| if *sign == b'-' { -seconds } else { seconds };
    match tokens {
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(n, 4), ..] => signed(sign, n / 100 * 3600 + n % 100 * 60),
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(h, 2), Token::Mark(b':'), Token::Number(m, 2), ..] => {
            signed(sign, h * 3600 + m * 60)
        }
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(h, 1..=2), ..] => signed(sign, h * 3600),
        [Token::Word(zone), ..] => 3600 * named_offset(zone),
        _ => 0,
    }
}

/// Hours that a zone of RFC 2822, or one close to it, is ahead of UTC.
fn named_offset(zone: &str) -> i64 {
    match zone.to_ascii_uppercase().as_str() {
        "EDT" => -4,
        "EST" | "CDT" | "ET" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "BST" | "CET" | "WAT" => 1,
        "CEST" | "EET" | "SAST" | "CAT" => 2,
        "EEST" | "MSK" | "EAT" => 3,
        "HKT" | "SGT" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_read() {
        let table = [
            ("2019-03-15", "2019-03-15"),
            ("2019-03-15T23:30:00-05:00", "2019-03-15"),
            ("2019-03-15 00:30:00+09:00", "2019-03-15"),
            ("2019/3/5", "2019-03-05"),
            ("20190315T101500Z", "2019-03-15"),
            ("20190315", "2019-03-15"),
            ("2019-03", "2019-03"),
            ("2019", "2019"),
            ("1552644000", "2019-03-15"),
            ("1552644000123", "2019-03-15"),
            ("1552644000.5", "2019-03-15"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26"),
            (" 9-MAR-1987 08:15:42.31", "1987-03-09"),
            ("Fri, 15 Mar 2019 10:00:00 GMT", "2019-03-15"),
            ("Fri, 15 Mar 19 10:00:00 +0100", "2019-03-15"),
            ("Fri Mar 15 10:00:00 +0000 2019", "2019-03-15"),
            ("March 5, 2019", "2019-03-05"),
            ("Published: Mar. 5th, 2019 at 10:05 AM EST", "2019-03-05"),
            ("5 March 2019", "2019-03-05"),
            ("the 5th of March, 2019", "2019-03-05"),
            ("March 2019", "2019-03"),
            ("Sept. 27, 2019", "2019-09-27"),
            ("15.03.2019, 10:00", "2019-03-15"),
            ("4.3.2019", "2019-03-04"),
            ("15/03/2019", "2019-03-15"),
            ("03/15/2019", "2019-03-15"),
            ("03/04/2019", "2019"),
            ("04/04/2019", "2019-04-04"),
        ];
        for (text, expected) in table {
            assert_eq!(span(text).map(|span| span.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in
            ["", "yesterday", "2019-02-30", "31/31/2019", "12", "99999", "March", "May 5", "1.2.3", "0000-00-00"]
        {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_told_apart_across_offsets() {
        let instant = 1_552_644_000;
        let table = [
            "2019-03-15T10:00:00Z",
            "2019-03-15T05:00:00-05:00",
            "Fri, 15 Mar 2019 11:00:00 +0100",
            "1552644000000",
            "March 15, 2019 6:00 AM EDT",
            "20190315T100000Z",
            "2019-03-15T15:30:00.000+0530",
        ];
        for text in table {
            assert_eq!(seconds(text), Some(instant), "{text}");
        }
    }
}
