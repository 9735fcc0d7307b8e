//! Level of detail: what is worth painting when so much of the map is shown at such a zoom.
//!
//! Knows the display list, a rectangle of the world and a zoom; knows no canvas. What comes out is a display list
//! again, from back to front, so a painter need not know about levels.
//!
//! * At [`FULL_ZOOM`] and above everything is painted as it was laid out.
//! * A little below, maps of usual size are laid out anew with larger texts (`fitted`), so that what fits a laptop's
//!   screen looks like the map at full zoom.
//! * Otherwise texts keep [`LEAST_TEXT`](crate::scene::metrics::LEAST_TEXT) pixels on the screen and names are
//!   chosen by importance and room, once for each of a few levels (`levels`).
//! * Below [`DOT_ZOOM`] components become dots, and of very many links only the most important are drawn.

mod fitted;
mod levels;
mod room;

use std::cell::RefCell;
use std::rc::Rc;

use crate::geom::{Point, Rect, World};
use crate::model::AnyRecordId;
use crate::order;
use crate::scene::detail::levels::{level_of, Level, LEVELS};
use crate::scene::display::{Item, ItemKey, Layer, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::items::ItemStore;
use crate::scene::label::text_box;
use crate::scene::metrics::*;
use crate::scene::node::Node;
use crate::scene::Scene;

/// From this zoom on names are readable at the size they were laid out with.
pub const FULL_ZOOM: f64 = LEAST_TEXT / LABEL_SIZE;
/// Below this zoom symbols are too small to tell apart and become dots.
pub const DOT_ZOOM: f64 = 0.5;

/// Smallest radius of a dot, screen pixels.
const DOT: f64 = 1.7;
/// What each step of the risk ramp adds to a dot's radius from step 3 on, screen pixels.
const DOT_RISK: f64 = 0.7;
/// From a dot to the ring around it, when the risk is not known to be low, screen pixels.
const RING: f64 = 2.2;
/// Maps with more components are never laid out anew; it would take longer than a picture may.
const MOST_FITTED: usize = 600;
/// Below this zoom the box of annotations would hide too much of the map at a readable size.
const BOXES_FROM: f64 = 0.6;
/// Texts in marks are left out below this size, screen pixels.
const LEAST_MARK_TEXT: f64 = 8.0;

/// What has been made for small zooms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Details {
    levels: RefCell<[Option<Rc<Level>>; LEVELS]>,
    /// The last layout and its zoom.
    fitted: RefCell<Option<(f64, Rc<ItemStore>)>>,
}

impl Details {
    fn fitted(&self, scene: &Scene, zoom: f64) -> Rc<ItemStore> {
        if let Some((_, items)) = self.fitted.borrow().as_ref().filter(|(made_for, _)| *made_for == zoom) {
            return Rc::clone(items);
        }
        let items = Rc::new(fitted::make(scene, zoom));
        *self.fitted.borrow_mut() = Some((zoom, Rc::clone(&items)));
        items
    }

    fn level(&self, scene: &Scene, zoom: f64) -> Rc<Level> {
        let number = level_of(zoom);
        if let Some(Some(level)) = self.levels.borrow().get(number) {
            return Rc::clone(level);
        }
        let level = Rc::new(levels::make(scene, number));
        if let Some(place) = self.levels.borrow_mut().get_mut(number) {
            *place = Some(Rc::clone(&level));
        }
        level
    }

