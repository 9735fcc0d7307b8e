//! Above the rows: search, columns, what a paste could not take, headings and filters.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::analysis::rank::shown;
use crate::app::intent::{Intent, TableIntent};
use crate::app::table::columns::{column_of, Field, COLUMNS};
use crate::platform::dom;
use crate::ui::field::CheckField;
use crate::ui::icon::{icon, Icon};
use crate::ui::list::AddByName;
use crate::ui::table::TableProps;

/// Refused cells that are listed; the rest is counted.
const MOST_LISTED: usize = 8;

fn typed(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// What stands where the rows would be when there are none.
pub(super) fn nothing(props: &TableProps) -> Html {
    if props.of == 0 {
        return html! { <p class="table-empty">{ "There is no system yet." }</p> };
    }
    let filtered = props.filters.as_ref().is_some_and(|filters| filters.iter().any(|it| !it.trim().is_empty()));
    let find = props.find.trim();
    let words = match (find.is_empty(), filtered) {
        (false, false) => format!("No system contains “{find}”"),
        (false, true) => format!("No system contains “{find}” and passes the filters of the columns"),
        _ => "No system passes the filters of the columns".to_owned(),
    };
    let dispatch = props.dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Intent::Table(TableIntent::ClearFilters));
        // The button goes; the keyboard stays with what it was about.
        if let Some(field) = dom::by_id("table-find") {
            dom::focus_in_place(&field);
        }
    });
    html! {
        <div class="table-empty">
            <p>{ words }</p>
            <button type="button" class="button is-small" {onclick}>{ "Clear filter" }</button>
        </div>
    }
}

pub(super) fn tools(props: &TableProps, open: &UseStateHandle<bool>) -> Html {
    let table = props.dispatch.reform(Intent::Table);
    let on = |intent: TableIntent| table.reform(move |_: MouseEvent| intent.clone());
    let filtering = props.filters.is_some();
    let current = props.shown.get(props.cursor.1).copied().unwrap_or(Field::Name);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class={classes!("list-tools", "system-tools", open.then_some("is-open"))}>
            <label class="visually-hidden" for="table-find">{ "Show only rows with" }</label>
            <input id="table-find" class="input" type="search" placeholder="Show only rows with…" autocomplete="off"
                value={props.find.clone()} oninput={table.reform(|event: InputEvent| TableIntent::Find(typed(&event)))} />
            // Only where there is no room for all of them.
            <button type="button" class="button is-small tools-toggle" aria-expanded={open.to_string()} onclick={toggle}>
                { "Tools" }
            </button>
            <p class="panel-lead" role="status">{ format!("Showing {} of {}", props.rows.len(), props.of) }</p>
            <button type="button" class="button is-small" aria-pressed={filtering.to_string()}
                onclick={on(TableIntent::ShowFilters(!filtering))}>
                { icon(Icon::Find) }{ "Filter columns" }
            </button>
            <button type="button" class="button is-small" onclick={on(TableIntent::Sort(current))}
                data-tip="Sort by the column of the current cell">
                { format!("Sort by {}", column_of(current).words.to_lowercase()) }
            </button>
            <button type="button" class="button is-small" disabled={props.read_only} data-tip="Copy the top marked row down"
                data-keys="Ctrl+D" onclick={on(TableIntent::FillDown)}>
                { icon(Icon::Down) }{ "Fill down" }
            </button>
            <details class="column-chooser">
                <summary class="button is-small">{ icon(Icon::Table) }{ "Columns" }</summary>
                <div class="column-list" role="group" aria-label="Columns">
                    { for COLUMNS.iter().enumerate().skip(1).map(|(at, column)| {
                        let field = column.field;
                        html! {
                            <CheckField key={at} id={format!("column-{at}")} label={column.words}
                                checked={props.shown.contains(&field)}
                                on_change={table.reform(move |on| TableIntent::ShowColumn(field, on))} />
                        }
                    }) }
                </div>
            </details>
            if !props.read_only { <AddByName dispatch={props.dispatch.clone()} /> }
        </div>
    }
}

/// Cells that could not be taken, each with the way back to it.
pub(super) fn refused(props: &TableProps) -> Html {
    let count = props.refused.len();
    if count == 0 {
        return Html::default();
    }
    let table = props.dispatch.reform(Intent::Table);
    let rows = props.refused.iter().take(MOST_LISTED).enumerate().map(|(at, cell)| {
        let name = cell.component.and_then(|id| props.document.components.get(&id)).map(|c| shown(&c.name));
        let column = cell.field.map(|field| column_of(field).words);
        let place = match (name, column) {
            (Some(name), Some(column)) => format!("{name}, {column}"),
            _ => "Below or beside the table".to_owned(),
        };
        let reachable = cell.component.is_some() && cell.field.is_some();
        html! {
            <li key={at}>
                if reachable {
                    <button type="button" class="link-button" onclick={table.reform(move |_| TableIntent::Refused(at))}>
                        { place }
                    </button>
                } else { <span>{ place }</span> }
                { format!(": “{}”. {}", cell.text, cell.error) }
            </li>
        }
    });
    html! {
        <section class="refused" aria-label="Cells that were not taken">
            <p>
                <strong>{ if count == 1 { "1 cell was not taken".to_owned() } else { format!("{count} cells were not taken") } }</strong>
                { ". Everything else was; choose a cell to put it right." }
            </p>
            <ul>{ for rows }</ul>
            if count > MOST_LISTED { <p>{ format!("and {} more", count - MOST_LISTED) }</p> }
            <button type="button" class="button is-small" onclick={table.reform(|_| TableIntent::DismissRefused)}>
                { "Forget them" }
            </button>
        </section>
    }
}

pub(super) fn heading(props: &TableProps, dispatch: &Callback<TableIntent>) -> Html {
    html! {
        <thead>
            <tr aria-rowindex="1">
                { for props.shown.iter().map(|field| head_cell(props, dispatch, *field)) }
            </tr>
            if let Some(filters) = &props.filters {
                <tr class="filter-row" aria-rowindex="2">
                    { for props.shown.iter().zip(filters).map(|(field, filter)| {
                        let field = *field;
                        let words = column_of(field).words;
                        html! {
                            <th scope="col">
                                <input class="input" type="search" aria-label={format!("Filter {words}")} placeholder="Filter"
                                    value={filter.clone()} autocomplete="off" data-tip="Text, ? for not known, >3, <3, =word, !word"
                                    oninput={dispatch.reform(move |event: InputEvent| TableIntent::Filter(field, typed(&event)))} />
                            </th>
                        }
                    }) }
                </tr>
            }
        </thead>
    }
}

fn head_cell(props: &TableProps, dispatch: &Callback<TableIntent>, field: Field) -> Html {
    let column = column_of(field);
    let (sort, arrow) = match props.sort {
        Some((by, false)) if by == field => (Some("ascending"), "▲"),
        Some((by, true)) if by == field => (Some("descending"), "▼"),
        _ => (None, ""),
    };
    html! {
        <th scope="col" aria-sort={sort} class={column.is_number().then_some("is-number")}>
            <button type="button" class="sort-button" tabindex="-1" onclick={dispatch.reform(move |_| TableIntent::Sort(field))}>
                { column.words }<span aria-hidden="true" class="sort-arrow">{ arrow }</span>
            </button>
        </th>
    }
}
