//! Tests of the whole way from an article to its entities with the embedded model, and laws on random text.

use proptest::prelude::*;

use super::model::TaggerModel;
use super::names::{ArticleNames, NameMention};
use super::words::ArticleWord;
use super::*;
use morgue_article::token::{Stemming, Tokenizer, Tokens};
use morgue_article::{Article, Entity, EntityKind, Zone};

fn article(title: &str, paragraphs: &[&str]) -> Article {
    let mut article = Article::default();
    article.push(Zone::Title, title);
    paragraphs.iter().for_each(|text| article.push(Zone::Body, text));
    article
}

fn find(article: &Article) -> Vec<Entity> {
    let mut tokens = Tokens::default();
    Tokenizer::new(Stemming::English).article(article, &mut tokens);
    EntityFinder::new().find(article, &tokens)
}

/// Every entity as `kind name: spelling, spelling`. Each spelling is listed once.
fn shown(article: &Article) -> Vec<String> {
    let show = |entity: Entity| {
        let mut spellings: Vec<&str> = Vec::new();
        for range in entity.mentions {
            let spelling = &article.text[range];
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
        format!("{} {}: {}", entity.kind.name(), entity.name, spellings.join(", "))
    };
    find(article).into_iter().map(show).collect()
}

#[test]
fn people_have_their_fullest_names() {
    let article = article(
        "Lindqvist to meet Kovalenko in Geneva",
        &[
            "Swedish Foreign Minister Astrid Lindqvist will meet Sergei Kovalenko in Geneva on Monday, her office said.",
            "Lindqvist's visit follows a letter by President Thomas J. Ferrante. Mr. Ferrante wrote to Kovalenko in May.",
            "\"We trust Sergey Kovalenko,\" said Anna Ferrante, who is no relation of Thomas Ferrante.",
        ],
    );
    assert_eq!(
        shown(&article),
        [
            "person Astrid Lindqvist: Lindqvist, Astrid Lindqvist",
            "person Sergei Kovalenko: Kovalenko, Sergei Kovalenko, Sergey Kovalenko",
            "place Geneva: Geneva",
            "person Thomas J. Ferrante: Thomas J. Ferrante, Ferrante, Thomas Ferrante",
            "person Anna Ferrante: Anna Ferrante",
        ]
    );
}

#[test]
fn initialisms_belong_to_their_organisations() {
    let article = article(
        "Flu spreads, says health body",
        &[
            "The World Health Organization (WHO) said on Tuesday that the flu had reached Peru.",
            "WHO officials in Lima were told by the European Union. The EU gave the U.S. and Canada its data.",
            "\"The United States is ready,\" the US ambassador said.",
        ],
    );
    assert_eq!(
        shown(&article),
        [
            "org World Health Organization: World Health Organization, WHO",
            "place Peru: Peru",
            "place Lima: Lima",
            "org European Union: European Union, EU",
            "place United States: U.S., United States, US",
            "place Canada: Canada",
        ]
    );
}

#[test]
fn weekdays_headings_and_families_are_not_people() {
    let article = article(
        "Related Articles",
        &["On Monday, in January, Mark Hollis met the Hollises. March was cold. The President said so on Friday."],
    );
    let people: Vec<Entity> = find(&article).into_iter().filter(|entity| entity.kind == EntityKind::Person).collect();
    assert!(people.iter().any(|person| person.name == "Mark Hollis" && person.mentions.len() == 1), "{people:?}");
    for not_a_person in ["Monday", "January", "March", "President", "Friday", "Related Articles"] {
        assert!(people.iter().all(|person| person.name != not_a_person), "{people:?}");
    }
}

#[test]
fn capitals_do_not_hide_names() {
    let article = article("MINISTER JOHN CARRAWAY DIES IN LONDON AT 81", &["John Carraway died in London on Sunday."]);
    assert_eq!(shown(&article), ["person John Carraway: JOHN CARRAWAY, John Carraway", "place London: LONDON, London"]);
}

#[test]
fn stated_names_win() {
    let mut article = article("Tigers win", &["Ashby beat Marlow in the final on Sunday in Dorrin."]);
    article.stated = vec![
        (EntityKind::Org, "Ashby".to_owned()),
        (EntityKind::Place, "Dorrin".to_owned()),
        (EntityKind::Person, "Vera Holm".to_owned()),
    ];
    let found = find(&article);
    let kind_and_count =
        |name: &str| found.iter().find(|entity| entity.name == name).map(|entity| (entity.kind, entity.mentions.len()));
    assert_eq!(kind_and_count("Ashby"), Some((EntityKind::Org, 1)));
    assert_eq!(kind_and_count("Dorrin"), Some((EntityKind::Place, 1)));
    assert_eq!(kind_and_count("Vera Holm"), Some((EntityKind::Person, 0)));
}

/// The words of a text, and mentions of these names in it, as the tagger might find them. The names are in text order.
fn mentions(text: &str, names: &[(&str, EntityKind)]) -> (Vec<ArticleWord>, Vec<NameMention>) {
    let (article, mut tokens, mut words) = (article("", &[text]), Tokens::default(), Vec::new());
    Tokenizer::new(Stemming::English).article(&article, &mut tokens);
    words::fill(&article, &tokens, &mut words);
    let mut from = 0;
    let mut words_of = |name: &str| {
        let start = from + text[from..].find(name).expect("names are given in order");
        from = start + name.len();
        let at = |byte: usize| words.partition_point(|word| (word.start as usize) < byte);
        at(start)..at(from)
    };
    let mention = |(name, kind): &(&str, EntityKind)| NameMention { words: words_of(name), kind: *kind, spelling: 0 };
    let mentions = names.iter().map(mention).collect();
    (words, mentions)
}

#[test]
fn a_company_named_by_one_word_is_not_a_person() {
    use EntityKind::{Org, Person};
    for (text, given, kind) in [
        ("Orion Bank Ltd fell. Later Orion rose.", [("Orion Bank Ltd", Org), ("Orion", Person)].as_slice(), Org),
        ("Hale Corp fell. Later Mr. Hale sold.", &[("Hale Corp", Org), ("Hale", Person)], Person),
        (
            "Hale Corp fell. Then Ann Hale left. Hale sold.",
            &[("Hale Corp", Org), ("Ann Hale", Person), ("Hale", Person)],
            Person,
        ),
        ("The Hale Administration fell. Later Hale rose.", &[("Hale Administration", Org), ("Hale", Person)], Person),
    ] {
        let (words, mentions) = mentions(text, given);
        let mut names = ArticleNames { text, words: &words, mentions, spellings: Vec::new() };
        resolve::collect_spellings(&mut names);
        shortened::find_companies(&mut names);
        assert_eq!(names.spellings.last().map(|spelling| spelling.kind), Some(kind), "{text}");
    }
}

#[test]
fn one_organisation_under_two_names() {
    use EntityKind::Org;
    for (text, long, short, same) in [
        ("Vale Power and Light Company paid. VP&L fell.", "Vale Power and Light Company", "VP&L", true),
        ("Great Eastern Co. paid. GE fell.", "Great Eastern Co.", "GE", true),
        ("Great Eastern Group paid. GEG fell.", "Great Eastern Group", "GEG", true),
        ("Great Eastern Board paid. GE fell.", "Great Eastern Board", "GE", false),
        ("The Defence Force paid. Defence Forces fell.", "Defence Force", "Defence Forces", true),
        ("The Times paid. Time fell.", "Times", "Time", false),
        ("Vale Glass paid. Vale Glas fell.", "Vale Glass", "Vale Glas", false),
    ] {
        let (words, mentions) = mentions(text, &[(long, Org), (short, Org)]);
        let mut names = ArticleNames { text, words: &words, mentions, spellings: Vec::new() };
        resolve::collect_spellings(&mut names);
        shortened::group_by_key(&mut names);
        initials::group(&mut names);
        assert_eq!(names.spellings[0].group == names.spellings[1].group, same, "{text}");
    }
}

#[test]
fn figures_are_not_names() {
    use EntityKind::{Org, Person};
    for (name, kind, is_name) in [
        ("Revs 1.18", Person, false),
        ("Revs 212.5", Org, false),
        ("Jan 31", Person, false),
        ("MAY7", Person, false),
        ("Frenchman", Person, false),
        ("50 Cent", Person, true),
        ("Channel 4", Org, true),
    ] {
        let (words, mut mentions) = mentions(&format!("Then {name} fell."), &[(name, kind)]);
        assert_eq!(resolve::tidy(&words, &mut mentions[0]), is_name, "{name}");
    }
}

#[test]
fn firms_named_after_people_are_organisations() {
    use EntityKind::{Org, Person};
    for (name, kind) in
        [("Wells Fargo", Org), ("MORGAN STANLEY", Org), ("Rolls-Royce", Org), ("Morgan Stanley Ode", Person)]
    {
        let (words, mut mentions) = mentions(&format!("Then {name} fell."), &[(name, Person)]);
        assert!(resolve::tidy(&words, &mut mentions[0]), "{name}");
        assert_eq!(mentions[0].kind, kind, "{name}");
    }
}

#[test]
fn text_without_names_has_no_entities() {
    assert_eq!(find(&Article::default()), []);
    assert_eq!(find(&article("", &["and then it rained."])), []);
    assert_eq!(EntityFinder::new().find(&article("Donald Trump", &[]), &Tokens::default()), []);
}

#[test]
fn the_embedded_model_is_read() {
    assert!(TaggerModel::from_bytes(include_bytes!("model/names.zst")).is_ok());
    assert!(TaggerModel::from_bytes(b"").is_err());
    let cut_off = zstd::bulk::compress(b"morgue names 1\n", 1).expect("memory is enough");
    assert!(TaggerModel::from_bytes(&cut_off).is_err());
}

/// Words, punctuation and parts of names, in any order.
fn name_parts() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "Donald",
        "Trump",
        "the",
        "of",
        "World",
        "Health",
        "Organization",
        "(WHO)",
        "WHO",
        "U.S.",
        "J.",
        "K.",
        "al-Assad",
        "Jr.",
        "'s",
        "’s",
        "said",
        ".",
        ",",
        "-",
        "—",
        "“",
        "Łódź",
        "東京",
        "É",
        "Bishops'",
        "\u{301}",
        "President",
        "in",
        "(",
        ")",
        "&",
        "AT&T",
        "McDonald",
        "O'Brien",
        "1945",
        "x",
    ]);
    prop::collection::vec((part, prop::bool::weighted(0.8)), 0..60).prop_map(|parts| {
        parts.into_iter().map(|(part, blank)| part.to_owned() + if blank { " " } else { "" }).collect()
    })
}

