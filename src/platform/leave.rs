//! Asking before the page is left with work that is in no file.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::BeforeUnloadEvent;

use crate::platform::dom::{window, Listener};

/// The guard at the door; asks only while it is switched on.
pub struct LeaveGuard {
    on: Rc<Cell<bool>>,
    _listener: Option<Listener>,
}

impl LeaveGuard {
    /// A guard that lets people go until it is switched on.
    pub fn new() -> Self {
        let on = Rc::new(Cell::new(false));
        let asked = Rc::clone(&on);
        let listener = window().map(|window| {
            Listener::new(&window, "beforeunload", move |event: BeforeUnloadEvent| {
                if asked.get() {
                    event.prevent_default();
                    // Older browsers ask only when there is a value; none shows it.
                    event.set_return_value("There are changes that are in no file.");
                }
            })
        });
        Self { on, _listener: listener }
    }

    /// Asks from now on, or stops asking.
    pub fn set(&self, on: bool) {
        self.on.set(on);
    }
}

impl Default for LeaveGuard {
    fn default() -> Self {
        Self::new()
    }
}
