//! Fragments of HTML in the fields of feeds and exports -> plain text with a blank line between paragraphs. Whole pages,
//! where the story must be separated from navigation and advertisements, are read by `html`.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use memchr::memchr;
use rustc_hash::FxHashMap;

use super::tags::{HtmlToken, closing_tag, fragment, is_one_of, is_silent, name_at};
use morgue_article::RawCaption;
use morgue_article::text::one_line;

/// Elements that begin and end a paragraph.
#[rustfmt::skip]
const BLOCKS: [&str; 32] = [
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote", "pre",
    "section", "article", "header", "footer", "figure", "figcaption", "hr", "dl", "dt", "dd", "aside", "main", "nav",
    "address", "tbody", "center",
];

/// Elements of running text. A text with a tag of these or of [`BLOCKS`] is markup; a `<` alone does not make it markup.
const INLINES: [&str; 22] = [
    "a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "img", "small", "font", "code", "cite", "q", "s", "abbr",
    "iframe", "script", "style", "td", "th",
];

/// Longer names of elements are not in these lists. Bytes.
const LONGEST_NAME: usize = 12;

/// A longer figure or caption is read as text of the article. Bytes.
const LONGEST_FIGURE: usize = 16 << 10;

/// After that number of figures without an end or without a caption, the rest of the fragment is not searched for
/// captions: each search takes up to [`LONGEST_FIGURE`].
const MAX_FIGURES_WITHOUT_CAPTION: usize = 1000;

/// The text of a field: without its markup if it has any, else unchanged. The texts of pictures go to `captions`.
pub(super) fn text_if_markup(text: String, captions: &mut Vec<RawCaption>) -> String {
    if is_markup(&text) { self::text(&text, captions) } else { text }
}

/// The same for a field of one line.
pub(super) fn line_if_markup(text: String) -> String {
    if is_markup(&text) {
        return line(&text);
    }
    if text.contains('&') { one_line(&unescape(&text)) } else { text }
}

/// Character references (`&eacute;`, `&#8217;`) as characters.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() { Cow::Borrowed(text) } else { htmlize::unescape(text) }
}

/// Does a text have a tag of HTML?
fn is_markup(text: &str) -> bool {
    let Some(last_end) = memchr::memrchr(b'>', text.as_bytes()) else { return false };
    memchr::memchr_iter(b'<', &text.as_bytes()[..last_end]).any(|at| {
        let after = &text[at + 1..];
        let after = after.strip_prefix('/').unwrap_or(after);
        let name = name_at(&after[..after.floor_char_boundary(LONGEST_NAME)]);
        is_one_of(name, &BLOCKS) || is_one_of(name, &INLINES)
    })
}

/// Does the element begin and end a paragraph?
pub(super) fn is_block(name: &str) -> bool {
    is_one_of(name, &BLOCKS)
}

/// The text of a fragment.
pub(super) fn text(html: &str, captions: &mut Vec<RawCaption>) -> String {
    write(html, Writer::default(), Some(captions))
}

/// The text of a fragment whose line ends are kept.
pub(super) fn text_of_lines(html: &str, captions: &mut Vec<RawCaption>) -> String {
    write(html, Writer { keeps_lines: true, ..Writer::default() }, Some(captions))
}

/// The text of a fragment in one line, without captions.
pub(super) fn line(html: &str) -> String {
    one_line(&text(html, &mut Vec::new()))
}

/// Writes the text of a fragment. Captions are text where there is no list for them, as in a caption inside a caption.
fn write(html: &str, mut writer: Writer, mut captions: Option<&mut Vec<RawCaption>>) -> String {
    let mut tokens = fragment(html);
    let mut without_caption = 0;
    while let Some(token) = tokens.next() {
        match token {
            HtmlToken::Text(text) | HtmlToken::Raw(text) => writer.words(&unescape(text)),
            HtmlToken::Close(name) => writer.tag(name, false),
            HtmlToken::Open(tag) if is_silent(tag.name) => {
                let content = closing_tag(tokens.rest(), tag.name).map_or(tokens.rest().len(), |closing| closing.end);
                tokens.skip_bytes(content);
            }
            HtmlToken::Open(tag) => {
                writer.tag(tag.name, true);
                if is_one_of(tag.name, &["figure", "figcaption"])
                    && without_caption < MAX_FIGURES_WITHOUT_CAPTION
                    && let Some(captions) = captions.as_deref_mut()
                {
                    match take_caption(tokens.rest(), tag.name, captions) {
                        Some(bytes) => tokens.skip_bytes(bytes),
                        None => without_caption += 1,
                    }
                }
            }
        }
    }
    writer.finish()
}

