//! Rows into a document: which system each row is about, what it changes, what is left and why.
//!
//! The outcome is a whole document and a list of everything that happened to every row; whoever asked decides whether
//! to take it. Knows no screen.

pub(super) mod links;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diag::{Place, Severity};
use crate::format::csv::cells::{self, DateOrder};
use crate::format::csv::columns::{
    field_row, folded_heading, guess, may_repeat, rows_of, Field, Meaning, RowsAre, Takes,
};
use crate::format::csv::draft::{bare, Draft, Lookup, NewIds, Reading};
use crate::format::csv::outcome::{Changed, Created, Left, Matched, Outcome, Unreadable};
use crate::format::csv::sheet::{plain, read_sheet, shortened, Row, Sheet, MAX_CELL_BYTES, MAX_COLUMNS};
use crate::format::json::value_text;
use crate::format::repair::repair;
use crate::format::report::Report;
use crate::format::{FormatError, Imported};
use crate::geom::Size;
use crate::model::*;
use crate::order;

/// Name of the field in which columns without a meaning are kept.
const COLUMNS: &str = "columns";
/// Columns without a heading are kept while there are not more columns to keep than these; with ours beside them a written table
/// is still one that is read.
const MAX_KEPT: usize = 1_800;
/// Components that fit the usual frame.
const COMPONENTS_IN_FRAME: f64 = 60.0;

/// A table with the meaning of its columns.
#[derive(Debug, Clone, Copy)]
pub struct Part<'s> {
    /// The table.
    pub sheet: &'s Sheet,
    /// What its rows are.
    pub rows: RowsAre,
    /// What its columns mean, from the left.
    pub meanings: &'s [Meaning],
    /// What "03/04/2026" means in it.
    pub order: DateOrder,
}

