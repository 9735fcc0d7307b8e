//! Small editors for pathways, areas, contracts, people and alternatives: made from the tables of `app::report::records`.

use yew::prelude::*;

use crate::app::intent::{Intent, RiskIntent};
use crate::app::report::records::{
    field_text, fields, has_provenance, part_address, records as all, title, RecordField, RecordKind, KINDS, PARTS,
    RISK_TEMPLATES,
};
use crate::edit::Command;
use crate::model::AnyRecordId;
use crate::ui::field::{SelectField, TextField};
use crate::ui::frame::View;
use crate::ui::icon::{icon, Icon};
use crate::ui::risk::chip;

/// Most records of one kind that are shown.
const MOST: usize = 300;

pub(super) fn records(view: &View<'_>) -> Html {
    let state = view.app.ranking();
    let Some((kind, heading, one, about)) = KINDS.iter().find(|row| row.0 == state.records()).copied() else {
        return Html::default();
    };
    let document = view.app.document();
    let found = all(document, kind);
    let read_only = view.app.file_state().read_only;
    html! {
        <div class="report" tabindex="0" role="region" aria-label={heading}>
            <div class="chip-row" role="group" aria-label="Records">
                { for KINDS.iter().map(|row| chip(view, row.1, row.0 == kind, RiskIntent::Records(row.0))) }
            </div>
            <div class="record-list">
                <h2>{ format!("{heading} ({})", found.len()) }</h2>
                <p>{ about }</p>
                if !read_only {
                    <p>
                        <button type="button" class="button is-small" onclick={view.on(Intent::Risk(RiskIntent::AddRecord(0)))}>
                            { icon(Icon::Plus) }{ format!("Add a {one}") }
                        </button>
                    </p>
                    if kind == RecordKind::Risk { { templates(view) } }
                }
                { for found.iter().take(MOST).map(|record| editor(view, *record, fields(kind), read_only)) }
                if found.len() > MOST { <p>{ format!("and {} more", found.len() - MOST) }</p> }
            </div>
        </div>
    }
}

/// Lines to begin with, as buttons.
fn templates(view: &View<'_>) -> Html {
    let rest = RISK_TEMPLATES.iter().enumerate().skip(1);
    html! {
        <div class="chip-row is-plain" role="group" aria-label="Begin with an example">
            <span>{ "Or begin with an example:" }</span>
            { for rest.map(|(at, (words, ..))| html! {
                <button key={at} type="button" class="chip" onclick={view.on(Intent::Risk(RiskIntent::AddRecord(at)))}>
                    { *words }
                </button>
            }) }
        </div>
    }
}

fn editor(view: &View<'_>, record: AnyRecordId, fields: &'static [RecordField], disabled: bool) -> Html {
    let rows = fields.iter().enumerate().map(|(at, field)| field_row(view, record, at, field, disabled));
    let name = title(view.app.document(), record);
    html! {
        <details key={id_of(record)} class="section">
            <summary>{ &name }</summary>
            <div class="record-form">{ for rows }</div>
            if !disabled {
                <button type="button" class="button is-small" aria-label={format!("Delete {name}")}
                    onclick={view.on(Intent::Edit(Command::Delete([record].into())))}>
                    { icon(Icon::Delete) }{ "Delete" }
                </button>
            }
        </details>
    }
}

/// One field of a record, with where its value comes from when that is asked for.
pub(crate) fn field_row(
    view: &View<'_>,
    record: AnyRecordId,
    at: usize,
    field: &'static RecordField,
    disabled: bool,
) -> Html {
    let class = classes!("field", field.wide.then_some("is-wide"));
    html! {
        <div key={at} {class}>
            { one_field(view, record, at, field, disabled) }
            if has_provenance(view.app.document(), record, at) { { source(view, record, at, field.label, disabled) } }
        </div>
    }
}

fn one_field(view: &View<'_>, record: AnyRecordId, at: usize, field: &'static RecordField, disabled: bool) -> Html {
    let wrong = view.app.ranking().wrong().filter(|wrong| wrong.record == record && wrong.field == at);
    // A text that could not be taken stays in its field.
    let value = wrong.map_or_else(|| field_text(view.app.document(), record, at), |wrong| wrong.text.clone());
    let commit = view.dispatch.reform(move |text: String| Intent::Risk(RiskIntent::Field(record, at, text)));
    let id = format!("record-{}-{at}", id_of(record));
    html! {
        <>
            if field.choices.is_empty() {
                <TextField {id} label={field.label} placeholder={field.hint} {value} {disabled} multiline={field.lines}
                    on_commit={commit} />
            } else {
                <SelectField {id} label={html! { { field.label } }} {value} {disabled} on_change={commit}
                    choices={field.choices.iter().map(|word| ((*word).into(), (*word).into())).collect::<Vec<_>>()} />
            }
            if let Some(wrong) = wrong { <p class="field-error" role="alert">{ wrong.error.to_string() }</p> }
        </>
    }
}

/// The button that shows where a value comes from, and the fields for it.
pub(crate) fn source(view: &View<'_>, record: AnyRecordId, at: usize, label: &'static str, disabled: bool) -> Html {
    let open = view.app.ranking().source() == Some((record, at));
    html! {
        <>
            <button type="button" class="link-button source-button" aria-expanded={open.to_string()}
                aria-label={format!("Where it comes from: {label}")}
                onclick={view.on(Intent::Risk(RiskIntent::Source(record, at)))}>{ "Where it comes from" }</button>
            if open {
                <div class="record-source" role="group" aria-label={format!("Where it comes from: {label}")}>
                    { for PARTS.iter().enumerate().map(|(part, field)| html! {
                        <div key={part} class="field">{ one_field(view, record, part_address(at, part), field, disabled) }</div>
                    }) }
                </div>
            }
        </>
    }
}

fn id_of(record: AnyRecordId) -> String {
    match record {
        AnyRecordId::Component(id) => id.to_string(),
        AnyRecordId::Lifecycle(id) => id.to_string(),
        AnyRecordId::Pathway(id) => id.to_string(),
        AnyRecordId::Area(id) => id.to_string(),
        AnyRecordId::Contract(id) => id.to_string(),
        AnyRecordId::Knowledge(id) => id.to_string(),
        AnyRecordId::RedundancyGroup(id) => id.to_string(),
        AnyRecordId::Risk(id) => id.to_string(),
        _ => String::new(),
    }
}
