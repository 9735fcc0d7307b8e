//! How long drawing takes without a browser: the scene whole and after one move, names, hits, what is visible, SVG.
//!
//! Same made-up estates as the other benches. Set `SCENE_SIZES=50,500` for a shorter run.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::rc::Rc;

use criterion::{BatchSize, BenchmarkId, Criterion};

use portolan::geom::{Point, Rect};
use portolan::id::Id;
use portolan::model::sample::synthetic;
use portolan::model::{Component, ComponentId, Document, MapStyle, Patch, Touched};
use portolan::render::svg::{svg, SvgOptions};
use portolan::scene::measure::ArialMeasure;
use portolan::scene::style::{Look, Theme};
use portolan::scene::{label_overlaps, RiskMark, Scene, SceneFacts, ViewOptions};

/// A component in the middle a hair to the side, and back again.
fn moves(document: &Document) -> [(Document, Touched); 2] {
    let id: ComponentId = Id::numbered('c', document.components.len() as u64 / 2);
    let Some(component) = document.components.get(&id) else {
        return [0, 1].map(|_| (document.clone(), Touched::default()));
    };
    let place = component.place().unwrap_or(Point::new(0.5, 0.5));
    [0.004, 0.0].map(|by| {
        let mut patch = Patch::default();
        patch.components(document, id, Some(Component::clone(component).at(Point::new(place.x + by, place.y + by))));
        let mut after = document.clone();
        after.apply(&patch);
        let mut touched = patch.touched();
        touched.components.insert(id);
        (after, touched)
    })
}

fn marks(document: &Document) -> Rc<SceneFacts> {
    let marks = document.components.keys().enumerate().map(|(i, id)| RiskMark {
        component: *id,
        step: (i % 5) as u8 + 1,
        rank: Some(i as u32 + 1),
        unsure: i % 3 == 0,
    });
    Rc::new(SceneFacts::new(Vec::new(), marks.collect()))
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let sizes = std::env::var("SCENE_SIZES").unwrap_or("50,500,5000,20000".to_owned());
    let options = ViewOptions { risk: true, ..ViewOptions::default() };
    for n in sizes.split(',').filter_map(|n| n.trim().parse::<usize>().ok()) {
        let document = synthetic(n, 1);
        let facts = marks(&document);
        let build = |previous: Option<&Scene>| Scene::build(&document, &facts, &options, &ArialMeasure, previous);
        let scene = build(None);
        println!("{n} components: {:?}", label_overlaps(&scene));

        let mut group = criterion.benchmark_group("scene");
        group.bench_function(BenchmarkId::new("build", n), |b| b.iter_with_large_drop(|| build(None)));
        let [there, back] = moves(&document);
        group.bench_function(BenchmarkId::new("move one", n), |b| {
            let mut scene = scene.clone();
            let mut turn = false;
            b.iter(|| {
                turn = !turn;
                let (document, touched) = if turn { &there } else { &back };
                scene.update(document, &facts, &options, &ArialMeasure, touched);
            });
        });
        group.bench_function(BenchmarkId::new("copy", n), |b| b.iter_with_large_drop(|| scene.clone()));
        let center = scene.frame().rect().center();
        group.bench_function(BenchmarkId::new("hit", n), |b| b.iter(|| scene.hit(black_box(center), 14.0, 1.0)));
        let page = scene.page();
        let fit = (1366.0 / page.width()).min(768.0 / page.height());
        group.bench_function(BenchmarkId::new("visible fit", n), |b| {
            b.iter(|| scene.visible(&page, fit, &|_| false).len());
        });
        group.bench_function(BenchmarkId::new("visible fit after an edit", n), |b| {
            b.iter_batched_ref(
                || {
                    let mut fresh = scene.clone();
                    fresh.update(&there.0, &facts, &options, &ArialMeasure, &there.1);
                    fresh
                },
                |scene| scene.visible(&page, fit, &|_| false).len(),
                BatchSize::LargeInput,
            );
        });
        let work = Rect::around(center, 600.0);
        group.bench_function(BenchmarkId::new("visible work", n), |b| {
            b.iter(|| scene.visible(&work, 1.0, &|_| false).len());
        });
        group.bench_function(BenchmarkId::new("label overlaps", n), |b| b.iter(|| label_overlaps(&scene)));
        let theme = Theme::by(&MapStyle::Plain, Look::Light);
        group.bench_function(BenchmarkId::new("svg", n), |b| b.iter(|| svg(&scene, &theme, &SvgOptions::default())));
        group.finish();
    }
    criterion.final_summary();
}
