//! Preferences kept over sessions: look, wheel, shortcuts. Small texts in `localStorage`; where that is blocked
//! the app works without them.

use crate::app::describe;
use crate::app::intent::Start;
use crate::app::state::Look;
use crate::app::text::USUAL_WIDTH;
use crate::platform::dom::window;
use crate::platform::{address, clock};

const PREFIX: &str = "portolan.";

fn store() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

/// The preference, when it was kept.
pub fn get(key: &str) -> Option<String> {
    store()?.get_item(&format!("{PREFIX}{key}")).ok().flatten()
}

/// Keeps a preference; a browser that refuses simply forgets it.
pub fn set(key: &str, value: &str) {
    if let Some(store) = store() {
        let _refused = store.set_item(&format!("{PREFIX}{key}"), value);
    }
}

/// "open 372"
fn text_pane() -> (bool, u16) {
    let kept = get("text-pane").unwrap_or_default();
    let (state, width) = kept.split_once(' ').unwrap_or(("closed", ""));
    (state == "open", width.parse().unwrap_or(USUAL_WIDTH))
}

/// What the app is told when it starts.
pub fn start() -> Start {
    let yes = |key: &str, otherwise: bool| get(key).map_or(otherwise, |value| value == "true");
    Start {
        seed: clock::seed(),
        today: clock::today(),
        look: get("look").map_or(Look::System, |value| describe::look_from_key(&value)),
        wheel_zooms: get("wheel-zooms").map(|value| value == "true"),
        letter_shortcuts: yes("letter-shortcuts", true),
        address: address::page(),
        text_pane: text_pane(),
    }
}
