//! A graph of failures, ready for trials: who fails by itself, which failures pass on, what stops in the end.
//!
//! Each component fails by itself with `p = 1 - exp(-rate)`, each link passes a failure on with its strength, a set
//! of alternatives passes one on when too few members are left. Knows no randomness: a trial is a function of what
//! happened ([`Trial`]).

use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::analysis::number::{chance_of_any, exp, ln};
use crate::model::{Document, SystemFacts};

/// Chance of at least one failure of its own in a year; `None` when nobody has said how often it fails.
pub(crate) fn own_chance(facts: &SystemFacts) -> Option<f64> {
    facts.fail_rate.value().map(|rate| chance_of_any(rate.clamp(0.0, 365.0)))
}

/// A link in the network: `to` fails, `from` may stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passing {
    from: u32,
    /// Number of the link in the network.
    edge: u32,
    set: Option<u32>,
}

/// The part of the graph below some components (or all of it).
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    /// Dense number in the whole graph, by node of the network; rising.
    pub(crate) nodes: Vec<u32>,
    /// Chance of an own failure in a year; unknown counts as 0 here.
    pub(crate) own: Vec<f64>,
    /// Nodes whose own chance nobody has said.
    pub(crate) unknown: usize,
    /// Strength by link of the network.
    pub(crate) strength: Vec<f64>,
    /// First entry of `passing` for each node, and one more.
    offsets: Vec<u32>,
    /// By needed node: who may stop when it stops.
    passing: Vec<Passing>,
    /// How many members each set of alternatives may lose.
    spare: Vec<u32>,
    /// Group of each set.
    group_of_set: Vec<u32>,
    /// Component that each set serves.
    owner_of_set: Vec<u32>,
    /// Chance that the common cause of a group strikes, by group.
    pub(crate) common: Vec<f64>,
    /// Factor on the own chance of a member: the rest of its failures are the group's common cause.
    pub(crate) alone: Vec<f64>,
}

/// What happened in a year, and room to work out what stopped. Kept between trials to spare allocations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trial {
    /// Failed by itself, by node.
    pub(crate) failed: Vec<bool>,
    /// Passes a failure on this year, by link.
    pub(crate) passes: Vec<bool>,
    /// The common cause struck, by group.
    pub(crate) struck: Vec<bool>,
    /// Stopped in the end, by node.
    pub(crate) stopped: Vec<bool>,
    lost: Vec<u32>,
    work: Vec<u32>,
}

impl Trial {
    /// Takes over what happened, not what stopped.
    pub(crate) fn copy_events(&mut self, other: &Self) {
        self.failed.copy_from_slice(&other.failed);
        self.passes.copy_from_slice(&other.passes);
        self.struck.copy_from_slice(&other.struck);
    }
}

