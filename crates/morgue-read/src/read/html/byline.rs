//! The authors of a page's article: from JSON-LD, from `<meta>` fields, and from elements marked as bylines.

use morgue_article::date::ENGLISH;

use super::element_role::AuthorEvidence;
use super::jsonld::JsonLd;
use super::page::Page;
use super::title::meta;
use morgue_article::text::letters_and_digits;

/// The names of the authors; empty if the page states none. `source` is the publisher's name.
pub(super) fn byline(page: &Page<'_>, stated: &JsonLd, source: Option<&str>) -> Vec<String> {
    let from_json = || names(stated.authors.iter().map(String::as_str), source);
    let from_head = || {
        const FIELDS: [&str; 9] = [
            "author",
            "article:author",
            "article:author_name",
            "parsely-author",
            "sailthru.author",
            "byl",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
        ];
        let found = FIELDS.iter().map(|name| {
            let contents = page.metas.iter().filter(|(known, _)| known == name).map(|(_, content)| content.as_str());
            names(contents, source)
        });
        found.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
    };
    let from_elements = |wanted: AuthorEvidence| {
        let texts = page.authors.iter().filter(|(evidence, _)| *evidence == wanted).map(|(_, text)| text.as_str());
        names(texts.take(MAX_AUTHORS), source)
    };
    let first = |mut found: Vec<String>| {
        // Elements that only their class marks also name authors of other stories; the first is the article's.
        found.truncate(1);
        found
    };
    [
        from_json(),
        from_head(),
        from_elements(AuthorEvidence::Property),
        first_text(page, AuthorEvidence::Byline, source),
    ]
    .into_iter()
    .chain([first(from_elements(AuthorEvidence::Relation)), first_text(page, AuthorEvidence::Author, source)])
    .find(|names| !names.is_empty())
    .unwrap_or_default()
}

/// An article has at most that number of authors.
const MAX_AUTHORS: usize = 12;

fn first_text(page: &Page<'_>, wanted: AuthorEvidence, source: Option<&str>) -> Vec<String> {
    let texts = page.authors.iter().filter(|(evidence, _)| *evidence == wanted);
    texts
        .map(|(_, text)| names(std::iter::once(text.as_str()), source))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

fn names<'t>(texts: impl Iterator<Item = &'t str>, source: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        for mut name in split(text) {
            // `Ann Lund The Post Staff`: her job follows without punctuation.
            let bare = source.and_then(|source| name.strip_suffix(" Staff")?.strip_suffix(source));
            if let Some(bare) = bare.map(|bare| bare.trim_end().len()).filter(|&bare| bare > 0) {
                name.truncate(bare);
            }
            let is_new = found.iter().all(|known| letters_and_digits(known) != letters_and_digits(&name));
            let is_source = source.is_some_and(|source| letters_and_digits(source) == letters_and_digits(&name));
            if is_new && !is_source && found.len() < MAX_AUTHORS {
                found.push(name);
            }
        }
    }
    found
}

/// `By Ann Lund and Bo Ek, Associated Press` -> three names.
fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = without_lead(text);
    if text.is_empty() || text.len() > LONGEST || text.contains("://") || text.starts_with(['@', '/']) {
        return Vec::new();
    }
    let text = text.split(['|', '•', '·']).next().unwrap_or(text);
    let mut names = Vec::new();
    for part in text.split([',', ';', '&']) {
        for name in part.split(" and ").flat_map(|part| part.split(" und ")).flat_map(|part| part.split(" y ")) {
            let name = name.trim().trim_start_matches("and ").trim_matches(|c: char| c == '"' || c.is_whitespace());
            let name = without_weekday(name);
            if !names.is_empty() && is_role(name) {
                continue;
            }
            if is_name(name) {
                names.push(name.to_owned());
            } else if !names.is_empty() {
                return names;
            }
        }
    }
    names
}

/// `Ann Lund Monday` -> `Ann Lund`: the beginning of a date follows the name.
fn without_weekday(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((before, last)) if last.ends_with("day") && ENGLISH.weekday(last).is_some() => before.trim_end(),
        _ => name,
    }
}

/// Is it a job or degree that follows a name, as in `AP National Writer` or `PhD`?
fn is_role(text: &str) -> bool {
    const DEGREES: [&str; 14] =
        ["BA", "BSc", "DPhil", "Esq", "JD", "MA", "MBA", "MD", "MPH", "MS", "MSc", "PhD", "RDN", "RN"];
    const ROLES: [&str; 7] = ["writer", "reporter", "editor", "correspondent", "contributor", "columnist", "producer"];
    let last = text.rsplit(' ').next().unwrap_or_default();
    let bare = text.replace('.', "");
    ROLES.iter().any(|role| last.eq_ignore_ascii_case(role)) || DEGREES.contains(&bare.as_str())
}

