//! How firm an order is: when two neighbours would swap, and how often each system keeps its place when the weights, or
//! what is not known, turn out otherwise.
//!
//! * Swap weight: the weight of one criterion, the others kept in proportion, at which two systems have the same index;
//!   closed form.
//! * Rank acceptability (stochastic multicriteria acceptability analysis, Tervonen and Lahdelma): the share of weight
//!   vectors, drawn evenly from all there are, that give a system a rank; and once more with the weights as they are and
//!   every unknown drawn from its interval.
//! * A tie in practice: of two neighbours neither is ahead in three quarters of the draws.
//!
//! Groups and the clinical gate come before any weight, so systems only ever change places within their block.

use crate::analysis::interval::Interval;
use crate::analysis::number::random::SplitMix64;
use crate::analysis::rank::{IndexCriterion, RankRow, Ranking, INDEX_CRITERIA};
use crate::analysis::Progress;
use crate::model::ComponentId;
use crate::order;

/// Draws when nobody says otherwise.
pub const DEFAULT_DRAWS: u32 = 20_000;
/// Seed of the draws.
pub const FIRMNESS_SEED: u64 = 7;
/// Most systems that are drawn for, from the top of the order.
pub const MOST_SYSTEMS: usize = 300;
/// Share of draws one of two neighbours must win for the order between them to count.
const CLEAR_FROM: f64 = 0.75;

/// The weight of criterion number `criterion` at which `a` and `b` have the same sum, the other weights kept in
/// proportion; `None` when no weight in 0..=1 does that. Weights sum to 1.
pub fn swap_weight<const N: usize>(a: &[f64; N], b: &[f64; N], weights: &[f64; N], criterion: usize) -> Option<f64> {
    let own = *weights.get(criterion)?;
    if own >= 1.0 {
        return None;
    }
    let (mut of_others, mut of_this) = (0.0, 0.0);
    for (number, ((a, b), weight)) in a.iter().zip(b).zip(weights).enumerate() {
        if number == criterion {
            of_this = a - b;
        } else {
            of_others += weight * (a - b) / (1.0 - own);
        }
    }
    // w·this + (1 - w)·others = 0
    let at = -of_others / (of_this - of_others);
    (at.is_finite() && (0.0..=1.0).contains(&at)).then_some(at)
}

/// When two neighbours would swap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swap {
    /// The criterion whose weight changes.
    pub criterion: IndexCriterion,
    /// Its weight now, 0..=1.
    pub weight: f64,
    /// Its weight at which they swap, 0..=1.
    pub at: f64,
}

/// All weights at which the row and the next would swap, the smallest change first. Empty when they are in different
/// blocks or one is ahead whatever the weights.
pub fn swaps(ranking: &Ranking, row: &RankRow) -> Vec<Swap> {
    let Some(next) = ranking.rows.get(row.rank as usize).filter(|next| same_block(row, next)) else {
        return Vec::new();
    };
    let shares = |row: &RankRow| row.parts(ranking.weights).map(|part| part.share.plan);
    let (above, below) = (shares(row), shares(next));
    let mut found: Vec<Swap> = IndexCriterion::ALL
        .into_iter()
        .enumerate()
        .filter_map(|(number, criterion)| {
            let at = swap_weight(&above, &below, &ranking.weights, number)?;
            Some(Swap { criterion, weight: *ranking.weights.get(number)?, at })
        })
        .collect();
    order::sort_by(&mut found, |a, b| (a.at - a.weight).abs().total_cmp(&(b.at - b.weight).abs()));
    found
}

fn same_block(a: &RankRow, b: &RankRow) -> bool {
    a.score.group == b.score.group && a.gated == b.gated
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Weight vectors, evenly from all that are not negative and sum to 1.
    Weights,
    /// Values of what is not known, evenly from their intervals; the weights stay.
    Unknowns,
}

