//! Where each component stands on the map, also when nobody has decided its place yet.
//!
//! Decided coordinates are taken as they are and a variant stands at its pipeline's height. What is undecided gets
//! a slot that depends on the links alone: rows by depth in the value chain, users on top, ordered so that links
//! stay short, wrapped into several rows where a depth holds many. Dragging one component therefore never moves
//! another. Knows no pixels beyond the shape of the usual frame.

use std::rc::Rc;

use crate::analysis::graph::Graph;
use crate::geom::{Map, Point};
use crate::model::{ComponentId, Document};

/// Columns and rows of labelled components that fit a frame of the usual size without touching.
const COLUMNS: f64 = 10.0;
const ROWS: f64 = 15.0;
/// Free rim on every side, share of the frame.
const MARGIN: f64 = 0.04;
/// Multiples of the golden ratio never come close to repeating.
const GOLDEN: f64 = 0.618_033_988_749_894_8;
/// Sweeps up and down when ordering rows; more change little.
const SWEEPS: usize = 3;

/// Where a component stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Position, 0..=1 both ways.
    pub at: Point<Map>,
    /// Whether somebody has decided the evolution.
    pub evolution_decided: bool,
    /// Whether somebody has decided the visibility (its own, or its pipeline's).
    pub visibility_decided: bool,
}

/// Places for all components that nobody has placed.
#[derive(Debug, Clone, PartialEq, Default)]
struct Slots {
    at: Vec<Point<Map>>,
    frame_scale: f64,
}

/// The places of all components that are not hidden.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placement {
    places: Vec<Place>,
    slots: Option<Rc<Slots>>,
}

impl Placement {
    /// The places in `document`; `graph` must be of it. O((n + m) log n) when something is undecided, else O(n).
    pub(crate) fn new(document: &Document, graph: &Graph) -> Self {
        Self::with_slots(document, graph, None)
    }

    /// The same after a change that left the links as they were.
    pub(crate) fn updated(&self, document: &Document, graph: &Graph) -> Self {
        Self::with_slots(document, graph, self.slots.clone())
    }

    fn with_slots(document: &Document, graph: &Graph, known: Option<Rc<Slots>>) -> Self {
        let visible = || document.components.iter().filter(|(_, c)| !c.hidden);
        let undecided =
            visible().any(|(_, c)| c.evolution.is_none() || (c.visibility.is_none() && c.pipeline.is_none()));
        let slots = undecided.then(|| known.unwrap_or_else(|| Rc::new(Slots::new(graph))));
        let middle = Point::new(0.5, 0.5);
        let slot = |node: usize| slots.as_ref().and_then(|s| s.at.get(node)).copied().unwrap_or(middle);
        let mut places: Vec<Place> = visible()
            .enumerate()
            .map(|(node, (_, c))| {
                let slot = slot(node);
                let x = c.evolution.map_or(slot.x, |e| e.get());
                let y = c.visibility.map_or(slot.y, |v| v.get());
                Place {
                    at: Point::new(x, y),
                    evolution_decided: c.evolution.is_some(),
                    visibility_decided: c.visibility.is_some(),
                }
            })
            .collect();
        if !document.pipelines.is_empty() {
            // A pipeline may hang on a variant of another; eight levels are more than anyone draws.
            for _ in 0..8 {
                let mut changed = false;
                for (node, (_, component)) in visible().enumerate() {
                    let parent = component.pipeline.and_then(|p| document.pipelines.get(&p)).map(|p| p.parent);
                    let above = parent.and_then(|p| graph.node(p)).filter(|p| *p != node).and_then(|p| places.get(p));
                    let (Some(above), Some(place)) = (above.copied(), places.get(node).copied()) else { continue };
                    let level = Place {
                        at: Point::new(place.at.x, above.at.y),
                        visibility_decided: above.visibility_decided,
                        ..place
                    };
                    if level != place {
                        changed = true;
                        if let Some(slot) = places.get_mut(node) {
                            *slot = level;
                        }
                    }
                }
                if !changed {
                    break;
                }
            }
        }
        Self { places, slots }
    }

    /// Places by dense number, in the order of [`Graph::components`].
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Where the component stands; `None` when it is hidden or not there.
    pub fn of(&self, graph: &Graph, id: ComponentId) -> Option<Place> {
        graph.node(id).and_then(|node| self.places.get(node)).copied()
    }

    /// How many times wider and higher than usual the frame should be for undecided components and their labels
    /// not to touch; at least 1.
    pub fn frame_scale(&self) -> f64 {
        self.slots.as_ref().map_or(1.0, |s| s.frame_scale)
    }
}

