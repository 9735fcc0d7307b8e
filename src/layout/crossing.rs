//! The order within rows: barycentres in sweeps down and up (Sugiyama 1981), then neighbours are exchanged where that
//! takes a crossing away. The best order seen counts.

use crate::layout::rows::{mark, Part};

/// Most sweeps.
pub(super) const MOST_PASSES: u32 = 16;
/// Parts with more items are left as the sweeps leave them.
const MOST_EXCHANGED: usize = 3_000;
/// Most rounds of exchanges.
pub(super) const MOST_ROUNDS: u32 = 6;

/// How many sweeps a part gets; large ones fewer.
pub(super) fn passes(part: &Part) -> u32 {
    match part.items.len() {
        0..=1_500 => MOST_PASSES,
        1_501..=8_000 => 10,
        8_001..=40_000 => 6,
        _ => 3,
    }
}

impl Part {
    /// One row of a sweep: even ones down, odd ones up. What it took, in boxes and lines.
    pub(super) fn sweep_row(&mut self, pass: u32, step: usize) -> usize {
        let (down, row) = self.turn(pass, step);
        let mut positions = std::mem::take(&mut self.positions);
        let work = self.sort_row(row, down, &mut positions);
        self.positions = positions;
        work
    }

    /// Whether a pass goes down, and the row it visits at this step.
    pub(super) fn turn(&self, pass: u32, step: usize) -> (bool, usize) {
        let down = pass % 2 == 0;
        (down, if down { step } else { self.rows.len().saturating_sub(step + 1) })
    }

    /// Adds the crossings between a row and the next; what that took, in boxes and lines.
    pub(super) fn count_row(&mut self, row: usize) -> usize {
        let (crossings, lines) = self.crossings(row);
        self.counted += crossings;
        lines + self.rows.get(row).map_or(0, Vec::len)
    }

    /// Keeps the order when it has the fewest crossings so far.
    pub(super) fn keep_if_best(&mut self) {
        let crossings = std::mem::take(&mut self.counted);
        if self.best.as_ref().is_none_or(|(least, _)| crossings <= *least) {
            self.best = Some((crossings, self.rows.clone()));
        }
    }

    /// Takes the best order. Whether neighbours should be exchanged in it.
    pub(super) fn take_best_order(&mut self) -> bool {
        if let Some((_, rows)) = self.best.take() {
            self.rows = rows;
        }
        self.find_positions();
        self.items.len() <= MOST_EXCHANGED
    }

    /// Exchanges neighbours of a row where that takes crossings away. What that took, in boxes and lines.
    pub(super) fn exchange_row(&mut self, row: usize) -> usize {
        let mut positions = std::mem::take(&mut self.positions);
        self.counted += u64::from(self.exchange(row, &mut positions));
        self.positions = positions;
        self.rows.get(row).map_or(0, |items| items.iter().map(|item| self.links_of(*item)).sum())
    }

    /// Whether an exchange was made in this round.
    pub(super) fn has_exchanged(&mut self) -> bool {
        std::mem::take(&mut self.counted) > 0
    }

    /// An item and what joins it, in boxes and lines.
    fn links_of(&self, item: u32) -> usize {
        1 + self.above.of(item).len() + self.below.of(item).len()
    }

    /// Place of each item in its row.
    pub(super) fn find_positions(&mut self) {
        let mut positions = vec![0; self.items.len()];
        for row in &self.rows {
            for (at, item) in (0u32..).zip(row) {
                mark(&mut positions, *item, at);
            }
        }
        self.positions = positions;
    }

