//! What can be said about a system besides its place on the map: the same fields as the table's columns, and those that
//! are lists.

use crate::analysis::litraf::Criterion;
use crate::app::report::records::kinds::{choice, lines, text, wide, RecordField};
use crate::app::report::records::provenance::{in_facts, part_of, part_text, set_part, QUESTIONS};
use crate::app::report::records::read::{controls, non_empty, opt_day, place, RecordError};
use crate::app::report::records::words::{control_in_words, one_line};
use crate::app::table::columns::{facts_text, Field, KINDS, OVERSIGHTS, STRATEGIES};
use crate::app::table::values::day;
use crate::app::table::{CellError, Edits};
use crate::date::{to_iso, Date};
use crate::edit::{Command, ComponentChange};
use crate::id::IdSource;
use crate::model::{ComponentId, Document, Evidence, PaceLayer, SystemFacts, Technology};

const PACES: &[&str] = &["Not said", "Record", "Differentiation", "Innovation"];

/// The fields, in the order they are shown.
pub static SYSTEM: [RecordField; 22] = [
    choice("Kind of system", KINDS),
    choice("Looked after", OVERSIGHTS),
    wide("How it was found", "for what nobody had on a list"),
    wide("Owner in the organisation", "a post, or ?"),
    wide("Technical owner", "a post, or ?"),
    text("Supplier", ""),
    text("Site", ""),
    lines("Made with", "Windows Server | 2012 R2 | C#, one product in a line"),
    wide("Known by", "COBOL lead; Service desk (operates)"),
    text("Users", "a number or ?"),
    text("Patients a day", "a number or ?"),
    text("Hours to harm", "8 or 4–12 or ?"),
    text("Hours to recover", "8 or 4–12 or ?"),
    text("Recovery tried on", "2027-03-31"),
    text("Failures a year", "0.2 or 0.1–0.5 or ?"),
    text("Does its job", "1 to 5 or ?"),
    text("Is sound", "1 to 5 or ?"),
    choice("Pace", PACES),
    choice("Plan", STRATEGIES),
    lines("Controls", "Standby is tested monthly | in place since 2025-03-01"),
    lines("Evidence", "Recovery test report | shared drive | 2025-03-01"),
    lines("Notes", ""),
];

/// The column of the table that holds the same.
fn column(field: usize) -> Option<Field> {
    Some(match field {
        0 => Field::Kind,
        1 => Field::Oversight,
        2 => Field::FoundHow,
        3 => Field::Owner,
        4 => Field::Team,
        5 => Field::Supplier,
        6 => Field::Site,
        8 => Field::KnownBy,
        9 => Field::Users,
        10 => Field::Patients,
        11 => Field::Tolerable,
        12 => Field::Recovery,
        14 => Field::FailRate,
        15 => Field::FunctionalFit,
        16 => Field::TechnicalFit,
        18 => Field::Strategy,
        21 => Field::Notes,
        _ => Field::Answer(Criterion::all().nth(field.checked_sub(QUESTIONS)?)?),
    })
}

fn technology_in_words(it: &Technology) -> String {
    let parts = [one_line(&it.product), one_line(&it.version), one_line(&it.language)];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

fn evidence_in_words(it: &Evidence) -> String {
    let parts = [one_line(&it.title), one_line(&it.place), it.date.map_or_else(String::new, to_iso)];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// What a field says.
pub(super) fn system_text(document: &Document, id: ComponentId, address: usize) -> Option<String> {
    let facts = document.components.get(&id)?.facts();
    if let Some((field, part)) = part_of(address) {
        let mut facts = facts.clone();
        return in_facts(&mut facts, field).map(|it| part_text(&it, part));
    }
    if let Some(column) = column(address) {
        return facts_text(document, column, id);
    }
    Some(match address {
        7 => joined(facts.technologies.iter().map(technology_in_words)),
        13 => facts.recovery_tested_on.map_or_else(String::new, to_iso),
        17 => {
            let at = match facts.pace_layer {
                None => 0,
                Some(PaceLayer::Record) => 1,
                Some(PaceLayer::Differentiation) => 2,
                Some(PaceLayer::Innovation) => 3,
            };
            PACES.get(at).map_or_else(String::new, |word| (*word).to_owned())
        }
        19 => joined(facts.controls.iter().map(control_in_words)),
        20 => joined(facts.evidence.iter().map(evidence_in_words)),
        _ => return None,
    })
}

/// What puts a text into a field.
pub(super) fn change_system(
    document: &Document,
    id: ComponentId,
    address: usize,
    typed: &str,
    today: Option<Date>,
    ids: &mut IdSource,
) -> Result<Command, RecordError> {
    let component = document.components.get(&id).ok_or(RecordError::NotThere)?;
    if let (None, Some(column)) = (part_of(address), column(address)) {
        let mut edits = Edits::new(document, today, ids);
        edits.set(id, column, typed)?;
        return Ok(Command::Batch(edits.commands(), format!("Change details of {}", component.name)));
    }
    let mut facts = SystemFacts::clone(component.facts());
    match (part_of(address), address) {
        (Some((field, part)), _) => {
            set_part(in_facts(&mut facts, field).ok_or(RecordError::NotThere)?, part, typed)?;
        }
        (None, 7) => facts.technologies = technologies(typed, &facts.technologies),
        (None, 13) => facts.recovery_tested_on = opt_day(typed)?,
        (None, 17) => {
            facts.pace_layer = match place(typed, PACES)? {
                1 => Some(PaceLayer::Record),
                2 => Some(PaceLayer::Differentiation),
                3 => Some(PaceLayer::Innovation),
                _ => None,
            };
        }
        (None, 19) => facts.controls = controls(typed)?,
        (None, 20) => facts.evidence = evidence(typed)?,
        _ => return Err(CellError::Computed.into()),
    }
    Ok(Command::ChangeComponents { ids: vec![id], change: ComponentChange::Facts(Box::new(facts)) })
}

/// Products by line; those that were there keep the support dates they refer to.
fn technologies(typed: &str, now: &[Technology]) -> Vec<Technology> {
    let mut found = Vec::new();
    for line in non_empty(typed) {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let mut next = || parts.next().unwrap_or("").to_owned();
        let (product, version, language) = (next(), next(), next());
        let same = now.iter().find(|it| one_line(&it.product) == product && one_line(&it.version) == version);
        let lifecycle_ref = same.map(|it| it.lifecycle_ref.clone()).unwrap_or_default();
        found.push(Technology { product, version, language, lifecycle_ref });
    }
    found
}

fn evidence(typed: &str) -> Result<Vec<Evidence>, RecordError> {
    let mut found = Vec::new();
    for line in non_empty(typed) {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let mut next = || parts.next().unwrap_or("");
        let (title, place, date) = (next(), next(), next());
        let date = if date.is_empty() { None } else { Some(day(date).ok_or(RecordError::Evidence)?) };
        if title.is_empty() {
            return Err(RecordError::Evidence);
        }
        found.push(Evidence { title: title.to_owned(), place: place.to_owned(), date });
    }
    Ok(found)
}
