//! What lies under a point or inside a rectangle, and which component is next in a direction.
//!
//! Only geometry of what is drawn; knows no pointer, no key and no selection.

use crate::geom::{distance_to_segment, Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId};
use crate::order;
use crate::scene::detail;
use crate::scene::display::{Item, ItemKey, Shape};
use crate::scene::items::segment_of;
use crate::scene::label::text_box;
use crate::scene::Scene;

/// Components whose heights differ by less count as one row when reading, world pixels.
const ROW: f64 = 24.0;
/// Largest symbol with what belongs to it: nodes further away need not be looked at.
const REACH: f64 = 60.0;

/// Which part of an item was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitPart {
    /// The symbol, the disc, the text: the thing itself.
    Body,
    /// The place where a component is expected to go.
    EvolvedPlace,
    /// A corner of an attitude: 0 top left, 1 top right, 2 bottom right, 3 bottom left.
    Corner(u8),
    /// The left (0) or right (1) end of a pipeline's box.
    End(u8),
    /// A name or a text that belongs to the thing.
    Text,
    /// A line: a link, an evolution arrow, the border of a box or hull.
    Line,
    /// The inside of a pipeline's box.
    Inside,
}

/// What a point means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The item.
    pub key: ItemKey,
    /// Which part of it.
    pub part: HitPart,
    /// Distance from the point, world pixels; 0 inside.
    pub distance: f64,
}

/// Where to go from a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// To smaller evolution.
    Left,
    /// To larger evolution.
    Right,
    /// Up the value chain.
    Up,
    /// Down the value chain.
    Down,
}

impl Heading {
    /// How far it counts as to walk from here to there: within 60° of the direction, near its axis rather than aside.
    /// `None` when it lies elsewhere.
    pub fn way(self, here: Point<World>, there: Point<World>) -> Option<f64> {
        let (along, by) = (self.vector(), there - here);
        let ahead = by.x * along.x + by.y * along.y;
        let aside = (by.x * along.y - by.y * along.x).abs();
        (ahead > 0.5 && aside <= 1.75 * ahead).then_some(ahead + 1.6 * aside)
    }

    const fn vector(self) -> Vector<World> {
        match self {
            Self::Left => Vector::new(-1.0, 0.0),
            Self::Right => Vector::new(1.0, 0.0),
            Self::Up => Vector::new(0.0, -1.0),
            Self::Down => Vector::new(0.0, 1.0),
        }
    }
}

impl Scene {
    /// What the point means to somebody who can miss by `slop` world pixels at this zoom: symbols before marks and
    /// corners, these before names, names before lines, lines before the insides of boxes; within each the nearest.
    pub fn hit(&self, at: Point<World>, slop: f64, zoom: f64) -> Option<Hit> {
        let slop = if slop.is_finite() { slop.max(0.0) } else { 0.0 };
        if self.is_diagram() {
            return self.hit_diagram(at, slop);
        }
        let area = Rect::around(at, slop);
        let mut best: Option<(u8, Hit)> = None;
        let mut offer = |rank: u8, key: ItemKey, part: HitPart, distance: f64| {
            if distance > slop {
                return;
            }
            let better = best.as_ref().is_none_or(|(other, hit)| {
                rank.cmp(other).then(distance.total_cmp(&hit.distance)).then(hit.key.cmp(&key)).is_lt()
            });
            if better {
                best = Some((rank, Hit { key, part, distance }));
            }
        };
        self.items.each_overlapping(&area.inflate(REACH), |item| self.offer_item(item, at, zoom, &mut offer));
        self.items.each_line_near(&area, |item| {
            if let Some((a, b)) = segment_of(item) {
                offer(5, item.key, HitPart::Line, distance_to_segment(at, a, b));
            }
        });
        if zoom < detail::FULL_ZOOM {
            detail::each_label(self, &area, zoom, |key, rect| {
                offer(4, key, HitPart::Text, distance_to_rect(at, &rect))
            });
        }
        best.map(|(_, hit)| hit)
    }

