//! Taking over what the other map has: chosen things without a common ancestor, or a three-way merge with one.
//!
//! Either is one step of the history, checked before it is done. Knows `crate::compare`; knows no browser.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::compare::{Comparing, Kind, Row};
use crate::app::describe::count;
use crate::app::effect::Effect;
use crate::app::kept::Why;
use crate::app::App;
use crate::compare::{merge_with, take, Choices, Conflict, Merged, Side};
use crate::diag::Diagnostic;
use crate::edit::Command;
use crate::model::{violations, AnyRecordId, Document, Patch};

/// A three-way merge that is being prepared.
#[derive(Debug, Clone)]
pub struct Merging {
    base_name: String,
    base: Rc<Document>,
    choices: Choices,
    merged: Rc<Merged>,
}

impl Merging {
    /// What the version both started from is called.
    pub fn base_name(&self) -> &str {
        &self.base_name
    }
    /// What both changed, in the order of records.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.merged.conflicts
    }
    /// How many conflicts nobody has settled.
    pub fn open(&self) -> usize {
        self.merged.open_conflicts().count()
    }
    /// What the merge does, in words.
    pub fn summary(&self) -> String {
        format!("Merging changes {} of this map.", touched_in_words(&self.merged.patch))
    }
    /// Whether there is nothing to do: the other side changed nothing that is not here.
    pub fn is_empty(&self) -> bool {
        self.merged.patch.is_empty() && self.merged.conflicts.is_empty()
    }
}

/// "4 components and 1 link".
fn touched_in_words(patch: &Patch) -> String {
    let touched = patch.touched();
    let mut parts = Vec::new();
    for (number, noun) in [(touched.components.len(), "component"), (touched.links.len(), "link")] {
        if number > 0 {
            parts.push(count(number, noun));
        }
    }
    match (parts.is_empty(), patch.is_empty()) {
        (_, true) => "nothing".to_owned(),
        (true, false) => "other records".to_owned(),
        (false, false) => parts.join(" and "),
    }
}

impl Comparing {
    /// What is marked to be taken over.
    pub fn wanted(&self) -> &BTreeSet<AnyRecordId> {
        &self.wanted
    }
    /// The merge that is being prepared, when a common ancestor is known.
    pub fn merging(&self) -> Option<&Merging> {
        self.merging.as_ref()
    }
    /// Rows that can be taken over, one for each record and group.
    pub fn takeable(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind != Kind::Risk)
    }

    /// Marks one thing, or lets it be.
    pub(super) fn want(&mut self, record: AnyRecordId, on: bool) {
        if on {
            self.wanted.insert(record);
        } else {
            self.wanted.remove(&record);
        }
    }

    /// Marks a whole group, or everything.
    pub(super) fn want_group(&mut self, kind: Option<Kind>, on: bool) {
        let rows = Rc::clone(&self.rows);
        for row in rows.iter().filter(|row| row.kind != Kind::Risk && kind.is_none_or(|kind| kind == row.kind)) {
            self.want(row.record, on);
        }
    }
}

impl App {
    /// The version both maps started from is known now.
    pub(crate) fn merge_from(&mut self, base_name: String, base: Document, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        let choices = Choices::default();
        let merged = merge_with(&base, &self.document, &comparing.theirs, &comparing.corrections, &choices);
        let said = match merged.conflicts.len() {
            0 => "Nothing was changed by both; the merge can be done.".to_owned(),
            n => format!("{} to settle: both changed the same.", count(n, "conflict")),
        };
        comparing.merging = Some(Merging { base_name, base: Rc::new(base), choices, merged: Rc::new(merged) });
        self.changes.panels = true;
        self.say(&said, false, effects);
    }

    /// Reckons the merge anew: after a choice, a correction or a change of the map.
    pub(super) fn merge_anew(&mut self) {
        let Some(comparing) = &mut self.comparing else { return };
        let Some(merging) = &mut comparing.merging else { return };
        let merged =
            merge_with(&merging.base, &self.document, &comparing.theirs, &comparing.corrections, &merging.choices);
        merging.merged = Rc::new(merged);
        self.changes.panels = true;
    }

