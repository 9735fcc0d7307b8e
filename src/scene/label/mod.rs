//! Names on the map: where they go and how they are drawn.
//!
//! Knows nodes and the items that are in the way; knows no screen. A name goes, in this order of liking, to where
//! its author put it, beside its symbol, or some way off with a leader line; it never covers a symbol, a pipeline's
//! box, a note or another name where a free place exists. The same scene gives the same places.
//!
//! `candidates` lists the places, `place` chooses among them, `overlap` counts what went wrong.

mod candidates;
mod overlap;
mod place;

pub(in crate::scene) use place::words_of_frame;

pub use overlap::{label_overlaps, LabelOverlaps};

use std::collections::BTreeSet;

use crate::geom::{Point, Rect, Vector, World};
use crate::model::{Component, ComponentId, Document, LinkId};
use crate::scene::build::Maker;
use crate::scene::display::{Item, ItemKey, Layer, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::items::{segment_of, ItemStore};
use crate::scene::label::candidates::{Candidate, Candidates};
use crate::scene::label::place::{crosses, Placer, LINES_LOOKED_AT, LINKS_LOOKED_AT};
use crate::scene::measure::{TextMeasure, ASCENT, DESCENT};
use crate::scene::metrics::*;
use crate::scene::node::Node;
pub(crate) use crate::scene::solid::text_box;
use crate::scene::wrap::{wrap, WrapRules, WrappedLine};
use crate::scene::Scene;

/// An author's place further off than this, world pixels, is a slip or another coordinate system: nobody would take the
/// name for that of the component. Of 3,389 places in real maps 70 are, and 69 of them are off the map altogether.
const FAR_OFF: f64 = 250.0;

/// Where a name stands: the number of its candidate, so that it keeps its relative place when the symbol moves
/// or the name changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    candidate: u16,
    /// It covers nothing it should not.
    pub(crate) clear: bool,
    /// Its author gave it another place, which is taken.
    pub(crate) displaced: bool,
}

/// Lines of a name and the room they take.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    lines: Vec<WrappedLine>,
    width: f64,
    height: f64,
}

impl Block {
    /// The block of these lines, whose widths are those at the usual size, `scale` times as large.
    fn new(mut lines: Vec<WrappedLine>, scale: f64) -> Self {
        lines.iter_mut().for_each(|line| line.width *= scale);
        let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let gaps = lines.len().saturating_sub(1) as f64;
        Self { lines, width, height: (gaps * LABEL_LEADING + (ASCENT + DESCENT) * LABEL_SIZE) * scale }
    }
}

/// A name that wants a place.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    key: ItemKey,
    center: Point<World>,
    /// Half the size of what the name has to stay clear of around the centre.
    clearance: Vector<World>,
    /// The name wrapped to the usual width.
    block: Block,
    /// The name in the lines its author gave it, when the author chose a place.
    authored: Option<(Vector<World>, Block, TextAnchor)>,
    anchor: bool,
    bold: bool,
    role: Role,
    importance: f64,
    /// Size over the usual one.
    scale: f64,
    /// Centres of components linked to it; only in maps with so many links that no others are looked at.
    partners: Vec<Point<World>>,
}

/// What a name has to stay clear of around its symbol's centre.
fn clearance(node: &Node) -> Vector<World> {
    // A variant stands in the middle of its box.
    let height = if node.variant { PIPELINE_HEIGHT / 2.0 + 1.0 } else { 0.0 };
    Vector::new(node.radius, node.radius.max(height))
}

