//! A uniform grid over rectangles: which entries may touch a given area.
//!
//! Knows nothing of what the entries are. Entries that span very many cells are kept in a list of their own,
//! so that one long link does not fill the grid.

use std::collections::BTreeMap;

use crate::geom::Rect;

/// Most cells an entry may occupy before it counts as large.
const MOST_CELLS: i64 = 64;

/// Index from areas of the space `S` to entries `T`.
#[derive(Debug)]
pub struct GridIndex<S, T> {
    cell: f64,
    cells: BTreeMap<(i32, i32), Vec<T>>,
    large: Vec<T>,
    bounds: BTreeMap<T, Rect<S>>,
}

impl<S, T: Copy + Ord> GridIndex<S, T> {
    /// An empty index with square cells of side `cell` (at least 1).
    pub fn new(cell: f64) -> Self {
        Self {
            cell: if cell.is_finite() { cell.max(1.0) } else { 1.0 },
            cells: BTreeMap::new(),
            large: Vec::new(),
            bounds: BTreeMap::new(),
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }

    /// The area an entry was put in with.
    pub fn bounds(&self, entry: T) -> Option<Rect<S>> {
        self.bounds.get(&entry).copied()
    }

    fn range(&self, rect: &Rect<S>) -> (i32, i32, i32, i32) {
        // Saturating float-to-int casts keep absurd coordinates harmless.
        let at = |v: f64| (v / self.cell).floor() as i32;
        (at(rect.min.x), at(rect.min.y), at(rect.max.x), at(rect.max.y))
    }

    fn cells_of(&self, rect: &Rect<S>) -> Option<Vec<(i32, i32)>> {
        let (x0, y0, x1, y1) = self.range(rect);
        let count = (i64::from(x1) - i64::from(x0) + 1) * (i64::from(y1) - i64::from(y0) + 1);
        if !(1..=MOST_CELLS).contains(&count) {
            return None;
        }
        Some((x0..=x1).flat_map(|x| (y0..=y1).map(move |y| (x, y))).collect())
    }

    /// Puts an entry in, or moves it when it is there already.
    pub fn insert(&mut self, entry: T, rect: Rect<S>) {
        self.remove(entry);
        self.bounds.insert(entry, rect);
        match self.cells_of(&rect) {
            Some(cells) => {
                for cell in cells {
                    self.cells.entry(cell).or_default().push(entry);
                }
            }
            None => self.large.push(entry),
        }
    }

    /// Takes an entry out; nothing happens when it is not there.
    pub fn remove(&mut self, entry: T) {
        let Some(rect) = self.bounds.remove(&entry) else { return };
        match self.cells_of(&rect) {
            Some(cells) => {
                for cell in cells {
                    if let Some(list) = self.cells.get_mut(&cell) {
                        list.retain(|other| *other != entry);
                        if list.is_empty() {
                            self.cells.remove(&cell);
                        }
                    }
                }
            }
            None => self.large.retain(|other| *other != entry),
        }
    }

    /// All entries whose rectangle overlaps or touches `area`, sorted, each once.
    pub fn query(&self, area: &Rect<S>) -> Vec<T> {
        let (x0, y0, x1, y1) = self.range(area);
        let touches = |entry: &T| {
            self.bounds.get(entry).is_some_and(|r| {
                r.min.x <= area.max.x && area.min.x <= r.max.x && r.min.y <= area.max.y && area.min.y <= r.max.y
            })
        };
        let mut found: Vec<T> = self.large.iter().copied().filter(|e| touches(e)).collect();
        let columns = i64::from(x1) - i64::from(x0) + 1;
        let rows = i64::from(y1) - i64::from(y0) + 1;
        if columns.saturating_mul(rows) > self.cells.len() as i64 {
            // A query larger than the index: walking the entries is cheaper than walking the cells.
            found = self.bounds.keys().copied().filter(|e| touches(e)).collect();
        } else {
            for x in x0..=x1 {
                for (_, list) in self.cells.range((x, y0)..=(x, y1)) {
                    found.extend(list.iter().copied().filter(|e| touches(e)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
