//! Bytes read as a file named `file.pdf`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("file.pdf", bytes));
