//! The map inside a picture: put into an SVG or a PNG, and found there again.
//!
//! What is inside is the file's own text, packed. Knows how pictures are put together, as far as that takes; draws
//! nothing and knows nothing of what the file says.

pub mod png;
pub mod svg;
#[cfg(test)]
mod tests;

pub use crate::format::packed::Unpacked;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::{json, FormatError, Imported, MAX_FILE_BYTES};

/// What marks our part of a picture.
pub(crate) const KEYWORD: &str = "portolan-map";

/// Opens what was found in a picture; `looks_like` says what it is, with its article.
pub(super) fn read_found(found: Option<Unpacked>, looks_like: &'static str) -> Result<Imported, FormatError> {
    let Some(Unpacked { bytes, whole }) = found else { return Err(FormatError::NoMapInside { looks_like }) };
    match json::read(&bytes) {
        Ok(mut imported) => {
            if !whole {
                let message = "The map inside the picture is damaged; what could be read was opened.";
                imported.diagnostics.push(Diagnostic::new(Severity::Error, "picture-damaged", Place::Whole, message));
            }
            Ok(imported)
        }
        Err(_) if !whole => Err(FormatError::DamagedInside { looks_like }),
        Err(error) => Err(error),
    }
}

fn unpack(packed: &[u8]) -> Unpacked {
    crate::format::packed::unpack(packed, MAX_FILE_BYTES)
}
