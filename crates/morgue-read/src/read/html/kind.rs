//! What an element of a page is read for, by its name, class and property: heading, day, author, caption, credit.

/// What an element is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Day,
    Author(Sure),
    Caption,
    Credit,
}

/// How sure it is that an element names the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    Property,
    Relation,
    Byline,
    Author,
}

impl Kind {
    /// Is it of the same kind, however sure?
    pub(super) fn is(self, other: Kind) -> bool {
        self == other || matches!((self, other), (Kind::Author(_), Kind::Author(_)))
    }
}

/// What to read an element for. `label` is its class and id in lower case, `relation` whether it is a link to the author, and
/// `open` tells whether an element read for such a thing is around it.
pub(super) fn kind(
    name: &str,
    label: &str,
    property: &str,
    relation: bool,
    open: impl Fn(Kind) -> bool,
) -> Option<Kind> {
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if open(Kind::Caption) {
        let credit = says(&["credit", "copyright", "photographer", "attribution", "byline", "source"]);
        return credit.then_some(Kind::Credit);
    }
    match name {
        "h1" | "h2" | "h3" => return Some(Kind::Heading),
        "time" => return Some(Kind::Day),
        "figcaption" => return Some(Kind::Caption),
        _ => {}
    }
    if matches!(property, "datePublished" | "dateCreated" | "dateModified" | "pubdate" | "uploadDate")
        || property.eq_ignore_ascii_case("datepublished")
    {
        return Some(Kind::Day);
    }
    if property == "author" || property == "author.name" {
        return Some(Kind::Author(Sure::Property));
    }
    if relation {
        return Some(Kind::Author(Sure::Relation));
    }
    if label.is_empty() {
        return None;
    }
    if is_caption_label(label) && !matches!(name, "a" | "button" | "ul" | "ol" | "table" | "section") {
        return Some(Kind::Caption);
    }
    if says(&["byline"]) && !says(&["comment", "bylines", "photo", "img"]) {
        return Some(Kind::Author(Sure::Byline));
    }
    if !open(Kind::Author(Sure::Author)) && says(&["author"]) && !says(&AUTHOR_ASIDES) {
        return Some(Kind::Author(Sure::Author));
    }
    if !open(Kind::Day) && is_day_label(label) { Some(Kind::Day) } else { None }
}

/// Classes of elements about authors that hold more than their names, or other people's.
const AUTHOR_ASIDES: [&str; 14] = [
    "comment",
    "avatar",
    "bio",
    "image",
    "img",
    "photo",
    "social",
    "date",
    "twitter",
    "description",
    "related",
    "authorize",
    "follow",
    "info",
];

fn is_caption_label(label: &str) -> bool {
    const WHOLE: [&str; 12] = [
        "caption",
        "wp-caption-text",
        "image-caption",
        "photo-caption",
        "media-caption",
        "picture-caption",
        "cutline",
        "img-caption",
        "imagecaption",
        "photocaption",
        "caption-text",
        "bildunterschrift",
    ];
    label.split_whitespace().any(|class| {
        WHOLE.contains(&class)
            || ["__caption", "-caption-text", "image-caption", "_caption"].iter().any(|end| class.ends_with(end))
    })
}

fn is_day_label(label: &str) -> bool {
    const DAYS: [&str; 12] = [
        "date",
        "publish",
        "posted",
        "timestamp",
        "time-stamp",
        "pubtime",
        "post-time",
        "entry-time",
        "datum",
        "fecha",
        "article-time",
        "post-meta",
    ];
    const OTHERS: [&str; 9] =
        ["update-", "candidate", "validate", "mandate", "publisher", "data-update", "event", "comment", "publishing"];
    DAYS.iter().any(|word| label.contains(word)) && !OTHERS.iter().any(|word| label.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements() {
        let author = |sure| Some(Kind::Author(sure));
        for (name, label, property, expected) in [
            ("h1", "", "", Some(Kind::Heading)),
            ("time", "", "", Some(Kind::Day)),
            ("span", "entry-date", "", Some(Kind::Day)),
            ("span", "candidate-name", "", None),
            ("div", "x", "datePublished", Some(Kind::Day)),
            ("figcaption", "", "", Some(Kind::Caption)),
            ("div", "wp-caption-text", "", Some(Kind::Caption)),
            ("div", "closed-captions", "", None),
            ("p", "story-byline", "", author(Sure::Byline)),
            ("a", "author-name", "", author(Sure::Author)),
            ("div", "author-bio", "", None),
            ("span", "", "author", author(Sure::Property)),
            ("span", "photo-credit", "", None),
            ("p", "", "", None),
        ] {
            assert_eq!(kind(name, label, property, false, |_| false), expected, "{name} {label} {property}");
        }
        assert_eq!(kind("span", "photo-credit", "", false, |kind| kind == Kind::Caption), Some(Kind::Credit));
        assert_eq!(kind("a", "", "", true, |_| false), author(Sure::Relation));
    }
}