impl Subject {
    /// The name as it stands in a scene, `scale` times as large, with its symbol `grown` times as large.
    fn of_item(scene: &Scene, item: &Item, scale: f64, grown: f64) -> Option<Self> {
        let (id, evolved) = match item.key {
            ItemKey::Label(id) => (id, false),
            ItemKey::EvolveLabel(id) => (id, true),
            _ => return None,
        };
        let node = scene.nodes.get(&id)?;
        let center = if evolved { node.evolved? } else { node.center };
        let texts: Vec<&TextShape> = item.shapes.iter().filter_map(Shape::text).collect();
        let first = texts.first()?;
        let lines = texts.iter().map(|text| WrappedLine { text: text.text.clone(), width: text.width }).collect();
        let block = Block::new(lines, scale);
        let by_author = scene.spots.get(&item.key).is_some_and(|spot| spot.candidate == 0);
        let authored = text_box(item).filter(|_| by_author).map(|rect| {
            let anchor = if texts.len() > 1 { first.anchor } else { TextAnchor::Start };
            (grown_offset(center, &rect, &block, anchor, scale), block.clone(), anchor)
        });
        let around = if evolved { Vector::new(NODE_RADIUS, NODE_RADIUS) } else { clearance(node) * grown };
        Some(Self {
            key: item.key,
            center,
            clearance: around,
            block,
            authored,
            anchor: node.anchor && !evolved,
            bold: first.bold,
            role: first.role,
            importance: item.importance,
            scale,
            partners: Vec::new(),
        })
    }
}

/// An author's offset for a larger text: the edges that face the symbol stay where they are.
fn grown_offset(
    center: Point<World>,
    rect: &Rect<World>,
    block: &Block,
    anchor: TextAnchor,
    scale: f64,
) -> Vector<World> {
    let keep = |low: f64, high: f64, at: f64, size: f64| {
        if low >= at {
            low
        } else if high <= at {
            high - size
        } else {
            at + (low - at) * size / (high - low).max(1e-6)
        }
    };
    let left = keep(rect.min.x, rect.max.x, center.x, block.width);
    let top = keep(rect.min.y, rect.max.y, center.y, block.height);
    let x = if anchor == TextAnchor::Middle { left + block.width / 2.0 } else { left };
    Point::new(x, top + ASCENT * LABEL_SIZE * scale) - center
}

/// The items of a scene with names `scale` times as large, each at its place if that is still clear, else at the next
/// best; names without a clear place are left out. Symbols have already been made `grown` times as large.
pub(crate) fn placed_larger(mut scene: Scene, scale: f64, grown: f64) -> ItemStore {
    let subjects: Vec<Subject> =
        scene.items.layer(Layer::Labels).filter_map(|item| Subject::of_item(&scene, item, scale, grown)).collect();
    for subject in &subjects {
        scene.put(subject.key, None);
    }
    Placer::new(&scene).run(&mut scene, &subjects, &BTreeSet::new());
    for subject in &subjects {
        if !scene.spots.get(&subject.key).is_some_and(|spot| spot.clear) {
            scene.put(subject.key, None);
        }
    }
    scene.items
}

