//! Cuts JSON into records without building it: arrays element by element, values one after another, and the array inside
//! a *container*, an object around a list of articles such as `{"articles": [...]}`. Also recognizes JSON and JSON Lines.

use std::io;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::cut::{Cut, Cutter, RecordBytes};
use super::fault::Fault;
use super::input::Input;
use super::scanner::Scanner;
use morgue_article::SkipReason;

/// Deeper values are a skip. The deepest in real feeds (NITF in ninjs, editor blocks) is about 20.
const MAX_DEPTH: u32 = 200;

/// Fields whose arrays of objects are articles: APIs (NewsAPI, Guardian, NYT, Solr, Elasticsearch), JSON Feed, exports.
#[rustfmt::skip]
const LISTS: [&str; 15] = [
    "articles", "item", "docs", "documents", "items", "results", "hits", "stories", "news", "posts", "entries", "records",
    "data", "rows", "newsitems",
];

/// Fields whose objects hold such an array.
const WRAPPERS: [&str; 9] = ["response", "hits", "data", "result", "results", "feed", "channel", "articles", "stories"];

/// Objects that are opened one inside the other in search of such an array.
const MAX_WRAPPERS: usize = 3;

/// Fields of an article: an object that has one of them before any list is not a container.
const BODIES: [&str; 8] =
    ["body", "text", "content", "articlebody", "maintext", "body_text", "body_html", "body_xhtml"];

/// A longer field of a feed is not passed on to its items. Bytes.
const LONGEST_FEED_FIELD: usize = 4096;

/// Does a stream begin as JSON does?
pub(super) fn is_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\x1e").unwrap_or(start);
    let Some((&first, rest)) = start.split_first() else { return false };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, None | Some(b'"' | b'}')),
        b'[' => matches!(next, None | Some(b'{' | b'[' | b']' | b'"' | b'0'..=b'9' | b'-')),
        _ => false,
    }
}

/// Is each line an object of its own? `is_whole`: the stream ends with `start`.
pub(super) fn is_json_lines(start: &[u8], is_whole: bool) -> bool {
    let start = start.strip_prefix(b"\x1e").unwrap_or(start);
    let mut lines = start.split(|&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii();
    let is_cut_off = first.len() + 1 >= start.len() && !is_whole;
    if is_cut_off || !first.starts_with(b"{") {
        return false;
    }
    if serde_json::from_slice::<IgnoredAny>(first).is_ok() {
        return !is_container(first);
    }
    // Either a broken line among whole ones, or an object over many lines: the second line decides.
    lines.next().is_some_and(|second| second.starts_with(b"{\""))
}

/// Is this whole JSON object a container?
fn is_container(object: &[u8]) -> bool {
    let mut input = Input::new(object);
    let mut values = JsonValues::default();
    matches!(values.step(&mut input, usize::MAX), Ok(None)) && values.open.last() == Some(&Open::List)
}

/// Cuts JSON values that may span lines.
#[derive(Debug, Default)]
pub(super) struct JsonValues {
    open: Vec<Open>,
    /// Feed-level title, authors and language of the current JSON Feed, as a JSON object shaped like an item.
    feed_fields: Option<Arc<[u8]>>,
    /// Line ends before the window.
    line: u64,
    /// A record has been cut.
    any: bool,
    ended: bool,
}

/// An array or object that is open around the current position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// An array of records.
    List,
    /// A container, after one of its fields: the fields that follow are searched for further lists.
    Container,
}

/// What an object turned out to be.
enum Object {
    /// A record; the scanner has passed all of it.
    Record { depth: u32 },
    /// A container: the window begins inside its list, and `JsonValues::open` has both.
    List,
    /// A container without further lists.
    Rest,
}

/// Why cutting ends.
enum CutError {
    Io(io::Error),
    Fault(Fault),
}

impl From<io::Error> for CutError {
    fn from(error: io::Error) -> Self {
        CutError::Io(error)
    }
}

impl Cutter for JsonValues {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.ended {
            match self.step(input, limit) {
                Ok(Some(cut)) => return Some(cut),
                Ok(None) => {}
                Err(error) => {
                    self.ended = true;
                    return Some(Err(match error {
                        CutError::Io(error) => Fault::io(&error, input),
                        CutError::Fault(fault) => fault,
                    }));
                }
            }
        }
        None
    }

    fn shared_context(&self) -> Option<Arc<[u8]>> {
        self.feed_fields.clone()
    }
}

