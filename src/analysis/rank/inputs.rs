//! What the registers add to the ranking of each system: cost, harm, deadlines.

use crate::analysis::clinical::{worst_harm, WorstHarm, GATE_FROM};
use crate::analysis::deadline;
use crate::analysis::graph::Graph;
use crate::analysis::interval::Interval;
use crate::analysis::money::{counts_today, RiskCost};
use crate::date::Date;
use crate::model::Document;

/// Pounds a year that count as everything in the index: what a risk of unknown cost may come to.
const MOST_POUNDS: f64 = 1e8;

/// What the registers say about one system.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Input {
    pub(crate) yearly_cost: Option<Interval>,
    pub(crate) urgency: Option<f64>,
    pub(crate) clinical: Option<WorstHarm>,
}

impl Input {
    /// Whether the harm puts the system on top of its group.
    pub(crate) fn is_gated(&self) -> bool {
        self.clinical.is_some_and(|harm| harm.level.plan >= GATE_FROM)
    }
}

/// By dense number; empty when the registers say nothing at all.
#[derive(Debug, Default)]
pub(crate) struct Inputs(Vec<Input>);

impl Inputs {
    /// Of the document, whose graph this is.
    pub(crate) fn new(document: &Document, graph: &Graph, today: Option<Date>) -> Self {
        let registers = !document.risks.is_empty()
            || !document.contracts.is_empty()
            || !document.lifecycles.is_empty()
            || !document.knowledge.is_empty()
            || !document.judgements.is_empty();
        if !registers {
            return Self::default();
        }
        let costs = yearly_costs(document, graph);
        let urgencies = deadline::urgencies(document, graph, today);
        let harm = worst_harm(document, graph);
        let all = costs.into_iter().zip(urgencies).zip(harm);
        Self(all.map(|((yearly_cost, urgency), clinical)| Input { yearly_cost, urgency, clinical }).collect())
    }

    pub(crate) fn of(&self, node: usize) -> Input {
        self.0.get(node).copied().unwrap_or_default()
    }
}

/// Each risk counts in full for every system it names: the money is not shared out, it hangs on each of them.
fn yearly_costs(document: &Document, graph: &Graph) -> Vec<Option<Interval>> {
    let mut costs: Vec<Option<Interval>> = vec![None; graph.len()];
    let mut open = vec![false; graph.len()];
    for risk in document.risks.values().filter(|r| counts_today(r)) {
        let yearly = RiskCost::of(risk).yearly();
        for node in risk.components.iter().filter_map(|id| graph.node(*id)) {
            match yearly {
                Some(cost) => {
                    if let Some(slot) = costs.get_mut(node) {
                        let sum = slot.unwrap_or_default();
                        *slot = Some(Interval {
                            low: sum.low + cost.low,
                            plan: sum.plan + cost.plan,
                            high: sum.high + cost.high,
                        });
                    }
                }
                None => {
                    if let Some(flag) = open.get_mut(node) {
                        *flag = true;
                    }
                }
            }
        }
    }
    // A risk of unknown cost on top: the known sum is "at least".
    for (cost, open) in costs.iter_mut().zip(open) {
        if let Some(cost) = cost.as_mut().filter(|_| open) {
            cost.high = cost.high.max(MOST_POUNDS);
        }
    }
    costs
}
