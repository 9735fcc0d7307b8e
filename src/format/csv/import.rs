//! Tables to a document.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::date::parse_iso;
use crate::diag::{Place, Severity};
use crate::format::csv::columns::{edge_columns, system_columns, EdgeField, Field};
use crate::format::csv::table::{read_table, Row, Table};
use crate::format::json::{value_text, Word};
use crate::format::repair::repair;
use crate::format::report::Report;
use crate::format::{FormatError, Imported};
use crate::geom::{Evolution, Size, Visibility};
use crate::id::Id;
use crate::known::{Basis, Known};
use crate::model::allowed_address;
use crate::model::*;
use crate::order;

/// Name of the field in which columns without a meaning are kept.
const COLUMNS: &str = "columns";
/// Most columns of a table; more is no table that anybody made.
const MAX_COLUMNS: usize = 2_000;
/// Components that fit the usual frame.
const COMPONENTS_IN_FRAME: f64 = 60.0;

/// Reads a table of systems, a table of dependencies, or both, as texts; the title is given by the caller.
///
/// # Errors
/// [`FormatError::NoColumns`] when a table does not say what its rows are, [`FormatError::TooMany`].
pub fn read_tables(systems: Option<&str>, dependencies: Option<&str>, title: &str) -> Result<Imported, FormatError> {
    let mut import = Import::default();
    let read = |text: &str, report: &mut Report| {
        let table = read_table(text, report);
        let count = table.headings.len();
        let allowed = count <= MAX_COLUMNS;
        allowed.then_some(table).ok_or(FormatError::TooMany { what: "columns", count, limit: MAX_COLUMNS })
    };
    if let Some(text) = systems {
        let table = read(text, &mut import.report)?;
        import.systems(&table)?;
    }
    if let Some(text) = dependencies {
        let table = read(text, &mut import.report)?;
        import.dependencies(&table)?;
    }
    Ok(import.finish(title))
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

fn keep_columns(extra: &mut Extra, columns: BTreeMap<String, String>) {
    if !columns.is_empty() {
        let members = columns.into_iter().map(|(name, value)| (name, value.into())).collect();
        extra.insert(COLUMNS.to_owned(), value_text(&serde_json::Value::Object(members)));
    }
}

/// Cells of a row that have no field, under their headings.
fn unused_cells<F>(table: &Table, columns: &BTreeMap<usize, F>, row: &Row) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    let unused = table.headings.iter().enumerate().filter(|(index, _)| !columns.contains_key(index));
    let cells = unused.map(|(index, heading)| (heading.trim(), index, row.cell(index)));
    let beyond = row.beyond(table.headings.len()).map(|(index, cell)| ("", index, cell));
    for (heading, index, cell) in cells.chain(beyond).filter(|(_, _, cell)| !cell.is_empty()) {
        // A heading that is there twice, or none, is told apart by its number.
        let name = match heading {
            "" => format!("column {}", index + 1),
            repeated if table.repeats(index) => format!("{repeated} column {}", index + 1),
            once => once.to_owned(),
        };
        kept.insert(name, plain(cell));
    }
    kept
}

/// A cell without the mark that keeps spreadsheets from computing it.
fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

#[derive(Default)]
struct Import {
    document: Document,
    report: Report,
    by_id: BTreeMap<String, ComponentId>,
    by_name: BTreeMap<String, ComponentId>,
    areas: BTreeMap<String, BTreeSet<ComponentId>>,
    /// Cells that name needed systems, with the row and heading they stand in.
    needs: Vec<(ComponentId, u32, String, String)>,
    links: BTreeSet<(ComponentId, ComponentId, String)>,
}

impl Import {
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

    fn systems(&mut self, table: &Table) -> Result<(), FormatError> {
        let columns = system_columns(&table.headings);
        if !columns.values().any(|field| matches!(field, Field::Id | Field::Name)) {
            return Err(FormatError::NoColumns { missing: "“id” or “label”" });
        }
        if table.rows.len() > MAX_COMPONENTS {
            return Err(FormatError::TooMany { what: "components", count: table.rows.len(), limit: MAX_COMPONENTS });
        }
        self.tell_unused(table, &columns);
        for row in &table.rows {
            self.system(table, &columns, row);
        }
        Ok(())
    }

