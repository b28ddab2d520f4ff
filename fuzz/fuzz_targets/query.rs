//! A query, parsed, printed and searched for.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| morgue_fuzz::search(text));
