//! The standard spelling of names that are transliterated in several ways: `Sergei` and `Sergey`, `Mohammed` and `Muhammad`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Appends the standard spelling of a word of a person's name. `word` is folded.
pub(super) fn push_standard_spelling(word: &str, out: &mut String) {
    if let Some(standard) = STANDARD_SPELLINGS.get(word) {
        out.push_str(standard);
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

/// The standard spelling of each other spelling of [`TRANSLITERATED`].
static STANDARD_SPELLINGS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let pairs = TRANSLITERATED.iter().flat_map(|(others, standard)| others.iter().map(|other| (*other, *standard)));
    pairs.collect()
});

/// Other spellings of names that are transliterated in several ways, and the standard spelling of each name.
#[rustfmt::skip]
const TRANSLITERATED: &[(&[&str], &str)] = &[
    (&["mohammad", "mohamed", "mohamad", "muhammad", "muhammed", "muhamed", "muhamad", "mohammod"], "mohammed"),
    (&["ahmad"], "ahmed"),
    (&["mahmud", "mahmood", "mehmood"], "mahmoud"),
    (&["husain", "hussain", "husayn", "husein", "hossein", "hussien"], "hussein"),
    (&["hasan"], "hassan"),
    (&["abdallah", "abdulla"], "abdullah"),
    (&["abdel", "abd"], "abdul"),
    (&["rehman", "rahmaan"], "rahman"),
    (&["gadafi", "gadhafi", "qaddafi", "qadhafi", "kadhafi", "kaddafi", "khadafy", "gadaffi", "qadafi", "khaddafi"], "gaddafi"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_letters_have_one_spelling() {
        for (word, expected) in [
            ("zelenskyy", "zelenski"),
            ("sergey", "sergei"),
            ("yanukovych", "yanukovich"),
            ("alexa", "aleksa"),
            ("xi", "xi"),
            ("mohamed", "mohammed"),
            ("sky", "sky"),
        ] {
            let mut standard = String::new();
            push_standard_spelling(word, &mut standard);
            assert_eq!(standard, expected, "{word}");
        }
    }

    #[test]
    fn no_spelling_has_two_standard_spellings() {
        let spellings: usize = TRANSLITERATED.iter().map(|(others, _)| others.len()).sum();
        assert_eq!(STANDARD_SPELLINGS.len(), spellings);
    }
}
