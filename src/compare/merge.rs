//! Merging two documents that come from one: what only one side changed is taken, what both changed in the same field
//! is a conflict, and a choice settles it.
//!
//! Everything is brought into the ids of ours, so that the result is one patch of our document. Fields that only make
//! sense together (both coordinates of a place) count as one; sets such as tags and members are merged by element and
//! never conflict. What one side removed and the other changed or needs is a conflict, and is kept until somebody
//! chooses otherwise. Knows records and fields; nothing of files and screens.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::field::{differing, label, title, unit, value};
use crate::compare::kinds::{copy, records, references, same};
use crate::compare::matching::{match_additions, match_records, Corrections};
use crate::compare::translate::translated;
use crate::diag::{Diagnostic, Place, Severity};
use crate::format::json::{elements, fields_of, set_fields, Fields};
use crate::format::mend;
use crate::model::{AnyRecordId, Document, Patch};

/// One of the two documents that are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The document that is open; its ids are kept.
    Ours,
    /// The other one.
    Theirs,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }
}

/// Which side to take where both changed the same; the narrower choice counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// For everything.
    pub all: Option<Side>,
    /// For all of a record, by its id in the result.
    pub records: BTreeMap<AnyRecordId, Side>,
    /// For a field of a record, as [`Conflict::field`] names it.
    pub fields: BTreeMap<(AnyRecordId, String), Side>,
}

impl Choices {
    fn side(&self, record: AnyRecordId, field: &str) -> Option<Side> {
        let narrow = self.fields.iter().find(|((r, f), _)| *r == record && f == field).map(|(_, side)| *side);
        narrow.or(self.records.get(&record).copied()).or(self.all)
    }
}

/// What stands against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Both changed the field, and not to the same.
    BothChanged,
    /// One side removed the record, the other changed it.
    RemovedAndChanged {
        /// Who removed it.
        by: Side,
    },
    /// One side removed the record, something of the other needs it.
    RemovedAndNeeded {
        /// Who removed it.
        by: Side,
    },
}

/// Something only a person can decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The record, by its id in the result.
    pub record: AnyRecordId,
    /// What it is called.
    pub name: String,
    /// What stands against what.
    pub kind: ConflictKind,
    /// The field, by its path in our file or the name of fields that belong together; empty for the whole record.
    pub field: String,
    /// What the field is called.
    pub label: String,
    /// What the common ancestor says, in words.
    pub base: String,
    /// What our document says.
    pub ours: String,
    /// What their document says.
    pub theirs: String,
    /// The side whose version stands in the result.
    pub taken: Side,
    /// Whether a choice settled it.
    pub settled: bool,
}

/// The outcome of merging.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What changes in our document: one step to undo.
    pub patch: Patch,
    /// Our document with the patch.
    pub document: Document,
    /// What both changed, settled or not, in the order of records.
    pub conflicts: Vec<Conflict>,
    /// What had to be mended or could not be taken along.
    pub notes: Vec<Diagnostic>,
}

impl Merged {
    /// Conflicts that nobody has settled.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(|conflict| !conflict.settled)
    }
}

/// Merges what `ours` and `theirs` made of `base`. O((n + m) log n), and pairs of components without a match.
pub fn merge(base: &Document, ours: &Document, theirs: &Document, choices: &Choices) -> Merged {
    merge_with(base, ours, theirs, &Corrections::default(), choices)
}

/// The same with what a person said about which of theirs is which of ours.
pub fn merge_with(
    base: &Document,
    ours: &Document,
    theirs: &Document,
    corrections: &Corrections,
    choices: &Choices,
) -> Merged {
    let from_base = translated(ours, base, &[], &match_records(ours, base, &Corrections::default()));
    // Their counterparts are looked for in the ancestor first, then among what we added.
    let mut known = corrections.clone();
    for (record, found) in match_records(base, theirs, &Corrections::default()).pairs {
        if let Some(id) = from_base.ids.get(&found.before) {
            known.same.push((*id, record));
        }
    }
    let base = from_base.document;
    let mut all_known = base.clone();
    for record in records(ours) {
        if !base.has(record) {
            copy(record, ours, &mut all_known);
        }
    }
    let theirs = translated(&all_known, theirs, &[], &match_additions(&all_known, theirs, &known)).document;
    let mut merger =
        Merger { base: &base, ours, theirs: &theirs, choices, result: ours.clone(), conflicts: BTreeMap::new() };
    merger.run();
    let Merger { mut result, conflicts, .. } = merger;
    let mut notes = mend(&mut result);
    notes.extend(merge_source(&base, ours, &theirs, &mut result));
    Merged { patch: ours.patch_to(&result), document: result, conflicts: conflicts.into_values().collect(), notes }
}

