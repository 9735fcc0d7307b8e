//! Mermaid's `wardley-beta`, in and out, with an honest list of what it cannot carry.
//!
//! Reads with the statements of `owm` in their other dialect, as the two languages are cousins; writes its own text,
//! which Mermaid's grammar takes: one line it does not know fails the whole diagram there. Knows no screen.

mod lint;
mod write;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm::{read_dialect, Dialect, Kind, Tree, MAX_TEXT_LENGTH};
use crate::format::Imported;
use crate::model::Document;
use crate::order;

pub use write::{write, WrittenMermaid};

/// Reads a `wardley-beta` text. Forms that Mermaid itself refuses are read as meant and told.
///
/// The text is not kept with the document: the map text shown beside the map is that of OnlineWardleyMaps.
pub fn read(text: &str) -> Imported {
    if text.len() > MAX_TEXT_LENGTH {
        let message = format!("This text has more than {} MB and was not read.", MAX_TEXT_LENGTH / 1024 / 1024);
        let refused = Diagnostic::new(Severity::Error, "mermaid-too-large", Place::Whole, message);
        return Imported::new(Document::new(), vec![refused]);
    }
    let tree = Tree::parse_dialect(text, Dialect::Mermaid);
    let (document, mut diagnostics) = read_dialect(&tree);
    if !tree.statements().iter().any(|s| s.kind == Kind::Header) {
        let message = "The text does not begin with wardley-beta; Mermaid will not take it for a map.";
        diagnostics.push(Diagnostic::new(Severity::Notice, "mermaid-no-header", Place::Whole, message));
    }
    lint::lint(&tree, &mut diagnostics);
    order::sort_by_key(&mut diagnostics, |d| match d.place {
        Place::Text { start, .. } => start,
        _ => 0,
    });
    Imported::new(document, diagnostics)
}

#[cfg(test)]
mod tests;
