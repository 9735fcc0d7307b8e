//! Everything that can be computed from a document: who needs whom, where things stand, what is at risk, what first.
//!
//! [`analyse`] is a function of its arguments with byte-equal output; [`update`] gives the same with less work after
//! an edit. Reads the document, never changes it, and knows nothing of screens. Answers about one component (blast
//! radius, single points, sentences) are computed when asked for; facts about all components are in [`Analysis`].

pub mod clinical;
pub mod deadline;
pub mod dependency;
pub mod graph;
mod index;
pub mod interval;
pub mod lint;
pub mod litraf;
pub mod money;
pub mod number;
pub mod outage;
pub mod placement;
pub mod portfolio;
pub mod rank;
#[cfg(test)]
mod testing;
pub mod voice;

use std::rc::Rc;

use crate::date::Date;
use crate::model::{ComponentId, Document, Touched};

use dependency::{BlastRadius, Chance, Dependency, Direction, SharedCause, SinglePoints, Worth};
use graph::{Graph, Neighbor};
use litraf::Score;
use placement::{Place, Placement};
use rank::{RankRow, Ranking, SystemScore};

/// How far a computation that is done in slices has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub of: u64,
}

impl Progress {
    /// Whether nothing is left to do.
    pub const fn is_done(self) -> bool {
        self.done >= self.of
    }
}

/// The derived facts of one revision of a document. Parts are shared with the revision before where they are the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// Who needs whom.
    pub graph: Rc<Graph>,
    /// Where everything stands.
    pub placement: Rc<Placement>,
    /// Strengths, alternatives, inherited impact.
    pub dependency: Rc<Dependency>,
    /// The order of the systems.
    pub ranking: Rc<Ranking>,
    systems: Rc<[SystemScore]>,
    today: Option<Date>,
}

/// All derived facts of `document`. Without `today` nothing is stale and no date is near. O((n + m) log n).
pub fn analyse(document: &Document, today: Option<Date>) -> Analysis {
    let graph = Graph::new(document);
    let placement = Placement::new(document, &graph);
    let systems = rank::score_systems(document, today);
    let dependency = Dependency::new(document, &graph, &systems);
    assemble(document, Rc::new(graph), Rc::new(placement), Rc::from(systems), dependency, today)
}

/// The same as [`analyse`] of `document`, given that `previous` was of the document before a patch that touched
/// `touched`: what the patch cannot have changed is kept.
pub fn update(previous: &Analysis, document: &Document, touched: &Touched, today: Option<Date>) -> Analysis {
    let graph = if touched.structure { Rc::new(Graph::new(document)) } else { Rc::clone(&previous.graph) };
    let placement = if touched.structure {
        Rc::new(Placement::new(document, &graph))
    } else if touched.components.is_empty() && !touched.decorations {
        Rc::clone(&previous.placement)
    } else {
        Rc::new(previous.placement.updated(document, &graph))
    };
    if !touched.structure && !touched.risk_inputs && today == previous.today {
        return Analysis { placement, ..previous.clone() };
    }
    let systems = if touched.settings || today != previous.today {
        Rc::from(rank::score_systems(document, today))
    } else {
        updated_systems(previous, document, touched, &graph)
    };
    let dependency = if touched.structure || !touched.links.is_empty() {
        Dependency::new(document, &graph, &systems)
    } else {
        previous.dependency.updated(document, &graph, &systems)
    };
    assemble(document, graph, placement, systems, dependency, today)
}

/// Scores anew what was touched and takes the rest from before.
fn updated_systems(previous: &Analysis, document: &Document, touched: &Touched, graph: &Graph) -> Rc<[SystemScore]> {
    let red_from = document.settings.risk.red_from;
    let score = |component| rank::score_system(component, red_from, previous.today);
    if graph.components() == previous.graph.components() {
        let mut systems = Rc::clone(&previous.systems);
        for id in &touched.components {
            if let (Some(node), Some(component)) = (graph.node(*id), document.components.get(id)) {
                if let Some(slot) = Rc::make_mut(&mut systems).get_mut(node) {
                    *slot = score(component);
                }
            }
        }
        return systems;
    }
    let before = |id| previous.graph.node(id).and_then(|node| previous.systems.get(node)).copied();
    let kept = |id: &ComponentId| before(*id).filter(|_| !touched.components.contains(id));
    let visible = document.components.iter().filter(|(_, c)| !c.hidden);
    visible.map(|(id, component)| kept(id).unwrap_or_else(|| score(component))).collect()
}

