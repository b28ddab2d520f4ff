//! Measures how well rankings answer judged queries, as `trec_eval` does.
//!
//! [`Judgements`] say which articles answer a query. A [`Run`] says which articles a system found, best first.
//! [`evaluate`] compares the two, and [`compare`] tells whether one run is better than another by more than chance.
//!
//! ```
//! use morgue::evaluation::{Judgements, Measure, Run, evaluate};
//!
//! let judgements: Judgements = "q1 0 a 2\nq1 0 b 1\nq2 0 c 1\n".parse()?;
//! let mut run = Run::default();
//! run.push("q1", "b");
//! run.push("q1", "x");
//! run.push("q1", "a");
//! let evaluation = evaluate(&judgements, &run);
//! assert_eq!(evaluation.mean(Measure::ReciprocalRank), 0.5); // 1 for q1, and 0 for q2, for which nothing was found
//! # Ok::<(), morgue::evaluation::TableError>(())
//! ```
//!
//! # What it does not do
//!
//! It has no interpolated measures and no measures for unjudged articles: an article without a judgement counts as not
//! relevant.

mod measures;
mod significance;
mod tables;

pub use measures::{Evaluation, Measure, QueryValues, evaluate};
pub use significance::{Comparison, compare};
pub use tables::{Judgements, Run, TableError};
