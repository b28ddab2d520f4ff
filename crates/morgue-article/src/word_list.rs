//! Lists of words that are kept as text files next to the code.

use std::sync::OnceLock;

/// A list of words, or of lines of words, from a text file: one entry a line, sorted by bytes, in lower case, each
/// once. Empty lines and lines that start with `# ` are comments; a file with the comment `# case matters` may hold
/// capitals.
///
/// It is for the other crates of Morgue and has no stable API.
///
/// ```
/// use morgue_article::WordList;
///
/// static RIVERS: WordList = WordList::new("# Rivers of Poland.\nodra\nwarta\n");
/// assert!(RIVERS.contains("odra"));
/// assert!(!RIVERS.contains("Odra"));
/// assert_eq!(WordList::fault("b\na\n").as_deref(), Some("`a` is not sorted after `b`"));
/// ```
#[derive(Debug)]
pub struct WordList {
    text: &'static str,
    entries: OnceLock<Vec<&'static str>>,
}

impl WordList {
    /// The list in `text`, the content of its file.
    pub const fn new(text: &'static str) -> WordList {
        WordList { text, entries: OnceLock::new() }
    }

    /// The entries in order.
    pub fn entries(&self) -> &[&'static str] {
        self.entries.get_or_init(|| entries_of(self.text).collect())
    }

    /// Whether `word` is an entry.
    pub fn contains(&self, word: &str) -> bool {
        self.entries().binary_search(&word).is_ok()
    }

    /// The first thing that is wrong with the text of a list, for tests.
    pub fn fault(text: &str) -> Option<String> {
        let case_matters = text.lines().any(|line| line == "# case matters");
        let mut previous = "";
        for entry in entries_of(text) {
            if entry.trim() != entry {
                return Some(format!("`{entry}` has blanks around it"));
            }
            if !case_matters && entry.to_lowercase() != entry {
                return Some(format!("`{entry}` is not in lower case"));
            }
            if entry == previous {
                return Some(format!("`{entry}` is there twice"));
            }
            if entry < previous {
                return Some(format!("`{entry}` is not sorted after `{previous}`"));
            }
            previous = entry;
        }
        None
    }
}

fn entries_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn faults() {
        for (text, fault) in [
            ("", None),
            ("# b\n\na\nb\n", None),
            ("# case matters\nAP\nap\n", None),
            ("AP\n", Some("`AP` is not in lower case")),
            ("a\na\n", Some("`a` is there twice")),
            ("a \n", Some("`a ` has blanks around it")),
        ] {
            assert_eq!(WordList::fault(text).as_deref(), fault, "{text}");
        }
    }

    #[test]
    fn word_lists_are_sorted_in_lower_case_and_without_doubles() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/token/words");
        let mut files = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let fault = WordList::fault(&std::fs::read_to_string(&path).unwrap());
            assert_eq!(fault, None, "{}", path.display());
            files += 1;
        }
        assert_eq!(files, 5);
    }
}
