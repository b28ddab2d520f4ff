//! Laws of the text of a page: an element within a line never ends the line, a block between two paragraphs is a
//! paragraph, and what no reader sees is left out.

use super::*;

const LEAD: &str =
    "The council of Eldham voted on Monday to rebuild the bridge over the Lune, which the flood of last spring took.";
const NEXT: &str =
    "Work begins in May and takes two years, the mayor said, while a ferry carries those who walk to the other bank.";
const LAST: &str =
    "Dee Orr, who keeps the inn on the north bank, said that her guests had to drive round by Marsh for too long.";
const ADDED: &str = "The quarry at Marsh will send the stone by rail, as it did a century ago.";

/// The paragraphs of a page with `inner` between its second and its last paragraph.
fn paragraphs_of(around: (&str, &str), inner: &str) -> Vec<String> {
    let page = format!(
        "<html><head><title>Bridge to be rebuilt</title></head><body>{}<h1>Bridge to be rebuilt</h1>\
         <p>{LEAD}</p><p>{NEXT}</p>{inner}<p>{LAST}</p>{}</body></html>",
        around.0, around.1
    );
    let article = read(page.as_bytes(), None, None, None).unwrap();
    article.body.split("\n\n").map(str::to_owned).collect()
}

const AROUND: [(&str, &str); 4] = [
    ("", ""),
    ("<article>", "</article>"),
    ("<main><div class=story><div>", "</div></div></main>"),
    ("<x-page><section>", "</section></x-page>"),
];

#[test]
fn no_element_within_a_line_ends_it() {
    const ELEMENTS: [&str; 52] = [
        "a", "abbr", "b", "bdi", "bdo", "big", "button", "canvas", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "map", "mark", "math", "meter", "nobr", "noscript", "object", "output", "picture",
        "progress", "q", "ruby", "s", "samp", "script", "select", "slot", "small", "span", "strike", "strong", "sub",
        "sup", "svg", "template", "time", "tt", "u", "var", "x-link", "o:p", "unheard", "datalist",
    ];
    for around in AROUND {
        for element in ELEMENTS {
            let inner = format!("<p>The stone <{element}>x</{element}> {ADDED}</p>");
            let found = paragraphs_of(around, &inner);
            let line = found.iter().find(|line| line.contains(ADDED)).unwrap_or_else(|| panic!("{element}: {found:?}"));
            assert!(line.starts_with("The stone"), "{around:?} {element}: {line}");
            assert_eq!(found.len(), 4, "{around:?} {element}: {found:?}");
        }
        for void in ["wbr", "img", "area", "embed", "input", "source"] {
            let found = paragraphs_of(around, &format!("<p>The stone <{void}> {ADDED}</p>"));
            assert_eq!(
                (found.len(), found[2].as_str()),
                (4, format!("The stone {ADDED}").as_str()),
                "{around:?} {void}"
            );
        }
    }
}

#[test]
fn every_block_between_paragraphs_is_kept() {
    const BLOCKS: [&str; 17] = [
        "p",
        "div",
        "section",
        "blockquote",
        "center",
        "pre",
        "h2",
        "h3",
        "h4",
        "details",
        "article",
        "x-note",
        "hgroup",
        "header",
        "figure",
        "main",
        "unheard",
    ];
    for around in AROUND {
        let simple = BLOCKS.map(|name| format!("<{name}>{ADDED}</{name}>"));
        let nested = [
            format!("<ul><li>{ADDED}</ul>"),
            format!("<ol><li><p>{ADDED}</p></li></ol>"),
            format!("<dl><dd>{ADDED}</dl>"),
            format!("<table><tr><td>{ADDED}</table>"),
            format!("<div><div><section><p>{ADDED}</section></div></div>"),
            format!("<blockquote><p>{ADDED}</blockquote>"),
        ];
        for inner in simple.iter().chain(&nested) {
            assert_eq!(paragraphs_of(around, inner), [LEAD, NEXT, ADDED, LAST], "{around:?} {inner}");
        }
    }
}

