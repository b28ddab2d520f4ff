//! The names of the months in the languages of the press: one table for all readers of dates.
//!
//! Each language has one [`MonthNames`]. To add a language, add its table and list it in [`LANGUAGES`].

use std::collections::HashMap;
use std::sync::LazyLock;

/// The spellings of the twelve months in one language, January first. All are in lower case; short forms have no
/// period. A month may have no spelling here, see [`LANGUAGES`].
pub type MonthNames = [&'static [&'static str]; 12];

/// English.
#[rustfmt::skip]
pub static ENGLISH: MonthNames = [
    &["january", "jan"], &["february", "feb"], &["march", "mar"], &["april", "apr"], &["may"], &["june", "jun"],
    &["july", "jul"], &["august", "aug"], &["september", "sept", "sep"], &["october", "oct"], &["november", "nov"],
    &["december", "dec"],
];

/// German, with the forms of Austria.
#[rustfmt::skip]
pub static GERMAN: MonthNames = [
    &["januar", "jänner", "jän", "jan"], &["februar", "feber", "feb"], &["märz", "mär", "mrz", "maerz"],
    &["april", "apr"], &["mai"], &["juni", "jun"], &["juli", "jul"], &["august", "aug"],
    &["september", "sept", "sep"], &["oktober", "okt"], &["november", "nov"], &["dezember", "dez"],
];

/// French, also without accents.
#[rustfmt::skip]
pub static FRENCH: MonthNames = [
    &["janvier", "janv"], &["février", "fevrier", "févr", "fév", "fev"], &["mars"], &["avril", "avr"], &["mai"],
    &["juin"], &["juillet", "juil"], &["août", "aout"], &["septembre", "sept"], &["octobre", "oct"],
    &["novembre", "nov"], &["décembre", "decembre", "déc", "dec"],
];

/// Italian, without the short form of September, see [`ENGLISH_WORDS`].
#[rustfmt::skip]
pub static ITALIAN: MonthNames = [
    &["gennaio", "gen"], &["febbraio", "feb"], &["marzo", "mar"], &["aprile", "apr"], &["maggio", "mag"],
    &["giugno", "giu"], &["luglio", "lug"], &["agosto", "ago"], &["settembre"], &["ottobre", "ott"],
    &["novembre", "nov"], &["dicembre", "dic"],
];

/// Spanish.
#[rustfmt::skip]
pub static SPANISH: MonthNames = [
    &["enero", "ene"], &["febrero", "feb"], &["marzo", "mar"], &["abril", "abr"], &["mayo"], &["junio", "jun"],
    &["julio", "jul"], &["agosto", "ago"], &["septiembre", "setiembre", "sept", "sep"], &["octubre", "oct"],
    &["noviembre", "nov"], &["diciembre", "dic"],
];

/// Portuguese, without the short forms of September and October, see [`ENGLISH_WORDS`].
#[rustfmt::skip]
pub static PORTUGUESE: MonthNames = [
    &["janeiro", "jan"], &["fevereiro", "fev"], &["março", "mar"], &["abril", "abr"], &["maio"], &["junho", "jun"],
    &["julho", "jul"], &["agosto", "ago"], &["setembro"], &["outubro"], &["novembro", "nov"], &["dezembro", "dez"],
];

/// Short forms of Italian (`set`) and Portuguese (`set`, `out`) that are also common English words. They name a month
/// only in texts that may be in any language, not in mostly English texts.
pub static ENGLISH_WORDS: MonthNames = [&[], &[], &[], &[], &[], &[], &[], &[], &["set"], &["out"], &[], &[]];

