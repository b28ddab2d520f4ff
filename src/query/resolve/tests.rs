//! Queries resolved against a small dictionary.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::query::{ExpandedTerm, Expansion, KnownName, NamePattern, WordPattern, name_words};
use morgue_article::token::{Form, Stemming, Tokens};
use morgue_article::{Article, EntityKind, Zone};

/// The words of some texts, and some names: a dictionary without an index.
#[derive(Default)]
pub(crate) struct Words {
    forms: BTreeMap<(Form, String), BTreeSet<usize>>,
    names: Vec<(EntityKind, Vec<String>, KnownName)>,
}

impl Words {
    pub(crate) fn of(texts: &[&str]) -> Words {
        let mut words = Words::default();
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let mut tokens = Tokens::default();
        for (i, text) in texts.iter().enumerate() {
            let mut article = Article::default();
            article.push(Zone::Body, text);
            tokenizer.article(&article, &mut tokens);
            for token in &tokens.tokens {
                words.forms.entry((token.form, tokens.text(token).to_string())).or_default().insert(i);
            }
        }
        words
    }

    fn name(mut self, kind: EntityKind, key: &str, name: &str, docs: u64) -> Words {
        let spelled = name_words(&mut Tokenizer::new(Stemming::English), name);
        self.names.push((kind, spelled, KnownName { key: key.to_string(), name: name.to_string(), docs }));
        self
    }
}

impl Dictionary for Words {
    fn expand(&self, _: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion {
        let matching =
            self.forms.iter().filter(|((form, text), _)| *form == Form::Exact && text.starts_with(pattern.prefix()));
        let term = |((_, text), docs): (&(Form, String), &BTreeSet<usize>)| {
            let edits = pattern.matches(text)?;
            Some(ExpandedTerm { text: text.clone(), docs: docs.len() as u64, edits })
        };
        Expansion::of(matching.filter_map(term).collect(), limit)
    }

    fn docs(&self, _: Option<Field>, form: Form, text: &str) -> u64 {
        self.forms.get(&(form, text.to_string())).map_or(0, |docs| docs.len() as u64)
    }

    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let asked = self
            .names
            .iter()
            .filter(|(known, words, _)| kind.is_none_or(|kind| kind == *known) && pattern.matches(words, whole));
        asked.map(|(_, _, name)| name.clone()).collect()
    }
}

fn words() -> Words {
    Words::of(&[
        "The dam collapsed. Its collapse was a shock to us, said Pat O'Brien of NATO and the U.S. army",
        "Dams collapse; the lock gate of Watergate and a floodgate are in it. COVID-19, covid 19 and AT&T",
        "nato and Nato and a dam: the women and the woman, us",
        "nato in a café of 東京",
        "nato again",
    ])
    .name(EntityKind::Person, "putin vladimir", "Vladimir Putin", 9)
    .name(EntityKind::Person, "putin lyudmila", "Lyudmila Putina", 1)
    .name(EntityKind::Org, "putin club", "Putin Club", 1)
    .name(EntityKind::Person, "poutine", "Wladimir Poutine", 1)
}

fn with() -> Resolving {
    Resolving { today: "2019-03-15".parse().unwrap(), all: false, aliases: Aliases::default() }
}

fn resolved(text: &str, with: &Resolving) -> Resolved {
    resolve(&Query::parse(text).unwrap(), &mut Tokenizer::new(Stemming::English), &words(), with)
}

/// A clause in one line: `stem`~, `MARK`!, exact forms bare.
pub(crate) fn shown(clause: &Clause) -> String {
    let all = |clauses: &[Clause], sign: &str| {
        clauses.iter().map(|clause| format!("{sign}{}", shown(clause))).collect::<Vec<_>>()
    };
    match clause {
        Clause::All => "*".to_string(),
        Clause::Nothing => "nothing".to_string(),
        Clause::Text { zone: None, pattern, .. } => shown_pattern(pattern),
        Clause::Text { zone: Some(field), pattern, .. } | Clause::Words { field, pattern, .. } => {
            format!("{}:{}", field.name(), shown_pattern(pattern))
        }
        Clause::Name { kind, keys, .. } => {
            format!("{}:{{{}}}", kind.map_or("entity", EntityKind::name), keys.join(", "))
        }
        Clause::Days { field, span, .. } => format!("{}:{span}", field.name()),
        Clause::Has { field, .. } => format!("{}:*", field.name()),
        Clause::And(clauses) => format!("AND({})", all(clauses, "").join(", ")),
        Clause::Or(clauses) => format!("OR({})", all(clauses, "").join(", ")),
        Clause::Not(clause) => format!("NOT {}", shown(clause)),
        Clause::List { required, need_optional, optional, excluded } => {
            let mut items = all(required, "+");
            items.extend(all(optional, ""));
            items.extend(all(excluded, "-"));
            format!("[{}]{}", items.join(" "), if *need_optional { "" } else { "?" })
        }
        Clause::Boost { clause, factor } => format!("{}^{factor}", shown(clause)),
    }
}

