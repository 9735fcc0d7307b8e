//! The list of all components: everything the map shows and edits, as a table. Only the rows in view are elements,
//! so five thousand scroll as easily as five.

mod order;
mod row;

use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::analysis::Analysis;
use crate::app::intent::{Intent, SelectIntent};
use crate::app::state::Selection;
use crate::edit::{Command, NewComponent};
use crate::model::{AnyRecordId, ComponentId, Document};
use crate::platform::{dom, observe};
use crate::ui::list::order::{ordered, Column, Sorting};
use crate::ui::list::row::ListRow;
use crate::ui::ptr::PtrEq;

/// Height of a row, CSS pixels; the style sheet has the same.
const ROW_HEIGHT: f64 = 44.0;
/// Rows made above and below those in view.
const BEYOND: usize = 8;

/// Properties of [`ListView`].
#[derive(Properties, PartialEq)]
pub(crate) struct ListProps {
    /// The document.
    pub(crate) document: PtrEq<Document>,
    /// Its analysis.
    pub(crate) analysis: PtrEq<Analysis>,
    /// What is selected.
    pub(crate) selection: Selection,
    /// Nothing can be changed.
    pub(crate) read_only: bool,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The list with its filter.
#[component]
pub(crate) fn ListView(props: &ListProps) -> Html {
    let filter = use_state(String::new);
    let sorting = use_state(Sorting::default);
    let view = use_state(|| (0.0f64, 600.0f64));
    let active = use_state(|| None::<ComponentId>);
    let scroller = use_node_ref();

    let order = use_memo(
        (props.document.clone(), props.analysis.clone(), (*filter).clone(), *sorting),
        |(document, analysis, filter, sorting)| ordered(document, analysis, filter, *sorting),
    );
    use_effect_with((), {
        let (scroller, view) = (scroller.clone(), view.clone());
        move |()| {
            if let Some(element) = scroller.cast::<HtmlElement>() {
                view.set((0.0, observe::size_of(&element).height));
            }
        }
    });

    // A rename may move the row elsewhere; the keyboard goes with it.
    use_effect_with(PtrEq::from(&order), {
        let (active, scroller) = (active.clone(), scroller.clone());
        move |order: &PtrEq<Vec<ComponentId>>| {
            let lost = dom::document().and_then(|d| d.active_element()).is_none_or(|it| it.tag_name() == "BODY");
            let at = active.and_then(|id| order.iter().position(|it| *it == id).map(|at| (id, at)));
            if let (Some((id, at)), Some(element), true) = (at, scroller.cast::<HtmlElement>(), lost) {
                scroll_to(&element, at);
                focus_row(id);
            }
        }
    });

    let (top, height) = *view;
    let first = ((top / ROW_HEIGHT).floor().max(0.0) as usize).saturating_sub(BEYOND).min(order.len());
    let last = (((top + height) / ROW_HEIGHT).ceil().max(0.0) as usize + BEYOND).min(order.len());
    // The row that takes the keyboard: the active one, the first selected one, or the first.
    let selected = || props.selection.iter().filter_map(|record| record.component());
    let current = active
        .filter(|id| order.contains(id))
        .or_else(|| selected().find(|id| order.contains(id)))
        .or_else(|| order.first().copied());

    let go = {
        let (order, active, scroller) = (Rc::clone(&order), active.clone(), scroller.clone());
        Callback::from(move |to: usize| {
            let to = to.min(order.len().saturating_sub(1));
            if let (Some(id), Some(element)) = (order.get(to), scroller.cast::<HtmlElement>()) {
                active.set(Some(*id));
                scroll_to(&element, to);
                focus_row(*id);
            }
        })
    };
    let onkeydown = {
        let (order, go, dispatch, read_only) = (Rc::clone(&order), go, props.dispatch.clone(), props.read_only);
        Callback::from(move |event: KeyboardEvent| {
            let on_row =
                event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok()).is_some_and(|t| t.tag_name() == "TR");
            let Some(at) = current.and_then(|id| order.iter().position(|it| *it == id)).filter(|_| on_row) else {
                return;
            };
            let record = current.map(AnyRecordId::Component);
            match (event.key().as_str(), record) {
                ("ArrowDown", _) => go.emit(at + 1),
                ("ArrowUp", _) => go.emit(at.saturating_sub(1)),
                ("PageDown", _) => go.emit(at + 10),
                ("PageUp", _) => go.emit(at.saturating_sub(10)),
                ("Home", _) => go.emit(0),
                ("End", _) => go.emit(usize::MAX),
                (" ", Some(record)) => dispatch.emit(Intent::Select(SelectIntent::Toggle(record))),
                ("Enter" | "F2", Some(record)) => {
                    dispatch.emit(Intent::Select(SelectIntent::Only([record].into())));
                    if let Some(id) = current {
                        focus_name(id);
                    }
                }
                ("Delete", Some(record)) if !read_only => {
                    dispatch.emit(Intent::Edit(Command::Delete(BTreeSet::from([record]))));
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onscroll = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            if let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
                view.set((f64::from(element.scroll_top()), observe::size_of(&element).height));
            }
        })
    };
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                filter.set(input.value());
            }
        })
    };
    let on_active = {
        let active = active.clone();
        Callback::from(move |id| active.set(Some(id)))
    };
    let spacer = |rows: usize| {
        let height = (rows as f64 * ROW_HEIGHT).round().to_string();
        html! { <tr class="list-spacer" aria-hidden="true"><td colspan="7" {height}></td></tr> }
    };
    html! {
        <>
            <div class="list-tools">
                <label class="visually-hidden" for="list-filter">{ "Show only names with" }</label>
                <input id="list-filter" class="input" type="search" placeholder="Show only names with…" autocomplete="off"
                    value={(*filter).clone()} {oninput} />
                <p class="panel-lead" role="status">
                    { format!("Showing {} of {}", order.len(), props.document.components.len()) }
                </p>
                if !props.read_only { <AddByName dispatch={props.dispatch.clone()} /> }
            </div>
            <div class="list-scroll" ref={scroller} {onscroll}>
                <table class="component-table" role="grid" aria-label="Components" aria-rowcount={(order.len() + 1).to_string()}
                    {onkeydown}>
                    <thead>
                        <tr aria-rowindex="1">
                            { for Column::ALL.into_iter().map(|column| heading(column, &sorting)) }
                            <th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        { spacer(first) }
                        { for order.iter().enumerate().skip(first).take(last.saturating_sub(first)).map(|(at, id)| {
                            let id = *id;
                            html! {
                                <ListRow key={id.to_string()} {id} index={at + 2} document={props.document.clone()}
                                    analysis={props.analysis.clone()} current={current == Some(id)}
                                    selected={props.selection.contains(&AnyRecordId::Component(id))}
                                    read_only={props.read_only} on_active={on_active.clone()}
                                    dispatch={props.dispatch.clone()} />
                            }
                        }) }
                        { spacer(order.len().saturating_sub(last)) }
                    </tbody>
                </table>
            </div>
        </>
    }
}

