//! Fragments of HTML, as fields of feeds and exports hold them -> text with a blank line between paragraphs. For whole
//! pages, with furniture to be told from story, there is the reader of pages.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use memchr::memchr;
use rustc_hash::FxHashMap;

use morgue_article::RawCaption;

/// Elements that part paragraphs.
const BLOCKS: [&str; 32] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "hr",
    "dl",
    "dt",
    "dd",
    "aside",
    "main",
    "nav",
    "address",
    "tbody",
    "center",
];

/// Elements of running text; with [`BLOCKS`] what tells markup from a text that holds a `<`.
const INLINES: [&str; 22] = [
    "a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "img", "small", "font", "code", "cite", "q", "s", "abbr",
    "iframe", "script", "style", "td", "th",
];

/// Longer figures and captions are none. Bytes.
const LONGEST_FIGURE: usize = 16 << 10;

/// After so many figures and captions that have no end or no text, none are looked for.
const MOST_FIGURES: usize = 1000;

/// Elements whose content is no text.
const SILENT: [&str; 6] = ["script", "style", "noscript", "template", "svg", "iframe"];

/// A field's text as it is, or without its markup if it has any; texts of pictures go to `captions`.
pub(super) fn text_if_markup(text: String, captions: &mut Vec<RawCaption>) -> String {
    if is_markup(&text) { self::text(&text, captions) } else { text }
}

/// The same for a field of one line.
pub(super) fn line_if_markup(text: String) -> String {
    if !is_markup(&text) && !text.contains('&') {
        return text;
    }
    let plain = if is_markup(&text) { self::text(&text, &mut Vec::new()) } else { unescape(&text).into_owned() };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Character references (`&eacute;`, `&#8217;`) as characters.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() { Cow::Borrowed(text) } else { htmlize::unescape(text) }
}

fn is_markup(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let name = tag_name(&text[at + 1..]);
        !name.is_empty() && (is_one_of(name, &BLOCKS) || is_one_of(name, &INLINES)) && text[at..].contains('>')
    })
}

/// Whether an element parts paragraphs.
pub(super) fn is_block(name: &str) -> bool {
    is_one_of(name, &BLOCKS)
}

/// Whether an element's content is no text.
pub(super) fn is_silent(name: &str) -> bool {
    is_one_of(name, &SILENT)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The name of the tag whose `<` has been passed, opening or closing.
fn tag_name(after: &str) -> &str {
    let after = after.strip_prefix('/').unwrap_or(after);
    let end = after.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(after.len());
    &after[..end]
}

/// The text of a fragment.
pub(super) fn text(html: &str, captions: &mut Vec<RawCaption>) -> String {
    write(html, Writer::default(), Some(captions))
}

/// The text of a fragment in which the ends of lines are kept.
pub(super) fn text_of_lines(html: &str, captions: &mut Vec<RawCaption>) -> String {
    write(html, Writer { keeps_lines: true, ..Writer::default() }, Some(captions))
}

/// Without a place for captions they are text: so it is in captions.
fn write(html: &str, mut writer: Writer, mut captions: Option<&mut Vec<RawCaption>>) -> String {
    let mut rest = html;
    let mut without_caption = 0;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        writer.words(&unescape(&rest[..open]));
        let tag = &rest[open..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if let Some(cdata) = tag.strip_prefix("<![CDATA[") {
            let end = cdata.find("]]>");
            writer.words(&unescape(&cdata[..end.unwrap_or(cdata.len())]));
            rest = end.map_or("", |end| &cdata[end + 3..]);
            continue;
        }
        let name = tag_name(&tag[1..]);
        let is_tag = !name.is_empty() || tag[1..].starts_with(['!', '?', '/']);
        if !is_tag {
            writer.words("<");
            rest = &tag[1..];
            continue;
        }
        let Some(end) = tag_end(tag) else {
            // Nothing after it ends a tag, either.
            rest = tag;
            break;
        };
        let opens = !tag.starts_with("</");
        rest = &tag[end..];
        if opens && is_one_of(name, &SILENT) {
            rest = after_close(rest, name);
        } else {
            writer.tag(name, opens);
            if opens
                && is_one_of(name, &["figure", "figcaption"])
                && let Some(captions) = captions.as_deref_mut().filter(|_| without_caption < MOST_FIGURES)
            {
                match take_caption(rest, name, captions) {
                    Some(after) => rest = after,
                    None => without_caption += 1,
                }
            }
        }
    }
    writer.words(&unescape(rest));
    writer.finish()
}

/// Takes a caption, or a figure that is a picture with one; its tag has been passed. Gives what stands after it.
fn take_caption<'t>(text: &'t str, name: &str, captions: &mut Vec<RawCaption>) -> Option<&'t str> {
    let (at, end) = close_of(&text[..text.floor_char_boundary(LONGEST_FIGURE)], name)?;
    let inner = &text[..at];
    if name.eq_ignore_ascii_case("figcaption") {
        push_caption(inner, "", captions);
    } else {
        // Tables and quotations stand in figures as well.
        let (before, caption) = inner.split_once("<figcaption").filter(|_| inner.contains("<img"))?;
        let (caption, behind) = until_close(caption.split_once('>').map_or("", |(_, text)| text), "figcaption");
        push_caption(caption, &format!("{before} {behind}"), captions);
    }
    Some(&text[end..])
}

