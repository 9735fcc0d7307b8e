//! Shapes of components, their evolution and their risk.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::{Component, ComponentKind, Method, Symbol};
use crate::scene::build::Maker;
use crate::scene::display::{Dash, Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::measure::CAP_HEIGHT;
use crate::scene::metrics::*;
use crate::scene::node::Node;
use crate::scene::RiskMark;

fn disc(center: Point<World>, radius: f64, fill: Role, stroke: Option<Stroke>) -> Shape {
    Shape::Circle { center, radius, fill: Some(fill), stroke }
}

fn ring(center: Point<World>, radius: f64, stroke: Stroke) -> Shape {
    Shape::Circle { center, radius, fill: None, stroke: Some(stroke) }
}

fn square(center: Point<World>, half: f64, fill: Role, stroke: Stroke) -> Shape {
    Shape::Box {
        rect: Rect::around(center, half),
        corner: 0.0,
        fill: Some(fill),
        stroke: Some(stroke),
        fill_opacity: 1.0,
    }
}

fn filled(points: Vec<Point<World>>, role: Role) -> Shape {
    Shape::Polygon { points, fill: Some(role), stroke: None, fill_opacity: 1.0 }
}

/// An arrowhead whose tip is at `tip` and which points along `along` (length 1).
pub(super) fn arrowhead(tip: Point<World>, along: Vector<World>, length: f64, role: Role) -> Shape {
    let across = Vector::new(-along.y, along.x) * (length * 0.45);
    let base = tip - along * length;
    filled(vec![tip, base + across, base - across], role)
}

impl Maker<'_> {
    /// The symbol with everything that belongs to it: method disc, inertia.
    pub(super) fn component_item(&self, node: &Node, component: &Component) -> Item {
        let mut shapes = Vec::with_capacity(2);
        let center = node.center;
        if let Some(method) = component.method.filter(|_| !component.is_anchor()) {
            shapes.push(method_disc(center, method, node.growth()));
        }
        if node.may_be_larger() {
            let dashed = Stroke { role: Role::RiskUnknown, width: NODE_OUTLINE, dash: Dash::Medium };
            shapes.push(ring(center, symbol_radius(component, node.parent) + SIZE_RING, dashed));
        }
        let first = shapes.len();
        let vague = node.undecided || node.hidden;
        let outline = Stroke {
            role: if vague { Role::Unknown } else { Role::ComponentStroke },
            width: NODE_OUTLINE,
            dash: if vague { Dash::Fine } else { Dash::Solid },
        };
        match (&component.kind, component.symbol) {
            (ComponentKind::Anchor, _) => shapes.push(disc(center, ANCHOR_HALF, Role::ComponentStroke, None)),
            (_, Symbol::Market) => market(center, outline, &mut shapes),
            (_, Symbol::Ecosystem) => ecosystem(center, outline, &mut shapes),
            (ComponentKind::Submap, _) => {
                shapes.push(disc(center, SUBMAP_RING, Role::ComponentFill, Some(Stroke { width: 1.0, ..outline })));
                shapes.push(disc(center, NODE_RADIUS, outline.role, None));
            }
            (ComponentKind::Unknown(_), _) => {
                let grey = Stroke { role: Role::Unknown, ..outline };
                shapes.push(square(center, UNKNOWN_HALF, Role::ComponentFill, grey));
            }
            (ComponentKind::Component, _) if node.parent => {
                shapes.push(square(center, PARENT_HALF, Role::ComponentFill, outline));
            }
            (ComponentKind::Component, Symbol::Plain) => {
                shapes.push(disc(center, NODE_RADIUS, Role::ComponentFill, Some(outline)));
            }
        }
        if node.growth() > 0.0 {
            let factor = 1.0 + node.growth() / symbol_radius(component, node.parent);
            shapes.iter_mut().skip(first).for_each(|shape| scaled(shape, center, factor));
        }
        // A mark that says as much says it for both.
        if node.may_be_larger() && !node.mark.is_some_and(|mark| mark.unsure) {
            let away = symbol_radius(component, node.parent) + SIZE_RING;
            self.question(center + Vector::new(away * 0.78, -away * 0.62), 8.0, &mut shapes);
        }
        if component.inertia.is_some() {
            let at = Point::new(self.inertia_x(node), center.y);
            let half = Vector::new(INERTIA_WIDTH / 2.0, INERTIA_HEIGHT / 2.0);
            shapes.push(Shape::Box {
                rect: Rect::from_corners(at - half, at + half),
                corner: 1.0,
                fill: Some(Role::Inertia),
                stroke: None,
                fill_opacity: 1.0,
            });
        }
        Item::new(ItemKey::Record(crate::model::AnyRecordId::Component(node.id)), shapes).important(node.importance)
    }

    /// Inertia stands on the first boundary the evolution crosses, else beside the component.
    fn inertia_x(&self, node: &Node) -> f64 {
        let width = self.frame.size().width;
        let Some(to) = node.evolved else {
            return node.center.x + (INERTIA_RESTING * width).max(node.radius + INERTIA_WIDTH);
        };
        let (from, to) = (node.center.x / width, to.x / width);
        let boundaries = &self.document.settings.evolution.boundaries;
        let crossed = if to >= from {
            boundaries.iter().copied().find(|b| *b > from && *b < to)
        } else {
            boundaries.iter().rev().copied().find(|b| *b < from && *b > to)
        };
        match crossed {
            Some(boundary) => boundary * width,
            None => node.center.x + (INERTIA_MOVING * width).max(node.radius + INERTIA_WIDTH) * (to - from).signum(),
        }
    }

    /// The arrow to where the component is expected to go, with the place itself.
    pub(super) fn evolve_item(&self, node: &Node) -> Option<Item> {
        let to = node.evolved?;
        let mut shapes = Vec::with_capacity(3);
        if let Some(along) = (to - node.center).normalized() {
            let start = node.center + along * node.radius;
            let tip = to - along * (NODE_RADIUS + 1.5);
            if (tip - start).length() > EVOLVE_HEAD && (tip - start).x * along.x >= 0.0 {
                let stroke = Stroke { role: Role::Evolve, width: EVOLVE_WIDTH, dash: Dash::Medium };
                shapes.push(Shape::Line { points: vec![start, tip - along * EVOLVE_HEAD], stroke });
                shapes.push(arrowhead(tip, along, EVOLVE_HEAD, Role::Evolve));
            }
        }
        let stroke = Stroke::solid(Role::Evolve, NODE_OUTLINE);
        shapes.push(match node.parent {
            true => square(to, PARENT_HALF, Role::ComponentFill, stroke),
            false => disc(to, NODE_RADIUS, Role::ComponentFill, Some(stroke)),
        });
        Some(Item::new(ItemKey::EvolveArrow(node.id), shapes).important(node.importance))
    }

    /// Number, mark and colour of the component's risk or group, as large as the component is.
    pub(in crate::scene) fn mark_item(&self, node: &Node) -> Option<Item> {
        let mark = node.mark?;
        let mut shapes = match mark.group {
            Some(group) => self.group_shapes(node, group),
            None => self.risk_shapes(node, mark),
        };
        if node.growth() > 0.0 {
            let factor = 1.0 + node.growth() / RISK_RADIUS;
            shapes.iter_mut().for_each(|shape| scaled(shape, node.center, factor));
        }
        Some(Item::new(ItemKey::RiskMark(node.id), shapes).important(node.importance))
    }

    /// A question mark in a small disc.
    fn question(&self, at: Point<World>, radius: f64, shapes: &mut Vec<Shape>) {
        shapes.push(disc(at, radius, Role::Paper, Some(Stroke::solid(Role::RiskUnknown, 1.0))));
        let size = radius * 18.0 / 11.0;
        let at = Point::new(at.x, at.y + CAP_HEIGHT * size / 2.0);
        shapes.push(self.bold_text("?".to_owned(), at, size, TextAnchor::Middle, Role::RiskUnknown));
    }

    fn risk_shapes(&self, node: &Node, mark: RiskMark) -> Vec<Shape> {
        let step = mark.step.clamp(1, 5);
        let center = node.center;
        let outline = Stroke::solid(Role::Ink, NODE_OUTLINE);
        let mut shapes = Vec::with_capacity(6);
        if step == 5 {
            shapes.push(disc(center, RISK_RING, Role::Paper, Some(Stroke::solid(Role::Ink, 2.5))));
        }
        if mark.unsure {
            let dashed = Stroke { role: Role::RiskUnknown, width: NODE_OUTLINE, dash: Dash::Medium };
            shapes.push(ring(center, if step == 5 { RISK_RING + 3.0 } else { RISK_RING }, dashed));
        }
        let fill = Role::Risk(step);
        let mut text_lift = 0.0;
        if step >= 4 {
            // A triangle with blunt corners; its middle of gravity lies on the centre.
            let at = |x: f64, y: f64| center + Vector::new(x, y);
            let points =
                vec![at(-1.6, -11.0), at(1.6, -11.0), at(11.0, 5.6), at(9.4, 8.4), at(-9.4, 8.4), at(-11.0, 5.6)];
            let stroke = Some(outline);
            shapes.push(Shape::Polygon { points, fill: Some(fill), stroke, fill_opacity: 1.0 });
            text_lift = -2.4;
        } else {
            shapes.push(disc(center, RISK_RADIUS, fill, Some(outline)));
            // One bar for low, two for moderate.
            for bar in 0..step - 1 {
                let y = center.y + 4.6 - 2.4 * f64::from(bar) + if step == 3 { 1.2 } else { 0.0 };
                let half = if step == 3 && bar == 0 { 2.8 } else { 3.6 };
                let points = vec![Point::new(center.x - half, y), Point::new(center.x + half, y)];
                shapes.push(Shape::Line { points, stroke: Stroke::solid(Role::RiskInk(step), 1.1) });
            }
            text_lift += match step {
                1 => 0.0,
                2 => 1.8,
                _ => 2.6,
            };
        }
        let number = char::from(b'0' + step).to_string();
        let size = if step == 1 || step >= 4 { 11.0 } else { 10.0 };
        let baseline = center.y - text_lift + CAP_HEIGHT * size / 2.0;
        shapes.push(self.bold_text(
            number,
            Point::new(center.x, baseline),
            size,
            TextAnchor::Middle,
            Role::RiskInk(step),
        ));
        if mark.unsure {
            self.question(center + Vector::new(RISK_RING * 0.78, -RISK_RING * 0.62), 5.5, &mut shapes);
        }
        shapes
    }

    /// Number, shape and colour of a group: told apart without seeing colours.
    fn group_shapes(&self, node: &Node, group: u8) -> Vec<Shape> {
        let group = group.clamp(1, 6);
        let (center, fill) = (node.center, Role::Area(group - 1));
        let outline = Stroke::solid(Role::Ink, NODE_OUTLINE);
        let at = |x: f64, y: f64| center + Vector::new(x, y);
        let polygon = |points: Vec<Point<World>>| Shape::Polygon {
            points,
            fill: Some(fill),
            stroke: Some(outline),
            fill_opacity: 1.0,
        };
        let boxed = |half: Vector<World>, corner: f64| Shape::Box {
            rect: Rect::from_corners(center - half, center + half),
            corner,
            fill: Some(fill),
            stroke: Some(outline),
            fill_opacity: 1.0,
        };
        let shape = match group {
            1 => disc(center, RISK_RADIUS, fill, Some(outline)),
            2 => boxed(Vector::new(8.0, 8.0), 0.0),
            3 => polygon(vec![at(0.0, -11.5), at(11.5, 0.0), at(0.0, 11.5), at(-11.5, 0.0)]),
            4 => {
                polygon(vec![at(-5.5, -9.0), at(5.5, -9.0), at(11.0, 0.0), at(5.5, 9.0), at(-5.5, 9.0), at(-11.0, 0.0)])
            }
            5 => polygon(vec![at(0.0, -11.5), at(11.0, 7.5), at(-11.0, 7.5)]),
            _ => boxed(Vector::new(11.5, 7.5), 7.5),
        };
        let drop = if group == 5 { 2.0 } else { 0.0 };
        let baseline = Point::new(center.x, center.y + drop + CAP_HEIGHT * 5.5);
        let ink = Role::AreaInk(group - 1);
        let number = char::from(b'0' + group).to_string();
        let text = self.bold_text(number, baseline, 11.0, TextAnchor::Middle, ink);
        vec![shape, text]
    }

    /// One line of bold text.
    pub(super) fn bold_text(&self, text: String, at: Point<World>, size: f64, anchor: TextAnchor, role: Role) -> Shape {
        let width = self.measure.width(&text, size, true);
        Shape::Text(TextShape {
            text,
            at,
            anchor,
            size,
            width,
            bold: true,
            italic: false,
            role,
            turn: 0.0,
            halo: false,
        })
    }
}

