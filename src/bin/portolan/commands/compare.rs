//! `portolan diff` and `portolan merge`: two versions against each other by meaning, fit for version control.

use portolan::analysis::interval::Interval;
use portolan::compare::{
    compare, merge as merge_documents, report, Choices, Comparison, Corrections, How, Merged, Side, Standing, What,
};
use portolan::format::Detected;
use portolan::model::{folded_name, AnyRecordId, ComponentId, Document};
use serde::Serialize;

use crate::commands::convert::written;
use crate::files::{self, ending, Opened};
use crate::risk::Span;
use crate::words::Words;
use crate::{Failure, Outcome};

#[derive(Serialize)]
struct Report {
    same: bool,
    versions_of_one_file: bool,
    changes: Vec<ChangeRow>,
    risk: Vec<RiskRow>,
}

#[derive(Serialize)]
struct ChangeRow {
    record: String,
    name: String,
    what: Vec<&'static str>,
    matched_by: Option<&'static str>,
    confidence: Option<f64>,
    fields: Vec<FieldRow>,
}

#[derive(Serialize)]
struct FieldRow {
    field: String,
    label: String,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct RiskRow {
    id: String,
    name: String,
    before: StandingRow,
    after: StandingRow,
}

#[derive(Serialize)]
struct StandingRow {
    rank: u32,
    group: &'static str,
    overall: Span,
    inherited_impact: Span,
}

pub(crate) fn diff(words: &Words) -> Result<Outcome, Failure> {
    let format = words.one_of("--format", &["text", "json"])?;
    let today = words.today()?;
    let [before, after] = words.files.as_slice() else {
        return Err(Failure::Usage(format!("two files are wanted here, not {}.", words.files.len())));
    };
    let (before, after) = (files::open(before)?, files::open(after)?);
    let corrections = corrections(words, &before.imported.document, &after.imported.document)?;
    let comparison = compare(&before.imported.document, &after.imported.document, &corrections, Some(today));
    let text = match format {
        "json" => files::json_text(&json_report(&comparison))?,
        _ => report(&comparison, (&before.path, &after.path)),
    };
    files::write(words.option("-o"), text.as_bytes())?;
    Ok(if comparison.is_same() { Outcome::Fine } else { Outcome::Findings })
}

/// `--same "Old name=New name"`; ids do as well as names.
fn corrections(words: &Words, before: &Document, after: &Document) -> Result<Corrections, Failure> {
    let mut corrections = Corrections::default();
    let find = |document: &Document, text: &str, path: &str| -> Result<AnyRecordId, Failure> {
        let id = ComponentId::parse(text).ok().filter(|id| document.components.contains_key(id));
        let found = id.or_else(|| document.component_named(text).map(|(id, _)| id));
        found
            .map(AnyRecordId::Component)
            .ok_or_else(|| Failure::Usage(format!("--same: there is no component “{text}” in {path}.")))
    };
    for pair in words.all("--same") {
        let (old, new) = pair
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("--same wants “old name=new name”, not “{pair}”.")))?;
        corrections.same.push((find(before, old, "the first file")?, find(after, new, "the second file")?));
    }
    Ok(corrections)
}

fn json_report(comparison: &Comparison) -> Report {
    let interval = |interval: Interval| Span::from(interval);
    let standing = |standing: Standing| StandingRow {
        rank: standing.rank,
        group: standing.group.letter(),
        overall: interval(standing.overall),
        inherited_impact: interval(standing.inherited),
    };
    let change = |change: &portolan::compare::Change| ChangeRow {
        record: format!("{:?}", change.record),
        name: change.name.clone(),
        what: change
            .what
            .iter()
            .map(|what| match what {
                What::Added => "added",
                What::Removed => "removed",
                What::Renamed => "renamed",
                What::Moved => "moved",
                What::Changed => "changed",
            })
            .collect(),
        matched_by: change.found.map(|found| match found.how {
            How::Person => "person",
            How::Id => "id",
            How::Name => "name",
            How::Likeness => "likeness",
        }),
        confidence: change.found.map(|found| found.confidence),
        fields: change
            .fields
            .iter()
            .map(|field| FieldRow {
                field: field.field.clone(),
                label: field.label.clone(),
                before: field.before.clone(),
                after: field.after.clone(),
            })
            .collect(),
    };
    Report {
        same: comparison.is_same(),
        versions_of_one_file: comparison.matching.same_file,
        changes: comparison.changes.iter().map(change).collect(),
        risk: comparison
            .risk
            .iter()
            .map(|risk| RiskRow {
                id: risk.component.to_string(),
                name: risk.name.clone(),
                before: standing(risk.before),
                after: standing(risk.after),
            })
            .collect(),
    }
}

/// `--ours NAME` and `--theirs NAME`: a side for all conflicts of one thing, by the name the conflict is listed under.
fn choose(words: &Words, merged: &Merged, choices: &mut Choices) -> Result<(), Failure> {
    for (option, side) in [("--ours", Side::Ours), ("--theirs", Side::Theirs)] {
        for name in words.all(option) {
            let of_this_name = || merged.conflicts.iter().filter(|c| folded_name(&c.name) == folded_name(name));
            if of_this_name().next().is_none() {
                return Err(Failure::Usage(format!("{option}: there is no conflict about “{name}”.")));
            }
            choices.records.extend(of_this_name().map(|conflict| (conflict.record, side)));
        }
    }
    Ok(())
}

pub(crate) fn merge(words: &Words) -> Result<Outcome, Failure> {
    let all = match words.option("--prefer") {
        None => None,
        Some("ours") => Some(Side::Ours),
        Some("theirs") => Some(Side::Theirs),
        Some(other) => return Err(Failure::Usage(format!("--prefer is ours or theirs, not “{other}”."))),
    };
    let [base, ours, theirs] = words.files.as_slice() else {
        return Err(Failure::Usage(format!("three files are wanted here, BASE A B, not {}.", words.files.len())));
    };
    let (base, ours, theirs) = (files::open(base)?, files::open(ours)?, files::open(theirs)?);
    let document = |opened: &Opened| opened.imported.document.clone();
    let run = |choices: &Choices| merge_documents(&document(&base), &document(&ours), &document(&theirs), choices);
    let mut choices = Choices { all, ..Choices::default() };
    let mut merged = run(&choices);
    choose(words, &merged, &mut choices)?;
    if !choices.records.is_empty() {
        merged = run(&choices);
    }
    // A version control system gives its files names of its own; then the format is that of the first version.
    let named = words.option("-o").unwrap_or("");
    let known = matches!(ending(named).as_str(), "json" | "owm" | "wm" | "txt" | "mmd" | "mermaid" | "csv");
    let format = match ours.detected {
        _ if known => named,
        Detected::Owm => "x.owm",
        Detected::Mermaid => "x.mmd",
        _ => "x.json",
    };
    let (text, lost) = written(&merged.document, &ours.imported.file, format)?;
    files::write(words.option("-o"), text.as_bytes())?;
    for conflict in merged.open_conflicts() {
        eprintln!("{}: conflict: {}", ours.path, conflict.sentence());
    }
    for note in merged.notes.iter().chain(&lost) {
        eprint!("{}", crate::commands::check::text_line(&ours.path, note));
    }
    Ok(if merged.open_conflicts().next().is_some() { Outcome::Findings } else { Outcome::Fine })
}
