//! The store of the display list: items by key in paint order, found by place.
//!
//! Knows items and boxes; knows no document. An item that is set again with the same content keeps its pointer.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::geom::{Point, Rect, World};
use crate::model::AnyRecordId;
use crate::scene::chunked::Chunked;
use crate::scene::display::{Item, ItemKey, Layer, Shape};
use crate::scene::grid::Grid;
use crate::scene::solid::Solid;

/// Side of the cells for items, world pixels.
const CELL: f64 = 96.0;
/// Side of the cells for links, which pass many cells each, world pixels.
const LINE_CELL: f64 = 192.0;
/// What a link draws beside its line (band, arrowheads) stays within this distance of it, world pixels.
const LINK_REACH: f64 = 8.0;

/// Items by key and place.
#[derive(Debug, Clone)]
pub(crate) struct ItemStore {
    slots: Chunked<Option<Rc<Item>>>,
    /// Boxes of the items in the slots, so that most questions need not look at the items.
    bounds: Chunked<Rect<World>>,
    /// What of the items in the slots is in a name's way.
    solids: Chunked<Solid>,
    free: Vec<u32>,
    index: Rc<BTreeMap<(Layer, ItemKey), u32>>,
    /// Everything but links.
    areas: Grid,
    /// Links, by the cells their line passes.
    lines: Grid,
}

/// The line of a link.
pub(crate) fn segment_of(item: &Item) -> Option<(Point<World>, Point<World>)> {
    if !matches!(item.key, ItemKey::Record(AnyRecordId::Link(_))) {
        return None;
    }
    item.shapes.iter().find_map(|shape| match shape {
        Shape::Line { points, .. } => Some((*points.first()?, *points.last()?)),
        _ => None,
    })
}

impl ItemStore {
    /// An empty store for items that lie mostly within `area`.
    pub(crate) fn new(area: Rect<World>) -> Self {
        Self {
            slots: Chunked::new(0, None),
            bounds: Chunked::new(0, Rect { min: Point::ORIGIN, max: Point::ORIGIN }),
            solids: Chunked::new(0, Solid::None),
            free: Vec::new(),
            index: Rc::default(),
            areas: Grid::new(area, CELL),
            lines: Grid::new(area, LINE_CELL),
        }
    }

    /// Puts an item in the place of the one with its key. `reused` is taken instead when it is equal,
    /// so that its pointer is kept. Returns whether anything has changed.
    pub(crate) fn set(&mut self, item: Item, reused: Option<&Rc<Item>>) -> bool {
        let place = (item.layer, item.key);
        let slot = self.index.get(&place).copied();
        if let Some(there) = slot.and_then(|slot| self.at(slot)) {
            if **there == item {
                return false;
            }
        }
        let item = match reused {
            Some(old) if **old == item => Rc::clone(old),
            _ => Rc::new(item),
        };
        let slot = match slot {
            Some(slot) => {
                self.lift(slot);
                slot
            }
            None => {
                let slot = self.free.pop().unwrap_or_else(|| {
                    self.bounds.push(item.bounds);
                    self.solids.push(Solid::None);
                    u32::try_from(self.slots.push(None)).unwrap_or(u32::MAX)
                });
                Rc::make_mut(&mut self.index).insert(place, slot);
                slot
            }
        };
        match segment_of(&item) {
            Some((a, b)) => self.lines.insert_segment(slot, a, b),
            None => self.areas.insert(slot, &item.bounds),
        }
        if let Some(bounds) = self.bounds.get_mut(slot as usize) {
            *bounds = item.bounds;
        }
        if let Some(solid) = self.solids.get_mut(slot as usize) {
            *solid = Solid::of(&item);
        }
        if let Some(there) = self.slots.get_mut(slot as usize) {
            *there = Some(item);
        }
        true
    }

    /// Takes the item out of the grids.
    fn lift(&mut self, slot: u32) {
        let Some(Some(item)) = self.slots.get(slot as usize) else { return };
        match segment_of(item) {
            Some((a, b)) => self.lines.remove_segment(slot, a, b),
            None => self.areas.remove(slot, &item.bounds),
        }
    }

    /// Takes an item out; nothing happens when it is not there. Returns whether it was.
    pub(crate) fn remove(&mut self, key: ItemKey) -> bool {
        let place = (key.layer(), key);
        // Looked up first so that a shared index is not copied for nothing.
        let Some(slot) = self.index.get(&place).copied() else { return false };
        Rc::make_mut(&mut self.index).remove(&place);
        self.lift(slot);
        if let Some(there) = self.slots.get_mut(slot as usize) {
            *there = None;
        }
        if let Some(solid) = self.solids.get_mut(slot as usize) {
            *solid = Solid::None;
        }
        self.free.push(slot);
        true
    }

