//! Rows about dependencies: which link each is about, what it changes, and the ends it names.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diag::Severity;
use crate::format::csv::cells;
use crate::format::csv::columns::{field_row, folded_heading, Field, Meaning};
use crate::format::csv::draft::{names_of, Reading};
use crate::format::csv::import::{keep_columns, kept_columns, same_text, Columns, Import, Part, Said};
use crate::format::csv::outcome::{Changed, Matched, Unreadable};
use crate::format::csv::sheet::{plain, shortened, Row, MAX_CELL_BYTES};
use crate::format::json::Word;
use crate::format::FormatError;
use crate::model::*;
use crate::order;

impl Import<'_> {
    pub(super) fn dependencies(&mut self, part: &Part<'_>) -> Result<(), FormatError> {
        let column = |field: Field| part.meanings.iter().position(|meaning| *meaning == Meaning::Field(field));
        let (Some(source), Some(target)) = (column(Field::Source), column(Field::Target)) else {
            return Err(FormatError::NoColumns { missing: "“source” and “target”" });
        };
        let count = part.sheet.rows.len();
        if count > MAX_LINKS {
            return Err(FormatError::TooMany { what: "links", count, limit: MAX_LINKS });
        }
        let columns = Columns::of(part);
        let systems_known = !self.document.components.is_empty();
        for row in &part.sheet.rows {
            let (from, to) = (plain(row.cell(source)), plain(row.cell(target)));
            if from.is_empty() || to.is_empty() {
                let reason = "A dependency without source or target was left out.".to_owned();
                self.leave(Severity::Warning, "csv-open-edge", row.number, "source", reason);
                continue;
            }
            if from.len().max(to.len()) > MAX_CELL_BYTES {
                self.too_long(row.number, "source", if from.len() > to.len() { &from } else { &to });
                continue;
            }
            let from = self.find_or_make(&from, row.number, systems_known)?;
            let to = self.find_or_make(&to, row.number, systems_known)?;
            self.dependency(part, &columns, row, from, to);
        }
        Ok(())
    }

    fn dependency(&mut self, part: &Part<'_>, columns: &Columns, row: &Row, from: ComponentId, to: ComponentId) {
        // One that was there: the one that says the same, or the only one between the two.
        let there = self.pairs.get(&(from, to)).cloned().unwrap_or_default();
        let says_the_same = |id: &LinkId| {
            let Some(link) = self.document.links.get(id) else { return false };
            let kept: BTreeMap<String, String> = order::map(kept_columns(&link.extra));
            (0..columns.names.len()).all(|index| {
                let cell = plain(row.cell(index));
                match part.meanings.get(index) {
                    _ if cell.is_empty() => true,
                    Some(Meaning::Field(Field::Source | Field::Target) | Meaning::LeaveOut) | None => true,
                    Some(Meaning::Field(field)) => same_text(&cell, &link_text(link, *field)),
                    Some(Meaning::Keep) => kept.get(&columns.name(index)).is_some_and(|it| same_text(it, &cell)),
                }
            })
        };
        let same = there.iter().position(says_the_same);
        if let (Some(place), Some(open)) = (same, self.pairs.get_mut(&(from, to))) {
            open.remove(place);
            self.outcome.links_same += 1;
            return;
        }
        let only = if let [only] = there.as_slice() { Some(*only) } else { None };
        let known = only.and_then(|id| self.document.links.get(&id)).map(|link| Link::clone(link));
        let mut link = known.clone().unwrap_or_else(|| Link::need(from, to));
        let mut kept: BTreeMap<String, String> = BTreeMap::new();
        for Said { meaning, heading, cell, reading } in self.said(part, columns, row) {
            match meaning {
                Meaning::Field(field) if fill_link(&mut link, field, &cell, reading) => {}
                Meaning::Field(field) => {
                    // Kinds of other people's tables are kept without a word.
                    if field != Field::LinkKind {
                        self.refuse_cell(row.number, &heading, &cell, field);
                    }
                    kept.insert(heading, cell);
                }
                _ => _ = kept.insert(heading, cell),
            }
        }
        self.beyond(columns, row, &mut kept);
        keep_columns(&mut link.extra, kept);
        match (only, known) {
            (Some(id), Some(known)) => {
                self.pairs.remove(&(from, to));
                if link == known {
                    self.outcome.links_same += 1;
                } else {
                    self.outcome.links_changed += 1;
                    self.tell_link(row.number, &known, &link);
                    self.document.links.insert(id, Rc::new(link));
                }
            }
            _ => self.link(link, row.number),
        }
    }

    fn tell_link(&mut self, row: u32, before: &Link, after: &Link) {
        let name = |id: ComponentId| self.document.components.get(&id).map_or_else(String::new, |c| c.name.clone());
        let names = format!("{} → {}", name(before.from), name(before.to));
        for field in [Field::LinkKind, Field::LinkLabel, Field::Interface, Field::Strength, Field::Buffer] {
            let (old, new) = (link_text(before, field), link_text(after, field));
            if old != new {
                self.outcome.changed.push(Changed {
                    row,
                    id: before.from,
                    name: names.clone(),
                    matched: Matched::Id,
                    field: field_row(field).words.to_owned(),
                    before: old,
                    after: new,
                });
            }
        }
    }

    /// The component of this id or name; a new one when there is none.
    fn find_or_make(&mut self, name: &str, row: u32, systems_known: bool) -> Result<ComponentId, FormatError> {
        if let Some(id) = self.find(name) {
            return Ok(id);
        }
        if systems_known {
            self.say(Severity::Warning, "csv-unknown-system", row, "source", || {
                format!("“{}” is not in the table of systems; it was added.", shortened(name, 80))
            });
        }
        let component = Component { external_id: Some(name.to_owned()), ..Component::named(name) };
        self.new_system(&component, row)
    }

    fn link(&mut self, link: Link, row: u32) {
        if link.from == link.to {
            let reason = "A dependency of a system on itself was left out.".to_owned();
            return self.leave(Severity::Warning, "csv-self-link", row, "target", reason);
        }
        if self.document.links.len() >= MAX_LINKS {
            let reason = format!("A map holds at most {MAX_LINKS} links; this one was left out.");
            return self.leave(Severity::Error, "csv-too-many-links", row, "target", reason);
        }
        // The same line twice is one dependency; two that differ in anything are two.
        let detail = format!("{:?}{}{}{:?}", link.dependency, link.context, link.interface, link.extra);
        if !self.links.insert((link.from, link.to, detail)) {
            let reason = "The same dependency is there already.".to_owned();
            return self.leave(Severity::Notice, "csv-duplicate-edge", row, "source", reason);
        }
        let id: LinkId = self.ids.next('l', &self.document).cast();
        self.document.links.insert(id, Rc::new(link));
        self.outcome.links_created += 1;
    }

    /// Dependencies that stand in a cell of the systems' own table.
    pub(super) fn resolve_needs(&mut self) {
        for (from, row, heading, cell) in std::mem::take(&mut self.needs) {
            // A name may hold a comma itself, so the whole cell is tried first.
            let names = match self.find(&cell) {
                Some(_) => vec![cell],
                None => names_of(&cell, &[',', ';', '|', '\n']),
            };
            let mut lost = Vec::new();
            for name in names {
                match self.find(&name) {
                    Some(to) if self.pairs.contains_key(&(from, to)) => self.outcome.links_same += 1,
                    Some(to) => self.link(Link::need(from, to), row),
                    None => lost.push(name),
                }
            }
            if lost.is_empty() {
                continue;
            }
            let reason = format!("No system is called “{}”; the cell was kept beside the others.", lost.join("”, “"));
            self.say(Severity::Warning, "csv-unknown-need", row, &heading, || reason.clone());
            let cell = lost.join(", ");
            let short = shortened(&cell, 40);
            self.outcome.unreadable.push(Unreadable { row, column: heading.clone(), cell: short, reason });
            if let Some(component) = self.document.components.get_mut(&from) {
                let mut columns = BTreeMap::new();
                columns.insert(heading, cell);
                let mut extra = component.extra.clone();
                if !keep_columns(&mut extra, columns).is_empty() {
                    Rc::make_mut(component).extra = extra;
                }
            }
        }
    }
}

