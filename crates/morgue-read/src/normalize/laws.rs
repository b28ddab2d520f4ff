//! The laws of normalizing, on random articles made of texts that its rules look for.

use proptest::prelude::*;

use super::*;
use morgue_article::Origin;

/// Texts that the rules look for.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "The old bridge is shut, the mayor said.", "and the traders at the market were not asked by any", "bridge", "A",
    "LONDON", "LONDON, March 9 (Reuters) - ", "(CNN)", "(ANSA) - ", "Rome, October 11 - ", "SYDNEY, March 10 AAP - ",
    "Madrid, 2 ene (EFE).- ", "(Lagos - 5 May) ", "Paris CNN —", "CNN —", " — ", " - ", "--", "MIAMI -- ",
    "By Jane Roe", "Jane Roe", "USA TODAY", "AP", "By JANE ROE, Staff Writer", "Von Jane Roe", "Jane",
    "Staff Reporter", "ROE, J., DOE, A. B.", "; Compiled by ", "; Edited by ", "MAR 04", "Jane Roe/AFP/Getty Images",
    "Getty Images", "(AP Photo/Jane Roe)", "Photo: Jane Roe", "Image; CITY/AFP/File / HO ", "REUTERS/Jane Roe",
    "Image source, Reuters", "Image caption, ", "FILE PHOTO: ", "(", ")", "/", "via ", "Related Articles",
    "Read more", "Facebook", "Twitter", "Advertisement", "Sign up for our newsletter.", "Sign up here.",
    "submitted by /u/jane", "[link] [comments]", "© The Echo. All rights reserved.", "Headline: Bridge closed",
    "Time", "13/08/2020 21:27 - ", "Foto: NTB / Scanpix, ", "(Reporting by Jane Roe; Editing by John Doe)",
    "AAP be/", "(ANSA).", "More:Bridge shut for a year", "___", ".", "Friday, January 4, 2019", "Reuter", "-30-",
    "MORE", "&amp;", "&lt;", "&#8217;", "&", ";", "amp;", "semi;", "&shy;", "&nbsp;", "&#771;", "&NewLine;", "â€™",
    "Ã©", "Ã", "€", "©", "Ð", "ðŸ˜€", "\u{AD}", "\u{200B}", "\u{200D}", "\u{A0}", "\u{3000}", "e\u{301}", "\u{301}",
    "\u{212B}", "\u{37E}", "\0", "\u{85}", "\u{2028}", "\t", "\r\n", "\r", "한국", "東京", "👨", "govern-", "tion",
    "long-", "term", "    ", "  ", "The Echo", " | The Echo", "T",
    " [+120 chars]", "[…]", "Continue reading…", "The post ", " appeared first on The Echo.", "Unsubscribe", "View in browser",
    "You received this email because you asked for it.", " | ", "https://n.example/u", "Posted by Jane Roe on May 4, 2019",
    "jroe@echo.example", "3 min read", "Updated 3 hours ago",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<char>().prop_map(String::from),
    ];
    let joint = proptest::sample::select(&["", " ", "\n", "\n\n", "\n    ", ". "][..]);
    proptest::collection::vec((piece, joint), 0..24)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(a, b)| [a, b.to_owned()]).collect())
}

fn raw() -> impl Strategy<Value = RawArticle> {
    let some = |strategy: BoxedStrategy<String>| proptest::option::weighted(0.3, strategy);
    let source = proptest::sample::select(&["The Echo", "echo.com", "Reuters"][..]).prop_map(str::to_owned).boxed();
    (some(text().boxed()), text(), some(text().boxed()), some(source), some(text().boxed()), some(text().boxed()))
        .prop_map(|(title, body, caption, source, dateline, byline)| RawArticle {
            origin: Origin { path: "a.txt".into(), record: 1 },
            title,
            body,
            captions: caption.map(|text| RawCaption { text, credit: None }).into_iter().collect(),
            source,
            dateline,
            byline: byline.into_iter().collect(),
            ..RawArticle::default()
        })
}

/// The texts of an article, as a source would give them.
fn again(article: &Article) -> RawArticle {
    let mut captions: Vec<RawCaption> = Vec::new();
    for part in &article.parts {
        let text = article.text[part.range.clone()].to_owned();
        match (part.zone, captions.last_mut()) {
            (Zone::Caption, _) => captions.push(RawCaption { text, credit: None }),
            (Zone::Credit, Some(last)) if last.credit.is_none() => last.credit = Some(text),
            (Zone::Credit, _) => captions.push(RawCaption { text: String::new(), credit: Some(text) }),
            (Zone::Title | Zone::Body, _) => {}
        }
    }
    RawArticle {
        origin: article.origin.clone(),
        title: Some(article.title().to_owned()),
        body: article.texts(Zone::Body).collect::<Vec<_>>().join("\n\n"),
        captions,
        source: article.source.clone(),
        dateline: article.dateline.as_ref().map(|dateline| dateline.text.clone()),
        byline: article.byline.clone(),
        ..RawArticle::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn normalizing_again_changes_nothing(raw in raw()) {
        if let Ok(article) = normalize(raw) {
            let twice = normalize(again(&article));
            let twice = twice.expect("an article has text");
            prop_assert_eq!(&twice.text, &article.text);
            prop_assert_eq!(&twice.parts, &article.parts);
            prop_assert_eq!(&twice.byline, &article.byline);
            prop_assert_eq!(&twice.source, &article.source);
        }
    }

    #[test]
    fn parts_lie_in_the_text(raw in raw()) {
        if let Ok(article) = normalize(raw) {
            let mut end = 0;
            for (place, part) in article.parts.iter().enumerate() {
                prop_assert!(part.range.start >= end && !part.range.is_empty());
                prop_assert_eq!(&article.text[part.range.end..part.range.end + 1], "\n");
                prop_assert!(!article.text[part.range.clone()].contains('\n'));
                prop_assert!(part.zone != Zone::Title || place == 0);
                end = part.range.end + 1;
            }
            prop_assert_eq!(end, article.text.len());
        }
    }

    #[test]
    fn any_string_is_an_article(body in any::<String>()) {
        let _ = normalize(RawArticle { body: body.clone(), url: Some(body.clone()), id: Some(body), ..RawArticle::default() });
    }
}

/// Rules look at the paragraphs before a paragraph, but only at a few: otherwise this test would take hours.
#[test]
fn very_many_paragraphs_are_sorted() {
    let kinds =
        ["Bo", "The bridge over the Aske opened on Monday.", "BRACKWATER, May 6 (AP) -", "By Jane Roe", "(AP)", "a b,"];
    for kind in kinds {
        let body = vec![kind; 200_000].join("\n\n");
        let body = format!("{body}\n\nIt shut.");
        let source = Some("The Kestrel Echo | ".repeat(10_000));
        let article = normalize(RawArticle { body, source, ..RawArticle::default() }).unwrap();
        assert!(article.text.trim_end().ends_with("It shut."), "{kind}");
    }
}
