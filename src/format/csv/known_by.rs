//! Who knows a system as one text: "COBOL lead; Service desk (operates)".
//!
//! Posts without a remark can mend or change it. The text brings records in line with it: those that are named stay as
//! they are, with all that is said about them. Knows records; knows no table.

use crate::model::{folded_name, Ability, ComponentId, KnowledgeHolding};

/// Stands behind posts that can only run a system.
const OPERATES: &str = " (operates)";

fn mends(holding: &KnowledgeHolding) -> bool {
    holding.can.contains(&Ability::Fix) || holding.can.contains(&Ability::Change)
}

/// A name in one line, without the sign between names.
fn name_of(holding: &KnowledgeHolding) -> String {
    let name = holding.holder.split_whitespace().collect::<Vec<_>>().join(" ").replace(';', ",");
    name.strip_suffix(OPERATES).map_or(name.clone(), str::to_owned)
}

/// The text for these records of one system.
pub fn text_of<'h>(holdings: impl Iterator<Item = &'h KnowledgeHolding>) -> String {
    let mut names: Vec<String> = Vec::new();
    for holding in holdings {
        let name = format!("{}{}", name_of(holding), if mends(holding) { "" } else { OPERATES });
        if !name.trim().is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

/// What becomes of the records of one system by a text: of each its place and its new content (`None`: it goes), and
/// those that are new.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownBy {
    /// Records that change or go, by their place in what was given.
    pub changed: Vec<(usize, Option<KnowledgeHolding>)>,
    /// New records.
    pub new: Vec<KnowledgeHolding>,
}

/// Brings the records of a system in line with a text.
pub fn bring_in_line(component: ComponentId, now: &[&KnowledgeHolding], text: &str) -> KnownBy {
    let mut wanted: Vec<(String, String, bool)> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty() && *part != "?") {
        let (name, only_runs) = match part.strip_suffix(OPERATES) {
            Some(name) => (name.trim(), true),
            None => (part, false),
        };
        let folded = folded_name(name);
        if !wanted.iter().any(|(known, _, runs)| *known == folded && *runs == only_runs) {
            wanted.push((folded, name.to_owned(), only_runs));
        }
    }
    let mut outcome = KnownBy::default();
    let mut found = vec![false; wanted.len()];
    for (place, holding) in now.iter().enumerate() {
        let folded = folded_name(&name_of(holding));
        let of_name = |(name, ..): &(String, String, bool)| *name == folded;
        let exact = wanted.iter().position(|it| of_name(it) && it.2 != mends(holding));
        match exact.or_else(|| wanted.iter().position(of_name)) {
            None => outcome.changed.push((place, None)),
            Some(at) => {
                if let Some(found) = found.get_mut(at) {
                    *found = true;
                }
                if exact.is_none() {
                    let mut after = KnowledgeHolding::clone(holding);
                    set_ability(&mut after, mends(holding));
                    outcome.changed.push((place, Some(after)));
                }
            }
        }
    }
    for ((_, name, only_runs), _) in wanted.into_iter().zip(found).filter(|(_, found)| !found) {
        let mut holding = KnowledgeHolding { component, holder: name, ..KnowledgeHolding::default() };
        set_ability(&mut holding, only_runs);
        outcome.new.push(holding);
    }
    outcome
}

fn set_ability(holding: &mut KnowledgeHolding, only_runs: bool) {
    if only_runs {
        holding.can.remove(&Ability::Fix);
        holding.can.remove(&Ability::Change);
        holding.can.insert(Ability::Operate);
    } else {
        holding.can.insert(Ability::Fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::date::parse_iso;
    use crate::format::csv::known_by::*;

    fn holding(name: &str, can: &[Ability]) -> KnowledgeHolding {
        KnowledgeHolding {
            holder: name.to_owned(),
            can: can.iter().copied().collect(),
            leaves_on: parse_iso("2027-01-01"),
            ..KnowledgeHolding::default()
        }
    }

    #[test]
    fn the_text_says_who_can_mend_it_and_its_own_text_changes_nothing() {
        let lead = holding("COBOL  lead", &[Ability::Fix]);
        let desk = holding("Service desk", &[Ability::Operate]);
        let all = [&lead, &desk];
        let text = text_of(all.into_iter());
        assert_eq!(text, "COBOL lead; Service desk (operates)");
        assert_eq!(bring_in_line(ComponentId::default(), &all, &text), KnownBy::default());
    }

    #[test]
    fn names_come_go_and_change_what_they_can_do() {
        let lead = holding("COBOL lead", &[Ability::Fix]);
        let desk = holding("Service desk", &[Ability::Operate]);
        let outcome =
            bring_in_line(ComponentId::default(), &[&lead, &desk], "service DESK; Analyst; Night shift (operates)");
        assert_eq!(outcome.changed[0], (0, None));
        let (place, after) = outcome.changed[1].clone();
        let after = after.unwrap();
        assert_eq!((place, after.can.contains(&Ability::Fix), after.leaves_on), (1, true, parse_iso("2027-01-01")));
        let new: Vec<_> = outcome.new.iter().map(|it| (it.holder.as_str(), mends(it))).collect();
        assert_eq!(new, [("Analyst", true), ("Night shift", false)]);
        assert_eq!(bring_in_line(ComponentId::default(), &[&lead], "?").changed, [(0, None)]);
    }
}
