//! What people type into the fields of the records, read.

use std::collections::BTreeSet;

use crate::app::report::records::kinds::{KNOWN, LOSSES};
use crate::app::table::columns::NOT_KNOWN;
use crate::app::table::values::{day, known_count, known_number};
use crate::app::table::CellError;
use crate::date::Date;
use crate::known::Known;
use crate::model::{
    folded_name, Ability, ComponentId, ContractBreak, Control, Convenience, Document, LinkId, LossLine, PathwayId,
    Pence, RiskAction,
};

/// Why a text cannot be taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// As in a cell.
    #[error(transparent)]
    Cell(#[from] CellError),
    /// No system of that name.
    #[error("There is no system called “{0}”. Put the names as they are on the map, with semicolons between them.")]
    NoSuchSystem(String),
    /// A break date that cannot be read.
    #[error("Write breaks as “2027-03-31, 6 months, £10,000”, with semicolons between them.")]
    Break,
    /// A loss that cannot be read.
    #[error(
        "Write losses as “staff time 20,000–180,000; response 40,000–600,000 likely 120,000”. Kinds: staff time, \
             response, replacement, income, penalty, claims, others."
    )]
    Loss,
    /// None of the abilities.
    #[error("Write what they can do with the words operate, fix and change.")]
    Ability,
    /// No pathway of that name.
    #[error("There is no pathway called “{0}”. Put the names as they are, with semicolons between them.")]
    NoSuchPathway(String),
    /// No link between these.
    #[error(
        "There is no link “{0}”. Write “Ward → Data centre A”, one in a line, with the names as they are on the map."
    )]
    NoSuchLink(String),
    /// A control that cannot be read.
    #[error(
        "Write a control as “Alarm is tested weekly | in place since 2025-03-01” or “… | planned”, one in a line."
    )]
    Control,
    /// An action that cannot be read.
    #[error("Write an action as “what | who | by 2027-03-31 | £80,000 | what is expected afterwards”, one in a line.")]
    Action,
    /// Evidence that cannot be read.
    #[error("Write evidence as “Recovery test report | where it is kept | 2025-03-01”, one in a line.")]
    Evidence,
    /// Not a number of days.
    #[error("Type a number of days from 30 to 1825.")]
    Days,
    /// Too short a reason.
    #[error("Say why in at least 10 characters, so that others can follow it.")]
    Reason,
    /// Closed by nobody.
    #[error("Name an owner first: a risk is closed by a person or post.")]
    Owner,
    /// The record has gone.
    #[error("This record is not there any more.")]
    NotThere,
}

pub(super) fn losses(typed: &str) -> Result<Vec<LossLine>, RecordError> {
    let mut lines = Vec::new();
    for text in typed.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        let lower = text.to_lowercase().replace('£', "");
        let known = LOSSES.iter().find_map(|(kind, word)| Some((*kind, lower.strip_prefix(word)?)));
        let (kind, amounts) = known.ok_or(RecordError::Loss)?;
        let (range, likely) = match amounts.split_once("likely") {
            Some((range, likely)) => (range, Some(likely)),
            None => (amounts, None),
        };
        let amount = |text: &str| pence(text).ok().and_then(|known| known.value().copied()).ok_or(RecordError::Loss);
        let (low, high) = range.split_once('–').or_else(|| range.split_once('-')).ok_or(RecordError::Loss)?;
        let line = LossLine { kind, low: amount(low)?, likely: likely.map(amount).transpose()?, high: amount(high)? };
        let ordered = line.low > 0 && line.low <= line.high;
        if !ordered || line.likely.is_some_and(|likely| !(line.low..=line.high).contains(&likely)) {
            return Err(RecordError::Loss);
        }
        lines.push(line);
    }
    Ok(lines)
}

pub(super) fn level(typed: &str) -> Result<Known<u8>, CellError> {
    let known = known_count(typed, 1, 5)?;
    Ok(match known.range() {
        Some((low, value, high)) => Known::ranged(*low as u8, *value as u8, *high as u8),
        None if known.is_not_applicable() => Known::not_applicable(known.reason),
        None => Known::unknown(),
    })
}

pub(super) fn systems(document: &Document, typed: &str) -> Result<Vec<ComponentId>, RecordError> {
    let mut found = Vec::new();
    for name in typed.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        let (id, _) = document.component_named(name).ok_or_else(|| RecordError::NoSuchSystem(name.to_owned()))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

pub(super) fn place(typed: &str, words: &'static [&'static str]) -> Result<usize, CellError> {
    words.iter().position(|word| word.eq_ignore_ascii_case(typed.trim())).ok_or(CellError::Choice(words))
}

pub(super) fn opt_day(typed: &str) -> Result<Option<Date>, CellError> {
    if typed.trim().is_empty() || typed.trim() == NOT_KNOWN {
        return Ok(None);
    }
    day(typed).map(Some).ok_or(CellError::Date)
}

pub(super) fn yes_or_no(typed: &str) -> Result<Known<bool>, CellError> {
    Ok(match place(typed, KNOWN)? {
        1 => Known::exactly(true),
        2 => Known::exactly(false),
        3 => Known::not_applicable("Said not to apply"),
        _ => Known::unknown(),
    })
}

pub(super) fn words_of(typed: &str) -> BTreeSet<String> {
    crate::order::set(typed.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned))
}

