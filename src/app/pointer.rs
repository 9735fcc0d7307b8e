//! The pointer on the map as a state machine: pressing, dragging, the marquee, linking, panning.
//!
//! Nothing here changes the document before the pointer comes up; a drag is a preview until then, so Escape needs
//! to undo nothing. Every drag has a way with clicks: see `ToolKind::MoveTo`, `Link` and `Area`.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::grips::Grip;
use crate::app::intent::{Handle, PointerButton, PointerDevice, PointerInput, PointerPhase};
use crate::app::snap::{Guide, SnapLines};
use crate::app::state::{Preview, Selection, ToolKind};
use crate::app::App;
use crate::edit::{Command, ComponentChange, NewComponent};
use crate::geom::{Evolution, Map, Point, Rect, Screen, Vector, World};
use crate::model::{AnyRecordId, ComponentId, Evolve, LinkKind};
use crate::scene::display::ItemKey;

/// What the pointer is in the middle of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// Pressed on something, not moved yet.
    PointingItem {
        item: ItemKey,
        start: Point<Screen>,
        additive: bool,
        copy: bool,
        /// It was selected before the press, so a plain click keeps only it.
        was_selected: bool,
    },
    /// Moving things.
    Moving {
        records: Rc<BTreeSet<AnyRecordId>>,
        start: Point<World>,
        copy: bool,
        grabbed: Point<World>,
        lines: Rc<SnapLines>,
    },
    /// Moving a label, or the box of the annotations.
    MovingLabel { item: ItemKey, start: Point<World> },
    /// Pulling a grip of what is selected.
    PullingGrip { grip: Grip, start: Point<World> },
    /// Pressed on the place where a component is going.
    PointingGoing { component: ComponentId, start: Point<Screen> },
    /// Pressed on the empty map.
    PointingMap { start: Point<Screen>, additive: bool },
    /// Drawing the marquee; `base` was selected before.
    Marquee { start: Point<World>, base: Rc<Selection> },
    /// First corner of an area was clicked.
    AreaCorner { start: Point<World> },
    /// Moving the view.
    Panning { last: Point<Screen> },
    /// Drawing a link from a handle; `dragged` once the pointer moved.
    Linking { from: ComponentId, start: Point<Screen>, by_click: bool },
    /// Dragging the evolved place.
    Evolving { component: ComponentId },
}

/// How far the pointer must move before it is a drag, screen pixels.
fn drag_threshold(device: PointerDevice) -> f64 {
    match device {
        PointerDevice::Mouse => 4.0,
        PointerDevice::Touch | PointerDevice::Pen => 10.0,
    }
}

/// How far beside a thing still hits it, screen pixels.
fn slop(device: PointerDevice) -> f64 {
    match device {
        PointerDevice::Mouse => 6.0,
        PointerDevice::Touch => 16.0,
        PointerDevice::Pen => 9.0,
    }
}

/// The record a click on an item selects.
fn record_of(item: ItemKey) -> Option<AnyRecordId> {
    match item {
        ItemKey::Record(record) => Some(record),
        ItemKey::Label(id) | ItemKey::EvolveArrow(id) | ItemKey::EvolveLabel(id) | ItemKey::RiskMark(id) => {
            Some(AnyRecordId::Component(id))
        }
        ItemKey::LinkText(id) => Some(AnyRecordId::Link(id)),
        ItemKey::Difference(record) | ItemKey::MovedFrom(record) => Some(record),
        ItemKey::Frame | ItemKey::AnnotationBox | ItemKey::Legend => None,
    }
}

