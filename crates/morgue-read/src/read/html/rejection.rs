//! Is a page an article at all? Index pages, empty shells, error pages and consent walls show it in ways that
//! articles do not. In doubt a page is an article: a false skip loses a story, a false article is only a poor hit.

use super::body::is_sentence;
use super::jsonld::JsonLd;
use super::page::Page;
use super::title::meta;
use morgue_article::text::letters_and_digits;

/// Why a page is not an article; `None` if it is one.
pub(super) fn why_not_article(
    page: &Page<'_>,
    stated: &JsonLd,
    title: Option<&str>,
    story: &[String],
) -> Option<String> {
    let words: usize = story.iter().map(|paragraph| paragraph.split_whitespace().count()).sum();
    let title = title.unwrap_or_default();
    let titles = [title, &page.title].map(str::to_lowercase);
    let says = |signs: &[&str]| signs.iter().any(|sign| titles.iter().any(|title| title.contains(sign)));
    if words < SHORT && says(&ERRORS) {
        return Some(format!("an error page: {:?}", page.title));
    }
    if words < SHORT && (says(&CHECKS) || is_wall(story)) {
        return Some(format!("a consent or access wall: {:?}", page.title));
    }
    let is_stated = stated.is_article || is_article(page);
    let characters: usize = story.iter().map(|paragraph| paragraph.chars().count()).sum();
    if characters < FEWEST_CHARACTERS && !(is_stated && characters > 0) {
        let what = if page.text_bytes == 0 { "an empty shell" } else { "no story found on it" };
        return Some(format!("{what}: {words} words of text"));
    }
    if !is_stated && is_index(page, story) {
        return Some("an index page: links with hardly a sentence between them".to_owned());
    }
    None
}

/// A longer text about an error or a cookie is an article. Words.
const SHORT: usize = 120;
/// A shorter text is not a story unless the page says that it is an article. Characters.
const FEWEST_CHARACTERS: usize = 40;

const ERRORS: [&str; 16] = [
    "404",
    "page not found",
    "not found",
    "403 forbidden",
    "access denied",
    "error 50",
    "500 internal",
    "bad gateway",
    "service unavailable",
    "page unavailable",
    "gateway time",
    "site can't be reached",
    "410 gone",
    "seite nicht gefunden",
    "page introuvable",
    "domain for sale",
];
const CHECKS: [&str; 9] = [
    "just a moment",
    "attention required",
    "are you a robot",
    "security check",
    "verify you are human",
    "before you continue",
    "captcha",
    "privacy settings",
    "cookie consent",
];

/// Is the story only about cookies or consent?
fn is_wall(story: &[String]) -> bool {
    const SIGNS: [&str; 12] = [
        "we use cookies",
        "uses cookies",
        "accept cookies",
        "accept all",
        "your consent",
        "your privacy",
        "enable javascript",
        "javascript is disabled",
        "cookie policy",
        "our partners",
        "turn on javascript",
        "disable your ad blocker",
    ];
    let text = story.join(" ").to_lowercase();
    SIGNS.iter().filter(|sign| text.contains(*sign)).count() >= 2
}

/// Do the `<meta>` fields say that the page is an article?
fn is_article(page: &Page<'_>) -> bool {
    meta(page, "og:type").is_some_and(|kind| kind.to_ascii_lowercase().contains("article"))
        || page.metas.iter().any(|(name, _)| name.starts_with("article:published"))
        || page.days.iter().any(|day| day.label.contains("datepublished"))
}

/// Is most of it links, with hardly a sentence? These are lists of headlines.
fn is_index(page: &Page<'_>, story: &[String]) -> bool {
    let sentences = story.iter().filter(|paragraph| is_sentence(paragraph));
    if sentences.take(2).count() == 2 {
        return false;
    }
    let (mut all, mut linked) = (0, 0);
    for paragraph in story {
        let key = letters_and_digits(paragraph);
        all += key.len();
        linked += if page.links.contains(&key) { key.len() } else { 0 };
    }
    linked * 2 > all
}

#[cfg(test)]
mod tests {
    use super::super::{jsonld, page};
    use super::*;

    fn judge(html: &str, story: &[&str]) -> String {
        let page = page::read(html).unwrap();
        let stated = jsonld::read(&page.scripts);
        let story: Vec<String> = story.iter().map(|text| (*text).to_owned()).collect();
        why_not_article(&page, &stated, None, &story)
            .unwrap_or_default()
            .split(':')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn pages_that_are_not_articles_are_rejected() {
        let sentence =
            "The council of Eldham voted on Monday to rebuild the bridge over the river, which a flood took in spring.";
        for (html, story, expected) in [
            ("<title>404 - Page not found</title>", &["Sorry, we could not find that page."][..], "an error page"),
            ("<title>Just a moment...</title>", &["Checking your browser"], "a consent or access wall"),
            (
                "<title>Post</title>",
                &["We use cookies. With your consent, our partners store data."],
                "a consent or access wall",
            ),
            ("<body><div id=app></div>", &[], "an empty shell"),
            ("<p>Menu</p>", &["Menu"], "no story found on it"),
            (
                "<a>Bridge opens in Eldham on Monday</a> <a>Inn burns in Marsh, two hurt</a>",
                &["Bridge opens in Eldham on Monday", "Inn burns in Marsh, two hurt"],
                "an index page",
            ),
            ("<title>Error 404: a film</title><p>text</p>", &[&sentence.repeat(8)], ""),
            ("<a>Home</a><p>long text of a story</p>", &[sentence, sentence], ""),
            ("<meta property=og:type content=article>", &["Bridge opens."], ""),
        ] {
            assert_eq!(judge(html, story), expected, "{html}");
        }
    }
}
