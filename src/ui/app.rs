//! The root: owns the app by value, feeds it intents, carries out its effects, and redraws what changed.
//!
//! Pointer moves and camera changes never render components: they go to the map view once a frame. Components
//! render only when something a panel shows has changed.

use std::cell::Cell;
use std::rc::Rc;

use gloo::render::{request_animation_frame, AnimationFrame};
use gloo::timers::callback::Timeout;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::effect::Effect;
use crate::app::intent::{Intent, ViewIntent};
use crate::app::state::Changes;
use crate::app::App;
use crate::geom::{Point, Screen};
use crate::platform::dom::{self, Listener};
use crate::platform::held::HeldKeys;
use crate::platform::observe::{self, SizeWatch};
use crate::platform::{media, prefs, Shell, NAME_FIELD_ID};
use crate::ui::map_view::{MapEvent, MapView, SETTLE};
use crate::ui::ptr::PtrEq;
use crate::ui::{frame, page};

/// What the root component is told.
pub(crate) enum Msg {
    /// Take this in now.
    Intent(Intent),
    /// Take this in with the next frame.
    Later(Intent),
    /// The keyboard is where an effect has sent it.
    Focused,
    /// Something on the map wants a look with the next frame, without anything having happened to the app.
    Pointed,
    /// A frame has come.
    Frame,
    /// The view has rested for a moment.
    Settle,
    /// The system's colours changed.
    SystemLook,
    /// The menu of the selection was asked for on the map, or is to be closed.
    Menu(Option<Point<Screen>>),
    /// Files are held over the window, or no longer.
    DropHover(bool),
    /// The sheet of narrow screens.
    Sheet(bool),
}

/// What only the screen knows: nothing here belongs to the document.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Local {
    /// Menu of the selection, with its place on the map.
    pub(crate) menu_at: Option<Point<Screen>>,
    /// Files are held over the window.
    pub(crate) drop_hover: bool,
    /// On narrow screens the side panel is shown as a sheet.
    pub(crate) sheet: bool,
}

/// The root component.
pub(crate) struct Root {
    app: App,
    shell: Rc<Shell>,
    /// Whether single-letter shortcuts are on, for the listener of keys.
    letters: Rc<Cell<bool>>,
    /// Keys that came while others were being worked in.
    held: Rc<HeldKeys>,
    /// A rendering was asked for and has not come yet.
    renders: bool,
    /// Effects that move the keyboard and have not done so yet.
    focuses: u32,
    map: Option<MapView>,
    map_ref: NodeRef,
    dispatch: Callback<Intent>,
    local: Local,
    /// Waiting for the next frame.
    queue: Vec<Intent>,
    changes: Changes,
    frame: Option<AnimationFrame>,
    settle: Option<Timeout>,
    _watch: Option<SizeWatch>,
    _listeners: Vec<Listener>,
}

impl Component for Root {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let shell = Rc::new(Shell::new({
            let link = link.clone();
            move |intent| link.send_message(Msg::Intent(intent))
        }));
        let app = App::new(prefs::start());
        let letters = Rc::new(Cell::new(app.letter_shortcuts()));
        let held = Rc::new(HeldKeys::default());
        media::apply_look(app.look());
        let (waiting, told) = (Rc::clone(&held), link.clone());
        Self {
            app,
            map: None,
            map_ref: NodeRef::default(),
            dispatch: Callback::from(move |intent| {
                if may_move_focus(&intent) {
                    waiting.sent();
                }
                told.send_message(Msg::Intent(intent));
            }),
            local: Local::default(),
            queue: Vec::new(),
            changes: Changes::ALL,
            frame: None,
            settle: None,
            _watch: None,
            _listeners: page::listen(&link, &shell, &letters, &held),
            shell,
            letters,
            held,
            renders: false,
            focuses: 0,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Intent(intent) => {
                if may_move_focus(&intent) {
                    self.held.taken();
                }
                // While a dialog closes, the focus is the browser's to give back.
                let in_dialog = self.app.dialog().is_some();
                let waiting = std::mem::take(&mut self.queue);
                for intent in waiting.into_iter().chain([intent]) {
                    self.take_in(ctx, intent);
                }
                if let Some(map) = self.map.as_mut().filter(|_| !in_dialog) {
                    map.sync_editor(&self.app);
                }
            }
            Msg::Later(intent) => self.wait(intent),
            Msg::Focused => self.focuses = self.focuses.saturating_sub(1),
            Msg::Pointed => self.changes.overlay = true,
            Msg::Frame => {
                self.frame = None;
                for intent in std::mem::take(&mut self.queue) {
                    self.take_in(ctx, intent);
                }
                self.refresh_map(ctx);
            }
            Msg::Settle => {
                self.settle = None;
                if let Some(map) = &mut self.map {
                    map.settle(&self.app);
                }
                return false;
            }
            Msg::SystemLook => {
                media::apply_look(self.app.look());
                self.changes.scene = true;
            }
            Msg::Menu(at) => return std::mem::replace(&mut self.local.menu_at, at) != at,
            Msg::DropHover(on) => return std::mem::replace(&mut self.local.drop_hover, on) != on,
            Msg::Sheet(on) => return std::mem::replace(&mut self.local.sheet, on) != on,
        }
        let waits = !self.queue.is_empty();
        if self.frame.is_none() && (waits || self.changes.any()) {
            let link = ctx.link().clone();
            self.frame = Some(request_animation_frame(move |_| link.send_message(Msg::Frame)));
        }
        self.renders |= self.changes.panels;
        self.press_held_keys(ctx);
        std::mem::take(&mut self.changes.panels)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let view = frame::View {
            app: &self.app,
            dispatch: &self.dispatch,
            local: &self.local,
            keys: PtrEq(Rc::clone(&self.held)),
            map_ref: &self.map_ref,
            set_menu: ctx.link().callback(Msg::Menu),
            set_sheet: ctx.link().callback(Msg::Sheet),
        };
        frame::page(&view)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.mount_map(ctx);
            self.shell.open_map_inside();
            self.shell.begin();
            self.shell.look_for_link();
        }
        self.renders = false;
        self.press_held_keys(ctx);
    }
}

