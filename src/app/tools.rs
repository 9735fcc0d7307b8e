//! What the tools in hand do: at the place of a click, over the rectangle of a drag, or by Enter in the middle of
//! what is seen.

use crate::app::effect::Effect;
use crate::app::state::{LabelTarget, Selection, ToolKind};
use crate::app::App;
use crate::edit::{Command, NewComponent};
use crate::geom::{Map, Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId, ComponentKind};

/// Half the rectangle that Enter marks, share of the axes.
const HALF_WIDTH: f64 = 0.1;
const HALF_HEIGHT: f64 = 0.12;

impl ToolKind {
    /// Whether it puts something on the map, so that Enter does too.
    pub fn places(self) -> bool {
        !matches!(self, Self::Select | Self::Hand | Self::Laser | Self::Link | Self::Area | Self::MoveTo)
    }

    /// Whether it takes a rectangle.
    pub(super) fn takes_rectangle(self) -> bool {
        matches!(self, Self::Area | Self::Attitude(_) | Self::Interest)
    }
}

impl App {
    /// A click with the tool: `under` is the component there.
    pub(super) fn use_tool(&mut self, at: Point<Map>, under: Option<ComponentId>, effects: &mut Vec<Effect>) {
        match self.tool {
            ToolKind::Component => {
                self.name_new(NewComponent { at: Some(at), ..NewComponent::default() }, false);
            }
            ToolKind::Anchor => {
                let kind = ComponentKind::Anchor;
                self.name_new(NewComponent { kind, at: Some(at), ..NewComponent::default() }, false);
            }
            ToolKind::Note => self.name_new_text(LabelTarget::NewNote, at),
            ToolKind::Annotation => self.name_new_text(LabelTarget::NewAnnotation, at),
            ToolKind::AnnotationPlace => self.add_annotation_place(at, effects),
            ToolKind::Accelerator => self.name_new_text(LabelTarget::NewAccelerator { slows: false }, at),
            ToolKind::Deaccelerator => self.name_new_text(LabelTarget::NewAccelerator { slows: true }, at),
            ToolKind::Pipeline => {
                let Some(parent) = under else {
                    return self.complain("A pipeline hangs on a component: click one.", effects);
                };
                if let Some(planned) = self.run(&Command::AddPipeline { parent }, effects) {
                    self.set_selection(planned.created.into_iter().collect(), effects);
                }
            }
            ToolKind::MoveTo => {
                let records = self.movable_selection();
                let places: Vec<Point<World>> = records.iter().filter_map(|r| self.world_position(*r)).collect();
                if let Some(rect) = Rect::around_points(places) {
                    let to = self.frame().world_from_map(at);
                    let by = self.frame().map_vector_from_world(to - rect.center());
                    self.move_by(records, by, effects);
                }
            }
            ToolKind::Select
            | ToolKind::Hand
            | ToolKind::Laser
            | ToolKind::Link
            | ToolKind::Area
            | ToolKind::Interest
            | ToolKind::Attitude(_) => return,
        }
        // One thing each time; the select tool is where people expect to be again.
        if self.tool != ToolKind::Select {
            self.tool = ToolKind::Select;
            self.changes.panels = true;
        }
    }

    /// A rectangle with the tool.
    pub(super) fn use_rectangle(&mut self, rect: &Rect<World>, effects: &mut Vec<Effect>) {
        let tool = self.tool;
        self.set_tool(ToolKind::Select, effects);
        match tool {
            ToolKind::Attitude(kind) => {
                let corner = |p: Point<World>| {
                    let p = self.frame().map_from_world(p);
                    Point::new(p.x.clamp(0.0, 1.0), p.y.clamp(0.0, 1.0))
                };
                let (from, to) = (corner(rect.min), corner(rect.max));
                if let Some(planned) = self.run(&Command::AddAttitude { kind, from, to }, effects) {
                    self.set_selection(planned.created.into_iter().collect(), effects);
                }
            }
            ToolKind::Interest => {
                let members: Selection = self.derived.inside(rect).into_iter().collect();
                if members.is_empty() {
                    return self.complain("There is no component in there to make an area of.", effects);
                }
                self.set_selection(members, effects);
                let at = self.frame().map_from_world(rect.center());
                self.name_new_text(LabelTarget::NewArea, at);
            }
            _ => self.select_inside(*rect, Selection::new(), effects),
        }
    }

    /// Enter with a tool in hand: in the middle of what is seen, or at the component in hand.
    pub(super) fn use_tool_by_key(&mut self, effects: &mut Vec<Effect>) {
        match self.tool {
            ToolKind::Attitude(_) => {
                let middle = self.frame().map_from_world(self.camera.world_from_screen(self.middle()));
                let half = Vector::new(HALF_WIDTH, HALF_HEIGHT);
                let (a, b) = (middle - half, middle + half);
                let rect = Rect::from_corners(self.frame().world_from_map(a), self.frame().world_from_map(b));
                self.use_rectangle(&rect, effects);
            }
            ToolKind::Interest => {
                if self.selected_components().is_empty() {
                    return self
                        .complain("Select the components of the area first, with Space or Shift+Space.", effects);
                }
                self.set_tool(ToolKind::Select, effects);
                self.act(crate::app::action::ActionId::AddArea, effects);
            }
            _ => {
                let at = self.free_place_in_view();
                let under = self.only_component().or_else(|| self.focus.and_then(|f| f.component()));
                self.use_tool(at, under, effects);
            }
        }
    }

    /// What of the selection can be moved: everything with a place of its own, pipelines with what hangs on them,
    /// areas with their members.
    pub(super) fn movable_selection(&self) -> Selection {
        let mut records = Selection::new();
        for record in &self.selection {
            match record {
                AnyRecordId::Component(_)
                | AnyRecordId::Note(_)
                | AnyRecordId::Annotation(_)
                | AnyRecordId::Attitude(_)
                | AnyRecordId::Accelerator(_) => {
                    records.insert(*record);
                }
                AnyRecordId::Pipeline(id) => {
                    records.insert(*record);
                    if let Some(pipeline) = self.document.pipelines.get(id) {
                        records.insert(AnyRecordId::Component(pipeline.parent));
                    }
                    for (variant, _) in self.document.pipeline_members(*id) {
                        records.insert(AnyRecordId::Component(variant));
                    }
                }
                AnyRecordId::Area(id) => {
                    for member in self.document.areas.get(id).iter().flat_map(|area| &area.members) {
                        records.insert(AnyRecordId::Component(*member));
                    }
                }
                _ => {}
            }
        }
        records
    }
}
