//! What the system says about colours and contrast, and the look of the page that follows from it.

use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, MediaQueryList};

use crate::app::state::Look;
use crate::platform::dom::{document, set, window, Listener};

fn query(text: &str) -> Option<MediaQueryList> {
    window()?.match_media(text).ok().flatten()
}

fn says(text: &str) -> bool {
    query(text).is_some_and(|list| list.matches())
}

/// The look after asking the system where the person left it to the system. Never [`Look::System`].
pub fn resolved(look: Look) -> Look {
    match look {
        Look::System if says("(forced-colors: active)") || says("(prefers-contrast: more)") => Look::HighContrast,
        Look::System if says("(prefers-color-scheme: dark)") => Look::Dark,
        Look::System => Look::Light,
        chosen => chosen,
    }
}

/// Gives the page this look and tells which it came to.
pub fn apply_look(look: Look) -> Look {
    let resolved = resolved(look);
    let name = match resolved {
        Look::Dark => "dark",
        Look::HighContrast => "contrast",
        Look::Light | Look::System => "light",
    };
    if let Some(root) = document().and_then(|document| document.document_element()) {
        set(&root, "data-theme", name);
    }
    resolved
}

/// Calls `work` when one of the system's answers changes.
pub fn on_change(work: impl Fn() + Clone + 'static) -> Vec<Listener> {
    ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"]
        .into_iter()
        .filter_map(query)
        .map(|list| {
            let work = work.clone();
            Listener::new(list.unchecked_ref::<EventTarget>(), "change", move |_: Event| work())
        })
        .collect()
}
