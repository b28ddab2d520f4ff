//! JSON: one object is one article, by the names that news data gives its fields.

use std::borrow::Cow;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::body_value::nested_body;
use super::fault::Fault;
use super::fields::{Field, Fields, field_of};
use super::user_fields::{EXTRA, user_field_of};
use super::value::Value;
use super::{Options, Record, charset, json_path, ninjs};
use morgue_article::{RawArticle, SkipReason};

/// Objects that wrap the article or its text: Elasticsearch, NYT, MongoDB exports, Guardian, JSON:API.
const ENVELOPES: [&str; 8] = ["_source", "article", "document", "doc", "fields", "story", "attributes", "post"];

/// States of an article in an editorial system (WordPress, Ghost, Drupal) that has not published it.
const UNPUBLISHED: [&str; 7] = ["draft", "auto-draft", "pending", "private", "trash", "future", "scheduled"];

/// Reads an object, or the item of an agency (ninjs) in it.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    let text = charset::decode_json(&record.bytes);
    let value = if ninjs::may_be(&text) { serde_json::from_str::<Value>(&text).ok() } else { None };
    if let Some(item) = value.as_ref().and_then(ninjs::item) {
        return ninjs::read(&item, options);
    }
    if is_schema(&text) {
        return Err(Fault::new(SkipReason::NotAnArticle, "a JSON schema"));
    }
    let mut fields = match value {
        Some(value) => fields_of_value(value, options),
        None => fields_of_text(&text, record, options)?,
    };
    if let Some(status) = &fields.unpublished {
        return Err(Fault::new(SkipReason::Withheld, format!("its status is {status}")));
    }
    let has_paths = options.map.iter().any(|(_, name)| json_path::is_path(name));
    if has_paths || fields.has_no_body() {
        let value = serde_json::from_str(&text).or_else(|_| serde_json::from_str(&repair(&text))).unwrap_or_default();
        fields.put_paths(&value, options);
        if fields.has_no_body()
            && let Some(body) = nested_body(&value)
        {
            fields.replace(Field::Body, body);
        }
        if fields.has_no_text()
            && let Some(path) = json_path::longest_text(&without_title(&value, options))
        {
            return Err(without_text(&value, &path));
        }
    }
    if fields.is_empty() {
        return Err(Fault::new(SkipReason::NotAnArticle, "no field of it is a title or a text"));
    }
    let feed = record.shared_context.as_deref().and_then(|feed| parse(str::from_utf8(feed).ok()?, options).ok());
    let fields = match feed {
        Some(feed) => fields.or(feed),
        None => fields,
    };
    Ok(fields.into_article())
}

/// The object without the entries that are fields of an article: none of them is its text.
fn without_title(value: &Value, options: &Options) -> Value {
    let Value::Map(map) = value else { return Value::Nothing };
    let unknown = |name: &str| {
        let field = field_of(name, &options.map);
        field.is_none_or(|(field, _)| field == Field::Body) && name != EXTRA
    };
    Value::Map(map.iter().filter(|(name, _)| unknown(name)).cloned().collect())
}

/// The fault of an object whose text is in an entry of an unknown name.
fn without_text(value: &Value, path: &str) -> Fault {
    const MAX_NAMES: usize = 12;
    let Value::Map(map) = value else { return Fault::new(SkipReason::NoText, "") };
    let mut names: Vec<&str> = map.iter().map(|(name, _)| name.as_str()).take(MAX_NAMES).collect();
    if map.len() > MAX_NAMES {
        names.push("...");
    }
    let detail = format!("it has the fields {}; to read its longest text: --map 'body={path}'", names.join(", "));
    Fault::new(SkipReason::NoText, detail)
}

/// The fields of an object; where the text is not valid JSON, those of the repaired text.
fn fields_of_text(text: &str, record: &Record, options: &Options) -> Result<Fields, Fault> {
    match parse(text, options) {
        Ok(fields) => Ok(fields),
        Err(error) if error.classify() == Category::Eof => Err(damaged(record, &error)),
        Err(error) => parse(&repair(text), options).map_err(|_| damaged(record, &error)),
    }
}

