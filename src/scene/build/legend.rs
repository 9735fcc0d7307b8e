//! The legend: one row for each sign that occurs on the map.

use crate::geom::{Evolution, Point, Rect, Vector, World};
use crate::model::{Component, ComponentKind, FlowDirection, Inertia, Link, LinkKind, Method, Symbol};
use crate::scene::build::component::{ecosystem, market, method_disc, scaled};
use crate::scene::build::Maker;
use crate::scene::display::{Dash, Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::measure::CAP_HEIGHT;
use crate::scene::metrics::*;
use crate::scene::node::Node;
use crate::scene::wrap::ellipsize;
use crate::scene::{DifferenceSign, RiskMark, Scene, SizeMark};

const PADDING: f64 = 14.0;
/// Widest symbol.
const SYMBOL_WIDTH: f64 = 44.0;
/// Distance of rows with small symbols.
const ROW: f64 = 27.0;
/// Widest name of a group.
const GROUP_WIDTH: f64 = 180.0;

/// What can occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Anchor,
    Component,
    Undecided,
    Submap,
    Market,
    Ecosystem,
    Build,
    Buy,
    Outsource,
    Pipeline,
    Inertia,
    Evolution,
    Flow,
    Unsure,
    Risk(u8),
    Group(u8),
    Size(u8),
    SizeUnknown,
    Difference(DifferenceSign),
}

impl Sign {
    fn words(self) -> &'static str {
        match self {
            Self::Anchor => "Anchor: a user or their need",
            Self::Component => "Component",
            Self::Undecided => "Evolution not decided",
            Self::Submap => "Submap",
            Self::Market => "Market",
            Self::Ecosystem => "Ecosystem",
            Self::Build => "Built in house",
            Self::Buy => "Bought",
            Self::Outsource => "Outsourced",
            Self::Pipeline => "Pipeline of variants",
            Self::Inertia => "Inertia: resists change",
            Self::Evolution => "Expected evolution",
            Self::Flow => "Flow",
            Self::Unsure => "Not known to be below red",
            Self::Risk(1) => "Risk 1: none",
            Self::Risk(2) => "Risk 2: low",
            Self::Risk(3) => "Risk 3: moderate",
            Self::Risk(4) => "Risk 4: high",
            Self::Risk(_) => "Risk 5: critical",
            Self::Group(_) | Self::Size(_) | Self::SizeUnknown => "",
            Self::Difference(DifferenceSign::Added) => "Added",
            Self::Difference(DifferenceSign::Removed) => "Removed",
            Self::Difference(DifferenceSign::Changed) => "Changed or renamed",
            Self::Difference(DifferenceSign::Moved) => "Moved",
        }
    }
}

