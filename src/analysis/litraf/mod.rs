//! LITRAF: the UK government's legacy IT risk assessment framework, with an answer for what is not known.
//!
//! ```text
//! T(x)    = (mean(x) + max(x)) / 2
//! overall = T(L1..L7) × T(C1..C6)        1 ..= 30, red from 16, compared unrounded
//! legacy  = any L >= 3
//! ```
//! Rules for unknowns (risk model U1–U8): an unknown answer counts as the mildest level in `low`, the worst in
//! `high`, and as max(3, mean of the known ones) in `plan`. Hiding a known answer never lowers `high`, never raises
//! `low`. A stale answer x counts as x to x + 1; one that does not apply counts as 1.
//! Knows facts of one system at a time; nothing of links.

pub mod bands;
pub mod suggest;
mod words;

pub use words::{Criterion, Question, IMPACT, LIKELIHOOD};

use crate::analysis::interval::Interval;
use crate::date::Date;
use crate::known::{Knowledge, Known};
use crate::model::{SystemFacts, IMPACT_CRITERIA, LIKELIHOOD_CRITERIA};

/// Questions in all.
pub const CRITERIA: usize = LIKELIHOOD_CRITERIA + IMPACT_CRITERIA;
/// Level from which a likelihood criterion makes a system legacy.
pub const LEGACY_FROM: u8 = 3;
/// Smallest planning level for an unknown (U2).
const LEAST_PLANNED: f64 = 3.0;

/// How an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerState {
    /// Nobody knows.
    #[default]
    Unknown,
    /// Known.
    Known,
    /// Known, but older than its review time.
    Stale,
    /// Does not apply; counts as level 1.
    NotApplicable,
}

/// One answer as it enters the score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Answer {
    /// Known, stale, unknown or not applicable.
    pub state: AnswerState,
    /// Level counted in the low, planned and high score. The planned level of an unknown may be a fraction.
    pub level: Interval,
}

/// Where a system stands against the red line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Group {
    /// Red, whatever the unknowns turn out to be: low >= 16.
    A,
    /// Not known to be below red: high >= 16 > low.
    #[default]
    B,
    /// Below red, whatever the unknowns turn out to be: high < 16.
    C,
}

impl Group {
    /// The letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// In words, to follow "is": never a word for "safe" that the unknowns do not bear (U3).
    pub const fn words(self) -> &'static str {
        match self {
            Self::A => "red",
            Self::B => "not known to be below red",
            Self::C => "below red",
        }
    }
}

/// Whether a system is legacy in the framework's sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Legacy {
    /// At least one likelihood answer is 3 or more.
    Yes,
    /// Every likelihood answer is known and below 3.
    No,
    /// None is known to be 3 or more, but some are not known.
    #[default]
    NotKnown,
}

impl Legacy {
    /// In words, to follow "is".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "legacy",
            Self::No => "not legacy",
            Self::NotKnown => "not known to be free of legacy",
        }
    }
}

/// The score of one system.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// T(L1..L7), 1..=6.
    pub likelihood: Interval,
    /// T(C1..C6), 1..=5.
    pub impact: Interval,
    /// The product, 1..=30.
    pub overall: Interval,
    /// Against the red line.
    pub group: Group,
    /// Legacy, not, or not known.
    pub legacy: Legacy,
    /// Answers that are not known, 0..=13.
    pub unknown: u8,
    /// Known answers that are past their review, 0..=13.
    pub stale: u8,
    /// L3, knowledge and skills, 1..=6: counted once more in the ranking.
    pub knowledge: Interval,
    /// A likelihood answer is at its worst, level 6: the trouble is there already.
    pub already: bool,
}

impl Score {
    /// Answers that are known or do not apply, 0..=13.
    pub const fn known(&self) -> u8 {
        CRITERIA as u8 - self.unknown
    }
}

/// The score with each answer as it counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Assessment {
    /// L1..L7.
    pub likelihood: [Answer; LIKELIHOOD_CRITERIA],
    /// C1..C6.
    pub impact: [Answer; IMPACT_CRITERIA],
    /// The score.
    pub score: Score,
}

impl Assessment {
    /// The answer to a question.
    pub fn answer(&self, criterion: Criterion) -> Answer {
        match criterion {
            Criterion::Likelihood(place) => self.likelihood.get(place),
            Criterion::Impact(place) => self.impact.get(place),
        }
        .copied()
        .unwrap_or_default()
    }

    /// Questions nobody has answered, in the framework's order.
    pub fn unknown(&self) -> impl Iterator<Item = Criterion> + '_ {
        Criterion::all().filter(|c| self.answer(*c).state == AnswerState::Unknown)
    }
}

