//! The last day for notice, contract by contract, and what missing it costs.

use crate::date::{days_between, months_before, Date};
use crate::model::{Contract, ContractId, Document, Pence};
use crate::order;

/// Why a notice date is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeTerms {
    /// A break date with its own notice.
    Break,
    /// The contract renews by itself unless notice is given.
    Renewal,
    /// The terms are not known: nothing can be planned on, so look them up.
    NotKnown,
}

/// A chance to leave a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The contract.
    pub contract: ContractId,
    /// Break, renewal, or not known.
    pub terms: NoticeTerms,
    /// The day the contract could end.
    pub leaves_on: Option<Date>,
    /// Last day for notice: that day minus the months of notice, by the calendar, clamped to the month's end.
    pub last_day: Option<Date>,
    /// Days from today to the last day; negative when it is past.
    pub days_left: Option<i64>,
    /// What leaving costs, pence.
    pub charge: Pence,
    /// What missing it commits to: the yearly charge over the days until the next way out, pence. `None` when the
    /// charge or the end is not known.
    pub missing_commits: Option<Pence>,
}

/// Chances to leave all contracts from `today` on, the nearest last day first, those that cannot be dated at the end.
pub fn notices(document: &Document, today: Date) -> Vec<Notice> {
    let mut found: Vec<Notice> = document
        .contracts
        .iter()
        .flat_map(|(id, contract)| of_contract(contract, today).into_iter().map(|n| Notice { contract: *id, ..n }))
        .collect();
    order::sort_by_key(&mut found, |n| (n.last_day.is_none(), n.last_day, n.contract, n.terms));
    found
}

/// Chances to leave a contract that has not ended; the contract's id is left blank.
pub(crate) fn of_contract(contract: &Contract, today: Date) -> Vec<Notice> {
    if contract.end.is_some_and(|end| end < today) {
        return Vec::new();
    }
    let blank = Notice {
        contract: ContractId::default(),
        terms: NoticeTerms::NotKnown,
        leaves_on: None,
        last_day: None,
        days_left: None,
        charge: 0,
        missing_commits: None,
    };
    let dated = |terms, leaves_on: Date, months, charge, missing_commits| {
        let last_day = months_before(leaves_on, months);
        let days_left = last_day.map(|day| days_between(today, day));
        Notice { terms, leaves_on: Some(leaves_on), last_day, days_left, charge, missing_commits, ..blank.clone() }
    };
    let mut breaks: Vec<_> =
        contract.breaks.iter().filter_map(|b| Some((b.date.filter(|date| *date >= today)?, b))).collect();
    order::sort_by_key(&mut breaks, |(date, _)| *date);
    let mut found = Vec::new();
    for (number, (date, terms)) in breaks.iter().enumerate() {
        let next_way_out = breaks.get(number + 1).map(|(date, _)| *date).or(contract.end);
        let commits = next_way_out.and_then(|out| committed(contract, *date, out));
        found.push(dated(NoticeTerms::Break, *date, terms.notice_months, terms.charge, commits));
    }
    if let (Some(true), Some(end)) = (contract.auto_renews.value(), contract.end) {
        match contract.notice_months.value() {
            Some(months) => {
                let commits = contract.extension_to.and_then(|out| committed(contract, end, out));
                found.push(dated(NoticeTerms::Renewal, end, *months, 0, commits));
            }
            None => found.push(Notice { leaves_on: Some(end), ..blank.clone() }),
        }
    }
    let silent = contract.auto_renews.is_unknown()
        && contract.notice_months.is_unknown()
        && contract.terminate_for_convenience.is_unknown();
    if found.is_empty() && silent {
        found.push(blank);
    }
    found
}

/// The yearly charge over the days from one day to another, pence.
fn committed(contract: &Contract, from: Date, to: Date) -> Option<Pence> {
    let yearly = *contract.annual_charge.value()?;
    let days = days_between(from, to).max(0);
    let pence = i128::from(yearly) * i128::from(days);
    // Half pennies up; amounts are never negative.
    Pence::try_from((pence + 182) / 365).ok()
}
