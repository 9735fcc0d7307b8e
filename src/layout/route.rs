//! The ways of the links: out of the box below, through the gaps between rows, along the lines laid through the rows.

use crate::geom::{Point, Vector, World};
use crate::layout::rows::Part;
use crate::layout::{Course, Route, BOX_HEIGHT, BOX_WIDTH, ROW};
use crate::order;

/// Links leave a box over this share of its width.
const PORTS: f64 = 0.72;
/// Links of circles arrive and leave beside the middle, share of the width.
const ASIDE: f64 = 0.36;
/// How far a link between boxes of one row bends down.
const DIP: f64 = 18.0;

impl Part {
    /// Centre of an item, before the part is moved to its place.
    pub(super) fn center(&self, item: u32) -> Point<World> {
        let at = self.items.get(item as usize);
        at.map_or(Point::ORIGIN, |item| Point::new(item.x, (f64::from(self.first_row) + f64::from(item.row)) * ROW))
    }

    /// Adds the route of a link. What it took, in boxes and lines.
    pub(super) fn add_route(&mut self, link: usize) -> usize {
        let side = |own: u32, aside: f64, down: f64| self.center(own) + Vector::new(aside, down * BOX_HEIGHT / 2.0);
        let (Some((_, from, to)), Some(course)) = (self.links.get(link), self.courses.get(link)) else { return 1 };
        let row = |own: u32| self.items.get(own as usize).map_or(0, |item| item.row);
        let port = self.ports.get(link).copied().unwrap_or(0.0);
        let mut points = Vec::new();
        match course {
            Course::Down => {
                points.push(side(*from, port, 1.0));
                let line = self.line_of(link);
                for at in row(*from) + 1..row(*to) {
                    let Some(item) = line.item(at) else { continue };
                    points.extend([side(item, 0.0, -1.0), side(item, 0.0, 1.0)]);
                }
                points.push(side(*to, 0.0, -1.0));
            }
            Course::Circle => {
                let aside = ASIDE * BOX_WIDTH;
                points.push(side(*from, aside, -1.0));
                let line = self.line_of(link);
                for at in (row(*to) + 1..row(*from)).rev() {
                    let Some(item) = line.item(at) else { continue };
                    points.extend([side(item, 0.0, 1.0), side(item, 0.0, -1.0)]);
                }
                points.push(side(*to, aside, 1.0));
            }
            Course::ByHand if row(*from) == row(*to) => {
                let (a, b) = (side(*from, 0.0, 1.0), side(*to, 0.0, 1.0));
                points.extend([a, a.lerp(b, 0.5) + Vector::new(0.0, DIP), b]);
            }
            Course::ByHand => points.extend([side(*from, 0.0, -1.0), side(*to, 0.0, 1.0)]),
        }
        let work = points.len();
        self.routes.push(Route { points: straightened(points), course: *course });
        work
    }

    fn is_long(&self, from: u32, to: u32) -> bool {
        let row = |own: u32| self.items.get(own as usize).map_or(0, |item| item.row);
        row(from) + 1 < row(to)
    }

    /// How far beside the middle of its box each link leaves: in the order in which they run on, so that they do not
    /// cross at once. Links that share a line share the place.
    pub(super) fn find_ports(&mut self) {
        let mut leaving: Vec<(u32, u32, usize)> = Vec::with_capacity(self.links.len());
        for (link, ((_, from, to), course)) in self.links.iter().zip(&self.courses).enumerate() {
            if *course == Course::Down {
                let row = self.items.get(*from as usize).map_or(0, |item| item.row) + 1;
                let line = self.line_of(link).item(row).filter(|_| self.is_long(*from, *to));
                leaving.push((*from, line.unwrap_or(*to), link));
            }
        }
        let x = |item: u32| self.items.get(item as usize).map_or(0.0, |item| item.x);
        order::sort_by(&mut leaving, |a, b| a.0.cmp(&b.0).then(x(a.1).total_cmp(&x(b.1))).then(a.1.cmp(&b.1)));
        let mut ports = vec![0.0; self.links.len()];
        for group in leaving.chunk_by(|a, b| a.0 == b.0) {
            let count = group.chunk_by(|a, b| a.1 == b.1).count();
            let step = (PORTS * BOX_WIDTH / (count.max(2) - 1) as f64).min(16.0);
            for (number, same) in group.chunk_by(|a, b| a.1 == b.1).enumerate() {
                for (_, _, link) in same {
                    if let Some(port) = ports.get_mut(*link) {
                        *port = (number as f64 - (count as f64 - 1.0) / 2.0) * step;
                    }
                }
            }
        }
        self.ports = ports;
    }
}

/// Without points in the middle of an upright stretch.
fn straightened(points: Vec<Point<World>>) -> Vec<Point<World>> {
    let mut kept: Vec<Point<World>> = Vec::with_capacity(points.len());
    for point in points {
        if let [.., before, last] = kept.as_mut_slice() {
            if before.x == last.x && last.x == point.x {
                *last = point;
                continue;
            }
        }
        kept.push(point);
    }
    kept
}
