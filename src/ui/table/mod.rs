//! The table of systems on the screen: a grid of the rows in view, with one cell that takes the keyboard.
//!
//! All decisions are the app's (`app::table`); here are elements, focus and scrolling.

mod cell;
mod tools;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement};
use yew::prelude::*;

use crate::analysis::Analysis;
use crate::app::intent::{Intent, TableIntent};
use crate::app::table::columns::{column_of, Field};
use crate::app::table::{copied, takes_key, CellEdit, CellRange, RefusedCell};
use crate::model::{AnyRecordId, ComponentId, Document};
use crate::platform::{dom, input, observe};
use crate::ui::frame::View;
use crate::ui::ptr::PtrEq;
use crate::ui::table::cell::TableRow;

/// Height of a row, CSS pixels; the style sheet has the same.
const ROW_HEIGHT: f64 = 36.0;
/// Height of the heading.
const HEAD_HEIGHT: f64 = 40.0;
/// Rows made above and below those in view.
const BEYOND: usize = 6;

/// What the table shows, as far as it decides whether it must be drawn anew.
#[derive(Properties, PartialEq)]
pub(crate) struct TableProps {
    pub(crate) document: PtrEq<Document>,
    pub(crate) analysis: PtrEq<Analysis>,
    pub(crate) rows: PtrEq<[ComponentId]>,
    pub(crate) shown: PtrEq<[Field]>,
    pub(crate) refused: PtrEq<[RefusedCell]>,
    pub(crate) selection: std::collections::BTreeSet<AnyRecordId>,
    pub(crate) of: usize,
    pub(crate) cursor: (usize, usize),
    pub(crate) range: CellRange,
    pub(crate) edit: Option<CellEdit>,
    pub(crate) sort: Option<(Field, bool)>,
    pub(crate) find: String,
    /// Filters of the shown columns, when their row is shown.
    pub(crate) filters: Option<Vec<String>>,
    pub(crate) read_only: bool,
    pub(crate) dispatch: Callback<Intent>,
}

/// The table as the app has it now.
pub(crate) fn table(view: &View<'_>) -> Html {
    let table = view.app.table();
    let filters = table
        .filters_shown()
        .then(|| table.shown().iter().map(|field| table.filter(*field).to_owned()).collect::<Vec<_>>());
    html! {
        <Table
            document={PtrEq::from(view.app.document())}
            analysis={PtrEq::from(view.app.analysis())}
            rows={PtrEq::from(table.rows())}
            shown={PtrEq::from(table.shown())}
            refused={PtrEq::from(table.refused())}
            selection={view.app.selection().clone()}
            of={table.of()}
            cursor={table.cursor()}
            range={table.range()}
            edit={table.edit().cloned()}
            sort={table.sorted_by()}
            find={table.find().to_owned()}
            {filters}
            read_only={view.app.file_state().read_only}
            dispatch={view.dispatch.clone()} />
    }
}

pub(crate) fn cell_id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

/// What decides which cell has to be in view: the cursor, whether a cell is being edited, rows and columns.
type ShownAt = ((usize, usize), bool, PtrEq<[ComponentId]>, PtrEq<[Field]>);

/// The cell an event happened in, by row and column of what is shown.
fn cell_under(event: &Event) -> Option<(usize, usize)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let id = target.closest("[role=gridcell],[role=rowheader]").ok().flatten()?.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Whether an event is of the field in a cell.
fn in_field(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|it| it.tag_name() == "INPUT")
}