/// Adds the text of a picture. What else stands in its figure in a few words is its credit.
fn push_caption(caption: &str, around: &str, captions: &mut Vec<RawCaption>) {
    let text = |html: &str| write(html, Writer::default(), None);
    let line = |html: &str| text(html).split_whitespace().collect::<Vec<_>>().join(" ");
    let (caption, credit) = (line(caption), line(around));
    if !caption.is_empty() {
        let credit = Some(credit).filter(|credit| !credit.is_empty() && credit.len() <= 80);
        captions.push(RawCaption { text: caption, credit });
    }
}

/// The byte after the `>` of the tag at hand; one in a quoted attribute does not count.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if byte == open => quote = None,
            _ => {}
        }
        if byte != b' ' {
            before = byte;
        }
    }
    memchr(b'>', tag.as_bytes()).map(|at| at + 1)
}

/// Where the tag that closes `name` begins and ends.
fn close_of(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut closing = text.match_indices("</").map(|(at, _)| at);
    let at = closing.find(|at| tag_name(&text[at + 1..]).eq_ignore_ascii_case(name))?;
    Some((at, text[at..].find('>').map_or(text.len(), |end| at + end + 1)))
}

/// What stands before and after the tag that closes `name`.
fn until_close<'t>(text: &'t str, name: &str) -> (&'t str, &'t str) {
    close_of(text, name).map_or((text, ""), |(at, end)| (&text[..at], &text[end..]))
}

fn after_close<'t>(text: &'t str, name: &str) -> &'t str {
    until_close(text, name).1
}

/// Drops captions that were there before: of one picture in several places. A credit that only the later has is kept.
pub(super) fn drop_repeated(captions: &mut Vec<RawCaption>) {
    let mut places = FxHashMap::default();
    let mut kept: Vec<RawCaption> = Vec::with_capacity(captions.len());
    for caption in captions.drain(..) {
        match places.entry(caption.text.trim().to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(caption);
            }
            Entry::Occupied(entry) => {
                let known = &mut kept[*entry.get()];
                known.credit = known.credit.take().or(caption.credit);
            }
        }
    }
    *captions = kept;
}

/// Words with single blanks, paragraphs with a blank line between them.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    blank: bool,
    /// Ends of lines are ends of lines.
    keeps_lines: bool,
    in_pre: bool,
}

impl Writer {
    pub(super) fn words(&mut self, words: &str) {
        for letter in words.chars() {
            if letter == '\n' && (self.keeps_lines || self.in_pre) {
                if self.text.ends_with('\n') {
                    self.end_paragraph()
                } else {
                    self.end_line()
                }
                continue;
            }
            if letter.is_whitespace() && letter != '\u{a0}' {
                self.blank = true;
                continue;
            }
            if self.blank && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.blank = false;
            self.text.push(letter);
        }
    }

