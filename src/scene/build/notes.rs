//! Notes stand where their author put them, or a little beside it where they would cover a symbol or each other.
//!
//! Knows items and nodes; names give way to notes, not the other way round, so no name is looked at.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::AnyRecordId;
use crate::scene::build::Maker;
use crate::scene::display::{Item, ItemKey, Shape};
use crate::scene::label::{collide, words_of_frame};
use crate::scene::solid::each_box;
use crate::scene::Scene;

/// Steps to either side and up or down, world pixels.
const STEP: Vector<World> = Vector::new(9.0, 6.0);
/// Farthest from the author's place, steps.
const FARTHEST: i32 = 5;
/// Authors stack notes line by line: letters may come this near where nobody moved them, world pixels.
const STACKED: f64 = 4.0;

/// The ways to look, those that keep the note beside what it is about first.
const WAYS: [(f64, f64); 8] =
    [(0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0)];

impl Maker<'_> {
    /// Makes all notes and the box of the annotations anew. What they have to stay clear of has to be there already.
    pub(crate) fn remake_notes(&self, scene: &mut Scene) {
        let list = self.annotation_box(scene);
        scene.put(ItemKey::AnnotationBox, list);
        let mut placed = Vec::new();
        for (id, note) in &self.document.notes {
            let item = self.note_item(*id, note).map(|item| beside(scene, item, 1.0, &mut placed));
            scene.put(ItemKey::Record(AnyRecordId::Note(*id)), item);
        }
    }
}

/// The note where it covers nothing, nearest to where it is; else where it covers no other note; else where it is. `grown` is the size of
/// its letters over the usual one, `placed` are the notes before it.
pub(in crate::scene) fn beside(scene: &Scene, item: Item, grown: f64, placed: &mut Vec<Rect<World>>) -> Item {
    let reach = STEP * (f64::from(FARTHEST) * grown);
    let around = Rect::from_corners(item.bounds.min - reach, item.bounds.max + reach);
    let mut taken = words_of_frame(scene);
    scene.items.each_overlapping(&around, |other| match other.key {
        ItemKey::Record(AnyRecordId::Component(id)) => taken.extend(scene.nodes.get(&id).map(|node| node.body())),
        ItemKey::EvolveArrow(_) | ItemKey::Record(AnyRecordId::Annotation(_)) => {
            each_box(other, &mut |rect| taken.push(rect));
        }
        _ => {}
    });
    let moved = |by: Vector<World>| Rect::from_corners(item.bounds.min + by, item.bounds.max + by);
    let between_notes = |by: Vector<World>| {
        let there = moved(by);
        let near = if by == Vector::ZERO { STACKED } else { 1.0 };
        let lines = Rect::from_corners(
            Point::new(there.min.x, there.min.y + near),
            Point::new(there.max.x, there.max.y - near),
        );
        !placed.iter().any(|rect| collide(rect, &lines))
    };
    let is_free = |by: Vector<World>| !taken.iter().any(|rect| collide(rect, &moved(by))) && between_notes(by);
    let ways = |farthest: i32| {
        let rings = (1..=farthest).flat_map(|ring| WAYS.map(|way| (f64::from(ring) * grown, way)));
        let steps = rings.map(|(far, (x, y))| Vector::new(x * STEP.x * far, y * STEP.y * far));
        std::iter::once(Vector::ZERO).chain(steps)
    };
    // Two notes on each other can be read even less than one over a symbol.
    let by = ways(FARTHEST)
        .find(|by| is_free(*by))
        .or_else(|| ways(2 * FARTHEST).find(|by| between_notes(*by)))
        .unwrap_or(Vector::ZERO);
    let mut item = item;
    if by != Vector::ZERO {
        for shape in &mut item.shapes {
            if let Shape::Text(text) = shape {
                text.at = text.at + by;
            }
        }
        item = Item::new(item.key, item.shapes).important(item.importance);
    }
    placed.push(item.bounds);
    item
}
