//! The field itself: a plain text area whose letters are see-through, over lines that are painted with colours.
//!
//! The field is as large as its text and scrolls together with the painted lines, so the two cannot come apart. Holds
//! what is being typed until it is handed to the app a moment later; gives way to the app's text only when that has
//! changed otherwise than by typing.

use std::ops::Range;

use gloo::timers::callback::Timeout;
use web_sys::{HtmlElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, TextIntent};
use crate::app::text::complete::complete;
use crate::app::text::TextOrder;
use crate::diag::Diagnostic;
use crate::model::Document;
use crate::platform::dom::Listener;
use crate::platform::{clock, dom, MAP_ID, TEXT_ID};
use crate::ui::ptr::PtrEq;
use crate::ui::text::names::{self, Names};
use crate::ui::text::paint::{line_at, starts_of, Picture};

/// Milliseconds from a letter to the map: at least, at most, and how many times as long as the map needed last time.
const LEAST_DELAY: f64 = 120.0;
const MOST_DELAY: f64 = 1_500.0;
const DELAY_FACTOR: f64 = 3.0;
/// Milliseconds without a letter that end a step of the history.
const PAUSE: u32 = 1_500;
/// Lines painted beyond each end of the view, and the steps in which the window moves.
const BEYOND: usize = 40;
const STEP: usize = 20;
/// Lines kept free around what is brought into view.
const AIR: f64 = 2.0;

/// Properties of [`TextEditor`].
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    /// What the app shows.
    pub(super) text: AttrValue,
    /// Raised when it must be taken over.
    pub(super) version: u64,
    /// Where the caret belongs then, in bytes.
    pub(super) caret: usize,
    /// What to bring into view or to select.
    pub(super) order: TextOrder,
    /// Where the selected records stand.
    pub(super) marks: Vec<Range<usize>>,
    /// What there is to say.
    pub(super) diagnostics: PtrEq<[Diagnostic]>,
    /// For the names that are offered.
    pub(super) document: PtrEq<Document>,
    /// Nothing can be changed.
    pub(super) read_only: bool,
    /// Takes intents.
    pub(super) dispatch: Callback<Intent>,
}

pub(super) enum Msg {
    Input(InputEvent),
    BeforeInput(InputEvent),
    Flush,
    Pause,
    Scroll,
    Paint,
    Caret,
    Key(KeyboardEvent),
    /// Put the name with this number in the place of what was typed.
    Take(usize),
    Left,
}

/// The field and what is painted behind it.
pub(super) struct TextEditor {
    area: NodeRef,
    scroller: NodeRef,
    sheet: NodeRef,
    lines: NodeRef,
    text: AttrValue,
    starts: Vec<usize>,
    /// Widest line in columns.
    columns: usize,
    /// Typed and not yet handed on.
    pending: Option<Timeout>,
    pause: Option<Timeout>,
    composing: bool,
    sent_at: Option<f64>,
    cost: f64,
    version: Option<u64>,
    order: u64,
    caret: usize,
    /// First line that is painted, and the one behind the last.
    window: (usize, usize),
    names: Names,
    frame: NodeRef,
    _history: Option<Listener>,
}

