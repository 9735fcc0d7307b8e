//! The table of systems: a spreadsheet over the same document as the map.
//!
//! Knows keys, cells and ranges; knows no browser. Rows keep their places while cells are changed and are ordered anew
//! when somebody sorts, filters, or systems come and go, as in any spreadsheet. The rows of the marked range are the
//! selection of the map.

mod cell;
pub mod columns;
mod state;
#[cfg(test)]
mod tests;
pub mod tsv;
pub(crate) mod values;

use std::rc::Rc;

use crate::analysis::Analysis;
use crate::app::describe::count;
use crate::app::effect::Effect;
use crate::app::intent::KeyInput;
use crate::app::state::ViewTab;
use crate::app::App;
use crate::edit::Command;
use crate::model::{AnyRecordId, ComponentId, Document, Patch};
pub use cell::CellError;
pub(in crate::app) use cell::Edits;
use columns::{column_of, rows, text, Column, Field, Takes, COLUMNS};
pub use state::{AfterCell, CellEdit, CellRange, RefusedCell, TableIntent, TableState};

/// Rows of one page up or down.
const PAGE: usize = 15;
/// Most cells that are copied at once.
const MOST_COPIED: usize = tsv::MOST_CELLS;
/// Most refused cells that are kept to be looked at.
const MOST_REFUSED: usize = 1_000;

/// What a key does in the grid; `None` for keys that are left to the page.
fn key_move(key: &KeyInput) -> Option<KeyMeaning> {
    use KeyMeaning as K;
    let far = isize::MAX / 2;
    let step = |rows: isize, columns: isize| Some(K::Step(rows, columns));
    match (key.key.as_str(), key.ctrl) {
        _ if key.alt => None,
        ("ArrowDown", ctrl) => step(if ctrl { far } else { 1 }, 0),
        ("ArrowUp", ctrl) => step(if ctrl { -far } else { -1 }, 0),
        ("ArrowRight", ctrl) => step(0, if ctrl { far } else { 1 }),
        ("ArrowLeft", ctrl) => step(0, if ctrl { -far } else { -1 }),
        ("PageDown", false) => step(PAGE as isize, 0),
        ("PageUp", false) => step(-(PAGE as isize), 0),
        ("Home", ctrl) => step(if ctrl { -far } else { 0 }, -far),
        ("End", ctrl) => step(if ctrl { far } else { 0 }, far),
        ("Enter" | "F2", false) => Some(K::Edit),
        ("Delete" | "Backspace", false) => Some(K::Clear),
        ("d", true) if !key.shift => Some(K::FillDown),
        ("a", true) if !key.shift => Some(K::All),
        (" ", true) => Some(K::WholeColumn),
        (" ", false) if key.shift => Some(K::WholeRow),
        _ => None,
    }
}

enum KeyMeaning {
    Step(isize, isize),
    Edit,
    Clear,
    FillDown,
    All,
    WholeColumn,
    WholeRow,
}

/// Whether the grid takes this key while no cell is edited.
pub fn takes_key(key: &KeyInput) -> bool {
    key_move(key).is_some()
}

/// Cells as spreadsheets take them from the clipboard.
pub fn copied(
    document: &Document,
    analysis: &Analysis,
    rows: &[ComponentId],
    shown: &[Field],
    ((first, last), (left, right)): CellRange,
) -> String {
    let wide = right - left + 1;
    let high = (last - first + 1).min(MOST_COPIED / wide.max(1));
    let fields = || shown.iter().skip(left).take(wide);
    let cells: Vec<Vec<String>> = rows
        .iter()
        .skip(first)
        .take(high)
        .map(|id| fields().map(|field| text(document, analysis, *field, *id)).collect())
        .collect();
    tsv::write(&cells)
}

impl App {
    /// The table of systems.
    pub fn table(&self) -> &TableState {
        &self.table
    }

    /// The columns that are shown.
    pub fn table_columns(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.table.shown.iter().map(|field| column_of(*field))
    }

    /// What a cell says.
    pub fn table_text(&self, id: ComponentId, field: Field) -> String {
        text(&self.document, self.derived.analysis(), field, id)
    }

    /// The marked cells as spreadsheets take them.
    pub fn table_copied(&self) -> String {
        let table = &self.table;
        copied(&self.document, self.derived.analysis(), &table.rows, &table.shown, table.range())
    }

