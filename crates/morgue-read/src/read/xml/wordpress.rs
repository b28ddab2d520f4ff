//! WordPress exports (WXR): posts and pages. Other items of an export are not articles.

use rustc_hash::FxHashSet;

use super::super::fault::Fault;
use super::super::feed_keys::SharedBy;
use super::super::markup;
use super::super::stated::{self, add_keyword};
use super::feed;
use super::tree::Element;
use morgue_article::{RawArticle, RawCaption, SkipReason};

pub(super) fn read(item: &Element, document: &Element) -> Result<RawArticle, Fault> {
    let kind = item.line_of("wp:post_type").unwrap_or_default();
    let what = match kind.as_str() {
        "post" | "page" | "article" | "news" | "story" => None,
        "attachment" => Some("a picture or file".to_owned()),
        "nav_menu_item" => Some("a menu entry".to_owned()),
        "revision" => Some("an earlier revision of a post".to_owned()),
        // A site's own post types can hold anything; articles have a text.
        _ if item.line_of("content:encoded").is_some() => None,
        other => Some(format!("a WordPress {other} without text")),
    };
    if let Some(what) = what {
        return Err(Fault::new(SkipReason::NotAnArticle, what));
    }
    let status = item.line_of("wp:status").unwrap_or_default();
    if matches!(status.as_str(), "draft" | "auto-draft" | "pending" | "private" | "trash" | "future") {
        return Err(Fault::new(SkipReason::Withheld, format!("never published: its status is {status}")));
    }
    let mut article = feed::read(item, document, SharedBy::default());
    // The day on the site's own clock; the feed's day is in UTC.
    let own = item.line_of("wp:post_date").filter(|date| !date.starts_with("0000"));
    article.published = own.as_deref().and_then(stated::date).or(article.published);
    article.modified = item.line_of("wp:post_modified").filter(|date| !date.starts_with("0000"));
    article.captions.clear();
    article.body =
        item.child("content:encoded").map(|text| story(&text.text(), &mut article.captions)).unwrap_or_default();
    article.description = item.child("excerpt:encoded").map(|text| markup::line_if_markup(text.text()));
    article.description = article.description.filter(|text| !text.trim().is_empty());
    if article.body.is_empty() && article.description.is_none() {
        return Err(Fault::new(SkipReason::NoText, "a post without text"));
    }
    article.section = None;
    article.keywords.clear();
    for category in item.each("category") {
        let Some(name) = category.line() else { continue };
        match category.attribute("domain") {
            Some("category") if name == "Uncategorized" => {}
            Some("category") if article.section.is_none() => article.section = Some(name),
            Some("category" | "post_tag" | "tag") | None => add_keyword(&mut article.keywords, &name),
            Some(_) => {}
        }
    }
    Ok(article)
}

/// The text of a post as WordPress shows it: blank lines separate paragraphs, and shortcodes are not text.
fn story(html: &str, captions: &mut Vec<RawCaption>) -> String {
    let html = without_shortcodes(html, captions);
    // The block editor marks paragraphs and lines. In older posts, a line end is a line end of the text.
    let text = if html.contains("<!-- wp:") { markup::text } else { markup::text_of_lines };
    let parts = html.split("\n\n").flat_map(|part| part.split("\r\n\r\n"));
    let parts = parts.map(|part| text(part, captions)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// Removes shortcodes. `[caption ...]<img/> The bridge[/caption]` becomes a caption. Other shortcodes are those that
/// are closed, have attributes or a `_` in their name, or belong to WordPress. `[sic]` stays.
fn without_shortcodes(html: &str, captions: &mut Vec<RawCaption>) -> String {
    const OWN: [&str; 8] = ["caption", "gallery", "embed", "video", "audio", "playlist", "more", "nextpage"];
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    let closed = closed_codes(html);
    while let Some(open) = rest.find('[') {
        plain.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let name = code_name(inner.strip_prefix('/').unwrap_or(inner));
        let window = &inner[..inner.floor_char_boundary(LONGEST_CODE)];
        let mark = window.find(']').filter(|_| !name.is_empty()).map(|end| &inner[..end]);
        let is_code = |mark: &str| {
            let is_closed = mark.starts_with('/') || closed.contains(name);
            OWN.contains(&name) || is_closed || mark.contains("=\"") || mark == name && name.contains('_')
        };
        let Some(mark) = mark.filter(|mark| is_code(mark)) else {
            plain.push('[');
            rest = inner;
            continue;
        };
        rest = &inner[mark.len() + 1..];
        if name.ends_with("caption") && !mark.starts_with('/') && !mark.ends_with('/') {
            let close = rest.find("[/").unwrap_or(rest.len());
            let text = markup::line(&rest[..close]);
            let attribute = mark.split_once("caption=\"").and_then(|(_, value)| value.split('"').next());
            let text = if text.is_empty() { attribute.unwrap_or_default().to_owned() } else { text };
            if !text.is_empty() {
                captions.push(RawCaption { text, credit: None });
            }
            rest = &rest[close..];
        }
    }
    plain.push_str(rest);
    plain
}

/// A longer text in brackets is not a shortcode. Bytes.
const LONGEST_CODE: usize = 2000;

/// The names of shortcodes that are closed somewhere: `[/dropcap]`.
fn closed_codes(html: &str) -> FxHashSet<&str> {
    html.match_indices("[/").map(|(at, _)| code_name(&html[at + 2..])).filter(|name| !name.is_empty()).collect()
}

fn code_name(text: &str) -> &str {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'-');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_shortcodes_are_read() {
        for (html, text, caption) in [
            ("One <b>two</b>\nThree.\n\nFour.", "One two\nThree.\n\nFour.", ""),
            ("<!-- wp:paragraph --><p>One\ntwo.</p>\n\n<p>Three.</p>", "One two.\n\nThree.", ""),
            ("<pre>a\nb</pre>c\nd", "a\nb\n\nc\nd", ""),
            ("One.\n[contact_form]\n\nTwo [fn_1: so].", "One.\n\nTwo [fn_1: so].", ""),
            ("[caption id=\"a\"]<img src=\"x\" /> The bridge[/caption]\n\nOne.", "One.", "The bridge"),
            (
                "[wp_caption caption=\"The bridge\"]<img/>[/wp_caption]One [sic] two.[gallery ids=\"1\"]",
                "One [sic] two.",
                "The bridge",
            ),
            ("One [caption", "One [caption", ""),
            ("[dropcap]O[/dropcap]ne [ed: so] [vc_row width=\"1\"]two.", "One [ed: so] two.", ""),
        ] {
            let mut captions = Vec::new();
            assert_eq!(story(html, &mut captions), text);
            assert_eq!(captions.first().map_or("", |caption| caption.text.as_str()), caption);
        }
    }
}
