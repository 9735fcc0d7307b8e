//! A layered picture of who needs whom: users on top, what they need below, links routed between the boxes.
//!
//! Knows boxes of one size and links between them by number; knows no document, no names and no screen. The same
//! diagram gives the same layout, byte for byte. The steps are those of Sugiyama, Tagawa and Toda (1981): circles are
//! opened (`rows`), boxes get rows (`rows`), rows get an order with few crossings (`crossing`), boxes get places
//! (`place`), links get routes (`route`), parts are packed (`pack`). Large diagrams are laid out in slices.
//!
//! Long links to one box share a trunk, so that what everything needs stands at the end of one line instead of a
//! sheaf: every line still ends at one box only. Rows that would be too wide are split, so that the picture fits a page.

mod crossing;
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

/// What is done next for a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Rows,
    Crossings(u32),
    Places(u32),
}

/// A layout that is made in slices.
#[derive(Debug)]
pub struct LayoutJob {
    diagram: Diagram,
    parts: Vec<Part>,
    /// The part at work and what is next for it.
    at: usize,
    stage: Stage,
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
        Self { diagram, parts, at: 0, stage: Stage::Rows, done: 0, all }
    }

    /// Share of the work that is done, 0..=1.
    pub fn share(&self) -> f64 {
        (self.done as f64 / (self.all as f64 * STEPS)).min(1.0)
    }

    /// Does about `budget` boxes' and lines' worth of work. The layout, once it is done.
    pub fn step(&mut self, budget: usize) -> Option<Layout> {
        let mut spent = 0usize;
        while let Some(part) = self.parts.get_mut(self.at) {
            if spent >= budget {
                return None;
            }
            self.done += part.nodes.len() + part.links.len();
            spent += part.nodes.len() + part.items.len() + part.segments.len();
            self.stage = match self.stage {
                Stage::Rows => {
                    part.make_rows(&self.diagram);
                    Stage::Crossings(0)
                }
                Stage::Crossings(pass) if pass < crossing::passes(part) => {
                    part.reduce_crossings(pass);
                    Stage::Crossings(pass + 1)
                }
                Stage::Crossings(_) => {
                    part.take_best_order();
                    Stage::Places(0)
                }
                Stage::Places(pass) if pass < place::PASSES => {
                    part.place(pass);
                    Stage::Places(pass + 1)
                }
                Stage::Places(_) => {
                    self.at += 1;
                    Stage::Rows
                }
            };
        }
        Some(pack::assemble(&self.diagram, &self.parts))
    }
}

/// Steps a part takes, about.
const STEPS: f64 = 3.0 + crossing::MOST_PASSES as f64 + place::PASSES as f64;
