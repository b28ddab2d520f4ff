//! Bytes read as a file named `lines.jsonl`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("lines.jsonl", bytes));
