//! Time: how many hours an outage may last before somebody comes to harm, against the hours to bring a system back.
//!
//! ```text
//! hours to harm(v) = min(own tolerable outage, min over u needing v of buffer(u, v) + hours to harm(u))
//! gap(v)           = longest recovery - hours to harm        above 0: harm comes before recovery
//! ```
//! An unknown buffer counts as 0. A system of unknown tolerable outage adds nothing, so the hours are "at most" as long
//! as one of those it serves is unknown. Knows facts and links.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::analysis::graph::Graph;
use crate::known::Known;
use crate::model::{ComponentId, Document};

/// Longest outage that is told apart, hours (a year).
const MOST_HOURS: f64 = 8760.0;

/// The time side of one system.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// Hours until harm begins; `None` when nobody has said for it or anything that needs it.
    pub hours_to_harm: Option<f64>,
    /// From the system whose tolerance that is down to this one; just this one when it is its own.
    pub chain: Vec<ComponentId>,
    /// The tolerance of something it serves is not known: harm may begin earlier.
    pub at_most: bool,
    /// Hours to bring it back: longest credible. `None` when nobody has said.
    pub recovery: Option<f64>,
    /// Recovery minus hours to harm; above 0 harm comes first. `None` when either is not known.
    pub gap: Option<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    hours: Option<f64>,
    above: Option<u32>,
    at_most: bool,
    recovery: Option<f64>,
}

/// The time side of all systems of a document.
#[derive(Debug, Clone)]
pub struct Outages {
    nodes: Vec<Node>,
}

fn credible(known: f64) -> f64 {
    if known.is_nan() {
        MOST_HOURS
    } else {
        known.clamp(0.0, MOST_HOURS)
    }
}

impl Outages {
    /// Of the document, whose graph this is. O((n + m) log n).
    pub fn new(document: &Document, graph: &Graph) -> Self {
        let visible = || document.components.values().filter(|c| !c.hidden);
        // The mild end of a stated tolerance would be the late one: take the early one.
        let early = |known: &Known<f64>| known.range().map(|(low, _, _)| credible(*low));
        let mut nodes: Vec<Node> = visible()
            .map(|c| {
                let facts = c.facts();
                Node {
                    hours: early(&facts.tolerable_outage_h),
                    above: None,
                    at_most: facts.tolerable_outage_h.is_unknown() && !c.is_anchor(),
                    recovery: facts.recovery_h.range().map(|(_, _, high)| credible(*high)),
                }
            })
            .collect();
        let buffers: Vec<f64> = graph
            .links()
            .iter()
            .map(|id| document.links.get(id).and_then(|l| early(&l.buffer_h)).unwrap_or(0.0))
            .collect();

        let mut heap: BinaryHeap<(Reverse<u64>, Reverse<u32>)> = BinaryHeap::new();
        for (number, node) in (0u32..).zip(&nodes) {
            if let Some(hours) = node.hours {
                // Never negative, so the bits order as the numbers do.
                heap.push((Reverse(hours.to_bits()), Reverse(number)));
            }
        }
        while let Some((Reverse(bits), Reverse(number))) = heap.pop() {
            let here = f64::from_bits(bits);
            if nodes.get(number as usize).and_then(|n| n.hours) != Some(here) {
                continue;
            }
            for need in graph.node_needs(number as usize) {
                let there = here + buffers.get(need.edge as usize).copied().unwrap_or(0.0);
                let Some(node) = nodes.get_mut(need.node as usize) else { continue };
                if node.hours.is_none_or(|old| there < old) {
                    node.hours = Some(there);
                    node.above = Some(number);
                    heap.push((Reverse(there.to_bits()), Reverse(need.node)));
                }
            }
        }
        // Whoever needs comes first, so one walk carries "not known" down; circles share it.
        for circle in graph.circles() {
            let open = circle.iter().any(|node| nodes.get(*node as usize).is_some_and(|n| n.at_most));
            for number in circle.iter().filter(|_| open) {
                if let Some(node) = nodes.get_mut(*number as usize) {
                    node.at_most = true;
                }
                for need in graph.node_needs(*number as usize) {
                    if let Some(node) = nodes.get_mut(need.node as usize) {
                        node.at_most = true;
                    }
                }
            }
        }
        Self { nodes }
    }

    /// The time side of a component; `None` when it is hidden or not there.
    pub fn of(&self, graph: &Graph, id: ComponentId) -> Option<Outage> {
        let start = graph.node(id)?;
        let node = self.nodes.get(start)?;
        let mut chain = vec![id];
        let mut at = node.above;
        while let Some(above) = at.filter(|_| chain.len() <= self.nodes.len()) {
            chain.extend(graph.id(above as usize));
            at = self.nodes.get(above as usize).and_then(|n| n.above);
        }
        chain.reverse();
        Some(Outage {
            hours_to_harm: node.hours,
            chain,
            at_most: node.at_most,
            recovery: node.recovery,
            gap: node.recovery.zip(node.hours).map(|(recovery, hours)| recovery - hours),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::analysis::dependency::tests::cancer;
    use crate::analysis::outage::*;
    use crate::model::SystemFacts;

    #[test]
    fn w16_hours_to_harm() {
        // The document gives the outcome on its cancer graph, not the inputs; these lead there.
        let mut estate = cancer();
        let mut set = |name: &str, change: &dyn Fn(&mut SystemFacts)| {
            let component = Rc::make_mut(estate.document.components.get_mut(&estate.id(name)).unwrap());
            let mut facts = component.facts().clone();
            change(&mut facts);
            component.facts = Some(Rc::new(facts));
        };
        set("chemo", &|f| f.tolerable_outage_h = Known::exactly(8.0));
        set("lab", &|f| f.tolerable_outage_h = Known::exactly(24.0));
        set("dc", &|f| f.recovery_h = Known::ranged(4.0, 12.0, 36.0));
        let ids = ["lab", "engine", "rx", "pas"].map(|name| estate.id(name));
        for link in estate.document.links.values_mut() {
            let link = Rc::make_mut(link);
            let buffer = match () {
                () if link.to == ids[0] => 4.0,
                () if link.to == ids[1] && link.from == ids[2] => 1.0,
                () if link.to == ids[3] => 12.0,
                () => 0.0,
            };
            link.buffer_h = Known::exactly(buffer);
        }
        let graph = estate.analysis().graph;
        let outages = Outages::new(&estate.document, &graph);
        let of = |name: &str| outages.of(&graph, estate.id(name)).unwrap();
        let hours = ["dc", "engine", "lab", "rx"].map(|name| of(name).hours_to_harm.unwrap());
        assert_eq!(hours, [9.0, 9.0, 12.0, 8.0]);
        assert_eq!(of("dc").gap, Some(27.0));
        assert_eq!(of("dc").chain, ["chemo", "rx", "engine", "dc"].map(|name| estate.id(name)));
        assert!(of("dc").at_most);
        assert_eq!(of("rx").gap, None);
    }

    #[test]
    fn nothing_said_is_not_harmless() {
        let estate = cancer();
        let graph = estate.analysis().graph;
        let outage = Outages::new(&estate.document, &graph).of(&graph, estate.id("dc")).unwrap();
        assert_eq!((outage.hours_to_harm, outage.at_most), (None, true));
    }
}
