//! What stands around the canvas of the dependency view: filters with chips, what is looked at, the question what to
//! show of a large estate, the neighbours as a list.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::dependencies::filter::{choices, FilterChange, FilterKind, Pick};
use crate::app::dependencies::focus::FocusKind;
use crate::app::dependencies::{DependencyIntent, MOST_NEEDED};
use crate::app::describe;
use crate::app::intent::{Intent, RiskIntent, SelectIntent};
use crate::app::state::ViewTab;
use crate::model::{AnyRecordId, AreaId, ComponentId};
use crate::order;
use crate::ui::frame::{aria_keys, words_of, View};
use crate::ui::icon::{icon, Icon};

/// Longest list of owners, suppliers or neighbours.
const MOST: usize = 200;
/// Found names that are listed.
const MOST_FOUND: usize = 8;

fn send(view: &View<'_>, intent: DependencyIntent) -> Callback<MouseEvent> {
    view.on(Intent::Dependencies(intent))
}

fn action(view: &View<'_>, id: ActionId, words: &'static str, pressed: bool) -> Html {
    let (label, keys) = words_of(id);
    html! {
        <button type="button" class="button is-small" aria-pressed={pressed.to_string()} data-tip={label}
            data-keys={keys.clone()} aria-keyshortcuts={aria_keys(&keys)} disabled={!view.app.is_enabled(id)}
            onclick={view.on(Intent::Action(id))}>
            { words }
        </button>
    }
}

/// The bar above the canvas: what to follow, filters, how many are shown.
pub(crate) fn bar(view: &View<'_>) -> Html {
    if view.app.tab() != ViewTab::Dependencies || view.app.document().is_empty() {
        return Html::default();
    }
    let state = view.app.dependencies();
    let kind = state.focus().map(|focus| focus.kind);
    let (shown, of) = state.counts();
    let chips = state.filter().chips(view.app.document());
    html! {
        <div class="dependency-bar" role="region" aria-label="What the dependency view shows">
            <div class="dependency-tools" role="group" aria-label="Follow the links">
                { action(view, ActionId::WhatStops, "What breaks", kind == Some(FocusKind::Stops)) }
                { action(view, ActionId::WhatNeeds, "What it needs", kind == Some(FocusKind::Needs)) }
                { action(view, ActionId::FocusAround, "Around it", matches!(kind, Some(FocusKind::Around(..)))) }
                if let Some(FocusKind::Around(up, down)) = kind {
                    { reach(view, true, up) }
                    { reach(view, false, down) }
                }
                { action(view, ActionId::ListNeighbors, "Neighbours", state.shows_neighbors()) }
                if view.app.is_enabled(ActionId::Unpin) { { action(view, ActionId::Unpin, "Release", false) } }
                if view.app.is_enabled(ActionId::UnpinAll) { { action(view, ActionId::UnpinAll, "Release all", false) } }
            </div>
            <div class="dependency-tools" role="group" aria-label="Filters">
                { filters(view) }
            </div>
            <div class="dependency-tools">
                <p class="dependency-count" role="status">{ format!("Showing {shown} of {of}") }</p>
                { for chips.iter().map(|(words, change)| html! {
                    <button type="button" class="chip" key={words.clone()} aria-label={format!("Take away the filter: {words}")}
                        onclick={send(view, DependencyIntent::Filter(change.clone()))}>
                        { words.clone() }{ icon(Icon::Close) }
                    </button>
                }) }
                if !chips.is_empty() {
                    <button type="button" class="button is-small" onclick={send(view, DependencyIntent::ClearFilters)}>
                        { "Clear all" }
                    </button>
                }
                if of > crate::app::dependencies::ASKS_ABOVE && !view.app.asks_what_to_show() {
                    <button type="button" class="button is-small" onclick={send(view, DependencyIntent::Ask)}>
                        { "Choose what to see…" }
                    </button>
                }
            </div>
        </div>
    }
}

/// So many links up or down, with buttons for one more or less.
fn reach(view: &View<'_>, upwards: bool, links: u8) -> Html {
    let (name, words) = if upwards { ("who needs it", "up") } else { ("what it needs", "down") };
    let step = |more| send(view, DependencyIntent::Reach { upwards, more });
    html! {
        <span class="dependency-reach" role="group" aria-label={format!("Links to {name}")}>
            <button type="button" class="icon-button is-small" aria-label={format!("One link less to {name}")}
                disabled={links == 0} onclick={step(false)}>{ icon(Icon::Minus) }</button>
            <span>{ format!("{links} {words}") }</span>
            <button type="button" class="icon-button is-small" aria-label={format!("One link more to {name}")}
                disabled={links == 9} onclick={step(true)}>{ icon(Icon::Plus) }</button>
        </span>
    }
}

