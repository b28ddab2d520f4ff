//! Values that sources state in fields of their own, as readers of several formats take them over: keywords, names, days.

use morgue_article::date::parse_published;
use morgue_article::{DateOrigin, EntityKind, RawDate};

use super::written_day;

/// Keywords that are kept of one article; a longer list is the index of the whole site.
pub(super) const MAX_KEYWORDS: usize = 50;

/// Names that are kept of one article.
const MAX_NAMES: usize = 200;

/// A longer name or keyword is dropped. Bytes.
const LONGEST_NAME: usize = 100;

/// The keywords of a list with commas or semicolons between them.
pub(super) fn split_keywords(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', ';']).map(str::trim).filter(|word| !word.is_empty())
}

/// Adds a keyword, unless it is a code, an address or already known.
pub(super) fn add_keyword(keywords: &mut Vec<String>, word: &str) {
    let word = word.trim();
    let is_word = word.chars().any(char::is_alphabetic)
        && word.chars().nth(1).is_some()
        && word.len() <= LONGEST_NAME
        && !word.contains("://");
    if is_word && keywords.len() < MAX_KEYWORDS && !keywords.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        keywords.push(word.to_owned());
    }
}

/// Adds the name of a person, an organisation or a place that the source states.
pub(super) fn add_name(names: &mut Vec<(EntityKind, String)>, kind: EntityKind, name: &str) {
    let name = name.trim();
    let fits = name.len() <= LONGEST_NAME && name.chars().any(char::is_alphabetic) && names.len() < MAX_NAMES;
    if fits && !names.iter().any(|(known, other)| *known == kind && other == name) {
        names.push((kind, name.to_owned()));
    }
}

/// Is it a word that programs write for an id that is not known?
pub(super) fn is_no_id(id: &str) -> bool {
    const NO_IDS: [&str; 14] = [
        "none",
        "nan",
        "n/a",
        "na",
        "null",
        "nil",
        "undefined",
        "unknown",
        "<na>",
        "(null)",
        "#n/a",
        "\\n",
        "false",
        "tbd",
    ];
    let id = id.trim();
    // `-`, `0`, `0.0`, `0000`, `?`, `00000000-0000-0000-0000-000000000000`
    let is_blank = id.chars().all(|c| c == '0' || !c.is_alphanumeric());
    is_blank || NO_IDS.iter().any(|no_id| id.eq_ignore_ascii_case(no_id))
}

/// The id of a story whose address has a fragment that names it among others of its page: `/2019-06#story3`,
/// `/#!/story/3`. The fragment is escaped, as addresses are compared without their fragments. Other fragments are places
/// of every page (`#comments`), words to mark, and marks of trackers (`#xtor=RSS-1`).
pub(super) fn id_of_fragment(url: &str) -> Option<String> {
    let (page, fragment) = url.split_once('#')?;
    let is_route = fragment.starts_with(['!', '/']) && fragment.len() > 2;
    let is_anchor = fragment.bytes().any(|byte| byte.is_ascii_digit())
        && !fragment.contains(['=', ':', '~', '&'])
        && !fragment.to_ascii_lowercase().contains("comment");
    if !page.contains("://") || !(is_route || is_anchor) {
        return None;
    }
    let has_path = page.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    Some(format!("{page}{}%23{}", if has_path { "" } else { "/" }, fragment.replace('#', "%23")))
}

/// The date that a field states. A day written in another language than English is spelled as ISO 8601.
pub(super) fn date(text: &str) -> Option<RawDate> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let written = if parse_published(text).is_none() { written_day::find(text, None) } else { None };
    let text = written.map_or_else(|| text.to_owned(), |day| day.to_string());
    Some(RawDate { text, from: DateOrigin::Metadata })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_words_are_no_ids() {
        for id in
            ["None", "nan", "NaN", "N/A", "n/a", "-", "--", "0", " 0 ", "0.0", "null", "NULL", "undefined", "", "?"]
        {
            assert!(is_no_id(id), "{id}");
        }
        for id in ["1", "10", "a", "n", "none-7", "0a", "urn:x", "N", "00000000-0000-0000-0000-000000000001"] {
            assert!(!is_no_id(id), "{id}");
        }
    }

    #[test]
    fn fragments_tell_stories_apart() {
        for (url, id) in [
            ("https://l.example/may#story1", Some("https://l.example/may%23story1")),
            ("https://l.example/may?p=2#7", Some("https://l.example/may?p=2%237")),
            ("https://l.example#!/story/a", Some("https://l.example/%23!/story/a")),
            ("https://l.example/#/story/a", Some("https://l.example/%23/story/a")),
            ("https://l.example/a", None),
            ("https://l.example/a#", None),
            ("https://l.example/a#comments", None),
            ("https://l.example/a#comment-12", None),
            ("https://l.example/a#xtor=RSS-1", None),
            ("https://l.example/a#:~:text=opened%20on%206", None),
            ("https://l.example/a#top", None),
        ] {
            assert_eq!(id_of_fragment(url).as_deref(), id, "{url}");
        }
    }

    #[test]
    fn keywords_are_words_and_each_is_kept_once() {
        let mut keywords = Vec::new();
        for word in split_keywords("Bridges, towns;; 04001 ,x,https://a.example/b,BRIDGES") {
            add_keyword(&mut keywords, word);
        }
        assert_eq!(keywords, ["Bridges", "towns"]);
    }

    #[test]
    fn a_name_is_kept_once_for_each_kind() {
        let mut names = Vec::new();
        for (kind, name) in [(EntityKind::Place, "Eldham"), (EntityKind::Org, "Eldham"), (EntityKind::Org, " Eldham ")]
        {
            add_name(&mut names, kind, name);
        }
        assert_eq!(names, [(EntityKind::Place, "Eldham".into()), (EntityKind::Org, "Eldham".into())]);
    }

    #[test]
    fn days_in_other_languages_are_spelled_as_iso_8601() {
        for (text, expected) in [
            ("Mon, 06 May 2019 10:00:00 GMT", Some("Mon, 06 May 2019 10:00:00 GMT")),
            ("6. Mai 2019", Some("2019-05-06")),
            ("someday", Some("someday")),
            (" ", None),
        ] {
            assert_eq!(date(text).map(|date| date.text).as_deref(), expected);
        }
    }
}
