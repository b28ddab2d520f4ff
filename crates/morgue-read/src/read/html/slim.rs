//! The page as the extractor of the story gets it: without the parts that no reader sees, and with only the markup
//! that says something about the layout.
//!
//! The rules, in one place:
//! - Hidden elements ([`hidden_element`](super::hidden_element)) and elements without readable text (scripts, pictures, controls,
//!   the readings of ruby) are removed with their content.
//! - An element within a line of text never ends the line: its tags are removed and its text stays. This includes
//!   elements that nobody knows (`<x-link>`, `<o:p>`).
//! - An unknown element between lines is a `<div>`.
//! - Scripts, styles, comments, the head and most attributes are removed. Extractors copy the tree several times, so
//!   that this saves about a third of the time.

use super::super::tags::{HtmlToken, Tag, is_one_of, tokens};
use super::hidden_element::{SkipReach, SkippedElement, skipped};

/// The page for the extractor.
///
/// Its head holds made-up fields: the extractor always reads metadata, and searches the whole page for a missing
/// field.
pub(super) fn slim(html: &str) -> String {
    let visible = SlimPage::read(html, true);
    // Some pages hide their story until a script runs.
    if visible.skipped_bytes > visible.text_bytes { SlimPage::read(html, false).html } else { visible.html }
}

/// A page that is being rewritten.
struct SlimPage<'h> {
    html: String,
    /// Bytes of text that were kept, and that were skipped with their element.
    text_bytes: usize,
    skipped_bytes: usize,
    skips_elements: bool,
    skipped: Option<SkippedElement<'h>>,
    /// The open elements whose tags can be rewritten.
    rewritten: Vec<(&'h str, Rewrite)>,
    /// The innermost block is one that holds a line (`<p>`), or text precedes on the line.
    in_line: bool,
}

/// What happens to the tags of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rewrite {
    Kept,
    Removed,
    Division,
}

impl<'h> SlimPage<'h> {
    fn read(html: &'h str, skips_elements: bool) -> SlimPage<'h> {
        let mut page = SlimPage {
            html: String::with_capacity(html.len() / 2),
            text_bytes: 0,
            skipped_bytes: 0,
            skips_elements,
            skipped: None,
            rewritten: Vec::new(),
            in_line: false,
        };
        page.html.push_str(HEAD);
        let mut is_gone = false;
        for token in tokens(html) {
            if let Some(skipped) = &mut page.skipped {
                match skipped.follow(&token) {
                    SkipReach::Inside => {
                        if let HtmlToken::Text(text) = token {
                            page.skipped_bytes += text.trim().len();
                        }
                        continue;
                    }
                    SkipReach::LastToken => {
                        page.skipped = None;
                        continue;
                    }
                    SkipReach::Ended => page.skipped = None,
                }
            }
            match token {
                HtmlToken::Open(tag) if is_one_of(tag.name, &GONE) => is_gone = true,
                HtmlToken::Open(tag) if is_one_of(tag.name, &HEADS) => {}
                HtmlToken::Open(tag) => page.open(&tag),
                HtmlToken::Close(name) if is_one_of(name, &GONE) || is_one_of(name, &HEADS) => {}
                HtmlToken::Close(name) => page.close(name),
                HtmlToken::Text(text) => page.text(text),
                HtmlToken::Raw(_) if is_gone => is_gone = false,
                HtmlToken::Raw(text) => page.text(text),
            }
        }
        page
    }

    fn text(&mut self, text: &str) {
        let bytes = text.trim().len();
        self.text_bytes += bytes;
        self.in_line |= bytes > 0;
        self.html.push_str(text);
    }

    fn open(&mut self, tag: &Tag<'h>) {
        if self.skips_elements
            && let Some(skipped) = skipped(tag)
        {
            self.skipped = Some(skipped);
            return;
        }
        if is_one_of(tag.name, &VOID_WITHOUT_TEXT) {
            return;
        }
        if is_one_of(tag.name, &KEPT_IN_LINES) {
            open(&mut self.html, tag, tag.name);
        } else if is_one_of(tag.name, &BLOCKS) {
            self.in_line = is_one_of(tag.name, &LINES);
            open(&mut self.html, tag, division(tag.name));
        } else {
            let rewrite = self.rewrite(tag.name);
            self.rewritten.push((tag.name, rewrite));
            match rewrite {
                Rewrite::Kept => open(&mut self.html, tag, tag.name),
                Rewrite::Removed => {}
                Rewrite::Division => open(&mut self.html, tag, "div"),
            }
        }
    }

    fn rewrite(&self, name: &str) -> Rewrite {
        if self.in_line || is_one_of(name, &NEVER_BLOCKS) {
            Rewrite::Removed
        } else if is_one_of(name, &PHRASING) {
            Rewrite::Kept
        } else {
            Rewrite::Division
        }
    }

    fn close(&mut self, name: &str) {
        let mut written = name;
        if is_one_of(name, &BLOCKS) {
            self.in_line = false;
            written = division(name);
        } else if !is_one_of(name, &KEPT_IN_LINES) {
            let at = self.rewritten.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name));
            match at.map(|at| self.rewritten.remove(at).1) {
                Some(Rewrite::Kept) => {}
                Some(Rewrite::Division) => {
                    self.in_line = false;
                    written = "div";
                }
                Some(Rewrite::Removed) | None => return,
            }
        }
        self.html.push_str("</");
        self.html.push_str(written);
        self.html.push('>');
    }
}