    fn tell_unused<F>(&mut self, table: &Table, columns: &BTreeMap<usize, F>) {
        for (index, heading) in table.headings.iter().enumerate() {
            if table.repeats(index) {
                self.say(Severity::Warning, "csv-duplicate-heading", 1, heading, || {
                    format!("The heading “{}” is there twice; the first column counts.", heading.trim())
                });
            }
        }
        let unused: Vec<&str> = table
            .headings
            .iter()
            .enumerate()
            .filter(|(index, heading)| !columns.contains_key(index) && !heading.trim().is_empty())
            .map(|(_, heading)| heading.trim())
            .collect();
        if !unused.is_empty() {
            self.report.add(
                Severity::Notice,
                "csv-kept-columns",
                || Place::Whole,
                || format!("Columns without a field here are kept as they are: {}.", unused.join(", ")),
            );
        }
    }

    fn system(&mut self, table: &Table, columns: &BTreeMap<usize, Field>, row: &Row) {
        let mut filled = Filled { kept: unused_cells(table, columns, row), ..Filled::default() };
        let mut needs = Vec::new();
        let mut area = None;
        for (index, field) in columns {
            let cell = plain(row.cell(*index));
            if cell.is_empty() {
                continue;
            }
            let heading = table.headings.get(*index).map_or("", |heading| heading.trim());
            match field {
                Field::Area => area = Some(cell),
                Field::Status => {
                    // A tag to filter by, and the column as it was.
                    filled.component.tags.insert(cell.to_lowercase());
                    filled.kept.insert(heading.to_owned(), cell);
                }
                Field::DependsOn => needs.push((heading.to_owned(), cell)),
                field => {
                    if !filled.fill(*field, &cell) {
                        self.say(Severity::Warning, "csv-unreadable-cell", row.number, heading, || {
                            let short: String = cell.chars().take(40).collect();
                            format!("“{short}” is not understood here; it was kept beside the others.")
                        });
                        filled.kept.insert(heading.to_owned(), cell);
                    }
                }
            }
        }
        let Some(external) = filled.id.clone().or_else(|| filled.name.clone()) else {
            self.say(Severity::Warning, "csv-nameless-row", row.number, "1", || {
                "A row without id and name was left out."
            });
            return;
        };
        let (component, lifecycle) = filled.finish(&external);
        let id = self.add(component, &external, row.number);
        if let Some(lifecycle) = lifecycle {
            // The component refers to it by this number.
            self.document.lifecycles.insert(id.cast(), Rc::new(lifecycle));
            self.refer_to_lifecycle(id);
        }
        if let Some(area) = area {
            self.areas.entry(area).or_default().insert(id);
        }
        self.needs.extend(needs.into_iter().map(|(heading, cell)| (id, row.number, heading, cell)));
    }

    fn refer_to_lifecycle(&mut self, id: ComponentId) {
        let Some(component) = self.document.components.get_mut(&id) else { return };
        if let Some(facts) = &mut Rc::make_mut(component).facts {
            if let Some(technology) = Rc::make_mut(facts).technologies.first_mut() {
                technology.lifecycle_ref = id.to_string();
            }
        }
    }

    fn add(&mut self, component: Component, external: &str, row: u32) -> ComponentId {
        let id = Id::numbered('c', self.document.components.len() as u64 + 1);
        self.by_name.entry(folded_name(&component.name)).or_insert(id);
        self.document.components.insert(id, Rc::new(component));
        if self.by_id.contains_key(external) {
            self.say(Severity::Warning, "csv-duplicate-id", row, "id", || {
                format!("“{external}” is there twice; dependencies were attached to the first.")
            });
        } else {
            self.by_id.insert(external.to_owned(), id);
        }
        id
    }

    fn find(&self, name: &str) -> Option<ComponentId> {
        self.by_id.get(name).or_else(|| self.by_name.get(&folded_name(name))).copied()
    }