/// What can open a field, close one or bring the keyboard elsewhere: keys after it wait for it.
fn may_move_focus(intent: &Intent) -> bool {
    matches!(intent, Intent::Key(_) | Intent::Label(_) | Intent::Action(_) | Intent::Show(_) | Intent::Pointer(_))
}

impl Root {
    /// Lets the keys go on that waited, once everything before them stands on the screen.
    fn press_held_keys(&self, ctx: &Context<Self>) {
        if self.renders || self.focuses > 0 {
            return;
        }
        let naming = self.app.label_edit().is_some() && self.app.tab().is_canvas();
        let open = || dom::by_id(NAME_FIELD_ID).is_some_and(|field| dom::has_focus(&field));
        if !naming || open() {
            self.held.shown();
        } else if self.held.has_keys() && self.frame.is_none() {
            // The field for the name comes with a frame, as soon as no dialog keeps the keyboard.
            ctx.link().send_message(Msg::Pointed);
        }
    }

    fn take_in(&mut self, ctx: &Context<Self>, intent: Intent) {
        let look = self.app.look();
        let side = self.app.side();
        let text = self.app.text_pane().is_open();
        for effect in self.app.update(intent) {
            let focuses = matches!(effect, Effect::FocusMap | Effect::FocusText);
            self.shell.run(effect);
            if focuses {
                // Behind the one the effect has just set.
                self.focuses += 1;
                let link = ctx.link().clone();
                Timeout::new(0, move || link.send_message(Msg::Focused)).forget();
            }
        }
        if self.app.look() != look {
            media::apply_look(self.app.look());
        }
        if self.app.side() != side {
            self.local.sheet = self.app.side().is_some();
        }
        if self.app.text_pane().is_open() && !text {
            // On narrow screens one sheet at a time.
            self.local.sheet = false;
        }
        self.letters.set(self.app.letter_shortcuts());
        let news = self.app.take_changes();
        self.changes = Changes {
            scene: self.changes.scene || news.scene,
            camera: self.changes.camera || news.camera,
            preview: self.changes.preview || news.preview,
            overlay: self.changes.overlay || news.overlay,
            panels: self.changes.panels || news.panels,
        };
    }

    /// Puts an intent behind the others; the pointer's newest place replaces the one before, wheel steps add up.
    fn wait(&mut self, intent: Intent) {
        match (self.queue.last_mut(), &intent) {
            (Some(Intent::Pointer(last)), Intent::Pointer(new)) if last.phase == new.phase => *last = *new,
            (Some(Intent::Wheel(last)), Intent::Wheel(new)) if last.ctrl == new.ctrl && last.shift == new.shift => {
                last.by = last.by + new.by;
                last.at = new.at;
            }
            _ => self.queue.push(intent),
        }
    }

    fn refresh_map(&mut self, ctx: &Context<Self>) {
        let Some(map) = &mut self.map else { return };
        let changes = Changes { panels: self.changes.panels, ..Changes::default() };
        let wanted = std::mem::replace(&mut self.changes, changes);
        if map.refresh(&self.app, wanted) && (wanted.camera || self.settle.is_none()) {
            let link = ctx.link().clone();
            self.settle = Some(Timeout::new(SETTLE, move || link.send_message(Msg::Settle)));
        }
    }

    fn mount_map(&mut self, ctx: &Context<Self>) {
        let Some(element) = self.map_ref.cast::<HtmlElement>() else { return };
        let (link, held) = (ctx.link().clone(), Rc::clone(&self.held));
        self.map = MapView::new(
            element.clone(),
            Rc::new(move |event| {
                link.send_message(match event {
                    MapEvent::Now(intent) => {
                        if may_move_focus(&intent) {
                            held.sent();
                        }
                        Msg::Intent(intent)
                    }
                    MapEvent::Later(intent) => Msg::Later(intent),
                    MapEvent::Pointed => Msg::Pointed,
                    MapEvent::Menu(at) => Msg::Menu(Some(at)),
                });
            }),
        );
        // Before the first painting, so that it is for the right size.
        self.take_in(ctx, Intent::View(ViewIntent::Resized(observe::size_of(&element))));
        let dispatch = self.dispatch.clone();
        self._watch = Some(SizeWatch::new(&element, move |size| {
            dispatch.emit(Intent::View(ViewIntent::Resized(size)));
        }));
        self.changes = Changes::ALL;
        ctx.link().send_message(Msg::Pointed);
    }
}
