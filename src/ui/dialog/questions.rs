//! Questions before something is lost, and files that could not be opened.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{FileIntent, Intent, ReadFile};
use crate::app::state::TextFormat;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// There are changes that are in no file.
pub(crate) fn unsaved(view: &View<'_>) -> Html {
    html! {
        <Dialog title="Save your changes first?" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ format!("“{}” has changes that are in no file. If you go on without saving, they stay only in this browser, under “Recent maps”.", view.app.title()) }</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true
                    onclick={view.on(Intent::File(FileIntent::SaveThenContinue))}>
                    { icon(Icon::Save) }{ "Save to a file" }
                </button>
                <button type="button" class="button is-danger" onclick={view.on(Intent::File(FileIntent::ContinueWithoutSaving))}>
                    { "Go on without saving" }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Stay here" }</button>
            </div>
        </Dialog>
    }
}

/// Somebody else has changed the file since it was opened.
pub(crate) fn file_changed(view: &View<'_>, theirs: &ReadFile) -> Html {
    html! {
        <Dialog title="The file was changed by somebody else" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ format!("“{}” holds something else than when you opened it here. Nothing was written yet. \
                              If you overwrite it, what others changed is gone.", theirs.name) }</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true
                    onclick={view.on(Intent::Action(ActionId::SaveAs))}>
                    { icon(Icon::Save) }{ "Save under another name" }
                </button>
                <button type="button" class="button" onclick={view.on(Intent::File(FileIntent::ShowTheirs))}>
                    { "Show the difference" }
                </button>
                <button type="button" class="button is-danger" onclick={view.on(Intent::File(FileIntent::Overwrite))}>
                    { "Overwrite" }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Stop" }</button>
            </div>
        </Dialog>
    }
}

/// A file could not be opened.
pub(crate) fn cannot_open(view: &View<'_>, message: &str) -> Html {
    html! {
        <Dialog title="This could not be opened" on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ message.to_owned() }</p>
                <p>{ "Your map is as it was." }</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true
                    onclick={view.on(Intent::Action(ActionId::Open))}>
                    { icon(Icon::Open) }{ "Open another file" }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

/// What an export as text leaves out or others read differently, before it is saved.
pub(crate) fn losses(view: &View<'_>, as_what: TextFormat, losses: &[String]) -> Html {
    let (title, lead) = match as_what {
        TextFormat::Owm => ("Map text cannot carry all of this map", "What others will miss or read differently:"),
        TextFormat::Mermaid => ("Mermaid cannot carry all of this map", "The exported text will be without:"),
    };
    html! {
        <Dialog {title} on_close={view.on(close_intent())}>
            <div class="dialog-body">
                <p>{ lead }</p>
                <ul class="sentences">{ for losses.iter().map(|loss| html! { <li>{ loss }</li> }) }</ul>
                <p>{ "Your map here stays as it is." }</p>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true
                    onclick={view.on(Intent::File(FileIntent::ExportText(as_what)))}>
                    { icon(Icon::Save) }{ "Export all the same" }
                </button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Stop" }</button>
            </div>
        </Dialog>
    }
}
