//! The camera (screen from world) and the map frame (world from map).
//!
//! Knows nothing of the document. The flip of the vertical axis exists only in [`MapFrame`].

use crate::geom::{Map, Point, Rect, Screen, Size, Vector, World};

/// Smallest allowed zoom (5 %).
pub const MIN_ZOOM: f64 = 0.05;
/// Largest allowed zoom (800 %).
pub const MAX_ZOOM: f64 = 8.0;

/// Translation and uniform scale from world to screen, so rectangles stay rectangles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Screen pixels per world pixel, within [`MIN_ZOOM`]..=[`MAX_ZOOM`].
    zoom: f64,
    /// Where the world's origin lies on the screen.
    offset: Vector<Screen>,
}

impl Default for Camera {
    fn default() -> Self {
        Self { zoom: 1.0, offset: Vector::ZERO }
    }
}

impl Camera {
    /// A camera with this zoom (clamped; NaN becomes 1) and offset (non-finite becomes 0).
    pub fn new(zoom: f64, offset: Vector<Screen>) -> Self {
        let zoom = if zoom.is_nan() { 1.0 } else { zoom.clamp(MIN_ZOOM, MAX_ZOOM) };
        let offset = if offset.x.is_finite() && offset.y.is_finite() { offset } else { Vector::ZERO };
        Self { zoom, offset }
    }
    /// Screen pixels per world pixel.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }
    /// Where the world's origin lies on the screen.
    pub fn offset(&self) -> Vector<Screen> {
        self.offset
    }
    /// Position on the screen of a position in the world.
    pub fn screen_from_world(&self, p: Point<World>) -> Point<Screen> {
        Point::new(p.x * self.zoom + self.offset.x, p.y * self.zoom + self.offset.y)
    }
    /// Position in the world of a position on the screen.
    pub fn world_from_screen(&self, p: Point<Screen>) -> Point<World> {
        Point::new((p.x - self.offset.x) / self.zoom, (p.y - self.offset.y) / self.zoom)
    }
    /// A displacement on the screen as a displacement in the world.
    pub fn world_vector_from_screen(&self, v: Vector<Screen>) -> Vector<World> {
        Vector::new(v.x / self.zoom, v.y / self.zoom)
    }
    /// The part of the world that a canvas of this size shows.
    pub fn visible_world(&self, viewport: Size<Screen>) -> Rect<World> {
        Rect::from_corners(
            self.world_from_screen(Point::ORIGIN),
            self.world_from_screen(Point::new(viewport.width, viewport.height)),
        )
    }
    /// Moved by `by` on the screen.
    #[must_use]
    pub fn panned(&self, by: Vector<Screen>) -> Self {
        Self::new(self.zoom, self.offset + by)
    }
    /// Zoomed by `factor` so that the world point under `fixed` stays under it.
    #[must_use]
    pub fn zoomed_about(&self, fixed: Point<Screen>, factor: f64) -> Self {
        let zoom = Self::new(self.zoom * factor, self.offset).zoom;
        let world = self.world_from_screen(fixed);
        Self::new(zoom, Vector::new(fixed.x - world.x * zoom, fixed.y - world.y * zoom))
    }
    /// The camera that shows `rect` whole and centred, with `margin` screen pixels around it,
    /// enlarged to `largest_zoom` at the most.
    pub fn fitting(rect: Rect<World>, viewport: Size<Screen>, margin: f64, largest_zoom: f64) -> Self {
        let width = rect.width().max(1e-6);
        let height = rect.height().max(1e-6);
        let zoom = ((viewport.width - 2.0 * margin) / width)
            .min((viewport.height - 2.0 * margin) / height)
            .min(largest_zoom)
            .clamp(MIN_ZOOM, MAX_ZOOM);
        let center = rect.center();
        Self::new(zoom, Vector::new(viewport.width / 2.0 - center.x * zoom, viewport.height / 2.0 - center.y * zoom))
    }
}

/// Size of the map's plane in the world; turns map coordinates into world coordinates and back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapFrame {
    /// Width and height of the plane, world pixels, both at least 1.
    size: Size<World>,
}

impl MapFrame {
    /// A frame of this size; each side is at least 1 pixel and finite.
    pub fn new(size: Size<World>) -> Self {
        let side = |v: f64| if v.is_finite() { v.max(1.0) } else { 1.0 };
        Self { size: Size::new(side(size.width), side(size.height)) }
    }
    /// Width and height in world pixels.
    pub fn size(&self) -> Size<World> {
        self.size
    }
    /// The plane as a rectangle of the world.
    pub fn rect(&self) -> Rect<World> {
        Rect::from_size(self.size)
    }
    /// World position of a map position. The vertical axis turns over here and nowhere else.
    pub fn world_from_map(&self, p: Point<Map>) -> Point<World> {
        Point::new(p.x * self.size.width, (1.0 - p.y) * self.size.height)
    }
    /// Map position of a world position (may lie outside 0..=1).
    pub fn map_from_world(&self, p: Point<World>) -> Point<Map> {
        Point::new(p.x / self.size.width, 1.0 - p.y / self.size.height)
    }
    /// A displacement in the world as a displacement on the map.
    pub fn map_vector_from_world(&self, v: Vector<World>) -> Vector<Map> {
        Vector::new(v.x / self.size.width, -v.y / self.size.height)
    }
}
