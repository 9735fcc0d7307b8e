//! Puts the parts beside and below each other, and what no link touches below all of them.

use crate::geom::{Point, Rect, Vector, World};
use crate::layout::rows::Part;
use crate::layout::{Diagram, Layout, Route, BOX_HEIGHT, BOX_WIDTH, LINE_PITCH, PITCH, ROW, SHAPE};

/// Distance of parts, world pixels.
const GAP: f64 = 40.0;
/// Boxes that no link touches stand closer than rows.
const CLOSE_ROW: f64 = BOX_HEIGHT + 16.0;

/// The layout of parts that are laid out.
pub(super) fn assemble(diagram: &Diagram, parts: &mut [Part]) -> Layout {
    let mut layout = Layout {
        places: vec![Point::new(f64::NAN, f64::NAN); diagram.nodes.len()],
        routes: vec![Route::default(); diagram.links.len()],
        alone: None,
        bounds: None,
    };
    let boxes: Vec<Rect<World>> = parts.iter().map(bounds_of).collect();
    let widest = boxes.iter().map(Rect::width).fold(0.0, f64::max);
    let area: f64 = boxes.iter().map(|b| (b.width() + GAP) * (b.height() + GAP)).sum();
    let right = widest.max((area * SHAPE).sqrt());
    // Rows of the first part are those that pins are counted in.
    let (start, top) = (-BOX_WIDTH / 2.0, -BOX_HEIGHT / 2.0);
    let mut shelf = Shelf { start, top, bottom: top, column: start, y: top, x: start };
    for (part, own) in parts.iter_mut().zip(&boxes) {
        let corner = if part.pinned {
            // Where things were put by hand is where they are.
            shelf.top = own.max.y + GAP;
            shelf.bottom = shelf.top;
            shelf.start = own.min.x;
            shelf.x = own.min.x;
            shelf.column = own.min.x;
            own.min
        } else {
            shelf.place(own.width(), own.height(), shelf.start + right)
        };
        let by = corner - own.min;
        for (own, number) in (0u32..).zip(&part.nodes) {
            if let Some(place) = layout.places.get_mut(*number as usize) {
                *place = part.center(own) + by;
            }
        }
        for ((number, _, _), mut route) in part.links.iter().zip(part.routes.drain(..)) {
            for point in &mut route.points {
                *point = *point + by;
            }
            if let Some(slot) = layout.routes.get_mut(*number as usize) {
                *slot = route;
            }
        }
        let placed = Rect { min: corner, max: corner + Vector::new(own.width(), own.height()) };
        layout.bounds = Some(layout.bounds.map_or(placed, |all| all.union(&placed)));
    }
    put_alone(&mut layout);
    layout
}

/// Boxes that no link touches, in rows below everything.
fn put_alone(layout: &mut Layout) {
    let count = layout.places.iter().filter(|place| place.x.is_nan()).count();
    if count == 0 {
        return;
    }
    let (left, top, width) = match &layout.bounds {
        Some(all) => (all.min.x, all.max.y + ROW, all.width()),
        None => (-BOX_WIDTH / 2.0, -BOX_HEIGHT / 2.0, 0.0),
    };
    let square = (count as f64 * SHAPE * CLOSE_ROW / PITCH).sqrt().ceil() * PITCH;
    let columns = ((width.max(square) + (PITCH - BOX_WIDTH)) / PITCH).floor().clamp(1.0, count as f64) as usize;
    let first = Point::new(left + BOX_WIDTH / 2.0, top + BOX_HEIGHT / 2.0);
    for (number, place) in layout.places.iter_mut().filter(|place| place.x.is_nan()).enumerate() {
        let by = Vector::new((number % columns) as f64 * PITCH, (number / columns) as f64 * CLOSE_ROW);
        *place = first + by;
    }
    let rows = count.div_ceil(columns);
    let size = Vector::new((columns - 1) as f64 * PITCH + BOX_WIDTH, (rows - 1) as f64 * CLOSE_ROW + BOX_HEIGHT);
    let corner = Point::new(left, top);
    let alone = Rect { min: corner, max: corner + size };
    layout.alone = Some(alone);
    layout.bounds = Some(layout.bounds.map_or(alone, |all| all.union(&alone)));
}

/// What a part's boxes and lines take up.
fn bounds_of(part: &Part) -> Rect<World> {
    let mut all: Option<Rect<World>> = None;
    for (number, item) in (0u32..).zip(&part.items) {
        let half = if item.node.is_some() {
            Vector::new(BOX_WIDTH / 2.0, BOX_HEIGHT / 2.0)
        } else {
            Vector::new(LINE_PITCH / 2.0, 0.0)
        };
        let center = part.center(number);
        let own = Rect { min: center - half, max: center + half };
        all = Some(all.map_or(own, |all| all.union(&own)));
    }
    all.unwrap_or(Rect { min: Point::ORIGIN, max: Point::ORIGIN })
}

/// A shelf of columns: parts stand beside each other, small ones below each other as long as the shelf is high enough.
struct Shelf {
    start: f64,
    top: f64,
    bottom: f64,
    /// Left side of the column at work and its lower end.
    column: f64,
    y: f64,
    /// Right side of the column at work.
    x: f64,
}

impl Shelf {
    /// The top left corner for a part.
    fn place(&mut self, width: f64, height: f64, right: f64) -> Point<World> {
        let fits_below = self.x > self.column && self.y + height <= self.bottom && self.column + width <= right;
        if fits_below {
            let at = Point::new(self.column, self.y);
            self.y += height + GAP;
            self.x = self.x.max(self.column + width);
            return at;
        }
        let left = if self.x > self.start { self.x + GAP } else { self.start };
        if left > self.start && left + width > right {
            // A new shelf.
            self.top = self.bottom + GAP;
            (self.column, self.x) = (self.start, self.start);
        } else {
            self.column = left;
        }
        self.y = self.top + height + GAP;
        self.bottom = self.bottom.max(self.top + height);
        self.x = self.column + width;
        Point::new(self.column, self.top)
    }
}