/// Is this a description of other JSON, whose title and text are about itself?
fn is_schema(json: &str) -> bool {
    let start = json.trim_start().trim_start_matches('{').trim_start();
    start.starts_with("\"$schema\"") && json.contains("json-schema.org")
}

fn damaged(record: &Record, error: &serde_json::Error) -> Fault {
    let what = error.to_string();
    if what.starts_with("recursion limit") {
        return Fault::new(SkipReason::TooDeep, "JSON nested too deep");
    }
    let line = record.line.max(1) + error.line().saturating_sub(1) as u64;
    let what = what.split(" at line ").next().unwrap_or_default();
    Fault::new(SkipReason::Damaged, format!("{what}, at line {line} column {}", error.column()))
}

/// Collects the fields of one object, and of an envelope in it.
struct Collector<'o> {
    options: &'o Options,
    fields: Fields,
    /// The fields of the object in an envelope.
    enveloped: Option<Fields>,
}

impl<'o> Collector<'o> {
    fn new(options: &'o Options) -> Self {
        Collector { options, fields: Fields::default(), enveloped: None }
    }

    /// Is the value of this entry needed? If so, it is the field returned, or an envelope.
    fn lookup(&self, name: &str) -> Option<Entry<'o>> {
        let known = field_of(name, &self.options.map);
        let is_envelope = ENVELOPES.contains(&name);
        let user_field = user_field_of(name, &self.options.map);
        let is_extra = name == EXTRA && user_field.is_none() && known.is_none();
        let is_status = name == "status" && user_field.is_none() && known.is_none();
        let is_needed = is_envelope || known.is_some() || user_field.is_some() || is_extra || is_status;
        is_needed.then_some(Entry { is_envelope, known, user_field, is_extra, is_status })
    }

    fn add(&mut self, entry: Entry<'_>, value: Value) {
        if let Some(name) = entry.user_field {
            self.fields.put_extra(name, value);
            return;
        }
        if entry.is_extra {
            self.fields.put_extras(value);
            return;
        }
        if entry.is_status {
            self.fields.unpublished = value.text().filter(|status| UNPUBLISHED.contains(&status.as_str()));
            return;
        }
        match (value, entry.known) {
            (Value::Map(inner), _) if entry.is_envelope => self.enveloped = Some(Fields::of(inner, self.options)),
            (value, Some((field, rank))) => self.fields.put(field, rank, value),
            _ => {}
        }
    }

    /// The fields of the object. Where it has no text, those in an envelope are added; they win where the object has no
    /// title, either.
    fn finish(self) -> Fields {
        match self.enveloped {
            Some(enveloped) if self.fields.is_empty() => enveloped.or(self.fields),
            Some(enveloped) if self.fields.has_no_body() => self.fields.or(enveloped),
            _ => self.fields,
        }
    }
}

/// What an entry of an object is used for.
struct Entry<'m> {
    is_envelope: bool,
    /// Its field, and the rank of the name for it.
    known: Option<(Field, u8)>,
    /// Its user field, from the user's map.
    user_field: Option<&'m str>,
    /// Does it hold the user fields of the article?
    is_extra: bool,
    /// Is it the state of the article in its editorial system?
    is_status: bool,
}

fn fields_of_value(value: Value, options: &Options) -> Fields {
    let mut collector = Collector::new(options);
    if let Value::Map(entries) = value {
        for (name, value) in entries {
            if let Some(entry) = collector.lookup(&name) {
                collector.add(entry, value);
            }
        }
    }
    collector.finish()
}

fn parse(text: &str, options: &Options) -> Result<Fields, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let fields = parser.deserialize_any(ObjectVisitor { options })?;
    parser.end()?;
    Ok(fields)
}

