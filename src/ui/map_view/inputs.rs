//! Listens to pointer, wheel and focus on the map and turns them into intents.
//!
//! Moves and wheel steps wait for the next frame, where only the last (or their sum) counts; everything else goes
//! on at once. Two fingers pan and zoom; once a pen was seen, one finger only pans. Space held makes any drag a pan.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use crate::app::intent::{
    Intent, KeyInput, PointerButton, PointerDevice, PointerInput, PointerPhase, SelectIntent, ViewIntent,
};
use crate::geom::{Point, Screen};
use crate::platform::dom::{self, Listener};
use crate::platform::input;

/// Milliseconds a finger rests until it opens the menu.
const LONG_PRESS: u32 = 500;

/// What happened on the map.
pub(crate) enum MapEvent {
    /// To be taken in at once.
    Now(Intent),
    /// To be taken in with the next frame.
    Later(Intent),
    /// Only the pointer's place changed.
    Pointed,
    /// The menu of the selection was asked for here.
    Menu(Point<Screen>),
}

type Sink = Rc<dyn Fn(MapEvent)>;

#[derive(Default)]
struct State {
    pointer: Cell<Option<Point<Screen>>>,
    /// The same for any pointer, with a button down too.
    anywhere: Cell<Option<Point<Screen>>>,
    by_keyboard: Cell<bool>,
    space: RefCell<Option<KeyInput>>,
    space_used: Cell<bool>,
    pen_seen: Cell<bool>,
    fingers: RefCell<Vec<(i32, Point<Screen>)>>,
    pressing: RefCell<Option<(Timeout, Point<Screen>)>>,
}

/// The listeners on the map's element.
pub(crate) struct Inputs {
    state: Rc<State>,
    _listeners: Vec<Listener>,
}

impl Inputs {
    /// Listens from now on.
    pub(crate) fn new(map: &HtmlElement, sink: Sink) -> Self {
        let state = Rc::new(State::default());
        let mut listeners = Vec::new();
        for (event, phase) in [
            ("pointerdown", PointerPhase::Down),
            ("pointermove", PointerPhase::Move),
            ("pointerup", PointerPhase::Up),
            ("pointercancel", PointerPhase::Cancel),
        ] {
            let (state, sink, map_here) = (Rc::clone(&state), Rc::clone(&sink), map.clone());
            listeners.push(Listener::new(map, event, move |event: PointerEvent| {
                on_pointer(&state, &sink, &map_here, &event, phase);
            }));
        }
        let left = Rc::clone(&state);
        let told = Rc::clone(&sink);
        listeners.push(Listener::new(map, "pointerleave", move |_: PointerEvent| {
            left.pointer.set(None);
            left.anywhere.set(None);
            told(MapEvent::Pointed);
        }));
        let (told, map_here) = (Rc::clone(&sink), map.clone());
        listeners.push(Listener::new(map, "dblclick", move |event: MouseEvent| {
            if !in_editor(&event) {
                let at = input::mouse(&map_here, &event, PointerPhase::DoubleClick, PointerDevice::Mouse);
                told(MapEvent::Now(Intent::Pointer(at)));
            }
        }));
        let (told, map_here) = (Rc::clone(&sink), map.clone());
        listeners.push(Listener::new(map, "contextmenu", move |event: MouseEvent| {
            if !in_editor(&event) {
                event.prevent_default();
                let at = input::mouse(&map_here, &event, PointerPhase::ContextMenu, PointerDevice::Mouse);
                told(MapEvent::Now(Intent::Pointer(at)));
                told(MapEvent::Menu(at.at));
            }
        }));
        let (told, map_here) = (Rc::clone(&sink), map.clone());
        listeners.push(Listener::new(map, "wheel", move |event: WheelEvent| {
            event.prevent_default();
            told(MapEvent::Later(Intent::Wheel(input::wheel(&map_here, &event))));
        }));
        for (event, focused) in [("focus", true), ("blur", false)] {
            let told = Rc::clone(&sink);
            listeners.push(Listener::new(map, event, move |_: FocusEvent| {
                told(MapEvent::Now(Intent::Select(SelectIntent::MapFocused(focused))));
            }));
        }
        listeners.extend(keys(map, &state, &sink));
        Self { state, _listeners: listeners }
    }

    /// Where the mouse is, when it is over the map with no button down.
    pub(crate) fn pointer(&self) -> Option<Point<Screen>> {
        self.state.pointer.get()
    }

    /// Where the mouse, finger or pen is or last was, when it is over the map.
    pub(crate) fn pointed_at(&self) -> Option<Point<Screen>> {
        self.state.anywhere.get()
    }

    /// Whether the person last used the keyboard on the map: the focus is shown then.
    pub(crate) fn is_by_keyboard(&self) -> bool {
        self.state.by_keyboard.get()
    }

    /// Whether Space is held: a drag pans.
    pub(crate) fn is_space_held(&self) -> bool {
        self.state.space.borrow().is_some()
    }
}

