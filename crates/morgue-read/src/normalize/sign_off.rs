//! Recognizes sign-offs, the line with which an agency ends a story: `Reuter`, `-30-`, `(Reporting by Jane Roe;
//! Editing by John Doe)`. A sign-off is always the last paragraph.

use super::byline_names::names;

/// Sign-offs in upper and lower case, as agencies write them.
#[rustfmt::skip]
const SIGN_OFFS: &[&str] = &[
    "reuter", "REUTER", "Reuter", "REUTERS", "Reuters", "Reuter...", "(Reuters)", "AFP", "(AFP)", "(AP)", "UPI",
    "TASS", "dpa", "Xinhua", "-30-", "- 30 -", "–30–", "—30—", "###", "# # #", "ENDS", "ends", "(ends)", "/ritzau/",
    "(NTB)", "(ANSA)", "(ANSA).", "Ends", "-ENDS-", "- ENDS -", "-Ends-", "-END-", "- END -", "END", "END OF STORY",
    "MORE", "-MORE-", "- MORE -", "(MORE)", "(more)", "MTF", "MTF...",
];

/// Longer paragraphs are not lists of reporters and editors. Bytes.
const LONGEST: usize = 500;

/// Is a paragraph nothing but a sign-off? `wire` is the agency in the dateline of the article.
pub(super) fn is_sign_off(paragraph: &str, wire: Option<&str>) -> bool {
    SIGN_OFFS.contains(&paragraph)
        || is_of_desk(paragraph)
        || wire.is_some_and(|wire| in_marks(paragraph) == Some(wire))
        || reporting(paragraph).is_some()
}

/// The reporters that a sign-off names.
pub(super) fn reporters(paragraph: &str) -> Vec<String> {
    let Some(work) = reporting(paragraph) else { return Vec::new() };
    let first = work.split(';').next().unwrap_or(work);
    first.strip_prefix("Reporting by ").and_then(names).unwrap_or_default()
}

/// The text in brackets or between slashes: `(Reuters)`, `(ANSA).`, `/ritzau/`.
fn in_marks(paragraph: &str) -> Option<&str> {
    let bare = paragraph.strip_suffix('.').unwrap_or(paragraph);
    let between = |open: char, close: char| bare.strip_prefix(open)?.strip_suffix(close);
    between('(', ')').or_else(|| between('/', '/'))
}

/// The text inside `(Reporting by Jane Roe; Editing by John Doe)`. Each of its parts says who did what.
fn reporting(paragraph: &str) -> Option<&str> {
    const WORK: &[&str] = &[
        "reporting by ",
        "additional reporting by ",
        "reporting and writing by ",
        "reporting and editing by ",
        "writing by ",
        "writing and editing by ",
        "editing by ",
        "additional editing by ",
        "compiled by ",
    ];
    let work = paragraph.strip_suffix('.').unwrap_or(paragraph).strip_prefix('(')?.strip_suffix(')')?;
    let work = work.trim_end_matches('.');
    let says_who = |part: &str| {
        let part = part.trim_start().to_lowercase();
        WORK.iter().any(|work| part.starts_with(work))
    };
    let is_one = paragraph.len() <= LONGEST && !work.contains(['(', ')', '?', '!', '"', '“']);
    (is_one && work.starts_with(char::is_uppercase) && work.split(';').all(says_who)).then_some(work)
}

/// Is it an agency with the initials of the writer and the editors, or only the initials? `AAP RTV ar`, `AFP sn`,
/// `hh/ph/ts/hd`.
fn is_of_desk(paragraph: &str) -> bool {
    if paragraph.len() > 24 {
        return false;
    }
    let is_initials = |word: &str| {
        word.split('/').all(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let is_desk = |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let mut words: Vec<&str> = paragraph.split(' ').collect();
    match words.remove(0) {
        "AAP" | "AFP" | "dpa" | "EFE" => {
            words.pop_if(|word| is_initials(word.strip_suffix('/').unwrap_or(word)));
            words.pop_if(|word| is_desk(word));
            words.is_empty()
        }
        // Two initials are a fraction or an alternative: `his/her`.
        word => words.is_empty() && word.matches('/').count() >= 2 && is_initials(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_offs() {
        for line in [
            "Reuter",
            "-30-",
            "###",
            "ENDS",
            "AAP RTV ar",
            "AFP sn",
            "AAP gfr",
            "AAP be/",
            "hh/ph/ts/hd",
            "/ritzau/",
            "(Reporting by Jane Roe; Editing by John Doe)",
            "(Reporting by Jane Roe, John Doe and Ann Poe; editing by J. Doe).",
            "(Reporting by Jane Roe in Lagos; additional reporting by John Doe; Writing by Ann Poe; Editing by J. Doe)",
            "(Editing by John Doe.)",
            "(BusinessDesk)",
            "(BusinessDesk).",
        ] {
            assert!(is_sign_off(line, Some("BusinessDesk")), "{line}");
        }
        for line in [
            "Reuters said no more.",
            "more",
            "The end",
            "30",
            "Ends of the world",
            "AFP said no",
            "his/her",
            "AFP NATO EU ab",
            "24/7/365",
            "AAP said/",
            "BusinessDesk",
            "(Kestrel)",
            "(Reporting by Jane Roe changed the town; editing did not)",
            "(Reporting by Jane Roe) The mayor said no more.",
            "(Reporting by Jane Roe; she said \"no\")",
            "Reporting by Jane Roe showed that the bridge was shut.",
            "(Reporters wrote it; editing by John Doe)",
            "()",
        ] {
            assert!(!is_sign_off(line, Some("BusinessDesk")), "{line}");
        }
    }

    #[test]
    fn reporters_of_sign_offs() {
        let table: [(&str, &[&str]); 4] = [
            ("(Reporting by Jane Roe; Editing by John Doe)", &["Jane Roe"]),
            (
                "(Reporting by Jane Roe, Jean-Luc Doe and Ann Poe; editing by J. Doe)",
                &["Jane Roe", "Jean-Luc Doe", "Ann Poe"],
            ),
            ("(Reporting by Jane Roe in Lagos; Editing by John Doe)", &[]),
            ("(Editing by John Doe)", &[]),
        ];
        for (line, expected) in table {
            assert_eq!(reporters(line), expected, "{line}");
        }
    }
}
