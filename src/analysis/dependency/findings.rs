//! What hangs on what over the whole map: shared causes, and what stops services all by itself.
//!
//! Driven in slices so that a screen stays alive; drop it to cancel. Knows no words.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::dependency::chance::{chance_within, Chance, LITTLE_WORK};
use crate::analysis::dependency::shared_cause::{causes, follow, weightiest_first, SharedCause};
use crate::analysis::dependency::single_point::Search;
use crate::analysis::dependency::Direction;
use crate::analysis::{Analysis, Progress};
use crate::model::{ComponentId, Document};
use crate::order;

/// Most services that are looked at, those of the gravest own impact first.
const MOST_SERVICES: usize = 100;
/// Components behind alternatives that are tried one by one for a service.
const TRIED: usize = 50;
/// So many of what is found get their chain.
pub const MOST_CHAINS: usize = 40;

/// Something whose loss alone stops services.
#[derive(Debug, Clone, PartialEq)]
pub struct SinglePoint {
    /// The component.
    pub component: ComponentId,
    /// The services, those of the gravest own impact first.
    pub services: Vec<ComponentId>,
    /// Sum of the services' own planned impact totals, 1..=5 each.
    pub importance: f64,
    /// From the gravest service down to the component; empty beyond the first [`MOST_CHAINS`].
    pub chain: Vec<ComponentId>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// What systems share, the weightiest first.
    pub causes: Vec<SharedCause>,
    /// What stops services all by itself, the weightiest first.
    pub single: Vec<SinglePoint>,
    /// The chance that each of the services stops in a year, where every case could be weighed.
    pub chances: Vec<(ComponentId, Chance)>,
    /// Services that were looked at.
    pub services: usize,
    /// Services that were not looked at, or not in full: the list of single points may be longer.
    pub left_out: usize,
}

/// Under way.
#[derive(Debug, Clone)]
pub struct FindingsJob {
    document: Rc<Document>,
    analysis: Analysis,
    services: Vec<ComponentId>,
    found: Findings,
    alone: BTreeMap<ComponentId, (Vec<ComponentId>, f64)>,
    /// The search for what stops the service at work.
    search: Option<Search>,
    done: usize,
}

impl FindingsJob {
    /// Of the document, whose analysis this is.
    pub fn new(document: &Rc<Document>, analysis: &Analysis) -> Self {
        let impact = |id: &ComponentId| analysis.score(*id).map_or(0.0, |score| score.impact.plan);
        let mut services = analysis.graph.services();
        order::sort_by(&mut services, |a, b| impact(b).total_cmp(&impact(a)));
        let left_out = services.len().saturating_sub(MOST_SERVICES);
        services.truncate(MOST_SERVICES);
        let causes = causes(document, &analysis.graph, analysis.today);
        Self {
            analysis: analysis.clone(),
            found: Findings { causes, services: services.len(), left_out, ..Findings::default() },
            services,
            document: Rc::clone(document),
            alone: BTreeMap::new(),
            search: None,
            done: 0,
        }
    }

    /// Does `units` more walks over the links: follows up a cause, tries one component for a service, finds one chain.
    pub fn step(&mut self, units: usize) -> Progress {
        let of = self.found.causes.len() + self.services.len() + MOST_CHAINS;
        for _ in 0..units {
            if self.done >= of {
                break;
            }
            self.done += usize::from(self.walk());
        }
        Progress { done: self.done as u64, of: of as u64 }
    }

    /// One walk. Whether a cause, a service or a chain is finished with it.
    fn walk(&mut self) -> bool {
        let (graph, strengths) = (&self.analysis.graph, self.analysis.dependency.strengths());
        if let Some(cause) = self.found.causes.get_mut(self.done) {
            follow(cause, graph, strengths, &self.analysis.systems);
            return true;
        }
        let at = self.done - self.found.causes.len();
        let Some(service) = self.services.get(at).copied() else {
            if at == self.services.len() {
                self.weigh();
            }
            return self.find_chain(at - self.services.len());
        };
        let Some(search) = &mut self.search else {
            self.search = Search::new(graph, strengths, service, TRIED);
            return self.search.is_none();
        };
        if search.try_next(graph, strengths) {
            return false;
        }
        let points = self.search.take().map(|search| search.result(graph)).unwrap_or_default();
        let chance = chance_within(&self.document, graph, strengths, service, LITTLE_WORK);
        self.found.chances.extend(chance.filter(|it| it.at_least.is_some()).map(|it| (service, it)));
        let weight = self.analysis.score(service).map_or(0.0, |score| score.impact.plan);
        self.found.left_out += usize::from(!points.complete);
        for component in points.components.into_iter().filter(|id| self.analysis.row(*id).is_some()) {
            let (services, importance) = self.alone.entry(component).or_default();
            services.push(service);
            *importance += weight;
        }
        true
    }

    /// The weightiest first.
    fn weigh(&mut self) {
        weightiest_first(&mut self.found.causes);
        for (component, (services, importance)) in std::mem::take(&mut self.alone) {
            self.found.single.push(SinglePoint { component, services, importance, chain: Vec::new() });
        }
        order::sort_by(&mut self.found.single, |a, b| b.importance.total_cmp(&a.importance));
    }

    fn find_chain(&mut self, at: usize) -> bool {
        if let Some(point) = self.found.single.get_mut(at) {
            let radius = self.analysis.blast_radius(point.component, Direction::WhatStops);
            point.chain = point.services.first().map_or_else(Vec::new, |service| radius.chain_to(*service));
            point.chain.reverse();
        }
        true
    }

    /// What was found; `None` until all is done.
    pub fn result(&self) -> Option<Findings> {
        let all = self.found.causes.len() + self.services.len() + MOST_CHAINS;
        (self.done >= all).then(|| self.found.clone())
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::dependency::findings::*;
    use crate::analysis::testing::{facts_with, Estate};
    use crate::known::Known;
    use crate::model::RedundancyGroup;

    /// W17 over the whole map: a ward whose data centres stand in for one another but share power.
    #[test]
    fn single_points_over_the_whole_map_honour_backups() {
        let mut estate = Estate::default();
        for name in ["ward", "clinic", "net", "dc1", "dc2", "power"] {
            estate.system(name, facts_with(3, if name == "ward" { 5 } else { 2 }));
        }
        let group = estate.group(RedundancyGroup { beta: Known::exactly(0.1), ..RedundancyGroup::default() });
        estate.need("ward", "net", 1.0);
        estate.need("clinic", "net", 1.0);
        estate.alternative("ward", "dc1", 1.0, group);
        estate.alternative("ward", "dc2", 1.0, group);
        estate.need("dc1", "power", 1.0);
        estate.need("dc2", "power", 1.0);
        let analysis = estate.analysis();
        let document = Rc::new(estate.document.clone());
        let mut whole = FindingsJob::new(&document, &analysis);
        assert!(whole.step(1_000).is_done());
        let found = whole.result().unwrap();
        let named: Vec<(ComponentId, usize)> = found.single.iter().map(|s| (s.component, s.services.len())).collect();
        assert_eq!(named, [(estate.id("net"), 2), (estate.id("power"), 1)]);
        assert_eq!(found.single[0].services[0], estate.id("ward"), "the gravest first");
        // How it is cut does not matter, and nothing is said before the end.
        let mut slices = FindingsJob::new(&document, &analysis);
        while !slices.step(1).is_done() {
            assert!(slices.result().is_none());
        }
        assert_eq!(slices.result(), Some(found));
    }
}
