//! Strongest chains: what a failure reaches and how surely (Dijkstra on the product of strengths, which orders
//! chains as the sum of -ln s does).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::analysis::interval::Interval;
use crate::model::{ComponentId, LinkId};

/// Reach from which something is called likely to stop.
pub const LIKELY_FROM: f64 = 0.5;

/// Which way to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up: what stops if it stops.
    WhatStops,
    /// Down: what it needs.
    WhatItNeeds,
}

/// Which end of an unknown strength to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The mildest.
    Low,
    /// The planned.
    Plan,
    /// The worst.
    High,
}

impl Bound {
    pub(crate) const fn of(self, interval: Interval) -> f64 {
        match self {
            Self::Low => interval.low,
            Self::Plan => interval.plan,
            Self::High => interval.high,
        }
    }
}

/// A node where spreading begins, with the value it carries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) node: usize,
    pub(crate) value: f64,
}

/// What came to a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reached {
    pub(crate) value: f64,
    hops: u32,
    /// Node and edge it came from; `None` at a start.
    pub(crate) via: Option<(u32, u32)>,
}

/// The outcome of spreading.
pub(crate) struct Spread {
    pub(crate) by_node: Vec<Option<Reached>>,
    /// Nodes in the order they were settled, strongest first.
    pub(crate) order: Vec<u32>,
}

/// Spreads values along links, multiplied by strengths, keeping the largest at each node; equal values prefer the
/// shorter chain. With `backups` a set of alternatives passes on only the value of the member whose loss exhausts
/// it. Values not above `floor` are dropped.
pub(crate) fn spread(
    graph: &Graph,
    strengths: &Strengths,
    starts: impl Iterator<Item = Start>,
    direction: Direction,
    bound: Bound,
    backups: bool,
    floor: f64,
) -> Spread {
    let n = graph.len();
    let mut by_node: Vec<Option<Reached>> = vec![None; n];
    let mut settled = vec![false; n];
    let mut order = Vec::new();
    // Values are never negative, so their bits order as they do. Shorter chains, then lower numbers win ties.
    let mut heap: BinaryHeap<(u64, Reverse<u32>, Reverse<u32>)> = BinaryHeap::new();
    let mut arrived: Vec<Vec<f64>> = if backups { vec![Vec::new(); strengths.sets.len()] } else { Vec::new() };
    for start in starts {
        if start.value > floor {
            if let Some(slot) = by_node.get_mut(start.node) {
                *slot = Some(Reached { value: start.value, hops: 0, via: None });
                heap.push((start.value.to_bits(), Reverse(0), Reverse(start.node as u32)));
            }
        }
    }
    while let Some((_, _, Reverse(node))) = heap.pop() {
        let Some(flag) = settled.get_mut(node as usize) else { continue };
        if std::mem::replace(flag, true) {
            continue;
        }
        order.push(node);
        let Some(here) = by_node.get(node as usize).copied().flatten() else { continue };
        let next = match direction {
            Direction::WhatStops => graph.node_needed_by(node as usize),
            Direction::WhatItNeeds => graph.node_needs(node as usize),
        };
        for neighbor in next {
            if settled.get(neighbor.node as usize) != Some(&false) {
                continue;
            }
            let Some(edge) = strengths.edge(neighbor.edge) else { continue };
            let mut value = here.value * bound.of(edge.strength);
            if let (true, Some(set)) = (backups, edge.set) {
                let spare = strengths.sets.get(set as usize).map_or(0, |s| s.spare) as usize;
                let Some(lost) = arrived.get_mut(set as usize) else { continue };
                let place = lost.partition_point(|v| *v >= value);
                lost.insert(place, value);
                // Adding a value can raise this one only up to the value added, so the order of settling holds.
                match lost.get(spare) {
                    Some(exhausting) => value = *exhausting,
                    None => continue,
                }
            }
            if value <= floor {
                continue;
            }
            let hops = here.hops + 1;
            let better = by_node
                .get(neighbor.node as usize)
                .is_some_and(|old| old.is_none_or(|old| value > old.value || (value == old.value && hops < old.hops)));
            if better {
                if let Some(slot) = by_node.get_mut(neighbor.node as usize) {
                    *slot = Some(Reached { value, hops, via: Some((node, neighbor.edge)) });
                }
                heap.push((value.to_bits(), Reverse(hops), Reverse(neighbor.node)));
            }
        }
    }
    Spread { by_node, order }
}

