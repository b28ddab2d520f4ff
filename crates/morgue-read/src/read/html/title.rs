//! The headline of a page: its first `<h1>` if another field confirms it, else that of JSON-LD, the `<meta>` fields
//! or `<title>`.

use super::jsonld::JsonLd;
use super::page::Page;
use morgue_article::text::letters_and_digits;

/// The headline. `source` is the publisher's name, which many pages add to the headline.
pub(super) fn title(page: &Page<'_>, stated: &JsonLd, source: Option<&str>) -> Option<String> {
    let shared = meta(page, "og:title").or_else(|| meta(page, "twitter:title"));
    let of_window = Some(page.title.as_str()).filter(|title| !title.is_empty());
    let others: Vec<String> =
        [stated.headline.as_deref(), shared, of_window].into_iter().flatten().map(letters_and_digits).collect();
    let headings =
        || page.headings.iter().filter(|heading| heading.tag == "h1" && !heading.aside && heading.text.len() > 1);
    let confirmed = headings().find(|heading| {
        let heading = letters_and_digits(&heading.text);
        others.iter().any(|other| agree(&heading, other))
            && source.is_none_or(|source| letters_and_digits(source) != heading)
    });
    if let Some(heading) = confirmed {
        return Some(heading.text.clone());
    }
    let without_site = |title: &str| Some(without_site(title, source)).filter(|title| !title.is_empty());
    stated
        .headline
        .clone()
        .filter(|headline| !headline.is_empty())
        .or_else(|| shared.and_then(without_site))
        .or_else(|| of_window.and_then(without_site))
        .or_else(|| headings().next().map(|heading| heading.text.clone()))
}

/// Are two headlines the same, apart from a site's name or a kicker around one of them?
fn agree(heading: &str, other: &str) -> bool {
    if heading.is_empty() || other.is_empty() {
        return false;
    }
    let (short, long) = if heading.len() < other.len() { (heading, other) } else { (other, heading) };
    // A single word such as the site's name is in many titles.
    long == short || (short.len() >= 12 && long.contains(short))
}

/// `Bridge opens | The Post` -> `Bridge opens`. The last part is removed if it is the site's name, or if it is after a bar.
/// `normalize/title.rs` has a stricter rule for titles of all formats.
fn without_site(title: &str, source: Option<&str>) -> String {
    let title = title.trim();
    for mark in [" | ", " – ", " — ", " - ", " · ", " « ", " » ", " :: ", " • "] {
        let Some((head, last)) = title.rsplit_once(mark) else { continue };
        let is_site = source.is_some_and(|source| {
            let (source, last) = (letters_and_digits(source), letters_and_digits(last));
            !last.is_empty() && (source.contains(&last) || last.contains(&source))
        });
        let is_short = last.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4;
        if is_site || (is_short && mark == " | ") {
            return without_site(head, source);
        }
    }
    title.to_owned()
}

pub(super) fn meta<'p>(page: &'p Page<'_>, name: &str) -> Option<&'p str> {
    page.metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::{jsonld, page};
    use super::*;

    #[test]
    fn the_headline_is_confirmed_or_chosen() {
        for (html, expected) in [
            (
                "<title>Bridge opens in Eldham | Post</title><h1>Post</h1><h1>Bridge opens in Eldham</h1>",
                "Bridge opens in Eldham",
            ),
            ("<title>Bridge opens in Eldham | Post</title><h1>News</h1>", "Bridge opens in Eldham"),
            ("<meta property=og:title content='Bridge opens - The Post'><h1>Menu</h1>", "Bridge opens"),
            ("<title>Bridge - ferry - a story of two crossings</title>", "Bridge - ferry - a story of two crossings"),
            ("<h1>Bridge opens</h1>", "Bridge opens"),
            (
                "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"Bridge\"}</script><h1>Sport</h1>",
                "Bridge",
            ),
        ] {
            let page = page::read(html).unwrap();
            let stated = jsonld::read(&page.scripts);
            assert_eq!(title(&page, &stated, Some("The Post")).as_deref(), Some(expected), "{html}");
        }
    }
}
