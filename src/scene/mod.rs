//! How a document looks: the display list and everything that leads to it.
//!
//! Knows the document and what the analysis says about it ([`SceneFacts`]); knows no canvas, no SVG and no browser.
//! Text widths come in through a trait. The same arguments give the same scene on every machine.
//!
//! A [`Scene`] is made whole by [`Scene::build`] and brought up to date by [`Scene::update`]: only what an edit
//! concerns is made anew, all other items keep their pointers. Both give the same items; only places of labels may
//! differ, because an update leaves a label where it is as long as nothing new covers it ([`Scene::tidy`] forgets
//! that and places all anew).

mod afar;
mod build;
mod chunked;
pub mod dependency;
pub mod detail;
pub mod display;
mod facts;
mod grid;
mod hit;
mod items;
mod label;
pub mod measure;
pub mod metrics;
mod node;
mod solid;
pub mod style;
mod update;
pub mod wrap;

pub use facts::{Difference, DifferenceSign, RiskMark, SceneFacts, SizeMark, SuggestedPlace, ViewOptions};
pub use hit::{Heading, Hit, HitPart};
pub use label::{label_overlaps, LabelOverlaps};
pub use node::Node;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::geom::{MapFrame, Point, Rect, Vector, World};
use crate::model::{ComponentId, LinkId, Settings};
use crate::scene::detail::Details;
use crate::scene::display::{Item, ItemKey, Shape, TextAnchor};
use crate::scene::items::ItemStore;
use crate::scene::label::Spot;
use crate::scene::metrics::*;
use crate::scene::node::Families;

/// How the document's components are linked, drawn or not. Shared by copies of a scene: most edits leave it.
#[derive(Debug, Clone, Default)]
struct Web {
    /// Links at each component.
    links_at: BTreeMap<ComponentId, Rc<[LinkId]>>,
    /// Ends of each link.
    ends: BTreeMap<LinkId, (ComponentId, ComponentId)>,
}

/// A map as it is drawn.
#[derive(Debug, Clone)]
pub struct Scene {
    frame: MapFrame,
    settings: Rc<Settings>,
    options: ViewOptions,
    facts: Rc<SceneFacts>,
    families: Families,
    nodes: BTreeMap<ComponentId, Rc<Node>>,
    web: Rc<Web>,
    items: ItemStore,
    /// Where names stand.
    spots: BTreeMap<ItemKey, Spot>,
    /// Keys of items that were changed since the last time names were placed.
    changed: Vec<ItemKey>,
    /// What is shown at small zooms, made when first asked for.
    details: Details,
    /// Boxes and routed links instead of a map.
    diagram: Option<Rc<dependency::Diagram>>,
    /// Items of the scene this one is built after, whose pointers are kept where nothing changed.
    earlier: Option<ItemStore>,
}

impl Scene {
    /// The plane of the map.
    pub fn frame(&self) -> MapFrame {
        self.frame
    }

    /// The part of the world that the plane and its margins take: title, axis words and stage names lie inside.
    pub fn page(&self) -> Rect<World> {
        if let Some(diagram) = &self.diagram {
            return diagram.page;
        }
        let size = self.frame.size();
        Rect {
            min: Point::new(-MARGIN_LEFT, -MARGIN_TOP),
            max: Point::new(size.width + MARGIN_RIGHT, size.height + MARGIN_BOTTOM),
        }
    }

    /// The part of the world that holds everything drawn: the page and whatever reaches out of it.
    pub fn extent(&self) -> Rect<World> {
        self.items.iter().fold(self.page(), |all, item| all.union(&item.bounds))
    }

    /// All items from back to front.
    pub fn items(&self) -> impl Iterator<Item = &Rc<Item>> {
        self.items.iter()
    }

    /// All items from back to front as they are painted at full size.
    pub fn painted(&self) -> Vec<Rc<Item>> {
        detail::raised(self.items.iter().cloned().collect())
    }

    /// The item with the key.
    pub fn item(&self, key: ItemKey) -> Option<&Rc<Item>> {
        self.items.get(key)
    }

    /// Items that may show in `area`, from back to front.
    pub fn within(&self, area: &Rect<World>) -> Vec<&Rc<Item>> {
        self.items.within(area)
    }

    /// All drawn components, by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values().map(|node| &**node)
    }

    /// A drawn component.
    pub fn node(&self, id: ComponentId) -> Option<&Node> {
        self.nodes.get(&id).map(|node| &**node)
    }

    /// Links of the document at a component.
    pub fn links_of(&self, id: ComponentId) -> &[LinkId] {
        self.web.links_at.get(&id).map_or(&[], |links| links)
    }

    /// The two ends of a link.
    pub fn ends_of(&self, id: LinkId) -> Option<(ComponentId, ComponentId)> {
        self.web.ends.get(&id).copied()
    }

    /// Where the name of a component stands, as an author would write it: from the centre of the symbol to the start
    /// of the first line's baseline (to its middle for names of several lines by their author).
    pub fn label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        self.offset_of(ItemKey::Label(id), self.nodes.get(&id)?.center)
    }

    /// The same for the name at the place where it is going, from that place.
    pub fn evolved_label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        self.offset_of(ItemKey::EvolveLabel(id), self.nodes.get(&id)?.evolved?)
    }

    fn offset_of(&self, label: ItemKey, center: Point<World>) -> Option<Vector<World>> {
        let label = self.items.get(label)?;
        let texts = label.shapes.iter().filter_map(Shape::text);
        let first = texts.clone().next()?;
        let left = texts.map(|text| text.bounds().min.x).fold(f64::INFINITY, f64::min);
        let x = if first.anchor == TextAnchor::Middle { first.at.x } else { left };
        Some(Point::new(x, first.at.y) - center)
    }

    /// Names that stand elsewhere than their author put them because that place is taken: the component, whether it
    /// is the name at the evolved place, and whether the place found covers nothing. By component.
    pub fn displaced_labels(&self) -> impl Iterator<Item = (ComponentId, bool, bool)> + '_ {
        let displaced = self.spots.iter().filter(|(_, spot)| spot.displaced);
        displaced.filter_map(|(key, spot)| match key {
            ItemKey::Label(id) => Some((*id, false, spot.clear)),
            ItemKey::EvolveLabel(id) => Some((*id, true, spot.clear)),
            _ => None,
        })
    }

    /// What the scene was made with.
    pub fn options(&self) -> &ViewOptions {
        &self.options
    }

    fn put(&mut self, key: ItemKey, item: Option<Item>) {
        let reused = self.earlier.as_ref().and_then(|earlier| earlier.get(key));
        if self.items.put(key, item, reused) {
            self.changed.push(key);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
