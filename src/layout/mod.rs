//! A layered picture of who needs whom: users on top, what they need below, links routed between the boxes.
//!
//! Knows boxes of one size and links between them by number; knows no document, no names and no screen. The same
//! diagram gives the same layout, byte for byte. The steps are those of Sugiyama, Tagawa and Toda (1981): circles are
//! opened and boxes get rows (`rows`), long links get lines through them (`items`), rows get an order with few crossings (`crossing`), boxes get places
//! (`place`), links get routes (`route`), parts are packed (`pack`). Large diagrams are laid out in slices.
//!
//! Long links to one box share a trunk, so that what everything needs stands at the end of one line instead of a
//! sheaf: every line still ends at one box only. Rows that would be too wide are split, so that the picture fits a page.

mod crossing;
mod items;
mod pack;
mod place;
mod route;
mod rows;
#[cfg(test)]
mod tests;

use crate::geom::{Point, Rect, World};
use crate::layout::rows::Part;

/// Width of a box, world pixels.
pub const BOX_WIDTH: f64 = 140.0;
/// Height of a box, world pixels.
pub const BOX_HEIGHT: f64 = 52.0;
/// Distance of the centres of neighbours in a row, world pixels.
pub const PITCH: f64 = 152.0;
/// Distance of the centres of rows, world pixels.
pub const ROW: f64 = 88.0;
/// Distance of a trunk's line from the next, world pixels.
const LINE_PITCH: f64 = 12.0;
/// Width over height that a picture should have.
const SHAPE: f64 = 1.9;
/// A pinned box further out than this is brought back, world pixels.
const FARTHEST: f64 = 90_000.0;

/// A box of the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DiagramNode {
    /// A user or another start of the chain: on top.
    pub top: bool,
    /// Where somebody has put its centre. The row nearest to it counts.
    pub pin: Option<Point<World>>,
    /// Where it stood before, or stands on the map: only the order from left to right counts.
    pub seed: Option<f64>,
}

/// Boxes and who needs whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// The boxes.
    pub nodes: Vec<DiagramNode>,
    /// From who needs to what is needed, by number of the box. Links that lead nowhere or to themselves are passed over.
    pub links: Vec<(u32, u32)>,
}

/// How a link runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    /// Downwards, as needs do.
    #[default]
    Down,
    /// Upwards, because it closes a circle.
    Circle,
    /// Not downwards, because boxes were put where they are by hand.
    ByHand,
}

/// The way of a link.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// From the border of the box that needs to that of the one needed; between two points of different x the line
    /// bends, leaving and arriving upright. Empty for a link that is not drawn.
    pub points: Vec<Point<World>>,
    /// Whether it runs downwards.
    pub course: Course,
}

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Centres of the boxes.
    pub places: Vec<Point<World>>,
    /// Routes of the links.
    pub routes: Vec<Route>,
    /// Where the boxes stand that no link touches, when there are such.
    pub alone: Option<Rect<World>>,
    /// Everything, without margins.
    pub bounds: Option<Rect<World>>,
}

/// The row nearest to a place, and the other way round.
pub fn row_at(y: f64) -> i32 {
    (y.clamp(-FARTHEST, FARTHEST) / ROW).round() as i32
}

/// Where a box comes to stand that somebody puts here: its row, and x in whole pixels.
pub fn settled(at: Point<World>) -> Point<World> {
    let x = if at.x.is_finite() { at.x.clamp(-FARTHEST, FARTHEST).round() } else { 0.0 };
    let y = if at.y.is_finite() { at.y } else { 0.0 };
    Point::new(x, f64::from(row_at(y)) * ROW)
}

/// The layout of a diagram, at once. For more than a few hundred boxes see [`LayoutJob`].
pub fn layout(diagram: Diagram) -> Layout {
    let mut job = LayoutJob::new(diagram);
    loop {
        if let Some(layout) = job.step(usize::MAX) {
            return layout;
        }
    }
}

/// What is done next for a part. Passes over rows say which pass, and how many rows of it are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Chains,
    Widths,
    Items,
    Segments,
    Order,
    Count(u32, usize),
    Sweep(u32, usize),
    Exchange(u32, usize),
    Begin(usize),
    Place(u32, usize),
    Ports,
    Routes(usize),
}

/// A layout that is made in slices.
#[derive(Debug)]
pub struct LayoutJob {
    diagram: Diagram,
    parts: Vec<Part>,
    /// The part at work and what is next for it.
    at: usize,
    stage: Stage,
    /// Boxes and lines handled in this slice.
    spent: usize,
    done: usize,
    all: usize,
}

