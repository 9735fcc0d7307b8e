//! What hangs on what over the whole map: shared causes, and what stops services all by itself.
//!
//! Driven in slices so that a screen stays alive; drop it to cancel. Knows no words.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::dependency::chance::{chance_of_stopping, Chance};
use crate::analysis::dependency::shared_cause::{causes, follow, weightiest_first, SharedCause};
use crate::analysis::dependency::single_point::single_points_tried;
use crate::analysis::{Analysis, Progress};
use crate::model::{ComponentId, Document};
use crate::order;

/// Most services that are looked at, those of the gravest own impact first.
const MOST_SERVICES: usize = 100;
/// Components behind alternatives that are tried one by one for a service: bounds one slice.
const TRIED: usize = 50;

/// Something whose loss alone stops services.
#[derive(Debug, Clone, PartialEq)]
pub struct SinglePoint {
    /// The component.
    pub component: ComponentId,
    /// The services, those of the gravest own impact first.
    pub services: Vec<ComponentId>,
    /// Sum of the services' own planned impact totals, 1..=5 each.
    pub importance: f64,
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
    causes: Vec<SharedCause>,
    services: Vec<ComponentId>,
    alone: BTreeMap<ComponentId, (Vec<ComponentId>, f64)>,
    chances: Vec<(ComponentId, Chance)>,
    left_out: usize,
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
        Self {
            causes: causes(document, &analysis.graph, analysis.today),
            analysis: analysis.clone(),
            services,
            document: Rc::clone(document),
            alone: BTreeMap::new(),
            chances: Vec::new(),
            left_out,
            done: 0,
        }
    }

    /// Follows up `units` more causes or services.
    pub fn step(&mut self, units: usize) -> Progress {
        let of = self.causes.len() + self.services.len();
        for _ in 0..units.min(of - self.done) {
            let (graph, strengths) = (&self.analysis.graph, self.analysis.dependency.strengths());
            if let Some(cause) = self.causes.get_mut(self.done) {
                follow(cause, graph, strengths, &self.analysis.systems);
            } else if let Some(service) = self.services.get(self.done - self.causes.len()) {
                let points = single_points_tried(graph, strengths, *service, TRIED);
                let weight = self.analysis.score(*service).map_or(0.0, |score| score.impact.plan);
                self.left_out += usize::from(!points.complete);
                for component in points.components.into_iter().filter(|id| self.analysis.row(*id).is_some()) {
                    let (services, importance) = self.alone.entry(component).or_default();
                    services.push(*service);
                    *importance += weight;
                }
                let chance = chance_of_stopping(&self.document, graph, strengths, *service);
                self.chances.extend(chance.filter(|it| it.at_least.is_some()).map(|it| (*service, it)));
            }
            self.done += 1;
        }
        Progress { done: self.done as u64, of: of as u64 }
    }

    /// What was found; `None` until all is done.
    pub fn result(&self) -> Option<Findings> {
        if self.done < self.causes.len() + self.services.len() {
            return None;
        }
        let mut causes = self.causes.clone();
        weightiest_first(&mut causes);
        let single = self.alone.iter().map(|(component, (services, importance))| SinglePoint {
            component: *component,
            services: services.clone(),
            importance: *importance,
        });
        let mut single: Vec<SinglePoint> = single.collect();
        order::sort_by(&mut single, |a, b| b.importance.total_cmp(&a.importance));
        let chances = self.chances.clone();
        Some(Findings { causes, single, chances, services: self.services.len(), left_out: self.left_out })
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
