//! Paints display-list items on a 2D canvas.
//!
//! Knows shapes and colours; knows no document and no gesture. Work for the browser is kept small: paths of one
//! look become one path, and colours and fonts are set only when they change.

use std::f64::consts::TAU;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::geom::{Camera, Screen, Size, Vector};
use crate::scene::display::{Dash, Item, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::style::Theme;
use crate::ui::map_view::batch::{batches, Look, Paint};

/// Fonts of the map, as in the style sheets.
const FONT: &str = "Arial, \"Segoe UI\", system-ui, sans-serif";
/// Thinnest line, CSS pixels on the screen.
const THINNEST: f64 = 0.6;
/// Width of the halo behind a text over its font size.
const HALO: f64 = 0.4;

/// A canvas with its drawing context.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    dashes: [Array; 3],
}

/// Where on the canvas the world is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ground {
    /// The view.
    pub(crate) camera: Camera,
    /// How far the canvas reaches beyond the view to the left and above.
    pub(crate) margin: Vector<Screen>,
    /// Size of the canvas, CSS pixels.
    pub(crate) size: Size<Screen>,
    /// Device pixels per CSS pixel.
    pub(crate) ratio: f64,
}

impl Painter {
    /// A painter for this canvas; `opaque` canvases are cheaper to show.
    pub(crate) fn new(canvas: HtmlCanvasElement, opaque: bool) -> Option<Self> {
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"alpha".into(), &(!opaque).into()).ok()?;
        let context = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
        let dashes = [Array::new(), Array::of2(&2.into(), &2.into()), Array::of2(&5.into(), &5.into())];
        Some(Self { canvas, context, dashes })
    }

    /// The canvas.
    pub(crate) fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Gives the canvas its size; returns whether it is another one, in which case it is empty now.
    pub(crate) fn resize(&self, size: Size<Screen>, ratio: f64) -> bool {
        let pixels = |length: f64| (length * ratio).round().clamp(1.0, 16_000.0) as u32;
        let (width, height) = (pixels(size.width), pixels(size.height));
        if (self.canvas.width(), self.canvas.height()) == (width, height) {
            return false;
        }
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        crate::platform::dom::style(&self.canvas, "width", &format!("{}px", f64::from(width) / ratio));
        crate::platform::dom::style(&self.canvas, "height", &format!("{}px", f64::from(height) / ratio));
        true
    }

    /// Empties the canvas, to `paper` when there is one.
    pub(crate) fn clear(&self, paper: Option<&str>) {
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        let _ignored = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        match paper {
            Some(color) => {
                self.context.set_fill_style_str(color);
                self.context.fill_rect(0.0, 0.0, width, height);
            }
            None => self.context.clear_rect(0.0, 0.0, width, height),
        }
    }

    /// Paints the items, which come from back to front.
    pub(crate) fn paint(&self, items: &[&Item], theme: &Theme, ground: &Ground, opacity: f64) {
        let zoom = ground.camera.zoom();
        let scale = zoom * ground.ratio;
        let offset = ground.camera.offset() + ground.margin;
        let _ignored =
            self.context.set_transform(scale, 0.0, 0.0, scale, offset.x * ground.ratio, offset.y * ground.ratio);
        self.context.set_line_cap("round");
        self.context.set_line_join("round");
        self.context.set_global_alpha(opacity);
        let mut pen = Pen { painter: self, theme, zoom, opacity, look: None, font: String::new(), paper: Role::Paper };
        for layer in items.chunk_by(|a, b| a.layer == b.layer) {
            for batch in batches(layer) {
                match batch {
                    Paint::Paths(look, shapes) => pen.paths(look, &shapes),
                    Paint::Text(text) => pen.text(text),
                }
            }
        }
        self.context.set_global_alpha(1.0);
    }
}

/// The state of the context while painting, so that nothing is set twice.
struct Pen<'a> {
    painter: &'a Painter,
    theme: &'a Theme,
    zoom: f64,
    opacity: f64,
    look: Option<Look>,
    font: String,
    paper: Role,
}

