//! How deep a page nests and how many elements a parser would make of it, measured on its tags alone. Parsers of HTML
//! need time and memory in proportion to depth times size, so a page above these limits must not reach them.

use super::super::fault::Fault;
use super::super::tags::{Tag, is_one_of};
use morgue_article::SkipReason;

/// A page nested deeper is not parsed. Browsers stop at 512.
pub(super) const MAX_DEPTH: usize = 512;
/// A page with more elements is not parsed. The largest live blogs have some ten thousand.
const MAX_ELEMENTS: usize = 60_000;
/// Limit of the sum of all elements' depths, because extractors walk up and down the tree. News pages stay below a
/// million.
const MAX_LEVELS: usize = 3_000_000;
/// Limit of open formatting elements (`<b>`, `<font>`). A parser repeats them in each paragraph, so a hundred is a
/// bomb.
const MAX_FORMATTING: usize = 100;

/// Follows the tags of a page and keeps the open elements.
#[derive(Debug, Default)]
pub(super) struct Depth {
    open: Vec<u64>,
    formatting: Vec<(u64, u64)>,
    elements: usize,
    levels: usize,
}

impl Depth {
    /// Opens an element.
    pub(super) fn open(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        let name = key(tag.name);
        self.elements += 1;
        if is_one_of(tag.name, &VOID) {
            return self.check();
        }
        if is_one_of(tag.name, &FORMATTING) {
            if tag.is("a") {
                self.formatting.retain(|open| open.0 != name);
            }
            let element = (name, digest(tag.written()));
            // A parser keeps at most three equal ones.
            if self.formatting.iter().filter(|open| **open == element).count() < 3 {
                self.formatting.push(element);
            }
        } else {
            self.elements += self.formatting.len();
            self.close_implied(tag);
        }
        self.open.push(name);
        self.levels += self.open.len();
        self.check()
    }

    /// Closes an element.
    pub(super) fn close(&mut self, tag_name: &str) {
        let name = key(tag_name);
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.open.truncate(at);
        }
        if let Some(at) = self.formatting.iter().rposition(|open| open.0 == name) {
            self.formatting.remove(at);
        }
    }

    /// Closes what a tag closes implicitly: `<li>` closes the `<li>` before it, and so on.
    fn close_implied(&mut self, tag: &Tag<'_>) {
        let Some((_, ends)) = IMPLIED.iter().find(|(names, _)| is_one_of(tag.name, names)) else { return };
        let ends = |open: u64| ends.iter().any(|name| key(name) == open);
        let holds = |open: u64| HOLDERS.iter().any(|name| key(name) == open);
        // The element is at most a few levels up: only formatting elements are between.
        let near = self.open.iter().enumerate().rev().take(8).take_while(|(_, open)| !holds(**open));
        let at = near.filter(|(_, open)| ends(**open)).map(|(at, _)| at).next();
        if let Some(at) = at {
            self.open.truncate(at);
        }
    }

    fn check(&self) -> Result<(), Fault> {
        if self.open.len() > MAX_DEPTH || self.formatting.len() > MAX_FORMATTING {
            return Err(Fault::new(SkipReason::TooDeep, format!("elements nested more than {MAX_DEPTH} deep")));
        }
        if self.elements > MAX_ELEMENTS || self.levels > MAX_LEVELS {
            let detail = format!("a page of more than {MAX_ELEMENTS} elements, or of as many levels");
            return Err(Fault::new(SkipReason::TooLarge, detail));
        }
        Ok(())
    }
}

/// Elements without content.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame",
];

const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements, and the elements that they close implicitly.
const IMPLIED: [(&[&str], &[&str]); 6] = [
    (
        &["p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "hr", "blockquote", "pre"],
        &["p"],
    ),
    (&["li"], &["li"]),
    (&["dt", "dd"], &["dt", "dd"]),
    (&["option"], &["option"]),
    (&["td", "th"], &["td", "th"]),
    (&["tr"], &["tr"]),
];

/// An element in one of these does not close elements outside it.
const HOLDERS: [&str; 5] = ["ul", "ol", "dl", "table", "select"];

/// A key of a name in any case: its first seven letters and its length.
fn key(name: &str) -> u64 {
    let first = name.bytes().take(7).fold(0, |key, byte| key << 8 | u64::from(byte.to_ascii_lowercase()));
    first << 8 | (name.len() as u64 & 0xff)
}

fn digest(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::super::tags::{HtmlToken, tokens};
    use super::*;

    fn judge(html: &str) -> Result<usize, SkipReason> {
        let mut depth = Depth::default();
        let mut deepest = 0;
        for token in tokens(html) {
            match token {
                HtmlToken::Open(tag) => depth.open(&tag).map_err(|fault| fault.reason)?,
                HtmlToken::Close(name) => depth.close(name),
                _ => {}
            }
            deepest = deepest.max(depth.open.len());
        }
        Ok(deepest)
    }

    #[test]
    fn depth_counts_implicit_closing_tags() {
        for (html, deepest) in [
            ("<div><p>a</p><p>b<b>c</b></p></div>", 3),
            ("<p>a<p>b<p>c<p>d", 1),
            ("<ul><li>a<li>b<li><ul><li>c<li>d</ul></ul>", 4),
            ("<table><tr><td>a<td>b<tr><td>c</table>", 3),
            ("<br><img><br>", 0),
            ("</div></div><p>", 1),
        ] {
            assert_eq!(judge(html), Ok(deepest), "{html}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        assert_eq!(judge(&"<div>".repeat(1_000_000)), Err(SkipReason::TooDeep));
        assert_eq!(judge(&"<span><b>".repeat(1_000_000)), Err(SkipReason::TooDeep));
        let fonts: String = (0..1000).map(|n| format!("<p><font size={n}>a")).collect();
        assert_eq!(judge(&fonts), Err(SkipReason::TooDeep));
        let fonts: String = (0..90).map(|n| format!("<p><font size={n}>a")).collect();
        assert_eq!(judge(&(fonts + &"<p>a".repeat(100_000))), Err(SkipReason::TooLarge));
        let towers = format!("{}{}", "<div>".repeat(500), "</div>".repeat(500)).repeat(100);
        assert_eq!(judge(&towers), Err(SkipReason::TooLarge));
        assert_eq!(judge(&"<p><b>a".repeat(10_000)).map(|_| ()), Ok(()));
    }
}
