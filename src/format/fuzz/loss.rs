//! Whether something of an input is missing in what was made of it without a word about it.
//!
//! Looks at inputs in its own way, not with the readers' eyes: as JSON values, as statements, as rows.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::format::csv::{self, Cut, RowsAre};
use crate::format::fuzz::Broken;
use crate::format::owm::{self, Dialect, Kind, Tree};
use crate::format::{json, Imported};
use crate::model::Document;

/// Members whose texts people write.
const WRITTEN: &[&str] = &["name", "text", "title", "description", "reason"];

fn lost<T>(what: impl Into<String>) -> Result<T, Broken> {
    Err(Broken::Lost(what.into()))
}

/// A file of which nothing was said is there as a whole: as many records, and every text that people wrote.
pub(super) fn of_json(bytes: &[u8], imported: &Imported) -> Result<(), Broken> {
    if !imported.diagnostics.is_empty() {
        return Ok(());
    }
    let without_mark = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let decoded = crate::format::text::decode(without_mark).map(|(text, _)| text.into_owned()).unwrap_or_default();
    let Ok(given) = serde_json::from_str::<Value>(&decoded) else {
        return lost("the file is no whole JSON");
    };
    let written = json::write(&imported.document, &imported.file);
    let Ok(made) = serde_json::from_str::<Value>(&written) else {
        return lost("what is written is no whole JSON");
    };
    let sections = |value: &Value| value.get("document").and_then(Value::as_object).cloned().unwrap_or_default();
    let made_sections = sections(&made);
    for (name, section) in sections(&given) {
        let there = made_sections.get(&name).and_then(Value::as_array).map_or(0, Vec::len);
        if let Value::Array(records) = section {
            if records.len() != there {
                return lost(format!("{} of {name} were given, {there} are there", records.len()));
            }
        }
    }
    let mut texts = BTreeSet::new();
    written_texts(&made, &mut |text| _ = texts.insert(folded(text)));
    let mut missing = None;
    written_texts(&given, &mut |text| {
        let text = folded(text);
        if !text.is_empty() && !texts.contains(&text) {
            missing = Some(text);
        }
    });
    match missing {
        Some(text) => lost(format!("the text {text:?}")),
        None => Ok(()),
    }
}

/// Names are one line without blanks around; that is no loss.
fn folded(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn written_texts(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| written_texts(element, each)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if WRITTEN.contains(&name.as_str()) => each(text),
                    other => written_texts(other, each),
                }
            }
        }
        _ => {}
    }
}

/// A map text is kept to the byte where it is kept at all; each line that is not understood is named.
pub(super) fn of_statements(text: &str, dialect: Dialect, imported: &Imported) -> Result<(), Broken> {
    if text.len() > owm::MAX_TEXT_LENGTH {
        return Ok(());
    }
    if dialect == Dialect::Owm && owm::write(&imported.document).text != text {
        return lost("the text that is written is not the one that was read");
    }
    let tree = Tree::parse_dialect(text, dialect);
    let mut named = BTreeSet::new();
    let mut more = false;
    for diagnostic in &imported.diagnostics {
        match diagnostic.place {
            crate::diag::Place::Text { line, .. } => _ = named.insert(line),
            _ => more |= diagnostic.code.ends_with("-more"),
        }
    }
    for statement in tree.statements() {
        let unread = matches!(statement.kind, Kind::Unknown | Kind::TooLong);
        if unread && !more && !named.contains(&statement.line) {
            return lost(format!("line {} is not understood", statement.line));
        }
    }
    Ok(())
}

/// Each row of a table is taken, known already or left with a reason.
pub(super) fn of_tables(systems: Option<&str>, links: Option<&str>) -> Result<(), Broken> {
    let ((Some(text), None) | (None, Some(text))) = (systems, links) else { return Ok(()) };
    let rows = if systems.is_some() { RowsAre::Systems } else { RowsAre::Links };
    let (sheet, _) = csv::cut_sheet(text, Cut::default());
    let order = csv::probable_order(&sheet).0;
    let mut meanings = Vec::new();
    for guess in csv::guess(&sheet, rows, order) {
        meanings.push(guess.meaning);
    }
    let part = csv::Part { sheet: &sheet, rows, meanings: &meanings, order };
    let Ok(outcome) = csv::take_in(&Document::new(), &[part], &mut csv::NewIds::numbered()) else { return Ok(()) };
    // Whatever was done or not done about a row.
    let mut spoken_of = BTreeSet::new();
    for created in &outcome.created {
        spoken_of.insert(created.row);
    }
    for changed in &outcome.changed {
        spoken_of.insert(changed.row);
    }
    for left in &outcome.left {
        spoken_of.insert(left.row);
    }
    for unreadable in &outcome.unreadable {
        spoken_of.insert(unreadable.row);
    }
    let silent = sheet.rows.iter().filter(|row| !spoken_of.contains(&row.number)).count();
    let known = outcome.same + outcome.links_created + outcome.links_changed + outcome.links_same;
    if silent > known {
        return lost(format!("{silent} rows nobody spoke of, {known} known already"));
    }
    Ok(())
}
