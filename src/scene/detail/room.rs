//! Which parts of a picture are taken: a bitmap with coarse cells.
//!
//! Knows boxes in screen pixels only.

/// Side of a cell, screen pixels, unless the picture is huge.
const CELL: f64 = 4.0;
/// Most cells.
const MOST_CELLS: f64 = 16e6;

/// Edges of a box in screen pixels: left, top, right, bottom.
pub(super) type Edges = [f64; 4];

/// Cells that are taken.
pub(super) struct Room {
    cell: f64,
    origin: (f64, f64),
    columns: i64,
    rows: i64,
    words: usize,
    bits: Vec<u64>,
}

impl Room {
    /// An empty room that covers these edges; what lies outside counts to the border.
    pub(super) fn new([left, top, right, bottom]: Edges) -> Self {
        let side = |length: f64| if length.is_finite() { length.clamp(1.0, 1e7) } else { 1.0 };
        let (width, height) = (side(right - left), side(bottom - top));
        let cell = CELL.max((width * height / MOST_CELLS).sqrt());
        let (columns, rows) = ((width / cell).ceil() as i64, (height / cell).ceil() as i64);
        let words = usize::try_from(columns.max(1)).unwrap_or(1).div_ceil(64);
        let bits = vec![0; words * usize::try_from(rows.max(1)).unwrap_or(1)];
        Self { cell, origin: (left, top), columns: columns.max(1), rows: rows.max(1), words, bits }
    }

    /// Calls for each word the box touches, with the bits of the box in it, until told to stop.
    fn each_word(&self, [left, top, right, bottom]: Edges, mut visit: impl FnMut(usize, u64) -> bool) {
        let column = |x: f64| (((x - self.origin.0) / self.cell).floor() as i64).clamp(0, self.columns - 1);
        let row = |y: f64| (((y - self.origin.1) / self.cell).floor() as i64).clamp(0, self.rows - 1);
        let (first, last) = (column(left), column(right));
        for row in row(top)..=row(bottom) {
            for word in first / 64..=last / 64 {
                let low = (first - word * 64).max(0) as u32;
                let high = (last - word * 64).min(63) as u32;
                let mask = (u64::MAX << low) & (u64::MAX >> (63 - high));
                let index = usize::try_from(row).unwrap_or(0) * self.words + usize::try_from(word).unwrap_or(0);
                if !visit(index, mask) {
                    return;
                }
            }
        }
    }

    /// Whether nothing in the box is taken.
    pub(super) fn is_free(&self, edges: Edges) -> bool {
        let mut free = true;
        self.each_word(edges, |index, mask| {
            free = self.bits.get(index).is_none_or(|word| word & mask == 0);
            free
        });
        free
    }

    /// How many cells of the box are taken.
    pub(super) fn taken(&self, edges: Edges) -> u32 {
        let mut count = 0;
        self.each_word(edges, |index, mask| {
            count += self.bits.get(index).map_or(0, |word| (word & mask).count_ones());
            true
        });
        count
    }

    /// Takes the box.
    pub(super) fn take(&mut self, edges: Edges) {
        let mut masks = Vec::with_capacity(16);
        self.each_word(edges, |index, mask| {
            masks.push((index, mask));
            true
        });
        for (index, mask) in masks {
            if let Some(word) = self.bits.get_mut(index) {
                *word |= mask;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::scene::detail::room::*;

    proptest! {
        #[test]
        fn a_box_is_free_only_away_from_taken_ones(
            boxes in prop::collection::vec((0u32..200, 0u32..170, 1u32..110, 1u32..60), 1..12),
            asked in (0u32..200, 0u32..170, 1u32..110, 1u32..60),
        ) {
            let mut room = Room::new([0.0, 0.0, 320.0, 240.0]);
            // Boxes on whole cells, so that the answer is exact.
            let edges = |(x, y, w, h): (u32, u32, u32, u32)| {
                let at = |cell: u32| f64::from(cell / 4 * 4);
                [at(x), at(y), at(x + w) + 3.9, at(y + h) + 3.9]
            };
            for b in &boxes { room.take(edges(*b)); }
            let [left, top, right, bottom] = edges(asked);
            let apart = boxes.iter().all(|b| {
                let [l, t, r, b] = edges(*b);
                r < left || right < l || b < top || bottom < t
            });
            prop_assert_eq!(room.is_free(edges(asked)), apart);
            prop_assert_eq!(room.taken(edges(asked)) == 0, apart);
        }
    }
}
