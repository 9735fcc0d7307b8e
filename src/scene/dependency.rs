//! The dependency view as a display list: boxes with name, whose it is and risk; links as the layout has routed them.
//!
//! Knows the document, its facts and a finished layout; decides nothing about places. What is marked is marked by a
//! shape, a line and a word, never by colour alone.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::geom::{distance_to_polyline, MapFrame, Point, Rect, Vector, World};
use crate::layout::{Course, Layout, BOX_HEIGHT, BOX_WIDTH};
use crate::model::{AnyRecordId, Component, ComponentId, Document, LinkId};
use crate::order;
use crate::scene::afar;
use crate::scene::build::Maker;
use crate::scene::detail::Details;
use crate::scene::display::{Dash, Item, ItemKey, Layer, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::hit::{distance_to_rect, Hit, HitPart};
use crate::scene::items::ItemStore;
use crate::scene::measure::{ArialMeasure, TextMeasure};
use crate::scene::node::{Families, Node};
use crate::scene::wrap::{ellipsize, wrap, WrapRules};
use crate::scene::{Scene, SceneFacts, ViewOptions, Web};

/// Margins around the picture, world pixels.
const MARGIN: f64 = 28.0;
/// Room above the picture for its title, sizes of the title.
const TITLE_ROOM: f64 = 3.2;
/// Font sizes of names, of what stands below them, and of notes in the picture.
const NAME_SIZE: f64 = 13.0;
const SECOND_SIZE: f64 = 11.0;
/// Smallest and largest size of the title, and its share of the picture's width.
const TITLE_SIZES: (f64, f64) = (20.0, 64.0);
const TITLE_SHARE: f64 = 1.0 / 55.0;
/// A longer heading than this does not make the picture wider, world pixels.
const MOST_HEADING: f64 = 900.0;
/// Room beside the texts of a box.
const PADDING: f64 = 8.0;
/// Length of an arrowhead.
const HEAD: f64 = 7.0;
/// Points of a bend, and of one in a picture with very many links.
const SMOOTH: usize = 10;
const COARSE: usize = 4;
/// From so many links on a picture is drawn with less detail.
const MANY_LINKS: usize = 1_500;
/// Below this zoom names are drawn alone and larger: this high on the screen, if boxes allow.
const LARGE_BELOW: f64 = 0.72;
const WANTED_NAME: f64 = 10.0;
const LARGEST_NAME: f64 = 23.0;
/// Below these heights on the screen names inside boxes cannot be read, and second lines are left out, pixels.
const READABLE: f64 = 8.0;
const LEAST_SECOND: f64 = 6.0;

/// What is drawn: who stands where, and what the layout says about the links.
#[derive(Debug, Clone, Copy)]
pub struct DependencyPicture<'a> {
    /// Components in the order of the layout's places.
    pub components: &'a [ComponentId],
    /// Links in the order of its routes.
    pub links: &'a [LinkId],
    /// Places and routes.
    pub layout: &'a Layout,
    /// What the picture shows, in a line above it; empty for none.
    pub heading: &'a str,
    /// What it shows of how many, in a line below the heading.
    pub subheading: &'a str,
}

/// What a scene of boxes knows besides its items.
#[derive(Debug)]
pub(super) struct Diagram {
    /// Everything with margins.
    pub(super) page: Rect<World>,
    /// Names in one line.
    names: BTreeMap<ComponentId, String>,
}

/// The box of a component about its centre.
pub fn box_at(center: Point<World>) -> Rect<World> {
    let half = Vector::new(BOX_WIDTH / 2.0, BOX_HEIGHT / 2.0);
    Rect { min: center - half, max: center + half }
}