/// Map texts are not merged: one is kept, and what the other side changed is worked into it when it is written.
fn merge_source(base: &Document, ours: &Document, theirs: &Document, result: &mut Document) -> Option<Diagnostic> {
    let text = |document: &Document| document.source.as_ref().map(|source| source.text.clone());
    let (was, mine, other) = (text(base), text(ours), text(theirs));
    if mine == was {
        result.source = theirs.source.clone();
        return None;
    }
    let message = "Both map texts were changed; ours was kept with their changes worked in, without their comments.";
    (other != was && other != mine).then(|| Diagnostic::new(Severity::Notice, "merge-text", Place::Whole, message))
}

struct Merger<'d> {
    base: &'d Document,
    ours: &'d Document,
    theirs: &'d Document,
    choices: &'d Choices,
    result: Document,
    conflicts: BTreeMap<(AnyRecordId, String), Conflict>,
}

impl Merger<'_> {
    fn run(&mut self) {
        let mut all = BTreeSet::from([AnyRecordId::Settings]);
        for document in [self.base, self.ours, self.theirs] {
            for record in records(document) {
                all.insert(record);
            }
        }
        for record in all {
            self.record(record);
        }
        self.keep_what_is_needed();
    }

    fn record(&mut self, record: AnyRecordId) {
        if same(self.base, self.theirs, record) || same(self.ours, self.theirs, record) {
            return;
        }
        if same(self.base, self.ours, record) {
            copy(record, self.theirs, &mut self.result);
            return;
        }
        match (self.ours.has(record), self.theirs.has(record)) {
            (true, true) => self.fields(record),
            (false, true) => self.removed(record, Side::Ours, false),
            (true, false) => self.removed(record, Side::Theirs, false),
            (false, false) => {}
        }
    }

    /// One side has removed what the other has changed or needs: kept, unless the removal was chosen.
    fn removed(&mut self, record: AnyRecordId, by: Side, needed: bool) {
        let choice = self.choices.side(record, "");
        let taken = choice.unwrap_or(by.other());
        let keeper = match by {
            Side::Ours => self.theirs,
            Side::Theirs => self.ours,
        };
        if taken == by {
            let nothing = Document::new();
            copy(record, &nothing, &mut self.result);
        } else {
            copy(record, keeper, &mut self.result);
            self.bring_back_around(record, by);
        }
        let said = |side: Side| {
            if side == by {
                "removed"
            } else if needed {
                "needed"
            } else {
                "changed"
            }
            .to_owned()
        };
        let conflict = Conflict {
            record,
            name: title(keeper, record),
            kind: if needed { ConflictKind::RemovedAndNeeded { by } } else { ConflictKind::RemovedAndChanged { by } },
            field: String::new(),
            label: String::new(),
            base: "there".to_owned(),
            ours: said(Side::Ours),
            theirs: said(Side::Theirs),
            taken,
            settled: choice.is_some(),
        };
        self.conflicts.insert((record, String::new()), conflict);
    }

    /// What was removed along with a record that stays after all, such as its links, stays too.
    fn bring_back_around(&mut self, record: AnyRecordId, by: Side) {
        let (remover, keeper) = match by {
            Side::Ours => (self.ours, self.theirs),
            Side::Theirs => (self.theirs, self.ours),
        };
        for other in records(self.base) {
            if remover.has(other) || self.result.has(other) || !keeper.has(other) {
                continue;
            }
            let needs = references(keeper, other);
            if needs.contains(&record) && needs.iter().all(|needed| self.result.has(*needed)) {
                copy(other, keeper, &mut self.result);
            }
        }
    }

    fn fields(&mut self, record: AnyRecordId) {
        let base = fields_of(self.base, record);
        let (ours, theirs) = (fields_of(self.ours, record), fields_of(self.theirs, record));
        let mut result = ours.clone();
        let changed_by_us = differing(record, &base, &ours);
        let apart = differing(record, &ours, &theirs);
        for field in differing(record, &base, &theirs) {
            if !apart.contains(field) {
                continue;
            }
            if !changed_by_us.contains(field) {
                put(record, field, &theirs, &mut result);
            } else if let Some(merged) = merged_set(field, &base, &ours, &theirs) {
                set(field, merged, &mut result);
            } else {
                let choice = self.choices.side(record, field);
                let taken = choice.unwrap_or(Side::Ours);
                if taken == Side::Theirs {
                    put(record, field, &theirs, &mut result);
                }
                let conflict = Conflict {
                    record,
                    name: title(self.ours, record),
                    kind: ConflictKind::BothChanged,
                    field: field.to_owned(),
                    label: label(field),
                    base: said(self.base, record, field, &base),
                    ours: said(self.ours, record, field, &ours),
                    theirs: said(self.theirs, record, field, &theirs),
                    taken,
                    settled: choice.is_some(),
                };
                self.conflicts.insert((record, field.to_owned()), conflict);
            }
        }
        set_fields(&mut self.result, record, &result);
    }

    /// Brings back what was removed on one side and is referred to in the result.
    fn keep_what_is_needed(&mut self) {
        let mut seen: BTreeSet<AnyRecordId> = BTreeSet::new();
        let mut waiting = records(&self.result);
        while let Some(record) = waiting.pop() {
            for needed in references(&self.result, record) {
                if self.result.has(needed) || !seen.insert(needed) {
                    continue;
                }
                let by = match (self.ours.has(needed), self.theirs.has(needed)) {
                    (false, true) => Side::Ours,
                    (true, false) => Side::Theirs,
                    _ => continue,
                };
                let settled = self.conflicts.get(&(needed, String::new())).is_some_and(|c| c.settled);
                if !settled {
                    self.removed(needed, by, true);
                }
                // What came back may itself need something.
                waiting.extend(records(&self.result));
            }
        }
    }
}