impl Component for TextEditor {
    type Message = Msg;
    type Properties = EditorProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut editor = Self {
            area: NodeRef::default(),
            scroller: NodeRef::default(),
            sheet: NodeRef::default(),
            lines: NodeRef::default(),
            text: AttrValue::default(),
            starts: vec![0],
            columns: 0,
            pending: None,
            pause: None,
            composing: false,
            sent_at: None,
            cost: 0.0,
            version: None,
            order: 0,
            caret: 0,
            window: (0, 2 * BEYOND),
            names: Names::default(),
            frame: NodeRef::default(),
            _history: None,
        };
        editor.measure(ctx.props().text.clone());
        // A guess until it has been measured: a millisecond for each thousand bytes.
        editor.cost = editor.text.len() as f64 / 1_000.0;
        editor
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        if let Some(sent_at) = self.sent_at.take() {
            self.cost = clock::now_ms() - sent_at;
        }
        let props = ctx.props();
        if self.version != Some(props.version) && self.pending.is_none() && props.text != self.text {
            self.measure(props.text.clone());
            self.clamp_window();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Input(event) => {
                let Some(area) = self.area() else { return false };
                self.measure(AttrValue::from(area.value()));
                self.clamp_window();
                self.composing = event.is_composing();
                let is_letter = event.input_type() == "insertText" || event.input_type().starts_with("deleteContent");
                self.names = if is_letter { self.fitting_names(ctx) } else { Names::default() };
                self.wait(ctx);
                return true;
            }
            Msg::Take(number) => {
                self.take_name(ctx, number);
                return true;
            }
            Msg::BeforeInput(event) => {
                // The field's own history knows nothing of the map.
                let id = match event.input_type().as_str() {
                    "historyUndo" => ActionId::Undo,
                    "historyRedo" => ActionId::Redo,
                    _ => return false,
                };
                event.prevent_default();
                self.flush(ctx);
                ctx.props().dispatch.emit(Intent::Action(id));
            }
            Msg::Flush => {
                if self.composing {
                    // Half a letter of a script that is put together from several keys.
                    let link = ctx.link().clone();
                    self.pending = Some(Timeout::new(PAUSE, move || link.send_message(Msg::Flush)));
                    self.composing = false;
                } else {
                    self.flush(ctx);
                }
            }
            Msg::Pause => {
                self.pause = None;
                ctx.props().dispatch.emit(Intent::Text(TextIntent::Paused));
            }
            Msg::Scroll => {
                let closes = self.names.close();
                return self.follow_scroll() || closes;
            }
            Msg::Paint => return true,
            Msg::Caret => {
                let stays = self.names.line().is_none() || self.names.line() == Some(self.caret_line());
                self.tell_caret(ctx);
                return !stays && self.names.close();
            }
            Msg::Key(event) => return self.key(ctx, &event),
            Msg::Left => {
                self.composing = false;
                self.flush(ctx);
                return self.names.close();
            }
        }
        false
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        self.fit_sheet();
        let props = ctx.props();
        let Some(area) = self.area() else { return };
        if first {
            let before = ctx.link().callback(Msg::BeforeInput);
            self._history = Some(Listener::new(&area, "beforeinput", move |event| before.emit(event)));
        }
        if self.version != Some(props.version) && self.pending.is_none() {
            self.version = Some(props.version);
            if area.value() != self.text.as_str() {
                let caret = utf16_from_byte(&self.text, props.caret);
                area.set_value(&self.text);
                let _refused = area.set_selection_range(caret, caret);
                self.caret = props.caret;
            }
        }
        if self.order != props.order.serial {
            self.order = props.order.serial;
            self.obey(ctx, &area);
        }
        if let (Some(line), Some(frame), Some(scroller)) =
            (self.names.line(), self.frame.cast::<HtmlElement>(), self.scroller.cast::<HtmlElement>())
        {
            let top = line as f64 * self.line_height() - f64::from(scroller.scroll_top());
            names::place(top, self.line_height(), f64::from(frame.client_height()));
        }
        if self.follow_scroll() {
            ctx.link().send_message(Msg::Paint);
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (props, link) = (ctx.props(), ctx.link());
        let picture =
            Picture { text: &self.text, starts: &self.starts, marks: &props.marks, diagnostics: &props.diagnostics };
        let lines = picture.lines(self.window.0..self.window.1.min(self.starts.len()));
        let digits = self.starts.len().to_string().len().max(2);
        html! {
            <div class="text-frame" ref={self.frame.clone()}>
            <div class={classes!("text-scroller", format!("has-{}-digits", digits.min(6)))} ref={self.scroller.clone()}
                onscroll={link.callback(|_| Msg::Scroll)}>
                <div class="text-sheet" ref={self.sheet.clone()}>
                    <div class="text-lines" aria-hidden="true" ref={self.lines.clone()}>{ lines }</div>
                    <textarea class="text-field" id={TEXT_ID} ref={self.area.clone()} wrap="off" spellcheck="false"
                        autocomplete="off" autocapitalize="off" autocorrect="off" data-gramm="false"
                        aria-label="Text of the map in the language of OnlineWardleyMaps" aria-describedby="text-keys"
                        aria-autocomplete="list" aria-controls={self.names.is_open().then_some(names::LIST_ID)}
                        aria-activedescendant={self.names.active_id()} readonly={props.read_only}
                        oninput={link.callback(Msg::Input)}
                        onkeydown={link.callback(Msg::Key)} onkeyup={link.callback(|_| Msg::Caret)}
                        onclick={link.callback(|_| Msg::Caret)} onblur={link.callback(|_| Msg::Left)} />
                </div>
            </div>
            { self.names.view(&link.callback(Msg::Take)) }
            <p id="text-keys" class="visually-hidden">
                { "What you type is drawn on the map. Tab leaves the text, Escape goes to the map, F8 goes to the next remark." }
            </p>
            </div>
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.flush(ctx);
    }
}

impl TextEditor {
    fn area(&self) -> Option<HtmlTextAreaElement> {
        self.area.cast::<HtmlTextAreaElement>()
    }

    fn measure(&mut self, text: AttrValue) {
        self.starts = starts_of(&text);
        // Tabs and letters of other scripts may be wider than one column.
        let width = |line: &str| line.bytes().map(|b| if b == b'\t' { 8 } else { 1 }).sum::<usize>();
        self.columns = text.lines().map(width).max().unwrap_or(0);
        self.text = text;
    }

