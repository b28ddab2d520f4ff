//! NITF: an article in the markup of agencies, alone or within NewsML.

use super::super::Options;
use super::super::fault::Fault;
use super::super::stated::{self, add_keyword, add_name};
use super::super::status::{self, Status};
use super::language;
use super::prose::prose;
use super::tree::{Element, Node};
use morgue_article::text::one_line;
use morgue_article::{EntityKind, RawArticle};

pub(super) fn read(nitf: &Element, options: &Options) -> Result<RawArticle, Fault> {
    let data = nitf.at(&["head", "docdata"]);
    let word = data.and_then(|data| data.attribute("management-status")).unwrap_or_default();
    let release = norm(data, "date.release");
    Status { word, embargo: release.unwrap_or_default() }.check(options)?;
    let mut article = RawArticle {
        language: language(nitf).or_else(|| nitf.attribute("baselang")).map(str::to_owned),
        ..RawArticle::default()
    };
    fill(nitf, &mut article);
    Ok(article)
}

/// Fills in the fields that the article does not have yet.
pub(super) fn fill(nitf: &Element, article: &mut RawArticle) {
    let nothing = Element::default();
    let head = nitf.child("head").unwrap_or(&nothing);
    let data = head.child("docdata").unwrap_or(&nothing);
    let body = nitf.child("body").unwrap_or(nitf);
    let top = body.child("body.head").unwrap_or(&nothing);
    let headlines = top.child("hedline").or_else(|| top.child("headline")).unwrap_or(&nothing);

    let mut captions = Vec::new();
    article.body = story(body, &mut captions);
    article.captions.extend(captions);
    or(&mut article.title, || {
        headlines
            .line_of("hl1")
            .or_else(|| headlines.line())
            .or_else(|| top.line_of("hl1"))
            .or_else(|| head.line_of("title"))
    });
    or(&mut article.description, || {
        let text = top.child("abstract").map(|text| prose(text, &mut Vec::new()));
        text.filter(|text| !text.is_empty()).or_else(|| headlines.line_of("hl2"))
    });
    if article.byline.is_empty() {
        let all = || top.each("byline").chain(body.each("byline"));
        let printed = all().filter(|byline| byline.attribute("class") != Some("normalized_byline"));
        article.byline = printed.filter_map(byline).collect();
    }
    or(&mut article.dateline, || dateline(top));
    or(&mut article.source, || source(head, data, top));
    or(&mut article.id, || data.child("doc-id")?.attribute("id-string").map(str::to_owned));
    let edition = head.child("pubdata");
    or(&mut article.url, || edition?.attribute("ex-ref").filter(|url| url.starts_with("http")).map(str::to_owned));
    or(&mut article.section, || {
        let section = edition.and_then(|edition| edition.attribute("position.section"));
        section.or_else(|| data.child("doc-scope")?.attribute("scope")).map(str::to_owned)
    });
    if article.published.is_none() {
        article.published = published(head, data, top).as_deref().and_then(stated::date);
    }
    subjects(head, data, article);
    names(body, article);
}

fn or(field: &mut Option<String>, other: impl FnOnce() -> Option<String>) {
    if field.is_none() {
        *field = other();
    }
}

/// The text: the block that is marked as the full text, as in archives, else everything.
fn story(body: &Element, captions: &mut Vec<morgue_article::RawCaption>) -> String {
    let content = body.child("body.content").unwrap_or(body);
    let full = content.each("block").find(|block| block.attribute("class") == Some("full_text"));
    prose(full.unwrap_or(content), captions)
}

/// A byline without the writer's title, which has its own element.
fn byline(byline: &Element) -> Option<String> {
    let parts = byline.nodes.iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.clone()),
        Node::Element(inner) if inner.name == "byttl" => None,
        Node::Element(inner) => inner.line(),
    });
    let line = parts.collect::<Vec<_>>().join(" ");
    let line = one_line(&line);
    Some(line).filter(|line| !line.is_empty())
}

