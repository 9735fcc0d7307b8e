//! The name, edited in place: Enter takes it, Escape leaves it, Shift+Enter makes a line, Tab takes it and names
//! what it needs, leaving the field takes it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlTextAreaElement, KeyboardEvent};

use crate::app::intent::{AfterLabel, Intent, LabelIntent};
use crate::app::state::{LabelEdit, LabelTarget};
use crate::geom::{Camera, Point, Vector};
use crate::platform::dom::{self, Listener};
use crate::platform::{MAP_ID, NAME_FIELD_ID};

/// The text field over the map.
pub(crate) struct Editor {
    field: HtmlTextAreaElement,
    /// What is being edited; `None` is closed.
    edit: Option<LabelEdit>,
    /// Open for input. Closing takes it away before the field loses the focus, so that nothing is sent twice.
    open: Rc<Cell<bool>>,
    _listeners: Vec<Listener>,
}

impl Editor {
    /// A closed editor inside `parent`.
    pub(crate) fn new(parent: &Element, dispatch: Rc<dyn Fn(Intent)>) -> Option<Self> {
        let field: HtmlTextAreaElement = dom::make("textarea", "map-editor")?.dyn_into().ok()?;
        field.set_id(NAME_FIELD_ID);
        field.set_rows(1);
        field.set_hidden(true);
        field.set_max_length(500);
        dom::set(&field, "spellcheck", "true");
        parent.append_child(&field).ok()?;
        let open = Rc::new(Cell::new(false));
        let send = {
            let (open, field) = (Rc::clone(&open), field.clone());
            move |after: Option<AfterLabel>| {
                if open.replace(false) {
                    dispatch(Intent::Label(match after {
                        Some(after) => LabelIntent::Commit(field.value(), after),
                        None => LabelIntent::Cancel,
                    }));
                }
            }
        };
        let on_key = {
            let send = send.clone();
            Listener::new(&field, "keydown", move |event: KeyboardEvent| {
                // Keys of the field are its own; only shortcuts with Ctrl go on to the app.
                if event.is_composing() {
                    return;
                }
                let after = match event.key().as_str() {
                    "Enter" if event.shift_key() => return event.stop_propagation(),
                    "Enter" => Some(AfterLabel::Done),
                    "Tab" if !event.shift_key() => Some(AfterLabel::LinkedNeighbour),
                    "Escape" => None,
                    _ => return,
                };
                event.prevent_default();
                event.stop_propagation();
                send(after);
            })
        };
        let on_blur = Listener::new(&field, "blur", move |_: FocusEvent| send(Some(AfterLabel::Done)));
        let on_input = {
            let grown = field.clone();
            Listener::new(&field, "input", move |_: Event| fit_rows(&grown))
        };
        Some(Self { field, edit: None, open, _listeners: vec![on_key, on_blur, on_input] })
    }

    /// Opens, closes or moves the field as the app says.
    pub(crate) fn sync(&mut self, edit: Option<&LabelEdit>, camera: Camera) {
        if self.edit.as_ref() != edit {
            self.edit = edit.cloned();
            match edit {
                Some(edit) => {
                    let label = match &edit.target {
                        LabelTarget::New(_) => "Name of the new component",
                        LabelTarget::NewNote => "Text of the new note",
                        LabelTarget::Record(_) => "Name",
                        _ => "Name or text of the new element",
                    };
                    dom::set(&self.field, "aria-label", label);
                    self.field.set_value(&edit.text);
                    fit_rows(&self.field);
                    self.field.set_hidden(false);
                    self.place(edit.at, camera);
                    self.open.set(true);
                    let _refused = self.field.focus();
                    self.field.select();
                }
                None => {
                    self.open.set(false);
                    // At once, not with the next frame: the next key is for the map.
                    if dom::has_focus(&self.field) {
                        if let Some(map) = dom::by_id(MAP_ID) {
                            dom::focus_in_place(&map);
                        }
                    }
                    self.field.set_hidden(true);
                }
            }
        } else if let Some(edit) = edit {
            self.place(edit.at, camera);
            if self.open.get() && !dom::has_focus(&self.field) {
                // A dialog that was closing had kept the keyboard.
                let _refused = self.field.focus();
                self.field.select();
            }
        }
    }

    fn place(&self, at: Point<crate::geom::World>, camera: Camera) {
        let at = camera.screen_from_world(at) + Vector::new(8.0, -30.0);
        dom::style(&self.field, "transform", &format!("translate({:.1}px,{:.1}px)", at.x, at.y));
    }
}

fn fit_rows(field: &HtmlTextAreaElement) {
    let lines = field.value().split('\n').count().clamp(1, 8);
    field.set_rows(u32::try_from(lines).unwrap_or(1));
}
