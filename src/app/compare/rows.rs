//! The differences of two maps as rows of a list: a kind, a sign and a full sentence each.
//!
//! Knows a comparison and the two documents; nothing of what is shown or chosen.

use crate::analysis::rank::shown;
use crate::app::describe::count;
use crate::compare::{Change, Comparison, FieldChange, RiskChange, What};
use crate::model::{AnyRecordId, Component, Document, LinkKind};

/// Groups of the list, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Systems that stand otherwise against the red line.
    Risk,
    /// What is new.
    Added,
    /// What is gone.
    Removed,
    /// What stands elsewhere on the map.
    Moved,
    /// What has another name.
    Renamed,
    /// What differs in other fields.
    Changed,
    /// Links, whatever happened to them.
    Links,
}

impl Kind {
    /// All groups in order.
    pub const ALL: [Self; 7] =
        [Self::Risk, Self::Added, Self::Removed, Self::Moved, Self::Renamed, Self::Changed, Self::Links];

    /// Heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Risk => "Risk",
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Moved => "Moved",
            Self::Renamed => "Renamed",
            Self::Changed => "Changed",
            Self::Links => "Links",
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its group.
    pub kind: Kind,
    /// What happened.
    pub what: What,
    /// What it is about, by its id in the open document; what only the other one has by its id in the comparison.
    pub record: AnyRecordId,
    /// What it is called.
    pub name: String,
    /// One full sentence.
    pub sentence: String,
    /// The fields one by one, when there are several.
    pub fields: Vec<String>,
}

/// The rows of a comparison, group by group.
pub(super) fn rows(comparison: &Comparison, ours: &Document) -> Vec<Row> {
    let (before, after) = comparison.in_order(ours);
    let mut found = Vec::new();
    for kind in Kind::ALL {
        if kind == Kind::Risk {
            found.extend(comparison.risk.iter().map(risk_row));
            continue;
        }
        for change in comparison.changes.iter().filter(|change| !change.is_of_label_only()) {
            let link = matches!(change.record, AnyRecordId::Link(_));
            for what in &change.what {
                if link == (kind == Kind::Links) && (link || kind_of(*what) == kind) {
                    found.push(row(kind, *what, change, before, after));
                }
            }
        }
        if kind == Kind::Changed {
            found.extend(labels_row(comparison));
        }
    }
    found
}

/// All of which only the label moved, in one row, so that they hide nothing that means something.
fn labels_row(comparison: &Comparison) -> Option<Row> {
    let mut fields = Vec::new();
    let mut first = None;
    for change in comparison.changes.iter().filter(|change| change.is_of_label_only()) {
        first.get_or_insert(change.record);
        fields.push(capital(&change.name));
    }
    let sentence = format!("Only labels moved: {}.", fields.len());
    let name = fields.first().cloned().unwrap_or_default();
    Some(Row { kind: Kind::Changed, what: What::Changed, record: first?, name, sentence, fields })
}

const fn kind_of(what: What) -> Kind {
    match what {
        What::Added => Kind::Added,
        What::Removed => Kind::Removed,
        What::Moved => Kind::Moved,
        What::Renamed => Kind::Renamed,
        What::Changed => Kind::Changed,
    }
}

fn row(kind: Kind, what: What, change: &Change, before: &Document, after: &Document) -> Row {
    let name = capital(&change.name);
    let mut fields = Vec::new();
    let sentence = match (change.record, what) {
        (AnyRecordId::Link(id), What::Added | What::Removed) => {
            let document = if what == What::Added { after } else { before };
            let (end, now) = if what == What::Added { ("now", "was added") } else { ("no longer", "was removed") };
            match document.links.get(&id) {
                Some(link) if link.kind == LinkKind::Need => {
                    let named = |id| document.components.get(id).map_or_else(String::new, |c| shown(&c.name));
                    format!("{} {end} needs {}.", capital(&named(&link.from)), named(&link.to))
                }
                _ => format!("The flow {} {now}.", change.name),
            }
        }
        (_, What::Added) => format!("{name} is new{}.", stage(after, change.record)),
        (_, What::Removed) => format!("{name} is gone{}.", was_in(before, change.record)),
        (_, What::Renamed) => {
            let old = change.fields.iter().find(|f| f.field == "name").map_or("", |f| f.before.as_str());
            format!("“{}” is now called “{}”.", old.trim_matches(['“', '”']), change.name)
        }
        (_, What::Moved) => moved(&name, change.record, before, after),
        (_, What::Changed) => {
            let about = changed_fields(change);
            match about.as_slice() {
                [only] => format!("{name}: {}.", said(only)),
                several => {
                    fields = several.iter().map(|field| capital(&said(field))).collect();
                    format!("{name} changed in {}.", count(several.len(), "field"))
                }
            }
        }
    };
    Row { kind, what, record: change.record, name: change.name.clone(), sentence, fields }
}

