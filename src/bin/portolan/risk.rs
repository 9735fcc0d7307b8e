//! The shape of the risk reports: what `rank` and `analyse` write as JSON. Documented in `docs/analysis-json.md`.

use std::collections::BTreeMap;

use portolan::analysis::interval::Interval;
use portolan::analysis::rank::firmness::{swaps, Drawn, Firmness, FirmnessJob, RankFirmness, FIRMNESS_SEED};
use portolan::analysis::rank::{headline, shown, IndexCriterion, RankRow};
use portolan::analysis::Analysis;
use portolan::date::{to_iso, Date};
use portolan::model::{ComponentId, Document};
use serde::Serialize;

/// Lowest, planned and highest value.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) low: f64,
    pub(crate) plan: f64,
    pub(crate) high: f64,
}

impl From<Interval> for Span {
    fn from(Interval { low, plan, high }: Interval) -> Self {
        Self { low, plan, high }
    }
}

/// A component by id and name.
#[derive(Serialize, Clone)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
}

pub(crate) fn named(document: &Document, id: ComponentId) -> Named {
    Named { id: id.to_string(), name: name(document, id) }
}

pub(crate) fn name(document: &Document, id: ComponentId) -> String {
    shown(document.components.get(&id).map_or("", |component| &component.name))
}

#[derive(Serialize)]
pub(crate) struct Clinical {
    risk: String,
    pub(crate) level: Span,
}

#[derive(Serialize)]
pub(crate) struct Part {
    criterion: &'static str,
    weight: f64,
    value: Option<Span>,
    share: Span,
}

#[derive(Serialize)]
pub(crate) struct SwapAt {
    criterion: &'static str,
    weight: f64,
    at: f64,
}

/// Share of the draws that give a system a rank; ranks without a draw are left out.
#[derive(Serialize)]
pub(crate) struct RankShare {
    rank: usize,
    share: f64,
}

/// How firm a place is under one kind of draw.
#[derive(Serialize)]
pub(crate) struct Firm {
    pub(crate) ahead_of_next: Option<f64>,
    pub(crate) tie_with_next: bool,
    ranks: Vec<RankShare>,
}

impl From<&RankFirmness> for Firm {
    fn from(row: &RankFirmness) -> Self {
        let drawn = row.ranks.iter().enumerate().filter(|(_, share)| **share > 0.0);
        Self {
            ahead_of_next: row.ahead_of_next,
            tie_with_next: row.ties_with_next,
            ranks: drawn.map(|(place, share)| RankShare { rank: place + 1, share: *share }).collect(),
        }
    }
}

/// One system in the order.
#[derive(Serialize)]
pub(crate) struct SystemRow {
    pub(crate) rank: u32,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) group: &'static str,
    pub(crate) legacy: &'static str,
    pub(crate) clinical_gate: bool,
    pub(crate) level: u8,
    pub(crate) has_facts: bool,
    pub(crate) overall: Span,
    pub(crate) likelihood: Span,
    pub(crate) impact: Span,
    pub(crate) knowledge: Span,
    pub(crate) unknown_answers: u8,
    pub(crate) stale_answers: u8,
    pub(crate) inherited_impact: Span,
    pub(crate) yearly_cost_gbp: Option<Span>,
    pub(crate) urgency: Option<f64>,
    pub(crate) clinical: Option<Clinical>,
    pub(crate) index: Span,
    pub(crate) parts: Vec<Part>,
    pub(crate) find_out: f64,
    pub(crate) by_weights: Option<Firm>,
    pub(crate) by_unknowns: Option<Firm>,
    pub(crate) swaps: Vec<SwapAt>,
    pub(crate) sentence: String,
}

/// The head of both reports.
#[derive(Serialize)]
pub(crate) struct Order {
    title: String,
    today: String,
    rule_version: u32,
    red_from: f64,
    weights: BTreeMap<&'static str, f64>,
    systems_in_group: BTreeMap<&'static str, usize>,
    systems_with_facts: usize,
    draws: u32,
    draws_seed: u64,
    draws_left_out: usize,
    pub(crate) systems: Vec<SystemRow>,
}

pub(crate) const fn criterion(criterion: IndexCriterion) -> &'static str {
    match criterion {
        IndexCriterion::Litraf => "litraf",
        IndexCriterion::Inherited => "inherited_impact",
        IndexCriterion::YearlyCost => "log10_yearly_cost_gbp",
        IndexCriterion::Urgency => "urgency",
        IndexCriterion::Knowledge => "knowledge",
    }
}

pub(crate) fn drawn(analysis: &Analysis, drawn: Drawn, draws: u32) -> Option<Firmness> {
    let mut job = FirmnessJob::new(&analysis.ranking, drawn, draws);
    job.step(draws);
    job.result()
}

/// The order of the document's systems with how firm it is.
pub(crate) fn order(document: &Document, analysis: &Analysis, today: Date, draws: u32) -> Order {
    let ranking = &analysis.ranking;
    let by_weights = drawn(analysis, Drawn::Weights, draws);
    let by_unknowns = drawn(analysis, Drawn::Unknowns, draws);
    let firm = |all: &Option<Firmness>, place: usize| all.as_ref().and_then(|all| all.rows.get(place)).map(Firm::from);
    let rows = ranking
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| system(document, analysis, row, firm(&by_weights, place), firm(&by_unknowns, place)));
    Order {
        title: document.settings.title.clone(),
        today: to_iso(today),
        rule_version: document.settings.risk.rule_version,
        red_from: ranking.red_from,
        weights: IndexCriterion::ALL.into_iter().map(criterion).zip(ranking.weights).collect(),
        systems_in_group: ["A", "B", "C"].into_iter().zip(ranking.counts).collect(),
        systems_with_facts: ranking.with_facts,
        draws,
        draws_seed: FIRMNESS_SEED,
        draws_left_out: by_weights.as_ref().map_or(0, |all| all.left_out),
        systems: rows.collect(),
    }
}

fn system(
    document: &Document,
    analysis: &Analysis,
    row: &RankRow,
    by_weights: Option<Firm>,
    by_unknowns: Option<Firm>,
) -> SystemRow {
    let score = row.score;
    let parts = row.parts(analysis.ranking.weights).into_iter();
    let swaps = swaps(&analysis.ranking, row).into_iter();
    SystemRow {
        rank: row.rank,
        id: row.component.to_string(),
        name: name(document, row.component),
        group: score.group.letter(),
        legacy: score.legacy.words(),
        clinical_gate: row.gated,
        level: row.level,
        has_facts: row.has_facts,
        overall: score.overall.into(),
        likelihood: score.likelihood.into(),
        impact: score.impact.into(),
        knowledge: score.knowledge.into(),
        unknown_answers: score.unknown,
        stale_answers: score.stale,
        inherited_impact: row.inherited.into(),
        yearly_cost_gbp: row.yearly_cost.map(Span::from),
        urgency: row.urgency,
        clinical: row.clinical.map(|harm| Clinical { risk: harm.risk.to_string(), level: harm.level.into() }),
        index: row.index.into(),
        parts: parts
            .map(|part| Part {
                criterion: criterion(part.criterion),
                weight: part.weight,
                value: part.value.map(Span::from),
                share: part.share.into(),
            })
            .collect(),
        find_out: row.find_out,
        by_weights,
        by_unknowns,
        swaps: swaps
            .map(|swap| SwapAt { criterion: criterion(swap.criterion), weight: swap.weight, at: swap.at })
            .collect(),
        sentence: headline(document, row),
    }
}