#[component]
fn Table(props: &TableProps) -> Html {
    let view = use_state(|| (0.0f64, 700.0f64));
    let scroller = use_node_ref();
    // Whether the keyboard is in the grid, so that it comes back when the element that had it goes.
    let engaged = use_mut_ref(|| false);
    use_effect_with((), {
        let (scroller, view) = (scroller.clone(), view.clone());
        move |()| {
            let measure = move || {
                if let Some(element) = scroller.cast::<HtmlElement>() {
                    view.set((f64::from(element.scroll_top()), observe::size_of(&element).height));
                }
            };
            measure();
        }
    });
    let head_height = if props.filters.is_some() { 2.0 * HEAD_HEIGHT } else { HEAD_HEIGHT };
    use_effect_with((props.cursor, props.edit.is_some(), props.rows.clone(), props.shown.clone()), {
        let (scroller, engaged) = (scroller.clone(), Rc::clone(&engaged));
        move |((row, column), edits, _, shown): &ShownAt| {
            if let Some(element) = scroller.cast::<HtmlElement>() {
                bring_into_view(&element, *row, *column, shown, head_height);
                if *engaged.borrow() && !edits {
                    if let Some(cell) = dom::by_id(&cell_id(*row, *column)) {
                        dom::focus_in_place(&cell);
                    }
                }
            }
        }
    });

    // Another order or another filter is looked at from its top.
    let drawn = use_mut_ref(|| false);
    use_effect_with(
        (props.sort, props.find.clone(), props.filters.as_ref().map(|it| it.concat()).unwrap_or_default()),
        {
            let (scroller, drawn) = (scroller.clone(), Rc::clone(&drawn));
            move |_: &(Option<(Field, bool)>, String, String)| {
                if let Some(element) = scroller.cast::<HtmlElement>().filter(|_| drawn.replace(true)) {
                    element.set_scroll_top(0);
                }
            }
        },
    );
    let tools_open = use_state(|| false);

    let dispatch = props.dispatch.reform(Intent::Table);
    let editing = props.edit.is_some();
    let onscroll = {
        let (scroller, view) = (scroller.clone(), view.clone());
        Callback::from(move |_: Event| {
            if let Some(element) = scroller.cast::<HtmlElement>() {
                view.set((f64::from(element.scroll_top()), observe::size_of(&element).height));
            }
        })
    };
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || cell_under(&event).is_none() || in_field(&event) {
                return;
            }
            let key = input::key(&event);
            let raw = event.key();
            // A cell is being edited and its field has not got the keyboard yet: a fast typist loses nothing.
            let intent = if editing && raw == "Escape" {
                TableIntent::Cancel
            } else if !editing && takes_key(&key) {
                TableIntent::Key(key)
            } else if raw.chars().count() == 1 && raw != " " && !key.ctrl && !key.alt {
                TableIntent::Type(raw)
            } else {
                return;
            };
            event.prevent_default();
            event.stop_propagation();
            dispatch.emit(intent);
        })
    };
    let on_pointer = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            let kind = event.type_();
            let Some((row, column)) = cell_under(&event) else { return };
            match kind.as_str() {
                _ if in_field(&event) => {}
                "mousedown" if !editing && event.button() == 0 => {
                    dispatch.emit(TableIntent::Go { row, column, extend: event.shift_key() });
                }
                "mouseover" if event.buttons() == 1 && !editing => {
                    dispatch.emit(TableIntent::Go { row, column, extend: true });
                }
                "click" if editing => dispatch.emit(TableIntent::Go { row, column, extend: event.shift_key() }),
                "dblclick" => dispatch.emit(TableIntent::Edit),
                _ => {}
            }
        })
    };
    let on_clipboard = {
        let dispatch = dispatch.clone();
        let (document, analysis) = (props.document.clone(), props.analysis.clone());
        let (rows, shown, range, read_only) = (props.rows.clone(), props.shown.clone(), props.range, props.read_only);
        Callback::from(move |event: Event| {
            let Some(event) = event.dyn_into::<ClipboardEvent>().ok().filter(|_| !editing) else { return };
            let Some(data) = event.clipboard_data() else { return };
            event.prevent_default();
            match event.type_().as_str() {
                "paste" => {
                    if let Ok(text) = data.get_data("text/plain") {
                        dispatch.emit(TableIntent::Paste(text));
                    }
                }
                kind => {
                    let _refused = data.set_data("text/plain", &copied(&document, &analysis, &rows, &shown, range));
                    if kind == "cut" && !read_only {
                        dispatch.emit(TableIntent::Clear);
                    }
                }
            }
        })
    };
    let onfocusin = {
        let engaged = Rc::clone(&engaged);
        Callback::from(move |_: FocusEvent| *engaged.borrow_mut() = true)
    };
    let onfocusout = {
        let (engaged, scroller) = (Rc::clone(&engaged), scroller.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
            if to.is_some() && scroller.get().is_none_or(|it| !it.contains(to.as_ref())) {
                *engaged.borrow_mut() = false;
            }
        })
    };

    let (top, height) = *view;
    let count = props.rows.len();
    let first = ((top / ROW_HEIGHT).floor().max(0.0) as usize).saturating_sub(BEYOND).min(count);
    let last = (((top + height) / ROW_HEIGHT).ceil().max(0.0) as usize + BEYOND).min(count);
    // The current row is always there, wherever the view is, so that the keyboard never falls out of the grid.
    let current = props.cursor.0;
    let mut rows: Vec<Html> = Vec::with_capacity(last - first + 3);
    let columns = props.shown.len();
    let mut at = 0;
    let before = (current < first).then_some(current);
    let after = (current >= last && current < count).then_some(current);
    for row in before.into_iter().chain(first..last).chain(after) {
        if row > at {
            rows.push(spacer(at, row - at, columns));
        }
        rows.push(table_row(props, &dispatch, row));
        at = row + 1;
    }
    if count > at {
        rows.push(spacer(at, count - at, columns));
    }
    let width: usize = props.shown.iter().map(|field| usize::from(column_of(*field).width)).sum();
    let heading_rows = if props.filters.is_some() { 2 } else { 1 };
    html! {
        <>
            { tools::tools(props, &tools_open) }
            { tools::refused(props) }
            <div class="list-scroll" ref={scroller} {onscroll}>
                <table class="system-table" role="grid" aria-label="Systems" width={width.to_string()}
                    aria-multiselectable="true" aria-rowcount={(count + heading_rows).to_string()}
                    aria-colcount={columns.to_string()} {onkeydown} onmousedown={on_pointer.clone()}
                    onmouseover={on_pointer.clone()} onclick={on_pointer.clone()} ondblclick={on_pointer}
                    oncopy={on_clipboard.clone()} oncut={on_clipboard.clone()} onpaste={on_clipboard}
                    {onfocusin} {onfocusout}>
                    <colgroup>
                        { for props.shown.iter().map(|field| html! {
                            <col width={column_of(*field).width.to_string()} />
                        }) }
                    </colgroup>
                    { tools::heading(props, &dispatch) }
                    <tbody>{ rows }</tbody>
                </table>
                if count == 0 { { tools::nothing(props) } }
            </div>
        </>
    }
}

