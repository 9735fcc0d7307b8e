//! Walking and placing by hand in the dependency view: boxes are pinned where they are put and released again.

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::state::ViewTab;
use crate::app::App;
use crate::edit::{Command, ComponentChange, Direction, GestureId};
use crate::geom::{Point, Vector, World};
use crate::layout::{settled, PITCH, ROW};
use crate::model::{AnyRecordId, ComponentId};
use crate::order;

impl App {
    /// Whether the dependency view is shown.
    pub fn in_dependencies(&self) -> bool {
        self.tab == ViewTab::Dependencies
    }

    /// Pins the selected components this much away from where they stand.
    pub(in crate::app) fn pin_by(&mut self, by: Vector<World>, gesture: Option<GestureId>, effects: &mut Vec<Effect>) {
        let Some(scene) = self.dependency_scene() else { return };
        let mut commands = Vec::new();
        let mut last = None;
        for id in self.selected_components() {
            let Some(node) = scene.node(id) else { continue };
            let at = settled(node.center + by);
            last = Some((id, at));
            commands
                .push(Command::ChangeComponents { ids: vec![id], change: ComponentChange::Pin(Some(at.to_vector())) });
        }
        let Some((id, at)) = last else { return };
        let label = match commands.len() {
            1 => format!("Pin {}", describe::name_of(self, id)),
            n => format!("Pin {}", describe::count(n, "component")),
        };
        let one = commands.len() == 1;
        if self.run_in(&Command::Batch(commands, label), gesture, effects).is_some() {
            self.refresh_dependencies(effects);
            if one {
                let name = describe::name_of(self, id);
                let row = (at.y / ROW).round() as i64 + 1;
                self.say(&format!("Pinned {name} in row {row}."), true, effects);
                self.reveal(AnyRecordId::Component(id));
            }
        }
    }

    /// Pins the middle of the selection here.
    pub(in crate::app) fn pin_at(&mut self, at: Point<World>, effects: &mut Vec<Effect>) {
        let places: Vec<Point<World>> = self
            .selected_components()
            .into_iter()
            .filter_map(|id| self.world_position(AnyRecordId::Component(id)))
            .collect();
        if let Some(rect) = crate::geom::Rect::around_points(places) {
            self.pin_by(at - rect.center(), None, effects);
        }
    }

    /// Shift and an arrow: one place on.
    pub(in crate::app) fn pin_step(&mut self, direction: Direction, effects: &mut Vec<Effect>) {
        let by = match direction {
            Direction::Left => Vector::new(-PITCH / 2.0, 0.0),
            Direction::Right => Vector::new(PITCH / 2.0, 0.0),
            Direction::Up => Vector::new(0.0, -ROW),
            Direction::Down => Vector::new(0.0, ROW),
        };
        if self.selection.is_empty() {
            return self.say("Select a component first, with Space.", false, effects);
        }
        let gesture = match &self.nudge {
            Some((gesture, selection)) if *selection == self.selection => *gesture,
            _ => self.new_gesture(),
        };
        self.nudge = Some((gesture, self.selection.clone()));
        self.pin_by(by, Some(gesture), effects);
    }

    /// Components that are pinned: of the selection, or all.
    pub(in crate::app) fn pinned(&self, all: bool) -> Vec<ComponentId> {
        let pinned = |id: &ComponentId| self.document.components.get(id).is_some_and(|c| c.pin.is_some());
        if all {
            self.document.components.keys().copied().filter(pinned).collect()
        } else {
            self.selected_components().into_iter().filter(pinned).collect()
        }
    }

    pub(in crate::app) fn release(&mut self, all: bool, effects: &mut Vec<Effect>) {
        let ids = self.pinned(all);
        if !ids.is_empty() {
            self.run(&Command::ChangeComponents { ids, change: ComponentChange::Pin(None) }, effects);
        }
    }

    /// An arrow key: up and down along the links, to the side along the row. What is selected goes along.
    pub(in crate::app) fn walk_dependencies(&mut self, direction: Direction, effects: &mut Vec<Effect>) {
        let Some(scene) = self.dependency_scene().cloned() else { return };
        let from = self.focus.or_else(|| self.selection.iter().next().copied()).and_then(|record| record.component());
        let from = from.filter(|id| scene.node(*id).is_some());
        let next = match (from, direction) {
            (None, _) => scene.reading_order().first().copied(),
            (Some(from), Direction::Up | Direction::Down) => {
                let up = direction == Direction::Up;
                let here = scene.node(from).map_or(Point::ORIGIN, |node| node.center);
                let analysis = self.derived.analysis();
                let neighbors = if up { analysis.needed_by(from) } else { analysis.needs(from) };
                let mut ends: Vec<(f64, ComponentId)> = neighbors
                    .iter()
                    .filter_map(|n| scene.node(n.component))
                    .map(|node| ((node.center.x - here.x).abs() + 2.0 * (node.center.y - here.y).abs(), node.id))
                    .collect();
                order::sort_by(&mut ends, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                ends.first().map(|(_, id)| *id)
            }
            (Some(from), _) => self.beside(from, direction == Direction::Right),
        };
        match next {
            Some(id) => {
                let record = AnyRecordId::Component(id);
                if self.selection.is_empty() {
                    self.focus_on(record, effects);
                } else {
                    self.set_selection([record].into(), effects);
                    self.reveal(record);
                }
            }
            None => {
                let name = from.map(|id| describe::name_of(self, id)).unwrap_or_default();
                let text = match direction {
                    Direction::Up => format!("Nothing shown needs {name}."),
                    Direction::Down => format!("{name} needs nothing that is shown."),
                    _ => "Nothing further that way in this row.".to_owned(),
                };
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    /// The neighbour in the same row.
    fn beside(&self, from: ComponentId, right: bool) -> Option<ComponentId> {
        let scene = self.dependency_scene()?;
        let here = scene.node(from)?.center;
        let mut nearest: Option<(f64, ComponentId)> = None;
        for node in scene.nodes().filter(|node| (node.center.y - here.y).abs() < ROW / 3.0) {
            let ahead = if right { node.center.x - here.x } else { here.x - node.center.x };
            if ahead > 0.5 && nearest.is_none_or(|(least, _)| ahead < least) {
                nearest = Some((ahead, node.id));
            }
        }
        nearest.map(|(_, id)| id)
    }
}
