//! The role of a page's element, from its name, class and property: heading, day, author, caption or credit.

/// What an element says about the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementRole {
    Heading,
    Day,
    Author(AuthorEvidence),
    Caption,
    Credit,
}

/// How an element names the author, the most reliable way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AuthorEvidence {
    Property,
    Relation,
    Byline,
    Author,
}

impl ElementRole {
    /// Do both have the same role? Two authors do, whatever the evidence.
    pub(super) fn is(self, other: ElementRole) -> bool {
        self == other || matches!((self, other), (ElementRole::Author(_), ElementRole::Author(_)))
    }
}

/// The role of an element. `label` is its class and id in lower case, `relation` whether it links to the author, and
/// `open` says whether an enclosing element has a role.
pub(super) fn role_of(
    name: &str,
    label: &str,
    property: &str,
    relation: bool,
    open: impl Fn(ElementRole) -> bool,
) -> Option<ElementRole> {
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if open(ElementRole::Caption) {
        let credit = says(&["credit", "copyright", "photographer", "attribution", "byline", "source"]);
        return credit.then_some(ElementRole::Credit);
    }
    match name {
        "h1" | "h2" | "h3" => return Some(ElementRole::Heading),
        "time" => return Some(ElementRole::Day),
        "figcaption" => return Some(ElementRole::Caption),
        _ => {}
    }
    if matches!(property, "datePublished" | "dateCreated" | "dateModified" | "pubdate" | "uploadDate")
        || property.eq_ignore_ascii_case("datepublished")
    {
        return Some(ElementRole::Day);
    }
    if property == "author" || property == "author.name" {
        return Some(ElementRole::Author(AuthorEvidence::Property));
    }
    if relation {
        return Some(ElementRole::Author(AuthorEvidence::Relation));
    }
    if label.is_empty() {
        return None;
    }
    if is_caption_label(label) && !matches!(name, "a" | "button" | "ul" | "ol" | "table" | "section") {
        return Some(ElementRole::Caption);
    }
    if says(&["byline"]) && !says(&["comment", "bylines", "photo", "img"]) {
        return Some(ElementRole::Author(AuthorEvidence::Byline));
    }
    if !open(ElementRole::Author(AuthorEvidence::Author)) && says(&["author"]) && !says(&AUTHOR_ASIDES) {
        return Some(ElementRole::Author(AuthorEvidence::Author));
    }
    if !open(ElementRole::Day) && is_day_label(label) { Some(ElementRole::Day) } else { None }
}

/// Parts of classes of elements about authors that hold more than the author's name, or other names.
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
    fn each_role_has_its_elements() {
        let author = |evidence| Some(ElementRole::Author(evidence));
        for (name, label, property, expected) in [
            ("h1", "", "", Some(ElementRole::Heading)),
            ("time", "", "", Some(ElementRole::Day)),
            ("span", "entry-date", "", Some(ElementRole::Day)),
            ("span", "candidate-name", "", None),
            ("div", "x", "datePublished", Some(ElementRole::Day)),
            ("figcaption", "", "", Some(ElementRole::Caption)),
            ("div", "wp-caption-text", "", Some(ElementRole::Caption)),
            ("div", "closed-captions", "", None),
            ("p", "story-byline", "", author(AuthorEvidence::Byline)),
            ("a", "author-name", "", author(AuthorEvidence::Author)),
            ("div", "author-bio", "", None),
            ("span", "", "author", author(AuthorEvidence::Property)),
            ("span", "photo-credit", "", None),
            ("p", "", "", None),
        ] {
            assert_eq!(role_of(name, label, property, false, |_| false), expected, "{name} {label} {property}");
        }
        assert_eq!(
            role_of("span", "photo-credit", "", false, |kind| kind == ElementRole::Caption),
            Some(ElementRole::Credit)
        );
        assert_eq!(role_of("a", "", "", true, |_| false), author(AuthorEvidence::Relation));
    }
}
