//! Bytes read as a file named `message.eml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::read("message.eml", bytes));