/// A longer text is a biography. Bytes.
const LONGEST: usize = 200;

/// The text without `By`, `Written by`, `Von`, `Par` before the names.
fn without_lead(text: &str) -> &str {
    const LEADS: [&str; 18] = [
        "by",
        "written by",
        "story by",
        "posted by",
        "reported by",
        "author:",
        "authors:",
        "von",
        "par",
        "por",
        "by:",
        "published by",
        "autor:",
        "autora:",
        "redaktion:",
        "автор:",
        "редактор:",
        "di",
    ];
    let lead = LEADS.iter().filter_map(|lead| {
        let rest = text.get(lead.len()..)?;
        let same = text[..lead.len()].to_lowercase() == **lead;
        (same && (lead.ends_with(':') || rest.starts_with(char::is_whitespace))).then_some(rest)
    });
    lead.min_by_key(|rest| rest.len()).unwrap_or(text).trim()
}

/// One to six words without digits; the first begins with a capital or is in a script without capitals.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let first = text.chars().next();
    let lower = text.to_lowercase();
    (1..=6).contains(&words)
        && text.len() >= 2
        && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '{' | '<' | '[' | '?' | '!' | '@'))
        && !lower.split_whitespace().next().is_some_and(|first| NO_NAMES.contains(&first))
}

/// First words of author fields that do not hold a name.
const NO_NAMES: [&str; 22] = [
    "admin",
    "administrator",
    "author",
    "authors",
    "editor",
    "unknown",
    "guest",
    "null",
    "none",
    "undefined",
    "published",
    "updated",
    "share",
    "follow",
    "view",
    "posted",
    "website",
    "facebook",
    "twitter",
    "email",
    "about",
    "more",
];

/// The publisher: the name that the page gives its site, else the one in JSON-LD.
pub(super) fn source(page: &Page<'_>, stated: &JsonLd) -> Option<String> {
    const FIELDS: [&str; 4] = ["og:site_name", "application-name", "dc.publisher", "cre"];
    let named = meta(page, FIELDS[0]).map(str::to_owned).or_else(|| stated.publisher.clone());
    named
        .or_else(|| FIELDS[1..].iter().find_map(|name| meta(page, name).map(str::to_owned)))
        // After a bar, sites describe themselves.
        .map(|name| name.split(" | ").next().unwrap_or_default().trim().to_owned())
        .filter(|name| !name.is_empty() && name.len() <= 100 && !name.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::super::{jsonld, page};
    use super::*;

    #[test]
    fn bylines_are_split_into_names() {
        for (text, expected) in [
            ("By Ann Lund", "Ann Lund"),
            ("By Ann Lund and Bo Ek", "Ann Lund|Bo Ek"),
            ("BY ANN LUND, BO EK & CY DOE", "ANN LUND|BO EK|CY DOE"),
            ("Ann Lund, Associated Press", "Ann Lund|Associated Press"),
            ("Ann Lund | March 5, 2019", "Ann Lund"),
            ("Ann Lund Monday, March 5, 2019", "Ann Lund"),
            ("Ann Lund, AP National Writer", "Ann Lund"),
            ("Ann Lund, 5 March 2019", "Ann Lund"),
            ("Ann Lund, M.D., PhD and Bo Ek, RN", "Ann Lund|Bo Ek"),
            ("Ann Lund, MS, RDN", "Ann Lund"),
            ("Von Ann Lund", "Ann Lund"),
            ("Autor: Ann Lund", "Ann Lund"),
            ("Редактор: Анна Лунд", "Анна Лунд"),
            ("https://n.example/ann", ""),
            ("admin", ""),
            ("View all posts", ""),
            ("she is a reporter at the Post", ""),
            ("@annlund", ""),
        ] {
            assert_eq!(split(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn authors_are_read_from_all_their_places() {
        for (html, expected) in [
            (
                "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[{\"name\":\"Ann Lund\"},{\"name\":\"Bo Ek\"}]}</script>",
                "Ann Lund|Bo Ek",
            ),
            ("<meta name=author content='Ann Lund'>", "Ann Lund"),
            ("<meta name=author content='The Post'><p class=byline>By Bo Ek</p>", "Bo Ek"),
            ("<p class=byline>By Bo Ek The Post Staff</p>", "Bo Ek"),
            ("<span itemprop=author><span itemprop=name>Ann Lund</span></span>", "Ann Lund"),
            ("<a class=author-name>Ann Lund</a><a class=author-name>Bo Ek</a>", "Ann Lund"),
            ("<p>no one</p>", ""),
        ] {
            let page = page::read(html).unwrap();
            let stated = jsonld::read(&page.scripts);
            assert_eq!(byline(&page, &stated, Some("The Post")).join("|"), expected, "{html}");
        }
    }
}
