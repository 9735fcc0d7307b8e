//! Analysis from scratch and after an edit, the answers about one component, and what is done in slices: on made-up
//! estates and on real graphs.

mod common;

use std::hint::black_box;
use std::rc::Rc;

use portolan::analysis::dependency::{Direction, FindingsJob, Simulation};
use portolan::analysis::graph::Graph;
use portolan::analysis::interval::Interval;
use portolan::analysis::litraf::assess;
use portolan::analysis::money::{Loss, RiskCost, YearSimulation};
use portolan::analysis::outage::Outages;
use portolan::analysis::rank::firmness::{Drawn, FirmnessJob};
use portolan::analysis::{analyse, rank, update};
use portolan::geom::Point;
use portolan::id::Id;
use portolan::known::Known;
use portolan::model::{Component, ComponentId, Document, Link, Patch, RiskSettings, Settings, SystemFacts};

use common::Body;

/// The component that most others need: what stops with it is the most.
fn hub(document: &Document) -> ComponentId {
    let graph = Graph::new(document);
    let most = graph.components().iter().copied().max_by_key(|id| graph.needed_by(*id).len());
    most.unwrap_or(Id::numbered('c', 1))
}

/// A document in which nobody has decided a place, as from a spreadsheet.
fn undecided(document: &Document) -> Document {
    let mut document = document.clone();
    for component in document.components.values_mut() {
        let component = Rc::make_mut(component);
        (component.evolution, component.visibility) = (None, None);
    }
    document
}

/// An estate in which everything fails about once in thirty years.
fn failing(document: &Document) -> Document {
    let mut document = document.clone();
    for component in document.components.values_mut() {
        let facts = SystemFacts { fail_rate: Known::exactly(0.03), ..component.facts().clone() };
        Rc::make_mut(component).facts = Some(Rc::new(facts));
    }
    document
}

/// Applies a patch over and over, forth and back, each time with the analysis that follows.
fn patched(document: &Document, mut patch: Patch) -> Box<dyn FnMut()> {
    let mut document = document.clone();
    let mut analysis = analyse(&document, None);
    Box::new(move || {
        document.apply(&patch);
        analysis = update(&analysis, &document, &patch.touched(), None);
        patch = patch.inverse();
    })
}

/// The same with an edit of the hub.
fn edited(document: &Document, edit: impl Fn(&Component) -> Component) -> Box<dyn FnMut()> {
    let mut patch = Patch::default();
    let at = hub(document);
    patch.components(document, at, document.components.get(&at).map(|c| edit(c)));
    patched(document, patch)
}

/// All benches of this file.
pub(crate) fn bodies() -> Vec<Body> {
    vec![
        Body::on_estates("analyse", |document| {
            let document = document.clone();
            Box::new(move || _ = black_box(analyse(&document, None)))
        }),
        Body::on_estates("analyse, no place decided", |document| {
            let document = undecided(document);
            Box::new(move || _ = black_box(analyse(&document, None)))
        }),
        Body::on_estates("scores with their intervals", |document| {
            let document = document.clone();
            Box::new(move || {
                for component in document.components.values() {
                    black_box(assess(component.facts(), document.settings.risk.red_from, None));
                }
            })
        }),
        Body::on_estates("update after a move", |document| {
            edited(document, |component| component.clone().at(Point::new(0.5, 0.5)))
        }),
        Body::on_estates("new order after a new fact", |document| {
            edited(document, |component| {
                let mut facts = component.facts().clone();
                facts.likelihood = facts.likelihood.map(|_| Known::exactly(5));
                Component { facts: Some(Rc::new(facts)), ..component.clone() }
            })
        }),
        Body::on_estates("new order after new weights", |document| {
            let mut settings = Settings::clone(&document.settings);
            settings.risk = RiskSettings { weights: [0.2, 0.35, 0.2, 0.15, 0.1], ..settings.risk };
            let mut patch = Patch::default();
            patch.settings(document, settings);
            patched(document, patch)
        }),
        Body::on_estates("new order after a new link", |document| {
            let from = document.components.keys().next().copied().unwrap_or(Id::numbered('c', 1));
            let mut patch = Patch::default();
            patch.links(document, Id::numbered('x', 1), Some(Link::need(from, hub(document))));
            patched(document, patch)
        }),
        Body::on_estates("what stops", |document| {
            let (analysis, hub) = (analyse(document, None), hub(document));
            Box::new(move || _ = black_box(analysis.blast_radius(hub, Direction::WhatStops)))
        }),
        Body::on_estates("chance that the hub stops", |document| {
            let (document, hub) = (failing(document), hub(document));
            let analysis = analyse(&document, None);
            Box::new(move || _ = black_box(analysis.chance_of_stopping(&document, hub)))
        }),
        Body::on_estates("hours to harm and back", |document| {
            let (document, graph) = (document.clone(), Graph::new(document));
            Box::new(move || {
                let outages = Outages::new(&document, &graph);
                for id in graph.components() {
                    black_box(outages.of(&graph, *id));
                }
            })
        }),
        Body::on_estates("what systems share", |document| {
            let (document, analysis) = (document.clone(), analyse(document, None));
            Box::new(move || _ = black_box(analysis.shared_causes(&document)))
        }),
        Body::on_estates("single points of 100 services", |document| {
            let (document, analysis) = (Rc::new(document.clone()), analyse(document, None));
            Box::new(move || {
                let mut job = FindingsJob::new(&document, &analysis);
                while !job.step(usize::MAX).is_done() {}
                black_box(job.result());
            })
        })
        .up_to(5_000),
        Body::on_estates("100 years of failures", |document| {
            let document = failing(document);
            let analysis = analyse(&document, None);
            Box::new(move || {
                let mut simulation = Simulation::new(&document, &analysis, 100);
                simulation.step(100);
                black_box(simulation.result());
            })
        })
        .up_to(5_000),
        Body::new("1,000 years of losses of 20 risks", |_| {
            let losses: Vec<Loss> = Loss::pert(1_000.0, 20_000.0, 400_000.0).into_iter().collect();
            let costs = vec![RiskCost { rate: Some(Interval::new(0.1, 0.5, 2.0)), losses }; 20];
            Box::new(move || {
                let mut years = YearSimulation::new(&costs, 1_000, 1);
                years.step(1_000);
                black_box(years.result());
            })
        })
        .up_to(50),
        Body::on_estates("100 draws of weights", |document| {
            let analysis = analyse(document, None);
            Box::new(move || {
                let mut draws = FirmnessJob::new(&analysis.ranking, Drawn::Weights, 100);
                draws.step(100);
                black_box(draws.result());
            })
        }),
        Body::on_estates("explain a row", |document| {
            let (document, analysis, hub) = (document.clone(), analyse(document, None), hub(document));
            Box::new(move || _ = black_box(rank::explain(&document, &analysis, hub)))
        }),
    ]
}

#[allow(dead_code, reason = "tests/benches.rs brings its own")]
fn main() {
    common::run("analysis", &bodies());
}