impl Scene {
    /// The dependency view. Facts need the risk marks only.
    pub fn of_dependencies(
        document: &Document,
        facts: &Rc<SceneFacts>,
        picture: &DependencyPicture<'_>,
        measure: &dyn TextMeasure,
    ) -> Self {
        let bounds = picture.layout.bounds.unwrap_or(Rect { min: Point::ORIGIN, max: Point::new(1.0, 1.0) });
        let title = (bounds.width() * TITLE_SHARE).clamp(TITLE_SIZES.0, TITLE_SIZES.1);
        // A small picture is as wide as its heading.
        let heading = measure.width(picture.heading, title, true).min(MOST_HEADING);
        let right = bounds.max.x.max(bounds.min.x + heading);
        let page = Rect {
            min: bounds.min - Vector::new(MARGIN, MARGIN + TITLE_ROOM * title),
            max: Point::new(right + MARGIN, bounds.max.y + MARGIN),
        };
        let options = ViewOptions { risk: true, ..ViewOptions::default() };
        let frame = MapFrame::new(document.settings.frame_size());
        let maker = Maker { document, facts, options: &options, measure, frame };
        let mut links_at: BTreeMap<ComponentId, Vec<LinkId>> = BTreeMap::new();
        let mut ends = BTreeMap::new();
        for (id, link) in &document.links {
            links_at.entry(link.from).or_default().push(*id);
            if link.to != link.from {
                links_at.entry(link.to).or_default().push(*id);
            }
            ends.insert(*id, (link.from, link.to));
        }
        let mut scene = Self {
            frame,
            settings: Rc::clone(&document.settings),
            options: options.clone(),
            facts: Rc::clone(facts),
            families: Families::default(),
            nodes: BTreeMap::new(),
            web: Rc::new(Web { links_at: order::map(links_at.into_iter().map(|(id, l)| (id, Rc::from(l)))), ends }),
            items: ItemStore::new(page),
            spots: BTreeMap::new(),
            changed: Vec::new(),
            details: Details::default(),
            diagram: None,
            earlier: None,
        };
        let circles = in_circles(document, picture);
        let owners = owner_line(document);
        let mut names = BTreeMap::new();
        for (id, center) in picture.components.iter().zip(&picture.layout.places) {
            let Some(component) = document.components.get(id) else { continue };
            let node = Node {
                id: *id,
                center: *center,
                evolved: None,
                radius: BOX_HEIGHT / 2.0,
                anchor: component.is_anchor(),
                undecided: false,
                hidden: component.hidden,
                parent: false,
                variant: false,
                mark: facts.mark(*id),
                size: None,
                degree: scene.links_of(*id).len(),
                importance: 0.5,
            };
            names.insert(*id, component.name.split_whitespace().collect::<Vec<_>>().join(" "));
            let second = second_line(*id, component, circles.contains(id), &owners);
            let record = box_item(&node, component, &second, measure);
            scene.put(ItemKey::Record(AnyRecordId::Component(*id)), Some(record));
            // The mark sits on the top left corner of its box.
            let corner = Node { center: box_at(*center).min + Vector::new(3.0, 3.0), ..node.clone() };
            scene.put(ItemKey::RiskMark(*id), maker.mark_item(&corner));
            scene.nodes.insert(*id, Rc::new(node));
        }
        let many = picture.links.len() > MANY_LINKS;
        for (id, route) in picture.links.iter().zip(&picture.layout.routes) {
            if let Some(item) = link_item(*id, &route.points, route.course, many) {
                scene.put(ItemKey::Record(AnyRecordId::Link(*id)), Some(item));
            }
            if route.course == Course::Circle {
                scene.put(ItemKey::LinkText(*id), circle_word(*id, &route.points, measure));
            }
        }
        scene.put(ItemKey::Frame, Some(heading_item(picture, &page, title, measure)));
        scene.diagram = Some(Rc::new(Diagram { page, names }));
        scene.changed.clear();
        scene
    }

    /// Whether this is the dependency view.
    pub fn is_diagram(&self) -> bool {
        self.diagram.is_some()
    }

