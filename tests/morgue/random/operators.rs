//! Random queries with every operator.

use super::Random;

/// The operators of the language: each has a name and a function that makes a random query with it.
#[allow(clippy::type_complexity)] // a table is easier to read without type aliases
pub const OPERATORS: &[(&str, fn(&mut Random) -> String)] = &[
    ("word", word),
    ("special word", |r| r.pick(SPECIAL_ASKED).to_string()),
    ("exact word", |r| format!("={}", r.pick(&["dam", "dams", "collapse", "collapsed", "the", "US", "us"]))),
    ("list", |r| format!("{} {}", word(r), word(r))),
    ("list of stop words", |r| {
        format!("{} {} {}", r.pick(&["the", "of", "it"]), r.pick(&["the", "of", "it", "IT"]), maybe(r))
    }),
    ("list with +", |r| format!("+{} {} {}", word(r), word(r), maybe(r))),
    ("list with -", |r| format!("{} {} -{} !{}", word(r), word(r), operand(r), rare(r))),
    ("list with a filter", |r| format!("{} {} {}", word(r), filter(r), maybe(r))),
    ("AND", |r| format!("{} AND {}", operand(r), operand(r))),
    ("OR", |r| format!("{} OR {}", rare(r), operand(r))),
    ("NOT", |r| format!("{} NOT {}", operand(r), operand(r))),
    ("negatives alone", |r| format!("-{} -{}", word(r), operand(r))),
    ("NOT in OR", |r| format!("{} OR -{}", rare(r), word(r))),
    ("groups", |r| format!("({} OR {}) AND ({} {})", rare(r), operand(r), word(r), maybe(r))),
    ("phrase", |r| {
        format!(
            "\"{}\"",
            r.pick(&["the dam", "of the", "dam collapse", "the river", "the flood", "it the", "covid 19", "the US"])
        )
    }),
    ("phrase with others inside", |r| format!("\"{} {}\"~{}", exact(r), exact(r), 1 + r.below(9))),
    ("long phrase with others inside", |r| {
        format!("\"the {} {}\"~{}", exact(r), r.pick(&["the", "dam", "it", "of"]), 4 + r.below(20))
    }),
    ("phrase with a wildcard", |r| format!("\"the {}\"~{}", wild(r), r.below(4))),
    ("W/n", |r| format!("{} {}/{} {}", side(r), r.pick(&["W", "NEAR"]), 1 + r.below(9), side(r))),
    ("W/n with itself", |r| {
        let w = word(r);
        format!("{w} W/{} {w}", 1 + r.below(40))
    }),
    ("W/n far", |r| format!("{} W/{} {}", side(r), 30 + r.below(226), side(r))),
    ("PRE/n", |r| format!("{} PRE/{} {}", side(r), 1 + r.below(12), side(r))),
    ("W/n beside a compound", |r| {
        let compounds =
            r.pick(&["(covid* OR AT&T OR e-mail)", "/(co|at|e).*/", "(covid19 OR =AT&T OR em* OR \"e mail\")"]);
        let sides = (compounds.to_string(), r.pick(&["(the OR dam OR of)", "l*", "(it OR river OR gate)"]).to_string());
        let (left, right) = if r.chance(50) { sides } else { (sides.1, sides.0) };
        format!("{left} {}/{} {right}", r.pick(&["W", "PRE", "NOT W"]), 1 + r.below(3))
    }),
    ("W/S", |r| format!("{} W/S {}", side(r), side(r))),
    ("W/P", |r| format!("{} W/P {}", side(r), side(r))),
    ("W of W", |r| {
        format!(
            "{} W/{} {} W/{} {}",
            side(r),
            2 + r.below(9),
            side(r),
            2 + r.below(20),
            r.pick(&["the", "dam", "river"])
        )
    }),
    ("W of a group", |r| format!("({} OR {}) W/{} ({} OR {})", side(r), side(r), 1 + r.below(5), word(r), side(r))),
    ("W/S of W", |r| {
        format!(
            "({} W/{} {}) W/{} {}",
            side(r),
            2 + r.below(9),
            side(r),
            r.pick(&["S", "P"]),
            r.pick(&["the", "dam", "it"])
        )
    }),
    ("NOT W/n", |r| format!("{} NOT W/{} {}", side(r), 1 + r.below(9), side(r))),
    ("NOT PRE/n", |r| format!("{} NOT PRE/{} {}", side(r), 1 + r.below(9), side(r))),
    ("NOT W/S", |r| format!("{} NOT W/S {}", side(r), side(r))),
    ("NOT W/P", |r| format!("{} NOT W/P {}", side(r), side(r))),
    ("NOT W of W", |r| format!("{} NOT W/{} ({} W/9 {})", side(r), 1 + r.below(9), word(r), side(r))),
    ("wildcard", wild),
    ("fuzzy word", |r| {
        r.pick(&["levve~", "colapse~", "colapse~2", "mayro~", "dam~", "floud~2", "gaet~", "rover~", "wmoan~2"])
            .to_string()
    }),
    ("regular expression", |r| {
        r.pick(&["/collaps(e|ed)/", "/d.ms?/", "/[lm].*/", "/fl(oo)+d(gate)?/", "/beave.|wom[ae]n/"]).to_string()
    }),
    ("weight", |r| format!("{}^2 {}^0.5", word(r), rare(r))),
    ("all but", |r| format!("* -{} -{}", word(r), rare(r))),
    ("title:", |r| format!("title:{}", zoned(r))),
    ("lede:", |r| format!("lede:{}", zoned(r))),
    ("body:", |r| format!("body:{}", zoned(r))),
    ("caption:", |r| format!("caption:{}", zoned(r))),
    ("W in a zone", |r| {
        format!("{}:({} W/{} {})", r.pick(&["body", "body", "lede", "caption"]), word(r), 3 + r.below(9), side(r))
    }),
    ("NOT W in a zone", |r| {
        format!("{}:({} NOT W/{} {})", r.pick(&["body", "lede", "title"]), word(r), 1 + r.below(9), word(r))
    }),
    ("W/S in a zone", |r| format!("{}:({} W/S {})", r.pick(&["body", "lede"]), word(r), r.pick(&["the", "dam", "it"]))),
    ("byline:", |r| {
        format!(
            "byline:{}",
            r.pick(&["lee", "o'brien", "marsh", "\"ann lee\"", "\"lee marsh\"", "(pat OR wire)", "o*", "*"])
        )
    }),
    ("W in byline:", |r| {
        format!(
            "byline:({} W/{} {})",
            r.pick(&["pat", "ann", "lee"]),
            r.pick(&["S", "P", "1", "255"]),
            r.pick(&["lee", "marsh", "o'brien"])
        )
    }),
    ("dateline:", |r| format!("dateline:{}", r.pick(&["ashford", "\"river city\"", "wire", "r*"]))),
    ("source:", |r| format!("source:{}", r.pick(&["courier", "\"river daily\"", "AT&T", "daily", "*"]))),
    ("url:", |r| {
        format!("url:{}", r.pick(&["river.example", "dam-1", "1998", "*", "https://river.example/1998/dam-0"]))
    }),
    ("path:", |r| format!("path:{}", r.pick(&["1990", "wire/1991", "a.txt", "\"c d\"", "c-d"]))),
    ("id:", |r| format!("id:{}", r.pick(&["LD", "AX-1", "ld-0", "\"ld 1\""]))),
    ("lang:", |r| format!("lang:{}", r.pick(&["en", "de", "(en OR de)"]))),
    ("section:", |r| format!("section:{}", r.pick(&["news", "world", "flood", "\"local news\""]))),
    ("x.client:", |r| {
        let field = r.pick(&["x.client", "x.sandbox-2", "x.other"]);
        format!("{field}:{}", r.pick(&["acme", "=floods", "\"acme dams\"", "(dam OR sons)", "dam*", "*s", "acne~"]))
    }),
    ("keyword:", |r| format!("keyword:{}", r.pick(&["flood", "=floods", "\"water law\"", "safety", "dam*"]))),
    ("person:", |r| {
        format!(
            "person:{}",
            r.pick(&["marsh", "okunev", "sergei", "serge?", "\"Jo Marsh\"", "okunef~", "(marsh OR lee)", "*"])
        )
    }),
    ("org:", |r| format!("org:{}", r.pick(&["river", "\"ashford river board\"", "\"river board\"", "board*", "*"]))),
    ("place:", |r| format!("place:{}", r.pick(&["ashford", "marsh", "\"marsh hill\"", "*"]))),
    ("entity:", |r| format!("entity:{}", r.pick(&["marsh", "ashford", "lee", "/.*sh/"]))),
    ("date:", |r| {
        format!(
            "date:{}",
            r.pick(&["1998", "1998-03", "1998-03-04", "1999", "..1998", "1998-02..1998-06", "1998-03-04..", "*"])
        )
    }),
    ("published:", |r| {
        format!("published:{}", r.pick(&["1998", "1998-03", "1998-03-04", "1999..", "..1998", "7d", "3y", "*"]))
    }),
    ("field:*", |r| {
        format!(
            "{}:*",
            r.pick(&["lede", "body", "caption", "dateline", "section", "keyword", "person", "date", "x.client"])
        )
    }),
    ("no field:*", |r| {
        format!("-{}:*", r.pick(&["published", "title", "byline", "url", "source", "lang", "org", "place"]))
    }),
];

