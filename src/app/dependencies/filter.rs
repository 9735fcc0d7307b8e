//! What the dependency view leaves out: filters by area, owner, supplier, risk and name, each a chip that can be taken
//! away.

use std::collections::BTreeSet;

use crate::analysis::dependency::Findings;
use crate::analysis::Analysis;
use crate::app::dependencies::MOST_NEEDED;
use crate::model::{AreaId, ComponentId, Document};
use crate::order;

/// A kind of filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKind {
    /// Members of an area of interest.
    Area,
    /// Answered for by somebody.
    Owner,
    /// Delivered by somebody.
    Supplier,
    /// Of a level of risk.
    Risk,
    /// With these letters in the name.
    Text,
    /// A ready-made choice.
    Pick,
}

/// A ready-made choice of components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// What most components need.
    MostNeeded,
    /// What alone stops a service.
    SinglePoints,
}

/// A filter is set, or taken away.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterChange {
    /// The area of this id.
    Area(Option<AreaId>),
    /// The owner of this name.
    Owner(Option<String>),
    /// The supplier of this name.
    Supplier(Option<String>),
    /// At least this level of risk, 1..=5; 0 is "not known".
    Risk(Option<u8>),
    /// Letters of the name.
    Text(String),
    /// A ready-made choice.
    Pick(Option<Pick>),
}

/// All filters together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Area.
    pub area: Option<AreaId>,
    /// Owner.
    pub owner: Option<String>,
    /// Supplier.
    pub supplier: Option<String>,
    /// Least level of risk, 1..=5; 0 is "not known".
    pub risk: Option<u8>,
    /// Letters of the name.
    pub text: String,
    /// Ready-made choice.
    pub pick: Option<Pick>,
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn change(&mut self, change: FilterChange) {
        match change {
            FilterChange::Area(area) => self.area = area,
            FilterChange::Owner(owner) => self.owner = owner,
            FilterChange::Supplier(supplier) => self.supplier = supplier,
            FilterChange::Risk(risk) => self.risk = risk,
            FilterChange::Text(text) => self.text = text,
            FilterChange::Pick(pick) => self.pick = pick,
        }
    }

    /// Words for each filter that is set, with the change that takes it away.
    pub fn chips(&self, document: &Document) -> Vec<(String, FilterChange)> {
        let mut chips = Vec::new();
        match self.pick {
            Some(Pick::MostNeeded) => {
                chips.push((format!("the {MOST_NEEDED} most needed"), FilterChange::Pick(None)));
            }
            Some(Pick::SinglePoints) => {
                chips.push(("single points of failure".to_owned(), FilterChange::Pick(None)));
            }
            None => {}
        }
        if let Some(area) = self.area.and_then(|id| document.areas.get(&id)) {
            chips.push((format!("area {}", area.name), FilterChange::Area(None)));
        }
        if let Some(owner) = &self.owner {
            chips.push((format!("owner {owner}"), FilterChange::Owner(None)));
        }
        if let Some(supplier) = &self.supplier {
            chips.push((format!("supplier {supplier}"), FilterChange::Supplier(None)));
        }
        match self.risk {
            Some(0) => chips.push(("risk not known".to_owned(), FilterChange::Risk(None))),
            Some(level) => chips.push((format!("risk {level} or more"), FilterChange::Risk(None))),
            None => {}
        }
        if !self.text.trim().is_empty() {
            chips.push((format!("name with “{}”", self.text.trim()), FilterChange::Text(String::new())));
        }
        chips
    }

    pub(super) fn lets(&self, document: &Document, analysis: &Analysis, id: ComponentId) -> bool {
        let Some(component) = document.components.get(&id) else { return false };
        let facts = component.facts();
        let is = |wanted: &Option<String>, values: [Option<&String>; 2]| {
            wanted.as_ref().is_none_or(|wanted| values.into_iter().flatten().any(|value| value == wanted))
        };
        let text = self.text.trim().to_lowercase();
        self.area.is_none_or(|area| document.areas.get(&area).is_some_and(|area| area.members.contains(&id)))
            && is(&self.owner, [facts.owner_business.value(), facts.owner_technical.value()])
            && is(&self.supplier, [(!facts.supplier.is_empty()).then_some(&facts.supplier), None])
            && self.risk.is_none_or(|least| match analysis.row(id).filter(|row| row.has_facts) {
                Some(row) if least > 0 => row.level >= least || row.hatched,
                Some(row) => row.hatched,
                None => least == 0,
            })
            && (text.is_empty() || component.name.to_lowercase().contains(&text))
    }

    /// The components of the ready-made choice; single points of failure as far as they are worked out.
    pub(super) fn picked(&self, analysis: &Analysis, findings: Option<&Findings>) -> Option<BTreeSet<ComponentId>> {
        match self.pick? {
            Pick::MostNeeded => Some(most_needed(analysis)),
            Pick::SinglePoints => Some(order::set(findings.into_iter().flat_map(|f| &f.single).map(|s| s.component))),
        }
    }
}

/// Those that the most others need directly.
fn most_needed(analysis: &Analysis) -> BTreeSet<ComponentId> {
    let graph = &analysis.graph;
    let mut counted: Vec<(usize, ComponentId)> =
        graph.components().iter().map(|id| (graph.needed_by(*id).len(), *id)).filter(|(count, _)| *count > 0).collect();
    order::sort_by(&mut counted, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    order::set(counted.into_iter().take(MOST_NEEDED).map(|(_, id)| id))
}

/// What can be chosen, the most frequent first: words and how many.
pub fn choices(document: &Document, kind: FilterKind) -> Vec<(String, usize)> {
    let mut counted: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for component in document.components.values().filter(|c| !c.hidden) {
        let facts = component.facts();
        let values = match kind {
            FilterKind::Owner => [facts.owner_business.value(), facts.owner_technical.value()],
            _ => [(!facts.supplier.is_empty()).then_some(&facts.supplier), None],
        };
        let twice = values[0] == values[1];
        for value in values.into_iter().take(if twice { 1 } else { 2 }).flatten() {
            *counted.entry(value.as_str()).or_default() += 1;
        }
    }
    let mut choices: Vec<(String, usize)> = Vec::with_capacity(counted.len());
    for (words, count) in counted {
        choices.push((words.to_owned(), count));
    }
    order::sort_by(&mut choices, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    choices
}