impl JsonValues {
    /// Moves to the next value, list or end; returns a record where there is one.
    fn step(&mut self, input: &mut Input<'_>, limit: usize) -> Result<Option<Cut>, CutError> {
        let mut scanner = Scanner::releasing(input, limit);
        let next = scanner.skip_blank(b",\x1e")?;
        self.line += scanner.release_passed();
        match (next, self.open.last()) {
            (None, None) => self.ended = true,
            (None, Some(_)) => return Err(self.damaged(scanner.input, "the file ends before its JSON does")),
            (Some(b']'), Some(Open::List)) | (Some(b'}'), Some(Open::Container)) => {
                scanner.input.consume(1);
                self.open.pop();
            }
            (Some(b'"'), Some(Open::Container)) => {
                self.object(&mut scanner)?;
                self.line += scanner.release_passed();
            }
            (Some(b'['), None) => {
                scanner.input.consume(1);
                self.open.push(Open::List);
            }
            (Some(b'{'), None) => {
                scanner.keeping = true;
                scanner.at = 1;
                if let Object::Record { depth } = self.object(&mut scanner)? {
                    return Ok(Some(self.record(scanner, depth, limit)));
                }
            }
            (Some(b'{' | b'['), Some(Open::List)) => {
                scanner.keeping = true;
                let depth = scanner.skip_value()?;
                return Ok(Some(self.record(scanner, depth, limit)));
            }
            (Some(byte), Some(Open::List)) if !self.any => {
                let what = format!("a JSON list whose first value begins with {:?}", char::from(byte));
                return Err(CutError::Fault(Fault::new(SkipReason::NotAnArticle, what).of_file()));
            }
            (Some(byte), Some(Open::List)) if byte == b'"' || byte.is_ascii_alphanumeric() || byte == b'-' => {
                scanner.skip_value()?;
                self.line += scanner.release_passed();
            }
            (Some(byte), _) => {
                let what = format!("{:?} where a JSON value should begin", char::from(byte));
                return Err(self.damaged(scanner.input, &what));
            }
        }
        Ok(None)
    }

    /// Makes the bytes that the scanner passed one record.
    fn record(&mut self, mut scanner: Scanner<'_, '_>, depth: u32, limit: usize) -> Cut {
        let line = self.line + 1;
        let bytes = if depth > MAX_DEPTH { None } else { scanner.record().map(<[u8]>::to_vec) };
        self.line += scanner.release_passed();
        self.any = true;
        match bytes {
            Some(bytes) => Ok(RecordBytes { bytes, line }),
            None if depth > MAX_DEPTH => {
                Err(Fault::new(SkipReason::TooDeep, format!("JSON nested {depth} deep, over the limit of {MAX_DEPTH}")))
            }
            None => Err(Fault::too_large("the record", limit)),
        }
    }

    fn damaged(&self, input: &Input<'_>, what: &str) -> CutError {
        let line = self.line + 1;
        let detail = format!("{what}, at byte {} in line {line}", input.offset());
        CutError::Fault(Fault::new(SkipReason::Damaged, detail))
    }

    fn damaged_at(&mut self, scanner: &mut Scanner<'_, '_>, what: &str) -> CutError {
        self.line += scanner.release_passed();
        self.damaged(scanner.input, what)
    }