impl Pen<'_> {
    fn color(&self, role: Role) -> &'static str {
        self.theme.color(role).css()
    }

    /// Width of a line in the world, never too thin to see.
    fn width(&self, stroke: Stroke) -> f64 {
        stroke.width.max(THINNEST / self.zoom)
    }

    fn set(&mut self, look: Look) {
        if self.look == Some(look) {
            return;
        }
        let context = &self.painter.context;
        if let Some(role) = look.fill {
            context.set_fill_style_str(self.color(role));
        }
        if let Some(stroke) = look.stroke {
            context.set_stroke_style_str(self.color(stroke.role));
            context.set_line_width(self.width(stroke));
            let [solid, fine, medium] = &self.painter.dashes;
            let dash: &JsValue = match stroke.dash {
                Dash::Solid => solid,
                Dash::Fine => fine,
                Dash::Medium => medium,
            };
            let _ignored = context.set_line_dash(dash);
        }
        self.look = Some(look);
    }

    fn paths(&mut self, look: Look, shapes: &[&Shape]) {
        self.set(look);
        let context = &self.painter.context;
        context.begin_path();
        for shape in shapes {
            self.outline(shape);
        }
        if look.fill.is_some() {
            context.set_global_alpha(look.fill_opacity() * self.opacity);
            context.fill();
            context.set_global_alpha(self.opacity);
        }
        if look.stroke.is_some() {
            context.stroke();
        }
    }

    fn outline(&self, shape: &Shape) {
        let context = &self.painter.context;
        match shape {
            Shape::Line { points, .. } => self.trace(points),
            Shape::Polygon { points, .. } => {
                self.trace(points);
                context.close_path();
            }
            Shape::Circle { center, radius, .. } => {
                // A disc of a pixel or two is a square to the eye and much cheaper.
                if radius * self.zoom < 1.2 {
                    context.rect(center.x - radius, center.y - radius, radius * 2.0, radius * 2.0);
                } else {
                    context.move_to(center.x + radius, center.y);
                    let _ignored = context.arc(center.x, center.y, *radius, 0.0, TAU);
                }
            }
            Shape::Box { rect, corner, .. } => {
                let (width, height) = (rect.width(), rect.height());
                if *corner * self.zoom < 1.0 {
                    context.rect(rect.min.x, rect.min.y, width, height);
                } else {
                    let _ignored = context.round_rect_with_f64(rect.min.x, rect.min.y, width, height, *corner);
                }
            }
            Shape::Text(_) => {}
        }
    }

    fn trace<S>(&self, points: &[crate::geom::Point<S>]) {
        let context = &self.painter.context;
        let mut points = points.iter();
        if let Some(first) = points.next() {
            context.move_to(first.x, first.y);
        }
        for point in points {
            context.line_to(point.x, point.y);
        }
    }

    fn text(&mut self, text: &TextShape) {
        let font = format!(
            "{}{}{}px {FONT}",
            if text.italic { "italic " } else { "" },
            if text.bold { "bold " } else { "" },
            text.size
        );
        let context = &self.painter.context;
        if font != self.font {
            context.set_font(&font);
            self.font = font;
        }
        context.set_text_align(match text.anchor {
            TextAnchor::Start => "left",
            TextAnchor::Middle => "center",
            TextAnchor::End => "right",
        });
        let turned = text.turn != 0.0;
        let (x, y) = if turned {
            context.save();
            let _ignored = context.translate(text.at.x, text.at.y);
            let _ignored = context.rotate(text.turn);
            (0.0, 0.0)
        } else {
            (text.at.x, text.at.y)
        };
        if text.halo {
            context.set_stroke_style_str(self.color(self.paper));
            context.set_line_width(HALO * text.size);
            let _ignored = context.set_line_dash(&self.painter.dashes[0]);
            let _ignored = context.stroke_text(&text.text, x, y);
        }
        context.set_fill_style_str(self.color(text.role));
        let _ignored = context.fill_text(&text.text, x, y);
        if turned {
            context.restore();
            self.font.clear();
        }
        self.look = None;
    }
}
