//! Cutting JSON into records without building it: arrays element by element, values one after another, and the array
//! inside a *container*, an object around a list of articles such as `{"articles": [...]}`. Depth is a number here,
//! never a stack, so that no nesting does harm.

use std::io;
use std::sync::Arc;

use memchr::memchr2;

use super::cut::{Cut, Piece};
use super::fault::Fault;
use super::input::Input;
use morgue_article::SkipReason;

/// Deeper values are a skip. The deepest in real feeds (NITF in ninjs, editor blocks) is about 20.
const MAX_DEPTH: u32 = 200;

/// Fields whose arrays of objects are articles: APIs (NewsAPI, Guardian, NYT, Solr, Elasticsearch), JSON Feed, exports.
const LISTS: [&str; 15] = [
    "articles",
    "item",
    "docs",
    "documents",
    "items",
    "results",
    "hits",
    "stories",
    "news",
    "posts",
    "entries",
    "records",
    "data",
    "rows",
    "newsitems",
];

/// The longest value that a feed says for all its items.
const LONGEST_OF_ALL: usize = 4096;

/// Fields whose objects hold such an array.
const WRAPPERS: [&str; 7] = ["response", "hits", "data", "result", "results", "feed", "channel"];

/// Fields of an article: an object that has one before any list is no container.
const BODIES: [&str; 8] =
    ["body", "text", "content", "articlebody", "maintext", "body_text", "body_html", "body_xhtml"];

/// Cuts JSON values that may span lines.
#[derive(Debug, Default)]
pub(super) struct Values {
    frames: Vec<Frame>,
    /// What the JSON Feed around the records says for all of them, as an object.
    before: Option<Arc<[u8]>>,
    /// Line ends let go of.
    line: u64,
    /// A record has been cut.
    any: bool,
    ended: bool,
}

/// What the cutter is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// An array of records.
    Array,
    /// A container, after one of its fields: what follows is looked through for further lists.
    Object,
}

/// How an object turned out.
enum Object {
    /// A record, gone over whole.
    Record { depth: u32 },
    /// A container: the window begins inside its list, and the frames say so.
    List,
    /// A container without further lists.
    Rest,
}