fn select(
    view: &View<'_>,
    name: &'static str,
    all: &'static str,
    options: Vec<(String, String)>,
    chosen: Option<String>,
    change: impl Fn(Option<String>) -> FilterChange + 'static,
) -> Html {
    if options.is_empty() {
        return Html::default();
    }
    let dispatch = view.dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let value = (!value.is_empty()).then_some(value);
        dispatch.emit(Intent::Dependencies(DependencyIntent::Filter(change(value))));
    });
    html! {
        <select class="input dependency-filter" aria-label={name} {onchange}>
            <option value="" selected={chosen.is_none()}>{ all }</option>
            { for options.iter().map(|(value, words)| html! {
                <option value={value.clone()} selected={chosen.as_ref() == Some(value)}>{ words }</option>
            }) }
        </select>
    }
}

fn filters(view: &View<'_>) -> Html {
    let document = view.app.document();
    let filter = view.app.dependencies().filter();
    let areas = document.areas.iter().map(|(id, area)| (id.to_string(), area.name.clone())).collect();
    let named = |kind| {
        let mut options = Vec::new();
        for (words, count) in choices(document, kind).into_iter().take(MOST) {
            options.push((words.clone(), format!("{words} ({count})")));
        }
        options
    };
    let risks = [("5", "Risk 5"), ("4", "Risk 4 or more"), ("3", "Risk 3 or more"), ("0", "Risk not known")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec();
    let dispatch = view.dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatch.emit(Intent::Dependencies(DependencyIntent::Filter(FilterChange::Text(text))));
    });
    html! {
        <>
            { select(view, "Filter by area", "Every area", areas, filter.area.map(|id| id.to_string()),
                |value| FilterChange::Area(value.and_then(|value| AreaId::parse(&value).ok()))) }
            { select(view, "Filter by owner", "Every owner", named(FilterKind::Owner), filter.owner.clone(),
                FilterChange::Owner) }
            { select(view, "Filter by supplier", "Every supplier", named(FilterKind::Supplier), filter.supplier.clone(),
                FilterChange::Supplier) }
            { select(view, "Filter by risk", "Every risk", risks, filter.risk.map(|risk| risk.to_string()),
                |value| FilterChange::Risk(value.and_then(|value| value.parse().ok()))) }
            <input class="input dependency-filter" type="search" placeholder="Name…" aria-label="Filter by name"
                autocomplete="off" value={filter.text.clone()} {oninput} />
        </>
    }
}

/// What is looked at, in a sentence, on the map and here.
pub(crate) fn sentence(view: &View<'_>) -> Html {
    let Some(emphasis) = view.app.dependencies().emphasis().filter(|_| view.app.tab().is_canvas()) else {
        return Html::default();
    };
    html! {
        <div class="dependency-sentence" role="region" aria-label="What is looked at">
            <p>{ emphasis.sentence.clone() }</p>
            if view.app.tab() == ViewTab::Map {
                <button type="button" class="button is-small" onclick={view.on(Intent::Action(ActionId::ShowDependencies))}>
                    { "Show as a picture of dependencies" }
                </button>
            }
            <button type="button" class="button is-small" data-keys="Esc" data-tip="Everything again"
                onclick={send(view, DependencyIntent::Leave)}>
                { "Show everything" }
            </button>
        </div>
    }
}

/// Over the canvas: the question, progress, an empty picture, the list of neighbours.
pub(crate) fn over(view: &View<'_>) -> Html {
    let state = view.app.dependencies();
    if view.app.document().is_empty() {
        return html! { <p class="dependency-empty">{ "There is nothing on the map yet that could depend on something." }</p> };
    }
    if view.app.asks_what_to_show() {
        return question(view);
    }
    let (shown, _) = state.counts();
    let work = view.app.ranking().work();
    html! {
        <>
            if let Some(share) = state.progress() {
                <div class="dependency-progress" role="status">
                    <span>{ format!("Arranging… {:.0} %", share * 100.0) }</span>
                    <button type="button" class="button is-small" onclick={send(view, DependencyIntent::Stop)}>{ "Stop" }</button>
                </div>
            } else if view.app.layout_was_stopped() {
                <div class="dependency-progress">
                    <span>{ "Not arranged anew." }</span>
                    <button type="button" class="button is-small" onclick={send(view, DependencyIntent::ShowAll)}>{ "Arrange" }</button>
                </div>
            }
            if let Some(percent) = work.findings_percent() {
                <div class="dependency-progress" role="status">
                    <span>{ format!("Looking for single points of failure… {percent} %") }</span>
                    <button type="button" class="button is-small" onclick={view.on(Intent::Risk(RiskIntent::Cancel))}>{ "Stop" }</button>
                </div>
            } else if view.app.lacks_single_points() {
                <div class="dependency-progress">
                    <span>{ "Single points of failure are not worked out." }</span>
                    <button type="button" class="button is-small" onclick={view.on(Intent::Risk(RiskIntent::Resume))}>{ "Work them out" }</button>
                </div>
            } else if shown == 0 {
                <p class="dependency-empty">{ "No component passes the filters." }</p>
            }
            if state.shows_neighbors() { { neighbors(view) } }
        </>
    }
}

