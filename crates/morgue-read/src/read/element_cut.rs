//! Cutting XML into records without reading it: the outermost elements of certain names, each with its tags, whatever
//! stands in comments and CDATA. What stands before the first of them (a feed's own title, a message's header) is
//! kept, as it is needed to read each.

use std::io;
use std::sync::Arc;

use memchr::{memchr3, memmem};

use super::cut::{Cut, Piece};
use super::fault::Fault;
use super::input::Input;
use morgue_article::SkipReason;

/// Bytes that are kept of what stands before the first record, up to a tag: it is read with every record. A feed's or
/// message's own fields come first in it, lists of authors and categories after them.
const MOST_BEFORE: usize = 3 << 10;

/// Longer names of elements are not looked at.
const LONGEST_NAME: usize = 64;

/// Cuts XML into elements of certain names.
#[derive(Debug)]
pub(super) struct Elements {
    /// In lower case, without prefix.
    names: &'static [&'static str],
    before: Before,
    ended: bool,
}

#[derive(Debug)]
enum Before {
    Growing(Vec<u8>),
    Known(Arc<[u8]>),
}

impl Elements {
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        Elements { names, before: Before::Growing(Vec::new()), ended: false }
    }

    /// What stands before the first record.
    pub(super) fn before(&self) -> Option<Arc<[u8]>> {
        match &self.before {
            Before::Growing(_) => None,
            Before::Known(bytes) => Some(bytes.clone()),
        }
    }

    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let found = self.seek(input).and_then(|name| match name {
            None => Ok(None),
            Some(name) => self.element(input, &name, limit).map(Some),
        });
        match found {
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

    /// Moves the window to the next element that is wanted; its name as written.
    fn seek(&mut self, input: &mut Input<'_>) -> io::Result<Option<Vec<u8>>> {
        let mut before = match &mut self.before {
            Before::Growing(bytes) => Some(std::mem::take(bytes)),
            Before::Known(_) => None,
        };
        let mut scan =
            Scan { input, at: 0, keeping: false, limit: 0, dropped: false, before: before.as_mut(), gone: 0 };
        let mut whole = 0;
        let name = loop {
            if !scan.seek(b"<")? {
                break None;
            }
            scan.let_go(scan.at - 1);
            if scan.gone <= MOST_BEFORE {
                whole = scan.gone;
            }
            let Tag::Open(name) = scan.tag()? else { continue };
            let local = name.rsplit(|&byte| byte == b':').next().unwrap_or_default();
            if self.names.iter().any(|known| local.eq_ignore_ascii_case(known.as_bytes())) {
                break Some(name);
            }
        };
        if let Some(mut bytes) = before {
            bytes.truncate(whole);
            self.before = Before::Known(bytes.into());
        }
        Ok(name)
    }

    /// Cuts the element that the window begins with.
    fn element(&mut self, input: &mut Input<'_>, name: &[u8], limit: usize) -> io::Result<Cut> {
        let mut scan = Scan { input, at: 1 + name.len(), keeping: true, limit, dropped: false, before: None, gone: 0 };
        let mut depth = 0_u32;
        let mut is_open = true;
        loop {
            if is_open {
                match scan.end_of_tag()? {
                    None => return Ok(self.unclosed(name)),
                    Some(true) => {}
                    Some(false) => depth += 1,
                }
            }
            if depth == 0 {
                break;
            }
            if !scan.seek(b"<")? {
                return Ok(self.unclosed(name));
            }
            let tag = scan.tag()?;
            is_open = matches!(&tag, Tag::Open(open) if open == name);
            if matches!(&tag, Tag::Close(close) if close == name) {
                depth -= 1;
                if depth == 0 && !scan.seek(b">")? {
                    return Ok(self.unclosed(name));
                }
            }
        }
        let cut = match scan.dropped || scan.at > limit {
            true => Err(Fault::too_large("the record", limit)),
            false => Ok(Piece { bytes: scan.input.window()[..scan.at].to_vec(), line: 0 }),
        };
        scan.let_go(scan.at);
        Ok(cut)
    }

    fn unclosed(&mut self, name: &[u8]) -> Cut {
        self.ended = true;
        let name = String::from_utf8_lossy(name);
        Err(Fault::new(SkipReason::Damaged, format!("the record has no </{name}>: the file is cut off")))
    }
}

/// What a `<` begins.
enum Tag {
    Open(Vec<u8>),
    Close(Vec<u8>),
    Other,
}

/// Goes over the window; what is gone over is let go of, unless it is kept for the record.
struct Scan<'i, 'r> {
    input: &'i mut Input<'r>,
    /// The next byte: from the window's start.
    at: usize,
    keeping: bool,
    limit: usize,
    /// Something was let go of that was to be kept, for it was above the limit.
    dropped: bool,
    /// Gathers what is let go of.
    before: Option<&'i mut Vec<u8>>,
    /// Bytes let go of.
    gone: usize,
}

