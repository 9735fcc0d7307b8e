//! The map on the screen: a large bitmap, a second canvas for what is being dragged, and a thin layer of real
//! elements for what is selected, focused, pointed at or edited. Not drawn by Yew; brought up to date once a frame.

mod batch;
mod editor;
mod inputs;
mod lifted;
mod overlay;
mod painter;
mod slot;
mod surface;

pub(crate) use inputs::{Inputs, MapEvent};

use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, HtmlElement};

use crate::app::intent::Intent;
use crate::app::state::{Changes, Look, Preview, ToolKind};
use crate::app::{describe, App};
use crate::model::{AnyRecordId, ComponentId};
use crate::platform::{clock, dom, media};
use crate::scene::display::{Item, ItemKey, Layer, Role, Shape, Stroke};
use crate::scene::style::{self, Theme};
use crate::scene::Scene;
use crate::ui::map_view::lifted::{moved_items, Lifted};
use crate::ui::map_view::overlay::Overlay;
use crate::ui::map_view::painter::{Ground, Painter};
use crate::ui::map_view::surface::Surface;

/// Shortest time between two sharp paintings while the view moves, milliseconds.
const BREATH: f64 = 120.0;
/// Milliseconds the view must rest before it is painted sharply.
pub(crate) const SETTLE: u32 = 130;
/// Most links that are drawn strongly at once.
const MOST_CHAINED: usize = 600;
/// Id of the element that shows the zoom.
pub(crate) const ZOOM_ID: &str = "zoom-value";
/// Id of the element that tells what the pointer is over.
pub(crate) const POINTED_ID: &str = "pointed-at";

/// The map's canvases and elements.
pub(crate) struct MapView {
    map: HtmlElement,
    base: Surface,
    drag: Painter,
    drag_used: bool,
    previews: u32,
    overlay: Overlay,
    inputs: Inputs,
    lifted: Lifted,
    theme: Theme,
    paper: &'static str,
    hovered: Option<AnyRecordId>,
    /// Whose chains are drawn strongly, and their lines.
    chain_of: Option<(AnyRecordId, u32)>,
    chain: Vec<Item>,
    painted: u32,
    last_paint_ms: f64,
    last_cost_ms: f64,
}

impl MapView {
    /// Fills the map's element and listens to it. `sink` gets what happens there.
    pub(crate) fn new(map: HtmlElement, sink: Rc<dyn Fn(MapEvent)>) -> Option<Self> {
        let base = canvas(&map, "map-base")?;
        let drag = canvas(&map, "map-drag")?;
        let send = {
            let sink = Rc::clone(&sink);
            Rc::new(move |intent: Intent| sink(MapEvent::Now(intent)))
        };
        Some(Self {
            base: Surface::new(Painter::new(base, true)?),
            drag: Painter::new(drag, false)?,
            drag_used: false,
            previews: 0,
            overlay: Overlay::new(&map, send)?,
            inputs: Inputs::new(&map, sink),
            lifted: Lifted::default(),
            theme: Theme::by(&crate::model::MapStyle::Plain, style::Look::Light),
            paper: "",
            hovered: None,
            chain_of: None,
            chain: Vec::new(),
            painted: 0,
            last_paint_ms: 0.0,
            last_cost_ms: 0.0,
            map,
        })
    }

    /// Brings everything up to date, once a frame at most. Says whether the view is not sharp yet, so that
    /// [`MapView::settle`] is wanted when it rests.
    pub(crate) fn refresh(&mut self, app: &App, changes: Changes) -> bool {
        if changes.scene {
            self.describe_content(app);
        }
        let lifted = Lifted::of(app.preview());
        let lifts = lifted != self.lifted;
        self.lifted = lifted;
        let camera = app.camera();
        let mut blurred = false;
        if changes.scene || lifts || self.painted == 0 {
            self.paint(app);
        } else if !self.base.is_sharp(&ground(app)) {
            let rested = clock::now_ms() - self.last_paint_ms > BREATH.max(3.0 * self.last_cost_ms);
            if rested && !self.base.covers(camera, app.viewport(), Some(app.scene().page())) {
                self.paint(app);
            } else {
                self.base.show(camera);
                blurred = true;
            }
        }
        self.point_at(app);
        self.show_chain(app, changes.scene);
        self.paint_drag(app);
        if changes.camera || self.painted == 1 {
            self.describe_view(app);
        }
        self.overlay.sync(app, self.hovered, self.inputs.is_by_keyboard());
        self.overlay.shine(self.inputs.pointed_at().filter(|_| app.tool() == ToolKind::Laser));
        dom::set(&self.map, "data-selection-count", &app.selection().len().to_string());
        blurred
    }

