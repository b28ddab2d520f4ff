//! Paths in JSON, as `--map body=story.blocks[].text` names them, and the path of the text that no name of a field
//! leads to.

use std::collections::BTreeMap;

use super::value::Value;

/// Is the name in a map a path?
pub(super) fn is_path(name: &str) -> bool {
    name.contains(['.', '[']) && !name.starts_with('.')
}

/// The values at a path. A list is entered with or without `[]` after its name.
pub(super) fn value_at(value: &Value, path: &str) -> Value {
    let mut found = vec![value];
    for name in path.split('.') {
        let name = name.trim_end_matches("[]");
        let mut inner = Vec::new();
        for value in found {
            entries_named(value, name, &mut inner);
        }
        found = inner;
    }
    match found[..] {
        [] => Value::Nothing,
        [one] => one.clone(),
        _ => Value::List(found.into_iter().cloned().collect()),
    }
}

/// The entries with a name in an object, or in the objects of a list.
fn entries_named<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Map(map) => found.extend(map.iter().filter(|(known, _)| known == name).map(|(_, value)| value)),
        Value::List(list) => list.iter().for_each(|value| entries_named(value, name, found)),
        _ => {}
    }
}

/// A shorter text can be a title, a slug, a note. Bytes.
const SHORTEST_TEXT: usize = 80;

/// Levels of nesting that are searched for a text.
const MAX_DEPTH: usize = 8;

/// The path with the most text, where that is enough to be a story.
pub(super) fn longest_text(value: &Value) -> Option<String> {
    let mut lengths = BTreeMap::new();
    add_lengths(value, "", 0, &mut lengths);
    let longest = lengths.into_iter().max_by_key(|(_, length)| *length)?;
    (longest.1 >= SHORTEST_TEXT).then_some(longest.0)
}

fn add_lengths(value: &Value, path: &str, depth: usize, lengths: &mut BTreeMap<String, usize>) {
    match value {
        Value::Text(text) if text.trim().contains(' ') => {
            *lengths.entry(path.to_owned()).or_default() += text.len();
        }
        Value::List(list) if depth < MAX_DEPTH => {
            let path = format!("{path}[]");
            list.iter().for_each(|value| add_lengths(value, &path, depth + 1, lengths));
        }
        Value::Map(map) if depth < MAX_DEPTH => {
            for (name, value) in map {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                add_lengths(value, &path, depth + 1, lengths);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_through_objects_and_lists() {
        let value: Value = serde_json::from_str(
            r#"{"a":{"b":[{"c":"1"},{"d":"x"},{"c":"2"}]},"e":["3","4"],"f":[[{"g":"5"}]],"h.i":"6"}"#,
        )
        .unwrap();
        for (path, texts) in [
            ("a.b[].c", &["1", "2"][..]),
            ("a.b.c", &["1", "2"]),
            ("a.b[].d", &["x"]),
            ("e[]", &["3", "4"]),
            ("f[][].g", &["5"]),
            ("a.z", &[]),
            ("a.b.c.d", &[]),
            ("", &[]),
        ] {
            assert_eq!(value_at(&value, path).texts(), texts, "{path}");
        }
    }

    #[test]
    fn the_longest_text_has_a_path() {
        let text = "The council met on Tuesday and voted to mend the old bridge over the Aske before winter.";
        let find = |json: String| longest_text(&serde_json::from_str(&json).unwrap());
        assert_eq!(
            find(format!(r#"{{"t":"Bridge opens","x":{{"y":["{text}","{text}"]}}}}"#)).as_deref(),
            Some("x.y[]")
        );
        assert_eq!(find(format!(r#"{{"x":[{{"z":"{text}"}},{{"w":1}}]}}"#)).as_deref(), Some("x[].z"));
        assert_eq!(find(r#"{"t":"Bridge opens"}"#.to_owned()), None);
        assert_eq!(find(format!(r#"{{"t":"https://a.example/{}"}}"#, "x".repeat(200))), None);
    }
}