/// Something a failure reaches, or something that is needed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affected {
    /// The component.
    pub component: ComponentId,
    /// Chance, 0..=1, that the failure comes through along the strongest chain.
    pub reach: Interval,
    /// The same when backups hold: lower than `reach` where alternatives stand in.
    pub with_backups: f64,
    /// Links between it and the component asked about, along the strongest chain.
    pub steps: u32,
    /// The link it is reached by.
    pub link: LinkId,
    /// Place in the list of the one before it in the chain; `None` when that is the component asked about.
    before: Option<u32>,
}

impl Affected {
    /// Whether it is likely to stop (or to be needed): reach of at least [`LIKELY_FROM`].
    pub fn is_likely(&self) -> bool {
        self.reach.plan >= LIKELY_FROM
    }

    /// Whether it would be likely to stop but alternatives stand in.
    pub fn is_covered(&self) -> bool {
        self.is_likely() && self.with_backups < LIKELY_FROM
    }
}

/// Everything a failure reaches, strongest first.
#[derive(Debug, Clone, PartialEq)]
pub struct BlastRadius {
    /// The component asked about; not in the list itself.
    pub of: ComponentId,
    /// Up or down.
    pub direction: Direction,
    /// Components with a reach above 0, surest first, then nearest.
    pub affected: Vec<Affected>,
    /// How many of them are likely.
    pub likely: usize,
}

impl BlastRadius {
    /// The strongest chain to `component`, beginning with the component asked about; empty when it is not reached.
    pub fn chain_to(&self, component: ComponentId) -> Vec<ComponentId> {
        let mut chain = Vec::new();
        let mut at = self.affected.iter().position(|a| a.component == component);
        while let Some(affected) = at.and_then(|index| self.affected.get(index)) {
            chain.push(affected.component);
            // Each is settled after the one before it, so places fall and the walk ends.
            let before = affected.before.map(|b| b as usize);
            at = before.filter(|b| at.is_some_and(|now| *b < now));
        }
        if !chain.is_empty() {
            chain.push(self.of);
        }
        chain.reverse();
        chain
    }

    /// The entry of a component.
    pub fn get(&self, component: ComponentId) -> Option<&Affected> {
        self.affected.iter().find(|a| a.component == component)
    }
}

pub(crate) fn blast_radius(graph: &Graph, strengths: &Strengths, of: ComponentId, direction: Direction) -> BlastRadius {
    let mut result = BlastRadius { of, direction, affected: Vec::new(), likely: 0 };
    let Some(start) = graph.node(of) else { return result };
    let run = |bound, backups| {
        let from = std::iter::once(Start { node: start, value: 1.0 });
        spread(graph, strengths, from, direction, bound, backups, 0.0)
    };
    let plan = run(Bound::Plan, false);
    let low = run(Bound::Low, false);
    let high = run(Bound::High, false);
    // Backups matter upwards only: what is needed is needed, whether or not something can stand in.
    let backed = (direction == Direction::WhatStops && !strengths.sets.is_empty()).then(|| run(Bound::Plan, true));
    let value =
        |spread: &Spread, node: u32| spread.by_node.get(node as usize).copied().flatten().map_or(0.0, |r| r.value);
    let mut place = vec![None; graph.len()];
    for node in plan.order.iter().skip(1) {
        let Some(reached) = plan.by_node.get(*node as usize).copied().flatten() else { continue };
        let (Some(component), Some((before, edge))) = (graph.id(*node as usize), reached.via) else { continue };
        let Some(link) = graph.links().get(edge as usize) else { continue };
        if let Some(slot) = place.get_mut(*node as usize) {
            *slot = u32::try_from(result.affected.len()).ok();
        }
        let affected = Affected {
            component,
            reach: Interval::new(value(&low, *node), reached.value, value(&high, *node)),
            with_backups: backed.as_ref().map_or(reached.value, |b| value(b, *node)),
            steps: reached.hops,
            link: *link,
            before: place.get(before as usize).copied().flatten(),
        };
        result.likely += usize::from(affected.is_likely());
        result.affected.push(affected);
    }
    result
}
