//! Dates in the languages of the press: they are translated into the form that the grammar of written dates reads.
//!
//! `Ke, 30 Lok 2013`, `5. März 2019`, `5 de marzo de 2019`, `2019年3月5日`, `2019. június 4.`, `٥ يونيو ٢٠١٩`.

use super::months::{english_month, month_in_any_language};
use super::names::ENGLISH;
use super::published::{is_year_of_print, parse_published_as};
use super::written::{Order, Written};
use super::{Date, DateSpan};

/// Like [`parse_published_as`](super::parse_published_as), with the names of months in any language. One or two words
/// may stand before the date: the weekday, in a language whose weekdays are not known here.
///
/// ```
/// use morgue_article::date::parse_published_in_any_language;
///
/// let day = |text| parse_published_in_any_language(text, None).map(|span| span.to_string());
/// assert_eq!(day("wto, 05 lis 2013 11:34:37 +0200").as_deref(), Some("2013-11-05"));
/// assert_eq!(day("2019年3月5日 10:15").as_deref(), Some("2019-03-05"));
/// assert_eq!(day("the bridge is shut"), None);
/// ```
pub fn parse_published_in_any_language(text: &str, order: Option<Order>) -> Option<DateSpan> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let english = in_english(text);
    let english = english.trim();
    parse_published_as(english, order).or_else(|| parse_after_words(english, order))
}

/// Bytes; longer strings hold more than a date. Letters of many scripts have three bytes.
const LONGEST: usize = 240;

/// The most words before a date: `söndag den`, `thứ ba ngày`.
const MOST_WORDS: usize = 3;

/// The date after a few words, from the first digit or name of a month at which one can be read. A weekday may look like
/// a month: `mar, 04 iun. 2019` is a Tuesday in Romanian.
fn parse_after_words(text: &str, order: Option<Order>) -> Option<DateSpan> {
    let mut rest = text;
    for _ in 0..=MOST_WORDS {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        if end == 0 || ENGLISH.month(&rest[..end]).is_some() {
            let written = Written::read_of_field(rest, &ENGLISH, order).or_else(|| year_first(rest));
            let span = written.and_then(|written| written.span()).filter(|span| is_year_of_print(*span));
            if span.is_some() || end == 0 {
                return span;
            }
        }
        rest = &rest[end..];
    }
    None
}

/// Reads `2019 March 5`, `2019. June 4.`, and `2019. 4 June`.
pub fn year_first(text: &str) -> Option<Written> {
    let mut words = text.split_whitespace();
    let year = words.next().map(|word| word.trim_end_matches(['.', ','])).filter(|word| word.len() == 4)?;
    let year = year.parse().ok()?;
    let (second, third) = (words.next()?, words.next()?);
    let name = |word: &str| ENGLISH.month(word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let number = |word: &str| word[..word.bytes().take_while(u8::is_ascii_digit).count()].parse::<u8>().ok();
    let (month, day) = match (name(second), name(third)) {
        (Some(month), _) => (month, number(third)?),
        (None, Some(month)) => (month, number(second)?),
        (None, None) => (second.parse().ok()?, number(third)?),
    };
    Date::new(year, month, day).map(|_| Written { year: Some(year), month, day: Some(day), len: 0 })
}

/// The names of months that have two words or marks inside.
#[rustfmt::skip]
const PHRASES: &[(&str, u8)] = &[
    ("كانون الثاني", 1), ("تشرين الأول", 10), ("تشرين الثاني", 11), ("كانون الأول", 12),
    ("ม.ค.", 1), ("ก.พ.", 2), ("มี.ค.", 3), ("เม.ย.", 4), ("พ.ค.", 5), ("มิ.ย.", 6), ("ก.ค.", 7), ("ส.ค.", 8),
    ("ก.ย.", 9), ("ต.ค.", 10), ("พ.ย.", 11), ("ธ.ค.", 12), ("deireadh fómhair", 10), ("meán fómhair", 9),
];

/// The text with English names of months, with digits `0` to `9`, and without the small words between day, month and
/// year.
pub fn in_english(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        // A date has no wider gap than one blank.
        while text.ends_with("  ") {
            text.pop();
        }
        if let Some(digit) = digit(first) {
            text.push(digit);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if let Some((month, after)) = phrase(rest) {
            push_month(&mut text, month);
            rest = after;
            continue;
        }
        if !is_letter(first) {
            text.push(if first.is_whitespace() { ' ' } else { first });
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if let Some((mark, after)) = east_asian_mark(rest) {
            let follows_digit = text.ends_with(|c: char| c.is_ascii_digit());
            text.push(if follows_digit { mark } else { ' ' });
            rest = after.trim_start();
            continue;
        }
        let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        match month(word) {
            Some(english) => {
                push_month(&mut text, english);
                // `Okt.` is abbreviated.
                rest = rest.strip_prefix('.').unwrap_or(rest);
            }
            None if is_between(word) && follows_date(&text) => {}
            None => text.push_str(word),
        }
    }
    text
}

fn push_month(text: &mut String, english: &str) {
    // `5.` before a month means `5th`.
    if text.trim_end().ends_with('.') {
        text.truncate(text.trim_end().len() - 1);
        text.push(' ');
    }
    if text.ends_with(|c: char| c.is_alphanumeric()) {
        text.push(' ');
    }
    text.push_str(english);
}

/// A letter or a mark that belongs to the letter before it.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c,
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{94d}' | '\u{9bc}'
            | '\u{9cd}' | '\u{bcd}' | '\u{c4d}' | '\u{e31}'..='\u{e4e}' | '\u{200c}' | '\u{200d}')
}