    /// Does what a tag does to the text around it.
    pub(super) fn tag(&mut self, name: &str, opens: bool) {
        match () {
            () if is_one_of(name, &["td", "th"]) => self.blank = true, // a row is a line
            () if is_one_of(name, &["q"]) => self.words(if opens { "“" } else { "”" }),
            () if is_one_of(name, &["pre"]) => {
                self.end_paragraph();
                self.in_pre = opens;
            }
            () if is_block(name) => self.end_paragraph(),
            () => {}
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Ends a line within a paragraph.
    pub(super) fn end_line(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_come_out() {
        for (html, plain) in [
            ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\n\nThree."),
            ("One<br>Two<br/>Three", "One\n\nTwo\n\nThree"),
            ("<p>A <a href=\"x>y\">link</a> and <b>bold</b>\n  words</p>", "A link and bold words"),
            ("<div>a<!-- no --><script>var x = '<p>';</script>b</div>", "ab"),
            ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
            ("<![CDATA[a & b]]>", "a & b"),
            ("<table><tr><th>a</th><td>1</td></tr><tr><td>b<td>2</tr></table>c", "a 1\n\nb 2\n\nc"),
            ("x<pre><code>a\n  b c\n\nd</code></pre>y\nz", "x\n\na\nb c\n\nd\n\ny z"),
            ("the <q>Bull</q> <q>s</q>.", "the “Bull” “s”."),
            ("<p title='it's'>x</p>", "x"),
            ("broken <p", "broken <p"),
            ("<script>never closed", ""),
        ] {
            assert_eq!(text(html, &mut Vec::new()), plain);
        }
    }

    #[test]
    fn texts_of_pictures_are_kept_apart() {
        let mut captions = Vec::new();
        let html = "<figure><img src=x><figcaption>The <i>new</i> bridge</figcaption></figure><p>It opened.</p>";
        assert_eq!(text(html, &mut captions), "It opened.");
        assert_eq!(captions[0].text, "The new bridge");
        let html = "<figure><img src=x><div>Bo Ek</div><figcaption>The ferry</figcaption></figure><figure><table><tr><td>1</table></figure>";
        assert_eq!(text(html, &mut captions), "1");
        assert_eq!((captions[1].text.as_str(), captions[1].credit.as_deref()), ("The ferry", Some("Bo Ek")));
    }

    #[test]
    fn figures_in_figures_and_without_an_end() {
        let mut captions = Vec::new();
        let nested = format!("{}The ferry{}It left.", "<figcaption>".repeat(200_000), "</figcaption>".repeat(200_000));
        assert_eq!(text(&nested, &mut captions), "The ferry\n\nIt left.");
        assert_eq!(captions, []);
        let nested = format!("{}The ferry{}It left.", "<figcaption>".repeat(100), "</figcaption>".repeat(100));
        assert_eq!(text(&nested, &mut captions), "It left.");
        assert_eq!(captions.remove(0).text, "The ferry");
        let html = "<figcaption>The <figcaption>ferry</figcaption>It left.";
        assert_eq!(text(html, &mut captions), "It left.");
        assert_eq!(captions.remove(0).text, "The ferry");
        for open in
            ["<figure>", "<figcaption>", "<figure><img>", "<q>", "<pre>", "<", "<a", "<a b='", "<!--", "</", "&"]
        {
            let html = format!("{}It left.", open.repeat(100_000));
            let left = text(&html, &mut captions);
            assert!(left.ends_with("It left.") || open == "<!--", "{open}");
            assert_eq!(captions, [], "{open}");
        }
    }

    #[test]
    fn text_that_is_no_markup_stays() {
        for plain in ["a < b", "Standard Oil <SRD> to form a unit", "AT&T", "x <y> z", "<"] {
            assert_eq!(text_if_markup(plain.to_owned(), &mut Vec::new()), plain);
        }
        assert_eq!(line_if_markup("A <b>B</b>\n C &ndash; D".to_owned()), "A B C – D");
    }

    proptest::proptest! {
        #[test]
        fn no_markup_does_harm(html in "[<>/!&;#a-dp'\"= \\[\\]-]{0,60}") {
            text(&html, &mut Vec::new());
            is_markup(&html);
        }
    }
}