    pub(super) fn table_intent(&mut self, intent: TableIntent, effects: &mut Vec<Effect>) {
        match intent {
            TableIntent::Key(key) => self.table_key(&key, effects),
            TableIntent::Type(typed) => match &mut self.table.edit {
                // The field has not got the keyboard yet.
                Some(edit) => edit.text.push_str(&typed),
                None => self.begin_cell(typed, true, effects),
            },
            TableIntent::Go { row, column, extend } => {
                self.put_aside();
                self.go_to_cell(row, column, extend);
            }
            TableIntent::Edit => self.edit_cell(effects),
            TableIntent::Commit(text, after) => self.commit_cell(&text, after, effects),
            TableIntent::Cancel => self.table.edit = None,
            TableIntent::Paste(text) => self.paste_cells(&text, effects),
            TableIntent::Clear => self.clear_cells(effects),
            TableIntent::FillDown => self.fill_down(effects),
            TableIntent::Sort(field) => {
                let falling = self.table.sort == Some((field, false));
                self.table.sort = Some((field, falling));
                self.order_rows();
                let way = if falling { "largest or last first" } else { "smallest or first first" };
                self.say(&format!("Sorted by {}, {way}.", column_of(field).words), false, effects);
            }
            TableIntent::Find(find) => {
                self.table.find = find;
                self.order_rows();
            }
            TableIntent::Filter(field, filter) => {
                self.table.filters.retain(|(it, _)| *it != field);
                if !filter.trim().is_empty() {
                    self.table.filters.push((field, filter));
                }
                self.order_rows();
            }
            TableIntent::ClearFilters => {
                self.table.find.clear();
                self.table.filters.clear();
                self.order_rows();
            }
            TableIntent::ShowFilters(on) => {
                self.table.filters_shown = on;
                if !on && !self.table.filters.is_empty() {
                    // A filter that nobody sees would hide rows for no visible reason.
                    self.table.filters.clear();
                    self.order_rows();
                }
            }
            TableIntent::ShowColumn(field, on) => self.show_column(field, on),
            TableIntent::Refused(place) => self.edit_refused(place),
            TableIntent::DismissRefused => self.table.refused = Rc::from([]),
        }
        self.changes.panels = true;
    }

    /// The table came into view: it follows the selection.
    pub(super) fn table_arrived(&mut self) {
        if self.tab != ViewTab::Table {
            return;
        }
        if self.table.stale {
            self.order_rows();
        }
        let selected = self.table.rows.iter().position(|id| self.selection.contains(&AnyRecordId::Component(*id)));
        let here = self.table.rows.get(self.table.cursor.0).map(|id| AnyRecordId::Component(*id));
        if let Some(row) = selected.filter(|_| !here.is_some_and(|here| self.selection.contains(&here))) {
            self.table.cursor = (row, self.table.cursor.1);
            self.table.anchor = self.table.cursor;
        }
    }

    /// Rows come and go with systems; else they stay where they are.
    pub(super) fn table_after_change(&mut self, patch: &Patch) {
        if patch.touched().structure {
            self.table.stale = true;
            if self.tab == ViewTab::Table {
                self.order_rows();
            }
        }
    }

    /// Sorts and filters anew; the current cell stays with its system.
    fn order_rows(&mut self) {
        let here = self.table.rows.get(self.table.cursor.0).copied();
        let table = &self.table;
        let ordered =
            rows(&self.document, self.derived.analysis(), &table.find, &table.filters, &table.shown, table.sort);
        let row = here.and_then(|here| ordered.iter().position(|id| *id == here));
        self.table.of = self.document.components.values().filter(|c| !c.is_anchor()).count();
        self.table.rows = Rc::from(ordered);
        self.table.stale = false;
        self.table.edit = None;
        let last = self.table.rows.len().saturating_sub(1);
        self.table.cursor = (row.unwrap_or(self.table.cursor.0).min(last), self.table.cursor.1);
        self.table.anchor = self.table.cursor;
    }

    fn table_key(&mut self, key: &KeyInput, effects: &mut Vec<Effect>) {
        let Some(meaning) = key_move(key) else { return };
        let (last_row, last_column) =
            (self.table.rows.len().saturating_sub(1), self.table.shown.len().saturating_sub(1));
        match meaning {
            KeyMeaning::Step(rows, columns) => {
                let (row, column) = self.table.cursor;
                let row = row.saturating_add_signed(rows).min(last_row);
                let column = column.saturating_add_signed(columns).min(last_column);
                self.go_to_cell(row, column, key.shift);
            }
            KeyMeaning::Edit => self.edit_cell(effects),
            KeyMeaning::Clear => self.clear_cells(effects),
            KeyMeaning::FillDown => self.fill_down(effects),
            KeyMeaning::All => self.mark_cells((0, 0), (last_row, last_column)),
            KeyMeaning::WholeColumn => {
                let column = self.table.cursor.1;
                self.mark_cells((0, column), (last_row, column));
            }
            KeyMeaning::WholeRow => {
                let row = self.table.cursor.0;
                self.mark_cells((row, 0), (row, last_column));
            }
        }
    }

