//! Cuts XML into records without parsing it: the outermost elements with certain names, each with its tags. Comments
//! and CDATA are skipped. The bytes before the first record (a feed's own title, a message's header) are kept, since
//! each record is read together with them.

use std::io;
use std::sync::Arc;

use memchr::memchr3;

use super::cut::{Cut, Cutter, RecordBytes};
use super::fault::Fault;
use super::input::Input;
use super::scanner::{Prefix, Scanner};
use morgue_article::SkipReason;

/// Bytes that are kept from before the first record, up to a tag: they are read with every record. A feed's or
/// message's own fields come first in them, lists of authors and categories after these.
const MAX_CONTEXT: usize = 3 << 10;

/// Longer names of elements are not compared.
const LONGEST_NAME: usize = 64;

/// Cuts XML into elements with certain names.
#[derive(Debug)]
pub(super) struct Elements {
    /// In lower case, without prefix.
    names: &'static [&'static str],
    context: Context,
    ended: bool,
}

/// The bytes before the first record.
#[derive(Debug)]
enum Context {
    Growing(Vec<u8>),
    Known(Arc<[u8]>),
}

impl Cutter for Elements {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let cut = self.seek_record(input).and_then(|name| match name {
            None => Ok(None),
            Some(name) => self.cut_record(input, &name, limit).map(Some),
        });
        match cut {
            Ok(Some(cut)) => Some(cut),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::io(&error, input)))
            }
        }
    }

    fn shared_context(&self) -> Option<Arc<[u8]>> {
        match &self.context {
            Context::Growing(_) => None,
            Context::Known(bytes) => Some(bytes.clone()),
        }
    }
}

impl Elements {
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        Elements { names, context: Context::Growing(Vec::new()), ended: false }
    }

    /// Moves the window to the next record; returns the name of its element as written.
    fn seek_record(&mut self, input: &mut Input<'_>) -> io::Result<Option<Vec<u8>>> {
        let mut context = match &mut self.context {
            Context::Growing(bytes) => Some(std::mem::take(bytes)),
            Context::Known(_) => None,
        };
        let start = input.offset();
        let mut scanner = Scanner::releasing(input, 0);
        if let Some(bytes) = &mut context {
            scanner = scanner.collecting(Prefix { bytes, limit: MAX_CONTEXT });
        }
        // The context ends before a tag, so that no tag, comment or CDATA goes on into the record.
        let mut context_end = 0;
        let name = loop {
            if !scanner.seek(b"<")? {
                break None;
            }
            scanner.release(scanner.at - 1);
            let before_tag = (scanner.input.offset() - start) as usize;
            if before_tag <= MAX_CONTEXT {
                context_end = before_tag;
            }
            let Tag::Open(name) = scanner.tag()? else { continue };
            let local = name.rsplit(|&byte| byte == b':').next().unwrap_or_default();
            if self.names.iter().any(|known| local.eq_ignore_ascii_case(known.as_bytes())) {
                break Some(name);
            }
        };
        if let Some(mut bytes) = context {
            bytes.truncate(context_end);
            self.context = Context::Known(bytes.into());
        }
        Ok(name)
    }

    /// Cuts the element that begins at the start of the window.
    fn cut_record(&mut self, input: &mut Input<'_>, name: &[u8], limit: usize) -> io::Result<Cut> {
        let mut scanner = Scanner::keeping(input, 1 + name.len(), limit);
        let mut depth = 0_u32;
        let mut is_open = true;
        loop {
            if is_open {
                match scanner.end_of_tag()? {
                    None => return Ok(self.unclosed(name)),
                    Some(TagEnd::SelfClosing) => {}
                    Some(TagEnd::Open) => depth += 1,
                }
            }
            if depth == 0 {
                break;
            }
            if !scanner.seek(b"<")? {
                return Ok(self.unclosed(name));
            }
            let tag = scanner.tag()?;
            is_open = matches!(&tag, Tag::Open(open) if open == name);
            if matches!(&tag, Tag::Close(close) if close == name) {
                depth -= 1;
                if depth == 0 && !scanner.seek(b">")? {
                    return Ok(self.unclosed(name));
                }
            }
        }
        let cut = match scanner.record() {
            Some(bytes) => Ok(RecordBytes { bytes: bytes.to_vec(), line: 0 }),
            None => Err(Fault::too_large("the record", limit)),
        };
        scanner.release_passed();
        Ok(cut)
    }

    fn unclosed(&mut self, name: &[u8]) -> Cut {
        self.ended = true;
        let name = String::from_utf8_lossy(name);
        Err(Fault::new(SkipReason::Damaged, format!("the record has no </{name}>: the file is cut off")))
    }
}

/// What begins with a `<`.
enum Tag {
    Open(Vec<u8>),
    Close(Vec<u8>),
    Other,
}

/// How an opening tag ends.
enum TagEnd {
    Open,
    SelfClosing,
}

impl Scanner<'_, '_> {
    /// Reads until the longest name is in the window; nothing is released.
    fn have_name(&mut self) -> io::Result<()> {
        while self.input.window().len() < self.at + LONGEST_NAME && self.input.more()? {}
        Ok(())
    }