/// What the cell of a dependency says.
pub(in crate::format::csv) fn link_text(link: &Link, field: Field) -> String {
    match field {
        Field::LinkKind => link.dependency.word().to_owned(),
        Field::LinkLabel => link.context.clone(),
        Field::Interface => link.interface.clone(),
        Field::Strength => cells::known_cell(&link.strength),
        Field::Buffer => cells::known_cell(&link.buffer_h),
        _ => String::new(),
    }
}

fn fill_link(link: &mut Link, field: Field, cell: &str, reading: Reading) -> bool {
    match field {
        Field::LinkLabel => link.context = cell.to_owned(),
        Field::Interface => link.interface = cell.to_owned(),
        Field::Strength => match cells::known_share(cell, reading.per_cent) {
            Some(strength) => link.strength = strength,
            None => return false,
        },
        Field::Buffer => match cells::known_number(cell, 8760.0) {
            Some(buffer) => link.buffer_h = buffer,
            None => return false,
        },
        Field::LinkKind => {
            let word = folded_heading(cell);
            link.dependency = match (DependencyKind::from_word(&word), word.as_str()) {
                (Some(kind), _) => kind,
                (None, "runs_on" | "deployed_on") => DependencyKind::HostedOn,
                (None, "depends_on" | "uses" | "default" | "needs") => DependencyKind::Runtime,
                _ => return false,
            };
        }
        // The ends are there already.
        _ => {}
    }
    true
}