/// Collects the fields of an object while it is parsed; all other entries are skipped without being built.
struct ObjectVisitor<'o> {
    options: &'o Options,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut collector = Collector::new(self.options);
        while let Some(Name(name)) = map.next_key()? {
            match collector.lookup(&name) {
                Some(entry) => collector.add(entry, map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(collector.finish())
    }

    fn visit_seq<S: serde::de::SeqAccess<'de>>(self, mut seq: S) -> Result<Fields, S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Fields::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Fields, E> {
        Ok(Fields::default())
    }
    fn visit_bool<E>(self, _: bool) -> Result<Fields, E> {
        Ok(Fields::default())
    }
    fn visit_f64<E>(self, _: f64) -> Result<Fields, E> {
        Ok(Fields::default())
    }
    fn visit_i64<E>(self, _: i64) -> Result<Fields, E> {
        Ok(Fields::default())
    }
    fn visit_u64<E>(self, _: u64) -> Result<Fields, E> {
        Ok(Fields::default())
    }
    fn visit_unit<E>(self) -> Result<Fields, E> {
        Ok(Fields::default())
    }
}

/// The name of an entry, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'n>(#[serde(borrow)] Cow<'n, str>);

/// Repairs what other programs write although JSON does not allow it: bare line ends and tabs in strings, halves of
/// surrogate pairs, NaN and Infinity.
fn repair(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len() + 64);
    let mut in_string = false;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut take = letter.len_utf8();
        match letter {
            '\\' if in_string => {
                let (escape, length) = repair_escape(rest);
                repaired.push_str(escape);
                take = length;
            }
            '"' => {
                in_string = !in_string;
                repaired.push('"');
            }
            letter if in_string && u32::from(letter) < 0x20 => {
                repaired.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            'N' if !in_string && rest.starts_with("NaN") => {
                repaired.push_str("null");
                take = 3;
            }
            'I' if !in_string && rest.starts_with("Infinity") => {
                repaired.push('0');
                take = 8;
            }
            _ => repaired.push(letter),
        }
        at += take;
    }
    repaired
}

/// The repaired form of the escape at the start of `rest`, and its length there in bytes.
fn repair_escape(rest: &str) -> (&str, usize) {
    const LOST: &str = "\u{fffd}";
    match (escaped_unit(rest), rest.get(6..).and_then(escaped_unit)) {
        (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (&rest[..12], 12),
        (Some(0xd800..0xe000), _) => (LOST, 6),
        (Some(_), _) => (&rest[..6], 6),
        (None, _) => match rest[1..].chars().next() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => (&rest[..2], 2),
            Some(letter) if letter != 'u' && u32::from(letter) >= 0x20 => {
                (&rest[1..1 + letter.len_utf8()], 1 + letter.len_utf8())
            }
            _ => ("", 1),
        },
    }
}

