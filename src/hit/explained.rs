//! Why: how a query was understood, what it became in the index, and what gives an article its score.

use serde::{Deserialize, Serialize};

/// How a query was understood, and what it became in the index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Explanation {
    /// The tree in one line: `[ ]` is a list, `.` exact, `{f: }` a field.
    pub tree: String,
    /// The same in words, part by part.
    pub outline: Part,
    /// What each wildcard, fuzzy word and regular expression became: words.
    pub patterns: Vec<Became>,
    /// What each name became: the spellings that are one with it.
    pub names: Vec<Became>,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    /// What it asks for, in words.
    pub says: String,
    /// How many articles satisfy it by itself.
    pub articles: u64,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<Part>,
}

/// What one typed thing became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// As it was typed.
    pub typed: String,
    /// The most frequent of what it became, with the number of articles that have each.
    pub words: Vec<(String, u64)>,
    /// How many there are in all.
    pub total: u64,
}

/// Why an article has its score: the points of the reasons and those for nearness are the score, but for rounding.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Why {
    /// What the parts of the query add, in query order; parts that add nothing are left out.
    pub reasons: Vec<Reason>,
    /// What words of a list add by standing close together.
    pub nearness: f64,
    /// How many words the article has: in a longer one each occurrence counts less.
    pub words: u64,
    /// How many words articles have on average.
    pub average_words: u64,
}

/// What one part of the query adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The part, as it was typed.
    pub part: String,
    /// How often the article has it.
    pub times: u64,
    /// Some spellings in which it stands there. None for what stands beside the text.
    pub found: Vec<String>,
    /// How many articles have it: what few have counts more.
    pub articles: u64,
    /// What it adds, rounded to 4 decimals.
    pub points: f64,
}
