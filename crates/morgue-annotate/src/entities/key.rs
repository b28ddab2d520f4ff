//! The **key** that groups the spellings of a name across articles: the same for `Sergei Kislyak` and `Sergey Kislyak`,
//! `U.S.` and `United States`. It forgets case, accents, dots, apostrophes, hyphens, titles and middle initials, and
//! writes names that are transliterated in several ways in one of them. It never compares names, so no two people who
//! differ in a letter that matters come together.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::places;
use super::roles;
use morgue_article::EntityKind;

/// The key of a name of this kind; empty for a name without letters or digits.
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
        EntityKind::Person => person(&mut words),
        EntityKind::Org => org(&mut words),
        EntityKind::Place => place(&words),
    }
}

/// Whether a name asked for, of which `asked` is the key, is the one of which `key` is: as a whole or, of people, by
/// some of its words. So every spelling finds all.
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
    if asked.is_empty() || whole || kind != EntityKind::Person {
        return !asked.is_empty() && asked == key;
    }
    key.match_indices(asked).any(|(at, _)| {
        let (before, after) = (&key[..at], &key[at + asked.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// Lower case without accents, dots and apostrophes; anything else that is no letter or digit becomes a blank.
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

fn person(words: &mut Vec<&str>) -> String {
    while words.len() > 1 && roles::is_title(words[0]) {
        words.remove(0);
    }
    let mut key = String::new();
    // Initials before the first full word belong together: J. K., J.K. and JK.
    let opening = words.iter().take_while(|word| is_initial(word)).count().min(words.len().saturating_sub(1));
    key.extend(words[..opening].iter().copied());
    let rest = &words[opening..];
    for (i, word) in rest.iter().enumerate() {
        let middle = i > 0 && i + 1 < rest.len();
        let inside = i > 0 || opening > 0;
        if middle && is_initial(word) || inside && matches!(*word, "al" | "el" | "ul") && i + 1 < rest.len() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        sound(word, &mut key);
    }
    key
}

/// Appends a word of a person's name in the one of its transliterations that stands for all.
pub(super) fn sound(word: &str, out: &mut String) {
    if let Some(one) = transliterations().get(word) {
        out.push_str(one);
        return;
    }
    let start = out.len();
    let ending = |endings: &[&str]| endings.iter().find_map(|ending| word.strip_suffix(ending));
    if let Some(stem) =
        ending(&["skyy", "skyi", "skiy", "skij", "skii", "sky", "ski", "skyj"]).filter(|stem| stem.len() > 1)
    {
        out.push_str(stem);
        out.push_str("ski");
    } else if let Some(stem) = ending(&["ovych", "ovitch", "ovich", "ovic"]).filter(|stem| stem.len() > 1) {
        out.push_str(stem);
        out.push_str("ovich");
    } else if let Some(stem) = ending(&["ey", "ej"]).filter(|stem| stem.len() > 2) {
        out.push_str(stem);
        out.push_str("ei");
    } else if let Some(stem) = ending(&["ay", "aj"]).filter(|stem| stem.len() > 3) {
        out.push_str(stem);
        out.push_str("ai");
    } else if let Some(stem) = ending(&["iy", "ij", "yy", "yi"]).filter(|stem| stem.len() > 2) {
        out.push_str(stem);
        out.push('y');
    } else {
        out.push_str(word);
    }
    if let Some(x) = out[start..].find('x').filter(|&x| x > 0) {
        out.replace_range(start + x..=start + x, "ks");
    }
}

/// The table below by spelling.
fn transliterations() -> &'static FxHashMap<&'static str, &'static str> {
    static SPELLINGS: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    SPELLINGS
        .get_or_init(|| TRANSLITERATED.iter().flat_map(|(many, one)| many.iter().map(|many| (*many, *one))).collect())
}

/// Names that are transliterated in several ways, and the way that stands for all.
const TRANSLITERATED: &[(&[&str], &str)] = &[
    (&["mohammad", "mohamed", "mohamad", "muhammad", "muhammed", "muhamed", "muhamad", "mohammod"], "mohammed"),
    (&["ahmad"], "ahmed"),
    (&["mahmud", "mahmood", "mehmood"], "mahmoud"),
    (&["husain", "hussain", "husayn", "husein", "hossein", "hussien"], "hussein"),
    (&["hasan"], "hassan"),
    (&["abdallah", "abdulla"], "abdullah"),
    (&["abdel", "abd"], "abdul"),
    (&["rehman", "rahmaan"], "rahman"),
    (
        &["gadafi", "gadhafi", "qaddafi", "qadhafi", "kadhafi", "kaddafi", "khadafy", "gadaffi", "qadafi", "khaddafi"],
        "gaddafi",
    ),
    (&["moammar", "muamar", "moamer", "muammer", "moamar", "mouammar"], "muammar"),
    (&["usama"], "osama"),
    (&["usman", "othman"], "osman"),
    (&["umar"], "omar"),
    (&["yousef", "youssef", "yusuf", "yousuf", "yusef", "yousaf"], "yusuf"),
    (&["yasir", "yaser"], "yasser"),
    (&["nasir", "naser"], "nasser"),
    (&["khalid", "khaleed"], "khaled"),
    (&["sayed", "sayyid", "sayyed", "syed"], "sayed"),
    (&["khomeyni"], "khomeini"),
    (&["khamenai"], "khamenei"),
    (&["ayman", "aiman"], "ayman"),
    (&["zawahri"], "zawahiri"),
    (&["haniya", "haniyah"], "haniyeh"),
    (&["nasralla"], "nasrallah"),
    (&["dmitri", "dmitriy", "dmitrii", "dmitrij", "dimitri", "dmytro"], "dmitry"),
    (&["yuri", "yuriy", "yurii", "iurii", "iouri", "yurij", "jurij"], "yury"),
    (&["evgeny", "evgeni", "evgeniy", "evgenii", "yevgeni", "yevgeniy", "yevgenii", "evgueni"], "yevgeny"),
    (&["vitali", "vitaliy", "vitalii"], "vitaly"),
    (&["valeri", "valeriy", "valerii"], "valery"),
    (&["gennadi", "gennadiy", "gennadii", "gennady"], "gennady"),
    (&["anatoli", "anatoliy", "anatolii"], "anatoly"),
    (&["grigori", "grigoriy", "grigorii"], "grigory"),
    (&["vasili", "vasiliy", "vasilii", "vassily", "vassili"], "vasily"),
    (&["aleksandr", "alexandr", "aleksander"], "alexander"),
    (&["aleksei", "aleksey", "alexey", "alexej", "aleksej"], "aleksei"),
    (&["mihail", "mikhael"], "mikhail"),
    (&["fedor", "fyodor"], "fyodor"),
    (&["petr", "pyotr"], "pyotr"),
    (&["ilia"], "ilya"),
    (&["igor", "ihor"], "igor"),
    (&["timoshenko"], "tymoshenko"),
    (&["lukashenka"], "lukashenko"),
    (&["navalnyy", "navalnyi", "navalniy"], "navalny"),
    (&["yeltsyn", "jelzin", "eltsin"], "yeltsin"),
    (&["gorbachov", "gorbatchev", "gorbachyov"], "gorbachev"),
    (&["khruschev", "khrushchov", "kruschev", "khrushev"], "khrushchev"),
    (&["medvedyev"], "medvedev"),
    (&["netanyahou"], "netanyahu"),
    (&["trotskii"], "trotski"),
    (&["milosevich"], "milosevic"),
    (&["izetbegovich"], "izetbegovic"),
];

/// Endings of companies' names that are left off as often as not.
const COMPANY_ENDINGS: &[&str] = &[
    "ag",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "plc",
    "pty",
    "sa",
    "spa",
];

/// Initialisms that stand for one organisation everywhere.
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

fn org(words: &mut Vec<&str>) -> String {
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| COMPANY_ENDINGS.contains(word)) {
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

fn place(words: &[&str]) -> String {
    let words = match words {
        ["the", rest @ ..] if !rest.is_empty() && *rest != ["hague"] => rest,
        words => words,
    };
    let key = words.join(" ");
    if let Some(name) = places::one_name(&key) {
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
    fn one_person() {
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
    fn two_people() {
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