impl Maker<'_> {
    /// The names of a component: its own and the one at its evolved place.
    fn subjects(&self, node: &Node, component: &Component) -> [Option<Subject>; 2] {
        let role = if node.undecided || node.hidden { Role::Muted } else { Role::ComponentText };
        let own =
            self.subject(ItemKey::Label(node.id), node, node.center, &component.name, component.label_offset, role);
        let evolved = component.evolve.as_ref().zip(node.evolved).and_then(|(evolve, center)| {
            // The same name again, sent off the map: authors do this so that it is written once.
            if evolve.name.is_none() && evolve.label_offset.is_some_and(|offset| offset.length() > FAR_OFF) {
                return None;
            }
            let name = evolve.name.as_ref().unwrap_or(&component.name);
            let mut there = node.clone();
            there.center = center;
            there.radius = NODE_RADIUS;
            there.variant = false;
            there.parent = false;
            there.importance *= 0.9;
            self.subject(ItemKey::EvolveLabel(node.id), &there, center, name, evolve.label_offset, Role::Evolve)
        });
        [own, evolved]
    }

    fn subject(
        &self,
        key: ItemKey,
        node: &Node,
        center: Point<World>,
        name: &str,
        offset: Option<Vector<World>>,
        role: Role,
    ) -> Option<Subject> {
        let anchor = node.anchor && matches!(key, ItemKey::Label(_));
        let rules =
            WrapRules { size: LABEL_SIZE, bold: anchor, width: LABEL_WIDTH, lines: LABEL_LINES, balanced: true };
        let block = Block::new(wrap(name, rules, self.measure), 1.0);
        if block.lines.is_empty() {
            return None;
        }
        let authored = offset.filter(|o| o.x.is_finite() && o.y.is_finite() && o.length() <= FAR_OFF).map(|offset| {
            let lines = wrap(name, WrapRules { width: AUTHOR_LABEL_WIDTH, balanced: false, ..rules }, self.measure);
            // Names of several lines have always been centred on the author's point, names of one start there.
            let anchor = if name.trim().contains('\n') { TextAnchor::Middle } else { TextAnchor::Start };
            (offset, Block::new(lines, 1.0), anchor)
        });
        let clearance = clearance(node);
        let importance = node.importance;
        let partners = Vec::new();
        Some(Subject {
            key,
            center,
            clearance,
            block,
            authored,
            anchor,
            bold: anchor,
            role,
            importance,
            scale: 1.0,
            partners,
        })
    }

    /// Places the names of the given components anew, keeping each at its relative place when that is still free.
    /// Names of others over which something in `changed` lies now are looked at again too; they stay when they are
    /// still clear.
    pub(crate) fn place_some(&self, scene: &mut Scene, components: &BTreeSet<ComponentId>, changed: &[ItemKey]) {
        let mut concerned: BTreeSet<ComponentId> = components.clone();
        for key in changed {
            let Some(item) = scene.items.get(*key) else { continue };
            let bounds = item.bounds;
            let line = segment_of(item);
            scene.items.each_overlapping(&bounds, |other| {
                if line.is_some_and(|(a, b)| !crosses(&other.bounds, a, b)) {
                    return;
                }
                if let ItemKey::Label(id) | ItemKey::EvolveLabel(id) = other.key {
                    concerned.insert(id);
                }
            });
        }
        let mut subjects = self.collect(scene, concerned.into_iter());
        if scene.web.ends.len() > LINKS_LOOKED_AT {
            for subject in &mut subjects {
                let ItemKey::Label(id) = subject.key else { continue };
                let ends = scene.links_of(id).iter().filter_map(|link| scene.ends_of(*link));
                let others = ends.map(|(from, to)| if from == id { to } else { from });
                let nodes = others.filter_map(|other| scene.nodes.get(&other)).map(|node| node.center);
                subject.partners = nodes.take(LINES_LOOKED_AT).collect();
            }
        }
        Placer::new(scene).run(scene, &subjects, components);
    }

    /// Places all names, keeping those at their relative places that are known and still free.
    pub(crate) fn place_all(&self, scene: &mut Scene) {
        let ids: Vec<ComponentId> = scene.nodes.keys().copied().collect();
        let mut subjects = self.collect(scene, ids.into_iter());
        if scene.web.ends.len() > LINKS_LOOKED_AT {
            // All pairs at once: a walk along two sorted lists instead of a search for each link.
            let mut pairs: Vec<(ComponentId, LinkId, Point<World>)> = Vec::with_capacity(2 * scene.web.ends.len());
            for (link, (from, to)) in &scene.web.ends {
                if let (Some(a), Some(b)) = (scene.nodes.get(from), scene.nodes.get(to)) {
                    pairs.extend([(*from, *link, b.center), (*to, *link, a.center)]);
                }
            }
            pairs.sort_unstable_by_key(|(id, link, _)| (*id, *link));
            let mut rest = pairs.as_slice();
            for subject in &mut subjects {
                let ItemKey::Label(id) = subject.key else { continue };
                let skipped = rest.iter().take_while(|(other, ..)| *other < id).count();
                rest = rest.get(skipped..).unwrap_or(&[]);
                let own = rest.iter().take_while(|(other, ..)| *other == id).take(LINES_LOOKED_AT);
                subject.partners = own.map(|(_, _, center)| *center).collect();
            }
        }
        Placer::new(scene).run(scene, &subjects, &BTreeSet::new());
    }

    fn collect(&self, scene: &mut Scene, ids: impl Iterator<Item = ComponentId>) -> Vec<Subject> {
        let mut subjects = Vec::new();
        for id in ids {
            let pair = match (scene.nodes.get(&id), self.document.components.get(&id)) {
                (Some(node), Some(component)) => self.subjects(node, component),
                _ => [None, None],
            };
            for (key, subject) in [ItemKey::Label(id), ItemKey::EvolveLabel(id)].into_iter().zip(pair) {
                match subject {
                    Some(subject) => subjects.push(subject),
                    None => {
                        scene.put(key, None);
                        scene.spots.remove(&key);
                    }
                }
            }
        }
        subjects
    }
}

