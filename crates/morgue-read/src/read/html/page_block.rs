//! The blocks of a page: its text, line by line, each with the elements around it. A block is what a browser puts on
//! lines of its own: a paragraph, a heading, an item of a list, a row of a table.

use morgue_article::text::{letters_and_digits, one_line};

use super::super::tags::{HtmlToken, Tag, is_one_of, tokens};
use super::body::{is_cell, is_inline};

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageBlock {
    /// The text on one line.
    pub(super) text: String,
    /// Its letters and digits, by which texts are compared.
    pub(super) key: String,
    /// Bytes of `text` that are links; blanks can count twice.
    pub(super) link_bytes: usize,
    /// The innermost block element around it: an index into [`PageTree::elements`].
    pub(super) element: usize,
}

/// A block element of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BlockElement<'h> {
    pub(super) name: &'h str,
    /// Class, id and role, in lower case.
    pub(super) label: String,
    /// The element around it. The first element is its own parent.
    pub(super) parent: usize,
    /// Elements around it.
    pub(super) depth: usize,
}

/// The block elements and the blocks of a page, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct PageTree<'h> {
    pub(super) elements: Vec<BlockElement<'h>>,
    pub(super) blocks: Vec<PageBlock>,
}

impl<'h> PageTree<'h> {
    /// Reads a page.
    pub(super) fn read(html: &'h str) -> PageTree<'h> {
        let mut reading = TreeReader::default();
        let root = BlockElement { name: "body", label: String::new(), parent: 0, depth: 0 };
        reading.tree.elements.push(root);
        for token in tokens(html) {
            match token {
                HtmlToken::Text(text) | HtmlToken::Raw(text) => reading.text(text),
                HtmlToken::Open(tag) => reading.open(&tag),
                HtmlToken::Close(name) => reading.close(name),
            }
        }
        reading.end_block();
        reading.tree
    }

    /// The element and those around it, from the inside, without `outermost`.
    pub(super) fn around(&self, element: usize, outermost: usize) -> impl Iterator<Item = &BlockElement<'h>> {
        let parent = move |at: &usize| Some(self.elements[*at].parent).filter(|parent| parent != at);
        std::iter::successors(Some(element), parent).take_while(move |at| *at != outermost).map(|at| &self.elements[at])
    }

    /// The innermost element around both.
    pub(super) fn common(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            if self.elements[one].depth >= self.elements[other].depth {
                one = self.elements[one].parent;
            } else {
                other = self.elements[other].parent;
            }
        }
        one
    }
}

#[derive(Debug, Default)]
struct TreeReader<'h> {
    tree: PageTree<'h>,
    /// The innermost open element.
    element: usize,
    text: String,
    link_bytes: usize,
    in_link: bool,
}

/// Elements without a closing tag.
const VOID: [&str; 10] = ["hr", "img", "input", "link", "meta", "param", "source", "track", "col", "embed"];

impl<'h> TreeReader<'h> {
    fn text(&mut self, text: &str) {
        let text = htmlize::unescape(text);
        if self.in_link {
            self.link_bytes += text.trim().len();
        }
        self.text.push_str(&text);
    }

    fn open(&mut self, tag: &Tag<'h>) {
        let name = tag.name;
        if name.eq_ignore_ascii_case("a") {
            self.in_link = true;
        }
        if is_one_of(name, &["img", "input", "source", "track"]) || is_inline(name) {
            return;
        }
        if is_cell(name) {
            self.text.push(' ');
        } else {
            self.end_block();
        }
        if is_one_of(name, &VOID) || name.eq_ignore_ascii_case("br") || is_cell(name) {
            return;
        }
        self.close_implied(name);
        let label = tag
            .attributes()
            .filter(|(name, _)| is_one_of(name, &["class", "id", "role", "itemprop"]))
            .map(|(_, value)| value.to_ascii_lowercase())
            .collect::<Vec<_>>()
            .join(" ");
        let depth = self.tree.elements[self.element].depth + 1;
        self.tree.elements.push(BlockElement { name, label, parent: self.element, depth });
        self.element = self.tree.elements.len() - 1;
    }

    /// Closes the elements that the tag ends: a block ends a paragraph, an item ends the item before it.
    fn close_implied(&mut self, name: &str) {
        self.close_if_open("p", &["div", "section", "article", "li", "table"]);
        match name {
            _ if name.eq_ignore_ascii_case("li") => self.close_if_open("li", &["ul", "ol", "menu"]),
            _ if is_one_of(name, &["dt", "dd"]) => {
                self.close_if_open("dt", &["dl"]);
                self.close_if_open("dd", &["dl"]);
            }
            _ if name.eq_ignore_ascii_case("tr") => self.close_if_open("tr", &["table"]),
            _ => {}
        }
    }

    /// Closes the innermost `name` unless one of `limits` is open inside it.
    fn close_if_open(&mut self, name: &str, limits: &[&str]) {
        let mut at = self.element;
        while at != 0 {
            let element = &self.tree.elements[at];
            if element.name.eq_ignore_ascii_case(name) {
                self.element = element.parent;
                return;
            }
            if is_one_of(element.name, limits) {
                return;
            }
            at = element.parent;
        }
    }

    fn close(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = false;
        }
        if is_inline(name) {
            return;
        }
        if is_cell(name) {
            self.text.push(' ');
            return;
        }
        self.end_block();
        self.close_if_open(name, &[]);
    }

    fn end_block(&mut self) {
        let text = one_line(&self.text);
        self.text.clear();
        let link_bytes = std::mem::take(&mut self.link_bytes);
        if !text.is_empty() {
            let key = letters_and_digits(&text);
            self.tree.blocks.push(PageBlock { text, key, link_bytes, element: self.element });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_their_elements() {
        for (html, expected) in [
            ("<p>a<p>b <a>c</a>", "p:a|p:b c"),
            ("<div>a<ul><li>b<li>c</ul>d</div>e", "div:a|li:b|li:c|div:d|body:e"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "tr:a b|tr:c"),
            ("<dl><dt>a<dd>b</dl>c<br>d", "dt:a|dd:b|body:c|body:d"),
        ] {
            let tree = PageTree::read(html);
            let blocks: Vec<String> = tree
                .blocks
                .iter()
                .map(|block| format!("{}:{}", tree.elements[block.element].name, block.text))
                .collect();
            assert_eq!(blocks.join("|"), expected, "{html}");
        }
    }
}
