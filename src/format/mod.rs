//! Files in and out: which format something is in, reading it with diagnostics, writing it.
//!
//! Knows the document; knows no screen and no browser. `serde` stays inside this folder. Readers never panic and never
//! loop without bound, whatever the bytes; every loss is a diagnostic.

use crate::diag::Diagnostic;
use crate::model::Document;

/// What a reader could make of an input.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The document; every rule of `model::violations` holds.
    pub document: Document,
    /// What was repaired, guessed, left aside or worth knowing, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
    /// The file was made by a newer version: shown read-only, everything kept.
    pub newer_version: bool,
}
