//! What is selected, focused, pointed at or in the middle of a gesture, as real elements above the canvases.
//!
//! Only a few dozen elements, whatever the size of the map; each is touched only when it differs.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};

use crate::app::describe;
use crate::app::grips::Grip;
use crate::app::intent::Intent;
use crate::app::state::{Preview, ToolKind};
use crate::app::App;
use crate::geom::{Point, Rect, Screen, Vector, World};
use crate::model::AnyRecordId;
use crate::platform::dom;
use crate::scene::dependency::box_at;
use crate::scene::display::ItemKey;
use crate::scene::metrics::NODE_RADIUS;
use crate::ui::map_view::editor::Editor;
use crate::ui::map_view::slot::{Lines, Pool, Slot};

/// Most elements that are marked one by one.
const MOST_MARKS: usize = 300;
/// Places of the handles from the centre, screen pixels: below, because labels mostly stand to the right.
const LINK_HANDLE: Vector<Screen> = Vector::new(-15.0, 32.0);
const EVOLVE_HANDLE: Vector<Screen> = Vector::new(15.0, 32.0);
/// Id of the element that stands for the focused record.
const FOCUS_ID: &str = "map-focus";

/// The dot and its tail, first to last.
const LASER: [&str; 5] =
    ["map-laser", "map-laser is-second", "map-laser is-third", "map-laser is-fourth", "map-laser is-last"];

/// The layer of elements.
pub(crate) struct Overlay {
    map: HtmlElement,
    /// Width of the rings around symbols, screen pixels.
    ring: f64,
    marks: Pool,
    lines: Lines,
    marquee: Slot,
    /// The bright dot of the pointer, and those that trail behind it.
    laser: Vec<Slot>,
    focus: Slot,
    focused: Option<AnyRecordId>,
    focus_name: String,
    link_handle: Slot,
    evolve_handle: Slot,
    editor: Editor,
}

impl Overlay {
    /// An empty layer inside the map's element.
    pub(crate) fn new(map: &HtmlElement, dispatch: Rc<dyn Fn(Intent)>) -> Option<Self> {
        let layer = dom::make("div", "map-overlay")?;
        map.append_child(&layer).ok()?;
        let lines = Lines::new(&layer)?;
        let marks = Pool::new(&layer, "map-mark");
        let marquee = Slot::new(&layer, "div", "map-marquee")?;
        let laser: Vec<Slot> = LASER.iter().filter_map(|class| Slot::new(&layer, "div", class)).collect();
        let focus = Slot::new(&layer, "div", "map-mark is-focused")?;
        focus.element().set_id(FOCUS_ID);
        dom::set(focus.element(), "role", "img");
        Some(Self {
            map: map.clone(),
            ring: 0.0,
            marks,
            lines,
            marquee,
            laser,
            focus,
            focused: None,
            focus_name: String::new(),
            link_handle: handle(
                &layer,
                "map-handle",
                "link",
                "Link to another component: drag, or click and then click it",
            )?,
            evolve_handle: handle(&layer, "map-handle is-evolve", "evolve", "Say where it is going: drag sideways")?,
            editor: Editor::new(&layer, dispatch)?,
        })
    }

    /// Brings the layer up to date. `hovered` is what the pointer is over; the focus is shown to those who use the
    /// keyboard.
    pub(crate) fn sync(&mut self, app: &App, hovered: Option<AnyRecordId>, by_keyboard: bool) {
        let camera = app.camera();
        let at = |p: Point<World>| camera.screen_from_world(p);
        let (moved, by) = match app.preview() {
            Preview::Move { records, by, copy: false } => (Some(records), *by),
            _ => (None, Vector::ZERO),
        };
        let place = |record: AnyRecordId| {
            let shift = if moved.is_some_and(|records| records.contains(&record)) { by } else { Vector::ZERO };
            app.world_position(record).map(|p| at(p + shift))
        };

        // Close around the symbol, so that the name beside it is not covered.
        let ring = (2.0 * (NODE_RADIUS * camera.zoom()).max(3.5) + 8.0).round();
        if ring != self.ring {
            self.ring = ring;
            dom::style(&self.map, "--ring", &format!("{ring}px"));
        }
        self.marks.begin();
        self.lines.begin();
        let marked = app.marked();
        for record in marked.iter().take(MOST_MARKS) {
            self.mark(app, *record, Style::SELECTED, &place);
        }
        if let Some(record) = hovered.filter(|r| !marked.contains(r)) {
            self.mark(app, record, Style::HOVERED, &place);
        }
        self.gesture(app, &place);
        self.grips(app);
        self.guides(app);
        self.marks.end();
        self.lines.end();
        self.handles(app, &place);
        self.focus(app, by_keyboard, &place);
        self.editor.sync(app.label_edit(), camera);
    }