    fn dependencies(&mut self, table: &Table) -> Result<(), FormatError> {
        let columns = edge_columns(&table.headings);
        let column = |field: EdgeField| columns.iter().find(|(_, f)| **f == field).map(|(index, _)| *index);
        let (Some(source), Some(target)) = (column(EdgeField::Source), column(EdgeField::Target)) else {
            return Err(FormatError::NoColumns { missing: "“source” and “target”" });
        };
        if table.rows.len() > MAX_LINKS {
            return Err(FormatError::TooMany { what: "links", count: table.rows.len(), limit: MAX_LINKS });
        }
        self.tell_unused(table, &columns);
        let systems_known = !self.document.components.is_empty();
        for row in &table.rows {
            let (from, to) = (plain(row.cell(source)), plain(row.cell(target)));
            if from.is_empty() || to.is_empty() {
                self.say(Severity::Warning, "csv-open-edge", row.number, "source", || {
                    "A dependency without source or target was left out."
                });
                continue;
            }
            let ends = [from, to].map(|name| self.find_or_make(&name, row.number, systems_known));
            let [Some(from), Some(to)] = ends else {
                let count = self.document.components.len() + 1;
                return Err(FormatError::TooMany { what: "components", count, limit: MAX_COMPONENTS });
            };
            let mut link = Link::need(from, to);
            let mut kept = unused_cells(table, &columns, row);
            for (index, field) in &columns {
                let cell = plain(row.cell(*index));
                let heading = table.headings.get(*index).map_or("", |heading| heading.trim());
                if !cell.is_empty() && !fill_link(&mut link, *field, &cell) {
                    kept.insert(heading.to_owned(), cell);
                }
            }
            keep_columns(&mut link.extra, kept);
            self.link(link, row.number);
        }
        Ok(())
    }

    /// The component of this id or name; a new one when there is none, `None` when no more fit.
    fn find_or_make(&mut self, name: &str, row: u32, systems_known: bool) -> Option<ComponentId> {
        if let Some(id) = self.find(name) {
            return Some(id);
        }
        if self.document.components.len() >= MAX_COMPONENTS {
            return None;
        }
        if systems_known {
            self.say(Severity::Warning, "csv-unknown-system", row, "source", || {
                format!("“{name}” is not in the table of systems; it was added.")
            });
        }
        let component = Component { external_id: Some(name.to_owned()), ..Component::named(name) };
        Some(self.add(component, name, row))
    }

    fn link(&mut self, link: Link, row: u32) {
        if link.from == link.to {
            self.say(Severity::Warning, "csv-self-link", row, "target", || {
                "A dependency of a system on itself was left out."
            });
            return;
        }
        if self.document.links.len() >= MAX_LINKS {
            self.say(Severity::Error, "csv-too-many-links", row, "target", || {
                format!("A map holds at most {MAX_LINKS} links; this and the others were left out.")
            });
            return;
        }
        // The same line twice is one dependency; two that differ in anything are two.
        let detail = format!("{:?}{}{}{:?}", link.dependency, link.context, link.interface, link.extra);
        if !self.links.insert((link.from, link.to, detail)) {
            self.say(Severity::Notice, "csv-duplicate-edge", row, "source", || "The same dependency is there already.");
            return;
        }
        let id = Id::numbered('l', self.document.links.len() as u64 + 1);
        self.document.links.insert(id, Rc::new(link));
    }

