//! Moves captions out of the body: a paragraph with a credit is the text of a picture.

use morgue_article::RawCaption;

use super::credits::{all_credit, credited};
use super::draft::{Draft, Verdict};

/// Longer paragraphs hold more than a caption. Bytes.
const LONGEST: usize = 2000;

/// Moves captions and credits from the body to the captions.
pub(super) fn part(draft: &mut Draft<'_>, paragraph: &str) -> Verdict {
    if paragraph.len() > LONGEST {
        return Verdict::Pass;
    }
    let Some(caption) = credited(paragraph) else { return Verdict::Pass };
    let (text, credit) = match caption.credit {
        Some(credit) => (caption.text, Some(credit)),
        None => all_credit(caption.text).map_or((caption.text, None), |credit| ("", Some(credit))),
    };
    draft.captions.push(RawCaption { text: text.to_owned(), credit: credit.map(str::to_owned) });
    Verdict::Taken
}

/// Separates text and credit of a caption from the source's fields, unless the source has done so.
pub(super) fn of_source(text: String, credit: String) -> (String, String) {
    if !credit.is_empty() || text.len() > LONGEST {
        return (text, credit);
    }
    if let Some(credit) = all_credit(&text) {
        return (String::new(), credit.to_owned());
    }
    match credited(&text) {
        Some(found) => (found.text.to_owned(), found.credit.unwrap_or_default().to_owned()),
        None => (text, credit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_leaves_the_body() {
        let mut draft = Draft::default();
        assert_eq!(part(&mut draft, "The bridge. Jane Roe/AP"), Verdict::Taken);
        assert_eq!(part(&mut draft, "The bridge was closed on Friday."), Verdict::Pass);
        assert_eq!(draft.captions, [RawCaption { text: "The bridge.".into(), credit: Some("Jane Roe/AP".into()) }]);
    }

    #[test]
    fn a_caption_of_the_source_may_be_all_credit() {
        let separated = |text: &str| of_source(text.to_owned(), String::new());
        let credit = "NTB / Scanpix, montasje av Echo";
        assert_eq!(separated(&format!("Foto: {credit}")), (String::new(), credit.to_owned()));
        for text in ["Foto: broen i mai", "Photo: NTB moved to the bridge in May", "Photo: The bridge / the river"] {
            assert_eq!(separated(text), (text.to_owned(), String::new()));
        }
    }
}
