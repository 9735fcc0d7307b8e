//! A map of usual size that is a little small on the screen: laid out anew with texts of readable size.
//!
//! Knows a scene and a zoom. Names keep their places where the larger text leaves them clear; the others move to
//! the next best place, and the few without one are left out.

use std::rc::Rc;

use crate::geom::{Rect, World};
use crate::model::AnyRecordId;
use crate::scene::build::notes::beside;
use crate::scene::detail::{enlarged, mark_at, readable};
use crate::scene::display::{Item, ItemKey, Layer};
use crate::scene::items::ItemStore;
use crate::scene::label::placed_larger;
use crate::scene::metrics::*;
use crate::scene::Scene;

/// Smallest number in a risk mark, screen pixels.
const LEAST_NUMBER: f64 = 9.0;
/// Font size of the numbers in risk marks.
const NUMBER: f64 = 10.0;

/// All items of the scene as they are painted at this zoom.
pub(super) fn make(scene: &Scene, zoom: f64) -> ItemStore {
    let mut larger = scene.clone();
    larger.details.clear();
    let grown = (LEAST_NUMBER / (NUMBER * zoom)).max(1.0);
    let plane = scene.frame.rect();
    let has_marks = scene.options.risk;
    let texts = [Layer::Ground, Layer::Areas, Layer::Boxes, Layer::Labels, Layer::Marks];
    let items: Vec<Rc<Item>> = texts.into_iter().flat_map(|layer| scene.items.layer(layer)).cloned().collect();
    let is_note = |item: &Rc<Item>| matches!(item.key, ItemKey::Record(AnyRecordId::Note(_)));
    for item in items.iter().filter(|item| !is_note(item)) {
        let changed = match item.key {
            ItemKey::Label(_) | ItemKey::EvolveLabel(_) => continue,
            ItemKey::Frame => Some(Rc::new(scene.frame_at(item, zoom))),
            ItemKey::RiskMark(id) => {
                let center = scene.nodes.get(&id).map_or(item.bounds.center(), |node| node.center);
                Some(Rc::new(enlarged(item, center, grown)))
            }
            _ if item.layer == Layer::Marks => mark_at(item, zoom, plane).or_else(|| other_mark(item, zoom, plane)),
            _ => Some(readable(item, zoom, plane)),
        };
        larger.put(item.key, changed.map(|item| Item::clone(&item)));
    }
    // Notes are larger now: beside what they would cover, if there is room.
    let mut placed = Vec::new();
    let size = (LEAST_TEXT / (NOTE_SIZE * zoom)).max(1.0);
    for item in items.iter().filter(|item| is_note(item)) {
        let note = Item::clone(&readable(item, zoom, plane));
        let note = beside(&larger, note, size, &mut placed);
        larger.put(item.key, Some(note));
    }
    let scale = LEAST_TEXT / (LABEL_SIZE * zoom);
    placed_larger(larger, scale, if has_marks { grown } else { 1.0 })
}

/// Accelerators stay where they are, their names in readable size.
fn other_mark(item: &Rc<Item>, zoom: f64, plane: Rect<World>) -> Option<Rc<Item>> {
    (!matches!(item.key, ItemKey::AnnotationBox | ItemKey::Legend)).then(|| readable(item, zoom, plane))
}
