//! Where things go: free places for new components, alignment and even spacing.
//!
//! Computes positions only; the caller makes a command of them.

use crate::geom::{Map, Point};
use crate::model::{ComponentId, Document};
use crate::order;

/// A direction on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards genesis.
    Left,
    /// Towards commodity.
    Right,
    /// Towards the user.
    Up,
    /// Away from the user.
    Down,
}

/// How to line components up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// To the least evolved.
    Left,
    /// To the most evolved.
    Right,
    /// To the most visible.
    Top,
    /// To the least visible.
    Bottom,
    /// To the mean evolution.
    MiddleEvolution,
    /// To the mean visibility.
    MiddleVisibility,
}

/// Room a component with its label wants, in map units: half the width and half the height.
const ROOM: (f64, f64) = (0.055, 0.04);
/// Step from a component to its neighbour.
const STEP: (f64, f64) = (0.12, 0.11);

/// A place near `from` in this direction where no component stands yet, inside the map.
/// `positions` are the places of the components as drawn.
pub fn free_place_near(
    positions: &dyn Fn(ComponentId) -> Option<Point<Map>>,
    document: &Document,
    from: Point<Map>,
    direction: Direction,
) -> Point<Map> {
    let inside = |p: Point<Map>| Point::new(p.x.clamp(0.02, 0.98), p.y.clamp(0.03, 0.97));
    let mut taken: Vec<Point<Map>> = document.components.keys().filter_map(|id| positions(*id)).collect();
    taken.extend(document.notes.values().map(|note| note.at));
    taken.extend(document.accelerators.values().map(|accelerator| accelerator.at));
    taken.extend(document.annotations.values().flat_map(|annotation| annotation.places.iter().copied()));
    let free = |p: Point<Map>| !taken.iter().any(|t| (t.x - p.x).abs() < ROOM.0 && (t.y - p.y).abs() < ROOM.1);
    let (dx, dy) = match direction {
        Direction::Left => (-STEP.0, 0.0),
        Direction::Right => (STEP.0, 0.0),
        Direction::Up => (0.0, STEP.1),
        Direction::Down => (0.0, -STEP.1),
    };
    let first = inside(Point::new(from.x + dx, from.y + dy));
    for ring in 0..12 {
        let along = f64::from(ring);
        for side in [1.0, -1.0] {
            // Sideways first, so that a row of siblings forms; then a row further on.
            for row in 0..=ring.min(2) {
                let (sx, sy) = if dx == 0.0 {
                    (side * along * STEP.0, f64::from(row) * dy * 0.7)
                } else {
                    (f64::from(row) * dx * 0.7, side * along * STEP.1)
                };
                let candidate = inside(Point::new(from.x + dx + sx, from.y + dy + sy));
                if free(candidate) {
                    return candidate;
                }
            }
        }
    }
    first
}

/// New places that line the components up. Fewer than two change nothing.
pub fn align(places: &[(ComponentId, Point<Map>)], alignment: Alignment) -> Vec<(ComponentId, Point<Map>)> {
    if places.len() < 2 {
        return Vec::new();
    }
    let count = places.len() as f64;
    let xs = || places.iter().map(|(_, p)| p.x);
    let ys = || places.iter().map(|(_, p)| p.y);
    let (x, y) = match alignment {
        Alignment::Left => (Some(xs().fold(f64::INFINITY, f64::min)), None),
        Alignment::Right => (Some(xs().fold(f64::NEG_INFINITY, f64::max)), None),
        Alignment::MiddleEvolution => (Some(xs().sum::<f64>() / count), None),
        Alignment::Top => (None, Some(ys().fold(f64::NEG_INFINITY, f64::max))),
        Alignment::Bottom => (None, Some(ys().fold(f64::INFINITY, f64::min))),
        Alignment::MiddleVisibility => (None, Some(ys().sum::<f64>() / count)),
    };
    places.iter().map(|(id, p)| (*id, Point::new(x.unwrap_or(p.x), y.unwrap_or(p.y)))).collect()
}

/// New places with even gaps between the outermost two. Fewer than three change nothing.
pub fn distribute(places: &[(ComponentId, Point<Map>)], along_evolution: bool) -> Vec<(ComponentId, Point<Map>)> {
    if places.len() < 3 {
        return Vec::new();
    }
    let coordinate = |p: &Point<Map>| if along_evolution { p.x } else { p.y };
    let mut sorted = places.to_vec();
    order::sort_by(&mut sorted, |a, b| coordinate(&a.1).total_cmp(&coordinate(&b.1)).then(a.0.cmp(&b.0)));
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let (low, high) = (coordinate(&first.1), coordinate(&last.1));
    let gap = (high - low) / (sorted.len() as f64 - 1.0);
    sorted
        .iter()
        .enumerate()
        .map(|(i, (id, p))| {
            let value = low + gap * i as f64;
            (*id, if along_evolution { Point::new(value, p.y) } else { Point::new(p.x, value) })
        })
        .collect()
}