/// Properties of [`AddByName`].
#[derive(Properties, PartialEq)]
pub(crate) struct AddProps {
    pub(crate) dispatch: Callback<Intent>,
}

/// A new component by its name; it finds a place of its own on the map.
#[component]
pub(crate) fn AddByName(props: &AddProps) -> Html {
    let field = use_node_ref();
    let onsubmit = {
        let (field, dispatch) = (field.clone(), props.dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>().filter(|input| !input.value().trim().is_empty()) else {
                return;
            };
            let new = NewComponent { name: input.value(), ..NewComponent::default() };
            input.set_value("");
            dispatch.emit(Intent::Edit(Command::AddComponent(new)));
        })
    };
    html! {
        <form class="list-add" {onsubmit}>
            <label class="visually-hidden" for="list-add">{ "Name of a new component" }</label>
            <input ref={field} id="list-add" class="input" type="text" placeholder="New component…" autocomplete="off"
                maxlength="500" />
            <button type="submit" class="button is-small">{ "Add" }</button>
        </form>
    }
}

fn heading(column: Column, sorting: &UseStateHandle<Sorting>) -> Html {
    let now = **sorting;
    let sort = match (now.column == column, now.falling) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    let onclick = {
        let sorting = sorting.clone();
        Callback::from(move |_: MouseEvent| {
            sorting.set(Sorting { column, falling: now.column == column && !now.falling });
        })
    };
    let arrow = match sort {
        "ascending" => "▲",
        "descending" => "▼",
        _ => "",
    };
    html! {
        <th scope="col" aria-sort={sort} class={column.is_number().then_some("is-number")}>
            <button type="button" class="sort-button" {onclick}>
                { column.words() }<span aria-hidden="true" class="sort-arrow">{ arrow }</span>
            </button>
        </th>
    }
}

fn scroll_to(scroller: &HtmlElement, row: usize) {
    // The heading stays on top of the rows, so there is one row less of room.
    let (top, height) = (f64::from(scroller.scroll_top()), observe::size_of(scroller).height - ROW_HEIGHT);
    let at = row as f64 * ROW_HEIGHT;
    let wanted = if at < top { at } else { top.max(at + ROW_HEIGHT - height) };
    scroller.set_scroll_top(wanted as i32);
}

pub(crate) fn row_id(id: ComponentId) -> String {
    format!("row-{id}")
}

pub(crate) fn name_id(id: ComponentId) -> String {
    format!("row-name-{id}")
}

fn focus_row(id: ComponentId) {
    focus_later(row_id(id));
}

fn focus_name(id: ComponentId) {
    focus_later(name_id(id));
}

/// Once the row is there.
pub(crate) fn focus_later(id: String) {
    gloo::timers::callback::Timeout::new(30, move || {
        if let Some(element) = dom::by_id(&id) {
            dom::focus_in_place(&element);
            if let Ok(input) = element.dyn_into::<HtmlInputElement>() {
                input.select();
            }
        }
    })
    .forget();
}
