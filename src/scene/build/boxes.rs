//! Shapes behind and around components: pipelines, areas, attitudes, accelerators.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::{
    Accelerator, AcceleratorId, AnyRecordId, Area, AreaId, Attitude, AttitudeId, AttitudeKind, Pipeline, PipelineId,
};
use crate::order;
use crate::scene::build::text::{push_lines, LineLook};
use crate::scene::build::Maker;
use crate::scene::display::{Dash, Item, ItemKey, Role, Shape, Stroke, TextAnchor};
use crate::scene::metrics::*;
use crate::scene::node::Node;
use crate::scene::wrap::ellipsize;

impl Maker<'_> {
    /// The box of variants below its parent; `None` without span and variants.
    pub(super) fn pipeline_item<'n>(
        &self,
        id: PipelineId,
        pipeline: &Pipeline,
        parent: &Node,
        variants: impl Iterator<Item = &'n Node>,
    ) -> Option<Item> {
        let mut ends: Option<(f64, f64)> = None;
        let mut reach = |low: f64, high: f64| {
            ends = Some(ends.map_or((low, high), |(a, b)| (a.min(low), b.max(high))));
        };
        for variant in variants {
            reach(variant.center.x, variant.center.x);
        }
        if let Some((from, to)) = pipeline.span {
            let x = |share: f64| self.frame.world_from_map(Point::new(share, 0.0)).x;
            // A span names the ends of the box itself.
            let (low, high) = (x(from.get().min(to.get())), x(from.get().max(to.get())));
            reach((low + PIPELINE_PADDING).min(high), (high - PIPELINE_PADDING).max(low));
        }
        let (low, high) = ends?;
        let top = parent.center.y;
        let rect = Rect::from_corners(
            Point::new(low - PIPELINE_PADDING, top),
            Point::new(high + PIPELINE_PADDING, top + PIPELINE_HEIGHT),
        );
        let shape = Shape::Box {
            rect,
            corner: 3.0,
            // No ground: links to the variants stay visible.
            fill: None,
            stroke: Some(Stroke::solid(Role::ComponentStroke, 1.0)),
            fill_opacity: 1.0,
        };
        Some(Item::new(ItemKey::Record(AnyRecordId::Pipeline(id)), vec![shape]).important(parent.importance))
    }

    /// A hull around the members with the name above it; `None` when no member is drawn.
    pub(super) fn area_item<'n>(
        &self,
        id: AreaId,
        area: &Area,
        number: usize,
        members: impl Iterator<Item = &'n Node>,
    ) -> Option<Item> {
        let mut points = Vec::new();
        for member in members {
            let radius = AREA_PADDING + member.radius - NODE_RADIUS;
            for step in 0..24 {
                let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 24.0).sin_cos();
                points.push(member.center + Vector::new(cos, sin) * radius);
            }
        }
        let hull = convex_hull(points);
        let top = hull.iter().copied().min_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)))?;
        let number = area.color.map_or(number, |color| usize::from(color.saturating_sub(1)));
        let role = Role::Area((number % 6) as u8);
        let mut shapes = vec![Shape::Polygon {
            points: hull,
            fill: Some(role),
            stroke: Some(Stroke { role, width: 1.5, dash: Dash::Solid }),
            fill_opacity: 0.08,
        }];
        let name = ellipsize(area.name.trim(), NOTE_SIZE, true, 260.0, self.measure);
        if !name.text.is_empty() {
            // Above the top of the hull, which need not be above its middle.
            let at = Point::new(top.x, top.y - 5.0);
            let mut text = self.bold_text(name.text, at, NOTE_SIZE, TextAnchor::Middle, Role::Ink);
            if let Shape::Text(text) = &mut text {
                text.halo = true;
            }
            shapes.push(text);
        }
        Some(Item::new(ItemKey::Record(AnyRecordId::Area(id)), shapes).important(0.6))
    }

    /// The rectangle of an attitude with its name in the corner.
    pub(super) fn attitude_item(&self, id: AttitudeId, attitude: &Attitude) -> Item {
        let (role, name) = match attitude.kind {
            AttitudeKind::Pioneers => (Role::Pioneers, "Pioneers"),
            AttitudeKind::Settlers => (Role::Settlers, "Settlers"),
            AttitudeKind::TownPlanners => (Role::TownPlanners, "Town planners"),
        };
        let rect = Rect::from_corners(self.frame.world_from_map(attitude.from), self.frame.world_from_map(attitude.to));
        let shape = Shape::Box {
            rect,
            corner: 4.0,
            fill: Some(role),
            stroke: Some(Stroke::solid(role, 2.0)),
            fill_opacity: 0.22,
        };
        let at = rect.min + Vector::new(9.0, 6.0 + NOTE_SIZE);
        let text = self.bold_text(name.to_owned(), at, NOTE_SIZE, TextAnchor::Start, Role::Ink);
        Item::new(ItemKey::Record(AnyRecordId::Attitude(id)), vec![shape, text]).important(0.6)
    }

    /// A block arrow to the right, or to the left for what slows down, with the name below.
    pub(super) fn accelerator_item(&self, id: AcceleratorId, accelerator: &Accelerator) -> Item {
        let center = self.frame.world_from_map(accelerator.at);
        let side = if accelerator.slows { -1.0 } else { 1.0 };
        let half = ACCELERATOR_SIDE / 2.0;
        let at = |x: f64, y: f64| center + Vector::new(x * half * side, y * half);
        let points = vec![
            at(-1.0, -0.42),
            at(0.1, -0.42),
            at(0.1, -0.9),
            at(1.0, 0.0),
            at(0.1, 0.9),
            at(0.1, 0.42),
            at(-1.0, 0.42),
        ];
        let mut shapes = vec![Shape::Polygon {
            points,
            fill: Some(Role::Accelerator),
            stroke: Some(Stroke::solid(Role::Accelerator, 1.5)),
            fill_opacity: 0.28,
        }];
        let lines = self.wrapped(&accelerator.name, NOTE_SIZE, true, 140.0, 3);
        let first = Point::new(center.x, center.y + half + NOTE_SIZE);
        let look = LineLook { size: NOTE_SIZE, bold: true, anchor: TextAnchor::Middle, role: Role::Ink, halo: false };
        push_lines(lines, first, look, &mut shapes);
        Item::new(ItemKey::Record(AnyRecordId::Accelerator(id)), shapes).important(0.6)
    }
}

