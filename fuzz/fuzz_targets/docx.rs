//! Bytes read as the text of a file named `story.docx`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::word(bytes));
