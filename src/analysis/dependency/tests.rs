use std::rc::Rc;

use crate::analysis::analyse;
use crate::analysis::dependency::*;
use crate::analysis::testing::{facts_with_impact, Estate};
use crate::id::Id;
use crate::known::Known;
use crate::model::sample;
use crate::model::RedundancyGroup;

fn close(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() <= within, "{a} is not {b}");
}

/// The rate at which the chance of a failure in a year is `p`.
pub(crate) fn rate(p: f64) -> f64 {
    -(1.0 - p).ln()
}

/// The document's cancer graph (W15).
pub(crate) fn cancer() -> Estate {
    let mut estate = Estate::default();
    for (name, impact, p) in
        [("chemo", 5, 0.0), ("rx", 2, 0.3), ("lab", 2, 0.1), ("pas", 2, 0.05), ("engine", 2, 0.1), ("dc", 2, 0.05)]
    {
        let mut facts = facts_with_impact(impact);
        facts.fail_rate = Known::exactly(rate(p));
        estate.system(name, facts);
    }
    for (from, to, strength) in [
        ("chemo", "rx", 1.0),
        ("chemo", "lab", 0.8),
        ("chemo", "pas", 0.5),
        ("rx", "engine", 0.6),
        ("lab", "engine", 0.9),
        ("lab", "dc", 1.0),
        ("pas", "dc", 1.0),
        ("engine", "dc", 1.0),
    ] {
        estate.need(from, to, strength);
    }
    estate
}

#[test]
fn w12_three_in_a_chain() {
    let mut estate = Estate::default();
    for name in ["a", "b", "c"] {
        estate.failing(name, rate(0.1));
    }
    estate.need("a", "b", 1.0);
    estate.need("b", "c", 1.0);
    let chance = estate.chance("a");
    close(chance.at_least.unwrap(), 0.271, 1e-12);
    assert_eq!((chance.of, chance.unknown, chance.method), (3, 0, ChanceMethod::HardChain));
}

#[test]
fn w13_a_shared_cause_counts_once() {
    // a needs b and c, both need d: edge by edge d would count twice and give 0.268975.
    let mut estate = Estate::default();
    estate.failing("a", 0.0);
    for (name, p) in [("b", 0.1), ("c", 0.1), ("d", 0.05)] {
        estate.failing(name, rate(p));
    }
    for (from, to) in [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")] {
        estate.need(from, to, 1.0);
    }
    close(estate.chance("a").at_least.unwrap(), 0.2305, 1e-12);
}

#[test]
fn w14_two_backups_at_ten_per_cent() {
    let two = [0.1, 0.1];
    close(chance_of_redundancy_group(&two, 1, 0.0), 0.01, 1e-12);
    close(chance_of_redundancy_group(&two, 1, 0.1), 0.018019, 5e-7);
    close(chance_of_redundancy_group(&two, 1, 1.0), 0.1, 1e-12);
    // The published figure for two of three adds the rare chances instead of combining them: 0.004 % more.
    let three = chance_of_redundancy_group(&[1e-3; 3], 2, 0.05);
    close(three, 5.270_75e-5, 3e-9);
}

#[test]
fn w14_holds_in_the_graph_too() {
    for (beta, expected) in [(0.0, 0.01), (0.1, 0.018019), (1.0, 0.1)] {
        let mut estate = Estate::default();
        estate.failing("service", 0.0);
        let group = estate.group(RedundancyGroup { beta: Known::exactly(beta), ..RedundancyGroup::default() });
        for name in ["one", "two"] {
            estate.failing(name, rate(0.1));
            estate.alternative("service", name, 1.0, group);
        }
        let chance = estate.chance("service");
        close(chance.at_least.unwrap(), expected, 5e-7);
        assert_eq!(chance.method, ChanceMethod::Enumerated);
    }
}

#[test]
fn a_backup_nobody_has_assessed_is_not_counted_on() {
    let mut estate = Estate::default();
    estate.failing("service", 0.0);
    let group = estate.group(RedundancyGroup::default());
    for name in ["one", "two"] {
        estate.failing(name, rate(0.1));
        estate.alternative("service", name, 1.0, group);
    }
    close(estate.chance("service").at_least.unwrap(), 0.1, 1e-12);
}

#[test]
fn w15_reach_inherited_impact_and_chance() {
    let estate = cancer();
    let analysis = analyse(&estate.document, None);
    let reach_of = |name: &str| {
        let radius = analysis.blast_radius(estate.id(name), Direction::WhatStops);
        radius.get(estate.id("chemo")).map(|a| a.reach.plan).unwrap()
    };
    close(reach_of("dc"), 0.8, 1e-12);
    close(reach_of("engine"), 0.72, 1e-12);
    let inherited = |name: &str| analysis.dependency.inherited(&analysis.graph, estate.id(name)).unwrap().impact.plan;
    close(inherited("dc"), 4.0, 1e-12);
    close(inherited("engine"), 3.6, 1e-12);
    let own = analysis.row(estate.id("dc")).unwrap().score.impact.plan;
    close(own, 2.0, 1e-12);
    let chance = estate.chance("chemo");
    close(chance.at_least.unwrap(), 0.454_691_18, 5e-9);
    assert_eq!(chance.method, ChanceMethod::Enumerated);
    // By hand: the data centre fails (0.05) or not (0.95).
    close(chance.at_least.unwrap(), 0.95 * 0.427_464_4 + 0.05 * 0.972, 5e-8);
}

