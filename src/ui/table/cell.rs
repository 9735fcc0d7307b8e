//! One row of the table, and the field in the cell that is being edited.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::analysis::rank::shown;
use crate::analysis::Analysis;
use crate::app::intent::TableIntent;
use crate::app::table::columns::{column_of, text, Column, Field, Takes, NOT_KNOWN};
use crate::app::table::{AfterCell, CellEdit, CellError};
use crate::model::{ComponentId, Document};
use crate::ui::mark::risk_mark;
use crate::ui::ptr::PtrEq;
use crate::ui::table::cell_id;

/// Properties of [`TableRow`].
#[derive(Properties, PartialEq)]
pub(crate) struct RowProps {
    /// Which system.
    pub(crate) id: ComponentId,
    /// Which row of what is shown, from 0.
    pub(crate) row: usize,
    /// Rows above the first.
    pub(crate) heading_rows: usize,
    pub(crate) document: PtrEq<Document>,
    pub(crate) analysis: PtrEq<Analysis>,
    pub(crate) shown: PtrEq<[Field]>,
    /// The current column, in the current row.
    pub(crate) cursor: Option<usize>,
    /// First and last marked column, in rows of a marked block.
    pub(crate) marked: Option<(usize, usize)>,
    /// It is selected on the map.
    pub(crate) selected: bool,
    /// Its current cell is being edited.
    pub(crate) edit: Option<CellEdit>,
    pub(crate) dispatch: Callback<TableIntent>,
}

/// The row.
#[component]
pub(crate) fn TableRow(props: &RowProps) -> Html {
    let cells = props.shown.iter().enumerate().map(|(at, field)| {
        let column = column_of(*field);
        let current = props.cursor == Some(at);
        let marked = props.marked.is_some_and(|(from, to)| (from..=to).contains(&at));
        let edit = props.edit.as_ref().filter(|_| current);
        let content = match edit {
            Some(edit) => {
                let name = props.document.components.get(&props.id).map_or_else(String::new, |c| shown(&c.name));
                html! {
                    <CellField edit={edit.clone()} label={format!("{} of {name}", column.words)} field={*field}
                        dispatch={props.dispatch.clone()} />
                }
            }
            None => content(props, column),
        };
        let class = classes!(
            column.is_number().then_some("is-number"),
            current.then_some("is-current"),
            marked.then_some("is-marked"),
            edit.map(|_| "is-edited"),
        );
        let id = cell_id(props.row, at);
        let tabindex = if current { "0" } else { "-1" };
        let readonly = (column.takes == Takes::Nothing).then_some("true");
        let selected = (marked || current).to_string();
        if at == 0 {
            html! {
                <th key={at} {id} {class} scope="row" role="rowheader" {tabindex} aria-selected={selected}>{ content }</th>
            }
        } else {
            html! {
                <td key={at} {id} {class} role="gridcell" {tabindex} aria-selected={selected} aria-readonly={readonly}>
                    { content }
                </td>
            }
        }
    });
    html! {
        <tr aria-rowindex={(props.row + props.heading_rows + 1).to_string()}
            class={props.selected.then_some("is-selected")}>
            { for cells }
        </tr>
    }
}

fn content(props: &RowProps, column: &Column) -> Html {
    let text = text(&props.document, &props.analysis, column.field, props.id);
    if text == NOT_KNOWN {
        return html! {
            <span class="not-known"><span aria-hidden="true">{ NOT_KNOWN }</span>
                <span class="visually-hidden">{ "not known" }</span></span>
        };
    }
    if column.field == Field::Group {
        if let Some(row) = props.analysis.row(props.id) {
            return html! { <>{ risk_mark(row.level, row.hatched) }<span>{ text }</span></> };
        }
    }
    html! { <>{ text }</> }
}

#[derive(Properties, PartialEq)]
struct FieldProps {
    edit: CellEdit,
    label: String,
    field: Field,
    dispatch: Callback<TableIntent>,
}

