//! A document to tables for spreadsheets.
//!
//! With a byte order mark, because Excel takes a file without one for the local code page, and with a guard against
//! cells that a spreadsheet would compute.

use std::collections::BTreeSet;

use crate::date::to_iso;
use crate::format::csv::import::kept_columns;
use crate::format::json::Word;
use crate::known::Known;
use crate::model::*;
use crate::order;

/// The systems, a row each, the headings in the first row; fields that tables cannot hold are left out.
pub fn write_systems(document: &Document) -> String {
    let mut headings: Vec<String> = SYSTEM_HEADINGS.map(str::to_owned).to_vec();
    headings.extend((1..=LIKELIHOOD_CRITERIA).map(|n| format!("L{n}")));
    headings.extend((1..=IMPACT_CRITERIA).map(|n| format!("C{n}")));
    let others = other_headings(document.components.values().map(|c| &c.extra));
    headings.extend(others.iter().cloned());
    let rows = document.components.iter().map(|(id, component)| system_row(document, *id, component, &others));
    table(headings, rows)
}

/// Any rows under their headings.
pub fn write_rows(headings: Vec<String>, rows: Vec<Vec<String>>) -> String {
    table(headings, rows.into_iter())
}

/// The dependencies, a row each; source needs target.
pub fn write_links(document: &Document) -> String {
    let mut headings =
        ["source", "target", "kind", "label", "interface", "strength", "buffer_h"].map(str::to_owned).to_vec();
    let others = other_headings(document.links.values().map(|link| &link.extra));
    headings.extend(others.iter().cloned());
    let rows = document.links.values().map(|link| {
        let mut row = vec![
            external_id(document, link.from),
            external_id(document, link.to),
            link.dependency.word().to_owned(),
            link.context.clone(),
            link.interface.clone(),
            value(&link.strength),
            value(&link.buffer_h),
        ];
        row.extend(other_cells(&link.extra, &others));
        row
    });
    table(headings, rows)
}

const SYSTEM_HEADINGS: [&str; 22] = [
    "id",
    "label",
    "kind",
    "evolution",
    "visibility",
    "area",
    "description",
    "tags",
    "owner",
    "team",
    "supplier",
    "site",
    "technology",
    "version",
    "support_ends",
    "security_ends",
    "extended_ends",
    "users",
    "patients_per_day",
    "tolerable_outage_h",
    "recovery_h",
    "url",
];

fn system_row(document: &Document, id: ComponentId, component: &Component, others: &BTreeSet<String>) -> Vec<String> {
    let facts = component.facts();
    let technology = facts.technologies.first();
    let lifecycle = technology
        .and_then(|technology| LifecycleId::parse(&technology.lifecycle_ref).ok())
        .and_then(|id| document.lifecycles.get(&id));
    let ends = |end: fn(&Lifecycle) -> SupportEnd| lifecycle.map(|known| support_end(end(known))).unwrap_or_default();
    let area = document.areas.values().find(|area| area.members.contains(&id));
    let kind = if component.is_anchor() { "anchor" } else { facts.kind.word() };
    let mut row = vec![
        external_id(document, id),
        component.name.clone(),
        kind.to_owned(),
        component.evolution.map(|e| e.get().to_string()).unwrap_or_default(),
        component.visibility.map(|v| v.get().to_string()).unwrap_or_default(),
        area.map(|area| area.name.clone()).unwrap_or_default(),
        component.description.clone(),
        component.tags.iter().cloned().collect::<Vec<_>>().join("|"),
        value(&facts.owner_business),
        value(&facts.owner_technical),
        facts.supplier.clone(),
        facts.site.clone(),
        technology.map(|t| t.product.clone()).unwrap_or_default(),
        technology.map(|t| t.version.clone()).unwrap_or_default(),
        ends(|known| known.support_ends),
        ends(|known| known.security_ends),
        ends(|known| known.extended_ends),
        value(&facts.users),
        value(&facts.patients_per_day),
        value(&facts.tolerable_outage_h),
        value(&facts.recovery_h),
        component.url.clone().unwrap_or_default(),
    ];
    row.extend(facts.likelihood.iter().chain(&facts.impact).map(value));
    row.extend(other_cells(&component.extra, others));
    row
}

/// A day, or whether support is over.
fn support_end(end: SupportEnd) -> String {
    match end {
        SupportEnd::Unknown => String::new(),
        SupportEnd::Over => "true".to_owned(),
        SupportEnd::NoDate => "false".to_owned(),
        SupportEnd::On(date) => to_iso(date),
    }
}

fn external_id(document: &Document, id: ComponentId) -> String {
    let external = document.components.get(&id).and_then(|component| component.external_id.clone());
    external.filter(|text| !text.is_empty()).unwrap_or_else(|| id.to_string())
}

/// A known value; what does not apply says so, and what is not known is empty.
fn value<T: ToString>(known: &Known<T>) -> String {
    if known.is_not_applicable() {
        return "n/a".to_owned();
    }
    known.value().map(T::to_string).unwrap_or_default()
}

fn other_headings<'d>(extras: impl Iterator<Item = &'d Extra>) -> BTreeSet<String> {
    order::set(extras.flat_map(kept_columns).map(|(heading, _)| heading))
}

fn other_cells(extra: &Extra, headings: &BTreeSet<String>) -> Vec<String> {
    let mut kept = kept_columns(extra).into_iter().peekable();
    // Both are in the order of the headings.
    headings
        .iter()
        .map(|heading| kept.next_if(|(name, _)| name == heading).map(|(_, cell)| cell).unwrap_or_default())
        .collect()
}

fn table(headings: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::from("\u{feff}");
    for row in std::iter::once(headings).chain(rows) {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_cell(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

/// A cell that no spreadsheet computes: what would start a formula gets a mark in front.
fn push_cell(text: &mut String, cell: &str) {
    let guarded = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = guarded || cell.contains([',', ';', '"', '\n', '\r', '\t']);
    if quoted {
        text.push('"');
    }
    if guarded {
        text.push('\'');
    }
    for character in cell.chars() {
        if character == '"' {
            text.push('"');
        }
        text.push(character);
    }
    if quoted {
        text.push('"');
    }
}
