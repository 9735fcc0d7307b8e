//! The places a name may take around its symbol.
//!
//! Only geometry. Candidate 0 is the author's place, 1 to 8 are the sides, the rest stands on rings further out.

use crate::geom::{Point, Rect, Vector, World};
use crate::scene::display::TextAnchor;
use crate::scene::label::{Block, Subject};
use crate::scene::measure::{ASCENT, CAP_HEIGHT};
use crate::scene::metrics::*;

/// Number of sides.
const SIDES: u16 = 8;
/// Distances of the rings from the symbol, world pixels.
const RINGS: [f64; 4] = [14.0, 30.0, 52.0, 80.0];
/// Directions on each ring.
const DIRECTIONS: u16 = 16;

/// A place and how well it is liked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    /// Its number.
    pub(crate) number: u16,
    /// The box of the name there.
    pub(crate) rect: Rect<World>,
    /// Which edge the lines share.
    pub(crate) align: TextAnchor,
    /// A leader line is wanted.
    pub(crate) leader: bool,
    /// Dislike, 0 for the best.
    pub(crate) cost: f64,
}

impl Candidate {
    /// The lines as they stand at this place.
    pub(crate) fn block<'a>(&self, subject: &'a Subject) -> &'a Block {
        match &subject.authored {
            Some((_, block, _)) if self.number == 0 => block,
            _ => &subject.block,
        }
    }
}

/// All places of a name, in order of liking within each group.
#[derive(Clone, Copy)]
pub(crate) struct Candidates<'a>(pub(crate) &'a Subject);

impl<'a> Candidates<'a> {
    /// The author's place, when there is one.
    pub(crate) fn authored(self) -> Option<Candidate> {
        let subject = self.0;
        let (offset, block, anchor) = subject.authored.as_ref()?;
        let left = match anchor {
            TextAnchor::Middle => -0.5 * block.width,
            _ => 0.0,
        };
        let min = subject.center + *offset + Vector::new(left, -ASCENT * LABEL_SIZE * subject.scale);
        let rect = Rect { min, max: min + Vector::new(block.width, block.height) };
        let leader = gap(subject.center, &rect) - subject.clearance.x.max(subject.clearance.y) > 2.0 * LEADER_FROM;
        Some(Candidate { number: 0, rect, align: *anchor, leader, cost: 0.0 })
    }

    /// The eight sides; for an anchor the one above its point comes first.
    pub(crate) fn sides(self) -> impl Iterator<Item = Candidate> + 'a {
        (1..=SIDES).filter_map(move |number| self.numbered(number))
    }

    /// The rings from inside, each from the right clockwise and anticlockwise.
    pub(crate) fn ring(self, ring: usize) -> impl Iterator<Item = Candidate> + 'a {
        let first = 1 + SIDES + ring as u16 * DIRECTIONS;
        (first..first + DIRECTIONS).filter_map(move |number| self.numbered(number))
    }

    /// Number of rings.
    pub(crate) const fn rings() -> usize {
        RINGS.len()
    }

    /// The candidate with this number.
    pub(crate) fn numbered(self, number: u16) -> Option<Candidate> {
        match number {
            0 => self.authored(),
            1..=SIDES => Some(self.side(number)),
            _ => self.on_ring(number),
        }
    }

    fn side(self, number: u16) -> Candidate {
        let subject = self.0;
        let (width, height) = (subject.block.width, subject.block.height);
        let (half_x, half_y) = (subject.clearance.x, subject.clearance.y);
        let (beside, over) = (half_x + LABEL_GAP, half_y + LABEL_GAP);
        // From the box's top to the top of the capitals, and from its bottom up to the last baseline.
        let (size, leading) = (LABEL_SIZE * subject.scale, LABEL_LEADING * subject.scale);
        let head = (ASCENT - CAP_HEIGHT) * size;
        let tail = height - (subject.block.lines.len().saturating_sub(1)) as f64 * leading - ASCENT * size;
        let middle = -(height - head - tail) / 2.0 - head;
        let above = -over - height + tail;
        let below = over - head;
        // Diagonal places begin a little inside the symbol's width, as in the notation's first tools.
        let inside = half_x * 0.75;
        let (x, y, align, cost) = match number {
            1 => (beside, middle, TextAnchor::Start, 0.0),
            2 => (inside, above, TextAnchor::Start, 0.12),
            3 => (inside, below, TextAnchor::Start, 0.28),
            4 => (-beside - width, middle, TextAnchor::End, 0.32),
            5 => (-inside - width, above, TextAnchor::End, 0.36),
            6 => (-inside - width, below, TextAnchor::End, 0.46),
            7 => (-width / 2.0, above, TextAnchor::Middle, if subject.anchor { -0.5 } else { 0.5 }),
            _ => (-width / 2.0, below, TextAnchor::Middle, 0.56),
        };
        let mut min = subject.center + Vector::new(x, y);
        if number == 7 && subject.anchor {
            min.y = subject.center.y - ANCHOR_LIFT - height + tail;
        }
        let rect = Rect { min, max: min + Vector::new(width, height) };
        Candidate { number, rect, align, leader: false, cost }
    }

    fn on_ring(self, number: u16) -> Option<Candidate> {
        let subject = self.0;
        let index = number.checked_sub(1 + SIDES)?;
        let (ring, turn) = (index / DIRECTIONS, index % DIRECTIONS);
        let distance = *RINGS.get(usize::from(ring))?;
        // 0, +1, -1, +2, -2 … steps from the upper right.
        let steps = f64::from(turn.div_ceil(2)) * if turn % 2 == 0 { 1.0 } else { -1.0 };
        let angle = (steps - 1.0) * std::f64::consts::TAU / f64::from(DIRECTIONS);
        let (sin, cos) = angle.sin_cos();
        let (width, height) = (subject.block.width, subject.block.height);
        let reach = Vector::new(
            cos * (subject.clearance.x + distance) + cos.clamp(-0.9, 0.9) / 0.9 * width / 2.0,
            sin * (subject.clearance.y + distance) + sin.clamp(-0.9, 0.9) / 0.9 * height / 2.0,
        );
        let middle = subject.center + reach;
        let half = Vector::new(width / 2.0, height / 2.0);
        let rect = Rect { min: middle - half, max: middle + half };
        let align = if cos > 0.3 {
            TextAnchor::Start
        } else if cos < -0.3 {
            TextAnchor::End
        } else {
            TextAnchor::Middle
        };
        let cost = 1.6 + 0.045 * distance + 0.02 * steps.abs();
        Some(Candidate { number, rect, align, leader: gap(subject.center, &rect) > LEADER_FROM, cost })
    }
}

/// Distance from a point to the nearest point of a box.
fn gap(from: Point<World>, rect: &Rect<World>) -> f64 {
    let near = Point::new(from.x.clamp(rect.min.x, rect.max.x), from.y.clamp(rect.min.y, rect.max.y));
    from.distance(near)
}
