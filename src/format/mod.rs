//! Files in and out: which format something is in, reading it with diagnostics, writing it.
//!
//! Knows the document; knows no screen and no browser. `serde_json` stays inside this folder. Readers never panic and never
//! loop without bound, whatever the bytes; every loss is a diagnostic.

pub mod csv;
mod detect;
mod error;
pub mod fuzz;
pub mod html;
pub mod json;
pub mod link;
pub mod mermaid;
mod open;
pub mod owm;
mod packed;
pub mod picture;
mod repair;
mod report;
pub mod support_dates;
pub mod text;

pub use detect::{detect, Detected};
pub use error::{FormatError, SyntaxReason};
pub use open::{open, title_of, NamedBytes};

use crate::diag::Diagnostic;
use crate::model::{Document, Extra};

/// Makes a document obey the rules of the model again, as after reading a file; says what was changed.
pub fn mend(document: &mut Document) -> Vec<Diagnostic> {
    let mut report = report::Report::default();
    repair::repair(document, &mut report);
    report.finish()
}

/// Most bytes of a file that a reader accepts.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// What a reader could make of an input.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The document; every rule of `model::violations` holds.
    pub document: Document,
    /// What was repaired, guessed, left aside or worth knowing, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
    /// The file was made by a newer version: shown read-only, everything kept.
    pub newer_version: bool,
    /// What the file says besides the document; as for a new file when it was not one of ours.
    pub file: FileInfo,
}

impl Imported {
    /// What a reader of a foreign format made: never "newer", nothing said about the file.
    pub fn new(document: Document, diagnostics: Vec<Diagnostic>) -> Self {
        Self { document, diagnostics, newer_version: false, file: FileInfo::default() }
    }
}

/// What stands in one of our files beside the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileInfo {
    /// Version of the format when newer than ours; `None` writes ours.
    pub newer_version: Option<u32>,
    /// When it was saved, as text (the shell has the clock).
    pub saved_at: Option<String>,
    /// Camera and selection as JSON text; a matter of the application, opaque here.
    pub view: Option<String>,
    /// Ids of the saved states it comes from, newest first: two copies of a file find their common ancestor by them.
    pub lineage: Vec<String>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}
