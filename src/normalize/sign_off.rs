//! Sign-offs: the line by which a wire ends its copy, `Reuter`, `-30-`, `ENDS`. Only as the last paragraph.

/// Sign-offs in the cases that wires write them.
const SIGN_OFFS: &[&str] = &[
    "reuter",
    "REUTER",
    "Reuter",
    "REUTERS",
    "Reuters",
    "Reuter...",
    "(Reuters)",
    "AFP",
    "(AFP)",
    "(AP)",
    "UPI",
    "TASS",
    "dpa",
    "Xinhua",
    "-30-",
    "- 30 -",
    "–30–",
    "—30—",
    "###",
    "# # #",
    "ENDS",
    "ends",
    "(ends)",
    "/ritzau/",
    "(NTB)",
    "(ANSA)",
    "(ANSA).",
    "Ends",
    "-ENDS-",
    "- ENDS -",
    "-Ends-",
    "-END-",
    "- END -",
    "END",
    "END OF STORY",
    "MORE",
    "-MORE-",
    "- MORE -",
    "(MORE)",
    "(more)",
    "MTF",
    "MTF...",
];

/// Whether a paragraph is nothing but a sign-off.
pub(super) fn is_sign_off(paragraph: &str) -> bool {
    SIGN_OFFS.contains(&paragraph) || is_of_desk(paragraph)
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
            words.pop_if(|word| is_initials(word));
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
        for line in ["Reuter", "-30-", "###", "ENDS", "AAP RTV ar", "AFP sn", "AAP gfr", "hh/ph/ts/hd", "/ritzau/"] {
            assert!(is_sign_off(line), "{line}");
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
        ] {
            assert!(!is_sign_off(line), "{line}");
        }
    }
}
