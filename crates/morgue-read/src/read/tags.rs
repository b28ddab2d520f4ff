//! The tokenizer of HTML: tags and text, in one pass and without a tree. Pages ([`tokens`]) and fragments of markup in
//! fields of other formats ([`fragment`]) are read with it. It never fails, and its time is linear in the bytes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

/// One token of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlToken<'h> {
    /// An opening tag.
    Open(Tag<'h>),
    /// The name in a closing tag.
    Close(&'h str),
    /// Text between tags, with its character references unresolved.
    Text(&'h str),
    /// The content of an element of [`RAW`], up to its closing tag.
    Raw(&'h str),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// The name as written.
    pub(super) name: &'h str,
    /// Everything after the name, without the `>`.
    rest: &'h str,
}

/// Elements whose content has no tags: it is one token.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes"];

/// Elements whose content is not text for a reader.
const SILENT: [&str; 6] = ["script", "style", "noscript", "template", "svg", "iframe"];

/// Is the content of the element not text for a reader?
pub(super) fn is_silent(name: &str) -> bool {
    is_one_of(name, &SILENT)
}

/// Is the name one of `names`, in any case?
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The tokens of a page or of a fragment, in order.
pub(super) struct HtmlTokens<'h> {
    html: &'h str,
    /// The byte that the next token begins at.
    at: usize,
    /// The element of [`RAW`] whose opening tag was the last token.
    raw: Option<&'static str>,
    is_fragment: bool,
}

/// Tokenizes a page as browsers do: a tag without an end runs to the end of the page.
pub(super) fn tokens(html: &str) -> HtmlTokens<'_> {
    HtmlTokens { html, at: 0, raw: None, is_fragment: false }
}

/// Tokenizes a fragment, which may be plain text with a `<` in it: a tag without a `>` is text, and a quote that is never
/// closed does not hide the `>`. CDATA is text. There are no [`HtmlToken::Raw`] tokens.
pub(super) fn fragment(html: &str) -> HtmlTokens<'_> {
    HtmlTokens { is_fragment: true, ..tokens(html) }
}

impl<'h> Iterator for HtmlTokens<'h> {
    type Item = HtmlToken<'h>;

    fn next(&mut self) -> Option<HtmlToken<'h>> {
        if let Some(name) = self.raw.take() {
            let start = self.at;
            self.at = closing_tag(self.rest(), name).map_or(self.html.len(), |closing| start + closing.start);
            return Some(HtmlToken::Raw(&self.html[start..self.at]));
        }
        while self.at < self.html.len() {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            if bytes[0] != b'<' {
                return Some(self.text(0));
            }
            if self.is_fragment
                && let Some(data) = rest.strip_prefix("<![CDATA[")
            {
                let end = data.find("]]>");
                self.at = end.map_or(self.html.len(), |end| self.at + "<![CDATA[".len() + end + "]]>".len());
                return Some(HtmlToken::Text(&data[..end.unwrap_or(data.len())]));
            }
            let (start, name) = match bytes.get(1) {
                Some(byte) if byte.is_ascii_alphabetic() => (1, name_at(&rest[1..])),
                Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => (2, name_at(&rest[2..])),
                Some(b'!' | b'?' | b'/') => (1, ""),
                _ => return Some(self.text(1)),
            };
            let after_name = start + name.len();
            let end = if name.is_empty() { comment_end(rest) } else { self.tag_end(rest, after_name) };
            let Some(len) = end.or_else(|| self.length_without_end(rest)) else {
                self.at = self.html.len();
                return Some(HtmlToken::Text(rest));
            };
            self.at += len;
            if name.is_empty() {
                continue;
            }
            if bytes[1] == b'/' {
                return Some(HtmlToken::Close(name));
            }
            if !self.is_fragment {
                self.raw = RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
            }
            let attributes = &rest[after_name..len];
            return Some(HtmlToken::Open(Tag { name, rest: attributes.strip_suffix('>').unwrap_or(attributes) }));
        }
        None
    }
}

impl<'h> HtmlTokens<'h> {
    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'h str {
        &self.html[self.at..]
    }

    /// Skips that number of bytes of the rest.
    pub(super) fn skip_bytes(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Text up to the next `<` that is at or after the byte `from` of the rest.
    fn text(&mut self, from: usize) -> HtmlToken<'h> {
        let rest = self.rest();
        let len = memchr(b'<', &rest.as_bytes()[from..]).map_or(rest.len(), |end| from + end);
        self.at += len;
        HtmlToken::Text(&rest[..len])
    }

    /// Bytes of the tag that `rest` begins with and whose name ends at `after_name`.
    fn tag_end(&self, rest: &str, after_name: usize) -> Option<usize> {
        let first_end = || if self.is_fragment { memchr(b'>', rest.as_bytes()).map(|end| end + 1) } else { None };
        tag_end(&rest[after_name..]).map(|end| after_name + end).or_else(first_end)
    }

    /// Bytes of a tag or a comment that never ends; `None` if it is text.
    fn length_without_end(&self, rest: &str) -> Option<usize> {
        let is_text = self.is_fragment && !rest.starts_with("<!--");
        if is_text { None } else { Some(rest.len()) }
    }
}

