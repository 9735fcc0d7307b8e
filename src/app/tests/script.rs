//! The harness: a person at the app, with the rules of the document checked after each thing they do.

use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::state::Look;
use crate::app::{action::ActionId, App};
use crate::date::parse_iso;
use crate::geom::{Map, Point, Screen, Size};
use crate::model::{violations, AnyRecordId, ComponentId};

/// A person at the app.
pub(crate) struct Person {
    pub(crate) app: App,
    /// Everything the app asked the shell to do, in order.
    pub(crate) effects: Vec<Effect>,
}

impl Person {
    /// In front of an empty map on a canvas of 1000 × 700.
    pub(crate) fn new() -> Self {
        Self::in_session(7)
    }

    /// The same in another session, where ids are others.
    pub(crate) fn in_session(seed: u64) -> Self {
        let app = App::new(Start {
            seed,
            today: parse_iso("2026-03-04"),
            look: Look::Light,
            wheel_zooms: None,
            letter_shortcuts: true,
            address: "https://maps.example.org/portolan/".to_owned(),
            text_pane: (false, 360),
        });
        let mut person = Self { app, effects: Vec::new() };
        person.does(Intent::View(ViewIntent::Resized(Size::new(1000.0, 700.0))));
        person
    }

    /// The tea shop, typed in by hand.
    pub(crate) fn with_tea_shop() -> Self {
        let mut person = Self::new();
        for (name, x, y) in
            [("Public", 0.6, 0.95), ("Cup of tea", 0.65, 0.8), ("Kettle", 0.4, 0.4), ("Power", 0.7, 0.1)]
        {
            person.double_clicks(person.screen(x, y));
            person.types_name(name);
        }
        for (from, to) in [("Public", "Cup of tea"), ("Cup of tea", "Kettle"), ("Kettle", "Power")] {
            let (from, to) = (person.id(from), person.id(to));
            person.does(Intent::Edit(crate::edit::Command::Connect { from, to, kind: crate::model::LinkKind::Need }));
        }
        person.does(Intent::Action(ActionId::SelectNone));
        person.effects.clear();
        person
    }

    pub(crate) fn does(&mut self, intent: Intent) {
        let said = format!("{intent:?}");
        self.effects.extend(self.app.update(intent));
        assert_eq!(violations(self.app.document()), vec![], "after {said}");
    }

    pub(crate) fn acts(&mut self, id: ActionId) {
        self.does(Intent::Action(id));
    }

    /// Where a place of the map is on the canvas.
    pub(crate) fn screen(&self, evolution: f64, visibility: f64) -> Point<Screen> {
        let world = self.app.frame().world_from_map(Point::<Map>::new(evolution, visibility));
        self.app.camera().screen_from_world(world)
    }

    pub(crate) fn id(&self, name: &str) -> ComponentId {
        self.app.document().component_named(name).unwrap_or_else(|| panic!("no component {name}")).0
    }

    pub(crate) fn record(&self, name: &str) -> AnyRecordId {
        AnyRecordId::Component(self.id(name))
    }

    /// The middle of a component on the canvas.
    pub(crate) fn spot(&self, name: &str) -> Point<Screen> {
        let world = self.app.world_position(self.record(name)).expect("has a place");
        self.app.camera().screen_from_world(world)
    }

    pub(crate) fn place(&self, name: &str) -> (f64, f64) {
        let p = self.app.position(self.id(name)).expect("has a place");
        ((p.x * 1000.0).round() / 1000.0, (p.y * 1000.0).round() / 1000.0)
    }

    fn pointer(&mut self, phase: PointerPhase, at: Point<Screen>, shift: bool) {
        self.does(Intent::Pointer(PointerInput {
            phase,
            at,
            button: PointerButton::Primary,
            device: PointerDevice::Mouse,
            shift,
            ctrl: false,
            alt: false,
            handle: None,
        }));
    }

    pub(crate) fn presses(&mut self, at: Point<Screen>) {
        self.pointer(PointerPhase::Down, at, false);
    }
    pub(crate) fn moves(&mut self, at: Point<Screen>) {
        self.pointer(PointerPhase::Move, at, false);
    }
    pub(crate) fn releases(&mut self, at: Point<Screen>) {
        self.pointer(PointerPhase::Up, at, false);
    }

    pub(crate) fn clicks(&mut self, at: Point<Screen>) {
        self.presses(at);
        self.releases(at);
    }

    pub(crate) fn shift_clicks(&mut self, at: Point<Screen>) {
        self.pointer(PointerPhase::Down, at, true);
        self.pointer(PointerPhase::Up, at, true);
    }

    pub(crate) fn double_clicks(&mut self, at: Point<Screen>) {
        self.clicks(at);
        self.clicks(at);
        self.pointer(PointerPhase::DoubleClick, at, false);
    }

    /// Presses here, moves in steps, releases there.
    pub(crate) fn drags(&mut self, from: Point<Screen>, to: Point<Screen>) {
        self.presses(from);
        for step in 1..=4 {
            self.moves(from.lerp(to, f64::from(step) / 4.0));
        }
        self.releases(to);
    }

    pub(crate) fn types_name(&mut self, name: &str) {
        assert!(self.app.label_edit().is_some(), "no label editor open for {name}");
        self.does(Intent::Label(LabelIntent::Commit(name.to_owned(), AfterLabel::Done)));
    }

    /// A key on the map, written like "Ctrl+Shift+z".
    pub(crate) fn key(&mut self, keys: &str) {
        self.does(Intent::Key(Self::key_input(keys)));
    }

    /// What the browser says of such a key.
    pub(crate) fn key_input(keys: &str) -> KeyInput {
        let mut input = KeyInput { context: KeyContext::Map, ..KeyInput::default() };
        let mut rest = keys;
        loop {
            if let Some(r) = rest.strip_prefix("Ctrl+") {
                (input.ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("Shift+") {
                (input.shift, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("Alt+") {
                (input.alt, rest) = (true, r);
            } else {
                break;
            }
        }
        input.key = rest.to_owned();
        if rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()) {
            // On a British keyboard Shift+2 types a quotation mark; the code stays.
            input.code = format!("Digit{rest}");
            if input.shift {
                input.key = "\"".to_owned();
            }
        }
        input
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.app.document().components.values().map(|c| c.name.clone()).collect();
        names.sort();
        names
    }

    pub(crate) fn selected(&self) -> Vec<String> {
        let ids = self.app.selected_components();
        let mut names: Vec<String> = ids.iter().map(|id| self.app.document().components[id].name.clone()).collect();
        names.sort();
        names
    }

    pub(crate) fn status(&self) -> &str {
        self.app.status().map_or("", |s| s.text.as_str())
    }

    /// The last thing said to screen readers.
    pub(crate) fn heard(&self) -> &str {
        self.effects
            .iter()
            .rev()
            .find_map(|e| match e {
                Effect::Announce { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .unwrap_or("")
    }
}
