//! A grid of cells over a part of the world: which entries may lie near an area or a line.
//!
//! Knows numbers and boxes only. Everything outside the covered part counts to the cells at its edge, so any
//! coordinate is allowed. Flat lists keep copies and rebuilding cheap.

use crate::geom::{Point, Rect, World};
use crate::scene::chunked::Chunked;

const NONE: u32 = u32::MAX;
/// Most cells; larger worlds get larger cells.
const MOST_CELLS: f64 = 40_000.0;

/// Lists of entries by cell.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    cell: f64,
    origin: Point<World>,
    columns: i64,
    rows: i64,
    /// First link of each cell's chain.
    heads: Chunked<u32>,
    /// (entry, next link) of all chains.
    chain: Chunked<(u32, u32)>,
    /// First unused link.
    free: u32,
}

impl Grid {
    /// A grid over `area` with square cells of about `cell` world pixels.
    pub(crate) fn new(area: Rect<World>, cell: f64) -> Self {
        let finite = |v: f64| if v.is_finite() { v.clamp(1.0, 1e9) } else { 1.0 };
        let (width, height) = (finite(area.width()), finite(area.height()));
        let cell = finite(cell).max((width * height / MOST_CELLS).sqrt()).max(width.max(height) / MOST_CELLS);
        let (columns, rows) = ((width / cell).ceil().max(1.0) as i64, (height / cell).ceil().max(1.0) as i64);
        let origin = if area.min.is_finite() { area.min } else { Point::ORIGIN };
        let heads = Chunked::new(usize::try_from(columns * rows).unwrap_or(1), NONE);
        Self { cell, origin, columns, rows, heads, chain: Chunked::new(0, (NONE, NONE)), free: NONE }
    }

    fn column(&self, x: f64) -> i64 {
        // Casts saturate, NaN becomes 0.
        (((x - self.origin.x) / self.cell).floor() as i64).clamp(0, self.columns - 1)
    }

    fn row(&self, y: f64) -> i64 {
        (((y - self.origin.y) / self.cell).floor() as i64).clamp(0, self.rows - 1)
    }

    fn cell_at(&self, column: i64, row: i64) -> usize {
        usize::try_from(row * self.columns + column).unwrap_or(0)
    }

    fn add(&mut self, cell: usize, entry: u32) {
        let Some(head) = self.heads.get_mut(cell) else { return };
        let next = *head;
        if self.free == NONE {
            let Ok(used) = u32::try_from(self.chain.len()) else { return };
            self.chain.push((entry, next));
            *head = used;
        } else if let Some(link) = self.chain.get_mut(self.free as usize) {
            *head = self.free;
            self.free = link.1;
            *link = (entry, next);
        }
    }

    fn take(&mut self, cell: usize, entry: u32) {
        let Some(mut at) = self.heads.get(cell).copied() else { return };
        let mut before = NONE;
        while let Some(&(found, next)) = self.link(at) {
            if found == entry {
                if before == NONE {
                    if let Some(head) = self.heads.get_mut(cell) {
                        *head = next;
                    }
                } else if let Some(link) = self.chain.get_mut(before as usize) {
                    link.1 = next;
                }
                if let Some(link) = self.chain.get_mut(at as usize) {
                    *link = (NONE, self.free);
                    self.free = at;
                }
                return;
            }
            before = at;
            at = next;
        }
    }

    fn link(&self, at: u32) -> Option<&(u32, u32)> {
        if at == NONE {
            return None;
        }
        self.chain.get(at as usize)
    }

    fn each_cell_of_rect(&self, rect: &Rect<World>, mut visit: impl FnMut(usize)) {
        let (left, right) = (self.column(rect.min.x), self.column(rect.max.x));
        for row in self.row(rect.min.y)..=self.row(rect.max.y) {
            for column in left..=right {
                visit(self.cell_at(column, row));
            }
        }
    }

    fn each_cell_of_segment(&self, a: Point<World>, b: Point<World>, mut visit: impl FnMut(usize)) {
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let (first, last) = (self.column(a.x), self.column(b.x));
        let slope = if b.x > a.x { (b.y - a.y) / (b.x - a.x) } else { 0.0 };
        for column in first..=last {
            // The columns at the edge reach as far as the segment does.
            let left = if column == first { a.x } else { self.origin.x + column as f64 * self.cell };
            let right = if column == last { b.x } else { self.origin.x + (column + 1) as f64 * self.cell };
            let from = if column == first { a.y } else { a.y + (left - a.x) * slope };
            let to = if column == last { b.y } else { a.y + (right - a.x) * slope };
            for row in self.row(from.min(to))..=self.row(from.max(to)) {
                visit(self.cell_at(column, row));
            }
        }
    }

    /// Puts an entry into all cells the rectangle touches.
    pub(crate) fn insert(&mut self, entry: u32, rect: &Rect<World>) {
        let (left, right) = (self.column(rect.min.x), self.column(rect.max.x));
        for row in self.row(rect.min.y)..=self.row(rect.max.y) {
            for column in left..=right {
                self.add(self.cell_at(column, row), entry);
            }
        }
    }

    /// Takes an entry out that was put in with the same rectangle.
    pub(crate) fn remove(&mut self, entry: u32, rect: &Rect<World>) {
        let (left, right) = (self.column(rect.min.x), self.column(rect.max.x));
        for row in self.row(rect.min.y)..=self.row(rect.max.y) {
            for column in left..=right {
                self.take(self.cell_at(column, row), entry);
            }
        }
    }

