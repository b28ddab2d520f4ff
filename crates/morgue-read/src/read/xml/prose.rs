//! The text of an element: a blank line between paragraphs, one line for each row of a table, captions separate.

use super::super::markup::{self, Writer};
use super::super::tags;
use super::tree::{Element, Node};
use morgue_article::RawCaption;

/// Blocks of NITF that HTML does not have.
const BLOCKS: [&str; 12] =
    ["hl1", "hl2", "block", "bq", "note", "credit", "fn", "tagline", "nitf-table", "html", "body", "body.content"];

/// Elements that are read elsewhere or not at all. The header of a page repeats headline, slug and time.
const SILENT: [&str; 5] = ["head", "header", "media", "nitf-table-metadata", "figcaption"];

/// The text of an element. Text that is itself markup, as in CDATA, is read as a fragment of HTML.
pub(super) fn prose(element: &Element, captions: &mut Vec<RawCaption>) -> String {
    let is_wrapped = !element.elements().any(|inner| is_block(&inner.name));
    if is_wrapped {
        return markup::text_if_markup(unindented(&element.text()), captions);
    }
    let mut writer = Writer::default();
    write(element, &mut writer);
    captions.extend(captions_of(element));
    writer.finish()
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || markup::is_block(name)
}

fn write(element: &Element, writer: &mut Writer) {
    for node in &element.nodes {
        let inner = match node {
            Node::Text(text) if text.contains('<') => {
                // Escaped markup, such as embedded players.
                writer.words(&markup::text_if_markup(text.clone(), &mut Vec::new()));
                continue;
            }
            Node::Text(text) => {
                writer.words(text);
                continue;
            }
            Node::Element(inner) => inner,
        };
        match inner.name.as_str() {
            name if SILENT.contains(&name) || tags::is_silent(name) => {}
            "br" => writer.end_line(),
            name if BLOCKS.contains(&name) => {
                writer.end_paragraph();
                write(inner, writer);
                writer.end_paragraph();
            }
            name => {
                writer.tag(name, true);
                write(inner, writer);
                writer.tag(name, false);
            }
        }
    }
}

/// The captions in an element: of figures of HTML and of media of NITF.
fn captions_of(element: &Element) -> impl Iterator<Item = RawCaption> {
    element.all().filter_map(|inner| match inner.name.as_str() {
        "figcaption" => Some(RawCaption { text: inner.line()?, credit: None }),
        "media" => {
            let text = inner.line_of("media-caption")?;
            let credit = inner.line_of("media-producer");
            Some(RawCaption { text, credit })
        }
        _ => None,
    })
}

/// Removes the indentation that all lines share, which an XML editor added.
fn unindented(text: &str) -> String {
    let lines = text.trim_end().lines().filter(|line| !line.trim().is_empty());
    let indent = lines.skip(1).map(|line| line.len() - line.trim_ascii_start().len()).min().unwrap_or(0);
    let line = |line: &str| line.get(indent..).map_or_else(|| line.trim_ascii_start().to_owned(), str::to_owned);
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default().to_owned();
    std::iter::once(first).chain(lines.map(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn paragraphs_tables_and_captions_are_read() {
        for (xml, text) in [
            ("<b><p>One <person>two</person>\n three</p><p/><p>Four</p></b>", "One two three\n\nFour"),
            ("<b><hl2>Head</hl2><block><p>One</p>loose</block></b>", "Head\n\nOne\n\nloose"),
            ("<b><table><tr><td>a</td><td>1</td></tr><tr><th>b</th><td>2</td></tr></table></b>", "a 1\n\nb 2"),
            ("<b><p>One line<br/>and the next</p></b>", "One line\nand the next"),
            ("<b><pre>Kestrel 2\nAske 1\n\nGoals: none</pre></b>", "Kestrel 2\nAske 1\n\nGoals: none"),
            ("<b>\n  One.\n  Two.\n</b>", "One.\nTwo."),
            ("<b><![CDATA[<p>One</p><p>Two</p>]]></b>", "One\n\nTwo"),
            ("<b>&lt;p&gt;One&lt;/p&gt;</b>", "One"),
            ("<b>One <i>two</i></b>", "One two"),
        ] {
            assert_eq!(prose(parse(xml).unwrap().child("b").unwrap(), &mut Vec::new()), text, "{xml}");
        }
        let xml = "<b><p>One</p><media><media-caption>The bridge</media-caption><media-producer>Ek</media-producer></media></b>";
        let mut captions = Vec::new();
        assert_eq!(prose(parse(xml).unwrap().child("b").unwrap(), &mut captions), "One");
        assert_eq!(captions, [RawCaption { text: "The bridge".into(), credit: Some("Ek".into()) }]);
    }
}
