//! Random small articles, and random queries over every operator: for the law that the index finds exactly those
//! articles in which `matching` finds the query. The same seed gives the same articles and queries on every machine.
//!
//! The articles are made of few words, so that queries of the same words match some and not others: a test below holds
//! every operator to 5 to 95 % of its pairs.

use morgue::article::{Annotations, Article, DateOrigin, Dateline, Entity, EntityKind, Mention, Published, Zone};

/// A small generator (splitmix64).
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'c, T: ?Sized>(&mut self, choices: &[&'c T]) -> &'c T {
        choices[self.below(choices.len())]
    }
}

/// Words of the articles, with forms that share a stem.
const WORDS: &[&str] = &[
    "dam",
    "dams",
    "levee",
    "collapse",
    "collapsed",
    "gate",
    "lock",
    "river",
    "beaver",
    "flood",
    "mayor",
    "the",
    "the",
    "of",
    "it",
];

/// Words that are rarer or not plain: initialisms, compounds, numbers, scripts, accents.
const SPECIAL: &[&str] = &[
    "US",
    "us",
    "U.S.",
    "NATO",
    "nato",
    "COVID-19",
    "covid 19",
    "AT&T",
    "O'Brien",
    "$5",
    "1,200",
    "café",
    "cafe",
    "東京",
    "東の京",
    "Москва",
    "e-mail",
    "#MeToo",
    "C++",
    "women",
    "woman",
    "floodgate",
    "mayor's",
    "IT",
];

/// Names: kind, canonical name, key, and what stands in the text for it. A lone surname counts where the whole name
/// stands before it.
const NAMES: &[(EntityKind, &str, &str, &[&str])] = &[
    (EntityKind::Person, "Jo Marsh", "jo marsh", &["Jo Marsh", "Marsh"]),
    (EntityKind::Person, "Sergei Okunev", "sergey okunev", &["Sergei Okunev", "Okunev"]),
    (EntityKind::Person, "Sergey Okunev", "sergey okunev", &["Sergey Okunev"]),
    (EntityKind::Org, "Ashford River Board", "ashford river board", &["Ashford River Board", "River Board"]),
    (EntityKind::Place, "Ashford", "ashford", &["Ashford"]),
    (EntityKind::Place, "Marsh Hill", "marsh hill", &["Marsh Hill"]),
];

/// Dates as they stand in the text, and the days they mean; none where they cannot be resolved.
const DATES: &[(&str, Option<&str>)] = &[
    ("4 March 1998", Some("1998-03-04")),
    ("March 1998", Some("1998-03")),
    ("1999", Some("1999")),
    ("spring 1998", Some("1998-03..1998-05")),
    ("last week", None),
];

/// The article of a seed, and what is named in it. Its id is its own.
pub fn article(seed: u64) -> (Article, Annotations) {
    let random = &mut Random::new(seed);
    let mut article = Article { id: format!("urn:random:{seed}"), ..Article::default() };
    article.origin.path = format!("wire/199{}/{}.txt", random.below(3), random.pick(&["a", "b", "c-d"])).into();
    article.origin.record = seed;
    article.own_id = random.chance(50).then(|| format!("{}-{}", random.pick(&["LD", "AX"]), random.below(3)));
    article.url = random
        .chance(60)
        .then(|| format!("https://{}.example/1998/dam-{}", random.pick(&["river", "www.lock"]), random.below(2)));
    article.source =
        random.chance(70).then(|| random.pick(&["The Ashford Courier", "River Daily", "AT&T News"]).to_string());
    for _ in 0..random.below(3) {
        article.byline.push(random.pick(&["Pat O'Brien", "Ann Lee", "Lee Marsh", "Wire staff"]).to_string());
    }
    article.dateline = random.chance(40).then(|| Dateline {
        text: random.pick(&["ASHFORD, March 3 (Wire)", "RIVER CITY (AX)"]).to_string(),
        ..Dateline::default()
    });
    article.language = random.chance(70).then(|| random.pick(&["en", "de"]).to_string());
    article.section = random.chance(50).then(|| random.pick(&["Local news", "World", "Floods"]).to_string());
    for _ in 0..random.below(3) {
        article.keywords.push(random.pick(&["floods", "water law", "dam safety", "the river"]).to_string());
    }
    article.published = random.chance(75).then(|| Published {
        span: random
            .pick(&["1998", "1998-03", "1998-03-04", "1999-12-30", "2000-01-02", "2000-01"])
            .parse()
            .expect("these are days"),
        from: DateOrigin::Metadata,
    });
    if random.chance(80) {
        let title = words(random, 1, 4);
        article.push(Zone::Title, &title);
    }
    for _ in 0..random.below(4) {
        let paragraph = paragraph(random);
        article.push(Zone::Body, &paragraph);
    }
    for _ in 0..random.below(3) {
        let caption = words(random, 1, 5);
        article.push(Zone::Caption, &caption);
        if random.chance(40) {
            article.push(Zone::Credit, random.pick(&["Lee/Courier", "River Board/AX", "***"]));
        }
    }
    let annotations = annotate(&article, random.chance(20));
    (article, annotations)
}

