//! Finds credits, the makers of a picture, at the end or the start of its caption.
//!
//! Only certain signs count: an agency after a slash or `via` (`Jane Roe/Reuters`), brackets that start like a credit
//! (`(AP Photo/Jane Roe)`), an agency before a slash (`REUTERS/Jane Roe`), a label (`Photo: Jane Roe`, `Image source,
//! Reuters`).

use super::agencies::{picture_agency_at_end, picture_agency_at_start};
use super::credit_words::{LONGEST, after_label, ends_sentence, is_credit_word, is_names, last_word};

/// Longer texts are not credits. Words.
const MOST_WORDS: usize = 14;

/// The text and the credit of a caption, both parts of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credited<'t> {
    pub(super) text: &'t str,
    pub(super) credit: Option<&'t str>,
}

/// Reads a paragraph as a caption with a credit; `None` without a certain sign of a credit.
pub(super) fn credited(paragraph: &str) -> Option<Credited<'_>> {
    let text = paragraph.trim_start_matches("Image caption, ");
    if text.len() < paragraph.len() {
        return by_signs(text).or(Some(Credited { text, credit: None }));
    }
    by_signs(paragraph)
}

fn by_signs(paragraph: &str) -> Option<Credited<'_>> {
    labeled(paragraph).or_else(|| trailing(paragraph)).or_else(|| leading(paragraph))
}

/// `Image source, Reuters`; `Photo: Jane Roe`; `FILE PHOTO: The bridge in 2017. REUTERS/Jane Roe`.
fn labeled(paragraph: &str) -> Option<Credited<'_>> {
    let all_credit = |credit| Some(Credited { text: "", credit: Some(credit) });
    if let Some(credit) = paragraph.strip_prefix("Image source, ") {
        return if credit.len() <= LONGEST { all_credit(credit) } else { None };
    }
    if paragraph.starts_with("FILE PHOTO: ") || paragraph.starts_with("TOPSHOT - ") {
        return trailing(paragraph).or(Some(Credited { text: paragraph, credit: None }));
    }
    let credit = after_label(paragraph)?;
    if is_names(credit) { all_credit(credit) } else { None }
}

/// The credit of a caption that is nothing but a label and a credit with an agency: `Foto: NTB / Scanpix, montasje av
/// Echo`.
pub(super) fn all_credit(caption: &str) -> Option<&str> {
    let credit = after_label(caption)?;
    let rest = &credit[picture_agency_at_start(credit)..];
    let ends_name = rest.len() < credit.len() && (rest.is_empty() || rest.trim_ascii_start().starts_with(['/', ',']));
    (ends_name && credit.len() <= LONGEST / 2 && !credit.ends_with(['.', '!', '?'])).then_some(credit)
}

/// Finds a credit at the end of a paragraph.
fn trailing(paragraph: &str) -> Option<Credited<'_>> {
    let mut text = paragraph;
    let mut start = paragraph.len();
    // `(Photo by Jane Roe/Getty Images) Jane Roe/Getty Images Europe`: no caption has more than four credits in a row.
    for _ in 0..4 {
        let Some(at) = last_credit(text) else { break };
        match at {
            CreditAt::Start(at) => {
                start = at;
                text = text[..at].trim_ascii_end();
            }
            CreditAt::Unclear if start == paragraph.len() => return Some(Credited { text: paragraph, credit: None }),
            CreditAt::Unclear => break,
        }
    }
    let credit = (start < paragraph.len()).then(|| bare(&paragraph[start..]))?;
    Some(Credited { text, credit: Some(credit) })
}