    /// Sets the item or, when there is none, takes out the one with the key. Returns whether anything has changed.
    pub(crate) fn put(&mut self, key: ItemKey, item: Option<Item>, reused: Option<&Rc<Item>>) -> bool {
        match item {
            Some(item) => self.set(item, reused),
            None => self.remove(key),
        }
    }

    /// The item with the key.
    pub(crate) fn get(&self, key: ItemKey) -> Option<&Rc<Item>> {
        self.at(*self.index.get(&(key.layer(), key))?)
    }

    /// The item in a slot.
    pub(crate) fn at(&self, slot: u32) -> Option<&Rc<Item>> {
        self.slots.get(slot as usize)?.as_ref()
    }

    /// All items from back to front.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rc<Item>> {
        self.index.values().filter_map(|slot| self.at(*slot))
    }

    /// All items of a layer from back to front.
    pub(crate) fn layer(&self, layer: Layer) -> impl Iterator<Item = &Rc<Item>> {
        let from = (layer, ItemKey::Frame);
        let to = (layer, ItemKey::Legend);
        self.index.range(from..=to).filter_map(|(_, slot)| self.at(*slot))
    }

    /// The slot of the item with the key.
    pub(crate) fn slot_of(&self, key: ItemKey) -> Option<u32> {
        self.index.get(&(key.layer(), key)).copied()
    }

    /// Visits what may be in a name's way in `area`: slot and what it is, each once.
    pub(crate) fn each_solid(&self, area: &Rect<World>, mut visit: impl FnMut(u32, &Solid)) {
        self.areas.each_near_with_cell(area, |slot, cell| {
            let Some(solid) = self.solids.get(slot as usize).filter(|solid| !matches!(solid, Solid::None)) else {
                return;
            };
            let Some(bounds) = self.bounds.get(slot as usize) else { return };
            // A box lies in several cells: it counts in the first of those that it shares with the area.
            if bounds.overlaps(area) && self.areas.first_shared(area, bounds) == cell {
                visit(slot, solid);
            }
        });
    }

    /// Whether anything that is in a name's way makes `is_it` say so, of what lies in the cells around `area`.
    pub(crate) fn any_solid(&self, area: &Rect<World>, mut is_it: impl FnMut(u32, &Solid) -> bool) -> bool {
        let found = self.areas.find_near(area, |slot| match self.solids.get(slot as usize) {
            None | Some(Solid::None) => false,
            Some(solid) => is_it(slot, solid),
        });
        found.is_some()
    }

    /// The slots of items other than links whose box overlaps `area`, sorted, each once.
    fn overlapping(&self, area: &Rect<World>) -> Vec<u32> {
        let mut found = Vec::new();
        self.areas.each_near_with_cell(area, |slot, cell| {
            let Some(bounds) = self.bounds.get(slot as usize) else { return };
            if bounds.overlaps(area) && self.areas.first_shared(area, bounds) == cell {
                found.push(slot);
            }
        });
        found.sort_unstable();
        found
    }

    /// Visits items other than links whose box overlaps `area`.
    pub(crate) fn each_overlapping(&self, area: &Rect<World>, mut visit: impl FnMut(&Rc<Item>)) {
        self.overlapping(area).into_iter().filter_map(|slot| self.at(slot)).for_each(&mut visit);
    }

    /// Visits links near `area`; some come several times.
    pub(crate) fn each_line_near(&self, area: &Rect<World>, mut visit: impl FnMut(&Rc<Item>)) {
        let area = &area.inflate(LINK_REACH);
        self.lines.each_near(area, |slot| {
            if self.bounds.get(slot as usize).is_some_and(|bounds| bounds.overlaps(area)) {
                self.at(slot).into_iter().for_each(&mut visit);
            }
        });
    }

    /// All items that may show in `area`, from back to front.
    pub(crate) fn within(&self, area: &Rect<World>) -> Vec<&Rc<Item>> {
        let area = &area.inflate(LINK_REACH);
        let mut slots = Vec::new();
        self.areas.each_near(area, |slot| slots.push(slot));
        self.lines.each_near(area, |slot| slots.push(slot));
        slots.sort_unstable();
        slots.dedup();
        slots.retain(|slot| self.bounds.get(*slot as usize).is_some_and(|bounds| bounds.overlaps(area)));
        let mut found: Vec<&Rc<Item>> = slots.into_iter().filter_map(|slot| self.at(slot)).collect();
        found.sort_unstable_by_key(|item| (item.layer, item.key));
        found
    }
}
