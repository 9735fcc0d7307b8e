//! The chance that a service stops at least once in a year, exactly where that is possible.
//!
//! * Hard chain (every strength 1, no alternatives): `F(u) = 1 - prod over the set of everything u needs (1 - p)`.
//!   The set counts a shared cause once.
//! * Otherwise every combination of what may happen, when there are at most 16 uncertain things.
//! * Larger cases are for the simulation.

use crate::analysis::dependency::network::{geometric_mean, Network};
use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::model::{ComponentId, Document};

/// Most uncertain things (own failures, links, common causes) that are enumerated.
const MOST_UNCERTAIN: usize = 16;
/// Most steps an enumeration may take.
const MOST_WORK: usize = 40_000_000;
/// The same where a screen waits: some milliseconds.
pub(super) const LITTLE_WORK: usize = 1_000_000;

/// How a chance was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChanceMethod {
    /// Closed form for a hard chain.
    HardChain,
    /// Every combination weighed.
    Enumerated,
    /// Too much for either: simulate.
    NeedsSimulation,
}

/// Chance that a component stops at least once in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// 0..=1, with the components of unknown rate taken not to fail: read it as "at least" unless `unknown` is 0.
    /// `None` when a simulation is needed.
    pub at_least: Option<f64>,
    /// Components it rests on, itself included.
    pub of: usize,
    /// How many of them nobody has said a failure rate for.
    pub unknown: usize,
    /// How it was found.
    pub method: ChanceMethod,
}

impl Chance {
    /// Whether nobody has said a rate for anything it rests on.
    pub const fn is_unknown(&self) -> bool {
        self.unknown >= self.of
    }
}

/// Chance that `service` stops in a year; `None` when it is hidden or not there.
pub(crate) fn chance_of_stopping(
    document: &Document,
    graph: &Graph,
    strengths: &Strengths,
    service: ComponentId,
) -> Option<Chance> {
    chance_within(document, graph, strengths, service, MOST_WORK)
}

/// The same in at most so many steps.
pub(super) fn chance_within(
    document: &Document,
    graph: &Graph,
    strengths: &Strengths,
    service: ComponentId,
    most: usize,
) -> Option<Chance> {
    let top = graph.node(service)?;
    let network = Network::below(document, graph, strengths, Some(&[top]));
    let (of, unknown) = (network.len(), network.unknown);
    if network.is_hard() {
        let survives: f64 = network.own.iter().map(|p| 1.0 - p).product();
        return Some(Chance { at_least: Some(1.0 - survives), of, unknown, method: ChanceMethod::HardChain });
    }
    let at_least = network.find(top).and_then(|top| enumerate_within(&network, top, most));
    let method = if at_least.is_some() { ChanceMethod::Enumerated } else { ChanceMethod::NeedsSimulation };
    Some(Chance { at_least, of, unknown, method })
}

/// Something that may or may not happen in a year.
enum Uncertain {
    Failure(usize),
    Link(usize),
    Common(usize),
}

/// The exact chance that `top` stops, or `None` when there is too much to weigh.
pub(crate) fn enumerate(network: &Network, top: usize) -> Option<f64> {
    enumerate_within(network, top, MOST_WORK)
}

fn enumerate_within(network: &Network, top: usize, most: usize) -> Option<f64> {
    let mut trial = network.trial();
    let mut uncertain = Vec::new();
    for (node, (own, alone)) in network.own.iter().zip(&network.alone).enumerate() {
        settle_or_list(own * alone, trial.failed.get_mut(node), Uncertain::Failure(node), &mut uncertain);
    }
    for (edge, strength) in network.strength.iter().enumerate() {
        settle_or_list(*strength, trial.passes.get_mut(edge), Uncertain::Link(edge), &mut uncertain);
    }
    for (group, chance) in network.common.iter().enumerate() {
        settle_or_list(*chance, trial.struck.get_mut(group), Uncertain::Common(group), &mut uncertain);
    }
    let size = network.len() + network.strength.len();
    if uncertain.len() > MOST_UNCERTAIN || (size << uncertain.len()) > most {
        return None;
    }
    let mut total = 0.0;
    for case in 0..1u32 << uncertain.len() {
        let mut weight = 1.0;
        for (bit, (chance, what)) in uncertain.iter().enumerate() {
            let happens = case >> bit & 1 == 1;
            weight *= if happens { *chance } else { 1.0 - chance };
            let slot = match what {
                Uncertain::Failure(node) => trial.failed.get_mut(*node),
                Uncertain::Link(edge) => trial.passes.get_mut(*edge),
                Uncertain::Common(group) => trial.struck.get_mut(*group),
            };
            if let Some(slot) = slot {
                *slot = happens;
            }
        }
        network.settle(&mut trial);
        if trial.stopped.get(top) == Some(&true) {
            total += weight;
        }
    }
    Some(total)
}

fn settle_or_list(chance: f64, slot: Option<&mut bool>, what: Uncertain, uncertain: &mut Vec<(f64, Uncertain)>) {
    if let Some(slot) = slot {
        *slot = chance >= 1.0;
    }
    if chance > 0.0 && chance < 1.0 {
        uncertain.push((chance, what));
    }
}

/// Chance that a redundancy group is lost, members failing independently but for the share `beta` of common causes:
/// `1 - (1 - beta·g)(1 - P(too many of the members fail by themselves, each with (1 - beta)·F))`, g the geometric
/// mean of the chances. `need` of the members must work (1..=n).
pub fn chance_of_redundancy_group(chances: &[f64], need: usize, beta: f64) -> f64 {
    let beta = beta.clamp(0.0, 1.0);
    let spare = chances.len() - need.clamp(usize::from(!chances.is_empty()), chances.len());
    // exactly[k]: chance that k members have failed so far.
    let mut exactly = vec![1.0];
    for chance in chances {
        let p = (1.0 - beta) * chance.clamp(0.0, 1.0);
        let mut next = vec![0.0; exactly.len() + 1];
        for (k, share) in exactly.iter().enumerate() {
            if let Some(slot) = next.get_mut(k) {
                *slot += share * (1.0 - p);
            }
            if let Some(slot) = next.get_mut(k + 1) {
                *slot += share * p;
            }
        }
        exactly = next;
    }
    let by_themselves: f64 = exactly.iter().skip(spare + 1).sum();
    let common = beta * geometric_mean(chances.iter().copied());
    1.0 - (1.0 - common) * (1.0 - by_themselves)
}