impl<'h> Tag<'h> {
    /// Is this its name?
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The first attribute of that name, its character references resolved.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| unescape_value(value))
    }

    /// Everything after the name, as written.
    pub(super) fn written(&self) -> &'h str {
        self.rest
    }

    /// Names and values as written, without quotes.
    pub(super) fn attributes(&self) -> Attributes<'h> {
        Attributes { rest: self.rest }
    }
}

/// An attribute's value with its character references resolved.
pub(super) fn unescape_value(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() { Cow::Borrowed(value) } else { htmlize::unescape_attribute(value) }
}

/// Attributes of a tag.
pub(super) struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<(&'h str, &'h str)> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name = attribute_name(rest);
        let after = rest[name.len()..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = memchr(quote, &value.as_bytes()[1..]).map_or(value.len(), |end| end + 1);
                (&value[1..end], value.get(end + 1..).unwrap_or_default())
            }
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The name of a tag that a text begins with.
pub(super) fn name_at(text: &str) -> &str {
    let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>';
    &text[..text.bytes().position(ends).unwrap_or(text.len())]
}

/// The name of the attribute that a text begins with; at least one character, so that reading goes on.
fn attribute_name(text: &str) -> &str {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
    let first = text.chars().next().map_or(0, char::len_utf8);
    &text[..text[first..].find(ends).map_or(text.len(), |end| first + end)]
}

/// Bytes up to and with the `>` that ends a tag; a `>` in a quoted value does not.
fn tag_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut after_equals = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote @ (b'"' | b'\'') if after_equals => {
                at += 1 + memchr(quote, &bytes[at + 1..])?;
                after_equals = false;
            }
            b'=' => after_equals = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    None
}

/// Bytes of the comment, declaration or instruction that a text begins with.
fn comment_end(text: &str) -> Option<usize> {
    match text.strip_prefix("<!--") {
        Some(comment) if !comment.starts_with(['>']) && !comment.starts_with("->") => {
            memmem::find(comment.as_bytes(), b"-->").map(|end| "<!--".len() + end + "-->".len())
        }
        _ => memchr(b'>', text.as_bytes()).map(|end| end + 1),
    }
}

/// The bytes of the first tag that closes the element `name`.
pub(super) fn closing_tag(text: &str, name: &str) -> Option<Range<usize>> {
    let closes = |at: &usize| {
        let after = &text.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            && after.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    let start = memmem::find_iter(text.as_bytes(), b"</").find(closes)?;
    Some(start..text[start..].find('>').map_or(text.len(), |end| start + end + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(html: &str) -> String {
        tokens(html)
            .map(|token| match token {
                HtmlToken::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("({})", [vec![tag.name.to_owned()], attributes].concat().join(" "))
                }
                HtmlToken::Close(name) => format!("(/{name})"),
                HtmlToken::Text(text) => format!("'{text}'"),
                HtmlToken::Raw(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn tags_and_text() {
        for (html, expected) in [
            ("a<b>c</b>d", "'a'(b)'c'(/b)'d'"),
            ("<a href=x title='>' rel = \"y z\">t</a >", "(a href=x title=> rel=y z)'t'(/a)"),
            ("<br/><input disabled>", "(br)(input disabled=)"),
            ("<!doctype html><!-- <p> --><p>", "(p)"),
            ("<script>if (a<b) '</p>'</script>x", "(script)[if (a<b) '</p>'](/script)'x'"),
            ("<title>A & B</TITLE>", "(title)[A & B](/TITLE)"),
            ("1 < 2 <3", "'1 ''< 2 ''<3'"),
            ("<p", "(p)"),
            ("<p title=\"never closed>x", "(p title=never closed>x)"),
            ("<!-- never closed <p>", ""),
            ("<a b=it's c>", "(a b=it's c=)"),
            ("<a =x>", "(a =x=)"),
        ] {
            assert_eq!(written(html), expected, "{html}");
        }
    }

    #[test]
    fn references_in_attributes() {
        let html = "<meta content='A &amp; B &quot;C&quot;' Name=x>";
        let Some(HtmlToken::Open(tag)) = tokens(html).next() else { panic!() };
        assert_eq!(tag.get("content").as_deref(), Some("A & B \"C\""));
        assert_eq!(tag.get("name").as_deref(), Some("x"));
        assert_eq!(tag.get("property"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(html in "(<|>|/|!|-|=|\"|'|&|[a-c ]|é|script|title|<!--|-->){0,40}") {
            for mut tokens in [tokens(&html), fragment(&html)] {
                let mut last = 0;
                while tokens.next().is_some() {
                    prop_assert!(tokens.at >= last);
                    last = tokens.at;
                }
                prop_assert_eq!(tokens.at, html.len());
            }
            written(&html);
        }
    }
}