fn shown_pattern(pattern: &Pattern) -> String {
    let all =
        |patterns: &[Pattern], between: &str| patterns.iter().map(shown_pattern).collect::<Vec<_>>().join(between);
    match pattern {
        Pattern::Terms(terms) => {
            let terms = terms.iter().map(|term| {
                let mark = match term.form {
                    Form::Exact => "",
                    Form::Stem => "~",
                    Form::Marked => "!",
                };
                let weight = if term.weight == 1.0 { String::new() } else { format!("*{}", term.weight) };
                let width = if term.width == 1 { String::new() } else { format!("/{}", term.width) };
                format!("{}{mark}{width}{weight}", term.text)
            });
            terms.collect::<Vec<_>>().join("|")
        }
        Pattern::Phrase { items, slop } => {
            format!("\"{}\"{}", all(items, " "), if *slop > 0 { format!("~{slop}") } else { String::new() })
        }
        Pattern::Near { left, right, within } => {
            format!("{within}({}, {})", shown_pattern(left), shown_pattern(right))
        }
        Pattern::NotNear { left, right, within } => {
            format!("NOT-{within}({}, {})", shown_pattern(left), shown_pattern(right))
        }
        Pattern::Or(patterns) => format!("({})", all(patterns, ", ")),
    }
}

/// Resolves every left side and compares it with the right one; tells all that differ.
fn check(table: &[(&str, &str)], with: &Resolving) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, shown(&resolved(text, with).clause)))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(text, expected, got)| format!("{text}\n  expected {expected}\n  got      {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_become_forms() {
    let table = [
        ("dams", "dam~|dam"),
        ("=dams", "dams"),
        ("\"the dams\"", "\"the dams\""),
        ("\"lock gate\"~2", "\"lock gate\"~2"),
        ("us", "us"),
        ("US", "US!|USs!"),
        ("U.S.", "US!|USs!"),
        ("NATO SUMMIT COLLAPSES", "[nato~|nato summit~|summit collaps~]"),
        ("COVID-19", "\"covid~|covid 19\""),
        ("AT&T", "AT&T!/2"),
        ("O'Brien", "o'brien"),
        ("東京", "\"東 京\""),
        ("title:US", "title:US!|USs!"),
        ("byline:US", "byline:us"),
        ("title:(dam AND levee)", "AND(title:dam~|dam, title:leve~|leve)"),
        ("title:(dam AND body:levee)", "AND(title:dam~|dam, body:leve~|leve)"),
        ("dam^2", "dam~|dam^2"),
        ("²", "nothing"),
        ("", "nothing"),
        ("*", "*"),
        ("title:*", "title:*"),
        ("date:2018", "date:2018"),
        ("published:7d", "published:2019-03-09..2019-03-15"),
        ("dam NOT ²", "dam~|dam"),
    ];
    check(&table, &with());
}

#[test]
fn lists_tell_the_required_from_the_optional() {
    let table = [
        ("the dam of it", "dam~|dam"),
        ("the of it", "[the~|the of it]"),
        ("the", "the~|the"),
        ("IT dam", "[IT!|ITs! dam~|dam]"),
        ("+the dam", "[+the~|the dam~|dam]?"),
        ("the =the dam", "[the dam~|dam]"),
        ("+dam woman", "[+dam~|dam woman~|woman]?"),
        ("dam -woman", "[dam~|dam -woman~|woman]"),
        ("-dam -woman", "[-dam~|dam -woman~|woman]?"),
        ("date:2018 dam", "[+date:2018 dam~|dam]"),
        ("date:2018 the", "[+date:2018 the~|the]"),
        ("date:2018 lang:en", "[+date:2018 +lang:en]?"),
        ("+date:2018 dam", "[+date:2018 dam~|dam]"),
        ("date:(2018 2019) dam", "[+OR(date:2018, date:2019) dam~|dam]"),
        ("person:putin dam", "[person:{putin vladimir} dam~|dam]"),
        ("person:\"vladimir putin\" dam", "[+person:{putin vladimir} dam~|dam]"),
        ("person:\"vladimir putin\"^2 dam", "[+person:{putin vladimir}^2 dam~|dam]"),
    ];
    check(&table, &with());
    let all = Resolving { all: true, ..with() };
    assert_eq!(shown(&resolved("the dam -woman us", &all).clause), "[+dam~|dam +us -woman~|woman]?");
}

