//! Every operator over small articles, by hand. `[ ]` encloses a mark, and the number after it is the mark's leaf.

use super::*;
use crate::query::{Aliases, Dictionary, Expansion, KnownName, NamePattern, Query, Resolving, WordPattern, resolve};
use crate::query::{ExpandedTerm, Field};
use morgue_article::token::{Form, Stemming, Tokenizer, Tokens};
use morgue_article::{Annotations, Article, DateOrigin, Dateline, Entity, EntityKind, Mention, Published, Zone};

/// The words and names of one article: a dictionary for the patterns of a query over it.
struct OneArticle {
    exact: Vec<String>,
    names: Vec<(EntityKind, String, String)>,
}

impl Dictionary for OneArticle {
    fn expand(&self, _: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion {
        let term =
            |text: &String| pattern.matches(text).map(|edits| ExpandedTerm { text: text.clone(), docs: 1, edits });
        Expansion::of(self.exact.iter().filter_map(term).collect(), limit)
    }
    fn docs(&self, _: Option<Field>, _: Form, _: &str) -> u64 {
        1
    }
    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let asked = self.names.iter().filter(|(known, _, name)| {
            kind.is_none_or(|kind| kind == *known)
                && pattern.matches(&crate::query::name_words(&mut tokenizer, name), whole)
        });
        asked.map(|(_, key, name)| KnownName { key: key.clone(), name: name.clone(), docs: 1 }).collect()
    }
}

/// The article's text with its marks, or "no".
fn marked(query: &str, article: &Article, annotations: &Annotations) -> String {
    let mut tokenizer = Tokenizer::new(Stemming::English);
    let mut tokens = Tokens::default();
    tokenizer.article(article, &mut tokens);
    let mut exact: Vec<String> = tokens
        .tokens
        .iter()
        .filter(|token| token.form == Form::Exact)
        .map(|token| tokens.text(token).to_string())
        .collect();
    let mut value = Tokens::default();
    for byline in &article.byline {
        tokenizer.text(byline, &mut value);
        exact.extend(
            value.tokens.iter().filter(|token| token.form == Form::Exact).map(|token| value.text(token).to_string()),
        );
    }
    exact.sort();
    exact.dedup();
    let names =
        annotations.entities.iter().map(|entity| (entity.kind, entity.key.clone(), entity.name.clone())).collect();
    let dictionary = OneArticle { exact, names };
    let with = Resolving { today: "2019-03-15".parse().unwrap(), all: false, aliases: Aliases::default() };
    let resolved = resolve(&Query::parse(query).unwrap(), &mut tokenizer, &dictionary, &with);
    match matches(&resolved.clause, article, &tokens, annotations, &mut tokenizer) {
        None => "no".to_string(),
        Some(marks) => shown(&article.text, marks),
    }
}

fn shown(text: &str, marks: Vec<Mark>) -> String {
    let mut signs: Vec<(usize, bool, String)> = Vec::new();
    for Mark { leaf: LeafId(leaf), range } in marks {
        assert!(text.get(range.clone()).is_some_and(|marked| !marked.is_empty()), "{range:?}");
        signs.push((range.start, true, "[".to_string()));
        signs.push((range.end, false, format!("]{leaf}")));
    }
    signs.sort();
    let (mut out, mut at) = (String::new(), 0);
    for (place, _, sign) in signs {
        out.push_str(&text[at..place]);
        out.push_str(&sign);
        at = place;
    }
    out.push_str(&text[at..]);
    out.trim_end().replace('\n', " / ")
}

fn body(text: &str) -> Article {
    let mut article = Article::default();
    text.split(" / ").for_each(|paragraph| article.push(Zone::Body, paragraph));
    article
}

/// Holds queries against texts (paragraphs separated by ` / `) and lists all differences.
fn check(table: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(query, text, expected)| (query, expected, marked(query, &body(text), &Annotations::default())))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(query, expected, got)| format!("{query}\n  expected {expected}\n  got      {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words() {
    check(&[
        ("dam", "The dam and the dams", "The [dam]0 and the [dams]0"),
        ("=dam", "The dam and the dams", "The [dam]0 and the dams"),
        ("dams", "The dam", "The [dam]0"),
        ("=dams", "The dam", "no"),
        ("Obama", "Obama's dam", "[Obama]0's dam"),
        ("US", "US and us", "[US]0 and us"),
        ("us", "US and us", "[US]0 and [us]0"),
        ("U.S.", "the US and the U.S. here", "the [US]0 and the [U.S.]0 here"),
        ("covid-19", "COVID-19 and covid 19", "[COVID-19]0 and [covid 19]0"),
        ("covid", "COVID-19 here", "[COVID]0-19 here"),
        ("AT&T", "AT&T and at & t", "[AT&T]0 and at & t"),
        ("collaps*", "It collapsed in a collapse", "It [collapsed]0 in a [collapse]0"),
        ("wom?n", "woman, women", "[woman]0, [women]0"),
        ("covid*", "COVID-19 here", "[COVID-19]0 here"),
        ("colapse~", "the collapse", "the [collapse]0"),
        ("/d.m/", "a dam, a dim dome", "a [dam]0, a [dim]0 dome"),
        ("京都", "東京都の", "東[京都]0の"),
        ("*", "dam", "dam"),
        ("café", "Cafe and CAFÉ", "[Cafe]0 and [CAFÉ]0"),
    ]);
}

