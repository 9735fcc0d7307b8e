//! What must hold for any bytes whatever, one function a reader: for property tests here and for fuzzers outside.
//!
//! Each reader either refuses the bytes with an error or makes a document that obeys the rules of the model, can be
//! written, and reads back equal; what is written is the same each time.

use crate::format::{csv, html, json, owm, FileInfo, FormatError};
use crate::model::{violations, Document, Violation};

/// What did not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Broken {
    /// A reader made a document that breaks a rule.
    #[error("a reader broke a rule: {0:?}")]
    Rule(Violation),
    /// What was written cannot be read.
    #[error("what was written cannot be read: {0}")]
    NotRead(FormatError),
    /// What was written reads back as something else.
    #[error("what was written reads back as something else: {0}")]
    ReadsOtherwise(String),
    /// Writing twice gives different files.
    #[error("writing twice gives different files")]
    WritesOtherwise,
}

/// Bytes as a file of ours.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_json(bytes: &[u8]) -> Result<(), Broken> {
    match json::read(bytes) {
        Ok(imported) => check_document(&imported.document, &imported.file),
        Err(error) => {
            // Every error has a sentence.
            error.sentence("file");
            Ok(())
        }
    }
}

/// Bytes as a page with a map inside.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_html(bytes: &[u8]) -> Result<(), Broken> {
    match html::read(bytes) {
        Ok(imported) => check_document(&imported.document, &imported.file),
        Err(_) => Ok(()),
    }
}

/// Bytes as a table of systems, as a table of dependencies, and as both.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_csv(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = crate::format::text::decode(bytes) else { return Ok(()) };
    for (systems, links) in [(Some(&*text), None), (None, Some(&*text)), (Some(&*text), Some(&*text))] {
        let Ok(imported) = csv::read_tables(systems, links, "") else { continue };
        check_document(&imported.document, &imported.file)?;
        check_tables(&imported.document)?;
    }
    Ok(())
}

/// Bytes as a map text.
///
/// # Errors
/// [`Broken`] when there is a defect in the reader or the writer.
pub fn check_owm(bytes: &[u8]) -> Result<(), Broken> {
    let Ok((text, _)) = crate::format::text::decode(bytes) else { return Ok(()) };
    let imported = owm::read(&text);
    check_document(&imported.document, &imported.file)
}

/// A document obeys the rules, can be written as our file and reads back equal.
///
/// # Errors
/// [`Broken`] when it does not.
pub fn check_document(document: &Document, file: &FileInfo) -> Result<(), Broken> {
    if let Some(violation) = violations(document).into_iter().next() {
        return Err(Broken::Rule(violation));
    }
    let text = json::write(document, file);
    let back = json::read(text.as_bytes()).map_err(Broken::NotRead)?;
    if back.document != *document {
        return Err(Broken::ReadsOtherwise(first_difference(document, &back.document)));
    }
    if json::write(&back.document, &back.file) != text {
        return Err(Broken::WritesOtherwise);
    }
    Ok(())
}

/// Tables lose what they have no columns for, but they lose it only once, and never a system.
fn check_tables(document: &Document) -> Result<(), Broken> {
    let read = |document: &Document| {
        let (systems, links) = (csv::write_systems(document), csv::write_links(document));
        let text = |table: String| table.trim_start_matches('\u{feff}').to_owned();
        csv::read_tables(Some(&text(systems)), Some(&text(links)), "").map_err(Broken::NotRead)
    };
    if document.components.is_empty() {
        return Ok(());
    }
    let once = read(document)?.document;
    let names = |document: &Document| document.components.values().map(|c| c.name.clone()).collect::<Vec<_>>();
    if names(&once) != names(document) {
        return Err(Broken::ReadsOtherwise(format!("{:?} {:?}", names(document), names(&once))));
    }
    let twice = read(&once)?.document;
    if twice != once {
        return Err(Broken::ReadsOtherwise(first_difference(&once, &twice)));
    }
    Ok(())
}

/// The first record in which two documents differ, in both forms.
fn first_difference(left: &Document, right: &Document) -> String {
    // `patch_to` looks at pointers first; joining with nothing leaves out what is equal by content.
    let mut patch = left.patch_to(right);
    patch.squash(&crate::model::Patch::default());
    match patch.changes().first() {
        Some(change) => format!("{change:#?}"),
        None => format!("{:?} {:?}", left.extra, right.extra),
    }
}

#[cfg(test)]
mod tests;