    /// Opens or closes the field for names at once: what is typed next belongs into it, before the next frame.
    pub(crate) fn sync_editor(&mut self, app: &App) {
        self.overlay.sync_editor(app);
    }

    /// Paints sharply when the view has come to rest.
    pub(crate) fn settle(&mut self, app: &App) {
        if self.painted > 0 && !self.base.is_sharp(&ground(app)) {
            self.paint(app);
        }
    }

    fn paint(&mut self, app: &App) {
        let started = clock::now_ms();
        let ground = ground(app);
        let scene = app.scene();
        let hides = |key| self.lifted.holds(scene, key);
        let (area, zoom) = (Surface::world(&ground), app.camera().zoom());
        let visible = |hides: &dyn Fn(ItemKey) -> bool| scene.visible(&area, zoom, hides);
        match app.lit() {
            // What is not emphasised is painted faintly below the rest.
            Some(lit) => {
                let is_lit = |key| lights(scene, lit, key);
                let faint = visible(&|key| hides(key) || is_lit(key));
                let mut strong = visible(&|key| hides(key) || !is_lit(key));
                strong.retain(|item| item.layer != Layer::Ground);
                self.base.paint(&refs(&strong), &refs(&faint), &self.theme, self.paper, ground);
            }
            None => self.base.paint(&refs(&visible(&hides)), &[], &self.theme, self.paper, ground),
        }
        self.painted += 1;
        self.last_paint_ms = clock::now_ms();
        self.last_cost_ms = self.last_paint_ms - started;
        dom::set(&self.map, "data-painted", &self.painted.to_string());
    }

    fn paint_drag(&mut self, app: &App) {
        let mut items = moved_items(app.scene(), app.preview(), app.camera().zoom());
        items.extend(self.chain.iter().cloned());
        if items.is_empty() && !self.drag_used {
            return;
        }
        let ratio = pixel_ratio();
        let size = app.viewport();
        self.drag.resize(size, ratio);
        self.drag.clear(None);
        let ground = Ground { camera: app.camera(), margin: crate::geom::Vector::ZERO, size, ratio };
        let items_by_ref: Vec<&Item> = items.iter().collect();
        self.drag.paint(&items_by_ref, &self.theme, &ground, 1.0);
        self.drag_used = !items.is_empty();
        self.previews += 1;
        dom::set(&self.map, "data-preview", &self.previews.to_string());
    }

    /// In the dependency view: everything above and below what is pointed at or has the keyboard.
    fn show_chain(&mut self, app: &App, anew: bool) {
        let focused = app.focus().filter(|_| app.map_focused() && self.inputs.is_by_keyboard());
        let at_rest = app.in_dependencies() && *app.preview() == Preview::None;
        let of = self.hovered.or(focused).filter(|record| at_rest && record.component().is_some());
        let of = of.map(|record| (record, self.painted));
        if of == self.chain_of && !anew {
            return;
        }
        self.chain_of = of;
        self.chain.clear();
        let Some((record, _)) = of else { return };
        for link in app.chain_links(record).into_iter().take(MOST_CHAINED) {
            let Some(item) = app.scene().item(ItemKey::Record(AnyRecordId::Link(link))) else { continue };
            let mut item = Item::clone(item);
            for shape in &mut item.shapes {
                match shape {
                    Shape::Line { stroke, .. } => *stroke = Stroke { role: Role::Accent, width: 2.2, ..*stroke },
                    Shape::Polygon { fill, .. } => *fill = Some(Role::Accent),
                    _ => {}
                }
            }
            self.chain.push(item);
        }
    }