/// How firm the place of one system is.
#[derive(Debug, Clone, PartialEq)]
pub struct RankFirmness {
    /// The system.
    pub component: ComponentId,
    /// Share of draws that give it each rank, from rank 1; sums to 1.
    pub ranks: Vec<f64>,
    /// Share of draws in which it is ahead of the next; `None` for the last of its block.
    pub ahead_of_next: Option<f64>,
    /// It and the next are a tie in practice.
    pub ties_with_next: bool,
}

/// How firm the order is.
#[derive(Debug, Clone, PartialEq)]
pub struct Firmness {
    /// What was drawn.
    pub drawn: Drawn,
    /// The systems in the order.
    pub rows: Vec<RankFirmness>,
    /// Draws.
    pub draws: u32,
    /// Systems left out at the end of a long order.
    pub left_out: usize,
}

/// Draws under way; drop it to cancel. How the steps are cut does not matter.
#[derive(Debug, Clone)]
pub struct FirmnessJob {
    drawn: Drawn,
    weights: [f64; INDEX_CRITERIA],
    components: Vec<ComponentId>,
    shares: Vec<[Interval; INDEX_CRITERIA]>,
    /// First row of each block, and the number of rows.
    blocks: Vec<usize>,
    left_out: usize,
    random: SplitMix64,
    draws: u32,
    done: u32,
    /// Draws by row and rank.
    counts: Vec<u32>,
    ahead: Vec<u32>,
    order: Vec<(f64, usize)>,
}

impl FirmnessJob {
    /// Of the order, from its top, with [`FIRMNESS_SEED`].
    pub fn new(ranking: &Ranking, drawn: Drawn, draws: u32) -> Self {
        let rows = ranking.rows.get(..ranking.rows.len().min(MOST_SYSTEMS)).unwrap_or(&[]);
        let shares = rows.iter().map(|row| row.parts(ranking.weights).map(|part| part.share)).collect();
        let mut blocks = vec![0];
        for (number, pair) in rows.windows(2).enumerate() {
            if matches!(pair, [a, b] if !same_block(a, b)) {
                blocks.push(number + 1);
            }
        }
        blocks.push(rows.len());
        Self {
            drawn,
            weights: ranking.weights,
            components: rows.iter().map(|row| row.component).collect(),
            shares,
            blocks,
            left_out: ranking.rows.len() - rows.len(),
            random: SplitMix64::new(FIRMNESS_SEED),
            draws,
            done: 0,
            counts: vec![0; rows.len() * rows.len()],
            ahead: vec![0; rows.len()],
            order: Vec::new(),
        }
    }

    /// Draws `draws` more.
    pub fn step(&mut self, draws: u32) -> Progress {
        for _ in 0..draws.min(self.draws - self.done) {
            self.done += 1;
            self.draw();
        }
        Progress { done: u64::from(self.done), of: u64::from(self.draws) }
    }

    fn draw(&mut self) {
        let n = self.components.len();
        let weights = match self.drawn {
            Drawn::Weights => self.random.simplex(),
            Drawn::Unknowns => self.weights,
        };
        let mut index = Vec::with_capacity(n);
        for shares in &self.shares {
            let sum: f64 = shares
                .iter()
                .zip(weights)
                .map(|(share, weight)| match self.drawn {
                    Drawn::Weights => weight * share.plan,
                    Drawn::Unknowns if share.is_exact() => weight * share.plan,
                    Drawn::Unknowns => weight * (share.low + share.width() * self.random.next_share()),
                })
                .sum();
            index.push(sum);
        }
        for block in self.blocks.windows(2) {
            let [start, end] = block else { continue };
            let values = index.get(*start..*end).unwrap_or(&[]);
            for (number, pair) in values.windows(2).enumerate() {
                // Equal indices keep the order as it is.
                if matches!(pair, [a, b] if a >= b) {
                    if let Some(count) = self.ahead.get_mut(start + number) {
                        *count += 1;
                    }
                }
            }
            self.order.clear();
            self.order.extend(values.iter().copied().zip(*start..));
            self.order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (rank, (_, row)) in (*start..).zip(&self.order) {
                if let Some(count) = self.counts.get_mut(row * n + rank) {
                    *count += 1;
                }
            }
        }
    }

