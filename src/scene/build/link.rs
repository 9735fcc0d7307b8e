//! Shapes of links and of the texts on them.

use crate::geom::{Vector, World};
use crate::model::{AnyRecordId, FlowDirection, Link, LinkId, LinkKind};
use crate::scene::build::component::arrowhead;
use crate::scene::build::Maker;
use crate::scene::display::{Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::measure::ASCENT;
use crate::scene::metrics::*;
use crate::scene::node::Node;
use crate::scene::wrap::ellipsize;

/// Texts on links are no wider than this, world pixels.
const WIDEST_TEXT: f64 = 320.0;

impl Maker<'_> {
    /// The line from centre to centre; a flow has a band under it and arrowheads that say which way it runs.
    pub(super) fn link_item(&self, id: LinkId, link: &Link, from: &Node, to: &Node) -> Item {
        let line = vec![from.center, to.center];
        let importance = 0.5 * (from.importance + to.importance);
        let key = ItemKey::Record(AnyRecordId::Link(id));
        let LinkKind::Flow(direction) = link.kind else {
            let stroke = Stroke::solid(Role::Link, LINK_WIDTH);
            return Item::new(key, vec![Shape::Line { points: line, stroke }]).important(importance);
        };
        let mut shapes = vec![
            Shape::Line { points: line.clone(), stroke: Stroke::solid(Role::Flow, FLOW_WIDTH) },
            Shape::Line { points: line, stroke: Stroke::solid(Role::FlowInk, LINK_WIDTH) },
        ];
        let span = to.center - from.center;
        if let Some(along) = span.normalized() {
            if span.length() > from.radius + to.radius + 2.0 * FLOW_HEAD {
                if direction != FlowDirection::Backward {
                    let tip = to.center - along * (to.radius + 2.0);
                    shapes.push(arrowhead(tip, along, FLOW_HEAD, Role::FlowInk));
                }
                if direction != FlowDirection::Forward {
                    let tip = from.center + along * (from.radius + 2.0);
                    shapes.push(arrowhead(tip, -along, FLOW_HEAD, Role::FlowInk));
                }
            }
        }
        Item::new(key, shapes).important(importance)
    }

    /// What stands along the line: the context above it; the flow's text above, or below when there is both.
    pub(super) fn link_text_item(&self, id: LinkId, link: &Link, from: &Node, to: &Node) -> Option<Item> {
        let (context, flow) = (link.context.trim(), link.flow_text.trim());
        let flow = if matches!(link.kind, LinkKind::Flow(_)) { flow } else { "" };
        if context.is_empty() && flow.is_empty() {
            return None;
        }
        let middle = from.center.lerp(to.center, 0.5);
        let span = to.center - from.center;
        let turn = upright(span);
        let band = if matches!(link.kind, LinkKind::Flow(_)) { FLOW_WIDTH / 2.0 - 1.0 } else { 0.0 };
        let mut shapes = Vec::with_capacity(2);
        let mut text = |text: &str, lift: f64, role: Role| {
            let line = ellipsize(text, LINK_TEXT_SIZE, false, WIDEST_TEXT, self.measure);
            // Across the line: up is negative before turning.
            let (sin, cos) = turn.sin_cos();
            shapes.push(Shape::Text(TextShape {
                text: line.text,
                at: middle + Vector::new(sin * lift, -cos * lift),
                anchor: TextAnchor::Middle,
                size: LINK_TEXT_SIZE,
                width: line.width,
                bold: false,
                italic: false,
                role,
                turn,
                halo: true,
            }));
        };
        let above = LINK_TEXT_LIFT + band;
        if !context.is_empty() {
            text(context, above, Role::Muted);
        }
        if !flow.is_empty() {
            let lift = if context.is_empty() { above } else { -(above + ASCENT * LINK_TEXT_SIZE) };
            text(flow, lift, Role::FlowInk);
        }
        let importance = 0.3 * (from.importance + to.importance);
        Some(Item::new(ItemKey::LinkText(id), shapes).important(importance))
    }
}

/// The turn of a text along the line, radians, so that it never stands on its head.
fn upright(span: Vector<World>) -> f64 {
    let Some(along) = span.normalized() else { return 0.0 };
    let turn = along.y.atan2(along.x);
    let half = std::f64::consts::FRAC_PI_2;
    if turn > half + 1e-9 {
        turn - 2.0 * half
    } else if turn < -half - 1e-9 {
        turn + 2.0 * half
    } else {
        turn
    }
}
