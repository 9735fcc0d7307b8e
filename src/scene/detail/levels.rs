//! Names for a map that is small on the screen: at a fixed readable size, the most important first, never two over
//! each other.
//!
//! Knows the items and a level's zoom; knows no view. A level holds for all zooms from its own up to the next: names
//! that do not touch at the level's zoom do not at any larger one, so nothing flickers while zooming within a level.

use std::rc::Rc;

use crate::geom::{Point, Rect, World};
use crate::model::AnyRecordId;
use crate::order;
use crate::scene::detail::room::{Edges, Room};
use crate::scene::detail::{dot_radius, DOT_ZOOM, FULL_ZOOM};
use crate::scene::display::{Item, ItemKey, Layer, Role, Shape, TextAnchor, TextShape};
use crate::scene::measure::{ArialMeasure, ASCENT, CAP_HEIGHT, DESCENT};
use crate::scene::metrics::*;
use crate::scene::wrap::ellipsize;
use crate::scene::Scene;

/// Zoom of a level over that of the next smaller one.
const STEP: f64 = std::f64::consts::SQRT_2;
/// Number of levels; the last reaches below the smallest allowed zoom.
pub(super) const LEVELS: usize = 9;
/// In levels up to this one names keep their lines, beyond they have one.
const LEVELS_WITH_LINES: usize = 2;
/// Most lines of a name.
const MOST_LINES: usize = 3;
/// Widest name of one line, screen pixels.
const WIDEST: f64 = 150.0;
/// Width of a blank over the font size.
const BLANK: f64 = 0.278;
/// Distance of baselines over the font size.
const LEADING: f64 = 1.15;
/// Free screen pixels kept beside and above a name; more where components are only dots, so that the shape of the
/// whole is seen between the names.
const GAPS: [(f64, f64); 2] = [(4.0, 1.0), (16.0, 7.0)];
/// Dots a name may cover, as cells of the room, unless it is important.
const COVERED_CELLS: u32 = 3;
/// Names at least this important may cover dots.
const IMPORTANT: f64 = 0.5;
/// Below this zoom and with more links only the most important links are drawn.
const THIN_BELOW: f64 = 0.4;
/// See [`THIN_BELOW`].
const MOST_LINKS: usize = 3_000;
/// Up to this many links are drawn as ever.
const FEW_LINKS: usize = 600;

/// A name at a level.
#[derive(Debug, Clone)]
pub(super) struct LevelLabel {
    pub(super) key: ItemKey,
    /// What the offsets are counted from.
    center: Point<World>,
    /// Left edge (or middle, or right edge) and first baseline from the centre, screen pixels.
    offset: (f64, f64),
    anchor: TextAnchor,
    lines: Vec<(String, f64)>,
    bold: bool,
    role: Role,
}

impl LevelLabel {
    /// The texts at this zoom.
    pub(super) fn shapes(&self, zoom: f64) -> impl Iterator<Item = Shape> + '_ {
        self.lines.iter().enumerate().map(move |(number, (text, width))| {
            let y = self.offset.1 + number as f64 * LEADING * LEAST_TEXT;
            Shape::Text(TextShape {
                text: text.clone(),
                at: Point::new(self.center.x + self.offset.0 / zoom, self.center.y + y / zoom),
                anchor: self.anchor,
                size: LEAST_TEXT / zoom,
                width: width / zoom,
                bold: self.bold,
                italic: false,
                role: self.role,
                turn: 0.0,
                halo: true,
            })
        })
    }

    /// The box of the texts at this zoom.
    pub(super) fn bounds(&self, zoom: f64) -> Rect<World> {
        let width = self.lines.iter().map(|(_, width)| *width).fold(0.0, f64::max);
        let size = BlockSize { width, lines: self.lines.len(), anchor: self.anchor };
        let [left, top, right, bottom] = size.edges((0.0, 0.0), self.offset, self.anchor);
        let at = |x: f64, y: f64| Point::new(self.center.x + x / zoom, self.center.y + y / zoom);
        Rect { min: at(left, top), max: at(right, bottom) }
    }
}

/// The room a name takes at the readable size.
#[derive(Debug, Clone, Copy)]
struct BlockSize {
    /// Screen pixels.
    width: f64,
    lines: usize,
    /// How its first line is anchored in the item.
    anchor: TextAnchor,
}

impl BlockSize {
    /// The room of an item's texts at a level; `None` when it has no text.
    fn of(item: &Item, level: usize) -> Option<Self> {
        let (mut count, mut widest, mut together) = (0usize, 0.0f64, 0.0f64);
        let mut anchor = None;
        for text in texts_of(item) {
            let width = text.width / text.size * LEAST_TEXT;
            count += 1;
            widest = widest.max(width);
            together += width + if count > 1 { BLANK * LEAST_TEXT } else { 0.0 };
            anchor.get_or_insert(text.anchor);
        }
        let anchor = anchor?;
        if level < LEVELS_WITH_LINES && count <= MOST_LINES {
            return Some(Self { width: widest, lines: count, anchor });
        }
        Some(Self { width: together.min(WIDEST), lines: 1, anchor })
    }

