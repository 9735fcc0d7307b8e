//! When the program itself fails: stop taking input and offer the last draft as a file, with plain elements
//! only, because nothing else can be trusted any more.

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement};

use crate::platform::dom::{document, make, set, Listener};
use crate::platform::file::download;

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
    static LAST_DRAFT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether the app has failed and takes no more input.
pub fn has_stopped() -> bool {
    STOPPED.with(Cell::get)
}

/// Keeps a copy of the newest draft for the case that the program fails.
pub fn remember_draft(contents: &str) {
    LAST_DRAFT.with(|draft| {
        if let Ok(mut draft) = draft.try_borrow_mut() {
            *draft = Some(contents.to_owned());
        }
    });
}

/// The panic hook: stops the app and tells the person.
pub fn on_panic(info: &PanicHookInfo<'_>) {
    let first = !STOPPED.with(|stopped| stopped.replace(true));
    web_sys::console::error_1(&format!("Portolan has stopped: {info}").into());
    if first {
        show_notice(info);
    }
}

fn show_notice(info: &PanicHookInfo<'_>) -> Option<()> {
    let body = document()?.body()?;
    // A modal dialog of the browser's own: above everything, and nothing else takes input any more.
    let dialog: HtmlDialogElement = make("dialog", "dialog crash")?.dyn_into().ok()?;
    set(&dialog, "role", "alertdialog");
    set(&dialog, "aria-labelledby", "crash-title");
    let add = |tag: &str, class: &str, text: &str| -> Option<HtmlElement> {
        let element = make(tag, class)?;
        element.set_text_content(Some(text));
        dialog.append_child(&element).ok()?;
        Some(element)
    };
    add("h2", "", "Portolan has stopped because of a fault of its own")?.set_id("crash-title");
    let draft = LAST_DRAFT.with(|draft| draft.try_borrow().ok().and_then(|draft| draft.clone()));
    match draft {
        Some(contents) => {
            add(
                "p",
                "",
                "Your map up to the last second or so is kept. Download it, then reload the page and open it.",
            )?;
            let button = add("button", "button is-primary", "Download the map")?;
            set(&button, "type", "button");
            let on_click = Listener::surviving(&button, "click", move |_: Event| {
                let _failed = download("Recovered.map.json", "application/json", contents.as_bytes());
            });
            std::mem::forget(on_click);
        }
        None => {
            add("p", "", "Reload the page to go on. A draft from before is offered then, if there is one.")?;
        }
    }
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    add("p", "field-hint", &format!("For a report: {place}"))?;
    body.append_child(&dialog).ok()?;
    let on_cancel = Listener::surviving(&dialog, "cancel", |event: Event| event.prevent_default());
    std::mem::forget(on_cancel);
    dialog.show_modal().ok()
}
