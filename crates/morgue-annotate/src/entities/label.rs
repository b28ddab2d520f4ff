//! The tagger's labels: outside, the four places of a word in a name (begin, inside, last, unit) of each kind, and two
//! for names of other kinds (works, events, nationalities), which are told apart only so as not to be taken.

use std::ops::Range;

use morgue_article::EntityKind;

/// A label's number, below [`LABELS`].
pub type Label = u8;

/// How many labels there are.
pub const LABELS: usize = 15;

/// Not part of a name.
pub const OUTSIDE: Label = 0;
/// The first word of a name of another kind.
pub const OTHER_FIRST: Label = 13;
/// A later word of a name of another kind.
pub const OTHER_LATER: Label = 14;

const BEGIN: Label = 0;
const INSIDE: Label = 1;
const LAST: Label = 2;
const UNIT: Label = 3;

const fn label(kind: EntityKind, place: Label) -> Label {
    1 + kind as Label * 4 + place
}

/// The kind and place of a label within a name of the three kinds.
const fn parts(label: Label) -> Option<(EntityKind, Label)> {
    if label == OUTSIDE || label >= OTHER_FIRST {
        return None;
    }
    Some((EntityKind::ALL[(label as usize - 1) / 4], (label - 1) % 4))
}

/// Whether a name may end with this label: what follows starts anew.
pub const fn closes(label: Label) -> bool {
    !matches!(parts(label), Some((_, BEGIN | INSIDE)))
}

/// Whether `after` may follow `before`.
pub const fn may_follow(before: Label, after: Label) -> bool {
    match parts(after) {
        Some((kind, INSIDE | LAST)) => before == label(kind, BEGIN) || before == label(kind, INSIDE),
        _ if after == OTHER_LATER => before == OTHER_FIRST || before == OTHER_LATER,
        _ => closes(before),
    }
}

/// Writes the labels of one name over the words that it holds. `None` is a name of another kind.
pub fn write(labels: &mut [Label], kind: Option<EntityKind>) {
    let last = labels.len() - 1;
    for (i, slot) in labels.iter_mut().enumerate() {
        *slot = match kind {
            None => OTHER_FIRST + Label::from(i > 0),
            Some(kind) => label(
                kind,
                match i {
                    0 if last == 0 => UNIT,
                    0 => BEGIN,
                    _ if i == last => LAST,
                    _ => INSIDE,
                },
            ),
        };
    }
}

/// Calls `name` with the words and the kind of every name that the labels tell.
pub fn read(labels: &[Label], mut name: impl FnMut(Range<usize>, EntityKind)) {
    let mut start = 0;
    for (i, &label) in labels.iter().enumerate() {
        match parts(label) {
            Some((_, BEGIN)) => start = i,
            Some((kind, UNIT)) => name(i..i + 1, kind),
            Some((kind, LAST)) => name(start..i + 1, kind),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut labels = [OUTSIDE; 8];
        write(&mut labels[1..4], Some(EntityKind::Org));
        write(&mut labels[4..5], Some(EntityKind::Place));
        write(&mut labels[5..7], None);
        let mut names = Vec::new();
        read(&labels, |words, kind| names.push((words, kind)));
        assert_eq!(names, [(1..4, EntityKind::Org), (4..5, EntityKind::Place)]);
        assert!(labels.windows(2).all(|pair| may_follow(pair[0], pair[1])));
    }

    #[test]
    fn a_name_is_finished_before_another_starts() {
        let mut person = [OUTSIDE; 2];
        write(&mut person, Some(EntityKind::Person));
        assert!(may_follow(person[0], person[1]));
        assert!(!may_follow(person[0], OUTSIDE));
        assert!(!may_follow(OUTSIDE, person[1]));
        assert!(!may_follow(OUTSIDE, OTHER_LATER));
        assert!(closes(OTHER_FIRST) && closes(person[1]) && !closes(person[0]));
    }
}