#[test]
fn what_no_reader_sees_is_left_out() {
    for around in AROUND {
        for inner in [
            format!("<p hidden>{ADDED}</p>"),
            format!("<p hidden>{ADDED}"),
            format!("<div hidden=''><div><p>{ADDED}</p></div></div>"),
            format!("<p style='DISPLAY:NONE'>{ADDED}</p>"),
            format!("<div style='visibility: hidden'>{ADDED}</div>"),
            format!("<section aria-hidden=true><p>{ADDED}</p></section>"),
            format!("<span class=sr-only>{ADDED}</span>"),
            format!("<template><p>{ADDED}</p></template>"),
            format!("<noscript><p>{ADDED}</p></noscript>"),
            format!("<dialog><p>{ADDED}</p></dialog>"),
            format!("<ul><li hidden>{ADDED}</ul>"),
            format!("<div class=advertisement><p>{ADDED}</p></div>"),
            format!("<aside><p>{ADDED}</p></aside>"),
            format!("<nav><p>{ADDED}</p></nav>"),
            format!("<!-- {ADDED} -->"),
        ] {
            assert_eq!(paragraphs_of(around, &inner), [LEAD, NEXT, LAST], "{around:?} {inner}");
        }
    }
}

#[test]
fn a_hidden_story_is_read() {
    let page = format!("<div style='display:none'><h1>Bridge</h1><p>{LEAD}</p><p>{NEXT}</p><p>{LAST}</p></div>");
    let article = read(page.as_bytes(), None, None, None).unwrap();
    assert!(article.body.contains(LEAD) && article.body.contains(LAST), "{}", article.body);
}

#[test]
fn a_brief_has_its_paragraphs() {
    for (page, expected) in [
        (
            "<title>Ferry stopped</title><article><h1>Ferry stopped</h1><p class=byline>By Ann Lund</p>\
             <p>The ferry did not run on Monday.</p><p>A rope had broken.</p></article>",
            "The ferry did not run on Monday.|A rope had broken.",
        ),
        (
            "<title>Ferry stopped</title><div class=menu><a>Home</a></div><h1>Ferry stopped</h1>\
             <p>The ferry did not run on Monday.</p><p>A rope had broken.</p><div id=footer>About us</div>",
            "The ferry did not run on Monday.|A rope had broken.",
        ),
        (
            "<title>Votes</title><article><h1>Votes</h1><table><tr><td>North bank<td>Lund<td>412\
             <tr><td>South bank<td>Ek<td>390</table><p>Few came.</p></article>",
            "North bank Lund 412|South bank Ek 390|Few came.",
        ),
        (
            "<title>橋を再建へ</title><article><h1>橋を再建へ</h1><p>2019年3月5日 10時00分</p>\
             <p>町議会は月曜日、春の洪水で流された橋を再建することを決めた。工事は五月に始まり、二年かかる見通しだと町長は話した。</p>\
             <p>それまでは渡し船が人を運ぶ。</p></article>",
            "町議会は月曜日、春の洪水で流された橋を再建することを決めた。工事は五月に始まり、二年かかる見通しだと町長は話した。|それまでは渡し船が人を運ぶ。",
        ),
        (
            "<title>橋</title><article><h1>橋</h1><p><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>が<ruby>月曜日<rt>げつようび\
             </ruby>に、長い工事のあとでやっと開通しました。町の人たちは橋の上を歩いて祝い、渡し船は最後の客を運びました。</p></article>",
            "橋が月曜日に、長い工事のあとでやっと開通しました。町の人たちは橋の上を歩いて祝い、渡し船は最後の客を運びました。",
        ),
    ] {
        let article = read(page.as_bytes(), None, None, None).unwrap();
        assert_eq!(article.body.split("\n\n").collect::<Vec<_>>().join("|"), expected);
    }
}
