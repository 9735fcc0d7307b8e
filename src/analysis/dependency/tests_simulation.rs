//! Simulated failures and worth against the exact figures; shared causes.

use std::rc::Rc;

use crate::analysis::analyse;
use crate::analysis::dependency::tests::{cancer, rate};
use crate::analysis::dependency::*;
use crate::analysis::testing::{facts_with, Estate};
use crate::date::parse_iso;
use crate::id::Id;
use crate::known::Known;
use crate::model::*;

fn close(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() <= within, "{a} is not {b} within {within}");
}

fn simulated(estate: &Estate) -> SimulationResult {
    let analysis = estate.analysis();
    let mut simulation = Simulation::new(&estate.document, &analysis, DEFAULT_TRIALS);
    assert!(simulation.step(DEFAULT_TRIALS).is_done());
    simulation.result().unwrap()
}

/// The simulated chance lies within three standard errors of the exact one.
fn agrees(estate: &Estate, service: &str, exact: f64) {
    let result = simulated(estate);
    let stop = result.stops.iter().find(|s| s.outcome == Outcome::Service(estate.id(service))).unwrap();
    close(stop.chance, exact, 3.0 * (exact * (1.0 - exact) / f64::from(result.trials)).sqrt());
}

#[test]
fn w15_worth_and_importance_exactly() {
    let estate = cancer();
    let analysis = estate.analysis();
    let worth = analysis.worth_of_fixing(&estate.document, estate.id("chemo")).unwrap();
    let named: Vec<(&str, f64)> =
        worth.iter().map(|w| (estate.document.components[&w.component].name.as_str(), w.worth)).collect();
    let expected =
        [("rx", 0.233_703_78), ("engine", 0.052_596), ("lab", 0.046_89), ("dc", 0.027_226_78), ("pas", 0.013_946)];
    for ((name, worth), (wanted, figure)) in named.iter().zip(expected) {
        assert_eq!(*name, wanted);
        close(*worth, figure, 1e-6);
    }
    assert_eq!(named.len(), 5);
    let mut by_importance = worth.clone();
    by_importance.sort_unstable_by(|a, b| b.importance.total_cmp(&a.importance));
    assert_eq!(by_importance[1].component, estate.id("dc"));
    close(by_importance[1].importance, 0.544_535_6, 5e-8);
}

#[test]
fn w12_to_w15_simulated_within_three_standard_errors() {
    let mut chain = Estate::default();
    for name in ["a", "b", "c"] {
        chain.failing(name, rate(0.1));
    }
    chain.need("a", "b", 1.0);
    chain.need("b", "c", 1.0);
    agrees(&chain, "a", 0.271);

    let mut shared = Estate::default();
    for (name, p) in [("a", 0.0), ("b", 0.1), ("c", 0.1), ("d", 0.05)] {
        shared.failing(name, rate(p));
    }
    for (from, to) in [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")] {
        shared.need(from, to, 1.0);
    }
    agrees(&shared, "a", 0.2305);

    for (beta, exact) in [(0.0, 0.01), (0.1, 0.018_019), (1.0, 0.1)] {
        let mut backup = Estate::default();
        backup.failing("service", 0.0);
        let group = backup.group(RedundancyGroup { beta: Known::exactly(beta), ..RedundancyGroup::default() });
        for name in ["one", "two"] {
            backup.failing(name, rate(0.1));
            backup.alternative("service", name, 1.0, group);
        }
        agrees(&backup, "service", exact);
    }
    agrees(&cancer(), "chemo", 0.454_691_18);
}

#[test]
fn simulated_worth_agrees_with_the_exact() {
    let estate = cancer();
    let result = simulated(&estate);
    let stop = result.stops.iter().find(|s| s.outcome == Outcome::Service(estate.id("chemo"))).unwrap();
    let exact = estate.analysis().worth_of_fixing(&estate.document, estate.id("chemo")).unwrap();
    for worth in exact {
        let got = stop.worth.iter().find(|(id, _)| *id == worth.component).unwrap().1;
        close(got, worth.worth, 3.0 * (worth.worth * (1.0 - worth.worth) / f64::from(result.trials)).sqrt());
    }
}

#[test]
fn worth_in_a_hard_chain_is_the_same_by_formula_and_by_removal() {
    let mut estate = Estate::default();
    for (name, p) in [("a", 0.05), ("b", 0.2), ("c", 0.1)] {
        estate.failing(name, rate(p));
    }
    estate.need("a", "b", 1.0);
    estate.need("b", "c", 1.0);
    let worth = estate.analysis().worth_of_fixing(&estate.document, estate.id("a")).unwrap();
    let stops = |a: f64, b: f64, c: f64| 1.0 - (1.0 - a) * (1.0 - b) * (1.0 - c);
    let expected = [
        ("b", stops(0.05, 0.2, 0.1) - stops(0.05, 0.0, 0.1)),
        ("c", stops(0.05, 0.2, 0.1) - stops(0.05, 0.2, 0.0)),
        ("a", stops(0.05, 0.2, 0.1) - stops(0.0, 0.2, 0.1)),
    ];
    for (got, (name, figure)) in worth.iter().zip(expected) {
        assert_eq!(got.component, estate.id(name));
        close(got.worth, figure, 1e-12);
    }
}

