//! Parses, prints and searches a random query.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| morgue_fuzz::search(text));
