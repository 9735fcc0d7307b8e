//! What runs out when: support, contracts, notice, people, judgements; and how urgent that makes a system.
//!
//! `urgency = 1 - clamp(days to the nearest deadline / 1095, 0, 1)`. Support or a contract that is over already is a
//! deadline of today. No known deadline: urgency not known, never "not urgent". Knows dates; today comes in.

mod notice;

pub use notice::{notices, Notice, NoticeTerms};

use crate::analysis::graph::Graph;
use crate::date::{days_after, days_between, Date};
use crate::model::{folded_name, Availability, ComponentId, Document, Lifecycle, LifecycleId, SupportEnd, Technology};
use crate::order;

/// Days after which a deadline is no longer urgent at all.
pub const FAR_OFF_DAYS: f64 = 1095.0;

/// What runs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeadlineKind {
    /// Security support of a product.
    SupportEnds,
    /// A contract.
    ContractEnds,
    /// The last day on which notice can be given.
    NoticeDue,
    /// Somebody who knows the system leaves.
    KnowledgeLeaves,
    /// A recorded judgement lapses.
    JudgementLapses,
}

/// A day by which something about a system has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// When.
    pub date: Date,
    /// What runs out.
    pub kind: DeadlineKind,
    /// The system.
    pub component: ComponentId,
    /// What exactly, to follow "on that day": "support for Windows Server 2012 ends".
    pub what: String,
}

/// The lifecycle record of a technology: the one its reference names, else the one of the same product whose cycle its
/// version belongs to.
pub fn lifecycle_of<'a>(document: &'a Document, technology: &Technology) -> Option<&'a Lifecycle> {
    if let Ok(id) = LifecycleId::parse(&technology.lifecycle_ref) {
        if let Some(record) = document.lifecycles.get(&id) {
            return Some(record);
        }
    }
    let product = folded_name(&technology.product);
    let version = folded_name(&technology.version);
    let of_cycle = |cycle: &str| {
        let cycle = folded_name(cycle);
        !cycle.is_empty() && version.strip_prefix(&cycle).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    document
        .lifecycles
        .values()
        .filter(|record| !product.is_empty() && folded_name(&record.product) == product && of_cycle(&record.cycle))
        // "10.2" belongs to the cycle "10.2" rather than to "10".
        .max_by_key(|record| record.cycle.len())
        .map(|record| &**record)
}

/// The day on which nobody mends weaknesses of a release any more: the end of security support, or that of extended support
/// where something shows that it was bought.
pub fn protected_until(record: &Lifecycle) -> SupportEnd {
    let bought = !record.extended_bought.trim().is_empty();
    match (record.security_ends, record.extended_ends) {
        (SupportEnd::Over | SupportEnd::Unknown, SupportEnd::On(later)) if bought => SupportEnd::On(later),
        (SupportEnd::On(security), SupportEnd::On(later)) if bought => SupportEnd::On(security.max(later)),
        (security, _) => security,
    }
}

/// When judgements lapse that do not say so themselves, and at the latest.
const JUDGEMENT_DAYS: u64 = 180;
const MOST_JUDGEMENT_DAYS: u64 = 365;

/// The day a judgement lapses: as recorded, at most a year after it was made, half a year when nothing is recorded.
/// `None` when it has no date at all.
pub fn judgement_lapses(judgement: &crate::model::Judgement) -> Option<Date> {
    let after = |days| judgement.on.and_then(|on| days_after(on, days));
    match (judgement.expires, after(MOST_JUDGEMENT_DAYS)) {
        (Some(expires), Some(latest)) => Some(expires.min(latest)),
        (Some(expires), None) => Some(expires),
        (None, _) => after(JUDGEMENT_DAYS),
    }
}

/// Every deadline of every system, today or later, by date; what is over already stands at its own date. Systems are
/// given once for each deadline.
pub fn deadlines(document: &Document, today: Date) -> Vec<Deadline> {
    let mut found = Vec::new();
    let mut add = |date, kind, component, what| found.push(Deadline { date, kind, component, what });
    for (id, component) in document.components.iter().filter(|(_, c)| !c.hidden) {
        for technology in &component.facts().technologies {
            let named = format!("{} {}", technology.product, technology.version);
            let named = named.trim();
            match lifecycle_of(document, technology).map(protected_until) {
                Some(SupportEnd::On(date)) if date >= today => {
                    add(date, DeadlineKind::SupportEnds, *id, format!("security support for {named} ends"));
                }
                Some(SupportEnd::On(date)) => {
                    add(date, DeadlineKind::SupportEnds, *id, format!("security support for {named} ended"));
                }
                Some(SupportEnd::Over) => {
                    add(today, DeadlineKind::SupportEnds, *id, format!("security support for {named} is over"));
                }
                _ => {}
            }
        }
    }
    for contract in document.contracts.values() {
        let due = notice::of_contract(contract, today).into_iter().filter_map(|n| n.last_day);
        for date in due.filter(|date| *date >= today) {
            for component in &contract.components {
                let what = format!("is the last day for notice under {}", contract.name);
                add(date, DeadlineKind::NoticeDue, *component, what);
            }
        }
        if let Some(date) = contract.end {
            let ends = if date >= today { "ends" } else { "ended" };
            for component in &contract.components {
                add(date, DeadlineKind::ContractEnds, *component, format!("the contract {} {ends}", contract.name));
            }
        }
    }
    for holding in document.knowledge.values().filter(|h| h.available != Availability::Gone) {
        if let Some(date) = holding.leaves_on.filter(|date| *date >= today) {
            add(date, DeadlineKind::KnowledgeLeaves, holding.component, format!("{} leaves", holding.holder));
        }
    }
    for judgement in document.judgements.values() {
        if let Some(date) = judgement_lapses(judgement).filter(|date| *date >= today) {
            add(date, DeadlineKind::JudgementLapses, judgement.component, "a recorded judgement lapses".to_owned());
        }
    }
    order::sort_by(&mut found, |a, b| {
        (a.date, a.kind, a.component, &a.what).cmp(&(b.date, b.kind, b.component, &b.what))
    });
    found
}

/// Urgency, 0..=1, of a deadline on `date`.
pub fn urgency(date: Date, today: Date) -> f64 {
    1.0 - (days_between(today, date) as f64 / FAR_OFF_DAYS).clamp(0.0, 1.0)
}

/// By dense number: urgency of each component; `None` where no deadline is known.
pub(crate) fn urgencies(document: &Document, graph: &Graph, today: Option<Date>) -> Vec<Option<f64>> {
    let mut urgent = vec![None; graph.len()];
    let dated = !(document.lifecycles.is_empty()
        && document.contracts.is_empty()
        && document.knowledge.is_empty()
        && document.judgements.is_empty());
    let Some(today) = today.filter(|_| dated) else { return urgent };
    for deadline in deadlines(document, today) {
        let Some(slot) = graph.node(deadline.component).and_then(|node| urgent.get_mut(node)) else { continue };
        let value = urgency(deadline.date, today);
        if slot.is_none_or(|old| value > old) {
            *slot = Some(value);
        }
    }
    urgent
}

#[cfg(test)]
mod tests;