    fn clamp_window(&mut self) {
        let count = self.starts.len();
        if self.window.0 >= count || self.window.1 - self.window.0 < 2 * BEYOND {
            let first = self.window.0.min(count.saturating_sub(2 * BEYOND));
            self.window = (first, first + 2 * BEYOND);
        }
    }

    /// The sheet is as large as the text, with room for what is being typed.
    fn fit_sheet(&self) {
        if let Some(sheet) = self.sheet.cast::<HtmlElement>() {
            dom::style(&sheet, "block-size", &format!("calc({}lh)", self.rows()));
            dom::style(&sheet, "inline-size", &format!("calc({}ch + var(--gutter) + 1rem)", self.columns + 4));
        }
        if let Some(lines) = self.lines.cast::<HtmlElement>() {
            dom::style(&lines, "inset-block-start", &format!("calc({}lh)", self.window.0));
        }
        // The field must not scroll inside the sheet.
        if let Some(area) = self.area() {
            if area.scroll_top() != 0 {
                area.set_scroll_top(0);
            }
            if area.scroll_left() != 0 {
                area.set_scroll_left(0);
            }
        }
    }

    fn rows(&self) -> usize {
        self.starts.len() + 1
    }

    /// Height of a line, CSS pixels.
    fn line_height(&self) -> f64 {
        let height = self.sheet.cast::<HtmlElement>().map_or(0.0, |sheet| sheet.get_bounding_client_rect().height());
        (height / self.rows() as f64).max(1.0)
    }

    /// Moves the window of painted lines; whether it did.
    fn follow_scroll(&mut self) -> bool {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return false };
        let height = self.line_height();
        let first = (f64::from(scroller.scroll_top()) / height) as usize;
        let shown = (f64::from(scroller.client_height()) / height) as usize + 1;
        let from = first.saturating_sub(BEYOND) / STEP * STEP;
        let to = (first + shown + BEYOND).div_ceil(STEP) * STEP;
        std::mem::replace(&mut self.window, (from, to)) != (from, to)
    }

    fn scroll_to_line(&self, line: usize) {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else { return };
        let height = self.line_height();
        let (top, room) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        let (from, to) = ((line as f64 - AIR) * height, (line as f64 + 1.0 + AIR) * height);
        let wanted = if from < top {
            from
        } else if to > top + room {
            // What is far away comes to the middle.
            if to > top + 2.0 * room {
                to - room / 2.0
            } else {
                to - room
            }
        } else {
            return;
        };
        scroller.set_scroll_top(wanted.max(0.0) as i32);
    }

    /// Does what the app asks for.
    fn obey(&mut self, ctx: &Context<Self>, area: &HtmlTextAreaElement) {
        let order = &ctx.props().order;
        if order.select {
            dom::focus_in_place(area);
            let (from, to) =
                (utf16_from_byte(&self.text, order.show.start), utf16_from_byte(&self.text, order.show.end));
            let _refused = area.set_selection_range(from, to);
            // Known to the app already.
            self.caret = order.show.end;
        }
        self.scroll_to_line(line_at(&self.starts, order.show.start));
    }

    /// Hands on what was typed.
    fn flush(&mut self, ctx: &Context<Self>) {
        if self.pending.take().is_none() {
            return;
        }
        let caret = self.caret_byte();
        self.caret = caret;
        self.sent_at = Some(clock::now_ms());
        ctx.props().dispatch.emit(Intent::Text(TextIntent::Typed { text: self.text.to_string(), caret }));
        let link = ctx.link().clone();
        self.pause = Some(Timeout::new(PAUSE, move || link.send_message(Msg::Pause)));
    }

    fn caret_byte(&self) -> usize {
        let at = self.area().and_then(|area| area.selection_end().ok().flatten()).unwrap_or(0);
        byte_from_utf16(&self.text, at)
    }

    fn tell_caret(&mut self, ctx: &Context<Self>) {
        if self.pending.is_some() {
            return;
        }
        let caret = self.caret_byte();
        if std::mem::replace(&mut self.caret, caret) != caret {
            ctx.props().dispatch.emit(Intent::Text(TextIntent::Caret(caret)));
        }
    }

    /// Hands on what was typed when nobody types for a moment.
    fn wait(&mut self, ctx: &Context<Self>) {
        let delay = (self.cost * DELAY_FACTOR).clamp(LEAST_DELAY, MOST_DELAY);
        let link = ctx.link().clone();
        self.pending = Some(Timeout::new(delay as u32, move || link.send_message(Msg::Flush)));
        self.pause = None;
    }

    fn caret_line(&self) -> usize {
        line_at(&self.starts, self.caret_byte())
    }

