//! `portolan analyse`: everything that is computed, as JSON, so that others can check the numbers.

use portolan::analysis::deadline::{deadlines, notices, DeadlineKind, NoticeTerms};
use portolan::analysis::dependency::{
    BlastRadius, ChanceMethod, Direction, Outcome as Stopping, Simulation, DEFAULT_TRIALS,
};
use portolan::analysis::litraf::{assess, AnswerState, Criterion};
use portolan::analysis::money::{yearly_total, YearSimulation, DEFAULT_YEARS};
use portolan::analysis::outage::Outages;
use portolan::analysis::portfolio::quadrant;
use portolan::analysis::rank::explain;
use portolan::analysis::rank::firmness::DEFAULT_DRAWS;
use portolan::analysis::rank::judged::judged_order;
use portolan::analysis::{analyse as compute, voice, Analysis};
use portolan::date::{to_iso, Date};
use portolan::model::{ComponentId, Document};
use serde::Serialize;

use crate::commands::rank::MOST_DRAWS;
use crate::files;
use crate::risk::{named, order, Named, Order, Span, SystemRow};
use crate::words::Words;
use crate::{Failure, Outcome};

/// Systems described in full when nobody says otherwise.
const USUAL_SYSTEMS: f64 = 300.0;
/// Simulated years of failures that a large estate is given, in steps of work.
const MOST_SIMULATED: usize = 40_000_000;

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    schema_version: u32,
    #[serde(flatten)]
    order: Order,
    systems_in_detail: Vec<System>,
    systems_left_out: usize,
    services: Vec<Service>,
    cycles: Vec<Vec<Named>>,
    cut_points: Vec<Named>,
    shared_causes: Vec<Cause>,
    stops: Option<Stops>,
    money: Money,
    deadlines: Vec<DeadlineRow>,
    notices: Vec<NoticeRow>,
    judged: Judged,
    find_out_first: Vec<Named>,
}

#[derive(Serialize)]
struct AnswerRow {
    criterion: &'static str,
    state: &'static str,
    level: Span,
}

#[derive(Serialize)]
struct Reached {
    #[serde(flatten)]
    component: Named,
    reach: Span,
    with_backups: f64,
    steps: u32,
    chain: Vec<String>,
}

#[derive(Serialize)]
struct Radius {
    likely: usize,
    of: usize,
    affected: Vec<Reached>,
}

#[derive(Serialize)]
struct Time {
    hours_to_harm: Option<f64>,
    at_most: bool,
    chain: Vec<String>,
    recovery_hours: Option<f64>,
    gap_hours: Option<f64>,
}

#[derive(Serialize, Default)]
struct Sentences {
    explanation: Vec<String>,
    clinical: Option<String>,
    board: Option<String>,
    people: Option<String>,
    contracts: Vec<String>,
    backups: Vec<String>,
    judgements: Vec<String>,
}

#[derive(Serialize)]
struct System {
    rank: u32,
    id: String,
    name: String,
    answers: Vec<AnswerRow>,
    quadrant: &'static str,
    stops: Radius,
    needs: Radius,
    services_stopped: Vec<Named>,
    inherited_from: Vec<String>,
    time: Option<Time>,
    sentences: Sentences,
}

#[derive(Serialize)]
struct ChanceRow {
    at_least: Option<f64>,
    components: usize,
    components_of_unknown_rate: usize,
    method: &'static str,
}

#[derive(Serialize)]
struct WorthRow {
    #[serde(flatten)]
    component: Named,
    worth: f64,
    own_chance: Option<f64>,
    birnbaum: Option<f64>,
}

#[derive(Serialize)]
struct Service {
    #[serde(flatten)]
    component: Named,
    chance_in_a_year: Option<ChanceRow>,
    single_points: Vec<Named>,
    single_points_complete: bool,
    worth_of_fixing: Option<Vec<WorthRow>>,
}

#[derive(Serialize)]
struct Cause {
    kind: &'static str,
    name: String,
    systems: Vec<Named>,
    services: Vec<Named>,
    importance: f64,
}

