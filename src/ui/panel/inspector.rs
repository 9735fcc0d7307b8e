//! Details: of the map when nothing is selected, of one element, or of several together.

use yew::prelude::*;

use crate::app::action::ActionId;
use crate::app::describe;
use crate::app::intent::Intent;
use crate::edit::{AnyRecord, Command, ComponentChange, LinkChange};
use crate::geom::Evolution;
use crate::model::{Annotation, AnyRecordId, Link, LinkId, LinkKind, Note};
use crate::ui::field::{NumberField, SelectField, TextField};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::panel::{component, links};

/// The panel's content.
pub(crate) fn inspector(view: &View<'_>) -> Html {
    match view.app.selection().iter().copied().collect::<Vec<_>>().as_slice() {
        [] => nothing(view),
        [AnyRecordId::Component(id)] => component::component(view, *id),
        [AnyRecordId::Link(id)] => link(view, *id),
        [other] => other_record(view, *other),
        many => several(view, many.len()),
    }
}

fn nothing(view: &View<'_>) -> Html {
    let document = view.app.document();
    let axis = &document.settings.evolution;
    let anchors = document.components.values().filter(|c| c.is_anchor()).count();
    html! {
        <>
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
            </section>
            <section class="section">
                <p class="panel-lead">
                    { "Click a component to see and change its numbers here. Nothing needs to be dragged." }
                </p>
            </section>
        </>
    }
}

fn link(view: &View<'_>, id: LinkId) -> Html {
    let Some(record) = view.app.document().links.get(&id) else { return Html::default() };
    let change = move |change: LinkChange| Intent::Edit(Command::ChangeLink { id, change });
    let kind = match record.kind {
        LinkKind::Need => "need",
        LinkKind::Flow(crate::model::FlowDirection::Forward) => "forward",
        LinkKind::Flow(crate::model::FlowDirection::Backward) => "backward",
        LinkKind::Flow(crate::model::FlowDirection::Both) => "both",
    };
    let on_kind = view.dispatch.reform(move |value: String| {
        use crate::model::FlowDirection::{Backward, Both, Forward};
        change(LinkChange::Kind(match value.as_str() {
            "forward" => LinkKind::Flow(Forward),
            "backward" => LinkKind::Flow(Backward),
            "both" => LinkKind::Flow(Both),
            _ => LinkKind::Need,
        }))
    });
    let strength = record.strength.value().map(|share| share * 100.0);
    let base = std::rc::Rc::clone(record);
    let on_strength = view.dispatch.reform(move |value: Option<f64>| {
        let mut link = Link::clone(&base);
        link.strength = value.map_or_else(crate::known::Known::unknown, |v| crate::known::Known::exactly(v / 100.0));
        change(LinkChange::Record(Box::new(link)))
    });
    let disabled = view.app.file_state().read_only;
    html! {
        <section class="section" key={format!("link-{id}")}>
            <h2 class="panel-title">{ "Link" }</h2>
            <ul class="link-list">
                { links::component_button(view, record.from) }
                <li class="link-word">{ "needs" }</li>
                { links::component_button(view, record.to) }
            </ul>
            <button type="button" class="button" {disabled} onclick={view.on(Intent::Action(ActionId::ReverseLink))}>
                { "Turn the link round" }
            </button>
            <TextField id="link-context" label="Words on the link" value={record.context.clone()} {disabled}
                on_commit={view.dispatch.reform(move |text| change(LinkChange::Context(text)))} />
            <SelectField id="link-kind" label={html! { "What it is" }} value={kind} {disabled} on_change={on_kind}
                choices={vec![
                    ("need".into(), "A need".into()),
                    ("forward".into(), "A flow, the same way".into()),
                    ("backward".into(), "A flow, the other way".into()),
                    ("both".into(), "A flow, both ways".into()),
                ]} />
            <NumberField id="link-strength" label="If it stops, chance that this stops too" unit="%" value={strength}
                min=0.0 max=100.0 {disabled} on_commit={on_strength} />
            <p class="field-hint">{ "Empty counts as 100: whatever is needed is taken as vital until somebody knows better." }</p>
            { delete(view) }
        </section>
    }
}

fn other_record(view: &View<'_>, record: AnyRecordId) -> Html {
    let document = view.app.document();
    let disabled = view.app.file_state().read_only;
    let text = match record {
        AnyRecordId::Note(id) => document.notes.get(&id).map(|note| {
            let base = std::rc::Rc::clone(note);
            let on_commit = view.dispatch.reform(move |text: String| {
                Intent::Edit(Command::Put(AnyRecord::Note(id, Note { text, ..Note::clone(&base) })))
            });
            (note.text.clone(), on_commit)
        }),
        AnyRecordId::Annotation(id) => document.annotations.get(&id).map(|annotation| {
            let base = std::rc::Rc::clone(annotation);
            let on_commit = view.dispatch.reform(move |text: String| {
                Intent::Edit(Command::Put(AnyRecord::Annotation(id, Annotation { text, ..Annotation::clone(&base) })))
            });
            (annotation.text.clone(), on_commit)
        }),
        _ => None,
    };
    html! {
        <section class="section" key={format!("{record:?}")}>
            <h2 class="panel-title">{ describe::record(view.app, record).trim_end_matches('.') }</h2>
            if let Some((value, on_commit)) = text {
                <TextField id="record-text" label="Text" {value} multiline=true {disabled} {on_commit} />
            }
            { delete(view) }
        </section>
    }
}

fn several(view: &View<'_>, count: usize) -> Html {
    let ids = view.app.selected_components();
    let disabled = view.app.file_state().read_only;
    let shared = |values: Vec<Option<f64>>| {
        let first = values.first().copied().flatten()?;
        values.iter().all(|v| v.is_some_and(|v| (v - first).abs() < 5e-3)).then_some(first)
    };
    let components = || ids.iter().filter_map(|id| view.app.document().components.get(id));
    let evolution = shared(components().map(|c| c.evolution.map(|e| e.get() * 100.0)).collect());
    let targets = ids.clone();
    let on_evolution = view.dispatch.reform(move |value: Option<f64>| {
        let change = ComponentChange::Evolution(value.map(|v| Evolution::clamped(v / 100.0)));
        Intent::Edit(Command::ChangeComponents { ids: targets.clone(), change })
    });
    let arrange = [
        (ActionId::AlignLeft, "Align to the least evolved"),
        (ActionId::AlignRight, "Align to the most evolved"),
        (ActionId::AlignTop, "Align to the most visible"),
        (ActionId::AlignBottom, "Align to the least visible"),
        (ActionId::DistributeEvolution, "Space evenly along evolution"),
        (ActionId::DistributeVisibility, "Space evenly along the value chain"),
    ];
    html! {
        <section class="section" key="several">
            <h2 class="panel-title">{ format!("{count} selected") }</h2>
            if !ids.is_empty() {
                <NumberField id="several-evolution" label="Evolution of all" unit="%" value={evolution} min=0.0 max=100.0
                    {disabled} on_commit={on_evolution} />
                <div class="button-list">
                    { for arrange.into_iter().filter(|(id, _)| view.app.is_enabled(*id)).map(|(id, words)| html! {
                        <button type="button" class="button is-small" onclick={view.on(Intent::Action(id))}>{ words }</button>
                    }) }
                </div>
            }
            { delete(view) }
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
