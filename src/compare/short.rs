//! A comparison in a few sentences for people who decide: what it does to the risk first, then what came and went.
//!
//! Knows a comparison; the full account is in [`crate::compare::report()`].

use crate::analysis::litraf::Group;
use crate::compare::{Comparison, RiskChange, What};
use crate::model::AnyRecordId;

/// Most names in a sentence; the others are counted.
const MOST_NAMES: usize = 3;

/// What changed, in short: whole sentences, risk first. Empty when nothing did.
pub fn in_short(comparison: &Comparison) -> Vec<String> {
    let mut said = Vec::new();
    if comparison.is_same() {
        return said;
    }
    let risks = |wanted: &dyn Fn(&RiskChange) -> bool| {
        names(comparison.risk.iter().filter(|risk| wanted(risk)).map(|risk| risk.name.as_str()))
    };
    let became = |group: Group| move |risk: &RiskChange| risk.before.group != group && risk.after.group == group;
    let first = said.len();
    tell(&mut said, risks(&became(Group::A)), "became red", "became red");
    let no_longer = |risk: &RiskChange| risk.before.group == Group::A && risk.after.group != Group::A;
    tell(&mut said, risks(&no_longer), "is no longer red", "are no longer red");
    let unknown = |risk: &RiskChange| risk.before.group == Group::C && risk.after.group == Group::B;
    tell(&mut said, risks(&unknown), "is no longer known to be below red", "are no longer known to be below red");
    if said.len() == first {
        said.push("No system that is on both maps crossed the red line.".to_owned());
    }
    let by = |risk: &RiskChange| risk.after.overall.plan - risk.before.overall.plan;
    tell(&mut said, risks(&|risk| by(risk) > 0.05), "has a higher score of risk", "have a higher score of risk");
    tell(&mut said, risks(&|risk| by(risk) < -0.05), "has a lower score of risk", "have a lower score of risk");
    let components = |what: What| {
        let of_this = comparison
            .changes
            .iter()
            .filter(|change| matches!(change.record, AnyRecordId::Component(_)) && change.what.contains(&what));
        names(of_this.map(|change| change.name.as_str()))
    };
    tell(&mut said, components(What::Added), "is new", "are new");
    tell(&mut said, components(What::Removed), "is gone", "are gone");
    tell(&mut said, components(What::Moved), "stands elsewhere on the map", "stand elsewhere on the map");
    said
}

/// Names as a sentence lists them, and how many there are.
fn names<'n>(all: impl Iterator<Item = &'n str>) -> (String, usize) {
    let all: Vec<&str> = all.collect();
    let shown = if all.len() == MOST_NAMES + 1 { all.len() } else { all.len().min(MOST_NAMES) };
    let mut parts: Vec<String> = all.iter().take(shown).map(|name| (*name).to_owned()).collect();
    if all.len() > shown {
        parts.push(format!("{} more", all.len() - shown));
    }
    let last = parts.pop().unwrap_or_default();
    (if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) }, all.len())
}

fn tell(said: &mut Vec<String>, (names, number): (String, usize), one: &str, several: &str) {
    // Sentences begin with a capital, whatever the map does.
    let mut letters = names.chars();
    let names: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    match number {
        0 => {}
        1 => said.push(format!("{names} {one}.")),
        _ => said.push(format!("{names} {several}.")),
    }
}