    /// Settles one conflict, or leaves it open again.
    pub(super) fn settle(&mut self, record: AnyRecordId, field: String, side: Option<Side>) {
        let merging = self.comparing.as_mut().and_then(|comparing| comparing.merging.as_mut());
        let Some(merging) = merging else { return };
        match side {
            Some(side) => merging.choices.fields.insert((record, field), side),
            None => merging.choices.fields.remove(&(record, field)),
        };
        self.merge_anew();
    }

    /// Settles all conflicts, those already settled too; `None` leaves all open.
    pub(super) fn settle_all(&mut self, side: Option<Side>, effects: &mut Vec<Effect>) {
        let merging = self.comparing.as_mut().and_then(|comparing| comparing.merging.as_mut());
        let Some(merging) = merging else { return };
        merging.choices = Choices { all: side, ..Choices::default() };
        self.merge_anew();
        let text = match side {
            Some(Side::Ours) => "All conflicts: this map's side is taken.",
            Some(Side::Theirs) => "All conflicts: the other side is taken.",
            None => "All conflicts are open again.",
        };
        self.say(text, false, effects);
    }

    /// Carries out the merge as one step.
    pub(super) fn merge_now(&mut self, effects: &mut Vec<Effect>) {
        let Some(comparing) = &self.comparing else { return };
        let Some(merging) = &comparing.merging else { return };
        let open = merging.open();
        if open > 0 {
            let text = format!("{} still to settle before the maps can be merged.", count(open, "conflict"));
            return self.complain(&text, effects);
        }
        let (name, merged) = (comparing.name.clone(), Rc::clone(&merging.merged));
        let settled = merged.conflicts.len();
        let mut said = format!("Merged with {name}: changed {} here", touched_in_words(&merged.patch));
        if settled > 0 {
            said.push_str(&format!(", {} settled", count(settled, "conflict")));
        }
        self.take_over(&merged.patch, format!("Merge with {name}"), &said, &merged.notes, effects);
    }

    /// Takes over what is marked, as one step.
    pub(super) fn take_wanted(&mut self, effects: &mut Vec<Effect>) {
        let Some(comparing) = &self.comparing else { return };
        let taken = take(&self.document, &comparing.comparison.other, &comparing.wanted);
        let name = comparing.name.clone();
        let said = format!("Taken over from {name}: changed {} here", touched_in_words(&taken.patch));
        self.take_over(&taken.patch, format!("Take over from {name}"), &said, &taken.mended, effects);
    }

    /// One step of the history, when the document it makes holds together.
    fn take_over(
        &mut self,
        patch: &Patch,
        label: String,
        said: &str,
        mended: &[Diagnostic],
        effects: &mut Vec<Effect>,
    ) {
        if patch.is_empty() {
            return self.say("There is nothing to take over.", false, effects);
        }
        let mut result = Document::clone(&self.document);
        result.apply(patch);
        if !violations(&result).is_empty() {
            return self.complain("That would leave a map that does not hold together; nothing was changed.", effects);
        }
        if let Some(comparing) = &mut self.comparing {
            comparing.taking = true;
        }
        if !self.file.read_only {
            self.keep_version(Why::BeforeMerge, effects);
        }
        let done = self.run(&Command::Apply(patch.clone(), label), effects);
        if let Some(comparing) = &mut self.comparing {
            comparing.taking = false;
            comparing.wanted.clear();
        }
        if done.is_some() {
            let lost = match mended.len() {
                0 => String::new(),
                n => format!(" {}: {}", count(n, "remark"), mended.first().map_or("", |d| d.message.as_str())),
            };
            self.say(&format!("{said}. It is one step: undo takes it back.{lost}"), true, effects);
        }
    }
}
