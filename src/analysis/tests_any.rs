//! Properties over documents of every kind, registers included.

use std::rc::Rc;

use proptest::prelude::*;

use crate::analysis::dependency::{Direction, Simulation, DEFAULT_TRIALS};
use crate::analysis::litraf::{suggest, Group};
use crate::analysis::money::YearSimulation;
use crate::analysis::outage::Outages;
use crate::analysis::rank::firmness::{Drawn, FirmnessJob};
use crate::analysis::rank::judged::judged_order;
use crate::analysis::testing::Estate;
use crate::analysis::{analyse, deadline, digest, lint, rank, update, voice};
use crate::date::parse_iso;
use crate::id::Id;
use crate::known::Known;
use crate::model::arbitrary::arbitrary_document;
use crate::model::{sample, LossLine, RedundancyGroup, Risk};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// From any document to any other in one patch, as an import or a restored version does it.
    #[test]
    fn incremental_is_the_same_from_any_document_to_any(before in arbitrary_document(), after in arbitrary_document()) {
        let today = parse_iso("2026-01-15");
        let patch = before.patch_to(&after);
        let updated = update(&analyse(&before, today), &after, &patch.touched(), today);
        prop_assert_eq!(updated, analyse(&after, today));
    }

    /// Every question can be asked of every document.
    #[test]
    fn nothing_fails_on_any_document(document in arbitrary_document()) {
        let today = parse_iso("2026-01-15");
        let analysis = analyse(&document, today);
        let outages = Outages::new(&document, &analysis.graph);
        lint::hints(&document, &analysis);
        deadline::notices(&document, today.unwrap());
        judged_order(&document, &analysis);
        analysis.shared_causes(&document);
        for id in document.components.keys() {
            let radius = analysis.blast_radius(*id, Direction::WhatStops);
            for affected in &radius.affected {
                prop_assert!(affected.with_backups <= affected.reach.plan + 1e-12);
                prop_assert_eq!(radius.chain_to(affected.component).len(), affected.steps as usize + 1);
            }
            analysis.single_points(*id);
            let chance = analysis.chance_of_stopping(&document, *id).and_then(|c| c.at_least);
            prop_assert!(chance.is_none_or(|c| (-1e-9..=1.0 + 1e-9).contains(&c)));
            analysis.worth_of_fixing(&document, *id);
            suggest::suggestions(&document, &analysis.graph, *id, today.unwrap());
            voice::people(&document, *id, today.unwrap());
            voice::contracts(&document, *id, today.unwrap());
            voice::backups(&document, &analysis, *id);
            voice::judgements(&document, &analysis, *id);
            prop_assert_eq!(voice::clinical(&document, &analysis, &outages, *id).is_some(), analysis.row(*id).is_some());
            voice::board(&document, &analysis, *id);
        }
        let mut simulation = Simulation::new(&document, &analysis, 20);
        simulation.step(20);
        for stop in simulation.result().into_iter().flat_map(|r| r.stops) {
            prop_assert!((0.0..=1.0).contains(&stop.chance));
        }
        let mut years = YearSimulation::of_document(&document, 20);
        years.step(20);
        prop_assert!(years.losses().iter().all(|loss| loss.is_finite() && *loss >= 0.0));
        let mut job = FirmnessJob::new(&analysis.ranking, Drawn::Unknowns, 20);
        job.step(20);
        prop_assert_eq!(job.result().map(|f| f.rows.len()), Some(analysis.ranking.rows.len()));
    }

    /// U3, U6: everything is listed, and only what is below red at its worst is called so.
    #[test]
    fn words_for_safe_need_the_worst_case(document in arbitrary_document()) {
        let analysis = analyse(&document, parse_iso("2026-01-15"));
        let systems = document.components.values().filter(|c| !c.hidden && !c.is_anchor()).count();
        prop_assert_eq!(analysis.ranking.rows.len(), systems);
        for row in &analysis.ranking.rows {
            let said = rank::explain(&document, &analysis, row.component).unwrap();
            let called_safe = said.standing.contains(" is below red");
            prop_assert_eq!(called_safe && row.has_facts, row.score.group == Group::C && row.has_facts);
            if row.score.overall.high >= analysis.ranking.red_from {
                prop_assert!(!said.sentences().any(|s| s.contains(" is below red:")));
                prop_assert!(row.level >= 3);
            }
            prop_assert!((0.0..=1.0 + 1e-9).contains(&row.index.plan));
            prop_assert!(row.index.low <= row.index.plan + 1e-12 && row.index.plan <= row.index.high + 1e-12);
            prop_assert!(said.sentences().all(|s| s.ends_with('.') && !s.contains("NaN")), "{:?}", said);
        }
    }
}