impl Slots {
    fn new(graph: &Graph) -> Self {
        let rows = ordered_rows(graph);
        let frame_scale = fitting_scale(&rows);
        let columns = (COLUMNS * frame_scale).floor().max(1.0) as usize;
        let total: usize = rows.iter().map(|row| row.len().div_ceil(columns)).sum();
        let mut at = vec![Point::new(0.5, 0.5); graph.len()];
        let mut line = 0;
        for row in &rows {
            let lines = row.len().div_ceil(columns);
            let per_line = row.len().div_ceil(lines.max(1)).max(1);
            // Depths with as many nodes as others would stand in columns and hide the links between them.
            let lean = ((line as f64 * GOLDEN).fract() - 0.5) * 0.5 * (per_line as f64 / 4.0).min(1.0);
            for (index, node) in row.iter().enumerate() {
                // Down first, then right: neighbours in the order stay neighbours on the map.
                let (column, sub) = (index / lines.max(1), index % lines.max(1));
                // Every other line of a depth is shifted by half a column, so labels have room and links stay apart.
                let shift = if lines == 1 { 0.5 + lean } else { 0.25 + 0.5 * (sub % 2) as f64 };
                let x = (column as f64 + shift) / per_line as f64;
                let y = ((line + sub) as f64 + 0.5) / total.max(1) as f64;
                if let Some(slot) = at.get_mut(*node) {
                    *slot = Point::new(MARGIN + (1.0 - 2.0 * MARGIN) * x, 1.0 - MARGIN - (1.0 - 2.0 * MARGIN) * y);
                }
            }
            line += lines;
        }
        Self { at, frame_scale }
    }
}

/// The smallest scale of the frame at which all rows fit.
fn fitting_scale(rows: &[Vec<usize>]) -> f64 {
    let count: usize = rows.iter().map(Vec::len).sum();
    // A long chain must not blow the frame up: rows then stand closer.
    let most = (2.0 * (count as f64 / 60.0).sqrt()).max(1.0);
    let mut scale = 1.0;
    while scale < most {
        let columns = (COLUMNS * scale).floor().max(1.0) as usize;
        let lines: usize = rows.iter().map(|row| row.len().div_ceil(columns)).sum();
        if lines as f64 <= ROWS * scale {
            break;
        }
        scale += 0.25;
    }
    scale.min(most)
}

/// Nodes by depth from the top, each row in an order that keeps links short (barycentre method of Sugiyama,
/// Tagawa and Toda, 1981, over neighbours of any depth). What is linked to nothing comes last.
fn ordered_rows(graph: &Graph) -> Vec<Vec<usize>> {
    let n = graph.len();
    let deepest = (0..n).map(|node| graph.node_depth(node)).max().unwrap_or(0) as usize;
    let linked_somehow = (0..n).any(|node| !graph.node_is_isolated(node));
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); deepest + 2];
    for node in depth_first(graph) {
        let loose = linked_somehow && graph.node_is_isolated(node) && !graph.node_is_anchor(node);
        let row = if loose { deepest + 1 } else { graph.node_depth(node) as usize };
        if let Some(row) = rows.get_mut(row) {
            row.push(node);
        }
    }
    rows.retain(|row| !row.is_empty());

    let mut share = vec![0.5; n];
    let spread = |row: &[usize], share: &mut Vec<f64>| {
        for (index, node) in row.iter().enumerate() {
            if let Some(slot) = share.get_mut(*node) {
                *slot = (index as f64 + 0.5) / row.len() as f64;
            }
        }
    };
    for row in &rows {
        spread(row, &mut share);
    }
    let mut keyed: Vec<(f64, usize, usize)> = Vec::new();
    let count = rows.len();
    for sweep in 0..2 * SWEEPS {
        let down = sweep % 2 == 0;
        for step in 0..count {
            let Some(row) = rows.get_mut(if down { step } else { count - 1 - step }) else { continue };
            keyed.clear();
            for (index, node) in row.iter().enumerate() {
                let near = if down { graph.node_needed_by(*node) } else { graph.node_needs(*node) };
                let sum: f64 = near.iter().filter_map(|n| share.get(n.node as usize)).sum();
                let own = share.get(*node).copied().unwrap_or(0.5);
                keyed.push((if near.is_empty() { own } else { sum / near.len() as f64 }, index, *node));
            }
            keyed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (slot, (_, _, node)) in row.iter_mut().zip(&keyed) {
                *slot = *node;
            }
            spread(row, &mut share);
        }
    }
    rows
}

/// All nodes, each close behind the first that needs it: trees come out without crossings.
fn depth_first(graph: &Graph) -> Vec<usize> {
    let n = graph.len();
    let mut seen = vec![false; n];
    let mut order = Vec::with_capacity(n);
    let mut stack = Vec::new();
    let starts = (0..n).filter(|node| graph.node_needed_by(*node).is_empty()).chain(0..n);
    for start in starts {
        stack.push(start);
        while let Some(node) = stack.pop() {
            let Some(flag) = seen.get_mut(node) else { continue };
            if std::mem::replace(flag, true) {
                continue;
            }
            order.push(node);
            stack.extend(graph.node_needs(node).iter().rev().map(|n| n.node as usize));
        }
    }
    order
}