/// A number of pounds as pence; unknown and not applicable stay so.
pub(super) fn pence(typed: &str) -> Result<Known<Pence>, CellError> {
    let typed = typed.trim().trim_start_matches('£');
    let pounds = known_number(typed, 0.0, 1e11)?;
    let whole = |pounds: &f64| (pounds * 100.0).round() as Pence;
    Ok(match pounds.range() {
        Some((low, value, high)) => Known::ranged(whole(low), whole(value), whole(high)),
        None if pounds.is_not_applicable() => Known::not_applicable(pounds.reason),
        None => Known::unknown(),
    })
}

pub(super) fn breaks(typed: &str) -> Result<Vec<ContractBreak>, RecordError> {
    let mut found = Vec::new();
    for text in typed.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        // A comma inside an amount of money is no separator.
        let mut parts = text.splitn(3, ',').map(str::trim);
        let date = parts.next().and_then(day).ok_or(RecordError::Break)?;
        let months = parts.next().map_or("0", |months| months.trim_end_matches(|c: char| !c.is_ascii_digit()));
        let notice_months: u32 = months.parse().ok().filter(|n| *n <= 36).ok_or(RecordError::Break)?;
        let charge = match parts.next() {
            Some(charge) => *pence(charge)?.value().ok_or(RecordError::Break)?,
            None => 0,
        };
        found.push(ContractBreak { date: Some(date), notice_months, charge });
    }
    Ok(found)
}

pub(super) fn abilities(typed: &str) -> Result<BTreeSet<Ability>, RecordError> {
    let mut found = BTreeSet::new();
    for word in words_of(typed) {
        found.insert(match word.to_lowercase().as_str() {
            "operate" | "run" => Ability::Operate,
            "fix" | "mend" => Ability::Fix,
            "change" => Ability::Change,
            _ => return Err(RecordError::Ability),
        });
    }
    Ok(found)
}

/// "6 months, £10,000".
pub(super) fn convenience(typed: &str) -> Result<Known<Convenience>, RecordError> {
    if typed.is_empty() || typed == NOT_KNOWN {
        return Ok(Known::unknown());
    }
    let known = breaks(&format!("2000-01-01, {typed}"))?;
    let terms = known.first().map(|it| Convenience { notice_months: it.notice_months, charge: it.charge });
    terms.map(Known::exactly).ok_or(RecordError::Break)
}

pub(super) fn pathways(document: &Document, typed: &str) -> Result<BTreeSet<PathwayId>, RecordError> {
    let mut found = BTreeSet::new();
    for name in typed.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        let wanted = folded_name(name);
        let pathway = document.pathways.iter().find(|(_, pathway)| folded_name(&pathway.name) == wanted);
        found.insert(*pathway.ok_or_else(|| RecordError::NoSuchPathway(name.to_owned()))?.0);
    }
    Ok(found)
}

/// Links by the names of their ends, one in a line.
pub(super) fn links(document: &Document, typed: &str) -> Result<BTreeSet<LinkId>, RecordError> {
    let mut found = BTreeSet::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let none = || RecordError::NoSuchLink(line.to_owned());
        let (from, to) = line.split_once('→').or_else(|| line.split_once("->")).ok_or_else(none)?;
        let end = |name: &str| document.component_named(name.trim()).map(|(id, _)| id);
        let (from, to) = (end(from).ok_or_else(none)?, end(to).ok_or_else(none)?);
        let before = found.len();
        for (id, link) in &document.links {
            if link.from == from && link.to == to {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return Err(none());
        }
    }
    Ok(found)
}

pub(super) fn non_empty(typed: &str) -> impl Iterator<Item = &str> {
    typed.lines().map(str::trim).filter(|line| !line.is_empty())
}

pub(super) fn controls(typed: &str) -> Result<Vec<Control>, RecordError> {
    let mut found = Vec::new();
    for line in non_empty(typed) {
        let (text, state) = line.split_once('|').unwrap_or((line, "planned"));
        let state = state.trim().to_lowercase();
        let (built, built_on) = match state.strip_prefix("in place") {
            None if state == "planned" => (false, None),
            None => return Err(RecordError::Control),
            Some("") => (true, None),
            Some(since) => {
                let since = since.trim().trim_start_matches("since").trim();
                (true, Some(day(since).ok_or(RecordError::Control)?))
            }
        };
        if text.trim().is_empty() {
            return Err(RecordError::Control);
        }
        found.push(Control { text: text.trim().to_owned(), built, built_on });
    }
    Ok(found)
}

pub(super) fn actions(typed: &str) -> Result<Vec<RiskAction>, RecordError> {
    let mut found = Vec::new();
    for line in non_empty(typed) {
        let mut parts = line.splitn(5, '|').map(str::trim);
        let mut next = || parts.next().unwrap_or("");
        let (text, owner, due, cost, expected_after) = (next(), next(), next(), next(), next());
        let due = due.strip_prefix("by ").unwrap_or(due);
        let due = if due.is_empty() { None } else { Some(day(due).ok_or(RecordError::Action)?) };
        let cost = match cost {
            "" => None,
            cost => pence(cost).ok().ok_or(RecordError::Action)?.value().copied(),
        };
        if text.is_empty() {
            return Err(RecordError::Action);
        }
        found.push(RiskAction {
            text: text.to_owned(),
            owner: owner.to_owned(),
            due,
            cost,
            expected_after: expected_after.to_owned(),
        });
    }
    Ok(found)
}
