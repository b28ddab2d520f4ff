//! Tests that every word list of the crate has the form that [`WordList`] asks for.

use std::fs;
use std::path::{Path, PathBuf};

use morgue_article::WordList;

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
fn word_lists_are_sorted_lower_case_and_without_duplicates() {
    let files = text_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert_eq!(files.len(), 15);
    for path in files {
        let text = fs::read_to_string(&path).expect("the list is UTF-8");
        assert_eq!(WordList::fault(&text), None, "{}", path.display());
    }
}