    /// The box in screen pixels when the centre lies at `at`.
    fn edges(&self, at: (f64, f64), offset: (f64, f64), anchor: TextAnchor) -> Edges {
        let left = match anchor {
            TextAnchor::Start => 0.0,
            TextAnchor::Middle => -self.width / 2.0,
            TextAnchor::End => -self.width,
        };
        let (x, y) = (at.0 + offset.0 + left, at.1 + offset.1);
        let below = self.lines.saturating_sub(1) as f64 * LEADING + DESCENT;
        [x, y - ASCENT * LEAST_TEXT, x + self.width, y + below * LEAST_TEXT]
    }
}

fn texts_of(item: &Item) -> impl Iterator<Item = &TextShape> {
    item.shapes.iter().filter_map(Shape::text)
}

/// What is shown at a level.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// Names that have room, the most important first.
    pub(super) labels: Vec<LevelLabel>,
    /// The links that are drawn; `None` for all.
    pub(super) links: Option<Vec<Rc<Item>>>,
}

/// The level for a zoom below [`FULL_ZOOM`], from 0 for the largest.
pub(super) fn level_of(zoom: f64) -> usize {
    let number = ((FULL_ZOOM / zoom.max(1e-6)).ln() / STEP.ln()).floor();
    (number.max(0.0) as usize).min(LEVELS - 1)
}

/// The smallest zoom of a level.
fn zoom_of(level: usize) -> f64 {
    FULL_ZOOM * STEP.powi(-(level as i32 + 1))
}

/// A name that wants to be shown.
struct Wish<'a> {
    item: &'a Item,
    center: Point<World>,
    radius: f64,
    importance: f64,
}

/// Makes a level.
pub(super) fn make(scene: &Scene, level: usize) -> Level {
    let zoom = zoom_of(level);
    // What reaches further out counts to the border of the rooms.
    let extent = scene.page().inflate(60.0 / zoom);
    let edges = [extent.min.x * zoom, extent.min.y * zoom, extent.max.x * zoom, extent.max.y * zoom];
    let mut dots = Room::new(edges);
    let around = |p: Point<World>, radius: f64| {
        let (x, y) = (p.x * zoom, p.y * zoom);
        [x - radius, y - radius, x + radius, y + radius]
    };
    for node in scene.nodes.values() {
        dots.take(around(node.center, shown_radius(node.radius, zoom)));
    }
    let mut wishes = wishes(scene, zoom);
    order::sort_by(&mut wishes, |a, b| b.importance.total_cmp(&a.importance).then(a.item.key.cmp(&b.item.key)));
    let mut taken = Room::new(edges);
    // The axes' words stand left of the plane and below it.
    let plane = scene.frame.size();
    taken.take([edges[0], edges[1], -2.0, edges[3]]);
    taken.take([edges[0], plane.height * zoom + 2.0, edges[2], edges[3]]);
    let (aside, above) = if zoom < DOT_ZOOM { GAPS[1] } else { GAPS[0] };
    let mut labels = Vec::new();
    for wish in wishes {
        let Some(size) = BlockSize::of(wish.item, level) else { continue };
        let at = (wish.center.x * zoom, wish.center.y * zoom);
        let mut best: Option<(u32, (f64, f64), TextAnchor)> = None;
        for (offset, anchor) in places(&size, wish.radius) {
            let [left, top, right, bottom] = size.edges(at, offset, anchor);
            let inflated = [left - aside, top - above, right + aside, bottom + above];
            if !taken.is_free(inflated) {
                continue;
            }
            let covered = dots.taken([left, top, right, bottom]);
            if best.is_none_or(|(least, ..)| covered < least) {
                best = Some((covered, offset, anchor));
            }
            if covered == 0 {
                break;
            }
        }
        let Some((covered, offset, anchor)) = best else { continue };
        if covered > COVERED_CELLS && wish.importance < IMPORTANT && level < LEVELS - 4 {
            continue;
        }
        taken.take(size.edges(at, offset, anchor));
        // Only now are strings made: most names of a large map find no room.
        labels.extend(worded(wish.item, wish.center, &size, offset, anchor));
    }
    Level { labels, links: thinned(scene, zoom) }
}

/// Radius on the screen of a symbol with this radius in the world.
fn shown_radius(radius: f64, zoom: f64) -> f64 {
    (radius * zoom).max(dot_radius(zoom, 3) * zoom)
}