#[test]
fn lists_and_operators() {
    check(&[
        ("dam levee", "a levee", "a [levee]1"),
        ("dam levee", "a lock", "no"),
        ("+dam levee", "a levee", "no"),
        ("+dam levee", "a dam", "a [dam]0"),
        ("dam -levee", "dam levee", "no"),
        ("dam -levee", "dam", "[dam]0"),
        ("-levee", "dam", "dam"),
        ("-dam -levee", "lock", "lock"),
        ("the dam", "the lock", "no"),
        ("the", "the lock", "[the]0 lock"),
        ("dam AND levee", "dam levee", "[dam]0 [levee]1"),
        ("dam AND levee", "dam", "no"),
        ("dam OR levee", "levee", "[levee]1"),
        ("dam NOT levee", "dam levee", "no"),
        ("lock OR -levee", "dam", "dam"),
        ("lock OR -levee", "levee", "no"),
        ("(dam AND lock) OR levee", "dam levee", "dam [levee]2"),
        ("NOT (dam AND lock)", "dam", "dam"),
        ("dam^2 levee", "dam", "[dam]0"),
    ]);
}

#[test]
fn phrases() {
    check(&[
        ("\"lock gate\"", "the lock gate, a gate lock", "the [lock gate]0, a gate lock"),
        ("\"lock gate\"", "the lock gates", "no"),
        ("\"lock gate\"", "the lock. Gate", "the [lock. Gate]0"),
        ("\"lock gate\"", "the lock / gate", "the [lock / gate]0"),
        ("\"lock of gate\"", "the lock of gate", "the [lock of gate]0"),
        ("\"lock of gate\"", "the lock gate", "no"),
        ("\"lock gate\"~1", "lock the gate", "[lock the gate]0"),
        ("\"lock gate\"~1", "lock of the gate", "no"),
        ("\"lock gate\"~1", "gate lock", "no"),
        ("\"a b c\"~2", "a x b y c", "[a x b y c]0"),
        ("\"a b c\"~1", "a x b y c", "no"),
        ("\"a b c\"~1", "a a b x c", "a [a b x c]0"),
        ("\"a a\"", "a b a", "no"),
        ("\"a a\"", "a a a", "[a a a]0"),
        ("\"lock g*\"", "lock gates", "[lock gates]0"),
        ("\"covid 19 cases\"", "COVID-19 cases", "[COVID-19 cases]0"),
        ("\"AT&T shares\"", "AT&T shares fell", "[AT&T shares]0 fell"),
        ("\"covid* cases\"", "COVID-19 cases", "[COVID-19 cases]0"),
        ("\"the US army\"", "the US army, the us army", "[the US army]0, the us army"),
    ]);
}

#[test]
fn proximity() {
    check(&[
        ("dam W/3 levee", "dam a b levee", "[dam]0 a b [levee]0"),
        ("dam W/3 levee", "levee a b dam", "[levee]0 a b [dam]0"),
        ("dam W/3 levee", "dam a b c levee", "no"),
        ("dam W/0 levee", "dam levee", "no"),
        ("dam W/1 levee", "dam levee", "[dam]0 [levee]0"),
        ("dam PRE/3 levee", "levee dam", "no"),
        ("dam PRE/3 levee", "dam x levee", "[dam]0 x [levee]0"),
        ("dam W/5 dam", "dam here", "no"),
        ("dam W/5 dam", "dam here, dam", "[dam]0 here, [dam]0"),
        ("\"a b\" W/5 \"b c\"", "a b c", "no"),
        ("\"a b\" W/2 \"b c\"", "a b x b c", "[a b]0 x [b c]0"),
        ("\"a b\" W/1 \"b c\"", "a b x b c", "no"),
        ("dam W/2 levee", "dam x y levee, dam levee", "dam x y [levee]0, [dam]0 [levee]0"),
        ("dam W/2 (levee OR lock)", "dam x lock y levee", "[dam]0 x [lock]0 y levee"),
        ("dam W/2 (levee OR \"lock gate\")", "dam x lock gate", "[dam]0 x [lock gate]0"),
        ("a W/2 b W/2 c", "a x b y c", "[a]0 x [b]0 y [c]0"),
        ("a W/2 b W/1 c", "a x b y c", "no"),
        ("a W/2 b W/1 c", "c a x b", "[c]0 [a]0 x [b]0"),
        ("a W/9 b W/9 c", "a c b", "no"),
        ("dam W/3 col*", "dam x collapsed", "[dam]0 x [collapsed]0"),
        ("dam W/S levee", "A dam. A levee.", "no"),
        ("dam W/S levee", "A dam. The levee and the dam.", "A dam. The [levee]0 and the [dam]0."),
        ("dam W/S levee", "A dam / levee", "no"),
        ("dam W/P levee", "A dam. A levee.", "A [dam]0. A [levee]0."),
        ("dam W/P levee", "A dam / levee", "no"),
        ("\"dam levee\" W/S lock", "A dam. Levee lock.", "no"),
        ("\"dam levee\" W/P lock", "A dam. Levee lock.", "A [dam. Levee]0 [lock]0."),
    ]);
}

