//! Levels suggested from facts: support dates, contracts, people, links, recorded harm.
//!
//! A suggestion is never an answer: a person accepts or changes it, and its reason is kept with the answer. Where there
//! is no fact there is no suggestion; an empty list of people means that nobody has asked. Nothing in the document
//! records incidents, scans or flaws, so L4, L5, L7 and most of L6 are for people to answer.

use std::collections::BTreeSet;

use crate::analysis::clinical;
use crate::analysis::deadline::{lifecycle_of, protected_until};
use crate::analysis::graph::Graph;
use crate::analysis::litraf::Criterion;
use crate::analysis::money::counts_today;
use crate::analysis::rank::shown;
use crate::date::{days_between, to_iso, Date};
use crate::model::{
    folded_name, Ability, Availability, ComponentId, Document, KnowledgeHolding, Replacement, SupportEnd,
};
use crate::order;

/// People who leave within this time are counted as gone (two years).
const LEAVING_DAYS: i64 = 730;
/// Share of the knowledge that must be written down and tried before five people count as "very unlikely" to run short.
const WELL_DOCUMENTED: f64 = 0.8;

/// A level that the facts point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The question.
    pub criterion: Criterion,
    /// The level.
    pub level: u8,
    /// Why, as a sentence.
    pub reason: String,
}

/// Level of an end that lies `days` ahead (negative: past).
pub fn level_of_days_left(days: i64) -> u8 {
    match days {
        d if d < 0 => 6,
        d if d <= 365 => 5,
        d if d <= 730 => 4,
        d if d <= 1095 => 3,
        d if d <= 1825 => 2,
        _ => 1,
    }
}

/// Level of L3 for so many people who can fix or change a system.
pub fn level_of_people(people: usize, well_documented: bool, scarce_skill: bool) -> u8 {
    let level = match people {
        0 => 6,
        1 => 5,
        2 => 4,
        3 | 4 => 3,
        _ if well_documented => 1,
        _ => 2,
    };
    (level + u8::from(scarce_skill)).min(6)
}

/// Level of C6 for so many systems that need it directly.
pub fn level_of_dependents(systems: usize) -> u8 {
    match systems {
        0 => 1,
        1..=2 => 2,
        3..=5 => 3,
        6..=10 => 4,
        _ => 5,
    }
}

