//! Notes to the user: each note once, and no more than a user can read.

/// The greatest number of notes.
const MAX_NOTES: usize = 12;

/// The note for a query that can find nothing.
pub(super) const NO_WORD: &str = "the query has no word to look for";

/// Collects notes.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<String>,
    left_out: bool,
}

impl Notes {
    /// Adds a note, unless it is there already.
    pub(super) fn add(&mut self, note: impl Into<String>) {
        let note = note.into();
        if self.notes.contains(&note) {
            return;
        }
        if self.notes.len() == MAX_NOTES {
            self.left_out = true;
            return;
        }
        self.notes.push(note);
    }

    /// All notes, with a last one if others were left out.
    pub(super) fn finish(mut self) -> Vec<String> {
        if self.left_out {
            self.notes.push("and more of this kind".to_string());
        }
        self.notes
    }
}

/// A part of the query text, cut to a length that fits a note.
pub(super) fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        None => text.to_string(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_added_once_and_many_are_cut() {
        let mut notes = Notes::default();
        for i in 0..20 {
            notes.add(format!("note {}", i / 2 * 2));
            notes.add(format!("note {i}"));
        }
        let notes = notes.finish();
        assert_eq!(notes.len(), MAX_NOTES + 1);
        assert_eq!(notes[MAX_NOTES], "and more of this kind");
        assert_eq!(brief(&"é".repeat(60)).chars().count(), 41);
    }
}
