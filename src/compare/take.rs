//! Taking chosen changes over from another document, without a common ancestor.

use std::collections::BTreeSet;

use crate::compare::kinds::{copy, references};
use crate::diag::Diagnostic;
use crate::format::mend;
use crate::model::{AnyRecordId, Document, Patch};

/// Chosen changes taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// What changes in the document: one step to undo.
    pub patch: Patch,
    /// What had to be dropped so that the document holds together, as links to what was removed.
    pub mended: Vec<Diagnostic>,
}

/// `document` with the `wanted` records as they are in `other` (gone when they are not there), where ids mean the same
/// in both, as in [`crate::compare::Comparison::other`]. What a wanted record refers to comes along where it is missing.
pub fn take(document: &Document, other: &Document, wanted: &BTreeSet<AnyRecordId>) -> Taken {
    let mut result = document.clone();
    let mut waiting: Vec<AnyRecordId> = wanted.iter().copied().collect();
    while let Some(record) = waiting.pop() {
        copy(record, other, &mut result);
        for needed in references(&result, record) {
            if !result.has(needed) && other.has(needed) {
                waiting.push(needed);
            }
        }
    }
    let mended = mend(&mut result);
    Taken { patch: document.patch_to(&result), mended }
}
