//! Sign-offs: the line by which a wire ends its copy, `Reuter`, `-30-`, `(Reporting by Jane Roe; Editing by John Doe)`.
//! Only as the last paragraph.

use super::byline_names::names;

/// Sign-offs in the cases that wires write them.
#[rustfmt::skip]
const SIGN_OFFS: &[&str] = &[
    "reuter", "REUTER", "Reuter", "REUTERS", "Reuters", "Reuter...", "(Reuters)", "AFP", "(AFP)", "(AP)", "UPI",
    "TASS", "dpa", "Xinhua", "-30-", "- 30 -", "–30–", "—30—", "###", "# # #", "ENDS", "ends", "(ends)", "/ritzau/",
    "(NTB)", "(ANSA)", "(ANSA).", "Ends", "-ENDS-", "- ENDS -", "-Ends-", "-END-", "- END -", "END", "END OF STORY",
    "MORE", "-MORE-", "- MORE -", "(MORE)", "(more)", "MTF", "MTF...",
];

/// Longer paragraphs do not say who reported. Bytes.
const LONGEST: usize = 500;

/// Whether a paragraph is nothing but a sign-off, in an article whose dateline names `wire`.
pub(super) fn is_sign_off(paragraph: &str, wire: Option<&str>) -> bool {
    SIGN_OFFS.contains(&paragraph)
        || is_of_desk(paragraph)
        || wire.is_some_and(|wire| in_marks(paragraph) == Some(wire))
        || reporting(paragraph).is_some()
}

/// Who reported, as a sign-off says.
pub(super) fn reporters(paragraph: &str) -> Vec<String> {
    let Some(work) = reporting(paragraph) else { return Vec::new() };
    let first = work.split(';').next().unwrap_or(work);
    first.strip_prefix("Reporting by ").and_then(names).unwrap_or_default()
}

/// `(Reuters)`, `(ANSA).`, `/ritzau/`: what stands in the marks.
fn in_marks(paragraph: &str) -> Option<&str> {
    let bare = paragraph.strip_suffix('.').unwrap_or(paragraph);
    let between = |open: char, close: char| bare.strip_prefix(open)?.strip_suffix(close);
    between('(', ')').or_else(|| between('/', '/'))
}

/// `(Reporting by Jane Roe; Editing by John Doe)`: what stands in the brackets, each part of which says who did what.
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

/// `AAP RTV ar`, `AFP sn`, `hh/ph/ts/hd`: the agency and those who wrote and edited, by their initials.
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
    fn who_reported() {
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
