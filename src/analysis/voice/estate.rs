//! Sentences about what surrounds a system: its people, contracts, backups and the judgements made about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::deadline::{judgement_lapses, notices, Notice, NoticeTerms};
use crate::analysis::dependency::Direction;
use crate::analysis::litraf::suggest::can_be_counted_on;
use crate::analysis::rank::judged::is_in_force;
use crate::analysis::rank::{join, name_of, shown};
use crate::analysis::voice::words::{date_in_words, pounds};
use crate::analysis::Analysis;
use crate::date::{days_between, Date};
use crate::model::{folded_name, Ability, ComponentId, Document, KnowledgeHolding, RedundancyGroupId};
use crate::order;

/// Most members of a redundancy group that are compared.
const MOST_MEMBERS: usize = 20;

/// Who can mend or change the system, who of them leaves, and what else hangs on a sole one; `None` when nobody was
/// recorded or there is no need to worry (three people or more, none leaving).
pub fn people(document: &Document, id: ComponentId, today: Date) -> Option<String> {
    let holders: Vec<&KnowledgeHolding> =
        document.knowledge.values().filter(|h| h.component == id).map(|h| &**h).collect();
    if holders.is_empty() {
        return None;
    }
    let name = name_of(document, id);
    let able = |h: &&&KnowledgeHolding| h.can.contains(&Ability::Fix) || h.can.contains(&Ability::Change);
    let now: BTreeMap<String, &KnowledgeHolding> = order::map(
        holders
            .iter()
            .filter(able)
            .filter(|h| h.leaves_on.is_none_or(|date| date >= today))
            .filter(|h| can_be_counted_on(&KnowledgeHolding { leaves_on: None, ..(**h).clone() }, today))
            .map(|h| (folded_name(&h.holder), *h)),
    );
    let leaving: Vec<&&KnowledgeHolding> = now.values().filter(|h| !can_be_counted_on(h, today)).collect();
    let mut text = match now.len() {
        0 => return Some(format!("Nobody who can be reached can mend or change {name}.")),
        1 => format!("Only one post can mend or change {name}"),
        2 => format!("Only two posts can mend or change {name}"),
        _ if leaving.is_empty() => return None,
        n => format!("{n} posts can mend or change {name}"),
    };
    let months = |h: &KnowledgeHolding| h.leaves_on.map_or(0, |date| (days_between(today, date) / 30).max(0));
    match (now.len(), leaving.as_slice()) {
        (_, []) => {}
        (1, [one]) => text += &format!(", and {} leaves in {}", shown(&one.holder), count(months(one), "month")),
        (_, [one]) => {
            text += &format!(", one of which, {}, leaves in {}", shown(&one.holder), count(months(one), "month"))
        }
        (_, several) => text += &format!(", {} of which leave within two years", several.len()),
    }
    text.push('.');
    if let (1, Some(sole)) = (now.len(), now.keys().next()) {
        let others: Vec<String> = sole_cover(document, sole, today)
            .into_iter()
            .filter(|other| *other != id)
            .map(|other| name_of(document, other))
            .collect();
        if !others.is_empty() {
            let more = others.len().saturating_sub(3);
            let first = others.get(..others.len().min(3)).unwrap_or(&[]);
            let list = if more > 0 { format!("{} and {more} more", first.join(", ")) } else { join(first) };
            text += &format!(" The same post is the only cover for {list}.");
        }
    }
    Some(text)
}

fn count(number: i64, unit: &str) -> String {
    match number {
        0 => format!("less than a {unit}"),
        1 => format!("one {unit}"),
        n => format!("{n} {unit}s"),
    }
}

/// Systems that only this holder (folded name) can mend or change, leaving or not.
fn sole_cover(document: &Document, holder: &str, today: Date) -> Vec<ComponentId> {
    let mut able: BTreeMap<ComponentId, BTreeSet<String>> = BTreeMap::new();
    for holding in document.knowledge.values() {
        if can_be_counted_on(&KnowledgeHolding { leaves_on: None, ..(**holding).clone() }, today) {
            able.entry(holding.component).or_default().insert(folded_name(&holding.holder));
        }
    }
    able.into_iter().filter(|(_, who)| who.len() == 1 && who.contains(holder)).map(|(id, _)| id).collect()
}

/// What has to be done by when to leave the contracts that cover the system.
pub fn contracts(document: &Document, id: ComponentId, today: Date) -> Vec<String> {
    let covers = |n: &Notice| document.contracts.get(&n.contract).is_some_and(|c| c.components.contains(&id));
    notices(document, today).iter().filter(|n| covers(n)).filter_map(|n| notice_in_words(document, n)).collect()
}

