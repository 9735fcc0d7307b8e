//! Snapping while dragging: to stage boundaries and to the lines on which other components stand.
//!
//! The lines are collected once when a drag begins, so a pointer move costs two binary searches.

use crate::geom::{Point, Vector, World};
use crate::order;

/// How near a line must be to catch, screen pixels.
const CATCH: f64 = 5.0;

/// A line that something was snapped to, drawn through the whole map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guide {
    /// Upright, at this x; else level, at this y.
    pub upright: bool,
    /// World coordinate.
    pub at: f64,
}

/// Lines that a drag may snap to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct SnapLines {
    xs: Vec<f64>,
    ys: Vec<f64>,
}

impl SnapLines {
    /// From the centres of components that stay, and from upright lines such as stage boundaries.
    pub(super) fn new(centers: impl IntoIterator<Item = Point<World>>, upright: impl IntoIterator<Item = f64>) -> Self {
        let mut lines = Self { xs: upright.into_iter().collect(), ys: Vec::new() };
        for center in centers {
            lines.xs.push(center.x);
            lines.ys.push(center.y);
        }
        order::sort_by(&mut lines.xs, f64::total_cmp);
        order::sort_by(&mut lines.ys, f64::total_cmp);
        lines
    }

    /// The displacement `by` of something that began at `start`, bent to lines near its end; with the lines it caught.
    pub(super) fn snap(&self, start: Point<World>, by: Vector<World>, zoom: f64) -> (Vector<World>, Vec<Guide>) {
        let mut snapped = by;
        let mut guides = Vec::new();
        // A direction in which nothing moves (Shift keeps one axis) is left alone.
        if by.x != 0.0 {
            if let Some(x) = nearest(&self.xs, start.x + by.x, CATCH / zoom) {
                snapped.x = x - start.x;
                guides.push(Guide { upright: true, at: x });
            }
        }
        if by.y != 0.0 {
            if let Some(y) = nearest(&self.ys, start.y + by.y, CATCH / zoom) {
                snapped.y = y - start.y;
                guides.push(Guide { upright: false, at: y });
            }
        }
        (snapped, guides)
    }
}

/// The value of the sorted list that is nearest to `value`, if within `reach`.
fn nearest(sorted: &[f64], value: f64, reach: f64) -> Option<f64> {
    let behind = sorted.partition_point(|v| *v < value);
    let candidates = [behind.checked_sub(1).and_then(|i| sorted.get(i)), sorted.get(behind)];
    candidates
        .into_iter()
        .flatten()
        .copied()
        .filter(|v| (v - value).abs() <= reach)
        .min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs()))
}

#[cfg(test)]
mod tests {
    use crate::app::snap::*;

    #[test]
    fn the_nearest_line_within_reach_catches() {
        let lines = SnapLines::new([Point::new(100.0, 50.0), Point::new(104.0, 300.0)], [200.0]);
        let start = Point::new(0.0, 0.0);
        let (by, guides) = lines.snap(start, Vector::new(103.0, 46.0), 1.0);
        assert_eq!((by.x, by.y), (104.0, 50.0));
        assert_eq!(guides.len(), 2);
        let (by, guides) = lines.snap(start, Vector::new(196.0, 120.0), 1.0);
        assert_eq!((by.x, by.y, guides.len()), (200.0, 120.0, 1), "stage boundary");
        let (by, _) = lines.snap(start, Vector::new(196.0, 120.0), 2.0);
        assert_eq!(by.x, 196.0, "zoomed in, five pixels on the screen are less on the map");
        let (by, guides) = lines.snap(start, Vector::new(0.0, 46.0), 1.0);
        assert_eq!((by.x, guides.len()), (0.0, 1), "Shift keeps the other axis");
    }
}
