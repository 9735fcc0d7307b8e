//! Elements of the overlay that are kept and moved about instead of being made anew: each remembers what it shows,
//! so that the page is touched only where something differs.

use web_sys::{Element, HtmlElement};

use crate::geom::{Point, Rect, Screen};
use crate::platform::dom;

/// One element of the overlay.
pub(crate) struct Slot {
    element: HtmlElement,
    class: &'static str,
    place: String,
    size: String,
    shown: bool,
}

impl Slot {
    /// A hidden element of this kind inside `parent`.
    pub(crate) fn new(parent: &Element, tag: &str, class: &'static str) -> Option<Self> {
        let element = dom::make(tag, class)?;
        element.set_hidden(true);
        parent.append_child(&element).ok()?;
        Some(Self { element, class, place: String::new(), size: String::new(), shown: false })
    }

    /// The element.
    pub(crate) fn element(&self) -> &HtmlElement {
        &self.element
    }

    /// Whether it is shown.
    pub(crate) fn is_shown(&self) -> bool {
        self.shown
    }

    /// Shows it with these classes at this place, in the size the classes give it.
    pub(crate) fn show(&mut self, class: &'static str, at: Point<Screen>) {
        if !self.size.is_empty() {
            // It has covered a rectangle before.
            dom::style(&self.element, "width", "");
            dom::style(&self.element, "height", "");
            self.size.clear();
        }
        self.put(class, at);
    }

    fn put(&mut self, class: &'static str, at: Point<Screen>) {
        if self.class != class {
            self.element.set_class_name(class);
            self.class = class;
        }
        let place = format!("translate({:.1}px,{:.1}px)", at.x, at.y);
        if self.place != place {
            dom::style(&self.element, "transform", &place);
            self.place = place;
        }
        if !self.shown {
            self.element.set_hidden(false);
            self.shown = true;
        }
    }

    /// Shows it with these classes over this rectangle.
    pub(crate) fn cover(&mut self, class: &'static str, rect: &Rect<Screen>) {
        let size = format!("{:.1} {:.1}", rect.width(), rect.height());
        if self.size != size {
            dom::style(&self.element, "width", &format!("{:.1}px", rect.width()));
            dom::style(&self.element, "height", &format!("{:.1}px", rect.height()));
            self.size = size;
        }
        self.put(class, rect.min);
    }

    /// Hides it.
    pub(crate) fn hide(&mut self) {
        if self.shown {
            self.element.set_hidden(true);
            self.shown = false;
        }
    }
}

/// A lot of slots of one kind; as many as are needed are made.
pub(crate) struct Pool {
    parent: Element,
    base: &'static str,
    slots: Vec<Slot>,
    used: usize,
}

impl Pool {
    /// An empty pool inside `parent`.
    pub(crate) fn new(parent: &Element, base: &'static str) -> Self {
        Self { parent: parent.clone(), base, slots: Vec::new(), used: 0 }
    }

    /// Starts a new round.
    pub(crate) fn begin(&mut self) {
        self.used = 0;
    }

    /// The next slot.
    pub(crate) fn next(&mut self) -> Option<&mut Slot> {
        if self.used == self.slots.len() {
            self.slots.push(Slot::new(&self.parent, "div", self.base)?);
        }
        self.used += 1;
        self.slots.get_mut(self.used - 1)
    }

    /// Hides what this round did not need.
    pub(crate) fn end(&mut self) {
        for slot in self.slots.iter_mut().skip(self.used) {
            slot.hide();
        }
    }
}

/// Straight lines over the map, as elements of one SVG.
pub(crate) struct Lines {
    svg: Element,
    lines: Vec<(Element, String)>,
    used: usize,
}

const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");

impl Lines {
    /// No lines yet, inside `parent`.
    pub(crate) fn new(parent: &Element) -> Option<Self> {
        let svg = dom::document()?.create_element_ns(SVG, "svg").ok()?;
        dom::set(&svg, "class", "map-lines");
        dom::set(&svg, "aria-hidden", "true");
        parent.append_child(&svg).ok()?;
        Some(Self { svg, lines: Vec::new(), used: 0 })
    }

    /// Starts a new round.
    pub(crate) fn begin(&mut self) {
        self.used = 0;
    }

    /// A line of this class.
    pub(crate) fn line(&mut self, class: &str, a: Point<Screen>, b: Point<Screen>) -> Option<()> {
        if self.used == self.lines.len() {
            let line = dom::document()?.create_element_ns(SVG, "line").ok()?;
            self.svg.append_child(&line).ok()?;
            self.lines.push((line, String::new()));
        }
        let (line, state) = self.lines.get_mut(self.used)?;
        self.used += 1;
        let wanted = format!("{class} {:.1} {:.1} {:.1} {:.1}", a.x, a.y, b.x, b.y);
        if *state != wanted {
            dom::set(line, "class", class);
            for (name, value) in [("x1", a.x), ("y1", a.y), ("x2", b.x), ("y2", b.y)] {
                dom::set(line, name, &format!("{value:.1}"));
            }
            dom::set(line, "visibility", "visible");
            *state = wanted;
        }
        Some(())
    }

    /// Hides what this round did not need.
    pub(crate) fn end(&mut self) {
        for (line, state) in self.lines.iter_mut().skip(self.used) {
            if !state.is_empty() {
                dom::set(line, "visibility", "hidden");
                state.clear();
            }
        }
    }
}
