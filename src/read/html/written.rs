//! Days written in a line of a page, in the languages of the press: `5. März 2019`, `5 de marzo de 2019`, `5 марта 2019`.
//!
//! Names of months are put into English, then the grammar of written dates that all readers share reads the line.

use crate::date::{Date, ENGLISH, Order, Written};

/// The first whole day, with its year, that a line holds.
pub(super) fn find(line: &str, order: Option<Order>) -> Option<Date> {
    if line.len() > LONGEST || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = in_english(line);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let starts = letter.is_alphanumeric() && !before.is_alphanumeric();
        // `1.2.2019` inside of a longer number is no day.
        let inside =
            matches!(before, '.' | '/' | '-' | ':' | '+') && at > 1 && text.as_bytes()[at - 2].is_ascii_digit();
        before = letter;
        if !starts || inside {
            continue;
        }
        let day = Written::read(&text[at..], &ENGLISH, order).or_else(|| year_first(&text[at..]));
        if let Some(Written { year: Some(year), month, day: Some(day), .. }) = day {
            return Date::new(year, month, day);
        }
    }
    None
}

/// Bytes; a longer line is a paragraph.
const LONGEST: usize = 2_000;

/// `2019 March 5`, and `2019年3月5日` after its marks were taken for blanks.
fn year_first(text: &str) -> Option<Written> {
    let mut words = text.split_whitespace();
    let year = words.next().filter(|word| word.len() == 4)?.parse().ok()?;
    let month = words.next()?;
    let month = ENGLISH.month(month).or_else(|| month.parse().ok())?;
    let day = words.next()?.trim_end_matches([',', '.']).parse().ok()?;
    Date::new(year, month, day).map(|_| Written { year: Some(year), month, day: Some(day), len: 0 })
}

/// The line with names of months in English, and without the small words between day, month and year.
fn in_english(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{e31}'..='\u{e4e}');
        if !is_letter(first) {
            text.push(if first.is_whitespace() { ' ' } else { first });
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if let Some(after) = ['年', '月', '日', '년', '월', '일'].iter().find_map(|mark| rest.strip_prefix(*mark))
        {
            text.push(' ');
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        match month(word) {
            Some(english) => {
                // `5.` before a month is `5th`; `Okt.` is a short form.
                if text.trim_end().ends_with('.') {
                    text.truncate(text.trim_end().len() - 1);
                    text.push(' ');
                }
                text.push_str(english);
                if let Some(after) = rest.strip_prefix('.') {
                    rest = after;
                }
            }
            None if is_between(word) && follows_date(&text) => {}
            None => text.push_str(word),
        }
        // Two blanks at most stand in a date.
        while text.ends_with("  ") {
            text.pop();
        }
    }
    text
}

fn is_between(word: &str) -> bool {
    ["de", "del", "di", "d", "of", "the", "г", "р", "року", "года", "ел", "den", "em", "do"]
        .iter()
        .any(|small| word.eq_ignore_ascii_case(small))
}

fn follows_date(text: &str) -> bool {
    let text = text.trim_end_matches([' ', ',']);
    text.ends_with(|c: char| c.is_ascii_digit()) || MONTHS.iter().any(|(english, _)| text.ends_with(english))
}

/// The English name of the month that a word names in some language.
fn month(word: &str) -> Option<&'static str> {
    if word.len() < 3 {
        return None;
    }
    let lower = word.to_lowercase();
    MONTHS.iter().find(|(_, names)| names.iter().any(|name| *name == lower)).map(|(english, _)| *english)
}

