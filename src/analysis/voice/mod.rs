//! Sentences for people who do not speak the trade's language: clinicians and boards.
//!
//! Written from the data, each about one system. What is not known is said to be not known. No abbreviations, no scores
//! without their scale. Knows every lens; computes nothing of its own.

mod estate;
mod lists;
mod why;
mod words;

pub use estate::{backups, contracts, judgements, people};
pub use lists::{find_out_first, firmness_in_words, give_notice_by, next_steps, Item};
pub use why::{why, Answer};
pub use words::{date_in_words, hours, one_in, pounds};

use std::fmt::Write as _;

use crate::analysis::clinical::worst_harm_of;
use crate::analysis::dependency::{Affected, BlastRadius, Direction, LIKELY_FROM};
use crate::analysis::money::{counts_today, RiskCost};
use crate::analysis::outage::Outages;
use crate::analysis::rank::{headline, name_of};
use crate::analysis::Analysis;
use crate::known::{Basis, Known};
use crate::model::{ComponentId, Document};

/// Harm by DCB0129 severity, 1 first, as one would say it aloud.
const HARM_WORDS: [&str; 5] = [
    "a slight upset or a passing injury for one patient",
    "a passing injury or upset for several patients, or a lasting slight one for one",
    "a serious injury that heals for one patient, or lasting slight injuries for several",
    "the death or life-changing injury of one patient, or serious injuries that heal for several",
    "the death or life-changing injury of more than one patient",
];

/// What a failure means for patients; `None` for anchors and hidden components. `outages` are of the same document.
pub fn clinical(document: &Document, analysis: &Analysis, outages: &Outages, id: ComponentId) -> Option<String> {
    analysis.row(id)?;
    let name = name_of(document, id);
    let radius = analysis.blast_radius(id, Direction::WhatStops);
    let service = weightiest_service(analysis, &radius).map_or(id, |affected| affected.component);
    let mut text = if service == id {
        format!("If {name} fails, the people who rely on it do without.")
    } else {
        let chain = radius.chain_to(service);
        let between: Vec<String> =
            chain.iter().skip(1).take(chain.len().saturating_sub(2)).map(|c| name_of(document, *c)).collect();
        let through = match between.as_slice() {
            [] => String::new(),
            [one] => format!(", which needs it through {one}"),
            [one, .., last] if between.len() > 2 => {
                format!(", which needs it through {last}, {} more and {one}", between.len() - 2)
            }
            [one, .., last] => format!(", which needs it through {last} and {one}"),
        };
        format!("If {name} fails, so does {}{through}.", name_of(document, service))
    };
    text.push_str(&hours_said(outages, analysis, id));
    if let Some(patients) = patients_a_day(document, service) {
        let whom =
            if patients == 1 { "one patient".to_owned() } else { format!("{} patients", words::thousands(patients)) };
        _ = write!(text, " On a normal day that is {whom}.");
    }
    text.push_str(&harm(document, id));
    Some(text)
}

/// The service that is likely to stop and matters most by itself; the surer one of equals.
fn weightiest_service<'a>(analysis: &Analysis, radius: &'a BlastRadius) -> Option<&'a Affected> {
    let services = radius.affected.iter();
    let stopping = services.filter(|a| a.with_backups >= LIKELY_FROM && analysis.graph.is_service(a.component));
    let mut best: Option<(&Affected, f64)> = None;
    for affected in stopping {
        let own = analysis.score(affected.component).map_or(0.0, |s| s.impact.plan);
        if best.is_none_or(|(_, most)| own > most) {
            best = Some((affected, own));
        }
    }
    best.map(|(affected, _)| affected)
}