    /// Shows the bright dot at this place, or nowhere. The tail is the same dot again, coming later by the style sheet.
    pub(crate) fn shine(&mut self, at: Option<Point<Screen>>) {
        for (slot, class) in self.laser.iter_mut().zip(LASER) {
            match at {
                Some(at) => slot.show(class, at),
                None => slot.hide(),
            }
        }
    }

    /// Opens, closes or moves the field for names.
    pub(crate) fn sync_editor(&mut self, app: &App) {
        self.editor.sync(app.label_edit(), app.camera());
    }

    fn mark(
        &mut self,
        app: &App,
        record: AnyRecordId,
        style: Style,
        place: &impl Fn(AnyRecordId) -> Option<Point<Screen>>,
    ) -> Option<()> {
        match record {
            AnyRecordId::Link(id) if app.in_dependencies() => {
                let line = app.scene().line_of(id)?;
                for pair in line.windows(2) {
                    let [a, b] = pair else { continue };
                    let camera = app.camera();
                    self.lines.line(style.line, camera.screen_from_world(*a), camera.screen_from_world(*b))?;
                }
            }
            AnyRecordId::Component(_) if app.in_dependencies() => {
                let half = (box_at(Point::ORIGIN).max - Point::ORIGIN) * app.camera().zoom();
                let center = place(record)?;
                let half = Vector::new(half.x, half.y);
                let rect = Rect::from_corners(center - half, center + half).inflate(3.0);
                self.marks.next()?.cover(style.frame, &rect);
            }
            AnyRecordId::Component(_) => self.marks.next()?.show(style.ring, place(record)?),
            AnyRecordId::Link(id) => {
                let (from, to) = app.scene().ends_of(id)?;
                let (a, b) = (place(AnyRecordId::Component(from))?, place(AnyRecordId::Component(to))?);
                self.lines.line(style.line, a, b)?;
            }
            AnyRecordId::Annotation(id) => {
                let annotation = app.document().annotations.get(&id)?;
                let shift = place(record)? - app.camera().screen_from_world(app.world_position(record)?);
                for at in &annotation.places {
                    let at = app.camera().screen_from_world(app.frame().world_from_map(*at)) + shift;
                    self.marks.next()?.show(style.ring, at);
                }
            }
            _ => {
                let frame = frame_of(app, record)?;
                let shift = place(record)? - app.camera().screen_from_world(app.world_position(record)?);
                let rect = Rect::from_corners(frame.min + shift, frame.max + shift).inflate(4.0);
                self.marks.next()?.cover(style.frame, &rect);
            }
        }
        Some(())
    }

    /// The line, area or ring of the gesture in progress.
    fn gesture(&mut self, app: &App, place: &impl Fn(AnyRecordId) -> Option<Point<Screen>>) {
        let camera = app.camera();
        match app.preview() {
            Preview::Link { from, to, target } => {
                let end = target.and_then(|id| place(AnyRecordId::Component(id)));
                if let Some(start) = place(AnyRecordId::Component(*from)) {
                    self.lines.line("link-preview", start, end.unwrap_or_else(|| camera.screen_from_world(*to)));
                }
                if let (Some(end), Some(mark)) = (end, self.marks.next()) {
                    mark.show("map-mark is-target", end);
                }
            }
            Preview::Evolve { component, to } => {
                if let Some(start) = place(AnyRecordId::Component(*component)) {
                    let end = camera.screen_from_world(*to);
                    self.lines.line("evolve-preview", start, end);
                    if let Some(mark) = self.marks.next() {
                        mark.show("map-mark is-evolved", end);
                    }
                }
            }
            _ => {}
        }
        match app.preview() {
            Preview::Marquee(area) => {
                let corners = (camera.screen_from_world(area.min), camera.screen_from_world(area.max));
                self.marquee.cover("map-marquee", &Rect::from_corners(corners.0, corners.1));
            }
            _ => self.marquee.hide(),
        }
    }

    /// Grips of what is selected; what they catch is decided by the app.
    fn grips(&mut self, app: &App) {
        let at_rest = app.tool() == ToolKind::Select && *app.preview() == Preview::None && app.label_edit().is_none();
        if !at_rest || !app.can_edit() {
            return;
        }
        for (grip, at) in app.grips() {
            // The disc of a remark and its number stay readable: its ring says enough.
            let mark = if matches!(grip, Grip::Place(..)) { None } else { self.marks.next() };
            if let Some(mark) = mark {
                mark.show("map-grip", app.camera().screen_from_world(at));
            }
        }
    }

