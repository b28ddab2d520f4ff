//! [`RawArticle`] -> [`Article`]: a list of small text rules, in one visible order.
//!
//! The text is frozen here: title, paragraphs, captions and credits, clean enough to read and to search. Every rule
//! is a small function with examples of what it does and of what it must leave alone. No rule takes away a sentence
//! of the article; what is taken off the body is kept as a field where it says something (byline, dateline, caption).

mod characters;
mod entities;
mod hyphens;
mod identity;
mod mojibake;
mod months;
mod paragraphs;
mod published;
mod timestamp;

use std::borrow::Cow;

use crate::article::{Article, RawArticle, Skip, SkipReason, Zone};

use characters::{clean, clean_line};

/// Cleans a raw article and freezes its text.
///
/// Normalizing an article's texts again changes nothing.
///
/// # Errors
/// A record with neither title nor text is a skip.
pub fn normalize(raw: RawArticle) -> Result<Article, Skip> {
    let id = identity::id(&raw);
    let version = identity::version(&raw);
    let fetched = raw.fetched.as_deref().and_then(timestamp::day);
    let has_body = raw.body.bytes().any(|b| !b.is_ascii_whitespace());
    let body = if has_body { raw.body } else { raw.description.unwrap_or_default() };
    let body = clean(Cow::Owned(body));

    let published = published::published(raw.published.as_ref(), raw.url.as_deref(), fetched);
    let mut article = Article {
        id,
        own_id: raw.id,
        version,
        url: raw.url,
        source: line(raw.source),
        byline: lines(raw.byline),
        language: raw.language,
        section: line(raw.section),
        keywords: lines(raw.keywords),
        published,
        modified: raw.modified.as_deref().and_then(timestamp::day),
        fetched,
        stated: raw.stated,
        ..Article::default()
    };
    article.text.reserve(body.len() + body.len() / 64 + 256);
    article.push(Zone::Title, &raw.title.as_deref().map(clean_line).unwrap_or_default());
    for paragraph in paragraphs::paragraphs(&body, raw.dateline.is_some()) {
        article.push(Zone::Body, &paragraph);
    }
    if article.parts.is_empty() {
        let reason = SkipReason::NoText;
        let path = raw.origin.path.as_ref().into();
        return Err(Skip { path, record: Some(raw.origin.record), reason, detail: String::new() });
    }
    for caption in raw.captions {
        article.push(Zone::Caption, &clean_line(&caption.text));
        article.push(Zone::Credit, &caption.credit.as_deref().map(clean_line).unwrap_or_default());
    }
    article.origin = raw.origin;
    Ok(article)
}

/// A field of one line; nothing when it is blank.
fn line(text: Option<String>) -> Option<String> {
    text.map(|text| clean_line(&text)).filter(|text| !text.is_empty())
}

fn lines(texts: Vec<String>) -> Vec<String> {
    texts.iter().map(|text| clean_line(text)).filter(|text| !text.is_empty()).collect()
}
