//! What to look at first: groups, gate, index, and the list of what to find out.
//!
//! Order (risk model, section 6): group A, B, C; inside a group the clinical gate first; then the index
//! `sum of weight × clamp((x - from) / (to - from), 0, 1)` over five criteria with fixed bounds, so that a system's
//! index never depends on which others are listed; ties by older evidence, then name. Every component but anchors and
//! hidden ones is in the list (U6). Knows scores and chains; sentences are in `explain`.

mod explain;
pub mod firmness;
mod inputs;
pub mod judged;

pub use explain::{explain, headline, score_in_words, shown, Explanation};
pub(crate) use explain::{join, name_of};

use crate::analysis::clinical::WorstHarm;
use crate::analysis::dependency::Dependency;
use crate::analysis::graph::Graph;
use crate::analysis::interval::Interval;
use crate::analysis::litraf::{self, Group, Score};
use crate::analysis::number::log10;
use crate::date::Date;
use crate::order;
use inputs::{Input, Inputs};

use crate::model::{folded_name, Component, ComponentId, Document, RiskSettings};

/// Number of criteria in the index.
pub const INDEX_CRITERIA: usize = 5;

/// The rule of the order, for people.
pub const ORDER_IN_WORDS: &str = "Red systems come first, then those not known to be below red, then the others. Within \
                                  each, those with a high risk of harm to patients on the register come first, then the \
                                  highest index: risk score, what depends on it, cost, deadlines and knowledge, weighed.";

/// A criterion of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexCriterion {
    /// LITRAF overall, 1..=30.
    Litraf,
    /// Inherited impact I*, 1..=5.
    Inherited,
    /// Decimal logarithm of the yearly cost in pounds, 3..=8.
    YearlyCost,
    /// Urgency, 0..=1.
    Urgency,
    /// Knowledge and skills (L3), 1..=6; counted here once more on purpose.
    Knowledge,
}

impl IndexCriterion {
    /// All five in the order of the weights.
    pub const ALL: [Self; INDEX_CRITERIA] =
        [Self::Litraf, Self::Inherited, Self::YearlyCost, Self::Urgency, Self::Knowledge];

    /// Values that count as nothing and as everything.
    pub const fn bounds(self) -> (f64, f64) {
        match self {
            Self::Litraf => (1.0, 30.0),
            Self::Inherited => (1.0, 5.0),
            Self::YearlyCost => (3.0, 8.0),
            Self::Urgency => (0.0, 1.0),
            Self::Knowledge => (1.0, 6.0),
        }
    }

    /// A few plain words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Litraf => "Risk score",
            Self::Inherited => "What depends on it",
            Self::YearlyCost => "Cost a year",
            Self::Urgency => "Deadlines",
            Self::Knowledge => "Knowledge and skills",
        }
    }

    /// A value on the way from the lower to the upper bound, 0..=1.
    pub fn share(self, value: f64) -> f64 {
        let (from, to) = self.bounds();
        ((value - from) / (to - from)).clamp(0.0, 1.0)
    }
}

/// What one criterion adds to an index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexPart {
    /// Which.
    pub criterion: IndexCriterion,
    /// Its weight, 0..=1.
    pub weight: f64,
    /// The value in the criterion's unit; `None` when nothing is known and the middle is planned.
    pub value: Option<Interval>,
    /// The value between its bounds, 0..=1; 0 to 1 with 0.5 planned when not known.
    pub share: Interval,
}

/// A criterion nobody knows anything of: planned as the middle, so it never decides an order.
const NOT_KNOWN: Interval = Interval { low: 0.0, plan: 0.5, high: 1.0 };

/// A system in the order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankRow {
    /// The component.
    pub component: ComponentId,
    /// Place in the order, from 1.
    pub rank: u32,
    /// LITRAF, with group, legacy and counts of unknowns.
    pub score: Score,
    /// Inherited impact I*, 1..=5.
    pub inherited: Interval,
    /// Cost a year in pounds; `None` when not known.
    pub yearly_cost: Option<Interval>,
    /// Urgency, 0..=1; `None` when no deadline is known.
    pub urgency: Option<f64>,
    /// The worst harm the register knows of; `None` when it says nothing about harm.
    pub clinical: Option<WorstHarm>,
    /// Clinical risk level 4 or 5 on built controls puts it on top of its group.
    pub gated: bool,
    /// Weighted sum of the criteria, 0..=1.
    pub index: Interval,
    /// Step of the colour ramp, 1 (lowest) to 5 (red).
    pub level: u8,
    /// The unknowns leave open whether it is red: draw hatched, never as safe.
    pub hatched: bool,
    /// Whether anything is known about the system's risk at all.
    pub has_facts: bool,
    /// Value of finding out what is not known: (high - low) / 29 × I*. A search order, not a risk.
    pub find_out: f64,
}

