//! The measures of one ranking, and their means over all judged queries.

use std::collections::HashSet;

use super::{Judgements, Run};

/// What is measured of a ranking. Each value is between 0 and 1, and more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Normalized discounted cumulative gain of the first 10 (Järvelin and Kekäläinen, 2002): the gain of an article is
    /// its grade, divided by the logarithm to base 2 of its rank + 1; the sum is divided by that of the best order.
    Ndcg10,
    /// Average precision: the mean of the precision at the rank of each relevant article; 0 for those not found. Its
    /// mean over queries is called MAP.
    AveragePrecision,
    /// 1 / the rank of the first relevant article. Its mean over queries is called MRR.
    ReciprocalRank,
    /// 1 where at least one of the first 10 is relevant.
    Success10,
    /// The share of the relevant articles that is among the first 100.
    Recall100,
}

impl Measure {
    /// All measures, in the order in which they are printed.
    pub const ALL: [Measure; 5] =
        [Measure::Ndcg10, Measure::AveragePrecision, Measure::ReciprocalRank, Measure::Success10, Measure::Recall100];

    /// The name of the mean over all queries.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Ndcg10 => "nDCG@10",
            Measure::AveragePrecision => "MAP",
            Measure::ReciprocalRank => "MRR",
            Measure::Success10 => "success@10",
            Measure::Recall100 => "recall@100",
        }
    }
}

/// The values of one query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryValues {
    /// The query's id.
    pub query: String,
    /// In the order of [`Measure::ALL`].
    values: [f64; Measure::ALL.len()],
}

impl QueryValues {
    /// The value of one measure.
    pub fn get(&self, measure: Measure) -> f64 {
        self.values[measure as usize]
    }
}

/// The values of a run for every judged query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluation {
    /// One row for each judged query, sorted by query id.
    pub queries: Vec<QueryValues>,
}

impl Evaluation {
    /// The mean of a measure over all judged queries; 0 where there is none.
    pub fn mean(&self, measure: Measure) -> f64 {
        let sum: f64 = self.queries.iter().map(|query| query.get(measure)).sum();
        sum / self.queries.len().max(1) as f64
    }
}

/// Measures a run. Every judged query counts: one that the run does not answer has 0 everywhere, as with
/// `trec_eval -c`.
pub fn evaluate(judgements: &Judgements, run: &Run) -> Evaluation {
    let queries = judgements
        .queries()
        .map(|query| QueryValues { query: query.to_owned(), values: values(judgements, query, run.ranking(query)) });
    Evaluation { queries: queries.collect() }
}

fn values(judgements: &Judgements, query: &str, ranking: &[String]) -> [f64; Measure::ALL.len()] {
    let relevant = judgements.relevant(query);
    if relevant.is_empty() {
        return [0.0; Measure::ALL.len()];
    }
    let mut seen = HashSet::new();
    let once = ranking.iter().filter(|article| seen.insert(article.as_str()));
    let grades: Vec<u32> = once.map(|article| judgements.grade(query, article)).collect();
    let best: Vec<u32> = relevant.iter().map(|&(_, grade)| grade).collect();
    let found_within = |depth: usize| grades.iter().take(depth).filter(|&&grade| grade > 0).count();
    let first = grades.iter().position(|&grade| grade > 0);
    Measure::ALL.map(|measure| match measure {
        Measure::Ndcg10 => discounted_gain(&grades) / discounted_gain(&best),
        Measure::AveragePrecision => precisions(&grades) / relevant.len() as f64,
        Measure::ReciprocalRank => first.map_or(0.0, |place| 1.0 / (place + 1) as f64),
        Measure::Success10 => f64::from(u8::from(found_within(10) > 0)),
        Measure::Recall100 => found_within(100) as f64 / relevant.len() as f64,
    })
}

/// The discounted cumulative gain of the first 10.
fn discounted_gain(grades: &[u32]) -> f64 {
    let gains = grades.iter().take(10).enumerate();
    gains.map(|(place, &grade)| f64::from(grade) / (place as f64 + 2.0).log2()).sum()
}

/// The sum of the precisions at the ranks of the relevant articles.
fn precisions(grades: &[u32]) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (place, &grade) in grades.iter().enumerate() {
        if grade > 0 {
            found += 1.0;
            sum += found / (place + 1) as f64;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected.tsv` holds what pytrec_eval 0.5.11 (the code of trec_eval) gives for `qrels.txt` and `run.txt`, which are
    /// random, with ties of scores, negative grades, queries without a relevant article and a query without an answer.
    #[test]
    fn the_values_are_those_of_trec_eval() {
        let judgements: Judgements = include_str!("../../tests/evaluation/qrels.txt").parse().unwrap();
        let run: Run = include_str!("../../tests/evaluation/run.txt").parse().unwrap();
        let evaluation = evaluate(&judgements, &run);
        let expected: Vec<Vec<&str>> = include_str!("../../tests/evaluation/expected.tsv")
            .lines()
            .map(|line| line.split('\t').collect())
            .collect();
        assert_eq!(expected.len(), evaluation.queries.len());
        for (row, query) in expected.iter().zip(&evaluation.queries) {
            assert_eq!(row[0], query.query);
            for (measure, value) in Measure::ALL.into_iter().zip(&row[1..]) {
                let value: f64 = value.parse().unwrap();
                assert!((query.get(measure) - value).abs() < 1e-6, "{} of {}", measure.name(), query.query);
            }
        }
    }

    #[test]
    fn an_article_that_is_listed_twice_counts_once() {
        let judgements: Judgements = "q 0 a 1\nq 0 b 1\n".parse().unwrap();
        let mut run = Run::default();
        for article in ["a", "a", "b"] {
            run.push("q", article);
        }
        assert_eq!(evaluate(&judgements, &run).mean(Measure::AveragePrecision), 1.0);
    }
}
