//! The names of fields.

use std::borrow::Cow;

use super::{DayField, Field, FieldName};
use morgue_article::{EntityKind, ExtraName};

/// Every field with its name, in the order in which an error lists them.
const FIELDS: [(&str, FieldName); 19] = [
    ("title", FieldName::Words(Field::Title)),
    ("lede", FieldName::Words(Field::Lede)),
    ("body", FieldName::Words(Field::Body)),
    ("caption", FieldName::Words(Field::Caption)),
    ("byline", FieldName::Words(Field::Byline)),
    ("dateline", FieldName::Words(Field::Dateline)),
    ("source", FieldName::Words(Field::Source)),
    ("url", FieldName::Words(Field::Url)),
    ("path", FieldName::Words(Field::Path)),
    ("id", FieldName::Words(Field::Id)),
    ("lang", FieldName::Words(Field::Lang)),
    ("section", FieldName::Words(Field::Section)),
    ("keyword", FieldName::Words(Field::Keyword)),
    ("person", FieldName::Words(Field::Name(Some(EntityKind::Person)))),
    ("org", FieldName::Words(Field::Name(Some(EntityKind::Org)))),
    ("place", FieldName::Words(Field::Name(Some(EntityKind::Place)))),
    ("entity", FieldName::Words(Field::Name(None))),
    ("date", FieldName::Days(DayField::Date)),
    ("published", FieldName::Days(DayField::Published)),
];

impl FieldName {
    /// The field with this name, in lower case and without the colon.
    pub fn named(name: &str) -> Option<FieldName> {
        if name.starts_with(ExtraName::PREFIX) {
            return name.parse().ok().map(|extra| FieldName::Words(Field::Extra(extra)));
        }
        FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    /// The name, as it is typed.
    pub fn name(self) -> Cow<'static, str> {
        if let FieldName::Words(Field::Extra(extra)) = self {
            return Cow::Owned(extra.to_string());
        }
        Cow::Borrowed(FIELDS.iter().find(|(_, field)| *field == self).map_or("entity", |(name, _)| name))
    }
}

impl Field {
    /// The name, as it is typed.
    pub fn name(self) -> Cow<'static, str> {
        FieldName::Words(self).name()
    }

    /// Whether it is a zone of the text (title, lede, body, caption) and not a field outside the text.
    pub fn is_zone(self) -> bool {
        matches!(self, Field::Title | Field::Lede | Field::Body | Field::Caption)
    }
}

impl DayField {
    /// The name, as it is typed.
    pub fn name(self) -> Cow<'static, str> {
        FieldName::Days(self).name()
    }
}

/// All names, each with a colon.
pub(super) fn all_names() -> String {
    FIELDS.map(|(name, _)| format!("{name}:")).join(" ") + " x.NAME:"
}

/// The field that was probably meant: by its name in other programs, or with a typing error.
pub(super) fn guess(name: &str) -> Option<&'static str> {
    const OTHERS: [(&str, &str); 24] = [
        ("headline", "title"),
        ("hl", "title"),
        ("hlead", "lede"),
        ("lead", "lede"),
        ("lp", "lede"),
        ("text", "body"),
        ("author", "byline"),
        ("by", "byline"),
        ("publication", "source"),
        ("publisher", "source"),
        ("site", "url"),
        ("link", "url"),
        ("inurl", "url"),
        ("intitle", "title"),
        ("file", "path"),
        ("language", "lang"),
        ("la", "lang"),
        ("tag", "keyword"),
        ("subject", "keyword"),
        ("organization", "org"),
        ("organisation", "org"),
        ("company", "org"),
        ("location", "place"),
        ("name", "entity"),
    ];
    if let Some((_, field)) = OTHERS.iter().find(|(other, _)| *other == name) {
        return Some(field);
    }
    FIELDS.iter().map(|(known, _)| *known).find(|known| is_one_slip(name, known))
}

/// Whether `typed` differs from `word` only by two swapped letters, or by one wrong, missing or added letter.
fn is_one_slip(typed: &str, word: &str) -> bool {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    let same_start = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (a, b) = (&typed[same_start..], &word[same_start..]);
    if word.len() < 3 {
        return false;
    }
    match (a, b) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        ([w, x, a @ ..], [y, z, b @ ..]) => w == z && x == y && a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_name() {
        for (name, field) in FIELDS {
            assert_eq!(field.name(), name);
            assert_eq!(FieldName::named(name), Some(field));
        }
        assert_eq!(FieldName::named("Title"), None);
        assert!(all_names().starts_with("title: lede:"));
    }

    #[test]
    fn slips_and_names_of_other_programs_are_guessed() {
        let table = [
            ("titel", Some("title")),
            ("tile", Some("title")),
            ("persons", Some("person")),
            ("publishd", Some("published")),
            ("author", Some("byline")),
            ("headline", Some("title")),
            ("mailto", None),
            ("c", None),
        ];
        for (typed, meant) in table {
            assert_eq!(guess(typed), meant, "{typed}");
        }
    }
}
