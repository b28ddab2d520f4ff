//! Whether the difference of two runs is more than chance: a paired randomisation test (Smucker, Allan and Carterette,
//! "A comparison of statistical significance tests for information retrieval evaluation", 2007).

use super::{Evaluation, Measure};

/// Random assignments that are tried where there are too many to try all. With 100,000 of them a p of 0.05 has a
/// standard error of 0.0007.
const SAMPLES: u32 = 100_000;

/// With at most this number of queries that differ, all assignments of signs are tried: 2 to the power of 16.
const MOST_FOR_ALL: usize = 16;

/// Two runs compared by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The mean of the first run minus that of the second.
    pub difference: f64,
    /// The number of queries for which the first run is better.
    pub better: usize,
    /// The number of queries for which the first run is worse.
    pub worse: usize,
    /// How likely a mean difference of this size or more is, either way, if the two runs are equally good.
    pub p: f64,
}

/// Compares two evaluations over the same judgements. The same input gives the same result.
///
/// # Panics
/// If the two evaluations are of different queries.
pub fn compare(first: &Evaluation, second: &Evaluation, measure: Measure) -> Comparison {
    let same_queries = first.queries.len() == second.queries.len()
        && first.queries.iter().zip(&second.queries).all(|(one, other)| one.query == other.query);
    assert!(same_queries, "two runs are compared over the same judgements");
    let pairs = first.queries.iter().zip(&second.queries);
    let all: Vec<f64> = pairs.map(|(one, other)| one.get(measure) - other.get(measure)).collect();
    // Sums of the same numbers in another order differ in their last bits; that is no difference of runs.
    let differences: Vec<f64> = all.iter().copied().filter(|difference| difference.abs() > 1e-12).collect();
    // Not `sum()`: the sum of nothing is -0.0.
    let sum = differences.iter().fold(0.0, |sum, difference| sum + difference);
    Comparison {
        difference: sum / all.len().max(1) as f64,
        better: differences.iter().filter(|&&difference| difference > 0.0).count(),
        worse: differences.iter().filter(|&&difference| difference < 0.0).count(),
        p: chance(&differences, sum.abs()),
    }
}

/// The share of the assignments of signs to `differences` whose sum is at least `observed`, either way.
fn chance(differences: &[f64], observed: f64) -> f64 {
    let as_extreme = |sum: f64| sum.abs() >= observed - 1e-9;
    if differences.len() <= MOST_FOR_ALL {
        let assignments = 1u32 << differences.len();
        let extreme = (0..assignments).filter(|&signs| as_extreme(signed_sum(differences, |at| signs >> at & 1 == 1)));
        return extreme.count() as f64 / f64::from(assignments);
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut extreme = 0;
    for _ in 0..SAMPLES {
        extreme += u32::from(as_extreme(signed_sum(differences, |_| random.coin())));
    }
    // The observed assignment is one of the possible ones: p is never 0.
    f64::from(extreme + 1) / f64::from(SAMPLES + 1)
}

fn signed_sum(differences: &[f64], mut is_negative: impl FnMut(usize) -> bool) -> f64 {
    differences.iter().enumerate().map(|(at, &value)| if is_negative(at) { -value } else { value }).sum()
}

/// The generator xorshift64 (Marsaglia, 2003) with a fixed seed.
struct Random(u64);

impl Random {
    fn coin(&mut self) -> bool {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 63 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Judgements, Run, evaluate};

    /// An evaluation in which the relevant article of query `i` has the rank `ranks[i]`.
    fn with_ranks(ranks: &[usize]) -> Evaluation {
        let judgements: String = (0..ranks.len()).map(|query| format!("q{query:03} 0 right 1\n")).collect();
        let judgements: Judgements = judgements.parse().unwrap();
        let mut run = Run::default();
        for (query, &rank) in ranks.iter().enumerate() {
            let query = format!("q{query:03}");
            for wrong in 1..rank {
                run.push(&query, &format!("wrong{wrong}"));
            }
            run.push(&query, "right");
        }
        evaluate(&judgements, &run)
    }

    #[test]
    fn equal_runs_do_not_differ() {
        let run = with_ranks(&[1, 2, 3]);
        let comparison = compare(&run, &run, Measure::ReciprocalRank);
        assert_eq!(comparison, Comparison { difference: 0.0, better: 0, worse: 0, p: 1.0 });
    }

    #[test]
    fn few_queries_are_tested_exactly() {
        // Three differences of one sign: 2 of the 8 assignments are as extreme.
        let comparison = compare(&with_ranks(&[1, 1, 1]), &with_ranks(&[2, 2, 2]), Measure::ReciprocalRank);
        assert_eq!(comparison, Comparison { difference: 0.5, better: 3, worse: 0, p: 0.25 });
    }

    #[test]
    fn many_queries_are_sampled_and_agree_with_the_exact_p() {
        // 20 differences of equal size, 15 of one sign: p is that of a sign test, 0.04139 (2 * P(X >= 15), n 20, 1/2).
        let first: Vec<usize> = (0..20).map(|query| if query < 15 { 1 } else { 2 }).collect();
        let second: Vec<usize> = (0..20).map(|query| if query < 15 { 2 } else { 1 }).collect();
        let p = compare(&with_ranks(&first), &with_ranks(&second), Measure::ReciprocalRank).p;
        assert!((p - 0.04139).abs() < 0.003, "{p}");
    }
}