impl Network {
    /// The network of everything the `tops` need, themselves included; all of the graph when `tops` is `None`.
    pub(crate) fn below(document: &Document, graph: &Graph, strengths: &Strengths, tops: Option<&[usize]>) -> Self {
        let inside = match tops {
            Some(tops) => reachable(graph, strengths, tops),
            None => vec![true; graph.len()],
        };
        let mut network = Self::default();
        let mut local = vec![u32::MAX; graph.len()];
        let visible = document.components.values().filter(|c| !c.hidden);
        for (node, component) in visible.enumerate() {
            if inside.get(node) != Some(&true) {
                continue;
            }
            if let Some(slot) = local.get_mut(node) {
                *slot = network.nodes.len() as u32;
            }
            let own = own_chance(component.facts());
            network.unknown += usize::from(own.is_none() && !component.is_anchor());
            network.nodes.push(node as u32);
            network.own.push(own.unwrap_or(0.0));
        }
        let mut local_set = vec![None; strengths.sets.len()];
        network.offsets.push(0);
        for node in &network.nodes {
            for above in graph.node_needed_by(*node as usize) {
                let from = local.get(above.node as usize).copied().unwrap_or(u32::MAX);
                let Some(edge) = strengths.edge(above.edge) else { continue };
                if from == u32::MAX || edge.strength.plan <= 0.0 {
                    continue;
                }
                let set = edge.set.and_then(|set| {
                    let slot = local_set.get_mut(set as usize)?;
                    if slot.is_none() {
                        let facts = strengths.sets.get(set as usize)?;
                        *slot = Some(network.spare.len() as u32);
                        network.spare.push(facts.spare);
                        network.group_of_set.push(facts.group);
                        network.owner_of_set.push(from);
                    }
                    *slot
                });
                let edge_number = network.strength.len() as u32;
                network.strength.push(edge.strength.plan);
                network.passing.push(Passing { from, edge: edge_number, set });
            }
            network.offsets.push(network.passing.len() as u32);
        }
        network.alone = vec![1.0; network.nodes.len()];
        network.common = vec![0.0; strengths.groups.len()];
        network.doubt_backups(strengths);
        network
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Node of the network of a dense number in the whole graph.
    pub(crate) fn find(&self, node: usize) -> Option<usize> {
        self.nodes.binary_search(&(node as u32)).ok()
    }

    fn passing_from(&self, node: usize) -> &[Passing] {
        let range = self.offsets.get(node).zip(self.offsets.get(node + 1));
        range.and_then(|(start, end)| self.passing.get(*start as usize..*end as usize)).unwrap_or(&[])
    }

    /// Beta-factor model (risk model 4.2): a share beta of the members' failures strikes all of them at once. The
    /// common cause has the chance beta × g, g the geometric mean of the members' chances from causes they do not
    /// share; what they share is in the graph and is counted there, once.
    fn doubt_backups(&mut self, strengths: &Strengths) {
        let mut members: Vec<(u32, u32)> = Vec::new();
        for node in 0..self.len() {
            for passing in self.passing_from(node) {
                if let Some(group) = passing.set.and_then(|s| self.group_of_set.get(s as usize)) {
                    let spare = passing.set.and_then(|s| self.spare.get(s as usize)).copied().unwrap_or(0);
                    if spare > 0 {
                        members.push((*group, node as u32));
                    }
                }
            }
        }
        members.sort_unstable();
        members.dedup();
        let needs = self.needs();
        for chunk in members.chunk_by(|a, b| a.0 == b.0) {
            let Some(group) = chunk.first().map(|c| c.0 as usize) else { continue };
            let beta = strengths.groups.get(group).map_or(1.0, |g| g.beta.plan);
            if beta <= 0.0 || chunk.len() < 2 {
                continue;
            }
            let below: Vec<Vec<u32>> = chunk.iter().map(|(_, node)| self.below_within(&needs, *node)).collect();
            let shared = |node: &u32| below.iter().all(|set| set.binary_search(node).is_ok());
            let chances = below.iter().map(|set| {
                let survives: f64 = set
                    .iter()
                    .filter(|node| !shared(node))
                    .map(|node| 1.0 - self.own.get(*node as usize).copied().unwrap_or(0.0))
                    .product();
                1.0 - survives
            });
            let g = geometric_mean(chances);
            if let Some(common) = self.common.get_mut(group) {
                *common = (beta * g).clamp(0.0, 1.0);
            }
            for (_, node) in chunk {
                if let Some(alone) = self.alone.get_mut(*node as usize) {
                    *alone *= 1.0 - beta;
                }
            }
        }
    }

    /// By node: what it needs.
    fn needs(&self) -> Vec<Vec<u32>> {
        let mut needs = vec![Vec::new(); self.len()];
        for node in 0..self.len() {
            for passing in self.passing_from(node) {
                if let Some(list) = needs.get_mut(passing.from as usize) {
                    list.push(node as u32);
                }
            }
        }
        needs
    }

    /// The node and everything it needs, sorted.
    fn below_within(&self, needs: &[Vec<u32>], node: u32) -> Vec<u32> {
        let mut seen = vec![false; self.len()];
        let mut stack = vec![node];
        let mut found = Vec::new();
        while let Some(node) = stack.pop() {
            if seen.get_mut(node as usize).is_none_or(|flag| std::mem::replace(flag, true)) {
                continue;
            }
            found.push(node);
            stack.extend(needs.get(node as usize).into_iter().flatten());
        }
        found.sort_unstable();
        found
    }

    /// A trial in which nothing happened yet.
    pub(crate) fn trial(&self) -> Trial {
        Trial {
            failed: vec![false; self.len()],
            passes: vec![true; self.strength.len()],
            struck: vec![false; self.common.len()],
            stopped: vec![false; self.len()],
            lost: vec![0; self.spare.len()],
            work: Vec::new(),
        }
    }

    /// Works out what stops: the least set that holds every own failure and is closed under passing on. Circles
    /// are fine: nothing in them stops unless something starts it.
    pub(crate) fn settle(&self, trial: &mut Trial) {
        let Trial { failed, passes, struck, stopped, lost, work } = trial;
        stopped.copy_from_slice(failed);
        lost.fill(0);
        work.clear();
        work.extend(failed.iter().enumerate().filter(|(_, failed)| **failed).map(|(node, _)| node as u32));
        for (set, group) in self.group_of_set.iter().enumerate() {
            if struck.get(*group as usize) == Some(&true) {
                let Some(owner) = self.owner_of_set.get(set) else { continue };
                if stopped.get_mut(*owner as usize).is_some_and(|s| !std::mem::replace(s, true)) {
                    work.push(*owner);
                }
            }
        }
        while let Some(node) = work.pop() {
            for passing in self.passing_from(node as usize) {
                if passes.get(passing.edge as usize) != Some(&true) {
                    continue;
                }
                if let Some(set) = passing.set {
                    let Some(count) = lost.get_mut(set as usize) else { continue };
                    *count += 1;
                    if *count <= self.spare.get(set as usize).copied().unwrap_or(0) {
                        continue;
                    }
                }
                if stopped.get_mut(passing.from as usize).is_some_and(|s| !std::mem::replace(s, true)) {
                    work.push(passing.from);
                }
            }
        }
    }

    /// Whether every failure passes on for sure and nothing has an alternative.
    pub(crate) fn is_hard(&self) -> bool {
        self.strength.iter().all(|s| *s >= 1.0) && self.spare.iter().all(|s| *s == 0)
    }
}

/// Geometric mean; 0 when any is 0 or there are none.
pub(crate) fn geometric_mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        if value <= 0.0 {
            return 0.0;
        }
        sum += ln(value);
        count += 1.0;
    }
    if count > 0.0 {
        exp(sum / count)
    } else {
        0.0
    }
}

fn reachable(graph: &Graph, strengths: &Strengths, tops: &[usize]) -> Vec<bool> {
    let mut inside = vec![false; graph.len()];
    let mut stack = tops.to_vec();
    while let Some(node) = stack.pop() {
        if inside.get_mut(node).is_none_or(|flag| std::mem::replace(flag, true)) {
            continue;
        }
        let needed = graph.node_needs(node).iter();
        let real = needed.filter(|n| strengths.edge(n.edge).is_some_and(|e| e.strength.plan > 0.0));
        stack.extend(real.map(|n| n.node as usize));
    }
    inside
}
