//! Whole pages: all fields of one page, charsets, hostile pages.

use proptest::prelude::*;

use super::*;

fn read_page(html: &str) -> Result<RawArticle, Fault> {
    read(html.as_bytes(), None, Some("https://www.eldham-post.example/news/bridge"), Some("2019-06-01T10:00:00Z"))
}

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Bridge over the Lune to be rebuilt | Eldham Post</title>
<link rel="canonical" href="https://www.eldham-post.example/news/bridge-rebuilt">
<meta property="og:site_name" content="Eldham Post"><meta property="og:type" content="article">
<meta property="article:published_time" content="2019-03-05T22:10:00-05:00">
<meta property="article:modified_time" content="2019-03-07T08:00:00Z">
<meta property="article:section" content="Local"><meta name="keywords" content="bridge, Lune, bridge">
<meta name="description" content="The council votes for a new bridge."><meta name="author" content="By Ann Lund and Bo Ek">
</head><body><nav><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a></ul></nav>
<article><h1>Bridge over the Lune to be rebuilt</h1>
<figure><img src="b.jpg"><figcaption>The old bridge in March <span class="credit">Cy Doe/Eldham Post</span></figcaption></figure>
<p>The council of Eldham voted on Monday to rebuild the bridge over the Lune, which the flood of last spring took away.</p>
<p>Work begins in May &amp; will take two years, the mayor said, while a ferry carries those who walk.</p>
<p>&ldquo;We have waited long enough,&rdquo; said Dee Orr, who keeps the inn on the north bank, and whose guests must drive round by Marsh.</p>
</article><aside><h3>Most read</h3><a href="/a">Inn burns in Marsh</a></aside>
<footer><p>Copyright Eldham Post. All rights reserved.</p></footer></body></html>"#;

#[test]
fn all_fields_of_a_page_are_read() {
    let article = read_page(PAGE).unwrap();
    assert_eq!(article.title.as_deref(), Some("Bridge over the Lune to be rebuilt"));
    assert_eq!(article.byline, ["Ann Lund", "Bo Ek"]);
    assert_eq!(article.published.as_ref().map(|day| day.text.as_str()), Some("2019-03-05"));
    assert_eq!(article.modified.as_deref(), Some("2019-03-07T08:00:00Z"));
    assert_eq!(article.fetched.as_deref(), Some("2019-06-01T10:00:00Z"));
    assert_eq!(article.source.as_deref(), Some("Eldham Post"));
    assert_eq!(article.url.as_deref(), Some("https://www.eldham-post.example/news/bridge-rebuilt"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(article.section.as_deref(), Some("Local"));
    assert_eq!(article.keywords, ["bridge", "Lune"]);
    assert_eq!(article.description.as_deref(), Some("The council votes for a new bridge."));
    assert_eq!(article.captions[0].text, "The old bridge in March");
    assert_eq!(article.captions[0].credit.as_deref(), Some("Cy Doe/Eldham Post"));
    let paragraphs: Vec<&str> = article.body.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
    assert!(paragraphs[1].starts_with("Work begins in May & will"));
    assert!(!article.body.contains("old bridge in March") && !article.body.contains("Most read"));
}

#[test]
fn charsets_are_decoded() {
    let page = PAGE.replace("Dee Orr", "Dée Örr").replace("utf-8", "iso-8859-1");
    let latin: Vec<u8> = page.chars().map(|c| u32::from(c) as u8).collect();
    let article = read(&latin, None, None, None).unwrap();
    assert!(article.body.contains("said Dée Örr,"));
    let wide: Vec<u8> = format!("\u{feff}{page}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let page = page.replace("iso-8859-1", "us-ascii");
    let cyrillic = page.bytes().map(|byte| if byte.is_ascii() { byte } else { 0xe9 }).collect::<Vec<_>>();
    let article = read(&cyrillic, Some("windows-1251"), None, None).unwrap();
    assert!(article.body.contains('й'), "what the server says wins: {}", article.body);
    assert!(read(&wide, None, None, None).unwrap().body.contains("said Dée Örr,"));
}

#[test]
fn hostile_pages_are_rejected() {
    let reason = |html: &str| read_page(html).map(|_| ()).unwrap_err().reason;
    assert_eq!(reason(&"<div>".repeat(1_000_000)), SkipReason::TooDeep);
    assert_eq!(reason(&"<b><i>".repeat(1_000_000)), SkipReason::TooDeep);
    assert_eq!(reason(&"<p>x".repeat(1_000_000)), SkipReason::TooLarge);
    assert_eq!(reason(&" ".repeat(LARGEST + 1)), SkipReason::TooLarge);
    assert_eq!(reason(""), SkipReason::NotAnArticle);
    assert_eq!(reason("<title>404 Not Found</title><p>Sorry."), SkipReason::NotAnArticle);
}

#[test]
fn the_deepest_page_needs_no_large_stack() {
    let story =
        "<p>The council of Eldham voted on Monday to rebuild the bridge over the Lune, which the flood took.</p>";
    for tag in ["div", "span", "blockquote", "ul", "section"] {
        let depth = depth::MAX_DEPTH - 8;
        let html =
            format!("{}{}{}", format!("<{tag}>").repeat(depth), story.repeat(8), format!("</{tag}>").repeat(depth));
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let outcome = thread.spawn(move || read_page(&html).is_ok()).expect("a thread can be started").join();
        assert!(outcome.is_ok(), "{tag}");
    }
}

#[test]
fn pages_are_recognized_by_their_start() {
    for (name, start, expected) in [
        ("a", "<!DOCTYPE html><p>", true),
        ("a", "<?xml version='1.0'?>\n<!-- saved --><html xmlns='x'>", true),
        ("a.htm", "<div>x", true),
        ("a", "<div>x", false),
        ("a.xml", "<?xml version='1.0'?><rss>", false),
        ("a.html", "just text", false),
    ] {
        assert_eq!(is_page(name, start.as_bytes()), expected, "{start}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, None, None, None);
    }

    #[test]
    fn no_tags_do_harm(html in "(</?(p|div|table|tr|td|a|b|ul|li|svg|math|select|option|template|title|h1|time|figure|figcaption|script)( [a-z]+=[a-z0-9-]{1,9})?>|[A-Za-z0-9é ]{1,20}|&[a-z]{2,6};){0,60}") {
        let _ = read(html.as_bytes(), None, Some("https://n.example/a"), Some("2019-01-01"));
    }
}