#[test]
fn many_sentences_take_no_time() {
    // Each pair of words was once held against the end of every sentence: minutes.
    let text = "Dam and levee. ".repeat(2000);
    let all = "[Dam]0 and [levee]0. ".repeat(2000);
    check(&[("dam W/S levee", &text, all.trim_end()), ("dam NOT W/S levee", &text, "no")]);
}

#[test]
fn proximity_negated() {
    check(&[
        ("dam NOT W/2 beaver", "a beaver dam", "no"),
        ("dam NOT W/2 beaver", "a beaver dam and the big wide dam", "a beaver dam and the big wide [dam]0"),
        ("dam NOT PRE/2 beaver", "a beaver dam", "a beaver [dam]0"),
        ("dam NOT W/2 beaver", "dam", "[dam]0"),
        ("dam NOT W/2 beaver", "beaver", "no"),
        ("dam NOT W/5 dam", "dam x dam", "no"),
        ("dam NOT W/5 dam", "dam", "[dam]0"),
        ("dam NOT W/S beaver", "A beaver dam. A dam.", "A beaver dam. A [dam]0."),
        ("dam NOT W/P beaver", "A beaver dam. A dam. / Dam", "A beaver dam. A dam. / [Dam]0"),
        ("dam NOT W/2 beaver W/3 lock", "dam x lock", "[dam]0 x [lock]0"),
        ("dam NOT W/2 beaver W/3 lock", "beaver dam x lock", "no"),
        ("\"beaver dam\" NOT W/3 beaver", "beaver dam", "[beaver dam]0"),
    ]);
}

fn story() -> (Article, Annotations) {
    let mut article = Article {
        id: "local/1998/a.txt#1".to_string(),
        own_id: Some("LD-77".to_string()),
        url: Some("https://example.org/1998/dam-story".to_string()),
        source: Some("The Ashford Courier".to_string()),
        byline: vec!["Pat O'Brien".to_string(), "Ann Lee".to_string()],
        dateline: Some(Dateline { text: "ASHFORD, March 3 (Wire)".to_string(), ..Dateline::default() }),
        language: Some("en".to_string()),
        section: Some("Local news".to_string()),
        keywords: vec!["floods".to_string(), "water law".to_string()],
        published: Some(Published { span: "1998-03-04".parse().unwrap(), from: DateOrigin::Metadata }),
        ..Article::default()
    };
    article.origin.path = "local/1998/a.txt".into();
    article.push(Zone::Title, "Dam fails");
    article.push(Zone::Body, "The dam near Ashford failed in March.");
    article.push(Zone::Body, "Mayor Jo Marsh spoke. Marsh left.");
    article.push(Zone::Caption, "Jo Marsh at the dam");
    article.push(Zone::Credit, "Lee/Courier");
    article.push(Zone::Caption, "The lock");
    let place = |word: &str, nth: usize| {
        let (at, _) = article.text.match_indices(word).nth(nth).unwrap();
        at..at + word.len()
    };
    let entity =
        |kind, name: &str, key: &str, mentions| Entity { kind, name: name.to_string(), key: key.to_string(), mentions };
    let annotations = Annotations {
        entities: vec![
            entity(EntityKind::Place, "Ashford", "ashford", vec![place("Ashford", 0)]),
            entity(
                EntityKind::Person,
                "Jo Marsh",
                "jo marsh",
                vec![place("Jo Marsh", 0), place("Marsh", 1), place("Jo Marsh", 1)],
            ),
        ],
        dates: vec![
            Mention { range: place("March", 0), value: Some("1998-03".parse().unwrap()) },
            Mention { range: place("left", 0), value: None },
        ],
    };
    (article, annotations)
}

