//! Naming things in place, and the guide that leaves a first map.

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::intent::AfterLabel;
use crate::app::state::{DialogKind, GuideStep, LabelEdit, LabelTarget};
use crate::app::App;
use crate::edit::{free_place_near, Command, ComponentChange, Direction, NewComponent};
use crate::geom::{Map, Point};
use crate::model::{AnyRecordId, ComponentId, ComponentKind, Note};

impl App {
    /// Opens the label editor on a record that has a name or a text.
    pub(super) fn edit_label_of(&mut self, record: AnyRecordId) {
        let text = match record {
            AnyRecordId::Component(id) => self.document.components.get(&id).map(|c| c.name.clone()),
            AnyRecordId::Note(id) => self.document.notes.get(&id).map(|n| n.text.clone()),
            AnyRecordId::Annotation(id) => self.document.annotations.get(&id).map(|a| a.text.clone()),
            AnyRecordId::Accelerator(id) => self.document.accelerators.get(&id).map(|a| a.name.clone()),
            AnyRecordId::Link(id) => self.document.links.get(&id).map(|l| l.context.clone()),
            AnyRecordId::Area(id) => self.document.areas.get(&id).map(|a| a.name.clone()),
            _ => None,
        };
        if let (Some(text), Some(at)) = (text, self.world_position(record)) {
            self.reveal(record);
            self.open_label(LabelEdit { target: LabelTarget::Record(record), text, at, chain: false });
        }
    }

    fn open_label(&mut self, edit: LabelEdit) {
        self.label_edit = Some(edit);
        self.changes.overlay = true;
        self.changes.panels = true;
    }

    /// Asks for the name of a new component at this place.
    pub(super) fn name_new(&mut self, new: NewComponent, chain: bool) {
        let at = new.at.unwrap_or(Point::new(0.5, 0.5));
        let at = self.frame().world_from_map(at);
        self.open_label(LabelEdit { target: LabelTarget::New(new), text: String::new(), at, chain });
    }

    /// Asks for the text of a new note, annotation, accelerator or area at this place.
    pub(super) fn name_new_text(&mut self, target: LabelTarget, at: Point<Map>) {
        let at = self.frame().world_from_map(at);
        self.open_label(LabelEdit { target, text: String::new(), at, chain: false });
    }

    /// Asks for the name of a component linked with `neighbor`, in this direction.
    pub(super) fn name_linked(&mut self, neighbor: ComponentId, direction: Direction, chain: bool) {
        let from = self.position(neighbor).unwrap_or(Point::new(0.5, 0.5));
        let positions = |id| self.derived.position(id);
        let at = free_place_near(&positions, &self.document, from, direction);
        let mut new = NewComponent { at: Some(at), ..NewComponent::default() };
        match direction {
            Direction::Up => new.needs = Some(neighbor),
            _ => new.needed_by = Some(neighbor),
        }
        self.name_new(new, chain);
    }

    /// A free place in the middle of what is seen.
    pub(super) fn free_place_in_view(&self) -> Point<Map> {
        self.free_place_among(&|id| self.derived.position(id), &self.document)
    }

    /// The same in a document that is about to be the open one.
    pub(super) fn free_place_among(
        &self,
        positions: &dyn Fn(ComponentId) -> Option<Point<Map>>,
        document: &crate::model::Document,
    ) -> Point<Map> {
        let middle = self.frame().map_from_world(self.camera.world_from_screen(self.middle()));
        let middle = Point::<Map>::new(middle.x.clamp(0.05, 0.95), middle.y.clamp(0.05, 0.95));
        // One step up, so that "below" finds the middle itself when it is free.
        free_place_near(positions, document, Point::new(middle.x, middle.y + 0.11), Direction::Down)
    }