/// The text of the dateline, else its city.
fn dateline(top: &Element) -> Option<String> {
    let dateline = top.child("dateline")?;
    let has_text = dateline.nodes.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
    let city = dateline.child("location").and_then(|place| place.line_of("city")).filter(|_| !has_text);
    city.or_else(|| dateline.line())
}

fn source(head: &Element, data: &Element, top: &Element) -> Option<String> {
    let named = head.child("pubdata").and_then(|edition| edition.attribute("name")).map(str::to_owned);
    let holder = || data.child("doc.copyright")?.attribute("holder").map(str::to_owned);
    let registered = || data.child("doc-id")?.attribute("regsrc").map(str::to_owned);
    let sender = || data.at(&["del-list", "from-src"])?.attribute("src-name").map(str::to_owned);
    named.or_else(|| top.line_of("distributor")).or_else(holder).or_else(registered).or_else(sender)
}

/// The date in an element of the document's data.
fn norm<'e>(data: Option<&'e Element>, name: &'e str) -> Option<&'e str> {
    data?.each(name).find_map(|date| date.attribute("norm"))
}

fn published(head: &Element, data: &Element, top: &Element) -> Option<String> {
    let edition = head.child("pubdata").and_then(|edition| edition.attribute("date.publication"));
    let release = norm(Some(data), "date.release");
    let issued = norm(Some(data), "date.issue");
    let filed = || norm(top.child("dateline"), "story.date");
    let made = status::published(edition.or(issued), release.unwrap_or_default()).or_else(filed);
    made.map(|made| without_zone(made).to_owned()).or_else(|| day_of_meta(head))
}

/// `20190506+0100` -> `20190506`: a day needs no time zone.
fn without_zone(date: &str) -> &str {
    let day = date.split(['+', '-', 'Z']).next().unwrap_or_default();
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) { day } else { date }
}

/// The day in the three `<meta>` fields of The New York Times.
fn day_of_meta(head: &Element) -> Option<String> {
    let field = |name: &str| {
        let meta = head.each("meta").find(|meta| meta.attribute("name") == Some(name))?;
        meta.attribute("content")?.parse::<u16>().ok()
    };
    let (year, month, day) =
        (field("publication_year")?, field("publication_month")?, field("publication_day_of_month")?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn subjects(head: &Element, data: &Element, article: &mut RawArticle) {
    for keyword in data.each("key-list").flat_map(|list| list.each("keyword")) {
        let word = keyword.attribute("key").map(str::to_owned).or_else(|| keyword.line());
        add_keyword(&mut article.keywords, &word.unwrap_or_default());
    }
    for subject in head.each("tobject").flat_map(|list| list.each("tobject.subject")) {
        for part in ["type", "matter", "detail"] {
            let name = subject.attribute(&format!("tobject.subject.{part}")).unwrap_or_default();
            add_keyword(&mut article.keywords, name);
        }
    }
    for place in data.each("evloc") {
        add_name(&mut article.stated, EntityKind::Place, place.attribute("city").unwrap_or_default());
    }
    for inner in data.each("identified-content").flat_map(Element::elements) {
        let name = inner.line().unwrap_or_default();
        match inner.name.as_str() {
            "person" => add_name(&mut article.stated, EntityKind::Person, &name),
            "org" => add_name(&mut article.stated, EntityKind::Org, &name),
            "location" => add_name(&mut article.stated, EntityKind::Place, &name),
            // Paths through a site are not keywords: `Top/News/World`.
            "classifier" if !name.contains('/') => add_keyword(&mut article.keywords, &name),
            _ => {}
        }
    }
}

/// Adds the names that are marked up in the text.
fn names(body: &Element, article: &mut RawArticle) {
    for inner in body.child("body.content").into_iter().flat_map(Element::all) {
        let kind = match inner.name.as_str() {
            "person" => EntityKind::Person,
            "org" => EntityKind::Org,
            "location" => EntityKind::Place,
            _ => continue,
        };
        let name = inner.line_of("city").or_else(|| inner.line_of("name.given").and_then(|_| inner.line()));
        if let Some(name) = name.or_else(|| inner.line()) {
            add_name(&mut article.stated, kind, &name);
        }
    }
}
