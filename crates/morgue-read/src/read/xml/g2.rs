//! NewsML-G2: news items. Packages, plans, concepts and catalogues are not articles.

use super::super::Options;
use super::super::fault::Fault;
use super::super::stated::{self, add_keyword, add_name};
use super::super::status::{self, Status};
use super::prose::prose;
use super::tree::Element;
use super::{language, nitf};
use morgue_article::{EntityKind, RawArticle, SkipReason};

pub(super) fn read(item: &Element, document: &Element, options: &Options) -> Result<RawArticle, Fault> {
    let nothing = Element::default();
    let (about, content) = (item.child("itemmeta").unwrap_or(&nothing), item.child("contentmeta").unwrap_or(&nothing));
    let word = about.child("pubstatus").and_then(code).unwrap_or_default();
    let embargo = about.line_of("embargoed").unwrap_or_default();
    Status { word, embargo: &embargo }.check(options)?;
    let class =
        about.child("itemclass").and_then(code).unwrap_or_default().rsplit([':', '/']).next().unwrap_or_default();
    if let Some(why) = why_not_article(item, class) {
        return Err(Fault::new(SkipReason::NotAnArticle, why));
    }
    let mut article = RawArticle {
        id: item.attribute("guid").map(str::to_owned),
        version: item.attribute("version").map(str::to_owned),
        url: content.each("altid").chain(about.each("link")).find_map(address),
        title: headline(content),
        description: description(content),
        byline: content.each("by").filter_map(Element::line).collect(),
        dateline: content.line_of("dateline"),
        source: source(item, about, content),
        modified: about.line_of("versioncreated").max(content.line_of("contentmodified")),
        language: content
            .child("language")
            .and_then(|tag| tag.attribute("tag"))
            .or_else(|| language(item))
            .map(str::to_owned),
        ..RawArticle::default()
    };
    let made = ["firstpublished", "firstcreated"].into_iter().find_map(|name| about.line_of(name));
    let made = made.or_else(|| content.line_of("contentcreated")).or_else(|| about.line_of("versioncreated"));
    let made = made.or_else(|| document.find("header")?.line_of("sent"));
    article.published = status::published(made.as_deref(), &embargo).and_then(stated::date);
    subjects(item, content, &mut article);
    text(item, &mut article);
    if article.title.is_none() {
        article.title = about.line_of("title");
    }
    if article.byline.is_empty() {
        article.byline = content.each("creator").filter(|creator| is_person(creator)).filter_map(name).collect();
    }
    if article.body.trim().is_empty() {
        return Err(Fault::new(SkipReason::NoText, no_text(item)));
    }
    Ok(article)
}

/// Why an item is not an article, by its own description; `None` if it is one.
fn why_not_article(item: &Element, class: &str) -> Option<String> {
    let what = match (item.name.as_str(), class) {
        ("conceptitem", _) => "a concept: it explains a code or describes an event",
        ("knowledgeitem", _) => "a list of concepts",
        ("planningitem", _) => "a plan for coverage",
        ("catalogitem", _) => "a catalogue of codes",
        ("packageitem", _) => {
            let refs = item.all().filter(|inner| inner.name == "itemref").count();
            return Some(format!("a package: it only names {refs} other items"));
        }
        (_, "picture") => "a picture",
        (_, "graphic") => "a graphic",
        (_, "video") => "a video",
        (_, "audio") => "a sound recording",
        (_, "animation") => "an animation",
        _ if item.find("events").is_some() => "a list of events",
        _ if item.find("sports-content").is_some_and(|sports| sports.find("article").is_none()) => "results of sports",
        _ => return None,
    };
    Some(what.to_owned())
}

fn no_text(item: &Element) -> &'static str {
    match item.find("remotecontent") {
        Some(_) => "its text lies elsewhere",
        None => "a news item without content",
    }
}

/// Fills in the text from the first form that has one.
fn text(item: &Element, article: &mut RawArticle) {
    for form in item.each("contentset").flat_map(Element::elements) {
        if !matches!(form.name.as_str(), "inlinexml" | "inlinedata") {
            continue;
        }
        if let Some(nitf) = form.find("nitf") {
            nitf::fill(nitf, article);
        } else {
            let html = form.find("html").and_then(|html| html.child("body").or(Some(html)));
            article.body = prose(html.unwrap_or(form), &mut article.captions);
        }
        if !article.body.trim().is_empty() {
            // STT's markup for typesetters.
            article.body = article.body.replace("<endash>-</endash>", "–");
            return;
        }
    }
}

/// The code of a concept, under either of its names.
fn code(element: &Element) -> Option<&str> {
    element.attribute("qcode").or_else(|| element.attribute("uri"))
}

