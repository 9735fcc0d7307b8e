//! Single points of failure: components whose loss alone stops a service, backups taken into account.

use crate::analysis::dependency::reach::{spread, Bound, Direction, Start, LIKELY_FROM};
use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::model::ComponentId;

/// Most components behind alternatives that are tried one by one for a service.
const MOST_TRIED: usize = 2_000;

/// What stops a service all by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SinglePoints {
    /// Components whose loss alone stops the service, in the order of ids; the service itself is not listed.
    pub components: Vec<ComponentId>,
    /// Whether everything was tried; false on estates with thousands of components behind alternatives.
    pub complete: bool,
}

/// Everything that stops `service` when it alone stops.
///
/// A component counts when the failure is likely (at least 0.5) to come through to the service along the strongest
/// chain, where a set of alternatives passes a failure on only when too few of them are left. Chance plays no part:
/// a backup that is there counts as one (see `chance_of_stopping` for the doubt).
pub(crate) fn single_points(graph: &Graph, strengths: &Strengths, service: ComponentId) -> SinglePoints {
    let Some(mut search) = Search::new(graph, strengths, service, MOST_TRIED) else { return SinglePoints::default() };
    while search.try_next(graph, strengths) {}
    search.result(graph)
}

/// The search for what stops a service, one candidate at a time.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    top: usize,
    /// Settled by chains that lead through no set of alternatives.
    sure: Vec<usize>,
    /// Behind alternatives: tried one by one, from the end.
    open: Vec<usize>,
    complete: bool,
}

impl Search {
    /// With at most so many components behind alternatives tried one by one; `None` when the service is not there.
    pub(crate) fn new(graph: &Graph, strengths: &Strengths, service: ComponentId, most: usize) -> Option<Self> {
        let top = graph.node(service)?;
        let plain = below(graph, strengths, top, true);
        let any = below(graph, strengths, top, false);
        let (mut sure, mut open) = (Vec::new(), Vec::new());
        for node in (0..graph.len()).filter(|node| *node != top && any.get(*node) == Some(&true)) {
            if plain.get(node) == Some(&true) {
                sure.push(node);
            } else {
                open.push(node);
            }
        }
        let complete = open.len() <= most;
        open.truncate(most);
        Some(Self { top, sure, open, complete })
    }

    /// Tries a candidate; `false` when there is none left.
    pub(crate) fn try_next(&mut self, graph: &Graph, strengths: &Strengths) -> bool {
        let Some(node) = self.open.pop() else { return false };
        if stops(graph, strengths, node, self.top) {
            self.sure.push(node);
        }
        true
    }

    /// What was found, once nothing is left to try.
    pub(crate) fn result(mut self, graph: &Graph) -> SinglePoints {
        self.sure.sort_unstable();
        SinglePoints {
            components: self.sure.iter().filter_map(|node| graph.id(*node)).collect(),
            complete: self.complete,
        }
    }
}

/// Which nodes a likely chain leads down to; without chains through real alternatives when `plain`.
fn below(graph: &Graph, strengths: &Strengths, top: usize, plain: bool) -> Vec<bool> {
    let mut best = vec![0.0; graph.len()];
    let mut heap = std::collections::BinaryHeap::new();
    if let Some(slot) = best.get_mut(top) {
        *slot = 1.0;
    }
    heap.push((1f64.to_bits(), top));
    while let Some((bits, node)) = heap.pop() {
        let value = f64::from_bits(bits);
        if best.get(node).is_none_or(|b| *b > value) {
            continue;
        }
        for neighbor in graph.node_needs(node) {
            let Some(edge) = strengths.edge(neighbor.edge) else { continue };
            let spare = edge.set.and_then(|s| strengths.sets.get(s as usize)).map_or(0, |s| s.spare);
            if plain && spare > 0 {
                continue;
            }
            let further = value * Bound::Plan.of(edge.strength);
            if let Some(slot) = best.get_mut(neighbor.node as usize) {
                if further >= LIKELY_FROM && further > *slot {
                    *slot = further;
                    heap.push((further.to_bits(), neighbor.node as usize));
                }
            }
        }
    }
    best.into_iter().map(|b| b > 0.0).collect()
}

/// Whether `top` is likely to stop when `node` alone stops.
pub(crate) fn stops(graph: &Graph, strengths: &Strengths, node: usize, top: usize) -> bool {
    let from = std::iter::once(Start { node, value: 1.0 });
    let reached = spread(graph, strengths, from, Direction::WhatStops, Bound::Plan, true, LIKELY_FROM / 2.0);
    reached.by_node.get(top).copied().flatten().is_some_and(|r| r.value >= LIKELY_FROM)
}