    /// What the draws so far say; `None` before the first.
    pub fn result(&self) -> Option<Firmness> {
        if self.done == 0 {
            return None;
        }
        let n = self.components.len();
        let share = |count: u32| f64::from(count) / f64::from(self.done);
        let rows = self.components.iter().enumerate().map(|(row, component)| {
            let counts = self.counts.get(row * n..(row + 1) * n).unwrap_or(&[]);
            let last = self.blocks.contains(&(row + 1));
            let ahead = self.ahead.get(row).copied().filter(|_| !last).map(share);
            RankFirmness {
                component: *component,
                ranks: counts.iter().map(|count| share(*count)).collect(),
                ahead_of_next: ahead,
                ties_with_next: ahead.is_some_and(|a| a < CLEAR_FROM && 1.0 - a < CLEAR_FROM),
            }
        });
        Some(Firmness { drawn: self.drawn, rows: rows.collect(), draws: self.done, left_out: self.left_out })
    }
}

/// Kendall's tau of two orders of the same things, -1 (reversed) to 1 (the same): `place[i]` is the place in the second
/// order of what is i-th in the first. 1 for fewer than two things. O(n²) pairs; meant for lists people look at.
pub fn kendall_tau(place: &[usize]) -> f64 {
    let (mut agree, mut differ) = (0u64, 0u64);
    for (number, a) in place.iter().enumerate() {
        for b in place.iter().skip(number + 1) {
            if a < b {
                agree += 1;
            } else {
                differ += 1;
            }
        }
    }
    if agree + differ == 0 {
        1.0
    } else {
        (agree as f64 - differ as f64) / (agree + differ) as f64
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::analysis::litraf::Score;
    use crate::analysis::rank::firmness::*;
    use crate::id::Id;
    use crate::model::{sample, RiskSettings};

    fn shares(litraf: f64, inherited: f64, cost: f64, urgency: f64, knowledge: f64) -> [f64; 5] {
        let values = [litraf, inherited, cost.log10(), urgency, knowledge];
        let mut number = 0;
        IndexCriterion::ALL.map(|criterion| {
            number += 1;
            criterion.share(values[number - 1])
        })
    }

    /// The document's four rows: rx, lab, engine, dc.
    fn four() -> [[f64; 5]; 4] {
        [
            shares(20.0, 5.0, 120e3, 0.9, 6.0),
            shares(14.0, 4.0, 180e3, 0.4, 3.0),
            shares(17.0, 3.6, 60e3, 0.2, 5.0),
            shares(12.0, 4.0, 400e3, 0.1, 2.0),
        ]
    }

    #[test]
    fn w27_engine_and_lab_swap() {
        let [_, lab, engine, _] = four();
        let weights = RiskSettings::default().weights;
        let at = swap_weight(&engine, &lab, &weights, 0).unwrap();
        assert!((at - 0.301_941).abs() < 5e-7, "{at}");
        // At that weight the two sums are the same.
        let sum = |row: &[f64; 5]| -> f64 {
            row.iter()
                .zip(weights)
                .enumerate()
                .map(|(i, (x, w))| x * if i == 0 { at } else { w * (1.0 - at) / 0.65 })
                .sum()
        };
        assert!((sum(&engine) - sum(&lab)).abs() < 1e-12);
    }

    #[test]
    fn one_that_is_ahead_everywhere_never_swaps() {
        let [rx, lab, _, _] = four();
        assert_eq!((0..5).filter(|i| swap_weight(&[1.0; 5], &[0.5; 5], &[0.2; 5], *i).is_some()).count(), 0);
        assert!(swap_weight(&rx, &lab, &RiskSettings::default().weights, 0).is_none());
    }

    fn ranking(rows: &[[f64; 5]]) -> Ranking {
        let row = |(number, share): (usize, &[f64; 5])| {
            let value = |i: usize| {
                let (from, to) = IndexCriterion::ALL[i].bounds();
                Interval::exactly(from + share[i] * (to - from))
            };
            RankRow {
                component: Id::numbered('c', number as u64),
                rank: number as u32 + 1,
                score: Score { overall: value(0), knowledge: value(4), ..Score::default() },
                inherited: value(1),
                yearly_cost: Some(value(2).map(|log| 10f64.powf(log))),
                urgency: Some(value(3).plan),
                clinical: None,
                gated: false,
                index: Interval::default(),
                level: 3,
                hatched: true,
                has_facts: true,
                find_out: 0.0,
            }
        };
        Ranking {
            rows: rows.iter().enumerate().map(row).collect(),
            weights: RiskSettings::default().weights,
            ..Ranking::default()
        }
    }

    fn drawn(ranking: &Ranking, drawn: Drawn) -> Firmness {
        let mut job = FirmnessJob::new(ranking, drawn, DEFAULT_DRAWS);
        assert!(job.step(DEFAULT_DRAWS).is_done());
        job.result().unwrap()
    }

    #[test]
    fn w28_second_place_is_a_tie_in_practice() {
        let [rx, lab, engine, dc] = four();
        let firmness = drawn(&ranking(&[rx, engine, lab, dc]), Drawn::Weights);
        let within = |got: f64, percent: f64| assert!((got * 100.0 - percent).abs() < 1.5, "{got} is not {percent} %");
        within(firmness.rows[0].ranks[0], 99.9);
        within(firmness.rows[1].ranks[1], 55.0);
        within(firmness.rows[2].ranks[1], 42.0);
        assert!(!firmness.rows[0].ties_with_next);
        assert!(firmness.rows[1].ties_with_next);
        for row in &firmness.rows {
            assert!((row.ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn w28_two_systems_two_criteria() {
        // A = (1, 0) is ahead of B = (.6, .6) where the first of two weights is above .6: 40 % of all. Three more
        // criteria on which both are nil leave the proportion of the two as it is, evenly drawn.
        let firmness = drawn(&ranking(&[[0.6, 0.6, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0]]), Drawn::Weights);
        let error = (0.4f64 * 0.6 / 20_000.0).sqrt();
        assert!((firmness.rows[1].ranks[0] - 0.4).abs() < 3.0 * error);
    }

    #[test]
    fn what_is_known_keeps_its_place_when_only_the_unknown_is_drawn() {
        let [rx, lab, engine, dc] = four();
        let firmness = drawn(&ranking(&[rx, engine, lab, dc]), Drawn::Unknowns);
        assert!(firmness.rows.iter().enumerate().all(|(i, row)| row.ranks[i] == 1.0));
        let open = analyse(&sample::synthetic(30, 2), None).ranking;
        let firmness = drawn(&open, Drawn::Unknowns);
        assert!(firmness.rows.iter().any(|row| row.ranks.iter().filter(|share| **share > 0.0).count() > 1));
    }

    #[test]
    fn nobody_leaves_the_group() {
        let ranking = analyse(&sample::synthetic(120, 3), None).ranking;
        let firmness = drawn(&ranking, Drawn::Weights);
        let ends = [ranking.counts[0], ranking.counts[0] + ranking.counts[1], ranking.rows.len()];
        for (place, row) in firmness.rows.iter().enumerate() {
            let group = ends.iter().position(|end| place < *end).unwrap();
            let start = if group == 0 { 0 } else { ends[group - 1] };
            let inside: f64 = row.ranks[start..ends[group]].iter().sum();
            assert!((inside - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn w29_kendall() {
        assert!((kendall_tau(&[0, 2, 1, 3, 4]) - 0.8).abs() < 1e-12);
        assert!((kendall_tau(&[1, 2, 3, 4, 0]) - 0.2).abs() < 1e-12);
        assert_eq!(kendall_tau(&[4, 3, 2, 1, 0]), -1.0);
        assert_eq!(kendall_tau(&[0]), 1.0);
    }
}
