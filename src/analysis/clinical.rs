//! Harm to people: the DCB0129 example matrix and the 5 × 5 matrix that trusts use for their own registers.
//!
//! A clinical risk level is looked up, not multiplied. An unknown likelihood is planned as medium and an unknown
//! severity as considerable (nothing unmeasured is scored milder), and the interval spans all completions. The
//! standard's specification prescribes no matrix; this is the one of its implementation guidance, version 3.2.
//! Knows lines of the register; nothing of money.

use crate::analysis::graph::Graph;
use crate::analysis::interval::Interval;
use crate::analysis::money::counts_today;
use crate::known::{Knowledge, Known};
use crate::model::{ComponentId, Document, Harm, Risk, RiskId};

/// Rows by likelihood, very low first; columns by severity, minor first.
static DCB0129: [[u8; 5]; 5] = [[1, 1, 2, 2, 3], [1, 2, 2, 3, 4], [2, 2, 3, 3, 4], [2, 3, 3, 4, 5], [3, 4, 4, 5, 5]];

/// Level from which a risk puts its systems on top of their group.
pub const GATE_FROM: f64 = 4.0;

/// Severities by level, from 1.
pub const SEVERITY_WORDS: [&str; 5] = ["Minor", "Significant", "Considerable", "Major", "Catastrophic"];
/// Likelihoods by level, from 1.
pub const LIKELIHOOD_WORDS: [&str; 5] = ["Very low", "Low", "Medium", "High", "Very high"];
/// What a clinical risk level asks for, from 1.
pub const LEVEL_WORDS: [&str; 5] = [
    "Acceptable",
    "Acceptable where reducing it further costs more than it gains",
    "Undesirable: try to reduce it; acceptable only when that is impractical",
    "To be eliminated or controlled",
    "Unacceptable",
];

/// Clinical risk level, 1..=5, of a likelihood and a severity, each 1..=5 (values outside count as the end).
pub fn level(likelihood: u8, severity: u8) -> u8 {
    let place = |value: u8| usize::from(value.clamp(1, 5)) - 1;
    DCB0129.get(place(likelihood)).and_then(|row| row.get(place(severity))).copied().unwrap_or(5)
}

/// Clinical risk level with what is not known: lowest, planned and highest.
pub fn level_of(harm: &Harm) -> Interval {
    let span = |value: &Known<u8>| match value.knowledge {
        Knowledge::Known { value, low, high } => (low.min(value), value, high.max(value)),
        // Medium and considerable are both the third level. Harm that does not apply is the mildest.
        Knowledge::Unknown => (1, 3, 5),
        Knowledge::NotApplicable => (1, 1, 1),
    };
    let (likelihood, severity) = (span(&harm.likelihood), span(&harm.severity));
    // The matrix rises in both directions, so its corners are the extremes.
    Interval::new(
        f64::from(level(likelihood.0, severity.0)),
        f64::from(level(likelihood.1, severity.1)),
        f64::from(level(likelihood.2, severity.2)),
    )
}

/// Whether the register says anything about harm for this risk.
pub fn speaks_of_harm(risk: &Risk) -> bool {
    !risk.harm.severity.is_unknown() || !risk.harm.likelihood.is_unknown()
}

/// Bands of the 5 × 5 matrix (a setting of each trust; these are the usual ones).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrustBand {
    /// 1 to 3.
    Low,
    /// 4 to 6.
    Moderate,
    /// 8 to 12.
    High,
    /// 15 to 25.
    Extreme,
}

impl TrustBand {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::Extreme => "extreme",
        }
    }
}

/// Score of the 5 × 5 matrix: likelihood × consequence, each 1..=5. For the trust's own register, never for ranking:
/// products of levels do not order risks (Cox 2008).
pub fn trust_score(likelihood: u8, consequence: u8) -> u8 {
    likelihood.clamp(1, 5) * consequence.clamp(1, 5)
}

/// Band of a score.
pub fn trust_band(score: u8) -> TrustBand {
    match score {
        0..=3 => TrustBand::Low,
        4..=7 => TrustBand::Moderate,
        8..=14 => TrustBand::High,
        _ => TrustBand::Extreme,
    }
}

