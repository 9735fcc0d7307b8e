//! Tables of systems and of what they depend on, as spreadsheets and scripts write them.
//!
//! Knows the document and tables. A table of systems has a row each, with an id or a name; a table of dependencies has a
//! source, which needs a target. A table is read in steps that can be looked at and corrected: the text is cut into a
//! [`Sheet`], each column gets a [`Guess`], and [`take_in`] says what would become of a document. Systems that nobody has
//! placed on a map have no evolution and no visibility: the analysis puts them by the depth of their dependencies. Columns
//! without a field in the model are kept in the `columns` field of the record and written back.

mod cells;
mod columns;
mod draft;
mod export;
mod import;
pub mod known_by;
mod outcome;
mod sheet;

pub use cells::DateOrder;
pub use columns::{field_row, guess, may_repeat, Confidence, Field, FieldRow, Guess, Meaning, RowsAre, Takes, FIELDS};
pub use draft::NewIds;
pub use export::{write_links, write_rows, write_systems};
pub use import::{as_new_document, kept_columns, probable_order, read_tables, take_in, Part};
pub use outcome::{Changed, Created, Left, Matched, Outcome, Unreadable};
pub use sheet::{Beside, Cut, Row, Sheet, SEPARATORS};

use crate::diag::Diagnostic;
use crate::format::report::Report;
use crate::format::Detected;

/// Signs at the start of a cell that make spreadsheets compute it.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What sort of table the text is: of systems, of dependencies or of something else; `None` when it is no table.
pub fn kind_of_table(text: &str) -> Option<Detected> {
    let (first, best) = sheet::headings_of(text);
    // Headings further down count only when they are known: any text has lines with commas.
    columns::kind_of(&first).filter(|kind| *kind != Detected::Csv).or_else(|| match columns::rows_of(&best) {
        Some(_) => columns::kind_of(&best),
        None => columns::kind_of(&first),
    })
}

/// What the rows of a table are, by its headings; `None` when they do not say.
pub fn rows_of(sheet: &Sheet) -> Option<RowsAre> {
    columns::rows_of(&sheet.headings)
}

/// Cuts a text into rows and cells; what is ragged or badly quoted is told.
pub fn cut_sheet(text: &str, cut: Cut) -> (Sheet, Vec<Diagnostic>) {
    let mut report = Report::default();
    let sheet = sheet::cut_sheet(text, cut, &mut report);
    (sheet, report.finish())
}

#[cfg(test)]
mod tests;