#[test]
fn zones_and_fields() {
    let (article, annotations) = story();
    let plain = "Dam fails / The dam near Ashford failed in March. / Mayor Jo Marsh spoke. Marsh left. / Jo Marsh at the dam / Lee/Courier / The lock";
    let text =
        |marks: &[(&str, &str)]| marks.iter().fold(plain.to_string(), |text, (from, to)| text.replacen(from, to, 1));
    let table = [
        ("title:dam", text(&[("Dam", "[Dam]0")])),
        ("lede:dam", text(&[("The dam", "The [dam]0")])),
        ("lede:marsh", "no".to_string()),
        ("body:marsh", text(&[("Jo Marsh spoke. Marsh", "Jo [Marsh]0 spoke. [Marsh]0")])),
        ("caption:dam", text(&[("at the dam", "at the [dam]0")])),
        ("caption:courier", text(&[("Courier", "[Courier]0")])),
        ("caption:(dam W/9 lee)", text(&[("at the dam / Lee", "at the [dam]0 / [Lee]0")])),
        ("caption:(dam W/200 lock)", "no".to_string()),
        (
            "dam PRE/200 fails",
            text(&[
                ("Dam fails", "[Dam]0 [fails]0"),
                ("The dam near Ashford failed", "The [dam]0 near Ashford [failed]0"),
            ]),
        ),
        ("title:(dam W/9 near)", "no".to_string()),
        ("title:(dam NOT W/9 near)", text(&[("Dam", "[Dam]0")])),
        ("\"fails the\"", "no".to_string()),
        ("byline:o'brien", plain.to_string()),
        ("byline:\"pat o'brien\"", plain.to_string()),
        ("byline:\"o'brien ann\"", "no".to_string()),
        ("byline:(pat W/255 lee)", "no".to_string()),
        ("byline:(ann W/S lee)", plain.to_string()),
        ("byline:(pat W/S lee)", "no".to_string()),
        ("byline:o*", plain.to_string()),
        ("dateline:ashford", plain.to_string()),
        ("source:courier", plain.to_string()),
        ("source:\"ashford courier\"", plain.to_string()),
        ("source:\"courier ashford\"", "no".to_string()),
        ("url:example.org", plain.to_string()),
        ("url:dam-story", plain.to_string()),
        ("path:local/1998", plain.to_string()),
        ("path:local/1999", "no".to_string()),
        ("id:LD-77", plain.to_string()),
        ("id:78", "no".to_string()),
        ("lang:en", plain.to_string()),
        ("lang:de", "no".to_string()),
        ("section:news", plain.to_string()),
        ("keyword:flood", plain.to_string()),
        ("keyword:=flood", "no".to_string()),
        ("keyword:\"floods water\"", "no".to_string()),
        (
            "person:marsh",
            text(&[
                ("Mayor Jo Marsh spoke. Marsh", "Mayor [Jo Marsh]0 spoke. [Marsh]0"),
                ("/ Jo Marsh", "/ [Jo Marsh]0"),
            ]),
        ),
        (
            "person:\"jo marsh\" AND title:dam",
            text(&[
                ("Dam", "[Dam]1"),
                ("Mayor Jo Marsh spoke. Marsh", "Mayor [Jo Marsh]0 spoke. [Marsh]0"),
                ("/ Jo Marsh", "/ [Jo Marsh]0"),
            ]),
        ),
        ("person:\"marsh\"", "no".to_string()),
        ("place:marsh", "no".to_string()),
        ("entity:ashford", text(&[("Ashford", "[Ashford]0")])),
        ("date:1998", text(&[("March", "[March]0")])),
        ("date:1998-03", text(&[("March", "[March]0")])),
        ("date:1998-03-01", "no".to_string()),
        ("date:1998-02..1998-04", text(&[("March", "[March]0")])),
        ("published:1998-03-04", plain.to_string()),
        ("published:1998", plain.to_string()),
        ("published:1998-03-05..", "no".to_string()),
        ("published:7d", "no".to_string()),
        (
            "title:* AND lede:* AND body:* AND caption:* AND byline:* AND dateline:* AND source:* AND url:*",
            plain.to_string(),
        ),
        (
            "path:* AND id:* AND lang:* AND section:* AND keyword:* AND person:* AND place:* AND entity:*",
            plain.to_string(),
        ),
        ("date:* AND published:*", plain.to_string()),
        ("org:*", "no".to_string()),
        ("-published:*", "no".to_string()),
    ];
    let wrong: Vec<String> = table
        .iter()
        .map(|(query, expected)| (query, expected, marked(query, &article, &annotations)))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(query, expected, got)| format!("{query}\n  expected {expected}\n  got      {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for has in ["title", "byline", "path", "lang", "person", "date", "published"] {
        let empty = Article::default();
        assert_eq!(marked(&format!("{has}:*"), &empty, &Annotations::default()), "no", "{has}");
    }
}