/// Score of a register line with what is not known (unknown: 1, planned 3, 5); `None` when neither is known.
pub fn trust_score_of(risk: &Risk) -> Option<Interval> {
    if risk.nhs_likelihood.is_unknown() && risk.nhs_consequence.is_unknown() {
        return None;
    }
    let span = |value: &Known<u8>| match value.knowledge {
        Knowledge::Known { value, low, high } => (low, value, high),
        _ => (1, 3, 5),
    };
    let (l, c) = (span(&risk.nhs_likelihood), span(&risk.nhs_consequence));
    let score = |l, c| f64::from(trust_score(l, c));
    Some(Interval::new(score(l.0, c.0), score(l.1, c.1), score(l.2, c.2)))
}

/// The worst harm a system can do, by the register.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorstHarm {
    /// The line of the register.
    pub risk: RiskId,
    /// Its clinical risk level.
    pub level: Interval,
}

/// By dense number: the worst harm of each component, over the lines of the register that name it and count today.
pub(crate) fn worst_harm(document: &Document, graph: &Graph) -> Vec<Option<WorstHarm>> {
    let mut worst: Vec<Option<WorstHarm>> = vec![None; graph.len()];
    for (id, risk) in document.risks.iter().filter(|(_, r)| counts_today(r) && speaks_of_harm(r)) {
        let level = level_of(&risk.harm);
        for component in &risk.components {
            let Some(slot) = graph.node(*component).and_then(|node| worst.get_mut(node)) else { continue };
            if slot.is_none_or(|old| (level.plan, level.high) > (old.level.plan, old.level.high)) {
                *slot = Some(WorstHarm { risk: *id, level });
            }
        }
    }
    worst
}

/// The worst harm a system can do, by the register.
pub fn worst_harm_of(document: &Document, component: ComponentId) -> Option<WorstHarm> {
    let mut worst: Option<WorstHarm> = None;
    let naming = document.risks.iter().filter(|(_, r)| r.components.contains(&component));
    for (id, risk) in naming.filter(|(_, r)| counts_today(r) && speaks_of_harm(r)) {
        let level = level_of(&risk.harm);
        if worst.is_none_or(|old| (level.plan, level.high) > (old.level.plan, old.level.high)) {
            worst = Some(WorstHarm { risk: *id, level });
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::analysis::clinical::*;

    #[test]
    fn w8_the_matrix() {
        let word = |words: [&str; 5], wanted| words.iter().position(|w| *w == wanted).unwrap() as u8 + 1;
        let at = |l, s| level(word(LIKELIHOOD_WORDS, l), word(SEVERITY_WORDS, s));
        assert_eq!(at("Medium", "Major"), 3);
        assert_eq!(at("Low", "Catastrophic"), 4);
        assert_eq!(at("Very low", "Major"), 2);
        let unknown = level_of(&Harm { severity: Known::exactly(4), ..Harm::default() });
        assert_eq!(unknown, Interval { low: 2.0, plan: 3.0, high: 5.0 });
        let mut cells = [0; 5];
        for l in 1..=5 {
            for s in 1..=5 {
                cells[usize::from(level(l, s)) - 1] += 1;
            }
        }
        assert_eq!(cells, [3, 7, 7, 5, 3]);
    }

    #[test]
    fn more_likely_or_more_severe_is_never_milder() {
        for l in 1..=5 {
            for s in 1..5 {
                assert!(level(l, s + 1) >= level(l, s) && level(s + 1, l) >= level(s, l));
            }
        }
    }

    #[test]
    fn w9_the_trusts_matrix() {
        let cells: Vec<u8> = (1..=5).flat_map(|l| (1..=5).map(move |c| trust_score(l, c))).collect();
        let reachable: BTreeSet<u8> = cells.iter().copied().collect();
        assert_eq!(reachable.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 20, 25]);
        let in_band = |band| cells.iter().filter(|score| trust_band(**score) == band).count();
        use TrustBand::*;
        assert_eq!([Low, Moderate, High, Extreme].map(in_band), [5, 7, 7, 6]);
    }

    #[test]
    fn hiding_an_answer_never_lowers_the_worst_case() {
        for l in 1..=5 {
            for s in 1..=5 {
                let harm = Harm { severity: Known::exactly(s), likelihood: Known::exactly(l), ..Harm::default() };
                let known = level_of(&harm);
                for hidden in [
                    Harm { severity: Known::unknown(), ..harm.clone() },
                    Harm { likelihood: Known::unknown(), ..harm.clone() },
                ] {
                    let open = level_of(&hidden);
                    assert!(open.high >= known.high && open.low <= known.low);
                }
            }
        }
    }
}