/// `<center>` is a block that extractors do not know.
fn division(name: &str) -> &str {
    if name.eq_ignore_ascii_case("center") { "div" } else { name }
}

/// Elements within a line that extractors look at and that they do not end a line at.
const KEPT_IN_LINES: [&str; 9] = ["a", "b", "br", "em", "i", "img", "span", "strong", "textarea"];

/// Elements without text and without a closing tag.
const VOID_WITHOUT_TEXT: [&str; 5] = ["area", "embed", "input", "source", "track"];

/// Other elements of the phrasing content of HTML.
const PHRASING: [&str; 29] = [
    "abbr", "acronym", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "font", "ins", "kbd", "label",
    "mark", "meter", "output", "progress", "q", "s", "samp", "small", "strike", "sub", "sup", "time", "tt", "u", "var",
];

/// Elements whose tags are removed everywhere.
const NEVER_BLOCKS: [&str; 24] = [
    "wbr",
    "nobr",
    "ruby",
    "rb",
    "slot",
    "template",
    "math",
    "semantics",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mrow",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "munder",
    "mover",
    "mspace",
];

/// Blocks whose content is a line of text.
const LINES: [&str; 14] =
    ["p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "summary", "figcaption"];

/// Blocks of HTML.
const BLOCKS: [&str; 64] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "map",
    "menu",
    "menuitem",
    "nav",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
];

const HEAD: &str = "<!DOCTYPE html><html><head><title>-</title><meta property=og:title content=-><meta property=og:type \
content=-><meta property=og:url content=\"https://page.example/-\"><meta property=og:site_name content=-><meta \
property=og:description content=-><meta property=og:image content=\"https://page.example/-\"><meta property=og:author \
content=Nobody><meta name=author content=Nobody><meta property=article:section content=-><meta name=keywords \
content=-></head>";

/// Elements that are removed with their content, which has no tags.
const GONE: [&str; 6] = ["script", "style", "noscript", "iframe", "title", "noembed"];
/// Elements that are removed without their content: the page gets a new head.
const HEADS: [&str; 5] = ["head", "meta", "link", "base", "html"];
/// Attributes that extractors look at.
const KEPT: [&str; 18] = [
    "class",
    "id",
    "itemprop",
    "itemtype",
    "role",
    "href",
    "style",
    "lang",
    "rel",
    "type",
    "name",
    "property",
    "hidden",
    "aria-hidden",
    "data-component",
    "data-testid",
    "colspan",
    "open",
];

fn open(slim: &mut String, tag: &Tag<'_>, name: &str) {
    slim.push('<');
    slim.push_str(name);
    for (name, value) in tag.attributes().filter(|(name, _)| is_one_of(name, &KEPT)) {
        let quote = if value.contains('"') { '\'' } else { '"' };
        if value.contains(quote) {
            continue;
        }
        slim.push(' ');
        slim.push_str(name);
        slim.push('=');
        slim.push(quote);
        slim.push_str(value);
        slim.push(quote);
    }
    if tag.written().ends_with('/') {
        slim.push('/');
    }
    slim.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_extractors_look_at_is_left() {
        for (html, expected) in [
            ("<html><head><title>A</title><meta x></head><body class=b>c</body></html>", "<body class=\"b\">c</body>"),
            ("<p onclick='x' id='a\"b'>t<script>if (a<b)</script>u<!-- v --></p>", "<p id='a\"b'>tu</p>"),
            ("<img src=x class=y /><br>", "<img class=\"y\"/><br>"),
            ("<textarea>a<b</textarea>c", "<textarea>a<b</textarea>c"),
            ("<noscript><p>a</noscript>b", "b"),
            ("<p>a<wbr>b <nobr>c</nobr> <time>d</time> <x-y>e</x-y><o:p>f</o:p></p>", "<p>ab c d ef</p>"),
            ("<x-y class=z>a</x-y><center>b</center>", "<div class=\"z\">a</div><div>b</div>"),
            ("<p><ruby>a<rp>(</rp><rt>b<rp>)</rp></ruby>c<svg><path/></svg>d</p>", "<p>acd</p>"),
        ] {
            assert_eq!(slim(html).strip_prefix(HEAD), Some(expected), "{html}");
        }
    }
}
