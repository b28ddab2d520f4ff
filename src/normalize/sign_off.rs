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
    SIGN_OFFS.contains(&paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_offs() {
        for line in ["Reuter", "-30-", "###", "ENDS"] {
            assert!(is_sign_off(line), "{line}");
        }
        for line in ["Reuters said no more.", "more", "The end", "30", "Ends of the world"] {
            assert!(!is_sign_off(line), "{line}");
        }
    }
}
