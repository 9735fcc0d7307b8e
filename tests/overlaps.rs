//! How well names are placed on real maps: pairs that overlap, with the author's places alone and as we draw them.
//! Skipped with a message when the environment variable `PORTOLAN_CORPUS` names no folder; pictures of the maps are
//! written to the folder `PORTOLAN_PICTURES` when that is set.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "a test")]

use std::path::Path;
use std::rc::Rc;

use portolan::analysis::{analyse, Analysis};
use portolan::format::{open, NamedBytes};
use portolan::geom::{Rect, Vector, World};
use portolan::model::Document;
use portolan::render::svg::{svg, SvgOptions};
use portolan::scene::measure::{ArialMeasure, TextMeasure};
use portolan::scene::style::{Look, Theme};
use portolan::scene::{label_overlaps, LabelOverlaps, Scene, SceneFacts, SuggestedPlace, ViewOptions};

fn places(analysis: &Analysis) -> Rc<SceneFacts> {
    let places = analysis.places().map(|(component, place)| SuggestedPlace { component, at: place.at });
    Rc::new(SceneFacts::new(places.collect(), Vec::new()))
}

fn scene_of(document: &Document) -> Scene {
    let facts = places(&analyse(document, None));
    Scene::build(document, &facts, &ViewOptions::default(), &ArialMeasure, None)
}

/// Pairs of names, and of names and symbols, that overlap when every name stands in one line where its file says,
/// or at the language's usual place: from 5 px right of the centre, 10 px above it.
fn as_left_by_the_author(document: &Document, scene: &Scene) -> usize {
    let boxes: Vec<Rect<World>> = scene
        .nodes()
        .filter_map(|node| {
            let component = document.components.get(&node.id)?;
            let lines: Vec<&str> = component.name.lines().collect();
            let width = lines.iter().map(|line| ArialMeasure.width(line, 14.0, false)).fold(0.0, f64::max);
            let offset = match (component.label_offset, component.is_anchor()) {
                (_, true) => Vector::new(-width / 2.0, -10.0),
                (Some(offset), _) => offset,
                (None, _) => Vector::new(5.0, -10.0),
            };
            let at = node.center + offset;
            let bottom = 3.0 + 15.0 * lines.len().saturating_sub(1) as f64;
            Some(Rect::from_corners(at + Vector::new(0.0, -10.5), at + Vector::new(width, bottom)))
        })
        .collect();
    let symbols: Vec<Rect<World>> = scene.nodes().map(|node| Rect::around(node.center, 5.0)).collect();
    let hit = |a: &Rect<World>, b: &Rect<World>| a.inflate(-0.5).overlaps(&b.inflate(-0.5));
    let pairs = |i: usize| boxes.iter().skip(i + 1).filter(|b| hit(&boxes[i], b)).count();
    let names: usize = (0..boxes.len()).map(pairs).sum();
    let covered: usize = boxes.iter().map(|a| symbols.iter().filter(|b| hit(a, b)).count()).sum();
    names + covered
}

#[test]
fn names_on_real_maps_overlap_far_less_than_their_authors_left_them() {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("skipped: PORTOLAN_CORPUS names no folder of real maps");
        return;
    };
    let pictures = std::env::var_os("PORTOLAN_PICTURES");
    let mut files: Vec<_> =
        std::fs::read_dir(Path::new(&root).join("owm")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut total, mut maps, mut before) = (LabelOverlaps::default(), 0, 0);
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "owm")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        let Ok(imported) = open(&[NamedBytes { name: &name, bytes: &bytes }]) else { continue };
        let scene = scene_of(&imported.document);
        let found = label_overlaps(&scene);
        before += as_left_by_the_author(&imported.document, &scene);
        maps += 1;
        total.labels += found.labels;
        total.label_label += found.label_label;
        total.label_node += found.label_node;
        total.label_box += found.label_box;
        if found.total() > 0 {
            println!("{name}: {found:?}");
        }
        if let Some(folder) = &pictures {
            let theme = Theme::by(&imported.document.settings.style, Look::Light);
            let text = svg(&scene, &theme, &SvgOptions::default());
            std::fs::write(Path::new(folder).join(format!("{name}.svg")), text).unwrap();
        }
    }
    let (names, after) = (total.labels, total.label_label + total.label_node);
    println!("{maps} maps, {names} names: {before} overlaps as left by the authors, {after} as drawn here, {} more with boxes", total.label_box);
    assert!(maps > 100 && after * 20 < before);
}
