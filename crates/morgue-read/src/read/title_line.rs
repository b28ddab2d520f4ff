//! Can a line be the title of its document? Plain text, Word files and PDF share these rules.

/// A longer line is a paragraph. Characters.
const LONGEST_TITLE: usize = 250;

/// Is a text short enough for a title?
pub(super) fn fits_title(text: &str) -> bool {
    text.chars().nth(LONGEST_TITLE).is_none()
}

/// Can the first paragraph of a document be its title: short, and not a sentence?
pub(super) fn is_title_line(paragraph: &str) -> bool {
    fits_title(paragraph) && !paragraph.ends_with(['.', ':', ',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_line_is_short_and_not_a_sentence() {
        assert!(is_title_line("Bridge opens"));
        assert!(!is_title_line("It opened on Monday."));
        assert!(!is_title_line(&"a".repeat(LONGEST_TITLE + 1)));
    }
}
