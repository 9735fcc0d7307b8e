//! Grips of the one selected thing that has an extent or several places: corners of an attitude, ends of a pipeline,
//! places of a remark, the place where a component is going. Drawn by the overlay, caught by the pointer.

use crate::app::effect::Effect;
use crate::app::intent::{PointerDevice, PointerInput};
use crate::app::App;
use crate::edit::{AnyRecord, Command};
use crate::geom::{Evolution, Point, Rect, Screen, Vector, World};
use crate::model::*;
use crate::scene::display::{ItemKey, Shape};

/// What a grip changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// A corner of an attitude: 0 top left, 1 top right, 2 bottom right, 3 bottom left.
    Corner(AttitudeId, u8),
    /// The left (0) or right (1) end of a pipeline's box.
    End(PipelineId, u8),
    /// A place of an annotation.
    Place(AnnotationId, usize),
    /// Where a component is going.
    Going(ComponentId),
}

/// Half the size of what catches the pointer around a grip, screen pixels: 24 across for a mouse, more for a finger.
fn reach(device: PointerDevice) -> f64 {
    match device {
        PointerDevice::Mouse | PointerDevice::Pen => 12.0,
        PointerDevice::Touch => 20.0,
    }
}

impl App {
    /// Grips of what is selected, with their places. None when several things are.
    pub fn grips(&self) -> Vec<(Grip, Point<World>)> {
        let records: Vec<AnyRecordId> = self.selection.iter().copied().collect();
        let [record] = records.as_slice() else { return Vec::new() };
        let frame = self.frame();
        let mut grips = Vec::new();
        match record {
            AnyRecordId::Attitude(id) => {
                if let Some(a) = self.document.attitudes.get(id) {
                    let rect = Rect::from_corners(frame.world_from_map(a.from), frame.world_from_map(a.to));
                    for (number, corner) in corners(&rect).into_iter().enumerate() {
                        grips.push((Grip::Corner(*id, number as u8), corner));
                    }
                }
            }
            AnyRecordId::Pipeline(id) => {
                if let Some(rect) = self.box_of(*id) {
                    let y = rect.center().y;
                    grips.push((Grip::End(*id, 0), Point::new(rect.min.x, y)));
                    grips.push((Grip::End(*id, 1), Point::new(rect.max.x, y)));
                }
            }
            AnyRecordId::Annotation(id) => {
                if let Some(a) = self.document.annotations.get(id).filter(|a| a.places.len() > 1) {
                    for (number, place) in a.places.iter().enumerate() {
                        grips.push((Grip::Place(*id, number), frame.world_from_map(*place)));
                    }
                }
            }
            AnyRecordId::Component(id) => {
                let node = self.scene().node(*id);
                grips.extend(node.and_then(|node| node.evolved).map(|at| (Grip::Going(*id), at)));
            }
            _ => {}
        }
        grips
    }

    /// The box of a pipeline as it is drawn.
    fn box_of(&self, id: PipelineId) -> Option<Rect<World>> {
        let item = self.scene().item(ItemKey::Record(AnyRecordId::Pipeline(id)))?;
        item.shapes.iter().find_map(|shape| match shape {
            Shape::Box { rect, .. } => Some(*rect),
            _ => None,
        })
    }

    /// The grip under the pointer.
    pub(super) fn grip_under(&self, input: PointerInput) -> Option<Grip> {
        let far = |at: Point<World>| self.camera.screen_from_world(at).distance(input.at);
        self.grips()
            .into_iter()
            .map(|(grip, at)| (grip, far(at)))
            .filter(|(_, distance)| *distance <= reach(input.device))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(grip, _)| grip)
    }

    /// What pulling a grip by this much comes to: the command, and the outline shown until it is let go.
    fn pulled(&self, grip: Grip, by: Vector<World>) -> Option<(Command, Rect<World>)> {
        let frame = self.frame();
        let inside = |p: Point<World>| {
            let p = frame.map_from_world(p);
            Point::new(p.x.clamp(0.0, 1.0), p.y.clamp(0.0, 1.0))
        };
        match grip {
            Grip::Corner(id, number) => {
                let mut after = Attitude::clone(self.document.attitudes.get(&id)?);
                let rect = Rect::from_corners(frame.world_from_map(after.from), frame.world_from_map(after.to));
                let all = corners(&rect);
                let moved = *all.get(usize::from(number))? + by;
                let opposite = *all.get(usize::from(number + 2) % 4)?;
                let rect = Rect::from_corners(moved, opposite);
                (after.from, after.to) = (inside(rect.min), inside(rect.max));
                Some((Command::Put(AnyRecord::Attitude(id, after)), rect))
            }
            Grip::End(id, number) => {
                let mut after = Pipeline::clone(self.document.pipelines.get(&id)?);
                let old = self.box_of(id)?;
                let (mut low, mut high) = (old.min.x, old.max.x);
                match number {
                    0 => low = (low + by.x).min(high),
                    _ => high = (high + by.x).max(low),
                }
                let share = |x: f64| Evolution::clamped(frame.map_from_world(Point::new(x, 0.0)).x);
                after.span = Some((share(low), share(high)));
                let rect = Rect::from_corners(Point::new(low, old.min.y), Point::new(high, old.max.y));
                Some((Command::Put(AnyRecord::Pipeline(id, after)), rect))
            }
            Grip::Place(id, number) => {
                let mut after = Annotation::clone(self.document.annotations.get(&id)?);
                let place = after.places.get_mut(number)?;
                let at = frame.world_from_map(*place) + by;
                *place = inside(at);
                Some((Command::Put(AnyRecord::Annotation(id, after)), Rect::around(at, 13.0)))
            }
            Grip::Going(_) => None,
        }
    }

    /// The outline of a grip that is being pulled.
    pub(super) fn pulled_outline(&self, grip: Grip, by: Vector<World>) -> Option<Rect<World>> {
        self.pulled(grip, by).map(|(_, outline)| outline)
    }

    /// Lets a grip go.
    pub(super) fn let_go(&mut self, grip: Grip, by: Vector<World>, effects: &mut Vec<Effect>) {
        if self.document.settings.locked {
            return self.complain(&crate::edit::CommandError::Locked.to_string(), effects);
        }
        if let Some((command, _)) = self.pulled(grip, by) {
            self.run(&command, effects);
        }
    }

    /// Where the grips are on the screen.
    pub fn grip_places(&self) -> Vec<Point<Screen>> {
        self.grips().into_iter().map(|(_, at)| self.camera.screen_from_world(at)).collect()
    }
}

fn corners(rect: &Rect<World>) -> [Point<World>; 4] {
    [rect.min, Point::new(rect.max.x, rect.min.y), rect.max, Point::new(rect.min.x, rect.max.y)]
}
