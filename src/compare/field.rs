//! Differences of two records field by field, in words.
//!
//! Knows the fields of our file by their paths and which of them belong together.

use std::collections::BTreeSet;

use crate::analysis::litraf::Criterion;
use crate::analysis::rank::shown;
use crate::compare::kinds::id_text;
use crate::compare::What;
use crate::format::json::{fields_of, in_words, Fields};
use crate::model::*;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Its path in the record, as in our file: "facts/site".
    pub field: String,
    /// What it is called.
    pub label: String,
    /// What the first document says; "nothing" where it says nothing.
    pub before: String,
    /// What the second says.
    pub after: String,
}

/// Fields whose texts are ids of other records.
const REFERENCES: &[&str] =
    &["from", "to", "parent", "pipeline", "group", "component", "components", "members", "steps", "pathways"];

/// The unit of change that a field belongs to: fields that only make sense together have the same one.
pub(super) fn unit(record: AnyRecordId, path: &str) -> &str {
    match (record, path) {
        (AnyRecordId::Component(_), "evolution" | "visibility") => "place",
        (AnyRecordId::Link(_), "from" | "to") => "ends",
        (AnyRecordId::Attitude(_), "from" | "to") => "place",
        _ => path,
    }
}

/// Units in which two sets of fields differ.
pub(super) fn differing<'f>(record: AnyRecordId, a: &'f Fields, b: &'f Fields) -> BTreeSet<&'f str> {
    let mut units = BTreeSet::new();
    for path in a.keys().chain(b.keys()) {
        if a.get(path) != b.get(path) {
            units.insert(unit(record, path));
        }
    }
    units
}

/// What happened to the record between two documents in which its id means the same.
pub(super) fn what(before: &Document, after: &Document, record: AnyRecordId) -> Vec<What> {
    match (before.has(record), after.has(record)) {
        (false, false) => return Vec::new(),
        (false, true) => return vec![What::Added],
        (true, false) => return vec![What::Removed],
        (true, true) => {}
    }
    let (a, b) = (fields_of(before, record), fields_of(after, record));
    let mut what = BTreeSet::new();
    for unit in differing(record, &a, &b) {
        what.insert(match (record, unit) {
            (AnyRecordId::Component(_) | AnyRecordId::Accelerator(_) | AnyRecordId::Area(_), "name") => What::Renamed,
            (AnyRecordId::Component(_) | AnyRecordId::Attitude(_), "place") => What::Moved,
            (AnyRecordId::Note(_) | AnyRecordId::Accelerator(_), "at") => What::Moved,
            (AnyRecordId::Annotation(_), "places") => What::Moved,
            _ => What::Changed,
        });
    }
    what.into_iter().collect()
}

/// The fields in which the record differs, when both documents have it.
pub(super) fn differences(before: &Document, after: &Document, record: AnyRecordId) -> Vec<FieldChange> {
    if !before.has(record) || !after.has(record) {
        return Vec::new();
    }
    let (a, b) = (fields_of(before, record), fields_of(after, record));
    let mut paths: BTreeSet<&String> = BTreeSet::new();
    for path in a.keys().chain(b.keys()) {
        if a.get(path) != b.get(path) {
            paths.insert(path);
        }
    }
    paths
        .into_iter()
        .map(|path| FieldChange {
            field: path.clone(),
            label: label(path),
            before: value(before, record, path, &a),
            after: value(after, record, path, &b),
        })
        .collect()
}

/// What a document says in a field, in words.
pub(super) fn value(document: &Document, record: AnyRecordId, path: &str, fields: &Fields) -> String {
    let Some(text) = fields.get(path) else { return "nothing".to_owned() };
    let refers = REFERENCES.contains(&path) && record != AnyRecordId::Settings;
    in_words(text, &|id| if refers { named(document, id) } else { None })
}

/// The name behind an id as text, of whatever kind.
fn named(document: &Document, id: &str) -> Option<String> {
    let component = ComponentId::parse(id).ok()?;
    if let Some(found) = document.components.get(&component) {
        return Some(shown(&found.name));
    }
    if let Some(pipeline) = document.pipelines.get(&component.cast()) {
        return Some(format!("pipeline of {}", name_of(document, pipeline.parent)));
    }
    let pathway = document.pathways.get(&component.cast()).map(|p| &p.name);
    pathway.or(document.redundancy_groups.get(&component.cast()).map(|g| &g.name)).map(|name| shown(name))
}

