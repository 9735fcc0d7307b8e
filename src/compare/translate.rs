//! The second document in the ids of the first, so that what is the same thing has the same id.
//!
//! Knows ids and references only.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::compare::kinds::{numbered, records, renamed};
use crate::compare::matching::Matching;
use crate::model::{AnyRecordId, Document, Settings};

/// `after` with each matched record under its id in `before`. New records keep their ids where those are free in
/// `before` and in `others`, else get the next free number.
pub(super) fn translated(before: &Document, after: &Document, others: &[&Document], matching: &Matching) -> Translated {
    let mut ids: BTreeMap<AnyRecordId, AnyRecordId> = BTreeMap::new();
    let mut used: BTreeSet<AnyRecordId> = matching.pairs.values().map(|found| found.before).collect();
    let mut number = 0;
    for record in records(after) {
        if let Some(found) = matching.before(record) {
            ids.insert(record, found);
            continue;
        }
        let mut id = record;
        while before.has(id) || used.contains(&id) || others.iter().any(|other| other.has(id)) {
            number += 1;
            id = numbered(record, number);
        }
        used.insert(id);
        ids.insert(record, id);
    }
    let mut document = renamed(after, &|record| ids.get(&record).copied().unwrap_or(record));
    // Which document it is belongs to its identity, as the ids of records do: no difference, nothing to merge.
    if document.settings.document_id != before.settings.document_id {
        let document_id = before.settings.document_id.clone();
        document.settings = Rc::new(Settings { document_id, ..Settings::clone(&document.settings) });
    }
    Translated { document, ids }
}

/// A document in other ids.
pub(super) struct Translated {
    /// The document.
    pub(super) document: Document,
    /// New id of each record.
    pub(super) ids: BTreeMap<AnyRecordId, AnyRecordId>,
}
