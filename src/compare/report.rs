//! A comparison as plain text, to paste into a mail.
//!
//! Signs and words carry the meaning, in the order of what people ask first: what is there now, what is gone, what
//! changed, what it does to the risk.

use std::fmt::Write as _;

use crate::analysis::interval::Interval;
use crate::compare::{in_short, Change, Comparison, Conflict, ConflictKind, How, Side, Standing, What};
use crate::model::AnyRecordId;

/// Most lines under a heading; the others are counted.
const MOST_LINES: usize = 200;

/// The comparison in words; `names` are what to call the two documents.
pub fn report(comparison: &Comparison, names: (&str, &str)) -> String {
    let mut text = format!("From {} to {}\n", names.0, names.1);
    if comparison.is_same() {
        text.push_str("Both say the same.\n");
        return text;
    }
    _ = writeln!(text, "{}", counts(comparison));
    section(&mut text, "In short", in_short(comparison));
    let (links, others): (Vec<&Change>, Vec<&Change>) =
        comparison.changes.iter().partition(|change| matches!(change.record, AnyRecordId::Link(_)));
    let headings = [
        ("Added", What::Added),
        ("Removed", What::Removed),
        ("Renamed", What::Renamed),
        ("Moved", What::Moved),
        ("Changed", What::Changed),
    ];
    for (heading, what) in headings {
        let of_this = others.iter().filter(|change| change.what.contains(&what) && !change.is_of_label_only());
        let mut lines: Vec<String> = of_this.map(|change| line(change, what)).collect();
        let labels = others.iter().filter(|change| what == What::Changed && change.is_of_label_only()).count();
        if labels > 0 {
            lines.push(format!("~ only labels moved: {labels}"));
        }
        section(&mut text, heading, lines);
    }
    section(&mut text, "Links", links.iter().map(|change| line(change, main_of(change))).collect());
    section(&mut text, "Risk", comparison.risk.iter().map(|r| risk_line(&r.name, &r.before, &r.after)).collect());
    section(&mut text, "Not sure these are the same", unsure(comparison));
    text
}

fn section(text: &mut String, heading: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    _ = write!(text, "\n{heading}\n");
    for line in lines.iter().take(MOST_LINES) {
        _ = writeln!(text, "  {line}");
    }
    if lines.len() > MOST_LINES {
        _ = writeln!(text, "  and {} more", lines.len() - MOST_LINES);
    }
}

fn main_of(change: &Change) -> What {
    change.what.last().copied().unwrap_or(What::Changed)
}

fn counts(comparison: &Comparison) -> String {
    let mut parts = Vec::new();
    let mut add = |number: usize, of: &str, what: &str| {
        if number > 0 {
            parts.push(format!("{number} {of}{} {what}", if number == 1 { "" } else { "s" }));
        }
    };
    let words = [
        (What::Added, "added"),
        (What::Removed, "removed"),
        (What::Renamed, "renamed"),
        (What::Moved, "moved"),
        (What::Changed, "changed"),
    ];
    let is_component =
        |change: &&Change| matches!(change.record, AnyRecordId::Component(_)) && !change.is_of_label_only();
    let is_link = |change: &&Change| matches!(change.record, AnyRecordId::Link(_));
    for (what, word) in words {
        add(
            comparison.changes.iter().filter(is_component).filter(|c| c.what.contains(&what)).count(),
            "component",
            word,
        );
    }
    for (what, word) in words {
        add(comparison.changes.iter().filter(is_link).filter(|c| c.what.contains(&what)).count(), "link", word);
    }
    let labels = comparison.changes.iter().filter(|c| c.is_of_label_only()).count();
    let rest = comparison.changes.iter().filter(|c| !is_component(c) && !is_link(c) && !c.is_of_label_only()).count();
    add(rest, "other thing", "changed");
    add(labels, "label", "moved");
    add(comparison.risk.len(), "system", "with another risk");
    parts.join(", ") + "."
}

/// The line of a change under one heading; only the fields that belong there.
fn line(change: &Change, what: What) -> String {
    let sign = match what {
        What::Added => "+",
        What::Removed => "−",
        What::Moved => "→",
        What::Renamed | What::Changed => "~",
    };
    let place = ["evolution", "visibility", "at", "places"];
    let moves = change.record != AnyRecordId::Settings;
    let of_this = |field: &str| match what {
        What::Moved => place.contains(&field),
        What::Renamed => field == "name",
        _ => {
            let elsewhere = (change.what.contains(&What::Moved) && moves && place.contains(&field))
                || (change.what.contains(&What::Renamed) && field == "name");
            !elsewhere
        }
    };
    if what == What::Renamed {
        let old = change.fields.iter().find(|f| f.field == "name").map_or("", |f| f.before.as_str());
        return format!("{sign} {old} is now {}", change.name);
    }
    let mut parts: Vec<String> = Vec::new();
    for field in change.fields.iter().filter(|f| of_this(&f.field)) {
        parts.push(format!("{}: {} → {}", field.label, field.before, field.after));
    }
    if parts.is_empty() {
        format!("{sign} {}", change.name)
    } else {
        format!("{sign} {}: {}", change.name, parts.join("; "))
    }
}

fn span(interval: Interval) -> String {
    if interval.is_exact() {
        format!("{:.1}", interval.plan)
    } else {
        format!("{:.1} to {:.1}", interval.low, interval.high)
    }
}

fn risk_line(name: &str, before: &Standing, after: &Standing) -> String {
    let mut text = format!("! {name}: ");
    if before.group == after.group {
        text.push_str(after.group.words());
    } else {
        _ = write!(text, "{} → {}", before.group.words(), after.group.words());
    }
    let (was, is) = (span(before.overall), span(after.overall));
    if was != is {
        _ = write!(text, "; score {was} → {is} of 30");
    }
    let (was, is) = (span(before.inherited), span(after.inherited));
    if was != is {
        _ = write!(text, "; with what depends on it {was} → {is} of 5");
    }
    if before.rank != after.rank {
        _ = write!(text, "; place {} → {}", before.rank, after.rank);
    }
    text
}

/// Matches by likeness, for somebody to confirm.
fn unsure(comparison: &Comparison) -> Vec<String> {
    let mut lines = Vec::new();
    for change in &comparison.changes {
        let Some(found) = change.found.filter(|found| found.how == How::Likeness) else { continue };
        let old = change.fields.iter().find(|f| matches!(f.field.as_str(), "name" | "text"));
        let old = old.map_or(change.name.as_str(), |field| field.before.as_str());
        lines.push(format!("? {old} and {}: {:.0}% sure", change.name, found.confidence * 100.0));
    }
    lines
}

impl Conflict {
    /// The conflict in one sentence.
    pub fn sentence(&self) -> String {
        let taken = |side: Side| if side == Side::Ours { "ours" } else { "theirs" };
        match self.kind {
            ConflictKind::BothChanged => format!(
                "{}: both changed {} (was {}): ours says {}, theirs says {}; {} was taken.",
                self.name,
                self.label,
                self.base,
                self.ours,
                self.theirs,
                taken(self.taken)
            ),
            ConflictKind::RemovedAndChanged { by } | ConflictKind::RemovedAndNeeded { by } => {
                let (remover, keeper) = if by == Side::Ours { ("We", "they") } else { ("They", "we") };
                let verb = if matches!(self.kind, ConflictKind::RemovedAndNeeded { .. }) { "need" } else { "changed" };
                let end = if self.taken == by { "it is gone" } else { "it was kept" };
                format!("{}: {remover} removed it and {keeper} {verb} it; {end}.", self.name)
            }
        }
    }
}
