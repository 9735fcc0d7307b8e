//! Places in the rows: every box near the middle of its neighbours, lines upright, nothing on top of another.
//!
//! In each row that is a least squares problem with a fixed order and least distances, solved exactly by pooling
//! (isotonic regression); rows are visited down and up in turn. What is pinned is an obstacle the others give way to.

use crate::layout::rows::{Item, Part};

/// Visits of all rows.
pub(super) const PASSES: u32 = 14;

/// How much a long line wants to be upright, against links of weight 1.
const UPRIGHT: f64 = 12.0;

/// Where an item of a row would like to be.
#[derive(Clone, Copy)]
struct Wish {
    item: u32,
    half: f64,
    x: f64,
    weight: f64,
}

impl Part {
    /// Places of a row to begin with: about a common middle, or where things stood before. How many they are.
    pub(super) fn begin_row(&mut self, row: usize) -> usize {
        let mut wishes = self.wishes(row, |_, item| (item.x, 1.0));
        let count = wishes.len();
        if !self.pinned {
            let room: f64 = wishes.iter().map(|wish| 2.0 * wish.half).sum();
            let mut left = -room / 2.0;
            for wish in &mut wishes {
                wish.x = left + wish.half;
                left += 2.0 * wish.half;
            }
        }
        self.settle(wishes);
        count
    }

    /// One row of a visit: even ones down, odd ones up, the last two look both ways. What it took, in boxes and lines.
    pub(super) fn place_row(&mut self, pass: u32, step: usize) -> usize {
        let both = pass + 2 >= PASSES;
        let (down, row) = self.turn(pass, step);
        let mut work = 0;
        let wishes = self.wishes(row, |number, item| {
            let (mut sum, mut weight) = (0.0, 0.0);
            let sides = [(&self.above, down || both), (&self.below, !down || both)];
            work += 1;
            for (neighbors, _) in sides.iter().filter(|(_, counts)| *counts) {
                work += neighbors.of(number).len();
                for (other, lines) in neighbors.of(number) {
                    let Some(other) = self.items.get(*other as usize) else { continue };
                    // Long lines upright before short ones (Gansner and others 1993).
                    let own = match (item.node, other.node) {
                        (None, None) => 4.0,
                        (Some(_), Some(_)) => f64::from((*lines).min(3)),
                        _ => 0.5,
                    };
                    sum += other.x * own;
                    weight += own;
                }
            }
            if let Some(middle) = item.line.and_then(|line| self.middles.get(line as usize)) {
                sum += middle * UPRIGHT;
                weight += UPRIGHT;
            }
            if weight > 0.0 {
                (sum / weight, weight)
            } else {
                (item.x, 0.2)
            }
        });
        self.settle(wishes);
        work
    }

    /// After the last visit: whole pixels.
    pub(super) fn round_places(&mut self) {
        for item in &mut self.items {
            item.x = item.x.round();
        }
    }

    /// Where each long line would be upright: the mean of its items, by the number of its first.
    pub(super) fn find_middles(&mut self) {
        let mut sums = vec![(0.0, 0.0); self.items.len()];
        for (line, item) in self.items.iter().filter_map(|item| item.line.map(|line| (line, item))) {
            if let Some(sum) = sums.get_mut(line as usize) {
                *sum = (sum.0 + item.x, sum.1 + 1.0);
            }
        }
        self.middles = sums.into_iter().map(|(sum, count): (f64, f64)| sum / count.max(1.0)).collect();
    }

    fn wishes(&self, row: usize, mut wish: impl FnMut(u32, &Item) -> (f64, f64)) -> Vec<Wish> {
        let Some(items) = self.rows.get(row) else { return Vec::new() };
        let mut wishes = Vec::with_capacity(items.len());
        for number in items {
            if let Some(item) = self.items.get(*number as usize) {
                let (x, weight) = if item.fixed { (item.x, 1.0) } else { wish(*number, item) };
                wishes.push(Wish { item: *number, half: item.half(), x, weight });
            }
        }
        wishes
    }

    /// Gives the items of a row the places nearest to their wishes.
    fn settle(&mut self, wishes: Vec<Wish>) {
        let is_fixed = |wish: &Wish| self.items.get(wish.item as usize).is_some_and(|item| item.fixed);
        if !wishes.iter().any(is_fixed) {
            return self.put(&wishes, f64::NEG_INFINITY, f64::INFINITY);
        }
        let (mut fixed, mut free): (Vec<Wish>, Vec<Wish>) = wishes.into_iter().partition(is_fixed);
        fixed.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.item.cmp(&b.item)));
        free.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.item.cmp(&b.item)));
        let mut free = free.into_iter().peekable();
        let mut gap: Vec<Wish> = Vec::new();
        let mut low = f64::NEG_INFINITY;
        for obstacle in &fixed {
            while let Some(wish) = free.next_if(|wish| wish.x < obstacle.x) {
                gap.push(wish);
            }
            let high = obstacle.x - obstacle.half;
            // What has no room before the obstacle goes behind it.
            let mut left = Vec::new();
            let mut room: f64 = gap.iter().map(|wish| 2.0 * wish.half).sum();
            while room > high - low {
                let Some(last) = gap.pop() else { break };
                room -= 2.0 * last.half;
                left.push(last);
            }
            self.put(&gap, low, high);
            left.reverse();
            gap = left;
            low = low.max(obstacle.x + obstacle.half);
        }
        gap.extend(free);
        self.put(&gap, low, f64::INFINITY);
    }

    /// Puts items in this order between two bounds that leave room enough.
    fn put(&mut self, wishes: &[Wish], low: f64, high: f64) {
        // Blocks that touch: weighted sum of the wishes, weight, number of items.
        let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(wishes.len());
        let mut along = 0.0;
        let mut half = wishes.first().map_or(0.0, |wish| wish.half);
        let first_half = half;
        for wish in wishes {
            along += half + wish.half;
            half = wish.half;
            let wished = wish.x - (along - 2.0 * first_half);
            let mut block = (wished * wish.weight, wish.weight, 1);
            while let Some(before) = blocks.last() {
                if before.0 / before.1 <= block.0 / block.1 {
                    break;
                }
                block = (block.0 + before.0, block.1 + before.1, block.2 + before.2);
                blocks.pop();
            }
            blocks.push(block);
        }
        let room = along - 2.0 * first_half;
        let (least, most) = (low + first_half, high - half - room);
        let mut wishes = wishes.iter();
        let mut along = 0.0;
        let mut half = first_half;
        for (sum, weight, count) in blocks {
            let start = (sum / weight).min(most).max(least);
            for wish in wishes.by_ref().take(count) {
                along += half + wish.half;
                half = wish.half;
                if let Some(item) = self.items.get_mut(wish.item as usize) {
                    item.x = start + along - 2.0 * first_half;
                }
            }
        }
    }
}