impl Scene {
    /// Offsets, as an author would write them, that put a component's name (or the one at the place where it is
    /// going) at the eight sides of its symbol: right, upper right, lower right, left, upper left, lower left, above,
    /// below. Empty when it is not drawn.
    pub fn label_sides(
        &self,
        document: &Document,
        measure: &dyn TextMeasure,
        id: ComponentId,
        evolved: bool,
    ) -> Vec<Vector<World>> {
        let (Some(node), Some(component)) = (self.nodes.get(&id), document.components.get(&id)) else {
            return Vec::new();
        };
        let maker = Maker { document, facts: &self.facts, options: &self.options, measure, frame: self.frame };
        // With a place of its own, so that it is in the lines its author would see.
        let mut component = Component::clone(component);
        component.label_offset = Some(Vector::ZERO);
        if let Some(evolve) = &mut component.evolve {
            evolve.label_offset = Some(Vector::ZERO);
        }
        let [own, there] = maker.subjects(node, &component);
        let Some(mut subject) = (if evolved { there } else { own }) else { return Vec::new() };
        let Some((_, block, anchor)) = subject.authored.take() else { return Vec::new() };
        subject.block = block;
        let offset = |candidate: Candidate| {
            let x = if anchor == TextAnchor::Middle { candidate.rect.center().x } else { candidate.rect.min.x };
            Point::new(x, candidate.rect.min.y + ASCENT * LABEL_SIZE) - subject.center
        };
        Candidates(&subject).sides().map(offset).collect()
    }
}

/// The lines of the name at a candidate, with a leader line when it stands far from its symbol. They get a halo
/// when a line runs through them; on coloured ground a halo without need would be a blot.
fn label_item(subject: &Subject, candidate: &Candidate, lined: bool) -> Item {
    let block = candidate.block(subject);
    let mut shapes = Vec::with_capacity(block.lines.len() + 1);
    if candidate.leader {
        shapes.extend(leader(subject, candidate.rect));
    }
    let x = match candidate.align {
        TextAnchor::Start => candidate.rect.min.x,
        TextAnchor::Middle => candidate.rect.center().x,
        TextAnchor::End => candidate.rect.max.x,
    };
    let first = candidate.rect.min.y + ASCENT * LABEL_SIZE * subject.scale;
    shapes.extend(block.lines.iter().enumerate().map(|(number, line)| {
        Shape::Text(TextShape {
            text: line.text.clone(),
            at: Point::new(x, first + number as f64 * LABEL_LEADING * subject.scale),
            anchor: candidate.align,
            size: LABEL_SIZE * subject.scale,
            width: line.width,
            bold: subject.bold,
            italic: false,
            role: subject.role,
            turn: 0.0,
            halo: lined,
        })
    }));
    Item::new(subject.key, shapes).important(subject.importance)
}

/// A thin line from the symbol's edge to the nearest point of the name.
fn leader(subject: &Subject, rect: Rect<World>) -> Option<Shape> {
    let center = subject.center;
    let near = Point::new(
        center.x.clamp(rect.min.x, rect.max.x),
        center.y.clamp(rect.min.y + 2.0, (rect.max.y - 1.0).max(rect.min.y + 2.0)),
    );
    let along = (near - center).normalized()?;
    let start = center + along * (subject.clearance.x.max(subject.clearance.y) + 1.5);
    let end = near - along * 1.5;
    if (end - start).x * along.x + (end - start).y * along.y < 4.0 {
        return None;
    }
    Some(Shape::Line { points: vec![start, end], stroke: Stroke::solid(Role::Unknown, 0.75) })
}

/// Whether two boxes share more than a hair's breadth.
pub(crate) fn collide(a: &Rect<World>, b: &Rect<World>) -> bool {
    const HAIR: f64 = 1.0;
    a.max.x.min(b.max.x) - a.min.x.max(b.min.x) > HAIR && a.max.y.min(b.max.y) - a.min.y.max(b.min.y) > HAIR
}
