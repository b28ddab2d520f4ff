//! Bytes read as a file named `table.csv`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("table.csv", bytes));