/// The number of `\uXXXX`.
fn escaped_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) { u32::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use morgue_article::date::parse_published;

    use super::super::tests::{article_of, outcomes_of, skip_of};
    use super::super::{Options, open_stream};
    use morgue_article::{DateOrigin, EntityKind, RawCaption, RawDate, SkipReason};

    #[test]
    fn usual_names_of_fields() {
        let article = article_of(
            "a.json",
            r#"{"id": 7, "headline": "Bridge opens", "articleBody": "It opened.\nAll came.", "date_publish": "2019-05-06",
                "link": "https://ledger.example/a", "authors": [{"name": "Ann Ode"}, "Bo Ek"], "publisher": {"name": "The Ledger"},
                "summary": "A bridge.", "lang": "en", "images": ["https://x.example/y.jpg", {"caption": "The bridge", "credit": "Ledger"}],
                "category": "Local", "tags": ["bridges", {"name": "towns"}], "version": 2, "updated": "2019-05-07",
                "places": ["Ostrava"], "other": {"body": "no"}}"#,
        );
        assert_eq!(article.id.as_deref(), Some("7"));
        assert_eq!(article.title.as_deref(), Some("Bridge opens"));
        assert_eq!(article.body, "It opened.\nAll came.");
        assert_eq!(article.published, Some(RawDate { text: "2019-05-06".into(), from: DateOrigin::Metadata }));
        assert_eq!(article.url.as_deref(), Some("https://ledger.example/a"));
        assert_eq!(article.byline, ["Ann Ode", "Bo Ek"]);
        assert_eq!(article.source.as_deref(), Some("The Ledger"));
        assert_eq!(article.description.as_deref(), Some("A bridge."));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.captions, [RawCaption { text: "The bridge".into(), credit: Some("Ledger".into()) }]);
        assert_eq!(article.section.as_deref(), Some("Local"));
        assert_eq!(article.keywords, ["bridges", "towns"]);
        assert_eq!((article.version.as_deref(), article.modified.as_deref()), (Some("2"), Some("2019-05-07")));
        assert_eq!(article.stated, [(EntityKind::Place, "Ostrava".to_owned())]);
    }

    #[test]
    fn shapes_of_apis() {
        for (text, title, body) in [
            (
                r#"{"title":{"rendered":"A &amp; B"},"content":{"rendered":"<p>One.</p><p>Two.</p>"}}"#,
                "A & B",
                "One.\n\nTwo.",
            ),
            (r#"{"_id":"1","_source":{"title":"T","text":"B"}}"#, "T", "B"),
            (r#"{"headline":{"main":"T"},"body":["B","C"]}"#, "T", "B\n\nC"),
            (r#"{"title":"T","content":"short","maintext":"The long one"}"#, "T", "The long one"),
            (r#"{"title":"T","body":null,"text":"","content":"C"}"#, "T", "C"),
            (r#"{"Title":"T","Body Text":"B"}"#, "T", "B"),
        ] {
            let article = article_of("a.json", text);
            assert_eq!((article.title.as_deref(), article.body.as_str()), (Some(title), body), "{text}");
        }
    }

    const STORY: &str =
        "The council met on Tuesday and voted to mend the old bridge over the Aske before winter comes.";

    #[test]
    fn texts_are_found_where_apis_keep_them() {
        for text in [
            r#"{"title":"T","contents":[{"type":"kicker","content":"Local"},{"type":"date","content":1557100800000},
                {"type":"image","fullcaption":"The bridge in May."},null,{"type":"sanitized_html","content":"<p>STORY</p>"}]}"#,
            r#"{"title":"T","body":{"sections":[{"paragraphs":["STORY"]}]}}"#,
            r#"{"response":{"status":"ok","results":[{"webTitle":"T","fields":{"body":"<p>STORY</p>"}}]}}"#,
            r#"{"title":"T","html":"<p>STORY</p>","custom_excerpt":null,"status":"published"}"#,
            r#"{"title":"T","description":"","data":{"page":{"content":{"text":"STORY"}}}}"#,
            r#"{"type":"node","id":"7","attributes":{"title":"T","body":{"value":"<p>STORY</p>","format":"html"}}}"#,
            r#"{"title":"T","body":{"blocks":[{"type":"heading","text":""},{"type":"paragraph","data":{},"text":"STORY"}]}}"#,
            r#"{"articles":{"page":1,"results":[{"title":"T","uri":"77","body":"STORY"}]}}"#,
            r#"{"title":"T","content_elements":[{"type":"text","content":"STORY"},{"type":"oembed_response","title":"no"}]}"#,
            r#"{"title":"T","paragraphs":["STORY"],"byline":{"original":"By Ann Ode","person":[]}}"#,
            r#"{"title":"T","body":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"STORY"}]}]}}"#,
        ] {
            let article = article_of("a.json", &text.replace("STORY", STORY));
            assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("T"), STORY), "{text}");
        }
    }

    #[test]
    fn a_text_of_unknown_name_is_a_skip_with_its_path() {
        for (text, path) in [
            (r#"{"title":"T","lines":["STORY"]}"#, "lines[]"),
            (r#"{"id":1,"title":"T","x":{"y":[{"z":"STORY"}]}}"#, "x.y[].z"),
            (r#"{"title":"T","body":"","Nachricht":"STORY"}"#, "Nachricht"),
        ] {
            let text = text.replace("STORY", STORY);
            let skip = skip_of("a.json", &text);
            assert_eq!(skip.reason, SkipReason::NoText, "{text}");
            assert!(
                skip.detail.contains("title") && skip.detail.ends_with(&format!("--map 'body={path}'")),
                "{}",
                skip.detail
            );
            let options = Options { map: vec![("body".to_owned(), path.to_owned())], ..Options::default() };
            let record = open_stream("a.json", text.as_bytes(), &options).next().unwrap().unwrap();
            assert_eq!(record.read(&options).unwrap().body, STORY);
        }
        // A headline alone is all that there is of a story.
        assert_eq!(article_of("a.json", r#"{"title":"T","seen":"2019"}"#).title.as_deref(), Some("T"));
    }

    #[test]
    fn numbers_of_writers_and_drafts() {
        for author in ["3", "\"3\"", "[3,4]", "{\"$oid\":\"5cf6a2b81f0d4e2a7c9b0e11\"}"] {
            let article = article_of("a.json", &format!(r#"{{"title":"T","body":"B","author":{author}}}"#));
            assert!(article.byline.is_empty(), "{author}");
        }
        for status in ["draft", "private", "trash", "scheduled"] {
            let skip = skip_of("a.json", &format!(r#"{{"title":"T","body":"B","status":"{status}"}}"#));
            assert_eq!(skip.reason, SkipReason::Withheld);
        }
        assert_eq!(article_of("a.json", r#"{"title":"T","body":"B","status":"publish"}"#).body, "B");
    }

    #[test]
    fn times_in_numbers_stay_as_the_source_spelled_them() {
        for (number, day) in [("1557100800", "2019-05-06"), ("1557100800000", "2019-05-06"), ("2019", "2019")] {
            let article = article_of("a.json", &format!(r#"{{"title":"T","timestamp":{number}}}"#));
            let text = article.published.unwrap().text;
            assert_eq!(text, number);
            assert_eq!(parse_published(&text).unwrap().to_string(), day);
        }
    }

    #[test]
    fn text_that_json_does_not_allow_is_repaired() {
        for (text, body) in [
            ("{\"body\":\"one\ntwo\tthree\"}", "one\ntwo\tthree"),
            (r#"{"body":"half \ud83d and whole \ud83c\udf89"}"#, "half \u{fffd} and whole 🎉"),
            (r#"{"n":NaN,"m":-Infinity,"body":"NaN"}"#, "NaN"),
            (r#"{"body":"it\'s \d"}"#, "it's d"),
        ] {
            assert_eq!(article_of("a.json", text).body, body);
        }
        let mut bytes = b"{\"title\":\"T\",\"body\":\"a wrong \xff byte\"}".to_vec();
        assert_eq!(super::super::tests::article_of_bytes("a.json", &bytes).body, "a wrong ÿ byte");
        bytes.truncate(20);
        assert_eq!(skip_of("a.json", std::str::from_utf8(&bytes).unwrap()).reason, SkipReason::Damaged);
    }

    #[test]
    fn objects_without_title_or_text_are_not_articles() {
        assert_eq!(skip_of("a.json", r#"{"name":"pkg","version":"1.0"}"#).reason, SkipReason::NotAnArticle);
        assert_eq!(skip_of("a.json", r#"{"a":[1,2,{"b":"c"}]}"#).reason, SkipReason::NotAnArticle);
    }

    #[test]
    fn a_damaged_line_is_named_and_skipped() {
        let outcomes = outcomes_of("a.jsonl", b"{\"body\": \"x\"} y\n{\"body\": \"z\"}\n{\"body\": tru}\n");
        let skips: Vec<_> =
            outcomes.iter().map(|outcome| outcome.as_ref().map_err(|skip| skip.detail.as_str())).collect();
        assert_eq!(skips[0], Err("trailing characters, at line 1 column 15"));
        assert_eq!(skips[1].unwrap().body, "z");
        assert_eq!(skips[2], Err("expected ident, at line 3 column 13"));
    }
}
