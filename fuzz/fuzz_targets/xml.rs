//! Bytes read as a file named `feed.xml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("feed.xml", bytes));
