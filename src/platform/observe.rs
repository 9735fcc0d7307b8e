//! Sizes: calls when an element has another size.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::JsCast;
use web_sys::{Element, ResizeObserver};

use crate::geom::{Screen, Size};

/// Watches one element; stops when dropped.
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `work` now and whenever the size of the element changes.
    pub fn new(element: &Element, work: impl Fn(Size<Screen>) + 'static) -> Self {
        let watched = element.clone();
        let closure = Closure::new(move || work(size_of(&watched)));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _closure: closure }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The element's inner size in CSS pixels.
pub fn size_of(element: &Element) -> Size<Screen> {
    Size::new(f64::from(element.client_width()), f64::from(element.client_height()))
}
