//! Keys that arrive while what came before them is still being worked in wait here and are pressed again afterwards.
//!
//! A key can open a field, close one or move the focus, and the app learns of it a moment later than the browser does:
//! on a slow computer that moment is longer than the pause between two keys of a quick typist. What is typed in it
//! would be lost or act as a shortcut. Knows the app only as "busy" or not.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, KeyboardEvent, KeyboardEventInit};

use crate::app::action::{action_for, ActionId};
use crate::app::intent::{KeyContext, KeyInput};
use crate::platform::{dom, input};

/// More keys than this at once are nobody's typing.
const MOST: usize = 512;
/// Keys are never kept back longer than this, milliseconds: better a key in the wrong place than a dead keyboard.
const LONGEST: u32 = 3_000;

/// The keys that wait.
#[derive(Default)]
pub struct HeldKeys {
    /// Things that were sent to the app and not taken in yet.
    sent: Cell<u32>,
    /// What was taken in does not stand on the screen yet.
    showing: Cell<bool>,
    keys: RefCell<VecDeque<KeyboardEvent>>,
    limit: RefCell<Option<Timeout>>,
}

impl HeldKeys {
    /// Something that may move the focus was sent to the app.
    pub fn sent(&self) {
        self.sent.set(self.sent.get() + 1);
    }

    /// The app has taken one of these in; it may take until [`HeldKeys::shown`] to stand on the screen.
    pub fn taken(&self) {
        self.sent.set(self.sent.get().saturating_sub(1));
        self.showing.set(true);
    }

    /// What was taken in stands on the screen: the waiting keys are pressed now, up to one that needs time itself.
    pub fn shown(self: &Rc<Self>) {
        self.showing.set(false);
        self.go_on();
    }

    /// What was sent to a part of the page that shows itself, such as a menu, stands there and has the focus.
    pub fn done(self: &Rc<Self>) {
        self.sent.set(self.sent.get().saturating_sub(1));
        self.go_on();
    }

    fn go_on(self: &Rc<Self>) {
        while !self.is_busy() {
            let Some(key) = self.keys.borrow_mut().pop_front() else { break };
            self.limit.replace(None);
            press(&key);
        }
        self.set_limit();
    }

    /// Whether keys wait.
    pub fn has_keys(&self) -> bool {
        !self.keys.borrow().is_empty()
    }

    fn set_limit(self: &Rc<Self>) {
        if self.has_keys() && self.limit.borrow().is_none() {
            let held = Rc::clone(self);
            self.limit.replace(Some(Timeout::new(LONGEST, move || {
                held.sent.set(0);
                held.shown();
            })));
        }
    }

    fn is_busy(&self) -> bool {
        self.sent.get() > 0 || self.showing.get()
    }

    /// Called with each key before anything else sees it. Says whether it was kept back.
    pub fn keep(self: &Rc<Self>, event: &KeyboardEvent) -> bool {
        let waiting = self.keys.borrow().len();
        if !event.is_trusted() || (waiting == 0 && !self.is_busy()) || !can_wait(event) {
            return false;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        // A key that is held down says the same again and again: the app has enough to do.
        if waiting < MOST && !event.repeat() {
            self.keys.borrow_mut().push_back(event.clone());
        }
        self.set_limit();
        true
    }
}

/// Text, the keys that edit and walk, and the app's own shortcuts. Everything else is the browser's.
fn can_wait(event: &KeyboardEvent) -> bool {
    if event.is_composing() {
        return false;
    }
    let key = KeyInput { context: KeyContext::Map, ..input::key(event) };
    if key.ctrl || key.alt {
        return action_for(&key, true).is_some_and(|id| id != ActionId::Paste);
    }
    key.key.chars().count() == 1
        || matches!(
            key.key.as_str(),
            "Enter"
                | "Escape"
                | "Backspace"
                | "Delete"
                | "Insert"
                | "F2"
                | "ArrowUp"
                | "ArrowDown"
                | "ArrowLeft"
                | "ArrowRight"
        )
        || (key.key == "Tab" && input::context() == KeyContext::TextField)
}

/// Presses and releases a key where the focus is now. A browser lets no program press keys, so text is put in by hand.
fn press(key: &KeyboardEvent) {
    let Some(target) = dom::document().and_then(|document| document.active_element()) else { return };
    let again = KeyboardEventInit::new();
    again.set_key(&key.key());
    again.set_code(&key.code());
    again.set_ctrl_key(key.ctrl_key());
    again.set_shift_key(key.shift_key());
    again.set_alt_key(key.alt_key());
    again.set_meta_key(key.meta_key());
    again.set_modifier_alt_graph(key.get_modifier_state("AltGraph"));
    again.set_bubbles(true);
    again.set_cancelable(true);
    for name in ["keydown", "keyup"] {
        let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict(name, &again) else { return };
        let goes_on = target.dispatch_event(&event).unwrap_or(false);
        let input = input::key(key);
        if name == "keydown" && goes_on && !input.ctrl && !input.alt {
            put_in(&key.key());
        }
    }
}

/// What the browser does with a key in a field for text; old, but there is no other way that keeps the field's undo.
fn put_in(key: &str) {
    let (command, text) = match key {
        "Backspace" => ("delete", ""),
        "Enter" => ("insertLineBreak", ""),
        one if one.chars().count() == 1 => ("insertText", one),
        _ => return,
    };
    if let Some(document) = dom::document().and_then(|document| document.dyn_into::<HtmlDocument>().ok()) {
        let _refused = document.exec_command_with_show_ui_and_value(command, false, text);
    }
}
