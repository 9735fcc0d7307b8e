//! Details of one component: name, numbers, what it is, where it is going, links, facts.

use std::collections::BTreeSet;

use yew::prelude::*;

use crate::analysis::rank;
use crate::app::describe;
use crate::app::intent::Intent;
use crate::edit::{Command, ComponentChange};
use crate::geom::{Evolution, Visibility};
use crate::model::{Component, ComponentId, ComponentKind, Evolve, Inertia, Method};
use crate::order;
use crate::ui::field::{NumberField, SelectField, TextField};
use crate::ui::frame::View;
use crate::ui::mark::risk_mark;
use crate::ui::panel::{facts, inspector, links};

/// The panel's content for a component.
pub(crate) fn component(view: &View<'_>, id: ComponentId) -> Html {
    let Some(component) = view.app.document().components.get(&id) else { return Html::default() };
    html! {
        <>
            <div key={format!("component-{id}")}>
                { head(view, id, component) }
                { place(view, id, component) }
                { about(view, id, component) }
            </div>
            // The same elements for every component, so that an opened group of questions stays open.
            <div key="facts" class="section-group">
                if !component.is_anchor() { { facts::facts(view, id, component) } }
            </div>
            <div key="links" class="section-group">{ links::links(view, id) }</div>
            <section key="delete" class="section">{ inspector::delete(view) }</section>
        </>
    }
}

fn change(id: ComponentId, change: ComponentChange) -> Intent {
    Intent::Edit(Command::ChangeComponents { ids: vec![id], change })
}

fn head(view: &View<'_>, id: ComponentId, component: &Component) -> Html {
    let row = view.app.analysis().row(id).filter(|row| row.has_facts);
    let disabled = view.app.file_state().read_only;
    html! {
        <section class="section">
            <TextField id="component-name" label="Name" value={component.name.clone()} {disabled}
                on_commit={view.dispatch.reform(move |text| change(id, ComponentChange::Name(text)))} />
            if let Some(row) = row {
                <div class="risk-line">
                    { risk_mark(row.level, row.hatched) }
                    <p>{ rank::headline(view.app.document(), row) }</p>
                </div>
            }
        </section>
    }
}

fn place(view: &View<'_>, id: ComponentId, component: &Component) -> Html {
    let disabled = view.app.file_state().read_only || component.locked;
    let percent = |share: f64| share * 100.0;
    let evolution = component.evolution.map(|e| percent(e.get()));
    let visibility = component.visibility.map(|v| percent(v.get()));
    let going = component.evolve.as_ref().map(|e| percent(e.to.get()));
    let stage = component.evolution.map(|e| describe::stage_name(view.app, e.get()));
    let evolve = component.evolve.clone();
    let on_going = view.dispatch.reform(move |value: Option<f64>| {
        let to = value.map(|v| Evolution::clamped(v / 100.0));
        let evolve = to.map(|to| match &evolve {
            Some(known) => Evolve { to, ..known.clone() },
            None => Evolve { to, name: None, label_offset: None },
        });
        change(id, ComponentChange::Evolve(evolve))
    });
    let on_evolution = view.dispatch.reform(move |value: Option<f64>| {
        change(id, ComponentChange::Evolution(value.map(|v| Evolution::clamped(v / 100.0))))
    });
    let on_visibility = view.dispatch.reform(move |value: Option<f64>| {
        change(id, ComponentChange::Visibility(value.map(|v| Visibility::clamped(v / 100.0))))
    });
    html! {
        <section class="section" aria-label="Place">
            <div class="field-row">
                <NumberField id="component-evolution" label="Evolution" unit="%" value={evolution} min=0.0 max=100.0
                    {disabled} on_commit={on_evolution} />
                <NumberField id="component-visibility" label="Visibility" unit="%" value={visibility} min=0.0 max=100.0
                    {disabled} on_commit={on_visibility} />
            </div>
            <p class="field-hint">
                {
                    match stage {
                        Some(stage) => format!("{stage}. 0 % is the far left, 100 % the far right."),
                        None => "Nobody has decided how evolved it is; it is drawn where it fits.".to_owned(),
                    }
                }
            </p>
            <NumberField id="component-evolves" label="Going to" unit="%" value={going} min=0.0 max=100.0
                disabled={view.app.file_state().read_only} on_commit={on_going} />
        </section>
    }
}