/// The current day for the queries.
pub const TODAY: &str = "2000-01-05";

/// A random query text, and the names of its operators.
pub fn query(random: &mut Random) -> (String, Vec<&'static str>) {
    let (name, make) = OPERATORS[random.below(OPERATORS.len())];
    let one = make(random);
    if random.chance(60) {
        return (one, vec![name]);
    }
    let (other_name, make) = OPERATORS[random.below(OPERATORS.len())];
    let other = make(random);
    let joined = match random.below(6) {
        0 => format!("({one}) AND ({other})"),
        1 => format!("({one}) OR ({other})"),
        2 => format!("({one}) NOT ({other})"),
        3 => format!("({one}) ({other})"),
        4 => format!("+({one}) ({other})^3"),
        _ => format!("({one}) -({other})"),
    };
    (joined, vec![name, other_name])
}

const SPECIAL_ASKED: &[&str] = &[
    "us",
    "nato",
    "covid-19",
    "covid 19",
    "café",
    "東京",
    "東",
    "京",
    "women",
    "Москва",
    "US",
    "U.S.",
    "NATO",
    "AT&T",
    "IT",
];

fn word(random: &mut Random) -> String {
    random.pick(&["dam", "levee", "collapse", "gate", "lock", "river", "beaver", "flood", "mayor"]).to_string()
}

