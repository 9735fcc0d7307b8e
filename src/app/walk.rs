//! The keyboard on the map: arrows walk when something is focused, and move when something is selected.

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::App;
use crate::edit::{Command, Direction};
use crate::geom::Vector;
use crate::model::AnyRecordId;
use crate::order;
use crate::scene::Heading;

/// What stands so near in height is read as one row, world pixels.
const ROW: f64 = 24.0;

impl App {
    /// An arrow key: moves the selection by a share of the axis, or walks to the nearest component that way.
    pub(super) fn arrow(&mut self, direction: Direction, step: f64, effects: &mut Vec<Effect>) {
        if self.in_dependencies() {
            // Plain arrows walk, whatever is selected; those with Shift put what is selected elsewhere.
            return if step > crate::app::actions::NUDGE {
                self.pin_step(direction, effects);
            } else {
                self.walk_dependencies(direction, effects);
            };
        }
        if self.selection.is_empty() {
            self.walk(direction, effects);
            return;
        }
        let by = match direction {
            Direction::Left => Vector::new(-step, 0.0),
            Direction::Right => Vector::new(step, 0.0),
            Direction::Up => Vector::new(0.0, step),
            Direction::Down => Vector::new(0.0, -step),
        };
        // Several presses in a row are one step of the history.
        let gesture = match &self.nudge {
            Some((gesture, selection)) if *selection == self.selection => *gesture,
            _ => self.new_gesture(),
        };
        self.nudge = Some((gesture, self.selection.clone()));
        let only = self.only_component();
        let records = self.movable_selection();
        if self.run_in(&Command::Move { records, by }, Some(gesture), effects).is_some() {
            if let Some(id) = only {
                let text = describe::moved(self, id);
                self.say(&text, true, effects);
                self.reveal(AnyRecordId::Component(id));
            }
        }
    }

    fn walk(&mut self, direction: Direction, effects: &mut Vec<Effect>) {
        let heading = match direction {
            Direction::Left => Heading::Left,
            Direction::Right => Heading::Right,
            Direction::Up => Heading::Up,
            Direction::Down => Heading::Down,
        };
        let next = match self.focus.and_then(|record| self.world_position(record)) {
            // Notes, remarks and the like count as much as components; links and boxes are reached one by one.
            Some(here) => {
                let others = self.beside_components().filter_map(|record| {
                    self.world_position(record).and_then(|there| heading.way(here, there)).map(|way| (way, record))
                });
                let nearest = self.derived.walk(here, heading).into_iter().chain(others);
                nearest.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, record)| record)
            }
            None => self.first_in_reading_order(),
        };
        match next {
            Some(record) => self.focus_on(record, effects),
            None => {
                let text = "Nothing further that way.".to_owned();
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    /// What stands on the map at a place of its own and is no component.
    fn beside_components(&self) -> impl Iterator<Item = AnyRecordId> + '_ {
        let document = &self.document;
        let notes = document.notes.keys().map(|id| AnyRecordId::Note(*id));
        let remarks = document.annotations.keys().map(|id| AnyRecordId::Annotation(*id));
        let arrows = document.accelerators.keys().map(|id| AnyRecordId::Accelerator(*id));
        notes.chain(remarks).chain(arrows).chain(document.attitudes.keys().map(|id| AnyRecordId::Attitude(*id)))
    }

    /// To the next or previous of everything that can be selected, as one reads: in rows from the top.
    pub(super) fn walk_everything(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let document = &self.document;
        let shown = document.components.iter().filter(|(_, c)| !c.hidden || self.shown.hidden);
        let all = shown
            .map(|(id, _)| AnyRecordId::Component(*id))
            .chain(self.beside_components())
            .chain(document.areas.keys().map(|id| AnyRecordId::Area(*id)))
            .chain(document.pipelines.keys().map(|id| AnyRecordId::Pipeline(*id)))
            .chain(document.links.keys().map(|id| AnyRecordId::Link(*id)));
        let key = |record| self.world_position(record).map(|at| ((at.y / ROW).floor(), at.x, record));
        let before = |a: &(f64, f64, AnyRecordId), b: &(f64, f64, AnyRecordId)| {
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
        };
        let here = self.focus.or_else(|| self.selection.iter().next().copied()).and_then(key);
        let next = all.filter_map(key).filter(|at| match &here {
            Some(here) => before(at, here).is_gt() == forward && at.2 != here.2,
            None => true,
        });
        let next = if forward { next.min_by(before) } else { next.max_by(before) };
        match next {
            Some((_, _, record)) => {
                self.walk_off();
                self.focus_on(record, effects);
                self.changes.panels = true;
            }
            None => {
                let text = if forward { "That was the last element." } else { "That was the first element." };
                effects.push(Effect::Announce { text: text.to_owned(), urgent: false });
            }
        }
    }

    /// Along the links: to the nearest component that needs this one, or that it needs.
    pub(super) fn walk_links(&mut self, upwards: bool, effects: &mut Vec<Effect>) {
        if self.in_dependencies() {
            return self.walk_dependencies(if upwards { Direction::Up } else { Direction::Down }, effects);
        }
        let from = self.focus.or_else(|| self.selection.iter().next().copied());
        let Some(AnyRecordId::Component(from)) = from else { return };
        let here = self.position(from);
        let mut ends: Vec<_> = self
            .document
            .links
            .values()
            .filter(|link| if upwards { link.to == from } else { link.from == from })
            .map(|link| if upwards { link.from } else { link.to })
            .filter_map(|id| self.position(id).map(|p| (id, here.map_or(0.0, |h| h.distance(p)))))
            .collect();
        order::sort_by(&mut ends, |a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        match ends.first() {
            Some((id, _)) => {
                self.walk_off();
                self.focus_on(AnyRecordId::Component(*id), effects);
            }
            None => {
                let name = describe::name_of(self, from);
                let text = if upwards { format!("Nothing needs {name}.") } else { format!("{name} needs nothing.") };
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    /// Where walking begins: the topmost, then leftmost.
    pub(super) fn first_in_reading_order(&self) -> Option<AnyRecordId> {
        self.scene().reading_order().first().copied().map(AnyRecordId::Component)
    }

    /// Walking leaves what is selected behind, unless elements are being added to it one by one.
    fn walk_off(&mut self) {
        if !self.gathering {
            self.selection.clear();
        }
    }

    /// Adds the focused element to the selection or takes it out. The only one selected stays: others are to join it.
    pub(super) fn gather(&mut self, effects: &mut Vec<Effect>) {
        let Some(record) = self.focus else { return };
        if self.gathering || self.selection != [record].into() {
            self.select(crate::app::intent::SelectIntent::Toggle(record), effects);
            self.focus = Some(record);
        } else {
            let text = "Kept in the selection: walk on with . or Alt+↑ and add others with Shift+Space.".to_owned();
            effects.push(Effect::Announce { text, urgent: false });
        }
        self.gathering = !self.selection.is_empty();
    }

    pub(super) fn focus_on(&mut self, record: AnyRecordId, effects: &mut Vec<Effect>) {
        self.focus = Some(record);
        self.reveal(record);
        self.changes.overlay = true;
        effects.push(Effect::Announce { text: describe::record(self, record), urgent: false });
    }
}