/// The credit without brackets around the whole of it.
fn bare(credit: &str) -> &str {
    let credit = credit.trim_ascii();
    let inner = credit.strip_prefix('(').and_then(|inner| inner.trim_end_matches('.').strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(credit)
}

/// The start of the last credit of a text.
enum CreditAt {
    Start(usize),
    /// The text ends in a credit, but its start is unknown.
    Unclear,
}

fn last_credit(text: &str) -> Option<CreditAt> {
    let end = text.strip_suffix('.').unwrap_or(text);
    if end.ends_with(')') {
        return in_brackets(end).map(CreditAt::Start);
    }
    // A sentence ends in a full stop, a credit does not.
    if end.len() < text.len() {
        return None;
    }
    agency_last(text).or_else(|| agency_first(text).or_else(|| label_last(text)).map(CreditAt::Start))
}

/// `... on Friday. (AP Photo/Jane Roe)`.
fn in_brackets(text: &str) -> Option<usize> {
    let floor = text.floor_char_boundary(text.len().saturating_sub(LONGEST));
    let open = floor + text[floor..].rfind('(')?;
    let inner = &text[open + 1..text.len() - 1];
    let opens =
        ["AP Photo", "AP photo", "AFP PHOTO", "REUTERS/", "Reuters/"].iter().any(|label| inner.starts_with(label));
    let labeled = opens || after_label(inner).is_some_and(|rest| rest.split(' ').count() <= MOST_WORDS);
    let by_agency = || {
        let file = inner.strip_suffix(", File").or_else(|| inner.strip_suffix(", Pool")).unwrap_or(inner);
        follows_a_name(file, picture_agency_at_end(file)) && inner.split(' ').all(is_credit_word)
    };
    (labeled || by_agency()).then_some(open)
}

/// Does the agency in the last `agency` bytes of a text follow `name/` or `name via`?
fn follows_a_name(text: &str, agency: usize) -> bool {
    let before = text[..text.len() - agency].trim_ascii_end();
    agency > 0 && (before.ends_with('/') || before.ends_with(" via"))
}

/// `... on Friday. Jane Roe/AFP/Getty Images`.
fn agency_last(text: &str) -> Option<CreditAt> {
    let agency = picture_agency_at_end(text);
    if agency == 0 {
        return None;
    }
    let name = &text[text.len() - agency..];
    let sure_alone =
        matches!(name, "Getty Images" | "Shutterstock" | "iStockphoto" | "Alamy Stock Photo" | "AP Images");
    let with_name = follows_a_name(text, agency);
    if !with_name && !sure_alone {
        return None;
    }
    match credit_start(text, text.len() - agency) {
        Some(start) => Some(CreditAt::Start(start)),
        None if with_name => Some(CreditAt::Unclear),
        None => None,
    }
}

/// `... on Friday. REUTERS/Jane Roe`.
fn agency_first(text: &str) -> Option<usize> {
    let floor = text.floor_char_boundary(text.len().saturating_sub(LONGEST / 2));
    // Most paragraphs have no slash near their end: one search for it is faster than five for names.
    memchr::memrchr(b'/', &text.as_bytes()[floor..])?;
    let marks = ["REUTERS/", "AP Photo/", "AFP PHOTO/", "EPA/", "AFP/"];
    let start = floor + marks.iter().filter_map(|mark| text[floor..].rfind(mark)).max()?;
    let alone = text[..start].trim_ascii_end();
    let follows = alone.is_empty() || last_word(alone).is_some_and(ends_sentence);
    let words = text[start..].split(' ').count();
    (follows && words <= 6 && text[start..].split(' ').all(is_credit_word)).then_some(start)
}

/// `... on Friday. Photo: Jane Roe`.
fn label_last(text: &str) -> Option<usize> {
    let floor = text.floor_char_boundary(text.len().saturating_sub(LONGEST / 2));
    let tail = &text[floor..];
    let mut at = tail.len();
    while let Some(space) = tail[..at].rfind(' ') {
        at = space;
        let before = text[..floor + space].trim_ascii_end();
        if let Some(credit) = after_label(&tail[space + 1..]) {
            let follows = last_word(before).is_some_and(ends_sentence);
            return (follows && is_names(credit)).then_some(floor + space + 1);
        }
    }
    None
}

/// The end of the sentence before the names before an agency; `None` if one of the words is not a name.
fn credit_start(text: &str, agency: usize) -> Option<usize> {
    let mut start = agency;
    for _ in 0..MOST_WORDS {
        let before = text[..start].trim_ascii_end();
        let Some(word) = last_word(before) else { return Some(0) };
        if start < text.len() && text[..start].ends_with(' ') && ends_sentence(word) {
            return Some(start);
        }
        if !is_credit_word(word) {
            return None;
        }
        start = before.len() - word.len();
    }
    None
}

/// A credit at the start of a paragraph: `Jane Roe/AFP/Getty Images The bridge in 2017.`, `Image; MINISTRY/AFP/File /
/// HO The bridge in 2017`.
fn leading(paragraph: &str) -> Option<Credited<'_>> {
    let (credits, label) = ["Image; ", "Image: ", "Photo; ", "Photo: "]
        .iter()
        .find_map(|label| Some((paragraph.strip_prefix(label)?, label.len())))
        .unwrap_or((paragraph, 0));
    let head = &credits[..credits.floor_char_boundary(LONGEST)];
    let mut end = 0;
    let mut at = head.find('/')?;
    if !head[..at].split(' ').all(is_credit_word) || head[..at].split(' ').count() > 8 || at == 0 {
        return None;
    }
    loop {
        let after = at + 1 + (head.len() - at - 1 - head[at + 1..].trim_ascii_start().len());
        let agency = picture_agency_at_start(&head[after..]);
        let word = head[after..].find([' ', '/']).unwrap_or(head.len() - after);
        let next = after + if agency > 0 { agency } else { word };
        if agency > 0 {
            end = next;
        }
        let rest = head[next..].trim_ascii_start();
        if !rest.starts_with('/') {
            break;
        }
        at = head.len() - rest.len();
    }
    let text = credits[end..].strip_prefix(' ')?.trim_ascii_start();
    // `Brackwater University/USA TODAY Poll finds ...` is a sentence.
    let is_poll = ["Poll", "Survey", "Study", "Analysis"].iter().any(|word| text.starts_with(word));
    let is_text =
        text.len() >= 20 && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"'));
    let credit = &paragraph[label..label + end];
    (end > 0 && is_text && !is_poll).then_some(Credited { text, credit: Some(credit) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_their_credits() {
        let table = [
            (
                "The bridge at Brackwater in May 2017. JANE ROE/AFP/Getty Images",
                "The bridge at Brackwater in May 2017.",
                "JANE ROE/AFP/Getty Images",
            ),
            ("Traders wait by the U.S. flag. J. Scott Roe/AP", "Traders wait by the U.S. flag.", "J. Scott Roe/AP"),
            ("The mayor, Friday. (AP Photo/Jane Roe)", "The mayor, Friday.", "AP Photo/Jane Roe"),
            (
                "The mayor. (Photo by J Roe / AFP) (Photo by J ROE/AFP via Getty Images)",
                "The mayor.",
                "(Photo by J Roe / AFP) (Photo by J ROE/AFP via Getty Images)",
            ),
            ("The mayor. (Jane Roe/Daily Echo via AP, File)", "The mayor.", "Jane Roe/Daily Echo via AP, File"),
            ("The bridge is shut. REUTERS/Jane van Roe", "The bridge is shut.", "REUTERS/Jane van Roe"),
            ("The bridge in 2020. Photo: Jane Roe", "The bridge in 2020.", "Photo: Jane Roe"),
            ("Photograph: Jane Roe/The Guardian", "", "Jane Roe/The Guardian"),
            ("Jane Roe/Getty Images", "", "Jane Roe/Getty Images"),
            ("Getty Images", "", "Getty Images"),
            ("Image source, Reuters", "", "Reuters"),
            (
                "Jane Roe/NurPhoto/Getty Images Traders gather at the old bridge on Friday.",
                "Traders gather at the old bridge on Friday.",
                "Jane Roe/NurPhoto/Getty Images",
            ),
            (
                "Image; CITY OF BRACKWATER/AFP/File / HO UK Mayor Ada Quill (C) speaks at the bridge",
                "UK Mayor Ada Quill (C) speaks at the bridge",
                "CITY OF BRACKWATER/AFP/File / HO",
            ),
        ];
        for (paragraph, text, credit) in table {
            assert_eq!(credited(paragraph), Some(Credited { text, credit: Some(credit) }), "{paragraph}");
        }
        let bbc = Credited { text: "The bridge in May", credit: None };
        assert_eq!(credited("Image caption, The bridge in May"), Some(bbc));
        let whole = "Traders at the old bridge near Oslo Jane Roe/Getty Images";
        assert_eq!(credited(whole), Some(Credited { text: whole, credit: None }));
    }

    #[test]
    fn the_story_is_no_caption() {
        let table = [
            "The pictures were bought from Getty Images.",
            "He told Reuters",
            "She works for AFP",
            "A poll of the two papers, the Echo/USA TODAY, was wrong.",
            "The mayor said so (via CNN)",
            "The council (and its members) agreed (in part)",
            "Photo: the bridge that nobody wanted to see built",
            "Image: A view of the bridge",
            "Credit: where it is due",
            "He/she will be named on Friday, according to the rules",
            "AC/DC Played at the bridge on Friday for two hours.",
            "The picture, taken by Jane Roe/AP, shows the bridge.",
            "Brackwater University/USA TODAY Poll finds that the bridge is loved by few.",
            "Courtesy of the mayor, all traders got tea",
            "",
        ];
        for paragraph in table {
            assert_eq!(credited(paragraph), None, "{paragraph}");
        }
    }
}
