//! The first screen: the axes are drawn already, one sentence, a few ways to begin.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::Intent;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// The sentence and the buttons over the empty map; a double click still reaches the map.
pub(crate) fn first_screen(view: &View<'_>) -> Html {
    let disabled = view.app.file_state().read_only;
    html! {
        <div class="first-screen">
            <div class="first-card">
            <p class="first-sentence">
                <strong>{ "Who needs this?" }</strong>
                { "Double-click to add them." }
            </p>
            <div class="first-actions">
                <button type="button" class="button is-primary" {disabled} onclick={view.on(Intent::Action(ActionId::Guide))}>
                    { icon(Icon::Guide) }{ "Start from a user need" }
                </button>
                <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::Open))}>
                    { icon(Icon::Open) }{ "Open a file" }
                </button>
                <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::OpenSample))}>
                    { icon(Icon::Map) }{ "See an example" }
                </button>
                if !view.app.text_pane().is_open() {
                    <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::ToggleText))}>
                        { icon(Icon::Text) }{ "Type map text" }
                    </button>
                }
            </div>
            <p class="first-note">
                { "Maps stay on this computer. Nothing is sent anywhere." }
            </p>
            </div>
        </div>
    }
}
