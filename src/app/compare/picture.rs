//! The picture of a comparison: a document that holds both maps, and the signs on it.
//!
//! Nothing but drawing uses that document. Knows the comparison and records; no screen.

use crate::compare::{with_removed, Change, Comparison, What};
use crate::geom::{Map, Point};
use crate::model::{AnyRecordId, Document};
use crate::scene::{Difference, DifferenceSign};

/// Which of the two maps is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawn {
    /// The later one with ghosts of what is gone and arrows from where things stood.
    #[default]
    Both,
    /// The earlier one.
    Before,
    /// The later one.
    After,
}

/// What is drawn: the document and the differences on it.
pub(super) fn picture(comparison: &Comparison, ours: &Document, drawn: Drawn) -> (Document, Vec<Difference>) {
    let (before, after) = comparison.in_order(ours);
    let document = match drawn {
        Drawn::Both => with_removed(comparison, ours),
        Drawn::Before => before.clone(),
        Drawn::After => after.clone(),
    };
    let mut differences = Vec::new();
    for change in &comparison.changes {
        if change.record == AnyRecordId::Settings || !document.has(change.record) || change.is_of_label_only() {
            continue;
        }
        let moved = change.what.contains(&What::Moved);
        let from = if drawn == Drawn::Both && moved { place(before, change.record) } else { None };
        let sign = sign(change).or((moved && from.is_none()).then_some(DifferenceSign::Moved));
        differences.push(Difference { record: change.record, sign, from });
    }
    (document, differences)
}

fn sign(change: &Change) -> Option<DifferenceSign> {
    let has = |what| change.what.contains(&what);
    if has(What::Added) {
        Some(DifferenceSign::Added)
    } else if has(What::Removed) {
        Some(DifferenceSign::Removed)
    } else {
        (has(What::Changed) || has(What::Renamed)).then_some(DifferenceSign::Changed)
    }
}

/// Where a record stands, when somebody decided it.
fn place(document: &Document, record: AnyRecordId) -> Option<Point<Map>> {
    match record {
        // Variants are drawn below their pipeline's parent, whatever their own place says.
        AnyRecordId::Component(id) => document.components.get(&id).filter(|c| c.pipeline.is_none())?.place(),
        AnyRecordId::Note(id) => document.notes.get(&id).map(|note| note.at),
        AnyRecordId::Accelerator(id) => document.accelerators.get(&id).map(|accelerator| accelerator.at),
        _ => None,
    }
}
