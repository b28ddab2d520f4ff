//! The day in the URL of an article.

use super::Date;

/// The day in a URL: `/2019/03/15/`, `/2019-03-15-`, `20190315`, `15-03-2019`. The year is 1994 or later: that is when
/// news came to the web.
pub fn day_in_address(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let mut last = [0u32; 2];
    for part in path.split(['/', '-', '_', '.']) {
        let digits = !part.is_empty() && part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = if digits { part.parse().ok()? } else { 0 };
        let (packed, small) = (part.len() == 8, part.len() <= 2);
        let day = match last {
            _ if digits && packed => day(number / 10_000, number / 100 % 100, number % 100),
            [year, month] if digits && small => day(year, month, number),
            [first, month] if digits && part.len() == 4 && is_day_first(first, month) => day(number, month, first),
            _ => None,
        };
        if day.is_some() {
            return day;
        }
        last = [last[1], number];
    }
    None
}

/// Are the two numbers before a year day and month, and cannot be month and day?
fn is_day_first(day: u32, month: u32) -> bool {
    (13..=31).contains(&day) && (1..=12).contains(&month)
}

fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1994..=2100).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://n.example/2019/03/15/bridge-closed", Some("2019-03-15")),
            ("https://n.example/news/2019-03-15-bridge", Some("2019-03-15")),
            ("https://n.example/news/20190315/bridge", Some("2019-03-15")),
            ("https://n.example/world/2019/3/5/bridge", Some("2019-03-05")),
            ("/2019/03/15/bridge", Some("2019-03-15")),
            ("https://n.example/2019/03/bridge", None),
            ("https://n.example/story/20191315", None),
            ("https://n.example/a/201903151", None),
            ("https://n.example/a?d=2019/03/15", None),
            ("https://n.example/route/1812/03/15/", None),
            ("https://n.example/12-2019-03-75-5", None),
            ("https://n.example/news/15-03-2019", Some("2019-03-15")),
            ("https://n.example/news/05-03-2019", None),
            ("https://2019-03-15.example", None),
        ] {
            assert_eq!(day_in_address(url).map(|day| day.to_string()).as_deref(), expected, "{url}");
        }
    }
}
