//! A table of words and numbers that can be sorted by each column.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::report::DataTable;

/// Properties of [`SortedTable`].
#[derive(Properties, PartialEq)]
pub(crate) struct TableProps {
    /// Headings and rows.
    pub(crate) table: Rc<DataTable>,
    /// Its name.
    pub(crate) label: &'static str,
}

/// The table; a heading sorts by its column, once more the other way round.
#[component]
pub(crate) fn SortedTable(props: &TableProps) -> Html {
    let sorting = use_state(|| None::<(usize, bool)>);
    let rows: Vec<&Vec<String>> = match *sorting {
        Some((column, falling)) => props.table.sorted(column, falling),
        None => props.table.rows.iter().collect(),
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
            <tbody>{ for rows.into_iter().map(|row| body_row(&props.table, row)) }</tbody>
        </table>
    }
}

/// A row of cells, numbers to the right.
pub(super) fn body_row(table: &DataTable, row: &[String]) -> Html {
    let cells = table.headings.iter().zip(row).map(|((_, number), cell)| {
        html! { <td class={number.then_some("is-number")}>{ cell }</td> }
    });
    html! { <tr>{ for cells }</tr> }
}
