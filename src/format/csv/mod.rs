//! Tables of systems and of what they depend on, as spreadsheets and scripts write them.
//!
//! Knows the document and tables. A table of systems has a row each, with an id or a name; a table of dependencies has a
//! source, which needs a target. Nobody has placed these systems on a map, so they have no evolution and no visibility:
//! the analysis puts them by the depth of their dependencies. Columns without a field in the model are kept in the
//! `columns` field of the record and written back.

mod columns;
mod export;
mod import;
mod table;

pub use export::{write_links, write_rows, write_systems};
pub use import::{kept_columns, read_tables};

use crate::format::Detected;

/// What sort of table the text is: of systems, of dependencies or of something else; `None` when it is no table.
pub fn kind_of_table(text: &str) -> Option<Detected> {
    columns::kind_of(&table::headings_of(text))
}

#[cfg(test)]
mod tests;
