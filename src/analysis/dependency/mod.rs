//! What a failure reaches: strengths of links, chains, inherited impact, single points of failure, chances.
//!
//! ```text
//! reach(v -> u) = max over chains from u down to v of the product of strengths
//! I*(v)         = max(own impact total(v), max over u of reach(v -> u) × impact total(u))      1 ..= 5
//! ```
//! An unknown strength is planned as 1, counts as 0 in `low` and 1 in `high`. Knows impact totals and links;
//! nothing of ranks or words.

mod chance;
mod findings;
mod gains;
mod inherit;
mod network;
mod reach;
mod shared_cause;
mod simulation;
mod single_point;
mod worth;

pub(crate) use chance::chance_of_stopping;
pub use chance::{chance_of_redundancy_group, Chance, ChanceMethod};
pub use findings::{Findings, FindingsJob, SinglePoint, MOST_CHAINS};
pub use gains::{Gain, GainsJob};
pub use reach::{Affected, BlastRadius, Direction, LIKELY_FROM};
pub(crate) use shared_cause::shared_causes;
pub use shared_cause::{CauseKind, SharedCause, MOST_CAUSES};
pub use simulation::{Outcome, Simulation, SimulationResult, StopChance, DEFAULT_TRIALS};
pub(crate) use single_point::single_points;
pub use single_point::SinglePoints;
pub(crate) use worth::worth_of_fixing;
pub use worth::Worth;

use std::rc::Rc;

use crate::analysis::graph::Graph;
use crate::analysis::interval::Interval;
use crate::analysis::litraf::Score;
use crate::known::Knowledge;
use crate::model::{ComponentId, Document, RedundancyGroupId};

/// A link as a failure sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct EdgeFacts {
    /// Chance that losing the needed end stops the needing one.
    pub(crate) strength: Interval,
    /// Number of its set of alternatives, when it is in one.
    pub(crate) set: Option<u32>,
}

/// Alternatives of one component: links of one redundancy group that begin at it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AlternativeSet {
    /// How many may be lost before the component stops.
    pub(crate) spare: u32,
    /// Number of its redundancy group among the document's.
    pub(crate) group: u32,
}

/// A redundancy group as a failure sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupFacts {
    id: RedundancyGroupId,
    need: u32,
    /// Share of failures that hit all members; unknown or something shared: planned as 1.
    pub(crate) beta: Interval,
}

/// Importance that comes down along a chain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inherited {
    /// I*, 1..=5 (0 for an anchor that nothing is known about).
    pub impact: Interval,
    /// First step up the chain the planned value comes along; `None` when it is the component's own.
    via: Option<(u32, u32)>,
}

/// Strengths and alternatives of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Strengths {
    edges: Vec<EdgeFacts>,
    pub(crate) sets: Vec<AlternativeSet>,
    pub(crate) groups: Vec<GroupFacts>,
}

/// Strengths, alternatives and inherited impact of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dependency {
    strengths: Rc<Strengths>,
    inherited: Vec<Inherited>,
}

impl Strengths {
    fn groups(document: &Document) -> Vec<GroupFacts> {
        document
            .redundancy_groups
            .iter()
            .map(|(id, group)| GroupFacts {
                id: *id,
                need: group.need,
                beta: match group.beta.knowledge {
                    // The members share a site, power or team: the backup is not a backup until shown.
                    Knowledge::Known { high, .. } if !group.shared.is_empty() => Interval::new(0.0, 1.0, high.max(1.0)),
                    Knowledge::Known { value, low, high } => Interval::new(low, value, high).map(|b| b.clamp(0.0, 1.0)),
                    _ => Interval { low: 0.0, plan: 1.0, high: 1.0 },
                },
            })
            .collect()
    }

