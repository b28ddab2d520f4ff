//! Why a record, or a whole file, gives no article. All readers and cutters of this module return a [`Fault`]; only
//! `records` and `Record::read` know the path and the number of the record, and make a [`Skip`] of it.

use std::io;
use std::path::PathBuf;

use morgue_article::{Skip, SkipReason};

use super::input::{Bomb, Input, Refused};

/// The reason why there is no article, without the place where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) reason: SkipReason,
    pub(super) detail: String,
    /// The fault concerns the whole file: its skip has no record number.
    pub(super) whole: bool,
}

impl Fault {
    /// A fault of one record.
    pub(super) fn new(reason: SkipReason, detail: impl Into<String>) -> Self {
        Fault { reason, detail: detail.into(), whole: false }
    }

    /// The same fault, of the whole file.
    pub(super) fn of_file(self) -> Self {
        Fault { whole: true, ..self }
    }

    /// `what` (with its article, as in "the record") has more bytes than `limit`.
    pub(super) fn too_large(what: &str, limit: usize) -> Self {
        Fault::new(SkipReason::TooLarge, format!("{what} is larger than the limit of {limit} bytes"))
    }

    /// The fault for an error that reading `input` returned. A decompression bomb and a refusal of the operating system
    /// concern the whole file; any other error means that the bytes after the window are damaged.
    pub(super) fn io(error: &io::Error, input: &Input<'_>) -> Self {
        let inner = error.get_ref();
        if inner.is_some_and(|inner| inner.is::<Bomb>()) {
            return Fault::new(SkipReason::Bomb, error.to_string()).of_file();
        }
        if inner.is_some_and(|inner| inner.is::<Refused>()) {
            return Fault::new(SkipReason::Unreadable, error.to_string()).of_file();
        }
        let what = match error.kind() {
            io::ErrorKind::UnexpectedEof => "cut off".to_owned(),
            _ => error.to_string(),
        };
        let at = input.offset() + input.window().len() as u64;
        Fault::new(SkipReason::Damaged, format!("{what} after {at} unpacked bytes"))
    }

    /// The skip for a fault of record number `record` of the file or member `path`.
    pub(super) fn into_skip(self, path: &str, record: u64) -> Skip {
        let record = if self.whole { None } else { Some(record) };
        Skip { path: PathBuf::from(path), record, reason: self.reason, detail: self.detail }
    }

    /// The skip for a fault that ends the whole file or member `path`.
    pub(super) fn into_file_skip(self, path: &str) -> Skip {
        self.of_file().into_skip(path, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_fault_of_a_record_has_its_number() {
        let fault = Fault::too_large("the record", 10);
        assert_eq!(
            fault.clone().into_skip("a", 3).to_string(),
            "a record 3: too large: the record is larger than the limit of 10 bytes"
        );
        assert_eq!(fault.clone().into_file_skip("a").record, None);
        assert_eq!(fault.of_file().into_skip("a", 3).record, None);
    }
}