#[test]
fn the_strongest_chain_is_named() {
    let estate = cancer();
    let analysis = analyse(&estate.document, None);
    let names = |chain: &[ComponentId]| -> Vec<String> {
        chain.iter().map(|id| estate.document.components[id].name.clone()).collect()
    };
    let chain = analysis.dependency.chain_of_inheritance(&analysis.graph, estate.id("dc"));
    assert_eq!(names(&chain), ["chemo", "lab", "dc"]);
    let radius = analysis.blast_radius(estate.id("engine"), Direction::WhatStops);
    assert_eq!(names(&radius.chain_to(estate.id("chemo"))), ["engine", "lab", "chemo"]);
    assert_eq!(radius.affected.len(), 3);
    // lab .9, chemo .72 and rx .6 are likely.
    assert_eq!(radius.likely, 3);
    let needs = analysis.blast_radius(estate.id("lab"), Direction::WhatItNeeds);
    assert_eq!(needs.affected.len(), 2);
}

/// A ward with two data centres behind each other (W17).
fn ward() -> Estate {
    let mut estate = Estate::default();
    for name in ["ward", "epr", "net", "dc1", "dc2", "power", "cooling"] {
        estate.failing(name, 0.1);
    }
    let group = estate.group(RedundancyGroup::default());
    estate.need("ward", "epr", 1.0);
    estate.need("ward", "net", 1.0);
    for dc in ["dc1", "dc2"] {
        estate.alternative("epr", dc, 1.0, group);
        estate.need(dc, "power", 1.0);
        estate.need(dc, "cooling", 1.0);
    }
    estate
}

#[test]
fn w17_single_points_honour_backups() {
    let estate = ward();
    let analysis = analyse(&estate.document, None);
    let points = analysis.single_points(estate.id("ward"));
    let names: Vec<&str> = points.components.iter().map(|id| estate.document.components[id].name.as_str()).collect();
    assert_eq!(names, ["epr", "net", "power", "cooling"]);
    assert!(points.complete);
    assert!(analysis.services_stopped_by(estate.id("dc1")).is_empty());
    assert_eq!(analysis.services_stopped_by(estate.id("power")), [estate.id("ward")]);
    let radius = analysis.blast_radius(estate.id("dc1"), Direction::WhatStops);
    assert!(radius.get(estate.id("ward")).unwrap().is_covered());
}

#[test]
fn without_links_in_a_group_both_data_centres_are_single_points() {
    let mut estate = ward();
    for link in estate.document.links.values_mut() {
        Rc::make_mut(link).group = None;
    }
    let analysis = analyse(&estate.document, None);
    assert_eq!(analysis.single_points(estate.id("ward")).components.len(), 6);
}

#[test]
fn unknown_strength_is_planned_as_certain_and_may_be_nothing() {
    let mut estate = Estate::default();
    estate.system("service", facts_with_impact(5));
    estate.system("server", facts_with_impact(1));
    estate.need_unknown("service", "server");
    let analysis = analyse(&estate.document, None);
    let inherited = analysis.dependency.inherited(&analysis.graph, estate.id("server")).unwrap().impact;
    assert_eq!(inherited, Interval { low: 1.0, plan: 5.0, high: 5.0 });
}

#[test]
fn circles_and_long_chains_end() {
    let mut estate = Estate::default();
    let names: Vec<String> = (0..20_000).map(|i| format!("n{i}")).collect();
    for name in &names {
        estate.failing(name, 0.001);
    }
    for pair in names.windows(2) {
        estate.need(&pair[0], &pair[1], 1.0);
    }
    estate.need(&names[19_999], &names[0], 1.0);
    let analysis = analyse(&estate.document, None);
    assert_eq!(analysis.graph.cycles().len(), 1);
    assert_eq!(analysis.graph.cycles()[0].len(), 20_000);
    let radius = analysis.blast_radius(estate.id("n7"), Direction::WhatStops);
    assert_eq!(radius.affected.len(), 19_999);
    assert_eq!(radius.chain_to(estate.id("n8")).len(), 20_000);
}

#[test]
fn reach_is_the_best_product_over_all_chains() {
    // Against the definition, by relaxing until nothing changes.
    for seed in 0..20 {
        let document = sample::synthetic(40, seed);
        let analysis = analyse(&document, None);
        let of: ComponentId = Id::numbered('c', 40 - seed);
        let mut best: std::collections::BTreeMap<ComponentId, f64> = [(of, 1.0)].into();
        loop {
            let mut changed = false;
            for link in document.links.values() {
                let through = best.get(&link.to).copied().unwrap_or(0.0) * link.strength.value().unwrap();
                let slot = best.entry(link.from).or_insert(0.0);
                if through > *slot {
                    *slot = through;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let radius = analysis.blast_radius(of, Direction::WhatStops);
        let expected = best.iter().filter(|(id, value)| **id != of && **value > 0.0).count();
        assert_eq!(radius.affected.len(), expected);
        for affected in &radius.affected {
            close(affected.reach.plan, best[&affected.component], 1e-12);
            let chain = radius.chain_to(affected.component);
            let product: f64 = chain
                .windows(2)
                .map(|pair| {
                    let links = document.links.values().filter(|l| l.from == pair[1] && l.to == pair[0]);
                    links.map(|l| *l.strength.value().unwrap()).fold(0.0, f64::max)
                })
                .product();
            close(product, affected.reach.plan, 1e-12);
        }
    }
}