impl App {
    pub(super) fn pointer(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        if self.comparing.is_some() {
            return self.point_at_compared(input, effects);
        }
        match input.phase {
            PointerPhase::Down => self.pointer_down(input, effects),
            PointerPhase::Move => self.pointer_move(input, effects),
            PointerPhase::Up => self.pointer_up(input, effects),
            PointerPhase::Cancel => {
                self.cancel_gesture();
            }
            PointerPhase::DoubleClick => self.double_click(input),
            PointerPhase::ContextMenu => {
                if let Some(record) = self.hit(input).and_then(record_of) {
                    if !self.selection.contains(&record) {
                        self.set_selection([record].into(), effects);
                    }
                }
            }
        }
    }

    /// While maps are compared a click goes to a difference and a drag moves the view.
    fn point_at_compared(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        match (input.phase, self.gesture.clone()) {
            (PointerPhase::Down, _) => self.gesture = Gesture::PointingMap { start: input.at, additive: false },
            (PointerPhase::Move, Gesture::PointingMap { start, .. })
                if start.distance(input.at) >= drag_threshold(input.device) =>
            {
                self.gesture = Gesture::Panning { last: start };
                self.pointer_move(input, effects);
            }
            (PointerPhase::Move, Gesture::Panning { .. }) => self.pointer_move(input, effects),
            (PointerPhase::Up, gesture) => {
                self.cancel_gesture();
                if let (Gesture::PointingMap { .. }, Some(record)) = (gesture, self.hit(input).and_then(record_of)) {
                    self.go_to_compared(record, effects);
                }
            }
            (PointerPhase::Cancel, _) => drop(self.cancel_gesture()),
            _ => {}
        }
    }

    fn world(&self, at: Point<Screen>) -> Point<World> {
        self.camera.world_from_screen(at)
    }

    fn hit(&self, input: PointerInput) -> Option<ItemKey> {
        let zoom = self.camera.zoom();
        self.scene().hit(self.world(input.at), slop(input.device) / zoom, zoom).map(|hit| hit.key)
    }

    /// What a mouse at this point would press on.
    pub fn record_under(&self, at: Point<Screen>) -> Option<AnyRecordId> {
        let zoom = self.camera.zoom();
        let hit = self.scene().hit(self.world(at), slop(PointerDevice::Mouse) / zoom, zoom);
        hit.and_then(|hit| record_of(hit.key))
    }

    fn component_under(&self, input: PointerInput) -> Option<ComponentId> {
        self.hit(input).and_then(record_of).and_then(|r| r.component())
    }

    /// The place on the map under the pointer, inside it.
    fn map_place(&self, at: Point<Screen>) -> Point<Map> {
        let p = self.frame().map_from_world(self.world(at));
        Point::new(p.x.clamp(0.0, 1.0), p.y.clamp(0.0, 1.0))
    }

    fn set_preview(&mut self, preview: Preview) {
        if !matches!(preview, Preview::Move { .. }) {
            self.guides.clear();
        }
        if self.preview != preview {
            self.preview = preview;
            self.changes.preview = true;
        }
    }

    /// Whether a gesture was going on.
    pub(super) fn cancel_gesture(&mut self) -> bool {
        let was = self.gesture != Gesture::Idle;
        self.gesture = Gesture::Idle;
        self.set_preview(Preview::None);
        was
    }

    fn pointer_down(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        if self.label_edit.is_some() {
            // The editor commits on its own when it loses the focus.
            return;
        }
        let pans = input.button == PointerButton::Middle || self.tool == ToolKind::Hand;
        if pans {
            self.gesture = Gesture::Panning { last: input.at };
            return;
        }
        if input.button != PointerButton::Primary {
            return;
        }
        if let (Some(handle), Some(component)) = (input.handle, self.only_component()) {
            self.gesture = match handle {
                Handle::Link => Gesture::Linking { from: component, start: input.at, by_click: false },
                Handle::Evolve => Gesture::Evolving { component },
            };
            return;
        }
        match self.tool {
            ToolKind::Select => self.press_with_select(input, effects),
            // These act when the pointer comes up (WCAG 2.5.2).
            ToolKind::Component
            | ToolKind::Anchor
            | ToolKind::Note
            | ToolKind::MoveTo
            | ToolKind::Hand
            | ToolKind::Laser
            | ToolKind::Annotation
            | ToolKind::AnnotationPlace
            | ToolKind::Pipeline
            | ToolKind::Accelerator
            | ToolKind::Deaccelerator => {}
            ToolKind::Link => {
                if let (Gesture::Idle, Some(from)) = (&self.gesture, self.component_under(input)) {
                    self.gesture = Gesture::Linking { from, start: input.at, by_click: false };
                    self.set_selection([AnyRecordId::Component(from)].into(), effects);
                }
            }
            tool if tool.takes_rectangle() && self.gesture == Gesture::Idle => {
                self.gesture = Gesture::AreaCorner { start: self.world(input.at) };
            }
            _ => {}
        }
    }

