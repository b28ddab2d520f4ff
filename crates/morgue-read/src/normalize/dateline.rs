//! Removes datelines from the start of a body: place and day of filing and the agency. `RIYADH, March 29 (AP) - `,
//! `London CNN — `, `(Reuters) `.
//!
//! A dateline is a place in capitals before a dash, or any place before a day or the name of an agency. In cases of
//! doubt (`OPINION - `, `NASA — `), the words stay in the story.

use morgue_article::Dateline;
use morgue_article::date::{Date, Written};

use super::dateline_forms::{all_in_brackets, read_dateline, split_wire, wire_first};
use super::dateline_place::place_and_day;
use super::draft::{Draft, Verdict};

/// Longer texts are not datelines. Bytes.
pub(super) const LONGEST: usize = 110;

/// A dateline that was read. Its day is resolved later, when the day of publication is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filed {
    pub(super) dateline: Dateline,
    pub(super) written: Option<Written>,
    /// The length in bytes, with the dash.
    pub(super) len: usize,
}

impl Filed {
    /// Does it have a day, a place and an agency?
    fn is_full(&self) -> bool {
        self.written.is_some() && self.dateline.place.is_some() && self.dateline.wire.is_some()
    }
}

/// Removes a dateline from a paragraph.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if !draft.in_head() {
        return Verdict::Pass;
    }
    let Some(filed) = read_dateline(paragraph, &draft.source) else { return Verdict::Pass };
    match &mut draft.dateline {
        // A day line before it has less information.
        Some(known) if known.place.is_none() && known.wire.is_none() => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
        // The source's dateline may lack a part that the dateline in the body has.
        Some(known) if same(known.place.as_deref(), filed.dateline.place.as_deref()) => {
            known.wire = known.wire.take().or(filed.dateline.wire);
            draft.filed = draft.filed.or(filed.written);
        }
        // The town of an office has less information than the place and day where this text was filed.
        Some(known) if known.wire.is_none() && draft.filed.is_none() && filed.is_full() => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
        // `(ANSA) - `, then `Rome, October 11 - `.
        Some(known) => {
            let Some(both) = wire_and_place(known, &filed.dateline) else { return Verdict::Pass };
            draft.dateline = Some(both.dateline);
            draft.filed = both.written;
        }
        None => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
    }
    if filed.len >= paragraph.len() { Verdict::Taken } else { Verdict::Rest(filed.len) }
}

/// One dateline from two: the first is only an agency, the second only a place with or without a day.
fn wire_and_place(known: &Dateline, found: &Dateline) -> Option<Filed> {
    if known.place.is_some() || found.wire.is_some() {
        return None;
    }
    of_source(&format!("{} - {}", known.text, found.text))
        .filter(|both| both.dateline.wire == known.wire && same(both.dateline.place.as_deref(), found.place.as_deref()))
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a.map(str::to_lowercase) == b.map(str::to_lowercase)
}

/// Reads the dateline field of a source. A part that cannot be read stays in its text.
pub(super) fn of_source(text: &str) -> Option<Filed> {
    let text = text.trim_end_matches(['-', '–', '—', ' ', ':', '_']).trim();
    if text.is_empty() {
        return None;
    }
    if let Some(filed) = all_in_brackets(text) {
        return Some(filed);
    }
    let (head, wire) = wire_first(text).unwrap_or_else(|| split_wire(text));
    let parsed = place_and_day(head).filter(|_| text.len() <= LONGEST).unwrap_or_default();
    let place = parsed
        .place
        .or_else(|| (text.len() <= LONGEST && text.starts_with(char::is_uppercase)).then(|| head.to_owned()))
        .filter(|place| !place.is_empty() && !place.bytes().any(|b| b.is_ascii_digit()));
    let dateline = Dateline { text: text.to_owned(), place, day: None, wire };
    Some(Filed { dateline, written: parsed.written, len: text.len() })
}

/// The day of a dateline. Without a year, it is the day closest to the day of publication.
pub(super) fn resolve(written: Written, published: Option<Date>) -> Option<Date> {
    match published {
        Some(published) => written.closest_to(published),
        None => written.span().filter(|span| span.first() == span.last()).map(morgue_article::date::DateSpan::first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dateline and the body of an article whose source states a dateline, and whose first paragraph may have
    /// another.
    fn taken(stated: &str, paragraph: &str) -> (String, String) {
        let mut draft = Draft { dateline: of_source(stated).map(|filed| filed.dateline), ..Draft::default() };
        draft.sort(vec![paragraph.into()]);
        (draft.dateline.map(|dateline| dateline.text).unwrap_or_default(), draft.body.join("|"))
    }

    #[test]
    fn one_dateline_after_another() {
        let table = [
            ("", "(ANSA) - Rome, October 11 - The bridge is shut.", "(ANSA) - Rome, October 11", "The bridge is shut."),
            ("ANSA", "ROMA, 1 LUG - The bridge is shut.", "ANSA - ROMA, 1 LUG", "The bridge is shut."),
            ("Oslo", "GLASGOW, Feb. 1, 2018 (AP) -- The bridge.", "GLASGOW, Feb. 1, 2018 (AP)", "The bridge."),
            ("Oslo", "GLASGOW (AP) -- The bridge.", "Oslo", "GLASGOW (AP) -- The bridge."),
            ("Oslo (NTB)", "Bonn, May 1 (AP) - The bridge.", "Oslo (NTB)", "Bonn, May 1 (AP) - The bridge."),
            ("", "Bonn, May 1 (AP) - Oslo, May 2 (AP) - A.", "Bonn, May 1 (AP)", "Oslo, May 2 (AP) - A."),
        ];
        for (stated, paragraph, dateline, body) in table {
            assert_eq!(taken(stated, paragraph), (dateline.to_owned(), body.to_owned()), "{stated}: {paragraph}");
            assert_eq!(taken(dateline, body), (dateline.to_owned(), body.to_owned()), "{stated}: {paragraph}");
        }
    }

    #[test]
    fn datelines_of_the_source() {
        let filed = of_source("    LONDON, March 9 - ").unwrap_or_default();
        assert_eq!(filed.dateline.text, "LONDON, March 9");
        assert_eq!(filed.dateline.place.as_deref(), Some("LONDON"));
        let near: Date = "1987-03-10".parse().unwrap();
        assert_eq!(filed.written.and_then(|w| resolve(w, Some(near))), "1987-03-09".parse().ok());
        assert_eq!(filed.written.and_then(|w| resolve(w, None)), None);
    }
}
