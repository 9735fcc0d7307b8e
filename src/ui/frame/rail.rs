//! The tools, with words; the rarer ones behind “More”.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::{ToolKind, ViewTab};
use crate::model::AttitudeKind;
use crate::platform::dom;
use crate::ui::frame::menu::{leaves, row, step, step_of_key, Row};
use crate::ui::frame::{words_of, View};
use crate::ui::icon::{icon, Icon};

/// Tools behind “More”, with the action that says what each does.
const MORE: [(ActionId, ToolKind); 10] = [
    (ActionId::AddAnnotation, ToolKind::Annotation),
    (ActionId::AddPipeline, ToolKind::Pipeline),
    (ActionId::MarkArea, ToolKind::Interest),
    (ActionId::AddAccelerator, ToolKind::Accelerator),
    (ActionId::AddDeaccelerator, ToolKind::Deaccelerator),
    (ActionId::AddPioneers, ToolKind::Attitude(AttitudeKind::Pioneers)),
    (ActionId::AddSettlers, ToolKind::Attitude(AttitudeKind::Settlers)),
    (ActionId::AddTownPlanners, ToolKind::Attitude(AttitudeKind::TownPlanners)),
    (ActionId::SelectArea, ToolKind::Area),
    (ActionId::Laser, ToolKind::Laser),
];
/// Id of the button “More”.
const MORE_ID: &str = "more-tools";

/// The rail. Tools stay in hand until Escape; the rest acts at once.
pub(crate) fn rail(view: &View<'_>) -> Html {
    let on_map = view.app.tab() == ViewTab::Map;
    html! {
        <nav class="rail" aria-label="Tools">
            { tool(view, ToolKind::Select, Icon::Select, "Select", "Select and move") }
            { tool(view, ToolKind::Hand, Icon::Hand, "Pan", "Move the view") }
            <hr class="rail-divider" />
            { tool(view, ToolKind::Component, Icon::Component, "Add", "Add a component: click where it stands") }
            { tool(view, ToolKind::Anchor, Icon::Anchor, "User", "Add a user: click where they stand") }
            { tool(view, ToolKind::Link, Icon::Link, "Link", "Link: click a component, then what it needs") }
            { tool(view, ToolKind::Note, Icon::Note, "Note", "Add a note: click where it stands") }
            <MoreTools tool={view.app.tool()} disabled={!on_map} read_only={view.app.file_state().read_only}
                dispatch={view.dispatch.clone()} />
            <hr class="rail-divider" />
            { risk_marks(view) }
        </nav>
    }
}

fn tool(view: &View<'_>, kind: ToolKind, sign: Icon, words: &'static str, tip: &'static str) -> Html {
    let pressed = view.app.tool() == kind;
    let places = !matches!(kind, ToolKind::Select | ToolKind::Hand | ToolKind::Link);
    let on_map = view.app.tab() == ViewTab::Map || (view.app.in_dependencies() && !places);
    let changes = !matches!(kind, ToolKind::Select | ToolKind::Hand);
    let keys = match kind {
        ToolKind::Select => words_of(ActionId::SelectTool).1,
        ToolKind::Hand => words_of(ActionId::HandTool).1,
        ToolKind::Component => words_of(ActionId::AddComponent).1,
        ToolKind::Anchor => words_of(ActionId::AddAnchor).1,
        ToolKind::Link => words_of(ActionId::LinkTo).1,
        ToolKind::Note => words_of(ActionId::AddNote).1,
        _ => None,
    };
    // A second click on a tool puts it down again.
    let next = if pressed { ToolKind::Select } else { kind };
    html! {
        <button type="button" class="rail-button" aria-pressed={pressed.to_string()} data-tip={tip} data-keys={keys}
            data-tip-side="right" disabled={!on_map || (changes && view.app.file_state().read_only)}
            onclick={view.on(Intent::Show(ShowIntent::Tool(next)))}>
            { icon(sign) }
            <span>{ words }</span>
        </button>
    }
}

