//! The text beside the map: its field, what there is to say about it, and the separator that makes it wider.

mod editor;
mod names;
mod paint;
mod remarks;
mod separator;

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, TextIntent};
use crate::ui::frame::{aria_keys, words_of, View};
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;
use crate::ui::text::editor::TextEditor;
use crate::ui::text::remarks::Remarks;
use crate::ui::text::separator::Separator;

/// Id of the whole pane.
const PANE_ID: &str = "text-pane";

/// The pane, when it is open.
pub(crate) fn pane(view: &View<'_>) -> Html {
    let pane = view.app.text_pane();
    if !pane.is_open() {
        return Html::default();
    }
    let (_, keys) = words_of(ActionId::ToggleText);
    html! {
        <section class="text-pane" id={PANE_ID} aria-label="Text of the map">
            <div class="text-head">
                <h2 class="text-title">{ "Text" }</h2>
                <span class="text-language">{ "OnlineWardleyMaps" }</span>
                <button type="button" class="icon-button is-small" aria-label="Copy the map text" data-tip="Copy all of it"
                    disabled={!view.app.is_enabled(ActionId::CopyText)} onclick={view.on(Intent::Action(ActionId::CopyText))}>
                    { icon(Icon::Duplicate) }
                </button>
                <button type="button" class="icon-button is-small" aria-label="Hide the text" data-tip="Hide the text"
                    data-keys={keys.clone()} aria-keyshortcuts={aria_keys(&keys)}
                    onclick={view.on(Intent::Action(ActionId::ToggleText))}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <TextEditor
                text={AttrValue::from(std::rc::Rc::clone(pane.text()))}
                version={pane.version()}
                caret={pane.caret()}
                order={pane.order().clone()}
                marks={view.app.text_marks()}
                diagnostics={PtrEq::from(pane.diagnostics())}
                document={PtrEq::from(view.app.document())}
                read_only={view.app.file_state().read_only}
                dispatch={view.dispatch.clone()} />
            { waiting(view) }
            <Remarks diagnostics={PtrEq::from(pane.diagnostics())} read_only={view.app.file_state().read_only}
                is_empty={pane.text().is_empty()} dispatch={view.dispatch.clone()} />
            <Separator width={pane.width()} dispatch={view.dispatch.clone()} />
        </section>
    }
}

/// Why the map does not show what was typed.
fn waiting(view: &View<'_>) -> Html {
    let line = view.app.text_pane().waits_for();
    html! {
        <div class="text-waiting" role="status">
            if let Some(line) = line {
                <p>
                    { icon(Icon::Warning) }
                    <span>{ format!("Line {line} cannot be read, so the map stays as it was. What you typed is kept.") }</span>
                </p>
                <button type="button" class="button is-small" onclick={view.on(Intent::Text(TextIntent::TakeAsIs))}>
                    { "Use the text as it is" }
                </button>
            }
        </div>
    }
}
