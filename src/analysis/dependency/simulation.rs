//! Simulated years of failures over the whole graph: how often each service stops, and what making a component sound
//! would be worth.
//!
//! Each year draws own failures, links and common causes once and works out what stops, circles included. The worth of
//! a component is counted on the same years: those in which a service stops with it and would not without it (so worth
//! and chance are never at odds). Driven in slices; how they are cut does not matter: same seed, same bytes.

use std::collections::BTreeMap;

use crate::analysis::dependency::network::{Network, Trial};
use crate::analysis::number::random::SplitMix64;
use crate::analysis::{Analysis, Progress};
use crate::model::{ComponentId, Document, PathwayId};
use crate::order;

/// Simulated years when nobody says otherwise.
pub const DEFAULT_TRIALS: u32 = 20_000;
/// Most simulated years.
const MOST_TRIALS: u32 = 1_000_000;
/// How many failed components of one year are tried for their worth. Of more, a random part is tried and counts for the
/// rest, which keeps the mean right and the time bounded.
const SUSPECTS: f64 = 8.0;

/// Something people depend on, whose stopping is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A service (see [`crate::analysis::graph::Graph::is_service`]).
    Service(ComponentId),
    /// A pathway: it stops when any of its steps stops.
    Pathway(PathwayId),
}

/// How often something stops.
#[derive(Debug, Clone, PartialEq)]
pub struct StopChance {
    /// What.
    pub outcome: Outcome,
    /// Chance in a year, 0..=1. Components of unknown rate never fail here: "at least".
    pub chance: f64,
    /// Standard error of the chance.
    pub standard_error: f64,
    /// What it would gain if a component never failed by itself: the fall of the chance; the most telling first, those
    /// that gain nothing left out.
    pub worth: Vec<(ComponentId, f64)>,
}

/// The outcome of a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulationResult {
    /// Every service and pathway, those that stop most often first.
    pub stops: Vec<StopChance>,
    /// Simulated years.
    pub trials: u32,
    /// Seed of the generator.
    pub seed: u64,
    /// Components in it.
    pub of: usize,
    /// Components whose failure rate nobody has said.
    pub unknown: usize,
}

/// A simulation under way; drop it to cancel.
#[derive(Debug, Clone)]
pub struct Simulation {
    network: Network,
    ids: Vec<ComponentId>,
    outcomes: Vec<(Outcome, Vec<u32>)>,
    random: SplitMix64,
    seed: u64,
    trials: u32,
    done: u32,
    trial: Trial,
    without: Trial,
    stopped: Vec<u32>,
    /// Years in which an outcome hung on a component, by outcome and node.
    pivotal: BTreeMap<(u32, u32), f64>,
}

impl Simulation {
    /// Of all services and pathways of the document, with the document's seed.
    pub fn new(document: &Document, analysis: &Analysis, trials: u32) -> Self {
        let graph = &analysis.graph;
        let network = Network::below(document, graph, analysis.dependency.strengths(), None);
        let mut outcomes: Vec<(Outcome, Vec<u32>)> = graph
            .services()
            .into_iter()
            .filter_map(|id| Some((Outcome::Service(id), vec![network.find(graph.node(id)?)? as u32])))
            .collect();
        for (id, pathway) in &document.pathways {
            let steps = pathway.steps.iter().filter_map(|step| network.find(graph.node(*step)?).map(|n| n as u32));
            outcomes.push((Outcome::Pathway(*id), steps.collect()));
        }
        let ids = network.nodes.iter().filter_map(|node| graph.id(*node as usize)).collect();
        let (trial, without) = (network.trial(), network.trial());
        let seed = document.settings.risk.seed;
        Self {
            stopped: vec![0; outcomes.len()],
            pivotal: BTreeMap::new(),
            network,
            ids,
            outcomes,
            random: SplitMix64::new(seed),
            seed,
            trials: trials.min(MOST_TRIALS),
            done: 0,
            trial,
            without,
        }
    }

    /// Simulates `years` more.
    pub fn step(&mut self, years: u32) -> Progress {
        for _ in 0..years.min(self.trials - self.done) {
            self.done += 1;
            self.year();
        }
        Progress { done: u64::from(self.done), of: u64::from(self.trials) }
    }

    fn year(&mut self) {
        let Self { network, random, trial, .. } = self;
        let chances = network.own.iter().zip(&network.alone);
        for (failed, (own, alone)) in trial.failed.iter_mut().zip(chances) {
            *failed = random.happens(own * alone);
        }
        for (passes, strength) in trial.passes.iter_mut().zip(&network.strength) {
            *passes = random.happens(*strength);
        }
        for (struck, chance) in trial.struck.iter_mut().zip(&network.common) {
            *struck = random.happens(*chance);
        }
        network.settle(trial);
        let is_down =
            |trial: &Trial, nodes: &[u32]| nodes.iter().any(|n| trial.stopped.get(*n as usize) == Some(&true));
        let mut any = false;
        for ((_, nodes), count) in self.outcomes.iter().zip(&mut self.stopped) {
            if is_down(trial, nodes) {
                *count += 1;
                any = true;
            }
        }
        if !any {
            return;
        }
        let failed: Vec<u32> =
            (0u32..).zip(&self.trial.failed).filter(|(_, failed)| **failed).map(|(node, _)| node).collect();
        let share = (SUSPECTS / failed.len() as f64).min(1.0);
        for suspect in failed {
            if !self.random.happens(share) {
                continue;
            }
            self.without.copy_events(&self.trial);
            if let Some(failed) = self.without.failed.get_mut(suspect as usize) {
                *failed = false;
            }
            self.network.settle(&mut self.without);
            for (number, (_, nodes)) in (0u32..).zip(&self.outcomes) {
                if is_down(&self.trial, nodes) && !is_down(&self.without, nodes) {
                    *self.pivotal.entry((number, suspect)).or_insert(0.0) += 1.0 / share;
                }
            }
        }
    }

    /// What the years so far say; `None` before the first.
    pub fn result(&self) -> Option<SimulationResult> {
        if self.done == 0 {
            return None;
        }
        let n = f64::from(self.done);
        let mut stops: Vec<StopChance> = self
            .outcomes
            .iter()
            .zip(&self.stopped)
            .zip(0u32..)
            .map(|(((outcome, _), stopped), number)| {
                let chance = f64::from(*stopped) / n;
                let mut worth: Vec<(ComponentId, f64)> = self
                    .pivotal
                    .range((number, 0)..=(number, u32::MAX))
                    .filter_map(|((_, node), count)| Some((*self.ids.get(*node as usize)?, *count / n)))
                    .collect();
                order::sort_by(&mut worth, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                let standard_error = (chance * (1.0 - chance) / n).sqrt();
                StopChance { outcome: *outcome, chance, standard_error, worth }
            })
            .collect();
        order::sort_by(&mut stops, |a, b| b.chance.total_cmp(&a.chance).then(a.outcome.cmp(&b.outcome)));
        Some(SimulationResult {
            stops,
            trials: self.done,
            seed: self.seed,
            of: self.network.len(),
            unknown: self.network.unknown,
        })
    }
}
