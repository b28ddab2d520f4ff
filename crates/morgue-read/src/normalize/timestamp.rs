//! Reads the time when a version of an article was made, so that versions can be ordered. The day is read by the
//! grammar of dates; this module reads the time of day and the offset from UTC.

use morgue_article::date::{Date, parse_published, parse_published_in_any_language, seconds_since_1970, zones};

/// Longer texts are not timestamps. Bytes.
const LONGEST: usize = 120;

/// Seconds since 1970 UTC of a timestamp, in any spelling of a source. A day without a time means midnight. `None`
/// before 1970 and for a text that is not a date.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(seconds) = seconds_since_1970(text) {
        return Some(seconds);
    }
    let day = parse_published(text).or_else(|| parse_published_in_any_language(text, None))?.first();
    let days = i64::from(day.days()) - i64::from(Date::new(1970, 1, 1)?.days());
    u64::try_from(days * 86_400 + time(&tokens(text))).ok()
}

/// A piece of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    /// Digits: their value and their number.
    Number(i64, usize),
    /// Letters.
    Word(&'t str),
    /// One other character. Blanks and commas have no token.
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

/// The first time of day in some tokens, as seconds of the day minus the offset from UTC; 0 without a time.
fn time(tokens: &[Token<'_>]) -> i64 {
    let starts = |window: &[Token<'_>]| matches!(window, [Token::Number(..), Token::Mark(b':'), Token::Number(..)]);
    let Some(at) = tokens.windows(3).position(starts) else { return packed_time(tokens) };
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(n, 1..=2)) => *n,
        _ => 0,
    };
    let has_seconds = matches!(tokens.get(at + 3..at + 5), Some([Token::Mark(b':'), Token::Number(..)]));
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

/// The time of day in `T101500Z`, `20190315101500` or `201903151015`, as [`time`] returns it.
fn packed_time(tokens: &[Token<'_>]) -> i64 {
    let clock = |n: i64| n / 10_000 * 3600 + n / 100 % 100 * 60 + n % 100;
    match tokens {
        [.., Token::Word("T" | "t"), Token::Number(n, 6)] => clock(*n),
        [Token::Number(_, 8), Token::Word("T" | "t"), Token::Number(n, 6), rest @ ..] => clock(*n) - offset(rest),
        [Token::Number(n, 14)] => clock(n % 1_000_000),
        [Token::Number(n, 12)] => clock(n % 10_000 * 100),
        _ => 0,
    }
}

/// The seconds that a zone is ahead of UTC: `Z`, `+01:00`, `-0500`, `EST`. An unknown name counts as UTC, as in RFC
/// 2822.
fn offset(tokens: &[Token<'_>]) -> i64 {
    let signed = |sign: &u8, seconds: i64| if *sign == b'-' { -seconds } else { seconds };
    match tokens {
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(n, 4), ..] => signed(sign, n / 100 * 3600 + n % 100 * 60),
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(h, 2), Token::Mark(b':'), Token::Number(m, 2), ..] => {
            signed(sign, h * 3600 + m * 60)
        }
        [Token::Mark(sign @ (b'+' | b'-')), Token::Number(h, 1..=2), ..] => signed(sign, h * 3600),
        [Token::Word(zone), ..] => 60 * i64::from(zones::minutes_ahead(zone).unwrap_or(0)),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_the_same_across_offsets() {
        let table = [
            "2019-03-15T10:00:00Z",
            "2019-03-15T05:00:00-05:00",
            "Fri, 15 Mar 2019 11:00:00 +0100",
            "1552644000",
            "1552644000.75",
            "1552644000000",
            "March 15, 2019 6:00 AM EDT",
            "20190315T100000Z",
            "20190315100000",
            "201903151000",
            "2019-03-15T15:30:00.000+0530",
        ];
        for text in table {
            assert_eq!(seconds(text), Some(1_552_644_000), "{text}");
        }
        assert_eq!(seconds("2019-03-15"), Some(1_552_608_000));
    }

    #[test]
    fn a_zone_that_is_read_in_a_date_has_its_offset() {
        for (name, minutes) in zones::ZONES {
            let text = format!("2020-01-02 10:00 {}", name.to_uppercase());
            assert_eq!(parse_published(&text).map(|span| span.to_string()).as_deref(), Some("2020-01-02"), "{text}");
            let in_utc = seconds("2020-01-02 10:00").unwrap().cast_signed();
            assert_eq!(seconds(&text), Some((in_utc - 60 * i64::from(*minutes)).cast_unsigned()), "{text}");
        }
    }

    #[test]
    fn a_time_that_is_cut_off_is_as_far_as_it_goes() {
        for text in ["2019-03-15T10:00:", "2019-03-15T10:00", "2019-03-15 10:00: GMT"] {
            assert_eq!(seconds(text), Some(1_552_644_000), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_does_harm(text in "(2019-03-15|[0-9]{1,14}|[:.+TZ, -]|PM|EST|é){0,12}") {
            let _ = seconds(&text);
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "final", "3", "yesterday", "1.2.3", "1969-01-01", "99999999999999999999999"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