/// All tables with the BCP 47 tag of their language. A name that means different months in two languages is listed
/// for only one of them: `listopada` is November in Polish and Ukrainian, and October in Croatian.
#[rustfmt::skip]
pub static LANGUAGES: &[(&str, &MonthNames)] = &[
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("it", &ITALIAN),
    ("es", &SPANISH),
    ("pt", &PORTUGUESE),
    ("it-pt", &ENGLISH_WORDS),
    ("nl", &[
        &["januari", "jan"], &["februari", "febr", "feb"], &["maart", "mrt"], &["april", "apr"], &["mei"],
        &["juni", "jun"], &["juli", "jul"], &["augustus", "aug"], &["september", "sept"], &["oktober", "okt"],
        &["november", "nov"], &["december", "dec"],
    ]),
    ("sv", &[
        &["januari", "jan"], &["februari", "feb"], &["mars"], &["april", "apr"], &["maj"], &["juni"], &["juli"],
        &["augusti", "aug"], &["september", "sept"], &["oktober", "okt"], &["november", "nov"], &["december", "dec"],
    ]),
    ("da", &[
        &["januar", "jan"], &["februar", "feb"], &["mar"], &["april", "apr"], &["maj"], &["juni"], &["juli"],
        &["august", "aug"], &["september", "sep"], &["oktober", "okt"], &["november", "nov"], &["december", "dec"],
    ]),
    ("no", &[
        &["januar", "jan"], &["februar", "feb"], &["mars"], &["april", "apr"], &["mai"], &["juni"], &["juli"],
        &["august", "aug"], &["september", "sep"], &["oktober", "okt"], &["november", "nov"], &["desember"],
    ]),
    ("is", &[
        &["jan"], &["feb"], &["mars"], &["apr"], &["maí"], &[], &[], &[], &["sept"], &["okt"], &["nov"], &["desember"],
    ]),
    ("fi", &[
        &["tammikuuta"], &["helmikuuta"], &["maaliskuuta"], &["huhtikuuta"], &["toukokuuta"], &["kesäkuuta"],
        &["heinäkuuta"], &["elokuuta"], &["syyskuuta"], &["lokakuuta"], &["marraskuuta"], &["joulukuuta"],
    ]),
    ("hu", &[
        &["január"], &["február", "febr"], &["március"], &["április"], &["május"], &["június"], &["július"],
        &["augusztus"], &["szeptember"], &["október"], &["november"], &["december"],
    ]),
    ("ro", &[
        &["ianuarie"], &["februarie"], &["martie"], &["aprilie"], &["mai"], &["iunie"], &["iulie"], &["august"],
        &["septembrie"], &["octombrie"], &["noiembrie"], &["decembrie"],
    ]),
    ("pl", &[
        &["stycznia"], &["lutego"], &["marca"], &["kwietnia"], &["maja", "maj"], &["czerwca"], &["lipca"],
        &["sierpnia"], &["września"], &["października"], &["listopada"], &["grudnia"],
    ]),
    ("cs", &[
        &["ledna", "leden"], &["února", "únor"], &["března"], &["dubna"], &["května"], &["června"], &["července"],
        &["srpna"], &["září"], &["října", "říjen"], &[], &["prosince", "prosinec"],
    ]),
    ("sk", &[
        &["januára"], &["februára"], &["marca"], &["apríla"], &["mája"], &["júna"], &["júla"], &["augusta"],
        &["septembra"], &["októbra"], &["novembra"], &["decembra"],
    ]),
    ("sl", &[
        &["januarja"], &["februarja"], &["marca"], &["aprila"], &["maja"], &["junija"], &["julija"], &["avgusta"],
        &["septembra"], &["oktobra"], &["novembra"], &["decembra"],
    ]),
    ("hr", &[
        &["siječnja"], &["veljače"], &["ožujka"], &["travnja"], &["svibnja"], &["lipnja"], &["srpnja"], &["kolovoza"],
        &["rujna"], &[], &[], &["prosinca"],
    ]),
    ("sr", &[
        &["јануар", "januara"], &["фебруар", "februara"], &["март", "mart", "marta"], &["април", "aprila"],
        &["мај", "maj", "maja"], &["јун", "juna"], &["јул", "jula"], &["август", "avgust", "avgusta"],
        &["септембар", "septembra"], &["октобар", "oktobra"], &["новембар", "novembar", "novembra"],
        &["децембар", "decembra"],
    ]),
    ("ru", &[
        &["января", "январь", "янв"], &["февраля", "февр", "фев"], &["марта", "март", "мар"], &["апреля", "апр"],
        &["мая", "май"], &["июня", "июн"], &["июля", "июл"], &["августа", "август", "авг"],
        &["сентября", "сент", "сен"], &["октября", "окт"], &["ноября", "ноя"], &["декабря", "дек"],
    ]),
    ("uk", &[
        &["січня"], &["лютого"], &["березня"], &["квітня"], &["травня"], &["червня"], &["липня"], &["серпня"],
        &["вересня"], &["жовтня"], &["листопада"], &["грудня"],
    ]),
    ("bg", &[
        &["януари"], &["февруари"], &["март"], &["април"], &["май"], &["юни"], &["юли"], &["август"],
        &["септември"], &["октомври"], &["ноември"], &["декември"],
    ]),
    ("el", &[
        &["ιανουαρίου"], &["φεβρουαρίου"], &["μαρτίου"], &["απριλίου"], &["μαΐου"], &["ιουνίου"], &["ιουλίου"],
        &["αυγούστου"], &["σεπτεμβρίου"], &["οκτωβρίου"], &["νοεμβρίου"], &["δεκεμβρίου"],
    ]),
    ("sq", &[
        &["janar"], &["shkurt"], &["mars"], &["prill"], &["maj"], &["qershor"], &["korrik"], &["gusht"], &["shtator"],
        &["tetor"], &["nëntor"], &["dhjetor"],
    ]),
    ("tr", &[
        &["ocak"], &["şubat"], &["mart"], &["nisan"], &["mayıs"], &["haziran"], &["temmuz"], &["ağustos"], &["eylül"],
        &["ekim"], &["kasım"], &["aralık"],
    ]),
    ("ar", &[
        &["يناير"], &["فبراير"], &["مارس"], &["أبريل", "ابريل"], &["مايو"], &["يونيو"], &["يوليو"], &["أغسطس"],
        &["سبتمبر"], &["أكتوبر"], &["نوفمبر"], &["ديسمبر"],
    ]),
    ("th", &[
        &["มกราคม"], &["กุมภาพันธ์"], &["มีนาคม"], &["เมษายน"], &["พฤษภาคม"], &["มิถุนายน"], &["กรกฎาคม"], &["สิงหาคม"],
        &["กันยายน"], &["ตุลาคม"], &["พฤศจิกายน"], &["ธันวาคม"],
    ]),
    ("id", &[
        &["januari", "jan"], &["februari", "feb"], &["maret", "mar"], &["april", "apr"], &["mei"], &["juni", "jun"],
        &["juli", "jul"], &["agustus"], &["september", "sep"], &["oktober", "okt"], &["november", "nopember", "nov"],
        &["desember"],
    ]),
];

