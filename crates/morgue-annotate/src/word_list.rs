//! Word lists: text files with one word or phrase per line, compiled into the crate. Lines that start with `#` are
//! comments. All lists are sorted by bytes, in lower case and without duplicates; a test checks every file.

/// The entries of a word list, in the order of the file.
pub(crate) fn read(file: &'static str) -> Vec<&'static str> {
    file.lines().filter(|line| !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// All `*.txt` files below a folder.
    fn text_files(folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                files.extend(text_files(&path));
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                files.push(path);
            }
        }
        files
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(read("# Ships.\nbarge\nlong boat\n"), ["barge", "long boat"]);
    }

    #[test]
    fn every_list_is_sorted_lower_case_and_without_duplicates() {
        let files = text_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(files.len() >= 14, "the lists of names and of dates are found");
        for path in files {
            let text = fs::read_to_string(&path).expect("the list is UTF-8");
            let words: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(!words.is_empty(), "{}", path.display());
            for pair in words.windows(2) {
                assert!(pair[0] < pair[1], "{}: {:?} is not before {:?}", path.display(), pair[0], pair[1]);
            }
            for word in words {
                let is_clean = !word.is_empty() && word.split(' ').all(|part| !part.is_empty());
                assert!(is_clean && word == word.to_lowercase(), "{}: {word:?}", path.display());
            }
        }
    }
}
