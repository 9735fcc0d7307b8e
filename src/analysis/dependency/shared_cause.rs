//! Things that many systems share without being drawn as one: a site, a supplier, a version, a contract, a person. If it
//! goes, they go together.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::dependency::reach::{spread, Bound, Direction, Start, LIKELY_FROM};
use crate::analysis::dependency::Strengths;
use crate::analysis::graph::Graph;
use crate::analysis::litraf::suggest::can_be_counted_on;
use crate::analysis::litraf::Score;
use crate::analysis::rank::shown;
use crate::date::Date;
use crate::model::{folded_name, ComponentId, Document};
use crate::order;

/// Most causes followed up and given: the most widely shared.
pub const MOST_CAUSES: usize = 100;

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CauseKind {
    /// Where systems run.
    Site,
    /// Who supplies them.
    Supplier,
    /// What they are made with.
    Version,
    /// The contract they are under.
    Contract,
    /// The only person who can mend or change them.
    Person,
}

impl CauseKind {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Site => "Site",
            Self::Supplier => "Supplier",
            Self::Version => "Version",
            Self::Contract => "Contract",
            Self::Person => "Only person who knows it",
        }
    }
}

/// Something shared by two systems or more.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedCause {
    /// What sort of thing.
    pub kind: CauseKind,
    /// Its name.
    pub name: String,
    /// Systems that share it, in the order of ids.
    pub systems: Vec<ComponentId>,
    /// Services likely to stop when all of them stop, backups counted, in the order of ids. For a person these are the
    /// services that could not be mended, not ones that stop the same day.
    pub services: Vec<ComponentId>,
    /// Sum of the services' own planned impact totals, 1..=5 each.
    pub importance: f64,
}

/// What systems share, the weightiest first; for a person, the systems that nobody else can mend or change. Without
/// `today`, people who leave still count.
pub(crate) fn shared_causes(
    document: &Document,
    graph: &Graph,
    strengths: &Strengths,
    scores: &[impl AsRef<Score>],
    today: Option<Date>,
) -> Vec<SharedCause> {
    let mut causes = causes(document, graph, today);
    for cause in &mut causes {
        follow(cause, graph, strengths, scores);
    }
    weightiest_first(&mut causes);
    causes
}

/// The most widely shared, not followed up yet: without services and importance.
pub(crate) fn causes(document: &Document, graph: &Graph, today: Option<Date>) -> Vec<SharedCause> {
    let mut users: BTreeMap<(CauseKind, String), (String, BTreeSet<ComponentId>)> = BTreeMap::new();
    let mut add = |kind, name: &str, component| {
        if !name.trim().is_empty() {
            let entry = users.entry((kind, folded_name(name))).or_insert_with(|| (shown(name), BTreeSet::new()));
            entry.1.insert(component);
        }
    };
    for (id, component) in document.components.iter().filter(|(_, c)| !c.hidden) {
        let facts = component.facts();
        add(CauseKind::Site, &facts.site, *id);
        add(CauseKind::Supplier, &facts.supplier, *id);
        for technology in &facts.technologies {
            add(CauseKind::Version, &format!("{} {}", technology.product, technology.version), *id);
        }
    }
    for contract in document.contracts.values() {
        for component in &contract.components {
            add(CauseKind::Contract, &contract.name, *component);
            add(CauseKind::Supplier, &contract.supplier, *component);
        }
    }
    let mut able: BTreeMap<ComponentId, BTreeMap<String, &str>> = BTreeMap::new();
    for holding in document.knowledge.values() {
        if can_be_counted_on(holding, today.unwrap_or(Date::MIN)) {
            able.entry(holding.component).or_default().insert(folded_name(&holding.holder), &holding.holder);
        }
    }
    for (component, people) in &able {
        if let (1, Some(name)) = (people.len(), people.values().next()) {
            add(CauseKind::Person, name, *component);
        }
    }

    let mut causes: Vec<SharedCause> = users
        .into_iter()
        .filter(|(_, (_, systems))| systems.iter().filter(|id| graph.node(**id).is_some()).count() > 1)
        .map(|((kind, _), (name, systems))| {
            let systems: Vec<ComponentId> = systems.into_iter().filter(|id| graph.node(*id).is_some()).collect();
            SharedCause { kind, name, systems, services: Vec::new(), importance: 0.0 }
        })
        .collect();
    // The most widely shared are followed up; a list of thousands would help nobody.
    order::sort_by(&mut causes, |a, b| {
        b.systems.len().cmp(&a.systems.len()).then((a.kind, &a.name).cmp(&(b.kind, &b.name)))
    });
    causes.truncate(MOST_CAUSES);
    causes
}

/// Finds out which services stop with all that share a cause.
pub(crate) fn follow(cause: &mut SharedCause, graph: &Graph, strengths: &Strengths, scores: &[impl AsRef<Score>]) {
    let starts = cause.systems.iter().filter_map(|id| graph.node(*id)).map(|node| Start { node, value: 1.0 });
    let reached = spread(graph, strengths, starts, Direction::WhatStops, Bound::Plan, true, LIKELY_FROM / 2.0);
    for (node, reached) in reached.by_node.iter().enumerate() {
        if reached.is_some_and(|r| r.value >= LIKELY_FROM) && graph.node_is_service(node) {
            cause.services.extend(graph.id(node));
            cause.importance += scores.get(node).map_or(0.0, |s| s.as_ref().impact.plan);
        }
    }
}

/// In the order of what stops with them.
pub(crate) fn weightiest_first(causes: &mut [SharedCause]) {
    order::sort_by(causes, |a, b| {
        let by_importance = b.importance.total_cmp(&a.importance).then(b.systems.len().cmp(&a.systems.len()));
        by_importance.then((a.kind, &a.name).cmp(&(b.kind, &b.name)))
    });
}