    /// Names that fit what stands before the caret.
    fn fitting_names(&self, ctx: &Context<Self>) -> Names {
        let caret = self.caret_byte();
        let line = line_at(&self.starts, caret);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let rest = self.text.get(caret..).unwrap_or("");
        // In the middle of a word nothing is offered.
        if self.composing || !(rest.is_empty() || rest.starts_with(['\n', ' ', ';'])) {
            return Names::default();
        }
        let found = complete(&ctx.props().document, self.text.get(start..caret).unwrap_or(""));
        Names::new(found, line)
    }

    fn take_name(&mut self, ctx: &Context<Self>, number: usize) {
        let names = std::mem::take(&mut self.names);
        let (Some(area), Some((line, replaces, name))) = (self.area(), names.choice(number)) else { return };
        let start = self.starts.get(line).copied().unwrap_or(0);
        let (from, to) = (start + replaces.start, start + replaces.end);
        let (Some(before), Some(behind)) = (self.text.get(..from), self.text.get(to..)) else { return };
        let text = format!("{before}{name}{behind}");
        let caret = utf16_from_byte(&text, from + name.len());
        area.set_value(&text);
        let _refused = area.set_selection_range(caret, caret);
        self.measure(AttrValue::from(text));
        self.wait(ctx);
    }

    /// Whether something must be painted anew.
    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing());
        if self.names.is_open() && plain {
            match key.as_str() {
                "ArrowDown" | "ArrowUp" => self.names.walk(key == "ArrowDown"),
                "Enter" if self.names.active().is_some() => {
                    let number = self.names.active().unwrap_or(0);
                    self.take_name(ctx, number);
                }
                "Escape" => {
                    self.names.close();
                }
                _ => return false,
            }
            event.prevent_default();
            event.stop_propagation();
            return true;
        }
        let with_ctrl = event.ctrl_key() || event.meta_key();
        let history = match key.to_lowercase().as_str() {
            "z" if with_ctrl && !event.shift_key() => Some(ActionId::Undo),
            "z" | "y" if with_ctrl => Some(ActionId::Redo),
            _ => None,
        };
        if with_ctrl || event.alt_key() || (key.len() > 1 && key.starts_with('F')) {
            // Whatever follows counts for what was typed.
            self.flush(ctx);
        }
        match key.as_str() {
            _ if event.is_composing() => {}
            _ if history.is_some() => {
                event.prevent_default();
                event.stop_propagation();
                if let Some(id) = history {
                    ctx.props().dispatch.emit(Intent::Action(id));
                }
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                dom::focus_soon(MAP_ID);
            }
            "PageUp" | "PageDown" => {
                event.prevent_default();
                self.page(key == "PageDown", event.shift_key());
            }
            _ => {}
        }
        false
    }

    /// The field is as tall as the text, so the browser would take all of it for a page.
    fn page(&self, down: bool, select: bool) {
        let (Some(area), Some(scroller)) = (self.area(), self.scroller.cast::<HtmlElement>()) else { return };
        let rows = (f64::from(scroller.client_height()) / self.line_height()).max(2.0) as usize - 1;
        let (from, to) =
            (area.selection_start().ok().flatten().unwrap_or(0), area.selection_end().ok().flatten().unwrap_or(0));
        let backward = area.selection_direction().ok().flatten().as_deref() == Some("backward");
        let (still, moving) = if backward { (to, from) } else { (from, to) };
        let at = byte_from_utf16(&self.text, moving);
        let line = line_at(&self.starts, at);
        let column = at - self.starts.get(line).copied().unwrap_or(0);
        let target = if down { (line + rows).min(self.starts.len() - 1) } else { line.saturating_sub(rows) };
        let start = self.starts.get(target).copied().unwrap_or(0);
        let end = self.starts.get(target + 1).map_or(self.text.len(), |next| next - 1);
        let moved = utf16_from_byte(&self.text, (start + column).min(end));
        let _refused = if select {
            let direction = if moved < still { "backward" } else { "forward" };
            area.set_selection_range_with_direction(moved.min(still), moved.max(still), direction)
        } else {
            area.set_selection_range(moved, moved)
        };
        self.scroll_to_line(target);
    }
}

/// Browsers count in units of UTF-16.
fn utf16_from_byte(text: &str, at: usize) -> u32 {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let units = text.get(..at).map_or(0, |before| before.encode_utf16().count());
    u32::try_from(units).unwrap_or(u32::MAX)
}

fn byte_from_utf16(text: &str, at: u32) -> usize {
    let mut left = at as usize;
    for (byte, character) in text.char_indices() {
        if left == 0 {
            return byte;
        }
        left = left.saturating_sub(character.len_utf16());
    }
    text.len()
}
