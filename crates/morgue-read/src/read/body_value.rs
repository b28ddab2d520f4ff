//! The text of an article that JSON divides into blocks: `contents[].content`, `body.sections[].paragraphs[]`. Blocks of
//! another kind (kickers, bylines, dates, pictures) are not text.

use super::value::{Value, pick};

/// Kinds of blocks that are not text of the story.
#[rustfmt::skip]
const NOT_TEXT: [&str; 36] = [
    "ad", "advert", "advertisement", "audio", "author", "author_info", "byline", "code", "custom_embed", "date",
    "dateline", "divider", "embed", "gallery", "graphic", "headline", "iframe", "image", "inline-image",
    "interstitial_link", "kicker", "map", "newsletter", "oembed", "oembed_response", "photo", "picture", "podcast",
    "promo", "raw_html", "related", "social", "title", "tweet", "video", "youtube",
];

/// Kinds of blocks with a picture.
const PICTURES: [&str; 5] = ["image", "photo", "picture", "graphic", "inline-image"];

/// Entries of a block that say its kind.
const KINDS: [&str; 5] = ["type", "_type", "kind", "blocktype", "__typename"];

/// Entries that hold the blocks of a block.
#[rustfmt::skip]
const BLOCKS: [&str; 15] = [
    "blocks", "body", "children", "components", "content", "content_elements", "contents", "elements", "items",
    "paragraphs", "parts", "sections", "story", "text", "value",
];

/// Entries above the blocks of a block.
const HEADINGS: [&str; 4] = ["heading", "subheading", "subhead", "title"];

/// Blocks inside one another that are read.
const MAX_DEPTH: usize = 8;

/// The text of a body, and the pictures in it.
#[derive(Debug, Default)]
pub(super) struct BodyValue {
    /// Paragraphs or longer pieces of text, perhaps with markup.
    pub(super) texts: Vec<String>,
    /// Blocks with a picture.
    pub(super) pictures: Vec<Value>,
}

impl BodyValue {
    /// The text of the value of a body: a text, a list of texts or blocks, or an object with one of these in it.
    pub(super) fn of(value: Value) -> BodyValue {
        let mut body = BodyValue::default();
        body.add(value, 0);
        body
    }

    /// Bytes of text.
    pub(super) fn len(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    fn add(&mut self, value: Value, depth: usize) {
        match value {
            Value::Nothing => {}
            Value::Text(text) if text.trim().is_empty() => {}
            Value::Text(text) => self.texts.push(text),
            Value::List(_) | Value::Map(_) if depth > MAX_DEPTH => {}
            Value::List(list) => list.into_iter().for_each(|value| self.add(value, depth + 1)),
            Value::Map(map) => self.add_block(map, depth),
        }
    }

    fn add_block(&mut self, map: Vec<(String, Value)>, depth: usize) {
        let kinds = map.iter().filter(|(name, _)| is_one_of(name, &KINDS)).filter_map(|(_, value)| value.as_text());
        let kinds: Vec<String> = kinds.map(str::to_ascii_lowercase).collect();
        if kinds.iter().any(|kind| PICTURES.contains(&kind.as_str())) {
            self.pictures.push(Value::Map(map));
            return;
        }
        if kinds.iter().any(|kind| NOT_TEXT.contains(&kind.as_str())) {
            return;
        }
        let has_blocks = map.iter().any(|(name, value)| is_blocks(name, value));
        if !has_blocks {
            self.texts.extend(Value::Map(map).text());
            return;
        }
        for (name, value) in map {
            if is_one_of(&name, &HEADINGS) && depth > 0 {
                self.texts.extend(value.text());
            } else if is_blocks(&name, &value) {
                self.add(value, depth + 1);
            }
        }
    }
}

fn is_blocks(name: &str, value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_)) && !value.is_empty() && is_one_of(name, &BLOCKS)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Objects inside an article that are not the article.
#[rustfmt::skip]
const OTHER_OBJECTS: [&str; 28] = [
    "author", "authors", "byline", "comment", "comments", "image", "images", "lead_image", "leadimage", "links", "media",
    "meta", "metadata", "next", "organization", "parent", "previous", "promo_items", "publisher", "related",
    "related_content", "relationships", "seo", "site", "source", "user", "video", "_links",
];

/// Names of the text in an object inside an article, best first.
#[rustfmt::skip]
const NESTED_BODIES: [&str; 18] = [
    "articlebody", "article_body", "maintext", "fulltext", "full_text", "bodytext", "body_text", "body", "text",
    "content", "story", "html", "body_html", "bodyhtml", "contents", "content_elements", "paragraphs", "plaintext",
];

/// Objects inside one another that are searched for a text.
const MAX_NESTED: usize = 4;

/// A shorter text in an object inside an article may be anything. Bytes.
const SHORTEST_NESTED: usize = 80;

/// The text of an article that stands in an object inside it: the longest one.
pub(super) fn nested_body(value: &Value) -> Option<Value> {
    let mut best = None;
    search(value, 0, &mut best);
    best.map(|(_, body)| body)
}

fn search(value: &Value, depth: usize, best: &mut Option<(usize, Value)>) {
    let Value::Map(map) = value else { return };
    for (name, inner) in map {
        if !matches!(inner, Value::Map(_)) || is_one_of(name, &OTHER_OBJECTS) || depth >= MAX_NESTED {
            continue;
        }
        if let Value::Map(entries) = inner
            && let Some(body) = pick(entries.clone(), &NESTED_BODIES)
        {
            let length = BodyValue::of(body.clone()).len();
            if length >= SHORTEST_NESTED && best.as_ref().is_none_or(|(longest, _)| length > *longest) {
                *best = Some((length, body));
            }
        }
        search(inner, depth + 1, best);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> Vec<String> {
        BodyValue::of(serde_json::from_str(json).unwrap()).texts
    }

    #[test]
    fn texts_are_found_in_blocks() {
        for (json, expected) in [
            (r#""One.""#, &["One."][..]),
            (r#"["One.", " ", null, "Two."]"#, &["One.", "Two."]),
            (
                r#"{"sections":[{"paragraphs":["One."]},{"heading":"Cost","paragraphs":["Two."]}]}"#,
                &["One.", "Cost", "Two."],
            ),
            (
                r#"[{"type":"text","content":"One."},{"type":"image","title":"no"},{"type":"byline","content":"no"}]"#,
                &["One."],
            ),
            (r#"[{"type":"list","items":[{"type":"text","content":"One."},{"content":"Two."}]}]"#, &["One.", "Two."]),
            (r#"{"rendered":"One."}"#, &["One."]),
            (r#"{"blocks":[{"data":{"text":"One."},"text":"One."},{"kind":"ad","text":"no"}]}"#, &["One."]),
            (r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"One."}]}]}"#, &["One."]),
            (r#"[{"p":"x"}]"#, &[]),
            (r#"{"text":{"paragraphs":[{"text":"One."},{"value":"Two."}]}}"#, &["One.", "Two."]),
            (r#"[["One."],["Two."]]"#, &["One.", "Two."]),
        ] {
            assert_eq!(texts(json), expected, "{json}");
        }
        assert!(texts(&format!("{}\"x\"{}", "[".repeat(100), "]".repeat(100))).is_empty());
    }
}
