//! A query over an article, both at random.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| morgue_fuzz::matching(text));