    pub(super) fn visible_diagram(
        &self,
        area: &Rect<World>,
        zoom: f64,
        hides: &dyn Fn(ItemKey) -> bool,
    ) -> Vec<Rc<Item>> {
        if zoom * LARGEST_NAME < READABLE {
            return self.seen_from_afar(area, zoom, hides);
        }
        if zoom < LARGE_BELOW {
            return self.with_large_names(area, zoom, hides);
        }
        let least = if zoom * SECOND_SIZE < LEAST_SECOND { NAME_SIZE } else { 0.0 };
        let mut shown = Vec::new();
        // Links bend beyond the straight way between their ends, so boxes around them decide, not the grid of lines.
        for item in self.items.iter() {
            if !item.bounds.overlaps(area) || hides(item.key) {
                continue;
            }
            let small = |shape: &Shape| matches!(shape, Shape::Text(text) if text.size < least);
            if item.layer != Layer::Ground && item.shapes.iter().any(small) {
                let mut item = Item::clone(item);
                item.shapes.retain(|shape| !small(shape));
                shown.push(Rc::new(item));
            } else {
                shown.push(Rc::clone(item));
            }
        }
        shown
    }

    /// From further than that: boxes, and over them the names that matter most.
    fn seen_from_afar(&self, area: &Rect<World>, zoom: f64, hides: &dyn Fn(ItemKey) -> bool) -> Vec<Rc<Item>> {
        let Some(diagram) = &self.diagram else { return Vec::new() };
        let mut shown = Vec::new();
        let mut seen = Vec::new();
        for item in self.items.iter() {
            if !item.bounds.overlaps(area) || hides(item.key) {
                continue;
            }
            match item.key {
                // The title stays as it is.
                ItemKey::Frame => shown.push(Rc::clone(item)),
                ItemKey::LinkText(_) => {}
                key => {
                    if let ItemKey::Record(AnyRecordId::Component(id)) = key {
                        seen.extend(self.nodes.get(&id).map(|node| &**node));
                    }
                    if item.shapes.iter().any(|shape| shape.text().is_some()) {
                        let mut item = Item::clone(item);
                        item.shapes.retain(|shape| shape.text().is_none());
                        shown.push(Rc::new(item));
                    } else {
                        shown.push(Rc::clone(item));
                    }
                }
            }
        }
        let named = afar::names_over(afar::named(seen.into_iter(), &diagram.names), zoom);
        // Marks stay on top of the boxes that have grown, and letters on top of marks.
        let at = shown.iter().position(|item| matches!(item.key, ItemKey::RiskMark(_))).unwrap_or(shown.len());
        let marks = shown.split_off(at);
        shown.extend(named.boxes.into_iter().chain(marks).chain(named.names));
        if named.left_out > 0 && !hides(ItemKey::Frame) {
            shown.push(Rc::new(afar::left_out_item(named.left_out, &diagram.page, zoom)));
        }
        shown
    }

    /// Names alone, as large as their boxes allow.
    fn with_large_names(&self, area: &Rect<World>, zoom: f64, hides: &dyn Fn(ItemKey) -> bool) -> Vec<Rc<Item>> {
        let size = (WANTED_NAME / zoom).clamp(NAME_SIZE, LARGEST_NAME);
        let leading = 1.08 * size;
        let room = BOX_WIDTH - PADDING;
        let lines = ((BOX_HEIGHT / leading).floor() as usize).clamp(1, 3);
        let mut shown = Vec::new();
        for item in self.items.iter() {
            if !item.bounds.overlaps(area) || hides(item.key) {
                continue;
            }
            let ItemKey::Record(AnyRecordId::Component(id)) = item.key else {
                if !matches!(item.key, ItemKey::LinkText(_)) {
                    shown.push(Rc::clone(item));
                }
                continue;
            };
            let (Some(node), Some(name)) = (self.nodes.get(&id), self.diagram.as_ref().and_then(|d| d.names.get(&id)))
            else {
                continue;
            };
            let mut item = Item::clone(item);
            item.shapes.retain(|shape| shape.text().is_none());
            let rules = WrapRules { size, bold: true, width: room, lines, balanced: true };
            let names = wrap(name, rules, &ArialMeasure);
            let mut baseline = node.center.y - (names.len() as f64 - 1.0) * leading / 2.0 + 0.36 * size;
            // A word that is wider than the box is set smaller.
            let widest = names.iter().map(|line| line.width).fold(1.0, f64::max);
            let fitting = (room / widest).min(1.0);
            for line in names {
                let (at, width) = (Point::new(node.center.x, baseline), line.width * fitting);
                item.shapes.push(line_of_text(line.text, at, size * fitting, width, true, Role::ComponentText));
                baseline += leading;
            }
            shown.push(Rc::new(item));
        }
        shown
    }

