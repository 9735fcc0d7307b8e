//! The address of the page: where the page is, and the map that may stand behind its `#`.

use wasm_bindgen::JsValue;

use crate::platform::dom::window;

/// The address without what stands behind `?` and `#`; empty where there is none.
pub fn page() -> String {
    let Some(location) = window().map(|window| window.location()) else { return String::new() };
    let whole = location.href().unwrap_or_default();
    whole.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// Takes a map out of the address: what stands behind the `#`, when it is a map. It is gone from the address then, so
/// that reloading does not open it again over later work and nobody copies it along unawares.
pub fn take_map() -> Option<String> {
    let window = window()?;
    let location = window.location();
    let fragment = location.hash().ok().filter(|fragment| fragment.starts_with("#m="))?;
    let rest = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    // From `file://` only the fragment may be replaced in some browsers.
    let history = window.history().ok()?;
    if history.replace_state_with_url(&JsValue::NULL, "", Some(&rest)).is_err() {
        let _kept = location.set_hash("");
    }
    Some(fragment)
}