    /// Marks cells without moving the current one out of sight: it becomes their last corner only as a mark.
    fn mark_cells(&mut self, from: (usize, usize), to: (usize, usize)) {
        self.table.cursor = from;
        self.table.anchor = to;
        self.select_marked_rows();
    }

    fn go_to_cell(&mut self, row: usize, column: usize, extend: bool) {
        let last = (self.table.rows.len().saturating_sub(1), self.table.shown.len().saturating_sub(1));
        self.table.cursor = (row.min(last.0), column.min(last.1));
        if !extend {
            self.table.anchor = self.table.cursor;
        }
        self.select_marked_rows();
    }

    /// The map shows what is marked. Not announced: the grid's own focus tells where one is.
    fn select_marked_rows(&mut self) {
        let ((first, last), _) = self.table.range();
        let marked = self.table.rows.iter().skip(first).take(last - first + 1);
        let selection = marked.map(|id| AnyRecordId::Component(*id)).collect();
        if selection != self.selection {
            self.selection = selection;
            self.focus = self.selection.iter().next().copied();
            self.changes.overlay = true;
        }
    }

    /// A text in hand that could not be taken is kept above the table when somebody goes elsewhere.
    fn put_aside(&mut self) {
        let Some(edit) = self.table.edit.take() else { return };
        if let (Some(error), Some((id, field))) = (edit.error, self.table.current()) {
            let refused = RefusedCell { component: Some(id), field: Some(field), text: edit.text, error };
            let kept = self.table.refused.iter().cloned();
            self.table.refused = kept.chain([refused]).collect();
        }
    }

    fn edit_cell(&mut self, effects: &mut Vec<Effect>) {
        if let Some((id, field)) = self.table.current() {
            let text = self.table_text(id, field);
            self.begin_cell(text, false, effects);
        }
    }

    fn begin_cell(&mut self, text: String, typed_over: bool, effects: &mut Vec<Effect>) {
        let Some((_, field)) = self.table.current() else { return };
        if column_of(field).takes == Takes::Nothing {
            return self.complain(&CellError::Computed.to_string(), effects);
        }
        if let Some(reason) = self.why_read_only() {
            return self.complain(reason, effects);
        }
        self.table.anchor = self.table.cursor;
        self.table.edit = Some(CellEdit { text, error: None, typed_over });
    }

    fn commit_cell(&mut self, typed: &str, after: AfterCell, effects: &mut Vec<Effect>) {
        let Some((id, field)) = self.table.current().filter(|_| self.table.edit.is_some()) else { return };
        let mut edits = Edits::new(&self.document, self.today, &mut self.ids);
        if let Err(error) = edits.set(id, field, typed) {
            // The text stays in hand until it can be taken or is given up.
            self.table.edit = Some(CellEdit { text: typed.to_owned(), error: Some(error), typed_over: true });
            return self.complain(&error.to_string(), effects);
        }
        let mut commands = edits.commands();
        self.table.edit = None;
        let name = crate::app::describe::name_of(self, id);
        self.table_commit(&mut commands, format!("Change {} of {name}", column_of(field).words), effects);
        let (row, column) = self.table.cursor;
        match after {
            AfterCell::Stay => {}
            AfterCell::Down => self.go_to_cell(row + 1, column, false),
            AfterCell::Up => self.go_to_cell(row.saturating_sub(1), column, false),
            AfterCell::Right => self.go_to_cell(row, column + 1, false),
            AfterCell::Left => self.go_to_cell(row, column.saturating_sub(1), false),
        }
    }

    /// All commands as one step.
    fn table_commit(&mut self, commands: &mut Vec<Command>, label: String, effects: &mut Vec<Effect>) -> bool {
        if commands.is_empty() {
            return false;
        }
        self.run(&Command::Batch(std::mem::take(commands), label), effects).is_some()
    }

    /// Puts texts into cells as one step; what cannot be taken is kept and said.
    fn set_cells(&mut self, cells: Vec<(usize, usize, String)>, done: &str, effects: &mut Vec<Effect>) {
        let mut refused = Vec::new();
        let (mut left_out, mut taken) = (0usize, 0usize);
        let mut edits = Edits::new(&self.document, self.today, &mut self.ids);
        for (row, column, text) in cells {
            let (component, field) = (self.table.rows.get(row).copied(), self.table.shown.get(column).copied());
            let result = match (component, field) {
                // What was worked out comes back with what was copied.
                (Some(id), Some(field))
                    if column_of(field).takes == Takes::Nothing
                        && self::text(&self.document, self.derived.analysis(), field, id).trim() == text.trim() =>
                {
                    Ok(())
                }
                (Some(id), Some(field)) => edits.set(id, field, &text),
                // An empty cell beyond the end is no loss.
                _ if text.trim().is_empty() => continue,
                _ => Err(CellError::BeyondTheEnd),
            };
            match result {
                Ok(()) => taken += 1,
                Err(error) if refused.len() < MOST_REFUSED => {
                    refused.push(RefusedCell { component, field, text, error });
                }
                Err(_) => left_out += 1,
            }
        }
        let mut commands = edits.commands();
        let wrong = refused.len() + left_out;
        self.table.refused = Rc::from(refused);
        let changed = commands.len();
        if changed > 0 && !self.table_commit(&mut commands, format!("{done} {}", count(taken, "cell")), effects) {
            return;
        }
        if wrong > 0 {
            let text = format!("{} taken, {wrong} not: see above the table.", count(taken, "cell"));
            self.complain(&text, effects);
        } else if changed == 0 {
            self.say("Nothing to change: the cells say so already.", false, effects);
        }
    }

