//! The names of agencies and outlets in datelines, bylines and credits, as they print them.

use morgue_article::WordList;

/// News agencies. In a dateline, in brackets or before a dash, each is certain.
static WIRES: WordList = WordList::new(include_str!("words/wires.txt"));

/// News agencies whose names may also be names of parties, towns or women. They are certain only in a dateline with
/// place and day.
static DATED_WIRES: WordList = WordList::new(include_str!("words/dated_wires.txt"));

/// Outlets that print their name on a line of its own under the writer's.
static OUTLETS: WordList = WordList::new(include_str!("words/outlets.txt"));

/// Picture agencies and other words that end a credit after a slash or `via`.
static PICTURES: WordList = WordList::new(include_str!("words/picture_agencies.txt"));

/// Is this the name of an agency, or of two together? `tca/dpa`.
pub(super) fn is_wire(name: &str) -> bool {
    let known = |part: &str| WIRES.contains(part);
    known(name) || (name.split('/').any(known) && name.split('/').all(|part| known(part) || is_dated_wire(part)))
}

/// Is this the name of an agency, in a dateline with place and day?
pub(super) fn is_dated_wire(name: &str) -> bool {
    DATED_WIRES.contains(name)
}

/// The length in bytes of the agency's name at the end of `text`, in a dateline with place and day; 0 without a name.
pub(super) fn dated_wire_at_end(text: &str) -> usize {
    at_end(&DATED_WIRES, text)
}

/// Is the line the name of an outlet, or a line such as `Staff Writer` in its place?
pub(super) fn is_outlet(line: &str) -> bool {
    OUTLETS.contains(line)
}

/// The length in bytes of the longest agency's name at the end of `text`, as a whole word; 0 without a name.
pub(super) fn wire_at_end(text: &str) -> usize {
    at_end(&WIRES, text)
}

/// The length in bytes of the longest picture agency's name at the end of `text`, as a whole word; 0 without a name.
pub(super) fn picture_agency_at_end(text: &str) -> usize {
    at_end(&PICTURES, text)
}

/// The length in bytes of the longest picture agency's name at the start of `text`, as a whole word; 0 without a name.
pub(super) fn picture_agency_at_start(text: &str) -> usize {
    let opens = |name: &&&str| text.starts_with(**name) && !text[name.len()..].starts_with(char::is_alphanumeric);
    PICTURES.entries().iter().filter(opens).map(|name| name.len()).max().unwrap_or(0)
}

fn at_end(names: &WordList, text: &str) -> usize {
    let ends = |name: &&&str| {
        text.strip_suffix(**name).is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    names.entries().iter().filter(ends).map(|name| name.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(wire_at_end("New York CNN Business"), "CNN Business".len());
        assert_eq!(picture_agency_at_end("Jane Roe/Getty Images Europe"), "Getty Images Europe".len());
        assert_eq!(picture_agency_at_start("Getty Images A bridge"), "Getty Images".len());
        assert_eq!(wire_at_end("the MAP"), 0);
        assert_eq!(picture_agency_at_start("APPLE"), 0);
    }

    #[test]
    fn wires_alone_and_together() {
        for name in ["ritzau", "tca/dpa", "AFP/AAP", "RFE/RL"] {
            assert!(is_wire(name), "{name}");
        }
        for name in ["AAP", "AAP/PAP", "tca/Echo", "Lusa", "/", ""] {
            assert!(!is_wire(name), "{name}");
        }
        assert_eq!(dated_wire_at_end("SYDNEY, March 10 AAP"), 3);
    }
}
