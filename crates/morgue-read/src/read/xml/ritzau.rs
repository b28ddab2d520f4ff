//! The XML of the Danish agency Ritzau: one item of its queue.

use super::super::fault::Fault;
use super::super::markup;
use super::super::stated::{self, add_keyword};
use super::tree::Element;
use morgue_article::{RawArticle, SkipReason};

pub(super) fn read(item: &Element) -> Result<RawArticle, Fault> {
    if item.line_of("annuleret").as_deref() == Some("true") {
        return Err(Fault::new(SkipReason::Withheld, "its source annulled it"));
    }
    let mut article = RawArticle {
        id: item.line_of("newsid"),
        version: item.line_of("version"),
        title: item.line_of("headline").map(plain).filter(|title| !title.is_empty()),
        description: item.line_of("subtitle").map(plain),
        byline: item.line_of("byline").into_iter().collect(),
        dateline: item.line_of("town"),
        source: Some("Ritzau".to_owned()),
        published: item.line_of("publishdate").as_deref().and_then(stated::date),
        language: Some("da".to_owned()),
        section: item.line_of("section"),
        ..RawArticle::default()
    };
    // Press releases of other companies are in their own language.
    if item.line_of("format").as_deref() == Some("inpublic") {
        article.language = None;
    }
    for keyword in item.each("subjectkeyword").flat_map(Element::elements).filter_map(Element::line) {
        add_keyword(&mut article.keywords, &keyword);
    }
    let html = item.child("content").map(Element::text).unwrap_or_default();
    let body = markup::text(&html, &mut article.captions);
    article.body = body.strip_suffix("/ritzau/").unwrap_or(&body).trim_end().to_owned();
    if article.title.is_none() {
        article.title = item.line_of("contentshort").filter(|_| article.body.is_empty());
    }
    Ok(article)
}

fn plain(text: String) -> String {
    markup::line_if_markup(text)
}
