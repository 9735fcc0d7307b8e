//! What this browser keeps: versions of the map in hand, and all maps.

use yew::prelude::*;

use crate::app::describe::count;
use crate::app::intent::Intent;
use crate::app::kept::{Head, KeepIntent, Promise, Viewed};
use crate::platform::clock;
use crate::ui::dialog::{close_intent, Dialog};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::ptr::PtrEq;

fn on<E: 'static>(view: &View<'_>, intent: KeepIntent) -> Callback<E> {
    view.on(Intent::Keep(intent))
}

/// "Today at 14:02"
fn when(head: &Head) -> String {
    let words = clock::moment_in_words(head.at_ms);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "7 components, 6 links"
pub(crate) fn counts(head: &Head) -> String {
    format!("{}, {}", count(head.components, "component"), count(head.links, "link"))
}

/// Versions of the map in hand, one of them in view.
pub(crate) fn versions(view: &View<'_>) -> Html {
    let versions = view.app.versions();
    let viewed = view.app.viewed_version();
    let chosen = viewed.map(|viewed| viewed.head.key.as_str());
    html! {
        <Dialog title="Versions of this map" wide=true on_close={view.on(close_intent())}>
            if versions.is_empty() {
                <div class="dialog-body">
                    <p>{ "There is no version yet. One is kept in this browser every five minutes of work, when you save, and \
                          before what is hard to take back: an import, a merge, a big deletion, opening another map." }</p>
                </div>
            } else {
                <div class="versions">
                    <ul class="version-list" aria-label="Versions, newest first">
                        { for versions.iter().map(|head| row(view, head, chosen == Some(head.key.as_str()))) }
                    </ul>
                    <div class="version-view">{ viewed.map(|viewed| look(view, viewed)) }</div>
                </div>
            }
        </Dialog>
    }
}

fn row(view: &View<'_>, head: &Head, chosen: bool) -> Html {
    html! {
        <li key={head.key.clone()}>
            <button type="button" class="version-row" aria-pressed={chosen.to_string()}
                onclick={on::<MouseEvent>(view, KeepIntent::Look(head.key.clone()))}>
                <strong>{ when(head) }</strong>
                <span>{ head.why.words() }{ " · " }{ counts(head) }</span>
                if !head.changed.is_empty() { <span>{ &head.changed }</span> }
            </button>
        </li>
    }
}

fn look(view: &View<'_>, viewed: &Viewed) -> Html {
    let moment = clock::moment_in_words(viewed.head.at_ms);
    if viewed.document.is_none() {
        return html! { <p>{ "This version cannot be read any more. It can still be downloaded as it is kept." }</p> };
    }
    let against = if viewed.against_now.is_empty() {
        "The same as the map as it is now.".to_owned()
    } else {
        format!("Since then: {}", viewed.against_now)
    };
    let compared = moment.clone();
    html! {
        <>
            <Picture picture={PtrEq::from(&viewed.picture)} label={format!("The map as it was {moment}")} />
            <p>{ against }</p>
            <div class="version-buttons">
                <button type="button" class="button is-primary" disabled={view.app.file_state().read_only}
                    onclick={on::<MouseEvent>(view, KeepIntent::Restore { when: moment })}>
                    { icon(Icon::Undo) }{ "Restore" }
                </button>
                <button type="button" class="button" onclick={on::<MouseEvent>(view, KeepIntent::Compare { when: compared })}>
                    { icon(Icon::Find) }{ "Compare with now" }
                </button>
                <button type="button" class="button" onclick={on::<MouseEvent>(view, KeepIntent::OpenCopy)}>
                    { icon(Icon::Duplicate) }{ "Open as a copy" }
                </button>
                <button type="button" class="button" onclick={on::<MouseEvent>(view, KeepIntent::Download)}>
                    { icon(Icon::Save) }{ "Download" }
                </button>
            </div>
            <p class="field-hint">{ "Restoring is one step that undo takes back; the map as it is now becomes a version." }</p>
        </>
    }
}

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
struct PictureProps {
    /// SVG.
    picture: PtrEq<str>,
    /// What it shows.
    label: String,
}

/// A picture as an image, so that nothing in it can act.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let address = use_memo(props.picture.clone(), |picture| {
        format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(picture)))
    });
    html! { <img class="version-picture" src={(*address).clone()} alt={props.label.clone()} /> }
}

/// All maps that this browser keeps.
pub(crate) fn recent(view: &View<'_>, forgetting: Option<&str>) -> Html {
    let rows: Vec<Html> = view.app.recent_maps().map(|head| map(view, head, forgetting)).collect();
    html! {
        <Dialog title="Recent maps" wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body">
                if rows.is_empty() {
                    <p>{ "This browser keeps no map yet. The newest state of every map you change here is kept, a second after each change." }</p>
                } else {
                    <p>{ "Kept in this browser on this computer. Clearing site data removes them; files are safe." }</p>
                    <ul class="recent-list">{ rows }</ul>
                }
                if let Some(promise) = view.app.promise() {
                    <p class="field-hint" id="kept-promise">{ promise.sentence() }</p>
                    if promise == Promise::NotGiven {
                        <p>
                            <button type="button" class="button is-small" onclick={on::<MouseEvent>(view, KeepIntent::AskPromise)}>
                                { icon(Icon::Save) }{ "Ask the browser to keep everything" }
                            </button>
                        </p>
                    }
                }
            </div>
        </Dialog>
    }
}

fn map(view: &View<'_>, head: &Head, forgetting: Option<&str>) -> Html {
    let document = head.document.clone();
    let here = *view.app.document().settings.document_id == document;
    let elsewhere = !here && view.app.is_elsewhere(&document);
    let state = match (here, elsewhere, head.is_in_no_file()) {
        (true, ..) => "Open here".to_owned(),
        (_, true, _) => "Open in another tab".to_owned(),
        (_, _, true) => "In no file".to_owned(),
        _ => format!("Saved to {}", head.file),
    };
    let size = if head.bytes < 1_000 { "1 KB".to_owned() } else { format!("{} KB", head.bytes / 1_000) };
    let asked = forgetting == Some(document.as_str());
    html! {
        <li key={document.clone()} class="recent-row">
            <div class="recent-words">
                <strong>{ head.name().to_owned() }</strong>
                <span>{ when(head) }{ " · " }{ counts(head) }{ " · " }{ size }{ " · " }{ state }</span>
                if asked {
                    <p role="alert">{ "Forget this map and all its versions in this browser? This cannot be taken back." }</p>
                }
            </div>
            if asked {
                <button type="button" class="button is-small is-danger"
                    onclick={on::<MouseEvent>(view, KeepIntent::Forget(document.clone()))}>{ "Forget for good" }</button>
                <button type="button" class="button is-small"
                    onclick={on::<MouseEvent>(view, KeepIntent::AskForget(None))}>{ "Keep it" }</button>
            } else {
                <button type="button" class="button is-small" disabled={here} aria-label={format!("Open {}", head.name())}
                    onclick={on::<MouseEvent>(view, KeepIntent::Open(document.clone()))}>{ icon(Icon::Open) }{ "Open" }</button>
                <button type="button" class="button is-small" disabled={here || elsewhere}
                    aria-label={format!("Forget {}", head.name())}
                    onclick={on::<MouseEvent>(view, KeepIntent::AskForget(Some(document)))}>{ icon(Icon::Delete) }{ "Forget" }</button>
            }
        </li>
    }
}
