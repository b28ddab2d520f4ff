//! The **key** groups the spellings of a name across articles. `Sergei Kislyak` and `Sergey Kislyak` have the same key, and
//! so have `U.S.` and `United States`. The key ignores case, accents, dots, apostrophes, hyphens, titles and middle
//! initials, and writes a name that has several transliterations in one of them. It is computed from one name alone, without any
//! measure of similarity, so that people whose names differ in a significant letter have different keys.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::places;
use super::roles;
use super::transliteration::push_standard_spelling;
use morgue_article::EntityKind;

/// The key of `name` as a name of this kind. It is empty for a name without letters and digits. Keys are stored in
/// indexes: changing this function requires a new index format.
///
/// ```
/// use morgue_article::EntityKind::{Org, Person, Place};
/// use morgue_annotate::entities::key;
///
/// assert_eq!(key(Person, "Sergei Kislyak"), key(Person, "Sergey Kislyak"));
/// assert_eq!(key(Person, "Donald J. Trump"), key(Person, "donald trump"));
/// assert_eq!(key(Place, "U.S."), key(Place, "United States"));
/// assert_eq!(key(Org, "Acme Inc."), key(Org, "Acme"));
/// assert_ne!(key(Person, "Maria Ruiz"), key(Person, "Mario Ruiz"));
/// ```
pub fn key(kind: EntityKind, name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    match kind {
        EntityKind::Person => person_key(&mut words),
        EntityKind::Org => org_key(&mut words),
        EntityKind::Place => place_key(&words),
    }
}