fn exact(random: &mut Random) -> &'static str {
    random.pick(&["the", "dam", "dams", "river", "collapsed", "of", "flood", "gate", "it"])
}

/// A word, or nothing.
fn maybe(random: &mut Random) -> String {
    if random.chance(50) { word(random) } else { String::new() }
}

/// A query that matches few articles.
fn rare(random: &mut Random) -> String {
    random
        .pick(&[
            "NATO",
            "COVID-19",
            "AT&T",
            "\"river flood\"",
            "o'brien",
            "東京",
            "$5",
            "1,200",
            "title:dam",
            "caption:river",
            "women",
        ])
        .to_string()
}

fn wild(random: &mut Random) -> String {
    random.pick(&["collaps*", "*gate", "d?m", "l*", "flood*", "wom?n", "covid*", "*e*", "b*r"]).to_string()
}

/// A side of AND, OR, NOT.
fn operand(random: &mut Random) -> String {
    match random.below(8) {
        0 => format!("\"{} {}\"~{}", exact(random), exact(random), random.below(9)),
        1 => wild(random),
        2 => format!("({} W/{} {})", word(random), 2 + random.below(9), side(random)),
        3 => filter(random),
        _ => word(random),
    }
}

/// A side of proximity.
fn side(random: &mut Random) -> String {
    match random.below(12) {
        0 => "\"of the\"".to_string(),
        1 => format!("\"the {}\"~2", exact(random)),
        2 => wild(random),
        3 => format!("({} OR {})", word(random), random.pick(&["us", "COVID-19", "women", "\"the dam\""])),
        4 => "colapse~2".to_string(),
        5 => "/d.ms?/".to_string(),
        6 => "=dam".to_string(),
        7..9 => random.pick(&["the", "it"]).to_string(),
        _ => word(random),
    }
}

fn filter(random: &mut Random) -> String {
    random
        .pick(&[
            "lang:en",
            "published:1998",
            "source:river",
            "date:1998",
            "person:\"Jo Marsh\"",
            "published:*",
            "path:1991",
        ])
        .to_string()
}

/// A query within a zone.
fn zoned(random: &mut Random) -> String {
    match random.below(5) {
        0 => format!("({} OR {})", word(random), word(random)),
        1 => format!("(\"the {}\"~3 OR {})", exact(random), word(random)),
        2 => wild(random),
        _ => word(random),
    }
}
