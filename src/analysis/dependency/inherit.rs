//! Inherited impact of all components at once: importance flows down the links, weakened by their strengths.
//!
//! Whoever needs comes before what is needed, so one walk over the links suffices; only circles need a heap.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::analysis::dependency::reach::Bound;
use crate::analysis::dependency::{Inherited, Strengths};
use crate::analysis::graph::{Graph, Neighbor};
use crate::analysis::interval::Interval;
use crate::analysis::litraf::Score;
use crate::model::Document;

const BOUNDS: [Bound; 3] = [Bound::Low, Bound::Plan, Bound::High];

/// What has come to a node so far.
#[derive(Debug, Clone, Copy)]
struct Coming {
    impact: Interval,
    /// Links from where the planned value comes.
    hops: u32,
    via: Option<(u32, u32)>,
    /// Circle the node is part of.
    circle: u32,
}

/// I* of every node; `scores` by dense number.
pub(crate) fn inherit(
    document: &Document,
    graph: &Graph,
    strengths: &Strengths,
    scores: &[impl AsRef<Score>],
) -> Vec<Inherited> {
    let visible = document.components.values().filter(|c| !c.hidden);
    let mut coming: Vec<Coming> = visible
        .zip(scores)
        .map(|(component, score)| {
            // Users are not systems: an anchor that nobody has described lends no importance of its own.
            let silent = component.is_anchor() && component.facts.is_none();
            let impact = if silent { Interval::default() } else { score.as_ref().impact };
            Coming { impact, hops: 0, via: None, circle: 0 }
        })
        .collect();
    for (number, circle) in (0u32..).zip(graph.circles()) {
        for node in circle {
            if let Some(slot) = coming.get_mut(*node as usize) {
                slot.circle = number;
            }
        }
    }
    for circle in graph.circles() {
        if circle.len() > 1 {
            for bound in BOUNDS {
                settle(graph, strengths, circle, bound, &mut coming);
            }
        }
        for node in circle {
            let Some(here) = coming.get(*node as usize).copied() else { continue };
            for need in graph.node_needs(*node as usize) {
                if let Some(there) = coming.get_mut(need.node as usize).filter(|there| there.circle != here.circle) {
                    for bound in BOUNDS {
                        _ = pass(strengths, *node, &here, need, bound, there);
                    }
                }
            }
        }
    }
    coming.into_iter().map(|c| Inherited { impact: c.impact, via: c.via }).collect()
}

/// Passes one bound of what came to a node on to a node it needs; whether that grew or got a shorter chain.
fn pass(strengths: &Strengths, node: u32, here: &Coming, need: &Neighbor, bound: Bound, there: &mut Coming) -> bool {
    let Some(edge) = strengths.edge(need.edge) else { return false };
    let value = bound.of(here.impact) * bound.of(edge.strength);
    match bound {
        Bound::Low if value > there.impact.low => there.impact.low = value,
        Bound::High if value > there.impact.high => there.impact.high = value,
        // Of two equally strong chains the shorter is easier to tell. A component's own impact needs no chain.
        Bound::Plan
            if value > there.impact.plan
                || (value == there.impact.plan && there.via.is_some() && here.hops + 1 < there.hops) =>
        {
            there.impact.plan = value;
            there.hops = here.hops + 1;
            there.via = Some((node, need.edge));
        }
        _ => return false,
    }
    true
}

/// Settles one bound around a circle, strongest first (Dijkstra; values never grow on their way).
fn settle(graph: &Graph, strengths: &Strengths, circle: &[u32], bound: Bound, coming: &mut [Coming]) {
    let mut heap: BinaryHeap<(u64, Reverse<u32>, Reverse<u32>)> = BinaryHeap::new();
    // Never negative, so the bits order as the values do.
    let key = |c: &Coming, node: u32| (bound.of(c.impact).to_bits(), Reverse(c.hops), Reverse(node));
    for node in circle {
        if let Some(here) = coming.get(*node as usize) {
            heap.push(key(here, *node));
        }
    }
    while let Some(entry) = heap.pop() {
        let Reverse(node) = entry.2;
        let Some(here) = coming.get(node as usize).copied() else { continue };
        if key(&here, node) != entry {
            continue;
        }
        for need in graph.node_needs(node as usize) {
            let Some(there) = coming.get_mut(need.node as usize).filter(|there| there.circle == here.circle) else {
                continue;
            };
            if pass(strengths, node, &here, need, bound, there) {
                heap.push(key(there, need.node));
            }
        }
    }
}
