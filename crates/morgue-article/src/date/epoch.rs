//! Timestamps that count from 1970-01-01, in units that only the number of digits reveals.

use super::published::compact_day;

/// Seconds since 1970-01-01 UTC, from seconds (9 or 10 digits), milliseconds (12 or 13), microseconds (15 or 16) or
/// nanoseconds (18 or 19), with or without a fraction. These numbers of digits cover the days from March 1973 to the
/// year 2286; the shorter number of each unit ends in September 2001.
///
/// Twelve digits that spell a day and a time, `201901121030`, are not a count: `None`.
///
/// ```
/// use morgue_article::date::seconds_since_1970;
///
/// assert_eq!(seconds_since_1970("1547251200"), Some(1_547_251_200));
/// assert_eq!(seconds_since_1970("1547251200123"), Some(1_547_251_200));
/// assert_eq!(seconds_since_1970("20190112"), None);
/// ```
pub fn seconds_since_1970(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let units_per_second = match whole.len() {
        9 | 10 => 1,
        12 if is_day_and_time(whole) => return None,
        12 | 13 => 1_000,
        15 | 16 => 1_000_000,
        18 | 19 => 1_000_000_000,
        _ => return None,
    };
    // 19 digits may be too large for a signed count of nanoseconds; no clock writes such a number.
    let count: i64 = whole.parse().ok()?;
    Some(count.unsigned_abs() / units_per_second)
}

/// `201901121030`: year, month, day, hour and minute.
fn is_day_and_time(digits: &str) -> bool {
    let is_below = |text: Option<&str>, end: u8| text.and_then(|text| text.parse().ok()).is_some_and(|n: u8| n < end);
    compact_day(digits).is_some_and(|day| day.first().year() < 3000)
        && is_below(digits.get(8..10), 24)
        && is_below(digits.get(10..12), 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_by_number_of_digits() {
        for (text, seconds) in [
            ("563587200", Some(563_587_200)),
            ("1547251200", Some(1_547_251_200)),
            ("1547251200.75", Some(1_547_251_200)),
            ("949363200000", Some(949_363_200)),
            ("1547251200000", Some(1_547_251_200)),
            ("949363200000000", Some(949_363_200)),
            ("1547251200000000", Some(1_547_251_200)),
            ("949363200000000000", Some(949_363_200)),
            ("1547251200000000000", Some(1_547_251_200)),
            ("9999999999999999999", None),
            ("201901121030", None),
            ("20190112103000", None),
            ("20190112", None),
            ("2019", None),
            ("15472512", None),
            ("15472512000", None),
            ("1547251200.x", None),
            ("-1547251200", None),
            ("", None),
        ] {
            assert_eq!(seconds_since_1970(text), seconds, "{text}");
        }
    }
}