    fn press_with_select(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        if matches!(self.gesture, Gesture::Linking { by_click: true, .. }) {
            return;
        }
        let additive = input.shift || input.ctrl;
        if let Some(grip) = self.grip_under(input).filter(|_| !additive && !self.file.read_only) {
            self.gesture = match grip {
                Grip::Going(component) => Gesture::PointingGoing { component, start: input.at },
                grip => Gesture::PullingGrip { grip, start: self.world(input.at) },
            };
            return;
        }
        let hit = self.hit(input);
        if let (Some(ItemKey::AnnotationBox), false) = (hit, additive) {
            let item = ItemKey::AnnotationBox;
            self.gesture = Gesture::PointingItem { item, start: input.at, additive, copy: false, was_selected: false };
            return;
        }
        let hit = hit.and_then(|item| record_of(item).map(|record| (item, record)));
        let Some((item, record)) = hit else {
            self.gesture = Gesture::PointingMap { start: input.at, additive };
            return;
        };
        let was_selected = self.selection.contains(&record);
        if !was_selected && !additive {
            self.set_selection([record].into(), effects);
        }
        self.gesture = Gesture::PointingItem { item, start: input.at, additive, copy: input.alt, was_selected };
    }

    fn pointer_move(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        let far = |start: Point<Screen>| start.distance(input.at) >= drag_threshold(input.device);
        match self.gesture.clone() {
            Gesture::Idle => {}
            Gesture::Panning { last } => {
                self.camera = self.camera.panned(input.at - last);
                self.changes.camera = true;
                self.gesture = Gesture::Panning { last: input.at };
            }
            Gesture::PointingItem { item, start, additive, copy, .. } if far(start) => {
                let alone = self.selection.len() <= 1 && !additive;
                self.gesture = match (item, record_of(item)) {
                    (ItemKey::Label(_) | ItemKey::EvolveLabel(_), _) if alone => {
                        Gesture::MovingLabel { item, start: self.world(start) }
                    }
                    (ItemKey::AnnotationBox, _) => Gesture::MovingLabel { item, start: self.world(start) },
                    (_, Some(record)) => {
                        if !self.selection.contains(&record) {
                            let mut records = self.selection.clone();
                            records.insert(record);
                            self.set_selection(records, effects);
                        }
                        let start = self.world(start);
                        let grabbed = self.world_position(record).unwrap_or(start);
                        let records = Rc::new(self.movable_selection());
                        if records.is_empty() {
                            // A link has no place of its own.
                            self.gesture = Gesture::Idle;
                            return;
                        }
                        let lines = Rc::new(self.snap_lines(&records));
                        Gesture::Moving { records, start, copy, grabbed, lines }
                    }
                    (_, None) => Gesture::Idle,
                };
                self.drag(input);
            }
            Gesture::PointingGoing { component, start } if far(start) => {
                self.gesture = Gesture::Evolving { component };
                self.drag(input);
            }
            Gesture::PointingMap { start, additive } if far(start) => {
                let base = if additive { self.selection.clone() } else { Selection::new() };
                self.gesture = if input.device == PointerDevice::Touch {
                    // One finger on the empty map moves the view.
                    Gesture::Panning { last: input.at }
                } else {
                    Gesture::Marquee { start: self.world(start), base: Rc::new(base) }
                };
                self.drag(input);
            }
            _ => self.drag(input),
        }
    }

