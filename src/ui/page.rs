//! Listens to what concerns the page as a whole: keys wherever the focus is, files dropped on the window,
//! the system's look.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{ClipboardEvent, DragEvent, KeyboardEvent};
use yew::html::Scope;

use crate::app::action::{action_for, ActionId};
use crate::app::intent::{FileIntent, Intent, KeyContext, ShowIntent};
use crate::platform::dom::{window, Listener};
use crate::platform::held::HeldKeys;
use crate::platform::{input, media, update, Shell};
use crate::ui::app::{Msg, Root};

/// Starts listening; stops when the listeners are dropped.
/// `letters` says whether single-letter shortcuts are on.
pub(crate) fn listen(
    link: &Scope<Root>,
    shell: &Rc<Shell>,
    letters: &Rc<Cell<bool>>,
    held: &Rc<HeldKeys>,
) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let mut listeners = Vec::new();

    let keeping = Rc::clone(held);
    listeners.push(Listener::capturing(&window, "keydown", move |event: KeyboardEvent| {
        keeping.keep(&event);
    }));
    let (told, letters, held) = (link.clone(), Rc::clone(letters), Rc::clone(held));
    listeners.push(Listener::new(&window, "keydown", move |event: KeyboardEvent| {
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let key = input::key(&event);
        // Keys that mean something here must not also scroll, search or save the page.
        match action_for(&key, letters.get()) {
            // Left to the browser, whose event brings the text without asking for permission.
            Some(ActionId::Paste) | None => {}
            Some(_) => {
                event.prevent_default();
                held.sent();
                told.send_message(Msg::Intent(Intent::Key(key)));
            }
        }
    }));
    let told = link.clone();
    listeners.push(Listener::new(&window, "paste", move |event: ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        if let (KeyContext::Map, Some(text)) = (input::context(), text) {
            event.prevent_default();
            told.send_message(Msg::Intent(Intent::File(FileIntent::Pasted(text))));
        }
    }));

    for (event, over) in [("dragenter", true), ("dragover", true), ("dragleave", false)] {
        let told = link.clone();
        listeners.push(Listener::new(&window, event, move |event: DragEvent| {
            if holds_files(&event) {
                event.prevent_default();
                // Leaving an element inside the page is no leaving of the page.
                if over || event.related_target().is_none() {
                    told.send_message(Msg::DropHover(over));
                }
            }
        }));
    }
    let (told, shell) = (link.clone(), Rc::clone(shell));
    listeners.push(Listener::new(&window, "drop", move |event: DragEvent| {
        if holds_files(&event) {
            event.prevent_default();
            told.send_message(Msg::DropHover(false));
            if let Some(transfer) = event.data_transfer() {
                // At once: it is empty as soon as the event is over.
                shell.take_drop(&transfer);
            }
        }
    }));

    let told = link.clone();
    listeners.extend(update::on_ready(move || {
        told.send_message(Msg::Intent(Intent::Show(ShowIntent::UpdateReady)));
    }));
    let told = link.clone();
    listeners.extend(media::on_change(move || told.send_message(Msg::SystemLook)));
    listeners
}

fn holds_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| {
        let types = transfer.types();
        (0..types.length()).any(|index| types.get(index).as_string().as_deref() == Some("Files"))
            || transfer.files().is_some_and(|files| files.length() > 0)
    })
}
