//! Two documents against each other by meaning: what was added, removed, moved, renamed, changed; and merging them.
//!
//! Works in three steps: which record is which ([`matching`]), the second document in the ids of the first, and then
//! records against records, field by field. Fields are those of our file (`format::json`), so there is no second list
//! of them. Knows documents, their file and their analysis; never changes one, knows no screen.

mod field;
mod kinds;
mod matching;
mod merge;
mod report;
mod risk;
mod short;
mod take;
mod translate;

pub use field::FieldChange;
pub use matching::{match_records, same_file, Corrections, How, Match, Matching, ALIKE_FROM};
pub use merge::{merge, merge_with, Choices, Conflict, ConflictKind, Merged, Side};
pub use report::report;
pub use risk::{RiskChange, Standing};
pub use short::in_short;
pub use take::{take, Taken};

use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::model::{AnyRecordId, Document};
use kinds::{records, same};

/// What happened to a record. A component may have moved and been renamed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Only in the second document.
    Added,
    /// Only in the first.
    Removed,
    /// Has another name.
    Renamed,
    /// Stands elsewhere on the map.
    Moved,
    /// Differs in some other field.
    Changed,
}

/// What happened to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which, by its id in our document; what only the other one has by its id in [`Comparison::other`].
    pub record: AnyRecordId,
    /// What it is called: its name, or what it joins. As in the second document when it is there.
    pub name: String,
    /// What happened, in order; never empty.
    pub what: Vec<What>,
    /// Fields that differ; empty for what was added or removed.
    pub fields: Vec<FieldChange>,
    /// How its counterpart was found, when it has one.
    pub found: Option<Match>,
}

impl Change {
    /// Nothing but the place of its label is other: of no meaning, and people move labels all the time.
    pub fn is_of_label_only(&self) -> bool {
        !self.fields.is_empty()
            && self.what == [What::Changed]
            && self.fields.iter().all(|it| it.field.ends_with("label_offset"))
    }
}

/// Two documents against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Changes, kind by kind: settings first, then components, links and the rest.
    pub changes: Vec<Change>,
    /// Systems that stand otherwise against the red line, in the order of the second document.
    pub risk: Vec<RiskChange>,
    /// Which record of the other document is which of ours.
    pub matching: Matching,
    /// The other document in the ids of ours.
    pub other: Document,
    /// The id in [`Comparison::other`] of each record of the other document, by its own id.
    pub ids: BTreeMap<AnyRecordId, AnyRecordId>,
    /// The other document is the one before; otherwise it is the one after.
    pub other_is_before: bool,
}

/// A set of changes that can be taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everything.
    All,
    /// All changes of this sort to components and other things on the map.
    What(What),
    /// All changes to links.
    Links,
    /// Title, axes, rules.
    Settings,
}

impl Comparison {
    /// The two documents as before and after; `ours` is the one that was compared with the other.
    pub fn in_order<'d>(&'d self, ours: &'d Document) -> (&'d Document, &'d Document) {
        if self.other_is_before {
            (&self.other, ours)
        } else {
            (ours, &self.other)
        }
    }

    /// Whether the documents say the same. Their texts may differ in comments and spelling.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// The records of a group of changes.
    pub fn records(&self, group: Group) -> BTreeSet<AnyRecordId> {
        let mut found = BTreeSet::new();
        for change in &self.changes {
            let link = matches!(change.record, AnyRecordId::Link(_));
            let settings = change.record == AnyRecordId::Settings;
            let wanted = match group {
                Group::All => true,
                Group::What(what) => change.what.contains(&what) && !link && !settings,
                Group::Links => link,
                Group::Settings => settings,
            };
            if wanted {
                found.insert(change.record);
            }
        }
        found
    }
}

/// Compares two documents in the ids of the first. Risk is reckoned for `today` in both.
/// O((n + m) log n), and pairs of unmatched components.
pub fn compare(before: &Document, after: &Document, corrections: &Corrections, today: Option<Date>) -> Comparison {
    compare_with(before, after, false, corrections, today)
}

/// The same in the ids of `ours`, whichever of the two comes before.
pub fn compare_with(
    ours: &Document,
    other: &Document,
    other_is_before: bool,
    corrections: &Corrections,
    today: Option<Date>,
) -> Comparison {
    let matching = match_records(ours, other, corrections);
    let translated = translate::translated(ours, other, &[], &matching);
    let other = translated.document;
    let mut found = BTreeMap::new();
    for (original, record) in &translated.ids {
        if let Some(pair) = matching.pairs.get(original) {
            found.insert(*record, *pair);
        }
    }
    let (before, after) = if other_is_before { (&other, ours) } else { (ours, &other) };
    let mut changes = Vec::new();
    for record in all_records(before, after) {
        if same(before, after, record) {
            continue;
        }
        let what = field::what(before, after, record);
        if what.is_empty() {
            continue;
        }
        changes.push(Change {
            record,
            name: field::title(if after.has(record) { after } else { before }, record),
            fields: field::differences(before, after, record),
            what,
            found: found.get(&record).copied(),
        });
    }
    let risk = risk::changes(before, after, today);
    Comparison { changes, risk, matching, other, ids: translated.ids, other_is_before }
}

/// The later document with what is gone from the earlier one put back: both in one, to be drawn.
pub fn with_removed(comparison: &Comparison, ours: &Document) -> Document {
    let (before, after) = comparison.in_order(ours);
    let mut both = after.clone();
    for change in &comparison.changes {
        if change.what.contains(&What::Removed) {
            kinds::copy(change.record, before, &mut both);
        }
    }
    both
}

/// Settings and all records of either document, kind by kind in the order of ids. The text is not among them.
fn all_records(first: &Document, second: &Document) -> BTreeSet<AnyRecordId> {
    let mut all = BTreeSet::from([AnyRecordId::Settings]);
    for record in records(first).into_iter().chain(records(second)) {
        all.insert(record);
    }
    all
}

#[cfg(test)]
mod tests;