    /// Displacement of a drag; Shift keeps it on one axis.
    fn displacement(&self, start: Point<World>, input: PointerInput) -> Vector<World> {
        let by = self.world(input.at) - start;
        match (input.shift, by.x.abs() >= by.y.abs()) {
            (false, _) => by,
            (true, true) => Vector::new(by.x, 0.0),
            (true, false) => Vector::new(0.0, by.y),
        }
    }

    /// Lines to snap to: stage boundaries and what is in view and stays where it is.
    fn snap_lines(&self, moving: &BTreeSet<AnyRecordId>) -> SnapLines {
        let view = self.camera.visible_world(self.viewport);
        let staying = self
            .derived
            .scene()
            .nodes()
            .filter(|n| view.contains(n.center) && !moving.contains(&AnyRecordId::Component(n.id)))
            .map(|n| n.center);
        let width = self.frame().size().width;
        SnapLines::new(staying, self.document.settings.evolution.boundaries.iter().map(|b| b * width))
    }

    /// Displacement of a drag, snapped unless Ctrl is held or snapping is off.
    fn snapped(
        &self,
        start: Point<World>,
        grabbed: Point<World>,
        lines: &SnapLines,
        input: PointerInput,
    ) -> (Vector<World>, Vec<Guide>) {
        let by = self.displacement(start, input);
        if input.ctrl || !self.snapping || self.in_dependencies() {
            return (by, Vec::new());
        }
        lines.snap(grabbed, by, self.camera.zoom())
    }

    /// Updates the preview of the gesture. Costs nothing that grows with the map but a look into the grid.
    fn drag(&mut self, input: PointerInput) {
        let at = self.world(input.at);
        let preview = match &self.gesture {
            Gesture::Moving { records, start, copy, grabbed, lines } => {
                let (by, guides) = self.snapped(*start, *grabbed, lines, input);
                let records = Rc::clone(records);
                let copy = *copy || input.alt;
                self.guides = guides;
                Preview::Move { records, by, copy }
            }
            Gesture::MovingLabel { item, start } => Preview::Label { item: *item, by: at - *start },
            Gesture::PullingGrip { grip, start } => match self.pulled_outline(*grip, at - *start) {
                Some(outline) => Preview::Marquee(outline),
                None => return,
            },
            Gesture::Marquee { start, .. } | Gesture::AreaCorner { start } => {
                Preview::Marquee(Rect::from_corners(*start, at))
            }
            Gesture::Linking { from, .. } => {
                let target = self.component_under(input).filter(|id| id != from);
                Preview::Link { from: *from, to: at, target }
            }
            Gesture::Evolving { component } => {
                let y = self.position(*component).map_or(at.y, |p| self.frame().world_from_map(p).y);
                Preview::Evolve { component: *component, to: Point::new(at.x, y) }
            }
            _ => return,
        };
        self.set_preview(preview);
    }

