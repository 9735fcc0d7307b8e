//! Analysis from scratch and after an edit, and the answers about one component.

mod common;

use std::hint::black_box;
use std::rc::Rc;

use portolan::analysis::dependency::{Direction, Simulation};
use portolan::analysis::rank::firmness::{Drawn, FirmnessJob};
use portolan::analysis::{analyse, rank, update};
use portolan::geom::Point;
use portolan::id::Id;
use portolan::known::Known;
use portolan::model::{sample, Component, ComponentId, Document, Link, Patch, SystemFacts};

use common::Body;

fn middle(n: usize) -> ComponentId {
    Id::numbered('c', n as u64 / 2 + 1)
}

/// A document in which nobody has decided a place, as from a spreadsheet.
fn undecided(n: usize) -> Document {
    let mut document = sample::synthetic(n, 1);
    for component in document.components.values_mut() {
        let component = Rc::make_mut(component);
        (component.evolution, component.visibility) = (None, None);
    }
    document
}

/// An estate in which everything fails about once in thirty years.
fn failing(n: usize) -> Document {
    let mut document = sample::synthetic(n, 1);
    for component in document.components.values_mut() {
        let facts = SystemFacts { fail_rate: Known::exactly(0.03), ..component.facts().clone() };
        Rc::make_mut(component).facts = Some(Rc::new(facts));
    }
    document
}

/// Applies an edit of the middle component over and over, forth and back.
fn edited(n: usize, edit: impl Fn(&Component) -> Component) -> Box<dyn FnMut()> {
    let mut document = sample::synthetic(n, 1);
    let mut analysis = analyse(&document, None);
    let mut patch = Patch::default();
    patch.components(&document, middle(n), document.components.get(&middle(n)).map(|c| edit(c)));
    Box::new(move || {
        document.apply(&patch);
        analysis = update(&analysis, &document, &patch.touched(), None);
        patch = patch.inverse();
    })
}

/// All benches of this file.
pub(crate) fn bodies() -> Vec<Body> {
    vec![
        Body::new("analyse", |n| {
            let document = sample::synthetic(n, 1);
            Box::new(move || _ = black_box(analyse(&document, None)))
        }),
        Body::new("analyse, no place decided", |n| {
            let document = undecided(n);
            Box::new(move || _ = black_box(analyse(&document, None)))
        }),
        Body::new("update after a move", |n| edited(n, |component| component.clone().at(Point::new(0.5, 0.5)))),
        Body::new("update after a new fact", |n| {
            edited(n, |component| {
                let mut facts = component.facts().clone();
                facts.likelihood = facts.likelihood.map(|_| Known::exactly(5));
                Component { facts: Some(Rc::new(facts)), ..component.clone() }
            })
        }),
        Body::new("update after a new link", |n| {
            let mut document = sample::synthetic(n, 1);
            let mut analysis = analyse(&document, None);
            let mut patch = Patch::default();
            patch.links(&document, Id::numbered('x', 1), Some(Link::need(Id::numbered('c', 2), middle(n))));
            Box::new(move || {
                document.apply(&patch);
                analysis = update(&analysis, &document, &patch.touched(), None);
                patch = patch.inverse();
            })
        }),
        Body::new("what stops", |n| {
            let document = sample::synthetic(n, 1);
            let analysis = analyse(&document, None);
            Box::new(move || _ = black_box(analysis.blast_radius(middle(n), Direction::WhatStops)))
        }),
        Body::new("what systems share", |n| {
            let document = sample::synthetic(n, 1);
            let analysis = analyse(&document, None);
            Box::new(move || _ = black_box(analysis.shared_causes(&document)))
        }),
        Body::new("100 years of failures", |n| {
            let document = failing(n);
            let analysis = analyse(&document, None);
            Box::new(move || {
                let mut simulation = Simulation::new(&document, &analysis, 100);
                simulation.step(100);
                black_box(simulation.result());
            })
        })
        .up_to(5_000),
        Body::new("100 draws of weights", |n| {
            let analysis = analyse(&sample::synthetic(n, 1), None);
            Box::new(move || {
                let mut draws = FirmnessJob::new(&analysis.ranking, Drawn::Weights, 100);
                draws.step(100);
                black_box(draws.result());
            })
        }),
        Body::new("explain a row", |n| {
            let document = sample::synthetic(n, 1);
            let analysis = analyse(&document, None);
            Box::new(move || _ = black_box(rank::explain(&document, &analysis, middle(n))))
        }),
    ]
}

fn main() {
    common::run("analysis", &bodies());
}