static BY_NAME: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let tables = LANGUAGES.iter().map(|(_, names)| *names);
    tables.flat_map(spellings).collect()
});

/// Each spelling of a table with the number of its month, 1 to 12.
pub(super) fn spellings(names: &'static MonthNames) -> impl Iterator<Item = (&'static str, u8)> {
    (1..).zip(names).flat_map(|(month, names)| names.iter().map(move |name| (*name, month)))
}

/// The month, 1 to 12, that `name` means in any of the [`LANGUAGES`], in any case.
///
/// ```
/// use morgue_article::date::months::month_in_any_language;
///
/// assert_eq!(month_in_any_language("März"), Some(3));
/// assert_eq!(month_in_any_language("ЯНВАРЯ"), Some(1));
/// assert_eq!(month_in_any_language("bridge"), None);
/// ```
pub fn month_in_any_language(name: &str) -> Option<u8> {
    BY_NAME.get(name.to_lowercase().as_str()).copied()
}

/// The full English name of a month, 1 to 12, in lower case; `None` for any other number.
pub fn english_month(month: u8) -> Option<&'static str> {
    let index = usize::from(month).checked_sub(1)?;
    Some(ENGLISH.get(index)?[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_month_in_all_languages() {
        for (tag, names) in LANGUAGES {
            let mut seen = std::collections::BTreeSet::new();
            for (name, month) in spellings(names) {
                assert_eq!(month_in_any_language(name), Some(month), "{tag} {name}");
                assert_eq!(name.to_lowercase(), name, "{tag}");
                assert!(seen.insert(name), "{tag} lists {name} twice");
            }
        }
    }

    #[test]
    fn english_months() {
        assert_eq!(english_month(0), None);
        assert_eq!(english_month(1), Some("january"));
        assert_eq!(english_month(12), Some("december"));
        assert_eq!(english_month(13), None);
    }
}