    /// Forgets everything, because the items have changed.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Radius in the world of a dot for a step of the risk ramp (3 and less are the same as none) at this zoom.
pub(crate) fn dot_radius(zoom: f64, step: u8) -> f64 {
    let more = DOT_RISK * f64::from(step.saturating_sub(2).min(3));
    (DOT.max(NODE_RADIUS * zoom * 1.1) + more) / zoom
}

/// Visits names that are shown in `area` at a zoom below [`FULL_ZOOM`].
pub(crate) fn each_label(scene: &Scene, area: &Rect<World>, zoom: f64, mut visit: impl FnMut(ItemKey, Rect<World>)) {
    if scene.is_fitted(zoom) {
        scene.details.fitted(scene, zoom).each_overlapping(area, |item| {
            if item.layer == Layer::Labels {
                text_box(item).into_iter().for_each(|rect| visit(item.key, rect));
            }
        });
        return;
    }
    for label in &scene.details.level(scene, zoom).labels {
        let bounds = label.bounds(zoom);
        if bounds.overlaps(area) {
            visit(label.key, bounds);
        }
    }
}

impl Scene {
    /// What to paint for the part `area` of the world at this zoom, from back to front, without the items that
    /// `hides` names (those of a component being dragged, say).
    pub fn visible(&self, area: &Rect<World>, zoom: f64, hides: &dyn Fn(ItemKey) -> bool) -> Vec<Rc<Item>> {
        let zoom = if zoom.is_finite() { zoom.max(1e-3) } else { 1.0 };
        let plane = self.frame.rect();
        if self.is_diagram() {
            return self.visible_diagram(area, zoom, hides);
        }
        if zoom >= FULL_ZOOM {
            let items = self.within(area).into_iter().filter(|item| !hides(item.key));
            return raised(items.map(|item| readable(item, zoom, plane)).collect());
        }
        if self.is_fitted(zoom) {
            let items = self.details.fitted(self, zoom);
            return raised(items.within(area).into_iter().filter(|item| !hides(item.key)).cloned().collect());
        }
        let level = self.details.level(self, zoom);
        let mut painted = Vec::new();
        let dots = zoom < DOT_ZOOM;
        let shows = |item: &&Rc<Item>| item.bounds.overlaps(area) && !hides(item.key);
        let near = if dots { Vec::new() } else { self.within(area) };
        let of_layer = |layer: Layer| -> Vec<&Rc<Item>> {
            if dots {
                self.items.layer(layer).filter(shows).collect()
            } else {
                near.iter().copied().filter(|item| item.layer == layer && !hides(item.key)).collect()
            }
        };
        painted.extend(self.items.get(ItemKey::Frame).map(|frame| Rc::new(self.frame_at(frame, zoom))));
        painted.extend(of_layer(Layer::Areas).into_iter().map(without_text));
        match &level.links {
            Some(links) => painted.extend(links.iter().filter(shows).cloned()),
            None => painted.extend(of_layer(Layer::Links).into_iter().cloned()),
        }
        painted.extend(of_layer(Layer::Boxes).into_iter().map(without_text));
        if dots {
            painted.push(Rc::new(self.dots(area, zoom, hides)));
        } else {
            painted.extend(of_layer(Layer::Nodes).into_iter().cloned());
        }
        let mut texts = Vec::new();
        for label in &level.labels {
            if !hides(label.key) && label.bounds(zoom).overlaps(area) {
                texts.extend(label.shapes(zoom));
            }
        }
        painted.push(Rc::new(merged(Layer::Labels, texts)));
        painted.extend(of_layer(Layer::Marks).into_iter().filter_map(|item| mark_at(item, zoom, plane)));
        painted
    }

    /// Whether the map is laid out anew at this zoom.
    fn is_fitted(&self, zoom: f64) -> bool {
        (DOT_ZOOM..FULL_ZOOM).contains(&zoom) && self.nodes.len() <= MOST_FITTED
    }

    /// All components in the area as dots: grey for low risk or none, coloured and larger for high. What is not known to
    /// be below red has a ring around it, as its mark has.
    fn dots(&self, area: &Rect<World>, zoom: f64, hides: &dyn Fn(ItemKey) -> bool) -> Item {
        let mut shown: Vec<&Node> = self
            .nodes
            .values()
            .map(|node| &**node)
            .filter(|node| area.contains(node.center) && !hides(ItemKey::Record(AnyRecordId::Component(node.id))))
            .collect();
        // The gravest last, so that they lie on top.
        let step = |node: &Node| node.mark.map_or(0, |mark| mark.step);
        order::sort_by_key(&mut shown, |node| step(node));
        let mut shapes = Vec::with_capacity(shown.len());
        for node in shown {
            let step = step(node);
            let group = node.mark.and_then(|mark| mark.group);
            let radius = dot_radius(zoom, step);
            let (fill, stroke) = match step {
                _ if group.is_some() => (Role::Area(group.map_or(0, |n| n.saturating_sub(1))), None),
                3.. => (Role::Risk(step), Some(Stroke::solid(Role::Ink, 0.8 / zoom))),
                _ if node.undecided || step > 0 => (Role::Unknown, None),
                _ => (Role::ComponentStroke, None),
            };
            shapes.push(Shape::Circle { center: node.center, radius, fill: Some(fill), stroke });
            if node.mark.is_some_and(|mark| mark.unsure) {
                let stroke = Some(Stroke::solid(Role::Ink, 0.8 / zoom));
                shapes.push(Shape::Circle { center: node.center, radius: radius + RING / zoom, fill: None, stroke });
            }
            if let Some(center) = node.evolved {
                let radius = dot_radius(zoom, 0);
                shapes.push(Shape::Circle { center, radius, fill: Some(Role::Evolve), stroke: None });
            }
        }
        merged(Layer::Nodes, shapes)
    }

