//! Elements that a reader of the page does not see: hidden ones, and those without readable text.

use super::super::tags::{HtmlToken, Tag, is_one_of};

/// An element that is skipped with its content.
#[derive(Debug)]
pub(super) struct SkippedElement<'h> {
    name: &'h str,
    /// How a missing closing tag is made up for.
    end: ImpliedEnd,
    /// Open elements inside it with the same name, or open lists and tables inside it.
    nesting: usize,
}

/// What ends an element without its closing tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImpliedEnd {
    /// Nothing.
    Never,
    /// Any block: `<p>`, and `<svg>`, which a parser leaves at a block.
    Block,
    /// The next element of the same name, or the end of the list or table.
    Sibling,
    /// The next part of the ruby, or its end.
    Ruby,
}

/// Where a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SkipReach {
    /// Inside the skipped element.
    Inside,
    /// The token closes the skipped element.
    LastToken,
    /// The skipped element ended before the token.
    Ended,
}

/// The element that the tag opens, if a reader does not see it.
pub(super) fn skipped<'h>(tag: &Tag<'h>) -> Option<SkippedElement<'h>> {
    let name = tag.name;
    if is_one_of(name, &VOID) || is_one_of(name, &WHOLE_PAGES) {
        return None;
    }
    let is_foreign = is_one_of(name, &["svg", "annotation"]);
    if is_foreign && tag.written().ends_with('/') {
        return None;
    }
    if !is_unreadable(tag) && !is_hidden(tag) {
        return None;
    }
    let end = if is_one_of(name, &["p", "svg"]) {
        ImpliedEnd::Block
    } else if is_one_of(name, &["li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot"]) {
        ImpliedEnd::Sibling
    } else if is_one_of(name, &["rt", "rp"]) {
        ImpliedEnd::Ruby
    } else {
        ImpliedEnd::Never
    };
    Some(SkippedElement { name, end, nesting: 0 })
}

/// Has the element no text, or text that is not part of the line: readings, controls, fallbacks of recordings?
fn is_unreadable(tag: &Tag<'_>) -> bool {
    const UNREADABLE: [&str; 20] = [
        "rt",
        "rp",
        "rtc",
        "svg",
        "annotation",
        "canvas",
        "audio",
        "video",
        "object",
        "applet",
        "datalist",
        "select",
        "button",
        "map",
        "picture",
        "amp-ad",
        "amp-sidebar",
        "amp-consent",
        "amp-user-notification",
        "amp-embed",
    ];
    if tag.is("template") {
        // A template with a shadow root is shown.
        return tag.get("shadowrootmode").is_none();
    }
    if tag.is("dialog") {
        return tag.get("open").is_none();
    }
    is_one_of(tag.name, &UNREADABLE)
}

/// Does a browser not show the element, or only a reader of screens?
fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes().any(|(name, value)| {
        if name.eq_ignore_ascii_case("hidden") {
            return true;
        }
        if name.eq_ignore_ascii_case("aria-hidden") {
            return value.trim().eq_ignore_ascii_case("true");
        }
        if name.eq_ignore_ascii_case("style") {
            return is_hiding_style(value);
        }
        name.eq_ignore_ascii_case("class")
            && value.split_ascii_whitespace().any(|class| is_one_of(class, &HIDING_CLASSES))
    })
}

fn is_hiding_style(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    style.split(';').any(|rule| {
        let rule = rule.strip_suffix("!important").unwrap_or(rule);
        matches!(rule, "display:none" | "visibility:hidden" | "visibility:collapse")
    })
}

/// Classes of the common style sheets for text that only readers of screens see, and of advertisements.
const HIDING_CLASSES: [&str; 20] = [
    "sr-only",
    "sronly",
    "visually-hidden",
    "visuallyhidden",
    "visually-hidden-focusable",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader",
    "screenreader-only",
    "u-visually-hidden",
    "u-hidden-visually",
    "element-invisible",
    "a11y-hidden",
    "hidden-visually",
    "is-visually-hidden",
    "ad",
    "ads",
    "advert",
    "advertisement",
    "adsbygoogle",
];

/// Elements that hold the whole page: a script shows them later.
const WHOLE_PAGES: [&str; 4] = ["html", "body", "main", "article"];

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Blocks that end a paragraph.
const ENDS_PARAGRAPH: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "body",
];

/// Elements that hold elements with [`ImpliedEnd::Sibling`].
const CONTAINERS: [&str; 6] = ["ul", "ol", "menu", "dir", "dl", "table"];

impl SkippedElement<'_> {
    /// Where the next token is.
    pub(super) fn follow(&mut self, token: &HtmlToken<'_>) -> SkipReach {
        match token {
            HtmlToken::Open(tag) => self.open(tag),
            HtmlToken::Close(name) => self.close(name),
            HtmlToken::Text(_) | HtmlToken::Raw(_) => SkipReach::Inside,
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> SkipReach {
        let is_same = tag.is(self.name);
        let ends = match self.end {
            ImpliedEnd::Never => {
                self.nesting += usize::from(is_same);
                false
            }
            ImpliedEnd::Block => is_one_of(tag.name, &ENDS_PARAGRAPH),
            ImpliedEnd::Sibling => {
                self.nesting += usize::from(is_one_of(tag.name, &CONTAINERS));
                is_same && self.nesting == 0
            }
            ImpliedEnd::Ruby => is_one_of(tag.name, &["rt", "rp", "rb", "rtc"]),
        };
        if ends { SkipReach::Ended } else { SkipReach::Inside }
    }

    fn close(&mut self, name: &str) -> SkipReach {
        let is_same = name.eq_ignore_ascii_case(self.name);
        match self.end {
            ImpliedEnd::Sibling if is_one_of(name, &CONTAINERS) => {
                if self.nesting == 0 {
                    return SkipReach::Ended;
                }
                self.nesting -= 1;
                SkipReach::Inside
            }
            _ if is_same && self.nesting == 0 => SkipReach::LastToken,
            ImpliedEnd::Never if is_same => {
                self.nesting -= 1;
                SkipReach::Inside
            }
            ImpliedEnd::Block if is_one_of(name, &ENDS_PARAGRAPH) => SkipReach::Ended,
            ImpliedEnd::Ruby if name.eq_ignore_ascii_case("ruby") => SkipReach::Ended,
            _ => SkipReach::Inside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tags::tokens;
    use super::*;

    #[test]
    fn elements_that_no_reader_sees() {
        for (html, expected) in [
            ("<p hidden>", true),
            ("<div style='DISPLAY : none'>", true),
            ("<div style='color:red; visibility:hidden !important'>", true),
            ("<div style='overflow:hidden'>", false),
            ("<span aria-hidden=true>", true),
            ("<span aria-hidden=false>", false),
            ("<span class='a sr-only'>", true),
            ("<div class=hidden-gems>", false),
            ("<template>", true),
            ("<template shadowrootmode=open>", false),
            ("<dialog>", true),
            ("<dialog open>", false),
            ("<svg/>", false),
            ("<body hidden>", false),
            ("<img hidden>", false),
        ] {
            let Some(HtmlToken::Open(tag)) = tokens(html).next() else { panic!("{html}") };
            assert_eq!(skipped(&tag).is_some(), expected, "{html}");
        }
    }
}