    /// Dependencies that stand in a cell of the systems' own table.
    fn resolve_needs(&mut self) {
        for (from, row, heading, cell) in std::mem::take(&mut self.needs) {
            // A name may hold a comma itself, so the whole cell is tried first.
            let names: Vec<&str> = match self.find(&cell) {
                Some(_) => vec![&cell],
                None => cell.split([',', ';', '|', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect(),
            };
            let mut lost = Vec::new();
            for name in names {
                match self.find(name) {
                    Some(to) => self.link(Link::need(from, to), row),
                    None => lost.push(name.to_owned()),
                }
            }
            if lost.is_empty() {
                continue;
            }
            self.say(Severity::Warning, "csv-unknown-need", row, &heading, || {
                format!("No system is called “{}”; the cell was kept beside the others.", lost.join("”, “"))
            });
            if let Some(component) = self.document.components.get_mut(&from) {
                let component = Rc::make_mut(component);
                let mut kept: BTreeMap<String, String> = order::map(kept_columns(&component.extra));
                kept.insert(heading, lost.join(", "));
                keep_columns(&mut component.extra, kept);
            }
        }
    }

    fn finish(mut self, title: &str) -> Imported {
        self.resolve_needs();
        for (number, (name, members)) in (1..).zip(std::mem::take(&mut self.areas)) {
            let area = Area { name, members, ..Area::default() };
            self.document.areas.insert(Id::numbered('a', number), Rc::new(area));
        }
        let scale = (self.document.components.len() as f64 / COMPONENTS_IN_FRAME).sqrt();
        let size = Size::new((DEFAULT_FRAME.width * scale).round(), (DEFAULT_FRAME.height * scale).round());
        let settings = Settings { title: title.to_owned(), size: (scale > 1.0).then_some(size), ..Settings::default() };
        self.document.settings = Rc::new(settings);
        repair(&mut self.document, &mut self.report);
        Imported::new(self.document, self.report.finish())
    }
}

/// What a row of systems says.
#[derive(Default)]
struct Filled {
    id: Option<String>,
    name: Option<String>,
    component: Component,
    facts: SystemFacts,
    technology: Technology,
    lifecycle: Lifecycle,
    kept: BTreeMap<String, String>,
}

impl Filled {
    /// Puts a cell where it belongs; false when it cannot be read.
    fn fill(&mut self, field: Field, cell: &str) -> bool {
        let text = || cell.to_owned();
        match field {
            Field::Id => self.id = Some(text()),
            Field::Name => self.name = Some(text()),
            Field::Evolution => return set(&mut self.component.evolution, number(cell).and_then(Evolution::new)),
            Field::Visibility => return set(&mut self.component.visibility, number(cell).and_then(Visibility::new)),
            Field::Description => {
                if !self.component.description.is_empty() {
                    self.component.description.push('\n');
                }
                self.component.description.push_str(cell);
            }
            Field::Tags => self.add_tags(cell),
            Field::Kind => self.set_kind(cell),
            Field::OwnerBusiness => self.facts.owner_business = imported(text()),
            Field::OwnerTechnical => self.facts.owner_technical = imported(text()),
            Field::Supplier => self.facts.supplier = text(),
            Field::Site => self.facts.site = text(),
            Field::Product => self.technology.product = text(),
            Field::Version => self.technology.version = text(),
            Field::SupportEnds => return set_plain(&mut self.lifecycle.support_ends, support_end(cell)),
            Field::SecurityEnds => return set_plain(&mut self.lifecycle.security_ends, support_end(cell)),
            Field::ExtendedEnds => return set_plain(&mut self.lifecycle.extended_ends, support_end(cell)),
            Field::Users => return set_plain(&mut self.facts.users, whole(cell).map(imported)),
            Field::PatientsPerDay => return set_plain(&mut self.facts.patients_per_day, whole(cell).map(imported)),
            Field::TolerableOutage => return set_plain(&mut self.facts.tolerable_outage_h, hours(cell)),
            Field::Recovery => return set_plain(&mut self.facts.recovery_h, hours(cell)),
            Field::Likelihood(index) => return set_level(self.facts.likelihood.get_mut(usize::from(index)), cell, 6),
            Field::Impact(index) => return set_level(self.facts.impact.get_mut(usize::from(index)), cell, 5),
            Field::Url if allowed_address(cell) => self.component.url = Some(text()),
            Field::Url | Field::Area | Field::DependsOn | Field::Status => return false,
        }
        true
    }

    fn add_tags(&mut self, cell: &str) {
        let separators: &[char] = if cell.contains(['|', ';', ',']) { &['|', ';', ','] } else { &[' '] };
        let tags = cell.split(separators).map(|tag| tag.trim().to_lowercase()).filter(|tag| !tag.is_empty());
        self.component.tags.extend(tags);
    }

    fn set_kind(&mut self, cell: &str) {
        let word = crate::format::csv::columns::folded_heading(cell);
        let known = SystemKind::from_word(&word).or_else(|| {
            Some(match word.as_str() {
                "app" | "apps" | "softwaresystem" | "software_system" | "container" | "worker" => {
                    SystemKind::Application
                }
                "services" | "api" | "apis" | "microservice" => SystemKind::Service,
                "datastore" | "database" | "db" | "dataset" => SystemKind::Data,
                "deploymentnode" | "node" | "os" | "operating_system" | "cloud" => SystemKind::Platform,
                "queue" | "broker" | "interface" | "integration_engine" => SystemKind::Integration,
                "server" | "appliance" => SystemKind::Hardware,
                "external" | "external_entity" | "external_entities" | "supplier" => SystemKind::SupplierService,
                _ => return None,
            })
        });
        match (known, word.as_str()) {
            (_, "person" | "user" | "users" | "actor" | "anchor" | "role") => {
                self.component.kind = ComponentKind::Anchor
            }
            (Some(kind), _) => self.facts.kind = kind,
            (None, _) => {
                self.component.tags.insert(cell.to_lowercase());
            }
        }
    }

    fn finish(mut self, external: &str) -> (Component, Option<Lifecycle>) {
        let name = self.name.unwrap_or_else(|| external.to_owned());
        let has_dates = self.lifecycle != Lifecycle::default();
        if self.technology != Technology::default() || has_dates {
            if self.technology.product.is_empty() {
                self.technology.product.clone_from(&name);
            }
            self.lifecycle.product.clone_from(&self.technology.product);
            self.lifecycle.cycle.clone_from(&self.technology.version);
            self.facts.technologies.push(self.technology);
        }
        let mut component = Component { name, external_id: Some(external.to_owned()), ..self.component };
        if self.facts != SystemFacts::default() {
            component.facts = Some(Rc::new(self.facts));
        }
        keep_columns(&mut component.extra, self.kept);
        (component, has_dates.then_some(self.lifecycle))
    }
}

fn fill_link(link: &mut Link, field: EdgeField, cell: &str) -> bool {
    match field {
        EdgeField::Source | EdgeField::Target => {}
        EdgeField::Label => link.context = cell.to_owned(),
        EdgeField::Interface => link.interface = cell.to_owned(),
        EdgeField::Strength => {
            return set_plain(&mut link.strength, number(cell).filter(|n| (0.0..=1.0).contains(n)).map(imported));
        }
        EdgeField::Buffer => return set_plain(&mut link.buffer_h, hours(cell)),
        EdgeField::Kind => {
            let word = crate::format::csv::columns::folded_heading(cell);
            link.dependency = match (DependencyKind::from_word(&word), word.as_str()) {
                (Some(kind), _) => kind,
                (None, "runs_on" | "deployed_on") => DependencyKind::HostedOn,
                (None, "depends_on" | "uses" | "default" | "needs") => DependencyKind::Runtime,
                _ => return false,
            };
        }
    }
    true
}

fn set<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let there = value.is_some();
    *slot = value;
    there
}

fn set_plain<T>(slot: &mut T, value: Option<T>) -> bool {
    let there = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    there
}

fn set_level(slot: Option<&mut Known<u8>>, cell: &str, most: u8) -> bool {
    let level = match cell.to_lowercase().as_str() {
        "?" | "unknown" => Some(Known::unknown()),
        "n/a" | "na" | "not applicable" => Some(Known { basis: Basis::Imported, ..Known::not_applicable("") }),
        other => other.parse().ok().filter(|level| (1..=most).contains(level)).map(imported),
    };
    slot.is_some_and(|slot| set_plain(slot, level))
}

fn imported<T: Clone>(value: T) -> Known<T> {
    Known { basis: Basis::Imported, ..Known::exactly(value) }
}

fn number(cell: &str) -> Option<f64> {
    cell.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

fn whole(cell: &str) -> Option<u64> {
    cell.replace([',', ' ', '\u{a0}'], "").parse().ok()
}

fn hours(cell: &str) -> Option<Known<f64>> {
    number(cell).filter(|hours| (0.0..=8760.0).contains(hours)).map(imported)
}

/// A day, or whether support is over, as endoflife.date puts it.
fn support_end(cell: &str) -> Option<SupportEnd> {
    match cell.to_lowercase().as_str() {
        "true" | "yes" => Some(SupportEnd::Over),
        "false" | "no" => Some(SupportEnd::NoDate),
        other => parse_iso(other).map(SupportEnd::On),
    }
}
