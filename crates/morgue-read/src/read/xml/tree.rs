//! XML as a tree: elements with names in lower case, attributes and text. The parser is lenient, because feeds and
//! agencies write broken XML: open elements are closed at the end, and an entity that HTML does not know stays as
//! written. Declarations of entities and external entities are ignored, so that nothing expands. Depth and number of
//! elements are limited.
//!
//! An element's name has no prefix in the vocabularies of news (NewsML, NITF, XHTML, Atom, RSS) and the customary
//! prefix in others (`dc:creator`, `media:credit`), whatever prefix the document uses.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::fault::Fault;
use morgue_article::SkipReason;
use morgue_article::text::one_line;

/// A deeper document is a fault. The deepest in real feeds (tables in NITF in NewsML) is about 25.
pub(super) const MAX_DEPTH: usize = 200;

/// A document with more elements is a fault: each takes about 200 bytes of memory.
const MAX_ELEMENTS: usize = 400_000;

/// Limit of namespaces in one document.
const MAX_PREFIXES: usize = 64;

/// How the addresses of namespaces begin, and the prefix of their elements.
const NAMESPACES: [(&str, &str); 14] = [
    ("http://iptc.org/std/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/", "atom"),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/rss/1.0/modules/syndication", "sy"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://purl.org/dc/elements", "dc"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/", "itunes"),
    ("http://wordpress.org/export/1.2/excerpt", "excerpt"),
    ("http://www.w3.org/1999/02/22-rdf-syntax", "rdf"),
];

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) nodes: Vec<Node>,
}

/// A child of an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute, by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// The child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements with a name.
    pub(super) fn each<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first child element with a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element at the end of a path of names, the first child at each step.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements inside it, at any depth, in order.
    pub(super) fn all(&self) -> All<'_> {
        All { stack: vec![self.nodes.iter()] }
    }

    /// The first element with a name, at any depth.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.all().find(|element| element.name == name)
    }

    /// All its text in one line; `None` if it is blank.
    pub(super) fn line(&self) -> Option<String> {
        let mut text = String::new();
        self.push_text(&mut text);
        let line = one_line(&text);
        Some(line).filter(|line| !line.is_empty())
    }

    /// The line of the first child element with a name that has text.
    pub(super) fn line_of(&self, name: &str) -> Option<String> {
        self.each(name).find_map(Element::line)
    }

    /// All its text as written.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => element.push_text(text),
            }
        }
    }

    fn push(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// The elements inside an element, in order.
pub(super) struct All<'e> {
    stack: Vec<std::slice::Iter<'e, Node>>,
}

impl<'e> Iterator for All<'e> {
    type Item = &'e Element;

    fn next(&mut self) -> Option<&'e Element> {
        loop {
            match self.stack.last_mut()?.next() {
                None => drop(self.stack.pop()),
                Some(Node::Text(_)) => {}
                Some(Node::Element(element)) => {
                    self.stack.push(element.nodes.iter());
                    return Some(element);
                }
            }
        }
    }
}

/// Parses a document. The result is an element without a name, whose child is the root.
pub(super) fn parse(xml: &str) -> Result<Element, Fault> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut builder = Builder { open: vec![Element::default()], ..Builder::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let element = builder.element(&tag)?;
                if builder.open.len() > MAX_DEPTH {
                    let detail = format!("XML nested more than {MAX_DEPTH} deep");
                    return Err(Fault::new(SkipReason::TooDeep, detail));
                }
                builder.open.push(element);
                builder.tags.push(tag.name().into_inner().to_owned());
            }
            Ok(Event::Empty(tag)) => {
                let element = builder.element(&tag)?;
                builder.top().nodes.push(Node::Element(element));
            }
            Ok(Event::End(tag)) => builder.close(tag.name().into_inner()),
            Ok(Event::Text(text)) => builder.top().push(&text),
            Ok(Event::CData(text)) => builder.top().push(&text),
            Ok(Event::GeneralRef(entity)) => {
                let entity = format!("&{};", &*entity);
                builder.top().push(&htmlize::unescape(&entity));
            }
            Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_)) => {}
            Ok(Event::Eof) => break,
            Err(error) => {
                let detail = format!("{error}, at byte {} of the record's XML", reader.error_position());
                return Err(Fault::new(SkipReason::Damaged, detail));
            }
        }
    }
    while builder.open.len() > 1 {
        builder.close_one();
    }
    Ok(builder.open.pop().unwrap_or_default())
}

