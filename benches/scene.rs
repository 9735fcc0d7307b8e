//! Drawing without a browser: the scene whole and after an edit, hits, what is visible at which zoom, names, SVG.
//! The same made-up estates as in the other benches, with risk marks.

mod common;

use std::hint::black_box;
use std::rc::Rc;

use portolan::geom::{Point, Rect, World};
use portolan::id::Id;
use portolan::model::{sample, Component, ComponentId, Document, Link, MapStyle, Patch};
use portolan::render::svg::{svg, SvgOptions};
use portolan::scene::measure::ArialMeasure;
use portolan::scene::style::{Look, Theme};
use portolan::scene::{label_overlaps, Heading, RiskMark, Scene, SceneFacts, ViewOptions};

use common::Body;

const OPTIONS: ViewOptions = ViewOptions { risk: true, legend: false, legend_of_marks: false, show_hidden: false };

fn middle(n: usize) -> ComponentId {
    Id::numbered('c', n as u64 / 2 + 1)
}

fn marks(document: &Document) -> Rc<SceneFacts> {
    let marks = document.components.keys().enumerate().map(|(i, id)| RiskMark {
        component: *id,
        step: (i % 5) as u8 + 1,
        rank: Some(i as u32 + 1),
        unsure: i % 3 == 0,
        group: None,
    });
    Rc::new(SceneFacts::new(Vec::new(), marks.collect()))
}

fn scene_of(document: &Document, facts: &Rc<SceneFacts>) -> Scene {
    Scene::build(document, facts, &OPTIONS, &ArialMeasure, None)
}

fn made(n: usize) -> Scene {
    let document = sample::synthetic(n, 1);
    scene_of(&document, &marks(&document))
}

/// Applies a change over and over, forth and back. With `held` somebody else holds the scene meanwhile, so that
/// each edit works on a copy.
fn edited(n: usize, held: bool, change: impl Fn(&Document) -> Patch) -> Box<dyn FnMut()> {
    let mut document = sample::synthetic(n, 1);
    let facts = marks(&document);
    let mut scene = Rc::new(scene_of(&document, &facts));
    let mut patch = change(&document);
    Box::new(move || {
        let other = held.then(|| Rc::clone(&scene));
        document.apply(&patch);
        Rc::make_mut(&mut scene).update(&document, &facts, &OPTIONS, &ArialMeasure, &patch.touched());
        patch = patch.inverse();
        drop(other);
    })
}

fn nudge(document: &Document) -> Patch {
    let mut patch = Patch::default();
    let id = middle(document.components.len());
    let moved = document.components.get(&id).and_then(|component| {
        let place = component.place()?;
        Some(Component::clone(component).at(Point::new(place.x + 0.004, place.y + 0.004)))
    });
    patch.components(document, id, moved);
    patch
}

fn one_link_more(document: &Document) -> Patch {
    let mut patch = Patch::default();
    let link = Link::need(Id::numbered('c', 2), middle(document.components.len()));
    patch.links(document, Id::numbered('x', 1), Some(link));
    patch
}

/// The zoom at which the whole map fits a usual window.
fn fitting(page: &Rect<World>) -> f64 {
    (1366.0 / page.width()).min(768.0 / page.height())
}

/// All benches of this file.
pub(crate) fn bodies() -> Vec<Body> {
    vec![
        Body::new("build", |n| {
            let document = sample::synthetic(n, 1);
            let facts = marks(&document);
            Box::new(move || _ = black_box(scene_of(&document, &facts)))
        }),
        Body::new("build over an earlier one", |n| {
            let document = sample::synthetic(n, 1);
            let facts = marks(&document);
            let mut scene = scene_of(&document, &facts);
            Box::new(move || scene = Scene::build(&document, &facts, &OPTIONS, &ArialMeasure, Some(&scene)))
        }),
        Body::new("update after a move", |n| edited(n, false, nudge)),
        Body::new("update after a move, scene held elsewhere", |n| edited(n, true, nudge)),
        Body::new("update after a new link", |n| edited(n, false, one_link_more)),
        Body::new("hit", |n| {
            let scene = made(n);
            let center = scene.frame().rect().center();
            Box::new(move || _ = black_box(scene.hit(black_box(center), 14.0, 1.0)))
        }),
        Body::new("walk", |n| {
            let scene = made(n);
            let here = scene.node(middle(n)).map_or(Point::new(0.0, 0.0), |node| node.center);
            Box::new(move || _ = black_box(scene.walk(here, Heading::Down)))
        }),
        Body::new("visible, all in view", |n| {
            let scene = made(n);
            let page = scene.page();
            Box::new(move || _ = black_box(scene.visible(&page, fitting(&page), &|_| false)))
        }),
        Body::new("visible, all in view, after a move", |n| {
            let document = sample::synthetic(n, 1);
            let facts = marks(&document);
            let mut scene = scene_of(&document, &facts);
            let page = scene.page();
            let touched = nudge(&document).touched();
            Box::new(move || {
                scene.update(&document, &facts, &OPTIONS, &ArialMeasure, &touched);
                black_box(scene.visible(&page, fitting(&page), &|_| false));
            })
        }),
        Body::new("visible, at work", |n| {
            let scene = made(n);
            let area = Rect::around(scene.frame().rect().center(), 600.0);
            Box::new(move || _ = black_box(scene.visible(&area, 1.0, &|_| false)))
        }),
        Body::new("label overlaps", |n| {
            let scene = made(n);
            Box::new(move || _ = black_box(label_overlaps(&scene)))
        }),
        Body::new("svg", |n| {
            let scene = made(n);
            let theme = Theme::by(&MapStyle::Plain, Look::Light);
            Box::new(move || _ = black_box(svg(&scene, &theme, &SvgOptions::default())))
        }),
    ]
}

/// Sizes of maps, in components: a workshop's, a hospital's, and what must still be usable.
const SIZES: [usize; 4] = [100, 500, 2_000, 5_000];

fn main() {
    common::run_at("scene", &bodies(), &SIZES);
}