/// Scores a system. `red_from` is 16 unless the file says otherwise; without `today` nothing is stale.
pub fn assess(facts: &SystemFacts, red_from: f64, today: Option<Date>) -> Assessment {
    let (likelihood, likelihood_sums) = answers(&facts.likelihood, 6, today);
    let (impact, impact_sums) = answers(&facts.impact, 5, today);
    // The total is (sum + n·max) / 2n: dividing once keeps the products of whole levels exact, so that "all fours"
    // is 16 and not a hair below.
    let divisors = (2.0 * LIKELIHOOD_CRITERIA as f64, 2.0 * IMPACT_CRITERIA as f64);
    let overall = Interval {
        low: likelihood_sums.low * impact_sums.low / (divisors.0 * divisors.1),
        plan: likelihood_sums.plan * impact_sums.plan / (divisors.0 * divisors.1),
        high: likelihood_sums.high * impact_sums.high / (divisors.0 * divisors.1),
    };
    let group = if overall.low >= red_from {
        Group::A
    } else if overall.high >= red_from {
        Group::B
    } else {
        Group::C
    };
    let count =
        |state: AnswerState| likelihood.iter().chain(&impact).filter(|answer| answer.state == state).count() as u8;
    let threshold = f64::from(LEGACY_FROM);
    let known = |a: &&Answer| a.state != AnswerState::Unknown;
    let legacy = if likelihood.iter().filter(known).any(|a| a.level.plan >= threshold) {
        Legacy::Yes
    } else if likelihood.iter().all(|a| a.level.high < threshold) {
        Legacy::No
    } else {
        Legacy::NotKnown
    };
    let score = Score {
        likelihood: likelihood_sums.map(|sum| sum / divisors.0),
        impact: impact_sums.map(|sum| sum / divisors.1),
        overall,
        group,
        legacy,
        unknown: count(AnswerState::Unknown),
        stale: count(AnswerState::Stale),
        knowledge: likelihood.get(2).map_or_else(Interval::default, |a| a.level),
        already: likelihood.iter().filter(known).any(|a| a.level.plan >= 6.0),
    };
    Assessment { likelihood, impact, score }
}

/// Sum + n × max of the levels, for low, plan and high.
fn answers<const N: usize>(given: &[Known<u8>; N], highest: u8, today: Option<Date>) -> ([Answer; N], Interval) {
    let mut answers = [Answer::default(); N];
    let (mut known_sum, mut known_count) = (0.0, 0.0);
    for (answer, given) in answers.iter_mut().zip(given) {
        *answer = counted(given, highest, today);
        if matches!(answer.state, AnswerState::Known | AnswerState::Stale) {
            known_sum += answer.level.plan;
            known_count += 1.0;
        }
    }
    let planned = if known_count > 0.0 { LEAST_PLANNED.max(known_sum / known_count) } else { LEAST_PLANNED };
    let mut sum = Interval::exactly(0.0);
    let mut most = Interval::exactly(1.0);
    for answer in &mut answers {
        if answer.state == AnswerState::Unknown {
            answer.level = Interval { low: 1.0, plan: planned, high: f64::from(highest) };
        }
        let level = answer.level;
        sum = Interval { low: sum.low + level.low, plan: sum.plan + level.plan, high: sum.high + level.high };
        most =
            Interval { low: most.low.max(level.low), plan: most.plan.max(level.plan), high: most.high.max(level.high) };
    }
    let n = N as f64;
    let total =
        Interval { low: sum.low + n * most.low, plan: sum.plan + n * most.plan, high: sum.high + n * most.high };
    (answers, total)
}

/// How a known level counts; an unknown one is filled in later. Levels outside the scale count as its end.
fn counted(given: &Known<u8>, highest: u8, today: Option<Date>) -> Answer {
    let clamped = |level: u8| level.clamp(1, highest);
    match given.knowledge {
        Knowledge::Unknown => Answer::default(),
        Knowledge::NotApplicable => Answer { state: AnswerState::NotApplicable, level: Interval::exactly(1.0) },
        Knowledge::Known { value, low, high } => {
            let stale = today.is_some_and(|today| given.is_stale(today));
            let high = if stale { clamped(high).saturating_add(1).min(highest) } else { clamped(high) };
            let level = Interval::new(f64::from(clamped(low)), f64::from(clamped(value)), f64::from(high));
            Answer { state: if stale { AnswerState::Stale } else { AnswerState::Known }, level }
        }
    }
}

#[cfg(test)]
mod tests;