    /// Lines that the drag has snapped to.
    fn guides(&mut self, app: &App) {
        let (camera, size) = (app.camera(), app.viewport());
        for guide in app.guides() {
            let at = camera.screen_from_world(Point::new(guide.at, guide.at));
            let (a, b) = if guide.upright {
                (Point::new(at.x, 0.0), Point::new(at.x, size.height))
            } else {
                (Point::new(0.0, at.y), Point::new(size.width, at.y))
            };
            self.lines.line("guide", a, b);
        }
    }

    fn handles(&mut self, app: &App, place: &impl Fn(AnyRecordId) -> Option<Point<Screen>>) {
        let at = app
            .only_component()
            .filter(|_| app.tool() == ToolKind::Select && *app.preview() == Preview::None && app.label_edit().is_none())
            .filter(|_| app.can_edit() && !app.in_dependencies())
            .and_then(|id| place(AnyRecordId::Component(id)));
        match at {
            Some(at) => {
                self.link_handle.show("map-handle", at + LINK_HANDLE);
                self.evolve_handle.show("map-handle is-evolve", at + EVOLVE_HANDLE);
            }
            None => {
                self.link_handle.hide();
                self.evolve_handle.hide();
            }
        }
    }

    /// The focused record: an element with a name, which the map names as its active descendant.
    fn focus(&mut self, app: &App, by_keyboard: bool, place: &impl Fn(AnyRecordId) -> Option<Point<Screen>>) {
        let focused = app.focus().and_then(|record| place(record).map(|at| (record, at)));
        let Some((record, at)) = focused.filter(|_| app.map_focused() && by_keyboard) else {
            if self.focus.is_shown() {
                self.focus.hide();
                let _absent = self.map.remove_attribute("aria-activedescendant");
                self.focused = None;
            }
            return;
        };
        match frame_of(app, record) {
            Some(frame) => {
                let shift = app.world_position(record).map_or(Vector::ZERO, |p| at - app.camera().screen_from_world(p));
                let rect = Rect::from_corners(frame.min + shift, frame.max + shift);
                self.focus.cover("map-box is-focused", &rect.inflate(8.0));
            }
            None => self.focus.show("map-mark is-focused", at),
        }
        let mut name = describe::record(app, record);
        if app.selection().contains(&record) {
            name.push_str(" Selected.");
        }
        if self.focus_name != name {
            dom::set(self.focus.element(), "aria-label", &name);
            self.focus_name = name;
        }
        if self.focused != Some(record) {
            // Named anew for each record, because a screen reader speaks when the value changes.
            self.focused = Some(record);
            dom::set(&self.map, "aria-activedescendant", FOCUS_ID);
        }
    }
}

/// What is marked by a frame instead of a ring: everything that is wider than a symbol.
fn frame_of(app: &App, record: AnyRecordId) -> Option<Rect<Screen>> {
    match record {
        AnyRecordId::Component(id) if app.in_dependencies() => {
            let rect = box_at(app.scene().node(id)?.center);
            let corner = |p| app.camera().screen_from_world(p);
            Some(Rect::from_corners(corner(rect.min), corner(rect.max)))
        }
        AnyRecordId::Component(_) | AnyRecordId::Link(_) | AnyRecordId::Annotation(_) => None,
        _ => {
            let bounds = app.scene().item(ItemKey::Record(record))?.bounds;
            let corner = |p| app.camera().screen_from_world(p);
            Some(Rect::from_corners(corner(bounds.min), corner(bounds.max)))
        }
    }
}

/// Classes of a mark by what is marked.
#[derive(Clone, Copy)]
struct Style {
    ring: &'static str,
    line: &'static str,
    frame: &'static str,
}

impl Style {
    const SELECTED: Self = Self { ring: "map-mark is-selected", line: "link-selected", frame: "map-box is-selected" };
    const HOVERED: Self = Self { ring: "map-mark is-hovered", line: "link-hovered", frame: "map-box is-hovered" };
}

fn handle(layer: &Element, class: &'static str, kind: &str, name: &str) -> Option<Slot> {
    let slot = Slot::new(layer, "button", class)?;
    let button = slot.element();
    dom::set(button, "type", "button");
    // The keyboard has its own ways (L, E, Ctrl+Enter); handles are for pointers.
    dom::set(button, "tabindex", "-1");
    dom::set(button, "data-handle", kind);
    dom::set(button, "aria-label", name);
    dom::set(button, "title", name);
    Some(slot)
}
