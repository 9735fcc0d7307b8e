//! What becomes of a document when tables are taken in, row by row, for whoever decides whether to take them.
//!
//! Knows the document and how rows were found; knows nothing of reading them.

use crate::diag::Diagnostic;
use crate::model::{ComponentId, Document};

/// By what a row was found to be about a system that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// The same id.
    Id,
    /// The same name, capitals and blanks aside.
    Name,
}

/// A system that a row makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Row in a spreadsheet, from 1.
    pub row: u32,
    /// The system.
    pub id: ComponentId,
    /// Its name.
    pub name: String,
}

/// A field that a row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Row in a spreadsheet, from 1.
    pub row: u32,
    /// The system.
    pub id: ComponentId,
    /// Its name as it is now.
    pub name: String,
    /// How it was found.
    pub matched: Matched,
    /// What the field is called.
    pub field: String,
    /// What it says now.
    pub before: String,
    /// What it will say.
    pub after: String,
}

/// A row, or a part of one, that is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Row in a spreadsheet, from 1.
    pub row: u32,
    /// Why, as a sentence.
    pub reason: String,
}

/// A cell that cannot be read as its column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Row in a spreadsheet, from 1.
    pub row: u32,
    /// Heading of its column.
    pub column: String,
    /// The cell, shortened.
    pub cell: String,
    /// What happens to it, as a sentence.
    pub reason: String,
}

/// What becomes of a document when tables are taken in.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The document afterwards; every rule of the model holds.
    pub document: Document,
    /// Systems that are made.
    pub created: Vec<Created>,
    /// Fields that are changed, by row.
    pub changed: Vec<Changed>,
    /// Systems that are there and are changed.
    pub systems_changed: usize,
    /// Rows about systems that say what is known already.
    pub same: usize,
    /// Dependencies that are made.
    pub links_created: usize,
    /// Dependencies that are changed.
    pub links_changed: usize,
    /// Dependencies that are there already.
    pub links_same: usize,
    /// Rows that are not taken in.
    pub left: Vec<Left>,
    /// Cells that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Systems of the document that no row is about; they stay as they are.
    pub untouched: usize,
    /// All that is worth knowing, as for any other file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// Whether nothing would change.
    pub fn is_nothing(&self) -> bool {
        self.created.is_empty()
            && self.changed.is_empty()
            && self.systems_changed + self.links_created + self.links_changed == 0
    }
}
