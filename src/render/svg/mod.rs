//! A scene as SVG text: the picture people export, and what golden tests compare.
//!
//! Knows scenes and themes. Attributes only, no style sheet, no script, no link, so that the picture looks the same
//! in browsers, office programs and drawing programs. Halos are texts of their own for programs that do not know
//! `paint-order`.

use std::fmt::Write as _;

use crate::geom::{Point, Rect, World};
use crate::model::AnyRecordId;
use crate::render::xml::{push_escaped, push_number};
use crate::scene::display::{Dash, Item, ItemKey, Layer, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::style::Theme;
use crate::scene::Scene;

/// The fonts asked for; all have the widths the scene was laid out with, or nearly.
pub const FONT_FAMILY: &str = "Arial, Helvetica, 'Liberation Sans', sans-serif";
/// White space around everything drawn, world pixels.
pub const MARGIN: f64 = 12.0;
/// Width of the halo on each side of a letter over the font size.
const HALO: f64 = 0.2;

/// What goes into the file besides the shapes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SvgOptions<'a> {
    /// Name of the picture for assistive technology and file managers; empty for "Map".
    pub title: &'a str,
    /// A description for those who cannot see the picture; empty for none.
    pub description: &'a str,
    /// Text kept in the picture's metadata, such as the document itself; escaped here.
    pub payload: Option<&'a str>,
    /// No ground behind the map.
    pub transparent: bool,
    /// Part of a page, which may hold it more than once: without ids, without words for assistive technology.
    pub inline: bool,
}

/// The scene as one SVG document.
pub fn svg(scene: &Scene, theme: &Theme, options: &SvgOptions<'_>) -> String {
    svg_of_items(scene.painted().iter().map(|item| &**item), scene.extent().inflate(MARGIN), 1.0, theme, options)
}

