//! What the pipeline hands to the adder, in the order of reading.

use morgue_article::Skip;
use morgue_read::read::File;

use crate::index::Prepared;

/// One step of reading.
pub(super) enum Step {
    /// A file begins, or with `None` a stream.
    Begin(Option<File>),
    /// A record became a document.
    Article(Box<Prepared>),
    /// A record, or the rest of the file, is skipped.
    Skipped(Skip),
    /// The file ends after this number of bytes.
    End { bytes: u64 },
}
