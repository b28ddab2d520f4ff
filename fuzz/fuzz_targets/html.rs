//! Bytes read as a file named `page.html`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("page.html", bytes));
