//! `morgue verify`.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use crate::harness::Desk;

#[test]
fn a_whole_index_is_whole() {
    let desk = Desk::indexed();
    desk.run(&["verify"]).code(0).says("index is whole");
    desk.run(&["delete", "m1"]).code(0);
    desk.run(&["verify"]).code(0).says("index is whole");
}

/// Every file of the index that holds data, the largest first.
fn files_of_index(desk: &Desk) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(desk.join("index")).into_iter().flatten();
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
    let desk = Desk::indexed();
    for file in files_of_index(&desk) {
        let whole = fs::read(&file).expect("the file");
        for at in [whole.len() / 2, whole.len() - 1, 0] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5a;
            fs::write(&file, &damaged).expect("write");
            let ran = desk.run(&["verify"]);
            ran.check(ran.code == Some(2), &format!("damage of {} at {at} is found", file.display()));
            let ran = desk.run(&["search", "dam", "--sort", "newest", "--facet", "source"]);
            ran.check(ran.code.is_some(), "a search that ends by itself");
        }
        fs::write(&file, &whole).expect("write");
    }
    desk.run(&["verify"]).code(0);
}

#[test]
fn no_file_may_lack_from_the_list_of_files() {
    let desk = Desk::indexed();
    let list = desk.join("index/segments/.managed.json");
    let whole = fs::read_to_string(&list).expect("the list");
    let names: Vec<String> = serde_json::from_str(&whole).expect("a list of names");
    assert!(names.len() > 1 && names.contains(&"meta.json".to_owned()), "{names:?}");
    for name in names {
        fs::write(&list, whole.replace(&name, "other.idx")).expect("write");
        desk.run(&["verify"]).code(2).says(".managed.json does not list every file");
    }
}

#[test]
fn truncated_and_missing_files_are_found() {
    let desk = Desk::indexed();
    for file in files_of_index(&desk) {
        let whole = fs::read(&file).expect("the file");
        let handle = OpenOptions::new().write(true).open(&file).expect("open");
        handle.set_len(whole.len() as u64 / 2).expect("cut");
        drop(handle);
        let ran = desk.run(&["verify"]);
        ran.check(ran.code == Some(2), &format!("{} cut to half is found", file.display()));
        fs::remove_file(&file).expect("remove");
        let ran = desk.run(&["verify"]);
        ran.check(ran.code == Some(2), &format!("{} missing is found", file.display()));
        fs::write(&file, &whole).expect("write");
    }
    let file = &files_of_index(&desk)[0];
    let handle = OpenOptions::new().write(true).open(file).expect("open");
    handle.write_at(b"\0\0\0\0", 10).expect("write");
    desk.run(&["verify"]).code(2).says(&file.file_name().expect("a name").to_string_lossy());
}