impl Scan<'_, '_> {
    /// Lets go of the window's first `bytes`.
    fn let_go(&mut self, bytes: usize) {
        if let Some(before) = &mut self.before {
            let room = MOST_BEFORE.saturating_sub(before.len()).min(bytes);
            before.extend_from_slice(&self.input.window()[..room]);
        }
        self.input.consume(bytes);
        self.gone += bytes;
        self.at -= bytes;
    }

    fn more(&mut self) -> io::Result<bool> {
        if self.keeping && self.at > self.limit {
            self.dropped = true;
            self.keeping = false;
        }
        if !self.keeping {
            self.let_go(self.at);
        }
        self.input.more()
    }

    /// Moves behind the next `mark`; false where the bytes end before it.
    fn seek(&mut self, mark: &[u8]) -> io::Result<bool> {
        let finder = memmem::Finder::new(mark);
        loop {
            let window = &self.input.window()[self.at..];
            if let Some(found) = finder.find(window) {
                self.at += found + mark.len();
                return Ok(true);
            }
            self.at += window.len().saturating_sub(mark.len() - 1);
            if !self.more()? {
                return Ok(false);
            }
        }
    }

    /// Reads on until the longest name is in the window; nothing is let go of.
    fn have_name(&mut self) -> io::Result<()> {
        while self.input.window().len() < self.at + LONGEST_NAME && self.input.more()? {}
        Ok(())
    }

    /// What the `<` just passed begins; a comment, CDATA or instruction is passed over.
    fn tag(&mut self) -> io::Result<Tag> {
        self.have_name()?;
        let rest = &self.input.window()[self.at..];
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
        // A longer name is none that is wanted; one at the end of the bytes is whole.
        let end = end.unwrap_or(if rest.len() < LONGEST_NAME { rest.len() } else { 0 });
        let name = rest[..end].to_vec();
        self.at += usize::from(closes) + end;
        Ok(match closes {
            _ if name.is_empty() => Tag::Other,
            true => Tag::Close(name),
            false => Tag::Open(name),
        })
    }

    /// Moves behind the tag at hand; whether it closes itself. Nothing where the bytes end before it does.
    fn end_of_tag(&mut self) -> io::Result<Option<bool>> {
        let mut closes = false;
        loop {
            let window = &self.input.window()[self.at..];
            let Some(found) = memchr3(b'>', b'"', b'\'', window) else {
                closes = window.last().map_or(closes, |&byte| byte == b'/');
                self.at += window.len();
                if !self.more()? {
                    return Ok(None);
                }
                continue;
            };
            if found > 0 {
                closes = window[found - 1] == b'/';
            }
            let byte = window[found];
            self.at += found + 1;
            match byte {
                b'>' => return Ok(Some(closes)),
                quote => {
                    closes = false;
                    if !self.seek(&[quote])? {
                        return Ok(None);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::tests::Drip;
    use super::*;

    /// Pieces as text, faults as `!reason`, whatever the size of the reads; and what stood before the first.
    fn cut(bytes: &str, limit: usize) -> (Vec<String>, String) {
        let mut outcomes = Vec::new();
        for step in [1, 3, 7, 1000] {
            let mut input = Input::new(Drip { bytes: bytes.as_bytes(), step, broken: false });
            let mut elements = Elements::new(&["item", "entry"]);
            let mut seen = Vec::new();
            while let Some(cut) = elements.next(&mut input, limit) {
                seen.push(match cut {
                    Ok(piece) => String::from_utf8(piece.bytes).unwrap(),
                    Err(fault) => format!("!{}", fault.reason.describe()),
                });
                assert!(seen.len() < 100);
            }
            let before = elements.before().map(|before| String::from_utf8(before.to_vec()).unwrap());
            outcomes.push((seen, before.unwrap_or_default()));
        }
        assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]), "{outcomes:?}");
        outcomes.swap_remove(0)
    }

    #[test]
    fn outermost_elements_are_cut() {
        for (xml, pieces) in [
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
            assert_eq!(cut(xml, 100).0, pieces, "{xml}");
        }
    }

    #[test]
    fn what_stands_before_the_first_is_kept() {
        assert_eq!(cut("<rss><title>x</title><item>1</item>y<item>2</item>", 100).1, "<rss><title>x</title>");
        assert_eq!(cut("<item>1</item>", 100).1, "");
        // What is cut off is whole: no tag, comment or CDATA goes on into the record.
        let long = "x".repeat(MOST_BEFORE * 3);
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
    fn a_record_above_the_limit_is_passed_over() {
        let xml = "<item>more than twenty bytes</item><item>2</item>";
        assert_eq!(cut(xml, 20).0, ["!too large", "<item>2</item>"]);
    }
}