    pub(super) fn hit_diagram(&self, at: Point<World>, slop: f64) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        let mut offer = |key: ItemKey, part: HitPart, distance: f64| {
            if distance <= slop && best.is_none_or(|hit| distance < hit.distance) {
                best = Some(Hit { key, part, distance });
            }
        };
        self.items.each_overlapping(&Rect::around(at, slop), |item| {
            if let ItemKey::Record(AnyRecordId::Component(id)) = item.key {
                if let Some(node) = self.nodes.get(&id) {
                    offer(item.key, HitPart::Body, distance_to_rect(at, &box_at(node.center)));
                }
            }
        });
        if best.is_some() {
            return best;
        }
        let near = Rect::around(at, slop);
        for item in self.items.layer(Layer::Links).filter(|item| item.bounds.overlaps(&near)) {
            for shape in &item.shapes {
                if let Shape::Line { points, .. } = shape {
                    let distance = distance_to_polyline(at, points);
                    if distance <= slop && best.is_none_or(|hit| distance < hit.distance) {
                        best = Some(Hit { key: item.key, part: HitPart::Line, distance });
                    }
                }
            }
        }
        best
    }

    /// The drawn line of a link in the dependency view.
    pub fn line_of(&self, link: LinkId) -> Option<&[Point<World>]> {
        let item = self.items.get(ItemKey::Record(AnyRecordId::Link(link)))?;
        item.shapes.iter().find_map(|shape| match shape {
            Shape::Line { points, .. } => Some(points.as_slice()),
            _ => None,
        })
    }
}

/// Components at links that close a circle in the picture: the whole circle is found by walking.
fn in_circles(document: &Document, picture: &DependencyPicture<'_>) -> BTreeSet<ComponentId> {
    let mut found = BTreeSet::new();
    let closing: Vec<LinkId> = picture
        .links
        .iter()
        .zip(&picture.layout.routes)
        .filter(|(_, route)| route.course == Course::Circle)
        .map(|(id, _)| *id)
        .collect();
    if closing.is_empty() {
        return found;
    }
    let mut needs: BTreeMap<ComponentId, Vec<ComponentId>> = BTreeMap::new();
    let mut needed: BTreeMap<ComponentId, Vec<ComponentId>> = BTreeMap::new();
    for link in picture.links.iter().filter_map(|id| document.links.get(id)) {
        needs.entry(link.from).or_default().push(link.to);
        needed.entry(link.to).or_default().push(link.from);
    }
    let reach = |start: ComponentId, next: &BTreeMap<ComponentId, Vec<ComponentId>>| {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                open.extend(next.get(&at).into_iter().flatten());
            }
        }
        seen
    };
    for link in closing.iter().filter_map(|id| document.links.get(id)) {
        if found.contains(&link.from) && found.contains(&link.to) {
            continue;
        }
        let below = reach(link.from, &needs);
        let above = reach(link.from, &needed);
        for id in below.intersection(&above) {
            found.insert(*id);
        }
    }
    found
}

/// Whose each component is: its area, or else who answers for it.
fn owner_line(document: &Document) -> BTreeMap<ComponentId, String> {
    let mut lines = BTreeMap::new();
    for area in document.areas.values() {
        for member in &area.members {
            lines.entry(*member).or_insert_with(|| area.name.clone());
        }
    }
    lines
}