fn about(view: &View<'_>, id: ComponentId, component: &Component) -> Html {
    let disabled = view.app.file_state().read_only;
    let kind = match &component.kind {
        ComponentKind::Component => "component",
        ComponentKind::Anchor => "anchor",
        ComponentKind::Submap => "submap",
        ComponentKind::Unknown(_) => "unknown",
    };
    let mut kinds: Vec<(AttrValue, AttrValue)> = vec![
        ("component".into(), "Component".into()),
        ("anchor".into(), "User (anchor)".into()),
        ("submap".into(), "Submap".into()),
    ];
    if kind == "unknown" {
        kinds.push(("unknown".into(), "A kind this version does not know".into()));
    }
    let on_kind = view.dispatch.reform(move |value: String| {
        change(
            id,
            ComponentChange::Kind(match value.as_str() {
                "anchor" => ComponentKind::Anchor,
                "submap" => ComponentKind::Submap,
                _ => ComponentKind::Component,
            }),
        )
    });
    let method = match component.method {
        None => "",
        Some(Method::Build) => "build",
        Some(Method::Buy) => "buy",
        Some(Method::Outsource) => "outsource",
    };
    let on_method = view.dispatch.reform(move |value: String| {
        change(
            id,
            ComponentChange::Method(match value.as_str() {
                "build" => Some(Method::Build),
                "buy" => Some(Method::Buy),
                "outsource" => Some(Method::Outsource),
                _ => None,
            }),
        )
    });
    let inertia = if component.inertia.is_some() { "yes" } else { "no" };
    let on_inertia = view
        .dispatch
        .reform(move |value: String| change(id, ComponentChange::Inertia((value == "yes").then(Inertia::default))));
    let tags = component.tags.iter().cloned().collect::<Vec<_>>().join(", ");
    let on_tags = view.dispatch.reform(move |text: String| {
        let tags: BTreeSet<String> =
            order::set(text.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
        change(id, ComponentChange::Tags(tags))
    });
    let url = component.url.clone().unwrap_or_default();
    let on_url = view.dispatch.reform(move |text: String| {
        let text = text.trim();
        change(id, ComponentChange::Url((!text.is_empty()).then(|| text.to_owned())))
    });
    html! {
        <details class="section" open=true>
            <summary>{ "About" }</summary>
            <TextField id="component-description" label="Description" value={component.description.clone()} multiline=true
                {disabled} on_commit={view.dispatch.reform(move |text| change(id, ComponentChange::Description(text)))} />
            <SelectField id="component-kind" label={html! { "Kind" }} value={kind} choices={kinds}
                disabled={disabled || kind == "unknown"} on_change={on_kind} />
            <div class="field-row">
                <SelectField id="component-method" label={html! { "Come by" }} value={method} {disabled} on_change={on_method}
                    choices={vec![
                        ("".into(), "Not said".into()),
                        ("build".into(), "Build".into()),
                        ("buy".into(), "Buy".into()),
                        ("outsource".into(), "Outsource".into()),
                    ]} />
                <SelectField id="component-inertia" label={html! { "Inertia" }} value={inertia} {disabled}
                    on_change={on_inertia} choices={vec![("no".into(), "No".into()), ("yes".into(), "Yes".into())]} />
            </div>
            <TextField id="component-tags" label="Tags" placeholder="radiology, legacy" value={tags} {disabled}
                on_commit={on_tags} />
            <TextField id="component-url" label="Web address" placeholder="https://" value={url} {disabled}
                on_commit={on_url} />
        </details>
    }
}
