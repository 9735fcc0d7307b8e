//! Lists of what to do: what to find out first, by when to give notice, which steps are due. And how firm an order is.
//!
//! Never the list of risks itself: a thing can be worth finding out about without being the worst.

use crate::analysis::deadline::notices;
use crate::analysis::litraf::{assess, Group};
use crate::analysis::rank::firmness::{Firmness, RankFirmness};
use crate::analysis::rank::{join, name_of, shown};
use crate::analysis::voice::estate::notice_in_words;
use crate::analysis::voice::words::date_in_words;
use crate::analysis::Analysis;
use crate::date::{days_between, Date};
use crate::model::{ComponentId, Document, RiskStatus};
use crate::order;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The system it is about, when it is about one.
    pub component: Option<ComponentId>,
    /// A few words.
    pub title: String,
    /// A sentence or two.
    pub text: String,
}

/// What to find out first: systems whose unknowns could move a heavy score most, with whom to ask; at most `most`.
pub fn find_out_first(document: &Document, analysis: &Analysis, most: usize) -> Vec<Item> {
    let rows = analysis.ranking.find_out_first();
    let items = rows.into_iter().take(most).filter_map(|row| {
        let component = document.components.get(&row.component)?;
        let facts = component.facts();
        let assessment = assess(facts, document.settings.risk.red_from, analysis.today());
        let missing: Vec<_> = assessment.unknown().collect();
        let owner = [&facts.owner_technical, &facts.owner_business].into_iter().find_map(|o| o.value());
        let matters: Vec<&str> = missing.iter().take(3).map(|c| c.question().matter).collect();
        let more = if missing.len() > 3 { format!(" and {} more", missing.len() - 3) } else { String::new() };
        let ask = match (owner, missing.first()) {
            (Some(owner), _) => shown(owner),
            (None, Some(first)) => first.question().ask.to_owned(),
            // Only ranges and old answers are left to be made sure of.
            (None, None) => "whoever gave the ranges".to_owned(),
        };
        let (low, high) = (row.score.overall.low, row.score.overall.high);
        let about = if matters.is_empty() { "how sure the answers are".to_owned() } else { join(&matters) };
        Some(Item {
            component: Some(row.component),
            title: shown(&component.name),
            text: format!("Ask {ask} about {about}{more}. The answers could put its score anywhere from {low:.0} to {high:.0} of 30."),
        })
    });
    items.collect()
}

/// Ways out of contracts with the last day for each, the nearest first; terms nobody knows come last.
pub fn give_notice_by(document: &Document, today: Date) -> Vec<Item> {
    let items = notices(document, today).into_iter().filter_map(|notice| {
        let contract = document.contracts.get(&notice.contract)?;
        Some(Item {
            component: contract.components.first().copied(),
            title: notice.last_day.map_or_else(|| "Not known".to_owned(), date_in_words),
            text: notice_in_words(document, &notice)?,
        })
    });
    items.collect()
}

/// Actions of open risks, the most overdue first, undated ones behind; then red systems for which nothing is planned.
pub fn next_steps(document: &Document, analysis: &Analysis, today: Option<Date>) -> Vec<Item> {
    let open = || document.risks.values().filter(|risk| risk.status == RiskStatus::Open);
    let mut dated: Vec<(bool, Option<Date>, Item)> = Vec::new();
    for risk in open() {
        for action in &risk.actions {
            let due = match (action.due, today) {
                (None, _) => "No date is set".to_owned(),
                (Some(due), Some(today)) if due < today => {
                    format!("Was due on {}, {} days ago", date_in_words(due), days_between(due, today))
                }
                (Some(due), _) => format!("Due on {}", date_in_words(due)),
            };
            let owner = if action.owner.trim().is_empty() {
                "nobody is named to do it".to_owned()
            } else {
                shown(&action.owner)
            };
            let item = Item {
                component: risk.components.first().copied(),
                title: shown(&action.text),
                text: format!("{due}; {owner}. For: {}", shown(&risk.title)),
            };
            dated.push((action.due.is_none(), action.due, item));
        }
    }
    order::sort_by_key(&mut dated, |(undated, due, _)| (*undated, *due));
    let mut items: Vec<Item> = dated.into_iter().map(|(_, _, item)| item).collect();
    let planned = |id: ComponentId| open().any(|r| r.components.contains(&id) && !r.actions.is_empty());
    for row in analysis.ranking.rows.iter().filter(|row| row.score.group == Group::A && !planned(row.component)) {
        items.push(Item {
            component: Some(row.component),
            title: format!("Decide what to do about {}", name_of(document, row.component)),
            text: format!("It is red (place {}) and no action is recorded for it.", row.rank),
        });
    }
    items
}

/// How firm the place of a system is, as sentences; empty when it was not drawn for.
pub fn firmness_in_words(document: &Document, firmness: &Firmness, id: ComponentId) -> Vec<String> {
    let Some(place) = firmness.rows.iter().position(|row| row.component == id) else {
        return Vec::new();
    };
    let Some(row) = firmness.rows.get(place) else { return Vec::new() };
    let (first, last) = nine_of_ten(row);
    let kept = row.ranks.get(place).copied().unwrap_or(0.0);
    let mut sentences = vec![if first == last {
        format!("However the criteria are weighted, it keeps place {first} in {} of 100 cases.", per_hundred(kept))
    } else {
        format!(
            "With the criteria weighted at random it comes between place {first} and place {last} in nine of ten cases, \
             and keeps place {} in {} of 100.",
            place + 1,
            per_hundred(kept)
        )
    }];
    if let Some(next) = firmness.rows.get(place + 1) {
        let name = name_of(document, next.component);
        match row.ahead_of_next {
            Some(_) if row.ties_with_next => {
                sentences.push(format!("It and {name} are a tie in practice: neither is ahead in three of four cases."));
            }
            Some(ahead) if ahead < 0.5 => sentences.push(format!(
                "With weights drawn at random {name} is ahead of it more often; only the weights set here put it in front."
            )),
            Some(ahead) => {
                sentences.push(format!("It is ahead of {name} in {} of 100 cases.", per_hundred(ahead)));
            }
            None => {}
        }
    }
    sentences
}

fn per_hundred(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// First and last place, from 1, of the middle nine tenths of the draws.
fn nine_of_ten(row: &RankFirmness) -> (usize, usize) {
    let mut sum = 0.0;
    let (mut first, mut last) = (None, row.ranks.len());
    for (place, share) in row.ranks.iter().enumerate() {
        sum += share;
        if first.is_none() && sum > 0.05 {
            first = Some(place + 1);
        }
        if sum >= 0.95 - 1e-9 {
            last = place + 1;
            break;
        }
    }
    (first.unwrap_or(1), last)
}
