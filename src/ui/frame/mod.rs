//! The frame of the screen: bar, tools, tabs, map, side panel, status.
//!
//! Plain functions from the app's state to markup; components are used where something has a state of its own.

mod menu;
mod rail;
mod selection;
mod stage;
mod status;
mod topbar;

use yew::prelude::*;

use crate::app::action::{action, ActionId};
use crate::app::intent::Intent;
use crate::app::App;
use crate::geom::{Point, Screen};
use crate::platform::held::HeldKeys;
use crate::ui::app::Local;
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;
use crate::ui::{dialog, panel};

/// What the functions of the frame read.
pub(crate) struct View<'a> {
    /// The app.
    pub(crate) app: &'a App,
    /// Takes intents. The same callback for the whole life of the page.
    pub(crate) dispatch: &'a Callback<Intent>,
    /// What only the screen knows.
    pub(crate) local: &'a Local,
    /// Keys that wait for what they are meant for.
    pub(crate) keys: PtrEq<HeldKeys>,
    /// The map's element.
    pub(crate) map_ref: &'a NodeRef,
    /// Opens or closes the menu of the selection.
    pub(crate) set_menu: Callback<Option<Point<Screen>>>,
    /// Opens or closes the sheet of narrow screens.
    pub(crate) set_sheet: Callback<bool>,
}

impl View<'_> {
    /// A callback that sends one intent, whatever the event.
    pub(crate) fn on<E: 'static>(&self, intent: Intent) -> Callback<E> {
        self.dispatch.reform(move |_: E| intent.clone())
    }

    /// A button with an icon for an action: name, tooltip and whether it can be pressed come from the table.
    pub(crate) fn icon_button(&self, id: ActionId, sign: Icon) -> Html {
        let (label, keys) = words_of(id);
        html! {
            <button type="button" class="icon-button" aria-label={label} data-tip={label} data-keys={keys.clone()}
                aria-keyshortcuts={aria_keys(&keys)} disabled={!self.app.is_enabled(id)}
                onclick={self.on(Intent::Action(id))}>
                { icon(sign) }
            </button>
        }
    }
}

/// Label of an action, and its first shortcut in words.
pub(crate) fn words_of(id: ActionId) -> (&'static str, Option<AttrValue>) {
    let Some(row) = action(id) else { return ("", None) };
    (row.label, row.shortcuts.first().map(|shortcut| AttrValue::from(shortcut.words())))
}

/// "Ctrl+Z" as `aria-keyshortcuts` wants it.
pub(crate) fn aria_keys(keys: &Option<AttrValue>) -> Option<AttrValue> {
    keys.as_ref().map(|keys| AttrValue::from(keys.replace("Ctrl", "Control")))
}

/// The whole page.
pub(crate) fn page(view: &View<'_>) -> Html {
    html! {
        <div class={classes!("app", view.app.shown().only_view.then_some("is-only-view"))}>
            <a class="skip-link" href="#map" onclick={skip()}>{ "Skip to the map" }</a>
            { topbar::topbar(view) }
            { rail::rail(view) }
            { crate::ui::text::pane(view) }
            { stage::stage(view) }
            { panel::side(view) }
            { status::statusbar(view) }
            { dialog::dialogs(view) }
            { dialog::print::sheet(view) }
        </div>
    }
}

fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        crate::platform::dom::focus_soon(crate::platform::MAP_ID);
    })
}
