//! The words of credits: labels before a credit, words that a credit may hold, and the end of the sentence before it.
//! Part of `credits.rs`.

use morgue_article::WordList;

/// Words in lower case that a credit may hold.
static SMALL: WordList = WordList::new(include_str!("words/credit_words.txt"));

/// Longer texts are not credits. Bytes.
pub(super) const LONGEST: usize = 160;

/// The text after the label of a credit, if it starts with such a label.
pub(super) fn after_label(text: &str) -> Option<&str> {
    #[rustfmt::skip]
    const LABELS: &[&str] = &[
        "Photo: ", "PHOTO: ", "Photo by ", "Photo by: ", "Photos by ", "Photo credit: ", "Photo Credit: ",
        "Photograph: ", "Photograph by ", "Photo courtesy of ", "Photo courtesy: ", "Photo Courtesy of ",
        "Image credit: ", "Image Credit: ", "Image: ", "Image courtesy of ", "Picture: ", "Picture by ", "Credit: ",
        "Credit...", "Credits: ", "Foto: ", "Photo/", "Courtesy of ", "Courtesy photo by ", "Photography by ",
        "Photo illustration by ", "Illustration by ", "Illustration: ",
    ];
    // The labels start with only four letters, so that most texts are rejected by their first letter.
    if !text.starts_with(['P', 'I', 'C', 'F']) {
        return None;
    }
    LABELS.iter().find_map(|label| text.strip_prefix(label)).map(str::trim)
}

/// Is the credit after a label nothing but names? `Jane Roe`, `Jane Roe/The Echo`, `(NASA/Jim Roe)`.
pub(super) fn is_names(credit: &str) -> bool {
    let words = credit.split(' ').count();
    let is_short = words <= 9 && credit.len() <= LONGEST / 2 && !credit.ends_with(['.', '!', '?', ':', '”', '"']);
    let starts_as_name = credit.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '@');
    is_short && starts_as_name && credit.split(' ').all(is_credit_word)
}

/// The last word of a text.
pub(super) fn last_word(text: &str) -> Option<&str> {
    text.rsplit(' ').next().filter(|word| !word.is_empty())
}

/// Does the word end a sentence? Initials (`J.`) and short titles do not.
pub(super) fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let closed = bare.len() < word.len();
    let Some(stem) = bare.strip_suffix(['.', '!', '?', '…']) else { return closed && word.ends_with(')') };
    let initial = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    !initial && !matches!(stem, "Jr" | "Sr" | "St" | "Dr" | "Mr" | "Mrs" | "Ms" | "Sgt" | "Lt" | "Col" | "Gen" | "Cpl")
}

/// Can the word be part of a credit? It can if it is a name, a particle of names or a word that credits use.
pub(super) fn is_credit_word(word: &str) -> bool {
    let bare = word.trim_start_matches(['(', '@', '/', '“', '"', '\'', '‘', '-', '–', '©', '#']);
    let Some(first) = bare.chars().next() else { return true };
    // A date or a number belongs to the caption: `2017`.
    first.is_uppercase()
        || SMALL.contains(bare)
        || bare.contains('/')
        || bare.starts_with("al-")
        || bare.starts_with("el-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_words() {
        assert_eq!(after_label("Photo: Jane Roe"), Some("Jane Roe"));
        assert_eq!(after_label("Photos of the bridge"), None);
        for word in ["Friday.", "shut!”", "(left)"] {
            assert!(ends_sentence(word), "{word}");
        }
        for word in ["J.", "Jr.", "Friday,", "Oslo"] {
            assert!(!ends_sentence(word), "{word}");
        }
        for word in ["Roe/AP", "van", "(NASA", "al-Roe"] {
            assert!(is_credit_word(word), "{word}");
        }
        for word in ["bridge", "2017", "was"] {
            assert!(!is_credit_word(word), "{word}");
        }
    }
}