/// W6 for whole estates: an answer or the strength of a link that is hidden makes no system look safer, neither its own nor
/// those that rest on it, and takes none out of the order.
#[test]
fn w6_hiding_anything_makes_no_system_of_an_estate_look_safer() {
    for seed in 0..400 {
        let before = sample::synthetic(14, seed);
        let mut random = sample::SampleRandom::new(seed);
        let mut after = before.clone();
        let place = random.next_below(after.components.len());
        if let Some(component) = after.components.values_mut().nth(place) {
            let mut facts = component.facts().clone();
            let at = random.next_below(13);
            *facts.likelihood.iter_mut().chain(&mut facts.impact).nth(at).unwrap() = Known::unknown();
            Rc::make_mut(component).facts = Some(Rc::new(facts));
        }
        let place = random.next_below(after.links.len());
        if let Some(link) = after.links.values_mut().nth(place) {
            Rc::make_mut(link).strength = Known::unknown();
        }
        let (known, hidden) = (analyse(&before, None), analyse(&after, None));
        assert_eq!(known.ranking.rows.len(), hidden.ranking.rows.len());
        for row in &known.ranking.rows {
            let less = hidden.row(row.component).unwrap();
            let wider = |a: crate::analysis::interval::Interval, b: crate::analysis::interval::Interval| {
                assert!(b.low <= a.low + 1e-12 && b.high >= a.high - 1e-12, "seed {seed}: {a:?} {b:?}");
            };
            wider(row.score.overall, less.score.overall);
            wider(row.inherited, less.inherited);
            wider(row.index, less.index);
            assert!(row.score.group == Group::C || less.score.group != Group::C, "seed {seed}");
        }
    }
}

/// A small estate with a backup, drawn from a seed; its service is "0".
fn small(seed: u64, worse: Option<usize>) -> Estate {
    let mut random = sample::SampleRandom::new(seed);
    let mut estate = Estate::default();
    for i in 0..6 {
        let rate = random.next_share() * 0.4 + if worse == Some(i) { 0.3 } else { 0.0 };
        estate.failing(&i.to_string(), rate);
    }
    let group =
        estate.group(RedundancyGroup { beta: Known::exactly(random.next_share()), ..RedundancyGroup::default() });
    estate.alternative("0", "1", 1.0, group);
    estate.alternative("0", "2", 1.0, group);
    for (number, (from, to)) in [("1", "3"), ("2", "4"), ("3", "5"), ("0", "5")].into_iter().enumerate() {
        let strength = (random.next_share() + if worse == Some(6 + number) { 0.3 } else { 0.0 }).min(1.0);
        estate.need(from, to, strength);
    }
    estate
}

#[test]
fn raising_a_rate_or_a_strength_never_lowers_the_chance_of_stopping() {
    for seed in 0..60 {
        let before = small(seed, None).chance("0").at_least.unwrap();
        for worse in 0..10 {
            let after = small(seed, Some(worse)).chance("0").at_least.unwrap();
            assert!(after >= before - 1e-12, "seed {seed}, {worse}: {after} < {before}");
        }
    }
}

#[test]
fn simulation_agrees_with_enumeration_on_random_estates() {
    let mut far = 0;
    for seed in 0..40 {
        let estate = small(seed, None);
        let exact = estate.chance("0").at_least.unwrap();
        let analysis = estate.analysis();
        let mut simulation = Simulation::new(&estate.document, &analysis, DEFAULT_TRIALS);
        simulation.step(DEFAULT_TRIALS);
        let result = simulation.result().unwrap();
        let error = (exact * (1.0 - exact) / f64::from(result.trials)).sqrt();
        let service = crate::analysis::dependency::Outcome::Service(estate.id("0"));
        let got = result.stops.iter().find(|s| s.outcome == service).unwrap().chance;
        assert!((got - exact).abs() < 4.5 * error, "seed {seed}: {got} is not {exact}");
        far += usize::from((got - exact).abs() > 3.0 * error);
    }
    // Three standard errors are left three times in a thousand.
    assert!(far <= 1, "{far} of 40");
}

/// The bits of scores and simulations: a build for WebAssembly, run under Node, gives the same figure.
#[test]
fn the_same_bits_everywhere() {
    let mut document = sample::synthetic(60, 4);
    for component in document.components.values_mut() {
        let mut facts = component.facts().clone();
        facts.fail_rate = Known::exactly(0.03);
        Rc::make_mut(component).facts = Some(Rc::new(facts));
    }
    for number in 0..6 {
        let likely = (number % 2 == 1).then_some(7_000_000);
        let line = LossLine { low: 100_000 + number * 5_000, likely, high: 90_000_000, ..LossLine::default() };
        let risk = Risk { frequency: Known::ranged(0.01, 0.3, 3.0), loss: vec![line], ..Risk::default() };
        document.risks.insert(Id::numbered('r', number as u64), Rc::new(risk));
    }
    assert_eq!(format!("{:016x}", digest(&document)), "5cda976864b0cec4");
}