/// The fields that are told under "changed": not the name nor the place of what was renamed or moved as well.
fn changed_fields(change: &Change) -> Vec<&FieldChange> {
    let place = ["evolution", "visibility", "at", "places"];
    let elsewhere = |field: &str| {
        change.record != AnyRecordId::Settings
            && (change.what.contains(&What::Moved) && place.contains(&field)
                || change.what.contains(&What::Renamed) && field == "name")
    };
    change.fields.iter().filter(|change| !elsewhere(&change.field)).collect()
}

fn said(field: &FieldChange) -> String {
    match (field.before.as_str(), field.after.as_str()) {
        ("nothing", after) => format!("{} is now {after}, and was not said", field.label),
        (before, "nothing") => format!("{} is no longer said, and was {before}", field.label),
        (before, after) => format!("{} was {before} and is {after}", field.label),
    }
}

fn component(document: &Document, record: AnyRecordId) -> Option<&Component> {
    document.components.get(&record.component()?).map(|component| &**component)
}

fn stage_at(document: &Document, share: f64) -> &str {
    let axis = &document.settings.evolution;
    axis.stages.get(axis.stage_of(share)).map_or("evolution", |stage| stage.name.as_str())
}

fn stage(document: &Document, record: AnyRecordId) -> String {
    let place = component(document, record).filter(|c| !c.is_anchor()).and_then(|c| c.evolution);
    place.map_or_else(String::new, |at| format!(", in {}", stage_at(document, at.get())))
}

fn was_in(document: &Document, record: AnyRecordId) -> String {
    let text = stage(document, record);
    text.strip_prefix(", in ").map_or_else(String::new, |stage| format!(", was in {stage}"))
}

fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

fn moved(name: &str, record: AnyRecordId, before: &Document, after: &Document) -> String {
    let (Some(was), Some(is)) = (component(before, record), component(after, record)) else {
        return format!("{name} stands elsewhere.");
    };
    let mut parts = Vec::new();
    if was.evolution != is.evolution {
        parts.push(match (was.evolution, is.evolution) {
            (Some(a), Some(b)) => {
                let (from, to) = (stage_at(before, a.get()), stage_at(after, b.get()));
                let stages = if from == to { format!("within {to}") } else { format!("from {from} to {to}") };
                format!("{stages} (evolution {} % to {} %)", percent(a.get()), percent(b.get()))
            }
            (None, Some(b)) => format!("to {} (evolution was undecided)", stage_at(after, b.get())),
            _ => "to an undecided evolution".to_owned(),
        });
    }
    if was.visibility != is.visibility {
        parts.push(match (was.visibility, is.visibility) {
            (Some(a), Some(b)) => {
                let way = if b.get() > a.get() { "up" } else { "down" };
                format!("{way} the value chain ({} % to {} %)", percent(a.get()), percent(b.get()))
            }
            (None, Some(b)) => format!("to {} % of the value chain", percent(b.get())),
            _ => "to an undecided place on the value chain".to_owned(),
        });
    }
    format!("{name} moved {}.", parts.join(" and "))
}

fn risk_row(risk: &RiskChange) -> Row {
    let name = capital(&risk.name);
    let (was, is) = (risk.before.group.words(), risk.after.group.words());
    let mut sentence =
        if was == is { format!("{name} is still {is}") } else { format!("{name} was {was} and is {is}") };
    let span = |interval: crate::analysis::interval::Interval| {
        if interval.is_exact() {
            format!("{:.1}", interval.plan)
        } else {
            format!("{:.1} to {:.1}", interval.low, interval.high)
        }
    };
    let (from, to) = (span(risk.before.overall), span(risk.after.overall));
    if from != to {
        sentence.push_str(&format!(", with a score of {to} instead of {from} of 30"));
    }
    let (from, to) = (span(risk.before.inherited), span(risk.after.inherited));
    if from != to {
        sentence.push_str(&format!("; with what depends on it the impact is {to} instead of {from} of 5"));
    }
    sentence.push('.');
    Row {
        kind: Kind::Risk,
        what: What::Changed,
        record: AnyRecordId::Component(risk.component),
        name: risk.name.clone(),
        sentence,
        fields: Vec::new(),
    }
}

/// With a capital at the beginning, as sentences begin.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
