//! The language of an article: the tag or name that the source states, in the form of BCP 47, or else the language
//! that is detected in the text.
//!
//! The detector (`whichlang`) knows sixteen languages and assigns one of them to every text. Its answer is used only if
//! small words or letters of that language confirm it: a Polish text gets no language, not English.
//!
//! The dependency `trafilatura` brings a second detector, `whatlang`, for an option that we do not set: to reject
//! pages in other languages than one. Only pages go through `trafilatura`; texts of all formats go through this
//! module.

use whichlang::Lang;

/// Shorter texts are not enough to detect a language. Bytes.
const SHORTEST: usize = 120;

/// Only this much of a text is examined. Bytes.
const ENOUGH: usize = 600;

/// The language that the source states, as a tag: `en_us` is `en-US`, `English` is `en`. `None` for any other text.
pub(super) fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(names, _)| names.contains(&lower.as_str())) {
        return Some((*tag).to_owned());
    }
    let mut tag = String::with_capacity(text.len());
    for (place, subtag) in text.split(['-', '_']).enumerate() {
        if subtag.is_empty() || subtag.len() > 8 || !subtag.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        if place > 0 {
            tag.push('-');
        }
        match (place, subtag.len()) {
            (0, 2 | 3) if subtag.bytes().all(|b| b.is_ascii_alphabetic()) => {
                let short = NAMES.iter().find(|(names, _)| names.contains(&subtag.to_ascii_lowercase().as_str()));
                tag.push_str(short.map_or(&subtag.to_ascii_lowercase(), |(_, tag)| tag));
            }
            (0, _) => return None,
            (_, 2) => tag.push_str(&subtag.to_ascii_uppercase()),
            (_, 4) => {
                tag.push_str(&subtag[..1].to_ascii_uppercase());
                tag.push_str(&subtag[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&subtag.to_ascii_lowercase()),
        }
    }
    (tag.len() <= 35).then_some(tag)
}

/// Names and three-letter codes of languages in lower case, and their tags.
const NAMES: &[(&[&str], &str)] = &[
    (&["english", "eng"], "en"),
    (&["german", "deutsch", "deu", "ger"], "de"),
    (&["french", "français", "fra", "fre"], "fr"),
    (&["spanish", "español", "castellano", "spa"], "es"),
    (&["italian", "italiano", "ita"], "it"),
    (&["portuguese", "português", "por"], "pt"),
    (&["dutch", "nederlands", "nld", "dut"], "nl"),
    (&["russian", "русский", "rus"], "ru"),
    (&["ukrainian", "українська", "ukr"], "uk"),
    (&["polish", "polski", "pol"], "pl"),
    (&["czech", "čeština", "ces", "cze"], "cs"),
    (&["swedish", "svenska", "swe"], "sv"),
    (&["norwegian", "norsk", "nor"], "no"),
    (&["danish", "dansk", "dan"], "da"),
    (&["finnish", "suomi", "fin"], "fi"),
    (&["turkish", "türkçe", "tur"], "tr"),
    (&["arabic", "العربية", "ara"], "ar"),
    (&["hindi", "हिन्दी", "hin"], "hi"),
    (&["chinese", "中文", "mandarin", "zho", "chi", "cmn"], "zh"),
    (&["japanese", "日本語", "jpn"], "ja"),
    (&["korean", "한국어", "kor"], "ko"),
    (&["vietnamese", "tiếng việt", "vie"], "vi"),
    (&["greek", "ελληνικά", "ell", "gre"], "el"),
    (&["hungarian", "magyar", "hun"], "hu"),
    (&["romanian", "română", "ron", "rum"], "ro"),
    (&["indonesian", "bahasa indonesia", "ind"], "id"),
];

/// The language of a text; `None` if the text is short or nothing confirms the answer of the detector.
pub(super) fn detected(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    let sample = &text[..text.floor_char_boundary(ENOUGH)];
    if is_surely_english(sample) {
        return Some("en");
    }
    let language = whichlang::detect_language(sample);
    is_confirmed(language, sample).then(|| tag(language))
}

/// Is a text English without doubt? `the`, `of` and `and` are words of no other language, and they are at least one
/// word in twenty. Most texts of most archives are English, and the detector is slower than all the rest of
/// normalizing.
fn is_surely_english(sample: &str) -> bool {
    let (mut words, mut small) = (0_usize, 0_usize);
    for word in sample.as_bytes().split(|b| b.is_ascii() && !b.is_ascii_alphabetic()) {
        words += usize::from(!word.is_empty());
        small += usize::from(matches!(word, b"the" | b"The" | b"THE" | b"of" | b"OF" | b"and" | b"AND"));
    }
    small > 2 && small * 20 >= words
}

fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

/// Do small words or letters of a language confirm that a text is in it?
fn is_confirmed(language: Lang, sample: &str) -> bool {
    let small_words: &[&str] = match language {
        Lang::Eng => {
            &["the", "of", "to", "and", "in", "a", "for", "on", "is", "that", "said", "was", "with", "by", "at", "from"]
        }
        Lang::Deu => {
            &["der", "die", "und", "das", "den", "mit", "von", "ist", "im", "nicht", "ein", "eine", "auf", "für", "zu"]
        }
        Lang::Fra => {
            &["le", "la", "les", "des", "et", "du", "est", "une", "un", "dans", "pour", "que", "qui", "au", "par"]
        }
        Lang::Spa => {
            &["el", "los", "las", "del", "y", "en", "una", "un", "por", "con", "que", "se", "su", "la", "para"]
        }
        Lang::Ita => {
            &["il", "di", "che", "della", "del", "per", "una", "con", "è", "gli", "nel", "le", "dei", "alla", "non"]
        }
        Lang::Por => &["o", "os", "do", "da", "dos", "das", "em", "uma", "um", "não", "que", "para", "no", "na", "ao"],
        Lang::Nld => {
            &["de", "het", "een", "en", "van", "niet", "op", "dat", "te", "voor", "met", "zijn", "is", "er", "aan"]
        }
        Lang::Swe => {
            &["och", "att", "det", "som", "en", "är", "av", "för", "inte", "den", "till", "på", "med", "har", "ett"]
        }
        Lang::Tur => &["ve", "bir", "bu", "için", "ile", "de", "da", "olarak", "olan", "daha", "çok", "kadar", "gibi"],
        Lang::Vie => {
            &["và", "của", "là", "có", "trong", "được", "cho", "các", "những", "người", "này", "đã", "không", "với"]
        }
        Lang::Rus => {
            return has_share(sample, |c| matches!(c, 'ы' | 'э' | 'ё'))
                && !sample.contains(['і', 'ї', 'є', 'ў', 'ј', 'ђ', 'ө']);
        }
        Lang::Ara => {
            return has_share(sample, |c| ('\u{620}'..='\u{64A}').contains(&c))
                && !sample.contains(['پ', 'چ', 'گ', 'ٹ', 'ڈ', 'ی']);
        }
        Lang::Hin => return has_share(sample, |c| ('\u{900}'..='\u{97F}').contains(&c)),
        Lang::Cmn => {
            return has_share(sample, |c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) && !has_share(sample, is_kana);
        }
        Lang::Jpn => return has_share(sample, is_kana),
        Lang::Kor => return has_share(sample, |c| ('\u{AC00}'..='\u{D7A3}').contains(&c)),
    };
    let (mut words, mut small) = (0_usize, 0_usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(small_words.iter().any(|known| is_word(known, word)));
    }
    // English newswire has 15 to 30 in a hundred, its tables of company results 6; other languages under 4.
    small * 100 >= words * 6
}

fn is_word(known: &str, word: &str) -> bool {
    known.eq_ignore_ascii_case(word) || (!word.is_ascii() && word.to_lowercase() == known)
}

fn is_kana(c: char) -> bool {
    ('\u{3041}'..='\u{30FF}').contains(&c)
}

/// Is at least one letter in a hundred of a kind?
fn has_share(sample: &str, of: impl Fn(char) -> bool) -> bool {
    let (mut all, mut some) = (0_usize, 0_usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        some += usize::from(of(c));
    }
    some > 0 && some * 100 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_languages() {
        let table = [
            ("en", Some("en")),
            ("EN_us", Some("en-US")),
            ("eng", Some("en")),
            ("English", Some("en")),
            ("zh-hans-cn", Some("zh-Hans-CN")),
            ("Français", Some("fr")),
            ("xx", Some("xx")),
            ("", None),
            ("unknown language", None),
            ("e", None),
        ];
        for (text, expected) in table {
            assert_eq!(stated(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn detected_languages() {
        let table = [
            (
                "The old bridge over the river is to be closed for a year, the mayor of the town said on Monday. Traders at the market said that they had not been asked.",
                Some("en"),
            ),
            (
                "THE CABINET MET FOR THE THIRD TIME AND COULD NOT AGREE ON A NAME FOR THE NEW PROVINCE, WHICH HAS BEEN WITHOUT ONE SINCE MAY OF LAST YEAR.",
                Some("en"),
            ),
            (
                "Die alte Brücke über den Fluss wird für ein Jahr gesperrt, sagte der Bürgermeister der Stadt am Montag. Die Händler auf dem Markt sind nicht gefragt worden.",
                Some("de"),
            ),
            (
                "Le vieux pont sur la rivière sera fermé pendant un an, a annoncé lundi le maire de la ville. Les marchands n'ont pas été consultés par la mairie.",
                Some("fr"),
            ),
            (
                "Stary most na rzece zostanie zamknięty na rok, powiedział w poniedziałek burmistrz miasta. Kupcy z rynku twierdzą, że nikt ich nie pytał o zdanie.",
                None,
            ),
            ("Too short to tell.", None),
        ];
        for (text, expected) in table {
            assert_eq!(detected(text), expected, "{text}");
        }
    }
}
