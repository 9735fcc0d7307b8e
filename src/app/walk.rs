//! The keyboard on the map: arrows walk when something is focused, and move when something is selected.

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::App;
use crate::edit::{Command, Direction};
use crate::geom::Vector;
use crate::model::AnyRecordId;
use crate::order;

impl App {
    /// An arrow key: moves the selection by a share of the axis, or walks to the nearest component that way.
    pub(super) fn arrow(&mut self, direction: Direction, step: f64, effects: &mut Vec<Effect>) {
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
        let next = match self.focus {
            Some(from) => self.derived.walk(from, direction),
            None => self.derived.first_in_reading_order(),
        };
        match next {
            Some(record) => self.focus_on(record, effects),
            None => {
                let text = "Nothing further that way.".to_owned();
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    /// Along the links: to the nearest component that needs this one, or that it needs.
    pub(super) fn walk_links(&mut self, upwards: bool, effects: &mut Vec<Effect>) {
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
                self.selection.clear();
                self.focus_on(AnyRecordId::Component(*id), effects);
            }
            None => {
                let name = describe::name_of(self, from);
                let text = if upwards { format!("Nothing needs {name}.") } else { format!("{name} needs nothing.") };
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    fn focus_on(&mut self, record: AnyRecordId, effects: &mut Vec<Effect>) {
        self.focus = Some(record);
        self.reveal(record);
        self.changes.overlay = true;
        effects.push(Effect::Announce { text: describe::record(self, record), urgent: false });
    }
}
