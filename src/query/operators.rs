//! The spellings of operators: `AND`, `OR`, `NOT` in capitals; proximity in any case with a number.

use super::Within;

/// A word that is an operator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
    Near(Within),
    /// Proximity with a number above 255.
    TooFar,
}

/// The distance of a `NEAR` without a number.
const NEAR: u8 = 10;

/// The operator with the spelling `word`, a whole word between blanks.
pub(super) fn operator(word: &str) -> Option<Operator> {
    match word {
        "AND" => return Some(Operator::And),
        "OR" => return Some(Operator::Or),
        "NOT" => return Some(Operator::Not),
        "NEAR" => return Some(Operator::Near(Within::Words(NEAR))),
        "W/S" | "w/s" | "W/s" | "w/S" => return Some(Operator::Near(Within::Sentence)),
        "W/P" | "w/p" | "W/p" | "w/P" => return Some(Operator::Near(Within::Paragraph)),
        _ => {}
    }
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &word[name.len()..];
    // `w5` is a word. The other names are long enough to be different from words.
    let in_order = match name.to_ascii_lowercase().as_str() {
        "near" | "near/" | "w/" => false,
        "adj" | "adj/" | "pre/" => true,
        _ => return None,
    };
    if digits.is_empty() {
        return None;
    }
    Some(match digits.parse::<u8>() {
        Ok(words) if in_order => Operator::Near(Within::WordsInOrder(words)),
        Ok(words) => Operator::Near(Within::Words(words)),
        Err(_) => Operator::TooFar,
    })
}

/// An operator of Lucene and Elasticsearch at the beginning of `text`, and its spelling in this language. A single `&` is
/// part of names.
pub(super) fn operator_of_other_languages(text: &str) -> Option<(&'static str, &'static str)> {
    [("&&", "AND"), ("||", "OR")].into_iter().find(|(typed, _)| text.starts_with(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let near = |n| Some(Operator::Near(Within::Words(n)));
        let pre = |n| Some(Operator::Near(Within::WordsInOrder(n)));
        let table = [
            ("AND", Some(Operator::And)),
            ("and", None),
            ("And", None),
            ("NEAR", near(10)),
            ("near", None),
            ("NEAR/5", near(5)),
            ("Near/5", near(5)),
            ("near5", near(5)),
            ("NEAR5", near(5)),
            ("adj5", pre(5)),
            ("ADJ/5", pre(5)),
            ("ADJ", None),
            ("W/0", near(0)),
            ("w/255", near(255)),
            ("w/256", Some(Operator::TooFar)),
            ("W/99999999999999999999", Some(Operator::TooFar)),
            ("pre/3", pre(3)),
            ("W5", None),
            ("PRE5", None),
            ("W/", None),
            ("W/x", None),
            ("w/s", Some(Operator::Near(Within::Sentence))),
            ("W/P", Some(Operator::Near(Within::Paragraph))),
            ("nearby5", None),
            ("", None),
        ];
        for (word, expected) in table {
            assert_eq!(operator(word), expected, "{word}");
        }
    }
}
