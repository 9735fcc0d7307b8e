//! A table of words and numbers that can be sorted by each column; its rows lead to the systems they are about.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::intent::{Intent, SelectIntent, ShowIntent};
use crate::app::report::DataTable;
use crate::app::state::{SidePanel, ViewTab};
use crate::model::{AnyRecordId, ComponentId};

/// Properties of [`SortedTable`].
#[derive(Properties, PartialEq)]
pub(crate) struct TableProps {
    /// Headings and rows.
    pub(crate) table: Rc<DataTable>,
    /// Its name.
    pub(crate) label: &'static str,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The table; a heading sorts by its column, once more the other way round.
#[component]
pub(crate) fn SortedTable(props: &TableProps) -> Html {
    let sorting = use_state(|| None::<(usize, bool)>);
    let order: Vec<usize> = match *sorting {
        Some((column, falling)) => props.table.sorted(column, falling),
        None => (0..props.table.rows.len()).collect(),
    };
    let headings = props.table.headings.iter().enumerate().map(|(at, (words, number))| {
        let (sort, arrow) = match *sorting {
            Some((by, false)) if by == at => ("ascending", "▲"),
            Some((by, true)) if by == at => ("descending", "▼"),
            _ => ("none", ""),
        };
        let onclick = {
            let sorting = sorting.clone();
            Callback::from(move |_: MouseEvent| sorting.set(Some((at, *sorting == Some((at, false))))))
        };
        html! {
            <th scope="col" aria-sort={sort} class={number.then_some("is-number")}>
                <button type="button" class="sort-button" {onclick}>
                    { *words }<span aria-hidden="true" class="sort-arrow">{ arrow }</span>
                </button>
            </th>
        }
    });
    html! {
        <table class="data-table" aria-label={props.label}>
            <thead><tr>{ for headings }</tr></thead>
            <tbody>{ for order.into_iter().map(|row| body_row(&props.table, row, &props.dispatch)) }</tbody>
        </table>
    }
}

/// A row of cells, numbers to the right; one of them leads to the map when the row is about systems.
pub(super) fn body_row(table: &DataTable, row: usize, dispatch: &Callback<Intent>) -> Html {
    let about = table.about.get(row).filter(|about| !about.is_empty());
    let Some(cells) = table.rows.get(row) else { return Html::default() };
    let cells = table.headings.iter().zip(cells).enumerate().map(|(at, ((_, number), cell))| {
        let content = match about {
            Some(about) if at == table.lead && !cell.is_empty() => html! {
                <button type="button" class="link-button" data-tip="Show it on the map" onclick={show(dispatch, about)}>
                    { cell }
                </button>
            },
            _ => html! { { cell } },
        };
        html! { <td class={number.then_some("is-number")}>{ content }</td> }
    });
    html! { <tr key={row}>{ for cells }</tr> }
}

/// Shows systems on the map, selected, with their details.
pub(super) fn show(dispatch: &Callback<Intent>, about: &[ComponentId]) -> Callback<MouseEvent> {
    let (dispatch, about) = (dispatch.clone(), about.to_vec());
    Callback::from(move |_| {
        dispatch.emit(Intent::Show(ShowIntent::Tab(ViewTab::Map)));
        if let Some(first) = about.first() {
            dispatch.emit(Intent::Select(SelectIntent::Reveal(AnyRecordId::Component(*first))));
        }
        if about.len() > 1 {
            let all = crate::order::set(about.iter().map(|id| AnyRecordId::Component(*id)));
            dispatch.emit(Intent::Select(SelectIntent::Only(all)));
        }
        dispatch.emit(Intent::Show(ShowIntent::Side(Some(SidePanel::Inspector))));
    })
}
