//! Agencies and outlets: the names that stand in datelines, bylines and credits, as they print themselves.

use morgue_article::WordList;

/// Wires: in a dateline, in brackets or before a dash, each is sure.
static WIRES: WordList = WordList::new(include_str!("words/wires.txt"));

/// Wires whose names may be another's too, a party's, a town's or a woman's: sure in a dateline with its place and day
/// only.
static DATED_WIRES: WordList = WordList::new(include_str!("words/dated_wires.txt"));

/// Outlets that print their name on a line of its own under the writer's.
static OUTLETS: WordList = WordList::new(include_str!("words/outlets.txt"));

/// Picture agencies and others that close a credit after a slash or `via`.
static PICTURES: WordList = WordList::new(include_str!("words/picture_agencies.txt"));

/// Whether a name is a wire's, or that of two together: `tca/dpa`.
pub(super) fn is_wire(name: &str) -> bool {
    let known = |part: &str| WIRES.contains(part);
    known(name) || (name.split('/').any(known) && name.split('/').all(|part| known(part) || is_dated_wire(part)))
}

/// Whether a name is a wire's in a dateline with its place and day.
pub(super) fn is_dated_wire(name: &str) -> bool {
    DATED_WIRES.contains(name)
}

/// The length of the name that ends `text` if it is a wire's in a dateline with its place and day, and 0 without one.
/// Bytes.
pub(super) fn dated_wire_at_end(text: &str) -> usize {
    at_end(&DATED_WIRES, text)
}

/// Whether a line is an outlet's name, or what stands in its place.
pub(super) fn is_outlet(line: &str) -> bool {
    OUTLETS.contains(line)
}

/// The length of the longest wire's name that ends `text` as a whole word, and 0 without one. Bytes.
pub(super) fn wire_at_end(text: &str) -> usize {
    at_end(&WIRES, text)
}

/// The length of the longest picture agency's name that ends `text` as a whole word, and 0 without one. Bytes.
pub(super) fn picture_agency_at_end(text: &str) -> usize {
    at_end(&PICTURES, text)
}

/// The length of the longest picture agency's name that opens `text` as a whole word, and 0 without one. Bytes.
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