/// What would become of the document.
///
/// # Errors
/// [`FormatError::NoColumns`] when no column says what the rows are about, [`FormatError::TooMany`].
pub fn take_in(document: &Document, parts: &[Part<'_>], ids: &mut NewIds) -> Result<Outcome, FormatError> {
    take_in_with(document, parts, ids, Report::default())
}

fn take_in_with(
    document: &Document,
    parts: &[Part<'_>],
    ids: &mut NewIds,
    report: Report,
) -> Result<Outcome, FormatError> {
    let mut import = Import::new(document, ids, report);
    for wanted in [RowsAre::Systems, RowsAre::Links] {
        for part in parts.iter().filter(|part| part.rows == wanted) {
            let count = part.sheet.headings.len();
            if count > MAX_COLUMNS {
                return Err(FormatError::TooMany { what: "columns", count, limit: MAX_COLUMNS });
            }
            import.beside(part.sheet);
            import.tell_columns(part);
            match wanted {
                RowsAre::Systems => import.systems(part)?,
                RowsAre::Links => import.dependencies(part)?,
            }
        }
    }
    Ok(import.finish())
}

/// Reads a table of systems, a table of dependencies, or both, as texts, each column as it seems to be meant; the title is
/// given by the caller.
///
/// # Errors
/// [`FormatError::NoColumns`] when a table does not say what its rows are, [`FormatError::TooMany`].
pub fn read_tables(systems: Option<&str>, dependencies: Option<&str>, title: &str) -> Result<Imported, FormatError> {
    let mut report = Report::default();
    let mut sheets = Vec::new();
    for (text, rows) in [(systems, RowsAre::Systems), (dependencies, RowsAre::Links)] {
        let Some(text) = text else { continue };
        let sheet = read_sheet(text, &mut report);
        let count = sheet.headings.len();
        if count > MAX_COLUMNS {
            return Err(FormatError::TooMany { what: "columns", count, limit: MAX_COLUMNS });
        }
        if rows_of(&sheet.headings).is_none() && rows == RowsAre::Systems {
            return Err(FormatError::NoColumns { missing: "“id” or “label”" });
        }
        let order = probable_order(&sheet).0;
        let meanings: Vec<Meaning> = guess(&sheet, rows, order).into_iter().map(|guess| guess.meaning).collect();
        sheets.push((sheet, rows, meanings, order));
    }
    let mut parts = Vec::new();
    for (sheet, rows, meanings, order) in &sheets {
        parts.push(Part { sheet, rows: *rows, meanings, order: *order });
    }
    let outcome = take_in_with(&Document::new(), &parts, &mut NewIds::numbered(), report)?;
    Ok(as_new_document(outcome, title))
}

/// An outcome for an empty document as a document of its own: with a title, and room for all of its systems.
pub fn as_new_document(outcome: Outcome, title: &str) -> Imported {
    let mut document = outcome.document;
    let scale = (document.components.len() as f64 / COMPONENTS_IN_FRAME).sqrt();
    let size = Size::new((DEFAULT_FRAME.width * scale).round(), (DEFAULT_FRAME.height * scale).round());
    let settings = Settings { title: title.to_owned(), size: (scale > 1.0).then_some(size), ..Settings::default() };
    document.settings = Rc::new(settings);
    Imported::new(document, outcome.diagnostics)
}

/// The order of day and month in a table's dates, and whether a date there leaves it open (with an example).
pub fn probable_order(sheet: &Sheet) -> (DateOrder, Option<String>) {
    let (mut day_first, mut month_first, mut open) = (0usize, 0usize, None);
    for row in &sheet.rows {
        for column in 0..sheet.headings.len() {
            match cells::order_of(row.cell(column)) {
                Some(Ok(DateOrder::DayFirst)) => day_first += 1,
                Some(Ok(DateOrder::MonthFirst)) => month_first += 1,
                Some(Err(())) if open.is_none() => open = Some(row.cell(column).to_owned()),
                _ => {}
            }
        }
    }
    let order = if month_first > day_first { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    // Dates that can be read in one way only settle it.
    (order, open.filter(|_| (day_first == 0) == (month_first == 0)))
}

/// Columns of an imported table that have no field, by heading.
pub fn kept_columns(extra: &Extra) -> Vec<(String, String)> {
    let members = extra.get(COLUMNS).and_then(|raw| serde_json::from_str(raw).ok());
    let members: serde_json::Map<String, serde_json::Value> = members.unwrap_or_default();
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => value_text(&other),
    };
    members.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// Adds columns to those that are kept already; says which of them are new or other.
fn keep_columns(extra: &mut Extra, columns: BTreeMap<String, String>) -> Vec<(String, String, String)> {
    let mut all: BTreeMap<String, String> = order::map(kept_columns(extra));
    let mut changed = Vec::new();
    for (name, cell) in columns {
        let before = all.get(&name).cloned().unwrap_or_default();
        if !same_text(&before, &cell) {
            changed.push((name.clone(), before, cell.clone()));
            all.insert(name, cell);
        }
    }
    if !changed.is_empty() {
        let members = all.into_iter().map(|(name, value)| (name, value.into())).collect();
        extra.insert(COLUMNS.to_owned(), value_text(&serde_json::Value::Object(members)));
    }
    changed
}

/// The same but for blanks around it and the sort of line ends.
fn same_text(a: &str, b: &str) -> bool {
    a.trim() == b.trim() || bare(a) == bare(b)
}

/// What a column is called: a heading that is there twice, or none, is told apart by its number.
fn column_name(sheet: &Sheet, index: usize) -> String {
    match sheet.headings.get(index).map_or("", |heading| heading.trim()) {
        "" => format!("column {}", index + 1),
        repeated if sheet.repeats(index) => format!("{repeated} column {}", index + 1),
        once => once.to_owned(),
    }
}

/// What the columns of a table are called and how their cells are read; worked out once, not for each row.
struct Columns {
    names: Vec<String>,
    readings: Vec<Reading>,
    /// Columns that are kept as they are.
    kept: usize,
}

impl Columns {
    fn of(part: &Part<'_>) -> Self {
        let mut names = Vec::with_capacity(part.sheet.headings.len());
        for index in 0..part.sheet.headings.len() {
            names.push(column_name(part.sheet, index));
        }
        let kept = names.iter().zip(part.meanings.iter()).filter(|(_, meaning)| **meaning == Meaning::Keep).count();
        Self { names, readings: readings(part), kept }
    }

    fn name(&self, index: usize) -> String {
        self.names.get(index).cloned().unwrap_or_default()
    }
}

/// A cell that says something, and what its column means.
struct Said {
    meaning: Meaning,
    /// What the column is called.
    heading: String,
    cell: String,
    reading: Reading,
}

struct Import<'i> {
    document: Document,
    outcome: Outcome,
    report: Report,
    ids: &'i mut NewIds,
    lookup: Lookup,
    by_id: BTreeMap<String, ComponentId>,
    by_name: BTreeMap<String, ComponentId>,
    /// Systems that were there before, with the row that is about each.
    base: BTreeMap<ComponentId, Option<u32>>,
    /// Cells that name needed systems, with the row and heading they stand in.
    needs: Vec<(ComponentId, u32, String, String)>,
    /// Dependencies by their ends; those that were there before until a row is about them.
    pairs: BTreeMap<(ComponentId, ComponentId), Vec<LinkId>>,
    links: BTreeSet<(ComponentId, ComponentId, String)>,
}

impl<'i> Import<'i> {
    fn new(document: &Document, ids: &'i mut NewIds, report: Report) -> Self {
        let mut import = Self {
            document: document.clone(),
            outcome: Outcome::default(),
            report,
            ids,
            lookup: Lookup::of(document),
            by_id: BTreeMap::new(),
            by_name: BTreeMap::new(),
            base: BTreeMap::new(),
            needs: Vec::new(),
            pairs: BTreeMap::new(),
            links: BTreeSet::new(),
        };
        for (id, component) in &document.components {
            import.base.insert(*id, None);
            import.by_id.insert(import.lookup.id_cell(document, *id), *id);
            import.by_name.entry(folded_name(&component.name)).or_insert(*id);
        }
        for (id, component) in &document.components {
            if let Some(external) = &component.external_id {
                import.by_id.entry(bare(external)).or_insert(*id);
            }
            import.by_id.entry(id.to_string()).or_insert(*id);
        }
        for (id, link) in &document.links {
            import.pairs.entry((link.from, link.to)).or_default().push(*id);
        }
        import
    }

    fn say<M: Into<String>>(
        &mut self,
        severity: Severity,
        code: &'static str,
        row: u32,
        column: &str,
        message: impl FnOnce() -> M,
    ) {
        self.report.add(severity, code, || Place::Cell { row, column: column.to_owned() }, message);
    }

    fn leave(&mut self, severity: Severity, code: &'static str, row: u32, column: &str, reason: String) {
        self.say(severity, code, row, column, || reason.clone());
        self.outcome.left.push(Left { row, reason });
    }

    fn unreadable(&mut self, row: u32, column: &str, cell: &str, reason: String) {
        let short = shortened(cell, 40);
        self.say(Severity::Warning, "csv-unreadable-cell", row, column, || format!("“{short}”: {reason}"));
        self.outcome.unreadable.push(Unreadable { row, column: column.to_owned(), cell: short, reason });
    }

    /// Rows above the headings and totals; the sheet has reported them already.
    fn beside(&mut self, sheet: &Sheet) {
        for row in &sheet.beside {
            let why = if row.is_total { "It sums the others up" } else { "It stands above the headings" };
            self.outcome.left.push(Left { row: row.number, reason: format!("{why}: “{}”.", row.text) });
        }
    }

    fn tell_columns(&mut self, part: &Part<'_>) {
        let sheet = part.sheet;
        let mut kept: Vec<&str> = Vec::new();
        for (index, heading) in sheet.headings.iter().enumerate() {
            if sheet.repeats(index) {
                self.say(Severity::Warning, "csv-duplicate-heading", 1, heading, || {
                    format!("The heading “{}” is there twice; the first column counts.", heading.trim())
                });
            }
            if part.meanings.get(index) == Some(&Meaning::Keep) && !heading.trim().is_empty() {
                kept.push(heading.trim());
            }
        }
        if !kept.is_empty() {
            self.report.add(
                Severity::Notice,
                "csv-kept-columns",
                || Place::Whole,
                || format!("Columns without a field here are kept as they are: {}.", kept.join(", ")),
            );
        }
    }

    fn systems(&mut self, part: &Part<'_>) -> Result<(), FormatError> {
        let column = |field: Field| part.meanings.iter().position(|meaning| *meaning == Meaning::Field(field));
        let (id_column, name_column) = (column(Field::Id), column(Field::Name));
        if id_column.is_none() && name_column.is_none() {
            return Err(FormatError::NoColumns { missing: "“id” or “label”" });
        }
        let count = part.sheet.rows.len() + self.document.components.len();
        let limit = MAX_COMPONENTS + self.document.components.len().min(part.sheet.rows.len());
        if count > limit {
            return Err(FormatError::TooMany { what: "components", count, limit: MAX_COMPONENTS });
        }
        let cell = |row: &Row, column: Option<usize>| column.map(|at| plain(row.cell(at))).unwrap_or_default();
        // Ids first, so that a row that only shares a name takes no system from the row with its id.
        let mut found: Vec<Option<(ComponentId, Matched)>> = vec![None; part.sheet.rows.len()];
        let mut again: Vec<Option<u32>> = vec![None; part.sheet.rows.len()];
        for matched in [Matched::Id, Matched::Name] {
            for ((row, found), again) in part.sheet.rows.iter().zip(&mut found).zip(&mut again) {
                let (id, name) = (cell(row, id_column), cell(row, name_column));
                let there = match matched {
                    Matched::Id if id.is_empty() => None,
                    Matched::Id => self.by_id.get(&id).copied(),
                    Matched::Name if found.is_some() || again.is_some() || name.is_empty() => None,
                    Matched::Name => self.by_name.get(&folded_name(&name)).or_else(|| self.by_id.get(&name)).copied(),
                };
                let Some(there) = there else { continue };
                match self.base.get_mut(&there) {
                    Some(claimed @ None) => {
                        *claimed = Some(row.number);
                        *found = Some((there, matched));
                    }
                    // With an id of its own it is another system of the same name.
                    Some(Some(first)) if matched == Matched::Id || id.is_empty() => *again = Some(*first),
                    _ => {}
                }
            }
        }
        let columns = Columns::of(part);
        for ((row, found), again) in part.sheet.rows.iter().zip(found).zip(again) {
            if let Some(first) = again {
                let reason = format!("It is about the same system as row {first}, which was taken.");
                self.leave(Severity::Warning, "csv-same-system", row.number, "1", reason);
                continue;
            }
            self.system(part, &columns, row, found, cell(row, id_column), cell(row, name_column))?;
        }
        Ok(())
    }

    fn system(
        &mut self,
        part: &Part<'_>,
        columns: &Columns,
        row: &Row,
        found: Option<(ComponentId, Matched)>,
        external: String,
        name: String,
    ) -> Result<(), FormatError> {
        if external.is_empty() && name.is_empty() {
            self.leave(
                Severity::Warning,
                "csv-nameless-row",
                row.number,
                "1",
                "A row without id and name was left out.".to_owned(),
            );
            return Ok(());
        }
        let before = found.map(|(id, _)| Draft::of(&self.document, &self.lookup, id)).unwrap_or_default();
        let mut draft = before.clone();
        let mut filled: BTreeSet<Field> = BTreeSet::new();
        let mut kept: BTreeMap<String, String> = BTreeMap::new();
        let mut needs: Vec<(String, String)> = Vec::new();
        if found.is_none() {
            let key = if external.is_empty() { &name } else { &external };
            draft.component.name = if name.is_empty() { external.clone() } else { name.clone() };
            draft.component.external_id = Some(key.clone());
        }
        for Said { meaning, heading, cell, reading } in self.said(part, columns, row) {
            let Meaning::Field(field) = meaning else {
                kept.insert(heading, cell);
                continue;
            };
            match field {
                // An id that is there stays; one that was found by its name gets the id of the file.
                Field::Id if found.is_none() || before.component.external_id.is_some() => {}
                Field::Name if found.is_none() => {}
                Field::Status => {
                    // A tag to filter by, and the column as it was.
                    draft.add_tag(cell.to_lowercase());
                    kept.insert(heading, cell);
                }
                Field::TagWhenYes => match cells::yes_no(&cell) {
                    Some(true) => draft.add_tag(heading.to_lowercase()),
                    Some(false) => {}
                    None => {
                        self.refuse_cell(row.number, &heading, &cell, field);
                        kept.insert(heading, cell);
                    }
                },
                Field::DependsOn => needs.push((heading, cell)),
                _ if may_repeat(meaning) && filled.contains(&field) => draft.add(field, &cell),
                _ if found.is_some() && same_text(&cell, &before.text(field)) => _ = filled.insert(field),
                _ => {
                    if draft.fill(field, &cell, reading) {
                        filled.insert(field);
                    } else {
                        self.refuse_cell(row.number, &heading, &cell, field);
                        kept.insert(heading, cell);
                    }
                }
            }
        }
        self.beyond(columns, row, &mut kept);
        draft.settle();
        let other_columns = keep_columns(&mut draft.component.extra, kept);
        let id = match found {
            Some((id, matched)) => {
                self.tell_changes(row.number, id, matched, (&before, &draft), &filled, other_columns);
                id
            }
            None => self.new_system(&draft.component, row.number)?,
        };
        if found.is_none() || draft != before {
            draft.store(&before, &mut self.document, &mut self.lookup, id, self.ids);
        }
        for (heading, cell) in needs {
            self.needs.push((id, row.number, heading, cell));
        }
        Ok(())
    }

    /// The cells of a row that are neither empty, nor too long, nor to be left out.
    fn said(&mut self, part: &Part<'_>, columns: &Columns, row: &Row) -> Vec<Said> {
        let mut all = Vec::with_capacity(columns.readings.len());
        for (index, reading) in columns.readings.iter().enumerate() {
            let meaning = part.meanings.get(index).copied().unwrap_or(Meaning::Keep);
            let cell = plain(row.cell(index));
            if cell.is_empty() || meaning == Meaning::LeaveOut {
                continue;
            }
            let heading = columns.name(index);
            if cell.len() > MAX_CELL_BYTES {
                self.too_long(row.number, &heading, &cell);
                continue;
            }
            all.push(Said { meaning, heading, cell, reading: *reading });
        }
        all
    }

    /// Keeps the cells behind the last heading.
    fn beyond(&mut self, columns: &Columns, row: &Row, kept: &mut BTreeMap<String, String>) {
        let headings = columns.names.len();
        for (index, cell) in row.beyond(headings) {
            if columns.kept + index - headings >= MAX_KEPT {
                let reason =
                    format!("The row has more than {MAX_KEPT} cells; this one and those behind it were left out.");
                return self.unreadable(row.number, &format!("column {}", index + 1), cell, reason);
            }
            kept.insert(format!("column {}", index + 1), plain(cell));
        }
    }

    fn too_long(&mut self, row: u32, heading: &str, cell: &str) {
        let reason = format!("{} characters are too many for one cell; it was left out.", cell.chars().count());
        self.unreadable(row, heading, cell, reason);
    }

    fn refuse_cell(&mut self, row: u32, heading: &str, cell: &str, field: Field) {
        let known = field_row(field);
        let wanted = match known.takes {
            Takes::Text => "one of the words for it",
            Takes::Number => "a number in its range",
            Takes::Level(_) => "a level",
            Takes::Share => "a share between 0 and 1, or a percentage",
            Takes::SupportEnd | Takes::Date => "a day",
            Takes::Money => "an amount",
            Takes::YesNo => "yes or no",
            Takes::Address => "an address with https:, http: or mailto:",
        };
        let contract = matches!(
            field,
            Field::ContractEnds | Field::ContractCharge | Field::ContractNotice | Field::ContractRenews
        );
        let shared = contract && cells::can_be_read(known.takes, cell, DateOrder::DayFirst);
        let why = if shared {
            "the contract covers other systems too, so change it in its own editor".to_owned()
        } else {
            format!("not understood as {wanted} for {}", known.words)
        };
        self.unreadable(row, heading, cell, format!("{why}; it was kept beside the others."));
    }

    fn tell_changes(
        &mut self,
        row: u32,
        id: ComponentId,
        matched: Matched,
        (before, after): (&Draft, &Draft),
        filled: &BTreeSet<Field>,
        columns: Vec<(String, String, String)>,
    ) {
        if before == after {
            self.outcome.same += 1;
            return;
        }
        self.outcome.systems_changed += 1;
        let name = before.component.name.clone();
        let mut change = |field: String, before: String, after: String| {
            self.outcome.changed.push(Changed { row, id, name: name.clone(), matched, field, before, after });
        };
        let mut fields = filled.clone();
        fields.insert(Field::Tags);
        for field in fields {
            let (old, new) = (before.text(field), after.text(field));
            if old != new {
                change(field_row(field).words.to_owned(), old, new);
            }
        }
        for (heading, old, new) in columns {
            change(heading, old, new);
        }
    }

    /// Makes room for a new system under its id and its name.
    fn new_system(&mut self, component: &Component, row: u32) -> Result<ComponentId, FormatError> {
        if self.document.components.len() >= MAX_COMPONENTS {
            let count = self.document.components.len() + 1;
            return Err(FormatError::TooMany { what: "components", count, limit: MAX_COMPONENTS });
        }
        let id: ComponentId = self.ids.next('c', &self.document).cast();
        let external = component.external_id.clone().unwrap_or_default();
        self.by_name.entry(folded_name(&component.name)).or_insert(id);
        if *self.by_id.entry(external.clone()).or_insert(id) != id {
            self.say(Severity::Warning, "csv-duplicate-id", row, "id", || {
                format!("“{external}” is there twice; dependencies were attached to the first.")
            });
        }
        self.outcome.created.push(Created { row, id, name: component.name.clone() });
        self.document.components.insert(id, Rc::new(component.clone()));
        Ok(id)
    }

    fn find(&self, name: &str) -> Option<ComponentId> {
        self.by_id.get(name).or_else(|| self.by_name.get(&folded_name(name))).copied()
    }

    fn finish(mut self) -> Outcome {
        self.resolve_needs();
        repair(&mut self.document, &mut self.report);
        self.outcome.document = self.document;
        self.outcome.untouched = self.base.values().filter(|row| row.is_none()).count();
        self.outcome.diagnostics = self.report.finish();
        order::sort_by_key(&mut self.outcome.left, |left| left.row);
        self.outcome
    }
}

/// How the cells of each column are to be read.
fn readings(part: &Part<'_>) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(part.sheet.headings.len());
    for (index, heading) in part.sheet.headings.iter().enumerate() {
        let share =
            matches!(part.meanings.get(index), Some(Meaning::Field(field)) if field_row(*field).takes == Takes::Share);
        // Numbers above 1 are per cent, unless fractions stand beside them.
        let looks_so = || {
            let (mut above, mut fractions) = (false, false);
            for (_, value, _) in part.sheet.rows.iter().filter_map(|row| cells::numbers(row.cell(index))) {
                above |= value > 1.0;
                fractions |= value > 0.0 && value < 1.0;
            }
            above && !fractions
        };
        let per_cent = share && (heading.contains('%') || folded_heading(heading).contains("percent") || looks_so());
        readings.push(Reading { order: part.order, per_cent });
    }
    readings
}