/// Takes a caption, or a figure that is a picture with a caption. `text` begins after the opening tag of `name`. Returns
/// the bytes up to the end of the element.
fn take_caption(text: &str, name: &str, captions: &mut Vec<RawCaption>) -> Option<usize> {
    let closing = closing_tag(&text[..text.floor_char_boundary(LONGEST_FIGURE)], name)?;
    let inner = &text[..closing.start];
    if name.eq_ignore_ascii_case("figcaption") {
        push_caption(inner, "", captions);
    } else {
        // Tables and quotations are in figures, too.
        let (before, caption) = inner.split_once("<figcaption").filter(|_| inner.contains("<img"))?;
        let caption = caption.split_once('>').map_or("", |(_, text)| text);
        let closing = closing_tag(caption, "figcaption").unwrap_or(caption.len()..caption.len());
        let around = format!("{before} {}", &caption[closing.end..]);
        push_caption(&caption[..closing.start], &around, captions);
    }
    Some(closing.end)
}

/// Adds a caption. A few other words in its figure are the credit.
fn push_caption(caption: &str, around: &str, captions: &mut Vec<RawCaption>) {
    let line = |html: &str| one_line(&write(html, Writer::default(), None));
    let (caption, credit) = (line(caption), line(around));
    if !caption.is_empty() {
        let credit = Some(credit).filter(|credit| !credit.is_empty() && credit.len() <= 80);
        captions.push(RawCaption { text: caption, credit });
    }
}

/// Drops repeated captions, as of one picture in several places. A credit that only the later one has is kept.
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

/// Writes text with single blanks between words and a blank line between paragraphs.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    /// A blank belongs before the next word.
    blank: bool,
    /// Line ends of the markup are line ends of the text.
    keeps_lines: bool,
    in_pre: bool,
}

impl Writer {
    /// Writes text.
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

    /// Writes what a tag means for the text around it.
    pub(super) fn tag(&mut self, name: &str, opens: bool) {
        if is_one_of(name, &["td", "th"]) {
            self.blank = true; // a row is a line
        } else if is_one_of(name, &["q"]) {
            self.words(if opens { "“" } else { "”" });
        } else if is_block(name) {
            self.end_paragraph();
        }
        if is_one_of(name, &["pre"]) {
            self.in_pre = opens;
        }
    }

    /// Ends a paragraph.
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

    /// The text.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        for (html, plain) in [
            ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\n\nThree."),
            ("One<br>Two<br/>Three", "One\n\nTwo\n\nThree"),
            ("<p>A <a href=\"x>y\">link</a> and <b>bold</b>\n  words</p>", "A link and bold words"),
            ("<div>a<!-- no --><script>var x = '<p>';</script>b</div>", "ab"),
            ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
            ("It rose by <1% <b>again</b>", "It rose by <1% again"),
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
    fn captions_are_separated_from_the_text() {
        let mut captions = Vec::new();
        let html = "<figure><img src=x><figcaption>The <i>new</i> bridge</figcaption></figure><p>It opened.</p>";
        assert_eq!(text(html, &mut captions), "It opened.");
        assert_eq!(captions[0].text, "The new bridge");
        let html = "<figure><img src=x><div>Bo Ek</div><figcaption>The ferry</figcaption></figure><figure><table><tr><td>1</table></figure>";
        assert_eq!(text(html, &mut captions), "1");
        assert_eq!((captions[1].text.as_str(), captions[1].credit.as_deref()), ("The ferry", Some("Bo Ek")));
    }

    #[test]
    fn nested_and_unclosed_figures_are_text() {
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
    fn text_without_markup_is_unchanged() {
        assert!(!is_markup(&"<a".repeat(1_000_000)));
        for plain in ["a < b", "Standard Oil <SRD> to form a unit", "AT&T", "x <y> z", "<"] {
            assert_eq!(text_if_markup(plain.to_owned(), &mut Vec::new()), plain);
        }
        assert_eq!(line_if_markup("A <b>B</b>\n C &ndash; D".to_owned()), "A B C – D");
    }

    proptest::proptest! {
        #[test]
        fn any_markup_is_read(html in "[<>/!&;#a-dp'\"= \\[\\]-]{0,60}") {
            text(&html, &mut Vec::new());
            is_markup(&html);
        }
    }
}