/// Radius of a component's symbol in its usual size.
pub(in crate::scene) fn symbol_radius(component: &Component, parent: bool) -> f64 {
    match (&component.kind, component.symbol) {
        (ComponentKind::Anchor, _) => ANCHOR_HALF,
        (_, Symbol::Market) => MARKET_RADIUS,
        (_, Symbol::Ecosystem) => ECOSYSTEM_RADII[0],
        (ComponentKind::Submap, _) => SUBMAP_RING,
        (ComponentKind::Unknown(_), _) => UNKNOWN_HALF,
        (ComponentKind::Component, _) if parent => PARENT_HALF,
        (ComponentKind::Component, Symbol::Plain) => NODE_RADIUS,
    }
}

/// Makes a shape larger or smaller about a point.
pub(super) fn scaled(shape: &mut Shape, about: Point<World>, factor: f64) {
    let moved = |p: Point<World>| about + (p - about) * factor;
    match shape {
        Shape::Line { points, .. } | Shape::Polygon { points, .. } => points.iter_mut().for_each(|p| *p = moved(*p)),
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

/// The disc behind a component: pale with an outline for build, grey for buy, dark for outsource.
pub(super) fn method_disc(center: Point<World>, method: Method, growth: f64) -> Shape {
    let radius = METHOD_RADIUS + growth;
    match method {
        Method::Build => disc(center, radius, Role::MethodBuild, Some(Stroke::solid(Role::Ink, 1.0))),
        Method::Buy => disc(center, radius, Role::MethodBuy, None),
        Method::Outsource => disc(center, radius, Role::MethodOutsource, None),
    }
}

/// Three joined discs in a circle.
pub(super) fn market(center: Point<World>, outline: Stroke, shapes: &mut Vec<Shape>) {
    shapes.push(disc(center, MARKET_RADIUS, Role::ComponentFill, Some(outline)));
    let corners = [30.0f64, 150.0, 270.0].map(|degrees| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        center + Vector::new(cos, sin) * MARKET_ORBIT
    });
    let stroke = Some(Stroke { dash: Dash::Solid, ..outline });
    shapes.push(Shape::Polygon { points: corners.to_vec(), fill: None, stroke, fill_opacity: 1.0 });
    shapes.extend(corners.map(|corner| disc(corner, MARKET_DISC, Role::ComponentFill, Some(outline))));
}

/// A hatched ring around a disc.
pub(super) fn ecosystem(center: Point<World>, outline: Stroke, shapes: &mut Vec<Shape>) {
    let [outer, middle, inner] = ECOSYSTEM_RADII;
    let thin = Stroke { role: Role::Unknown, width: 1.0, dash: outline.dash };
    shapes.push(disc(center, outer, Role::MethodBuild, None));
    shapes.push(disc(center, middle, Role::ComponentFill, Some(thin)));
    // Lines at 45° through the ring, by their distance from the centre.
    let along = Vector::new(std::f64::consts::FRAC_1_SQRT_2, -std::f64::consts::FRAC_1_SQRT_2);
    let across = Vector::new(-along.y, along.x);
    let hatch = Stroke::solid(Role::Separator, 1.0);
    let count = (middle / ECOSYSTEM_HATCH).floor() as i32;
    for number in -count..=count {
        let offset = f64::from(number) * ECOSYSTEM_HATCH;
        let half = (middle * middle - offset * offset).max(0.0).sqrt();
        let foot = center + across * offset;
        if half > 1.0 {
            shapes.push(Shape::Line { points: vec![foot - along * half, foot + along * half], stroke: hatch });
        }
    }
    shapes.push(disc(center, inner, Role::ComponentFill, Some(outline)));
}