impl RankRow {
    /// The five parts of the index under these (normalised) weights.
    pub fn parts(&self, weights: [f64; INDEX_CRITERIA]) -> [IndexPart; INDEX_CRITERIA] {
        let values = values(&self.score, self.inherited, self.yearly_cost, self.urgency);
        let mut number = 0;
        IndexCriterion::ALL.map(|criterion| {
            let weight = weights.get(number).copied().unwrap_or(0.0);
            let value = values.get(number).copied().flatten();
            number += 1;
            IndexPart { criterion, weight, value, share: share(criterion, value) }
        })
    }
}

/// Values of the criteria in their units, in the order of [`IndexCriterion::ALL`].
fn values(
    score: &Score,
    inherited: Interval,
    yearly_cost: Option<Interval>,
    urgency: Option<f64>,
) -> [Option<Interval>; INDEX_CRITERIA] {
    let cost = yearly_cost.map(|cost| cost.map(|pounds| log10(pounds.max(1.0))));
    [Some(score.overall), Some(inherited), cost, urgency.map(Interval::exactly), Some(score.knowledge)]
}

fn share(criterion: IndexCriterion, value: Option<Interval>) -> Interval {
    value.map_or(NOT_KNOWN, |value| value.map(|x| criterion.share(x)))
}

/// The order of all systems.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// Rows, first things first.
    pub rows: Vec<RankRow>,
    /// Weights as used: not negative, summing to 1.
    pub weights: [f64; INDEX_CRITERIA],
    /// Overall score at which a system is red.
    pub red_from: f64,
    /// Systems in groups A, B and C.
    pub counts: [usize; 3],
    /// Systems anything is known about. 0: nothing to show on the map yet.
    pub with_facts: usize,
    /// Row of each node.
    position: Vec<Option<u32>>,
}

/// What is scored from one system's own facts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct SystemScore {
    pub(crate) score: Score,
    /// Date of the oldest answer.
    evidence: Option<Date>,
    has_facts: bool,
    /// The first 16 bytes of the folded name: enough to break most ties without looking at the name again.
    name: u128,
}

impl AsRef<Score> for SystemScore {
    fn as_ref(&self) -> &Score {
        &self.score
    }
}

/// Scores of all components that count, by dense number.
pub(crate) fn score_systems(document: &Document, today: Option<Date>) -> Vec<SystemScore> {
    let red_from = document.settings.risk.red_from;
    let visible = document.components.values().filter(|c| !c.hidden);
    // Most components of a map have no facts at all; they share one score.
    let silent = score_system(&Component::default(), red_from, today);
    visible
        .map(|c| match c.facts {
            None => SystemScore { name: name_prefix(&c.name), ..silent },
            Some(_) => score_system(c, red_from, today),
        })
        .collect()
}

pub(crate) fn score_system(component: &Component, red_from: f64, today: Option<Date>) -> SystemScore {
    let facts = component.facts();
    let score = litraf::assess(facts, red_from, today).score;
    let answers = || facts.likelihood.iter().chain(&facts.impact);
    let has_facts = answers().any(|a| !a.is_unknown())
        || facts.fail_rate.value().is_some()
        || facts.tolerable_outage_h.value().is_some()
        || facts.recovery_h.value().is_some();
    let evidence = answers().filter_map(|a| a.as_of).min();
    SystemScore { score, evidence, has_facts, name: name_prefix(&component.name) }
}

/// The first 16 bytes of the name as [`folded_name`] writes it, ordered as the texts are.
fn name_prefix(name: &str) -> u128 {
    let mut bytes = [0u8; 16];
    let mut length = 0;
    let mut buffer = [0u8; 4];
    for (number, word) in name.split_whitespace().enumerate() {
        let blank = (number > 0).then_some(' ');
        for character in blank.into_iter().chain(word.chars().flat_map(char::to_lowercase)) {
            for byte in character.encode_utf8(&mut buffer).bytes() {
                let Some(slot) = bytes.get_mut(length) else { return u128::from_be_bytes(bytes) };
                *slot = byte;
                length += 1;
            }
        }
    }
    u128::from_be_bytes(bytes)
}

/// Weights that are not negative and sum to 1; the usual ones when these cannot be used.
pub fn normalized(weights: [f64; INDEX_CRITERIA]) -> [f64; INDEX_CRITERIA] {
    let clean = weights.map(|w| if w.is_finite() && w > 0.0 { w } else { 0.0 });
    let sum: f64 = clean.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        clean.map(|w| w / sum)
    } else {
        RiskSettings::default().weights
    }
}