    fn new(document: &Document, graph: &Graph) -> Self {
        let groups = Self::groups(document);
        let mut edges = Vec::with_capacity(graph.links().len());
        let mut members: Vec<((ComponentId, u32), usize)> = Vec::new();
        // Dense numbers follow the order of the links' ids, so one walk along the map suffices.
        let mut records = document.links.iter();
        for (number, link) in graph.links().iter().enumerate() {
            let Some((_, record)) = records.find(|(id, _)| *id == link) else { break };
            let strength = match record.strength.knowledge {
                Knowledge::Known { value, low, high } => Interval::new(low, value, high).map(|s| s.clamp(0.0, 1.0)),
                _ => Interval { low: 0.0, plan: 1.0, high: 1.0 },
            };
            if let Some(group) = record.group.and_then(|g| groups.binary_search_by_key(&g, |known| known.id).ok()) {
                members.push(((record.from, group as u32), number));
            }
            edges.push(EdgeFacts { strength, set: None });
        }
        members.sort_unstable();
        let mut sets = Vec::new();
        for chunk in members.chunk_by(|a, b| a.0 == b.0) {
            let Some(((_, group), _)) = chunk.first() else { continue };
            let need = groups.get(*group as usize).map_or(1, |g| g.need);
            let size = chunk.len() as u32;
            let spare = size - need.clamp(1, size);
            for (_, edge) in chunk {
                if let Some(edge) = edges.get_mut(*edge) {
                    edge.set = Some(sets.len() as u32);
                }
            }
            sets.push(AlternativeSet { spare, group: *group });
        }
        Self { edges, sets, groups }
    }

    pub(crate) fn edge(&self, edge: u32) -> Option<EdgeFacts> {
        self.edges.get(edge as usize).copied()
    }
}

impl Dependency {
    /// Of `document`, whose graph and scores (by dense number) these are. O(n + m) where nothing needs itself in a
    /// circle, O((n + m) log n) else.
    pub(crate) fn new(document: &Document, graph: &Graph, scores: &[impl AsRef<Score>]) -> Self {
        let strengths = Strengths::new(document, graph);
        let inherited = inherit::inherit(document, graph, &strengths, scores);
        Self { strengths: Rc::new(strengths), inherited }
    }

    /// The same when neither the structure nor any link has changed.
    pub(crate) fn updated(&self, document: &Document, graph: &Graph, scores: &[impl AsRef<Score>]) -> Self {
        if self.strengths.groups != Strengths::groups(document) {
            return Self::new(document, graph, scores);
        }
        let inherited = inherit::inherit(document, graph, &self.strengths, scores);
        Self { strengths: Rc::clone(&self.strengths), inherited }
    }

    pub(crate) fn strengths(&self) -> &Strengths {
        &self.strengths
    }

    /// Inherited impact of a component.
    pub fn inherited(&self, graph: &Graph, id: ComponentId) -> Option<Inherited> {
        graph.node(id).and_then(|node| self.inherited.get(node)).copied()
    }

    pub(crate) fn node_inherited(&self, node: usize) -> Interval {
        self.inherited.get(node).map_or_else(Interval::default, |i| i.impact)
    }

    /// The strongest chain, from the component whose impact is inherited down to `id`; just `id` when the impact is
    /// its own.
    pub fn chain_of_inheritance(&self, graph: &Graph, id: ComponentId) -> Vec<ComponentId> {
        let Some(mut node) = graph.node(id) else { return Vec::new() };
        let mut chain = vec![id];
        // A chain never repeats a component, so the number of components bounds it.
        while let Some((above, _)) = self.inherited.get(node).and_then(|i| i.via) {
            if chain.len() > graph.len() {
                break;
            }
            node = above as usize;
            chain.extend(graph.id(node));
        }
        chain.reverse();
        chain
    }

    /// What stops when `id` stops, or what `id` needs to run. O((n + m) log n).
    pub fn blast_radius(&self, graph: &Graph, id: ComponentId, direction: Direction) -> BlastRadius {
        reach::blast_radius(graph, &self.strengths, id, direction)
    }
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod tests_simulation;
