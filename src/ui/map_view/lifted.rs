//! What moves during a drag: the items of the moved records, shifted, with links stretched to follow.
//!
//! They are painted on a canvas of their own above the map, so that a step of a drag draws a handful of shapes.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::state::Preview;
use crate::geom::{Point, Vector, World};
use crate::model::{AnyRecordId, LinkId};
use crate::scene::display::{Item, ItemKey, Shape};
use crate::scene::metrics::LEAST_TEXT;
use crate::scene::Scene;

/// What the drag takes off the large bitmap.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Lifted {
    records: Rc<BTreeSet<AnyRecordId>>,
    label: Option<ItemKey>,
}

impl Lifted {
    /// What this preview moves; nothing for previews that leave things in their place.
    pub(crate) fn of(preview: &Preview) -> Self {
        match preview {
            Preview::Move { records, copy: false, .. } => Self { records: Rc::clone(records), label: None },
            Preview::Label { item, .. } => Self { records: Rc::default(), label: Some(*item) },
            _ => Self::default(),
        }
    }

    /// Whether nothing is moved.
    pub(crate) fn is_nothing(&self) -> bool {
        self.records.is_empty() && self.label.is_none()
    }

    /// Whether the item is taken off the large bitmap.
    pub(crate) fn holds(&self, scene: &Scene, key: ItemKey) -> bool {
        if self.is_nothing() {
            return false;
        }
        let moves = |id| self.records.contains(&AnyRecordId::Component(id));
        let link_moves = |id: LinkId| scene.ends_of(id).is_some_and(|(from, to)| moves(from) || moves(to));
        if self.label == Some(key) {
            return true;
        }
        match key {
            ItemKey::Label(id) => moves(id),
            ItemKey::EvolveArrow(id) | ItemKey::EvolveLabel(id) | ItemKey::RiskMark(id) => moves(id),
            ItemKey::Record(AnyRecordId::Link(id)) | ItemKey::LinkText(id) => link_moves(id),
            ItemKey::Record(record) => self.records.contains(&record),
            ItemKey::Frame
            | ItemKey::Difference(_)
            | ItemKey::MovedFrom(_)
            | ItemKey::AnnotationBox
            | ItemKey::Legend => false,
        }
    }
}

/// The moved items of a preview at their new place, from back to front, with names that can be read at this zoom.
pub(crate) fn moved_items(scene: &Scene, preview: &Preview, zoom: f64) -> Vec<Item> {
    let mut items = Vec::new();
    match preview {
        Preview::Move { records, by, .. } => {
            let mut links = BTreeSet::new();
            for record in records.iter() {
                match record {
                    AnyRecordId::Component(id) => {
                        links.extend(scene.links_of(*id).iter().copied());
                        let keys = [
                            ItemKey::Record(*record),
                            ItemKey::Label(*id),
                            ItemKey::EvolveArrow(*id),
                            ItemKey::EvolveLabel(*id),
                            ItemKey::RiskMark(*id),
                        ];
                        items.extend(keys.into_iter().filter_map(|key| shifted(scene, key, *by)));
                    }
                    _ => items.extend(shifted(scene, ItemKey::Record(*record), *by)),
                }
            }
            items.extend(links.into_iter().filter_map(|link| stretched(scene, link, records, *by)));
        }
        Preview::Label { item, by } => items.extend(shifted(scene, *item, *by)),
        _ => {}
    }
    items.sort_unstable_by_key(|item| (item.layer, item.key));
    for shape in items.iter_mut().flat_map(|item| &mut item.shapes) {
        if let Shape::Text(text) = shape {
            text.size = text.size.max(LEAST_TEXT / zoom);
        }
    }
    items
}

fn shifted(scene: &Scene, key: ItemKey, by: Vector<World>) -> Option<Item> {
    let mut item = Item::clone(scene.item(key)?);
    for shape in &mut item.shapes {
        shape.translate(by);
    }
    Some(item)
}

/// A link whose moved ends follow. Arrowheads and texts come back with the commit.
fn stretched(scene: &Scene, link: LinkId, moved: &BTreeSet<AnyRecordId>, by: Vector<World>) -> Option<Item> {
    let (from, to) = scene.ends_of(link)?;
    let moves = |id| moved.contains(&AnyRecordId::Component(id));
    let mut item = Item::clone(scene.item(ItemKey::Record(AnyRecordId::Link(link)))?);
    item.shapes.retain(|shape| matches!(shape, Shape::Line { .. }));
    for shape in &mut item.shapes {
        let Shape::Line { points, .. } = shape else { continue };
        let shift = |point: Option<&mut Point<World>>, moves: bool| {
            if let (Some(point), true) = (point, moves) {
                *point = *point + by;
            }
        };
        shift(points.first_mut(), moves(from));
        shift(points.last_mut(), moves(to));
    }
    Some(item)
}
