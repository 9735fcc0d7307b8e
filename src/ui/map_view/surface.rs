//! The large bitmap of the map: painted once, moved and scaled by the compositor while the view moves, painted
//! anew when the view rests or when what it shows runs out.
//!
//! Painting five thousand components takes many frames on a machine without a graphics card; moving a bitmap
//! takes a fraction of one (measured, see the notes on rendering in ARCHITECTURE.md).

use crate::geom::{Camera, Rect, Screen, Size, Vector, World};
use crate::platform::dom;
use crate::scene::display::Item;
use crate::scene::style::Theme;
use crate::ui::map_view::painter::{Ground, Painter};

/// Share of the view by which the bitmap reaches beyond it on each side.
const MARGIN: f64 = 0.3;
/// Most device pixels of the bitmap; larger views get fewer pixels a CSS pixel.
const MOST_PIXELS: f64 = 12_000_000.0;

/// Opacity of what is not emphasised.
const FAINT: f64 = 0.22;

/// A painted bitmap.
pub(crate) struct Surface {
    painter: Painter,
    painted: Option<Ground>,
    transform: String,
}

impl Surface {
    /// A surface that paints with this painter.
    pub(crate) fn new(painter: Painter) -> Self {
        Self { painter, painted: None, transform: String::new() }
    }

    /// Where the world lies on a bitmap for this view.
    pub(crate) fn ground(camera: Camera, view: Size<Screen>, ratio: f64) -> Ground {
        let margin = Vector::new((view.width * MARGIN).ceil(), (view.height * MARGIN).ceil());
        let size = Size::new(view.width + 2.0 * margin.x, view.height + 2.0 * margin.y);
        let most = (MOST_PIXELS / (size.width * size.height).max(1.0)).sqrt();
        Ground { camera, margin, size, ratio: ratio.min(most).max(0.5) }
    }

    /// Part of the world that a bitmap shows.
    pub(crate) fn world(ground: &Ground) -> Rect<World> {
        let offset = ground.camera.offset() + ground.margin;
        Camera::new(ground.camera.zoom(), offset).visible_world(ground.size)
    }

    /// Paints these items sharply for this view.
    /// Items of `faint` lie faintly below the others.
    pub(crate) fn paint(&mut self, items: &[&Item], faint: &[&Item], theme: &Theme, paper: &str, ground: Ground) {
        self.painter.resize(ground.size, ground.ratio);
        self.painter.clear(Some(paper));
        self.painter.paint(faint, theme, &ground, FAINT);
        self.painter.paint(items, theme, &ground, 1.0);
        self.painted = Some(ground);
        self.show(ground.camera);
    }

    /// Moves and scales the bitmap so that it shows this view.
    pub(crate) fn show(&mut self, camera: Camera) {
        let Some(ground) = &self.painted else { return };
        let scale = camera.zoom() / ground.camera.zoom();
        let from = ground.camera.offset() + ground.margin;
        let to = camera.offset();
        let (x, y) = (to.x - from.x * scale, to.y - from.y * scale);
        let transform = format!("translate3d({x}px,{y}px,0) scale({scale})");
        if transform != self.transform {
            dom::style(self.painter.canvas(), "transform", &transform);
            self.transform = transform;
        }
    }

    /// Whether the bitmap is sharp for this view: painted for just this camera, size and kind of screen.
    pub(crate) fn is_sharp(&self, ground: &Ground) -> bool {
        self.painted.as_ref() == Some(ground)
    }

    /// Whether everything of `content` that the view shows is on the bitmap.
    pub(crate) fn covers(&self, camera: Camera, view: Size<Screen>, content: Option<Rect<World>>) -> bool {
        let Some(ground) = &self.painted else { return false };
        let painted = Self::world(ground);
        let wanted = camera.visible_world(view);
        let wanted = match content {
            // What lies outside the content is paper, with or without a bitmap.
            Some(content) if !content.overlaps(&wanted) => return true,
            Some(content) => Rect::from_corners(
                crate::geom::Point::new(wanted.min.x.max(content.min.x), wanted.min.y.max(content.min.y)),
                crate::geom::Point::new(wanted.max.x.min(content.max.x), wanted.max.y.min(content.max.y)),
            ),
            None => wanted,
        };
        painted.inflate(0.5).contains(wanted.min) && painted.inflate(0.5).contains(wanted.max)
    }
}
