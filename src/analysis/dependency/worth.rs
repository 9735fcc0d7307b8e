//! What making one component sound would be worth to a service, exactly.
//!
//! `worth(v) = F(u) - F(u with v made sound)`, which is the chance that v fails times its Birnbaum importance (how much
//! more likely the service stops when v fails than when it does not).

use crate::analysis::dependency::chance::enumerate;
use crate::analysis::dependency::network::Network;
use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::model::{ComponentId, Document};
use crate::order;

/// What one component is worth to a service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// The component.
    pub component: ComponentId,
    /// Fall of the service's chance to stop in a year if the component never failed by itself, 0..=1.
    pub worth: f64,
    /// The component's own chance of failing in a year, 0..=1.
    pub own: f64,
    /// Birnbaum importance: worth / own chance, 0..=1.
    pub importance: f64,
}

/// What each component below the service is worth to it, the most first; those of no worth left out. `None` when there
/// is too much to weigh exactly: simulate.
pub(crate) fn worth_of_fixing(
    document: &Document,
    graph: &Graph,
    strengths: &Strengths,
    service: ComponentId,
) -> Option<Vec<Worth>> {
    let top = graph.node(service)?;
    let mut network = Network::below(document, graph, strengths, Some(&[top]));
    let top = network.find(top)?;
    let chance = |network: &Network| -> Option<f64> {
        if network.is_hard() {
            Some(1.0 - network.own.iter().map(|p| 1.0 - p).product::<f64>())
        } else {
            enumerate(network, top)
        }
    };
    let before = chance(&network)?;
    let mut found = Vec::new();
    for node in 0..network.len() {
        let own = network.own.get(node).copied().unwrap_or(0.0);
        if own <= 0.0 {
            continue;
        }
        // A common cause of a group stays: it is not this component's own failure.
        let worth = if network.is_hard() && own < 1.0 {
            // All others must survive for this one to matter.
            own * (1.0 - before) / (1.0 - own)
        } else {
            if let Some(slot) = network.own.get_mut(node) {
                *slot = 0.0;
            }
            let after = chance(&network);
            if let Some(slot) = network.own.get_mut(node) {
                *slot = own;
            }
            before - after?
        };
        let component = network.nodes.get(node).and_then(|n| graph.id(*n as usize));
        if let Some(component) = component.filter(|_| worth > 1e-15) {
            found.push(Worth { component, worth, own, importance: worth / own });
        }
    }
    order::sort_by(&mut found, |a, b| b.worth.total_cmp(&a.worth).then(a.component.cmp(&b.component)));
    Some(found)
}