#[derive(Serialize)]
struct Stops {
    years: u32,
    seed: u64,
    components: usize,
    components_of_unknown_rate: usize,
    outcomes: Vec<StopRow>,
}

#[derive(Serialize)]
struct StopRow {
    kind: &'static str,
    id: String,
    name: String,
    chance: f64,
    standard_error: f64,
    worth_of_fixing: Vec<WorthRow>,
}

#[derive(Serialize)]
struct CurvePoint {
    chance: f64,
    gbp: f64,
}

#[derive(Serialize)]
struct Money {
    risks: usize,
    risks_of_known_cost: usize,
    yearly_cost_gbp_at_least: f64,
    years: Option<Years>,
}

#[derive(Serialize)]
struct Years {
    years: u32,
    seed: u64,
    mean_gbp: f64,
    standard_error_gbp: f64,
    mean_by_formula_gbp: f64,
    p10_gbp: f64,
    p50_gbp: f64,
    p90_gbp: f64,
    share_without_loss: f64,
    exceedance: Vec<CurvePoint>,
}

#[derive(Serialize)]
struct DeadlineRow {
    date: String,
    kind: &'static str,
    component: Named,
    what: String,
}

#[derive(Serialize)]
struct NoticeRow {
    contract: String,
    name: String,
    terms: &'static str,
    leaves_on: Option<String>,
    last_day: Option<String>,
    days_left: Option<i64>,
    charge_pence: i64,
    missing_commits_pence: Option<i64>,
}

#[derive(Serialize)]
struct Judged {
    kendall_tau: f64,
    asks_for_a_criterion: bool,
    lapsed: Vec<String>,
    rows: Vec<JudgedPlace>,
}

#[derive(Serialize)]
struct JudgedPlace {
    place: usize,
    computed: u32,
    judgement: Option<String>,
    component: Named,
}

pub(crate) fn analyse(words: &Words) -> Result<Outcome, Failure> {
    let today = words.today()?;
    let draws = words.number("--draws", f64::from(DEFAULT_DRAWS), 1.0, MOST_DRAWS)? as u32;
    let most = words.number("--systems", USUAL_SYSTEMS, 0.0, 1e6)? as usize;
    let opened = words.one_file()?;
    let report = report(&opened.imported.document, today, draws, most);
    files::write(words.option("-o"), files::json_text(&report)?.as_bytes())?;
    Ok(Outcome::Fine)
}

fn report(document: &Document, today: Date, draws: u32, most: usize) -> Report {
    let analysis = compute(document, Some(today));
    let graph = &analysis.graph;
    let list = |ids: &[ComponentId]| -> Vec<Named> { ids.iter().map(|id| named(document, *id)).collect() };
    let order = order(document, &analysis, today, draws);
    let outages = Outages::new(document, graph);
    let in_detail = order.systems.iter().zip(&analysis.ranking.rows).take(most);
    let find_out = analysis.ranking.find_out_first();
    let judged = judged_order(document, &analysis);
    let cause = |cause: portolan::analysis::dependency::SharedCause| Cause {
        kind: cause.kind.word(),
        name: cause.name,
        systems: list(&cause.systems),
        services: list(&cause.services),
        importance: cause.importance,
    };
    Report {
        schema: "portolan-analysis",
        schema_version: 1,
        systems_in_detail: in_detail
            .map(|(shown, row)| system(document, &analysis, &outages, shown, row.component, today))
            .collect(),
        systems_left_out: order.systems.len().saturating_sub(most),
        services: graph.services().into_iter().take(most).map(|id| service(document, &analysis, id)).collect(),
        cycles: graph.cycles().iter().map(|cycle| list(cycle)).collect(),
        cut_points: list(&graph.cut_points()),
        shared_causes: analysis.shared_causes(document).into_iter().map(cause).collect(),
        stops: stops(document, &analysis),
        money: money(document),
        deadlines: deadlines(document, today)
            .into_iter()
            .map(|d| DeadlineRow {
                date: to_iso(d.date),
                kind: match d.kind {
                    DeadlineKind::SupportEnds => "support_ends",
                    DeadlineKind::ContractEnds => "contract_ends",
                    DeadlineKind::NoticeDue => "notice_due",
                    DeadlineKind::KnowledgeLeaves => "knowledge_leaves",
                    DeadlineKind::JudgementLapses => "judgement_lapses",
                },
                component: named(document, d.component),
                what: d.what,
            })
            .collect(),
        notices: notice_rows(document, today),
        judged: Judged {
            kendall_tau: judged.tau,
            asks_for_a_criterion: judged.asks_for_a_criterion(),
            lapsed: judged.lapsed.iter().map(ToString::to_string).collect(),
            rows: judged
                .rows
                .iter()
                .enumerate()
                .map(|(place, row)| JudgedPlace {
                    place: place + 1,
                    computed: row.computed,
                    judgement: row.judgement.map(|id| id.to_string()),
                    component: named(document, row.component),
                })
                .collect(),
        },
        find_out_first: find_out.into_iter().take(most).map(|row| named(document, row.component)).collect(),
        order,
    }
}