impl LayoutJob {
    /// Begins a layout.
    pub fn new(mut diagram: Diagram) -> Self {
        let count = diagram.nodes.len();
        for node in &mut diagram.nodes {
            node.pin = node.pin.map(settled);
            node.seed = node.seed.filter(|x| x.is_finite());
        }
        let parts = rows::parts(&diagram);
        let all = parts.iter().map(|part| part.nodes.len() + part.links.len()).sum::<usize>().max(1);
        debug_assert!(parts.iter().map(|part| part.nodes.len()).sum::<usize>() <= count);
        Self { diagram, parts, at: 0, stage: Stage::Chains, spent: 0, done: 0, all }
    }

    /// Share of the work that is done, 0..=1.
    pub fn share(&self) -> f64 {
        (self.done as f64 / (self.all as f64 * STEPS)).min(1.0)
    }

    /// Does about `budget` boxes' and lines' worth of work. The layout, once it is done.
    pub fn step(&mut self, budget: usize) -> Option<Layout> {
        self.spent = 0;
        while let Some(part) = self.parts.get_mut(self.at) {
            if self.spent >= budget {
                return None;
            }
            let size = part.nodes.len() + part.links.len();
            let (work, next) = part.advance(self.stage, &self.diagram);
            self.spent += work;
            match next {
                Some(stage) => {
                    // Passes count once each.
                    let ended = std::mem::discriminant(&stage) != std::mem::discriminant(&self.stage);
                    self.done += if ended { size } else { 0 };
                    self.stage = stage;
                }
                None => {
                    self.at += 1;
                    self.stage = Stage::Chains;
                }
            }
        }
        Some(pack::assemble(&self.diagram, &mut self.parts))
    }
}

impl Part {
    /// One step: what it took, in boxes and lines, and what is next; `None` when the part is laid out.
    fn advance(&mut self, stage: Stage, diagram: &Diagram) -> (usize, Option<Stage>) {
        let own = self.nodes.len() + self.links.len();
        let all = self.items.len() + self.segments.len();
        let rows = self.rows.len();
        let (work, next) = match stage {
            Stage::Chains => {
                self.make_chains(diagram);
                (3 * own, Stage::Widths)
            }
            Stage::Widths if self.try_width() => (own, Stage::Widths),
            Stage::Widths => {
                self.take_rows(diagram);
                (own, Stage::Items)
            }
            Stage::Items => {
                self.make_items(diagram);
                (own + self.items.len(), Stage::Segments)
            }
            Stage::Segments => {
                self.make_segments();
                (2 * (self.items.len() + self.segments.len()), Stage::Order)
            }
            Stage::Order => {
                self.first_order();
                self.find_positions();
                (2 * all, Stage::Count(0, 0))
            }
            Stage::Count(pass, row) if row < rows => (self.count_row(row), Stage::Count(pass, row + 1)),
            Stage::Count(pass, _) => {
                self.keep_if_best();
                if pass < crossing::passes(self) {
                    (0, Stage::Sweep(pass, 0))
                } else if self.take_best_order() {
                    (all, Stage::Exchange(0, 0))
                } else {
                    (all, Stage::Begin(0))
                }
            }
            Stage::Sweep(pass, row) if row < rows => (self.sweep_row(pass, row), Stage::Sweep(pass, row + 1)),
            Stage::Sweep(pass, _) => (0, Stage::Count(pass + 1, 0)),
            Stage::Exchange(round, row) if row < rows => (self.exchange_row(row), Stage::Exchange(round, row + 1)),
            Stage::Exchange(round, _) if self.has_exchanged() && round + 1 < crossing::MOST_ROUNDS => {
                (0, Stage::Exchange(round + 1, 0))
            }
            Stage::Exchange(..) => (0, Stage::Begin(0)),
            Stage::Begin(row) if row < rows => (self.begin_row(row), Stage::Begin(row + 1)),
            Stage::Begin(_) => {
                self.find_middles();
                (self.items.len(), Stage::Place(0, 0))
            }
            Stage::Place(pass, row) if row < rows => (self.place_row(pass, row), Stage::Place(pass, row + 1)),
            Stage::Place(pass, _) if pass + 1 < place::PASSES => {
                self.find_middles();
                (self.items.len(), Stage::Place(pass + 1, 0))
            }
            Stage::Place(..) => {
                self.round_places();
                (self.items.len(), Stage::Ports)
            }
            Stage::Ports => {
                self.find_ports();
                (own, Stage::Routes(0))
            }
            Stage::Routes(link) if link < self.links.len() => (self.add_route(link), Stage::Routes(link + 1)),
            Stage::Routes(_) => return (0, None),
        };
        (work.max(1), Some(next))
    }
}

/// Steps a part takes, about.
const STEPS: f64 = 8.0 + 2.0 * crossing::MOST_PASSES as f64 + place::PASSES as f64;
