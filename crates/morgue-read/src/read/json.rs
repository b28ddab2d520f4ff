//! One JSON object -> article, by the names that news data gives its fields.

use std::borrow::Cow;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::fault::Fault;
use super::fields::{Fields, field_of};
use super::value::Value;
use super::{Options, Record, charset, ninjs};
use morgue_article::{RawArticle, SkipReason};

/// Objects that only wrap the article: Elasticsearch, NYT, MongoDB exports.
const ENVELOPES: [&str; 6] = ["_source", "article", "document", "doc", "fields", "story"];

pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    let text = charset::decode_json(&record.bytes);
    if ninjs::may_be(&text)
        && let Some(item) = serde_json::from_str(&text).ok().and_then(ninjs::item)
    {
        return ninjs::read(&item, options);
    }
    if is_schema(&text) {
        return Err(Fault::new(SkipReason::NotAnArticle, "a JSON schema"));
    }
    let fields = match parse(&text, options) {
        Ok(fields) => fields,
        Err(error) if error.classify() == Category::Eof => return Err(damaged(record, &error)),
        Err(error) => match parse(&mend(&text), options) {
            Ok(fields) => fields,
            Err(_) => return Err(damaged(record, &error)),
        },
    };
    if fields.is_empty() {
        return Err(Fault::new(SkipReason::NotAnArticle, "no field of it is a title or a text"));
    }
    let of_all = record.before.as_deref().and_then(|before| parse(str::from_utf8(before).ok()?, options).ok());
    let fields = match of_all {
        Some(of_all) => fields.or(of_all),
        None => fields,
    };
    Ok(fields.into_article(record.origin.clone()))
}

/// A description of other JSON, whose title and text are about itself.
fn is_schema(json: &str) -> bool {
    let start = json.trim_start().trim_start_matches('{').trim_start();
    start.starts_with("\"$schema\"") && json.contains("json-schema.org")
}

fn damaged(record: &Record, error: &serde_json::Error) -> Fault {
    if error.to_string().starts_with("recursion limit") {
        return Fault::new(SkipReason::TooDeep, "JSON nested too deep");
    }
    let line = record.line.max(1) + error.line().saturating_sub(1) as u64;
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Fault::new(SkipReason::Damaged, format!("{what}, at line {line} column {}", error.column()))
}

fn parse(text: &str, options: &Options) -> Result<Fields, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let fields = parser.deserialize_any(ObjectVisitor { options })?;
    parser.end()?;
    Ok(fields)
}

/// Takes from an object what its names say; all else is passed over without being built.
struct ObjectVisitor<'o> {
    options: &'o Options,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
        let mut fields = Fields::default();
        let mut wrapped: Option<Fields> = None;
        while let Some(Name(name)) = map.next_key()? {
            let known = field_of(&name, &self.options.map);
            if ENVELOPES.contains(&&*name) {
                match (map.next_value()?, known) {
                    (Value::Map(inner), _) => wrapped = Some(Fields::of(inner, self.options)),
                    (other, Some((field, rank))) => fields.put(field, rank, other),
                    _ => {}
                }
            } else if let Some((field, rank)) = known {
                fields.put(field, rank, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match wrapped {
            Some(wrapped) if fields.is_empty() => Ok(wrapped.or(fields)),
            _ => Ok(fields),
        }
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

/// A field's name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'n>(#[serde(borrow)] Cow<'n, str>);

/// What other programs write though JSON does not allow it: bare line ends and tabs in strings, halves of surrogate
/// pairs, NaN and Infinity.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len() + 64);
    let mut in_string = false;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut take = letter.len_utf8();
        match letter {
            '\\' if in_string => {
                let (mended_escape, length) = mend_escape(rest);
                mended.push_str(mended_escape);
                take = length;
            }
            '"' => {
                in_string = !in_string;
                mended.push('"');
            }
            letter if in_string && u32::from(letter) < 0x20 => {
                mended.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            'N' if !in_string && rest.starts_with("NaN") => {
                mended.push_str("null");
                take = 3;
            }
            'I' if !in_string && rest.starts_with("Infinity") => {
                mended.push('0');
                take = 8;
            }
            _ => mended.push(letter),
        }
        at += take;
    }
    mended
}

/// What to write for the escape at the start of `rest`, and the bytes it takes up there.
fn mend_escape(rest: &str) -> (&str, usize) {
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
    use morgue_article::{DateOrigin, EntityKind, RawCaption, RawDate, SkipReason};

    #[test]
    fn the_usual_names() {
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
    fn what_json_does_not_allow_is_mended() {
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
    fn what_is_no_article() {
        assert_eq!(skip_of("a.json", r#"{"name":"pkg","version":"1.0"}"#).reason, SkipReason::NotAnArticle);
        assert_eq!(skip_of("a.json", r#"{"a":[1,2,{"b":"c"}]}"#).reason, SkipReason::NotAnArticle);
    }

    #[test]
    fn a_damaged_line_is_named_and_passed_over() {
        let outcomes = outcomes_of("a.jsonl", b"{\"body\": \"x\"} y\n{\"body\": \"z\"}\n{\"body\": tru}\n");
        let skips: Vec<_> =
            outcomes.iter().map(|outcome| outcome.as_ref().map_err(|skip| skip.detail.as_str())).collect();
        assert_eq!(skips[0], Err("trailing characters, at line 1 column 15"));
        assert_eq!(skips[1].unwrap().body, "z");
        assert_eq!(skips[2], Err("expected ident, at line 3 column 13"));
    }
}
