//! Dialogs: the browser's own modal dialog keeps the focus inside and closes with Escape.

mod chooser;
mod guide;
mod help;
mod import;
pub(crate) mod kept;
mod link;
mod picture;
mod preview;
pub(crate) mod print;
mod questions;
mod samples;
mod send;
mod settings;
mod support;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::app::intent::{Intent, ShowIntent};
use crate::app::state::DialogKind;
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};

/// The open dialog, if there is one.
pub(crate) fn dialogs(view: &View<'_>) -> Html {
    match view.app.dialog() {
        None => Html::default(),
        Some(DialogKind::Help) => help::help(view),
        Some(DialogKind::Palette) => chooser::palette(view),
        Some(DialogKind::Find) => chooser::find(view),
        Some(DialogKind::LinkTo(from)) => chooser::link_to(view, *from),
        Some(DialogKind::Pick(pick)) => chooser::pick(view, *pick),
        Some(DialogKind::LabelPlace) => settings::label_place(view),
        Some(DialogKind::MapSettings) => settings::settings(view),
        Some(DialogKind::Samples) => samples::samples(view),
        Some(DialogKind::Send) => send::send(view),
        Some(DialogKind::Versions) => kept::versions(view),
        Some(DialogKind::Recent { forgetting }) => kept::recent(view, forgetting.as_deref()),
        Some(DialogKind::FileChanged(theirs)) => questions::file_changed(view, theirs),
        Some(DialogKind::UnsavedChanges(_)) => questions::unsaved(view),
        Some(DialogKind::ExportLosses(as_what, losses)) => questions::losses(view, *as_what, losses),
        Some(DialogKind::Picture) => picture::picture(view),
        Some(DialogKind::Print) => print::print(view),
        Some(DialogKind::Link) => link::link(view),
        Some(DialogKind::CannotOpen { message }) => questions::cannot_open(view, message),
        Some(DialogKind::Import) => import::import(view),
        Some(DialogKind::SupportDates) => support::support(view),
        Some(DialogKind::Guide(step)) => guide::guide(view, *step),
    }
}

/// What closes a dialog.
pub(crate) fn close_intent() -> Intent {
    Intent::Show(ShowIntent::Dialog(None))
}

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    /// Heading.
    pub(crate) title: AttrValue,
    /// Wider than usual.
    #[prop_or_default]
    pub(crate) wide: bool,
    /// Called when it wants to be closed.
    pub(crate) on_close: Callback<()>,
    /// Content.
    pub(crate) children: Html,
}

/// A modal dialog with a heading and a button that closes it.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let element = use_node_ref();
    use_effect_with((), {
        let element = element.clone();
        move |()| {
            if let Some(dialog) = element.cast::<HtmlDialogElement>() {
                let _already_open = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = element.cast::<HtmlDialogElement>() {
                    dialog.close();
                }
            }
        }
    });
    let oncancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            // The app closes it, so that both always agree.
            event.prevent_default();
            on_close.emit(());
        })
    };
    html! {
        <dialog ref={element} class={classes!("dialog", props.wide.then_some("is-wide"))} aria-labelledby="dialog-title" {oncancel}>
            <div class="dialog-head">
                <h2 id="dialog-title">{ &props.title }</h2>
                <button type="button" class="icon-button" aria-label="Close" data-tip="Close"
                    onclick={props.on_close.reform(|_: MouseEvent| ())}>{ icon(Icon::Close) }</button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