/// Space waits until it is released: it may be held for panning instead.
fn keys(map: &HtmlElement, state: &Rc<State>, sink: &Sink) -> Vec<Listener> {
    let (down, told, map_here) = (Rc::clone(state), Rc::clone(sink), map.clone());
    let on_down = Listener::new(map, "keydown", move |event: KeyboardEvent| {
        let on_map = event.target().is_some_and(|target| target == map_here.clone().into());
        if !on_map {
            return;
        }
        down.by_keyboard.set(true);
        let key = input::key(&event);
        let plain = !key.ctrl && !key.alt;
        match key.key.as_str() {
            " " if plain => {
                event.prevent_default();
                event.stop_propagation();
                if down.space.borrow().is_none() {
                    down.space_used.set(false);
                    down.space.replace(Some(key));
                    told(MapEvent::Pointed);
                }
            }
            "ContextMenu" => {
                event.prevent_default();
                told(MapEvent::Menu(Point::new(24.0, 24.0)));
            }
            "F10" if key.shift => {
                event.prevent_default();
                told(MapEvent::Menu(Point::new(24.0, 24.0)));
            }
            _ => told(MapEvent::Pointed),
        }
    });
    let (up, told) = (Rc::clone(state), Rc::clone(sink));
    let on_up = Listener::new(map, "keyup", move |event: KeyboardEvent| {
        if event.key() == " " {
            if let Some(key) = up.space.take() {
                if !up.space_used.get() {
                    told(MapEvent::Now(Intent::Key(key)));
                }
                told(MapEvent::Pointed);
            }
        }
    });
    let lost = Rc::clone(state);
    let on_blur = Listener::new(map, "blur", move |_: FocusEvent| {
        lost.space.take();
    });
    vec![on_down, on_up, on_blur]
}

fn on_pointer(state: &Rc<State>, sink: &Sink, map: &HtmlElement, event: &PointerEvent, phase: PointerPhase) {
    if in_editor(event) {
        return;
    }
    let mut at = input::pointer(map, event, phase);
    state.anywhere.set((phase != PointerPhase::Cancel).then_some(at.at));
    state.pen_seen.set(state.pen_seen.get() || at.device == PointerDevice::Pen);
    if phase == PointerPhase::Down {
        state.by_keyboard.set(false);
        let _refused = map.set_pointer_capture(event.pointer_id());
        dom::focus_in_place(map);
        // The focus was just set by hand; the browser would move it to what is under the pointer.
        event.prevent_default();
    }
    if at.device == PointerDevice::Touch {
        if two_fingers(state, sink, event, &at) {
            return;
        }
        if state.pen_seen.get() {
            at.button = PointerButton::Middle;
        }
        long_press(state, sink, at);
    } else {
        let resting = event.buttons() == 0;
        state.pointer.set((resting && phase != PointerPhase::Cancel).then_some(at.at));
    }
    if state.space.borrow().is_some() && phase == PointerPhase::Down {
        state.space_used.set(true);
        at.button = PointerButton::Middle;
    }
    sink(match phase {
        PointerPhase::Move => MapEvent::Later(Intent::Pointer(at)),
        _ => MapEvent::Now(Intent::Pointer(at)),
    });
}

/// Whether two fingers are (or were just) down: they move the view, and what one finger began is given up.
fn two_fingers(state: &State, sink: &Sink, event: &PointerEvent, at: &PointerInput) -> bool {
    let id = event.pointer_id();
    let mut fingers = state.fingers.borrow_mut();
    let before: Vec<Point<Screen>> = fingers.iter().map(|(_, at)| *at).collect();
    match at.phase {
        PointerPhase::Down => {
            fingers.push((id, at.at));
            if fingers.len() == 2 {
                sink(MapEvent::Now(Intent::Pointer(PointerInput { phase: PointerPhase::Cancel, ..*at })));
            }
        }
        PointerPhase::Move => {
            if let Some(finger) = fingers.iter_mut().find(|(known, _)| *known == id) {
                finger.1 = at.at;
            }
        }
        _ => fingers.retain(|(known, _)| *known != id),
    }
    let now: Vec<Point<Screen>> = fingers.iter().map(|(_, at)| *at).collect();
    drop(fingers);
    if let ([a, b], [c, d]) = (before.as_slice(), now.as_slice()) {
        let (middle_before, middle) = (a.lerp(*b, 0.5), c.lerp(*d, 0.5));
        let factor = c.distance(*d) / a.distance(*b).max(1.0);
        sink(MapEvent::Later(Intent::View(ViewIntent::Pan(middle - middle_before))));
        sink(MapEvent::Later(Intent::View(ViewIntent::Zoom(factor, Some(middle)))));
    }
    before.len() >= 2 || now.len() >= 2
}

fn long_press(state: &Rc<State>, sink: &Sink, at: PointerInput) {
    match at.phase {
        PointerPhase::Down => {
            let (told, start) = (Rc::clone(sink), at);
            let timeout = Timeout::new(LONG_PRESS, move || {
                told(MapEvent::Now(Intent::Pointer(PointerInput { phase: PointerPhase::Cancel, ..start })));
                told(MapEvent::Now(Intent::Pointer(PointerInput { phase: PointerPhase::ContextMenu, ..start })));
                told(MapEvent::Menu(start.at));
            });
            state.pressing.replace(Some((timeout, at.at)));
        }
        PointerPhase::Move => {
            let moved = state.pressing.borrow().as_ref().is_some_and(|(_, first)| first.distance(at.at) > 10.0);
            if moved {
                state.pressing.take();
            }
        }
        _ => {
            state.pressing.take();
        }
    }
}

fn in_editor(event: &MouseEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest(".map-editor").ok().flatten())
        .is_some()
}
