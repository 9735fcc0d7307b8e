//! What of an item is in a name's way.
//!
//! Knows items only. For most items it is a single box, kept beside the item so that placing names, which asks
//! hundreds of thousands of times in a large map, need not look at shapes.

use crate::geom::{Point, Rect, World};
use crate::model::AnyRecordId;
use crate::scene::display::{Item, ItemKey, Shape, TextShape};

/// Dislike of covering something that must not be covered; more than anything else adds up to.
pub(crate) const COVERING: f64 = 100.0;
/// Dislike of covering a text that stands along a link.
const COVERING_LINK_TEXT: f64 = 2.5;

/// What of an item is in a name's way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Solid {
    /// Nothing.
    None,
    /// A box, and the dislike of covering it.
    Box(Rect<World>, f64),
    /// Several boxes or lines: see [`each_box`] and [`each_line`].
    Many,
}

impl Solid {
    /// What of the item is in the way.
    pub(crate) fn of(item: &Item) -> Self {
        match item.key {
            ItemKey::Label(_) | ItemKey::EvolveLabel(_) => {
                text_box(item).map_or(Self::None, |b| Self::Box(b, COVERING))
            }
            ItemKey::LinkText(_) => text_box(item).map_or(Self::None, |b| Self::Box(b, COVERING_LINK_TEXT)),
            ItemKey::Record(AnyRecordId::Component(_) | AnyRecordId::Pipeline(_)) => {
                let Some(first) = item.shapes.first().map(Shape::bounds) else { return Self::None };
                let inside = first.inflate(0.01);
                if item.shapes.iter().skip(1).all(|shape| inside.encloses(&shape.bounds())) {
                    Self::Box(first, COVERING)
                } else {
                    Self::Many
                }
            }
            ItemKey::RiskMark(_)
            | ItemKey::Difference(_)
            | ItemKey::AnnotationBox
            | ItemKey::Legend
            | ItemKey::Record(AnyRecordId::Note(_) | AnyRecordId::Accelerator(_)) => Self::Box(item.bounds, COVERING),
            ItemKey::EvolveArrow(_)
            | ItemKey::Record(AnyRecordId::Annotation(_) | AnyRecordId::Area(_) | AnyRecordId::Attitude(_)) => {
                Self::Many
            }
            ItemKey::Frame | ItemKey::MovedFrom(_) | ItemKey::Record(_) => Self::None,
        }
    }
}

/// The box of a name: its lines without the leader.
pub(crate) fn text_box(item: &Item) -> Option<Rect<World>> {
    item.shapes.iter().filter_map(Shape::text).map(TextShape::bounds).reduce(|a, b| a.union(&b))
}

/// Visits the boxes of an item with several.
pub(crate) fn each_box(item: &Item, visit: &mut dyn FnMut(Rect<World>)) {
    match item.key {
        ItemKey::EvolveArrow(_) => {
            let others = item.shapes.iter().filter(|shape| !matches!(shape, Shape::Line { .. }));
            others.for_each(|shape| visit(shape.bounds()));
        }
        ItemKey::Record(AnyRecordId::Annotation(_)) => {
            let discs = item.shapes.iter().filter(|shape| matches!(shape, Shape::Circle { .. }));
            discs.for_each(|shape| visit(shape.bounds()));
        }
        ItemKey::Record(AnyRecordId::Area(_) | AnyRecordId::Attitude(_)) => text_box(item).into_iter().for_each(visit),
        _ => item.shapes.iter().for_each(|shape| visit(shape.bounds())),
    }
}

/// Visits the lines of an item that a name should not stand on: an arrow, a border.
pub(crate) fn each_line(item: &Item, visit: &mut dyn FnMut(Point<World>, Point<World>)) {
    for shape in &item.shapes {
        match (item.key, shape) {
            (ItemKey::EvolveArrow(_), Shape::Line { points, .. }) => {
                if let (Some(from), Some(to)) = (points.first(), points.last()) {
                    visit(*from, *to);
                }
            }
            (ItemKey::Record(AnyRecordId::Area(_) | AnyRecordId::Attitude(_)), shape) => {
                let border = match shape {
                    Shape::Polygon { points, .. } => points.clone(),
                    Shape::Box { rect, .. } => {
                        let (right_top, left_bottom) =
                            (Point::new(rect.max.x, rect.min.y), Point::new(rect.min.x, rect.max.y));
                        vec![rect.min, right_top, rect.max, left_bottom]
                    }
                    _ => continue,
                };
                for (from, to) in border.iter().zip(border.iter().skip(1).chain(border.first())) {
                    visit(*from, *to);
                }
            }
            _ => {}
        }
    }
}
