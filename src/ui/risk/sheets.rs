//! The sheets that can be reported, one system a page.

use std::rc::Rc;

use yew::prelude::*;

use crate::analysis::rank::shown;
use crate::analysis::Analysis;
use crate::app::intent::{Intent, RiskIntent};
use crate::app::report::{sheet, Sheet};
use crate::id::Id;
use crate::model::{ComponentId, Document};
use crate::ui::field::SelectField;
use crate::ui::risk::data_table::SortedTable;

/// Sheets shown together, from the top of the order.
const TOGETHER: usize = 10;
/// Systems in the list to choose from.
const MOST: usize = 1_000;

pub(super) fn sheets(
    document: &Document,
    analysis: &Analysis,
    chosen: Option<ComponentId>,
    dispatch: &Callback<Intent>,
) -> Html {
    let rows = &analysis.ranking.rows;
    let chosen = chosen.filter(|id| analysis.row(*id).is_some());
    let mut choices: Vec<(AttrValue, AttrValue)> =
        vec![("".into(), format!("The first {} of the order", TOGETHER.min(rows.len())).into())];
    for row in rows.iter().take(MOST) {
        if let Some(component) = document.components.get(&row.component) {
            choices
                .push((row.component.to_string().into(), format!("{}. {}", row.rank, shown(&component.name)).into()));
        }
    }
    let on_change = dispatch.reform(|id: String| Intent::Risk(RiskIntent::Sheet(Id::parse(&id).ok())));
    let all: Vec<Sheet> = match chosen {
        Some(id) => sheet(document, analysis, id).into_iter().collect(),
        None => rows.iter().take(TOGETHER).filter_map(|row| sheet(document, analysis, row.component)).collect(),
    };
    html! {
        <>
            <div class="sheet-chooser">
                <SelectField id="sheet-of" label={html! { "Sheet of" }} {choices}
                    value={chosen.map_or_else(String::new, |id| id.to_string())} {on_change} />
                <p class="field-hint">
                    { "The number that can be reported, with every answer and where it comes from. Each sheet prints on a page \
                       of its own." }
                </p>
            </div>
            { for all.into_iter().map(|it| one(it, dispatch)) }
        </>
    }
}

fn one(sheet: Sheet, dispatch: &Callback<Intent>) -> Html {
    html! {
        <section key={sheet.component.to_string()} class="sheet">
            <h2>{ sheet.name }</h2>
            <dl class="facts-list">
                { for sheet.head.into_iter().map(|(label, words)| html! { <><dt>{ label }</dt><dd>{ words }</dd></> }) }
            </dl>
            { for sheet.outcome.into_iter().map(|line| html! { <p>{ line }</p> }) }
            <div class="table-scroll" tabindex="0" role="region" aria-label="The thirteen answers, as a table">
                <SortedTable table={Rc::new(sheet.answers)} label="The thirteen answers" dispatch={dispatch.clone()} />
            </div>
            { for sheet.beside.into_iter().map(|line| html! { <p>{ line }</p> }) }
        </section>
    }
}