/// A large estate is not drawn whole before somebody asks for it.
fn question(view: &View<'_>) -> Html {
    let document = view.app.document();
    let (_, of) = view.app.dependencies().counts();
    let text = view.app.find_text().trim().to_lowercase();
    let mut found: Vec<(ComponentId, String)> = Vec::new();
    if !text.is_empty() {
        for (id, component) in document.components.iter().filter(|(_, c)| !c.hidden) {
            let name = describe::one_line(&component.name);
            if name.to_lowercase().contains(&text) {
                found.push((*id, name));
            }
        }
        order::sort_by(&mut found, |a, b| a.1.len().cmp(&b.1.len()).then(a.1.cmp(&b.1)));
    }
    let more = found.len().saturating_sub(MOST_FOUND);
    let dispatch = view.dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatch.emit(Intent::Show(crate::app::intent::ShowIntent::Find(text)));
    });
    let pick = |pick| send(view, DependencyIntent::Filter(FilterChange::Pick(Some(pick))));
    html! {
        <section class="dependency-question" aria-labelledby="dependency-question">
            <h2 id="dependency-question">{ "What do you want to see?" }</h2>
            <p>{ format!("There are {of} components. All at once they make a picture nobody can read.") }</p>
            <label for="dependency-find">{ "One system and what is around it" }</label>
            <input id="dependency-find" class="input" type="search" placeholder="Name…" autocomplete="off"
                value={view.app.find_text().to_owned()} {oninput} />
            if !text.is_empty() {
                <ul class="dependency-found" aria-label="Found">
                    { for found.iter().take(MOST_FOUND).map(|(id, name)| html! {
                        <li key={id.to_string()}>
                            <button type="button" class="link-button" onclick={send(view, DependencyIntent::Around(*id))}>
                                { name }
                            </button>
                        </li>
                    }) }
                </ul>
                <p role="status">
                    { match (found.len(), more) {
                        (0, _) => "Nothing has that name.".to_owned(),
                        (n, 0) => format!("{n} found"),
                        (_, more) => format!("and {more} more"),
                    } }
                </p>
            }
            <div class="dependency-answers">
                <button type="button" class="button" onclick={pick(Pick::MostNeeded)}>
                    { format!("The {MOST_NEEDED} most needed") }
                </button>
                <button type="button" class="button" onclick={pick(Pick::SinglePoints)}>
                    { "Single points of failure" }
                </button>
                <button type="button" class="button" onclick={send(view, DependencyIntent::ShowAll)}>
                    { format!("All {of}") }
                </button>
            </div>
            if !document.areas.is_empty() {
                <h3>{ "One area" }</h3>
                <div class="dependency-answers">
                    { for document.areas.iter().take(24).map(|(id, area)| html! {
                        <button type="button" class="button is-small" key={id.to_string()}
                            onclick={send(view, DependencyIntent::Filter(FilterChange::Area(Some(*id))))}>
                            { format!("{} ({})", area.name, area.members.len()) }
                        </button>
                    }) }
                </div>
            }
        </section>
    }
}

/// What the component in hand needs and what needs it: lists that lead on, for those who do not see the lines.
fn neighbors(view: &View<'_>) -> Html {
    let only = view.app.only_component().or_else(|| view.app.focus().and_then(|record| record.component()));
    let Some(id) = only else {
        return html! {
            <aside class="dependency-neighbors" aria-label="Neighbours">
                <p>{ "Select a component to list what it needs and what needs it." }</p>
            </aside>
        };
    };
    let analysis = view.app.analysis();
    let list = |heading: String, ids: Vec<ComponentId>| {
        html! {
            <>
                <h3>{ heading }</h3>
                <ul class="link-list">
                    { for ids.iter().take(MOST).map(|id| html! {
                        <li key={id.to_string()}>
                            <button type="button" class="link-button"
                                onclick={view.on(Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(*id))))}>
                                { describe::name_of(view.app, *id) }
                            </button>
                        </li>
                    }) }
                </ul>
            </>
        }
    };
    let ids = |list: &[crate::analysis::graph::Neighbor]| {
        let mut ids: Vec<ComponentId> = Vec::with_capacity(list.len());
        for neighbor in list {
            if !ids.contains(&neighbor.component) {
                ids.push(neighbor.component);
            }
        }
        ids
    };
    let (needs, needed) = (ids(analysis.needs(id)), ids(analysis.needed_by(id)));
    let circle = analysis.graph.cycle_of(id).map(|circle| {
        let names: Vec<String> = circle.iter().take(6).map(|id| describe::name_of(view.app, *id)).collect();
        let more = if circle.len() > 6 { format!(" and {} more", circle.len() - 6) } else { String::new() };
        format!("They need one another in a circle: {}{more}.", names.join(", "))
    });
    html! {
        <aside class="dependency-neighbors" aria-label="Neighbours">
            <h2>{ describe::name_of(view.app, id) }</h2>
            if let Some(circle) = circle { <p>{ circle }</p> }
            { list(format!("Needs {}", needs.len()), needs) }
            { list(format!("Is needed by {}", needed.len()), needed) }
        </aside>
    }
}
