//! A document to tables for spreadsheets.
//!
//! With a byte order mark, because Excel takes a file without one for the local code page, and with a guard against
//! cells that a spreadsheet would compute.

use std::collections::BTreeSet;

use crate::format::csv::columns::{Field, FieldRow, RowsAre, FIELDS};
use crate::format::csv::draft::{Draft, Lookup};
use crate::format::csv::import::{kept_columns, links::link_text};
use crate::model::*;
use crate::order;

/// The systems, a row each, the headings in the first row; fields that tables cannot hold are left out.
pub fn write_systems(document: &Document) -> String {
    let lookup = Lookup::of(document);
    let others = other_headings(document.components.values().map(|c| &c.extra));
    let rows = document.components.iter().map(|(id, component)| {
        let draft = Draft::of(document, &lookup, *id);
        let mut row = Vec::new();
        for field in written(RowsAre::Systems) {
            row.push(draft.text(field.field));
        }
        row.extend(other_cells(&component.extra, &others));
        row
    });
    table(headings(RowsAre::Systems, &others), rows)
}

/// Any rows under their headings.
pub fn write_rows(headings: Vec<String>, rows: Vec<Vec<String>>) -> String {
    table(headings, rows.into_iter())
}

/// The dependencies, a row each; source needs target.
pub fn write_links(document: &Document) -> String {
    let lookup = Lookup::of(document);
    let others = other_headings(document.links.values().map(|link| &link.extra));
    let rows = document.links.values().map(|link| {
        let mut row = Vec::new();
        for field in written(RowsAre::Links) {
            row.push(match field.field {
                Field::Source => lookup.id_cell(document, link.from),
                Field::Target => lookup.id_cell(document, link.to),
                other => link_text(link, other),
            });
        }
        row.extend(other_cells(&link.extra, &others));
        row
    });
    table(headings(RowsAre::Links, &others), rows)
}

/// The columns of our own tables.
fn written(rows: RowsAre) -> impl Iterator<Item = &'static FieldRow> {
    FIELDS.iter().filter(move |row| row.rows() == rows && !row.heading.is_empty())
}

fn headings(rows: RowsAre, others: &BTreeSet<String>) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for row in written(rows) {
        headings.push(row.heading.to_owned());
    }
    headings.extend(others.iter().cloned());
    headings
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

/// A cell that no spreadsheet computes: what would start a formula gets a mark in front, and so does what starts with
/// such a mark already, so that reading takes away exactly one.
fn push_cell(text: &mut String, cell: &str) {
    let guarded = cell.trim_start_matches('\'').starts_with(super::FORMULA_SIGNS);
    let quoted = guarded || cell.contains([',', ';', '"', '\n', '\r', '\t', '|']);
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