impl Maker<'_> {
    /// The legend right of the plane, `None` when nothing is drawn.
    pub(super) fn legend_item(&self, scene: &Scene) -> Option<Item> {
        let signs = self.signs(scene);
        if signs.is_empty() {
            return None;
        }
        let words_of = |sign: &Sign| match sign {
            Sign::Group(number) => {
                ellipsize(self.facts.group_name(*number), NOTE_SIZE, false, GROUP_WIDTH, self.measure).text
            }
            Sign::Size(step) => self.facts.size_words(*step).to_owned(),
            Sign::SizeUnknown => self.facts.size_words(0).to_owned(),
            sign => sign.words().to_owned(),
        };
        let width_of = |sign: &Sign| self.measure.width(&words_of(sign), NOTE_SIZE, false);
        let text_width = signs.iter().map(width_of).fold(0.0, f64::max);
        let corner = Point::new(self.frame.size().width + MARGIN_RIGHT, 0.0);
        let mut shapes = Vec::new();
        let mut y = corner.y + PADDING + NOTE_SIZE;
        let heading = Point::new(corner.x + PADDING, y);
        shapes.push(self.bold_text("Legend".to_owned(), heading, NOTE_SIZE, TextAnchor::Start, Role::Ink));
        y += 8.0;
        for sign in &signs {
            let row = match sign {
                Sign::Market | Sign::Ecosystem => 44.0,
                Sign::SizeUnknown => 50.0,
                Sign::Size(4..) => 44.0,
                Sign::Build | Sign::Buy | Sign::Outsource | Sign::Pipeline => 36.0,
                _ => ROW,
            };
            let center = Point::new(corner.x + PADDING + SYMBOL_WIDTH / 2.0, y + row / 2.0);
            self.push_sign(*sign, center, &mut shapes);
            let at = Point::new(corner.x + 2.0 * PADDING + SYMBOL_WIDTH - 4.0, center.y + CAP_HEIGHT * NOTE_SIZE / 2.0);
            shapes.push(Shape::Text(TextShape {
                text: words_of(sign),
                at,
                anchor: TextAnchor::Start,
                size: NOTE_SIZE,
                width: width_of(sign),
                bold: false,
                italic: false,
                role: Role::Ink,
                turn: 0.0,
                halo: false,
            }));
            y += row;
        }
        let far = Point::new(corner.x + 3.0 * PADDING + SYMBOL_WIDTH - 4.0 + text_width, y + PADDING - 4.0);
        let ground = Shape::Box {
            rect: Rect::from_corners(corner, far),
            corner: 4.0,
            fill: Some(Role::Paper),
            stroke: Some(Stroke::solid(Role::Separator, 1.0)),
            fill_opacity: 1.0,
        };
        shapes.insert(0, ground);
        Some(Item::new(ItemKey::Legend, shapes).important(0.9))
    }

    /// The signs that occur, in the order of the legend.
    fn signs(&self, scene: &Scene) -> Vec<Sign> {
        let mut signs = Vec::new();
        for (id, node) in &scene.nodes {
            let Some(component) = self.document.components.get(id) else { continue };
            signs.push(match (&component.kind, component.symbol) {
                (ComponentKind::Anchor, _) => Sign::Anchor,
                (_, Symbol::Market) => Sign::Market,
                (_, Symbol::Ecosystem) => Sign::Ecosystem,
                (ComponentKind::Submap, _) => Sign::Submap,
                _ if node.parent => Sign::Pipeline,
                _ if node.undecided => Sign::Undecided,
                _ => Sign::Component,
            });
            if let Some(method) = component.method.filter(|_| !component.is_anchor()) {
                signs.push(match method {
                    Method::Build => Sign::Build,
                    Method::Buy => Sign::Buy,
                    Method::Outsource => Sign::Outsource,
                });
            }
            if component.inertia.is_some() {
                signs.push(Sign::Inertia);
            }
            if component.evolve.is_some() {
                signs.push(Sign::Evolution);
            }
            if let Some(group) = node.mark.and_then(|mark| mark.group) {
                signs.push(Sign::Group(group));
            } else if let Some(mark) = node.mark {
                signs.push(Sign::Risk(mark.step.clamp(1, 5)));
                if mark.unsure {
                    signs.push(Sign::Unsure);
                }
            }
            if let Some(size) = node.size {
                signs.extend(size.step.map(|step| Sign::Size(step.clamp(1, 5))));
                if node.may_be_larger() {
                    signs.push(Sign::SizeUnknown);
                }
            }
            signs.sort_unstable();
            signs.dedup();
        }
        if self.document.links.values().any(|link| matches!(link.kind, LinkKind::Flow(_))) && !signs.is_empty() {
            signs.push(Sign::Flow);
        }
        if !self.options.legend {
            signs.retain(|sign| {
                matches!(sign, Sign::Unsure | Sign::Risk(_) | Sign::Group(_) | Sign::Size(_) | Sign::SizeUnknown)
            });
        }
        for difference in self.facts.differences_shown() {
            signs.extend(difference.sign.map(Sign::Difference));
            signs.extend(difference.from.map(|_| Sign::Difference(DifferenceSign::Moved)));
        }
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    /// Draws a sign as it is drawn on the map.
    fn push_sign(&self, sign: Sign, center: Point<World>, shapes: &mut Vec<Shape>) {
        let aside = Vector::new(SYMBOL_WIDTH / 2.0 - 8.0, 0.0);
        let mut node = Node {
            id: crate::id::Id::default(),
            center,
            evolved: None,
            radius: NODE_RADIUS,
            anchor: sign == Sign::Anchor,
            undecided: false,
            hidden: false,
            parent: false,
            variant: false,
            mark: None,
            size: None,
            degree: 0,
            importance: 0.0,
        };
        let mut component = Component::default();
        match sign {
            Sign::Anchor => component.kind = ComponentKind::Anchor,
            Sign::Submap => component.kind = ComponentKind::Submap,
            Sign::Undecided => node.undecided = true,
            Sign::Component | Sign::Pipeline => {}
            Sign::Size(_) | Sign::SizeUnknown => {
                let step = if let Sign::Size(step) = sign { Some(step) } else { None };
                node.size = Some(SizeMark { component: node.id, step, unsure: false });
            }
            Sign::Build => component.method = Some(Method::Build),
            Sign::Buy => component.method = Some(Method::Buy),
            Sign::Outsource => component.method = Some(Method::Outsource),
            Sign::Inertia => component.inertia = Some(Inertia::default()),
            Sign::Market | Sign::Ecosystem => {
                let outline = Stroke::solid(Role::ComponentStroke, NODE_OUTLINE);
                match sign {
                    Sign::Market => market(center, outline, shapes),
                    _ => {
                        let from = shapes.len();
                        ecosystem(center, outline, shapes);
                        shapes.iter_mut().skip(from).for_each(|shape| scaled(shape, center, 0.66));
                    }
                }
                return;
            }
            Sign::Evolution => {
                node.center = center - aside;
                node.evolved = Some(center + aside);
                component.evolve =
                    Some(crate::model::Evolve { to: Evolution::clamped(1.0), name: None, label_offset: None });
                shapes.extend(self.evolve_item(&node).into_iter().flat_map(|item| item.shapes));
            }
            Sign::Flow => {
                node.center = center - aside;
                let to = Node { center: center + aside, radius: 0.0, ..node.clone() };
                node.radius = 0.0;
                let link = Link { kind: LinkKind::Flow(FlowDirection::Forward), ..Link::default() };
                shapes.extend(self.link_item(crate::id::Id::default(), &link, &node, &to).shapes);
                return;
            }
            Sign::Difference(sign) => return self.push_difference(sign, center, shapes),
            Sign::Risk(_) | Sign::Unsure | Sign::Group(_) => {
                // What is not known to be below red never has a lower step than the middle one.
                let step = if let Sign::Risk(step) = sign { step } else { 3 };
                let group = if let Sign::Group(number) = sign { Some(number) } else { None };
                let unsure = sign == Sign::Unsure;
                node.mark = Some(RiskMark { component: node.id, step, rank: None, unsure, group });
                shapes.extend(self.mark_item(&node).into_iter().flat_map(|item| item.shapes));
                return;
            }
        }
        if sign == Sign::Pipeline {
            let half = Vector::new(SYMBOL_WIDTH / 2.0, 0.0);
            let top = center - Vector::new(0.0, 6.0);
            shapes.push(Shape::Box {
                rect: Rect::from_corners(top - half, top + half + Vector::new(0.0, 16.0)),
                corner: 3.0,
                fill: None,
                stroke: Some(Stroke { role: Role::ComponentStroke, width: 1.0, dash: Dash::Solid }),
                fill_opacity: 1.0,
            });
            node.parent = true;
            node.center = top;
        }
        if let Some(method) = component.method.take() {
            shapes.push(method_disc(center, method, 0.0));
        }
        shapes.extend(self.component_item(&node, &component).shapes);
    }
}