fn paragraph(random: &mut Random) -> String {
    if random.chance(3) {
        return "***".to_string();
    }
    let sentences: Vec<String> = (0..1 + random.below(3))
        .map(|_| {
            let words = words(random, 2, 9);
            let mut chars = words.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}{}", chars.as_str(), random.pick(&[".", ".", "?", "!"]))
        })
        .collect();
    sentences.join(" ")
}

fn words(random: &mut Random, least: usize, most: usize) -> String {
    let count = least + random.below(most - least + 1);
    let word = |random: &mut Random| match random.below(100) {
        0..70 => random.pick(WORDS),
        70..86 => random.pick(SPECIAL),
        86..94 => {
            let (.., spelled) = NAMES[random.below(NAMES.len())];
            random.pick(spelled)
        }
        _ => DATES[random.below(DATES.len())].0,
    };
    let words: Vec<&str> = (0..count).map(|_| word(random)).collect();
    words.join(random.pick(&[" ", " ", " ", ", "]))
}

/// Finds the names and dates that were put in; `stated` adds a name that stands nowhere in the text.
fn annotate(article: &Article, stated: bool) -> Annotations {
    let mut annotations = Annotations::default();
    let text = article.text.as_str();
    let mut taken = vec![false; text.len()];
    let mut claim = |range: &std::ops::Range<usize>| {
        let free = !taken[range.clone()].contains(&true);
        taken[range.clone()].fill(true);
        free
    };
    let places = |spelling: &str| -> Vec<std::ops::Range<usize>> {
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let whole = |(at, found): (usize, &str)| {
            let range = at..at + found.len();
            let inside = inside_word(text[..at].chars().next_back()) || inside_word(text[range.end..].chars().next());
            (!inside).then_some(range)
        };
        text.match_indices(spelling).filter_map(whole).collect()
    };
    // Longer spellings first: `Marsh Hill` is no `Marsh`.
    let mut spellings: Vec<(usize, &str)> = NAMES
        .iter()
        .enumerate()
        .flat_map(|(name, (.., spelled))| spelled.iter().map(move |spelling| (name, *spelling)))
        .collect();
    spellings.sort_by_key(|(_, spelling)| std::cmp::Reverse(spelling.len()));
    let mut found: Vec<(usize, bool, std::ops::Range<usize>)> = Vec::new();
    for (name, spelling) in spellings {
        let (_, whole, ..) = NAMES[name];
        found.extend(
            places(spelling).into_iter().filter(|range| claim(range)).map(|range| (name, spelling == whole, range)),
        );
    }
    found.sort_by_key(|(.., range)| range.start);
    for (name, (kind, whole, key, _)) in NAMES.iter().enumerate() {
        let mentions: Vec<&(usize, bool, std::ops::Range<usize>)> =
            found.iter().filter(|found| found.0 == name).collect();
        let Some(first_whole) = mentions.iter().position(|(_, is_whole, _)| *is_whole) else { continue };
        annotations.entities.push(Entity {
            kind: *kind,
            name: whole.to_string(),
            key: key.to_string(),
            mentions: mentions[first_whole..].iter().map(|(.., range)| range.clone()).collect(),
        });
    }
    if stated {
        let (kind, name, key) = (EntityKind::Person, "Ann Lee", "ann lee");
        annotations.entities.push(Entity { kind, name: name.to_string(), key: key.to_string(), mentions: Vec::new() });
    }
    for (spelling, days) in DATES {
        for range in places(spelling).into_iter().filter(|range| claim(range)) {
            annotations.dates.push(Mention { range, value: days.map(|days| days.parse().expect("these are days")) });
        }
    }
    annotations.dates.sort_by_key(|mention| mention.range.start);
    annotations
}

/// The operators of the language, by name; each makes a random query of its own.
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
        format!("{}:*", r.pick(&["lede", "body", "caption", "dateline", "section", "keyword", "person", "date"]))
    }),
    ("no field:*", |r| {
        format!("-{}:*", r.pick(&["published", "title", "byline", "url", "source", "lang", "org", "place"]))
    }),
];

/// What day it is for the queries.
pub const TODAY: &str = "2000-01-05";

/// A random query text over all operators, and the names of those in it.
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

/// What few articles have.
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

/// What is asked of a zone.
fn zoned(random: &mut Random) -> String {
    match random.below(5) {
        0 => format!("({} OR {})", word(random), word(random)),
        1 => format!("(\"the {}\"~3 OR {})", exact(random), word(random)),
        2 => wild(random),
        _ => word(random),
    }
}
