//! What risks cost in money: one risk in closed form, many by simulated years.
//!
//! ```text
//! a loss [a, b] is a 90 % range:   mu = (ln a + ln b)/2,  sigma = (ln b - ln a)/(2 × 1.6448536…)
//!                                  mean = exp(mu + sigma²/2),  median = sqrt(a × b)
//! with a likely value m (PERT):    mean = (a + 4m + b)/6
//! yearly cost                    = rate × mean loss, lines of loss add up
//! ```
//! Amounts are pounds as `f64`; the register holds pence. Harm to people is never turned into money here. A risk
//! whose rate or loss is not known has no cost, and sums with such risks say "at least" (U9).

mod loss;
mod years;

pub use loss::Loss;
pub use years::{ExceedancePoint, YearSimulation, YearlyLoss};

use crate::analysis::interval::Interval;
use crate::analysis::number::chance_of_any;
use crate::known::Known;
use crate::model::{Document, Risk, RiskId, RiskStage, RiskStatus};

/// Simulated years when nobody says otherwise.
pub const DEFAULT_YEARS: u32 = 50_000;
/// Most events a year that are taken seriously.
const MOST_EVENTS: f64 = 365.0;

/// The money side of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskCost {
    /// Events a year; the planned value of a range is its PERT mean. `None` when not known.
    pub rate: Option<Interval>,
    /// Lines of loss, per event; empty when none is known.
    pub losses: Vec<Loss>,
}

impl RiskCost {
    /// The money side of a line of the register. Lines of loss that make no sense are left out.
    pub fn of(risk: &Risk) -> Self {
        Self { rate: yearly_rate(&risk.frequency), losses: risk.loss.iter().filter_map(Loss::of_line).collect() }
    }

    /// Mean loss of one event, pounds.
    pub fn mean_loss(&self) -> Option<f64> {
        (!self.losses.is_empty()).then(|| self.losses.iter().map(Loss::mean).sum())
    }

    /// Cost a year, pounds; over the range of the rate. `None` when the rate or the loss is not known.
    pub fn yearly(&self) -> Option<Interval> {
        let mean = self.mean_loss()?;
        Some(self.rate?.map(|rate| rate * mean))
    }

    /// Chance of at least one event within `years`, 0..=1.
    pub fn chance_within(&self, years: f64) -> Option<f64> {
        Some(chance_of_any(self.rate?.plan * years))
    }

    /// Chance that some event of a year costs more than `pounds`; only for a single line of loss.
    pub fn chance_of_loss_above(&self, pounds: f64) -> Option<f64> {
        match self.losses.as_slice() {
            [loss] => Some(chance_of_any(self.rate?.plan * loss.chance_above(pounds)?)),
            _ => None,
        }
    }
}

/// Events a year from what is known; the planned value of a range is its PERT mean.
pub fn yearly_rate(frequency: &Known<f64>) -> Option<Interval> {
    let (low, likely, high) = frequency.range()?;
    let clean = |rate: &f64| if rate.is_finite() { rate.clamp(0.0, MOST_EVENTS) } else { 0.0 };
    let (low, likely, high) = (clean(low), clean(likely), clean(high));
    Some(Interval::new(low, if low < high { pert_mean(low, likely, high) } else { likely }, high))
}

/// Mean of a PERT distribution: (a + 4m + b) / 6.
pub fn pert_mean(low: f64, likely: f64, high: f64) -> f64 {
    (low + 4.0 * likely + high) / 6.0
}

/// Shapes of a PERT distribution: alpha = 1 + 4(m - a)/(b - a), beta = 1 + 4(b - m)/(b - a).
pub fn pert_shapes(low: f64, likely: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    if width > 0.0 {
        (1.0 + 4.0 * (likely - low) / width, 1.0 + 4.0 * (high - likely) / width)
    } else {
        (1.0, 1.0)
    }
}

/// Whether a line of the register counts as risk as it is today: open, and not the state that is only aimed at. A
/// line from before controls counts as long as none of them is built.
pub fn counts_today(risk: &Risk) -> bool {
    let as_is = match risk.stage {
        RiskStage::Current => true,
        RiskStage::Inherent => !risk.controls.iter().any(|c| c.built),
        RiskStage::Target => false,
    };
    as_is && risk.status == RiskStatus::Open
}

/// A sum over the register of what risks cost a year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct YearlyTotal {
    /// Pounds a year over all risks whose cost is known: "at least" unless `known == of`.
    pub at_least: f64,
    /// Risks whose cost is known.
    pub known: usize,
    /// Risks that count.
    pub of: usize,
}

/// What all risks that count cost a year.
pub fn yearly_total(document: &Document) -> YearlyTotal {
    let mut total = YearlyTotal::default();
    for risk in document.risks.values().filter(|r| counts_today(r)) {
        total.of += 1;
        if let Some(yearly) = RiskCost::of(risk).yearly() {
            total.known += 1;
            total.at_least += yearly.plan;
        }
    }
    total
}

/// Risks that share a component with another: simulated one by one, their losses come apart that would come together,
/// and the worst years look too mild.
pub fn risks_with_a_shared_cause(document: &Document) -> Vec<RiskId> {
    let counting = || document.risks.iter().filter(|(_, r)| counts_today(r));
    let mut uses: Vec<_> = counting().flat_map(|(id, r)| r.components.iter().map(move |c| (*c, *id))).collect();
    uses.sort_unstable();
    let mut shared: Vec<RiskId> =
        uses.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1).flatten().map(|(_, id)| *id).collect();
    shared.sort_unstable();
    shared.dedup();
    shared
}

#[cfg(test)]
mod tests;
