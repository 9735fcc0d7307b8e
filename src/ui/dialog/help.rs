//! The sheet of all keys, made from the action table.

use yew::prelude::*;

use crate::app::action::{Menu, ACTIONS};
use crate::app::intent::{Intent, ShowIntent};
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::field::CheckField;
use crate::ui::frame::View;

/// Gestures of the pointer, which no table holds.
const POINTER: [(&str, &str); 9] = [
    ("Add a component", "Double-click an empty place"),
    ("Rename", "Double-click a component"),
    ("Select several", "Shift+click, or drag over an empty place"),
    ("Link", "Drag the + below a selected component"),
    ("Copy by dragging", "Alt+drag"),
    ("Keep evolution or visibility", "Shift while dragging"),
    ("Move the view", "Wheel, Space+drag, middle button"),
    ("Zoom", "Ctrl+wheel or two fingers"),
    ("Menu", "Right button or long press"),
];

/// The sheet.
pub(crate) fn help(view: &View<'_>) -> Html {
    let letters = view.app.letter_shortcuts();
    let wheel = view.app.wheel_zooms();
    html! {
        <Dialog title="Keyboard shortcuts" wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <div class="field-row">
                    <CheckField id="help-letters" label="Single-letter shortcuts on the map" checked={letters}
                        on_change={view.dispatch.reform(|on| Intent::Show(ShowIntent::LetterShortcuts(on)))} />
                    <CheckField id="help-wheel" label="The wheel zooms instead of moving the view" checked={wheel}
                        on_change={view.dispatch.reform(|on| Intent::Show(ShowIntent::WheelZooms(on)))} />
                </div>
                <div class="shortcut-groups">
                    { for Menu::ALL.into_iter().map(group) }
                    <section class="shortcut-group">
                        <h3>{ "With the pointer" }</h3>
                        <dl>
                            { for POINTER.iter().map(|(what, how)| html! {
                                <div class="shortcut-row"><dt>{ *what }</dt><dd><span>{ *how }</span></dd></div>
                            }) }
                        </dl>
                    </section>
                </div>
            </div>
        </Dialog>
    }
}

fn group(menu: Menu) -> Html {
    let rows: Vec<Html> = ACTIONS
        .iter()
        .filter(|action| action.menu == menu && !action.shortcuts.is_empty())
        .map(|action| html! {
            <div class="shortcut-row">
                <dt>{ action.label }</dt>
                <dd>{ for action.shortcuts.iter().map(|keys| html! { <kbd class="key">{ keys.words() }</kbd> }) }</dd>
            </div>
        })
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section class="shortcut-group">
            <h3>{ menu.label() }</h3>
            <dl>{ rows }</dl>
        </section>
    }
}