    fn paste_cells(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.table.edit.is_some() || self.table.rows.is_empty() {
            return;
        }
        let block = tsv::read(text);
        let ((first, last), (left, right)) = self.table.range();
        let (high, wide) = (block.len(), block.iter().map(Vec::len).max().unwrap_or(0));
        if high == 0 || wide == 0 {
            return self.say("There is no text on the clipboard.", false, effects);
        }
        // A block fills a marked range that it fits into several times; one cell fills any range.
        let times = |marked: usize, size: usize| if marked % size == 0 { marked } else { size };
        let (rows, columns) = (times(last - first + 1, high), times(right - left + 1, wide));
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if let Some(text) = block.get(row % high).and_then(|cells| cells.get(column % wide)) {
                    cells.push((first + row, left + column, text.clone()));
                }
            }
        }
        self.set_cells(cells, "Paste", effects);
        // What was pasted is marked.
        let end = (first + rows - 1, left + columns - 1);
        self.go_to_cell(end.0, end.1, false);
        self.table.anchor = self.table.cursor;
        self.table.cursor = (first, left);
        self.select_marked_rows();
    }

    fn clear_cells(&mut self, effects: &mut Vec<Effect>) {
        let ((first, last), (left, right)) = self.table.range();
        let mut cells = Vec::new();
        for row in first..=last {
            for column in left..=right {
                // Worked-out columns within a marked block are passed over without a word.
                let alone = left == right;
                let computed = |field: &Field| column_of(*field).takes == Takes::Nothing;
                if alone || !self.table.shown.get(column).is_some_and(computed) {
                    cells.push((row, column, String::new()));
                }
            }
        }
        self.set_cells(cells, "Clear", effects);
    }

    fn fill_down(&mut self, effects: &mut Vec<Effect>) {
        let ((first, last), (left, right)) = self.table.range();
        if first == last {
            return self.say("Mark the cells to fill, the one to copy on top, then fill down.", false, effects);
        }
        let mut cells = Vec::new();
        for column in left..=right {
            let Some((id, field)) = self.table.at(first, column) else { continue };
            if column_of(field).takes == Takes::Nothing {
                continue;
            }
            let text = self.table_text(id, field);
            cells.extend((first + 1..=last).map(|row| (row, column, text.clone())));
        }
        self.set_cells(cells, "Fill down", effects);
    }

    fn show_column(&mut self, field: Field, on: bool) {
        if field == Field::Name && !on {
            return;
        }
        let shown = COLUMNS.iter().map(|column| column.field);
        let now = Rc::clone(&self.table.shown);
        let wanted = |it: &Field| if *it == field { on } else { now.contains(it) };
        let here = self.table.shown.get(self.table.cursor.1).copied();
        self.table.shown = shown.filter(wanted).collect();
        let column = here.and_then(|here| self.table.shown.iter().position(|it| *it == here)).unwrap_or(0);
        self.table.cursor.1 = column;
        self.table.anchor = self.table.cursor;
        if !on && !self.table.filter(field).is_empty() {
            self.table.filters.retain(|(it, _)| *it != field);
            self.order_rows();
        }
    }

    /// Opens the cell that refused a text, with that text in it.
    fn edit_refused(&mut self, place: usize) {
        let Some(refused) = self.table.refused.get(place).cloned() else { return };
        let row = refused.component.and_then(|id| self.table.rows.iter().position(|it| *it == id));
        let column = refused.field.and_then(|field| self.table.shown.iter().position(|it| *it == field));
        let (Some(row), Some(column)) = (row, column) else { return };
        self.go_to_cell(row, column, false);
        if refused.error != CellError::Computed {
            self.table.edit = Some(CellEdit { text: refused.text, error: Some(refused.error), typed_over: true });
        }
        let others = self.table.refused.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, it)| it.clone());
        self.table.refused = others.collect();
    }
}