impl Ranking {
    /// The order of the document's systems. O(n log n).
    pub(crate) fn new(
        document: &Document,
        graph: &Graph,
        dependency: &Dependency,
        systems: &[SystemScore],
        today: Option<Date>,
    ) -> Self {
        let inputs = Inputs::new(document, graph, today);
        let weights = normalized(document.settings.risk.weights);
        let red_from = document.settings.risk.red_from;
        // Small keys are sorted and rows made in their order: whole rows are slow to move.
        let mut indices = Vec::with_capacity(systems.len());
        let mut keys = Vec::with_capacity(systems.len());
        for (node, system) in systems.iter().enumerate() {
            let register = inputs.of(node);
            let index = index_of(&system.score, dependency.node_inherited(node), &register, weights);
            indices.push(index);
            if !graph.node_is_anchor(node) {
                keys.push(SortKey::new(system, index, register.is_gated(), node as u32));
            }
        }
        keys.sort_unstable();
        break_ties_by_name(document, graph, &mut keys);

        let mut ranking = Self {
            rows: Vec::with_capacity(keys.len()),
            weights,
            red_from,
            position: vec![None; graph.len()],
            ..Self::default()
        };
        for (place, key) in (0u32..).zip(&keys) {
            let node = key.node as usize;
            let (Some(component), Some(system), Some(index)) = (graph.id(node), systems.get(node), indices.get(node))
            else {
                continue;
            };
            let row =
                row(component, place + 1, system, dependency.node_inherited(node), &inputs.of(node), *index, red_from);
            ranking.with_facts += usize::from(row.has_facts);
            if let Some(count) = ranking.counts.get_mut(row.score.group as usize) {
                *count += 1;
            }
            if let Some(slot) = ranking.position.get_mut(node) {
                *slot = Some(place);
            }
            ranking.rows.push(row);
        }
        ranking
    }

    /// Systems worth finding out about, the most telling first.
    pub fn find_out_first(&self) -> Vec<&RankRow> {
        let mut rows: Vec<&RankRow> = self.rows.iter().filter(|row| row.find_out > 0.0).collect();
        order::sort_by(&mut rows, |a, b| b.find_out.total_cmp(&a.find_out));
        rows
    }

    pub(crate) fn row_of_node(&self, node: usize) -> Option<&RankRow> {
        let position = self.position.get(node).copied().flatten()?;
        self.rows.get(position as usize)
    }

    /// Whether nothing is known about any system: the panel says so instead of shouting.
    pub fn is_silent(&self) -> bool {
        self.with_facts == 0
    }
}

/// Weighted sum of the criteria.
fn index_of(score: &Score, inherited: Interval, register: &Input, weights: [f64; INDEX_CRITERIA]) -> Interval {
    let values = values(score, inherited, register.yearly_cost, register.urgency);
    let mut index = Interval::exactly(0.0);
    for ((criterion, value), weight) in IndexCriterion::ALL.into_iter().zip(values).zip(weights) {
        let share = share(criterion, value);
        index.low += weight * share.low;
        index.plan += weight * share.plan;
        index.high += weight * share.high;
    }
    index
}

fn row(
    component: ComponentId,
    rank: u32,
    system: &SystemScore,
    inherited: Interval,
    register: &Input,
    index: Interval,
    red_from: f64,
) -> RankRow {
    let score = system.score;
    let level = match score.group {
        Group::A => 5,
        Group::B if score.overall.plan >= red_from => 4,
        Group::B => 3,
        // Words and colours for "low" need the worst case to be low (U3); 4 and 8 are the matrix's local bands.
        Group::C if score.overall.high >= 8.0 => 3,
        Group::C if score.overall.high >= 4.0 => 2,
        Group::C => 1,
    };
    RankRow {
        component,
        rank,
        score,
        inherited,
        yearly_cost: register.yearly_cost,
        urgency: register.urgency,
        clinical: register.clinical,
        gated: register.is_gated(),
        index,
        level,
        hatched: score.group == Group::B,
        has_facts: system.has_facts || register.yearly_cost.is_some() || register.clinical.is_some(),
        find_out: score.overall.width() / 29.0 * inherited.plan,
    }
}

/// Where a row belongs, but for the end of a long name: smaller comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    group: Group,
    not_gated: bool,
    /// Bits of 1 - index, which is never negative.
    index: u64,
    /// `None` comes first: evidence without a date may be of any age.
    evidence: Option<Date>,
    name: u128,
    node: u32,
}

impl SortKey {
    fn new(system: &SystemScore, index: Interval, gated: bool, node: u32) -> Self {
        Self {
            group: system.score.group,
            not_gated: !gated,
            index: (1.0 - index.plan).max(0.0).to_bits(),
            evidence: system.evidence,
            name: system.name,
            node,
        }
    }

    fn ties_with(&self, other: &Self) -> bool {
        Self { node: 0, ..*self } == Self { node: 0, ..*other }
    }
}

/// Names are read to their end only where all else ties, their first 16 bytes included.
fn break_ties_by_name(document: &Document, graph: &Graph, keys: &mut [SortKey]) {
    let ties: Vec<usize> = keys.chunk_by(SortKey::ties_with).map(<[SortKey]>::len).collect();
    let mut rest = keys;
    for length in ties {
        let Some((run, behind)) = rest.split_at_mut_checked(length) else { return };
        if length > 1 {
            run.sort_by_cached_key(|key| {
                let component = graph.id(key.node as usize).and_then(|id| document.components.get(&id));
                (component.map_or_else(String::new, |c| folded_name(&c.name)), key.node)
            });
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests;
