//! Explanations: how a query was understood, what it became in the index, and how the score of an article is made up.

use serde::{Deserialize, Serialize};

/// How a query was understood, and what it became in the index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Explanation {
    /// The tree in one line: `[ ]` is a list, `.` exact, `{f: }` a field.
    pub tree: String,
    /// The same in words, divided into parts.
    pub outline: Part,
    /// The words that each wildcard, fuzzy word and regular expression matches.
    pub patterns: Vec<Became>,
    /// The spellings that belong to each name.
    pub names: Vec<Became>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    /// Its meaning in words.
    pub says: String,
    /// The number of articles that satisfy it by itself.
    pub articles: u64,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<Part>,
}

/// A typed pattern or name, and the words or spellings that it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// As it was typed.
    pub typed: String,
    /// The most frequent words or spellings, with the number of articles that have each.
    pub words: Vec<(String, u64)>,
    /// The number of words or spellings in total.
    pub total: u64,
}

/// The explanation of an article's score: the sum of the points of the reasons and of the nearness, apart from rounding.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Why {
    /// The contributions of the parts of the query, in query order. Parts that add nothing are left out.
    pub reasons: Vec<Reason>,
    /// The points for words of a list that are close together.
    pub nearness: f64,
    /// The points for words of the query that are in the title or at the beginning of the body.
    #[serde(default)]
    pub lede: f64,
    /// The points for names of the query that are in the title or at the beginning of the body.
    #[serde(default)]
    pub names: f64,
    /// The number of words of the article. In a longer article each occurrence counts less.
    pub words: u64,
    /// The average number of words of all articles.
    pub average_words: u64,
}

/// The contribution of one part of the query to a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The part, as it was typed.
    pub part: String,
    /// The number of times that the article has it.
    pub times: u64,
    /// Some of its spellings in the article. Empty for fields outside the text.
    pub found: Vec<String>,
    /// The number of articles that have it. A part that few articles have counts more.
    pub articles: u64,
    /// The points that it adds, rounded to 4 decimals.
    pub points: f64,
}
