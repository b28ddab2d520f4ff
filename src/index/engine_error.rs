//! Translates errors of the engine, so that none of its types leaves this folder.

use std::path::Path;

use tantivy::TantivyError;

use crate::error::Error;

/// Maps an error of the engine. `doing` is the operation: "open a segment".
pub(super) fn engine(doing: &'static str) -> impl FnOnce(TantivyError) -> Error {
    move |source| Error::Index { doing, source: source.into() }
}

/// The error of an index whose files are not as they were written, so that the engine cannot open it.
pub(super) fn unopened(path: &Path, error: &TantivyError) -> Error {
    Error::Damaged { path: path.to_owned(), what: format!("it cannot be opened ({})", brief(&error.to_string())) }
}

/// The beginning of a message of the engine, which may quote whole files.
pub(super) fn brief(message: &str) -> String {
    const MAX_CHARS: usize = 160;
    let mut chars = message.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut brief: String = chars.by_ref().take(MAX_CHARS).collect();
    if chars.next().is_some() {
        brief.push('…');
    }
    brief
}