#[test]
fn patterns_become_words_of_the_dictionary() {
    let table = [
        ("collaps*", "collapse|collapsed"),
        ("wom?n", "woman|women"),
        ("*gate", "floodgate|gate|watergate"),
        ("covid*", "covid|covid-19/2"),
        ("covid-1*", "\"covid 19\""),
        ("\"lock g*\"", "\"lock gate\""),
        ("colapse~", "collapse*0.5"),
        ("colapsed~2", "collapse*0.25|collapsed*0.5"),
        ("collapse~", "collapse|collapsed*0.5"),
        ("/collaps(e|ed)/", "collapse|collapsed"),
        ("caf?e", ""),
        ("cafe~", "cafe"),
        ("dam W/5 (gate OR \"lock gate\")", "W/5(dam~|dam, (gate~|gate, \"lock gate\"))"),
        ("dam NOT PRE/2 g*", "NOT-PRE/2(dam~|dam, gate)"),
        ("title:(dam W/S gate)", "title:W/S(dam~|dam, gate~|gate)"),
        ("title:dam W/S title:gate", "title:W/S(dam~|dam, gate~|gate)"),
    ];
    check(&table, &with());
    let resolved = resolved("collaps* OR title:collaps* OR wom?n", &with());
    let expanded: Vec<_> = resolved.expanded.iter().map(|expanded| (expanded.typed.as_str(), expanded.total)).collect();
    assert_eq!(expanded, [("collaps*", 2), ("wom?n", 2)]);
    assert_eq!(resolved.expanded[0].words, [("collapse".to_string(), 2), ("collapsed".to_string(), 1)]);
}

#[test]
fn names_come_through_spellings_and_aliases() {
    let aliases = Aliases::read("Vladimir Putin\tWladimir Poutine\nElsewhere\tNobody\n").unwrap();
    let aliased = Resolving { aliases, ..with() };
    let table = [
        ("person:putin", "person:{putin vladimir}", "person:{poutine, putin vladimir}"),
        ("entity:putin", "entity:{putin club, putin vladimir}", "entity:{poutine, putin club, putin vladimir}"),
        ("person:\"putin\"", "person:{}", "person:{}"),
        ("person:\"Vladimir Putin\"", "person:{putin vladimir}", "person:{poutine, putin vladimir}"),
        ("person:poutine", "person:{poutine}", "person:{poutine, putin vladimir}"),
        (
            "person:putin*",
            "person:{putin lyudmila, putin vladimir}",
            "person:{poutine, putin lyudmila, putin vladimir}",
        ),
        ("person:puttin~", "person:{putin vladimir}", "person:{poutine, putin vladimir}"),
        (
            "person:(putina OR poutine)",
            "OR(person:{putin lyudmila}, person:{poutine})",
            "OR(person:{putin lyudmila}, person:{poutine, putin vladimir})",
        ),
        ("person:nobody", "person:{}", "person:{}"),
    ];
    for (text, alone, with_aliases) in table {
        assert_eq!(shown(&resolved(text, &with()).clause), alone, "{text}");
        assert_eq!(shown(&resolved(text, &aliased).clause), with_aliases, "{text}");
    }
}

#[test]
fn leaves_have_the_typed_text_in_the_order_of_the_clause() {
    let table: &[(&str, &[&str])] = &[
        ("dam", &["dam"]),
        ("lock -beaver dam +levee", &["levee", "lock", "dam", "beaver"]),
        ("-beaver (dam -lock) +title:\"lock gate\"", &["title:\"lock gate\"", "dam", "lock", "beaver"]),
        ("dam published:7d AND NOT colaps~", &["published:7d", "dam", "colaps~1"]),
        ("(dam W/5 lock)^2 OR title:(dam* OR body:*)", &["dam W/5 lock", "title:dam*", "body:*"]),
        ("person:(putin OR \"Kofi Annan\") the dam", &["person:putin", "person:\"Kofi Annan\"", "dam"]),
        ("title:dam W/5 title:lock", &["title:dam W/5 title:lock"]),
    ];
    for (text, expected) in table {
        let resolved = resolved(text, &with());
        let typed: Vec<&str> = resolved.leaves.iter().map(|leaf| leaf.typed.as_str()).collect();
        assert_eq!(typed, *expected, "{text}");
        assert!(resolved.outline().parts.len() <= expected.len());
    }
}

