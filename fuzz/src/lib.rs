//! What all fuzz targets do: read bytes as a file of a name. Run one with `cargo +nightly fuzz run warc`.

use morgue::normalize::normalize;
use morgue::read::{self, Options};

/// Reads and normalizes all records.
pub fn read(name: &str, bytes: &[u8]) {
    let options = Options::default();
    for record in read::open_stream(name, bytes, &options).take(1000) {
        let _ = record.and_then(|record| record.read(&options)).and_then(normalize);
    }
}
