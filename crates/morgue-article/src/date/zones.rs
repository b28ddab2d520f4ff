//! The names of time zones and their offsets from UTC: one table for all readers of timestamps.

/// Names of time zones in lower case, sorted, each with the minutes that it is ahead of UTC.
///
/// Some names mean several zones. They are read as the press uses them most: `ist` as India's, `cst` and `ct` as
/// Central Time of North America, `bst` as British Summer Time, `ast` as Atlantic Time. `ct`, `et`, `mt` and `pt` do
/// not say whether it is summer; they have the offset of standard time.
#[rustfmt::skip]
pub const ZONES: &[(&str, i32)] = &[
    ("acdt", 630), ("acst", 570), ("adt", -180), ("aedt", 660), ("aest", 600), ("akdt", -480), ("akst", -540),
    ("ast", -240), ("awst", 480), ("bst", 60), ("cat", 120), ("cdt", -300), ("cest", 120), ("cet", 60),
    ("cst", -360), ("ct", -360), ("eat", 180), ("edt", -240), ("eest", 180), ("eet", 120), ("est", -300),
    ("et", -300), ("gmt", 0), ("hkt", 480), ("hst", -600), ("ist", 330), ("jst", 540), ("kst", 540), ("mdt", -360),
    ("msk", 180), ("mst", -420), ("mt", -420), ("ndt", -150), ("nst", -210), ("nzdt", 780), ("nzst", 720),
    ("pdt", -420), ("pht", 480), ("pkt", 300), ("pst", -480), ("pt", -480), ("sast", 120), ("sgt", 480),
    ("trt", 180), ("ut", 0), ("utc", 0), ("wat", 60), ("west", 60), ("wet", 0), ("wib", 420), ("z", 0),
];

/// The minutes that the zone called `name`, in any case, is ahead of UTC; `None` for a name that is not in [`ZONES`].
///
/// ```
/// use morgue_article::date::zones::minutes_ahead;
///
/// assert_eq!(minutes_ahead("NZDT"), Some(13 * 60));
/// assert_eq!(minutes_ahead("noon"), None);
/// ```
pub fn minutes_ahead(name: &str) -> Option<i32> {
    ZONES.iter().find(|(zone, _)| zone.eq_ignore_ascii_case(name)).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_sorted_and_lie_on_the_earth() {
        assert!(ZONES.is_sorted_by(|(a, _), (b, _)| a < b));
        for (name, minutes) in ZONES {
            assert!((-12 * 60..=14 * 60).contains(minutes), "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
        }
    }
}