#[derive(Default)]
struct Builder {
    /// Open elements; the first is the document.
    open: Vec<Element>,
    /// The names of the open elements as written, without the document.
    tags: Vec<String>,
    /// Prefixes of the document and our prefixes for them; later ones win.
    prefixes: Vec<(String, &'static str)>,
    elements: usize,
}

impl Builder {
    fn top(&mut self) -> &mut Element {
        self.open.last_mut().expect("the document itself is never closed")
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<Element, Fault> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            let detail = format!("XML of more than {MAX_ELEMENTS} elements");
            return Err(Fault::new(SkipReason::TooLarge, detail));
        }
        let mut attributes = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let name = attribute.key.into_inner();
            let value = htmlize::unescape_attribute(&*attribute.value);
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.declare(prefix, &value);
            } else {
                attributes.push((name.to_ascii_lowercase(), value.into_owned()));
            }
        }
        let (local, prefix) = tag.name().decompose();
        let mut name = match prefix.map(|prefix| self.own_prefix(prefix.into_inner())) {
            None => String::new(),
            Some(prefix) if prefix.is_empty() => String::new(),
            Some(prefix) => format!("{prefix}:"),
        };
        name.push_str(&local.into_inner().to_ascii_lowercase());
        Ok(Element { name, attributes, nodes: Vec::new() })
    }

    fn declare(&mut self, prefix: &str, namespace: &str) {
        let namespace = namespace.to_ascii_lowercase();
        let own = NAMESPACES.iter().find(|(start, _)| namespace.starts_with(start));
        if let Some((_, own)) = own
            && self.prefixes.len() < MAX_PREFIXES
        {
            // The whole feed can have a prefix.
            let own = if *own == "atom" && self.open.len() == 1 && self.elements == 1 { "" } else { own };
            let own = if own.is_empty() && prefix == "atom" && self.elements > 1 { "atom" } else { own };
            self.prefixes.push((prefix.to_owned(), own));
        }
    }

    fn own_prefix(&self, prefix: &str) -> String {
        match self.prefixes.iter().rev().find(|(known, _)| known == prefix) {
            Some((_, own)) => (*own).to_owned(),
            None => prefix.to_ascii_lowercase(),
        }
    }

    /// Closes the innermost open element with that name and those inside it; does nothing if there is none.
    fn close(&mut self, name: &str) {
        let Some(depth) = self.tags.iter().rposition(|open| open == name) else { return };
        while self.tags.len() > depth {
            self.close_one();
        }
    }

    fn close_one(&mut self) {
        self.tags.pop();
        if let Some(element) = self.open.pop() {
            self.top().nodes.push(Node::Element(element));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_text_and_attributes_are_parsed() {
        let xml = "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'a.dtd'><A x:Lang=' sv ' e='a&amp;b'><b>One &eacute;&#233; <c>two</c>\n\
                   three</b><d/><b><![CDATA[<i>&amp;</i>]]></b></A>";
        let document = parse(xml).unwrap();
        let root = document.child("a").unwrap();
        assert_eq!(
            (root.attribute("x:lang"), root.attribute("e"), root.attribute("f")),
            (Some("sv"), Some("a&b"), None)
        );
        assert_eq!(root.line_of("b").as_deref(), Some("One éé two three"));
        assert_eq!(root.each("b").nth(1).unwrap().text(), "<i>&amp;</i>");
        assert_eq!(root.at(&["b", "c"]).unwrap().text(), "two");
        assert_eq!(root.all().map(|element| element.name.as_str()).collect::<Vec<_>>(), ["b", "c", "d", "b"]);
    }

    #[test]
    fn prefixes_are_replaced_by_the_customary_ones() {
        for (xml, name) in [
            ("<rss xmlns:d='http://purl.org/dc/elements/1.1/'><d:creator>x</d:creator></rss>", "dc:creator"),
            ("<item><dc:creator>x</dc:creator></item>", "dc:creator"),
            (
                "<n:newsItem xmlns:n='http://iptc.org/std/nar/2006-10-01/'><n:headline>x</n:headline></n:newsItem>",
                "headline",
            ),
            ("<f:feed xmlns:f='http://www.w3.org/2005/Atom'><f:title>x</f:title></f:feed>", "title"),
            ("<rss xmlns:a='http://purl.org/dc/terms/'><a:issued>x</a:issued></rss>", "dcterms:issued"),
        ] {
            let document = parse(xml).unwrap();
            assert_eq!(document.all().nth(1).unwrap().name, name);
        }
        let rss = parse("<rss xmlns:b='http://search.yahoo.com/mrss/'><channel><b:title>x</b:title></channel></rss>")
            .unwrap();
        assert!(rss.find("media:title").is_some());
    }

    #[test]
    fn broken_xml_is_parsed() {
        for (xml, text) in [
            ("<a>One<b>two</a>", "Onetwo"),
            ("<a>One</x></a>", "One"),
            ("<a>One", "One"),
            ("<a>AT&T and &unknown; & so</a>", "AT&T and &unknown; & so"),
            ("<a>&e;</a>", "&e;"),
            ("", ""),
        ] {
            assert_eq!(parse(xml).unwrap().text(), text, "{xml}");
        }
        assert_eq!(parse("<a><b").unwrap_err().reason, SkipReason::Damaged);
    }

    #[test]
    fn entities_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&y;&f;</a>";
        assert_eq!(parse(bomb).unwrap().text(), "&y;&f;");
    }

    #[test]
    fn depth_and_number_of_elements_are_limited() {
        assert_eq!(parse(&"<a>".repeat(1_000_000)).unwrap_err().reason, SkipReason::TooDeep);
        assert_eq!(parse(&"<a/>".repeat(MAX_ELEMENTS + 1)).unwrap_err().reason, SkipReason::TooLarge);
    }
}