/// The field in a cell. What is typed is a draft until it is taken; what cannot be taken stays, with the reason.
#[component]
fn CellField(props: &FieldProps) -> Html {
    let draft = use_state(|| props.edit.text.clone());
    let field = use_node_ref();
    // Leaving the field after Enter or Escape must not take the text once more.
    let done = use_mut_ref(|| false);
    use_effect_with(props.edit.clone(), {
        let (field, done, draft) = (field.clone(), Rc::clone(&done), draft.clone());
        move |edit: &CellEdit| {
            *done.borrow_mut() = false;
            draft.set(edit.text.clone());
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let _refused = input.focus();
                if !edit.typed_over {
                    input.select();
                }
            }
        }
    });
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let commit = {
        let (draft, done, dispatch) = (draft.clone(), Rc::clone(&done), props.dispatch.clone());
        move |after: AfterCell| {
            if !done.replace(true) {
                dispatch.emit(TableIntent::Commit((*draft).clone(), after));
            }
        }
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |_: FocusEvent| commit(AfterCell::Stay))
    };
    let onkeydown = {
        let (dispatch, done) = (props.dispatch.clone(), Rc::clone(&done));
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            match (event.key().as_str(), event.shift_key()) {
                ("Enter", false) => commit(AfterCell::Down),
                ("Enter", true) => commit(AfterCell::Up),
                ("Tab", false) => commit(AfterCell::Right),
                ("Tab", true) => commit(AfterCell::Left),
                ("Escape", _) => {
                    *done.borrow_mut() = true;
                    dispatch.emit(TableIntent::Cancel);
                }
                // The grid must not take what is typed here; the page still gets its shortcuts with Ctrl.
                _ if event.ctrl_key() || event.meta_key() => return,
                _ => return event.stop_propagation(),
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    // The reason stands below the cell and to the right, or where there is more room.
    let bubble = use_node_ref();
    let turned = use_state(|| (false, false));
    use_effect_with(props.edit.error, {
        let (field, bubble, turned) = (field.clone(), bubble.clone(), turned.clone());
        move |_: &Option<CellError>| {
            if let (Some(field), Some(bubble)) = (field.cast::<Element>(), bubble.cast::<Element>()) {
                if let Some(around) = field.closest(".list-scroll").ok().flatten() {
                    let (cell, size) = (field.get_bounding_client_rect(), bubble.get_bounding_client_rect());
                    let around = around.get_bounding_client_rect();
                    let (left, top) = (cell.right() - size.width(), cell.top() - size.height());
                    turned.set((
                        cell.left() + size.width() > around.right() && left > around.left(),
                        cell.bottom() + size.height() > around.bottom() && top > around.top(),
                    ));
                }
            }
        }
    });
    let column = column_of(props.field);
    let levels: Vec<String> = match props.field {
        Field::Answer(criterion) => (1..=criterion.highest_level())
            .map(|level| format!("{level} – {}", criterion.level_word(level).unwrap_or_default()))
            .collect(),
        _ => column.choices().iter().map(|word| (*word).to_owned()).collect(),
    };
    let error = props.edit.error.map(|error| error.to_string());
    html! {
        <>
            <input ref={field} class="cell-field" type="text" autocomplete="off" aria-label={props.label.clone()}
                value={(*draft).clone()} list={(!levels.is_empty()).then_some("cell-choices")}
                aria-invalid={error.as_ref().map(|_| "true")} aria-describedby={error.as_ref().map(|_| "cell-error")}
                {oninput} {onblur} {onkeydown} />
            if !levels.is_empty() {
                <datalist id="cell-choices">{ for levels.into_iter().map(|value| html! { <option {value} /> }) }</datalist>
            }
            if let Some(error) = error { <p ref={bubble} id="cell-error" class={classes!("cell-error", turned.0.then_some("is-left"), turned.1.then_some("is-above"))}>
                    { error }
                </p> }
        </>
    }
}
