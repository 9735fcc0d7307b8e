//! What differs from another map, drawn: signs, ghosts of what is gone, arrows from where things stood.
//!
//! Signs carry the meaning and colours repeat it: plus with an unbroken ring, minus with dashes, a wave for what
//! changed, an arrow for what moved. Knows the differences as they come with the facts; compares nothing.

use crate::geom::{Point, Vector, World};
use crate::model::AnyRecordId;
use crate::scene::build::component::arrowhead;
use crate::scene::build::Maker;
use crate::scene::display::{Dash, Item, ItemKey, Role, Shape, Stroke, TextAnchor};
use crate::scene::measure::CAP_HEIGHT;
use crate::scene::metrics::*;
use crate::scene::{Difference, DifferenceSign, Scene};

/// Radius of the disc of a sign.
const SIGN_RADIUS: f64 = 8.0;
/// Font size of a sign.
const SIGN_SIZE: f64 = 14.0;
/// Width of a line that is new, gone or changed.
const LINE_WIDTH: f64 = 2.5;
/// Length of the head of a moved thing's arrow.
const HEAD: f64 = 10.0;

impl DifferenceSign {
    /// Its colour.
    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Added => Role::Added,
            Self::Removed => Role::Removed,
            Self::Changed => Role::Changed,
            Self::Moved => Role::Moved,
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "–",
            Self::Changed => "~",
            Self::Moved => "→",
        }
    }

    const fn dash(self) -> Dash {
        match self {
            Self::Removed => Dash::Fine,
            _ => Dash::Solid,
        }
    }
}

