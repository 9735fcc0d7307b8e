//! Many risks together: years are simulated and their losses sorted.
//!
//! Driven in slices so that a screen stays alive: [`YearSimulation::step`] until done, or drop it to cancel. How the
//! steps are cut does not matter: same seed, same bytes.

use crate::analysis::money::{counts_today, Loss, RiskCost};
use crate::analysis::number::random::SplitMix64;
use crate::analysis::Progress;
use crate::model::Document;

/// Most simulated years.
const MOST_YEARS: u32 = 1_000_000;

/// A point of the loss exceedance curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExceedancePoint {
    /// Chance that a year's loss is above the amount, 0..=1.
    pub chance: f64,
    /// Pounds.
    pub pounds: f64,
}

/// What a year may cost.
#[derive(Debug, Clone, PartialEq)]
pub struct YearlyLoss {
    /// Mean over the simulated years, pounds.
    pub mean: f64,
    /// Standard error of the mean, pounds.
    pub standard_error: f64,
    /// Mean by formula (sum of rate × mean loss), pounds: a check on the simulation.
    pub exact_mean: f64,
    /// Nine of ten years are worse than this.
    pub p10: f64,
    /// Every other year is worse than this.
    pub p50: f64,
    /// One in ten years is worse than this.
    pub p90: f64,
    /// Share of years without any loss.
    pub without_loss: f64,
    /// The curve at 90, 80, … 10, 5 and 1 %.
    pub curve: Vec<ExceedancePoint>,
    /// Simulated years.
    pub years: u32,
    /// Seed of the generator.
    pub seed: u64,
    /// Risks in it.
    pub known: usize,
    /// Risks that should be in it; those of unknown cost are left out and the figures read "at least".
    pub of: usize,
}

/// Simulates years of the whole register.
#[derive(Debug, Clone)]
pub struct YearSimulation {
    risks: Vec<(f64, Vec<Loss>)>,
    of: usize,
    random: SplitMix64,
    seed: u64,
    years: u32,
    losses: Vec<f64>,
}

impl YearSimulation {
    /// Of all risks of the document that count today, with the document's seed.
    pub fn of_document(document: &Document, years: u32) -> Self {
        let counting = document.risks.values().filter(|r| counts_today(r));
        let costs: Vec<RiskCost> = counting.map(|r| RiskCost::of(r)).collect();
        Self::new(&costs, years, document.settings.risk.seed)
    }

    /// Of these risks. Years are cut at a million.
    pub fn new(costs: &[RiskCost], years: u32, seed: u64) -> Self {
        let known = |cost: &RiskCost| Some((cost.rate?.plan, cost.losses.clone())).filter(|(_, l)| !l.is_empty());
        Self {
            risks: costs.iter().filter_map(known).collect(),
            of: costs.len(),
            random: SplitMix64::new(seed),
            seed,
            years: years.min(MOST_YEARS),
            losses: Vec::new(),
        }
    }

    /// Simulates `years` more.
    pub fn step(&mut self, years: u32) -> Progress {
        let done = self.losses.len() as u32;
        for _ in 0..years.min(self.years - done) {
            let mut loss = 0.0;
            for (rate, lines) in &self.risks {
                for _ in 0..self.random.poisson(*rate) {
                    loss += lines.iter().map(|line| line.draw(&mut self.random)).sum::<f64>();
                }
            }
            self.losses.push(loss);
        }
        Progress { done: self.losses.len() as u64, of: u64::from(self.years) }
    }

    /// Loss of each year so far, pounds, in the order they were simulated.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// What the years so far say; `None` before the first.
    pub fn result(&self) -> Option<YearlyLoss> {
        let mut sorted = self.losses.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let n = sorted.len() as f64;
        if sorted.is_empty() {
            return None;
        }
        let mean = sorted.iter().sum::<f64>() / n;
        let variance = sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        // The nearest rank: a loss that really occurred.
        let at = |share: f64| {
            let rank = ((share * n).ceil() as usize).clamp(1, sorted.len()) - 1;
            sorted.get(rank).copied().unwrap_or(0.0)
        };
        let chances = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.01];
        Some(YearlyLoss {
            mean,
            standard_error: (variance / n).sqrt(),
            exact_mean: self.risks.iter().map(|(rate, lines)| rate * lines.iter().map(Loss::mean).sum::<f64>()).sum(),
            p10: at(0.1),
            p50: at(0.5),
            p90: at(0.9),
            without_loss: sorted.partition_point(|loss| *loss <= 0.0) as f64 / n,
            curve: chances.map(|chance| ExceedancePoint { chance, pounds: at(1.0 - chance) }).to_vec(),
            years: sorted.len() as u32,
            seed: self.seed,
            known: self.risks.len(),
            of: self.of,
        })
    }
}