#[test]
fn same_seed_same_bytes_however_the_steps_are_cut() {
    let document = sample_with_rates(200);
    let analysis = analyse(&document, None);
    let run = |slice| {
        let mut simulation = Simulation::new(&document, &analysis, 500);
        while !simulation.step(slice).is_done() {}
        simulation.result().unwrap()
    };
    assert_eq!(run(500), run(7));
    let mut other = document.clone();
    other.settings = Rc::new(Settings {
        risk: RiskSettings { seed: 43, ..RiskSettings::default() },
        ..Settings::clone(&document.settings)
    });
    let mut simulation = Simulation::new(&other, &analysis, 500);
    simulation.step(500);
    assert_ne!(simulation.result().unwrap().stops, run(500).stops);
}

fn sample_with_rates(n: usize) -> Document {
    let mut document = sample::synthetic(n, 4);
    for component in document.components.values_mut() {
        let mut facts = component.facts().clone();
        facts.fail_rate = Known::exactly(0.02);
        Rc::make_mut(component).facts = Some(Rc::new(facts));
    }
    document
}

#[test]
fn a_pathway_stops_when_any_step_stops() {
    let mut estate = Estate::default();
    for name in ["refer", "book"] {
        estate.failing(name, rate(0.1));
    }
    let pathway = Pathway { steps: vec![estate.id("refer"), estate.id("book")], ..Pathway::default() };
    estate.document.pathways.insert(Id::numbered('w', 1), Rc::new(pathway));
    let result = simulated(&estate);
    let stop = &result.stops[0];
    assert_eq!(stop.outcome, Outcome::Pathway(Id::numbered('w', 1)));
    close(stop.chance, 0.19, 3.0 * stop.standard_error);
}

#[test]
fn the_gap_is_said_when_rates_are_unknown() {
    let mut estate = cancer();
    estate.system("mystery", SystemFacts::default());
    estate.need("chemo", "mystery", 1.0);
    let chance = estate.chance("chemo");
    close(chance.at_least.unwrap(), 0.454_691_18, 5e-9);
    assert_eq!((chance.of, chance.unknown), (7, 1));
    assert_eq!(simulated(&estate).unknown, 1);
}

#[test]
fn w34_one_custodian_of_three_systems() {
    let mut estate = Estate::default();
    for name in ["ward", "clinic", "payroll"] {
        estate.system(name, facts_with(2, 3));
    }
    estate.system("engine", facts_with(2, 2));
    estate.need("ward", "engine", 1.0);
    estate.need("clinic", "engine", 1.0);
    let systems = ["engine", "payroll", "ward"].map(|name| estate.id(name));
    let mut number = 0;
    let mut knows = |estate: &mut Estate, component, holder: &str| {
        number += 1;
        let holding = KnowledgeHolding {
            component,
            holder: holder.to_owned(),
            can: [Ability::Change].into(),
            ..KnowledgeHolding::default()
        };
        estate.document.knowledge.insert(Id::numbered('h', number), Rc::new(holding));
    };
    for system in systems {
        knows(&mut estate, system, "Integration analyst");
    }
    let clinic = estate.id("clinic");
    knows(&mut estate, clinic, "Integration analyst");
    knows(&mut estate, clinic, "Team lead");
    let analysis = analyse(&estate.document, parse_iso("2026-01-15"));
    let causes = analysis.shared_causes(&estate.document);
    assert_eq!(causes.len(), 1);
    let cause = &causes[0];
    assert_eq!((cause.kind, cause.name.as_str()), (CauseKind::Person, "Integration analyst"));
    let mut sole = systems.to_vec();
    sole.sort_unstable();
    assert_eq!(cause.systems, sole);
    assert_eq!(cause.services, [estate.id("ward"), estate.id("clinic")]);
    close(cause.importance, 6.0, 1e-12);
}

#[test]
fn a_site_takes_its_backup_with_it() {
    let mut estate = Estate::default();
    estate.system("epr", facts_with(2, 5));
    let group = estate.group(RedundancyGroup::default());
    for name in ["hall one", "hall two"] {
        estate.system(name, SystemFacts { site: "St  Elsewhere".to_owned(), ..facts_with(2, 2) });
        estate.alternative("epr", name, 1.0, group);
    }
    let causes = estate.analysis().shared_causes(&estate.document);
    assert_eq!((causes[0].kind, causes[0].name.as_str()), (CauseKind::Site, "St Elsewhere"));
    assert_eq!(causes[0].services, [estate.id("epr")]);
    assert!(estate.analysis().services_stopped_by(estate.id("hall one")).is_empty());
}