fn spacer(at: usize, rows: usize, columns: usize) -> Html {
    let height = (rows as f64 * ROW_HEIGHT).round().to_string();
    html! {
        <tr key={format!("space-{at}")} class="list-spacer" aria-hidden="true">
            <td colspan={columns.to_string()} {height}></td>
        </tr>
    }
}

fn table_row(props: &TableProps, dispatch: &Callback<TableIntent>, row: usize) -> Html {
    let Some(id) = props.rows.get(row).copied() else { return Html::default() };
    let here = props.cursor.0 == row;
    let ((first, last), columns) = props.range;
    html! {
        <TableRow key={id.to_string()} {id} {row} heading_rows={if props.filters.is_some() { 2 } else { 1 }}
            document={props.document.clone()} analysis={props.analysis.clone()} shown={props.shown.clone()}
            cursor={here.then_some(props.cursor.1)}
            marked={(first != last || columns.0 != columns.1).then_some(columns).filter(|_| (first..=last).contains(&row))}
            selected={props.selection.contains(&AnyRecordId::Component(id))}
            edit={if here { props.edit.clone() } else { None }} dispatch={dispatch.clone()} />
    }
}

/// Scrolls just so far that the cell stands beside the fixed heading and names.
fn bring_into_view(scroller: &HtmlElement, row: usize, column: usize, shown: &[Field], head_height: f64) {
    let size = observe::size_of(scroller);
    let (top, left) = (f64::from(scroller.scroll_top()), f64::from(scroller.scroll_left()));
    let at = row as f64 * ROW_HEIGHT;
    let room = (size.height - head_height - ROW_HEIGHT).max(0.0);
    let wanted = if at < top { at } else { top.max(at - room) };
    if (wanted - top).abs() >= 1.0 {
        scroller.set_scroll_top(wanted as i32);
    }
    if column == 0 {
        return;
    }
    let width = |field: &Field| f64::from(column_of(*field).width);
    let names = shown.first().map_or(0.0, width);
    let start: f64 = shown.iter().take(column).map(width).sum();
    let end = start + shown.get(column).map_or(0.0, width);
    let wanted = if start - names < left { start - names } else { left.max(end - size.width) };
    if (wanted - left).abs() >= 1.0 {
        scroller.set_scroll_left(wanted as i32);
    }
}
