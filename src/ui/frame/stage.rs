//! The middle of the screen: tabs, banners, and the map or the list.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::{Intent, ShowIntent};
use crate::app::kept::{Head, KeepIntent};
use crate::app::state::{Preview, ToolKind, ViewTab};
use crate::app::{describe, App};
use crate::platform::{clock, MAP_ID};
use crate::ui::dialog::kept::counts;
use crate::ui::frame::{aria_keys, selection, words_of, View};
use crate::ui::icon::{icon, Icon};
use crate::ui::list::ListView;
use crate::ui::map_view::ZOOM_ID;
use crate::ui::{dependencies, first, ptr::PtrEq, risk, table};

/// Tabs, banners and the view.
pub(crate) fn stage(view: &View<'_>) -> Html {
    let tab = view.app.tab();
    html! {
        <main class="stage">
            { tabs(view) }
            { banners(view) }
            { dependencies::bar(view) }
            { dependencies::sentence(view) }
            <div class="map-area" id="view-map" role="tabpanel" hidden={!tab.is_canvas()}
                aria-label={if tab == ViewTab::Dependencies { "Dependencies" } else { "Map" }}>
                <div ref={view.map_ref.clone()} id={MAP_ID} class="map" role="application" tabindex="0"
                    aria-roledescription={if tab == ViewTab::Dependencies { "Dependency view" } else { "Wardley map" }}
                    aria-describedby="map-keys">
                </div>
                <p id="map-keys" class="visually-hidden">
                    if tab == ViewTab::Dependencies {
                        { "Arrow up walks to what needs it, arrow down to what it needs, left and right along the row. \
                           Space selects. Shift and an arrow put what is selected elsewhere. B shows what breaks, W what \
                           it needs, F what is around it. Tab leaves the view." }
                    } else {
                        { "Arrow keys walk from component to component. Space selects. Arrow keys move what is selected. \
                           Question mark shows all keys. Tab leaves the map." }
                    }
                </p>
                if tab == ViewTab::Dependencies { { dependencies::over(view) } }
                if tab == ViewTab::Dependencies && !view.app.asks_what_to_show() {
                    { selection::selection_bar(view) }
                    { tool_hint(view.app) }
                    { pan_pad(view) }
                    { selection::context_menu(view) }
                }
                if tab == ViewTab::Map {
                    if view.app.shows_first_steps() { { first::first_screen(view) } }
                    { selection::selection_bar(view) }
                    { tool_hint(view.app) }
                    { wheel_question(view) }
                    { pan_pad(view) }
                    { selection::context_menu(view) }
                }
                if view.local.drop_hover {
                    <p class="drop-target">
                        {
                            match view.app.comparing() {
                                Some(_) => "Drop a map here to compare with it",
                                None => "Drop a map here to open it",
                            }
                        }
                    </p>
                }
            </div>
            if tab == ViewTab::List {
                <div class="list-view" id="view-list" role="tabpanel" aria-label="List">
                    <ListView
                        document={PtrEq::from(view.app.document())}
                        analysis={PtrEq::from(view.app.analysis())}
                        selection={view.app.selection().clone()}
                        read_only={view.app.file_state().read_only}
                        dispatch={view.dispatch.clone()} />
                </div>
            }
            if tab == ViewTab::Table {
                <div class="list-view" id="view-table" role="tabpanel" aria-label="Table">
                    { table::table(view) }
                </div>
            }
            if tab == ViewTab::Risk { { risk::risk(view) } }
        </main>
    }
}

