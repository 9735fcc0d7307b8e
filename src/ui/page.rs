//! Listens to what concerns the page as a whole: keys wherever the focus is, files dropped on the window,
//! the system's look.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{ClipboardEvent, DragEvent, KeyboardEvent};
use yew::html::Scope;

use crate::app::action::{action_for, ActionId};
use crate::app::intent::{FileIntent, Intent, KeyContext, ShowIntent};
use crate::format::picture::svg::IN_MARKUP;
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
    let (told, shell_of_paste) = (link.clone(), Rc::clone(shell));
    listeners.push(Listener::new(&window, "paste", move |event: ClipboardEvent| {
        let context = input::context();
        let Some(data) = event.clipboard_data().filter(|_| context != KeyContext::TextField) else { return };
        let form = |name: &str| data.get_data(name).ok().filter(|text| !text.trim().is_empty());
        // A copy of ours comes back as it was; other programs' tables are taken as the text they are.
        let ours = form("text/html").filter(|markup| markup.contains(IN_MARKUP));
        match ours.or_else(|| form("text/plain")) {
            Some(text) if context == KeyContext::Map => {
                event.prevent_default();
                told.send_message(Msg::Intent(Intent::File(FileIntent::Pasted(text))));
            }
            // A picture that was copied as a file or from a page, perhaps with a map inside.
            None if data.files().is_some_and(|files| files.length() > 0) => {
                event.prevent_default();
                shell_of_paste.take_drop(&data);
            }
            _ => {}
        }
    }));
    let shell_of_link = Rc::clone(shell);
    listeners.push(Listener::new(&window, "hashchange", move |_: web_sys::Event| shell_of_link.look_for_link()));

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
