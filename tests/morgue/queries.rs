//! Random queries over random articles, without an index: every operator matches some pairs and not others, marks lie
//! where they should, and printing a query changes nothing of what it finds.

use std::collections::BTreeMap;

use morgue::Query;
use morgue::article::{Annotations, Article};
use morgue::matching::{LeafId, Mark, Matcher};
use morgue::query::{Aliases, Resolving, resolve};
use morgue::token::{Stemming, Tokenizer, Tokens};

use crate::dictionary::Words;
use crate::random::{OPERATORS, Random, TODAY, article, query};

const ARTICLES: u64 = 120;

struct Archive {
    articles: Vec<(Article, Annotations)>,
    tokens: Vec<Tokens>,
    words: Words,
    tokenizer: Tokenizer,
}

impl Archive {
    fn new() -> Archive {
        let articles: Vec<_> = (0..ARTICLES).map(article).collect();
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let cut = |(article, _): &(Article, Annotations)| {
            let mut tokens = Tokens::default();
            tokenizer.article(article, &mut tokens);
            tokens
        };
        let tokens = articles.iter().map(cut).collect();
        let words = Words::of(&articles);
        Archive { articles, tokens, words, tokenizer }
    }

    /// The articles that match, with how many marks each has.
    fn find(&mut self, query: &Query) -> Vec<(usize, usize)> {
        let with = Resolving { today: TODAY.parse().unwrap(), all: false, aliases: Aliases::default() };
        let clause = resolve(query, &mut self.tokenizer, &self.words, &with).clause;
        let matcher = Matcher::new(&clause);
        let mut found = Vec::new();
        for (number, ((article, annotations), tokens)) in self.articles.iter().zip(&self.tokens).enumerate() {
            let Some(marks) = matcher.matches(article, tokens, annotations, &mut self.tokenizer) else { continue };
            let mut last = (LeafId(0), 0);
            for Mark { leaf, range } in &marks {
                let marked = article.text.get(range.clone());
                assert!(
                    marked.is_some_and(|marked| !marked.trim().is_empty()),
                    "{query}: {range:?} of {}",
                    article.text
                );
                assert!((*leaf, range.start) >= last, "{query}: {marks:?}");
                last = (*leaf, range.end);
            }
            found.push((number, marks.len()));
        }
        found
    }
}

#[test]
fn every_operator_matches_some_articles_and_not_others() {
    let mut archive = Archive::new();
    let mut random = Random::new(4);
    let mut wrong = Vec::new();
    for (name, make) in OPERATORS {
        let mut matched = 0;
        let mut pairs = 0;
        for _ in 0..60 {
            let text = make(&mut random);
            let query = Query::parse(&text).unwrap_or_else(|error| panic!("{name}: {}\n{}", error, error.caret(&text)));
            matched += archive.find(&query).len();
            pairs += ARTICLES as usize;
        }
        let percent = 100 * matched / pairs;
        if !(5..=95).contains(&percent) {
            wrong.push(format!("{name}: {percent} %"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_a_query_prints_finds_the_same() {
    let mut archive = Archive::new();
    let mut random = Random::new(5);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..600 {
        let (text, operators) = query(&mut random);
        operators.into_iter().for_each(|operator| *uses.entry(operator).or_default() += 1);
        let query = Query::parse(&text).unwrap();
        let printed = Query::parse(&query.to_string()).unwrap();
        assert_eq!(archive.find(&query), archive.find(&printed), "{text}");
    }
    assert_eq!(uses.len(), OPERATORS.len());
}

/// In the description of the language, an example is an indented line: a query, two blanks, an explanation. A `!` stands
/// before a query that is an error.
#[test]
fn examples_of_the_description_are_what_it_says() {
    let text = include_str!("../../docs/QUERY.md");
    let (described, _) = text.split_once("## Grammar").expect("a section on the grammar");
    let mut examples = 0;
    for line in described.lines() {
        let Some(example) = line.strip_prefix("    ").filter(|example| !example.starts_with([' ', '$'])) else {
            continue;
        };
        let Some((query, _)) = example.split_once("  ") else { continue };
        match query.strip_prefix("! ") {
            Some(wrong) => assert!(Query::parse(wrong).is_err(), "{line}"),
            None => assert!(Query::parse(query).is_ok(), "{line}"),
        }
        examples += 1;
    }
    assert!(examples > 80, "{examples}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "it is printed on terminals of 80 columns");
}