    pub(super) fn commit_label(&mut self, text: &str, after: AfterLabel, effects: &mut Vec<Effect>) {
        let Some(edit) = self.label_edit.take() else { return };
        self.changes.overlay = true;
        self.changes.panels = true;
        let made = match edit.target {
            LabelTarget::Record(record) => {
                self.rename_record(record, text, effects);
                record.component()
            }
            _ if text.trim().is_empty() => None,
            LabelTarget::New(new) => {
                let new = NewComponent { name: text.to_owned(), ..new };
                let (parent, variant) = (new.needed_by, new.pipeline.is_some());
                let made = self
                    .run(&Command::AddComponent(new), effects)
                    .and_then(|planned| planned.created.iter().find_map(AnyRecordId::component));
                if let Some(id) = made {
                    self.set_selection([AnyRecordId::Component(id)].into(), effects);
                    if edit.chain && after == AfterLabel::Done {
                        // Name, Enter, name, Enter: the next one hangs on the same component.
                        match parent {
                            _ if variant => self.add_variant(),
                            Some(parent) => self.name_linked(parent, Direction::Down, true),
                            None => {
                                let at = self.free_place_in_view();
                                self.name_new(NewComponent { at: Some(at), ..NewComponent::default() }, true);
                            }
                        }
                        return;
                    }
                }
                made
            }
            other => {
                let at = self.frame().map_from_world(edit.at);
                let text = text.to_owned();
                let command = match other {
                    LabelTarget::NewAnnotation => Command::AddAnnotation { text, at },
                    LabelTarget::NewAccelerator { slows } => Command::AddAccelerator { name: text, slows, at },
                    LabelTarget::NewArea => {
                        Command::AddArea { name: text, members: self.selected_components().into_iter().collect() }
                    }
                    _ => Command::AddNote { text, at },
                };
                if let Some(planned) = self.run(&command, effects) {
                    self.set_selection(planned.created.into_iter().collect(), effects);
                }
                None
            }
        };
        match (after, made) {
            (AfterLabel::LinkedNeighbour, Some(id)) => self.name_linked(id, Direction::Down, false),
            _ => effects.push(Effect::FocusMap),
        }
    }

    fn rename_record(&mut self, record: AnyRecordId, text: &str, effects: &mut Vec<Effect>) {
        use crate::edit::{AnyRecord, LinkChange};
        let text = text.to_owned();
        let command = match record {
            AnyRecordId::Component(id) => {
                if self.document.components.get(&id).is_some_and(|c| c.name == text) {
                    return;
                }
                Some(Command::ChangeComponents { ids: vec![id], change: ComponentChange::Name(text) })
            }
            AnyRecordId::Link(id) => Some(Command::ChangeLink { id, change: LinkChange::Context(text) }),
            AnyRecordId::Note(id) => self
                .document
                .notes
                .get(&id)
                .map(|note| Command::Put(AnyRecord::Note(id, Note { text, ..Note::clone(note) }))),
            AnyRecordId::Annotation(id) => self.document.annotations.get(&id).map(|annotation| {
                let annotation = crate::model::Annotation { text, ..crate::model::Annotation::clone(annotation) };
                Command::Put(AnyRecord::Annotation(id, annotation))
            }),
            AnyRecordId::Accelerator(id) => self.document.accelerators.get(&id).map(|accelerator| {
                let accelerator =
                    crate::model::Accelerator { name: text, ..crate::model::Accelerator::clone(accelerator) };
                Command::Put(AnyRecord::Accelerator(id, accelerator))
            }),
            AnyRecordId::Area(id) => self.document.areas.get(&id).map(|area| {
                let area = crate::model::Area { name: text, ..crate::model::Area::clone(area) };
                Command::Put(AnyRecord::Area(id, area))
            }),
            _ => None,
        };
        if let Some(command) = command {
            self.run(&command, effects);
        }
    }

    pub(super) fn cancel_label(&mut self, effects: &mut Vec<Effect>) {
        if self.label_edit.take().is_some() {
            self.changes.overlay = true;
            self.changes.panels = true;
            effects.push(Effect::FocusMap);
        }
    }

    /// One answer of the guide: each leaves real components on the map.
    pub(super) fn guide(&mut self, text: &str, effects: &mut Vec<Effect>) {
        let Some(DialogKind::Guide(step)) = self.dialog.clone() else { return };
        if text.trim().is_empty() {
            self.dialog = None;
            effects.push(Effect::FocusMap);
            return;
        }
        let user = self.document.components.iter().find(|(_, c)| c.is_anchor()).map(|(id, _)| *id);
        let need = user.and_then(|u| self.document.links.values().find(|l| l.from == u).map(|l| l.to));
        let new = match step {
            GuideStep::User => {
                let kind = ComponentKind::Anchor;
                NewComponent { kind, at: Some(Point::new(0.62, 0.94)), ..NewComponent::default() }
            }
            GuideStep::Need => NewComponent { needed_by: user, ..NewComponent::default() },
            GuideStep::Parts => NewComponent { needed_by: need.or(user), ..NewComponent::default() },
        };
        let new = NewComponent { name: text.to_owned(), ..new };
        if let Some(planned) = self.run(&Command::AddComponent(new), effects) {
            let made: Vec<AnyRecordId> =
                planned.created.into_iter().filter(|r| matches!(r, AnyRecordId::Component(_))).collect();
            self.set_selection(made.into_iter().collect(), effects);
            let next = match step {
                GuideStep::User => GuideStep::Need,
                GuideStep::Need | GuideStep::Parts => GuideStep::Parts,
            };
            self.dialog = Some(DialogKind::Guide(next));
            effects.push(Effect::Announce { text: describe::guide_question(self, next), urgent: false });
        }
    }
}