    fn pointer_up(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        let gesture = std::mem::take(&mut self.gesture);
        match gesture {
            Gesture::Idle => self.click_with_tool(input, effects),
            Gesture::Panning { .. } => {}
            Gesture::PointingItem { item, additive, was_selected, .. } => {
                if let Some(record) = record_of(item) {
                    if additive {
                        let mut records = self.selection.clone();
                        if was_selected {
                            records.remove(&record);
                        } else {
                            records.insert(record);
                        }
                        self.set_selection(records, effects);
                    } else {
                        self.set_selection([record].into(), effects);
                    }
                }
            }
            Gesture::PointingMap { additive, .. } => {
                if !additive {
                    self.set_selection(Selection::new(), effects);
                }
            }
            Gesture::Moving { records, start, copy, grabbed, lines } => {
                let (by, _) = self.snapped(start, grabbed, &lines, input);
                self.set_preview(Preview::None);
                if self.in_dependencies() {
                    return self.pin_by(by, None, effects);
                }
                let by = self.frame().map_vector_from_world(by);
                if by != Vector::ZERO {
                    let records = BTreeSet::clone(&records);
                    if copy || input.alt {
                        self.duplicate(records, by, effects);
                    } else {
                        self.move_by(records, by, effects);
                    }
                }
            }
            Gesture::MovingLabel { item, start } => {
                let by = self.world(input.at) - start;
                self.set_preview(Preview::None);
                self.move_label(item, by, effects);
            }
            Gesture::PullingGrip { grip, start } => {
                let by = self.world(input.at) - start;
                self.set_preview(Preview::None);
                if by.length() * self.camera.zoom() >= drag_threshold(input.device) {
                    self.let_go(grip, by, effects);
                }
            }
            Gesture::PointingGoing { .. } => {}
            Gesture::Marquee { start, base } => {
                self.set_preview(Preview::None);
                let rect = Rect::from_corners(start, self.world(input.at));
                self.select_inside(rect, Selection::clone(&base), effects);
            }
            Gesture::AreaCorner { start } => {
                let rect = Rect::from_corners(start, self.world(input.at));
                let dragged = rect.width().max(rect.height()) * self.camera.zoom() >= drag_threshold(input.device);
                if dragged {
                    self.set_preview(Preview::None);
                    self.use_rectangle(&rect, effects);
                } else {
                    // The first click; the second one comes up elsewhere.
                    self.gesture = Gesture::AreaCorner { start };
                }
            }
            Gesture::Linking { from, start, by_click } => self.finish_link(from, start, by_click, input, effects),
            Gesture::Evolving { component } => {
                self.set_preview(Preview::None);
                let to = Evolution::clamped(self.map_place(input.at).x);
                self.set_evolve(component, to, effects);
            }
        }
        self.changes.overlay = true;
    }

    fn finish_link(
        &mut self,
        from: ComponentId,
        start: Point<Screen>,
        by_click: bool,
        input: PointerInput,
        effects: &mut Vec<Effect>,
    ) {
        let moved = start.distance(input.at) >= drag_threshold(input.device);
        let target = self.component_under(input).filter(|id| *id != from);
        match target {
            Some(to) => {
                self.set_preview(Preview::None);
                self.run(&Command::Connect { from, to, kind: LinkKind::Need }, effects);
                if self.tool == ToolKind::Link {
                    // Stay ready for the next pair.
                    self.set_selection(Selection::new(), effects);
                }
            }
            None if moved && self.in_dependencies() => self.set_preview(Preview::None),
            None if moved => {
                self.set_preview(Preview::None);
                let at = self.map_place(input.at);
                self.name_new(NewComponent { at: Some(at), needed_by: Some(from), ..NewComponent::default() }, false);
            }
            // A click on the handle or the first component: the second click ends the link.
            None if !by_click => {
                self.gesture = Gesture::Linking { from, start: input.at, by_click: true };
                self.set_preview(Preview::Link { from, to: self.world(input.at), target: None });
                let name = describe::name_of(self, from);
                self.say(&format!("Linking from {name}. Click what it needs, or press Esc."), false, effects);
            }
            None => self.set_preview(Preview::None),
        }
    }

    /// Begins a link from a component whose other end is clicked next.
    pub(super) fn start_link(&mut self, from: ComponentId) {
        if let Some(at) = self.world_position(AnyRecordId::Component(from)) {
            let start = self.camera.screen_from_world(at);
            self.gesture = Gesture::Linking { from, start, by_click: true };
            self.set_preview(Preview::Link { from, to: at, target: None });
        }
    }

