//! NewsML 1.0 to 1.2: a news item with its text somewhere in nested components.

use super::super::Options;
use super::super::fault::Fault;
use super::super::stated::{self, add_keyword};
use super::super::status::{self, Status};
use super::prose::prose;
use super::tree::Element;
use super::{language, nitf};
use morgue_article::{RawArticle, RawCaption, SkipReason};

pub(super) fn read(item: &Element, options: &Options) -> Result<RawArticle, Fault> {
    let nothing = Element::default();
    let management = item.child("newsmanagement").unwrap_or(&nothing);
    let word = management.child("status").and_then(formal_name).unwrap_or_default();
    let change = management.child("statuswillchange");
    let until = change.and_then(|change| change.line_of("dateandtime")).unwrap_or_default();
    // A future change of an item that can be used already is not an embargo.
    let embargo = if word.eq_ignore_ascii_case("usable") { "" } else { until.as_str() };
    Status { word, embargo }.check(options)?;

    let identifier = item.at(&["identification", "newsidentifier"]).unwrap_or(&nothing);
    let made = ["firstcreated", "thisrevisioncreated"].into_iter().find_map(|name| management.line_of(name));
    let mut article = RawArticle {
        id: id(identifier),
        version: identifier.line_of("revisionid"),
        title: line(item, "headline"),
        description: line(item, "subheadline"),
        byline: line(item, "byline").into_iter().collect(),
        dateline: line(item, "dateline").filter(|line| line.chars().any(char::is_alphabetic)),
        source: source(item),
        published: status::published(made.as_deref(), embargo).and_then(stated::date),
        modified: management.line_of("thisrevisioncreated"),
        language: stated_language(item).map(str::to_owned),
        ..RawArticle::default()
    };
    keywords(item, &mut article);
    let components = || item.all().filter(|inner| inner.name == "newscomponent");
    article.captions.extend(components().filter_map(caption));
    let text = components().flat_map(contents);
    let mut best: Option<(u8, usize, &Element)> = None;
    let mut kinds = Vec::new();
    for (role, content) in text {
        let kind = content.child("mediatype").and_then(formal_name).unwrap_or_default().to_ascii_lowercase();
        let data = content.child("datacontent");
        if role == "caption" {
            let text = data.map(|data| prose(data, &mut Vec::new())).filter(|text| !text.is_empty());
            article.captions.extend(text.map(|text| RawCaption { text, credit: None }));
            continue;
        }
        let Some(data) = data.filter(|_| is_text(content, &kind)) else {
            kinds.push(kind);
            continue;
        };
        let rank = match role.as_str() {
            "main" | "body" | "story" | "text" => 2,
            "headline" | "stylesheet" | "logo" | "contact" => 0,
            _ => 1,
        };
        let length = data.text().trim().len();
        if length > 0 && best.is_none_or(|(known, longest, _)| (rank, length) > (known, longest)) {
            best = Some((rank, length, data));
        }
    }
    match best {
        Some((.., data)) => fill(data, &mut article),
        None if kinds
            .iter()
            .any(|kind| matches!(kind.as_str(), "photo" | "graphic" | "video" | "audio" | "complexdata")) =>
        {
            return Err(Fault::new(SkipReason::NotAnArticle, "a picture, graphic or recording without a text"));
        }
        None => return Err(Fault::new(SkipReason::NoText, "a news item without content")),
    }
    Ok(article)
}

/// The role of a component in lower case.
fn role(component: &Element) -> String {
    component.child("role").and_then(formal_name).unwrap_or_default().to_ascii_lowercase()
}

/// The caption of a component that is a picture: its headline.
fn caption(component: &Element) -> Option<RawCaption> {
    let is_picture = matches!(role(component).as_str(), "photo" | "picture" | "image" | "graphic" | "video");
    let text = component.at(&["newslines", "headline"]).filter(|_| is_picture)?.line()?;
    text.contains(' ').then_some(RawCaption { text, credit: None })
}

/// The content items directly in a component, with the component's role.
fn contents(component: &Element) -> impl Iterator<Item = (String, &Element)> {
    let role = role(component);
    component.each("contentitem").map(move |content| (role.clone(), content))
}

fn is_text(content: &Element, kind: &str) -> bool {
    let form = |name: &str| content.child(name).and_then(formal_name).unwrap_or_default().to_ascii_lowercase();
    let (format, mime) = (form("format"), form("mimetype"));
    let is_other =
        matches!(kind, "photo" | "graphic" | "video" | "audio") || format.contains("css") || mime.contains("css");
    let is_binary = content.child("encoding").is_some() || mime.starts_with("image/");
    !is_other && !is_binary
}

fn fill(data: &Element, article: &mut RawArticle) {
    match data.find("nitf") {
        Some(nitf) => nitf::fill(nitf, article),
        None => {
            let html = data.find("html").and_then(|html| html.child("body").or(Some(html)));
            let html = html.or_else(|| data.find("body.content"));
            article.body = prose(html.unwrap_or(data), &mut article.captions);
        }
    }
}

/// The id that all revisions share.
fn id(identifier: &Element) -> Option<String> {
    let part = |name: &str| identifier.line_of(name);
    match (part("providerid"), part("dateid"), part("newsitemid")) {
        (Some(provider), Some(date), Some(item)) => Some(format!("urn:newsml:{provider}:{date}:{item}")),
        (.., item) => part("publicidentifier").or(item),
    }
}

fn source(item: &Element) -> Option<String> {
    let party = |name: &str| {
        let parties = item.all().filter(|inner| inner.name == name).filter_map(|inner| inner.child("party"));
        parties.filter_map(formal_name).next().map(str::to_owned)
    };
    let provider = || item.at(&["identification", "newsidentifier"])?.line_of("providerid");
    party("source").or_else(|| party("provider")).or_else(|| line(item, "creditline")).or_else(provider)
}

fn stated_language(item: &Element) -> Option<&str> {
    let stated = item.find("language").and_then(formal_name);
    stated.or_else(|| language(item)).or_else(|| item.all().find_map(language))
}

/// The first of these news lines, in the order of the components.
fn line(item: &Element, name: &str) -> Option<String> {
    item.all().filter(|inner| inner.name == "newslines").find_map(|lines| lines.line_of(name))
}

fn formal_name(element: &Element) -> Option<&str> {
    element.attribute("formalname")
}

fn keywords(item: &Element, article: &mut RawArticle) {
    for inner in item.all() {
        match inner.name.as_str() {
            "keywordline" => inner.line().iter().for_each(|word| add_keyword(&mut article.keywords, word)),
            "property" if formal_name(inner).is_some_and(|name| name.trim_end_matches('s').ends_with("Keyword")) => {
                add_keyword(&mut article.keywords, inner.attribute("value").unwrap_or_default());
            }
            // A topic has a name in each language: take the English one, else the first.
            "topic" => {
                let names = || inner.each("description").filter(|text| text.attribute("variant") == Some("Name"));
                let english = names().find(|text| language(text).is_some_and(|tag| tag.starts_with("en")));
                let name = english.or_else(|| names().next()).and_then(Element::line);
                add_keyword(&mut article.keywords, &name.unwrap_or_default());
            }
            _ => {}
        }
    }
}