fn radius(document: &Document, radius: &BlastRadius) -> Radius {
    let reached = |affected: &portolan::analysis::dependency::Affected| Reached {
        component: named(document, affected.component),
        reach: affected.reach.into(),
        with_backups: affected.with_backups,
        steps: affected.steps,
        chain: radius.chain_to(affected.component).iter().map(ToString::to_string).collect(),
    };
    Radius { likely: radius.likely, of: radius.affected.len(), affected: radius.affected.iter().map(reached).collect() }
}

fn system(
    document: &Document,
    analysis: &Analysis,
    outages: &Outages,
    shown: &SystemRow,
    id: ComponentId,
    today: Date,
) -> System {
    let nothing = portolan::model::SystemFacts::nothing_known();
    let facts = document.components.get(&id).map_or(nothing, |component| component.facts());
    let assessment = assess(facts, document.settings.risk.red_from, Some(today));
    let answers = Criterion::all().map(|criterion| {
        let answer = assessment.answer(criterion);
        AnswerRow {
            criterion: criterion.question().code,
            state: match answer.state {
                AnswerState::Unknown => "unknown",
                AnswerState::Known => "known",
                AnswerState::Stale => "stale",
                AnswerState::NotApplicable => "not_applicable",
            },
            level: answer.level.into(),
        }
    });
    let texts = |ids: Vec<ComponentId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let explanation = explain(document, analysis, id).unwrap_or_default();
    let judgements = voice::judgements(document, analysis, id);
    System {
        rank: shown.rank,
        id: shown.id.clone(),
        name: shown.name.clone(),
        answers: answers.collect(),
        quadrant: quadrant(facts, assessment.score.group, false).words(),
        stops: radius(document, &analysis.blast_radius(id, Direction::WhatStops)),
        needs: radius(document, &analysis.blast_radius(id, Direction::WhatItNeeds)),
        services_stopped: analysis.services_stopped_by(id).iter().map(|id| named(document, *id)).collect(),
        inherited_from: texts(analysis.dependency.chain_of_inheritance(&analysis.graph, id)),
        time: outages.of(&analysis.graph, id).map(|outage| Time {
            hours_to_harm: outage.hours_to_harm,
            at_most: outage.at_most,
            chain: texts(outage.chain),
            recovery_hours: outage.recovery,
            gap_hours: outage.gap,
        }),
        sentences: Sentences {
            explanation: explanation.sentences().map(str::to_owned).collect(),
            clinical: voice::clinical(document, analysis, outages, id),
            board: voice::board(document, analysis, id),
            people: voice::people(document, id, today),
            contracts: voice::contracts(document, id, today),
            backups: voice::backups(document, analysis, id),
            judgements,
        },
    }
}

