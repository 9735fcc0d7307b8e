//! Which shapes can be painted together: those of one look in one layer.
//!
//! A layer with few shapes is painted in its own order, exactly as the SVG export does. A crowded one is painted
//! look by look: where two components overlap there, the eye cannot tell which was on top, and the browser has a
//! hundredth of the work.

use crate::scene::display::{Item, Layer, Role, Shape, Stroke, TextShape};

/// Up to this many shapes a layer is painted in order.
const EXACT_UP_TO: usize = 400;

/// How a path is painted. Opacity in thousandths, so that looks can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    /// Fill.
    pub(crate) fill: Option<Role>,
    /// Opacity of the fill, thousandths.
    pub(crate) opacity: u16,
    /// Outline.
    pub(crate) stroke: Option<Stroke>,
}

impl Look {
    /// Opacity of the fill, 0..=1.
    pub(crate) fn fill_opacity(self) -> f64 {
        f64::from(self.opacity) / 1000.0
    }

    fn of(shape: &Shape) -> Option<Self> {
        let look = |fill, opacity: f64, stroke| {
            Some(Self { fill, opacity: (opacity.clamp(0.0, 1.0) * 1000.0).round() as u16, stroke })
        };
        match shape {
            Shape::Line { stroke, .. } => look(None, 1.0, Some(*stroke)),
            Shape::Circle { fill, stroke, .. } => look(*fill, 1.0, *stroke),
            Shape::Box { fill, stroke, fill_opacity, .. } | Shape::Polygon { fill, stroke, fill_opacity, .. } => {
                look(*fill, *fill_opacity, *stroke)
            }
            Shape::Text(_) => None,
        }
    }

    /// Drawing several at once gives the same picture as drawing them one after another.
    fn can_join(self) -> bool {
        self.fill.is_none()
    }
}

/// One step of painting.
pub(crate) enum Paint<'a> {
    /// One path of these shapes.
    Paths(Look, Vec<&'a Shape>),
    /// A text.
    Text(&'a TextShape),
}

/// The steps that paint one layer.
pub(crate) fn batches<'a>(layer: &[&'a Item]) -> Vec<Paint<'a>> {
    let count: usize = layer.iter().map(|item| item.shapes.len()).sum();
    let links = layer.first().is_some_and(|item| item.layer == Layer::Links);
    let shapes = layer.iter().flat_map(|item| &item.shapes);
    if count <= EXACT_UP_TO && !links {
        in_order(shapes)
    } else {
        by_look(shapes)
    }
}

fn in_order<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Vec<Paint<'a>> {
    let mut steps: Vec<Paint<'a>> = Vec::new();
    for shape in shapes {
        match (Look::of(shape), shape, steps.last_mut()) {
            (Some(look), _, Some(Paint::Paths(last, together))) if *last == look && look.can_join() => {
                together.push(shape);
            }
            (Some(look), _, _) => steps.push(Paint::Paths(look, vec![shape])),
            (None, Shape::Text(text), _) => steps.push(Paint::Text(text)),
            (None, _, _) => {}
        }
    }
    steps
}

fn by_look<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Vec<Paint<'a>> {
    let mut groups: Vec<(Look, Vec<&'a Shape>)> = Vec::new();
    let mut texts = Vec::new();
    for shape in shapes {
        match (Look::of(shape), shape) {
            (Some(look), _) => match groups.iter_mut().find(|(known, _)| *known == look) {
                Some((_, together)) => together.push(shape),
                None => groups.push((look, vec![shape])),
            },
            (None, Shape::Text(text)) => texts.push(Paint::Text(text)),
            (None, _) => {}
        }
    }
    groups.into_iter().map(|(look, together)| Paint::Paths(look, together)).chain(texts).collect()
}
