//! One row of the list. The current row shows fields in place of its texts, so that everything can be changed there.

use yew::prelude::*;

use crate::analysis::rank::shown;
use crate::analysis::Analysis;
use crate::app::action::ActionId;
use crate::app::intent::{Intent, SelectIntent, ShowIntent};
use crate::app::state::ViewTab;
use crate::edit::{Command, ComponentChange};
use crate::geom::{Evolution, Visibility};
use crate::model::{AnyRecordId, ComponentId, Document};
use crate::ui::field::{NumberField, TextField};
use crate::ui::icon::{icon, Icon};
use crate::ui::list::{focus_later, name_id, row_id};
use crate::ui::mark::risk_mark;
use crate::ui::ptr::PtrEq;

/// Properties of [`ListRow`].
#[derive(Properties, PartialEq)]
pub(crate) struct RowProps {
    /// Which component.
    pub(crate) id: ComponentId,
    /// Number of the row in the whole list, the heading being 1.
    pub(crate) index: usize,
    /// The document.
    pub(crate) document: PtrEq<Document>,
    /// Its analysis.
    pub(crate) analysis: PtrEq<Analysis>,
    /// It takes the keyboard.
    pub(crate) current: bool,
    /// It is selected.
    pub(crate) selected: bool,
    /// Nothing can be changed.
    pub(crate) read_only: bool,
    /// Called when the row becomes the current one.
    pub(crate) on_active: Callback<ComponentId>,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The row.
#[component]
pub(crate) fn ListRow(props: &RowProps) -> Html {
    let id = props.id;
    let Some(component) = props.document.components.get(&id) else { return Html::default() };
    let name = shown(&component.name);
    let record = AnyRecordId::Component(id);
    let edits = props.current && props.selected && !props.read_only;
    let change = move |change: ComponentChange| Intent::Edit(Command::ChangeComponents { ids: vec![id], change });
    let onfocusin = props.on_active.reform(move |_: FocusEvent| id);
    let onclick = props.dispatch.reform(move |_: MouseEvent| Intent::Select(SelectIntent::Only([record].into())));
    let escape = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            focus_later(row_id(id));
        }
    });
    let evolution = component.evolution.map(|e| e.get() * 100.0);
    let visibility = component.visibility.map(|v| v.get() * 100.0);
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.0}"));
    let on_name = props.dispatch.reform(move |text| change(ComponentChange::Name(text)));
    let on_evolution = props.dispatch.reform(move |value: Option<f64>| {
        change(ComponentChange::Evolution(value.map(|v| Evolution::clamped(v / 100.0))))
    });
    let on_visibility = props.dispatch.reform(move |value: Option<f64>| {
        change(ComponentChange::Visibility(value.map(|v| Visibility::clamped(v / 100.0))))
    });
    let show = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            dispatch.emit(Intent::Show(ShowIntent::Tab(ViewTab::Map)));
            dispatch.emit(Intent::Select(SelectIntent::Reveal(record)));
        })
    };
    let delete = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            dispatch.emit(Intent::Select(SelectIntent::Only([record].into())));
            dispatch.emit(Intent::Action(ActionId::Delete));
        })
    };
    let row = props.analysis.row(id).filter(|row| row.has_facts);
    let inner = if props.current { "0" } else { "-1" };
    html! {
        <tr id={row_id(id)} tabindex={inner} aria-rowindex={props.index.to_string()}
            aria-selected={props.selected.to_string()} {onfocusin} {onclick} onkeydown={escape}>
            <th scope="row">
                if edits {
                    <TextField id={name_id(id)} label={format!("Name of {name}")} shown=false
                        value={component.name.clone()} on_commit={on_name} />
                } else { { &name } }
                if component.is_anchor() { <span class="row-kind">{ "user" }</span> }
            </th>
            <td class="is-number">
                if edits {
                    <NumberField id={format!("row-evolution-{id}")} label={format!("Evolution of {name}, per cent")} shown=false
                        value={evolution} min=0.0 max=100.0 on_commit={on_evolution} />
                } else { { percent(evolution) } }
            </td>
            <td class="is-number">
                if edits {
                    <NumberField id={format!("row-visibility-{id}")} label={format!("Visibility of {name}, per cent")} shown=false
                        value={visibility} min=0.0 max=100.0 on_commit={on_visibility} />
                } else { { percent(visibility) } }
            </td>
            <td>{ row.map_or_else(|| html! { "–" }, |row| risk_mark(row.level, row.hatched)) }</td>
            <td class="is-number">{ props.analysis.needs(id).len() }</td>
            <td class="is-number">{ props.analysis.needed_by(id).len() }</td>
            <td class="row-actions">
                <button type="button" class="icon-button is-small" tabindex={inner} aria-label={format!("Show {name} on the map")}
                    data-tip="Show on the map" onclick={show}>{ icon(Icon::Map) }</button>
                <button type="button" class="icon-button is-small" tabindex={inner} aria-label={format!("Delete {name}")}
                    data-tip="Delete" disabled={props.read_only} onclick={delete}>{ icon(Icon::Delete) }</button>
            </td>
        </tr>
    }
}