    /// Axes and title with texts of readable size: what stands beyond the plane's edges moves out with its size.
    fn frame_at(&self, frame: &Item, zoom: f64) -> Item {
        let grow = (LEAST_TEXT / (AXIS_SIZE * zoom)).max(1.0);
        let size = self.frame.size();
        let evolution = &self.settings.evolution;
        let out = |v: f64, edge: f64| {
            if v < 0.0 {
                v * grow
            } else if v > edge {
                edge + (v - edge) * grow
            } else {
                v
            }
        };
        let mut shapes = Vec::with_capacity(frame.shapes.len());
        for shape in &frame.shapes {
            let mut text = match shape {
                Shape::Text(text) => text.clone(),
                Shape::Line { points, stroke } => {
                    let stroke = Stroke { width: stroke.width * grow, ..*stroke };
                    shapes.push(Shape::Line { points: points.clone(), stroke });
                    continue;
                }
                Shape::Polygon { points, fill, stroke, fill_opacity } => {
                    // An arrowhead, about its tip.
                    let tip = points.first().copied().unwrap_or_default();
                    let points = points.iter().map(|p| tip + (*p - tip) * grow).collect();
                    shapes.push(Shape::Polygon { points, fill: *fill, stroke: *stroke, fill_opacity: *fill_opacity });
                    continue;
                }
                Shape::Box { .. } | Shape::Circle { .. } => {
                    shapes.push(shape.clone());
                    continue;
                }
            };
            text.at = Point::new(out(text.at.x, size.width), out(text.at.y, size.height));
            text.size *= grow;
            text.width *= grow;
            // A stage's name must end before the next stage, or before the name of the axis.
            if text.at.y > size.height && text.anchor == TextAnchor::Start {
                let ends = evolution.boundaries.iter().map(|boundary| boundary * size.width);
                let axis = size.width - 70.0 * grow;
                let end = ends.filter(|x| *x > text.at.x).fold(axis, f64::min);
                if text.at.x + text.width > end.max(text.at.x + 1.0) {
                    continue;
                }
            }
            shapes.push(Shape::Text(text));
        }
        Item::new(ItemKey::Frame, shapes).important(1.0)
    }
}

/// Shapes of many items as one.
fn merged(layer: Layer, shapes: Vec<Shape>) -> Item {
    Item { layer, ..Item::new(ItemKey::Frame, shapes) }
}

fn is_small(text: &TextShape, zoom: f64) -> bool {
    text.size * zoom < LEAST_TEXT - 1e-9
}

/// The item with texts that are a little too small at the readable size.
fn readable(item: &Rc<Item>, zoom: f64, plane: Rect<World>) -> Rc<Item> {
    let small = |shape: &Shape| matches!(shape, Shape::Text(text) if is_small(text, zoom));
    // The number in a risk mark fits its disc and is nearly readable here.
    if matches!(item.key, ItemKey::RiskMark(_)) || !item.shapes.iter().any(small) {
        return Rc::clone(item);
    }
    if matches!(item.key, ItemKey::AnnotationBox | ItemKey::Legend) {
        return Rc::new(enlarged_box(item, zoom, plane));
    }
    let mut item = Item::clone(item);
    for shape in &mut item.shapes {
        if let Shape::Text(text) = shape {
            let grow = (LEAST_TEXT / (text.size * zoom)).max(1.0);
            text.size *= grow;
            text.width *= grow;
        }
    }
    let (key, importance) = (item.key, item.importance);
    Rc::new(Item::new(key, item.shapes).important(importance))
}

/// A box with texts of readable size. One that lies within the plane stays there, off the words of the axes.
fn enlarged_box(item: &Item, zoom: f64, plane: Rect<World>) -> Item {
    let factor = LEAST_TEXT / (NOTE_SIZE * zoom);
    let bounds = item.bounds;
    let about = |low: f64, high: f64, edge: f64| {
        // Its border reaches a little over.
        if factor <= 1.0 || high > edge + 2.0 || low + (high - low) * factor <= edge {
            return low;
        }
        // The far edge comes to lie on the plane's.
        ((factor * high - edge) / (factor - 1.0)).clamp(low, high)
    };
    let x = about(bounds.min.x, bounds.max.x, plane.max.x);
    let y = about(bounds.min.y, bounds.max.y, plane.max.y);
    enlarged(item, Point::new(x, y), factor)
}

/// The item larger by a factor about a point.
fn enlarged(item: &Item, about: Point<World>, factor: f64) -> Item {
    let moved = |p: Point<World>| about + (p - about) * factor;
    let mut item = Item::clone(item);
    for shape in &mut item.shapes {
        match shape {
            Shape::Line { points, .. } | Shape::Polygon { points, .. } => {
                points.iter_mut().for_each(|p| *p = moved(*p));
            }
            Shape::Circle { center, radius, .. } => {
                *center = moved(*center);
                *radius *= factor;
            }
            Shape::Box { rect, .. } => *rect = Rect::from_corners(moved(rect.min), moved(rect.max)),
            Shape::Text(text) => {
                text.at = moved(text.at);
                text.size *= factor;
                text.width *= factor;
            }
        }
    }
    Item { importance: item.importance, ..Item::new(item.key, item.shapes) }
}

/// Items from back to front with the names of areas and attitudes above the links, which would strike them out.
pub(crate) fn raised(items: Vec<Rc<Item>>) -> Vec<Rc<Item>> {
    let has_text = |item: &Item| item.shapes.iter().any(|shape| matches!(shape, Shape::Text(_)));
    if !items.iter().any(|item| item.layer == Layer::Areas && has_text(item)) {
        return items;
    }
    let mut names: Vec<Rc<Item>> = Vec::new();
    let mut all = Vec::with_capacity(items.len() + 8);
    for item in items {
        if item.layer == Layer::Areas && has_text(&item) {
            let mut name = Item::clone(&item);
            name.shapes.retain(|shape| matches!(shape, Shape::Text(_)));
            names.push(Rc::new(Item {
                layer: Layer::Boxes,
                importance: item.importance,
                ..Item::new(item.key, name.shapes)
            }));
            all.push(without_text(&item));
            continue;
        }
        if item.layer > Layer::Links {
            all.append(&mut names);
        }
        all.push(item);
    }
    all.append(&mut names);
    all
}

/// The item without its texts, which are shown as names of the level.
fn without_text(item: &Rc<Item>) -> Rc<Item> {
    if !item.shapes.iter().any(|shape| matches!(shape, Shape::Text(_))) {
        return Rc::clone(item);
    }
    let mut item = Item::clone(item);
    item.shapes.retain(|shape| !matches!(shape, Shape::Text(_)));
    Rc::new(item)
}

/// Marks below the full zoom: notes are names of the level, discs keep a readable number, risk marks lose theirs
/// when it cannot be read and are dots in the end, the list of annotations disappears. The legend stands beside the plane
/// and stays: it says what the dots mean.
fn mark_at(item: &Rc<Item>, zoom: f64, plane: Rect<World>) -> Option<Rc<Item>> {
    match item.key {
        ItemKey::RiskMark(_) if zoom < DOT_ZOOM => None,
        ItemKey::RiskMark(_) => {
            let tiny = |shape: &Shape| matches!(shape, Shape::Text(text) if text.size * zoom < LEAST_MARK_TEXT);
            if !item.shapes.iter().any(tiny) {
                return Some(Rc::clone(item));
            }
            let mut item = Item::clone(item);
            // Without their signs the bars and the little disc of the question mark mean nothing.
            let sign = |shape: &Shape| match shape {
                Shape::Text(_) | Shape::Line { .. } => true,
                Shape::Circle { radius, .. } => *radius < RISK_RADIUS,
                _ => false,
            };
            item.shapes.retain(|shape| !sign(shape));
            Some(Rc::new(item))
        }
        ItemKey::Record(AnyRecordId::Annotation(_)) => {
            let mut item = Item::clone(item);
            let grow = (LEAST_TEXT / (12.0 * zoom)).max(1.0);
            let mut center = item.bounds.center();
            for shape in &mut item.shapes {
                match shape {
                    Shape::Circle { center: disc, radius, .. } => {
                        center = *disc;
                        *radius *= grow;
                    }
                    Shape::Text(text) => {
                        text.at = center + (text.at - center) * grow;
                        text.size *= grow;
                        text.width *= grow;
                    }
                    _ => {}
                }
            }
            Some(Rc::new(item))
        }
        ItemKey::Difference(_) => {
            let grow = (LEAST_TEXT / (14.0 * zoom)).max(1.0);
            Some(Rc::new(enlarged(item, item.bounds.center(), grow)))
        }
        ItemKey::Legend => Some(Rc::new(enlarged_box(item, zoom, plane))),
        ItemKey::AnnotationBox if zoom >= BOXES_FROM => Some(Rc::new(enlarged_box(item, zoom, plane))),
        _ => None,
    }
}