    fn click_with_tool(&mut self, input: PointerInput, effects: &mut Vec<Effect>) {
        if self.tool == ToolKind::MoveTo && self.in_dependencies() {
            self.tool = ToolKind::Select;
            self.changes.panels = true;
            return self.pin_at(self.world(input.at), effects);
        }
        if input.button == PointerButton::Primary {
            let under = self.component_under(input);
            self.use_tool(self.map_place(input.at), under, effects);
        }
    }

    fn double_click(&mut self, input: PointerInput) {
        if self.tool != ToolKind::Select || input.button != PointerButton::Primary {
            return;
        }
        self.cancel_gesture();
        match self.hit(input).and_then(record_of) {
            Some(record) => self.edit_label_of(record),
            None if self.in_dependencies() => {}
            None => {
                let at = self.map_place(input.at);
                self.name_new(NewComponent { at: Some(at), ..NewComponent::default() }, false);
            }
        }
    }

    /// Puts a label, or the box of the annotations, this much away from where it is drawn.
    fn move_label(&mut self, item: ItemKey, by: Vector<World>, effects: &mut Vec<Effect>) {
        let command = match item {
            ItemKey::Label(id) => self.derived.label_offset(id).map(|offset| {
                let change = ComponentChange::LabelOffset(Some(offset + by));
                Command::ChangeComponents { ids: vec![id], change }
            }),
            ItemKey::EvolveLabel(id) => {
                let evolve = self.document.components.get(&id).and_then(|c| c.evolve.clone());
                evolve.zip(self.derived.evolved_label_offset(id)).map(|(evolve, offset)| {
                    let change = ComponentChange::Evolve(Some(Evolve { label_offset: Some(offset + by), ..evolve }));
                    Command::ChangeComponents { ids: vec![id], change }
                })
            }
            _ => self.derived.scene().item(item).map(|item| {
                let mut settings = crate::model::Settings::clone(&self.document.settings);
                let corner = self.frame().map_from_world(item.bounds.min + by);
                settings.annotation_box = Some(Point::new(corner.x.clamp(0.0, 1.0), corner.y.clamp(0.0, 1.0)));
                Command::ChangeSettings(Box::new(settings))
            }),
        };
        if let Some(command) = command {
            self.run(&command, effects);
        }
    }

    pub(super) fn select_inside(&mut self, rect: Rect<World>, base: Selection, effects: &mut Vec<Effect>) {
        let mut records = base;
        records.extend(self.scene().inside(&rect).into_iter().map(AnyRecordId::Component));
        self.set_selection(records, effects);
    }

    pub(super) fn move_by(&mut self, records: BTreeSet<AnyRecordId>, by: Vector<Map>, effects: &mut Vec<Effect>) {
        let only = match records.iter().collect::<Vec<_>>().as_slice() {
            [AnyRecordId::Component(id)] => Some(*id),
            _ => None,
        };
        if self.run(&Command::Move { records, by }, effects).is_some() {
            if let Some(id) = only {
                let text = describe::moved(self, id);
                self.say(&text, true, effects);
            }
        }
    }

    pub(super) fn duplicate(&mut self, records: BTreeSet<AnyRecordId>, by: Vector<Map>, effects: &mut Vec<Effect>) {
        if let Some(planned) = self.run(&Command::Duplicate { records, by }, effects) {
            self.last_duplicate = by;
            self.set_selection(planned.created.into_iter().collect(), effects);
        }
    }

    pub(super) fn set_evolve(&mut self, component: ComponentId, to: Evolution, effects: &mut Vec<Effect>) {
        let Some(record) = self.document.components.get(&component) else { return };
        let evolve = match &record.evolve {
            Some(evolve) => Evolve { to, ..evolve.clone() },
            None => Evolve { to, name: None, label_offset: None },
        };
        let change = ComponentChange::Evolve(Some(evolve));
        self.run(&Command::ChangeComponents { ids: vec![component], change }, effects);
    }
}