#[test]
fn leaves_are_numbered_in_the_order_of_the_clause() {
    fn ids(clause: &Clause, out: &mut Vec<u32>) {
        match clause {
            Clause::All | Clause::Nothing => {}
            Clause::Text { leaf, .. }
            | Clause::Words { leaf, .. }
            | Clause::Name { leaf, .. }
            | Clause::Days { leaf, .. }
            | Clause::Has { leaf, .. } => out.push(leaf.0),
            Clause::And(clauses) | Clause::Or(clauses) => clauses.iter().for_each(|clause| ids(clause, out)),
            Clause::Not(clause) | Clause::Boost { clause, .. } => ids(clause, out),
            Clause::List { required, optional, excluded, .. } => {
                required.iter().chain(optional).chain(excluded).for_each(|clause| ids(clause, out));
            }
        }
    }
    for text in
        ["dam", "", "-beaver (dam -lock) +title:*", "(a OR -(b date:2018 c^2)) d person:putin +url:e", "\u{b2} dam"]
    {
        let resolved = resolved(text, &with());
        let mut numbers = Vec::new();
        ids(&resolved.clause, &mut numbers);
        assert_eq!(numbers, (0..resolved.leaves.len() as u32).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn the_weight_of_a_leaf_is_the_product_of_its_boosts() {
    let resolved = resolved("(dam^2 OR -(lock +levee^0.5))^3 gate", &with());
    let weights: Vec<(&str, f32)> = resolved.leaves.iter().map(|leaf| (leaf.typed.as_str(), leaf.weight)).collect();
    assert_eq!(weights, [("dam", 6.0), ("levee", 1.5), ("lock", 3.0), ("gate", 1.0)]);
}

#[test]
fn outlines_are_words() {
    let table: &[(&str, &str)] = &[
        ("dam", "dam, in all its forms"),
        ("=dam", "=dam, as it is written"),
        ("U.S.", "U.S., as it is marked by capitals, dots or signs"),
        ("\"lock gate\"~2", "\"lock gate\"~2: the words in order, with at most 2 others inside"),
        ("dam W/5 lock", "dam W/5 lock: within 5 words of each other, in either order"),
        ("dam PRE/1 lock", "dam PRE/1 lock: next to each other, in this order"),
        ("dam NOT W/S lock", "dam NOT W/S lock: the first, where the second is not in its sentence"),
        ("published:7d", "published:7d: published from 2019-03-09 to 2019-03-15"),
        ("date:..2018", "date:..2018-12-31: speaks of days until 2018-12-31"),
        ("title:*", "title:*: has anything in title:"),
        ("dam lock", "one of these at least; articles with more of them, close together, come first"),
        ("+dam lock", "these; the optional ones bring an article forward"),
        ("NOT dam", "every article without this"),
        ("dam^2", "dam, in all its forms (counts 2 times)"),
        ("person:xyzzy", "person:xyzzy: a name that no article has"),
    ];
    for (text, expected) in table {
        assert_eq!(resolved(text, &with()).outline().says, *expected, "{text}");
    }
}

#[test]
fn notes() {
    let table: &[(&str, &[&str])] = &[
        ("dam collapse", &[]),
        ("colapse", &["no article has colapse; did you mean collapse?"]),
        ("\"lokc gate\"", &["no article has lokc; did you mean lock?"]),
        ("xyzzy", &["no article has xyzzy"]),
        ("gat3", &["no article has gat3"]),
        ("xyzzy*", &["xyzzy* matches no word"]),
        ("NATO", &["NATO is looked for in capitals only; nato finds 4 articles"]),
        ("U.S.", &[]),
        ("person:\"Vladmir Putin\"", &["no article names Vladmir Putin; did you mean person:\"Vladimir Putin\"?"]),
        ("person:xyzzy", &["no article has the name person:xyzzy"]),
        ("person:\"xyzzy plugh\"", &["no article has the name person:\"xyzzy plugh\""]),
        ("\"lock gate", &["the quote at byte 0 is not closed: all after it is read as one phrase"]),
        ("dam AND", &["AND has nothing after it and is ignored"]),
        (
            "collaps!",
            &["collaps! is read as text; for endings write collaps*", "no article has collaps; did you mean collapse?"],
        ),
        ("🌊", &["the query has no word to look for"]),
        ("byline:xyzzy", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(&resolved(text, &with()).notes, expected, "{text}");
    }
}

#[test]
fn past_the_limit_the_most_frequent_are_taken_with_a_note() {
    let many: Vec<String> = (0..1100).map(|i| format!("a{i:04}")).collect();
    let text = many.join(" ");
    let words = Words::of(&[&text, "a0999 a1099"]);
    let query = Query::parse("a*").unwrap();
    let resolved = resolve(&query, &mut Tokenizer::new(Stemming::English), &words, &with());
    let Clause::Text { pattern: Pattern::Terms(terms), .. } = resolved.clause else { panic!() };
    assert_eq!(terms.len(), 1024);
    assert!(terms.iter().any(|term| term.text == "a1099"));
    assert_eq!(resolved.notes, ["a* matches 1100 words: the 1024 most frequent are looked for"]);
}