/// Corners of the smallest convex polygon around the points (Andrew's monotone chain).
fn convex_hull(mut points: Vec<Point<World>>) -> Vec<Point<World>> {
    points.retain(|p| p.is_finite());
    order::sort_by(&mut points, |a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    if points.len() < 3 {
        return points;
    }
    let turns_left = |a: Point<World>, b: Point<World>, c: Point<World>| {
        let (u, v) = (b - a, c - a);
        u.x * v.y - u.y * v.x > 0.0
    };
    let chain = |points: &mut dyn Iterator<Item = Point<World>>| {
        let mut chain: Vec<Point<World>> = Vec::new();
        for point in points {
            while let [.., a, b] = chain.as_slice() {
                if turns_left(*a, *b, point) {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut points.iter().copied());
    hull.extend(chain(&mut points.iter().rev().copied()));
    hull
}

#[cfg(test)]
mod tests {
    use crate::geom::Point;
    use crate::scene::build::boxes::convex_hull;

    #[test]
    fn the_hull_keeps_the_corners_and_drops_what_lies_inside() {
        let points = [(0.0, 0.0), (4.0, 0.0), (2.0, 2.0), (4.0, 4.0), (0.0, 4.0), (2.0, 0.0)];
        let hull = convex_hull(points.map(|(x, y)| Point::new(x, y)).to_vec());
        assert_eq!(hull.len(), 4);
        assert!(!hull.contains(&Point::new(2.0, 2.0)));
    }
}
