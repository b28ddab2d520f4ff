//! `morgue verify`.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use crate::harness::Sandbox;

#[test]
fn an_undamaged_index_is_whole() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["verify"]).code(0).stdout_has("index is whole");
    sandbox.run(&["delete", "m1"]).code(0);
    sandbox.run(&["verify"]).code(0).stdout_has("index is whole");
}

/// Every file of the index that holds data, the largest first.
fn files_of_index(sandbox: &Sandbox) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(sandbox.join("index")).into_iter().flatten();
    let mut files: Vec<(u64, PathBuf)> = entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.metadata().expect("its size").len(), entry.into_path()))
        .filter(|(size, path)| *size > 0 && !path.to_string_lossy().ends_with(".lock"))
        .collect();
    files.sort();
    files.into_iter().rev().map(|(_, path)| path).collect()
}

#[test]
fn every_damaged_file_is_found_and_no_search_panics() {
    let sandbox = Sandbox::indexed();
    for file in files_of_index(&sandbox) {
        let whole = fs::read(&file).expect("the file");
        for at in [whole.len() / 2, whole.len() - 1, 0] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5a;
            fs::write(&file, &damaged).expect("write");
            let run = sandbox.run(&["verify"]);
            run.check(run.code == Some(2), &format!("damage of {} at {at} is found", file.display()));
            let run = sandbox.run(&["search", "dam", "--sort", "newest", "--facet", "source"]);
            run.check(run.code.is_some(), "a search that ends by itself");
        }
        fs::write(&file, &whole).expect("write");
    }
    sandbox.run(&["verify"]).code(0);
}

#[test]
fn a_file_that_is_not_in_the_list_of_files_is_reported() {
    let sandbox = Sandbox::indexed();
    let list = sandbox.join("index/segments/.managed.json");
    let whole = fs::read_to_string(&list).expect("the list");
    let names: Vec<String> = serde_json::from_str(&whole).expect("a list of names");
    assert!(names.len() > 1 && names.contains(&"meta.json".to_owned()), "{names:?}");
    for name in names {
        fs::write(&list, whole.replace(&name, "other.idx")).expect("write");
        sandbox.run(&["verify"]).code(2).stdout_has(".managed.json does not list every file");
    }
}

#[test]
fn truncated_and_missing_files_are_found() {
    let sandbox = Sandbox::indexed();
    for file in files_of_index(&sandbox) {
        let whole = fs::read(&file).expect("the file");
        let handle = OpenOptions::new().write(true).open(&file).expect("open");
        handle.set_len(whole.len() as u64 / 2).expect("cut");
        drop(handle);
        let run = sandbox.run(&["verify"]);
        run.check(run.code == Some(2), &format!("{} cut to half is found", file.display()));
        fs::remove_file(&file).expect("remove");
        let run = sandbox.run(&["verify"]);
        run.check(run.code == Some(2), &format!("{} missing is found", file.display()));
        fs::write(&file, &whole).expect("write");
    }
    let file = &files_of_index(&sandbox)[0];
    let handle = OpenOptions::new().write(true).open(file).expect("open");
    handle.write_at(b"\0\0\0\0", 10).expect("write");
    sandbox.run(&["verify"]).code(2).stdout_has(&file.file_name().expect("a name").to_string_lossy());
}
