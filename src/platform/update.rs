//! New versions of the hosted app: knowing that one waits, and loading it.
//!
//! `assets/start.js` registers the service worker, tells the page when a new one waits and lets it take over.

use web_sys::Event;

use crate::platform::dom::{document, window, Listener};

/// The event on the window; the root element carries an attribute too, for whoever begins to listen later.
const READY: &str = "portolan-update";
const READY_ATTRIBUTE: &str = "data-update";
/// Asks the script to let the new version take over, which loads the page anew.
const LOAD: &str = "portolan-load-update";

/// Calls `work` when a new version waits, also when it has waited before.
pub fn on_ready(work: impl Fn() + 'static) -> Option<Listener> {
    if document()?.document_element()?.has_attribute(READY_ATTRIBUTE) {
        work();
    }
    Some(Listener::new(window()?.as_ref(), READY, move |_: Event| work()))
}

/// Lets the new version take over; the page is loaded anew.
pub fn load() {
    if let (Some(window), Ok(event)) = (window(), Event::new(LOAD)) {
        let _not_cancelled = window.dispatch_event(&event);
    }
}
