//! The two files of an evaluation: judgements (qrels) and runs, in the formats of TREC.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

/// Which articles answer which query, and how well.
///
/// The text form has one judgement a line: `query 0 article grade`, separated by blanks or tabs. The second column is
/// not used. A grade above 0 is relevant; the gain of an article is its grade.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements {
    /// Query id, then article id, then grade.
    grades: BTreeMap<String, HashMap<String, i32>>,
}

/// The articles that a system found for each query, best first.
///
/// The text form has one article a line: `query Q0 article rank score name`. As in `trec_eval`, the score gives the
/// order and the rank is not used; articles of one score are in descending order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    rankings: BTreeMap<String, Vec<String>>,
}

/// A line of a file of judgements or of a run that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TableError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl Judgements {
    /// The ids of all judged queries, sorted.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.grades.keys().map(String::as_str)
    }

    /// Whether at least one article is judged for this query.
    pub fn has_query(&self, query: &str) -> bool {
        self.grades.contains_key(query)
    }

    /// The grade of an article; 0 where it is not judged or where its grade is negative.
    pub fn grade(&self, query: &str, article: &str) -> u32 {
        let grade = self.grades.get(query).and_then(|grades| grades.get(article));
        grade.map_or(0, |&grade| grade.max(0).unsigned_abs())
    }

    /// The relevant articles of a query with their grades, best first, then by id.
    pub fn relevant(&self, query: &str) -> Vec<(&str, u32)> {
        let grades = self.grades.get(query).into_iter().flatten();
        let mut relevant: Vec<(&str, u32)> =
            grades.filter(|(_, grade)| **grade > 0).map(|(id, grade)| (id.as_str(), grade.unsigned_abs())).collect();
        relevant.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        relevant
    }
}

impl FromStr for Judgements {
    type Err = TableError;

    fn from_str(text: &str) -> Result<Judgements, TableError> {
        let mut judgements = Judgements::default();
        for (line, fields) in rows(text) {
            let [query, _, article, grade] = fields[..] else {
                let problem =
                    format!("a judgement is `query 0 article grade`, and this line has {} columns", fields.len());
                return Err(TableError { line, problem });
            };
            let grade: i32 = grade
                .parse()
                .map_err(|_| TableError { line, problem: format!("the grade `{grade}` is not a whole number") })?;
            let grades = judgements.grades.entry(query.to_owned()).or_default();
            if grades.insert(article.to_owned(), grade).is_some_and(|before| before != grade) {
                return Err(TableError { line, problem: format!("`{article}` has two grades for query {query}") });
            }
        }
        Ok(judgements)
    }
}

impl Run {
    /// Adds the next best article of a query. If an article is added twice, its first place counts.
    pub fn push(&mut self, query: &str, article: &str) {
        self.rankings.entry(query.to_owned()).or_default().push(article.to_owned());
    }

    /// The articles of a query, best first; empty where the run has none.
    pub fn ranking(&self, query: &str) -> &[String] {
        self.rankings.get(query).map_or(&[], Vec::as_slice)
    }
}

impl FromStr for Run {
    type Err = TableError;

    fn from_str(text: &str) -> Result<Run, TableError> {
        let mut scored: BTreeMap<String, HashMap<String, f64>> = BTreeMap::new();
        for (line, fields) in rows(text) {
            let [query, _, article, _, score, ..] = fields[..] else {
                let problem =
                    format!("a run is `query Q0 article rank score name`, and this line has {} columns", fields.len());
                return Err(TableError { line, problem });
            };
            let score: f64 = score
                .parse()
                .ok()
                .filter(|score: &f64| !score.is_nan())
                .ok_or_else(|| TableError { line, problem: format!("the score `{score}` is not a number") })?;
            if scored.entry(query.to_owned()).or_default().insert(article.to_owned(), score).is_some() {
                return Err(TableError { line, problem: format!("`{article}` stands twice for query {query}") });
            }
        }
        let sorted = scored.into_iter().map(|(query, articles)| {
            let mut articles: Vec<(String, f64)> = articles.into_iter().collect();
            articles.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
            (query, articles.into_iter().map(|(article, _)| article).collect())
        });
        Ok(Run { rankings: sorted.collect() })
    }
}

/// The lines that are not empty: number from 1, and columns.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .map(|(number, line)| (number + 1, line.split_whitespace().collect()))
        .filter(|(_, fields): &(_, Vec<_>)| !fields.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_have_four_columns_and_one_grade_an_article() {
        let judgements: Judgements = "\u{feff}q1 0 a 2\n\nq1\t0\tb\t-1\nq2 0 a 0\n".parse().unwrap();
        assert_eq!(judgements.queries().collect::<Vec<_>>(), ["q1", "q2"]);
        assert_eq!(judgements.relevant("q1"), [("a", 2)]);
        assert_eq!(judgements.grade("q1", "b"), 0);
        let problems = [("q1 0 a", 1), ("q1 0 a 1\nq1 0 a 2", 2), ("\nq1 0 a high", 2)];
        for (text, line) in problems {
            assert_eq!(text.parse::<Judgements>().unwrap_err().line, line, "{text}");
        }
    }

    #[test]
    fn the_score_orders_a_run_and_not_the_rank() {
        let run: Run = "q Q0 a 1 1.5 x\nq Q0 b 2 7 x\nq Q0 c 3 1.5 x\n".parse().unwrap();
        assert_eq!(run.ranking("q"), ["b", "c", "a"]);
        assert!(run.ranking("other").is_empty());
        for text in ["q Q0 a 1", "q Q0 a 1 nan x", "q Q0 a 1 2 x\nq Q0 a 2 1 x"] {
            assert!(text.parse::<Run>().is_err(), "{text}");
        }
    }
}