fn service(document: &Document, analysis: &Analysis, id: ComponentId) -> Service {
    let points = analysis.single_points(id);
    let worth = analysis.worth_of_fixing(document, id);
    Service {
        component: named(document, id),
        chance_in_a_year: analysis.chance_of_stopping(document, id).map(|chance| ChanceRow {
            at_least: chance.at_least,
            components: chance.of,
            components_of_unknown_rate: chance.unknown,
            method: match chance.method {
                ChanceMethod::HardChain => "closed_form",
                ChanceMethod::Enumerated => "enumerated",
                ChanceMethod::NeedsSimulation => "see_stops",
            },
        }),
        single_points: points.components.iter().map(|id| named(document, *id)).collect(),
        single_points_complete: points.complete,
        worth_of_fixing: worth.map(|rows| {
            rows.iter()
                .map(|row| WorthRow {
                    component: named(document, row.component),
                    worth: row.worth,
                    own_chance: Some(row.own),
                    birnbaum: Some(row.importance),
                })
                .collect()
        }),
    }
}

/// Simulated years of failures; `None` when nobody has said how often anything fails.
fn stops(document: &Document, analysis: &Analysis) -> Option<Stops> {
    let any_rate = document.components.values().any(|c| c.facts().fail_rate.value().is_some());
    if !any_rate {
        return None;
    }
    let size = document.components.len() + document.links.len() + 1;
    let trials = u32::try_from(MOST_SIMULATED / size).unwrap_or(u32::MAX).clamp(100, DEFAULT_TRIALS);
    let mut simulation = Simulation::new(document, analysis, trials);
    simulation.step(trials);
    let result = simulation.result()?;
    let outcome = |stop: &portolan::analysis::dependency::StopChance| {
        let (kind, id, name) = match stop.outcome {
            Stopping::Service(id) => ("service", id.to_string(), crate::risk::name(document, id)),
            Stopping::Pathway(id) => {
                ("pathway", id.to_string(), document.pathways.get(&id).map_or_else(String::new, |p| p.name.clone()))
            }
        };
        let worth = stop.worth.iter().map(|(component, worth)| WorthRow {
            component: named(document, *component),
            worth: *worth,
            own_chance: None,
            birnbaum: None,
        });
        StopRow {
            kind,
            id,
            name,
            chance: stop.chance,
            standard_error: stop.standard_error,
            worth_of_fixing: worth.collect(),
        }
    };
    Some(Stops {
        years: result.trials,
        seed: result.seed,
        components: result.of,
        components_of_unknown_rate: result.unknown,
        outcomes: result.stops.iter().map(outcome).collect(),
    })
}

fn money(document: &Document) -> Money {
    let total = yearly_total(document);
    let mut simulation = YearSimulation::of_document(document, DEFAULT_YEARS);
    simulation.step(DEFAULT_YEARS);
    let years = simulation.result().filter(|_| total.known > 0).map(|loss| Years {
        years: loss.years,
        seed: loss.seed,
        mean_gbp: loss.mean,
        standard_error_gbp: loss.standard_error,
        mean_by_formula_gbp: loss.exact_mean,
        p10_gbp: loss.p10,
        p50_gbp: loss.p50,
        p90_gbp: loss.p90,
        share_without_loss: loss.without_loss,
        exceedance: loss.curve.iter().map(|point| CurvePoint { chance: point.chance, gbp: point.pounds }).collect(),
    });
    Money { risks: total.of, risks_of_known_cost: total.known, yearly_cost_gbp_at_least: total.at_least, years }
}

fn notice_rows(document: &Document, today: Date) -> Vec<NoticeRow> {
    let row = |notice: portolan::analysis::deadline::Notice| NoticeRow {
        contract: notice.contract.to_string(),
        name: document.contracts.get(&notice.contract).map_or_else(String::new, |contract| contract.name.clone()),
        terms: match notice.terms {
            NoticeTerms::Break => "break",
            NoticeTerms::Renewal => "renewal",
            NoticeTerms::NotKnown => "not_known",
        },
        leaves_on: notice.leaves_on.map(to_iso),
        last_day: notice.last_day.map(to_iso),
        days_left: notice.days_left,
        charge_pence: notice.charge,
        missing_commits_pence: notice.missing_commits,
    };
    notices(document, today).into_iter().map(row).collect()
}
