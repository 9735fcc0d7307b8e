//! What stands in the rows: the boxes and the lines through the rows that long links run along, how they are joined, and
//! the order to begin with.

use std::collections::VecDeque;

use crate::layout::rows::{mark, Item, Neighbors, Part, Stretch, Trunk};
use crate::layout::{Course, Diagram};

/// More places in rows than these are not given to lines: links run straight then.
const MOST_LINES: usize = 400_000;

impl Part {
    /// Items for the rows of the plan.
    pub(super) fn make_items(&mut self, diagram: &Diagram) {
        let plan = std::mem::take(&mut self.plan);
        let rows = &plan.rows;
        let first = rows.iter().min().copied().unwrap_or(0);
        let last = rows.iter().max().copied().unwrap_or(first);
        self.first_row = first;
        let row_of = |own: u32| rows.get(own as usize).map_or(0, |row| (*row - first).max(0) as u32);
        self.rows = vec![Vec::new(); (last - first + 1).max(1) as usize];
        self.items.clear();
        for own in 0..self.nodes.len() as u32 {
            let node = self.node(diagram, own);
            let pin = node.and_then(|node| node.pin);
            let seed = node.and_then(|node| node.seed);
            let x = pin.map(|at| at.x).or(seed).unwrap_or(f64::NAN);
            self.items.push(Item { row: row_of(own), node: Some(own), line: None, x, fixed: pin.is_some() });
        }
        let (trunks, fans, fanned) = self.stretches(rows);
        self.trunks = self.lay_all(&trunks);
        self.fans = self.lay_all(&fans);
        self.fanned = fanned;
        self.returns = vec![Trunk::default(); self.links.len()];
        for link in 0..self.links.len() as u32 {
            let (Some((_, from, to)), Some(Course::Circle)) =
                (self.links.get(link as usize).copied(), self.courses.get(link as usize))
            else {
                continue;
            };
            let (top, bottom) = (row_of(to), row_of(from));
            if top + 1 < bottom {
                let line = self.lay(top + 1, bottom - top - 1);
                mark(&mut self.returns, link, line);
            }
        }
    }

    /// Lines through these rows of the drawing.
    fn lay_all(&mut self, stretches: &[Stretch]) -> Vec<Trunk> {
        let first = self.first_row;
        let mut lines = Vec::with_capacity(stretches.len());
        for (from, to) in stretches {
            let line = if from < to { self.lay((from - first) as u32, (to - from) as u32) } else { Trunk::default() };
            lines.push(line);
        }
        lines
    }

    /// The line a link runs along.
    pub(super) fn line_of(&self, link: usize) -> Trunk {
        let line = match (self.links.get(link), self.courses.get(link)) {
            (_, Some(Course::Circle)) => self.returns.get(link),
            (Some((_, from, _)), Some(Course::Down)) if self.fanned.get(link) == Some(&true) => {
                self.fans.get(*from as usize)
            }
            (Some((_, _, to)), Some(Course::Down)) => self.trunks.get(*to as usize),
            _ => None,
        };
        line.copied().unwrap_or_default()
    }

    /// A line through `count` rows from this one on.
    fn lay(&mut self, row: u32, count: u32) -> Trunk {
        if self.items.len() + count as usize > MOST_LINES {
            return Trunk::default();
        }
        let trunk = Trunk { first: self.items.len() as u32, row, count };
        for at in row..row + count {
            self.items.push(Item { row: at, node: None, line: Some(trunk.first), x: f64::NAN, fixed: false });
        }
        trunk
    }

    /// Which items are joined by a line.
    pub(super) fn make_segments(&mut self) {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (link, ((_, from, to), course)) in self.links.iter().zip(&self.courses).enumerate() {
            let (top, bottom) = match course {
                Course::Down => (*from, *to),
                Course::Circle => (*to, *from),
                Course::ByHand => continue,
            };
            let line = self.line_of(link);
            let row = |own: u32| self.items.get(own as usize).map_or(0, |item| item.row);
            let mut above = top;
            let mut reaches = true;
            for at in row(top) + 1..row(bottom) {
                match line.item(at) {
                    Some(item) => pairs.push((std::mem::replace(&mut above, item), item)),
                    None => reaches = false,
                }
            }
            if reaches {
                pairs.push((above, bottom));
            }
        }
        pairs.sort_unstable();
        self.segments.clear();
        for pair in pairs {
            match self.segments.last_mut() {
                Some(last) if (last.0, last.1) == pair => last.2 += 1,
                _ => self.segments.push((pair.0, pair.1, 1)),
            }
        }
        self.below = Neighbors::new(self.items.len(), &self.segments, false);
        self.above = Neighbors::new(self.items.len(), &self.segments, true);
    }

    /// The order to begin with: by the places from before; what has none stands near its neighbours.
    pub(super) fn first_order(&mut self) {
        let mut open: VecDeque<u32> = VecDeque::new();
        let mut known = vec![false; self.items.len()];
        for (number, item) in (0u32..).zip(&self.items) {
            if !item.x.is_nan() {
                mark(&mut known, number, true);
                open.push_back(number);
            }
        }
        let mut next = 0;
        loop {
            let Some(at) = open.pop_front() else {
                // Nothing known here: the first that is left begins at the left.
                while known.get(next as usize) == Some(&true) {
                    next += 1;
                }
                let Some(item) = self.items.get_mut(next as usize) else { break };
                item.x = 0.0;
                mark(&mut known, next, true);
                open.push_back(next);
                continue;
            };
            let x = self.items.get(at as usize).map_or(0.0, |item| item.x);
            for (other, _) in self.above.of(at).iter().chain(self.below.of(at)) {
                if known.get(*other as usize) == Some(&false) {
                    mark(&mut known, *other, true);
                    if let Some(item) = self.items.get_mut(*other as usize) {
                        item.x = x;
                    }
                    open.push_back(*other);
                }
            }
        }
        for (number, item) in (0u32..).zip(&self.items) {
            if let Some(row) = self.rows.get_mut(item.row as usize) {
                row.push(number);
            }
        }
        for row in &mut self.rows {
            let x = |item: &u32| self.items.get(*item as usize).map_or(0.0, |item| item.x);
            row.sort_unstable_by(|a, b| x(a).total_cmp(&x(b)).then(a.cmp(b)));
        }
    }
}