impl Maker<'_> {
    /// Makes signs, rings and arrows anew; ghosts are coloured when everything stands (see [`Maker::color_differences`]).
    pub(crate) fn remake_differences(&self, scene: &mut Scene) {
        for difference in self.facts.differences_shown() {
            let record = difference.record;
            let arrow = self.moved_item(scene, difference);
            scene.put(ItemKey::MovedFrom(record), arrow);
            let sign = self.sign_item(scene, difference);
            scene.put(ItemKey::Difference(record), sign);
        }
    }

    /// The centre of what is drawn for the record, and its radius.
    fn center(&self, scene: &Scene, record: AnyRecordId) -> Option<(Point<World>, f64)> {
        match record {
            AnyRecordId::Component(id) => scene.node(id).map(|node| (node.center, node.radius)),
            AnyRecordId::Link(_) => scene.item(ItemKey::Record(record)).map(|item| (item.bounds.center(), 0.0)),
            // Beside the beginning of a text, at the corner of a box.
            _ => scene
                .item(ItemKey::Record(record))
                .map(|item| (item.bounds.min + Vector::new(-SIGN_RADIUS, 0.0), SIGN_RADIUS)),
        }
    }

    fn sign_item(&self, scene: &Scene, difference: &Difference) -> Option<Item> {
        let sign = difference.sign?;
        let record = difference.record;
        let (center, radius) = self.center(scene, record)?;
        let mut shapes = Vec::with_capacity(4);
        let at = match record {
            AnyRecordId::Component(_) => {
                if sign == DifferenceSign::Added {
                    let stroke = Stroke::solid(sign.role(), 2.0);
                    let radius = radius + 4.0;
                    shapes.push(Shape::Circle { center, radius, fill: None, stroke: Some(stroke) });
                }
                let away = std::f64::consts::FRAC_1_SQRT_2 * (radius + SIGN_RADIUS + 2.0);
                center + Vector::new(-away, -away)
            }
            _ => center,
        };
        self.push_difference(sign, at, &mut shapes);
        let importance = scene.item(ItemKey::Record(record)).map_or(0.5, |item| item.importance);
        Some(Item::new(ItemKey::Difference(record), shapes).important(importance))
    }

    /// A sign in its disc.
    pub(super) fn push_difference(&self, sign: DifferenceSign, at: Point<World>, shapes: &mut Vec<Shape>) {
        let stroke = Stroke { role: sign.role(), width: 1.5, dash: sign.dash() };
        shapes.push(Shape::Circle { center: at, radius: SIGN_RADIUS, fill: Some(Role::Paper), stroke: Some(stroke) });
        // The signs of arithmetic stand around the middle of the capitals.
        let baseline = Point::new(at.x, at.y + CAP_HEIGHT * SIGN_SIZE / 2.0);
        shapes.push(self.bold_text(sign.text().to_owned(), baseline, SIGN_SIZE, TextAnchor::Middle, sign.role()));
    }

    /// A dashed ghost where the thing stood, with an arrow to where it stands.
    fn moved_item(&self, scene: &Scene, difference: &Difference) -> Option<Item> {
        let from = self.frame.world_from_map(difference.from?);
        let (to, radius) = self.center(scene, difference.record)?;
        let along = (to - from).normalized()?;
        let dashed = Stroke { role: Role::Moved, width: 1.5, dash: Dash::Fine };
        let ghost = Shape::Circle { center: from, radius: NODE_RADIUS, fill: Some(Role::Paper), stroke: Some(dashed) };
        let mut shapes = vec![ghost];
        let (start, tip) = (from + along * NODE_RADIUS, to - along * (radius.max(NODE_RADIUS) + 2.0));
        if (tip - start).x * along.x + (tip - start).y * along.y > HEAD {
            let stroke = Stroke::solid(Role::Moved, 2.0);
            shapes.push(Shape::Line { points: vec![start, tip - along * HEAD], stroke });
            shapes.push(arrowhead(tip, along, HEAD, Role::Moved));
        }
        Some(Item::new(ItemKey::MovedFrom(difference.record), shapes))
    }

    /// Colours what is new and what is gone; run when names have their places.
    pub(crate) fn color_differences(&self, scene: &mut Scene) {
        for difference in self.facts.differences_shown() {
            let Some(sign) = difference.sign else { continue };
            let record = difference.record;
            let keys = match record {
                AnyRecordId::Component(id) => vec![
                    ItemKey::Record(record),
                    ItemKey::Label(id),
                    ItemKey::EvolveArrow(id),
                    ItemKey::EvolveLabel(id),
                    ItemKey::RiskMark(id),
                ],
                AnyRecordId::Link(id) => vec![ItemKey::Record(record), ItemKey::LinkText(id)],
                _ => vec![ItemKey::Record(record)],
            };
            let whole = sign == DifferenceSign::Removed;
            let line = matches!(record, AnyRecordId::Link(_));
            if !whole && !line {
                continue;
            }
            for key in keys {
                let Some(item) = scene.item(key).cloned() else { continue };
                let mut item = Item::clone(&item);
                for shape in &mut item.shapes {
                    recolor(shape, sign, line && matches!(key, ItemKey::Record(_)));
                }
                let item = Item { importance: item.importance, ..Item::new(key, item.shapes) };
                scene.put(key, Some(item));
            }
        }
    }
}

/// The shape in the colour of the sign; what is gone is dashed and hollow.
fn recolor(shape: &mut Shape, sign: DifferenceSign, line: bool) {
    let role = sign.role();
    let gone = sign == DifferenceSign::Removed;
    let symbol = !matches!(shape, Shape::Line { .. }) && !line;
    let redrawn = |stroke: &mut Stroke| {
        // The broad band under a flow stays as it is.
        if stroke.role == Role::Flow {
            return;
        }
        stroke.role = role;
        stroke.dash = match gone {
            // Long dashes would leave too little of a small ring.
            true if symbol => Dash::Fine,
            true => Dash::Medium,
            false => stroke.dash,
        };
        stroke.width = if line { LINE_WIDTH } else { stroke.width };
    };
    match shape {
        Shape::Line { stroke, .. } => redrawn(stroke),
        Shape::Circle { fill, stroke, .. } | Shape::Box { fill, stroke, .. } | Shape::Polygon { fill, stroke, .. } => {
            match stroke {
                Some(stroke) => redrawn(stroke),
                None if gone && fill.is_some() => *stroke = Some(Stroke { role, width: 1.0, dash: Dash::Medium }),
                None => {}
            }
            if gone {
                *fill = fill.map(|_| Role::Paper);
            } else if line {
                *fill = fill.map(|_| role);
            }
        }
        Shape::Text(text) => text.role = role,
    }
}
