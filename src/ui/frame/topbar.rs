//! The bar on top: menu, title, whether the work is safe, undo and redo, find, help.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::Intent;
use crate::app::state::SaveState;
use crate::edit::Command;
use crate::model::Settings;
use crate::ui::field::TitleField;
use crate::ui::frame::menu::MainMenu;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// The bar.
pub(crate) fn topbar(view: &View<'_>) -> Html {
    let disabled: Vec<ActionId> =
        crate::app::action::ACTIONS.iter().map(|row| row.id).filter(|id| !view.app.is_enabled(*id)).collect();
    html! {
        <header class="topbar">
            <MainMenu {disabled} dispatch={view.dispatch.clone()} keys={view.keys.clone()} />
            { title(view) }
            { save_state(view) }
            <span class="topbar-spring"></span>
            <div class="topbar-group">
                { view.icon_button(ActionId::Undo, Icon::Undo) }
                { view.icon_button(ActionId::Redo, Icon::Redo) }
            </div>
            <span class="topbar-divider"></span>
            <div class="topbar-group">
                { view.icon_button(ActionId::Find, Icon::Find) }
                { view.icon_button(ActionId::Help, Icon::Help) }
                { sheet_button(view) }
            </div>
        </header>
    }
}

fn title(view: &View<'_>) -> Html {
    let settings = std::rc::Rc::clone(&view.app.document().settings);
    let value = settings.title.clone();
    let on_commit = view.dispatch.reform(move |title: String| {
        Intent::Edit(Command::ChangeSettings(Box::new(Settings { title, ..Settings::clone(&settings) })))
    });
    html! {
        <h1 class="document-title">
            <TitleField {value} disabled={view.app.file_state().read_only} {on_commit} />
        </h1>
    }
}

/// Whether the work is safe, in words.
fn save_state(view: &View<'_>) -> Html {
    let saved = &view.app.file_state().saved;
    let class = match saved {
        SaveState::SavedToFile { .. } => "save-state is-saved",
        SaveState::OnlyInBrowser => "save-state is-browser-only",
        SaveState::BrowserRefuses { .. } => "save-state is-failing",
        SaveState::Untouched | SaveState::NotSaved => "save-state",
    };
    html! {
        <>
            <p class={class} id="save-state">
                <span class="save-dot" aria-hidden="true"></span>
                if view.app.is_mirror() {
                    <span>{ "View only: open in another tab" }</span>
                } else {
                    <span>{ view.app.save_words() }</span>
                }
            </p>
            if view.app.is_enabled(ActionId::Save) && view.app.has_unsaved_changes() {
                <button type="button" class="button is-small" data-tip="Save to a file" data-keys="Ctrl+S"
                    onclick={view.on(Intent::Action(ActionId::Save))}>
                    { icon(Icon::Save) }{ "Save" }
                </button>
            }
        </>
    }
}

/// On narrow screens the side panel comes and goes.
fn sheet_button(view: &View<'_>) -> Html {
    let open = !view.local.sheet;
    html! {
        <button type="button" class="icon-button sheet-toggle" aria-label="Details" data-tip="Details"
            aria-expanded={view.local.sheet.to_string()} onclick={view.set_sheet.reform(move |_| open)}>
            { icon(Icon::Details) }
        </button>
    }
}