fn second_line(
    id: ComponentId,
    component: &Component,
    in_circle: bool,
    areas: &BTreeMap<ComponentId, String>,
) -> String {
    let facts = component.facts();
    let owner = facts.owner_business.value().or(facts.owner_technical.value());
    let whose = owner.or_else(|| areas.get(&id)).map_or("", |words| words);
    match (in_circle, whose.is_empty()) {
        (true, true) => "in a circle".to_owned(),
        (true, false) => format!("in a circle · {whose}"),
        (false, _) => whose.to_owned(),
    }
}

fn line_of_text(text: String, at: Point<World>, size: f64, width: f64, bold: bool, role: Role) -> Shape {
    Shape::Text(TextShape {
        text,
        at,
        anchor: TextAnchor::Middle,
        size,
        width,
        bold,
        italic: false,
        role,
        turn: 0.0,
        halo: false,
    })
}

fn box_item(node: &Node, component: &Component, second: &str, measure: &dyn TextMeasure) -> Item {
    let rect = box_at(node.center);
    let room = BOX_WIDTH - 2.0 * PADDING;
    let anchor = node.anchor;
    let mut shapes = vec![Shape::Box {
        rect,
        corner: if anchor { BOX_HEIGHT / 2.0 } else { 5.0 },
        fill: Some(Role::ComponentFill),
        stroke: Some(Stroke::solid(Role::ComponentStroke, if anchor { 2.0 } else { 1.25 })),
        fill_opacity: 1.0,
    }];
    if component.pin.is_some() {
        // A pin in the corner: put here by hand.
        let center = Point::new(rect.max.x - 7.0, rect.min.y + 7.0);
        let stem = vec![center, center + Vector::new(-3.5, 5.5)];
        shapes.push(Shape::Line { points: stem, stroke: Stroke::solid(Role::Ink, 1.25) });
        shapes.push(Shape::Circle { center, radius: 2.6, fill: Some(Role::Ink), stroke: None });
    }
    let lines = if second.is_empty() { 3 } else { 2 };
    let name = component.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let rules = WrapRules { size: NAME_SIZE, bold: true, width: room, lines, balanced: true };
    let names = wrap(&name, rules, measure);
    let leading = if names.len() > 2 { 14.0 } else { 15.0 };
    let below = if second.is_empty() { 0.0 } else { 13.0 };
    let height = (names.len() as f64 - 1.0) * leading + below;
    let mut baseline = node.center.y - height / 2.0 + 0.34 * NAME_SIZE;
    for line in names {
        let at = Point::new(node.center.x, baseline);
        shapes.push(line_of_text(line.text, at, NAME_SIZE, line.width, true, Role::ComponentText));
        baseline += leading;
    }
    if !second.is_empty() {
        let line = ellipsize(second, SECOND_SIZE, false, room, measure);
        let at = Point::new(node.center.x, baseline - leading + below);
        shapes.push(line_of_text(line.text, at, SECOND_SIZE, line.width, false, Role::Muted));
    }
    Item::new(ItemKey::Record(AnyRecordId::Component(node.id)), shapes)
}

/// A link as a smooth line with its head at what is needed.
fn link_item(id: LinkId, route: &[Point<World>], course: Course, many: bool) -> Option<Item> {
    let (before, tip) = match route {
        [.., before, tip] => (*before, *tip),
        _ => return None,
    };
    let role = if course == Course::Circle { Role::Evolve } else { Role::Link };
    let dash = if course == Course::Circle { Dash::Medium } else { Dash::Solid };
    let width = if course == Course::Circle { 1.75 } else { 1.1 };
    let mut points = smooth(route, if many { COARSE } else { SMOOTH });
    let down = if tip.y >= before.y { 1.0 } else { -1.0 };
    let mut shapes = Vec::with_capacity(2);
    let head = !many || course != Course::Down;
    if head {
        if let Some(last) = points.last_mut() {
            last.y -= down * HEAD * 0.8;
        }
    }
    shapes.push(Shape::Line { points, stroke: Stroke { role, width, dash } });
    if head {
        let corner = |x: f64| Point::new(tip.x + x, tip.y - down * HEAD);
        let points = vec![tip, corner(-0.45 * HEAD), corner(0.45 * HEAD)];
        shapes.push(Shape::Polygon { points, fill: Some(role), stroke: None, fill_opacity: 1.0 });
    }
    Some(Item::new(ItemKey::Record(AnyRecordId::Link(id)), shapes))
}

