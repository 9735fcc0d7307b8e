//! A text as a new document.

use std::rc::Rc;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm::ids::Ids;
use crate::format::owm::lower::{lower, Lowered};
use crate::format::owm::syntax::Tree;
use crate::format::owm::MAX_TEXT_LENGTH;
use crate::format::Imported;
use crate::model::{Document, SourceLanguage, TextSource};

/// Reads an OnlineWardleyMaps text. Ids are `c0001`, `l0001`, … in the order of the text; the text is kept with the document.
pub fn read(text: &str) -> Imported {
    if let Some(refused) = too_large(text) {
        return Imported::new(Document::new(), vec![refused]);
    }
    let Lowered { mut document, bindings, diagnostics, .. } = lower(&Tree::parse(text), Ids::counted());
    document.source = Some(Rc::new(TextSource { language: SourceLanguage::Owm, text: text.to_owned(), bindings }));
    Imported::new(document, diagnostics)
}

/// What a text in another dialect says, without keeping the text.
pub(in crate::format) fn read_dialect(tree: &Tree<'_>) -> (Document, Vec<Diagnostic>) {
    let Lowered { document, diagnostics, .. } = lower(tree, Ids::counted());
    (document, diagnostics)
}

pub(in crate::format) fn too_large(text: &str) -> Option<Diagnostic> {
    (text.len() > MAX_TEXT_LENGTH).then(|| {
        let message = format!("This text has more than {} MB and was not read.", MAX_TEXT_LENGTH / 1024 / 1024);
        Diagnostic::new(Severity::Error, "owm-too-large", Place::Whole, message)
    })
}