impl Values {
    /// What the feed that the last record was in says for all its items, as an object with the fields of one.
    pub(super) fn before(&self) -> Option<Arc<[u8]>> {
        self.before.clone()
    }

    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.ended {
            match self.step(input, limit) {
                Ok(Some(cut)) => return Some(cut),
                Ok(None) => {}
                Err(Stop::Io(error)) => {
                    self.ended = true;
                    return Some(Err(Fault::io(&error, input)));
                }
                Err(Stop::Fault(fault)) => {
                    self.ended = true;
                    return Some(Err(fault));
                }
            }
        }
        None
    }

    fn step(&mut self, input: &mut Input<'_>, limit: usize) -> Result<Option<Cut>, Stop> {
        let mut scan = Scan { input, at: 0, limit, dropping: true, dropped: false, lines: 0 };
        let next = scan.skip_blank(b",\x1e")?;
        self.line += scan.let_go();
        match (next, self.frames.last()) {
            (None, None) => self.ended = true,
            (None, Some(_)) => return Err(self.damaged(scan.input, "the file ends before its JSON does")),
            (Some(b']'), Some(Frame::Array)) | (Some(b'}'), Some(Frame::Object)) => {
                scan.input.consume(1);
                self.frames.pop();
            }
            (Some(b'"'), Some(Frame::Object)) => {
                self.object(&mut scan)?;
                self.line += scan.let_go();
            }
            (Some(b'['), None) => {
                scan.input.consume(1);
                self.frames.push(Frame::Array);
            }
            (Some(b'{'), None) => {
                scan.dropping = false;
                scan.at = 1;
                if let Object::Record { depth } = self.object(&mut scan)? {
                    return Ok(Some(self.piece(scan, depth)));
                }
            }
            (Some(b'{' | b'['), Some(Frame::Array)) => {
                scan.dropping = false;
                let depth = scan.skip_value()?;
                return Ok(Some(self.piece(scan, depth)));
            }
            (Some(byte), Some(Frame::Array)) if !self.any => {
                let what = format!("a JSON list whose first value begins with {:?}", char::from(byte));
                return Err(Stop::Fault(Fault::new(SkipReason::NotAnArticle, what).of_file()));
            }
            (Some(byte), Some(Frame::Array)) if byte == b'"' || byte.is_ascii_alphanumeric() || byte == b'-' => {
                scan.skip_value()?;
                self.line += scan.let_go();
            }
            (Some(byte), _) => {
                let what = format!("{:?} where a JSON value should begin", char::from(byte));
                return Err(self.damaged(scan.input, &what));
            }
        }
        Ok(None)
    }

    /// Takes what has been scanned as one record.
    fn piece(&mut self, mut scan: Scan<'_, '_>, depth: u32) -> Cut {
        let line = self.line + 1;
        let limit = scan.limit;
        let large = scan.dropped || scan.at > limit;
        let deep = depth > MAX_DEPTH;
        let bytes = if large || deep { Vec::new() } else { scan.input.window()[..scan.at].to_vec() };
        self.line += scan.let_go();
        self.any = true;
        match () {
            () if deep => {
                Err(Fault::new(SkipReason::TooDeep, format!("JSON nested {depth} deep, over the limit of {MAX_DEPTH}")))
            }
            () if large => Err(Fault::too_large("the record", limit)),
            () => Ok(Piece { bytes, line }),
        }
    }

    fn damaged(&self, input: &Input<'_>, what: &str) -> Stop {
        let line = self.line + 1;
        Stop::Fault(Fault::new(SkipReason::Damaged, format!("{what}, at byte {} in line {line}", input.offset())))
    }

    /// Goes through the fields of an object, up to its end or to a list of articles in it.
    fn object(&mut self, scan: &mut Scan<'_, '_>) -> Result<Object, Stop> {
        let (mut has_body, mut depth, mut opened) = (false, 1, 0);
        let (mut is_feed, mut of_all) = (false, Vec::new());
        loop {
            match scan.skip_blank(b",")? {
                Some(b'}') if opened > 0 => {
                    opened -= 1;
                    scan.at += 1;
                    continue;
                }
                Some(b'}') if self.frames.last() == Some(&Frame::Object) => return Ok(Object::Rest),
                Some(b'}') => {
                    scan.at += 1;
                    return Ok(Object::Record { depth });
                }
                Some(b'"') => {}
                Some(byte) => {
                    let what = format!("{:?} where the name of a field should begin", char::from(byte));
                    return Err(self.damaged_at(scan, &what));
                }
                None => return Err(self.damaged_at(scan, "the file ends before its JSON does")),
            }
            let name = scan.string()?.to_ascii_lowercase();
            let Some(value) = scan.skip_blank(b":")? else {
                return Err(self.damaged_at(scan, "the file ends before its JSON does"));
            };
            has_body |= BODIES.contains(&name.as_str());
            match (name.as_str(), value) {
                (list, b'[') if !has_body && LISTS.contains(&list) && scan.begins_list()? => {
                    self.line += scan.let_go();
                    self.before = is_feed.then(|| format!("{{{}}}", of_all.join(",")).into_bytes().into());
                    // Where this is the rest of a container, its own frame is there already.
                    let own = usize::from(self.frames.last() != Some(&Frame::Object));
                    self.frames.extend(std::iter::repeat_n(Frame::Object, opened + own));
                    self.frames.push(Frame::Array);
                    return Ok(Object::List);
                }
                (wrapper, b'{') if !has_body && opened < 3 && WRAPPERS.contains(&wrapper) => {
                    scan.at += 1;
                    opened += 1;
                }
                ("version", b'"') => is_feed = scan.string()?.contains("jsonfeed.org"),
                (name @ ("title" | "author" | "authors" | "language"), _) if !scan.dropping => {
                    let start = scan.at;
                    depth = depth.max(1 + scan.skip_value()?);
                    let value = scan.input.window().get(start..scan.at).filter(|value| value.len() <= LONGEST_OF_ALL);
                    let value = value.and_then(|value| str::from_utf8(value).ok()).filter(|_| !scan.dropped);
                    let name = if name == "title" { "source" } else { name };
                    of_all.extend(value.map(|value| format!("\"{name}\":{value}")));
                }
                _ => depth = depth.max(1 + scan.skip_value()?),
            }
        }
    }

    fn damaged_at(&mut self, scan: &mut Scan<'_, '_>, what: &str) -> Stop {
        self.line += scan.let_go();
        self.damaged(scan.input, what)
    }
}

/// Whether a whole JSON object is a container.
pub(super) fn is_container(object: &[u8]) -> bool {
    let mut input = Input::new(object);
    let mut values = Values::default();
    matches!(values.step(&mut input, usize::MAX), Ok(None)) && values.frames.last() == Some(&Frame::Array)
}