    /// Puts an entry into all cells the segment passes.
    pub(crate) fn insert_segment(&mut self, entry: u32, a: Point<World>, b: Point<World>) {
        let mut cells = Vec::with_capacity(16);
        self.each_cell_of_segment(a, b, |cell| cells.push(cell));
        for cell in cells {
            self.add(cell, entry);
        }
    }

    /// Takes an entry out that was put in with the same segment.
    pub(crate) fn remove_segment(&mut self, entry: u32, a: Point<World>, b: Point<World>) {
        let mut cells = Vec::with_capacity(16);
        self.each_cell_of_segment(a, b, |cell| cells.push(cell));
        for cell in cells {
            self.take(cell, entry);
        }
    }

    /// The first entry for which `is_it` says so, of those in the cells the area touches.
    pub(crate) fn find_near(&self, area: &Rect<World>, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let (left, right) = (self.column(area.min.x), self.column(area.max.x));
        for row in self.row(area.min.y)..=self.row(area.max.y) {
            for column in left..=right {
                let mut at = self.heads.get(self.cell_at(column, row)).copied().unwrap_or(NONE);
                while let Some(&(entry, next)) = self.link(at) {
                    if is_it(entry) {
                        return Some(entry);
                    }
                    at = next;
                }
            }
        }
        None
    }

    /// Visits the entries of all cells the area touches, with the cell's column and row; an entry in several cells
    /// comes several times, once in the cell that [`Grid::first_shared`] names.
    pub(crate) fn each_near_with_cell(&self, area: &Rect<World>, mut visit: impl FnMut(u32, (i64, i64))) {
        let (left, right) = (self.column(area.min.x), self.column(area.max.x));
        for row in self.row(area.min.y)..=self.row(area.max.y) {
            for column in left..=right {
                let mut at = self.heads.get(self.cell_at(column, row)).copied().unwrap_or(NONE);
                while let Some(&(entry, next)) = self.link(at) {
                    visit(entry, (column, row));
                    at = next;
                }
            }
        }
    }

    /// Column and row of the first cell that both areas touch, provided that they overlap.
    pub(crate) fn first_shared(&self, a: &Rect<World>, b: &Rect<World>) -> (i64, i64) {
        (self.column(a.min.x.max(b.min.x)), self.row(a.min.y.max(b.min.y)))
    }

    /// Visits the entries of all cells the area touches; an entry in several cells comes several times.
    pub(crate) fn each_near(&self, area: &Rect<World>, mut visit: impl FnMut(u32)) {
        self.each_cell_of_rect(area, |cell| {
            let mut at = self.heads.get(cell).copied().unwrap_or(NONE);
            while let Some(&(entry, next)) = self.link(at) {
                visit(entry);
                at = next;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::geom::{Point, Rect};
    use crate::scene::grid::*;

    fn place() -> impl Strategy<Value = (f64, f64)> {
        (-300.0..1500.0f64, -300.0..900.0f64)
    }

    /// Samples along the segment: does any lie in the area?
    fn passes(a: Point<World>, b: Point<World>, area: &Rect<World>) -> bool {
        (0..=2000).any(|i| area.contains(a.lerp(b, f64::from(i) / 2000.0)))
    }

    proptest! {
        #[test]
        fn nothing_near_is_missed_and_nothing_removed_comes_back(
            boxes in prop::collection::vec((place(), 0.0..300.0f64, 0.0..300.0f64), 1..40),
            lines in prop::collection::vec((place(), place()), 1..40),
            area in (place(), 0.0..300.0f64, 0.0..300.0f64),
        ) {
            let point = |(x, y): (f64, f64)| Point::<World>::new(x, y);
            let rect = |((x, y), w, h): ((f64, f64), f64, f64)| Rect::from_corners(Point::new(x, y), Point::new(x + w, y + h));
            let mut grid = Grid::new(Rect::from_corners(Point::ORIGIN, Point::new(1100.0, 720.0)), 64.0);
            for (i, b) in boxes.iter().enumerate() { grid.insert(i as u32, &rect(*b)); }
            for (i, (a, b)) in lines.iter().enumerate() { grid.insert_segment(1000 + i as u32, point(*a), point(*b)); }
            for i in (0..boxes.len()).step_by(3) { grid.remove(i as u32, &rect(boxes[i])); }
            for i in (0..lines.len()).step_by(3) { grid.remove_segment(1000 + i as u32, point(lines[i].0), point(lines[i].1)); }
            let area = rect(area);
            let mut found = Vec::new();
            grid.each_near(&area, |entry| found.push(entry));
            for (i, b) in boxes.iter().enumerate() {
                let there = found.contains(&(i as u32));
                if i % 3 == 0 { prop_assert!(!there); } else if rect(*b).overlaps(&area) { prop_assert!(there); }
            }
            for (i, (a, b)) in lines.iter().enumerate() {
                let there = found.contains(&(1000 + i as u32));
                if i % 3 == 0 { prop_assert!(!there); } else if passes(point(*a), point(*b), &area) { prop_assert!(there); }
            }
        }
    }

    #[test]
    fn absurd_coordinates_are_harmless() {
        let huge = Rect::<World>::from_corners(Point::new(-1e300, -1e300), Point::new(1e300, 1e300));
        let mut grid = Grid::new(huge, 64.0);
        let odd = Rect { min: Point::new(f64::NAN, 0.0), max: Point::new(f64::INFINITY, 1.0) };
        grid.insert(1, &odd);
        grid.insert_segment(2, odd.min, odd.max);
        grid.remove(1, &odd);
    }
}
