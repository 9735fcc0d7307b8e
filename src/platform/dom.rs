//! The page: finding elements and making them. Everything here answers `None` where there is no page.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AddEventListenerOptions, Document, Element, EventTarget, FocusOptions, HtmlElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document of the page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A new element with classes.
pub fn make(tag: &str, class: &str) -> Option<HtmlElement> {
    let element: HtmlElement = document()?.create_element(tag).ok()?.dyn_into().ok()?;
    element.set_class_name(class);
    Some(element)
}

/// Sets an attribute; attributes that the browser refuses are left out.
pub fn set(element: &Element, name: &str, value: &str) {
    let _refused = element.set_attribute(name, value);
}

/// Sets a property of the element's style. This goes through the object model, which the page's policy allows.
pub fn style(element: &HtmlElement, name: &str, value: &str) {
    let _refused = element.style().set_property(name, value);
}

/// Puts a drawing of ours, as SVG text, in the place of what stands in the element. It is read as XML, whose elements are
/// those of a drawing and nothing else.
pub fn put_drawing(place: &web_sys::Node, svg: &str) {
    while let Some(old) = place.first_child() {
        let _gone = place.remove_child(&old);
    }
    let Ok(parser) = web_sys::DomParser::new() else { return };
    let Ok(parsed) = parser.parse_from_string(svg, web_sys::SupportedType::ImageSvgXml) else { return };
    if let (Some(root), Some(page)) = (parsed.document_element(), document()) {
        if let Ok(root) = page.import_node_with_deep(&root, true) {
            let _refused = place.append_child(&root);
        }
    }
}

/// Whether the element has the keyboard focus.
pub fn has_focus(element: &Element) -> bool {
    let active = window().and_then(|window| window.document()).and_then(|document| document.active_element());
    active.is_some_and(|active| active == *element)
}

/// Moves the keyboard focus there once the page has been brought up to date.
pub fn focus_soon(id: &'static str) {
    gloo::timers::callback::Timeout::new(0, move || {
        // A field for a name that was opened meanwhile keeps the focus: what is typed belongs into it.
        let naming = by_id(crate::platform::NAME_FIELD_ID).is_some_and(|field| has_focus(&field) && !field.hidden());
        if let Some(element) = by_id(id).filter(|_| !naming) {
            let _refused = element.focus();
        }
    })
    .forget();
}

/// Moves the keyboard focus there without scrolling the page.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _refused = element.focus_with_options(&options);
}

/// Scrolls just so far that the element is in view.
pub fn scroll_near(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// A listener that is taken off when dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: JsValue,
    // Kept so that the browser can go on calling it.
    _keep: Box<dyn std::any::Any>,
    capture: bool,
}

impl Listener {
    /// Calls `work` for each event of this name. Not passive, so `prevent_default` works.
    pub fn new<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        work: impl FnMut(E) + 'static,
    ) -> Self {
        Self::with(target, event, false, work)
    }

    /// The same on the way down, before the elements inside get the event.
    pub fn capturing<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        work: impl FnMut(E) + 'static,
    ) -> Self {
        Self::with(target, event, true, work)
    }

    /// The same, called also after the app has stopped (see `crash`).
    pub fn surviving<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        work: impl FnMut(E) + 'static,
    ) -> Self {
        Self::raw(target, event, false, Closure::new(work))
    }

    fn with<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        mut work: impl FnMut(E) + 'static,
    ) -> Self {
        let closure = Closure::new(move |input: E| {
            if !crate::platform::crash::has_stopped() {
                work(input);
            }
        });
        Self::raw(target, event, capture, closure)
    }

    fn raw<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        closure: Closure<dyn FnMut(E)>,
    ) -> Self {
        let function: JsValue = closure.as_ref().clone();
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        options.set_capture(capture);
        let _refused = target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            function.unchecked_ref(),
            &options,
        );
        Self { target: target.clone(), event, closure: function, _keep: Box::new(closure), capture }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _gone = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.closure.unchecked_ref(),
            self.capture,
        );
    }
}