fn name_of(document: &Document, id: ComponentId) -> String {
    document.components.get(&id).map_or_else(|| id.to_string(), |c| shown(&c.name))
}

/// Words for fields whose path does not say it.
const LABELS: &[(&str, &str)] = &[
    ("visibility", "place on the value chain"),
    ("label_offset", "place of the label"),
    ("pin", "place in the dependency view"),
    ("evolve", "expected evolution"),
    ("url", "address"),
    ("external_id", "id in its source"),
    ("at", "place"),
    ("facts/kind", "kind of system"),
    ("facts/fail_rate", "failures a year"),
    ("facts/recovery_h", "hours to recover"),
    ("facts/tolerable_outage_h", "hours it may be away"),
    ("buffer_h", "hours it copes without"),
    ("harm/qaly", "life years lost"),
    ("flow", "kind of link"),
    ("as_of", "date of the map"),
    ("red_from", "red starts at"),
];

/// What a field is called.
pub(super) fn label(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    if let Some((_, words)) = LABELS.iter().find(|(known, _)| *known == path || *known == last) {
        return (*words).to_owned();
    }
    if path.starts_with("facts/likelihood/") || path.starts_with("facts/impact/") {
        if let Some(criterion) = Criterion::all().find(|c| c.question().code == last) {
            return format!("{} ({last})", criterion.question().name.to_lowercase());
        }
    }
    last.replace('_', " ")
}

/// What a record is called in a list.
pub(super) fn title(document: &Document, record: AnyRecordId) -> String {
    let quoted = |kind: &str, text: &str| format!("{kind} “{}”", shown(text));
    let found = match record {
        AnyRecordId::Settings => Some("the map as a whole".to_owned()),
        AnyRecordId::Source => Some("the map text".to_owned()),
        AnyRecordId::Component(id) => document.components.get(&id).map(|c| shown(&c.name)),
        AnyRecordId::Link(id) => document
            .links
            .get(&id)
            .map(|link| format!("{} → {}", name_of(document, link.from), name_of(document, link.to))),
        AnyRecordId::Pipeline(id) => {
            document.pipelines.get(&id).map(|p| format!("pipeline of {}", name_of(document, p.parent)))
        }
        AnyRecordId::Note(id) => document.notes.get(&id).map(|n| quoted("note", &n.text)),
        AnyRecordId::Annotation(id) => document.annotations.get(&id).map(|a| format!("annotation {}", a.number)),
        AnyRecordId::Attitude(id) => document.attitudes.get(&id).map(|a| match a.kind {
            AttitudeKind::Pioneers => "pioneers".to_owned(),
            AttitudeKind::Settlers => "settlers".to_owned(),
            AttitudeKind::TownPlanners => "town planners".to_owned(),
        }),
        AnyRecordId::Accelerator(id) => document.accelerators.get(&id).map(|a| quoted("accelerator", &a.name)),
        AnyRecordId::Area(id) => document.areas.get(&id).map(|a| quoted("area", &a.name)),
        AnyRecordId::Pathway(id) => document.pathways.get(&id).map(|p| quoted("pathway", &p.name)),
        AnyRecordId::Contract(id) => document.contracts.get(&id).map(|c| quoted("contract", &c.name)),
        AnyRecordId::Knowledge(id) => document
            .knowledge
            .get(&id)
            .map(|h| format!("what {} knows of {}", shown(&h.holder), name_of(document, h.component))),
        AnyRecordId::Risk(id) => document.risks.get(&id).map(|r| quoted("risk", &r.title)),
        AnyRecordId::RedundancyGroup(id) => {
            document.redundancy_groups.get(&id).map(|g| quoted("alternatives", &g.name))
        }
        AnyRecordId::Lifecycle(id) => {
            document.lifecycles.get(&id).map(|l| quoted("support of", &format!("{} {}", l.product, l.cycle)))
        }
        AnyRecordId::Judgement(id) => {
            document.judgements.get(&id).map(|j| format!("judgement of {}", name_of(document, j.component)))
        }
    };
    found.unwrap_or_else(|| id_text(record))
}
