//! The view of the map: panning, zooming, fitting, and what is drawn.

use crate::app::effect::Effect;
use crate::app::intent::{ViewIntent, WheelInput};
use crate::app::state::{Changes, Marks};
use crate::app::{App, FIT_LARGEST_ZOOM, FIT_MARGIN};
use crate::geom::{Camera, Point, Rect, Screen, Vector, World};
use crate::model::AnyRecordId;
use crate::scene::display::ItemKey;
use crate::scene::metrics::{LEAST_TEXT, NOTE_SIZE};

impl App {
    pub(super) fn view(&mut self, intent: ViewIntent) {
        match intent {
            ViewIntent::Resized(size) => {
                if !(size.width >= 1.0 && size.height >= 1.0) || size == self.viewport {
                    return;
                }
                let first = self.changes == Changes::ALL && self.history.is_empty() && self.camera == Camera::default();
                // What was in the middle stays in the middle.
                let by =
                    Vector::new((size.width - self.viewport.width) / 2.0, (size.height - self.viewport.height) / 2.0);
                // A map that was shown whole is shown whole in the new size, too.
                let whole = self.camera == self.whole_view;
                self.viewport = size;
                if first || whole || self.document.is_empty() {
                    self.fit(None);
                } else {
                    self.camera = self.camera.panned(by);
                }
            }
            ViewIntent::Pan(by) => self.camera = self.camera.panned(by),
            ViewIntent::Zoom(factor, at) => {
                let at = at.unwrap_or_else(|| self.middle());
                self.camera = self.camera.zoomed_about(at, factor);
            }
            ViewIntent::ZoomTo(zoom) => {
                self.camera = self.camera.zoomed_about(self.middle(), zoom / self.camera.zoom());
            }
        }
        self.changes.camera = true;
    }

    pub(super) fn middle(&self) -> Point<Screen> {
        Point::new(self.viewport.width / 2.0, self.viewport.height / 2.0)
    }

    pub(super) fn wheel(&mut self, input: WheelInput) {
        if self.wheel_question == Some(false) && !input.ctrl {
            self.wheel_question = Some(true);
            self.changes.panels = true;
        }
        let zooms = input.ctrl != self.wheel_zooms;
        if zooms {
            // A wheel notch is about 100 pixels; a pinch sends small steps.
            let factor = (-input.by.y.clamp(-400.0, 400.0) * 0.0025).exp();
            self.camera = self.camera.zoomed_about(input.at, factor);
        } else {
            // Some systems turn the wheel sideways themselves while Shift is held.
            let by = if input.shift && input.by.x == 0.0 { Vector::new(input.by.y, 0.0) } else { input.by };
            self.camera = self.camera.panned(-by);
        }
        self.changes.camera = true;
    }

    /// Shows this part of the world, or the whole map.
    pub(super) fn fit(&mut self, part: Option<Rect<World>>) {
        let Some(rect) = part else {
            self.camera = self.fitting(self.whole(1.0));
            // A legend that is drawn larger than it is, to be readable, takes more room, and that makes all smaller again.
            for _ in 0..4 {
                self.camera = self.fitting(self.whole(self.camera.zoom()));
            }
            self.whole_view = self.camera;
            return self.changes.camera = true;
        };
        self.camera = self.fitting(rect);
        self.changes.camera = true;
    }

    /// The page with the legend beside it, as large as it is drawn at this zoom.
    fn whole(&self, zoom: f64) -> Rect<World> {
        let scene = self.scene();
        let page = scene.page();
        let Some(legend) = scene.item(ItemKey::Legend) else { return page };
        let grown = (LEAST_TEXT / (NOTE_SIZE * zoom)).max(1.0);
        let size = legend.bounds.max - legend.bounds.min;
        let far = legend.bounds.min + size * grown;
        page.union(&Rect::from_corners(legend.bounds.min, far))
    }

    pub(super) fn fitting(&self, rect: Rect<World>) -> Camera {
        Camera::fitting(rect, self.viewport, FIT_MARGIN, FIT_LARGEST_ZOOM)
    }

    /// Pans just so far that the record is well inside the view.
    pub(super) fn reveal(&mut self, record: AnyRecordId) {
        let Some(at) = self.world_position(record) else { return };
        let on_screen = self.camera.screen_from_world(at);
        let margin = 60.0f64.min(self.viewport.width / 4.0).min(self.viewport.height / 4.0);
        let missing = |v: f64, length: f64| {
            if v < margin {
                margin - v
            } else if v > length - margin {
                length - margin - v
            } else {
                0.0
            }
        };
        let by = Vector::new(missing(on_screen.x, self.viewport.width), missing(on_screen.y, self.viewport.height));
        if by != Vector::ZERO {
            self.camera = self.camera.panned(by);
            self.changes.camera = true;
        }
    }

    /// Nothing but the view, for a shared screen, or everything again.
    pub(super) fn show_only_view(&mut self, only: bool, effects: &mut Vec<Effect>) {
        self.shown.only_view = only;
        let text =
            if only { "Only the view is shown. Escape brings everything back." } else { "Everything is shown again." };
        self.say(text, false, effects);
        effects.push(Effect::FocusMap);
    }

    /// Colours the components; the legend that comes with it is brought into view.
    pub(super) fn color_by(&mut self, marks: Marks) {
        self.shown.marks = marks;
        self.redraw_with_legend();
    }

    pub(super) fn redraw_with_legend(&mut self) {
        let whole = self.camera == self.whole_view;
        self.redraw();
        // Who looks at a part keeps looking at it.
        if whole {
            self.fit(None);
        }
        self.changes.panels = true;
    }

    pub(super) fn redraw(&mut self) {
        self.derived.rebuild(&self.document, self.shown);
        self.draw_comparison();
        self.changes.scene = true;
    }
}