    fn offer_item(&self, item: &Item, at: Point<World>, zoom: f64, offer: &mut dyn FnMut(u8, ItemKey, HitPart, f64)) {
        let key = item.key;
        let texts = zoom >= detail::FULL_ZOOM;
        let beyond = |center: Point<World>, radius: f64| (at.distance(center) - radius).max(0.0);
        match key {
            ItemKey::Record(AnyRecordId::Component(id)) => {
                if let Some(node) = self.nodes.get(&id) {
                    // Of two symbols over each other the one whose centre is nearer.
                    let distance = beyond(node.center, node.radius);
                    offer(0, key, HitPart::Body, distance.max(1e-6 * at.distance(node.center)));
                }
            }
            ItemKey::EvolveArrow(id) => {
                if let Some(to) = self.nodes.get(&id).and_then(|node| node.evolved) {
                    offer(1, key, HitPart::EvolvedPlace, beyond(to, crate::scene::metrics::NODE_RADIUS));
                }
                for shape in &item.shapes {
                    if let Shape::Line { points, .. } = shape {
                        if let [a, b] = points.as_slice() {
                            offer(5, key, HitPart::Line, distance_to_segment(at, *a, *b));
                        }
                    }
                }
            }
            ItemKey::Record(AnyRecordId::Annotation(_)) => {
                for shape in &item.shapes {
                    if let Shape::Circle { center, radius, .. } = shape {
                        offer(2, key, HitPart::Body, beyond(*center, *radius));
                    }
                }
            }
            ItemKey::Label(_) | ItemKey::EvolveLabel(_) | ItemKey::LinkText(_) if texts => {
                let rank = if matches!(key, ItemKey::LinkText(_)) { 6 } else { 4 };
                if let Some(rect) = text_box(item) {
                    offer(rank, key, HitPart::Text, distance_to_rect(at, &rect));
                }
            }
            ItemKey::Record(AnyRecordId::Note(_) | AnyRecordId::Accelerator(_))
            | ItemKey::AnnotationBox
            | ItemKey::Difference(_) => {
                offer(3, key, HitPart::Body, distance_to_rect(at, &item.bounds));
            }
            ItemKey::Record(AnyRecordId::Pipeline(_)) => {
                for shape in &item.shapes {
                    let Shape::Box { rect, .. } = shape else { continue };
                    for (number, x) in [rect.min.x, rect.max.x].into_iter().enumerate() {
                        let (top, bottom) = (Point::new(x, rect.min.y), Point::new(x, rect.max.y));
                        offer(2, key, HitPart::End(number as u8), distance_to_segment(at, top, bottom));
                    }
                    offer(5, key, HitPart::Line, distance_to_border(at, rect));
                    if rect.contains(at) {
                        offer(7, key, HitPart::Inside, 0.0);
                    }
                }
            }
            ItemKey::Record(AnyRecordId::Attitude(_)) => {
                for shape in &item.shapes {
                    let Shape::Box { rect, .. } = shape else { continue };
                    for (number, corner) in corners(rect).into_iter().enumerate() {
                        offer(2, key, HitPart::Corner(number as u8), at.distance(corner));
                    }
                    offer(8, key, HitPart::Line, distance_to_border(at, rect));
                }
                offer_text(item, at, 6, offer);
            }
            ItemKey::Record(AnyRecordId::Area(_)) => {
                for shape in &item.shapes {
                    if let Shape::Polygon { points, .. } = shape {
                        let closed = points.iter().zip(points.iter().skip(1).chain(points.first()));
                        let nearest =
                            closed.map(|(a, b)| distance_to_segment(at, *a, *b)).fold(f64::INFINITY, f64::min);
                        offer(8, key, HitPart::Line, nearest);
                    }
                }
                offer_text(item, at, 6, offer);
            }
            _ => {}
        }
    }

    /// Components whose centre lies in the rectangle, by id.
    pub fn inside(&self, rect: &Rect<World>) -> Vec<ComponentId> {
        self.nodes.values().filter(|node| rect.contains(node.center)).map(|node| node.id).collect()
    }

    /// The nearest component in a direction from a place, and how far it counts as: see [`Heading::way`].
    pub fn walk(&self, from: Point<World>, heading: Heading) -> Option<(f64, ComponentId)> {
        self.nodes
            .values()
            .filter_map(|node| heading.way(from, node.center).map(|way| (way, node.id)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
    }

    /// All components as one reads: rows from the top, each from the left.
    pub fn reading_order(&self) -> Vec<ComponentId> {
        let mut nodes: Vec<(f64, f64, ComponentId)> =
            self.nodes.values().map(|node| (node.center.y, node.center.x, node.id)).collect();
        order::sort_by(&mut nodes, |a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let mut order = Vec::with_capacity(nodes.len());
        let mut rest = nodes.as_mut_slice();
        while let Some((top, ..)) = rest.first() {
            // A row begins at its topmost component.
            let bottom = top + ROW;
            let count = rest.iter().take_while(|(y, ..)| *y <= bottom).count().max(1);
            let (row, below) = rest.split_at_mut(count);
            order::sort_by(row, |a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)));
            order.extend(row.iter().map(|(_, _, id)| *id));
            rest = below;
        }
        order
    }

    /// The component whose centre is nearest to the point, other than those left out.
    pub fn nearest(&self, at: Point<World>, leaves_out: impl Fn(ComponentId) -> bool) -> Option<ComponentId> {
        self.nodes
            .values()
            .filter(|node| !leaves_out(node.id))
            .min_by(|a, b| a.center.distance(at).total_cmp(&b.center.distance(at)).then(a.id.cmp(&b.id)))
            .map(|node| node.id)
    }
}

fn offer_text(item: &Item, at: Point<World>, rank: u8, offer: &mut dyn FnMut(u8, ItemKey, HitPart, f64)) {
    if let Some(rect) = text_box(item) {
        offer(rank, item.key, HitPart::Text, distance_to_rect(at, &rect));
    }
}

/// Corners clockwise from the top left.
fn corners(rect: &Rect<World>) -> [Point<World>; 4] {
    [rect.min, Point::new(rect.max.x, rect.min.y), rect.max, Point::new(rect.min.x, rect.max.y)]
}

pub(super) fn distance_to_rect(at: Point<World>, rect: &Rect<World>) -> f64 {
    at.distance(Point::new(
        at.x.clamp(rect.min.x, rect.max.x.max(rect.min.x)),
        at.y.clamp(rect.min.y, rect.max.y.max(rect.min.y)),
    ))
}

fn distance_to_border(at: Point<World>, rect: &Rect<World>) -> f64 {
    let [a, b, c, d] = corners(rect);
    [(a, b), (b, c), (c, d), (d, a)]
        .into_iter()
        .map(|(p, q)| distance_to_segment(at, p, q))
        .fold(f64::INFINITY, f64::min)
}
