//! The bar at the bottom: what was just done with a way back, and what the pointer is over.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::SidePanel;
use crate::diag::Severity;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::map_view::POINTED_ID;

/// The bar. Screen readers hear the message through the live regions, so it is not one itself.
pub(crate) fn statusbar(view: &View<'_>) -> Html {
    let problems = view.app.file_state().diagnostics.iter().filter(|d| d.severity != Severity::Notice).count();
    html! {
        <footer class="statusbar">
            <div class="status-message">
                if let Some(status) = view.app.status() {
                    if status.is_error { { icon(Icon::Error) } }
                    <span>{ &status.text }</span>
                    if status.can_undo && view.app.undo_label().is_some() {
                        <button type="button" class="link-button" onclick={view.on(Intent::Action(ActionId::Undo))}>
                            { "Undo" }
                        </button>
                    }
                }
            </div>
            <span id={POINTED_ID} class="status-fact is-optional pointed-at"></span>
            if problems > 0 {
                <button type="button" class="link-button status-fact"
                    onclick={view.on(Intent::Show(ShowIntent::Side(Some(SidePanel::Problems))))}>
                    { if problems == 1 { "1 problem in the file".to_owned() } else { format!("{problems} problems in the file") } }
                </button>
            }
        </footer>
    }
}
