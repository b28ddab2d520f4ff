//! The parser of queries; what it prints is read as the same query again.

#![no_main]

use morgue::Query;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(query) = Query::parse(text) {
        let printed = query.to_string();
        let again = Query::parse(&printed).map(|again| again.to_string());
        assert_eq!(again.as_deref().ok(), Some(printed.as_str()), "{text:?}");
    }
});