/// Items, from back to front, as one SVG document that shows the part `view` of the world at this zoom.
pub fn svg_of_items<'i>(
    items: impl Iterator<Item = &'i Item>,
    view: Rect<World>,
    zoom: f64,
    theme: &Theme,
    options: &SvgOptions<'_>,
) -> String {
    let mut writer = Writer { out: String::with_capacity(4_096), theme, inline: options.inline };
    writer.open(view, zoom, options);
    let mut layer = None;
    for item in items {
        if layer != Some(item.layer) {
            if layer.is_some() {
                writer.out.push_str("</g>\n");
            }
            if options.inline {
                writer.out.push_str("<g>\n");
            } else {
                let name = format!("{:?}", item.layer).to_lowercase();
                // Writing into a string cannot fail.
                let _ignored = writeln!(writer.out, "<g id=\"layer-{name}\">");
            }
            layer = Some(item.layer);
        }
        writer.item(item);
    }
    if layer.is_some() {
        writer.out.push_str("</g>\n");
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

struct Writer<'a> {
    out: String,
    theme: &'a Theme,
    inline: bool,
}

impl Writer<'_> {
    fn open(&mut self, view: Rect<World>, zoom: f64, options: &SvgOptions<'_>) {
        self.out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        for (name, value) in [("width", view.width() * zoom), ("height", view.height() * zoom)] {
            self.number(name, value);
        }
        self.out.push_str(" viewBox=\"");
        for (index, value) in [view.min.x, view.min.y, view.width(), view.height()].into_iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            push_number(&mut self.out, value);
        }
        if options.inline {
            self.out.push('"');
            self.text_attribute("font-family", FONT_FAMILY);
            self.out.push_str(">\n");
        } else {
            self.out.push_str("\" role=\"img\" aria-labelledby=\"map-title");
            self.out.push_str(if options.description.is_empty() { "\"" } else { " map-description\"" });
            self.text_attribute("font-family", FONT_FAMILY);
            self.out.push_str(">\n<title id=\"map-title\">");
            push_escaped(&mut self.out, if options.title.trim().is_empty() { "Map" } else { options.title.trim() });
            self.out.push_str("</title>\n");
        }
        if !options.inline && !options.description.is_empty() {
            self.out.push_str("<desc id=\"map-description\">");
            push_escaped(&mut self.out, options.description);
            self.out.push_str("</desc>\n");
        }
        if let Some(payload) = options.payload {
            self.out.push_str("<metadata id=\"portolan-document\">");
            push_escaped(&mut self.out, payload);
            self.out.push_str("</metadata>\n");
        }
        if !options.transparent {
            self.out.push_str("<rect");
            self.rect(&view);
            self.color("fill", Some(Role::Paper));
            self.out.push_str("/>\n");
        }
    }

    fn item(&mut self, item: &Item) {
        if self.inline {
            for shape in &item.shapes {
                self.shape(shape);
            }
            self.out.push('\n');
            return;
        }
        let mut name = |kind: &str, id: &dyn std::fmt::Display| {
            // Ids hold only letters, digits, _ and -. Writing into a string cannot fail.
            let _ignored = write!(self.out, "<g id=\"{kind}-{id}\">");
        };
        match item.key {
            ItemKey::Frame => name("frame", &"map"),
            ItemKey::Record(AnyRecordId::Component(id)) => name("component", &id),
            ItemKey::Record(AnyRecordId::Link(id)) => name("link", &id),
            ItemKey::Record(AnyRecordId::Pipeline(id)) => name("pipeline", &id),
            ItemKey::Record(AnyRecordId::Note(id)) => name("note", &id),
            ItemKey::Record(AnyRecordId::Annotation(id)) => name("annotation", &id),
            // Names of areas stand above the links, apart from their ground.
            ItemKey::Record(AnyRecordId::Attitude(id)) if item.layer != Layer::Areas => name("attitude-name", &id),
            ItemKey::Record(AnyRecordId::Area(id)) if item.layer != Layer::Areas => name("area-name", &id),
            ItemKey::Record(AnyRecordId::Attitude(id)) => name("attitude", &id),
            ItemKey::Record(AnyRecordId::Accelerator(id)) => name("accelerator", &id),
            ItemKey::Record(AnyRecordId::Area(id)) => name("area", &id),
            ItemKey::Record(_) => name("record", &"other"),
            ItemKey::Label(id) => name("label", &id),
            ItemKey::EvolveArrow(id) => name("evolution", &id),
            ItemKey::EvolveLabel(id) => name("evolution-label", &id),
            ItemKey::RiskMark(id) => name("risk", &id),
            ItemKey::LinkText(id) => name("link-text", &id),
            ItemKey::MovedFrom(_) | ItemKey::Difference(_) => self.out.push_str("<g>"),
            ItemKey::AnnotationBox => name("annotations", &"box"),
            ItemKey::Legend => name("legend", &"box"),
        }
        for shape in &item.shapes {
            self.shape(shape);
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Line { points, stroke } => {
                if let [a, b] = points.as_slice() {
                    self.out.push_str("<line");
                    for (name, value) in [("x1", a.x), ("y1", a.y), ("x2", b.x), ("y2", b.y)] {
                        self.number(name, value);
                    }
                } else {
                    self.out.push_str("<polyline fill=\"none\"");
                    self.points(points);
                }
                self.stroke(Some(*stroke));
            }
            Shape::Circle { center, radius, fill, stroke } => {
                self.out.push_str("<circle");
                for (name, value) in [("cx", center.x), ("cy", center.y), ("r", *radius)] {
                    self.number(name, value);
                }
                self.color("fill", *fill);
                self.stroke(*stroke);
            }
            Shape::Box { rect, corner, fill, stroke, fill_opacity } => {
                self.out.push_str("<rect");
                self.rect(rect);
                if *corner > 0.0 {
                    self.number("rx", *corner);
                }
                self.color("fill", *fill);
                self.opacity(*fill, *fill_opacity);
                self.stroke(*stroke);
            }
            Shape::Polygon { points, fill, stroke, fill_opacity } => {
                self.out.push_str("<polygon");
                self.points(points);
                self.color("fill", *fill);
                self.opacity(*fill, *fill_opacity);
                if stroke.is_some() {
                    self.out.push_str(" stroke-linejoin=\"round\"");
                }
                self.stroke(*stroke);
            }
            Shape::Text(text) => {
                if text.halo {
                    self.text(text, true);
                }
                self.text(text, false);
                return;
            }
        }
        self.out.push_str("/>");
    }

    fn text(&mut self, text: &TextShape, halo: bool) {
        self.out.push_str("<text");
        self.number("x", text.at.x);
        self.number("y", text.at.y);
        self.number("font-size", text.size);
        if text.bold {
            self.out.push_str(" font-weight=\"bold\"");
        }
        if text.italic {
            self.out.push_str(" font-style=\"italic\"");
        }
        match text.anchor {
            TextAnchor::Start => {}
            TextAnchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            TextAnchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if text.turn != 0.0 {
            self.out.push_str(" transform=\"rotate(");
            for (index, value) in [text.turn.to_degrees(), text.at.x, text.at.y].into_iter().enumerate() {
                if index > 0 {
                    self.out.push(' ');
                }
                push_number(&mut self.out, value);
            }
            self.out.push_str(")\"");
        }
        if halo {
            self.out.push_str(" aria-hidden=\"true\" stroke-linejoin=\"round\"");
            self.color("fill", Some(Role::Halo));
            self.stroke(Some(Stroke::solid(Role::Halo, 2.0 * HALO * text.size)));
        } else {
            self.color("fill", Some(text.role));
        }
        self.out.push('>');
        push_escaped(&mut self.out, &text.text);
        self.out.push_str("</text>");
    }

    fn number(&mut self, name: &str, value: f64) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_number(&mut self.out, value);
        self.out.push('"');
    }

    fn text_attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_escaped(&mut self.out, value);
        self.out.push('"');
    }

    fn rect(&mut self, rect: &Rect<World>) {
        for (name, value) in [("x", rect.min.x), ("y", rect.min.y), ("width", rect.width()), ("height", rect.height())]
        {
            self.number(name, value);
        }
    }

    fn points(&mut self, points: &[Point<World>]) {
        self.out.push_str(" points=\"");
        for (index, point) in points.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            push_number(&mut self.out, point.x);
            self.out.push(',');
            push_number(&mut self.out, point.y);
        }
        self.out.push('"');
    }

    fn color(&mut self, name: &str, role: Option<Role>) {
        self.text_attribute(name, role.map_or("none", |role| self.theme.color(role).css()));
    }

    fn opacity(&mut self, fill: Option<Role>, opacity: f64) {
        if fill.is_some() && opacity < 1.0 {
            self.number("fill-opacity", opacity);
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        self.color("stroke", Some(stroke.role));
        self.number("stroke-width", stroke.width);
        match stroke.dash {
            Dash::Solid => {}
            Dash::Fine => self.out.push_str(" stroke-dasharray=\"2 2\""),
            Dash::Medium => self.out.push_str(" stroke-dasharray=\"5 5\""),
        }
    }
}

#[cfg(test)]
mod tests;