    /// What begins with the `<` just passed. A comment, CDATA or instruction is skipped.
    fn tag(&mut self) -> io::Result<Tag> {
        self.have_name()?;
        let rest = self.rest();
        for (start, end) in [(&b"!--"[..], &b"-->"[..]), (b"![CDATA[", b"]]>"), (b"?", b"?>")] {
            if rest.starts_with(start) {
                self.at += start.len();
                self.seek(end)?;
                return Ok(Tag::Other);
            }
        }
        let closes = rest.starts_with(b"/");
        let rest = &rest[usize::from(closes)..];
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-.".contains(byte);
        let end = rest.iter().take(LONGEST_NAME).position(|byte| !is_name(byte));
        // A longer name is not one of those that are looked for; a name at the end of the bytes is whole.
        let end = end.unwrap_or(if rest.len() < LONGEST_NAME { rest.len() } else { 0 });
        let name = rest[..end].to_vec();
        self.at += usize::from(closes) + end;
        if name.is_empty() {
            return Ok(Tag::Other);
        }
        Ok(if closes { Tag::Close(name) } else { Tag::Open(name) })
    }

    /// Moves behind the opening tag; `None` where the input ends inside it.
    fn end_of_tag(&mut self) -> io::Result<Option<TagEnd>> {
        let mut after_slash = false;
        loop {
            let rest = self.rest();
            let Some(found) = memchr3(b'>', b'"', b'\'', rest) else {
                after_slash = rest.last().map_or(after_slash, |&byte| byte == b'/');
                self.at += rest.len();
                if !self.more()? {
                    return Ok(None);
                }
                continue;
            };
            if found > 0 {
                after_slash = rest[found - 1] == b'/';
            }
            let byte = rest[found];
            self.at += found + 1;
            if byte == b'>' {
                return Ok(Some(if after_slash { TagEnd::SelfClosing } else { TagEnd::Open }));
            }
            after_slash = false;
            if !self.seek(&[byte])? {
                return Ok(None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::tests::Drip;
    use super::*;

    /// Records as text, faults as `!reason`, and the shared context. They must not depend on the size of the reads.
    fn cut(bytes: &str, limit: usize) -> (Vec<String>, String) {
        let mut outcomes = Vec::new();
        for step in [1, 3, 7, 1000] {
            let mut input = Input::new(Drip { bytes: bytes.as_bytes(), step, broken: false });
            let mut elements = Elements::new(&["item", "entry"]);
            let mut records = Vec::new();
            while let Some(cut) = elements.next(&mut input, limit) {
                records.push(match cut {
                    Ok(record) => String::from_utf8(record.bytes).unwrap(),
                    Err(fault) => format!("!{}", fault.reason.describe()),
                });
                assert!(records.len() < 100);
            }
            let context = elements.shared_context().map(|context| String::from_utf8(context.to_vec()).unwrap());
            outcomes.push((records, context.unwrap_or_default()));
        }
        assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]), "{outcomes:?}");
        outcomes.swap_remove(0)
    }

    #[test]
    fn outermost_elements_are_cut() {
        for (xml, records) in [
            ("<rss><item>1</item> <item a='b>'>2</item></rss>", vec!["<item>1</item>", "<item a='b>'>2</item>"]),
            ("<rdf><items/><a:item x=\"/\">1</a:item><item/></rdf>", vec!["<a:item x=\"/\">1</a:item>", "<item/>"]),
            ("<Entry><entry>1</entry></Entry>", vec!["<Entry><entry>1</entry></Entry>"]),
            ("<item><item>1</item></item><item>2</item>", vec!["<item><item>1</item></item>", "<item>2</item>"]),
            ("<!-- <item> --><item><![CDATA[</item>]]></item>", vec!["<item><![CDATA[</item>]]></item>"]),
            ("<item><itemx></itemx><!-- </item> --></item >", vec!["<item><itemx></itemx><!-- </item> --></item >"]),
            ("<item>1</item><item>2", vec!["<item>1</item>", "!damaged"]),
            ("<item>1</item><item", vec!["<item>1</item>", "!damaged"]),
            ("<rss>5 < 6</rss>", vec![]),
            ("<", vec![]),
        ] {
            assert_eq!(cut(xml, 100).0, records, "{xml}");
        }
    }

    #[test]
    fn bytes_before_the_first_record_are_kept() {
        assert_eq!(cut("<rss><title>x</title><item>1</item>y<item>2</item>", 100).1, "<rss><title>x</title>");
        assert_eq!(cut("<item>1</item>", 100).1, "");
        // The context ends before a tag: no tag, comment or CDATA goes on into the record.
        let long = "x".repeat(MAX_CONTEXT * 3);
        for (more, kept) in [
            (long.clone(), ""),
            (format!("<b/><![CDATA[{long}]]>"), "<rss><b/>"),
            (format!("<b/><!--{long}--><c/>"), "<rss><b/>"),
            (format!("<b c='{long}'/><d/>"), "<rss>"),
        ] {
            assert_eq!(cut(&format!("<rss>{more}<item>1</item>"), 100).1, kept);
        }
    }

    #[test]
    fn a_record_above_the_limit_is_skipped() {
        let xml = "<item>more than twenty bytes</item><item>2</item>";
        assert_eq!(cut(xml, 20).0, ["!too large", "<item>2</item>"]);
    }
}
