//! Computes the days of holidays.

use super::language::Holiday;
use morgue_article::date::Date;

/// The day of a holiday in a year. `None` if the calendar has no such day.
pub(super) fn day_of(holiday: Holiday, year: i16) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month, day),
        Holiday::Once(year, month, day) => Date::new(year, month, day),
        Holiday::Nth(month, weekday, nth, days) => {
            nth_weekday(year, month, weekday, nth).map(|date| date.add_days(days.into()))
        }
        Holiday::Easter(days) => easter(year).map(|date| date.add_days(days.into())),
    }
}

/// The nth weekday (0 for Monday) of a month. For `nth` -1, it is the last one.
fn nth_weekday(year: i16, month: u8, weekday: u8, nth: i8) -> Option<Date> {
    let first = Date::new(year, month, 1)?;
    if nth < 0 {
        let last = first.last_of_month();
        let back = (last.weekday() as i32 - i32::from(weekday)).rem_euclid(7);
        return Some(last.add_days(-back));
    }
    let ahead = (i32::from(weekday) - first.weekday() as i32).rem_euclid(7);
    // Not every month has a fifth one.
    Some(first.add_days(ahead + 7 * (i32::from(nth) - 1))).filter(|date| date.month() == month)
}

/// Easter Sunday of the western churches, by the anonymous Gregorian algorithm (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let total = h + l - 7 * m + 114;
    Date::new(year, (total / 31) as u8, (total % 31 + 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::super::english::ENGLISH;
    use super::*;

    #[test]
    fn days() {
        for (name, year, day) in [
            ("easter", 2019, "2019-04-21"),
            ("easter", 2024, "2024-03-31"),
            ("easter", 1961, "1961-04-02"),
            ("good friday", 2019, "2019-04-19"),
            ("ash wednesday", 2019, "2019-03-06"),
            ("pentecost", 2019, "2019-06-09"),
            ("thanksgiving", 2019, "2019-11-28"),
            ("thanksgiving", 2018, "2018-11-22"),
            ("black friday", 2019, "2019-11-29"),
            ("cyber monday", 2019, "2019-12-02"),
            ("labor day", 2019, "2019-09-02"),
            ("memorial day", 2019, "2019-05-27"),
            ("martin luther king day", 2019, "2019-01-21"),
            ("mother's day", 2019, "2019-05-12"),
            ("christmas", 2019, "2019-12-25"),
            ("d day", 2019, "1944-06-06"),
        ] {
            let (_, holiday) = ENGLISH.holidays.iter().find(|(known, _)| *known == name).unwrap();
            assert_eq!(day_of(*holiday, year).unwrap().to_string(), day, "{name} {year}");
        }
    }

    #[test]
    fn every_year_has_them_all() {
        for (name, holiday) in ENGLISH.holidays {
            for year in 1..=9999 {
                assert!(day_of(*holiday, year).is_some(), "{name} {year}");
            }
        }
    }
}
