//! Bytes read as a file named `pages.warc`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("pages.warc", bytes));