fn risk_marks(view: &View<'_>) -> Html {
    let on = view.app.risk_marks();
    html! {
        <button type="button" class="rail-button" aria-pressed={on.to_string()} data-tip="Risk marks on the map"
            data-tip-side="right" onclick={view.on(Intent::Show(ShowIntent::RiskMarks(!on)))}>
            { icon(Icon::Warning) }
            <span>{ "Risk" }</span>
        </button>
    }
}

/// Properties of [`MoreTools`].
#[derive(Properties, PartialEq)]
struct MoreToolsProps {
    /// The tool in hand.
    tool: ToolKind,
    /// The map is not shown.
    disabled: bool,
    /// Nothing can be changed.
    read_only: bool,
    /// Takes intents.
    dispatch: Callback<Intent>,
}

/// The button with the menu of the rarer tools beside it.
#[component]
fn MoreTools(props: &MoreToolsProps) -> Html {
    let open = use_state(|| false);
    let (root, menu) = (use_node_ref(), use_node_ref());
    use_effect_with(*open, {
        let (root, menu) = (root.clone(), menu.clone());
        move |open| {
            if *open {
                place(&root, &menu);
                step(&menu, i32::MIN);
            }
        }
    });
    let on_choose = {
        let (open, dispatch) = (open.clone(), props.dispatch.clone());
        Callback::from(move |id: ActionId| {
            open.set(false);
            if let Some((_, tool)) = MORE.iter().find(|(action, _)| *action == id) {
                // The map takes the keyboard: Enter puts the thing in the middle of what is seen.
                if let Some(map) = dom::by_id(crate::platform::MAP_ID) {
                    dom::focus_in_place(&map);
                }
                dispatch.emit(Intent::Show(ShowIntent::Tool(*tool)));
            }
        })
    };
    let onfocusout = {
        let (root, open) = (root.clone(), open.clone());
        Callback::from(move |event: FocusEvent| {
            if leaves(&root, &event) {
                open.set(false);
            }
        })
    };
    let onkeydown = {
        let (menu, open) = (menu.clone(), open.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Escape" | "ArrowLeft" => {
                    open.set(false);
                    dom::focus_soon(MORE_ID);
                }
                key => match step_of_key(key) {
                    Some(by) => step(&menu, by),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let in_hand = MORE.iter().any(|(_, tool)| *tool == props.tool);
    html! {
        <div class="rail-more" ref={root} {onfocusout}>
            <button type="button" id={MORE_ID} class={classes!("rail-button", in_hand.then_some("is-on"))}
                aria-haspopup="menu" aria-expanded={open.to_string()} disabled={props.disabled} onclick={toggle}
                data-tip="Remarks, pipelines, areas, forces" data-tip-side="right">
                { icon(Icon::Plus) }
                <span>{ "More" }</span>
            </button>
            if *open {
                <div class="menu is-floating" role="menu" aria-label="More tools" ref={menu} {onkeydown}>
                    { for MORE.iter().map(|(id, tool)| {
                        row(Row { id: *id, enabled: !props.read_only || matches!(tool, ToolKind::Area | ToolKind::Laser) }, &on_choose)
                    }) }
                </div>
            }
        </div>
    }
}

/// Beside the button, inside the window.
fn place(root: &NodeRef, menu: &NodeRef) {
    let (Some(root), Some(menu)) = (root.cast::<HtmlElement>(), menu.cast::<HtmlElement>()) else { return };
    let near = root.get_bounding_client_rect();
    let (width, height) = dom::document()
        .and_then(|document| document.document_element())
        .map_or((0.0, 0.0), |page| (f64::from(page.client_width()), f64::from(page.client_height())));
    let left = (near.right() + 4.0).min(width - f64::from(menu.offset_width()) - 4.0).max(0.0);
    let top = near.top().min(height - f64::from(menu.offset_height()) - 4.0).max(0.0);
    dom::style(&menu, "inset", &format!("{top:.0}px auto auto {left:.0}px"));
}
