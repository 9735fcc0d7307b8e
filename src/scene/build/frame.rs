//! Axes, stages and title.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::MapStyle;
use crate::scene::build::component::arrowhead;
use crate::scene::build::Maker;
use crate::scene::display::{Dash, Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::metrics::*;
use crate::scene::style::FLANK_STEPS;
use crate::scene::wrap::ellipsize;

/// Share of the width each flank takes.
const FLANK_SHARE: f64 = 0.3;
/// Names of stages begin this far right of their separator.
const STAGE_INDENT: f64 = 7.0;

impl Maker<'_> {
    /// Everything that stands still: ground, axes, stages, title.
    pub(super) fn frame_item(&self) -> Item {
        let size = self.frame.size();
        let (width, height) = (size.width, size.height);
        let settings = &self.document.settings;
        let wardley = settings.style == MapStyle::Wardley;
        let mut shapes = Vec::new();
        if wardley {
            self.push_flanks(&mut shapes);
        }
        let line = |points: Vec<Point<World>>, role: Role, dash: Dash| Shape::Line {
            points,
            stroke: Stroke { role, width: 1.0, dash },
        };
        let evolution = &settings.evolution;
        if !evolution.hidden {
            for boundary in &evolution.boundaries {
                let x = boundary * width;
                let points = vec![Point::new(x, 0.0), Point::new(x, height + 6.0)];
                shapes.push(line(points, Role::Separator, Dash::Fine));
            }
        }
        if !settings.value_chain.hidden {
            shapes.push(line(vec![Point::new(0.0, height), Point::new(0.0, 8.0)], Role::Axis, Dash::Solid));
            shapes.push(arrowhead(Point::new(0.0, 0.0), Vector::new(0.0, -1.0), 9.0, Role::Axis));
        }
        shapes.push(line(vec![Point::new(0.0, height), Point::new(width - 8.0, height)], Role::Axis, Dash::Solid));
        shapes.push(arrowhead(Point::new(width, height), Vector::new(1.0, 0.0), 9.0, Role::Axis));
        if !evolution.hidden {
            self.push_stage_names(&mut shapes);
            let at = Point::new(width, height + 18.0);
            shapes.push(self.axis_text("Evolution", at, TextAnchor::End, true, 0.0, width));
        }
        if !settings.value_chain.hidden {
            self.push_value_chain(&mut shapes);
        }
        if wardley {
            let corner = |x: f64, anchor, text| self.axis_text(text, Point::new(x, 16.0), anchor, true, 0.0, width);
            shapes.push(corner(8.0, TextAnchor::Start, "Uncharted"));
            shapes.push(corner(width - 8.0, TextAnchor::End, "Industrialised"));
        }
        let title = ellipsize(settings.title.trim(), TITLE_SIZE, true, width.max(200.0), self.measure);
        if !title.text.is_empty() {
            shapes.push(self.bold_text(title.text, Point::new(0.0, -18.0), TITLE_SIZE, TextAnchor::Start, Role::Ink));
        }
        Item::new(ItemKey::Frame, shapes).important(1.0)
    }

    /// Grey at the sides that fades towards the middle: boxes within boxes, each a little darker.
    fn push_flanks(&self, shapes: &mut Vec<Shape>) {
        let size = self.frame.size();
        for step in 0..FLANK_STEPS {
            let reach = FLANK_SHARE * size.width * (1.0 - f64::from(step) / f64::from(FLANK_STEPS));
            for left in [true, false] {
                let x = if left { 0.0 } else { size.width - reach };
                let rect = Rect::from_corners(Point::new(x, 0.0), Point::new(x + reach, size.height));
                let fill = Some(Role::Flank(step));
                shapes.push(Shape::Box { rect, corner: 0.0, fill, stroke: None, fill_opacity: 1.0 });
            }
        }
    }

    fn push_stage_names(&self, shapes: &mut Vec<Shape>) {
        let size = self.frame.size();
        let evolution = &self.document.settings.evolution;
        let starts = std::iter::once(0.0).chain(evolution.boundaries.iter().copied());
        let ends = evolution.boundaries.iter().copied().chain(std::iter::once(1.0));
        let last = evolution.stages.len().saturating_sub(1);
        for (number, ((stage, start), end)) in evolution.stages.iter().zip(starts).zip(ends).enumerate() {
            let indent = if number == 0 { 0.0 } else { STAGE_INDENT };
            // The last stage shares its line with the name of the axis.
            let taken = if number == last { 80.0 } else { 8.0 };
            let room = ((end - start) * size.width - indent - taken).max(24.0);
            for (line, text) in [&stage.name, &stage.second_name].into_iter().enumerate() {
                if text.trim().is_empty() {
                    continue;
                }
                let at = Point::new(start * size.width + indent, size.height + 18.0 + 16.0 * line as f64);
                shapes.push(self.axis_text(text.trim(), at, TextAnchor::Start, false, 0.0, room));
            }
        }
    }

    fn push_value_chain(&self, shapes: &mut Vec<Shape>) {
        let height = self.frame.size().height;
        let axis = &self.document.settings.value_chain;
        let quarter = -std::f64::consts::FRAC_PI_2;
        let x = -12.0;
        let third = height / 3.0;
        if !axis.top.trim().is_empty() {
            shapes.push(self.axis_text(axis.top.trim(), Point::new(x, 0.0), TextAnchor::End, false, quarter, third));
        }
        if !axis.label.trim().is_empty() {
            let at = Point::new(x, height / 2.0);
            shapes.push(self.axis_text(axis.label.trim(), at, TextAnchor::Middle, true, quarter, third));
        }
        if !axis.bottom.trim().is_empty() {
            let at = Point::new(x, height);
            shapes.push(self.axis_text(axis.bottom.trim(), at, TextAnchor::Start, false, quarter, third));
        }
    }

    fn axis_text(&self, text: &str, at: Point<World>, anchor: TextAnchor, bold: bool, turn: f64, room: f64) -> Shape {
        let line = ellipsize(text, AXIS_SIZE, bold, room, self.measure);
        Shape::Text(TextShape {
            text: line.text,
            at,
            anchor,
            size: AXIS_SIZE,
            width: line.width,
            bold,
            italic: false,
            role: if bold { Role::Ink } else { Role::Muted },
            turn,
            halo: false,
        })
    }
}
