//! What can happen in the table of systems and what it remembers. Knows no browser and changes no document.

use std::rc::Rc;

use crate::app::intent::KeyInput;
use crate::app::table::columns::{Field, COLUMNS};
use crate::app::table::CellError;
use crate::model::ComponentId;

/// First and last row, first and last column.
pub type CellRange = ((usize, usize), (usize, usize));

/// What happened in the table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableIntent {
    /// A key in the grid while no cell is edited.
    Key(KeyInput),
    /// Letters typed over a cell begin to edit it with them.
    Type(String),
    /// A cell was clicked, by row and column of what is shown; Shift marks everything up to it.
    Go {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// With Shift.
        extend: bool,
    },
    /// Edit the current cell.
    Edit,
    /// Take the text of the edited cell and go on.
    Commit(String, AfterCell),
    /// Leave the edited cell as it was.
    Cancel,
    /// Text from the clipboard.
    Paste(String),
    /// The marked cells were cut: clear them.
    Clear,
    /// Copy the top row of the marked cells to the others.
    FillDown,
    /// Sort by this column; by it already: the other way round.
    Sort(Field),
    /// Show only rows with this text in a shown column.
    Find(String),
    /// Show only rows whose cell in the column passes.
    Filter(Field, String),
    /// Show all rows again.
    ClearFilters,
    /// Show or hide the row of filters.
    ShowFilters(bool),
    /// Show or hide a column.
    ShowColumn(Field, bool),
    /// Go to a refused cell with its text in hand.
    Refused(usize),
    /// Forget the refused cells.
    DismissRefused,
}

/// Where to go from an edited cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterCell {
    /// Stay (the field was left).
    Stay,
    /// Down, as Enter does.
    Down,
    /// Up, with Shift+Enter.
    Up,
    /// Right, as Tab does.
    Right,
    /// Left, with Shift+Tab.
    Left,
}

/// The cell that is being edited.
#[derive(Debug, Clone, PartialEq)]
pub struct CellEdit {
    /// Text to begin with.
    pub text: String,
    /// What was wrong with it, when it came back.
    pub error: Option<CellError>,
    /// The text replaces the old one and is not marked whole.
    pub typed_over: bool,
}

/// A pasted cell that could not be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedCell {
    /// The system; `None` beyond the end of the table.
    pub component: Option<ComponentId>,
    /// The column; `None` beyond the last.
    pub field: Option<Field>,
    /// What was to go in.
    pub text: String,
    /// Why not.
    pub error: CellError,
}

/// Everything the table remembers. Nothing of it is in the document.
#[derive(Debug)]
pub struct TableState {
    pub(super) shown: Rc<[Field]>,
    pub(super) sort: Option<(Field, bool)>,
    pub(super) find: String,
    pub(super) filters: Vec<(Field, String)>,
    pub(super) filters_shown: bool,
    pub(super) rows: Rc<[ComponentId]>,
    pub(super) of: usize,
    pub(super) stale: bool,
    pub(super) cursor: (usize, usize),
    pub(super) anchor: (usize, usize),
    pub(super) edit: Option<CellEdit>,
    pub(super) refused: Rc<[RefusedCell]>,
}

impl Default for TableState {
    fn default() -> Self {
        let shown = COLUMNS.iter().filter(|column| column.shown).map(|column| column.field);
        Self {
            shown: shown.collect(),
            sort: None,
            find: String::new(),
            filters: Vec::new(),
            filters_shown: false,
            rows: Rc::from([]),
            of: 0,
            stale: true,
            cursor: (0, 0),
            anchor: (0, 0),
            edit: None,
            refused: Rc::from([]),
        }
    }
}

impl TableState {
    /// Fields of the shown columns, from left to right.
    pub fn shown(&self) -> &Rc<[Field]> {
        &self.shown
    }
    /// Sorted by this column, largest first when the flag is set.
    pub fn sorted_by(&self) -> Option<(Field, bool)> {
        self.sort
    }
    /// What is looked for in all columns.
    pub fn find(&self) -> &str {
        &self.find
    }
    /// The filter of a column; empty for none.
    pub fn filter(&self, field: Field) -> &str {
        self.filters.iter().find(|(it, _)| *it == field).map_or("", |(_, filter)| filter)
    }
    /// Whether the row of filters is shown.
    pub fn filters_shown(&self) -> bool {
        self.filters_shown
    }
    /// Rows that are shown, from the top.
    pub fn rows(&self) -> &Rc<[ComponentId]> {
        &self.rows
    }
    /// Systems in all.
    pub fn of(&self) -> usize {
        self.of
    }
    /// The current cell, row and column of what is shown.
    pub fn cursor(&self) -> (usize, usize) {
        self.cursor
    }
    /// Marked cells: first and last row, first and last column.
    pub fn range(&self) -> CellRange {
        let ((r, c), (ar, ac)) = (self.cursor, self.anchor);
        ((r.min(ar), r.max(ar)), (c.min(ac), c.max(ac)))
    }
    /// The cell that is being edited is the current one.
    pub fn edit(&self) -> Option<&CellEdit> {
        self.edit.as_ref()
    }
    /// Cells of the last paste that could not be taken.
    pub fn refused(&self) -> &Rc<[RefusedCell]> {
        &self.refused
    }

    /// For another document; the choice of columns stays.
    pub(in crate::app) fn begin_anew(&mut self) {
        *self = Self { shown: Rc::clone(&self.shown), ..Self::default() };
    }

    pub(super) fn at(&self, row: usize, column: usize) -> Option<(ComponentId, Field)> {
        Some((*self.rows.get(row)?, *self.shown.get(column)?))
    }

    pub(super) fn current(&self) -> Option<(ComponentId, Field)> {
        self.at(self.cursor.0, self.cursor.1)
    }
}
