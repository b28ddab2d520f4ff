//! Searches a random article for a random query.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| morgue_fuzz::matching(text));
