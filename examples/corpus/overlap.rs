//! How many names overlap on a map as its author left it, to be held against the map as it is drawn here.

use std::rc::Rc;

use portolan::analysis::{analyse, Analysis};
use portolan::geom::{Rect, Vector, World};
use portolan::model::Document;
use portolan::scene::measure::{ArialMeasure, TextMeasure};
use portolan::scene::{Scene, SceneFacts, SuggestedPlace, ViewOptions};

fn places(analysis: &Analysis) -> Rc<SceneFacts> {
    let places = analysis.places().map(|(component, place)| SuggestedPlace { component, at: place.at });
    Rc::new(SceneFacts::new(places.collect(), Vec::new()))
}

/// The map as it is drawn here, without risk marks.
pub(crate) fn scene_of(document: &Document) -> Scene {
    let facts = places(&analyse(document, None));
    Scene::build(document, &facts, &ViewOptions::default(), &ArialMeasure, None)
}

/// Pairs of names, and of names and symbols, that overlap when every name stands in one line where its file says,
/// or at the language's usual place: from 5 px right of the centre, 10 px above it.
pub(crate) fn as_left_by_the_author(document: &Document, scene: &Scene) -> usize {
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
    let names: usize =
        boxes.iter().enumerate().map(|(i, a)| boxes.iter().skip(i + 1).filter(|b| hit(a, b)).count()).sum();
    let covered: usize = boxes.iter().map(|a| symbols.iter().filter(|b| hit(a, b)).count()).sum();
    names + covered
}
