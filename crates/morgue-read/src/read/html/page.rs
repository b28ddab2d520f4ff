//! What a page says about its article outside the story: `<meta>` fields, headings, marked days, bylines, captions,
//! and lines that may hold a day. They are collected in one pass over the tags; other files of this folder interpret
//! them.

use std::borrow::Cow;

use morgue_article::text::{letters_and_digits, one_line};
use rustc_hash::FxHashSet;

use super::super::fault::Fault;
use super::super::tags::{self, HtmlToken, Tag, tokens};
use super::depth::Depth;
use super::element_role::{AuthorEvidence, ElementRole, role_of};

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct Page<'h> {
    /// `<html lang>`.
    pub(super) language: Option<String>,
    /// Names and contents of `<meta>`, the names in lower case.
    pub(super) metas: Vec<(String, String)>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<title>`.
    pub(super) title: String,
    /// Each `<h1>`, `<h2>` and `<h3>`.
    pub(super) headings: Vec<MarkedElement>,
    /// The scripts of JSON-LD.
    pub(super) scripts: Vec<&'h str>,
    /// `<time>`, and elements whose `itemprop` or class is that of a day.
    pub(super) days: Vec<MarkedElement>,
    /// Elements that name the author, the most reliable first.
    pub(super) authors: Vec<(AuthorEvidence, String)>,
    /// Captions of pictures.
    pub(super) captions: Vec<PageCaption>,
    /// Lines with a digit outside of navigation, and where they are: bytes of the page's text before them.
    pub(super) lines: Vec<(usize, &'h str)>,
    /// The length of the page's text in bytes.
    pub(super) text_bytes: usize,
    /// The texts of links, as keys of [`letters_and_digits`].
    pub(super) links: FxHashSet<String>,
}

/// An element and its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MarkedElement {
    /// The tag's name, in lower case.
    pub(super) tag: String,
    /// Class, id and property, in lower case.
    pub(super) label: String,
    /// The value for programs: `datetime`, `content`, `title`.
    pub(super) value: Option<String>,
    /// The text.
    pub(super) text: String,
    /// Where it is: bytes of the page's text before it.
    pub(super) at: usize,
    /// It is in navigation, a footer or a sidebar.
    pub(super) aside: bool,
}

/// The caption of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PageCaption {
    pub(super) text: String,
    pub(super) credit: String,
}

/// The text of an element is cut off after that. Bytes.
const LONGEST_TEXT: usize = 2_000;
/// A longer line holds more than a day. Bytes.
const LONGEST_LINE: usize = 300;
/// More elements of one role are ignored.
const MAX_ELEMENTS: usize = 500;
/// More elements inside each other are ignored.
const MAX_OPEN: usize = 12;

/// Reads a page.
///
/// # Errors
/// The page exceeds a limit of [`Depth`], so that it must not be parsed.
pub(super) fn read(html: &str) -> Result<Page<'_>, Fault> {
    let mut reading = PageReader::default();
    let mut depth = Depth::default();
    for token in tokens(html) {
        match token {
            HtmlToken::Open(tag) => {
                depth.open(&tag)?;
                reading.open(&tag);
            }
            HtmlToken::Close(name) => {
                depth.close(name);
                reading.close(name);
            }
            HtmlToken::Text(text) => reading.text(text),
            HtmlToken::Raw(text) => reading.raw(text),
        }
    }
    while let Some(capture) = reading.captures.pop() {
        reading.finish(capture);
    }
    let mut page = reading.page;
    page.authors.sort_by_key(|(evidence, _)| *evidence);
    Ok(page)
}

/// An element whose text is being read.
#[derive(Debug)]
struct OpenElement<'h> {
    kind: ElementRole,
    name: &'h str,
    nesting: usize,
    mark: MarkedElement,
    credit: String,
    link_bytes: usize,
}

#[derive(Debug, Default)]
struct PageReader<'h> {
    page: Page<'h>,
    captures: Vec<OpenElement<'h>>,
    raw: RawKind,
    /// The text of the open link.
    link: Option<String>,
    asides: usize,
    /// The open block has running text before this token.
    line_has_text: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum RawKind {
    #[default]
    Other,
    Title,
    JsonLd,
}

const ASIDES: [&str; 3] = ["nav", "footer", "aside"];
/// Elements within a line.
const INLINE: [&str; 16] =
    ["a", "abbr", "b", "bdi", "cite", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"];

impl<'h> PageReader<'h> {
    fn open(&mut self, tag: &Tag<'h>) {
        self.raw = RawKind::Other;
        let mut buffer = [0; 12];
        let name = lower(tag.name, &mut buffer);
        match name {
            "html" => self.page.language = self.page.language.take().or_else(|| text_of(tag, "lang")),
            "meta" => self.meta(tag),
            "link" => self.link(tag),
            "title" if self.page.title.is_empty() && self.page.text_bytes == 0 => self.raw = RawKind::Title,
            "script" if tag.get("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) => {
                self.raw = RawKind::JsonLd;
            }
            "a" => self.link = Some(String::new()),
            "nav" | "footer" | "aside" => self.asides += 1,
            _ => {}
        }
        for capture in &mut self.captures {
            if capture.name.eq_ignore_ascii_case(tag.name) {
                capture.nesting += 1;
            }
            if !INLINE.contains(&name) {
                capture.mark.text.push(' ');
            }
        }
        self.line_has_text &= INLINE.contains(&name);
        if name == "p" {
            self.end_paragraphs();
        }
        self.begin(tag, name);
    }

    /// Starts to read an element if it has a role.
    fn begin(&mut self, tag: &Tag<'h>, name: &str) {
        if self.captures.len() >= MAX_OPEN || matches!(name, "body" | "html" | "article" | "main" | "img" | "input") {
            return;
        }
        let (mut label, mut property, mut relation) = (String::new(), Cow::Borrowed(""), false);
        let mut value = None;
        for (key, written) in tag.attributes() {
            let mut buffer = [0; 12];
            match lower(key, &mut buffer) {
                "class" | "id" | "data-testid" => {
                    label.push_str(&written.to_ascii_lowercase());
                    label.push(' ');
                }
                "itemprop" | "property" => property = tags::unescape_value(written),
                "rel" => relation = written.eq_ignore_ascii_case("author"),
                "datetime" => value = Some(tags::unescape_value(written).into_owned()),
                "content" | "title" if value.is_none() => value = Some(tags::unescape_value(written).into_owned()),
                _ => {}
            }
        }
        let open = |kind| self.captures.iter().any(|capture| capture.kind.is(kind));
        let Some(kind) = role_of(name, &label, &property, relation, open) else { return };
        if !property.is_empty() {
            label.push_str(&property.to_ascii_lowercase());
        }
        let mark = MarkedElement {
            tag: name.to_owned(),
            label,
            value,
            text: String::new(),
            at: self.page.text_bytes,
            aside: self.asides > 0,
        };
        let mut capture = OpenElement { kind, name: tag.name, nesting: 0, mark, credit: String::new(), link_bytes: 0 };
        if matches!(name, "meta" | "link" | "br") {
            capture.nesting = 0;
            self.finish(capture);
        } else {
            self.captures.push(capture);
        }
    }

    fn close(&mut self, name: &str) {
        let mut buffer = [0; 12];
        let lower = lower(name, &mut buffer);
        match lower {
            "a" => {
                if let Some(link) = self.link.take().filter(|link| !link.is_empty()) {
                    self.page.links.insert(letters_and_digits(&link));
                }
            }
            name if ASIDES.contains(&name) => self.asides = self.asides.saturating_sub(1),
            _ => {}
        }
        self.line_has_text &= INLINE.contains(&lower);
        let mut at = 0;
        while at < self.captures.len() {
            let capture = &mut self.captures[at];
            if !INLINE.contains(&lower) {
                capture.mark.text.push(' ');
            }
            if capture.name.eq_ignore_ascii_case(name) {
                if capture.nesting == 0 {
                    let capture = self.captures.remove(at);
                    self.finish(capture);
                    continue;
                }
                capture.nesting -= 1;
            }
            at += 1;
        }
    }

    /// Ends open `<p>` elements, as the next `<p>` does.
    fn end_paragraphs(&mut self) {
        while let Some(at) = self.captures.iter().position(|capture| capture.name.eq_ignore_ascii_case("p")) {
            let capture = self.captures.remove(at);
            self.finish(capture);
        }
    }

    fn text(&mut self, text: &'h str) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            for capture in &mut self.captures {
                capture.mark.text.push(' ');
            }
            return;
        }
        let has_digit = trimmed.len() <= LONGEST_LINE && trimmed.bytes().any(|byte| byte.is_ascii_digit());
        let is_in_text = self.line_has_text;
        self.line_has_text |= is_running_text(trimmed);
        if has_digit && !is_in_text && self.asides == 0 && self.page.lines.len() < MAX_ELEMENTS {
            self.page.lines.push((self.page.text_bytes, trimmed));
        }
        self.page.text_bytes += trimmed.len();
        if self.captures.is_empty() && self.link.is_none() {
            return;
        }
        let in_credit = self.captures.iter().any(|capture| capture.kind == ElementRole::Credit);
        let plain = if text.contains('&') { htmlize::unescape(text) } else { Cow::Borrowed(text) };
        if let Some(link) = self.link.as_mut().filter(|link| link.len() < LONGEST_LINE) {
            link.push_str(&plain);
        }
        for capture in &mut self.captures {
            let hidden = capture.kind == ElementRole::Caption && in_credit;
            let target = if hidden { &mut capture.credit } else { &mut capture.mark.text };
            if target.len() < LONGEST_TEXT {
                target.push_str(&plain);
            }
            if self.link.is_some() {
                capture.link_bytes += trimmed.len();
            }
        }
    }

    fn raw(&mut self, text: &'h str) {
        match self.raw {
            RawKind::Title => self.page.title = one_line(&htmlize::unescape(text)),
            RawKind::JsonLd if self.page.scripts.len() < MAX_ELEMENTS => self.page.scripts.push(text),
            _ => {}
        }
        self.raw = RawKind::Other;
    }

    fn meta(&mut self, tag: &Tag<'h>) {
        let Some(content) = text_of(tag, "content") else { return };
        if self.page.metas.len() >= MAX_ELEMENTS || content.len() > 4 * LONGEST_TEXT {
            return;
        }
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.get(key).filter(|name| !name.trim().is_empty()) {
                self.page.metas.push((name.trim().to_ascii_lowercase(), content));
                return;
            }
        }
    }

    fn link(&mut self, tag: &Tag<'h>) {
        if self.page.canonical.is_none() && tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
            self.page.canonical = text_of(tag, "href");
        }
    }

    fn finish(&mut self, capture: OpenElement<'h>) {
        let mut mark = capture.mark;
        mark.text = one_line(&mark.text);
        let page = &mut self.page;
        match capture.kind {
            ElementRole::Heading if page.headings.len() < MAX_ELEMENTS => page.headings.push(mark),
            ElementRole::Day if page.days.len() < MAX_ELEMENTS => page.days.push(mark),
            ElementRole::Author(evidence) if page.authors.len() < MAX_ELEMENTS && !mark.aside => {
                let value = mark.value.filter(|_| mark.tag == "meta");
                page.authors.push((evidence, value.unwrap_or(mark.text)));
            }
            ElementRole::Caption if page.captions.len() < MAX_ELEMENTS && !mark.aside => {
                // A caption that is a link is the headline of another story.
                let teaser = capture.link_bytes * 10 > mark.text.len() * 8;
                let credit = one_line(&capture.credit);
                let is_empty = mark.text.is_empty() && credit.is_empty();
                if !teaser && !is_empty {
                    page.captions.push(PageCaption { text: mark.text, credit });
                }
            }
            _ => {}
        }
    }
}

/// Is it part of a sentence: four words that begin with small letters?
fn is_running_text(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).nth(3).is_some()
}

fn text_of(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// A name in lower case; empty if it is longer than all names that are looked for.
fn lower<'b>(name: &str, buffer: &'b mut [u8; 12]) -> &'b str {
    let Some(place) = buffer.get_mut(..name.len()) else { return "" };
    place.copy_from_slice(name.as_bytes());
    place.make_ascii_lowercase();
    std::str::from_utf8(place).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fields_of_the_head_are_read() {
        let page = read(
            "<html lang=en-GB><head><title>Bridge &amp; ferry\n | Post</title><meta property=og:title content='Bridge'>\
             <meta name=Author content=''><link rel=canonical href='https://n.example/a'>\
             <script type='application/ld+json'>{\"a\":1}</script><script>var x</script>",
        )
        .unwrap();
        assert_eq!(page.language.as_deref(), Some("en-GB"));
        assert_eq!(page.title, "Bridge & ferry | Post");
        assert_eq!(page.metas, [("og:title".to_owned(), "Bridge".to_owned())]);
        assert_eq!(page.canonical.as_deref(), Some("https://n.example/a"));
        assert_eq!(page.scripts, ["{\"a\":1}"]);
    }

    #[test]
    fn marked_elements_are_read() {
        let page = read(
            "<h1>Bridge <em>opens</em></h1><p class=byline>By <a rel=author href=x>Ann Lund</a></p>\
             <time datetime=2019-03-05>5 March</time><span class='post-date'>on <b>March</b> 5, 2019</span>\
             <figure><img><figcaption>The new bridge <span class=credit>Bo Ek/Post</span></figcaption></figure>\
             <div class=wp-caption-text>The ferry</div><figcaption><a href=y>Another story</a></figcaption>\
             <aside><p class=author>Someone</p></aside>",
        )
        .unwrap();
        assert_eq!(page.headings[0].text, "Bridge opens");
        assert_eq!(
            page.authors,
            [(AuthorEvidence::Relation, "Ann Lund".to_owned()), (AuthorEvidence::Byline, "By Ann Lund".to_owned())]
        );
        let days: Vec<_> = page.days.iter().map(|day| (day.value.as_deref(), day.text.as_str())).collect();
        assert_eq!(days, [(Some("2019-03-05"), "5 March"), (None, "on March 5, 2019")]);
        let captions: Vec<_> = page.captions.iter().map(|c| (c.text.as_str(), c.credit.as_str())).collect();
        assert_eq!(captions, [("The new bridge", "Bo Ek/Post"), ("The ferry", "")]);
    }

    proptest! {
        #[test]
        fn any_page(html in "(<|>|/|=|\"|[a-c ]|é|<p>|<h1|class=caption|itemprop=author|</p>|<time |<a |figcaption){0,40}") {
            let _ = read(&html);
        }
    }
}
