//! Points, vectors, sizes and rectangles that know which space they live in.
//!
//! Knows nothing of maps or screens beyond the names of the spaces. Three spaces exist:
//! * [`Map`]: evolution 0..=1 to the right, visibility 0..=1 **up**;
//! * [`World`]: CSS pixels at zoom 1, origin at the top left corner of the map frame, y down;
//! * [`Screen`]: CSS pixels from the top left corner of the canvas, y down.
//!
//! A [`Point`] is a position, a [`Vector`] a displacement; adding two points does not compile,
//! and neither does mixing spaces.

mod camera;
mod hit;
mod index;
mod unit;

pub use camera::{Camera, MapFrame, MAX_ZOOM, MIN_ZOOM};
pub use hit::{distance_to_polyline, distance_to_segment};
pub use index::GridIndex;
pub use unit::{Evolution, Visibility};

use std::marker::PhantomData;
use std::ops::{Add, Mul, Neg, Sub};

/// The space of the value chain: evolution to the right, visibility up, both 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Map {}
/// CSS pixels at zoom 1, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {}
/// CSS pixels from the corner of the canvas, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {}

/// A position in the space `S`.
#[derive(Debug)]
pub struct Point<S> {
    /// Horizontal coordinate.
    pub x: f64,
    /// Vertical coordinate.
    pub y: f64,
    space: PhantomData<fn() -> S>,
}

/// A displacement in the space `S`.
#[derive(Debug)]
pub struct Vector<S> {
    /// Horizontal part.
    pub x: f64,
    /// Vertical part.
    pub y: f64,
    space: PhantomData<fn() -> S>,
}

/// Width and height in the space `S`.
#[derive(Debug)]
pub struct Size<S> {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    space: PhantomData<fn() -> S>,
}

/// An axis-aligned rectangle, `min` <= `max` in both coordinates.
#[derive(Debug)]
pub struct Rect<S> {
    /// Corner with the smaller coordinates.
    pub min: Point<S>,
    /// Corner with the larger coordinates.
    pub max: Point<S>,
}

// Written by hand because `derive` would demand the same of the space marker.
macro_rules! plain_value {
    ($($name:ident { $($field:ident),* });* $(;)?) => {$(
        impl<S> Clone for $name<S> { fn clone(&self) -> Self { *self } }
        impl<S> Copy for $name<S> {}
        impl<S> PartialEq for $name<S> {
            fn eq(&self, other: &Self) -> bool { $(self.$field == other.$field)&&* }
        }
    )*};
}
plain_value! { Point { x, y }; Vector { x, y }; Size { width, height }; Rect { min, max } }

impl<S> Point<S> {
    /// The point at (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y, space: PhantomData }
    }
    /// The corner (0, 0).
    pub const ORIGIN: Self = Self::new(0.0, 0.0);
    /// Displacement from the origin.
    pub fn to_vector(self) -> Vector<S> {
        Vector::new(self.x, self.y)
    }
    /// Straight distance to another point of the same space.
    pub fn distance(self, other: Self) -> f64 {
        (other - self).length()
    }
    /// The point a share `t` of the way to `other` (0 is here, 1 is there).
    pub fn lerp(self, other: Self, t: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }
    /// Whether both coordinates are finite numbers.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl<S> Vector<S> {
    /// The displacement (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y, space: PhantomData }
    }
    /// No displacement.
    pub const ZERO: Self = Self::new(0.0, 0.0);
    /// Euclidean length.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }
    /// The vector of length 1 in the same direction, or `None` for (nearly) zero vectors.
    pub fn normalized(self) -> Option<Self> {
        let length = self.length();
        (length > 1e-12).then(|| self * (1.0 / length))
    }
}

impl<S> Default for Point<S> {
    fn default() -> Self {
        Self::ORIGIN
    }
}

impl<S> Size<S> {
    /// The size width × height.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height, space: PhantomData }
    }
}

impl<S> Rect<S> {
    /// The rectangle with these two opposite corners, in any order.
    pub fn from_corners(a: Point<S>, b: Point<S>) -> Self {
        Self { min: Point::new(a.x.min(b.x), a.y.min(b.y)), max: Point::new(a.x.max(b.x), a.y.max(b.y)) }
    }
    /// The rectangle from the origin to (width, height).
    pub fn from_size(size: Size<S>) -> Self {
        Self::from_corners(Point::ORIGIN, Point::new(size.width, size.height))
    }
    /// The square of half side `radius` around `center`.
    pub fn around(center: Point<S>, radius: f64) -> Self {
        let half = Vector::new(radius, radius);
        Self { min: center - half, max: center + half }
    }
    /// Width, never negative.
    pub fn width(&self) -> f64 {
        self.max.x - self.min.x
    }
    /// Height, never negative.
    pub fn height(&self) -> f64 {
        self.max.y - self.min.y
    }
    /// The middle.
    pub fn center(&self) -> Point<S> {
        self.min.lerp(self.max, 0.5)
    }
    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, p: Point<S>) -> bool {
        p.x >= self.min.x && p.x <= self.max.x && p.y >= self.min.y && p.y <= self.max.y
    }
    /// Whether the two share an area; touching edges do not count.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min.x < other.max.x && other.min.x < self.max.x && self.min.y < other.max.y && other.min.y < self.max.y
    }
    /// Whether `other` lies inside, edges included.
    pub fn encloses(&self, other: &Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }
    /// Area shared with `other`, 0 when apart.
    pub fn overlap_area(&self, other: &Self) -> f64 {
        let w = self.max.x.min(other.max.x) - self.min.x.max(other.min.x);
        let h = self.max.y.min(other.max.y) - self.min.y.max(other.min.y);
        if w > 0.0 && h > 0.0 {
            w * h
        } else {
            0.0
        }
    }
    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            min: Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }
    /// Larger by `margin` on every side.
    pub fn inflate(&self, margin: f64) -> Self {
        Self::from_corners(
            Point::new(self.min.x - margin, self.min.y - margin),
            Point::new(self.max.x + margin, self.max.y + margin),
        )
    }
    /// Moved by `by`.
    pub fn translate(&self, by: Vector<S>) -> Self {
        Self { min: self.min + by, max: self.max + by }
    }
    /// The smallest rectangle around all points, `None` when there are none.
    pub fn around_points(points: impl IntoIterator<Item = Point<S>>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(Self { min: first, max: first }, |rect, p| rect.union(&Self { min: p, max: p })))
    }
}

impl<S> Sub for Point<S> {
    type Output = Vector<S>;
    fn sub(self, other: Self) -> Vector<S> {
        Vector::new(self.x - other.x, self.y - other.y)
    }
}
impl<S> Add<Vector<S>> for Point<S> {
    type Output = Self;
    fn add(self, by: Vector<S>) -> Self {
        Self::new(self.x + by.x, self.y + by.y)
    }
}
impl<S> Sub<Vector<S>> for Point<S> {
    type Output = Self;
    fn sub(self, by: Vector<S>) -> Self {
        Self::new(self.x - by.x, self.y - by.y)
    }
}
impl<S> Add for Vector<S> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}
impl<S> Sub for Vector<S> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}
impl<S> Mul<f64> for Vector<S> {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}
impl<S> Neg for Vector<S> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.x, -self.y)
    }
}

#[cfg(test)]
mod tests;