fn assemble(
    document: &Document,
    graph: Rc<Graph>,
    placement: Rc<Placement>,
    systems: Rc<[SystemScore]>,
    dependency: Dependency,
    today: Option<Date>,
) -> Analysis {
    let dependency = Rc::new(dependency);
    let ranking = Rc::new(Ranking::new(document, &graph, &dependency, &systems, today));
    Analysis { graph, placement, dependency, ranking, systems, today }
}

impl Analysis {
    /// The day this was computed for.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// What the component needs.
    pub fn needs(&self, id: ComponentId) -> &[Neighbor] {
        self.graph.needs(id)
    }

    /// Who needs the component.
    pub fn needed_by(&self, id: ComponentId) -> &[Neighbor] {
        self.graph.needed_by(id)
    }

    /// Where the component stands; `None` when it is hidden or not there.
    pub fn place(&self, id: ComponentId) -> Option<Place> {
        self.placement.of(&self.graph, id)
    }

    /// All components that are not hidden, with their places, in the order of ids.
    pub fn places(&self) -> impl Iterator<Item = (ComponentId, Place)> + '_ {
        self.graph.components().iter().copied().zip(self.placement.places().iter().copied())
    }

    /// The component's LITRAF score; `None` when it is hidden or not there.
    pub fn score(&self, id: ComponentId) -> Option<&Score> {
        self.graph.node(id).and_then(|node| self.systems.get(node)).map(|s| &s.score)
    }

    /// The component's row in the ranking; `None` for anchors and hidden components.
    pub fn row(&self, id: ComponentId) -> Option<&RankRow> {
        self.graph.node(id).and_then(|node| self.ranking.row_of_node(node))
    }

    /// What stops when it stops, or what it needs. O((n + m) log n).
    pub fn blast_radius(&self, id: ComponentId, direction: Direction) -> BlastRadius {
        self.dependency.blast_radius(&self.graph, id, direction)
    }

    /// What stops the service all by itself.
    pub fn single_points(&self, service: ComponentId) -> SinglePoints {
        dependency::single_points(&self.graph, self.dependency.strengths(), service)
    }

    /// Services (see [`Graph::services`]) that stop when `id` alone stops, in the order of ids.
    pub fn services_stopped_by(&self, id: ComponentId) -> Vec<ComponentId> {
        let radius = self.blast_radius(id, Direction::WhatStops);
        let mut stopped: Vec<ComponentId> = radius
            .affected
            .iter()
            .filter(|a| a.with_backups >= dependency::LIKELY_FROM && self.graph.is_service(a.component))
            .map(|a| a.component)
            .collect();
        stopped.sort_unstable();
        stopped
    }

    /// Chance that a component stops in a year; `None` when it is hidden or not there.
    pub fn chance_of_stopping(&self, document: &Document, id: ComponentId) -> Option<Chance> {
        dependency::chance_of_stopping(document, &self.graph, self.dependency.strengths(), id)
    }

    /// What making each component below the service sound would be worth to it, the most first; `None` when there is
    /// too much to weigh exactly (see [`dependency::Simulation`]).
    pub fn worth_of_fixing(&self, document: &Document, service: ComponentId) -> Option<Vec<Worth>> {
        dependency::worth_of_fixing(document, &self.graph, self.dependency.strengths(), service)
    }

    /// Sites, suppliers, versions, contracts and people that several systems share, the weightiest first.
    pub fn shared_causes(&self, document: &Document) -> Vec<SharedCause> {
        dependency::shared_causes(document, &self.graph, self.dependency.strengths(), &self.systems, self.today)
    }
}

/// A number made of the bits of the document's indices, of 200 simulated years of failures, of 1,000 of losses and of 200
/// draws of weights: the same on every machine, so a page and a desktop can be held against each other.
pub fn digest(document: &Document) -> u64 {
    let analysis = analyse(document, None);
    let mut failures = dependency::Simulation::new(document, &analysis, 200);
    failures.step(200);
    let mut losses = money::YearSimulation::of_document(document, 1_000);
    losses.step(1_000);
    let mut draws = rank::firmness::FirmnessJob::new(&analysis.ranking, rank::firmness::Drawn::Weights, 200);
    draws.step(200);
    let indices = analysis.ranking.rows.iter().flat_map(|row| [row.index.low, row.index.plan, row.index.high]);
    let stops = failures.result().into_iter().flat_map(|r| r.stops);
    let chances = stops.flat_map(|stop| std::iter::once(stop.chance).chain(stop.worth.into_iter().map(|w| w.1)));
    let ranks = draws.result().into_iter().flat_map(|f| f.rows).flat_map(|row| row.ranks);
    // FNV-1a, by bytes.
    let bytes = indices.chain(chances).chain(ranks).chain(losses.losses().iter().copied()).flat_map(f64::to_le_bytes);
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_any;