fn hours_said(outages: &Outages, analysis: &Analysis, id: ComponentId) -> String {
    let Some(outage) = outages.of(&analysis.graph, id) else { return String::new() };
    let Some(harm) = outage.hours_to_harm else {
        return " Nobody has said how long patients can safely wait.".to_owned();
    };
    let earlier = if outage.at_most { " or earlier" } else { "" };
    let mut text = format!(" Harm may begin after {}{earlier}", hours(harm));
    match (outage.recovery, outage.gap) {
        (Some(recovery), Some(gap)) if gap > 0.0 => {
            _ = write!(text, ", but bringing it back may take {}", hours(recovery));
        }
        (Some(recovery), _) => _ = write!(text, ", and bringing it back takes at most {}", hours(recovery)),
        _ => text.push_str("; nobody has said how long it takes to bring it back"),
    }
    text + "."
}

/// Patients a day of a service: its own number, else the people a day of the pathways it is a step of.
fn patients_a_day(document: &Document, service: ComponentId) -> Option<u64> {
    let own = document.components.get(&service)?.facts().patients_per_day.value().copied();
    let on_pathways = || {
        let volumes = document.pathways.values().filter(|p| p.steps.contains(&service));
        let known: Vec<u64> = volumes.filter_map(|p| p.volume_per_day.value().copied()).collect();
        (!known.is_empty()).then(|| known.iter().fold(0u64, |sum, n| sum.saturating_add(*n)))
    };
    own.or_else(on_pathways)
}

fn harm(document: &Document, id: ComponentId) -> String {
    let Some(worst) = worst_harm_of(document, id) else {
        return " Nobody has assessed the harm yet.".to_owned();
    };
    let Some(risk) = document.risks.get(&worst.risk) else { return String::new() };
    let mut text = match risk.harm.severity.value() {
        Some(severity) => {
            let place = usize::from((*severity).clamp(1, 5)) - 1;
            format!(" The worst credible harm is {}.", HARM_WORDS.get(place).copied().unwrap_or(""))
        }
        None => " How badly people could be harmed has not been assessed.".to_owned(),
    };
    match RiskCost::of(risk).chance_within(1.0) {
        Some(chance) => _ = write!(text, " {}{}.", one_in(chance), unmeasured(&risk.frequency)),
        None => text.push_str(" How often this may happen is not known."),
    }
    text
}

fn unmeasured(known: &Known<f64>) -> &'static str {
    match known.basis {
        Basis::Measured | Basis::Document | Basis::Derived => "",
        Basis::Interview | Basis::Estimate | Basis::Imported | Basis::Assumed => ", but nobody has measured this",
    }
}

/// What a board wants to know: where the system stands, why, and what staying costs; `None` for anchors and hidden
/// components.
pub fn board(document: &Document, analysis: &Analysis, id: ComponentId) -> Option<String> {
    let row = analysis.row(id)?;
    let mut text = headline(document, row);
    let naming = || document.risks.values().filter(|r| counts_today(r) && r.components.contains(&id));
    let without = naming().filter(|r| RiskCost::of(r).yearly().is_none()).count();
    match row.yearly_cost {
        Some(cost) => {
            let least = if without > 0 { "at least " } else { "about " };
            _ = write!(text, " Its risks cost {least}{} a year on average", pounds(cost.plan));
            if without > 0 {
                let those = if without == 1 { "one risk has".to_owned() } else { format!("{without} risks have") };
                _ = write!(text, "; {those} no known cost");
            }
            text.push('.');
        }
        None if without > 0 => text.push_str(" What its risks cost is not known."),
        None => text.push_str(" Nobody has put a cost on its risks yet."),
    }
    let mut running = 0.0;
    let mut open = false;
    let covering: Vec<_> = document.contracts.values().filter(|c| c.components.contains(&id)).collect();
    for contract in &covering {
        match contract.annual_charge.value() {
            Some(pence) => running += *pence as f64 / 100.0,
            None => open = true,
        }
    }
    if running > 0.0 {
        let least = if open { "at least " } else { "" };
        _ = write!(text, " The contracts that cover it cost {least}{} a year.", pounds(running));
    } else if open {
        text.push_str(" What its contracts cost is not known.");
    }
    Some(text)
}

#[cfg(test)]
mod tests;