    fn sort_row(&mut self, row: usize, down: bool, positions: &mut [u32]) -> usize {
        let Some(items) = self.rows.get_mut(row) else { return 0 };
        let neighbors = if down { &self.above } else { &self.below };
        let position = |item: u32| f64::from(positions.get(item as usize).copied().unwrap_or(0));
        let mut moved: Vec<(f64, u32, u32)> = Vec::with_capacity(items.len());
        // What has no neighbour on that side keeps its place; the others are sorted among themselves.
        let mut slots = Vec::with_capacity(items.len());
        let mut work = items.len();
        for (at, item) in items.iter().enumerate() {
            let (mut sum, mut weight) = (0.0, 0.0);
            work += neighbors.of(*item).len();
            for (other, lines) in neighbors.of(*item) {
                let lines = f64::from(*lines);
                sum += position(*other) * lines;
                weight += lines;
            }
            if weight > 0.0 {
                moved.push((sum / weight, at as u32, *item));
                slots.push(at);
            }
        }
        moved.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Of boxes on one shared line the line stands in the middle.
        for run in moved.chunk_by_mut(|a, b| a.0 == b.0).filter(|run| run.len() > 2) {
            let is_line = |entry: &(f64, u32, u32)| self.items.get(entry.2 as usize).is_some_and(|i| i.node.is_none());
            let (lines, boxes): (Vec<_>, Vec<_>) = run.iter().copied().partition(is_line);
            let (left, right) = boxes.split_at(boxes.len() / 2);
            for (slot, entry) in run.iter_mut().zip(left.iter().chain(&lines).chain(right)) {
                *slot = *entry;
            }
        }
        for (slot, (_, _, item)) in slots.into_iter().zip(moved) {
            if let Some(place) = items.get_mut(slot) {
                *place = item;
            }
        }
        for (at, item) in (0u32..).zip(items.iter()) {
            mark(positions, *item, at);
        }
        work
    }

    /// Crossings of the lines between a row and the next, each counted as often as links run there, and how many lines.
    fn crossings(&self, row: usize) -> (u64, usize) {
        let position = |item: u32| self.positions.get(item as usize).copied().unwrap_or(0);
        let (Some(upper), Some(lower)) = (self.rows.get(row), self.rows.get(row + 1)) else { return (0, 0) };
        let mut all = 0;
        let mut lines: Vec<(u32, u32, u32)> = Vec::new();
        for item in upper {
            for (other, count) in self.below.of(*item) {
                lines.push((position(*item), position(*other), *count));
            }
        }
        lines.sort_unstable();
        // A tree of sums over the lower row (Barth, Mutzel, Jünger 2002).
        let mut tree = vec![0u64; lower.len() + 1];
        let mut total = 0u64;
        for (_, at, count) in &lines {
            let mut passed = 0u64;
            let mut node = *at as usize + 1;
            while node > 0 {
                passed += tree.get(node).copied().unwrap_or(0);
                node &= node - 1;
            }
            all += (total - passed) * u64::from(*count);
            total += u64::from(*count);
            let mut node = *at as usize + 1;
            while let Some(slot) = tree.get_mut(node) {
                *slot += u64::from(*count);
                node += node & node.wrapping_neg();
            }
        }
        (all, lines.len())
    }

    fn exchange(&mut self, row: usize, positions: &mut [u32]) -> bool {
        let mut better = false;
        let count = self.rows.get(row).map_or(0, Vec::len);
        for at in 1..count {
            let Some(items) = self.rows.get(row) else { break };
            let (Some(left), Some(right)) = (items.get(at - 1).copied(), items.get(at).copied()) else { break };
            let mut gain = 0i64;
            for neighbors in [&self.above, &self.below] {
                for (a, m) in neighbors.of(left) {
                    for (b, n) in neighbors.of(right) {
                        let (a, b) = (positions.get(*a as usize), positions.get(*b as usize));
                        let lines = i64::from(*m) * i64::from(*n);
                        gain += match a.cmp(&b) {
                            std::cmp::Ordering::Greater => lines,
                            std::cmp::Ordering::Less => -lines,
                            std::cmp::Ordering::Equal => 0,
                        };
                    }
                }
            }
            if gain > 0 {
                better = true;
                if let Some(items) = self.rows.get_mut(row) {
                    items.swap(at - 1, at);
                }
                mark(positions, left, at as u32);
                mark(positions, right, at as u32 - 1);
            }
        }
        better
    }
}