/// Whether the queried name (key `asked`) matches the entity with the key `key`. A person also matches if `asked` is a
/// run of whole words of the key, unless `whole` is set. An empty key matches nothing.
///
/// ```
/// use morgue_article::EntityKind::Person;
/// use morgue_annotate::entities::{is_named, key};
///
/// let kislyak = key(Person, "Sergey Kislyak");
/// assert!(is_named(Person, &key(Person, "Sergei Kislyak"), &kislyak, true));
/// assert!(is_named(Person, &key(Person, "Sergei"), &kislyak, false));
/// assert!(!is_named(Person, &key(Person, "Sergei"), &kislyak, true));
/// ```
pub fn is_named(kind: EntityKind, asked: &str, key: &str, whole: bool) -> bool {
    if asked.is_empty() {
        return false;
    }
    if whole || kind != EntityKind::Person {
        return asked == key;
    }
    key.match_indices(asked).any(|(at, _)| {
        let (before, after) = (&key[..at], &key[at + asked.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// The name in lower case, without accents, dots and apostrophes. All other characters that are not letters or digits
/// become blanks.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut add = |char: char| match char {
        'a'..='z' | '0'..='9' => folded.push(char),
        'A'..='Z' => folded.push(char.to_ascii_lowercase()),
        '.' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '\u{ad}' => {}
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'þ' | 'Þ' => folded.push_str("th"),
        '&' | '+' => folded.push_str(" and "),
        _ if char.is_alphanumeric() => folded.extend(char.to_lowercase()),
        _ => folded.push(' '),
    };
    if name.is_ascii() {
        name.chars().for_each(&mut add);
    } else {
        name.nfkd().filter(|&char| !is_combining_mark(char)).for_each(&mut add);
    }
    folded
}

fn is_initial(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

fn person_key(words: &mut Vec<&str>) -> String {
    while words.len() > 1 && roles::TITLES.has_word(words[0]) {
        words.remove(0);
    }
    let mut key = String::new();
    // `J. K.`, `J.K.` and `JK` are the same: initials before the first full word are written as one word.
    let opening = words.iter().take_while(|word| is_initial(word)).count().min(words.len().saturating_sub(1));
    key.extend(words[..opening].iter().copied());
    let rest = &words[opening..];
    for (i, word) in rest.iter().enumerate() {
        let is_last = i + 1 == rest.len();
        let is_middle_initial = i > 0 && !is_last && is_initial(word);
        // The Arabic article inside a name is left out: `Bashar al-Assad`. At the start it stays: `Al Gore`.
        let is_inner_article = (i > 0 || opening > 0) && !is_last && matches!(*word, "al" | "el" | "ul");
        if is_middle_initial || is_inner_article {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        push_standard_spelling(word, &mut key);
    }
    key
}

/// Endings of the names of companies that the key leaves out, because writers often do.
#[rustfmt::skip]
const DROPPED_ENDINGS: &[&str] = &[
    "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc", "llp", "ltd",
    "nv", "plc", "pty", "sa", "spa",
];

/// Initialisms that mean the same organisation in all articles.
const KNOWN_INITIALS: &[(&str, &str)] = &[
    ("un", "united nations"),
    ("eu", "european union"),
    ("fbi", "federal bureau of investigation"),
    ("cia", "central intelligence agency"),
    ("nato", "north atlantic treaty organization"),
    ("imf", "international monetary fund"),
    ("wto", "world trade organization"),
    ("iaea", "international atomic energy agency"),
    ("nasa", "national aeronautics and space administration"),
    ("opec", "organization of the petroleum exporting countries"),
    ("unicef", "united nations childrens fund"),
    ("osce", "organization for security and cooperation in europe"),
    ("asean", "association of southeast asian nations"),
    ("bbc", "british broadcasting corporation"),
];

fn org_key(words: &mut Vec<&str>) -> String {
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| DROPPED_ENDINGS.contains(word)) {
        words.pop();
        if words.len() > 1 && words.last() == Some(&"and") {
            words.pop();
        }
    }
    if let [word] = words[..]
        && let Some((_, name)) = KNOWN_INITIALS.iter().find(|(initials, _)| *initials == word)
    {
        return (*name).to_owned();
    }
    if let ["us", "house"] | ["united", "states", "house"] = words[..] {
        return "united states house of representatives".to_owned();
    }
    let mut key = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            key.push(' ');
        }
        match *word {
            "us" if words.len() > 1 => key.push_str("united states"),
            "uk" if words.len() > 1 => key.push_str("united kingdom"),
            "eu" if words.len() > 1 => key.push_str("european union"),
            "un" if words.len() > 1 => key.push_str("united nations"),
            "centre" => key.push_str("center"),
            "defence" => key.push_str("defense"),
            "saint" => key.push_str("st"),
            "qaida" | "qaidah" => key.push_str("qaeda"),
            "organisation" => key.push_str("organization"),
            "organisations" => key.push_str("organizations"),
            word => key.push_str(word),
        }
    }
    key
}

fn place_key(words: &[&str]) -> String {
    let words = match words {
        ["the", rest @ ..] if !rest.is_empty() && *rest != ["hague"] => rest,
        words => words,
    };
    let key = words.join(" ");
    if let Some(name) = places::standard_name(&key) {
        return name.to_owned();
    }
    match key.strip_prefix("saint ") {
        Some(rest) => format!("st {rest}"),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use morgue_article::EntityKind::{Org, Person, Place};

    #[test]
    fn spellings_of_one_person_have_one_key() {
        for (one, other) in [
            ("Sergei Kislyak", "Sergey Kislyak"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
            ("Zelensky", "Zelenskyy"),
            ("Kim Jong Un", "Kim Jong-un"),
            ("Mohammed Salah", "Muhammad Salah"),
            ("Mohamed Morsi", "Mohammed Morsi"),
            ("Muammar Gaddafi", "Moammar Qaddafi"),
            ("Bashar al-Assad", "Bashar Assad"),
            ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi"),
            ("Donald J. Trump", "DONALD TRUMP"),
            ("J.K. Rowling", "J. K. Rowling"),
            ("Ngũgĩ wa Thiong'o", "Ngugi wa Thiong’o"),
            ("Lech Wałęsa", "Lech Walesa"),
            ("Alexei Navalny", "Aleksey Navalny"),
            ("President Vladimir Putin", "Vladimir Putin"),
            ("Jean-Claude Juncker", "Jean Claude Juncker"),
            ("Conan O’Brien", "Conan O'Brien"),
            ("Dmitry Peskov", "Dmitri Peskov"),
            ("Viktor Yanukovych", "Viktor Yanukovich"),
        ] {
            assert_eq!(key(Person, one), key(Person, other), "{one} / {other}");
        }
    }

    #[test]
    fn different_people_have_different_keys() {
        for (one, other) in [
            ("Maria Ruiz", "Mario Ruiz"),
            ("Jon Smith", "Joan Smith"),
            ("Jon Smith", "John Smith"),
            ("Donald Trump", "Donald Trump Jr."),
            ("George Bush", "George Bush III"),
            ("Michael Jordan", "Michelle Jordan"),
            ("Bill Clinton", "Hillary Clinton"),
            ("Kim Jong Un", "Kim Jong Il"),
            ("Anna Lee", "Anne Lee"),
            ("Ali Hassan", "Alia Hassan"),
            ("Terry Jones", "Terri Jones"),
            ("Andrea Bocelli", "Andrei Bocelli"),
            ("Paul Ryan", "Paula Ryan"),
            ("Trump", "Trumps"),
            ("J. Smith", "K. Smith"),
            ("Al Gore", "Gore"),
            ("X", "Y"),
        ] {
            assert_ne!(key(Person, one), key(Person, other), "{one} / {other}");
        }
    }

    #[test]
    fn organisations_and_places() {
        for (kind, one, other) in [
            (Org, "The Guardian", "Guardian"),
            (Org, "Acme Corp.", "ACME Corporation"),
            (Org, "Johnson & Johnson", "Johnson and Johnson"),
            (Org, "U.S. Supreme Court", "United States Supreme Court"),
            (Org, "World Health Organisation", "World Health Organization"),
            (Org, "AT&T", "AT&T Inc."),
            (Org, "UN", "United Nations"),
            (Org, "U.S. House", "United States House of Representatives"),
            (Org, "al-Qaeda", "al-Qa’ida"),
            (Place, "U.S.", "US"),
            (Place, "USA", "United States of America"),
            (Place, "America", "the United States"),
            (Place, "U.K.", "Britain"),
            (Place, "Calif.", "California"),
            (Place, "Washington, D.C.", "Washington DC"),
            (Place, "St. Petersburg", "Saint Petersburg"),
            (Place, "São Paulo", "Sao Paulo"),
            (Place, "Kiev", "Kyiv"),
        ] {
            assert_eq!(key(kind, one), key(kind, other), "{one} / {other}");
        }
        for (kind, one, other) in [
            (Place, "America", "South America"),
            (Place, "Georgia", "South Georgia"),
            (Place, "Korea", "North Korea"),
            (Place, "The Hague", "Hague"),
            (Org, "Labour Party", "Labor Party"),
            (Org, "The Company", "Company of Heroes"),
            (Place, "Mexico", "Mexico City"),
        ] {
            assert_ne!(key(kind, one), key(kind, other), "{one} / {other}");
        }
    }

    #[test]
    fn names_without_letters_have_no_key() {
        assert_eq!(key(Person, ""), "");
        assert_eq!(key(Org, "—"), "");
        assert_eq!(key(Place, "東京"), "東京");
    }
}