fn tabs(view: &View<'_>) -> Html {
    let document = view.app.document();
    let note = if document.is_empty() {
        String::new()
    } else {
        let components = describe::count(document.components.len(), "component");
        format!("{components}, {}", describe::count(document.links.len(), "link"))
    };
    html! {
        <div class="tabs">
            { text_toggle(view) }
            <div class="tab-list" role="tablist" aria-label="Views">
                { tab(view, ViewTab::Map, "Map", Icon::Map, "view-map") }
                { tab(view, ViewTab::Dependencies, "Dependencies", Icon::Dependencies, "view-map") }
                { tab(view, ViewTab::List, "List", Icon::List, "view-list") }
                { tab(view, ViewTab::Table, "Table", Icon::Table, "view-table") }
                { tab(view, ViewTab::Risk, "Risk", Icon::Warning, "view-risk") }
            </div>
            <p class="tabs-note">{ note }</p>
            if view.app.shown().only_view {
                <button type="button" class="button is-small" data-keys="Esc" data-tip="Bars, tools and panels"
                    onclick={view.on(Intent::Action(ActionId::OnlyMap))}>
                    { "Show everything" }
                </button>
            }
            { zoom(view) }
        </div>
    }
}

/// Shows the text beside whatever view there is.
fn text_toggle(view: &View<'_>) -> Html {
    let (label, keys) = words_of(ActionId::ToggleText);
    let open = view.app.text_pane().is_open();
    html! {
        <button type="button" class="tab-toggle" aria-pressed={open.to_string()} data-tip={label} data-keys={keys.clone()}
            aria-keyshortcuts={aria_keys(&keys)} onclick={view.on(Intent::Action(ActionId::ToggleText))}>
            { icon(Icon::Text) }{ "Text" }
        </button>
    }
}
/// Views from left to right, with the ids of their tabs.
const TABS: [(ViewTab, &str); 5] = [
    (ViewTab::Map, "tab-map"),
    (ViewTab::Dependencies, "tab-dependencies"),
    (ViewTab::List, "tab-list"),
    (ViewTab::Table, "tab-table"),
    (ViewTab::Risk, "tab-risk"),
];

fn tab(view: &View<'_>, kind: ViewTab, words: &'static str, sign: Icon, panel: &'static str) -> Html {
    let selected = view.app.tab() == kind;
    let dispatch = view.dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => TABS.len() - 1,
            _ => return,
        };
        let at = TABS.iter().position(|(it, _)| *it == kind).unwrap_or(0);
        if let Some((next, id)) = TABS.get((at + by) % TABS.len()) {
            event.prevent_default();
            dispatch.emit(Intent::Show(ShowIntent::Tab(*next)));
            crate::platform::dom::focus_soon(id);
        }
    });
    html! {
        <button type="button" class="tab" role="tab" id={format!("tab-{}", words.to_lowercase())}
            aria-selected={selected.to_string()} aria-controls={selected.then_some(panel)}
            tabindex={if selected { "0" } else { "-1" }} {onkeydown}
            onclick={view.on(Intent::Show(ShowIntent::Tab(kind)))}>
            { icon(sign) }{ words }
        </button>
    }
}

/// What stands between the person and their work: a found draft, a file of a newer version.
fn banners(view: &View<'_>) -> Html {
    html! {
        <>
            if let Some(draft) = view.app.offered_drafts().first() {
                { draft_found(view, draft, view.app.offered_drafts().len()) }
            }
            { crate::ui::compare::bar(view) }
            if view.app.update_ready() {
                <div class="banner" role="region" aria-label="New version">
                    <p>{ "A new version of Portolan is ready. Your map stays as it is." }</p>
                    <button type="button" class="button is-small" onclick={view.on(Intent::Action(ActionId::LoadUpdate))}>
                        { "Load the new version" }
                    </button>
                </div>
            }
            if view.app.is_mirror() {
                <div class="banner" role="region" aria-label="Open in another tab">
                    <p>{ "This map is open in another tab of this browser. Here you see what is done there, and change nothing." }</p>
                    <button type="button" class="button is-small" onclick={view.on(Intent::Action(ActionId::TakeOver))}>
                        { "Take over here" }
                    </button>
                    if view.app.has_own() {
                        <button type="button" class="button is-small" onclick={view.on(Intent::Keep(KeepIntent::OpenOwn))}>
                            { "Open what I had here as a copy" }
                        </button>
                    }
                </div>
            } else if view.app.file_state().read_only {
                <div class="banner" role="region" aria-label="Read only">
                    <p>
                        { "A newer version of Portolan made this map. It can be looked at here but not changed; \
                           everything in the file is kept." }
                    </p>
                </div>
            }
        </>
    }
}