    /// Scans the fields of an object, up to its end or to a list of articles in it.
    fn object(&mut self, scanner: &mut Scanner<'_, '_>) -> Result<Object, CutError> {
        let (mut has_body, mut depth, mut wrappers) = (false, 1, 0);
        let (mut is_feed, mut feed_fields) = (false, Vec::new());
        loop {
            match scanner.skip_blank(b",")? {
                Some(b'}') if wrappers > 0 => {
                    wrappers -= 1;
                    scanner.at += 1;
                    continue;
                }
                Some(b'}') if self.open.last() == Some(&Open::Container) => return Ok(Object::Rest),
                Some(b'}') => {
                    scanner.at += 1;
                    return Ok(Object::Record { depth });
                }
                Some(b'"') => {}
                Some(byte) => {
                    let what = format!("{:?} where the name of a field should begin", char::from(byte));
                    return Err(self.damaged_at(scanner, &what));
                }
                None => return Err(self.damaged_at(scanner, "the file ends before its JSON does")),
            }
            let name = scanner.string()?.to_ascii_lowercase();
            let Some(value) = scanner.skip_blank(b":")? else {
                return Err(self.damaged_at(scanner, "the file ends before its JSON does"));
            };
            has_body |= BODIES.contains(&name.as_str());
            match (name.as_str(), value) {
                (list, b'[') if !has_body && LISTS.contains(&list) && scanner.enter_list_of_objects()? => {
                    self.line += scanner.release_passed();
                    self.feed_fields = is_feed.then(|| format!("{{{}}}", feed_fields.join(",")).into_bytes().into());
                    // Where this is the rest of a container, the container is open already.
                    let own = usize::from(self.open.last() != Some(&Open::Container));
                    self.open.extend(std::iter::repeat_n(Open::Container, wrappers + own));
                    self.open.push(Open::List);
                    return Ok(Object::List);
                }
                (wrapper, b'{') if !has_body && wrappers < MAX_WRAPPERS && WRAPPERS.contains(&wrapper) => {
                    scanner.at += 1;
                    wrappers += 1;
                }
                ("version", b'"') => is_feed = scanner.string()?.contains("jsonfeed.org"),
                (name @ ("title" | "author" | "authors" | "language"), _) if scanner.keeping => {
                    let start = scanner.at;
                    depth = depth.max(1 + scanner.skip_value()?);
                    let name = if name == "title" { "source" } else { name };
                    let value = passed_text(scanner, start).filter(|value| value.len() <= LONGEST_FEED_FIELD);
                    feed_fields.extend(value.map(|value| format!("\"{name}\":{value}")));
                }
                _ => depth = depth.max(1 + scanner.skip_value()?),
            }
        }
    }
}

/// The bytes that the scanner has passed since `start`, unless some of them were released.
fn passed_text<'s>(scanner: &'s Scanner<'_, '_>, start: usize) -> Option<&'s str> {
    if scanner.overflowed {
        return None;
    }
    let bytes = scanner.input.window().get(start..scanner.at)?;
    str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::cut::tests::Drip;
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let mut outcomes = Vec::new();
        for step in [1, 7, 10_000_000] {
            let mut input = Input::new(Drip { bytes: text.as_bytes(), step, broken: false });
            let mut values = JsonValues::default();
            let mut seen = Vec::new();
            while let Some(cut) = values.next(&mut input, 100) {
                seen.push(match cut {
                    Ok(record) => format!("{}: {}", record.line, String::from_utf8(record.bytes).unwrap()),
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
    fn fields_of_a_feed_are_shared_by_its_items() {
        let shared = |text: &str, step| {
            let mut input = Input::new(Drip { bytes: text.as_bytes(), step, broken: false });
            let mut values = JsonValues::default();
            std::iter::from_fn(|| values.next(&mut input, 1000)).for_each(|cut| assert!(cut.is_ok()));
            values.shared_context().map(|fields| String::from_utf8(fields.to_vec()).unwrap())
        };
        let feed = r#"{"version":"https://jsonfeed.org/version/1","title":"The \"Ledger\"","description":"x",
            "authors":[{"name":"Ann Ode"}],"language":"da","items":[{"id":"1"}]}"#;
        let expected = r#"{"source":"The \"Ledger\"","authors":[{"name":"Ann Ode"}],"language":"da"}"#;
        assert_eq!((shared(feed, 1).as_deref(), shared(feed, 1000).as_deref()), (Some(expected), Some(expected)));
        assert_eq!(shared(r#"{"title":"x","items":[{"id":"1"}]}"#, 1000), None);
        // Fields before the feed do not belong to it.
        let bare = r#"{"title":"x","author":"Bo Ek"}{"version":"jsonfeed.org/1","items":[{"id":"1"}]}"#;
        assert_eq!(shared(bare, 1000).as_deref(), Some("{}"));
    }

    #[test]
    fn large_and_deep_records_are_skipped() {
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
