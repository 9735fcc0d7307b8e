//! What mending is worth, added up over all that people depend on: the components whose soundness would avoid most stops,
//! each with the chain to what it helps most.
//!
//! Driven in slices so that a screen stays alive; drop it to cancel. Knows no words.

use std::collections::BTreeMap;

use crate::analysis::dependency::findings::MOST_CHAINS;
use crate::analysis::dependency::simulation::{Outcome, SimulationResult};
use crate::analysis::dependency::Direction;
use crate::analysis::{Analysis, Progress};
use crate::model::{ComponentId, Document};
use crate::order;

/// What mending one component would bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Gain {
    /// The component.
    pub component: ComponentId,
    /// Stops avoided a year, over all services and pathways.
    pub sum: f64,
    /// What it helps most.
    pub helped: Outcome,
    /// The fall of that one's chance to stop in a year.
    pub most: f64,
    /// From there down to the component.
    pub chain: Vec<ComponentId>,
}

/// Under way.
#[derive(Debug, Clone)]
pub struct GainsJob {
    analysis: Analysis,
    /// Where the chain of each begins: the services, or the steps of the pathway.
    starts: Vec<Vec<ComponentId>>,
    gains: Vec<Gain>,
    done: usize,
}

impl GainsJob {
    /// Of what was simulated, the most telling first.
    pub fn new(document: &Document, analysis: &Analysis, failures: &SimulationResult) -> Self {
        let mut sums: BTreeMap<ComponentId, Gain> = BTreeMap::new();
        for stop in &failures.stops {
            for (component, worth) in &stop.worth {
                let gain = sums.entry(*component).or_insert_with(|| Gain {
                    component: *component,
                    sum: 0.0,
                    helped: stop.outcome,
                    most: 0.0,
                    chain: Vec::new(),
                });
                gain.sum += worth;
                if *worth > gain.most {
                    (gain.helped, gain.most) = (stop.outcome, *worth);
                }
            }
        }
        let mut gains: Vec<Gain> = Vec::with_capacity(sums.len());
        for (_, gain) in sums {
            gains.push(gain);
        }
        order::sort_by(&mut gains, |a, b| b.sum.total_cmp(&a.sum));
        gains.truncate(MOST_CHAINS);
        let starts = gains.iter().map(|gain| match gain.helped {
            Outcome::Service(id) => vec![id],
            Outcome::Pathway(id) => document.pathways.get(&id).map_or_else(Vec::new, |pathway| pathway.steps.clone()),
        });
        Self { analysis: analysis.clone(), starts: starts.collect(), gains, done: 0 }
    }

    /// Finds so many more chains.
    pub fn step(&mut self, units: usize) -> Progress {
        for (gain, starts) in self.gains.iter_mut().zip(&self.starts).skip(self.done).take(units) {
            let radius = self.analysis.blast_radius(gain.component, Direction::WhatStops);
            let ways = starts.iter().map(|step| radius.chain_to(*step)).filter(|way| !way.is_empty());
            gain.chain = ways.min_by_key(Vec::len).unwrap_or_else(|| vec![gain.component]);
            gain.chain.reverse();
            self.done += 1;
        }
        Progress { done: self.done as u64, of: self.gains.len() as u64 }
    }

    /// What was found; `None` until all is done.
    pub fn result(&self) -> Option<Vec<Gain>> {
        (self.done >= self.gains.len()).then(|| self.gains.clone())
    }
}