/// Why scanning ends.
enum Stop {
    Io(io::Error),
    Fault(Fault),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

/// Goes over the window, which stays in place unless what is gone over is to be dropped.
struct Scan<'i, 'r> {
    input: &'i mut Input<'r>,
    /// The next byte: from the window's start.
    at: usize,
    limit: usize,
    /// What is gone over is not wanted.
    dropping: bool,
    /// Something was dropped that was wanted, for it was above the limit.
    dropped: bool,
    /// Line ends let go of.
    lines: u64,
}

impl Scan<'_, '_> {
    /// The next byte, reading more if need be.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.at >= self.input.window().len() {
            if self.dropping || self.at > self.limit {
                self.dropped |= !self.dropping;
                self.drop_seen();
            }
            if !self.input.more()? {
                return Ok(None);
            }
        }
        Ok(Some(self.input.window()[self.at]))
    }

    fn drop_seen(&mut self) {
        let at = self.at.min(self.input.window().len());
        self.lines += memchr::memchr_iter(b'\n', &self.input.window()[..at]).count() as u64;
        self.input.consume(at);
        self.at -= at;
    }

    /// Lets go of what was gone over. Gives how many lines ended in it.
    fn let_go(&mut self) -> u64 {
        self.drop_seen();
        std::mem::take(&mut self.lines)
    }

    /// Passes over blanks and the bytes `also`; gives the next byte.
    fn skip_blank(&mut self, also: &[u8]) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() && !also.contains(&byte) {
                return Ok(Some(byte));
            }
            self.at += 1;
        }
        Ok(None)
    }

    /// Whether the array at hand is one of objects.
    fn begins_list(&mut self) -> io::Result<bool> {
        let start = self.at;
        self.at += 1;
        let first = self.skip_blank(b"")?;
        if first != Some(b'{') {
            self.at = start;
        }
        Ok(first == Some(b'{'))
    }

    /// Passes over a string; gives its text, cut to some length, escapes as they are.
    fn string(&mut self) -> io::Result<String> {
        const ENOUGH: usize = 200;
        self.at += 1;
        let mut text = Vec::new();
        while let Some(byte) = self.peek()? {
            let rest = &self.input.window()[self.at..];
            let plain = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            text.extend_from_slice(&rest[..plain.min(ENOUGH.saturating_sub(text.len()))]);
            self.at += plain;
            if plain > 0 {
                continue;
            }
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
            let escaped = self.input.window().get(self.at - 1).filter(|_| text.len() + 2 <= ENOUGH);
            text.extend(escaped.into_iter().flat_map(|&escaped| [b'\\', escaped]));
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Passes over a value; gives the deepest nesting in it.
    fn skip_value(&mut self) -> io::Result<u32> {
        let (mut depth, mut deepest) = (0u32, 0u32);
        while let Some(byte) = self.peek()? {
            match byte {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    deepest = deepest.max(depth);
                    self.at += 1;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        // The end of what is around a number or word.
                        return Ok(deepest);
                    }
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return Ok(deepest),
                _ => self.skip_plain(),
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                return Ok(deepest);
            }
        }
        if depth > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(deepest)
    }

    fn skip_string(&mut self) -> io::Result<()> {
        self.at += 1;
        while self.peek()?.is_some() {
            let rest = &self.input.window()[self.at..];
            match memchr2(b'"', b'\\', rest) {
                Some(at) if rest[at] == b'"' => {
                    self.at += at + 1;
                    return Ok(());
                }
                // The byte after a backslash is passed over unseen, also where it is yet to be read.
                Some(at) => self.at += at + 2,
                None => self.at += rest.len(),
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// Passes over bytes that open, close and part nothing.
    fn skip_plain(&mut self) {
        let rest = &self.input.window()[self.at..];
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']' | b','));
        self.at += plain.unwrap_or(rest.len()).max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::cut::tests::Drip;
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut outcomes = Vec::new();
        for step in [1, 7, 10_000_000] {
            let mut input = Input::new(Drip { bytes: text.as_bytes(), step, broken: false });
            let mut values = Values::default();
            let mut seen = Vec::new();
            while let Some(cut) = values.next(&mut input, 100) {
                seen.push(match cut {
                    Ok(piece) => format!("{}: {}", piece.line, String::from_utf8(piece.bytes).unwrap()),
                    Err(fault) => format!("!{}", fault.reason.describe()),
                });
                assert!(seen.len() < 100);
            }
            outcomes.push(seen);
        }
        assert_eq!(outcomes[0], outcomes[1], "{text}");
        assert_eq!(outcomes[0], outcomes[2], "{text}");
        outcomes.swap_remove(0)
    }

    #[test]
    fn values_one_after_another() {
        assert_eq!(cut(r#"{"a":1}"#), [r#"1: {"a":1}"#]);
        assert_eq!(cut("{\"a\":\n1}\n\n{\"b\": \"}\"}"), ["1: {\"a\":\n1}", "4: {\"b\": \"}\"}"]);
        assert_eq!(cut(r#"{"a":"\\\""}{"b":[]}"#), [r#"1: {"a":"\\\""}"#, r#"1: {"b":[]}"#]);
        assert_eq!(cut("{}\n\x1e{}"), ["1: {}", "2: {}"]);
    }

    #[test]
    fn arrays() {
        assert_eq!(cut("[{\"a\":1},\n {\"a\":[{}]}\n]"), ["1: {\"a\":1}", "2: {\"a\":[{}]}"]);
        assert_eq!(cut("[]"), [""; 0]);
        assert_eq!(cut("[1,2,3]"), ["!not an article"]);
        assert_eq!(cut(r#"[{"a":1},null,{"a":2}]"#), [r#"1: {"a":1}"#, r#"1: {"a":2}"#]);
        assert_eq!(cut(r#"[{"a":1},{"a":"#), [r#"1: {"a":1}"#, "!damaged"]);
        assert_eq!(cut(r#"[{"a":1}} x"#), [r#"1: {"a":1}"#, "!damaged"]);
    }

    #[test]
    fn containers() {
        let both = [r#"1: {"title":"x"}"#, r#"1: {"title":"y"}"#];
        assert_eq!(cut(r#"{"status":"ok","articles":[{"title":"x"},{"title":"y"}],"n":2}"#), both);
        assert_eq!(cut(r#"{"response":{"n":{},"docs":[{"title":"x"}, {"title":"y"}]},"z":[{}]}"#), both);
        assert_eq!(cut(r#"{"hits":{"total":2,"hits":[{"title":"x"},{"title":"y"}]}}"#), both);
        assert_eq!(cut(r#"{"news":[{"title":"x"}],"stories":[{"title":"y"}]}"#), both);
        assert_eq!(cut(r#"{"articles":[]}"#), [r#"1: {"articles":[]}"#]);
        let article = r#"{"text":"b","items":[{"a":1}]}"#;
        assert_eq!(cut(article), [format!("1: {article}")]);
        assert!(is_container(br#"{"data":{"articles":[{"x":1}]}}"#) && !is_container(article.as_bytes()));
    }

    #[test]
    fn a_feed_speaks_for_its_items() {
        let before = |text: &str, step| {
            let mut input = Input::new(Drip { bytes: text.as_bytes(), step, broken: false });
            let mut values = Values::default();
            std::iter::from_fn(|| values.next(&mut input, 1000)).for_each(|cut| assert!(cut.is_ok()));
            values.before().map(|before| String::from_utf8(before.to_vec()).unwrap())
        };
        let feed = r#"{"version":"https://jsonfeed.org/version/1","title":"The \"Ledger\"","description":"x",
            "authors":[{"name":"Ann Ode"}],"language":"da","items":[{"id":"1"}]}"#;
        let expected = r#"{"source":"The \"Ledger\"","authors":[{"name":"Ann Ode"}],"language":"da"}"#;
        assert_eq!((before(feed, 1).as_deref(), before(feed, 1000).as_deref()), (Some(expected), Some(expected)));
        assert_eq!(before(r#"{"title":"x","items":[{"id":"1"}]}"#, 1000), None);
        // What stood before the feed is not its own.
        let bare = r#"{"title":"x","author":"Bo Ek"}{"version":"jsonfeed.org/1","items":[{"id":"1"}]}"#;
        assert_eq!(before(bare, 1000).as_deref(), Some("{}"));
    }

    #[test]
    fn large_and_deep_records_are_passed_over() {
        let large = format!(r#"{{"body":"{}"}}"#, "x".repeat(1000));
        assert_eq!(cut(&format!("[{{}},{large},{{}}]")), ["1: {}", "!too large", "1: {}"]);
        assert_eq!(cut(&format!("{large}{{}}")), ["!too large", "1: {}"]);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(cut(&format!("[{deep},{{}}]")), ["!nested too deep", "1: {}"]);
        assert_eq!(cut(&format!("{{\"a\":{deep}}}{{}}")), ["!nested too deep", "1: {}"]);
        assert_eq!(cut(&"[".repeat(1000)), ["!damaged"]);
        assert_eq!(cut(&"{\"a\":".repeat(1000)), ["!damaged"]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_do_harm(bytes in "[\\[\\]{}\",:\\\\a1 \n]{0,60}") {
            cut(&bytes);
        }
    }
}