/// The name in words, else the literal.
fn name(element: &Element) -> Option<String> {
    element.line_of("name").or_else(|| element.attribute("literal").map(str::to_owned))
}

fn role(element: &Element) -> String {
    element.attribute("role").unwrap_or_default().to_ascii_lowercase()
}

fn headline(content: &Element) -> Option<String> {
    let is_sub = |headline: &&Element| role(headline).contains("sub");
    let main = content.each("headline").filter(|headline| role(headline).ends_with("main")).find_map(Element::line);
    main.or_else(|| content.each("headline").filter(|headline| !is_sub(headline)).find_map(Element::line))
}

/// The summary, else the line below the headline. Captions describe pictures.
fn description(content: &Element) -> Option<String> {
    let summary = content.each("description").filter(|text| !role(text).contains("caption")).find_map(Element::line);
    summary.or_else(|| content.each("headline").filter(|line| role(line).contains("sub")).find_map(Element::line))
}

fn source(item: &Element, about: &Element, content: &Element) -> Option<String> {
    let providers = || about.each("provider").chain(content.each("infosource"));
    let named = || providers().find_map(|provider| provider.line_of("name"));
    let literal =
        || content.each("infosource").chain(about.each("provider")).find_map(|party| party.attribute("literal"));
    let holder = || item.at(&["rightsinfo", "copyrightholder"]).and_then(name);
    // A provider's code is often its name: `nprov:Reuters`.
    let coded =
        || about.child("provider").and_then(code).map(|code| code.rsplit([':', '/']).next().unwrap_or(code).to_owned());
    named().or_else(|| literal().map(str::to_owned)).or_else(holder).or_else(coded)
}

/// The address that an item states for itself.
fn address(element: &Element) -> Option<String> {
    let (kind, rel) = (element.attribute("type").unwrap_or_default(), element.attribute("rel").unwrap_or_default());
    let is_own = kind.to_ascii_lowercase().contains("url") || rel.to_ascii_lowercase().contains("permalink");
    let address = element.attribute("href").map(str::to_owned).or_else(|| element.line())?;
    (is_own && address.starts_with("http")).then_some(address)
}

fn is_person(creator: &Element) -> bool {
    creator.attribute("type").is_some_and(|kind| kind.ends_with("person"))
}

/// A subject, and the concepts that it is combined from.
fn parts(subject: &Element) -> impl Iterator<Item = &Element> {
    std::iter::once(subject).chain(subject.each("mainconcept")).chain(subject.each("facetconcept"))
}

/// People, organisations and places become stated names; other named subjects become keywords.
fn subjects(item: &Element, content: &Element, article: &mut RawArticle) {
    for keyword in content.each("keyword").filter_map(Element::line) {
        add_keyword(&mut article.keywords, &keyword);
    }
    let known: Vec<(&str, String, Option<EntityKind>)> = item
        .each("assert")
        .take(1000)
        .filter_map(|fact| Some((code(fact)?, fact.line_of("name")?, kind(fact))))
        .collect();
    for subject in content.each("subject").flat_map(parts) {
        let fact = code(subject).and_then(|code| known.iter().find(|(known, ..)| *known == code));
        // A literal is a name only if there is no code, and if it is not a code itself.
        let literal = || subject.attribute("literal").filter(|_| code(subject).is_none()).filter(|text| is_words(text));
        let name = subject.line_of("name").or_else(|| fact.map(|(_, name, _)| name.clone()));
        let Some(name) = name.or_else(|| literal().map(str::to_owned)) else { continue };
        if article.title.as_ref() == Some(&name) {
            continue;
        }
        let is_desk = code(subject).is_some_and(|code| code.to_ascii_lowercase().contains("department:"));
        match kind(subject).or_else(|| fact.and_then(|(.., kind)| *kind)) {
            Some(kind) => add_name(&mut article.stated, kind, &name),
            None if is_desk && article.section.is_none() => article.section = Some(name),
            None => add_keyword(&mut article.keywords, &name),
        }
    }
}

fn is_words(literal: &str) -> bool {
    literal.chars().any(char::is_lowercase) && !literal.contains([':', '_'])
}

/// The kind of a concept, by its type.
fn kind(concept: &Element) -> Option<EntityKind> {
    let stated = concept.attribute("type").or_else(|| concept.child("type").and_then(code))?.to_ascii_lowercase();
    match stated.rsplit([':', '/']).next().unwrap_or_default() {
        "person" | "pers" => Some(EntityKind::Person),
        "organisation" | "organization" | "org" => Some(EntityKind::Org),
        "geoarea" | "poi" | "city" | "country" | "statprov" | "region" | "place" => Some(EntityKind::Place),
        _ => None,
    }
}
