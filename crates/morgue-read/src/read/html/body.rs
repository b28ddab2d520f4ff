//! The story of a page: the main text as paragraphs.
//!
//! The crate `trafilatura` finds its region, and [`story_region`] takes the text from there. Captions that are left in the
//! text are removed here, as they are fields of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use morgue_article::text::{letters_and_digits, one_line};
use rustc_hash::FxHashSet;
use trafilatura::{HtmlDateMode, Options};

use super::super::tags::{HtmlToken, is_one_of, tokens};
use super::page::Page;
use super::page_block::PageTree;
use super::slim::slim;
use super::story_region;

/// The paragraphs of a page's story; `None` if the extractor failed.
pub(super) fn extract(html: &str) -> Option<Vec<String>> {
    // The balanced mode: the precision mode loses 1.4 points of F1 on pages on which it was not tuned. The
    // extractor's date is the day of the last change, so it is disabled.
    let options =
        Options::default().with_fallback(true).with_exclude_comments(true).with_html_date_mode(HtmlDateMode::Disabled);
    let html = slim(html);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&html, &options))).ok()?;
    let Ok(found) = found else { return Some(Vec::new()) };
    Some(story_region::story(paragraphs(&found.content_html), &PageTree::read(&html)))
}

/// The text of a fragment as paragraphs: each block is one.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut text = String::new();
    let mut end = |text: &mut String| {
        let line = one_line(text);
        if !line.is_empty() {
            paragraphs.push(line);
        }
        text.clear();
    };
    for token in tokens(html) {
        match token {
            HtmlToken::Text(part) => text.push_str(&htmlize::unescape(part)),
            HtmlToken::Open(tag) if is_cell(tag.name) => text.push(' '),
            HtmlToken::Open(tag) if !is_inline(tag.name) => end(&mut text),
            HtmlToken::Close(name) if is_cell(name) => text.push(' '),
            HtmlToken::Close(name) if !is_inline(name) => end(&mut text),
            _ => {}
        }
    }
    end(&mut text);
    paragraphs
}

/// Removes paragraphs that only repeat a caption.
pub(super) fn without_captions(paragraphs: Vec<String>, page: &Page<'_>) -> Vec<String> {
    if page.captions.is_empty() {
        return paragraphs;
    }
    let mut known: FxHashSet<String> = FxHashSet::default();
    for caption in &page.captions {
        let whole = letters_and_digits(&caption.text);
        let credit = letters_and_digits(&caption.credit);
        // A shorter caption can equal any line of a story.
        if whole.len() >= 12 {
            known.insert(format!("{whole}{credit}"));
            known.insert(format!("{credit}{whole}"));
            known.insert(whole);
        }
        if credit.len() >= 12 {
            known.insert(credit);
        }
    }
    paragraphs.into_iter().filter(|paragraph| !known.contains(&letters_and_digits(paragraph))).collect()
}

/// Removes lists of links to other stories: two or more successive paragraphs that are each the text of a link, and
/// such paragraphs after the story's last sentence.
pub(super) fn without_teasers(paragraphs: Vec<String>, page: &Page<'_>) -> Vec<String> {
    let linked: Vec<bool> =
        paragraphs.iter().map(|paragraph| page.links.contains(&letters_and_digits(paragraph))).collect();
    let end = paragraphs.iter().rposition(|paragraph| is_sentence(paragraph)).map_or(0, |last| last + 1);
    let is_linked = |at: usize| linked.get(at).copied().unwrap_or(false);
    let is_teaser = |at: usize| {
        let in_row = is_linked(at + 1) || (at > 0 && is_linked(at - 1));
        is_linked(at) && (at >= end || in_row) && !is_sentence(&paragraphs[at])
    };
    let teasers: Vec<bool> = (0..paragraphs.len()).map(is_teaser).collect();
    let bytes_of = |wanted: bool| -> usize {
        paragraphs.iter().zip(&teasers).filter(|(_, is)| **is == wanted).map(|(paragraph, _)| paragraph.len()).sum()
    };
    // If most of the text is links, they are the content of the article.
    if bytes_of(true) > bytes_of(false) {
        return paragraphs;
    }
    paragraphs.into_iter().zip(teasers).filter(|(_, is)| !is).map(|(paragraph, _)| paragraph).collect()
}

