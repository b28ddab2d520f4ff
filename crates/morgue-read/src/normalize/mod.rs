//! Turns a [`RawArticle`] into an [`Article`]: small rules over text, in one visible order.
//!
//! The result is the final text: title, paragraphs, captions and credits, clean enough to read and to search.
//!
//! 1. `characters` repairs mojibake, decodes entities, cleans characters and puts the text into Unicode NFC.
//! 2. `paragraphs` joins wrapped lines to paragraphs.
//! 3. `draft` applies a list of rules to each paragraph of the body. A rule may remove a paragraph: page furniture, a
//!    repeated title, a byline. What a removed paragraph says is kept in a field: byline, dateline, caption.
//!
//! Each rule is a small function with examples of text that it changes and text that it must not change. No rule
//! removes a sentence of the story. Word lists are in `words/`.

mod agencies;
mod byline;
mod byline_names;
mod captions;
mod characters;
mod credit_words;
mod credits;
mod dateline;
mod dateline_forms;
mod dateline_place;
mod day_line;
mod draft;
mod entities;
mod furniture;
mod furniture_links;
mod furniture_notices;
mod furniture_phrases;
mod furniture_sentences;
mod hyphens;
mod identity;
mod language;
#[cfg(test)]
mod laws;
mod machine_endings;
mod mojibake;
mod paragraphs;
mod published;
mod sign_off;
mod timestamp;
mod title;

use std::borrow::Cow;
use std::collections::BTreeMap;

use morgue_article::date::{Date, DateSpan};
use morgue_article::text::letters_and_digits;
use morgue_article::{Article, ExtraName, RawArticle, RawCaption, Skip, SkipReason, Zone};

use characters::{clean, clean_line};
use draft::Draft;

/// Cleans a raw article and fixes its text.
///
/// Normalizing the texts of an article again changes nothing.
///
/// # Errors
/// A record without a title, text or description is a [`Skip`], and so is one whose user fields have names that are not
/// allowed: see [`ExtraName`].
pub fn normalize(mut raw: RawArticle) -> Result<Article, Skip> {
    let extra = user_fields(&raw)?;
    let id = identity::id(&raw);
    let version = identity::version(&raw);
    let today = Date::today();
    let fetched = raw.fetched.as_deref().and_then(|text| published::day_of_field(text, today.add_days(1)));
    let latest = published::latest(fetched, today);
    let stated = published::stated(raw.published.as_ref(), latest);
    let in_url = published::in_url(raw.url.as_deref(), latest);

    let body = clean(Cow::Owned(text_of(&mut raw)));
    let mut draft = Draft {
        source: raw.source.as_deref().map(clean_line).unwrap_or_default(),
        byline: byline::of_source(&lines(&raw.byline)),
        ..Draft::default()
    };
    draft.title = raw.title.as_deref().map(clean_line).unwrap_or_default();
    draft.title.truncate(title::without_source(&draft.title, &draft.source));
    if let Some((day, at)) = title::day_before(&draft.title)
        && stated.or(in_url).is_none_or(|known| known.span == DateSpan::from(day))
    {
        draft.title.drain(..at);
        draft.day_line = Some(day);
    }
    draft.title_key = letters_and_digits(&draft.title);
    if let Some(filed) = raw.dateline.as_deref().map(clean_line).as_deref().and_then(dateline::of_source) {
        draft.dateline = Some(filed.dateline);
        draft.filed = filed.written;
    }
    draft.sort(paragraphs::paragraphs(&body, raw.dateline.is_some()));

    let near = stated.or(in_url).map(|published| published.span.first());
    if let (Some(dateline), Some(written)) = (&mut draft.dateline, draft.filed) {
        dateline.day = dateline::resolve(written, near);
    }
    let filed = draft.filed.and_then(|written| dateline::resolve(written, None));
    let published = stated
        .or_else(|| published::filed(filed, latest))
        .or(in_url)
        .or_else(|| published::in_text(draft.day_line, latest));

    let mut article = Article {
        id,
        version,
        byline: draft.byline,
        dateline: draft.dateline,
        source: Some(draft.source).filter(|source| !source.is_empty()),
        language: raw.language.as_deref().and_then(language::stated),
        section: raw.section.as_deref().map(clean_line).filter(|section| !section.is_empty()),
        keywords: lines(&raw.keywords),
        published,
        modified: raw.modified.as_deref().and_then(|text| published::day_of_field(text, latest)),
        fetched,
        stated: raw.stated,
        extra,
        url: raw.url,
        own_id: raw.id,
        ..Article::default()
    };
    article.text.reserve(body.len() + body.len() / 64 + 256);
    article.push(Zone::Title, &draft.title);
    for paragraph in &draft.body {
        article.push(Zone::Body, paragraph);
    }
    push_captions(&mut article, raw.captions, draft.captions);
    if article.parts.is_empty() {
        let detail = if body.trim().is_empty() { "" } else { "nothing but page furniture" };
        let path = raw.origin.path.as_ref().into();
        return Err(Skip { path, record: Some(raw.origin.record), reason: SkipReason::NoText, detail: detail.into() });
    }
    if article.language.is_none() {
        let at = article.parts.iter().find(|part| part.zone == Zone::Body).map_or(0, |part| part.range.start);
        article.language = language::detected(&article.text[at..]).map(str::to_owned);
    }
    article.origin = raw.origin;
    Ok(article)
}

/// The body, or the description if there is no body.
fn text_of(raw: &mut RawArticle) -> String {
    let has_body = raw.body.bytes().any(|b| !b.is_ascii_whitespace());
    if has_body { std::mem::take(&mut raw.body) } else { raw.description.take().unwrap_or_default() }
}

/// Appends the captions from the source's fields, then the captions that were found in the body. A credit without a
/// caption that was found in the body comes first of all, so that it does not become the credit of the source's last
/// caption.
fn push_captions(article: &mut Article, stated: Vec<RawCaption>, found: Vec<RawCaption>) {
    let mut found = found.into_iter().peekable();
    while let Some(caption) = found.next_if(|caption| caption.text.is_empty()) {
        article.push(Zone::Credit, caption.credit.as_deref().unwrap_or_default());
    }
    for caption in stated {
        let credit = caption.credit.as_deref().map(clean_line).unwrap_or_default();
        let (text, credit) = captions::of_source(clean_line(&caption.text), credit);
        article.push(Zone::Caption, &text);
        article.push(Zone::Credit, &credit);
    }
    for caption in found {
        article.push(Zone::Caption, &caption.text);
        article.push(Zone::Credit, caption.credit.as_deref().unwrap_or_default());
    }
}

/// The user fields with cleaned values, each value once.
fn user_fields(raw: &RawArticle) -> Result<BTreeMap<String, Vec<String>>, Skip> {
    let mut fields = BTreeMap::new();
    for (name, values) in &raw.extra {
        if let Err(error) = ExtraName::new(name) {
            let path = raw.origin.path.as_ref().into();
            let record = Some(raw.origin.record);
            return Err(Skip { path, record, reason: SkipReason::Damaged, detail: error.to_string() });
        }
        let mut distinct: Vec<String> = Vec::new();
        for value in lines(values) {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        if !distinct.is_empty() {
            fields.insert(name.clone(), distinct);
        }
    }
    Ok(fields)
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| clean_line(text)).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use morgue_article::WordList;

    #[test]
    fn word_lists_are_sorted_in_lower_case_and_without_doubles() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
        let lists: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
        for path in &lists {
            let fault = WordList::fault(&std::fs::read_to_string(path).unwrap());
            assert_eq!(fault, None, "{}", path.display());
        }
        assert!(lists.len() >= 18);
    }
}
