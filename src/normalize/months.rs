//! The names of months, in full and as newspapers shorten them.

/// The month of a name, from 1, in any case; a point after a short name is the caller's.
pub(super) fn number(word: &str) -> Option<u8> {
    // No name is longer than `settembre`, `septiembre`, `September`.
    if word.len() < 3 || word.len() > 12 {
        return None;
    }
    let lower = word.to_lowercase();
    let place = NAMES.iter().position(|names| names.contains(&lower.as_str()))?;
    u8::try_from(place + 1).ok()
}

/// English, German, French, Spanish, Italian, Portuguese, Dutch.
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "janeiro", "januari"],
    &["february", "feb", "februar", "février", "févr", "febrero", "febbraio", "fevereiro", "februari"],
    &["march", "mar", "märz", "mars", "marzo", "março", "maart"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio", "mei"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "julho"],
    &["august", "aug", "août", "agosto", "augustus"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known() {
        for (name, month) in [("January", 1), ("FEB", 2), ("Sept", 9), ("août", 8), ("DÉCEMBRE", 12)] {
            assert_eq!(number(name), Some(month), "{name}");
        }
        for other in ["", "Ma", "Marching", "Janet", "second", "decemberists"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