/// A way out of a contract, its last day and what missing it commits to.
pub(super) fn notice_in_words(document: &Document, notice: &Notice) -> Option<String> {
    let contract = document.contracts.get(&notice.contract)?;
    let name = shown(&contract.name);
    let (Some(leaves), Some(last), Some(days)) = (notice.leaves_on, notice.last_day, notice.days_left) else {
        return Some(format!("The notice terms of {name} are not known: look in the contract."));
    };
    let way = if notice.terms == NoticeTerms::Renewal {
        format!("To stop {name} from renewing on {}", date_in_words(leaves))
    } else {
        format!("To leave {name} at the break on {}", date_in_words(leaves))
    };
    if days < 0 {
        return Some(format!("{way}, notice was due by {}; that chance is gone.", date_in_words(last)));
    }
    let left = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n => format!("in {n} days"),
    };
    let commits = notice.missing_commits.map_or_else(String::new, |pence| {
        format!(" Missing it commits us to about {} more.", pounds(pence as f64 / 100.0))
    });
    Some(format!("{way}, notice must be given by {}, {left}.{commits}", date_in_words(last)))
}

/// What the system and those that stand in for it have in common.
pub fn backups(document: &Document, analysis: &Analysis, id: ComponentId) -> Vec<String> {
    let mut groups: BTreeMap<(ComponentId, RedundancyGroupId), BTreeSet<ComponentId>> = BTreeMap::new();
    for link in document.links.values() {
        if let Some(group) = link.group {
            groups.entry((link.from, group)).or_default().insert(link.to);
        }
    }
    let mut said = BTreeSet::new();
    let mut sentences = Vec::new();
    for ((_, group), members) in groups {
        if !members.contains(&id) || members.len() < 2 || !said.insert((group, members.clone())) {
            continue;
        }
        let named = document.redundancy_groups.get(&group);
        let mut shared: BTreeSet<String> = order::set(named.iter().flat_map(|g| &g.shared).map(|s| shown(s)));
        shared.extend(common_needs(document, analysis, &members));
        shared.extend(common_place(document, &members));
        let others: Vec<String> = members.iter().filter(|m| **m != id).take(3).map(|m| name_of(document, *m)).collect();
        let (name, others) = (name_of(document, id), join(&others));
        if shared.is_empty() {
            if named.is_none_or(|g| g.beta.value().is_none()) {
                sentences.push(format!("{others} can stand in for {name}, but nobody has shown that this works."));
            }
            continue;
        }
        let list: Vec<&String> = shared.iter().take(3).collect();
        sentences.push(format!(
            "{others} can stand in for {name}, but all of them rely on {}. If that fails, they fail together. It has \
             happened: in July 2022 both data centres of Guy's and St Thomas' went down on one hot day, 371 systems were \
             lost, and it took about two months to recover.",
            join(&list)
        ));
    }
    sentences
}

/// What all members need, directly or not, nearest first.
fn common_needs(document: &Document, analysis: &Analysis, members: &BTreeSet<ComponentId>) -> Vec<String> {
    let mut common: Option<Vec<ComponentId>> = None;
    for member in members.iter().take(MOST_MEMBERS) {
        let radius = analysis.blast_radius(*member, Direction::WhatItNeeds);
        let needs: Vec<ComponentId> = radius.affected.iter().filter(|a| a.is_likely()).map(|a| a.component).collect();
        common = Some(match common {
            None => needs,
            Some(before) => {
                let here: BTreeSet<ComponentId> = order::set(needs);
                before.into_iter().filter(|id| here.contains(id)).collect()
            }
        });
    }
    common.into_iter().flatten().take(3).map(|id| name_of(document, id)).collect()
}

/// A site or supplier that is the same for all members.
fn common_place(document: &Document, members: &BTreeSet<ComponentId>) -> Vec<String> {
    let facts = || members.iter().filter_map(|id| document.components.get(id)).map(|c| c.facts());
    let same = |texts: Vec<&String>| {
        let first = texts.first().filter(|t| !t.trim().is_empty())?;
        texts.iter().all(|t| folded_name(t) == folded_name(first)).then(|| shown(first))
    };
    let site = same(facts().map(|f| &f.site).collect());
    let supplier = same(facts().map(|f| &f.supplier).collect());
    site.into_iter().chain(supplier).collect()
}

/// The judgements about the system that are in force, beside what the sum says.
pub fn judgements(document: &Document, analysis: &Analysis, id: ComponentId) -> Vec<String> {
    let about = document.judgements.values().filter(|j| j.component == id && is_in_force(j, analysis));
    about
        .map(|judgement| {
            let number = |value: f64| format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned();
            let by = if judgement.by.trim().is_empty() { "Somebody".to_owned() } else { shown(&judgement.by) };
            let on = judgement.on.map_or_else(String::new, |on| format!(" on {}", date_in_words(on)));
            let reason = shown(judgement.reason.trim_end_matches('.'));
            let lapses = judgement_lapses(judgement).map_or_else(
                || "It has no date to lapse on.".to_owned(),
                |d| format!("This lapses on {}.", date_in_words(d)),
            );
            format!(
                "The sum says {} for {}. {by} judged {}{on}, because: {reason}. {lapses}",
                number(judgement.computed),
                if judgement.field.is_empty() { "it" } else { judgement.field.as_str() },
                number(judgement.judged),
            )
        })
        .collect()
}
