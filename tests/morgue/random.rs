//! Random small articles, and random queries with every operator. They test the law that the index finds exactly the
//! articles in which `matching` finds the query. The same seed gives the same articles and queries on every machine.
//!
//! The articles have few different words, so that a query of these words matches some of them. A test requires that every
//! operator matches in 5 to 95 % of the pairs of query and article.

mod operators;

use morgue::article::{Annotations, Article, DateOrigin, Dateline, Entity, EntityKind, Mention, Published, Zone};

pub use operators::{OPERATORS, TODAY, query};

/// A small generator of random numbers (splitmix64).
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

/// Names: kind, canonical name, key, and the spellings in texts. A surname alone is a mention only after the whole name.
const NAMES: &[(EntityKind, &str, &str, &[&str])] = &[
    (EntityKind::Person, "Jo Marsh", "jo marsh", &["Jo Marsh", "Marsh"]),
    (EntityKind::Person, "Sergei Okunev", "sergey okunev", &["Sergei Okunev", "Okunev"]),
    (EntityKind::Person, "Sergey Okunev", "sergey okunev", &["Sergey Okunev"]),
    (EntityKind::Org, "Ashford River Board", "ashford river board", &["Ashford River Board", "River Board"]),
    (EntityKind::Place, "Ashford", "ashford", &["Ashford"]),
    (EntityKind::Place, "Marsh Hill", "marsh hill", &["Marsh Hill"]),
];

/// Dates as texts spell them, and the days that they mean; `None` if they cannot be resolved.
const DATES: &[(&str, Option<&str>)] = &[
    ("4 March 1998", Some("1998-03-04")),
    ("March 1998", Some("1998-03")),
    ("1999", Some("1999")),
    ("spring 1998", Some("1998-03..1998-05")),
    ("last week", None),
];

/// The article of a seed, with its names and dates. Each seed has an id of its own.
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
    for name in ["client", "sandbox-2"] {
        let mut values: Vec<String> = Vec::new();
        for _ in 0..random.below(3) {
            values.push(random.pick(&["Acme Dams", "dam watch", "River & Sons", "floods"]).to_string());
        }
        values.dedup();
        if !values.is_empty() {
            article.extra.insert(name.to_owned(), values);
        }
    }
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

/// Finds the names and dates of the tables above in an article. `stated` adds a name that is not in the text.
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
    // Longer spellings first: `Marsh Hill` is not a mention of `Marsh`.
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