/// The digit `0` to `9` of a decimal digit in the scripts of the press.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 7] = [0x660, 0x6f0, 0x966, 0x9e6, 0xbe6, 0xe50, 0xff10];
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

/// A month of [`PHRASES`], or the `tháng 6` of Vietnamese, and the text after it.
fn phrase(rest: &str) -> Option<(&'static str, &str)> {
    let known = PHRASES.iter().find_map(|(name, month)| {
        let start = rest.get(..name.len()).filter(|start| start.to_lowercase() == **name)?;
        Some((english_month(*month)?, &rest[start.len()..]))
    });
    known.or_else(|| {
        let number = ["tháng ", "Tháng "].iter().find_map(|word| rest.strip_prefix(word))?.trim_start();
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        Some((english_month(number[..digits].parse().ok()?)?, &number[digits..]))
    })
}

/// The sign that ends a year, month or day in Chinese, Japanese and Korean: the mark for it and the text after it.
fn east_asian_mark(rest: &str) -> Option<(char, &str)> {
    [('年', '-'), ('년', '-'), ('月', '-'), ('월', '-'), ('日', ' '), ('일', ' ')]
        .iter()
        .find_map(|(sign, mark)| Some((*mark, rest.strip_prefix(*sign)?)))
}

/// Is it a word between the parts of a date: `5 de marzo de 2019`, `5 марта 2019 г.`, `2019 m. birželio 4 d.`?
fn is_between(word: &str) -> bool {
    const SMALL: &[&str] =
        &["de", "del", "di", "d", "of", "the", "г", "р", "року", "года", "ел", "den", "em", "do", "m", "gada", "năm"];
    SMALL.iter().any(|small| word.eq_ignore_ascii_case(small))
}

fn follows_date(text: &str) -> bool {
    let text = text.trim_end_matches([' ', ',', '.']);
    text.ends_with(|c: char| c.is_ascii_digit()) || (1..=12).filter_map(english_month).any(|name| text.ends_with(name))
}

/// The English name of a month in any of the languages.
fn month(word: &str) -> Option<&'static str> {
    if word.len() < 3 {
        return None;
    }
    // The dot above of `HAZİRAN` becomes a mark of its own in lower case.
    let plain = word.to_lowercase().replace('\u{307}', "");
    month_in_any_language(&plain).and_then(english_month)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Option<String> {
        parse_published_in_any_language(text, None).map(|span| span.to_string())
    }

    #[test]
    fn the_languages_of_feeds() {
        for text in [
            "Ti, 04 Kesä 2019 10:15:00 +0300",
            "tiistaina 4. kesäkuuta 2019",
            "wto, 04 cze 2019 10:15:00 +0200",
            "4 czerwca 2019",
            "Sal, 04 Haz 2019 10:15:00 +0300",
            "4 HAZİRAN 2019",
            "út, 04 čvn 2019 10:15:00 +0200",
            "mar, 04 iun. 2019 10:15:00 +0300",
            "2019. június 4. 10:15",
            "T, 04 juuni 2019 10:15",
            "2019. gada 4. jūnijs",
            "2019 m. birželio 4 d.",
            "dimarts, 4 de juny de 2019",
            "Maw, 04 Mehefin 2019 10:15",
            "вт, 04 июн 2019 10:15:00 +0300",
            "4 червня 2019 р.",
            "4 чэрвеня 2019",
            "Τρί, 04 Ιουν 2019 10:15:00 +0300",
            "4 Ιουνίου 2019",
            "יום שלישי, 4 ביוני 2019",
            "الثلاثاء، ٤ يونيو ٢٠١٩",
            "4 حزيران 2019",
            "४ जून २०१९",
            "৪ জুন ২০১৯",
            "4 ஜூன் 2019",
            "Thứ Ba, ngày 4 tháng 6 năm 2019",
            "2019年6月4日(火) 10:15",
            "2019년 6월 4일 오전 10:15",
            "4 Hunyo 2019",
            "4 Juni 2019, 10:15 WIB",
            "4 ივნისი 2019",
            "4 հունիսի 2019",
            "Die, 4 Qershor 2019",
            "04 iyun 2019, 10:15",
            "Di., 04 Jun 19 10:15:00 +0200",
            "Tue, 04 Jun 2019 10:15:00 GMT",
        ] {
            assert_eq!(day(text).as_deref(), Some("2019-06-04"), "{text}");
        }
        assert_eq!(day("4 มิ.ย. 2562").as_deref(), Some("2562-06-04"));
        assert_eq!(day("5 تشرين الثاني 2019").as_deref(), Some("2019-11-05"));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "",
            "the bridge is shut",
            "the bridge was shut on 4 June 2019",
            "14 خرداد 1398",
            "١٤٤٠/١٠/٠١",
            "4 June",
            "2019年13月5日",
            "年月日",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}|([0-9٤०]{1,4}|[ .,/:-]|März|de|年|月|일|mar|tháng |มิ.ย.|é){0,12}") {
            if let Some(span) = parse_published_in_any_language(&text, None) {
                prop_assert!(is_year_of_print(span));
            }
        }
    }
}