/// Takes the fields of a unit over from another record.
fn put(record: AnyRecordId, field: &str, from: &Fields, to: &mut Fields) {
    to.retain(|path, _| unit(record, path) != field);
    for (path, text) in from {
        if unit(record, path) == field {
            to.insert(path.clone(), text.clone());
        }
    }
}

fn set(field: &str, text: String, to: &mut Fields) {
    if text == "[]" {
        to.remove(field);
    } else {
        to.insert(field.to_owned(), text);
    }
}

/// Fields that are sets, in whatever record.
const SETS: &[&str] = &["tags", "members", "components", "pathways", "shared", "skills", "can"];

/// A set with what both sides added and without what either took out; `None` when the field is none.
fn merged_set(field: &str, base: &Fields, ours: &Fields, theirs: &Fields) -> Option<String> {
    if !SETS.contains(&field) {
        return None;
    }
    let list = |fields: &Fields| fields.get(field).map_or_else(|| Some(Vec::new()), |text| elements(text));
    let (was, mine, other) = (list(base)?, list(ours)?, list(theirs)?);
    let mut merged: BTreeSet<&String> = BTreeSet::new();
    for element in mine.iter().chain(&other) {
        if !was.contains(element) || (mine.contains(element) && other.contains(element)) {
            merged.insert(element);
        }
    }
    let texts: Vec<&str> = merged.into_iter().map(String::as_str).collect();
    Some(format!("[{}]", texts.join(",")))
}

/// A unit of fields in words.
fn said(document: &Document, record: AnyRecordId, field: &str, fields: &Fields) -> String {
    let mut parts = Vec::new();
    for path in fields.keys().filter(|path| unit(record, path) == field) {
        let words = value(document, record, path, fields);
        parts.push(if path == field { words } else { format!("{} {words}", label(path)) });
    }
    if parts.is_empty() {
        "nothing".to_owned()
    } else {
        parts.join(", ")
    }
}
