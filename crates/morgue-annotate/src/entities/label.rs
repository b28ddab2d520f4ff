//! The tagger's labels. A word is outside of names (1 label), or in one of four positions (begin, inside, last, unit) of
//! a name of one of the three kinds (12 labels), or the first or a later word of a name of another kind (2 labels).
//! Names of other kinds (works, events, nationalities) have labels only so that they are not taken for names of the
//! three kinds.

use std::ops::Range;

use morgue_article::EntityKind;

/// The number of a label, less than [`LABELS`].
pub(crate) type Label = u8;

/// The number of labels.
pub(crate) const LABELS: usize = 15;

/// Not part of a name.
pub(crate) const OUTSIDE: Label = 0;
/// The first word of a name of another kind.
pub(crate) const OTHER_FIRST: Label = 13;
/// A later word of a name of another kind.
pub(crate) const OTHER_LATER: Label = 14;

const BEGIN: Label = 0;
const INSIDE: Label = 1;
const LAST: Label = 2;
const UNIT: Label = 3;

const fn label(kind: EntityKind, position: Label) -> Label {
    1 + kind as Label * 4 + position
}

/// The kind and position of a label of the three kinds.
const fn parts(label: Label) -> Option<(EntityKind, Label)> {
    if label == OUTSIDE || label >= OTHER_FIRST {
        return None;
    }
    Some((EntityKind::ALL[(label as usize - 1) / 4], (label - 1) % 4))
}

/// Whether a name may end with this label, so that the next word is not part of it.
pub(super) const fn may_end(label: Label) -> bool {
    !matches!(parts(label), Some((_, BEGIN | INSIDE)))
}

/// Whether the label `after` may directly follow the label `before`.
pub(super) const fn may_follow(before: Label, after: Label) -> bool {
    match parts(after) {
        Some((kind, INSIDE | LAST)) => before == label(kind, BEGIN) || before == label(kind, INSIDE),
        _ if after == OTHER_LATER => before == OTHER_FIRST || before == OTHER_LATER,
        _ => may_end(before),
    }
}

/// Writes the labels of one name to the words of the name. The kind `None` is another kind.
#[cfg(any(test, feature = "train"))]
pub(crate) fn write_name(labels: &mut [Label], kind: Option<EntityKind>) {
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

/// Calls `take` with the words and the kind of every name that the labels describe.
pub(super) fn for_each_name(labels: &[Label], mut take: impl FnMut(Range<usize>, EntityKind)) {
    let mut start = 0;
    for (i, &label) in labels.iter().enumerate() {
        match parts(label) {
            Some((_, BEGIN)) => start = i,
            Some((kind, UNIT)) => take(i..i + 1, kind),
            Some((kind, LAST)) => take(start..i + 1, kind),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_names_are_read_back() {
        let mut labels = [OUTSIDE; 8];
        write_name(&mut labels[1..4], Some(EntityKind::Org));
        write_name(&mut labels[4..5], Some(EntityKind::Place));
        write_name(&mut labels[5..7], None);
        let mut names = Vec::new();
        for_each_name(&labels, |words, kind| names.push((words, kind)));
        assert_eq!(names, [(1..4, EntityKind::Org), (4..5, EntityKind::Place)]);
        assert!(labels.windows(2).all(|pair| may_follow(pair[0], pair[1])));
    }

    #[test]
    fn a_name_ends_before_another_one_starts() {
        let mut person = [OUTSIDE; 2];
        write_name(&mut person, Some(EntityKind::Person));
        assert!(may_follow(person[0], person[1]));
        assert!(!may_follow(person[0], OUTSIDE));
        assert!(!may_follow(OUTSIDE, person[1]));
        assert!(!may_follow(OUTSIDE, OTHER_LATER));
        assert!(may_end(OTHER_FIRST) && may_end(person[1]) && !may_end(person[0]));
    }
}