/// Months in the languages of the press, as they stand in dates. A name that means another month elsewhere, or that is a
/// common word, is left out.
const MONTHS: [(&str, &[&str]); 12] = [
    (
        "january",
        &[
            "january",
            "jan",
            "januar",
            "jänner",
            "jän",
            "janvier",
            "janv",
            "enero",
            "ene",
            "gennaio",
            "gen",
            "januari",
            "janeiro",
            "января",
            "янв",
            "январь",
            "січня",
            "stycznia",
            "ledna",
            "leden",
            "januára",
            "siječnja",
            "januára",
            "januarja",
            "јануар",
            "januara",
            "ocak",
            "tammikuuta",
            "január",
            "ianuarie",
            "ιανουαρίου",
            "janar",
            "януари",
            "يناير",
            "มกราคม",
            "enero",
            "tháng một",
        ],
    ),
    (
        "february",
        &[
            "february",
            "feb",
            "februar",
            "feber",
            "février",
            "févr",
            "fev",
            "febrero",
            "febbraio",
            "febr",
            "februari",
            "fevereiro",
            "февраля",
            "фев",
            "февр",
            "лютого",
            "lutego",
            "února",
            "únor",
            "veljače",
            "februára",
            "februarja",
            "фебруар",
            "februara",
            "şubat",
            "helmikuuta",
            "február",
            "februarie",
            "φεβρουαρίου",
            "shkurt",
            "февруари",
            "فبراير",
            "กุมภาพันธ์",
        ],
    ),
    (
        "march",
        &[
            "march",
            "mar",
            "märz",
            "mär",
            "mrz",
            "maerz",
            "mars",
            "marzo",
            "maart",
            "mrt",
            "março",
            "марта",
            "мар",
            "березня",
            "marca",
            "března",
            "ožujka",
            "март",
            "marta",
            "mart",
            "maaliskuuta",
            "március",
            "martie",
            "μαρτίου",
            "مارس",
            "มีนาคม",
            "maret",
        ],
    ),
    (
        "april",
        &[
            "april",
            "apr",
            "avril",
            "avr",
            "abril",
            "abr",
            "aprile",
            "апреля",
            "апр",
            "квітня",
            "kwietnia",
            "dubna",
            "travnja",
            "apríla",
            "aprila",
            "април",
            "nisan",
            "huhtikuuta",
            "április",
            "aprilie",
            "απριλίου",
            "prill",
            "أبريل",
            "ابريل",
            "เมษายน",
        ],
    ),
    (
        "may",
        &[
            "may",
            "mai",
            "mayo",
            "maggio",
            "mag",
            "mei",
            "maio",
            "мая",
            "май",
            "травня",
            "maja",
            "května",
            "svibnja",
            "mája",
            "мај",
            "mayıs",
            "toukokuuta",
            "május",
            "μαΐου",
            "maj",
            "مايو",
            "พฤษภาคม",
            "maí",
            "мая",
        ],
    ),
    (
        "june",
        &[
            "june",
            "jun",
            "juni",
            "juin",
            "junio",
            "giugno",
            "giu",
            "junho",
            "июня",
            "июн",
            "червня",
            "czerwca",
            "června",
            "lipnja",
            "júna",
            "junija",
            "јун",
            "juna",
            "haziran",
            "kesäkuuta",
            "június",
            "iunie",
            "ιουνίου",
            "qershor",
            "юни",
            "يونيو",
            "มิถุนายน",
        ],
    ),
    (
        "july",
        &[
            "july",
            "jul",
            "juli",
            "juillet",
            "juil",
            "julio",
            "luglio",
            "lug",
            "julho",
            "июля",
            "июл",
            "липня",
            "lipca",
            "července",
            "srpnja",
            "júla",
            "julija",
            "јул",
            "jula",
            "temmuz",
            "heinäkuuta",
            "július",
            "iulie",
            "ιουλίου",
            "korrik",
            "юли",
            "يوليو",
            "กรกฎาคม",
        ],
    ),
    (
        "august",
        &[
            "august",
            "aug",
            "août",
            "aout",
            "agosto",
            "ago",
            "augustus",
            "августа",
            "авг",
            "серпня",
            "sierpnia",
            "srpna",
            "kolovoza",
            "augusta",
            "avgusta",
            "август",
            "avgust",
            "ağustos",
            "elokuuta",
            "augusztus",
            "αυγούστου",
            "gusht",
            "agustus",
            "أغسطس",
            "สิงหาคม",
            "augusti",
        ],
    ),
    (
        "september",
        &[
            "september",
            "sept",
            "sep",
            "septembre",
            "septiembre",
            "setiembre",
            "settembre",
            "set",
            "setembro",
            "сентября",
            "сен",
            "сент",
            "вересня",
            "września",
            "září",
            "rujna",
            "septembra",
            "септембар",
            "eylül",
            "syyskuuta",
            "szeptember",
            "septembrie",
            "σεπτεμβρίου",
            "shtator",
            "септември",
            "سبتمبر",
            "กันยายน",
        ],
    ),
    (
        "october",
        &[
            "october",
            "oct",
            "oktober",
            "okt",
            "octobre",
            "octubre",
            "ottobre",
            "ott",
            "outubro",
            "out",
            "октября",
            "окт",
            "жовтня",
            "października",
            "října",
            "říjen",
            "oktobra",
            "októbra",
            "октобар",
            "ekim",
            "lokakuuta",
            "október",
            "octombrie",
            "οκτωβρίου",
            "tetor",
            "октомври",
            "أكتوبر",
            "ตุลาคม",
        ],
    ),
    (
        "november",
        &[
            "november",
            "nov",
            "novembre",
            "noviembre",
            "novembro",
            "ноября",
            "ноя",
            "листопада",
            "listopada",
            "novembra",
            "novembar",
            "новембар",
            "kasım",
            "marraskuuta",
            "noiembrie",
            "νοεμβρίου",
            "nëntor",
            "ноември",
            "نوفمبر",
            "พฤศจิกายน",
            "nopember",
        ],
    ),
    (
        "december",
        &[
            "december",
            "dec",
            "dezember",
            "dez",
            "décembre",
            "déc",
            "diciembre",
            "dic",
            "dicembre",
            "dezembro",
            "декабря",
            "дек",
            "грудня",
            "grudnia",
            "prosince",
            "prosinec",
            "prosinca",
            "decembra",
            "децембар",
            "aralık",
            "joulukuuta",
            "decembrie",
            "δεκεμβρίου",
            "dhjetor",
            "декември",
            "ديسمبر",
            "ธันวาคม",
            "desember",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_in_lines() {
        for (line, expected) in [
            ("Published March 5, 2019 at 10 a.m.", Some("2019-03-05")),
            ("By Ann Lund | Mar. 5th, 2019", Some("2019-03-05")),
            ("Von Ann Lund, 5. März 2019", Some("2019-03-05")),
            ("05.03.2019, 10:15 Uhr", Some("2019-03-05")),
            ("Le 5 mars 2019 à 10h", Some("2019-03-05")),
            ("5 de marzo de 2019", Some("2019-03-05")),
            ("martes, 5 Marzo, 2019", Some("2019-03-05")),
            ("5 марта 2019 г.", Some("2019-03-05")),
            ("5 Березня 2019, 10:15", Some("2019-03-05")),
            ("2019年3月5日 10:15", Some("2019-03-05")),
            ("2019. 3. 5", None),
            ("2019-03-05 10:15", Some("2019-03-05")),
            ("Updated 2019 March 5", Some("2019-03-05")),
            ("In March 2019", None),
            ("Call 555-2019", None),
            ("version 1.2.3.2019", None),
            ("March 5", None),
            ("May 35, 2019", None),
        ] {
            assert_eq!(find(line, None).map(|day| day.to_string()).as_deref(), expected, "{line}");
        }
        assert_eq!(find("03/05/2019", None), None);
        assert_eq!(find("03/05/2019", Some(Order::MonthFirst)).unwrap().to_string(), "2019-03-05");
    }

    proptest! {
        #[test]
        fn any_line(line in "\\PC{0,30}|([0-9]{1,4}|[ .,/:-]|März|de|年|月|mar|é){0,12}") {
            find(&line, Some(Order::DayFirst));
        }
    }
}