/// What was in no file when the page was closed, crashed or lost power.
fn draft_found(view: &View<'_>, draft: &Head, of: usize) -> Html {
    let stored = clock::moment_in_words(draft.at_ms);
    html! {
        <div class="banner" role="region" aria-label="Draft found">
            <p>
                { format!("A draft of “{}” from {stored} ({}) is kept in this browser and is in no file.",
                    draft.name(), counts(draft)) }
            </p>
            <button type="button" class="button is-small"
                onclick={view.on(Intent::Keep(KeepIntent::Open(draft.document.clone())))}>
                { "Open the draft" }
            </button>
            if of > 1 {
                <button type="button" class="button is-small" onclick={view.on(Intent::Action(ActionId::Recent))}>
                    { format!("Show all {of} drafts") }
                </button>
            }
            <button type="button" class="button is-small" onclick={view.on(Intent::Keep(KeepIntent::Later))}>
                { "Not now" }
            </button>
        </div>
    }
}

/// Zoom by clicks. The value is filled in by the map view.
fn zoom(view: &View<'_>) -> Html {
    html! {
        <div class="map-zoom" role="group" aria-label="Zoom" hidden={!view.app.tab().is_canvas()}>
            { view.icon_button(ActionId::ZoomOut, Icon::Minus) }
            <output id={ZOOM_ID} class="zoom-value" aria-label="Zoom" aria-live="off"></output>
            { view.icon_button(ActionId::ZoomIn, Icon::Plus) }
            { view.icon_button(ActionId::FitAll, Icon::Fit) }
        </div>
    }
}

/// Moving the view by clicks alone, while the hand is the tool.
fn pan_pad(view: &View<'_>) -> Html {
    if view.app.tool() != ToolKind::Hand {
        return Html::default();
    }
    html! {
        <div class="selection-bar" role="toolbar" aria-label="Move the view">
            { view.icon_button(ActionId::PanLeft, Icon::Left) }
            { view.icon_button(ActionId::PanUp, Icon::Up) }
            { view.icon_button(ActionId::PanDown, Icon::Down) }
            { view.icon_button(ActionId::PanRight, Icon::Next) }
        </div>
    }
}

fn tool_hint(app: &App) -> Html {
    if let Preview::Link { from, .. } = app.preview() {
        // The tool may have begun at what was selected: said where people look, else the link goes the wrong way.
        let name = describe::name_of(app, *from);
        return html! { <p class="map-hint">{ format!("From {name}: click what it needs. Esc leaves it.") }</p> };
    }
    match describe::tool_hint(app.tool()) {
        Some(words) if app.tool() != ToolKind::Hand => html! {
            <p class="map-hint">{ words }{ " Esc puts the tool down." }</p>
        },
        _ => Html::default(),
    }
}

/// Asked once, when the wheel is first turned; the map has moved meanwhile as most people expect.
fn wheel_question(view: &View<'_>) -> Html {
    if !view.app.asks_about_wheel() {
        return Html::default();
    }
    let answer = |zooms| view.on(Intent::Show(ShowIntent::WheelZooms(zooms)));
    html! {
        <div class="wheel-question" role="region" aria-label="Mouse wheel">
            <p>{ "What should the wheel do? Ctrl and the wheel does the other." }</p>
            <button type="button" class="button is-small" onclick={answer(false)}>{ "Move the view" }</button>
            <button type="button" class="button is-small" onclick={answer(true)}>{ "Zoom" }</button>
        </div>
    }
}