/// Does a paragraph look like a sentence of a story, by its length and its end?
pub(super) fn is_sentence(paragraph: &str) -> bool {
    let end = paragraph.trim_end_matches(['"', '”', '’', ')', '»']);
    paragraph.len() >= 80 && end.ends_with(['.', '!', '?', '…', '。', '।', ':'])
}

/// Removes the title above the story.
pub(super) fn without_title(mut paragraphs: Vec<String>, title: Option<&str>) -> Vec<String> {
    let title = letters_and_digits(title.unwrap_or_default());
    let at =
        paragraphs.iter().take(3).position(|paragraph| !title.is_empty() && letters_and_digits(paragraph) == title);
    if let Some(at) = at {
        paragraphs.remove(at);
    }
    // The day in the script of East Asia; later steps know day lines in Latin letters.
    if paragraphs.first().is_some_and(|line| is_east_asian_day(line)) {
        paragraphs.remove(0);
    }
    paragraphs
}

/// Is the line nothing but a day such as `2019年6月4日(火) 10時00分`?
fn is_east_asian_day(line: &str) -> bool {
    let mut marks = 0;
    let is_part = |c: char| {
        let is_mark = "年月日年월일년時分秒시분초".contains(c);
        marks += usize::from(is_mark);
        let is_small = c.is_numeric() || c.is_whitespace() || c.is_ascii_punctuation() || "（）：、・".contains(c);
        is_mark || is_small || "火水木金土曜更新公開配信掲載発布".contains(c)
    };
    line.chars().all(is_part) && marks >= 3
}

/// Is it a cell of a table, or a place where a word may be broken?
pub(super) fn is_cell(name: &str) -> bool {
    is_one_of(name, &["td", "th", "wbr"])
}

/// Is it an element within a line?
pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 33] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "label", "nobr",
    ];
    is_one_of(name, &INLINE)
}

#[cfg(test)]
mod tests {
    use super::super::page;
    use super::*;

    #[test]
    fn each_block_is_a_paragraph() {
        for (html, expected) in [
            ("<p>One &amp; <b>two</b>\n lines</p><p>Three</p>", "One & two lines|Three"),
            ("<ul><li>a<li>b</ul>c<br>d", "a|b|c|d"),
            ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2|3"),
            ("<h2>Head</h2>text", "Head|text"),
            ("<div> </div>", ""),
        ] {
            assert_eq!(paragraphs(html).join("|"), expected);
        }
    }

    #[test]
    fn lists_of_other_stories_are_removed() {
        let sentence = "The council of Eldham voted on Monday to rebuild the old bridge over the river Lune, at last.";
        let page = page::read("<a>Inn burns</a><a>Ferry <b>sinks</b></a><a>The report</a><a>Mayor quits</a>").unwrap();
        for (story, expected) in [
            (&[sentence, "The report", sentence][..], "The report"),
            (&[sentence, "Inn burns", "Ferry sinks", sentence], ""),
            (&[sentence, "Mayor quits"], ""),
            (&[sentence, "Related", "Mayor quits"], "Related"),
            (&["Inn burns", "Ferry sinks"], "Inn burns|Ferry sinks"),
        ] {
            let story = story.iter().map(|text| (*text).to_owned()).collect();
            let left = without_teasers(story, &page);
            let left: Vec<&str> = left.iter().map(String::as_str).filter(|text| *text != sentence).collect();
            assert_eq!(left.join("|"), expected);
        }
    }

    #[test]
    fn the_story_is_found_and_captions_are_not_repeated() {
        let sentence = "The council of Eldham voted on Monday to rebuild the old bridge over the river Lune. ";
        let html = format!(
            "<body><nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Bridge</h1><p>{0}</p>\
             <div class=image-caption>The old bridge of Eldham in winter</div><p>{0}{0}</p><p>{0}{0}{0}</p></article>\
             <footer>All rights reserved</footer>",
            sentence
        );
        let page = page::read(&html).unwrap();
        let story = without_captions(extract(&html).unwrap(), &page);
        assert!(story.iter().any(|paragraph| paragraph.starts_with("The council")), "{story:?}");
        assert!(
            !story.iter().any(|paragraph| paragraph.contains("winter") || paragraph.contains("rights")),
            "{story:?}"
        );
    }
}
