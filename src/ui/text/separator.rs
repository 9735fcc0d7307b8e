//! The line between text and map: dragged, or moved by arrow keys; Enter hides the text.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, TextIntent};
use crate::app::text::{NARROWEST, USUAL_WIDTH, WIDEST};
use crate::platform::dom;
use crate::ui::text::PANE_ID;

/// CSS pixels of one press of an arrow key.
const STEP: u16 = 24;

/// Properties of [`Separator`].
#[derive(Properties, PartialEq)]
pub(super) struct SeparatorProps {
    /// Width of the pane, CSS pixels.
    pub(super) width: u16,
    /// Takes intents.
    pub(super) dispatch: Callback<Intent>,
}

/// While it is dragged, the pane's width is set straight away; the app hears of it at the end.
pub(super) struct Separator {
    /// Where the drag began, the width then, and the width now.
    drag: Option<(i32, u16, u16)>,
}

pub(super) enum Msg {
    Down(PointerEvent),
    Move(PointerEvent),
    Up,
    Key(KeyboardEvent),
    Reset,
}

fn show(width: u16) {
    if let Some(pane) = dom::by_id(PANE_ID) {
        dom::style(&pane, "inline-size", &format!("{width}px"));
    }
}

impl Component for Separator {
    type Message = Msg;
    type Properties = SeparatorProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { drag: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        let wanted = match msg {
            Msg::Down(event) if event.button() == 0 => {
                if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                    let _refused = element.set_pointer_capture(event.pointer_id());
                }
                self.drag = Some((event.client_x(), props.width, props.width));
                return false;
            }
            Msg::Move(event) => {
                if let Some((from, width, now)) = &mut self.drag {
                    let wide = i32::from(*width) + event.client_x() - *from;
                    *now = u16::try_from(wide.max(0)).unwrap_or(WIDEST).clamp(NARROWEST, WIDEST);
                    show(*now);
                }
                return false;
            }
            Msg::Up => match self.drag.take() {
                Some((_, width, now)) if width != now => now,
                _ => return false,
            },
            Msg::Key(event) => {
                let width = match event.key().as_str() {
                    "ArrowLeft" => props.width.saturating_sub(STEP),
                    "ArrowRight" => props.width.saturating_add(STEP),
                    "Home" => NARROWEST,
                    "End" => WIDEST,
                    "Enter" => {
                        event.prevent_default();
                        props.dispatch.emit(Intent::Action(ActionId::ToggleText));
                        return false;
                    }
                    _ => return false,
                };
                event.prevent_default();
                width
            }
            Msg::Reset => USUAL_WIDTH,
            Msg::Down(_) => return false,
        };
        props.dispatch.emit(Intent::Text(TextIntent::Width(wanted)));
        false
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        show(ctx.props().width);
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        html! {
            <div class="text-separator" role="separator" tabindex="0" aria-orientation="vertical"
                aria-label="Width of the text" aria-controls={PANE_ID} aria-valuenow={ctx.props().width.to_string()}
                aria-valuemin={NARROWEST.to_string()} aria-valuemax={WIDEST.to_string()}
                aria-valuetext={format!("{} pixels", ctx.props().width)}
                onpointerdown={link.callback(Msg::Down)} onpointermove={link.callback(Msg::Move)}
                onpointerup={link.callback(|_| Msg::Up)} onpointercancel={link.callback(|_| Msg::Up)}
                ondblclick={link.callback(|_| Msg::Reset)} onkeydown={link.callback(Msg::Key)}>
            </div>
        }
    }
}
