//! A page cut into tags and text, in one pass without a tree: enough to read metadata and to judge how deep a page
//! nests before a parser that builds trees sees it. It never fails and takes time in proportion to the bytes.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// One piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// An opening tag.
    Open(Tag<'h>),
    /// The name in a closing tag.
    Close(&'h str),
    /// Text between tags, character references as they stand.
    Text(&'h str),
    /// What stands between `<script>`, `<style>` and the like and the tag that closes it.
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

/// Elements whose content is no markup.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes"];

/// The pieces of a page, in order.
pub(super) struct Scan<'h> {
    html: &'h str,
    at: usize,
    raw: Option<&'static str>,
}

/// Cuts a page.
pub(super) fn scan(html: &str) -> Scan<'_> {
    Scan { html, at: 0, raw: None }
}

impl<'h> Iterator for Scan<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        if let Some(name) = self.raw.take() {
            let start = self.at;
            self.at = start + end_of_raw(&self.html[start..], name);
            return Some(Piece::Raw(&self.html[start..self.at]));
        }
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            if !rest.starts_with('<') {
                return Some(self.text(0));
            }
            match rest.as_bytes().get(1) {
                Some(byte) if byte.is_ascii_alphabetic() => return Some(self.open(rest)),
                Some(b'/') => match rest.as_bytes().get(2) {
                    Some(byte) if byte.is_ascii_alphabetic() => {
                        let name = name_at(&rest[2..]);
                        self.at += 2 + name.len() + end_of_tag(&rest[2 + name.len()..]);
                        return Some(Piece::Close(name));
                    }
                    _ => self.at += memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1),
                },
                Some(b'!' | b'?') => self.at += end_of_comment(rest),
                _ => return Some(self.text(1)),
            }
        }
        None
    }
}

impl<'h> Scan<'h> {
    /// The byte that the next piece begins at.
    #[cfg(test)]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn text(&mut self, from: usize) -> Piece<'h> {
        let rest = &self.html[self.at..];
        let len = memchr(b'<', &rest.as_bytes()[from..]).map_or(rest.len(), |end| from + end);
        self.at += len;
        Piece::Text(&rest[..len])
    }

    fn open(&mut self, rest: &'h str) -> Piece<'h> {
        let name = name_at(&rest[1..]);
        let after = 1 + name.len();
        let len = end_of_tag(&rest[after..]);
        self.at += after + len;
        self.raw = RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        let attributes = &rest[after..after + len];
        Piece::Open(Tag { name, rest: attributes.strip_suffix('>').unwrap_or(attributes) })
    }
}

impl<'h> Tag<'h> {
    /// Is this its name?
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The first attribute of that name, its character references resolved.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'h, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| unescape(value))
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

/// Character references in an attribute's value resolved.
pub(super) fn unescape(value: &str) -> Cow<'_, str> {
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

fn name_at(text: &str) -> &str {
    let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>';
    &text[..text.bytes().position(ends).unwrap_or(text.len())]
}

/// The name that a text begins with; at least one character, so that reading goes on.
fn attribute_name(text: &str) -> &str {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
    let first = text.chars().next().map_or(0, char::len_utf8);
    &text[..text[first..].find(ends).map_or(text.len(), |end| first + end)]
}

/// Bytes up to and with the `>` that ends a tag; a `>` in a quoted value does not.
fn end_of_tag(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut after_equals = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at + 1,
            quote @ (b'"' | b'\'') if after_equals => {
                at += 1 + memchr(quote, &bytes[at + 1..]).unwrap_or(bytes.len() - at - 1);
                after_equals = false;
            }
            b'=' => after_equals = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    bytes.len()
}

/// Bytes of the comment, declaration or instruction that a text begins with.
fn end_of_comment(text: &str) -> usize {
    if text.starts_with("<!-->") || text.starts_with("<!--->") {
        return memchr(b'>', text.as_bytes()).map_or(text.len(), |end| end + 1);
    }
    if let Some(comment) = text.strip_prefix("<!--") {
        return memmem::find(comment.as_bytes(), b"-->").map_or(text.len(), |end| 4 + end + 3);
    }
    memchr(b'>', text.as_bytes()).map_or(text.len(), |end| end + 1)
}

/// Bytes before the tag that closes an element without markup.
fn end_of_raw(text: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        let after = &text.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            && after.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    memmem::find_iter(text.as_bytes(), b"</").find(closes).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(html: &str) -> String {
        scan(html)
            .map(|piece| match piece {
                Piece::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("({})", [vec![tag.name.to_owned()], attributes].concat().join(" "))
                }
                Piece::Close(name) => format!("(/{name})"),
                Piece::Text(text) => format!("'{text}'"),
                Piece::Raw(text) => format!("[{text}]"),
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
            assert_eq!(pieces(html), expected, "{html}");
        }
    }

    #[test]
    fn references_in_attributes() {
        let html = "<meta content='A &amp; B &quot;C&quot;' Name=x>";
        let Some(Piece::Open(tag)) = scan(html).next() else { panic!() };
        assert_eq!(tag.get("content").as_deref(), Some("A & B \"C\""));
        assert_eq!(tag.get("name").as_deref(), Some("x"));
        assert_eq!(tag.get("property"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_passed_to_its_end(html in "(<|>|/|!|-|=|\"|'|&|[a-c ]|é|script|title|<!--|-->){0,40}") {
            let mut scan = scan(&html);
            let mut last = 0;
            while scan.next().is_some() {
                prop_assert!(scan.position() >= last);
                last = scan.position();
            }
            prop_assert_eq!(scan.position(), html.len());
            pieces(&html);
        }
    }
}