    /// Colours and the facts that tests and other programs read.
    fn describe_content(&mut self, app: &App) {
        let look = match media::resolved(app.look()) {
            Look::Dark => style::Look::Dark,
            Look::HighContrast => style::Look::HighContrast,
            Look::Light | Look::System => style::Look::Light,
        };
        self.theme = Theme::by(&app.document().settings.style, look);
        let paper = self.theme.color(Role::Paper).css();
        if paper != self.paper {
            self.paper = paper;
            dom::style(&self.map, "background-color", paper);
        }
        let document = app.document();
        dom::set(&self.map, "data-components", &document.components.len().to_string());
        dom::set(&self.map, "data-links", &document.links.len().to_string());
        let plane = app.frame().size();
        dom::set(&self.map, "data-frame", &format!("{} {}", plane.width, plane.height));
        dom::set(&self.map, "data-shown", &app.scene().nodes().count().to_string());
        let name = format!(
            "{}: {}, {}, {}",
            if app.in_dependencies() { "Dependencies" } else { "Map" },
            app.title(),
            describe::count(document.components.len(), "component"),
            describe::count(document.links.len(), "link")
        );
        dom::set(&self.map, "aria-label", &name);
    }

    fn describe_view(&self, app: &App) {
        let (zoom, offset) = (app.camera().zoom(), app.camera().offset());
        dom::set(&self.map, "data-view", &format!("{zoom} {} {}", offset.x, offset.y));
        dom::set(&self.map, "data-zoom", &zoom.to_string());
        dom::set(&self.map, "data-offset-x", &offset.x.to_string());
        dom::set(&self.map, "data-offset-y", &offset.y.to_string());
        if let Some(element) = dom::by_id(ZOOM_ID) {
            element.set_text_content(Some(&format!("{:.0}%", zoom * 100.0)));
        }
    }

    /// What the pointer is over, the shape of the pointer, and the words about it.
    fn point_at(&mut self, app: &App) {
        let points = app.tool() == ToolKind::Laser;
        let at_rest = !points && *app.preview() == Preview::None && app.label_edit().is_none();
        let hovered = self.inputs.pointer().filter(|_| at_rest).and_then(|at| app.record_under(at));
        let class = match (app.preview(), app.tool()) {
            (Preview::Move { .. } | Preview::Label { .. }, _) => "map is-moving",
            (Preview::Link { .. }, _) | (_, ToolKind::Link) => "map is-linking",
            (_, ToolKind::Laser) => "map is-pointing",
            (_, ToolKind::Hand) => "map is-panning-ready",
            (_, tool) if tool != ToolKind::Select => "map is-placing",
            _ if self.inputs.is_space_held() => "map is-panning-ready",
            _ if hovered.is_some() => "map is-over",
            _ => "map",
        };
        if self.map.class_name() != class {
            self.map.set_class_name(class);
        }
        if hovered != self.hovered {
            self.hovered = hovered;
            if let Some(element) = dom::by_id(POINTED_ID) {
                let words = hovered.map(|record| describe::record(app, record)).unwrap_or_default();
                element.set_text_content(Some(&words));
            }
        }
    }
}

fn refs(items: &[Rc<Item>]) -> Vec<&Item> {
    items.iter().map(|item| &**item).collect()
}

/// Whether an item belongs to what is emphasised: these components and the links between them.
fn lights(scene: &Scene, lit: &BTreeSet<ComponentId>, key: ItemKey) -> bool {
    let both = |link| scene.ends_of(link).is_some_and(|(from, to)| lit.contains(&from) && lit.contains(&to));
    match key {
        ItemKey::Record(AnyRecordId::Component(id)) => lit.contains(&id),
        ItemKey::Label(id) | ItemKey::EvolveArrow(id) | ItemKey::EvolveLabel(id) | ItemKey::RiskMark(id) => {
            lit.contains(&id)
        }
        ItemKey::Record(AnyRecordId::Link(id)) | ItemKey::LinkText(id) => both(id),
        ItemKey::Legend => true,
        _ => false,
    }
}

/// What the large bitmap has to be painted for now.
fn ground(app: &App) -> Ground {
    Surface::ground(app.camera(), app.viewport(), pixel_ratio())
}

fn pixel_ratio() -> f64 {
    dom::window().map_or(1.0, |window| window.device_pixel_ratio())
}

fn canvas(map: &HtmlElement, class: &str) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = dom::make("canvas", class)?.dyn_into().ok()?;
    dom::set(&canvas, "aria-hidden", "true");
    map.append_child(&canvas).ok()?;
    Some(canvas)
}