/// The route with bends: upright at both ends, sampled.
fn smooth(route: &[Point<World>], samples: usize) -> Vec<Point<World>> {
    let mut points: Vec<Point<World>> = route.first().copied().into_iter().collect();
    for pair in route.windows(2) {
        let [a, b] = pair else { continue };
        if (a.x - b.x).abs() > 0.5 {
            for step in 1..samples {
                let t = step as f64 / samples as f64;
                // A cubic curve whose middle points stand above each other: x eases, y nearly keeps its pace.
                let ease = t * t * (3.0 - 2.0 * t);
                let rise = 1.5 * t * (1.0 - t) * (1.0 - t) + 1.5 * t * t * (1.0 - t) + t * t * t;
                points.push(Point::new(a.x + (b.x - a.x) * ease, a.y + (b.y - a.y) * rise));
            }
        }
        points.push(*b);
    }
    points
}

/// Says in the picture that a line goes round.
fn circle_word(id: LinkId, route: &[Point<World>], measure: &dyn TextMeasure) -> Option<Item> {
    let (a, b) = (route.first()?, route.get(1)?);
    let text = "goes round".to_owned();
    let width = measure.width(&text, SECOND_SIZE, false);
    let at = a.lerp(*b, 0.5);
    let shape = Shape::Text(TextShape {
        at: Point::new(at.x, at.y + 0.34 * SECOND_SIZE),
        anchor: TextAnchor::Middle,
        size: SECOND_SIZE,
        width,
        bold: false,
        italic: true,
        role: Role::Evolve,
        turn: 0.0,
        halo: true,
        text,
    });
    Some(Item::new(ItemKey::LinkText(id), vec![shape]))
}

/// Title, what is shown, which way needs run, and a heading over what nothing is linked with.
fn heading_item(picture: &DependencyPicture<'_>, page: &Rect<World>, title: f64, measure: &dyn TextMeasure) -> Item {
    let mut shapes = Vec::new();
    let mut put = |text: &str, x: f64, y: f64, size: f64, bold: bool, role: Role| {
        if !text.is_empty() {
            shapes.push(Shape::Text(TextShape {
                text: text.to_owned(),
                at: Point::new(x, y),
                anchor: TextAnchor::Start,
                size,
                width: measure.width(text, size, bold),
                bold,
                italic: false,
                role,
                turn: 0.0,
                halo: false,
            }));
        }
    };
    let left = page.min.x + MARGIN;
    let top = page.min.y + MARGIN;
    put(picture.heading, left, top + 0.8 * title, title, true, Role::Ink);
    let small = 0.62 * title;
    let room = page.width() - 2.0 * MARGIN;
    let rules = WrapRules { size: small, bold: false, width: room, lines: 2, balanced: false };
    for (line, number) in wrap(picture.subheading, rules, measure).into_iter().zip(0u32..) {
        put(&line.text, left, top + 1.75 * title + 1.3 * small * f64::from(number), small, false, Role::Muted);
    }
    if let Some(alone) = &picture.layout.alone {
        let count = picture.layout.places.iter().filter(|at| alone.contains(**at)).count();
        let words = match count {
            1 => "One is not linked with anything".to_owned(),
            count => format!("{count} are not linked with anything"),
        };
        put(&words, alone.min.x, alone.min.y - 14.0, 14.0, true, Role::Muted);
    }
    Item::new(ItemKey::Frame, shapes).important(1.0)
}
