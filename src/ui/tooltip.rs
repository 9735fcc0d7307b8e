//! Tooltips: the words of `data-tip` and the keys of `data-keys`, for pointer and keyboard alike.
//!
//! One element for the whole page. It stays while the pointer or the focus stays, goes with Escape, and never holds
//! anything that is not also in the button's name or in the shortcut sheet.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::platform::dom::{self, Listener};

/// Milliseconds before it appears.
const DELAY: u32 = 500;

#[derive(Default)]
struct Tooltip {
    element: Option<HtmlElement>,
    target: Option<Element>,
    waiting: Option<Timeout>,
}

/// Starts showing tooltips, for the whole life of the page.
pub(crate) fn install() {
    let Some(document) = dom::document() else { return };
    let tooltip = Rc::new(RefCell::new(Tooltip::default()));
    let mut listeners = Vec::new();
    for event in ["pointerover", "focusin"] {
        let shown = Rc::clone(&tooltip);
        let delay = if event == "focusin" { 0 } else { DELAY };
        listeners.push(Listener::new(&document, event, move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let target = target.and_then(|target| target.closest("[data-tip]").ok().flatten());
            // A focus that came with a click needs no words; the pointer has shown them already.
            let target = target.filter(|target| delay > 0 || target.matches(":focus-visible").unwrap_or(false));
            wanted(&shown, target, delay);
        }));
    }
    for event in ["pointerdown", "focusout"] {
        let shown = Rc::clone(&tooltip);
        listeners.push(Listener::capturing(&document, event, move |_: Event| hide(&shown)));
    }
    let shown = Rc::clone(&tooltip);
    listeners.push(Listener::capturing(&document, "keydown", move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            hide(&shown);
        }
    }));
    std::mem::forget(listeners);
}

fn wanted(tooltip: &Rc<RefCell<Tooltip>>, target: Option<Element>, delay: u32) {
    let Ok(mut state) = tooltip.try_borrow_mut() else { return };
    if state.target == target {
        return;
    }
    state.target.clone_from(&target);
    state.waiting = None;
    if let Some(element) = &state.element {
        element.set_hidden(true);
    }
    if target.is_some() {
        let shown = Rc::clone(tooltip);
        state.waiting = Some(Timeout::new(delay, move || {
            show(&shown);
        }));
    }
}

fn hide(tooltip: &RefCell<Tooltip>) {
    let Ok(mut state) = tooltip.try_borrow_mut() else { return };
    state.waiting = None;
    if let Some(element) = &state.element {
        element.set_hidden(true);
    }
}

fn show(tooltip: &RefCell<Tooltip>) -> Option<()> {
    let mut state = tooltip.try_borrow_mut().ok()?;
    let target = state.target.clone().filter(|target| target.is_connected())?;
    if state.element.is_none() {
        let element = dom::make("div", "tooltip")?;
        // The button's own name says the same.
        dom::set(&element, "aria-hidden", "true");
        dom::document()?.body()?.append_child(&element).ok()?;
        state.element = Some(element);
    }
    let element = state.element.clone()?;
    element.set_text_content(target.get_attribute("data-tip").as_deref());
    if let Some(keys) = target.get_attribute("data-keys") {
        let sign = dom::make("kbd", "")?;
        sign.set_text_content(Some(&keys));
        element.append_child(&sign).ok()?;
    }
    element.set_hidden(false);
    let near = target.get_bounding_client_rect();
    let own = element.get_bounding_client_rect();
    let window = dom::window()?;
    let room = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (room(window.inner_width()), room(window.inner_height()));
    let (x, y) = if target.get_attribute("data-tip-side").as_deref() == Some("right") {
        (near.right() + 8.0, near.top() + (near.height() - own.height()) / 2.0)
    } else {
        let above = near.bottom() + 8.0 + own.height() > height;
        let y = if above { near.top() - own.height() - 8.0 } else { near.bottom() + 8.0 };
        (near.left() + (near.width() - own.width()) / 2.0, y)
    };
    let x = x.min(width - own.width() - 4.0).max(4.0);
    dom::style(&element, "transform", &format!("translate({x:.0}px,{:.0}px)", y.max(4.0)));
    Some(())
}
