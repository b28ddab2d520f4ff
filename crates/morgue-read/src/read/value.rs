//! The value of a field in JSON or a table. Each source has its own shape for it: a text, a list of texts, an object with
//! a text in it.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// The value of a field. Numbers are texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Value {
    #[default]
    Nothing,
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Entries of an object that may be its text, best first: WordPress, Elasticsearch, Arc, MongoDB, XML turned JSON, JSON-LD.
const TEXTS: [&str; 24] = [
    "rendered",
    "original",
    "text",
    "value",
    "#text",
    "_",
    "$",
    "content",
    "body",
    "main",
    "basic",
    "name",
    "title",
    "label",
    "headline",
    "$date",
    "$numberlong",
    "$numberint",
    "$numberdouble",
    "$numberdecimal",
    "$oid",
    "@id",
    "href",
    "html",
];

impl Value {
    /// Does it have no text? An object with any entry is not empty.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Value::Nothing => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(list) => list.iter().all(Value::is_empty),
            Value::Map(map) => map.is_empty(),
        }
    }

    /// One text: the first one of a list, the best entry ([`TEXTS`]) of an object.
    pub(super) fn text(self) -> Option<String> {
        let text = match self {
            Value::Nothing => None,
            Value::Text(text) => Some(text),
            Value::List(list) => list.into_iter().find_map(Value::text),
            Value::Map(map) => pick(map, &TEXTS).and_then(Value::text),
        };
        text.filter(|text| !text.trim().is_empty())
    }

    /// The text, where the value is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// All texts of a list; one text of anything else.
    pub(super) fn texts(self) -> Vec<String> {
        match self {
            Value::List(list) => list.into_iter().filter_map(Value::text).collect(),
            other => other.text().into_iter().collect(),
        }
    }

    /// The values of a list; this value itself if it is not a list.
    pub(super) fn each(self) -> Vec<Value> {
        match self {
            Value::List(list) => list,
            Value::Nothing => Vec::new(),
            other => vec![other],
        }
    }
}

/// The value of the first of `names` that is in the object and not empty. Names match in any case.
pub(super) fn pick(map: Vec<(String, Value)>, names: &[&str]) -> Option<Value> {
    let mut best: Option<(usize, Value)> = None;
    for (name, value) in map {
        let rank = names.iter().position(|known| name.eq_ignore_ascii_case(known));
        if let Some(rank) = rank.filter(|&rank| !value.is_empty() && best.as_ref().is_none_or(|(best, _)| rank < *best))
        {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        parser.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Value, S::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element()? {
            list.push(value);
        }
        Ok(Value::List(list))
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Value, M::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Value::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_any_shape() {
        for (json, texts) in [
            (r#""a""#, vec!["a"]),
            ("7", vec!["7"]),
            ("null", vec![]),
            (r#"["a", null, " ", {"name": "b"}]"#, vec!["a", "b"]),
            (r#"{"title": "t", "rendered": "r"}"#, vec!["r"]),
            (r#"{"unknown": "t"}"#, vec![]),
            (r#"{"$date": {"$numberLong": "1557100800000"}}"#, vec!["1557100800000"]),
            (r#"{"person": [{"firstname": "Ann"}], "original": "By Ann Ode"}"#, vec!["By Ann Ode"]),
        ] {
            assert_eq!(serde_json::from_str::<Value>(json).unwrap().texts(), texts, "{json}");
        }
    }
}
