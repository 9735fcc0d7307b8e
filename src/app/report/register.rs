//! The risk register as a table.

use crate::analysis::clinical::{level_of, speaks_of_harm, trust_band, trust_score_of};
use crate::analysis::money::{counts_today, RiskCost};
use crate::analysis::rank::{join, shown};
use crate::analysis::voice::pounds;
use crate::app::report::DataTable;
use crate::date::to_iso;
use crate::model::{Document, Response, RiskStage, RiskStatus};

/// What stands for a value that nobody knows: never a blank that looks like nothing.
const NOT_KNOWN: &str = "not known";

/// All lines of the register, open ones as they are today first.
pub fn register(document: &Document) -> DataTable {
    let headings = vec![
        ("Risk", false),
        ("Systems", false),
        ("Stage", false),
        ("Times a year", true),
        ("Cost a year", true),
        ("Clinical level", true),
        ("5 × 5 score", true),
        ("Response", false),
        ("Controls in place", false),
        ("Next action", false),
        ("Owner", false),
        ("Next review", false),
        ("Status", false),
    ];
    let mut risks: Vec<_> = document.risks.values().collect();
    crate::order::sort_by_key(&mut risks, |risk| !counts_today(risk));
    let about = risks.iter().map(|risk| risk.components.iter().copied().collect()).collect();
    let rows = risks.into_iter().map(|risk| {
        let names: Vec<String> = risk
            .components
            .iter()
            .filter_map(|id| document.components.get(id))
            .map(|component| shown(&component.name))
            .collect();
        let frequency = match risk.frequency.range() {
            Some((low, value, high)) if low < high => format!("{value} ({low}–{high})"),
            Some((_, value, _)) => value.to_string(),
            None => NOT_KNOWN.to_owned(),
        };
        let cost = RiskCost::of(risk).yearly().map_or_else(
            || NOT_KNOWN.to_owned(),
            |cost| {
                if cost.is_exact() {
                    pounds(cost.plan)
                } else {
                    format!("{} ({}–{})", pounds(cost.plan), pounds(cost.low), pounds(cost.high))
                }
            },
        );
        let clinical = if speaks_of_harm(risk) {
            let level = level_of(&risk.harm);
            if level.is_exact() {
                format!("{:.0}", level.plan)
            } else {
                format!("{:.0} ({:.0}–{:.0})", level.plan, level.low, level.high)
            }
        } else {
            "not assessed".to_owned()
        };
        let score = trust_score_of(risk).map_or_else(
            || NOT_KNOWN.to_owned(),
            |score| {
                let band = trust_band(score.plan as u8).word();
                if score.is_exact() {
                    format!("{:.0} {band}", score.plan)
                } else {
                    format!("{:.0} ({:.0}–{:.0})", score.plan, score.low, score.high)
                }
            },
        );
        let built: Vec<&str> = risk.controls.iter().filter(|c| c.built).map(|c| c.text.as_str()).collect();
        let mut actions: Vec<_> = risk.actions.iter().collect();
        crate::order::sort_by_key(&mut actions, |action| (action.due.is_none(), action.due));
        let next = actions.first().map_or_else(String::new, |action| {
            let due = action.due.map_or_else(String::new, |due| format!(" (by {})", to_iso(due)));
            format!("{}{due}", shown(&action.text))
        });
        vec![
            shown(&risk.title),
            names.join("; "),
            match risk.stage {
                RiskStage::Inherent => "Before controls",
                RiskStage::Current => "Now",
                RiskStage::Target => "Aimed at",
            }
            .to_owned(),
            frequency,
            cost,
            clinical,
            score,
            match risk.response {
                None => "",
                Some(Response::Tolerate) => "Tolerate",
                Some(Response::Treat) => "Treat",
                Some(Response::Transfer) => "Transfer",
                Some(Response::Terminate) => "Terminate",
            }
            .to_owned(),
            join(&built),
            next,
            risk.owner.clone(),
            risk.next_review.map_or_else(String::new, to_iso),
            match risk.status {
                RiskStatus::Open => "Open",
                RiskStatus::Transferred => "Transferred",
                RiskStatus::Closed => "Closed",
            }
            .to_owned(),
        ]
    });
    DataTable { headings, rows: rows.collect(), about, lead: 1 }
}
