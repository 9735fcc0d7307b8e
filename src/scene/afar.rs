//! The dependency view from afar, when names inside their boxes could not be read: the most important names stand over
//! their boxes in a size that can, and how many are left out is said.
//!
//! Knows boxes and names; decides nothing about places of boxes.

use std::rc::Rc;

use crate::geom::{Point, Rect, Vector, World};
use crate::layout::{BOX_HEIGHT, BOX_WIDTH};
use crate::model::{AnyRecordId, ComponentId};
use crate::order;
use crate::scene::display::{Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::measure::{ArialMeasure, TextMeasure};
use crate::scene::node::Node;
use crate::scene::wrap::{wrap, WrapRules};

/// Height of the names on the screen, pixels.
const NAME: f64 = 10.5;
/// Widest line of a name on the screen, pixels; wider than its box, if that is wider.
const WIDEST: f64 = 58.0;
/// Free space around a name on the screen, pixels.
const APART: f64 = 3.0;
/// Most names that are tried: more than a screen has room for.
const MOST_TRIED: usize = 1_500;

/// From the centre of a box to its corner.
const BOX: Vector<World> = Vector::new(BOX_WIDTH / 2.0, BOX_HEIGHT / 2.0);

/// How much a name counts: users first, then what is at risk and what many links meet.
fn weight(node: &Node) -> usize {
    let risk = node.mark.filter(|mark| mark.group.is_none()).map_or(0, |mark| usize::from(mark.step.saturating_sub(2)));
    node.degree + 4 * risk + if node.anchor { 1_000 } else { 0 }
}

/// What is drawn of names.
pub(super) struct Named {
    /// Boxes that have grown with their names.
    pub(super) boxes: Vec<Rc<Item>>,
    /// The names.
    pub(super) names: Vec<Rc<Item>>,
    /// How many there is no room for.
    pub(super) left_out: usize,
}

/// Names over the boxes of these nodes at a zoom.
pub(super) fn names_over<'a>(nodes: Vec<(&'a Node, &'a str)>, zoom: f64) -> Named {
    let all = nodes.len();
    let mut nodes = nodes;
    order::sort_by(&mut nodes, |a, b| weight(b.0).cmp(&weight(a.0)));
    let (size, leading, apart) = (NAME / zoom, 1.1 * NAME / zoom, APART / zoom);
    let mut taken: Vec<Rect<World>> = Vec::new();
    let (mut boxes, mut names) = (Vec::new(), Vec::new());
    for (node, name) in nodes.into_iter().take(MOST_TRIED) {
        if taken.iter().any(|rect| rect.contains(node.center)) {
            continue;
        }
        let width = BOX_WIDTH.max(WIDEST / zoom);
        let rules = WrapRules { size, bold: true, width, lines: 2, balanced: true };
        let lines = wrap(name, rules, &ArialMeasure);
        let widest = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        let half = Vector::new(widest / 2.0 + apart, (lines.len() as f64 * leading / 2.0).max(BOX_HEIGHT / 2.0));
        let rect = Rect { min: node.center - half, max: node.center + half };
        // A name may hide empty boxes, but no other name.
        if taken.iter().any(|other| other.overlaps(&rect)) {
            continue;
        }
        let mut baseline = node.center.y - (lines.len() as f64 - 1.0) * leading / 2.0 + 0.36 * size;
        // Its box grows with the name.
        let grown = Shape::Box {
            rect: rect.union(&Rect { min: node.center - BOX, max: node.center + BOX }),
            corner: if node.anchor { half.y } else { 5.0 },
            fill: Some(Role::ComponentFill),
            stroke: Some(Stroke::solid(Role::ComponentStroke, 1.0 / zoom)),
            fill_opacity: 1.0,
        };
        let mut shapes = Vec::new();
        for line in lines {
            shapes.push(text(line.text, Point::new(node.center.x, baseline), size, line.width, TextAnchor::Middle));
            baseline += leading;
        }
        taken.push(rect);
        let key = ItemKey::Record(AnyRecordId::Component(node.id));
        boxes.push(Rc::new(Item::new(key, vec![grown])));
        names.push(Rc::new(Item::new(key, shapes)));
    }
    let left_out = all - names.len();
    Named { boxes, names, left_out }
}

/// "76 names are left out at this size", below the picture.
pub(super) fn left_out_item(left_out: usize, page: &Rect<World>, zoom: f64) -> Item {
    let words = match left_out {
        1 => "1 name is left out at this size".to_owned(),
        count => format!("{count} names are left out at this size"),
    };
    let size = NAME / zoom;
    let width = ArialMeasure.width(&words, size, true);
    let at = Point::new(page.min.x, page.max.y + 1.4 * size);
    Item::new(ItemKey::Frame, vec![text(words, at, size, width, TextAnchor::Start)])
}

fn text(text: String, at: Point<World>, size: f64, width: f64, anchor: TextAnchor) -> Shape {
    let role = Role::ComponentText;
    Shape::Text(TextShape { text, at, anchor, size, width, bold: true, italic: false, role, turn: 0.0, halo: false })
}

/// The name of a component among those of a picture.
pub(super) fn named<'a>(
    nodes: impl Iterator<Item = &'a Node>,
    names: &'a std::collections::BTreeMap<ComponentId, String>,
) -> Vec<(&'a Node, &'a str)> {
    let mut named = Vec::new();
    for node in nodes {
        if let Some(name) = names.get(&node.id) {
            named.push((node, name.as_str()));
        }
    }
    named
}