fn check_laws(article: &Article) -> Result<(), TestCaseError> {
    let found = find(article);
    let mut all: Vec<_> = Vec::new();
    for entity in &found {
        prop_assert!(!entity.mentions.is_empty());
        prop_assert!(entity.mentions.is_sorted_by_key(|range| range.start));
        all.extend(entity.mentions.iter().cloned());
    }
    all.sort_unstable_by_key(|range| range.start);
    for range in &all {
        prop_assert!(range.start < range.end && article.text.get(range.clone()).is_some(), "{range:?}");
    }
    prop_assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start), "{all:?}");
    let firsts: Vec<usize> = found.iter().map(|entity| entity.mentions[0].start).collect();
    prop_assert!(firsts.is_sorted());
    let other_thread = std::thread::scope(|scope| scope.spawn(|| find(article)).join());
    prop_assert_eq!(other_thread.ok(), Some(found));
    Ok(())
}

proptest! {
    #[test]
    fn mentions_are_sorted_disjoint_and_the_same_on_any_thread(title in name_parts(), body in name_parts()) {
        check_laws(&article(&title, &[&body]))?;
    }

    #[test]
    fn any_text_gives_valid_mentions(title in any::<String>(), body in any::<String>()) {
        check_laws(&article(&title, &[&body]))?;
    }

    #[test]
    fn a_key_ignores_case_hyphens_and_accents(name in "[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8}){0,2}", kind in prop::sample::select(EntityKind::ALL.to_vec())) {
        prop_assert_eq!(key(kind, &name.to_uppercase()), key(kind, &name));
        prop_assert_eq!(key(kind, &name.replace(' ', "-")), key(kind, &name));
        prop_assert_eq!(key(kind, &name.replace('a', "á")), key(kind, &name));
    }

    #[test]
    fn any_name_has_a_key(name in any::<String>(), kind in prop::sample::select(EntityKind::ALL.to_vec())) {
        prop_assert!(!key(kind, &name).starts_with(' '));
    }
}
