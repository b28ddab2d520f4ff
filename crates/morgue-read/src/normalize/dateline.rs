//! Datelines: place and day of filing and the wire, taken off the head of a body: `RIYADH, March 29 (AP) - `,
//! `London CNN — `, `(Reuters) `.
//!
//! A place in capitals and a dash is one; any place is, before a day or the name of a wire. Where that is not sure
//! (`OPINION - `, `NASA — `), the words stay in the story.

use morgue_article::Dateline;
use morgue_article::date::{Date, Written};

use super::dateline_forms::{all_in_brackets, read, split_wire, wire_first};
use super::dateline_place::place_and_day;
use super::draft::{Draft, Verdict};

/// Longer datelines are none. Bytes.
pub(super) const LONGEST: usize = 110;

/// A dateline as read: its day is resolved when the day of publication is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filed {
    pub(super) dateline: Dateline,
    pub(super) written: Option<Written>,
    /// Bytes it takes, with its dash.
    pub(super) len: usize,
}

impl Filed {
    /// Whether it says where, when and by whom.
    fn is_full(&self) -> bool {
        self.written.is_some() && self.dateline.place.is_some() && self.dateline.wire.is_some()
    }
}

/// Takes a dateline off a paragraph.
pub(super) fn take(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if !draft.in_head() {
        return Verdict::Pass;
    }
    let Some(filed) = read(paragraph, &draft.source) else { return Verdict::Pass };
    match &mut draft.dateline {
        // A day line before it says less.
        Some(known) if known.place.is_none() && known.wire.is_none() => {
            draft.dateline = Some(filed.dateline);
            draft.filed = filed.written;
        }
        // The source's own may lack what the body's has.
        Some(known) if same(known.place.as_deref(), filed.dateline.place.as_deref()) => {
            known.wire = known.wire.take().or(filed.dateline.wire);
            draft.filed = draft.filed.or(filed.written);
        }
        // The town of an office says less than where and when the text itself was filed.
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

/// A dateline of nothing but a wire and one of nothing but a place, with or without a day, as one.
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

/// A dateline that the source keeps apart; what cannot be read in it is kept as its text.
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

/// Fills in a dateline's day, with the year that brings it closest to the day of publication where it states none.
pub(super) fn resolve(written: Written, published: Option<Date>) -> Option<Date> {
    match published {
        Some(published) => written.closest_to(published),
        None => written.span().filter(|span| span.first() == span.last()).map(morgue_article::date::DateSpan::first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dateline after what comes of it when the paragraph is opened with another, or the source states one.
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
