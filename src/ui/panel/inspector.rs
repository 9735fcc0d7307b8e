//! Details: of the map when nothing is selected, of one element, or of several together.

use std::collections::BTreeSet;

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::intent::Intent;
use crate::model::{AnyRecordId, ComponentId};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::panel::{component, facts, form};

/// The panel's content.
pub(crate) fn inspector(view: &View<'_>) -> Html {
    let shown = view.app.form();
    match view.app.selection().iter().copied().collect::<Vec<_>>().as_slice() {
        [] => html! { <>{ overview(view) }{ form::groups(view, &shown) }</> },
        [AnyRecordId::Component(id)] => component::component(view, *id, &shown),
        _ => html! {
            <>
                <section key="title" class="section"><h2 class="panel-title">{ &shown.title }</h2></section>
                { form::groups(view, &shown) }
                { facts::facts_together(view, &systems(view)) }
                <section key="delete" class="section">{ delete(view) }</section>
            </>
        },
    }
}

fn systems(view: &View<'_>) -> BTreeSet<ComponentId> {
    crate::order::set(view.app.selection().iter().filter_map(|record| record.component()))
}

fn overview(view: &View<'_>) -> Html {
    let document = view.app.document();
    let axis = &document.settings.evolution;
    let anchors = document.components.values().filter(|c| c.is_anchor()).count();
    html! {
        <section class="section">
            <h2 class="panel-title">{ view.app.title() }</h2>
            if !document.settings.description.is_empty() { <p>{ &document.settings.description }</p> }
            <dl class="facts-list">
                <dt>{ "Components" }</dt><dd>{ document.components.len() }</dd>
                <dt>{ "of them users" }</dt><dd>{ anchors }</dd>
                <dt>{ "Links" }</dt><dd>{ document.links.len() }</dd>
                <dt>{ "Stages" }</dt>
                <dd>{ axis.stages.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ") }</dd>
            </dl>
            <button type="button" class="button" onclick={view.on(Intent::Action(ActionId::MapSettings))}>
                { icon(Icon::Details) }{ "Title, axes and size…" }
            </button>
            <p class="panel-lead">
                { "Click anything on the map to see and change it here. Nothing needs to be dragged." }
            </p>
        </section>
    }
}

/// The button that takes the selection away.
pub(crate) fn delete(view: &View<'_>) -> Html {
    html! {
        <button type="button" class="button is-danger" disabled={!view.app.is_enabled(ActionId::Delete)}
            onclick={view.on(Intent::Action(ActionId::Delete))}>
            { icon(Icon::Delete) }{ "Delete" }
        </button>
    }
}
