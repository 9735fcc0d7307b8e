//! What can be done with the selection by clicking alone: a bar over the map, and the menu of the right button.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::describe;
use crate::app::intent::Intent;
use crate::app::state::{Preview, ToolKind};
use crate::geom::Point;
use crate::model::AnyRecordId;
use crate::ui::frame::menu::{FloatingMenu, Row};
use crate::ui::frame::{aria_keys, words_of, View};
use crate::ui::icon::{icon, Icon};

/// The bar, at the bottom left while something is selected.
pub(crate) fn selection_bar(view: &View<'_>) -> Html {
    let selection = view.app.selection();
    if selection.is_empty()
        || view.app.comparing().is_some()
        || view.app.tool() != ToolKind::Select
        || *view.app.preview() != Preview::None
        || view.app.label_edit().is_some()
    {
        return Html::default();
    }
    let name = match selection.iter().collect::<Vec<_>>().as_slice() {
        [AnyRecordId::Component(id)] => describe::name_of(view.app, *id),
        [AnyRecordId::Link(_)] => "Link".to_owned(),
        [_] => "Element".to_owned(),
        all => format!("{} selected", all.len()),
    };
    html! {
        <div class="selection-bar" role="toolbar" aria-label={format!("Selection: {name}")}>
            { button(view, ActionId::Rename, Icon::Rename, "Rename") }
            { button(view, ActionId::MoveTo, Icon::Move, "Move…") }
            { button(view, ActionId::LinkTo, Icon::Link, "Link to…") }
            { button(view, ActionId::EvolveForward, Icon::Evolve, "Evolve") }
            { button(view, ActionId::ReverseLink, Icon::Redo, "Turn round") }
            { button(view, ActionId::Duplicate, Icon::Duplicate, "Duplicate") }
            { button(view, ActionId::Delete, Icon::Delete, "Delete") }
            { more(view) }
        </div>
    }
}

/// The menu of the selection without a right button. It opens below the bar.
fn more(view: &View<'_>) -> Html {
    let set_menu = view.set_menu.clone();
    let at = Point::new(view.app.viewport().width, 56.0);
    html! {
        <button type="button" class="icon-button" aria-label="More for the selection" aria-haspopup="menu"
            data-tip="More" data-keys="Shift+F10" onclick={Callback::from(move |_: MouseEvent| set_menu.emit(Some(at)))}>
            { icon(Icon::More) }
        </button>
    }
}

fn button(view: &View<'_>, id: ActionId, sign: Icon, words: &'static str) -> Html {
    if !view.app.is_enabled(id) {
        return Html::default();
    }
    let (label, keys) = words_of(id);
    html! {
        <button type="button" class="icon-button" data-tip={label} data-keys={keys.clone()}
            aria-keyshortcuts={aria_keys(&keys)} onclick={view.on(Intent::Action(id))}>
            { icon(sign) }<span>{ words }</span>
        </button>
    }
}

/// Rows of the menu by what is selected.
const SOMETHING: [ActionId; 20] = [
    ActionId::Rename,
    ActionId::LinkTo,
    ActionId::AddLinkedBelow,
    ActionId::AddLinkedAbove,
    ActionId::MoveTo,
    ActionId::EvolveForward,
    ActionId::RemoveEvolve,
    ActionId::ToggleInertia,
    ActionId::AddPipeline,
    ActionId::AddVariant,
    ActionId::ReverseLink,
    ActionId::PlaceLabel,
    ActionId::AddAnnotationPlace,
    ActionId::AddArea,
    ActionId::Lock,
    ActionId::Hide,
    ActionId::Cut,
    ActionId::Copy,
    ActionId::Duplicate,
    ActionId::Delete,
];
const NOTHING: [ActionId; 7] = [
    ActionId::AddComponent,
    ActionId::AddAnchor,
    ActionId::AddNote,
    ActionId::Paste,
    ActionId::SelectAll,
    ActionId::FitAll,
    ActionId::MapSettings,
];

/// The menu of the right button, a long press or the menu key.
pub(crate) fn context_menu(view: &View<'_>) -> Html {
    let Some(at) = view.local.menu_at else { return Html::default() };
    let ids: &[ActionId] = if view.app.selection().is_empty() { &NOTHING } else { &SOMETHING };
    let rows: Vec<Row> =
        ids.iter().filter(|id| view.app.is_enabled(**id)).map(|id| Row { id: *id, enabled: true }).collect();
    html! {
        <FloatingMenu x={at.x} y={at.y} {rows} dispatch={view.dispatch.clone()} on_close={view.set_menu.reform(|()| None)} />
    }
}