fn wishes(scene: &Scene, zoom: f64) -> Vec<Wish<'_>> {
    let mut wishes = Vec::new();
    for item in scene.items.layer(Layer::Labels) {
        let (id, evolved) = match item.key {
            ItemKey::Label(id) => (id, false),
            ItemKey::EvolveLabel(id) => (id, true),
            _ => continue,
        };
        let Some(node) = scene.nodes.get(&id) else { continue };
        let center = if evolved { node.evolved.unwrap_or(node.center) } else { node.center };
        let radius = shown_radius(if evolved { NODE_RADIUS } else { node.radius }, zoom);
        wishes.push(Wish { item, center, radius, importance: item.importance });
    }
    for layer in [Layer::Areas, Layer::Boxes, Layer::Marks] {
        for item in scene.items.layer(layer) {
            let named = matches!(
                item.key,
                ItemKey::Record(
                    AnyRecordId::Area(_)
                        | AnyRecordId::Attitude(_)
                        | AnyRecordId::Accelerator(_)
                        | AnyRecordId::Note(_)
                )
            );
            let first = item.shapes.iter().find_map(|shape| match shape {
                Shape::Text(text) => Some(text.at),
                _ => None,
            });
            if let (true, Some(center)) = (named, first) {
                wishes.push(Wish { item, center, radius: -1.0, importance: item.importance });
            }
        }
    }
    wishes
}

/// The words of an item at the size of a level.
fn worded(
    item: &Item,
    center: Point<World>,
    size: &BlockSize,
    offset: (f64, f64),
    anchor: TextAnchor,
) -> Option<LevelLabel> {
    let first = texts_of(item).next()?;
    let lines = if size.lines > 1 || texts_of(item).count() == 1 && size.width < WIDEST {
        texts_of(item).map(|text| (text.text.clone(), text.width / text.size * LEAST_TEXT)).collect()
    } else {
        let mut whole = String::new();
        for text in texts_of(item) {
            if !whole.is_empty() {
                whole.push(' ');
            }
            whole.push_str(&text.text);
        }
        // The scene keeps no measure; Arial's widths are what it is laid out with everywhere.
        let line = ellipsize(&whole, LEAST_TEXT, first.bold, WIDEST, &ArialMeasure);
        vec![(line.text, line.width)]
    };
    let (key, bold, role) = (item.key, first.bold, first.role);
    Some(LevelLabel { key, center, offset, anchor, lines, bold, role })
}

/// Offsets to try around a symbol of this radius on the screen; only the point itself for texts without a symbol.
fn places(size: &BlockSize, radius: f64) -> impl Iterator<Item = ((f64, f64), TextAnchor)> {
    let below = size.lines.saturating_sub(1) as f64 * LEADING * LEAST_TEXT;
    let cap = CAP_HEIGHT * LEAST_TEXT;
    let beside = radius + 3.0;
    let (over, under) = (-radius - 3.0 - below, radius + 3.0 + cap);
    let middle = (cap - below) / 2.0;
    let around = [
        ((beside, middle), TextAnchor::Start),
        ((radius * 0.7, over), TextAnchor::Start),
        ((-beside, middle), TextAnchor::End),
        ((radius * 0.7, under), TextAnchor::Start),
        ((0.0, over), TextAnchor::Middle),
        ((0.0, under), TextAnchor::Middle),
        ((-radius * 0.7, over), TextAnchor::End),
        ((-radius * 0.7, under), TextAnchor::End),
    ];
    let itself = (radius < 0.0).then_some(((0.0, 0.0), size.anchor));
    itself.into_iter().chain(around.into_iter().filter(move |_| radius >= 0.0))
}

/// Links for a level with dots when there are many: the most important, in a paler colour. `None` for all as they are.
fn thinned(scene: &Scene, zoom: f64) -> Option<Vec<Rc<Item>>> {
    if zoom >= DOT_ZOOM {
        return None;
    }
    let mut links: Vec<&Rc<Item>> = scene.items.layer(Layer::Links).collect();
    if links.len() <= FEW_LINKS {
        return None;
    }
    if zoom < THIN_BELOW && links.len() > MOST_LINKS {
        links.select_nth_unstable_by(MOST_LINKS, |a, b| b.importance.total_cmp(&a.importance).then(a.key.cmp(&b.key)));
        links.truncate(MOST_LINKS);
        order::sort_by_key(&mut links, |item| item.key);
    }
    let paler = |item: &Rc<Item>| {
        let mut item = Item::clone(item);
        for shape in &mut item.shapes {
            match shape {
                Shape::Line { stroke, .. } if stroke.role == Role::Link => stroke.role = Role::Separator,
                _ => {}
            }
        }
        Rc::new(item)
    };
    Some(links.into_iter().map(paler).collect())
}
