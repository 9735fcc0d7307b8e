//! The browser's events as the app's plain values.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use crate::app::intent::{
    Handle, KeyContext, KeyInput, PointerButton, PointerDevice, PointerInput, PointerPhase, WheelInput,
};
use crate::geom::{Point, Screen, Vector};
use crate::platform::dom::document;

/// Pixels a wheel line counts for, and a page.
const LINE: f64 = 40.0;
const PAGE: f64 = 800.0;

/// Where an event happened, from the corner of `area`.
pub fn place(area: &Element, event: &MouseEvent) -> Point<Screen> {
    let corner = area.get_bounding_client_rect();
    Point::new(f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top())
}

/// A pointer event.
pub fn pointer(area: &Element, event: &PointerEvent, phase: PointerPhase) -> PointerInput {
    let device = match event.pointer_type().as_str() {
        "touch" => PointerDevice::Touch,
        "pen" => PointerDevice::Pen,
        _ => PointerDevice::Mouse,
    };
    mouse(area, event, phase, device)
}

/// A mouse event that is no pointer event: double click, context menu.
pub fn mouse(area: &Element, event: &MouseEvent, phase: PointerPhase, device: PointerDevice) -> PointerInput {
    PointerInput {
        phase,
        at: place(area, event),
        button: match event.button() {
            1 => PointerButton::Middle,
            2 => PointerButton::Secondary,
            _ => PointerButton::Primary,
        },
        device,
        shift: event.shift_key(),
        ctrl: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        handle: handle_under(event),
    }
}

fn handle_under(event: &MouseEvent) -> Option<Handle> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let handle = target.closest("[data-handle]").ok().flatten()?;
    match handle.get_attribute("data-handle").as_deref() {
        Some("link") => Some(Handle::Link),
        Some("evolve") => Some(Handle::Evolve),
        _ => None,
    }
}

/// A wheel event.
pub fn wheel(area: &Element, event: &WheelEvent) -> WheelInput {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE,
        WheelEvent::DOM_DELTA_PAGE => PAGE,
        _ => 1.0,
    };
    WheelInput {
        at: place(area, event),
        by: Vector::new(event.delta_x() * unit, event.delta_y() * unit),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
    }
}

/// A key event. `Cmd` counts as `Ctrl`.
pub fn key(event: &KeyboardEvent) -> KeyInput {
    let key = event.key();
    // AltGr types characters on many keyboards, and some systems report it as Ctrl and Alt: it is neither.
    let types = event.get_modifier_state("AltGraph");
    KeyInput {
        // Letters arrive in the case the person typed; the table has them in lower case.
        key: if key.chars().count() == 1 { key.to_lowercase() } else { key },
        code: event.code(),
        ctrl: (event.ctrl_key() && !types) || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key() && !types,
        context: context(),
    }
}

/// Where the keyboard focus is.
pub fn context() -> KeyContext {
    let Some(active) = document().and_then(|document| document.active_element()) else {
        return KeyContext::Elsewhere;
    };
    if active.id() == crate::platform::MAP_ID {
        return KeyContext::Map;
    }
    let takes_text = match active.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            active.get_attribute("type").as_deref(),
            Some("checkbox" | "radio" | "button" | "submit" | "range" | "file")
        ),
        _ => active.has_attribute("contenteditable"),
    };
    if takes_text {
        KeyContext::TextField
    } else {
        KeyContext::Elsewhere
    }
}