/// What the facts suggest for a component, in the framework's order, at most one level for a question.
pub fn suggestions(document: &Document, graph: &Graph, id: ComponentId, today: Date) -> Vec<Suggestion> {
    [
        support(document, id, today),
        contract(document, id, today),
        people(document, id, today),
        weaknesses(document, graph, id, today),
        harm(document, id),
        dependents(document, graph, id),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn suggestion(criterion: Criterion, level: u8, reason: String) -> Option<Suggestion> {
    Some(Suggestion { criterion, level, reason })
}

/// "in 40 days", "today", "40 days ago".
fn from_today(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        d if d < 0 => format!("{} days ago", -d),
        d => format!("in {d} days"),
    }
}

/// The worst support date among the component's technologies: level, reason, over already.
fn worst_support(document: &Document, id: ComponentId, today: Date) -> Option<(u8, String, bool)> {
    let facts = document.components.get(&id)?.facts();
    facts
        .technologies
        .iter()
        .filter_map(|technology| {
            let named = shown(&format!("{} {}", technology.product, technology.version));
            let record = lifecycle_of(document, technology)?;
            let (level, reason, over) = match protected_until(record) {
                SupportEnd::Unknown => return None,
                SupportEnd::Over => (6, format!("Security support for {named} is over"), true),
                SupportEnd::NoDate => (1, format!("{named} is supported and no date for the end is published"), false),
                SupportEnd::On(date) => {
                    let days = days_between(today, date);
                    let ends = if days < 0 { "ended" } else { "ends" };
                    let day = to_iso(date);
                    let reason = format!("Security support for {named} {ends} on {day}, {}", from_today(days));
                    (level_of_days_left(days), reason, days < 0)
                }
            };
            let source = match (record.source.trim(), record.imported_on) {
                ("", _) => String::new(),
                (source, None) => format!(" ({})", shown(source)),
                (source, Some(day)) => format!(" ({}, taken in on {})", shown(source), to_iso(day)),
            };
            Some((level, format!("{reason}{source}."), over))
        })
        .max_by_key(|(level, _, _)| *level)
}

fn support(document: &Document, id: ComponentId, today: Date) -> Option<Suggestion> {
    let (level, reason, _) = worst_support(document, id, today)?;
    suggestion(Criterion::Likelihood(0), level, reason)
}

fn contract(document: &Document, id: ComponentId, today: Date) -> Option<Suggestion> {
    let covering = document.contracts.values().filter(|c| c.components.contains(&id));
    let (level, reason) = covering
        .filter_map(|contract| {
            let days = days_between(today, contract.end?);
            let ends = if days < 0 { "ended" } else { "ends" };
            let named = shown(&contract.name);
            let by_date = level_of_days_left(days);
            let (level, follows) = match contract.replacement {
                Replacement::None => (by_date, "nothing is arranged to follow"),
                // One level better than the date alone, but not as good as settled.
                Replacement::InProcurement => (by_date.saturating_sub(1).max(2), "a replacement is being bought"),
                Replacement::Agreed => (1, "what follows is agreed"),
            };
            Some((level, format!("The contract {named} {ends} {}; {follows}.", from_today(days))))
        })
        .max_by_key(|(level, _)| *level)?;
    suggestion(Criterion::Likelihood(1), level, reason)
}

/// Whether a holder counts as somebody who will still be able to mend or change the system in two years.
pub(crate) fn can_be_counted_on(holding: &KnowledgeHolding, today: Date) -> bool {
    let able = holding.can.contains(&Ability::Fix) || holding.can.contains(&Ability::Change);
    let reachable = matches!(holding.available, Availability::SameDay | Availability::Week);
    let stays = holding.leaves_on.is_none_or(|date| days_between(today, date) > LEAVING_DAYS);
    able && reachable && stays
}

fn people(document: &Document, id: ComponentId, today: Date) -> Option<Suggestion> {
    let holders: Vec<&KnowledgeHolding> =
        document.knowledge.values().filter(|h| h.component == id).map(|h| &**h).collect();
    if holders.is_empty() {
        return None;
    }
    let able: BTreeSet<String> =
        order::set(holders.iter().filter(|h| can_be_counted_on(h, today)).map(|h| folded_name(&h.holder)));
    let documented = holders.iter().any(|h| h.written_down.range().is_some_and(|(low, _, _)| *low >= WELL_DOCUMENTED));
    let scarce: BTreeSet<String> = order::set(document.settings.risk.scarce_skills.iter().map(|s| folded_name(s)));
    let languages = document.components.get(&id).into_iter().flat_map(|c| &c.facts().technologies).map(|t| &t.language);
    let needed = holders
        .iter()
        .flat_map(|h| &h.skills)
        .chain(languages)
        .find(|skill| scarce.contains(&folded_name(skill)))
        .map(|skill| shown(skill));
    let count = match able.len() {
        0 => "Nobody who can be reached and stays for two years".to_owned(),
        1 => "Only one person who can be reached and stays for two years".to_owned(),
        n => format!("{n} people who can be reached and stay for two years"),
    };
    let skill = needed.as_ref().map_or_else(String::new, |skill| format!(", and {skill} is hard to hire for"));
    let level = level_of_people(able.len(), documented, needed.is_some());
    suggestion(Criterion::Likelihood(2), level, format!("{count} can mend or change it{skill}."))
}

fn weaknesses(document: &Document, graph: &Graph, id: ComponentId, today: Date) -> Option<Suggestion> {
    let (_, reason, over) = worst_support(document, id, today)?;
    if !over || graph.is_isolated(id) {
        return None;
    }
    suggestion(
        Criterion::Likelihood(5),
        5,
        format!("{reason} It is linked to other systems, so new weaknesses stay open."),
    )
}

fn harm(document: &Document, id: ComponentId) -> Option<Suggestion> {
    let naming = document.risks.values().filter(|r| counts_today(r) && r.components.contains(&id));
    let (severity, risk) = naming.filter_map(|r| Some((*r.harm.severity.value()?, r))).max_by_key(|(s, _)| *s)?;
    let severity = severity.clamp(1, 5);
    let word = clinical::SEVERITY_WORDS.get(usize::from(severity) - 1).copied().unwrap_or("");
    let title = shown(&risk.title);
    suggestion(
        Criterion::Impact(0),
        severity,
        format!("The register puts its harm at {}: {title}.", word.to_lowercase()),
    )
}

fn dependents(document: &Document, graph: &Graph, id: ComponentId) -> Option<Suggestion> {
    // Without a link nobody has looked at what depends on it, and 0 would only look safe.
    if graph.is_isolated(id) || graph.node(id).is_none() {
        return None;
    }
    let is_system = |id: &ComponentId| !document.components.get(id).is_some_and(|c| c.is_anchor());
    let needing: BTreeSet<ComponentId> = order::set(graph.needed_by(id).iter().map(|n| n.component).filter(is_system));
    let reason = match needing.len() {
        0 => "No system on the map needs it directly.".to_owned(),
        1 => "One system on the map needs it directly.".to_owned(),
        n => format!("{n} systems on the map need it directly."),
    };
    suggestion(Criterion::Impact(5), level_of_dependents(needing.len()), reason)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::analysis::litraf::suggest::*;
    use crate::analysis::testing::{facts_with, Estate};
    use crate::date::{days_after, parse_iso};
    use crate::id::Id;
    use crate::known::Known;
    use crate::model::*;

    fn today() -> Date {
        parse_iso("2026-01-15").unwrap()
    }

    fn levels(estate: &Estate, name: &str) -> Vec<(&'static str, u8)> {
        let graph = estate.analysis().graph;
        let list = suggestions(&estate.document, &graph, estate.id(name), today());
        list.iter().map(|s| (s.criterion.question().code, s.level)).collect()
    }

    #[test]
    fn w10_dates() {
        assert_eq!([200, 400, 1095, 1096].map(level_of_days_left), [5, 4, 3, 2]);
        assert_eq!([-1, 0, 365, 366, 1825, 1826].map(level_of_days_left), [6, 5, 5, 4, 2, 1]);
    }

    fn holding(component: ComponentId, holder: &str, skills: &[&str]) -> KnowledgeHolding {
        KnowledgeHolding {
            component,
            holder: holder.to_owned(),
            can: [Ability::Fix].into(),
            skills: skills.iter().map(|s| (*s).to_owned()).collect(),
            ..KnowledgeHolding::default()
        }
    }

    #[test]
    fn w10_people() {
        let sole = |skill: &str| {
            let mut estate = Estate::default();
            let id = estate.system("payroll", facts_with(2, 2));
            estate.document.knowledge.insert(Id::numbered('h', 1), Rc::new(holding(id, "Analyst", &[skill])));
            levels(&estate, "payroll")
        };
        assert_eq!(sole("cobol"), [("L3", 6)]);
        assert_eq!(sole("Java"), [("L3", 5)]);
    }

    #[test]
    fn people_who_leave_or_only_operate_do_not_count() {
        let mut estate = Estate::default();
        let id = estate.system("payroll", facts_with(2, 2));
        let leaving = KnowledgeHolding { leaves_on: days_after(today(), 730), ..holding(id, "A", &[]) };
        let operator = KnowledgeHolding { can: [Ability::Operate].into(), ..holding(id, "B", &[]) };
        let gone = KnowledgeHolding { available: Availability::Gone, ..holding(id, "C", &[]) };
        let twice = [holding(id, "Team lead", &[]), holding(id, "team  LEAD", &[])];
        for (number, record) in [leaving, operator, gone].into_iter().chain(twice).enumerate() {
            estate.document.knowledge.insert(Id::numbered('h', number as u64), Rc::new(record));
        }
        assert_eq!(levels(&estate, "payroll"), [("L3", 5)]);
    }

    #[test]
    fn nothing_known_suggests_nothing() {
        let mut estate = Estate::default();
        estate.system("payroll", facts_with(2, 2));
        assert_eq!(levels(&estate, "payroll"), []);
    }

    #[test]
    fn contracts_support_links_and_harm_each_suggest() {
        let mut estate = Estate::default();
        let mut facts = facts_with(2, 2);
        facts.technologies =
            vec![Technology { product: "Oracle".into(), version: "11".into(), ..Technology::default() }];
        let id = estate.system("portal", facts);
        estate.system("ward", facts_with(2, 2));
        estate.need("ward", "portal", 1.0);
        let over = Lifecycle {
            product: "oracle".into(),
            cycle: "11".into(),
            security_ends: SupportEnd::On(parse_iso("2020-12-31").unwrap()),
            ..Lifecycle::default()
        };
        estate.document.lifecycles.insert(Id::numbered('s', 1), Rc::new(over));
        let contract = Contract {
            name: "Support".into(),
            components: [id].into(),
            end: days_after(today(), 400),
            replacement: Replacement::InProcurement,
            ..Contract::default()
        };
        estate.document.contracts.insert(Id::numbered('k', 1), Rc::new(contract));
        let risk = Risk {
            title: "If it fails, letters go astray".into(),
            components: [id].into(),
            harm: Harm { severity: Known::exactly(4), ..Harm::default() },
            ..Risk::default()
        };
        estate.document.risks.insert(Id::numbered('r', 1), Rc::new(risk));
        assert_eq!(levels(&estate, "portal"), [("L1", 6), ("L2", 3), ("L6", 5), ("C1", 4), ("C6", 2)]);
        assert_eq!(levels(&estate, "ward"), [("C6", 1)]);
        let graph = estate.analysis().graph;
        let list = suggestions(&estate.document, &graph, id, today());
        assert_eq!(list[0].reason, "Security support for Oracle 11 ended on 2020-12-31, 1841 days ago.");
        assert_eq!(list[1].reason, "The contract Support ends in 400 days; a replacement is being bought.");
    }
}
